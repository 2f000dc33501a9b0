"""What a file is, told by its content.

The name settles one thing only: a text that may as well be Markdown is taken for it where the file is called so.
"""

from __future__ import annotations

import re
from typing import Final, Literal, NamedTuple

from planweave.documents.decoding import decode
from planweave.documents.delimited import delimiter_of
from planweave.documents.text import columns_of_rule, layout_of
from planweave.errors import DocumentError

__all__ = ["Kind", "Sniffed", "sniff"]

Kind = Literal["text", "delimited", "markdown", "html", "pdf", "package", "compound"]
"""What is read in its own way; a package is a zipped file, as those of Word, Excel and LibreOffice are, and a
compound file is what they were before 2007."""

READ: Final[tuple[tuple[bytes, Kind], ...]] = (
    (b"%PDF-", "pdf"),
    (b"PK\x03\x04", "package"),
    (b"PK\x05\x06", "package"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "compound"),
)
"""What files begin with that are read."""

REFUSED: Final = (
    (b"{\\rtf", "a rich text (RTF) file"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"GIF8", "a picture"),
    (b"II*\0", "a picture"),
    (b"MM\0*", "a picture"),
    (b"BM", "a picture"),
    (b"7z\xbc\xaf", "an archive"),
    (b"Rar!", "an archive"),
    (b"\x1f\x8b", "an archive"),
)
"""What files begin with that are taken for plans and are not read."""

HTML: Final = re.compile(
    r"(?:<\?xml[^>]*>\s*)?(?:<!--(?:(?!-->).)*-->\s*)*<(?:!doctype\s+html|(?:html|head|body|title|meta|link|style|script"
    r"|table|div|main|article|section|header|nav|h[1-6]|p|ul|ol|dl)(?=[\s/>]))",
    re.IGNORECASE | re.DOTALL,
)
XML: Final = re.compile(r"<\?(?:xml|mso-application)\b", re.IGNORECASE)
MARKDOWN_NAMES: Final = (".md", ".markdown", ".mdown")
OPENING: Final = 20_000
"""So much of a text is looked at for what it begins with."""


class Sniffed(NamedTuple):
    """What a file is; its text and encoding where it is a text."""

    kind: Kind
    text: str = ""
    encoding: str = "binary"


def sniff(data: bytes, name: str) -> Sniffed:
    """Tell what a file is.

    Raises
    ------
    DocumentError
        If it is nothing that is read, or a broken text.
    """
    opening = data[:1024].lstrip()
    found = next((kind for mark, kind in READ if opening.startswith(mark)), None)
    if found:
        return Sniffed(found)
    _refuse_others(data)
    text, encoding = decode(data)
    return Sniffed(_kind_of_text(text, name), text, encoding)


def _refuse_others(data: bytes) -> None:
    kind = next((name for mark, name in REFUSED if data.startswith(mark)), None)
    if kind == "a picture" and data.startswith(b"BM") and b"\0" not in data[:64]:
        kind = None
    if kind:
        raise DocumentError(f"this is {kind}, not text", fix="save the plan as plain text first")


def _kind_of_text(text: str, name: str) -> Kind:
    opening = text[:OPENING].lstrip("\ufeff \t\n\f")
    if HTML.match(opening):
        return "html"
    if XML.match(opening):
        raise DocumentError("this is an XML file, not a plan as published", fix="save it as .xlsx, .docx or HTML first")
    layout = layout_of(text)
    if layout == "bars":
        return "markdown" if _is_markdown(text) else "text"
    if delimiter_of(text, tabs=layout == "tabs"):
        return "delimited"
    return "markdown" if layout == "prose" and name.lower().endswith(MARKDOWN_NAMES) else "text"


def _is_markdown(text: str) -> bool:
    """Say whether every table is one of Markdown: framed rows of a line each, as wide as the rule or less."""
    lines = [line.strip() for line in text.split("\n")]
    for index, line in enumerate(lines):
        width = columns_of_rule(line)
        if not width:
            continue
        above = lines[index - 1] if index else ""
        if not _framed(line) or not _framed(above) or _bars(above) != width + 1:
            return False
        for row in lines[index + 1 :]:
            if not row:
                break
            if not _framed(row) or _bars(row) > width + 1:
                return False
    return True


def _framed(line: str) -> bool:
    return len(line) > 1 and line.startswith("|") and line.endswith("|")


def _bars(line: str) -> int:
    return line.count("|") - line.count("\\|")
