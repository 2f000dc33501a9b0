"""Values of a spreadsheet → the text that is seen: numbers and dates as their format codes print them.

Dates whose code prints the month before the day, in digits, are printed day first: what reads the text reads it as
the British write it.
"""

from __future__ import annotations

import datetime as dt
import itertools
import re
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache
from typing import Final

__all__ = ["Value", "plain_number", "shown", "turned"]

Value = str | bool | int | float | dt.datetime | dt.date | dt.time | dt.timedelta | None

TOKEN: Final = re.compile(
    r'"(?P<quoted>[^"]*)"|\\(?P<escaped>.)|_.|\*.|\[\$(?P<currency>[^\]-]*)(?:-[^\]]*)?\]|\[(?P<elapsed>h+|m+|s+)\]'
    r"|\[[^\]]*\]|(?P<half>AM/PM|A/P)|(?P<general>General)|(?P<text>@)|(?P<date>y+|m+|d+|h+|s+(?:\.0+)?|e+)"
    r"|(?P<number>[#0?][#0?,]*(?:\.[#0?]*)?,*|\.[#0?]+)|(?P<science>E[+-])|(?P<other>.)",
    re.IGNORECASE | re.DOTALL,
)
PIECE: Final = re.compile(r'"[^"]*"|\\.|;|[^;"\\]+|["\\]')
DATE_KINDS: Final = frozenset({"date", "half", "elapsed"})
SYSTEM_DATES: Final = {
    "mm-dd-yy": "dd/mm/yyyy",
    "m/d/yy h:mm": "dd/mm/yyyy hh:mm",
    "[$-f800]dddd\\,\\ mmmm\\ dd\\,\\ yyyy": "dd mmmm yyyy",
}
"""Codes that stand for the date as the reader's computer writes it: a British one."""

GENERAL_DIGITS: Final = 11
MONTHS: Final = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
DAYS: Final = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")

Tokens = tuple[tuple[str, str], ...]
"""The parts of a format code, each with its kind."""


def shown(value: Value, code: str = "General") -> str:
    """Print a value as a format code does.

    Examples
    --------
    >>> shown(1.1, "0.00"), shown(0.25, "0%"), shown(1234.5, '"£"#,##0.00'), shown(3.0), shown(-2, "0;(0)")
    ('1.10', '25%', '£1,234.50', '3', '(2)')
    >>> import datetime as dt
    >>> date = dt.datetime(2025, 3, 4)
    >>> shown(date, "mmm-yy"), shown(date, "dd/mm/yyyy"), shown(date, "m/d/yyyy"), shown(date, "dddd d mmmm")
    ('Mar-25', '04/03/2025', '4/3/2025', 'Tuesday 4 March')
    """
    if value is None:
        return ""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    sections = _sections(code)
    if isinstance(value, str):
        return _text(value, sections[3]) if len(sections) > 3 else value  # noqa: PLR2004 - the fourth is for texts
    if isinstance(value, int | float):
        return _number(value, sections)
    moment = _moment(value)
    if isinstance(moment, dt.timedelta):
        return _elapsed(moment, sections[0])
    return _date(moment, _day_first(_tokens(SYSTEM_DATES.get(code.lower(), sections[0]))), value)


def turned(code: str) -> bool:
    """Say whether a code prints dates month first in digits, so that they are printed the other way round here."""
    tokens = _tokens(_sections(code)[0])
    return code.lower() not in SYSTEM_DATES and _day_first(tokens) != tokens


def plain_number(value: float) -> str:
    """Print a number as a cell without a format does.

    Examples
    --------
    >>> plain_number(0.1 + 0.2), plain_number(10.0), plain_number(1.5)
    ('0.3', '10', '1.5')
    """
    if isinstance(value, int) or value.is_integer():
        return str(int(value)) if abs(value) < 10**GENERAL_DIGITS else f"{value:.5E}".replace("E+0", "E+")
    return f"{value:.{GENERAL_DIGITS - 1}g}"


