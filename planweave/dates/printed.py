"""The grammar of one printed date: which words and numbers are a date, and its EDTF."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from planweave.dates.words import (
    DAY_OF_MONTH,
    MONTH,
    MONTH_OF,
    QUARTER,
    SEASON,
    TH,
    day,
    financial_quarter,
    month_number,
    named,
    pattern,
    quarter_number,
    season_code,
    year_number,
)

if TYPE_CHECKING:
    import re
    from collections.abc import Callable, Iterator

__all__ = ["DAYS", "Found", "Printed", "date_at", "dates_in", "find_dates"]

FIRST_DOTTED_YEAR = 20
"""Dots also print references, "2.3.15": with a short year they print a date only from 2020 on."""

LAST_MONTH = 12
LONGEST_PLAN = 30
AHEAD = 20

# In these parts "@" stands for the prefix of their group names. Runs of white space are bounded, so that no
# text takes more than a fixed number of steps at each of its characters.
_YEAR = (
    r"(?:[\s,.\-–/]{0,3}(?:of\s{1,3})?(?P<@_year>(?:19|20)\d\d)(?!\d)"
    r"|(?:\s{1,3}|[-–./])?['’‘]?(?P<@_short>\d\d)(?!\w|[:.]\d"
    r"|\s?(?:%|st\b|nd\b|rd\b|th\b|am\b|pm\b|hours?\b|days?\b|weeks?\b|months?\b|years?\b)))"
)
_NO_MONTH_NEXT = rf"(?!{TH}\s{{0,3}}{MONTH})"
_PAIR = (
    r"(?:(?P<@_label>fy|financial\s{1,3}year)[\s:]{0,3})?(?P<@_from>20\d\d|\d\d)\s?(?P<@_mark>[/\-–—])"
    rf"\s?(?P<@_to>20\d\d|\d\d)(?![\w/%]){_NO_MONTH_NEXT}"
)
_NUMERIC = r"(?P<@_day>[0-3]?\d){0}(?P<@_month>[01]?\d){0}(?P<@_year>20\d\d|\d\d)(?!\w|{0}\d)"
_OF = r"[\s,(\-–]{0,3}(?:of\s{1,3})?(?:the\s{1,3})?"

_PATTERNS = {
    "iso": r"(?<![0-9/])(?P<iso>20\d\d-[01]\d-[0-3]\d)(?!\d)",
    "iso_month": r"(?<![\w/-])(?P<i_year>20\d\d)-(?P<i_month>0[1-9]|1[0-2])(?![\w/]|-\d)",
    "numeric": rf"(?<![\w/.]){named(_NUMERIC.replace('{0}', '/'), 'n')}",
    "dashed": rf"(?<![\w/.])(?<!\d[-–]){named(_NUMERIC.replace('{0}', '[-–]'), 'k')}",
    "dotted": rf"(?<![\w/.]){named(_NUMERIC.replace('{0}', '[.]'), 't')}",
    "numeric_month": r"(?<![\w/.£])(?P<y_month>0?[1-9]|1[0-2])/(?P<y_year>20\d\d)(?![\w/])",
    "quarter": rf"\b(?P<q>{QUARTER}){_OF}{named(_PAIR, 'q')}",
    "pair_quarter": rf"(?<![\w/.£]){named(_PAIR, 'p')}[\s,(\-–]{{0,3}}(?P<p>{QUARTER})",
    "year_end": r"\bf(?:inancial\s{1,3})?y(?:ear)?[\s-]?(?P<e_word>e(?:nd(?:ing)?)?)\b[\s:]{0,3}"
    rf"(?:(?P<e_from>20\d\d|\d\d)\s?[/\-–]\s?)?(?P<e_year>20\d\d|\d\d)(?![\w/]){_NO_MONTH_NEXT}",
    "school_year": r"\b(?:academic|school)\s{1,3}year[\s:]{0,3}"
    r"(?P<a_from>20\d\d)\s?[/\-–]\s?(?P<a_to>20\d\d|\d\d)(?![\w/])",
    "unclear": rf"\b(?:{QUARTER}|h[12]\b){_OF}20\d\d\b"
    rf"|\b20\d\d[\s,(\-–]{{0,3}}(?:{QUARTER}|h[12]\b)"
    r"|\b(?:academic|school|municipal|council)\s{1,3}year[\s:]{0,3}(?:20)?\d\d(?:\s?[/\-–]\s?(?:20)?\d\d)?\b"
    r"|\b(?:fy|financial\s{1,3}year|ye|year[\s-]end(?:ing)?)[\s:]{0,3}(?:20)?\d\d\b(?!\s?[/\-–]\s?\d\d)"
    rf"{_NO_MONTH_NEXT}"
    rf"|(?<![a-z0-9]){MONTH}\.?[\s\-–./]{{0,3}}(?:20)?\d\d\s?[/\-–]\s?\d\d?(?![\w./-])"
    rf"{_NO_MONTH_NEXT}",
    "day_month": named(DAY_OF_MONTH + _YEAR, "d"),
    "month_day": rf"(?<![a-z]){named(MONTH_OF, 'u')}\s{{1,3}}(?P<u_day>[0-3]?\d){TH}"
    r"(?:\s?,\s{0,3}|\s{1,3})(?P<u_year>20\d\d)(?![\w/])",
    "month": rf"(?<![a-z]){named(MONTH_OF + _YEAR, 'm')}",
    "season": rf"\b(?P<season>{SEASON})[\s,\-–]{{0,3}}(?:of\s{{1,3}})?"
    r"(?:(?P<s_year>20\d\d)|['’‘]?(?P<s_short>\d\d))"
    rf"(?:\s?[/\-–]\s?(?P<s_to>20\d\d|\d\d){_NO_MONTH_NEXT})?(?![\w/%])",
    "pair": rf"(?<![\w/.£-]){named(_PAIR, 'f')}",
    "year": r"(?<![\w.£$€#])(?<!(?<!\d{4})/)(?<!\d[-–])(?P<year>20\d\d)(?!\w|%|[.:]\d|\s?[/\-–]\s?\d\d?\b)",
}
_BEGINNING = r"(?:(?=\d)|(?<![a-z])(?=[acdfhjmnoqstwy]))"
"""With what a printed date can begin: most places of a text are passed over at once."""

_DATE = pattern(f"{_BEGINNING}(?:{'|'.join(f'(?P<as_{kind}>{words})' for kind, words in _PATTERNS.items())})")

DAYS = frozenset({"iso", "numeric", "dashed", "dotted", "day_month", "month_day"})
"""The kinds of printed dates that are a day."""


@dataclass(frozen=True, slots=True)
class Printed:
    """One date as printed: where it stands in the text, and its EDTF."""

    start: int
    end: int
    edtf: str


@dataclass(frozen=True, slots=True)
class Found:
    """A printed date, and which rule of the grammar knows it."""

    kind: str
    start: int
    end: int
    edtf: str


def _iso(part: dict[str, str], _after: str) -> str | None:
    return day(*(int(number) for number in part["iso"].split("-")))


def _iso_month(part: dict[str, str], _after: str) -> str | None:
    # "2010-11" is as likely the financial year.
    return part["as_iso_month"] if int(part["i_month"]) <= int(part["i_year"][2:]) else None


def _numeric(part: dict[str, str], _after: str) -> str | None:
    return day(year_number(part["n_year"]), int(part["n_month"]), int(part["n_day"]))


def _dashed(part: dict[str, str], _after: str) -> str | None:
    return day(year_number(part["k_year"]), int(part["k_month"]), int(part["k_day"]))


def _dotted(part: dict[str, str], _after: str) -> str | None:
    if int(part["t_year"]) < FIRST_DOTTED_YEAR:
        return None
    return day(year_number(part["t_year"]), int(part["t_month"]), int(part["t_day"]))


def _numeric_month(part: dict[str, str], _after: str) -> str | None:
    return f"{part['y_year']}-{int(part['y_month']):02d}"


def _day_month(part: dict[str, str], _after: str) -> str | None:
    return day(year_number(part["d_year"] or part["d_short"]), month_number(part["d_month"]), int(part["d_day"]))


def _month_day(part: dict[str, str], _after: str) -> str | None:
    return day(int(part["u_year"]), month_number(part["u_month"]), int(part["u_day"]))


def _month(part: dict[str, str], _after: str) -> str | None:
    if part["m_short"] and part["m_month"] == "may":  # the verb
        return None
    return f"{year_number(part['m_year'] or part['m_short'])}-{month_number(part['m_month']):02d}"


def _season(part: dict[str, str], _after: str) -> str | None:
    """Give a season; "Winter 2019/20" spans the turn of the year and is given as its months."""
    year, code = year_number(part["s_year"] or part["s_short"]), season_code(part["season"])
    if not part["s_to"]:
        return f"{year}-{code}"
    spans = code == season_code("winter") and year_number(part["s_to"]) == year + 1
    return f"{year}-12/{year + 1}-02" if spans else None


def _quarter(part: dict[str, str], _after: str) -> str | None:
    """Give a quarter of a financial year; with one year alone it could be the calendar's."""
    prefix = "q" if part["as_quarter"] else "p"
    start = year_number(part[f"{prefix}_from"])
    if year_number(part[f"{prefix}_to"]) != start + 1:
        return None
    return financial_quarter(start, quarter_number(part[prefix]))


