"""File → lines and tables. The format is decided by the content, never by the file's name."""

from __future__ import annotations

import hashlib
import math
import stat
from typing import TYPE_CHECKING

from planweave.documents.grid import OF_SHEETS, Document, Line, Parts, Row, Table
from planweave.documents.limits import MAX_BYTES, MAX_TEXT, MEGABYTE, Limits
from planweave.errors import DocumentError

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["OF_SHEETS", "SUFFIXES", "Document", "Line", "Row", "Table", "open_document"]

SUFFIXES = (
    ".txt", ".text", ".md", ".markdown", ".csv", ".tsv", ".html", ".htm", ".xhtml", ".pdf",
    ".docx", ".docm", ".xlsx", ".xlsm", ".xls", ".ods",
)  # fmt: skip
"""What is taken for a document when a whole folder is read; a file that is named is read whatever its name."""

LIMITS = {"pdf": Limits(seconds=120)}
"""Kind of file → what reading one may take where that is more than usual: a page of a PDF takes a sixth of a second."""


def open_document(path: Path) -> Document:
    """Take a file's lines and tables.

    Plain text is read here; every other format is read in a process of its own, which has limits of memory
    and time and no network.

    Raises
    ------
    DocumentError
        If the file is missing, empty, too large, of no format that is read, damaged, or reaches a limit; one
        sentence says which.
    """
    data = _bytes(path)
    try:
        parts = _parts(data, path.name)
    except DocumentError as error:
        raise DocumentError(error.what, file=path, where=error.where, fix=error.fix) from error
    if len(parts.printed) > MAX_TEXT:
        raise DocumentError(
            f"it prints more than the {MAX_TEXT:,} characters that are read",
            file=path,
            fix="split it, or take out what is not the action plan",
        )
    return Document(
        name=path.name,
        sha256=hashlib.sha256(data).hexdigest(),
        media_type=parts.media_type,
        encoding=parts.encoding,
        printed=parts.printed,
        blocks=parts.blocks,
        cut=parts.cut,
        hidden=parts.hidden,
    )


def _parts(data: bytes, name: str) -> Parts:
    from planweave.documents.sniffing import sniff  # noqa: PLC0415 - not wanted in the process that reads a document

    found = sniff(data, name)
    if found.kind == "text":
        from planweave.documents.text import cut_off, read_text  # noqa: PLC0415 - as above

        blocks = read_text(found.text)
        return Parts("text/plain", found.encoding, found.text, blocks, cut_off(found.text, blocks))
    from planweave.documents.sandbox import read_apart  # noqa: PLC0415 - plain text needs no process

    return read_apart(found.kind, data, name, LIMITS.get(found.kind))


def _bytes(path: Path) -> bytes:
    try:
        found = path.stat()
        if stat.S_ISDIR(found.st_mode):
            raise DocumentError("this is a folder, not a document", file=path, fix="name a file in it")
        if not stat.S_ISREG(found.st_mode):
            raise DocumentError("this is a device, not a document", file=path, fix="save it as a file first")
        if found.st_size > MAX_BYTES:
            size, most = math.ceil(found.st_size / MEGABYTE), MAX_BYTES // MEGABYTE
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
