"""The text around the tables: title, headings, key of abbreviations, definitions, period, preface."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from planweave.dates import find_dates
from planweave.documents import Document, Line, Table
from planweave.reading.years import years_in
from planweave.records import Context, Unplaced

if TYPE_CHECKING:
    from collections.abc import Iterable

    from planweave.records import ContextRole

__all__ = ["Surroundings", "abbreviations_in", "heading_date", "read_context"]

KEY_ENTRY = re.compile(r"^(?:[-•*·]\s*)?(?P<short>[A-Z][A-Za-z0-9&/]{1,11})\s+[–—-]\s+(?P<long>\S.*)$")
DEFINITION = re.compile(r"^[-•*·]\s*(?P<term>[A-Z][\w &/-]{2,40}):\s+(?P<meaning>\S.*)$")
PAGE_NUMBER = re.compile(r"(?:page\s*)?[-–]?\s*\d+\s*(?:(?:of|/)\s*\d+)?\s*[-–]?", re.IGNORECASE)
COLOUR = re.compile(
    r"\b(?P<colour>green|amber|red|blue|gr[ea]y|yellow|black|white|(?-i:[RAGBYC]))\s*(?:[=:–-]|means\b|is\b)\s*"
    r"(?P<meaning>(?:(?!\s(?:green|amber|red|blue|gr[ea]y|yellow|black|white)\s*[=:–-])[^,;|.])+)",
    re.IGNORECASE,
)
HASHES = re.compile(r"^\s*#{1,6}\s+")
PLAN_WORD = re.compile(r"\b(?:plan|strategy|actions?|programme|update)\b", re.IGNORECASE)
BODY_NAME = re.compile(
    r"\b(?:council|corporation|authority|borough|district|city|county|partnership|trust)\s*$", re.IGNORECASE
)
SECTION_WORD = re.compile(
    r"\s*(?:strategic\s+|key\s+)?"
    r"(?:objective|priority|theme|aim|goal|section|pillar|outcome|commitment|workstream|ambition)\b",
    re.IGNORECASE,
)
BULLET = re.compile(r"^[-•*·]\s")
PREFACE = re.compile(
    r"\s*(?:published|prepared|produced|approved|adopted|agreed|updated|last updated"
    r"|version|draft|date|dated|owner|author"
    r"|contact|status of|as at|printed|source|for further|key|notes?|abbreviations|glossary|page)\b"
    r"|.*(?:@|https?:|www\.)",
    re.IGNORECASE,
)
"""What opens a line about the document: no group of actions."""

PLAIN_HEADING = re.compile(
    r"(?:the\s+)?(?:(?:detailed|delivery|key|our|full)\s+)?"
    r"(?:action\s+plan|actions?|delivery\s+plan|plan|table(?:\s+\d+)?)\s*:?",
    re.IGNORECASE,
)
"""A heading that says no more than that actions follow."""

UPDATED = re.compile(r"\bupdated\b", re.IGNORECASE)
YEARS = re.compile(r"(?<!\d)(?P<start>20\d\d)\s*(?:[-–—/]|to)\s*(?P<end>20\d\d|\d\d)(?!\d)")
BRACKETED = re.compile(r"\((?P<short>[A-Z][A-Za-z&]*[A-Z][A-Za-z&]*)\)")
SMALL_WORDS = frozenset({"and", "of", "the", "for", "in", "to", "on", "with", "&", "a", "an"})
MAX_HEADING_WORDS = 14


@dataclass
class Surroundings:
    """What the text around the tables says.

    ``groups`` is heading by the number of the table under it, ``years`` what the plan's own years are; ``marked``
    is whether the format tells headings from other lines.
    """

    title: str | None = None
    period: str | None = None
    updated: str | None = None
    colours: dict[str, str] = field(default_factory=dict)
    legend: dict[str, str] = field(default_factory=dict)
    definitions: dict[str, str] = field(default_factory=dict)
    groups: dict[int, str] = field(default_factory=dict)
    years: dict[int, str] = field(default_factory=dict)
    marked: bool = False
    context: list[Context] = field(default_factory=list)
    unplaced: list[Unplaced] = field(default_factory=list)

    def note(self, line: Line, role: ContextRole) -> None:
        """Keep a line as understood."""
        self.context.append(Context(line.text, line.where, role))

    def learn(self, text: str) -> bool:
        """Take what a text says of colours and of the plan's years; say whether it says anything."""
        colours, years = _colour_key(text), years_in(text)
        for colour, meaning in colours.items():
            self.colours.setdefault(colour, meaning)
        for year, edtf in years.items():
            self.years.setdefault(year, edtf)
        return bool(colours or years)


