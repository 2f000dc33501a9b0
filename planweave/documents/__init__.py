"""File → lines and tables. The format is decided by the content, never by the file's name."""

from __future__ import annotations

import hashlib
import math
import stat
from typing import TYPE_CHECKING

from planweave.documents.grid import Document, Line, Row, Table
from planweave.documents.text import cut_off, read_text
from planweave.errors import DocumentError

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["SUFFIXES", "Document", "Line", "Row", "Table", "open_document"]

SUFFIXES = (".txt", ".text")
"""What is taken for a document when a whole folder is read; a file that is named is read whatever its name."""

MAX_BYTES = 32_000_000
"""The largest text file that is read: a plan of ten thousand actions has about a tenth of it."""

MARKS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
"""What a text begins with that says how it is encoded."""

OTHER_FORMATS = (
    (b"%PDF", "a PDF"),
    (b"PK\x03\x04", "a zipped file, as those of Word and Excel are"),
    (b"\xd0\xcf\x11\xe0", "an old Word or Excel file"),
    (b"{\\rtf", "a rich text (RTF) file"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"GIF8", "a picture"),
)
"""What files begin with that are taken for plans and are no plain text."""

CONTROL = frozenset(map(chr, range(32))) - frozenset("\t\n\f\r")
SAMPLE = 4096
MOST_CONTROL = 0.02


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
        found = path.stat()
        if stat.S_ISDIR(found.st_mode):
            raise DocumentError("this is a folder, not a document", file=path, fix="name a file in it")
        if not stat.S_ISREG(found.st_mode):
            raise DocumentError("this is a device, not a document", file=path, fix="save it as a file first")
        if found.st_size > MAX_BYTES:
            size, most = math.ceil(found.st_size / 1_000_000), MAX_BYTES // 1_000_000
            raise DocumentError(
                f"the file has {size:,} MB, more than the {most} MB that are read",
                file=path,
                fix="split it, or take out what is not the action plan",
            )
        data = path.read_bytes()
    except FileNotFoundError as error:
        raise DocumentError("there is no such file", file=path, fix="check the path") from error
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or error
        raise DocumentError(
            f"the file cannot be opened ({reason})", file=path, fix="check its path and permissions"
        ) from error
    if not data.strip():
        raise DocumentError("the file is empty", file=path, fix="check how it was saved")
    return data


def _decode(data: bytes, path: Path) -> tuple[str, str]:
    """Decode by byte order mark, else as strict UTF-8, else as Windows-1252; refuse what is not text."""
    kind = next((name for mark, name in OTHER_FORMATS if data.startswith(mark)), None)
    marked = next((encoding for mark, encoding in MARKS if data.startswith(mark)), None)
    if kind is None and marked is None and b"\0" in data:
        kind = "binary data"
    text, encoding = ("", "") if kind else _text(data, marked, path)
    sample = text[:SAMPLE]
    if "\0" in text or sum(letter in CONTROL for letter in sample) > MOST_CONTROL * len(sample):
        kind = "binary data"
    if kind:
        raise DocumentError(f"this is {kind}, not text", file=path, fix="save the plan as plain text first")
    if not text.strip():
        raise DocumentError("the file is empty", file=path, fix="check how it was saved")
    return text.replace("\r\n", "\n").replace("\r", "\n"), encoding


def _text(data: bytes, marked: str | None, path: Path) -> tuple[str, str]:
    """Decode what is not plainly binary, and say as what.

    A text that is UTF-8 but for a broken letter was cut or damaged: read as Windows-1252 it would be
    gibberish.
    """
    encoding = marked or "utf-8"
    try:
        return data.decode(encoding), encoding
    except UnicodeDecodeError as error:
        if marked or not data.decode("utf-8", errors="ignore").isascii():
            name = encoding.removesuffix("-sig").upper()
            raise DocumentError(
                f"the text is {name} with a broken letter",
                file=path,
                where=f"byte {error.start + 1:,}",
                fix="get the file again, whole",
            ) from error
    try:
        return data.decode("cp1252"), "cp1252"
    except UnicodeDecodeError as error:
        raise DocumentError(
            "the text is neither UTF-8 nor Windows-1252",
            file=path,
            where=f"byte {error.start + 1:,}",
            fix="save it as UTF-8",
        ) from error
