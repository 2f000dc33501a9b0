"""Documents in Excel, of today's kind and of the old one."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import xlsxwriter
import xlwt

from .printed import Row, printed, sections

MOMENT = dt.datetime(2025, 4, 1, 9, 0, tzinfo=dt.UTC).replace(tzinfo=None)
FILLS = {"Green": "#00B050", "Amber": "#FFC000", "Red": "#FF0000", "Grey": "#A6A6A6"}
FORMATS = {"dd/mm/yyyy": "DD/MM/YYYY", "mmm-yy": "MMM-YY"}


def dated(words: str) -> tuple[dt.datetime, str] | None:
    """Give the day and the number format of a cell that holds a date ("=2025-03-31|dd/mm/yyyy"), else None."""
    if not words.startswith("="):
        return None
    day, shown = words[1:].split("|")
    return dt.datetime.fromisoformat(day), shown


class Book:
    """A workbook being written, with the few formats that the documents share."""

    def __init__(self, path: Path, title: str) -> None:
        self.book = xlsxwriter.Workbook(str(path))
        self.book.set_properties({"title": title, "author": "Policy and Performance", "created": MOMENT})
        self.title = self.format(bold=True, font_size=14)
        self.bold = self.format(bold=True, border=1, text_wrap=True, valign="top", bg_color="#D9E1F2")
        self.plain = self.format(border=1, text_wrap=True, valign="top")
        self.section = self.format(bold=True, border=1, bg_color="#EDEDED")

    def format(self, **properties: Any) -> Any:
        """Give a format of this workbook."""
        return self.book.add_format(properties)

    def cell(self, sheet: Any, row: int, column: int, words: str) -> None:
        """Write a cell: text as text, dates as dates, nothing as an empty cell with its border."""
        day = dated(words)
        if day is None:
            sheet.write_string(row, column, words, self.plain) if words else sheet.write_blank(
                row, column, None, self.plain
            )
        else:
            style = self.format(border=1, valign="top", align="left", num_format=day[1])
            sheet.write_datetime(row, column, day[0], style)


def housing(folder: Path) -> Path:
    """Write two sheets of actions and one of notes; codes stand in a hidden row, lists in a hidden sheet."""
    name = "tarnwick-housing.xlsx"
    content = printed(name)
    book = Book(folder / name, content["title"])
    about = book.book.add_worksheet("About")
    about.write_string(0, 0, content["title"], book.title)
    notes = [
        "Tarnwick City Council",
        "PRS = private rented sector",
        "EPC = energy performance certificate",
        "Each priority has a sheet of its own.",
    ]
    for place, line in enumerate(notes, 2):
        about.write_string(place, 0, line)
    codes = ["act_no", "act_txt", "own", "ptn", "tgt", "crit", "stat", "cmt"]
    numbers = book.format(border=1, valign="top", num_format="0.00")
    for number, (heading, rows) in enumerate(sections(content["rows"])):
        first = next(row for row in content["rows"] if row.get("section") == heading)
        sheet = book.book.add_worksheet(first["sheet"])
        sheet.set_column(1, 7, 26)
        for place, line in enumerate(["Tarnwick City Council", content["title"], heading]):
            sheet.write_string(place, 0, line or "", book.title)
        for column, (code, word) in enumerate(zip(codes, content["head"], strict=True)):
            sheet.write_string(4, column, code)
            sheet.write_string(5, column, word, book.bold)
        sheet.set_row(4, None, None, {"hidden": True})
        sheet.autofilter(5, 0, 5 + len(rows), 7)
        for place, row in enumerate(rows, 6):
            for column, words in enumerate(row["cells"]):
                if column == 0 and number == 0:
                    sheet.write_number(place, 0, float(words), numbers)
                else:
                    book.cell(sheet, place, column, words)
    lists = book.book.add_worksheet("Lists")
    for place, word in enumerate(
        ["Status", "Not started", "In progress", "Completed", "On hold", "Partially complete"]
    ):
        lists.write_string(place, 0, word)
    lists.hide()
    book.book.close()
    return folder / name


def digital(folder: Path) -> Path:
    """Write one sheet: section rows merged over the width, an aim merged down beside its actions."""
    name = "lydgate-digital.xlsx"
    content = printed(name)
    book = Book(folder / name, content["title"])
    sheet = book.book.add_worksheet("Action Plan 2025")
    sheet.set_column(0, 6, 24)
    width = len(content["head"])
    for place, line in enumerate(content["before"]):
        sheet.merge_range(place, 0, place, width - 1, line, book.title if place == 0 else book.format(italic=True))
    at = len(content["before"]) + 1
    for column, word in enumerate(content["head"]):
        sheet.write_string(at, column, word, book.bold)
    for row in content["rows"]:
        at += 1
        if "section" in row:
            if row is not content["rows"][0]:
                at += 1  # an empty row before each section but the first
            sheet.merge_range(at, 0, at, width - 1, row["section"], book.section)
            continue
        if row.get("span", 0) > 1:
            sheet.merge_range(at, 0, at + row["span"] - 1, 0, row["cells"][0], book.plain)
        for column, words in enumerate(row["cells"][1:], 1):
            book.cell(sheet, at, column, words)
    for place, line in enumerate(content["after"], at + 2):
        sheet.write_string(place, 0, line)
    book.book.close()
    return folder / name


def air_quality(folder: Path) -> Path:
    """Write a tracker whose RAG cells are filled and empty, with costs as numbers and a key below."""
    name = "rushbourne-air-quality.xlsx"
    content = printed(name)
    book = Book(folder / name, content["title"])
    sheet = book.book.add_worksheet("AQAP")
    sheet.set_column(1, 8, 22)
    for place, line in enumerate(content["before"]):
        sheet.write_string(place, 0, line, book.title)
    at = len(content["before"]) + 1
    for column, word in enumerate(content["head"]):
        sheet.write_string(at, column, word, book.bold)
    money = book.format(border=1, valign="top", num_format="#,##0")
    fills = {colour: book.format(border=1, bg_color=code) for colour, code in FILLS.items()}
    for row in content["rows"]:
        at += 1
        for column, words in enumerate(row["cells"]):
            if column == 9:
                sheet.write_blank(at, column, None, fills[row["fill"]])
            elif column == 6 and words.isdigit():
                sheet.write_number(at, column, int(words), money)
            else:
                book.cell(sheet, at, column, words)
    at += 2
    sheet.write_string(at, 1, "Key to RAG")
    for place, (colour, meaning) in enumerate(content["key"], at + 1):
        sheet.write_blank(place, 0, None, fills[colour])
        sheet.write_string(place, 1, f"{colour}: {meaning}")
    book.book.close()
    return folder / name


def child_poverty(folder: Path) -> Path:
    """Write an old workbook: section rows over the width, dates as dates, a sheet of notes."""
    name = "penmarrow-child-poverty.xls"
    content = printed(name)
    book = xlwt.Workbook()
    sheet = book.add_sheet("Progress Mar 24")
    bold, wrapped = xlwt.easyxf("font: bold on"), xlwt.easyxf("align: wrap on, vert top")
    for place, line in enumerate(content["before"]):
        sheet.write(place, 0, line, bold)
    at = len(content["before"]) + 1
    for column, word in enumerate(content["head"]):
        sheet.write(at, column, word, bold)
        sheet.col(column).width = 7000
    rows: list[Row] = content["rows"]
    for row in rows:
        at += 1
        if "section" in row:
            sheet.write_merge(at, at, 0, len(content["head"]) - 1, row["section"], bold)
            continue
        for column, words in enumerate(row["cells"]):
            day = dated(words)
            if day is not None:
                sheet.write(at, column, day[0], xlwt.easyxf(num_format_str=FORMATS[day[1]]))
            elif words:
                sheet.write(at, column, words, wrapped)
    notes = book.add_sheet("Notes")
    for place, line in enumerate(content["notes"]):
        notes.write(place, 0, line)
    book.save(str(folder / name))
    return folder / name
