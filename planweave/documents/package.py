"""Zipped files, as those of Word, Excel and LibreOffice are: what is in them, and whether it is safe to unpack.

Every entry is unpacked here once, in pieces, and thrown away: what a file says of its own size is not believed.
"""

from __future__ import annotations

import io
import re
import zipfile
from importlib import import_module
from typing import TYPE_CHECKING, Any, Final

from planweave.documents.limits import MAX_ENTRIES, MAX_UNPACKED, MEGABYTE
from planweave.errors import DocumentError

if TYPE_CHECKING:
    from planweave.documents.grid import Parts

__all__ = ["checked", "read"]

PIECE: Final = 1 << 20
OVERLAP: Final = 64

DOCTYPES: Final = tuple("<!DOCTYPE".encode(encoding) for encoding in ("ascii", "utf-16-le", "utf-16-be")) + tuple(
    "<!ENTITY".encode(encoding) for encoding in ("ascii", "utf-16-le", "utf-16-be")
)
"""What no part of such a file has a use for: declarations through which a small text becomes a huge one."""

IS_XML: Final = re.compile(r"\.(?:xml|rels|vml)$", re.IGNORECASE)

READERS: Final = (
    (re.compile(r"word/document\d*\.xml"), "planweave.documents.word"),
    (re.compile(r"xl/workbook\d*\.xml"), "planweave.documents.workbook"),
    (re.compile(r"xl/workbook\.bin"), "planweave.documents.calc"),
)
"""The entry that tells a format, and the module that reads it."""

OPEN_DOCUMENT: Final = "application/vnd.oasis.opendocument."
OTHERS: Final = (
    ("ppt/presentation.xml", "a PowerPoint file"),
    ("Index/Document.iwa", "a Pages or Numbers file"),
    ("META-INF/container.xml", "an EPUB book"),
)
AS_WHAT: Final = "save the plan as PDF, Word or Excel first"


def read(data: bytes, name: str) -> Parts:
    """Read a zipped document, by what is in it."""
    package = checked(data)
    names = set(package.namelist())
    module = next((module for entry, module in READERS if any(map(entry.fullmatch, names))), None)
    if module is None:
        module = _other(package, names)
    reader: Any = import_module(module)
    parts: Parts = reader.read(data, name)
    return parts


def checked(data: bytes) -> zipfile.ZipFile:
    """Open a zipped file that has been unpacked once, and found to be no bomb.

    Raises
    ------
    DocumentError
        If it is damaged, encrypted, unpacks to too much, or declares entities in its XML.
    """
    try:
        package = zipfile.ZipFile(io.BytesIO(data))
        entries = package.infolist()
        _count(entries)
        left = MAX_UNPACKED
        for entry in entries:
            left = _unpack(package, entry, left)
    except (zipfile.BadZipFile, EOFError, NotImplementedError, OSError, ValueError) as error:
        said = " ".join(str(error).split())[:100].rstrip(".") or type(error).__name__
        raise DocumentError(f"the file is damaged ({said})", fix="get it again, whole") from error
    except Exception as error:
        # zlib and lzma have errors of their own.
        if type(error).__module__ in {"zlib", "_lzma", "lzma"}:
            raise DocumentError(f"the file is damaged ({error})", fix="get it again, whole") from error
        raise
    return package


def _count(entries: list[zipfile.ZipInfo]) -> None:
    if len(entries) > MAX_ENTRIES:
        raise DocumentError(
            f"the file has {len(entries):,} parts zipped in it, more than the {MAX_ENTRIES:,} that are read",
            fix="open it in the program it was made with and save it again",
        )
    if any(entry.flag_bits & 1 for entry in entries):
        raise DocumentError("the file is protected by a password", fix="save it without one")
    if sum(entry.file_size for entry in entries) > MAX_UNPACKED:
        raise _too_large()
    if len({entry.filename for entry in entries}) < len(entries):
        raise DocumentError("the file has two parts of one name zipped in it", fix="save it again")


def _unpack(package: zipfile.ZipFile, entry: zipfile.ZipInfo, left: int) -> int:
    """Unpack an entry and throw it away; give how much the others may have."""
    tail = b""
    with package.open(entry) as part:
        while piece := part.read(PIECE):
            left -= len(piece)
            if left < 0:
                raise _too_large()
            if IS_XML.search(entry.filename):
                seen = tail + piece
                if any(mark in seen for mark in DOCTYPES):
                    raise DocumentError(
                        "the file declares entities or a document type, as no file of Word or Excel does",
                        where=entry.filename,
                        fix="open it in the program it was made with and save it again",
                    )
                tail = seen[-OVERLAP:]
    return left


def _too_large() -> DocumentError:
    return DocumentError(
        f"the file unpacks to more than the {MAX_UNPACKED // MEGABYTE} MB that are read",
        fix="take out what is not the action plan",
    )


def _other(package: zipfile.ZipFile, names: set[str]) -> str:
    """The module for a file of LibreOffice; what else is zipped is named and refused."""
    kind = package.read("mimetype")[:100].decode("ascii", "replace").strip() if "mimetype" in names else ""
    if kind.startswith(f"{OPEN_DOCUMENT}spreadsheet"):
        return "planweave.documents.calc"
    what = next((what for entry, what in OTHERS if entry in names), None)
    if kind.startswith(f"{OPEN_DOCUMENT}text"):
        what = "an OpenDocument text (.odt)"
    elif kind.startswith(OPEN_DOCUMENT):
        what = "an OpenDocument file that is neither text nor spreadsheet"
    if what:
        raise DocumentError(f"this is {what}, which is not read", fix=AS_WHAT)
    raise DocumentError("this is a zipped file with no Word or Excel document in it", fix="unzip it first")
