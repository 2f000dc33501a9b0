"""Style sheets and scripts: read once at the start, given by name from memory, so that no path reaches the disk."""

from __future__ import annotations

import gzip
import hashlib
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Final

from starlette.exceptions import HTTPException
from starlette.responses import Response

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from starlette.requests import Request

__all__ = ["Files"]

KINDS: Final = {
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".svg": "image/svg+xml",
    ".txt": "text/plain; charset=utf-8",
}
"""What is given, by its suffix; nothing else is."""

DAYS: Final = 365


@dataclass(frozen=True)
class _File:
    kind: str
    content: bytes
    digest: str

    @cached_property
    def packed(self) -> bytes:
        """The content as most browsers take it; packed when it is first asked for, which takes a while."""
        return gzip.compress(self.content, 6, mtime=0)


class Files:
    """The files of one folder that a page may load; none where there is no such folder.

    Parameters
    ----------
    folder
        Of planweave's own package.
    more
        Single files besides.
    """

    def __init__(self, folder: Path, *more: Path) -> None:
        self._files: dict[str, _File] = {}
        for path in (*_files(folder), *more):
            content = path.read_bytes()
            digest = hashlib.sha256(content).hexdigest()[:12]
            self._files[path.name] = _File(KINDS[path.suffix], content, digest)

    def __len__(self) -> int:
        return len(self._files)

    def __contains__(self, name: str) -> bool:
        return name in self._files

    def dated(self, name: str) -> str:
        """Give a name that changes with its file, so that a browser may keep the file for good."""
        return f"{name}?{self._files[name].digest}" if name in self._files else name

    async def answer(self, request: Request) -> Response:
        """Give a file."""
        file = self._files.get(request.path_params["name"])
        if file is None:
            raise HTTPException(404, "there is no such file")
        same = request.headers.get("if-none-match") == f'"{file.digest}"'
        packs = "gzip" in request.headers.get("accept-encoding", "")
        headers = {
            "content-type": file.kind,
            "etag": f'"{file.digest}"',
            "vary": "accept-encoding",
            "cache-control": f"private, max-age={DAYS * 24 * 3600}, immutable",
        }
        if same:
            return Response(status_code=304, headers=headers)
        if packs:
            headers["content-encoding"] = "gzip"
        return Response(file.packed if packs else file.content, headers=headers)


def _files(folder: Path) -> Iterator[Path]:
    if folder.is_dir():
        yield from (path for path in sorted(folder.iterdir()) if path.is_file() and path.suffix in KINDS)
