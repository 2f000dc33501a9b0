"""Compound files: what Word and Excel wrote before 2007, and what they write today with a password."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any, Final

from planweave.errors import DocumentError

if TYPE_CHECKING:
    from planweave.documents.grid import Parts

__all__ = ["read"]

STREAMS: Final = (
    ("EncryptedPackage", "encrypted"),
    ("Workbook", "excel"),
    ("Book", "excel"),
    ("WordDocument", "word"),
    ("PowerPoint Document", "powerpoint"),
)
"""The stream in the file's directory that tells what it is."""


def read(data: bytes, name: str) -> Parts:
    """Read an old Excel file; refuse what else is a compound file, by its kind."""
    kind = next((kind for stream, kind in STREAMS if _entry(stream) in data), None)
    if kind == "encrypted":
        raise DocumentError("the file is protected by a password", fix="save it without one")
    if kind == "word":
        raise DocumentError("this is an old Word file (.doc), which is not read", fix="save it as .docx first")
    if kind == "powerpoint":
        raise DocumentError("this is an old PowerPoint file, which is not read", fix="save it as PDF first")
    if kind is None:
        raise DocumentError(
            "this is an old Office file that is damaged, or of no kind that is read", fix="save it as .xlsx or .docx"
        )
    reader: Any = import_module("planweave.documents.old_workbook")
    parts: Parts = reader.read(data, name)
    return parts


def _entry(stream: str) -> bytes:
    """How a stream's name stands in the directory: 64 bytes, then the length of the name."""
    name = stream.encode("utf-16-le")
    return name.ljust(64, b"\0") + (len(name) + 2).to_bytes(2, "little")
