"""Records → an Excel workbook: what it is and of which plans, then one sheet for each table."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from planweave.spreadsheet.sheets import Looks, Sheet, opened_workbook
from planweave.tables import (
    ACTIONS,
    CROSS_REFERENCES,
    PARTIES,
    PLANS,
    SOURCES,
    UPDATES,
)
from planweave.wording import BLANK_WORDS, FLAG_WORDS

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from planweave.records import PlanRecord

__all__ = ["write_workbook"]

SHEETS: Final = (ACTIONS, PARTIES, CROSS_REFERENCES, UPDATES, SOURCES)
ABOUT: Final = (
    "What councils' action plans say, one row per fact, each with its place in the document.",
    "Nothing is filled in: what a plan leaves out is empty, and columns such as “No lead because” say in what way.",
    "Text is as printed, apart from white space and stated corrections; “Sources” has every cell exactly.",
    "For anything that matters, consult the plan itself.",
)
SHARES: Final = (
    "“Kept” is the share of the document's characters that the record holds; “Placed” leaves out text that"
    " belongs to no action, heading or key."
)


def write_workbook(records: Iterable[PlanRecord], path: Path) -> None:
    """Write a workbook: what it is and of which plans, then one sheet for each table.

    Parameters
    ----------
    records
        The plans; they are taken one at a time.
    path
        The file, which appears whole or not at all.

    Raises
    ------
    PlanweaveError
        If the file cannot be written, or something does not fit into Excel: a text of more than 32,767
        characters, a sheet of more than 1,048,575 rows below its header.
    """
    with opened_workbook(path, "Action plans") as book:
        looks = Looks(book)
        about = Sheet(book, "About", PLANS.columns, looks, path)
        _explain(about, looks)
        sheets: list[tuple[Any, Sheet[Any]]] = [
            (table, Sheet(book, table.title, table.columns, looks, path)) for table in SHEETS
        ]
        for _, sheet in ((PLANS, about), *sheets):
            sheet.add_headings()
        for record in records:
            for table, sheet in ((PLANS, about), *sheets):
                sheet.add(table.entries(record))
        for _, sheet in sheets:
            sheet.make_filtered()


def _explain(about: Sheet[Any], looks: Looks) -> None:
    """Say what the workbook is, what its sheets hold and what its words mean."""
    about.write(("Action plans",), looks.title)
    for note in ABOUT:
        about.write((note,), looks.note)
    for heading, wordings in (
        ("Sheet", [(table.title, table.about) for table in SHEETS]),
        ("No … because", BLANK_WORDS.values()),
        ("Flag", FLAG_WORDS.values()),
    ):
        about.explain(heading, wordings)
    about.write((), looks.note)
    about.write((SHARES,), looks.note)
    about.write((), looks.note)
