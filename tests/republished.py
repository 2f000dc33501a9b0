"""The bundled plans as other bodies would publish them: Word, Excel, PDF, a web page, CSV and Markdown.

Lines and tables are taken from the text as it is printed. What the text leaves to the eye is said by the format, as a
person would say it: a title and headings in their styles, bullets in lists, a heading over a whole table in one
merged cell, dates and references that Excel knows as such.
"""

from __future__ import annotations

import csv
import html
import io
import re
import zipfile
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path
from typing import Any, Literal, NamedTuple

import docx
import xlsxwriter
from docx.enum.section import WD_ORIENT
from docx.shared import Mm
from reportlab import rl_config
from reportlab.lib import colors
from reportlab.lib.pagesizes import A3, A4, landscape
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.platypus import Paragraph, SimpleDocTemplate, Spacer
from reportlab.platypus import Table as PrintedTable

from planweave.documents import Line, Table, open_document
from planweave.library import bundled_plans

Role = Literal["title", "heading", "item", "paragraph"]
Rows = list[tuple[str, ...]]

PLANS = ("city-of-london", "coventry", "gravesham", "maidstone", "thurrock")
PUBLISHED = datetime(2025, 4, 1)  # noqa: DTZ001 - what office programs write has no time zone
BULLET = "- "
MAX_HEADING = 14
WIDE = 8
"""Tables of more columns are printed on larger paper."""

A_SHEET_A_TABLE = {"city-of-london": "Priority", "maidstone": "Objective"}
"""Workbooks with a sheet for each table, and what their sheets are called; the others have one sheet."""

MOVED = {("coventry", "Recovery 16.2:"): (0, None, 1, 2, None, 4)}
"""Rows that lost a cell in the text: by their first words, where their cells stand under a table's headings."""


class Said(NamedTuple):
    """A line of text, and what it is."""

    role: Role
    text: str


Plan = list[Said | Rows]
"""What one plan prints, in order: lines, and the rows of tables."""


def plan(name: str) -> Plan:
    """Take a bundled plan's lines and tables from its text."""
    parts: Plan = []
    title = ""
    for block in open_document(bundled_plans() / f"{name}.txt").blocks:
        if isinstance(block, Line):
            title = title or block.text
            parts.append(Said(_role(block.text, title, first=not parts), block.text))
        else:
            parts.append(_rows(name, block))
    return parts


def _role(text: str, title: str, *, first: bool) -> Role:
    if first:
        return "title"
    if text.startswith(BULLET):
        return "item"
    return "heading" if len(text.removeprefix(title).split()) <= MAX_HEADING and not text.endswith(".") else "paragraph"


def _rows(name: str, table: Table) -> Rows:
    """The rows of a table, all as wide as its widest."""
    rows = []
    for row in table.rows:
        moved = (to for (whose, words), to in MOVED.items() if whose == name and row.cells[0].startswith(words))
        places = next(moved, None)
        cells = row.cells if places is None else tuple("" if at is None else row.cells[at] for at in places)
        rows.append((*cells, *[""] * (table.width - len(cells))))
    return rows


def spans(row: tuple[str, ...]) -> bool:
    """Say whether a row is a heading over the whole table."""
    return bool(row[0]) and not any(row[1:]) and len(row) > 1


def unmarked(said: Said) -> str:
    """Give the words of an item of a list, without its mark."""
    return said.text.removeprefix(BULLET) if said.role == "item" else said.text


# The six formats


def as_web_page(name: str, path: Path) -> None:
    """Write a page: headings, lists, and tables whose first row is their head."""
    tags = {"title": "h1", "heading": "h2", "item": "li", "paragraph": "p"}
    parts = []
    for part, before, after in _with_neighbours(plan(name)):
        if isinstance(part, Said):
            text = f"<{tags[part.role]}>{html.escape(unmarked(part))}</{tags[part.role]}>"
            is_item = part.role == "item"
            opens = is_item and not (isinstance(before, Said) and before.role == "item")
            closes = is_item and not (isinstance(after, Said) and after.role == "item")
            parts.append("<ul>" * opens + text + "</ul>" * closes)
        else:
            head, *body = [_web_row(row, "td" if at else "th") for at, row in enumerate(part)]
            parts.append(f"<table>\n<thead>{head}</thead>\n<tbody>\n" + "\n".join(body) + "\n</tbody>\n</table>")
    title = html.escape(_title(name))
    page = f'<!DOCTYPE html>\n<html lang="en"><head><meta charset="utf-8"><title>{title}</title></head>\n<body>\n'
    path.write_text(page + "\n".join(parts) + "\n</body></html>\n", encoding="utf-8")


def _web_row(row: tuple[str, ...], tag: str) -> str:
    if spans(row):
        return f'<tr><{tag} colspan="{len(row)}">{html.escape(row[0])}</{tag}></tr>'
    cells = (f"<{tag}>{html.escape(cell).replace(chr(10), '<br>')}</{tag}>" for cell in row)
    return f"<tr>{''.join(cells)}</tr>"


