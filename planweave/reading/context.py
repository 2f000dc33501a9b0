"""The text around the tables: title, headings, key of abbreviations, definitions, preface."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from planweave.dates import find_dates
from planweave.documents import OF_SHEETS, Document, Line, Table
from planweave.reading.titles import Group, group_line, is_heading, is_marked, period_of, title_line, without_hashes
from planweave.reading.years import years_in
from planweave.records import Context, Unplaced

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from planweave.reading.keys import Key
    from planweave.records import ContextRole

__all__ = ["Surroundings", "abbreviations_in", "heading_date", "read_context"]

KEY_ENTRY = re.compile(r"^(?:[-•*·]\s*)?(?P<short>[A-Z][A-Za-z0-9&/]{1,11})\s+[–—-]\s+(?P<long>\S.*)$")
DEFINITION = re.compile(r"^[-•*·]\s*(?P<term>[A-Z][\w &/-]{2,40}):\s+(?P<meaning>\S.*)$")
COLOUR = re.compile(
    r"\b(?P<colour>green|amber|red|blue|gr[ea]y|yellow|black|white|(?-i:[RAGBYC]))\s*(?:[=:–-]|means\b|is\b)\s*"
    r"(?P<meaning>(?:(?!\s(?:green|amber|red|blue|gr[ea]y|yellow|black|white)\s*[=:–-])[^,;|.])+)",
    re.IGNORECASE,
)
BULLET = re.compile(r"^[-•*·]\s")
UPDATED = re.compile(r"\bupdated\b", re.IGNORECASE)
BRACKETED = re.compile(r"\((?P<short>[A-Z][A-Za-z&]*[A-Z][A-Za-z&]*)\)")
SMALL_WORDS = frozenset({"and", "of", "the", "for", "in", "to", "on", "with", "&", "a", "an"})


@dataclass
class Surroundings:
    """What the text around the tables says.

    ``groups`` is heading by the number of the table under it, ``years`` what the plan's own years are, ``states`` what
    the plan's own words for statuses mean, by the word (folded).
    """

    title: str | None = None
    period: str | None = None
    updated: str | None = None
    colours: dict[str, str] = field(default_factory=dict)
    legend: dict[str, str] = field(default_factory=dict)
    definitions: dict[str, str] = field(default_factory=dict)
    states: dict[str, str] = field(default_factory=dict)
    groups: dict[int, Group] = field(default_factory=dict)
    years: dict[int, str] = field(default_factory=dict)
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

    def take(self, key: Key) -> None:
        """Take what a key says."""
        for known, told in (
            (self.legend, key.abbreviations),
            (self.states, key.states),
            (self.colours, key.colours),
        ):
            known.update({word: meaning for word, meaning in told.items() if word not in known})


Run = tuple[list[Line], Table | None]
"""The lines above a table, or below the last one."""


def read_context(document: Document) -> Surroundings:
    """Understand the lines outside the tables, run by run; what is not understood is kept as unplaced."""
    runs = list(_runs(document))
    found = Surroundings()
    title = _title(runs)
    found.title = without_hashes(title) if title else None
    found.period = period_of(found.title)
    headed = _headed(runs, title)
    found.groups = {number: group for number, (_, group) in headed.items()}
    for run, table in runs:
        group = headed.get(table.number) if table else None
        _read_run(run, found, title, group[0] if group else None)
    return found


def _runs(document: Document) -> Iterator[Run]:
    run: list[Line] = []
    for block in document.blocks:
        if isinstance(block, Line):
            run.append(block)
        else:
            yield run, block
            run = []
    yield run, None


def _title(runs: Sequence[Run]) -> Line | None:
    """Find the title: among the lines above the first table, or else below it."""
    for place, (run, table) in enumerate(runs):
        lines = [line for line in run if not _is_entry(line)]
        if lines and (place == 0 or table is None or table.number == 1):
            return title_line(lines)
    return None


def _headed(runs: Sequence[Run], title: Line | None) -> dict[int, tuple[Line, Group]]:
    """Give, by the number of the table, the line that heads it.

    A line that only stands there, over all that is in the document, heads nothing in particular.
    """
    text = without_hashes(title) if title else None
    marked = is_marked([line for run, _ in runs for line in run])
    found = {}
    for run, table in runs:
        heads = {below.number - 1 for below in run if _is_entry(below)}
        lines = [line for line in run if not (_is_entry(line) or (line.number in heads and line is not title))]
        below = lines[lines.index(title) + 1 :] if title in lines else lines
        above = [line for line in lines if line.level == OF_SHEETS and line not in below]
        if table and (headed := group_line([*above, *below], text, marked=marked)):
            found[table.number] = headed
    over_all = next((table.number for _, table in runs if table), None)
    lone = len({group.text for _, group in found.values()}) == 1 and over_all in found
    return {number: pair for number, pair in found.items() if not lone or pair[1].by not in {"plain", "sheet"}}


def _read_run(run: list[Line], found: Surroundings, title: Line | None, group: Line | None) -> None:
    """Understand the lines between two tables."""
    keyed = _letter_key(run, found)
    rest: list[Line] = []
    for line in run:
        if _is_entry(line):
            if rest and rest[-1].number == line.number - 1 and _heads_entries(rest[-1], title, found):
                found.note(rest.pop(), "heading")
            _take_entry(line, found)
            continue
        rest.append(line)
    for line in rest:
        text = " ".join(line.text.split())
        if line is title or text == found.title:
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


def _heads_entries(line: Line, title: Line | None, found: Surroundings) -> bool:
    return line is not title and is_heading(line.text, found.title)


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


def _is_entry(line: Line) -> bool:
    """Say whether a line is one of the key ("RSMT – Rough sleeper management team") or defines a term."""
    key = KEY_ENTRY.match(line.text)
    return bool((key and sum(letter.isupper() for letter in key["short"]) > 1) or DEFINITION.match(line.text))


def _take_entry(line: Line, found: Surroundings) -> None:
    key, term = KEY_ENTRY.match(line.text), DEFINITION.match(line.text)
    if key and sum(letter.isupper() for letter in key["short"]) > 1:
        found.legend.setdefault(key["short"], " ".join(key["long"].split()))
        found.note(line, "legend")
    elif term:
        found.definitions.setdefault(term["term"], " ".join(term["meaning"].split()))
        found.note(line, "definition")


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
