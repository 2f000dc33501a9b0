"""The years that a plan counts: what "Year 1" means where the plan says when its years are."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from planweave.dates import bounds, read_edtf

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["due_year", "years_in"]

WORDS: Final = {"one": 1, "two": 2, "three": 3, "four": 4, "five": 5}
NUMBER: Final = rf"\d\b|{'|'.join(WORDS)}"
DEFINED: Final = re.compile(
    rf"\bye?a?r\s*(?P<year>{NUMBER})\s*(?:[=:(–—-]|is\b|means\b|runs\s+from\b)\s*"
    rf"(?P<when>(?:(?!\bye?a?r\s*(?:{NUMBER}))[^;)\n]){{4,60}})",
    re.IGNORECASE,
)
TOLD: Final = re.compile(
    rf"(?P<end>(?:by\s+)?(?:the\s+)?end\s+of\s+(?:the\s+)?)?(?:by\s+|in\s+|during\s+)?y(?:ea)?rs?\.?\s*(?P<first>{NUMBER})"
    rf"(?:\s*(?:[-–—&/,]|to|and)\s*(?:y(?:ea)?r\s*)?(?P<last>{NUMBER}))?",
    re.IGNORECASE,
)


def years_in(text: str) -> dict[int, str]:
    """Find the years that a text defines, as EDTF.

    Examples
    --------
    >>> years_in("Year 1 = April 2025 to March 2026; Year 2: 2026/27")
    {1: '2025-04/2026-03', 2: '2026-04/2027-03'}
    >>> years_in("In year 1 we will open a hub")
    {}
    """
    found: dict[int, str] = {}
    for match in DEFINED.finditer(text):
        edtf, goes_on = read_edtf(match["when"].strip(" ,."))
        if edtf and not goes_on and ".." not in edtf and not edtf.startswith(("{", "[")):
            found.setdefault(_number(match["year"]), edtf)
    return found


def due_year(text: str, years: Mapping[int, str]) -> str | None:
    """Give the time that a cell says by the plan's own years, as EDTF; None where it says no year that is defined.

    Examples
    --------
    >>> due_year("Years 1-2", {1: "2025-04/2026-03", 2: "2026-04/2027-03"})
    '2025-04/2027-03'
    >>> due_year("End of Year 1", {1: "2025-04/2026-03"})
    '2026-03~'
    """
    match = TOLD.fullmatch(" ".join(text.split()).strip(" ."))
    if match is None:
        return None
    first = _number(match["first"])
    last = _number(match["last"]) if match["last"] else first
    if first not in years or last not in years or last < first:
        return None
    if first == last and not match["end"]:
        return years[first]
    start, end = bounds(years[first])[0], bounds(years[last])[1]
    if start is None or end is None:
        return None
    return f"{end:%Y-%m}~" if match["end"] else f"{start:%Y-%m}/{end:%Y-%m}"


def _number(word: str) -> int:
    return WORDS.get(word.lower()) or int(word)