def as_markdown(name: str, path: Path) -> None:
    """Write Markdown, with its tables between bars."""
    marks = {"title": "# ", "heading": "## ", "item": "- ", "paragraph": ""}
    parts = []
    for part, _, after in _with_neighbours(plan(name)):
        if isinstance(part, Said):
            is_within = part.role == "item" and isinstance(after, Said) and after.role == "item"
            parts.append(marks[part.role] + _escaped(unmarked(part)) + ("\n" if is_within else "\n\n"))
        else:
            head, *body = [
                "| " + " | ".join(_escaped(cell).replace("\n", "<br>") for cell in row) + " |" for row in part
            ]
            parts.append("\n".join((head, "|" + " --- |" * len(part[0]), *body)) + "\n\n")
    path.write_text("".join(parts), encoding="utf-8")


def _escaped(text: str) -> str:
    return re.sub(r"([\\`*_\[\]<>|~&#])", r"\\\1", text)


def as_csv(name: str, path: Path) -> None:
    """Write one CSV file as Excel does: lines in the first column, an empty row around each table."""
    written = io.StringIO()
    writer = csv.writer(written)
    for part in plan(name):
        if isinstance(part, Said):
            writer.writerow([part.text])
        else:
            writer.writerows([[], *part, []])
    path.write_text(written.getvalue(), encoding="utf-8-sig", newline="")


def as_workbook(name: str, path: Path) -> None:
    """Write a workbook: one sheet, or one a table."""
    book = xlsxwriter.Workbook(str(path))
    book.set_properties({"title": _title(name), "created": PUBLISHED})
    sheets = _sheets(name)
    for title, parts in sheets:
        sheet, at = book.add_worksheet(title), 0
        for part in parts:
            if isinstance(part, Said):
                sheet.write_string(at, 0, part.text, book.add_format({"bold": part.role in {"title", "heading"}}))
                at += 1
                continue
            at += 1
            for place, row in enumerate(part):
                _write_row(book, sheet, at, row, is_head=place == 0)
                at += 1
            at += 1
    book.close()


def _sheets(name: str) -> Iterator[tuple[str, Plan]]:
    """What stands on each sheet."""
    word = A_SHEET_A_TABLE.get(name)
    if word is None:
        yield "Action plan", plan(name)
        return
    parts: Plan = []
    count = 0
    for part in plan(name):
        parts.append(part)
        if not isinstance(part, Said):
            count += 1
            yield f"{word} {count}", parts
            parts = []


def _write_row(book: Any, sheet: Any, at: int, row: tuple[str, ...], *, is_head: bool) -> None:
    look = {"text_wrap": True, "valign": "top", "border": 1, "bold": is_head}
    if spans(row):
        sheet.merge_range(at, 0, at, len(row) - 1, row[0], book.add_format(look | {"bold": True}))
        return
    for place, text in enumerate(row):
        value, shown = typed(text)
        sheet.write(at, place, value, book.add_format(look | ({"num_format": shown} if shown else {})))


def typed(text: str) -> tuple[str | float | datetime, str | None]:
    """Give what Excel makes of a text that is typed into a cell, and how it is shown."""
    for pattern, read, shown in (
        (r"\d\d-[A-Z][a-z]{2}-\d\d", "%d-%b-%y", "dd-mmm-yy"),
        (r"[A-Z][a-z]{2,8} \d{4}", "%B %Y", "mmmm yyyy"),
    ):
        if re.fullmatch(pattern, text):
            return datetime.strptime(text, read), shown  # noqa: DTZ007 - a cell has no time zone
    if re.fullmatch(r"[0-9]+(?:\.[0-9]+)?", text):
        return float(text), None if text == f"{float(text):g}" else f"0.{'0' * len(text.partition('.')[2])}"
    return text, None


def as_word_file(name: str, path: Path) -> None:
    """Write a Word file: titles and headings in their styles, lists, tables with a grid."""
    file = docx.Document()
    section = file.sections[0]
    section.orientation, section.page_width, section.page_height = WD_ORIENT.LANDSCAPE, Mm(420), Mm(297)
    styles = {"title": "Title", "heading": "Heading 1", "item": "List Bullet", "paragraph": "Normal"}
    for part in plan(name):
        if isinstance(part, Said):
            file.add_paragraph(unmarked(part), style=styles[part.role])
            continue
        table = file.add_table(len(part), len(part[0]), style="Table Grid")
        for printed, row in zip(table.rows, part, strict=True):
            cells = printed.cells
            if spans(row):
                cells[0].merge(cells[-1])
            for cell, text in zip(cells, row, strict=True):
                if text:
                    cell.text = text
        file.add_paragraph()
    facts = file.core_properties
    facts.title, facts.author, facts.created, facts.modified = _title(name), "", PUBLISHED, PUBLISHED
    written = io.BytesIO()
    file.save(written)
    path.write_bytes(undated(written.getvalue()))


