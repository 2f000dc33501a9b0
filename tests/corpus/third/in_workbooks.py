"""Workbooks of Excel, of today's kind and of the old one, and of OpenDocument."""

from __future__ import annotations

from pathlib import Path

import xlwt

from tests.corpus.printed import sections
from tests.corpus.writing.workbooks import Book, dated, open_beside, open_document, open_row, over_all

from .printed import printed


def digital(folder: Path) -> Path:
    """Write one sheet with a heading of two levels, a row over the width for each priority and states with a fill."""
    name = "threlbury-digital.xlsx"
    content = printed(name)
    book = Book(folder / name, content["title"])
    sheet = book.book.add_worksheet("Action plan")
    sheet.set_column(1, 1, 50)
    sheet.set_column(2, 9, 20)
    for at, words in enumerate(content["before"]):
        sheet.write_string(at, 0, words, book.title if at < 2 else None)
    column = 0
    for words, over in content["upper"]:
        sheet.merge_range(4, column, 4, column + over - 1, words, book.head)
        column += over
    for column, words in enumerate(content["head"]):
        sheet.write_string(5, column, words, book.head)
    fills = {words: book.format(border=1, valign="top", bg_color=f"#{colour}") for words, colour in content["fills"]}
    band = book.format(bold=True, border=1, bg_color="#FCE4D6")
    for at, row in enumerate(content["rows"], 6):
        if "section" in row:
            sheet.merge_range(at, 0, at, len(content["head"]) - 1, row["section"], band)
            continue
        for column, words in enumerate(row["cells"]):
            book.put(sheet, at, column, words, fills.get(words))
    sheet.freeze_panes(6, 2)
    book.book.close()
    return folder / name


def peer_challenge(folder: Path) -> Path:
    """Write a sheet of counts, then a sheet of live and one of closed actions with columns of their own."""
    name = "wexborough-peer.xlsx"
    content = printed(name)
    book = Book(folder / name, content["title"])
    summary = book.book.add_worksheet("Summary")
    for at, words in enumerate(content["before"]):
        summary.write_string(at, 0, words, book.title)
    for at, (words, number) in enumerate(content["counts"], 3):
        summary.write_string(at, 0, words)
        if number:
            summary.write_number(at, 1, int(number))
    lights = {"Green": "#92D050", "Amber": "#FFC000", "Grey": "#D0CECE"}
    fills = {words: book.format(border=1, valign="top", bg_color=colour) for words, colour in lights.items()}
    for (heading, rows), head in zip(sections(content["rows"]), content["tables"], strict=True):
        sheet = book.book.add_worksheet(heading["section"])
        sheet.set_column(1, 2, 45)
        sheet.set_column(3, len(head), 22)
        for column, words in enumerate(head):
            sheet.write_string(0, column, words, book.head)
        for at, row in enumerate(rows, 1):
            for column, words in enumerate(row["cells"]):
                book.put(sheet, at, column, words, fills.get(words))
        sheet.autofilter(0, 0, len(rows), len(head) - 1)
    book.book.close()
    return folder / name


def trees(folder: Path) -> Path:
    """Write an old workbook: the objective stands once, the cells below it are empty, dates show month and year."""
    name = "garsley-trees.xls"
    content = printed(name)
    book = xlwt.Workbook()
    sheet = book.add_sheet("Action plan")
    bold, wrapped = xlwt.easyxf("font: bold on"), xlwt.easyxf("align: wrap on, vert top; borders: bottom thin")
    month = xlwt.easyxf("align: vert top; borders: bottom thin", num_format_str="MMM YY")
    for at, words in enumerate(content["before"]):
        sheet.write(at, 0, words, bold)
    first = len(content["before"]) + 1
    for column, words in enumerate(content["head"]):
        sheet.write(first, column, words, bold)
        sheet.col(column).width = 7500
    for at, row in enumerate(content["rows"], first + 1):
        for column, words in enumerate(row["cells"]):
            day = dated(words)
            if day is not None:
                sheet.write(at, column, day[0], month)
            elif words:
                sheet.write(at, column, words, wrapped)
    last = first + len(content["rows"]) + 2
    for at, words in enumerate(content["after"], last):
        sheet.write(at, 0, words)
    book.save(str(folder / name))
    return folder / name


def covenant(folder: Path) -> Path:
    """Write an OpenDocument sheet: title rows over the width, a commitment merged down beside its actions."""
    name = "hallowdown-covenant.ods"
    content = printed(name)
    lines = [over_all(words, len(content["head"])) for words in content["before"]]
    lines += [open_row([""]), open_row(content["head"]), *open_beside(content["rows"])]
    return open_document(folder / name, {"Action plan": lines})
