"""Printed dates → EDTF (ISO 8601-2), with the precision that was printed; and EDTF → first and last day.

The grammar is that of British plans: "March 2024", "31-Mar-25", "JAN 23", "January2023", "end of 2022",
"Summer 2023", "March 2023 onwards", "up to 2025", "April 2022 and 2023", "Q3 2024/25", "FYE 24/25",
"01/04/2024" with the day first. A two-digit number after a month is a year. Nothing is guessed: what the
grammar does not know is not a date.
"""

from __future__ import annotations

import calendar
import datetime as dt
import re
from dataclasses import dataclass
from functools import lru_cache

__all__ = ["Printed", "bounds", "find_dates", "opening_date", "read_edtf"]

MONTH_NAMES = {
    name: number
    for number, names in enumerate(
        (
            ("january", "jan"),
            ("february", "feb"),
            ("march", "mar"),
            ("april", "apr"),
            ("may",),
            ("june", "jun"),
            ("july", "jul"),
            ("august", "aug"),
            ("september", "sept", "sep"),
            ("october", "oct"),
            ("november", "nov"),
            ("december", "dec"),
        ),
        start=1,
    )
    for name in names
}
SEASONS = {"spring": 21, "summer": 22, "autumn": 23, "winter": 24}
SEASON_MONTHS = {21: (3, 5), 22: (6, 8), 23: (9, 11), 24: (12, 2)}
QUARTERS = {1: (4, 6), 2: (7, 9), 3: (10, 12), 4: (1, 3)}
CENTURY_BREAK = 70
JANUARY, MARCH, APRIL, DECEMBER = 1, 3, 4, 12

MONTH = r"(?P<{0}month>" + "|".join(sorted(MONTH_NAMES, key=len, reverse=True)) + r")\.?"
YEAR = r"(?P<{0}year>(?:19|20)\d\d|['’]?\d\d)(?!\d)"
DAY = r"(?P<{0}day>[0-3]?\d)(?:st|nd|rd|th)?"
SEP = r"[\s\-–./]*"

_PATTERNS = {
    "iso": r"(?<!\d)(?P<iso>20\d\d-[01]\d-[0-3]\d)(?!\d)",
    "numeric": r"(?<![\d/])(?P<n_day>[0-3]?\d)[/.](?P<n_month>[01]?\d)[/.](?P<n_year>(?:20)?\d\d)(?![\d/])",
    "quarter": r"\b(?:q(?:uarter)?\s*(?P<q>[1-4]))\s*(?:of\s+)?(?P<q_from>20\d\d|\d\d)\s*(?:[/\-–]\s*(?P<q_to>(?:20)?\d\d))?(?!\d)",
    "fye": r"\bfye\s*(?:(?:20)?\d\d\s*/\s*)?(?P<fye>(?:20)?\d\d)(?!\d)",
    "day_month_year": rf"(?<!\d){DAY.format('d_')}{SEP}(?:of\s+)?{MONTH.format('d_')}[\s\-–,./]*{YEAR.format('d_')}",
    "month_year": rf"(?<![a-z]){MONTH.format('m_')}(?:\s*[\-–/,]?\s*|\s+of\s+){YEAR.format('m_')}(?!\s*(?:st|nd|rd|th)\b)",
    "season": r"\b(?P<season>spring|summer|autumn|winter)\s*(?:of\s+)?(?P<s_year>20\d\d|['’]\d\d)(?:\s*/\s*(?P<s_to>(?:20)?\d\d))?(?!\d)",
    "financial_year": r"(?<![\d/])(?P<f_from>20\d\d)\s*/\s*(?P<f_to>\d\d|20\d\d)(?![\d/])",
    "year": r"(?<![\d/£.])(?P<year>20\d\d)(?![\d/%])",
}
_DATE = re.compile("|".join(f"(?P<as_{kind}>{pattern})" for kind, pattern in _PATTERNS.items()), re.IGNORECASE)