@lru_cache(maxsize=1024)
def _sections(code: str) -> tuple[str, ...]:
    """Split a code at its semicolons, not those in quotation marks."""
    sections = [""]
    for piece in PIECE.findall(code):
        if piece == ";":
            sections.append("")
        else:
            sections[-1] += piece
    return tuple(sections)


@lru_cache(maxsize=1024)
def _tokens(section: str) -> Tokens:
    tokens = []
    for match in TOKEN.finditer(section):
        kind = match.lastgroup
        if kind is None:
            # A space as wide as some letter; a condition or a colour, which print nothing.
            if match[0].startswith("_"):
                tokens.append(("quoted", " "))
            continue
        kind = "quoted" if kind in {"escaped", "currency", "other"} else kind
        tokens.append((kind, match[match.lastgroup or 0]))
    return tuple(tokens)


def _text(value: str, section: str) -> str:
    tokens = _tokens(section)
    if not tokens:
        return ""
    return "".join(value if kind == "text" else text for kind, text in tokens if kind in {"text", "quoted"}).strip()


def _number(value: float, sections: tuple[str, ...]) -> str:
    if value != value or value in {float("inf"), float("-inf")}:  # noqa: PLR0124 - what is no number
        return str(value)
    negative = value < 0 and len(sections) > 1
    nothing = value == 0 and len(sections) > 2  # noqa: PLR2004 - the third is for nought
    section = sections[1] if negative else sections[2] if nothing else sections[0]
    tokens = _tokens(section)
    kinds = {kind for kind, _ in tokens}
    written = plain_number(abs(value) if negative else value)
    if not tokens:
        # An empty section prints nothing, an empty code is none.
        return "" if len(sections) > 1 else written
    if kinds & DATE_KINDS or "science" in kinds or any(text == "/" for _, text in tokens):
        return written
    if not kinds & {"number", "general", "text"}:
        return "".join(text for _, text in tokens).strip()
    percents = sum(text == "%" for _, text in tokens)
    amount = Decimal(repr(abs(value))) * 100**percents
    pieces = [(kind, text) for kind, text in tokens if kind in {"number", "general", "quoted", "text"}]
    digits = [text for kind, text in pieces if kind == "number"]
    printed = iter(_digits(amount, digits))
    text = "".join(
        next(printed) if kind == "number" else written.removeprefix("-") if kind in {"general", "text"} else text
        for kind, text in pieces
    ).strip()
    is_nought = not any(letter in "123456789" for letter in text)
    return text if value >= 0 or negative or is_nought else f"-{text}"


def _digits(amount: Decimal, patterns: list[str]) -> list[str]:
    """Print an amount into the places for digits; where there are several, as in 00-00, the digits are dealt out."""
    if not patterns:
        return []
    if len(patterns) > 1:
        whole = str(int(amount.quantize(Decimal(1), ROUND_HALF_UP)))
        sizes = [len(pattern) for pattern in patterns[1:]]
        whole = whole.zfill(sum(sizes) + patterns[0].count("0"))
        cuts = [len(whole) - sum(sizes[place:]) for place in range(len(sizes))] + [len(whole)]
        return [whole[: cuts[0]], *(whole[start:end] for start, end in itertools.pairwise(cuts))]
    pattern = patterns[0]
    thousands = len(pattern) - len(pattern.rstrip(","))
    whole, _, fraction = pattern.rstrip(",").partition(".")
    amount = (amount / 1000**thousands).quantize(Decimal(1).scaleb(-len(fraction)), ROUND_HALF_UP)
    before, _, after = f"{amount:f}".partition(".")
    least = whole.count("0")
    before = before.zfill(least) if least else before.lstrip("0")
    if "," in whole and before:
        before = f"{int(before):,}".zfill(least)
    while after and fraction[len(after) - 1] in "#?" and after.endswith("0"):
        after = after[:-1]
    return [f"{before}.{after}" if "." in pattern else before]


