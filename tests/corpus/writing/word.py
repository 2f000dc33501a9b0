"""Writing documents in Word: cells, shading, rows over the width, the same bytes each time."""

from __future__ import annotations

import datetime as dt
import zipfile
from pathlib import Path
from typing import Any

from docx import Document
from docx.enum.section import WD_ORIENT
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx.shared import Pt

MOMENT = dt.datetime(2025, 3, 10, 9, 0, tzinfo=dt.UTC)


def new(content: dict[str, Any], *, lying: bool = False) -> Any:
    """Give an empty document with a running header and a page number at its foot."""
    document = Document()
    document.core_properties.title = content["title"]
    document.core_properties.author = "Policy Team"
    document.core_properties.created = document.core_properties.modified = MOMENT
    document.styles["Normal"].font.name = "Arial"
    document.styles["Normal"].font.size = Pt(10)
    section = document.sections[0]
    if lying:
        section.orientation = WD_ORIENT.LANDSCAPE
        section.page_width, section.page_height = section.page_height, section.page_width
    section.header.paragraphs[0].text = content["publisher"]
    foot = section.footer.paragraphs[0]
    foot.add_run("Page ")
    foot._p.append(parse_xml(f'<w:fldSimple {nsdecls("w")} w:instr=" PAGE "><w:r><w:t>1</w:t></w:r></w:fldSimple>'))
    return document


def saved(document: Any, path: Path) -> Path:
    """Save the document with the same bytes each time: the archive's own clock is stopped."""
    document.save(str(path))
    with zipfile.ZipFile(path) as archive:
        members = [(item.filename, archive.read(item)) for item in archive.infolist()]
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members:
            archive.writestr(zipfile.ZipInfo(name, (2025, 3, 10, 9, 0, 0)), content, zipfile.ZIP_DEFLATED)
    return path


def open_with(document: Any, content: dict[str, Any]) -> None:
    for words in content["before"]:
        document.add_paragraph(words, style="Title" if words == content["title"] else "Normal")


def close_with(document: Any, content: dict[str, Any]) -> None:
    for words in ["", *content["after"]]:
        document.add_paragraph(words)


def put(cell: Any, words: str, *, bold: bool = False) -> None:
    """Put words into a cell: each printed line is a paragraph, a line with a bullet is one of Word's list."""
    for number, line in enumerate(words.split("\n")):
        paragraph = cell.add_paragraph() if number else cell.paragraphs[0]
        if line.startswith("• "):
            paragraph.style = "List Bullet"
        paragraph.add_run(line.removeprefix("• ")).bold = bold or None


def shade(cell: Any, colour: str) -> None:
    cell._tc.get_or_add_tcPr().append(
        parse_xml(f'<w:shd {nsdecls("w")} w:val="clear" w:color="auto" w:fill="{colour}"/>')
    )


def begun(document: Any, head: list[str], colour: str = "D9E2F3") -> Any:
    """Begin a ruled table whose first row comes again on each page."""
    table = document.add_table(rows=1, cols=len(head), style="Table Grid")
    for cell, words in zip(table.rows[0].cells, head, strict=True):
        put(cell, words, bold=True)
        shade(cell, colour)
    repeated(table.rows[0])
    return table


def repeated(row: Any) -> None:
    row._tr.get_or_add_trPr().append(parse_xml(f"<w:tblHeader {nsdecls('w')}/>"))


def whole_width(table: Any, words: str, colour: str = "EDEDED") -> None:
    """Add a row that is one cell over the whole width."""
    cells = table.add_row().cells
    cell = cells[0].merge(cells[-1])
    put(cell, words, bold=True)
    shade(cell, colour)


def filled(table: Any, words: list[str]) -> Any:
    cells = table.add_row().cells
    for cell, printed_words in zip(cells, words, strict=True):
        put(cell, printed_words)
    return cells
