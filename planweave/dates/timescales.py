"""The grammar of a timescale: the one date, range or set of dates that a cell prints."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

from planweave.dates.edtf import bounds, is_edtf, is_season
from planweave.dates.printed import dates_in
from planweave.dates.words import (
    DAY_OF_MONTH,
    MONTH,
    QUARTER,
    SEASON,
    TH,
    UNNUMBERED,
    day,
    financial_quarter,
    month_number,
    named,
    pattern,
    quarter_number,
    season_code,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from planweave.dates.printed import Found

__all__ = ["read_edtf"]

REACH = 80
"""How many characters before a date are looked at for the words that belong to it."""

_JOIN = r"(?:\s{0,3}(?:[-–—&/]|,\s{0,3}(?:and\b|&|or\b)?)\s{0,3}|\s{1,3}(?:to|until|till|and|or)\s{1,3})"
_IS_JOIN = pattern(_JOIN)
_IS_RANGE = pattern(r"\s*(?:-|–|—|to|until|till)\s*")

_LOOSE_MONTH = rf"(?<![a-z])(?P<month>{MONTH})\.?"
_LOOSE_DAY = rf"(?<![\w./£]){UNNUMBERED}(?P<day>[0-3]?\d){TH}"
_BORROWING = {
    kind: pattern(rf"(?:{words})(?P<join>{_JOIN})$")
    for kind, words in {
        "day_month": f"{named(DAY_OF_MONTH, 'of')}|{_LOOSE_MONTH}|{_LOOSE_DAY}",
        "month": f"{named(DAY_OF_MONTH, 'of')}|{_LOOSE_MONTH}",
        "season": rf"\b(?P<season>{SEASON})",
        "quarter": rf"\b(?P<quarter>{QUARTER})",
    }.items()
}


def _ends_in(words: str) -> re.Pattern[str]:
    return pattern(rf"(?:{words})\s{{0,3}}(?:the\s{{1,3}})?$")


_BY_THE = r"\b(?:by\s{1,3})?(?:the\s{1,3})?"
_END = _ends_in(rf"{_BY_THE}(?:year[\s-])?end(?:\s{{1,3}}of)?(?:\s{{1,3}}the)?(?:\s{{1,3}}(?:calendar\s{{1,3}})?year)?")
_MIDDLE = _ends_in(rf"{_BY_THE}(?:mid|middle\s{{1,3}}of)[\s\-–]{{0,3}}(?:of)?")
_START = _ends_in(rf"{_BY_THE}(?:beginning|start)\s{{1,3}}of")
_EARLY_OR_LATE = _ends_in(rf"{_BY_THE}(?:early|late|later)(?:\s{{1,3}}in)?")
_ABOUT = _ends_in(r"\b(?:circa|c\.|approx(?:imately|\.)?|around)")
_WEEK_FROM = _ends_in(r"\b(?:w\.?/?c\.?|w/b|week\s{1,3}(?:commencing|beginning))[\s:]?")
_WEEK_TO = _ends_in(r"\b(?:w/e|week\s{1,3}ending)[\s:]?")
_UNSURE = pattern(r"\s?\?|\s{0,3}[(\[\-–]?\s{0,3}(?:tbc|t\.b\.c|to\s{1,3}be\s{1,3}confirmed|provisional(?:ly)?)\b")
_UP_TO = _ends_in(r"^to|\b(?:up\s?to|until|till|through\s{1,3}to|(?:on[\s-]?going|continuous|continuing)\s{1,3}to)")
_FROM = _ends_in(
    r"\b(?:from|since|with\s{1,3}effect\s{1,3}from|(?:starting|commencing|beginning)(?:\s{1,3}(?:in|on|from))?)"
)
_ONWARDS = pattern(
    r"\s{0,3}(?:\+|,?\s{0,3}(?:onwards?|and\s{1,3}(?:then\s{1,3})?(?:on[\s-]?going|onwards?|beyond|thereafter))\b"
    r"|(?:[-–—/]|to\b)\s{0,3}(?:on[\s-]?going|present|date)\b)"
)
_BETWEEN = _ends_in(r"\bbetween")
_RELATIVE = _ends_in(
    r"\b(?:after|post|following|beyond|(?:days?|weeks?|months?|years?)\s{1,3}(?:of|from|before|prior\s{1,3}to))"
    r"[-\s]?"
)
_REPLACED = _ends_in(
    r"\b(?:(?:extended|revised|moved|changed|amended|deferred|postponed|delayed|slipped|(?:pushed|put)\s{1,3}back)"
    r"\s{1,3}(?:to|until|till|by)|now|(?:new|revised)\s{1,3}date)[\s:]?"
)
_FORMER = _ends_in(
    r"\b(?:was|originally|original\s{1,3}date|previously|formerly|(?:extended|revised|moved|changed)\s{1,3}from)"
    r"[\s:]?"
)

Joint = Literal["", "range", "or", "and", "apart"]


@dataclass(frozen=True, slots=True)
class _Item:
    """One date of a timescale: where its words begin and end, its EDTF, how it is joined to the one before."""

    start: int
    end: int
    edtf: str
    joint: Joint


@dataclass(frozen=True, slots=True)
class _Borrowed:
    """A date that has its year from the one after it: its words with their join, its EDTF, the join."""

    words: str
    edtf: str
    join: str


def read_edtf(text: str) -> tuple[str | None, bool]:
    """Read the one date, range or set of dates that a timescale prints.

    A date that is "extended to" or "now" another gives way to it. A date that is reckoned from another ("six
    months after March 2024", "after April 2025") is none.

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
    items = _items(text)
    if not items:
        return None, False
    before, after = text[max(0, items[0].start - REACH) : items[0].start], text[items[-1].end :]
    if _RELATIVE.search(before):
        return None, False
    goes_on = bool(_ONWARDS.match(after))
    if len(items) > 1:
        if _BETWEEN.search(before) and [item.joint for item in items[1:]] == ["and"]:
            items[1] = replace(items[1], joint="range")
        return _several(items), goes_on
    edtf = items[0].edtf
    if goes_on or _FROM.search(before):
        return edtf.split("/")[0] + "/..", True
    if _UP_TO.search(before):
        return "../" + edtf.split("/")[-1], False
    return edtf, False


def _items(text: str) -> list[_Item]:
    """Find the dates of a timescale, with those that borrow their year from the next one."""
    items: list[_Item] = []
    floor = 0
    for found in dates_in(text):
        before = text[max(floor, found.start - REACH) : found.start]
        borrowed = _borrowed(found, before)
        head = before[: len(before) - sum(len(other.words) for other in borrowed)]
        edtf = found.edtf
        if not borrowed:
            edtf, head = _part_of(found, head)
        if _UNSURE.match(text, found.end):
            edtf = _marked(edtf, "?")
        if _REPLACED.search(head):
            items.clear()
        joint = _joint(head) if items else ""
        start = found.start - len(before) + len(head)
        for other in borrowed:
            items.append(_Item(start, found.end, other.edtf, joint))
            joint = _joint(other.join)
        if borrowed or not _FORMER.search(head):
            items.append(_Item(start, found.end, _carried(edtf, joint, items), joint))
        floor = found.end
    return items


def _joint(words: str) -> Joint:
    if not _IS_JOIN.fullmatch(words):
        return "apart"
    if _IS_RANGE.fullmatch(words):
        return "range"
    return "or" if "or" in words.lower() else "and"


def _carried(edtf: str, joint: Joint, items: Sequence[_Item]) -> str:
    """Give a year its month: in "April 2022 and 2023" the month is meant for both years."""
    before = items[-1].edtf if items else ""
    if joint in {"and", "or"} and re.fullmatch(r"\d{4}", edtf) and re.fullmatch(r"\d{4}(-\d\d)+", before):
        carried = edtf + before[4:]
        return carried if is_edtf(carried) else edtf
    return edtf


def _borrowed(found: Found, before: str) -> list[_Borrowed]:
    """Find the dates in front of one that have their year from it, in printed order.

    "March - June 2023", "October - December 2022", "1 April to 30 June 2024", "Q1 and Q2 2024/25".
    """
    words = _BORROWING.get(found.kind)
    borrowed: list[_Borrowed] = []
    edtf = found.edtf
    while words and (match := words.search(before)):
        lent = _lent(match.groupdict(), edtf)
        if lent is None:
            break
        borrowed.insert(0, _Borrowed(match[0], lent, match["join"]))
        before, edtf = before[: match.start()], lent
    return borrowed


def _lent(part: dict[str, str], later: str) -> str | None:
    """Give a date the year of the next one, or the year before where it comes later in the year.

    Dates are printed in their order.
    """
    year, month = int(later[:4]), int(later[5:7])
    if part.get("quarter"):
        quarter, following = quarter_number(part["quarter"]), (month - 1) // 3 or 4
        start = year if month > 3 else year - 1  # noqa: PLR2004 - the financial year ends in March
        return financial_quarter(start - (quarter >= following), quarter)
    if part.get("season"):
        code = season_code(part["season"])
        following = month if is_season(later) else season_code("winter")
        return f"{year - (code >= following)}-{code}"
    if part.get("of_month"):
        number = month_number(part["of_month"])
        return day(year - (number > month), number, int(part["of_day"]))
    if part.get("month"):
        number = month_number(part["month"])
        return f"{year - (number > month)}-{number:02d}"
    return day(year, month, int(part["day"])) if later[8:] > f"{int(part['day']):02d}" else None


def _part_of(found: Found, head: str) -> tuple[str, str]:
    """Take the words that name a part of a date off the text in front of it.

    The end, the middle and the start of a year or a quarter are given as their month, marked approximate; an
    "early" or "late" year is that year, and any part of a month is that month.
    """
    if week := _week(found, head):
        return week
    if match := _ABOUT.search(head):
        return _marked(found.edtf, "~"), head[: match.start()]
    if match := _EARLY_OR_LATE.search(head):
        return found.edtf, head[: match.start()]
    for name, words in (("end", _END), ("middle", _MIDDLE), ("start", _START)):
        if match := words.search(head):
            return _month_of(found, name), head[: match.start()]
    return found.edtf, head


def _month_of(found: Found, name: str) -> str:
    """Give the month that ends, halves or starts a year or a quarter."""
    if found.kind not in {"year", "pair", "quarter", "pair_quarter"}:
        return found.edtf
    first, last = bounds(found.edtf)
    if first is None or last is None:
        return found.edtf
    span = 12 * (last.year - first.year) + last.month - first.month
    months = first.month - 1 + {"end": span, "middle": span // 2, "start": 0}[name]
    return f"{first.year + months // 12}-{months % 12 + 1:02d}~"


def _week(found: Found, head: str) -> tuple[str, str] | None:
    """Give the week that a day begins or ends."""
    if not re.fullmatch(r"\d{4}-\d\d-\d\d", found.edtf):
        return None
    printed = dt.date.fromisoformat(found.edtf)
    if match := _WEEK_FROM.search(head):
        return f"{printed}/{printed + dt.timedelta(days=6)}", head[: match.start()]
    if match := _WEEK_TO.search(head):
        return f"{printed - dt.timedelta(days=6)}/{printed}", head[: match.start()]
    return None


def _marked(edtf: str, mark: str) -> str:
    """Mark a date as uncertain or approximate, as far as EDTF has a form for it."""
    plain = edtf.rstrip("~?")
    if "/" in plain or is_season(plain):
        return edtf
    return plain + (mark if plain == edtf or edtf.endswith(mark) else "%")


def _several(items: Sequence[_Item]) -> str:
    """Put several dates together: a range where two are joined by a dash or "to", else the set of all."""
    spans: list[list[str]] = []
    joints: list[Joint] = []
    for item in items:
        if item.joint == "range" and len(spans[-1]) == 1 and _in_order(spans[-1][0], item.edtf):
            spans[-1].append(item.edtf)
        elif [item.edtf] not in spans:
            spans.append([item.edtf])
            joints.append(item.joint)
    if len(spans) == 1:
        return _interval(spans[0])
    members = ",".join(_member(_interval(span)) for span in spans)
    return f"[{members}]" if set(joints[1:]) == {"or"} else f"{{{members}}}"


def _in_order(first: str, last: str) -> bool:
    start, end = bounds(first)[0], bounds(last)[1]
    return start is not None and end is not None and start < end


def _interval(span: Sequence[str]) -> str:
    return span[0] if len(span) == 1 else f"{span[0].split('/')[0]}/{span[1].split('/')[-1]}"


def _member(edtf: str) -> str:
    """Give a date as a member of a set, where EDTF has neither seasons nor intervals, but runs of one precision."""
    if "/" not in edtf and not is_season(edtf):
        return edtf
    first, last = (end.rstrip("~?%") for end in (edtf.partition("/")[0], edtf.rpartition("/")[2]))
    if len(first) != len(last) or is_season(first) or is_season(last):
        days = max(len(first), len(last)) == len("2024-03-31")
        start, end = bounds(first)[0], bounds(last)[1]
        first, last = (f"{date:%Y-%m-%d}" if days else f"{date:%Y-%m}" for date in (start, end))
    return first if first == last else f"{first}..{last}"
