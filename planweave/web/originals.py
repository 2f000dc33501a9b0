"""The documents that plans were read from, opened only while they are what was read; and pictures of their pages."""

from __future__ import annotations

import hashlib
import os
import threading
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Final, Literal, NamedTuple

from planweave.documents.limits import MAX_BYTES
from planweave.documents.sandbox import draw_apart
from planweave.errors import DocumentError, NotFound, PlanweaveError
from planweave.flat_files import whole_file

if TYPE_CHECKING:
    from collections.abc import Sequence

    from planweave.graph import Graph

__all__ = ["Original", "original_of", "picture_of", "read_original"]

FOLDER: Final = ".pages"
"""The folder of pictures in the workspace; whatever is in it can be made again."""

MOST: Final = 200_000_000
"""So many bytes of pictures are kept, those that were looked at last."""

AT_ONCE: Final = threading.BoundedSemaphore(2)
"""So many pictures are made at the same time."""


class Original(NamedTuple):
    """The document of a plan: its name, where it was read, and whether it is what was read."""

    name: str
    path: Path
    state: Literal["same", "changed", "gone"]


_DIGESTS: dict[tuple[str, int, int, int], str] = {}
_KNOWN: Final = 1_000


def original_of(graph: Graph, plan: str) -> Original:
    """Say whether the document of a plan is still the file that was read."""
    entry = next(entry for entry in graph.summary if entry.plan == plan)
    path = Path(entry.document)
    try:
        found = path.stat()
        key = (str(path), found.st_mtime_ns, found.st_size, found.st_ino)
        if key not in _DIGESTS:
            digest = hashlib.sha256(_bytes(path)).hexdigest()
            if len(_DIGESTS) >= _KNOWN:
                _DIGESTS.clear()
            _DIGESTS[key] = digest
        return Original(path.name, path, "same" if _DIGESTS[key] == entry.sha256 else "changed")
    except (OSError, ValueError):
        return Original(path.name, path, "gone")


def read_original(graph: Graph, plan: str) -> bytes:
    """Give the bytes of the document of a plan.

    Raises
    ------
    NotFound
        If it is gone, or is not the file that was read.
    """
    entry = next(entry for entry in graph.summary if entry.plan == plan)
    try:
        data = _bytes(Path(entry.document))
    except (OSError, ValueError) as error:
        raise NotFound(
            "the document is not where it was read", file=entry.document, fix="put it back, or build again"
        ) from error
    if hashlib.sha256(data).hexdigest() != entry.sha256:
        raise NotFound("the document has changed since it was read", file=entry.document, fix="build again")
    return data


def _bytes(path: Path) -> bytes:
    if path.stat().st_size > MAX_BYTES:
        raise ValueError("No plan was read from so large a file.")
    return path.read_bytes()


def picture_of(graph: Graph, plan: str, page: int, rows: Sequence[Sequence[str]]) -> bytes:
    """Give a picture of a page of the document of a plan, a PNG, with rows outlined where they are found.

    It is made in a process of its own, as documents are read, and kept in the workspace.

    Raises
    ------
    NotFound
        If the document is gone, or is not the file that was read.
    DocumentError
        If the page cannot be drawn.
    """
    data = read_original(graph, plan)
    what = hashlib.sha256(repr((hashlib.sha256(data).hexdigest(), page, rows)).encode()).hexdigest()
    kept = graph.folder / FOLDER / f"{what[:40]}.png"
    try:
        picture = kept.read_bytes()
        os.utime(kept)
    except OSError:
        with AT_ONCE:
            try:
                picture = draw_apart(data, page, rows).png
            except DocumentError as error:
                raise DocumentError(f"page {page} cannot be shown: {error.what}", fix=error.fix) from error
        _keep(kept, picture)
    return picture


def _keep(path: Path, picture: bytes) -> None:
    """Keep a picture, if there is a place for it; those that nobody looked at for longest make room."""
    with suppress(OSError, PlanweaveError):
        path.parent.mkdir(exist_ok=True)
        with whole_file(path) as beside:
            beside.write_bytes(picture)
        found = sorted(((one.stat().st_mtime, one) for one in path.parent.glob("*.png")), reverse=True)
        size = 0
        for _, one in found:
            size += one.stat().st_size
            if size > MOST:
                one.unlink(missing_ok=True)