def read_context(document: Document) -> Surroundings:
    """Understand the lines outside the tables, run by run; what is not understood is kept as unplaced."""
    found = Surroundings(marked=_is_marked(document))
    run: list[Line] = []
    first = True
    for block in document.blocks:
        if isinstance(block, Line):
            run.append(block)
        else:
            _read_run(run, block, found, first=first)
            run, first = [], False
    _read_run(run, None, found, first=first)
    found.period = _period(found.title)
    return found


def _is_marked(document: Document) -> bool:
    """Say whether a document tells headings from other lines, and has some below its title."""
    levels = [block.level for block in document.blocks if isinstance(block, Line) and block.level is not None]
    return len(levels) > 1


def _read_run(run: list[Line], table: Table | None, found: Surroundings, *, first: bool) -> None:
    """Understand the lines between two tables; the heading nearest to the table is its group."""
    keyed = _letter_key(run, found)
    rest: list[Line] = []
    for line in run:
        if _is_entry(line, found):
            if rest and rest[-1].number == line.number - 1 and _is_heading(rest[-1].text, found):
                found.note(rest.pop(), "heading")
            continue
        rest.append(line)
    if rest and found.title is None and (first or table is None or table.number == 1):
        title = _title_line(rest, found)
        rest.remove(title)
        found.title = " ".join(HASHES.sub("", title.text).split())
        found.note(title, "title")
    group = _group_line(rest, table, found)
    for line in rest:
        text = " ".join(line.text.split())
        if text == found.title:
            found.note(line, "title")
        elif line is group:
            found.note(line, "heading")
        elif found.learn(line.text) or line in keyed:
            found.note(line, "legend")
        elif UPDATED.search(line.text) and find_dates(line.text):
            found.updated = find_dates(line.text)[0].edtf
            found.note(line, "preface")
        else:
            found.unplaced.append(Unplaced(line.text, line.where))


def _colour_key(text: str) -> dict[str, str]:
    """What a plan says its colours mean: "Green = Completed, Amber = In progress"; {} where it says nothing."""
    key = {match["colour"].lower(): match["meaning"].strip() for match in COLOUR.finditer(text)}
    return key if len(key) > 1 else {}


def _letter_key(run: list[Line], found: Surroundings) -> list[Line]:
    """Take a key of colours or letters that stands line by line; give its lines."""
    keyed = [(line, match) for line in run if (match := COLOUR.fullmatch(BULLET.sub("", line.text).strip()))]
    if len({match["colour"].lower() for _, match in keyed}) < len(keyed) or len(keyed) < 2:  # noqa: PLR2004 - one is none
        return []
    for _, match in keyed:
        found.colours.setdefault(match["colour"].lower(), match["meaning"].strip())
    return [line for line, _ in keyed]


def _title_line(lines: list[Line], found: Surroundings) -> Line:
    """Find the title among the first lines: the first of them, unless that is only the body's name above it."""
    levelled = [line for line in lines if line.level == 1]
    if levelled:
        return next((line for line in levelled if PLAN_WORD.search(line.text)), levelled[0])
    first, *others = lines
    if PLAN_WORD.search(first.text) or not BODY_NAME.search(first.text):
        return first
    return next((line for line in others if PLAN_WORD.search(line.text) and _is_heading(line.text, found)), first)