END = re.compile(r"\b(?:by\s+)?(?:the\s+)?end\s+(?:of\s+)?(?:the\s+)?$", re.IGNORECASE)
MID = re.compile(r"\bmid[\s\-–]*(?:of\s+)?$", re.IGNORECASE)
EARLY = re.compile(r"\b(?:early|beginning\s+of|start\s+of)\s+$", re.IGNORECASE)
LATE = re.compile(r"\blate\s+$", re.IGNORECASE)
UP_TO = re.compile(r"\b(?:up\s*to|until|till)\s+$", re.IGNORECASE)
FROM = re.compile(r"\b(?:from|since|starting|commencing)\s+$", re.IGNORECASE)
ONWARDS = re.compile(r"^\s*(?:onwards?|and\s+(?:ongoing|on-going)|\+)", re.IGNORECASE)
JOIN_RANGE = re.compile(r"\s*(?:-|–|—|to|until)\s*", re.IGNORECASE)
JOIN_SET = re.compile(r"\s*(?:and|&|,|/)\s*", re.IGNORECASE)
LOOSE_MONTH_BEFORE = re.compile(rf"(?<![a-z]){MONTH.format('l_')}\s*(?:and|&|/|-|–|to)\s*$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Printed:
    """One date as printed: where it stands in the text, and its EDTF."""

    start: int
    end: int
    edtf: str


def _year(text: str) -> int:
    digits = int(text.strip("'’"))
    if digits > 99:  # noqa: PLR2004 - a year in full
        return digits
    return 2000 + digits if digits < CENTURY_BREAK else 1900 + digits


def _day(year: int, month: int, day: int) -> str | None:
    """A day that is in the calendar, or None."""
    try:
        return dt.date(year, month, day).isoformat()
    except ValueError:
        return None


def _financial_year(start: int) -> str:
    return f"{start}-04/{start + 1}-03"


def _edtf(match: re.Match[str]) -> str | None:
    """The EDTF of one match, or None where the numbers are no date."""
    part = match.groupdict()
    if part["as_iso"]:
        return _day(*(int(number) for number in part["iso"].split("-")))
    if part["as_numeric"]:
        return _day(_year(part["n_year"]), int(part["n_month"]), int(part["n_day"]))
    if part["as_quarter"]:
        return _quarter(int(part["q"]), part["q_from"], part["q_to"])
    if part["as_fye"]:
        return f"{_year(part['fye'])}-03"
    if part["as_day_month_year"]:
        return _day(_year(part["d_year"]), MONTH_NAMES[part["d_month"].lower()], int(part["d_day"]))
    if part["as_month_year"]:
        return f"{_year(part['m_year'])}-{MONTH_NAMES[part['m_month'].lower()]:02d}"
    if part["as_season"]:
        return _season(part["season"].lower(), _year(part["s_year"]), part["s_to"])
    if part["as_financial_year"]:
        start = int(part["f_from"])
        consecutive = _year(part["f_to"]) == start + 1
        return _financial_year(start) if consecutive else f"{start}/{_year(part['f_to'])}"
    return part["year"]


def _quarter(quarter: int, first: str, second: str | None) -> str:
    """A quarter of a financial year where two years are printed, else of the calendar year."""
    year = _year(first)
    if second is None:
        start, end = 3 * quarter - 2, 3 * quarter
    else:
        start, end = QUARTERS[quarter]
        year += start == JANUARY
    return f"{year}-{start:02d}/{year}-{end:02d}"


def _season(season: str, year: int, second: str | None) -> str:
    """A season; "Winter 2019/20" spans the turn of the year and is printed as its months."""
    if second is not None and season == "winter":
        return f"{year}-12/{year + 1}-02"
    return f"{year}-{SEASONS[season]}"


def find_dates(text: str) -> tuple[Printed, ...]:
    """Find every date in a text, in printed order.

    Examples
    --------
    >>> [date.edtf for date in find_dates("31-Mar-25, JAN 23 and January2023")]
    ['2025-03-31', '2023-01', '2023-01']
    """
    found = []
    for match in _DATE.finditer(text):
        edtf = _edtf(match)
        if edtf is not None:
            found.append(Printed(match.start(), match.end(), edtf))
    return tuple(found)


def read_edtf(text: str) -> tuple[str | None, bool]:
    """Read the one date, range or set of dates that a timescale prints.

    Returns
    -------
    The EDTF, or None where no date is printed, and whether it goes on from there ("onwards").

    Examples
    --------
    >>> read_edtf("Mobilised by end of 2022")
    ('2022-12~', False)
    >>> read_edtf("March 2023 onwards")
    ('2023-03/..', True)
    >>> read_edtf("April 2022 and 2023")
    ('{2022-04,2023-04}', False)
    >>> read_edtf("Ongoing / Six monthly")
    (None, False)
    """
    dates = find_dates(text)
    if not dates:
        return None, False
    first, last = dates[0], dates[-1]
    before, after = text[: first.start], text[last.end :]
    if len(dates) > 1:
        return _several(text, dates), False
    edtf = first.edtf
    if ONWARDS.match(after) or FROM.search(before):
        return (edtf.split("/")[0] + "/..", True)
    if UP_TO.search(before):
        return ("../" + edtf.split("/")[-1], False)
    loose = LOOSE_MONTH_BEFORE.search(before)
    if loose and re.fullmatch(r"\d{4}-\d\d", edtf):
        return _two_months(MONTH_NAMES[loose["l_month"].lower()], edtf, before[loose.start() :]), False
    if re.fullmatch(r"\d{4}", edtf):
        return _part_of_year(before, edtf), False
    return edtf, False


def _part_of_year(before: str, year: str) -> str:
    """A vague part of a year, as its month, marked approximate."""
    for pattern, month in ((END, 12), (MID, 6), (EARLY, 1), (LATE, 12)):
        if pattern.search(before):
            return f"{year}-{month:02d}~"
    return year


def _two_months(month: int, edtf: str, joint: str) -> str:
    """The months of "March and June 2023" and "October - December 2022", the first without its year."""
    year, last = (int(number) for number in edtf.split("-"))
    first_year = year if month <= last else year - 1
    first = f"{first_year}-{month:02d}"
    is_set = re.search(r"and|&|/", joint, re.IGNORECASE)
    return f"{{{first},{edtf}}}" if is_set else f"{first}/{edtf}"


def _several(text: str, dates: tuple[Printed, ...]) -> str:
    """A range where two dates are joined by a dash or "to", else the set of all."""
    if len(dates) == 2:  # noqa: PLR2004 - a range has two ends
        joint = text[dates[0].end : dates[1].start]
        if JOIN_RANGE.fullmatch(joint):
            return f"{dates[0].edtf.split('/')[0]}/{dates[1].edtf.split('/')[-1]}"
    members = [dates[0].edtf]
    for previous, date in zip(dates, dates[1:], strict=False):
        joined = JOIN_SET.fullmatch(text[previous.end : date.start])
        # In "April 2022 and 2023" the month is meant for both years.
        if joined and re.fullmatch(r"\d{4}", date.edtf) and re.fullmatch(r"\d{4}-\d\d", members[-1]):
            members.append(f"{date.edtf}{members[-1][4:]}")
        else:
            members.append(date.edtf)
    plain = [member for member in dict.fromkeys(members) if "/" not in member]
    return f"{{{','.join(plain)}}}" if len(plain) > 1 else (plain or members)[0]


_OPENING = re.compile(
    rf"(?:(?P<full>{_PATTERNS['numeric']}|{_PATTERNS['day_month_year']}|{_PATTERNS['month_year']})"
    rf"|(?P<bare>(?:{MONTH.format('b_')}|(?P<b_day>[0-3]?\d)/(?P<b_num>[01]?\d)(?![/\d]))))"
    r"(?P<mark>\s*[-–—:]\s+|\s+(?=[A-Za-z\"'‘“]))",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Opening:
    """The date that opens an entry: its EDTF, the end of its printed words, whether its year is inferred."""

    edtf: str | None
    end: int
    year_inferred: bool


def opening_date(text: str, start: int, previous: str | None) -> Opening | None:
    """Read the date that opens an entry of progress at a place in a text.

    Parameters
    ----------
    text
        The whole cell.
    start
        Where the entry would begin.
    previous
        EDTF of the dated entry before it in the same cell, which lends its year to a bare month or to a
        bare day and month; None where there is none, and then a bare month opens nothing.

    Examples
    --------
    >>> opening_date("October 24 - policy agreed", 0, None).edtf
    '2024-10'
    >>> opening_date("11/11 adjusted to underway", 0, "2024-08").edtf
    '2024-11-11'
    >>> opening_date("March 2024 figures", 0, None) is None
    True
    """
    match = _OPENING.match(text, start)
    if match is None:
        return None
    dashed = bool(match["mark"].strip())
    if match["full"]:
        # "March 2024 figures are in" is a sentence; only a full day, or a dash, opens an entry by itself.
        found = find_dates(match["full"])
        if not found or not (dashed or re.fullmatch(r"\d{4}-\d\d-\d\d", found[0].edtf)):
            return None
        return Opening(found[0].edtf, match.end(), year_inferred=False)
    if previous is None or not (dashed or match["b_day"]):
        return None
    year = int(previous[:4])
    if match["b_day"]:
        edtf = _day(year, int(match["b_num"]), int(match["b_day"]))
    else:
        edtf = f"{year}-{MONTH_NAMES[match['b_month'].lower()]:02d}"
    return Opening(edtf, match.end(), year_inferred=True) if edtf else None


@lru_cache(maxsize=4096)
def bounds(edtf: str) -> tuple[dt.date | None, dt.date | None]:
    """Give the first and the last day that an EDTF string can mean; None where it is open.

    Examples
    --------
    >>> bounds("2023-22")
    (datetime.date(2023, 6, 1), datetime.date(2023, 8, 31))
    >>> bounds("2023-03/..")
    (datetime.date(2023, 3, 1), None)
    """
    if edtf.startswith("{"):
        members = [bounds(member) for member in edtf.strip("{}").split(",")]
        return members[0][0], members[-1][1]
    if "/" in edtf:
        start, end = edtf.split("/")
        return (None if start == ".." else bounds(start)[0], None if end == ".." else bounds(end)[1])
    numbers = [int(number) for number in edtf.rstrip("~?%").split("-")]
    if len(numbers) == 1:
        return dt.date(numbers[0], 1, 1), dt.date(numbers[0], 12, 31)
    if len(numbers) == 3:  # noqa: PLR2004 - year, month, day
        day = dt.date(*numbers)
        return day, day
    year, month = numbers
    first, last = SEASON_MONTHS.get(month, (month, month))
    last_year = year + (last < first)
    return (
        dt.date(year, first, 1),
        dt.date(last_year, last, calendar.monthrange(last_year, last)[1]),
    )