def _year_end(part: dict[str, str], _after: str) -> str | None:
    """Give the financial year that ends in a year: "FYE 2025"; or, of its "end", the last month."""
    year = year_number(part["e_year"])
    if part["e_from"] and year_number(part["e_from"]) != year - 1:
        return None
    return f"{year}-03" if part["e_word"] == "end" else f"{year - 1}-04/{year}-03"


_OTHER_WORD = pattern(r"\s{1,3}(?!(?:onwards?|and|to|or|until|then|by|financial|fy|year|budget)\b)[a-z]")


def _pair(part: dict[str, str], after: str) -> str | None:
    """Give the financial year of "2024/25", or the years from one to the other of "2023-27".

    Two short numbers are a financial year only with a slash, on their own, and where they cannot be a day
    and a month; two full years joined by a dash are those two years.
    """
    first, last, label = part["f_from"], part["f_to"], part["f_label"]
    start, end = year_number(first), year_number(last)
    in_full, in_short = len(first) == len(last) == 4, len(first) == 2  # noqa: PLR2004 - digits
    slash = part["f_mark"] == "/"
    if in_short and not label and (not slash or int(first) <= LAST_MONTH or _OTHER_WORD.match(after)):
        return None
    if end == start + 1 and (label or slash or not in_full):
        return f"{start}-04/{end}-03"
    return f"{start}/{end}" if not in_short and start < end <= start + LONGEST_PLAN else None


