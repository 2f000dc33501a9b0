"""An answer → one page for people, which needs nothing beside it and no network, and runs nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from planweave.errors import PlanweaveError
from planweave.flat_files import whole_file
from planweave.pages import render

if TYPE_CHECKING:
    from pathlib import Path

    from planweave.asking.answers import Answer

__all__ = ["MOST_ROWS", "write_answer_page"]

MOST_ROWS: Final = 20_000
"""A browser shows no longer table in a time that people wait."""


def write_answer_page(answer: Answer, path: Path) -> None:
    """Write the page of an answer.

    Raises
    ------
    PlanweaveError
        If the file cannot be written, or a page cannot hold so many rows.
    """
    if len(answer) > MOST_ROWS:
        raise PlanweaveError(
            f"the answer has {len(answer):,} rows, more than the {MOST_ROWS:,} of a page",
            file=path,
            fix="write .xlsx or .csv instead",
        )
    page = render(
        "answer.html.j2",
        "answer.css",
        title=answer.about.title or "Answer",
        text=answer.about.text,
        given=answer.about.given_words,
        count=answer.count,
        notices=answer.about.notices,
        columns=answer.columns,
        numeric=[column in answer.numeric for column in answer.columns],
        rows=answer.readable_rows(),
        sparql=answer.about.sparql,
    )
    with whole_file(path) as beside:
        beside.write_text(page, encoding="utf-8", newline="\n")
