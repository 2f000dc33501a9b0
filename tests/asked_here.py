"""Queries asked in this process, where many are asked of the same files: a process for each takes longer.

What the process of a query does about limits, signals and sockets is not done here: its own tests are in
test_asking_running.py.
"""

from __future__ import annotations

import io
import json
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any, Self

import pyoxigraph
import pytest

from planweave.asking import child

if TYPE_CHECKING:
    from collections.abc import Iterator

    from planweave.asking.kept import Limits


class _Out(io.BytesIO):
    """What the child takes for its standard output; it can be read when the child has closed it."""

    written = b""

    def close(self) -> None:
        """Keep what was written."""
        self.written = self.getvalue()
        super().close()


class Here:
    """Stands in for the process: opens what the request names, once, and answers as the process does."""

    expired = False

    def __init__(self, stores: dict[tuple[str, ...], Any], limits: Limits) -> None:
        self._stores, self._limits, self._out = stores, limits, _Out()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        return

    def ask(self, asked: bytes) -> None:
        """Answer a request."""
        request = json.loads(asked)
        files = (request["store"], *request["quads"])
        if files not in self._stores:
            self._stores[files] = child._opened(pyoxigraph, request)
        values = {pyoxigraph.Variable(name): child._term(pyoxigraph, *one) for name, one in request["bindings"].items()}
        with pytest.MonkeyPatch.context() as patched:
            patched.setattr(child, "os", SimpleNamespace(fdopen=lambda *_, **__: self._out))
            child._answer(pyoxigraph, self._stores[files], request, values)

    def pieces(self) -> Iterator[bytes]:
        """Give the answer."""
        yield self._out.written

    def end(self) -> tuple[int, str]:
        """Say that the answer is whole: what went wrong was raised."""
        return 0, ""
