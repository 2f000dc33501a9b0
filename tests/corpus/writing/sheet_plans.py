"""Writing plans as sheets of a workbook: the heading, rows over the width, states with a fill, shares as numbers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from tests.corpus.printed import Row
    from tests.corpus.writing.workbooks import Book


def opened(book: Book, name: str, lines: Sequence[str], widths: Sequence[float]) -> Any:
    """Give a new sheet with lines of text at its top and columns as wide as said."""
    sheet = book.book.add_worksheet(name)
    for column, width in enumerate(widths):
        sheet.set_column(column, column, width)
    for at, words in enumerate(lines):
        sheet.write_string(at, 0, words, book.title)
    return sheet


def lay(
    book: Book, sheet: Any, first: int, head: list[str], rows: list[Row], fills: Mapping[str, str] | None = None
) -> None:
    """Write the heading into the first row and the rows below it, with a filter over them."""
    shown = {
        words: book.format(border=1, valign="top", bg_color=f"#{colour}") for words, colour in (fills or {}).items()
    }
    share = book.format(border=1, valign="top", num_format="0%")
    for column, words in enumerate(head):
        sheet.write_string(first, column, words, book.head)
    for at, row in enumerate(rows, first + 1):
        for column, words in enumerate(row["cells"]):
            if words.removesuffix("%").isdigit() and words.endswith("%"):
                sheet.write_number(at, column, int(words[:-1]) / 100, share)
            else:
                book.put(sheet, at, column, words, shown.get(words))
    sheet.autofilter(first, 0, first + len(rows), len(head) - 1)
    sheet.freeze_panes(first + 1, 0)
