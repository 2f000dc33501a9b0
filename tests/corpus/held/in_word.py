"""Documents in Word: merged cells, changes that are tracked, content controls, text boxes, shading."""

from __future__ import annotations

import datetime as dt
import re
import zipfile
from pathlib import Path
from typing import Any

from docx import Document
from docx.enum.section import WD_ORIENT
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from .printed import Row, printed, sections

MOMENT = dt.datetime(2025, 1, 15, 9, 0, tzinfo=dt.UTC)
CHANGED = 'w:author="Policy officer" w:date="2025-01-15T09:00:00Z"'
MARKS = re.compile(
    r"\{\+(?P<added>.*?)\+\}|\{-(?P<struck>.*?)-\}|<<(?P<chosen>.*?)>>|(?P<plain>(?:(?!\{\+|\{-|<<).)+)", re.DOTALL
)
SHADES = {"Blue": "0070C0", "Green": "92D050", "Amber": "FFC000", "Grey": "BFBFBF", "Black": "000000"}


def new(title: str, *, lying: bool = False) -> Any:
    """Give an empty document, upright or lying on its side."""
    document = Document()
    document.core_properties.title = title
    document.core_properties.author = "Policy officer"
    document.core_properties.created = document.core_properties.modified = MOMENT
    if lying:
        section = document.sections[0]
        section.orientation = WD_ORIENT.LANDSCAPE
        section.page_width, section.page_height = section.page_height, section.page_width
    return document


def saved(document: Any, path: Path) -> Path:
    """Save the document with the same bytes each time: the archive's own clock is stopped."""
    document.save(str(path))
    with zipfile.ZipFile(path) as archive:
        members = [(item.filename, archive.read(item)) for item in archive.infolist()]
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members:
            archive.writestr(zipfile.ZipInfo(name, (2025, 1, 15, 9, 0, 0)), content, zipfile.ZIP_DEFLATED)
    return path


def open_with(document: Any, lines: list[str], title: str) -> None:
    for line in lines:
        document.add_paragraph(line, style="Title" if line == title else "Normal")


def put(cell: Any, words: str, *, bold: bool = False) -> None:
    """Put words into a cell; a printed line break begins a paragraph."""
    for number, line in enumerate(words.split("\n")):
        paragraph = cell.add_paragraph() if number else cell.paragraphs[0]
        paragraph.add_run(line).bold = bold or None


def shade(cell: Any, colour: str) -> None:
    cell._tc.get_or_add_tcPr().append(
        parse_xml(f'<w:shd {nsdecls("w")} w:val="clear" w:color="auto" w:fill="{colour}"/>')
    )


def table_of(document: Any, head: list[str], rows: list[list[str]]) -> Any:
    """Add a ruled table."""
    table = document.add_table(rows=0, cols=len(head), style="Table Grid")
    for number, row in enumerate([head, *rows]):
        for cell, words in zip(table.add_row().cells, row, strict=True):
            put(cell, words, bold=number == 0)
    return table


def whole_width(table: Any, words: str) -> None:
    """Add a row that is one cell over the whole width."""
    cells = table.add_row().cells
    put(cells[0].merge(cells[-1]), words, bold=True)


# Cells merged both ways


def health(folder: Path) -> Path:
    """Write one table: "Who" stands over two columns, a commitment beside several rows, a section over the width."""
    name = "thornbeck-health.docx"
    content = printed(name)
    document = new(content["title"], lying=True)
    open_with(document, content["before"], content["title"])
    head = content["head"]
    table = document.add_table(rows=2, cols=len(head), style="Table Grid")
    upper, lower = table.rows[0].cells, table.rows[1].cells
    put(upper[3].merge(upper[4]), "Who", bold=True)
    for place, word in enumerate(head):
        put(lower[place] if place in {3, 4} else upper[place].merge(lower[place]), word, bold=True)
    for row in content["rows"]:
        if "section" in row:
            whole_width(table, row["section"])
            continue
        cells = table.add_row().cells
        if "span" in row:
            beside = cells[0]
            put(beside, row["cells"][0])
        else:
            beside.merge(cells[0])
        for cell, words in zip(cells[1:], row["cells"][1:], strict=True):
            put(cell, words)
    return saved(document, folder / name)


# Tracked changes, content controls, lists and a table within a cell


def run(words: str, *, struck: bool = False) -> str:
    safe = words.replace("&", "&amp;")
    tag = "delText" if struck else "t"
    return f'<w:r><w:{tag} xml:space="preserve">{safe}</w:{tag}></w:r>'


def marked(paragraph: Any, words: str, count: list[int]) -> None:
    """Put words with their changes: {+added+}, {-struck-} and <<chosen in a control>>."""
    for mark in MARKS.finditer(words):
        count[0] += 1
        if mark["added"]:
            xml = f"<w:ins {nsdecls('w')} w:id='{count[0]}' {CHANGED}>{run(mark['added'])}</w:ins>"
        elif mark["struck"]:
            xml = f"<w:del {nsdecls('w')} w:id='{count[0]}' {CHANGED}>{run(mark['struck'], struck=True)}</w:del>"
        elif mark["chosen"]:
            xml = (
                f"<w:sdt {nsdecls('w')}><w:sdtPr><w:id w:val='{count[0]}'/><w:dropDownList/></w:sdtPr>"
                f"<w:sdtContent>{run(mark['chosen'])}</w:sdtContent></w:sdt>"
            )
        else:
            paragraph.add_run(mark["plain"])
            continue
        paragraph._p.append(parse_xml(xml))


