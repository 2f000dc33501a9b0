"""The dates that open the entries of a cell of progress."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from planweave.dates.edtf import bounds
from planweave.dates.printed import DAYS, date_at
from planweave.dates.words import MONTH, day, month_number, pattern

if TYPE_CHECKING:
    import re

__all__ = ["Opening", "opening_date"]

_BARE = pattern(rf"(?P<month>{MONTH})\b\.?|(?P<day>[0-3]?\d)/(?P<of>[01]?\d)(?![/\w])")
_DASH = pattern(r"\s{0,3}[-–—]\s{1,3}|\s{1,3}[-–—]\s{0,3}")
_COLON = pattern(r"\s?:\s{1,3}")
_SENTENCE = pattern(r"\s{1,3}(?=[A-Za-z\"'‘“])")


@dataclass(frozen=True, slots=True)
class Opening:
    """The date that opens an entry: its EDTF, the end of its printed words, whether its year is inferred."""

    edtf: str | None
    end: int
    year_inferred: bool


def opening_date(text: str, start: int, previous: str | None) -> Opening | None:
    """Read the date that opens an entry of progress at a place in a text.

    A day opens an entry by itself, unless it is in words and stands after a comma, inside a sentence; a month
    only with a dash or a colon after it: "March 2024 figures are in" is a sentence.

    Parameters
    ----------
    text
        The whole cell.
    start
        Where the entry would begin.
    previous
        EDTF of the dated entry before it in the same cell, which lends its year to a bare month or to a
        bare day and month that is not before it; None where there is none, and then a bare month opens
        nothing.

    Examples
    --------
    >>> opening_date("October 24 - policy agreed", 0, None).edtf
    '2024-10'
    >>> opening_date("11/11 adjusted to underway", 0, "2024-08").edtf
    '2024-11-11'
    >>> opening_date("March 2024 figures", 0, None) is None
    True
    """
    found = date_at(text, start)
    if found is not None and (found.kind in DAYS or found.kind == "month"):
        in_words = found.kind in {"day_month", "month_day"}
        inside = in_words and text[max(0, start - 3) : start].rstrip().endswith(",")
        end = _mark(text, found.end, alone=found.kind in DAYS and not inside)
        return Opening(found.edtf, end, year_inferred=False) if end else None
    bare = _BARE.match(text, start) if previous else None
    if bare is None or previous is None or bare[0] == "24/7":
        return None
    # "1/2 of" is a fraction.
    end = _mark(text, bare.end(), alone=len(bare["of"] or "") == 2)  # noqa: PLR2004 - digits
    edtf = _with_year(bare, previous)
    return Opening(edtf, end, year_inferred=True) if edtf and end else None


def _mark(text: str, start: int, *, alone: bool) -> int | None:
    """Give the end of the mark between a date and its entry, None where there is none.

    A dash before another date is none: "March 2024 - June 2024" opens no entry of March.
    """
    dash = _DASH.match(text, start)
    if dash:
        return None if date_at(text, dash.end()) or _BARE.match(text, dash.end()) else dash.end()
    mark = _COLON.match(text, start) or (_SENTENCE.match(text, start) if alone else None)
    return mark.end() if mark else None


def _with_year(bare: re.Match[str], previous: str) -> str | None:
    """Give a bare month, or day and month, the year of the entry before it, if it is then not before that."""
    year = int(previous[:4])
    edtf = (
        f"{year}-{month_number(bare['month']):02d}" if bare["month"] else day(year, int(bare["of"]), int(bare["day"]))
    )
    if edtf is None:
        return None
    earliest, latest = bounds(previous)[0], bounds(edtf)[1]
    return edtf if earliest and latest and earliest <= latest else None
