"""An answer → one page for people, which needs nothing beside it and no network, and runs nothing."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from planweave.asking.columns import column_words
from planweave.errors import PlanweaveError
from planweave.flat_files import whole_file
from planweave.pages import render

if TYPE_CHECKING:
    from pathlib import Path

    from planweave.asking.answers import Answer

__all__ = ["MOST_ROWS", "write_answer_page"]

CODE: Final = re.compile(r"(?=.{1,40}$)(?:[^\s/]+/[^\s/]*\d[^\s/]*|\d{4}-\d\d(?:-\d\d)?)")
"""An id such as northmoor/1.3, or a day: it is never broken."""

VARIABLE: Final = re.compile(r"\?([A-Za-z]\w*)")
"""How the text of a question names a column."""

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
    looks = ["n" if column in answer.numeric else "" for column in answer.columns]
    page = render(
        "answer.html.j2",
        "answer.css",
        title=answer.about.title or "Answer",
        text=VARIABLE.sub(lambda found: f"“{column_words(found[1])}”", answer.about.text),
        given=answer.about.given_words,
        count=answer.count,
        notices=answer.about.notices,
        columns=[(column_words(column).capitalize(), look) for column, look in zip(answer.columns, looks, strict=True)],
        rows=(
            [(cell, look or ("code" if CODE.fullmatch(cell) else "")) for cell, look in zip(row, looks, strict=True)]
            for row in answer.readable_rows()
        ),
        sparql=answer.about.sparql,
    )
    with whole_file(path) as beside:
        beside.write_text(page, encoding="utf-8", newline="\n")
