"""Documents in Word: trackers lying on their side, merged cells, cards, shaded letters, headings between tables."""

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

from .printed import printed, sections

MOMENT = dt.datetime(2025, 3, 10, 9, 0, tzinfo=dt.UTC)
SHADES = {"B": "9DC3E6", "G": "92D050", "A": "FFC000", "W": "FFFFFF"}


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


def gender(folder: Path) -> Path:
    """Write an objective and its rationale once beside the actions, and priorities over the whole width."""
    name = "carrowmoor-gender.docx"
    content = printed(name)
    document = new(content, lying=True)
    open_with(document, content)
    table = begun(document, content["head"])
    beside: list[Any] = []
    for row in content["rows"]:
        if "section" in row:
            whole_width(table, row["section"])
            continue
        cells = table.add_row().cells
        if row["cells"][0]:
            beside = list(cells[:2])
            for cell, words in zip(beside, row["cells"][:2], strict=True):
                put(cell, words)
        else:
            for above, cell in zip(beside, cells[:2], strict=True):
                above.merge(cell)
        for cell, words in zip(cells[2:], row["cells"][2:], strict=True):
            put(cell, words)
    close_with(document, content)
    return saved(document, folder / name)


def safeguarding(folder: Path) -> Path:
    """Write a small table under each priority, with a sentence between."""
    name = "pennbrook-safeguarding.docx"
    content = printed(name)
    document = new(content)
    board, title, *prose = content["before"]
    document.add_paragraph(title, style="Title")
    document.add_paragraph(board, style="Subtitle")
    document.add_paragraph(prose[0], style="Heading 1")
    for words in prose[1:]:
        document.add_paragraph(words)
    for heading, rows in sections(content["rows"]):
        document.add_paragraph(heading["section"], style="Heading 1")
        document.add_paragraph(heading["note"])
        table = begun(document, content["head"], "FBE4D5")
        for row in rows:
            filled(table, row["cells"])
    close_with(document, content)
    return saved(document, folder / name)


def send(folder: Path) -> Path:
    """Write a tracker with a band of words over its heading words and letters in shaded cells."""
    name = "aldmere-send.docx"
    content = printed(name)
    document = new(content, lying=True)
    open_with(document, content)
    key = document.add_table(rows=0, cols=2, style="Table Grid")
    for letter, meaning in content["key"]:
        shade(filled(key, [letter, meaning])[0], SHADES[letter])
    document.add_paragraph()
    table = document.add_table(rows=2, cols=len(content["head"]), style="Table Grid")
    upper, lower = table.rows[0].cells, table.rows[1].cells
    for words, first, last in zip(content["upper"], (0, 2, 4), (1, 3, 6), strict=True):
        band = upper[first].merge(upper[last])
        put(band, words, bold=True)
        shade(band, "BDD6EE")
    for cell, words in zip(lower, content["head"], strict=True):
        put(cell, words, bold=True)
    repeated(table.rows[0])
    repeated(table.rows[1])
    for row in content["rows"]:
        if "section" in row:
            whole_width(table, row["section"])
            continue
        cells = filled(table, row["cells"])
        shade(cells[5], SHADES[row["cells"][5]])
    close_with(document, content)
    return saved(document, folder / name)


def fire(folder: Path) -> Path:
    """Write a small table of labels and values for each action."""
    name = "northreach-fire.docx"
    content = printed(name)
    document = new(content)
    open_with(document, content)
    for heading, rows in sections(content["rows"]):
        document.add_paragraph(heading["section"], style="Heading 1")
        for row in rows:
            table = document.add_table(rows=0, cols=2, style="Table Grid")
            for label, words in zip(content["head"], row["cells"], strict=True):
                cells = table.add_row().cells
                put(cells[0], label, bold=True)
                shade(cells[0], "F2DBDB")
                put(cells[1], words)
            document.add_paragraph()
    close_with(document, content)
    return saved(document, folder / name)


def equality(folder: Path) -> Path:
    """Write one table with its objectives over the whole width, then a table that spells out abbreviations."""
    name = "kingsmarsh-equality.docx"
    content = printed(name)
    document = new(content, lying=True)
    open_with(document, content)
    table = begun(document, content["head"], "E2EFD9")
    for row in content["rows"]:
        if "section" in row:
            whole_width(table, row["section"])
        else:
            filled(table, row["cells"])
    document.add_paragraph("Abbreviations used", style="Heading 2")
    key = document.add_table(rows=0, cols=2, style="Table Grid")
    for pair in content["key"]:
        filled(key, pair)
    close_with(document, content)
    return saved(document, folder / name)
