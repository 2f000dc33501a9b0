"""Writing workbooks, of Excel and of OpenDocument: cells that hold text, dates or nothing."""

from __future__ import annotations

import datetime as dt
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING, Any
from xml.sax.saxutils import escape

import xlsxwriter

if TYPE_CHECKING:
    from tests.corpus.printed import Row

MOMENT = dt.datetime(2025, 6, 30, 9, 0, tzinfo=dt.UTC).replace(tzinfo=None)


def dated(words: str) -> tuple[dt.datetime, str, str] | None:
    """Give the day of a cell that holds a date ("=day|number format|what is shown"), its format and what is shown."""
    if not words.startswith("="):
        return None
    day, form, shown = words[1:].split("|")
    return dt.datetime.fromisoformat(day), form, shown


class Book:
    """A workbook being written, with the few formats that its sheets share."""

    def __init__(self, path: Path, title: str) -> None:
        self.book = xlsxwriter.Workbook(str(path))
        self.book.set_properties({"title": title, "author": "Performance Team", "created": MOMENT})
        self.title = self.format(bold=True, font_size=14)
        self.head = self.format(bold=True, border=1, text_wrap=True, valign="top", bg_color="#DDEBF7")
        self.plain = self.format(border=1, text_wrap=True, valign="top")
        self.number = self.format(border=1, valign="top", num_format="#,##0")

    def format(self, **properties: Any) -> Any:
        """Give a format of this workbook."""
        return self.book.add_format(properties)

    def put(self, sheet: Any, row: int, column: int, words: str, style: Any = None) -> None:
        """Write a cell: text as text, dates as dates, nothing as an empty cell with its border."""
        day = dated(words)
        if day is not None:
            sheet.write_datetime(row, column, day[0], self.format(border=1, valign="top", num_format=day[1]))
        elif words:
            sheet.write_string(row, column, words, style or self.plain)
        else:
            sheet.write_blank(row, column, None, style or self.plain)


NAMES = " ".join(
    f'xmlns:{prefix}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
    for prefix, name in (
        ("office", "office"),
        ("table", "table"),
        ("text", "text"),
        ("style", "style"),
        ("number", "datastyle"),
    )
)
KIND = "application/vnd.oasis.opendocument.spreadsheet"
DAY = """<office:automatic-styles><number:date-style style:name="N36"><number:day number:style="long"/>
<number:text>/</number:text><number:month number:style="long"/><number:text>/</number:text>
<number:year number:style="long"/></number:date-style><style:style style:name="ce3" style:family="table-cell"
 style:data-style-name="N36"/></office:automatic-styles>"""
MANIFEST = f"""<?xml version="1.0" encoding="UTF-8"?>
<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0" manifest:version="1.2">
<manifest:file-entry manifest:full-path="/" manifest:media-type="{KIND}"/>
<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/></manifest:manifest>"""
REST = (
    '<table:table-row table:number-rows-repeated="1048540"><table:table-cell table:number-columns-repeated="16384"/>'
    "</table:table-row>"
)


def open_cell(words: str, attributes: str = "") -> str:
    """Give one cell: a date with its value and what is shown, text, or nothing."""
    day = dated(words)
    if day is not None:
        kind = f' table:style-name="ce3" office:value-type="date" office:date-value="{day[0]:%Y-%m-%d}"'
        return f"<table:table-cell{kind}{attributes}><text:p>{day[2]}</text:p></table:table-cell>"
    if not words:
        return f"<table:table-cell{attributes}/>"
    content = f"<text:p>{escape(words)}</text:p>"
    return f'<table:table-cell office:value-type="string"{attributes}>{content}</table:table-cell>'


def open_row(cells: list[str]) -> str:
    return f"<table:table-row>{''.join(map(open_cell, cells))}</table:table-row>"


def open_beside(rows: list[Row]) -> list[str]:
    """Give the rows of a sheet in which a first cell that stands once is merged down over those whose own is empty."""
    starts = [at for at, row in enumerate(rows) if row["cells"][0]] + [len(rows)]
    lines = []
    for at, row in enumerate(rows):
        first, *rest = row["cells"]
        below = next(start for start in starts if start > at) - at
        spanned = f' table:number-columns-spanned="1" table:number-rows-spanned="{below}"'
        beside = open_cell(first, spanned) if first else "<table:covered-table-cell/>"
        lines.append(f"<table:table-row>{beside}{''.join(map(open_cell, rest))}</table:table-row>")
    return lines


def over_all(words: str, width: int) -> str:
    """Give a row that is one cell over all columns, the others covered."""
    covered = f'<table:covered-table-cell table:number-columns-repeated="{width - 1}"/>'
    spanned = f' table:number-columns-spanned="{width}" table:number-rows-spanned="1"'
    return f"<table:table-row>{open_cell(words, spanned)}{covered}</table:table-row>"


def open_document(path: Path, sheets: dict[str, list[str]]) -> Path:
    """Write the rows of each sheet to the file, the same bytes each time."""
    tables = "".join(
        f'<table:table table:name="{sheet}">{"".join(lines)}{REST}</table:table>' for sheet, lines in sheets.items()
    )
    body = f"<office:body><office:spreadsheet>{tables}</office:spreadsheet></office:body>"
    start = '<?xml version="1.0" encoding="UTF-8"?>'
    xml = f'{start}<office:document-content {NAMES} office:version="1.2">{DAY}{body}</office:document-content>'
    with zipfile.ZipFile(path, "w") as archive:
        for member, words in (("mimetype", KIND), ("content.xml", xml), ("META-INF/manifest.xml", MANIFEST)):
            kind = zipfile.ZIP_STORED if member == "mimetype" else zipfile.ZIP_DEFLATED
            archive.writestr(zipfile.ZipInfo(member, (2025, 6, 30, 9, 0, 0)), words, kind)
    return path
