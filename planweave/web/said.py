"""Readings in words: spans of time, kinds of blank, shares, fields."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from planweave.dates.edtf import bounds
from planweave.reporting.words import day_words
from planweave.wording import DUE_WORDS, FIELD_WORDS, PARTY_WORDS, STATUS_WORDS

if TYPE_CHECKING:
    import datetime as dt

__all__ = ["due_kind", "field_words", "how_sure", "kind_words", "month_words", "span_words", "status"]

SURE: Final = 0.9


def span_words(edtf: str) -> str:
    """Say which days an EDTF date can mean.

    Examples
    --------
    >>> span_words("2023-04"), span_words("2024-05-03"), span_words("2023-22")
    ('1 to 30 April 2023', '3 May 2024', '1 June to 31 August 2023')
    >>> span_words("2023-03/.."), span_words("../2025")
    ('from 1 March 2023, with no last day', 'until 31 December 2025, with no first day')
    >>> span_words("2023-12~"), span_words("2023-24")
    ('about 1 to 31 December 2023', '1 December 2023 to 29 February 2024')
    """
    first, last = bounds(edtf)
    about = "about " if "~" in edtf or "%" in edtf else ""
    doubt = " (uncertain in print)" if "?" in edtf or "%" in edtf else ""
    if first and last:
        return f"{about}{_days(first, last)}{doubt}"
    if first:
        return f"from {about}{day_words(first)}, with no last day{doubt}"
    return f"until {about}{day_words(last)}, with no first day{doubt}" if last else "open at both ends"


def _days(first: dt.date, last: dt.date) -> str:
    """Say a month or a year no more often than is needed."""
    begin, end = day_words(first).split(), day_words(last)
    if first == last:
        return end
    said = 3 - (first.year == last.year) - ((first.year, first.month) == (last.year, last.month))
    return f"{' '.join(begin[:said])} to {end}"


def month_words(edtf: str) -> str:
    """Say a date as short as it is.

    Examples
    --------
    >>> month_words("2024-10"), month_words("2024"), month_words("2024-10-05")
    ('October 2024', '2024', '5 October 2024')
    """
    if re.fullmatch(r"\d{4}", edtf):
        return edtf
    if re.fullmatch(r"\d{4}-(?:0\d|1[0-2])", edtf):
        return day_words(f"{edtf}-01").partition(" ")[2]
    return span_words(edtf)


def due_kind(kind: str) -> str:
    """Say what kind of statement a date is.

    Examples
    --------
    >>> due_kind("review"), due_kind("ongoing")
    ('review date', 'ongoing')
    """
    return "a date to be done by" if kind == "date" else DUE_WORDS.get(kind, kind)


def status(code: str) -> str:
    """Say a status.

    Examples
    --------
    >>> status("not-started"), status("unknown")
    ('not started', 'not said')
    """
    return "not said" if code == "unknown" else STATUS_WORDS.get(code, code)


def kind_words(kind: str) -> str:
    """Say what sort of party one is.

    Examples
    --------
    >>> kind_words("agency"), kind_words("unknown"), kind_words("person")
    ('agency', 'kind not known', 'named person')
    """
    return {"unknown": "kind not known", "group": "group"}.get(kind) or PARTY_WORDS.get(kind, kind)


def field_words(field: str) -> str:
    """Say what a column or a value was read as.

    Examples
    --------
    >>> field_words("due"), field_words("lead")
    ('due date', 'lead')
    """
    return FIELD_WORDS.get(field, field.replace("-", " "))


def how_sure(confidence: float) -> str:
    """Say how sure a reading is, in words and in per cent.

    Examples
    --------
    >>> how_sure(1.0), how_sure(0.75).replace("\N{NO-BREAK SPACE}", " ")
    ('sure', 'doubtful, 75 %')
    """
    if confidence >= SURE:
        return "sure" if confidence >= 1 else f"sure enough, {confidence * 100:.0f}\N{NO-BREAK SPACE}%"
    return f"doubtful, {confidence * 100:.0f}\N{NO-BREAK SPACE}%"