def nested(cell: Any, words: str) -> None:
    """Put a small table of measures and figures into the cell."""
    rows = [line.strip("[]").split("|") for line in words.split("\n")]
    inner = cell.add_table(rows=0, cols=2)
    for row in rows:
        for place, text in zip(inner.add_row().cells, row, strict=True):
            put(place, text)
    cell.add_paragraph()


def abuse(folder: Path) -> Path:
    """Write a draft in which some words are struck out, some added and some chosen from lists."""
    name = "ashcombe-domestic-abuse.docx"
    content = printed(name)
    document, count = new(content["title"]), [100]
    open_with(document, content["before"], content["title"])
    for heading, rows in sections(content["rows"]):
        document.add_paragraph(heading, style="Heading 1")
        table = table_of(document, content["head"], [])
        for row in rows:
            for cell, words in zip(table.add_row().cells, row["cells"], strict=True):
                if words.startswith("[["):
                    nested(cell, words)
                    continue
                for number, line in enumerate(words.split("\n")):
                    paragraph = cell.add_paragraph() if number else cell.paragraphs[0]
                    if line.startswith("• "):
                        paragraph.style = "List Bullet"
                    marked(paragraph, line.removeprefix("• "), count)
    for line in content["after"]:
        document.add_paragraph(line)
    return saved(document, folder / name)


# Headings between tables, and a text box

BOX = """<w:r {w} xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"
 xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"
 xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"
 xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"
 xmlns:v="urn:schemas-microsoft-com:vml"><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing>
 <wp:inline><wp:extent cx="3600000" cy="1080000"/><wp:docPr id="7" name="Text Box 7"/>
 <a:graphic><a:graphicData uri="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"><wps:wsp>
 <wps:cNvSpPr txBox="1"/><wps:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="3600000" cy="1080000"/></a:xfrm>
 <a:prstGeom prst="rect"><a:avLst/></a:prstGeom></wps:spPr><wps:txbx><w:txbxContent>{content}</w:txbxContent></wps:txbx>
 <wps:bodyPr/></wps:wsp></a:graphicData></a:graphic></wp:inline></w:drawing></mc:Choice><mc:Fallback><w:pict>
 <v:shape style="width:283pt;height:85pt"><v:textbox><w:txbxContent>{content}</w:txbxContent></v:textbox></v:shape>
 </w:pict></mc:Fallback></mc:AlternateContent></w:r>"""


def text_box(document: Any, lines: list[str]) -> None:
    """Add a text box, in today's form and, as Word does, once more in the form of older versions."""
    content = "".join(f"<w:p>{run(line)}</w:p>" for line in lines)
    box = BOX.replace("{w}", nsdecls("w")).replace("{content}", content)
    document.add_paragraph()._p.append(parse_xml(box))


def ageing(folder: Path) -> Path:
    """Write small tables under headings, with prose between and the key in a box."""
    name = "fenlode-ageing-well.docx"
    content = printed(name)
    document = new(content["title"])
    open_with(document, content["before"], content["title"])
    legend = ["Who is who", "AUF – Age United Fenlode", "FCVS – Fenlode Council for Voluntary Service"]
    text_box(document, [*legend, "PCN – Primary Care Network"])
    fields = ["text", "lead", "partner", "due", "outcome"]
    pending: list[Row] = []
    order = fields

    def flush() -> None:
        if pending:
            places = [fields.index(field) for field in order]
            head = [content["head"][place] for place in places]
            table_of(document, head, [[row["cells"][place] for place in places] for row in pending])
            pending.clear()

    for row in content["rows"]:
        if "section" not in row:
            pending.append(row)
            continue
        flush()
        order = row.get("order", fields)
        document.add_paragraph(row["section"], style=f"Heading {row['level']}")
        if "note" in row:
            document.add_paragraph(row["note"])
    flush()
    for line in content["after"]:
        document.add_paragraph(line)
    return saved(document, folder / name)


# Colours


def safety(folder: Path) -> Path:
    """Write a tracker, lying on its side, whose RAG cells hold a colour and no word."""
    name = "orrinbay-safety.docx"
    content = printed(name)
    document = new(content["title"], lying=True)
    open_with(document, content["before"], content["title"])
    key = document.add_table(rows=0, cols=2, style="Table Grid")
    for colour, meaning in content["key"]:
        cells = key.add_row().cells
        put(cells[0], colour)
        shade(cells[0], SHADES[colour])
        put(cells[1], meaning)
    document.add_paragraph()
    for heading, rows in sections(content["rows"]):
        document.add_paragraph(heading, style="Heading 2")
        table = table_of(document, content["head"], [row["cells"] for row in rows])
        for row, line in zip(rows, table.rows[1:], strict=True):
            shade(line.cells[5], SHADES[row["shade"]])
    return saved(document, folder / name)
