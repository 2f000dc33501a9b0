"""Workbooks: a tracker with filters, a sheet for each theme, a priority merged down, real dates, a chart of quarters."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import xlwt

from tests.corpus.printed import sections
from tests.corpus.writing.workbooks import Book, dated, open_beside, open_document, open_row, over_all

from .printed import printed

LIGHTS = {"Blue": "#9DC3E6", "Green": "#A9D18E", "Amber": "#FFD966", "Red": "#FF7C80"}


def cyber(folder: Path) -> Path:
    """Write a tracker with filters, per cents as numbers, the state as a word on a colour; then a sheet with the key."""
    name = "fernhurst-cyber.xlsx"
    content = printed(name)
    book = Book(folder / name, content["title"])
    sheet = book.book.add_worksheet("Tracker")
    sheet.set_column(1, 1, 22)
    sheet.set_column(2, 2, 55)
    sheet.set_column(3, 8, 20)
    for at, words in enumerate(content["before"]):
        sheet.write_string(at, 0, words, book.title if at == 0 else None)
    fills = {word: book.format(border=1, valign="top", bg_color=colour) for word, colour in LIGHTS.items()}
    share = book.format(border=1, valign="top", num_format="0%")
    for column, words in enumerate(content["head"]):
        sheet.write_string(3, column, words, book.head)
    for at, row in enumerate(content["rows"], 4):
        for column, words in enumerate(row["cells"]):
            if words.endswith("%") and words[:-1].isdigit():
                sheet.write_number(at, column, int(words[:-1]) / 100, share)
            else:
                book.put(sheet, at, column, words, fills.get(words))
    sheet.autofilter(3, 0, 3 + len(content["rows"]), len(content["head"]) - 1)
    sheet.freeze_panes(4, 0)
    key = book.book.add_worksheet("Key")
    for at, (word, meaning) in enumerate(content["key"]):
        key.write_string(at, 0, word, fills[word])
        key.write_string(at, 1, meaning)
    for at, words in enumerate(content["key_notes"], len(content["key"]) + 1):
        key.write_string(at, 0, words)
    book.book.close()
    return folder / name


def healthy_weight(folder: Path) -> Path:
    """Write a front sheet and a sheet for each theme, the theme in its first row."""
    name = "wansmere-healthy-weight.xlsx"
    content = printed(name)
    book = Book(folder / name, content["title"])
    front = book.book.add_worksheet("Front page")
    for at, words in enumerate(content["front"]):
        front.write_string(at, 0, words, book.title if at == 0 else None)
    for (heading, rows), tab in zip(sections(content["rows"]), content["sheets"], strict=True):
        sheet = book.book.add_worksheet(tab)
        sheet.set_column(1, 1, 55)
        sheet.set_column(2, 7, 22)
        sheet.merge_range(0, 0, 0, len(content["head"]) - 1, heading["section"], book.title)
        for column, words in enumerate(content["head"]):
            sheet.write_string(2, column, words, book.head)
        for at, row in enumerate(rows, 3):
            for column, words in enumerate(row["cells"]):
                book.put(sheet, at, column, words)
    book.book.close()
    return folder / name


def archives(folder: Path) -> Path:
    """Write an OpenDocument sheet: title rows over the width, a priority merged down beside its actions, a note below."""
    name = "pendrake-archives.ods"
    content = printed(name)
    lines = [over_all(words, len(content["head"])) for words in content["before"]]
    lines += [open_row([""]), open_row(content["head"]), *open_beside(content["rows"]), open_row([""])]
    lines += [open_row([words]) for words in content["after"]]
    return open_document(folder / name, {"Forward plan": lines})


def bereavement(folder: Path) -> Path:
    """Write an old workbook with a row over the width before each area and days as dates."""
    name = "easterholm-bereavement.xls"
    content = printed(name)
    book = xlwt.Workbook()
    sheet = book.add_sheet("Improvement plan")
    bold, band = xlwt.easyxf("font: bold on"), xlwt.easyxf("font: bold on; pattern: pattern solid, fore_colour ivory")
    words_style = xlwt.easyxf("align: wrap on, vert top; borders: bottom thin, right thin")
    day_style = xlwt.easyxf("align: vert top; borders: bottom thin, right thin", num_format_str="DD/MM/YYYY")
    for at, words in enumerate(content["before"]):
        sheet.write(at, 0, words, bold)
    first = len(content["before"]) + 1
    for column, words in enumerate(content["head"]):
        sheet.write(first, column, words, bold)
        sheet.col(column).width = 3000 if column == 0 else 8000
    for at, row in enumerate(content["rows"], first + 1):
        if "section" in row:
            sheet.write_merge(at, at, 0, len(content["head"]) - 1, row["section"], band)
            continue
        for column, words in enumerate(row["cells"]):
            day = dated(words)
            value: Any = int(words) if column == 0 else words
            sheet.write(at, column, day[0] if day else value, day_style if day else words_style)
    for below, words in enumerate(content["after"], first + len(content["rows"]) + 2):
        sheet.write(below, 0, words)
    book.save(str(folder / name))
    return folder / name


def town_centre(folder: Path) -> Path:
    """Write a programme with a chart of quarters to its right: cells with a colour and no words, years over quarters."""
    name = "millgate-town-centre.xlsx"
    content = printed(name)
    book = Book(folder / name, content["title"])
    sheet = book.book.add_worksheet("Programme")
    sheet.set_column(1, 1, 50)
    sheet.set_column(2, 6, 22)
    sheet.set_column(7, 18, 4)
    for at, words in enumerate(content["before"]):
        sheet.write_string(at, 0, words, book.title)
    fixed = len(content["head"])
    for column, words in enumerate(content["head"]):
        sheet.merge_range(4, column, 5, column, words, book.head)
    column = fixed
    for year, over in content["years"]:
        sheet.merge_range(4, column, 4, column + over - 1, year, book.head)
        for quarter in content["quarters"]:
            sheet.write_string(5, column, quarter, book.head)
            column += 1
    band, bar = book.format(bold=True, border=1, bg_color="#E2EFDA"), book.format(border=1, bg_color="#2F75B5")
    charts = iter(content["charts"])
    for at, row in enumerate(content["rows"], 6):
        if "section" in row:
            sheet.merge_range(at, 0, at, column - 1, row["section"], band)
            continue
        for place, words in enumerate(row["cells"]):
            book.put(sheet, at, place, words)
        start, end = next(charts)
        for quarter in range(column - fixed):
            sheet.write_blank(at, fixed + quarter, None, bar if start <= quarter < end else book.plain)
    sheet.freeze_panes(6, 2)
    book.book.close()
    return folder / name
