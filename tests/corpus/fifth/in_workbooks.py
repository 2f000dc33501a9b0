"""Workbooks of Excel, of today's kind and of the old one, and of OpenDocument."""

from __future__ import annotations

from pathlib import Path

import xlwt

from tests.corpus.printed import sections
from tests.corpus.writing.sheet_plans import lay, opened
from tests.corpus.writing.workbooks import Book, dated, open_document, open_row, over_all

from .printed import printed


def housing(folder: Path) -> Path:
    """Write a tracker on one sheet, its key of colours between the title and the heading."""
    name = "castlemoor-housing.xlsx"
    content = printed(name)
    book = Book(folder / name, content["title"])
    sheet = opened(book, "Tracker", content["before"], (9, 18, 60, 28, 16, 10, 12, 45))
    key = len(content["before"])
    fills = content["fills"]
    for at, (word, meaning) in enumerate(content["key"], key):
        book.put(sheet, at, 0, word, book.format(border=1, bg_color=f"#{fills[word]}"))
        sheet.write_string(at, 1, meaning)
    lay(book, sheet, key + len(content["key"]) + 1, content["head"], content["rows"], fills)
    book.book.close()
    return folder / name


def net_zero(folder: Path) -> Path:
    """Write a front sheet, then a sheet for each theme with the title and the theme above its heading."""
    name = "saxby-net-zero.xlsx"
    content = printed(name)
    book = Book(folder / name, content["title"])
    opened(book, "Read me", content["before"], (110,))
    for heading, rows in sections(content["rows"]):
        theme = heading["section"]
        sheet = opened(book, theme, [content["title"], theme], (8, 52, 24, 30, 16, 28, 34, 15))
        lay(book, sheet, 3, content["head"], rows)
    book.book.close()
    return folder / name


def digital(folder: Path) -> Path:
    """Write an old workbook with a row over the width before each theme."""
    name = "northlea-digital.xls"
    content = printed(name)
    book = xlwt.Workbook()
    sheet = book.add_sheet("Delivery tracker")
    bold, plain = xlwt.easyxf("font: bold on"), xlwt.easyxf("align: wrap on, vert top; borders: bottom thin, left thin")
    day = xlwt.easyxf("align: vert top; borders: bottom thin, left thin", num_format_str="DD-MMM-YY")
    band = xlwt.easyxf("font: bold on; pattern: pattern solid, fore_colour light_turquoise")
    lines = [*content["before"], ""]
    for at, words in enumerate(lines):
        sheet.write(at, 0, words, bold)
    for column, words in enumerate(content["head"]):
        sheet.write(len(lines), column, words, bold)
        sheet.col(column).width = 3000 if column == 0 else 8000
    for at, row in enumerate(content["rows"], len(lines) + 1):
        if "section" in row:
            sheet.write_merge(at, at, 0, len(content["head"]) - 1, row["section"], band)
            continue
        for column, words in enumerate(row["cells"]):
            date = dated(words)
            sheet.write(at, column, date[0] if date else words or None, day if date else plain)
    below = len(lines) + len(content["rows"]) + 2
    for at, words in enumerate(content["after"], below):
        sheet.write(at, 0, words)
    book.save(str(folder / name))
    return folder / name


def workforce(folder: Path) -> Path:
    """Write an OpenDocument sheet with a row over the width before each pillar."""
    name = "invercairn-workforce.ods"
    content = printed(name)
    width = len(content["head"])
    lines = [over_all(words, width) for words in content["before"]]
    lines += [open_row([""]), open_row(content["head"])]
    lines += [
        over_all(row["section"], width) if "section" in row else open_row(row["cells"]) for row in content["rows"]
    ]
    return open_document(folder / name, {"Action plan": lines})