def _is_entry(line: Line, found: Surroundings) -> bool:
    """Take a line of the key ("RSMT – Rough sleeper management team") or a defined term."""
    key = KEY_ENTRY.match(line.text)
    if key and sum(letter.isupper() for letter in key["short"]) > 1:
        found.legend.setdefault(key["short"], " ".join(key["long"].split()))
        found.note(line, "legend")
        return True
    term = DEFINITION.match(line.text)
    if term:
        found.definitions.setdefault(term["term"], " ".join(term["meaning"].split()))
        found.note(line, "definition")
        return True
    return False


def _group_line(rest: list[Line], table: Table | None, found: Surroundings) -> Line | None:
    """Find the heading a table stands under, among the lines above it."""
    if table is None:
        return None
    for line in reversed(rest):
        if "=" in line.text:
            continue
        if (found.marked and line.level is None and not SECTION_WORD.match(line.text)) or PREFACE.match(line.text):
            continue
        text = " ".join(HASHES.sub("", line.text).split())
        heading = text.removeprefix(found.title or "").strip() if found.title else text
        if heading and heading != found.title and _is_heading(heading, found) and not PLAIN_HEADING.fullmatch(heading):
            found.groups[table.number] = heading
            return line
    return None


def _is_heading(text: str, found: Surroundings) -> bool:
    words = text.split()
    return not PAGE_NUMBER.fullmatch(text.strip()) and (
        0 < len(words) <= MAX_HEADING_WORDS
        and not text.rstrip().endswith((".", ";", ","))
        and not BULLET.match(text)
        and text != found.title
        and any(letter.isalpha() for letter in text)
    )


def _period(title: str | None) -> str | None:
    """The years of the plan where its title prints them: "2023-27" → 2023/2027."""
    match = YEARS.search(title or "")
    if not match:
        return None
    start, end = match["start"], match["end"]
    end = end if len(end) == len(start) else start[:2] + end
    return f"{start}/{end}" if start < end else None


def heading_date(heading: str, updated: str | None) -> str | None:
    """Give the date of an update column from its heading, or the more exact one of the preface.

    Examples
    --------
    >>> heading_date("2024 Updates", "2024-07")
    '2024-07'
    """
    dates = find_dates(heading)
    if not dates:
        return None
    edtf = dates[0].edtf
    return updated if updated and updated.startswith(edtf) else edtf


def abbreviations_in(texts: Iterable[str]) -> dict[str, str]:
    """Find abbreviations that a text spells out: "community led local development (CLLD)".

    The letters have to be the initials of the words before the bracket; small words may be passed over.

    Examples
    --------
    >>> abbreviations_in(["Refer clients to Change, Grow, Live (CGL)", "hotspots (HIRSS)"])
    {'CGL': 'Change, Grow, Live'}
    """
    found: dict[str, str] = {}
    for text in texts:
        for match in BRACKETED.finditer(text):
            words = text[: match.start()].split()
            long = _spelled_out(words, match["short"])
            if long:
                found.setdefault(match["short"], long)
    return found


def _spelled_out(words: list[str], short: str) -> str | None:
    """The words whose initials are the letters of an abbreviation, taken backwards from the bracket."""
    letters = [letter for letter in short.upper() if letter.isalpha()]
    position = len(words)
    for letter in reversed(letters):
        while position > 0 and words[position - 1].lower().strip(",.;") in SMALL_WORDS:
            if words[position - 1][0].upper() == letter:
                break
            position -= 1
        position -= 1
        if position < 0 or words[position].lstrip("'\"‘“(")[:1].upper() != letter:
            return None
    return " ".join(words[position:]).strip("'\"‘“(,;") if len(letters) > 1 else None
