"""PDF → lines and tables.

A page is a heap of letters, rules and colours: what makes a table of them is in the modules beside this one.
"""

from __future__ import annotations

import io
import logging
from collections import Counter
from typing import TYPE_CHECKING, Final

import pdfplumber

from planweave.documents.grid import Parts
from planweave.documents.limits import MAX_CELLS, MAX_PAGES
from planweave.documents.pdf_cells import table_of, words_in
from planweave.documents.pdf_flow import in_order
from planweave.documents.pdf_found import FoundTable
from planweave.documents.pdf_joining import Joined, join, numbered
from planweave.documents.pdf_lines import lines_of
from planweave.documents.pdf_open import open_table, regions_of
from planweave.documents.pdf_page import sheet_of
from planweave.documents.pdf_ruled import free_rules, lattices_of
from planweave.documents.pdf_running import running_lines
from planweave.documents.sheets import printed_as
from planweave.errors import DocumentError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from planweave.documents.pdf_flow import Paragraph
    from planweave.documents.pdf_lines import Printed
    from planweave.documents.pdf_open import Span
    from planweave.documents.pdf_page import Sheet

__all__ = ["read"]

TAIL: Final = 2048
"""So many bytes at its end hold the mark that a file is whole."""

AGAIN: Final = "open it in the program it was made with and save it again"
NEEDS_OCR: Final = "have its text recognised (OCR) first, and read what that gives"


def read(data: bytes, name: str) -> Parts:
    """Read a PDF."""
    del name
    logging.disable(logging.CRITICAL)
    if b"%%EOF" not in data[-TAIL:]:
        raise DocumentError("the file is cut off: its end is missing", fix="download it again")
    sheets, hidden = _sheets(data)
    items, size = _items(sheets)
    blocks = tuple(numbered(items, size))
    return Parts("application/pdf", "binary", printed_as(blocks), blocks, None, tuple(hidden))


def _sheets(data: bytes) -> tuple[list[Sheet], list[str]]:
    """The pages, and what cannot be read of them."""
    sheets: list[Sheet] = []
    try:
        # One page more than is read shows that there are too many.
        document = pdfplumber.open(io.BytesIO(data), pages=list(range(1, MAX_PAGES + 2)))
        pages = document.pages
    except Exception as error:
        raise _unopened(error) from error
    if len(pages) > MAX_PAGES:
        raise DocumentError(
            f"it has more than the {MAX_PAGES} pages that are read",
            fix="split it, or take out what is not the action plan",
        )
    for number, page in enumerate(pages, start=1):
        sheets.append(sheet_of(page.layout, number))
        page.close()
    return sheets, list(_hidden(sheets))


def _unopened(error: Exception) -> DocumentError:
    """Say why a file cannot be opened."""
    causes = [type(error), *(type(argument) for argument in error.args)]
    if any(cause.__name__ in {"PDFPasswordIncorrect", "PDFEncryptionError"} for cause in causes):
        return DocumentError("it is locked with a password", fix="save it without the password")
    return DocumentError("the file is damaged: it cannot be opened as a PDF", fix=AGAIN)


def _hidden(sheets: Sequence[Sheet]) -> Iterator[str]:
    """Name the pages without text, and letters that have no meaning.

    Raises
    ------
    DocumentError
        If no page has any text.
    """
    if not any(sheet.words for sheet in sheets):
        raise DocumentError("this is a picture without any text: it needs OCR", fix=NEEDS_OCR)
    for sheet in sheets:
        if not sheet.words and (sheet.pictures or sheet.fills):
            yield f"page {sheet.number} is a picture without any text, which needs OCR: it is left out"
        if sheet.unreadable:
            letters = "letter" if sheet.unreadable == 1 else "letters"
            yield f"page {sheet.number} has {sheet.unreadable} {letters} that its fonts give no meaning to"


def _items(sheets: Sequence[Sheet]) -> tuple[list[Paragraph | Joined], float]:
    """The paragraphs and tables of all pages, put together; and the size of most letters in tables."""
    ruled = {sheet.number: _ruled(sheet) for sheet in sheets}
    lines = {number: rest for number, (_, rest) in ruled.items()}
    running = running_lines(lines, {sheet.number: sheet.height for sheet in sheets})
    pages: list[list[Paragraph | FoundTable]] = []
    going_on: Sequence[Span] = ()
    by_rules = False
    cells = 0
    for sheet in sheets:
        tables, rest = ruled[sheet.number]
        text = [line for place, line in enumerate(rest) if place not in running[sheet.number]]
        regions = regions_of(text, free_rules(sheet), going_on)
        taken = {place for region in regions for place in range(region.start, region.end)}
        tables += [
            open_table(region, text, sheet, by_rules=by_rules and not index) for index, region in enumerate(regions)
        ]
        left = [line for place, line in enumerate(text) if place not in taken]
        edges = [rest[place] for place in sorted(running[sheet.number])]
        pages.append(list(in_order(left, edges, tables, sheet)))
        inner = [item for item in pages[-1] if isinstance(item, FoundTable) or not item.running]
        last = inner[-1] if inner else None
        going_on = last.columns if isinstance(last, FoundTable) and not last.ruled else ()
        by_rules = isinstance(last, FoundTable) and last.by_rules
        cells += sum(len(table.columns) * len(table.rows) for table in tables)
        if cells > MAX_CELLS:
            raise DocumentError(
                f"its tables have more than the {MAX_CELLS:,} cells that are read",
                fix="split it, or take out what is not the action plan",
            )
    return join(pages), _size_in_tables(sheets, pages)


def _ruled(sheet: Sheet) -> tuple[list[FoundTable], list[Printed]]:
    """The tables that are ruled on all sides, and the lines of what stands in none of them."""
    tables = []
    rest = sheet.words
    for lattice in lattices_of(sheet):
        inside = words_in(lattice.box, rest)
        table = table_of(lattice, inside, sheet)
        if table:
            tables.append(table)
            taken = set(map(id, inside))
            rest = [word for word in rest if id(word) not in taken]
    return tables, lines_of(rest)


def _size_in_tables(sheets: Sequence[Sheet], pages: Sequence[Sequence[Paragraph | FoundTable]]) -> float:
    """The size of most letters that stand in tables; 0 where there are none."""
    sizes: Counter[float] = Counter()
    for sheet, items in zip(sheets, pages, strict=True):
        for item in items:
            if isinstance(item, FoundTable):
                for word in words_in(item.box, sheet.words):
                    sizes[round(word.size * 2) / 2] += len(word.text)
    return sizes.most_common(1)[0][0] if sizes else 0.0