def undated(package: bytes) -> bytes:
    """Give a zipped file without the times at which its parts were written."""
    result = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(package)) as old, zipfile.ZipFile(result, "w", zipfile.ZIP_DEFLATED) as new:
        for entry in old.namelist():
            new.writestr(zipfile.ZipInfo(entry, (2025, 4, 1, 9, 0, 0)), old.read(entry), zipfile.ZIP_DEFLATED)
    return result.getvalue()


def as_pdf(name: str, path: Path) -> None:
    """Print on paper across, in ruled tables that go on over the page under their repeated header."""
    _know_fonts()
    sizes = {"title": 16, "heading": 12, "item": 9, "paragraph": 9}
    styles = {
        role: ParagraphStyle(
            role, fontName="VeraBd" if size > 9 else "Vera", fontSize=size, leading=size * 1.3, spaceAfter=6
        )
        for role, size in sizes.items()
    }
    cell = ParagraphStyle("cell", fontName="Vera", fontSize=7.5, leading=9.5)
    head = ParagraphStyle("head", parent=cell, fontName="VeraBd")
    story: list[Any] = []
    paper = landscape(A3 if any(len(part[0]) > WIDE for part in plan(name) if not isinstance(part, Said)) else A4)
    for part in plan(name):
        if isinstance(part, Said):
            bullet = "•" if part.role == "item" else None
            story.append(Paragraph(html.escape(unmarked(part)), styles[part.role], bulletText=bullet))
            continue
        story += [Spacer(1, 6), _printed_table(part, cell, head, paper[0] - 72), Spacer(1, 14)]
    rl_config.invariant = 1
    SimpleDocTemplate(
        str(path), pagesize=paper, title=_title(name), leftMargin=36, rightMargin=36, topMargin=36, bottomMargin=36
    ).build(story)


def printable(text: str) -> str:
    """Print an arrow for a sign that lies beyond what reportlab can name in a PDF: it knows 16 bits."""
    return re.sub(r"[^\u0000-\uffff]", "▼", text)


def _know_fonts() -> None:
    """Know a free font that comes with reportlab; letters and arrows it lacks are drawn as a box, and can be read."""
    for font in ("Vera", "VeraBd"):
        if font not in pdfmetrics.getRegisteredFontNames():
            made = TTFont(font, f"{font}.ttf")
            used = {ord(letter) for name in PLANS for letter in (bundled_plans() / f"{name}.txt").read_text("utf-8")}
            for code in used - made.face.charToGlyph.keys():
                made.face.charToGlyph[code] = made.face.charToGlyph[ord("¤")]
                made.face.charWidths[code] = made.face.charWidths[ord("¤")]
            pdfmetrics.registerFont(made)


def _printed_table(rows: Rows, cell: ParagraphStyle, head: ParagraphStyle, room: float) -> PrintedTable:
    heads = 1 + spans(rows[0])
    printed = [
        [Paragraph(html.escape(printable(text)).replace("\n", "<br/>"), head if at < heads else cell) for text in row]
        for at, row in enumerate(rows)
    ]
    columns = list(zip(*rows, strict=True))
    longest = [max(len(line) for text in column for line in text.split("\n")) for column in columns]
    words = [{word for text in column for word in text.split()} for column in columns]
    least = [max((stringWidth(word, "VeraBd", 7.5) for word in found), default=0) + 14 for found in words]
    shares = [min(length, 160) ** 0.7 + 1 for length in longest]
    spare = room - sum(least)
    widths = [low + spare * share / sum(shares) for low, share in zip(least, shares, strict=True)]
    merged = [("SPAN", (0, at), (-1, at)) for at, row in enumerate(rows) if spans(row)]
    look = [
        ("GRID", (0, 0), (-1, -1), 0.5, colors.black),
        ("VALIGN", (0, 0), (-1, -1), "TOP"),
        ("BACKGROUND", (0, 0), (-1, heads - 1), colors.HexColor("#dde5ee")),
        *merged,
    ]
    return PrintedTable(printed, widths, repeatRows=heads, style=look)


def _title(name: str) -> str:
    first = plan(name)[0]
    return first.text if isinstance(first, Said) else name


def _with_neighbours(parts: Plan) -> Iterator[tuple[Said | Rows, Said | Rows | None, Said | Rows | None]]:
    yield from zip(parts, [None, *parts[:-1]], [*parts[1:], None], strict=True)


FORMATS: dict[str, Callable[[str, Path], None]] = {
    "docx": as_word_file,
    "xlsx": as_workbook,
    "pdf": as_pdf,
    "html": as_web_page,
    "csv": as_csv,
    "md": as_markdown,
}
"""Ending of the file's name → what writes a plan, by its name, into a file."""


def republish(name: str, ending: str, folder: Path) -> Path:
    """Write a plan in one of the formats into a folder, and give its path."""
    path = folder / f"{name}.{ending}"
    FORMATS[ending](name, path)
    return path
