"""Documents in Excel, of today's kind and of the old one, and in OpenDocument's."""

from __future__ import annotations

from pathlib import Path

import xlwt

from tests.corpus.printed import Row, sections
from tests.corpus.writing.workbooks import Book, dated, open_document, open_row, over_all

from .printed import printed


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
    return open_document(folder / name, sheets)
