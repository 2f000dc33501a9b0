"""File → lines and tables. The format is decided by the content, never by the file's name."""

from __future__ import annotations

import hashlib
import mimetypes
from typing import TYPE_CHECKING

from planweave.documents.grid import Document, Line, Row, Table
from planweave.documents.text import cut_off, read_text
from planweave.errors import DocumentError

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["Document", "Line", "Row", "Table", "SUFFIXES", "open_document"]

SUFFIXES = (".txt", ".text")
"""What is taken for a document when a whole folder is read; a file that is named is read whatever its name."""

MAX_BYTES = 32 * 1024 * 1024
"""The largest text file that is read: a plan of ten thousand actions has about a tenth of it."""

CONTROL = frozenset(range(32)) - {9, 10, 12, 13}


def open_document(path: Path) -> Document:
    """Take a file's lines and tables.

    Raises
    ------
    DocumentError
        If the file is missing, empty, too large, not text, or cannot be read; one sentence says which.
    """
    data = _bytes(path)
    text, encoding = _decode(data, path)
    blocks = read_text(text)
    return Document(
        name=path.name,
        sha256=hashlib.sha256(data).hexdigest(),
        media_type="text/plain",
        encoding=encoding,
        printed=text,
        blocks=blocks,
        cut=cut_off(text, blocks),
    )


def _bytes(path: Path) -> bytes:
    try:
        size = path.stat().st_size
        if size > MAX_BYTES:
            raise DocumentError(
                f"the file has {size / 1_000_000:,.0f} MB, more than the {MAX_BYTES // 1_000_000} MB that are read",
                file=path,
                fix="split it, or take out what is not the action plan",
            )
        data = path.read_bytes()
    except FileNotFoundError as error:
        raise DocumentError("there is no such file", file=path, fix="check the path") from error
    except OSError as error:
        raise DocumentError(
            f"the file cannot be opened ({error.strerror})", file=path, fix="check its permissions"
        ) from error
    if not data.strip():
        raise DocumentError("the file is empty", file=path, fix="check how it was saved")
    return data


def _decode(data: bytes, path: Path) -> tuple[str, str]:
    """Decode by byte order mark, else as strict UTF-8, else as Windows-1252; refuse what is not text."""
    for mark, encoding in ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16")):
        if data.startswith(mark):
            break
    else:
        encoding = "utf-8"
        if b"\0" in data or sum(byte in CONTROL for byte in data[:4096]) > len(data[:4096]) // 50:
            kind = mimetypes.guess_type(path.name)[0] or "a binary file"
            raise DocumentError(
                f"this is not text (it looks like {kind})", file=path, fix="save the plan as plain text first"
            )
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError:
        encoding = "cp1252"
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError as error:
            raise DocumentError(
                "the text is neither UTF-8 nor Windows-1252",
                file=path,
                where=f"byte {error.start}",
                fix="save it as UTF-8",
            ) from error
    return text.replace("\r\n", "\n").replace("\r", "\n"), encoding
