"""Lines above the tables: which is the title of the plan, and which heads the table below it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, Literal, NamedTuple

from planweave.dates import find_dates
from planweave.documents import OF_SHEETS, Line

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = [
    "Group",
    "HeadedBy",
    "group_line",
    "is_heading",
    "is_marked",
    "is_preface",
    "is_title",
    "period_of",
    "title_line",
    "without_hashes",
]

HeadedBy = Literal["marked", "worded", "plain", "sheet", "across", "lone", "box"]
"""What tells that a line heads the table below it: the format marks it; it says so ("Priority 1: Homes"); it only
stands there; or it is the name of the sheet. Within a table: a cell goes across all columns; it stands alone in its
row. And a small table of facts above another one may name its priority."""

FOOT: Final = re.compile(r"\bpage\s+\d+\s+of\s+\d+\s*$", re.IGNORECASE)
PAGE_NUMBER: Final = re.compile(r"(?:page\s*)?[-–]?\s*\d+\s*(?:(?:of|/)\s*\d+)?\s*[-–]?", re.IGNORECASE)
HASHES: Final = re.compile(r"^\s*#{1,6}\s+")
PLAN_WORD: Final = re.compile(r"\b(?:plan|strategy|actions?|programme|update|charter|tracker|roadmap)\b", re.IGNORECASE)
BODIES: Final = (
    r"(?i:council|corporation|authority|constabulary|university|foundation\s+trust|nhs\s+trust|commissioner)"
)
"""What ends the name of a body that publishes plans, and no heading of actions ("Housing Service" may be one)."""

BODY_NAME: Final = re.compile(
    r"\b(?:council|corporation|authority|borough|district|city|county|partnership|trust|board|university|college|police"
    r"|constabulary|service|association|homes|nhs|commissioner)\s*$",
    re.IGNORECASE,
)
PUBLISHER: Final = re.compile(
    rf"(?:[A-Z][\w'’&.-]*|of|the|and|for|in|on)(?:\s+(?:[A-Z][\w'’&.-]*|of|the|and|for|in|on|&))*\s+{BODIES}"
    r"(?:\s+and\s+[A-Z].*|\s+[A-Z][\w'’]+)?(?:\s*[,–—-]\s*.*\d{4})?",
)
"""A line that is the name of a body, alone or with a date: "Fenlode District Council, April 2025"."""

UNIVERSITY: Final = re.compile(
    r"(?:The )?(?:University|Borough|City|County|Royal Borough|District|Office) of (?:the )?[A-Z][\w ]*"
)
SECTION_WORD: Final = re.compile(
    r"\s*(?:strategic\s+|key\s+)?"
    r"(?:objective|priority|theme|aim|goal|section|pillar|outcome|commitment|workstream|ambition)\b",
    re.IGNORECASE,
)
NUMBERED: Final = re.compile(r"\s*(?:\d{1,2}|[A-Z]|[IVX]{1,4})[.):]\s+[A-Z]")
COUNTED: Final = re.compile(r"(?P<word>[^\W\d]*)\s*(?P<number>\d{1,3})\b(?!\.\d)")
"""What opens a line that counts: "Aim 2: …", "2. …"."""

LISTED: Final = 3
"""So many lines that count up are a list; two headings may follow each other."""

BULLET: Final = re.compile(r"^[-•*·]\s")
PREFACE: Final = re.compile(
    r"\s*(?:published|prepared|produced|approved|adopted|agreed|(?:as\s+)?(?:agreed|approved)\s+by|(?:last\s+)?updated"
    r"|(?:last\s+)?reviewed|(?:next\s+)?review\b|version|draft|dated?\b|owner|author|exported|extracted|downloaded|printed"
    r"|contact|status\s+of|(?:as|correct|position|status)\s+at|source|for\s+further|key\b|notes?\b|abbreviations|glossary"
    r"|page\b|reporting\s+period|(?:progress\s+)?report\s+to|report\s+of|presented\s+to|appendix|annex|confidential|official)\b"
    r"|.*(?:@|https?:|www\.)",
    re.IGNORECASE,
)
"""What opens a line about the document: no group of actions."""

PLAIN_HEADING: Final = re.compile(
    r"(?:the\s+)?(?:(?:detailed|delivery|implementation|key|our|full|priority|agreed)\s+)?"
    r"(?:action\s+plan|actions?|delivery\s+plan|delivery\s+schedule|schedule|plan|tracker|table(?:\s+\d+)?"
    r"|sheet\s*\d*)\s*:?",
    re.IGNORECASE,
)
"""A heading that says no more than that actions follow."""

YEARS: Final = re.compile(r"(?<!\d)(?P<start>20\d\d)\s*(?:[-–—/]|to)\s*(?P<end>20\d\d|\d\d)(?!\d)")
MAX_HEADING_WORDS: Final = 14


class Group(NamedTuple):
    """The heading over a table, and what tells that it is one."""

    text: str
    by: HeadedBy


def without_hashes(line: Line) -> str:
    """Give the text of a line in single spaces, without the marks that make it a heading."""
    return " ".join(HASHES.sub("", line.text).split())


def is_marked(lines: Sequence[Line]) -> bool:
    """Say whether a document tells headings from other lines, and has some below its title."""
    return sum(line.level is not None and line.level != OF_SHEETS for line in lines) > 1


def is_preface(text: str) -> bool:
    """Say whether a line is about the document: when it was updated, who it belongs to."""
    return bool(PREFACE.match(text)) or is_publisher(text)


def is_title(text: str) -> bool:
    """Say whether a line may be the title of a plan."""
    return bool(PLAN_WORD.search(text)) and not is_preface(text) and is_heading(text) and not SECTION_WORD.match(text)


def title_line(lines: Sequence[Line]) -> Line:
    """Find the title among the first lines.

    It is what the format marks as the first heading; else the first line, unless that is only the body's name, or
    a line about the document, and a line below speaks of a plan. A sheet's name is a title where there is nothing else.
    """
    printed = [line for line in lines if line.level != OF_SHEETS] or list(lines)
    levelled = [line for line in printed if line.level == 1]
    if levelled:
        return next((line for line in levelled if PLAN_WORD.search(line.text)), levelled[0])
    first, *others = printed
    if PLAN_WORD.search(first.text) or not (
        is_publisher(first.text) or BODY_NAME.search(first.text) or PREFACE.match(first.text)
    ):
        return first
    named = (line for line in others if PLAN_WORD.search(line.text) and is_heading(line.text))
    return next(named, first)


def is_publisher(text: str) -> bool:
    """Say whether a line is the name of a body, alone or with a date behind it.

    Examples
    --------
    >>> is_publisher("Fenlode District Council, April 2025"), is_publisher("Working with the council")
    (True, False)
    """
    text = " ".join(text.split())
    return bool(PUBLISHER.fullmatch(text) or UNIVERSITY.fullmatch(text))


def is_heading(text: str, title: str | None = None) -> bool:
    """Say whether a text may be a heading: short, no sentence, no item of a list, not the title."""
    words = text.split()
    return not (PAGE_NUMBER.fullmatch(text.strip()) or FOOT.search(text)) and (
        0 < len(words) <= MAX_HEADING_WORDS
        and not text.rstrip().endswith((".", ";", ","))
        and not BULLET.match(text)
        and text != title
        and any(letter.isalpha() for letter in text)
    )


def group_line(lines: Sequence[Line], title: str | None, *, marked: bool) -> tuple[Line, Group] | None:
    """Find the heading that a table stands under, among the lines above it and below the title.

    The nearest line that is marked or worded as a heading counts for more than one that only stands there, and the
    name of a sheet for least. Lines that count up, one after the other, are a list of what there is and head nothing.
    """
    found = [(line, group) for line in reversed(_unlisted(lines)) if (group := _as_group(line, title, marked=marked))]
    ranks: tuple[HeadedBy, ...] = ("marked", "worded", "plain", "sheet")
    told = [pair for pair in found if pair[1].by in ranks[:2]]
    return min(told or found, key=lambda pair: ranks.index(pair[1].by) if not told else 0, default=None)


def _unlisted(lines: Sequence[Line]) -> list[Line]:
    """Leave out lines that say the same word with a number that goes up by one: three or more are a list."""
    runs: list[list[Line]] = []
    before = ("", -1)
    for line in lines:
        found = COUNTED.match(without_hashes(line))
        now = (found["word"].casefold(), int(found["number"])) if found else ("", -1)
        if found and runs and now == (before[0], before[1] + 1):
            runs[-1].append(line)
        else:
            runs.append([line])
        before = now
    return [line for run in runs if len(run) < LISTED for line in run]


def _as_group(line: Line, title: str | None, *, marked: bool) -> Group | None:
    text = without_hashes(line)
    heading = text.removeprefix(title or "").strip() if title else text
    if "=" in text or not heading or not is_heading(heading, title) or PLAIN_HEADING.fullmatch(heading):
        return None
    if line.level == OF_SHEETS:
        return Group(heading, "sheet")
    if PREFACE.match(heading) or is_publisher(heading):
        return None
    if SECTION_WORD.match(heading) or NUMBERED.match(heading):
        return Group(heading, "worded")
    # What ends with a colon leads over to what stands below it.
    if line.level is not None and not heading.endswith(":"):
        return Group(heading, "marked")
    plain = not marked and not heading.endswith(":") and not _is_dated(heading)
    return Group(heading, "plain") if plain else None


def _is_dated(text: str) -> bool:
    """Say whether a line ends in a day or a month: it dates the document, and heads nothing."""
    dates = find_dates(text)
    return bool(dates) and dates[-1].end >= len(text.rstrip(" .)")) and "/" not in (dates[-1].edtf or "/")


def period_of(title: str | None) -> str | None:
    """Give the years of the plan where its title prints them: "2023-27" → 2023/2027."""
    match = YEARS.search(title or "")
    if not match:
        return None
    start, end = match["start"], match["end"]
    end = end if len(end) == len(start) else start[:2] + end
    return f"{start}/{end}" if start < end else None