def _school_year(part: dict[str, str], _after: str) -> str | None:
    """Give a school year from September to August."""
    start = int(part["a_from"])
    return f"{start}-09/{start + 1}-08" if year_number(part["a_to"]) == start + 1 else None


def _plain_year(part: dict[str, str], _after: str) -> str | None:
    return part["year"]


def _unclear(_part: dict[str, str], _after: str) -> str | None:
    """Give nothing: the words could be read in two ways."""
    return None


_READERS: dict[str, Callable[[dict[str, str], str], str | None]] = {
    "iso": _iso,
    "iso_month": _iso_month,
    "numeric": _numeric,
    "dashed": _dashed,
    "dotted": _dotted,
    "numeric_month": _numeric_month,
    "quarter": _quarter,
    "pair_quarter": _quarter,
    "year_end": _year_end,
    "school_year": _school_year,
    "unclear": _unclear,
    "day_month": _day_month,
    "month_day": _month_day,
    "month": _month,
    "season": _season,
    "pair": _pair,
    "year": _plain_year,
}


def _read(match: re.Match[str]) -> Found | None:
    """Read one match; None where its numbers are no date."""
    kind = (match.lastgroup or "").removeprefix("as_")
    edtf = _READERS[kind](match.groupdict(), match.string[match.end() : match.end() + AHEAD])
    return Found(kind, match.start(), match.end(), edtf) if edtf else None


def dates_in(text: str) -> Iterator[Found]:
    """Go through the dates of a text, in printed order."""
    return (found for match in _DATE.finditer(text) if (found := _read(match)) is not None)


def date_at(text: str, start: int) -> Found | None:
    """Read the date that stands at a place in a text, None where none does."""
    match = _DATE.match(text, start)
    return _read(match) if match else None


def find_dates(text: str) -> tuple[Printed, ...]:
    """Find every date in a text, in printed order.

    Examples
    --------
    >>> [date.edtf for date in find_dates("31-Mar-25, JAN 23 and January2023")]
    ['2025-03-31', '2023-01', '2023-01']
    """
    return tuple(Printed(found.start, found.end, found.edtf) for found in dates_in(text))
