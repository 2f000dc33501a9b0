"""The words and numbers that printed dates are made of, and what they stand for."""

from __future__ import annotations

import datetime as dt
import re

__all__ = [
    "DAY_OF_MONTH",
    "MONTH",
    "MONTH_OF",
    "QUARTER",
    "SEASON",
    "TH",
    "UNNUMBERED",
    "day",
    "financial_quarter",
    "month_number",
    "named",
    "pattern",
    "quarter_number",
    "season_code",
    "year_number",
]

_MONTH_NAMES = {
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
_SEASON_CODES = {"spring": 21, "summer": 22, "autumn": 23, "winter": 24}
_ORDINALS = {"first": 1, "second": 2, "third": 3, "fourth": 4, "1st": 1, "2nd": 2, "3rd": 3, "4th": 4}
_CENTURY_BREAK = 70
"""Two-digit years from here on are of the last century."""

_SCANNED = str.maketrans({"ı": "i", "İ": "i", "ſ": "s"})
"""The letters beyond ASCII that a pattern takes for an "i" or an "s" when case does not count."""

MONTH = rf"(?:{'|'.join(sorted(_MONTH_NAMES, key=len, reverse=True))})"
SEASON = rf"(?:{'|'.join(_SEASON_CODES)})"
QUARTER = rf"(?:q(?:uarter|tr)?\.?\s{{0,3}}[1-4]|(?:{'|'.join(_ORDINALS)})\s{{1,3}}quarter)\b"
TH = r"(?:\s?(?:st|nd|rd|th)\b)?"
"""What may stand after the number of a day."""

_NUMBERED = (
    "phase stage year step priority action objective section quarter week part lot round no".split()  # noqa: SIM905
)
UNNUMBERED = "".join(rf"(?<!\b{word} )" for word in _NUMBERED)
"""What must not stand before a number that is a day: in "Phase 2 June 2024" it is the phase's."""

MONTH_OF = rf"(?P<@_month>{MONTH})\.?"
DAY_OF_MONTH = rf"(?<![\w.]){UNNUMBERED}(?P<@_day>[0-3]?\d){TH}(?:\s{{1,3}}(?:of\s{{1,3}})?|[-–./]|){MONTH_OF}"


def named(part: str, prefix: str) -> str:
    """Give a part of a pattern its own group names, in the place of "@"."""
    return part.replace("@", prefix)


def pattern(text: str) -> re.Pattern[str]:
    """Compile a pattern in which case does not count and a digit is one of ten."""
    return re.compile(text.replace(r"\d", "[0-9]"), re.IGNORECASE)


def _plain(word: str) -> str:
    return word.translate(_SCANNED).lower()


def month_number(name: str) -> int:
    """Give the number of a month by its name, in full or short.

    Examples
    --------
    >>> month_number("Sept"), month_number("MAY")
    (9, 5)
    """
    return _MONTH_NAMES[_plain(name)]


def season_code(name: str) -> int:
    """Give the EDTF code of a season.

    Examples
    --------
    >>> season_code("Summer")
    22
    """
    return _SEASON_CODES[_plain(name)]


def quarter_number(words: str) -> int:
    """Give the number of a quarter as printed.

    Examples
    --------
    >>> quarter_number("Qtr 3"), quarter_number("fourth quarter")
    (3, 4)
    """
    return _ORDINALS.get(_plain(words).split()[0]) or int(words[-1])


def year_number(digits: str) -> int:
    """Give a year by its two or four digits.

    Examples
    --------
    >>> year_number("24"), year_number("1998"), year_number("98")
    (2024, 1998, 1998)
    """
    number = int(digits)
    if len(digits) > 2:  # noqa: PLR2004 - a year in full
        return number
    return 2000 + number if number < _CENTURY_BREAK else 1900 + number


def day(year: int, month: int, number: int) -> str | None:
    """Give a day as EDTF, None if it is in no calendar.

    Examples
    --------
    >>> day(2024, 2, 29), day(2025, 2, 29)
    ('2024-02-29', None)
    """
    try:
        return dt.date(year, month, number).isoformat()
    except ValueError:
        return None


def financial_quarter(start: int, quarter: int) -> str:
    """Give a quarter of the financial year that starts in a year, as EDTF.

    EDTF's own quarters (``2024-33``) are those of the calendar year.

    Examples
    --------
    >>> financial_quarter(2024, 3), financial_quarter(2024, 4)
    ('2024-10/2024-12', '2025-01/2025-03')
    """
    year, first = (start, 3 * quarter + 1) if quarter < 4 else (start + 1, 1)  # noqa: PLR2004 - the fourth
    return f"{year}-{first:02d}/{year}-{first + 2:02d}"
