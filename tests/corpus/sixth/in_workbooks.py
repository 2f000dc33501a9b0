"""Workbooks of Excel: several sheets, real dates, rows over the width, a first column merged down."""

from __future__ import annotations

from pathlib import Path

from tests.corpus.printed import sections
from tests.corpus.writing.sheet_plans import lay, opened
from tests.corpus.writing.workbooks import Book

from .printed import printed


def send(folder: Path) -> Path:
    """Write a front sheet, a sheet for each priority, and a sheet that explains abbreviations and states."""
    name = "torvale-send.xlsx"
    content = printed(name)
    book = Book(folder / name, content["title"])
    opened(book, "Cover", content["before"], (120,))
    for sheet_name, (heading, rows) in zip(content["sheets"], sections(content["rows"]), strict=True):
        sheet = opened(book, sheet_name, [heading["section"]], (6, 50, 28, 30, 12, 36, 26, 14))
        lay(book, sheet, 2, content["head"], rows)
    key = opened(book, "Key", ["Key"], (18, 60))
    for at, (word, meaning) in enumerate(content["key"], 2):
        book.put(key, at, 0, word)
        book.put(key, at, 1, meaning)
    book.book.close()
    return folder / name


def leisure(folder: Path) -> Path:
    """Write a tracker on one sheet with three days for each action and a fill behind each state."""
    name = "ashlow-leisure.xlsx"
    content = printed(name)
    book = Book(folder / name, content["title"])
    sheet = opened(book, "Tracker", content["before"], (9, 16, 48, 26, 12, 12, 14, 13, 44))
    lay(book, sheet, len(content["before"]), content["head"], content["rows"], content["fills"])
    book.book.close()
    return folder / name


def green(folder: Path) -> Path:
    """Write one sheet with a row over the width before each area, savings as numbers."""
    name = "kenderby-green.xlsx"
    content = printed(name)
    width = len(content["head"])
    book = Book(folder / name, content["title"])
    sheet = opened(book, "Action log", content["before"], (52, 26, 34, 14, 32, 11, 44))
    band = book.format(bold=True, border=1, bg_color="#C6E0B4")
    first = len(content["before"]) + 1
    for column, words in enumerate(content["head"]):
        sheet.write_string(first, column, words, book.head)
    for at, row in enumerate(content["rows"], first + 1):
        if "section" in row:
            sheet.merge_range(at, 0, at, width - 1, row["section"], band)
            continue
        for column, words in enumerate(row["cells"]):
            if words.isdigit():
                sheet.write_number(at, column, int(words), book.number)
            else:
                book.put(sheet, at, column, words)
    for at, words in enumerate(content["after"], first + len(content["rows"]) + 2):
        sheet.write_string(at, 0, words)
    book.book.close()
    return folder / name


def data(folder: Path) -> Path:
    """Write one sheet with the aim merged down beside its actions and the key of the letters beside the title."""
    name = "eastmarch-data.xlsx"
    content = printed(name)
    rows = content["rows"]
    book = Book(folder / name, content["title"])
    sheet = opened(book, "Tracker Q2", content["before"], (24, 7, 50, 24, 32, 14, 11, 8, 46))
    for at, (letter, meaning) in enumerate(content["key"]):
        book.put(sheet, at, 7, letter, book.format(border=1, bg_color=f"#{content['fills'][letter]}"))
        sheet.write_string(at, 8, meaning)
    first = len(content["key"]) + 1
    lay(book, sheet, first, content["head"], rows, content["fills"])
    starts = [at for at, row in enumerate(rows) if row["cells"][0]]
    for top, below in zip(starts, [*starts[1:], len(rows)], strict=True):
        sheet.merge_range(first + 1 + top, 0, first + below, 0, rows[top]["cells"][0], book.plain)
    book.book.close()
    return folder / name