def _moment(value: Value) -> dt.datetime | dt.timedelta:
    if isinstance(value, dt.datetime | dt.timedelta):
        return value
    if isinstance(value, dt.date):
        return dt.datetime(value.year, value.month, value.day)  # noqa: DTZ001 - a sheet has no time zones
    time = value if isinstance(value, dt.time) else dt.time()
    return dt.datetime.combine(dt.date(1900, 1, 1), time)


def _day_first(tokens: Tokens) -> Tokens:
    """Change month and day where a code has the month first, in digits, and no year before it."""
    places = [(place, text.lower()) for place, (kind, text) in enumerate(tokens) if kind == "date"]
    order = [text[0] for _, text in places[:3]]
    if order[:2] != ["m", "d"] or max(len(text) for _, text in places[:2]) > 2:  # noqa: PLR2004 - MMM is a name
        return tokens
    changed = list(tokens)
    month, day = places[0][0], places[1][0]
    changed[month], changed[day] = changed[day], changed[month]
    return tuple(changed)


def _date(moment: dt.datetime, tokens: Tokens, value: Value) -> str:
    """Print a date or a time."""
    dated = [(kind, text.lower() if kind == "date" else text) for kind, text in tokens]
    if not any(kind in DATE_KINDS for kind, _ in dated):
        whole = isinstance(value, dt.date) and moment.time() == dt.time()
        return f"{moment:%d/%m/%Y}" if whole else f"{moment:%d/%m/%Y %H:%M}"
    halves = any(kind == "half" for kind, _ in dated)
    pieces = []
    for place, (kind, text) in enumerate(dated):
        if kind == "date":
            minutes = text.startswith("m") and _is_minutes(dated, place)
            pieces.append(_part(moment, text, halves=halves, minutes=minutes))
        elif kind == "half":
            pieces.append(("AM" if moment.hour < 12 else "PM")[: 2 if "M" in text.upper()[1:2] else 1])  # noqa: PLR2004
        elif kind == "quoted":
            pieces.append(text)
        elif kind == "elapsed":
            pieces.append(str(moment.hour))
    return "".join(pieces).strip()


def _is_minutes(tokens: list[tuple[str, str]], place: int) -> bool:
    """Say whether an m stands for minutes: behind hours, or before seconds."""
    before = [text for kind, text in tokens[:place] if kind in {"date", "elapsed"}]
    after = [text for kind, text in tokens[place + 1 :] if kind == "date"]
    return bool((before and before[-1].lower().startswith("h")) or (after and after[0].startswith("s")))


def _part(moment: dt.datetime, text: str, *, halves: bool, minutes: bool) -> str:
    """Print one part of a date: its letters say which, and how long."""
    kind, length = text[0], len(text)
    hour = (moment.hour % 12 or 12) if halves else moment.hour
    names = {
        "d": DAYS[moment.weekday()] if length > 3 else DAYS[moment.weekday()][:3],  # noqa: PLR2004 - letters
        "m": {3: MONTHS[moment.month - 1][:3], 5: MONTHS[moment.month - 1][0]}.get(length, MONTHS[moment.month - 1]),
    }
    if kind in names and length > 2 and not minutes:  # noqa: PLR2004 - longer than digits
        return names[kind]
    if kind in "ye":
        return f"{moment.year % 100:02d}" if length < 3 and kind == "y" else f"{moment.year:04d}"  # noqa: PLR2004
    seconds, _, _ = text.partition(".")
    number = {"d": moment.day, "m": moment.minute if minutes else moment.month, "h": hour, "s": moment.second}[kind]
    return f"{number:02d}" if len(seconds) > 1 else str(number)


def _elapsed(length: dt.timedelta, section: str) -> str:
    """Print a length of time."""
    del section
    minutes, seconds = divmod(round(length.total_seconds()), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02d}" + (f":{seconds:02d}" if seconds else "")
