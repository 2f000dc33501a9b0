"""Documents in Excel, of today's kind and of the old one, and in OpenDocument's."""

from __future__ import annotations

import datetime as dt
import zipfile
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

import xlsxwriter
import xlwt

from .printed import Row, printed, sections

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


def culture(folder: Path) -> Path:
    """Write a sheet of notes, a sheet for each theme with titles above the header, and a hidden sheet of lists."""
    name = "marrick-culture.xlsx"
    content = printed(name)
    book = Book(folder / name, content["title"])
    notes = book.book.add_worksheet("Read me")
    for at, words in enumerate(content["notes"]):
        notes.write_string(at, 0, words, book.title if at == 0 else None)
    for heading, rows in sections(content["rows"]):
        sheet = book.book.add_worksheet(heading["sheet"])
        sheet.set_column(1, 1, 48)
        sheet.set_column(2, 7, 22)
        for at, words in enumerate([content["publisher"], content["title"], heading["section"]]):
            sheet.write_string(at, 0, words, book.title)
        for column, words in enumerate(content["head"]):
            sheet.write_string(4, column, words, book.head)
        for at, row in enumerate(rows, 5):
            for column, words in enumerate(row["cells"]):
                book.put(sheet, at, column, words)
        sheet.data_validation(5, 7, 4 + len(rows), 7, {"validate": "list", "source": "=Lookups!$A$2:$A$4"})
        sheet.freeze_panes(5, 2)
    lists = book.book.add_worksheet("Lookups")
    for at, words in enumerate(content["lists"]):
        lists.write_string(at, 0, words)
    lists.hide()
    book.book.close()
    return folder / name


def waste(folder: Path) -> Path:
    """Write a recommendation merged down beside its actions, with coloured states and costs as numbers."""
    name = "wendlebury-waste.xlsx"
    content = printed(name)
    book = Book(folder / name, content["title"])
    sheet = book.book.add_worksheet("Improvement plan")
    sheet.set_column(1, 2, 40)
    sheet.set_column(3, 7, 20)
    for at, words in enumerate(content["before"]):
        sheet.write_string(at, 0, words, book.title if at < 2 else None)
    fills = {words: book.format(border=1, valign="top", bg_color=f"#{colour}") for words, colour in content["key"]}
    for column, (words, _) in enumerate(content["key"], 4):
        sheet.write_string(2, column, words, fills[words])
    for column, words in enumerate(content["head"]):
        sheet.write_string(4, column, words, book.head)
    for at, row in enumerate(content["rows"], 5):
        if row.get("span", 1) > 1:
            sheet.merge_range(at, 1, at + row["span"] - 1, 1, row["cells"][1], book.plain)
        for column, words in enumerate(row["cells"]):
            if column == 1:
                continue
            if column == 0:
                sheet.write_number(at, column, int(words), book.plain)
            elif column == 5 and words:
                sheet.write_number(at, column, int(words.replace(",", "")), book.number)
            else:
                book.put(sheet, at, column, words, fills.get(words))
    sheet.autofilter(4, 0, 4 + len(content["rows"]), len(content["head"]) - 1)
    book.book.close()
    return folder / name


def carers(folder: Path) -> Path:
    """Write an old workbook: a row over the width for each theme, dates as dates, a sheet of guidance."""
    name = "ellismoor-carers.xls"
    content = printed(name)
    book = xlwt.Workbook()
    sheet = book.add_sheet("Action plan")
    bold, wrapped = xlwt.easyxf("font: bold on"), xlwt.easyxf("align: wrap on, vert top; borders: bottom thin")
    day_style = xlwt.easyxf("align: vert top", num_format_str="DD/MM/YYYY")
    for at, words in enumerate(content["before"]):
        sheet.write(at, 0, words, bold)
    at = len(content["before"]) + 1
    for column, words in enumerate(content["head"]):
        sheet.write(at, column, words, bold)
        sheet.col(column).width = 8000
    rows: list[Row] = content["rows"]
    for row in rows:
        at += 1
        if "section" in row:
            sheet.write_merge(at, at, 0, len(content["head"]) - 1, row["section"], bold)
            continue
        for column, words in enumerate(row["cells"]):
            day = dated(words)
            if day is not None:
                sheet.write(at, column, day[0], day_style)
            elif words:
                sheet.write(at, column, words, wrapped)
    guidance = book.add_sheet("Guidance")
    for place, words in enumerate(content["guidance"]):
        guidance.write(place, 0, words)
    book.save(str(folder / name))
    return folder / name


# OpenDocument

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


def over_all(words: str, width: int) -> str:
    """Give a row that is one cell over all columns, the others covered."""
    covered = f'<table:covered-table-cell table:number-columns-repeated="{width - 1}"/>'
    spanned = f' table:number-columns-spanned="{width}" table:number-rows-spanned="1"'
    return f"<table:table-row>{open_cell(words, spanned)}{covered}</table:table-row>"


def tourism(folder: Path) -> Path:
    """Write two sheets, each with the title, the header and a row over the width for each year."""
    name = "dunnock-tourism.ods"
    content = printed(name)
    width = len(content["head"])
    sheets: dict[str, list[str]] = {}
    for heading, rows in sections(content["rows"]):
        first = [*(over_all(words, width) for words in content["before"]), open_row([""]), open_row(content["head"])]
        lines = sheets.setdefault(heading["sheet"], first)
        lines += [over_all(heading["section"], width), *(open_row(row["cells"]) for row in rows)]
    tables = "".join(
        f'<table:table table:name="{sheet}">{"".join(lines)}{REST}</table:table>' for sheet, lines in sheets.items()
    )
    body = f"<office:body><office:spreadsheet>{tables}</office:spreadsheet></office:body>"
    start = '<?xml version="1.0" encoding="UTF-8"?>'
    xml = f'{start}<office:document-content {NAMES} office:version="1.2">{DAY}{body}</office:document-content>'
    with zipfile.ZipFile(folder / name, "w") as archive:
        for member, words in (("mimetype", KIND), ("content.xml", xml), ("META-INF/manifest.xml", MANIFEST)):
            kind = zipfile.ZIP_STORED if member == "mimetype" else zipfile.ZIP_DEFLATED
            archive.writestr(zipfile.ZipInfo(member, (2025, 6, 30, 9, 0, 0)), words, kind)
    return folder / name
