"""Word files → lines and tables: made ready by lxml, converted to HTML by mammoth, read as a web page."""

from __future__ import annotations

import io
import re
import zipfile
from typing import TYPE_CHECKING, Final

import mammoth
from lxml import etree

from planweave.documents.grid import Line, Parts
from planweave.documents.html import blocks_of_html, numbered
from planweave.documents.sheets import printed_as
from planweave.documents.word_numbers import Numbering
from planweave.documents.word_parts import list_places, outlines, paragraphs_in, prepare, unmarked
from planweave.errors import DocumentError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from planweave.documents.markup import Element

__all__ = ["read"]

MEDIA_TYPE: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
WITH_MACROS: Final = "application/vnd.ms-word.document.macroEnabled.12"
BODY: Final = re.compile(r"word/document\d*\.xml")
PICTURES: Final = "word/media/"
NOTES: Final = (
    (re.compile(r"word/comments\.xml"), "comment", "Comment"),
    (re.compile(r"word/footnotes\.xml"), "footnote", "Footnote"),
    (re.compile(r"word/endnotes\.xml"), "endnote", "Endnote"),
)
MARGINS: Final = re.compile(r"word/(?:header|footer)\d*\.xml")
STYLES: Final = "p[style-name='Title'] => h1:fresh\np[style-name='Subtitle'] => p:fresh\n"
PLAIN_STYLE: Final = re.compile(r"[A-Za-z][A-Za-z0-9_-]*")


def read(data: bytes, name: str) -> Parts:
    """Read a Word file of 2007 or later."""
    del name
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        ready, hidden, outline = _ready(package)
        notes = tuple(_notes(package))
        macros = any(entry.endswith("vbaProject.bin") for entry in package.namelist())
    styles = STYLES + "".join(f"p.{style} => h{level}:fresh\n" for style, level in outline.items())
    page = mammoth.convert_to_html(
        io.BytesIO(ready), style_map=styles, convert_image=mammoth.images.img_element(lambda _: {})
    )
    blocks, said = blocks_of_html(f"<html><body>{page.value}</body></html>")
    blocks = tuple(numbered((*unmarked(blocks), *(Line(note, 0) for note in notes))))
    if not blocks:
        raise DocumentError("the file has no text", fix="if it is a picture, save the plan as text first")
    if macros:
        hidden.append("it has macros: they are neither run nor read")
    media_type = WITH_MACROS if macros else MEDIA_TYPE
    return Parts(media_type, "binary", printed_as(blocks), blocks, hidden=(*hidden, *said))


def _ready(package: zipfile.ZipFile) -> tuple[bytes, list[str], dict[str, int]]:
    """Give the file with its body made ready, what it hides, and the levels of its styles."""
    names = package.namelist()
    styles = _parsed(package, "word/styles.xml") if "word/styles.xml" in names else None
    lists = _parsed(package, "word/numbering.xml") if "word/numbering.xml" in names else None
    numbering = Numbering(lists, list_places(styles) if styles is not None else {})
    outline = outlines(styles) if styles is not None else {}
    hidden: list[str] = []
    ready = io.BytesIO()
    with zipfile.ZipFile(ready, "w", zipfile.ZIP_STORED) as written:
        for entry in names:
            if BODY.fullmatch(entry):
                root = _parsed(package, entry)
                hidden += prepare(root, numbering, outline)
                written.writestr(entry, etree.tostring(root, encoding="UTF-8", xml_declaration=True))
            elif not entry.startswith(PICTURES):
                written.writestr(entry, package.read(entry))
    return ready.getvalue(), hidden, {name: level for name, level in outline.items() if PLAIN_STYLE.fullmatch(name)}


def _notes(package: zipfile.ZipFile) -> Iterator[str]:
    """Give the comments and notes, and what is printed at the top and the foot of pages, each once."""
    for pattern, tag, word in NOTES:
        for entry in filter(pattern.fullmatch, package.namelist()):
            root = _parsed(package, entry)
            space = root.tag.rpartition("}")[0]
            texts = (" ".join(paragraphs_in(note)) for note in root.iter(f"{space}}}{tag}"))
            yield from (f"{word} {number}: {text}" for number, text in enumerate(filter(None, texts), start=1))
    margins = (
        text
        for entry in package.namelist()
        if MARGINS.fullmatch(entry)
        for text in paragraphs_in(_parsed(package, entry))
    )
    yield from dict.fromkeys(margins)


def _parsed(package: zipfile.ZipFile, entry: str) -> Element:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True)
    return etree.fromstring(package.read(entry), parser)
