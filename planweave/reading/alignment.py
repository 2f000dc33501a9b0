"""Rows that lost a cell in print: their cells put under the columns that the values fit."""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING

from planweave.dates import find_dates

if TYPE_CHECKING:
    from collections.abc import Sequence

    from planweave.reading.columns import Columns
    from planweave.reading.headings import Headings

__all__ = ["aligned"]

MAX_MISSING = 2
"""With more cells missing there are too many ways to place the rest."""


def aligned(cells: Sequence[str], columns: Columns, headings: Headings) -> tuple[str, ...]:
    """Put the cells of a short row under the columns their values fit; leave them where nothing speaks for it."""
    width = len(columns.columns)
    missing = width - len(cells)
    best = (*cells, *[""] * missing)
    if not 0 < missing <= MAX_MISSING:
        return best
    best_score = _fit(best, columns, headings)
    for gaps in combinations(range(width), missing):
        values = iter(cells)
        candidate = tuple("" if index in gaps else next(values) for index in range(width))
        score = _fit(candidate, columns, headings)
        if score > best_score:
            best, best_score = candidate, score
    return best


def _fit(cells: Sequence[str], columns: Columns, headings: Headings) -> int:
    """Score how well values fit their columns: dates under dates, references under references."""
    score = 0
    for column, cell in zip(columns.columns, cells, strict=False):
        if not cell:
            # An action without text is no action: whatever is missing, it is not that.
            score -= 2 if column.field == "text" else 0
            continue
        is_date = bool(find_dates(cell)) or headings.is_timescale(cell)
        is_reference = all(headings.is_reference(part) for part in cell.split())
        if column.field == "due":
            score += 1 if is_date else -1
        elif column.field in {"crossref", "ref"}:
            score += 1 if is_reference else -1
        elif is_reference or (is_date and column.field == "lead"):
            score -= 1
    return score
