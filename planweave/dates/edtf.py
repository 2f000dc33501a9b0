"""EDTF (ISO 8601-2), in the forms that plans print: its first and its last day."""

from __future__ import annotations

import calendar
import datetime as dt
import re
from functools import lru_cache

__all__ = ["SEASON_MONTHS", "bounds", "is_edtf", "is_season"]

SEASON_MONTHS = {21: (3, 5), 22: (6, 8), 23: (9, 11), 24: (12, 2)}
"""Season code → its first and last month; a winter ends in the next year."""

_SIMPLE = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?[~?%]?")


@lru_cache(maxsize=4096)
def bounds(edtf: str) -> tuple[dt.date | None, dt.date | None]:
    """Give the first and the last day that an EDTF string can mean; None where it is open.

    A winter runs from December to the end of February; a set from its first member to its last.

    Raises
    ------
    ValueError
        If it is not EDTF of the forms that :func:`read_edtf` gives, or a day that is in no calendar.

    Examples
    --------
    >>> bounds("2023-22")
    (datetime.date(2023, 6, 1), datetime.date(2023, 8, 31))
    >>> bounds("2023-03/..")
    (datetime.date(2023, 3, 1), None)
    """
    if edtf[:1] + edtf[-1:] in {"{}", "[]"}:
        members = [bounds(member.replace("..", "/")) for member in edtf[1:-1].split(",")]
        first, last = [member[0] for member in members], [member[1] for member in members]
        return min(day for day in first if day), max(day for day in last if day)
    if edtf.count("/") == 1:
        start, end = edtf.split("/")
        return (None if start == ".." else bounds(start)[0], None if end == ".." else bounds(end)[1])
    simple = _SIMPLE.fullmatch(edtf)
    if simple is None:
        raise ValueError(f"{edtf!r} is not EDTF of a form that plans print")
    year, month, day = (int(number) if number else 0 for number in simple.groups())
    if day:
        return dt.date(year, month, day), dt.date(year, month, day)
    first_month, last_month = SEASON_MONTHS.get(month, (month, month)) if simple[2] else (1, 12)
    last_year = year + (last_month < first_month)
    return (
        dt.date(year, first_month, 1),
        dt.date(last_year, last_month, calendar.monthrange(last_year, last_month)[1]),
    )


def is_edtf(text: str) -> bool:
    """Say whether a text is EDTF of a form that plans print.

    Examples
    --------
    >>> is_edtf("2022/2024"), is_edtf("2022 - 2024"), is_edtf("2023-02-29")
    (True, False, False)
    """
    try:
        bounds(text)
    except ValueError:
        return False
    return True


def is_season(edtf: str) -> bool:
    """Say whether an EDTF date is a season.

    Examples
    --------
    >>> is_season("2023-22"), is_season("2023-12")
    (True, False)
    """
    return edtf[5:].isdigit() and int(edtf[5:]) in SEASON_MONTHS
