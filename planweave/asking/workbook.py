"""An answer → an Excel workbook: its rows, and what was asked."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final

from planweave.asking.terms import readable, value_of
from planweave.spreadsheet import CELL_CHARACTERS, Looks, Sheet, opened_workbook
from planweave.tables import Column

if TYPE_CHECKING:
    from pathlib import Path

    from planweave.asking.answers import Answer
    from planweave.store import Node
    from planweave.tables import Value

__all__ = ["columns_of_answer", "write_answer_workbook"]

EXACT: Final = 10**15
"""Excel keeps fifteen digits of a number."""

FIRST_YEAR: Final = 1901
"""Excel knows no day before."""

WIDTHS: Final = {"text": 60, "plan": 18, "action": 22, "ref": 9}
WIDTH: Final = 24
ABOUT: Final[tuple[Column[Any], ...]] = (
    Column("words", "", 16, lambda row: row[0]),
    Column("meaning", "", 110, lambda row: row[1]),
)


def write_answer_workbook(answer: Answer, path: Path) -> None:
    """Write a workbook of an answer.

    Raises
    ------
    PlanweaveError
        If the file cannot be written, or something does not fit into Excel.
    """
    about = answer.about
    with opened_workbook(path, about.title or "Answer") as book:
        looks = Looks(book)
        sheet = Sheet(book, "Answer", columns_of_answer(answer), looks, path)
        sheet.add_headings()
        sheet.add(answer.rows())
        if answer.columns:
            sheet.make_filtered()
        explained = Sheet(book, "About", ABOUT, looks, path)
        explained.write((about.title or "Answer",), looks.title)
        said = [("Question", about.text), ("Given", about.given_words), ("Answer", answer.count)]
        said += [("Note", notice) for notice in about.notices]
        # A long query is in several cells, none of which is more than Excel holds.
        lines = _parts(about.sparql)
        for words, meaning in (*said, *(("SPARQL" if number == 0 else "", part) for number, part in enumerate(lines))):
            if meaning:
                explained.write((words, meaning), looks.text)


def columns_of_answer(answer: Answer) -> list[Column[Any]]:
    """Give the columns of an answer as a sheet has them."""
    return [_column(place, name) for place, name in enumerate(answer.columns)]


def _column(place: int, name: str) -> Column[Any]:
    return Column(name, name, WIDTHS.get(name, WIDTH), lambda row: _cell(row[place]))


def _cell(node: Node | None) -> Value:
    """Give what stands in a cell: a number or a day where Excel has it exactly, and words."""
    value = value_of(node)
    if isinstance(value, dt.date) and value.year >= FIRST_YEAR:
        return value
    if isinstance(value, bool):
        return readable(node)
    if isinstance(value, (int, Decimal)) and -EXACT < value < EXACT:
        return value
    return readable(node) or None


def _parts(text: str) -> list[str]:
    size = CELL_CHARACTERS // 2
    return [text[start : start + size] for start in range(0, len(text), size)]
