"""The findings of a page, each with its action, and each action with the places in the document that show them.

A page has three anchors for each finding: its own, that of its action, and that of the printed row.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from planweave.reporting.words import cell_words, place_words, reference, same_words, shortened, value_is_said

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from planweave.findings import Finding, Question
    from planweave.reporting.digest import Digest

__all__ = ["Anchors", "Entry", "Line", "Place", "entries_of"]

LONGEST: Final = 240
"""How many characters of a text stand beside a finding; all of it stands with the action."""

PlaceKey = tuple[int, int, int]


class Anchors:
    """Gives each name an anchor of letters, digits, dots and hyphens, and no two names the same.

    Examples
    --------
    >>> anchor = Anchors()
    >>> anchor("action", "northmoor/13.1"), anchor("action", "a b/1"), anchor("action", "northmoor/13.1")
    ('action-northmoor-13.1', 'action-a-b-1', 'action-northmoor-13.1')
    >>> anchor("action", "a-b/1")
    'action-a-b-1~2'
    """

    def __init__(self) -> None:
        self._given: dict[tuple[str, str], str] = {}
        self._taken: set[str] = set()

    def __call__(self, kind: str, name: str) -> str:
        """Give the anchor of a name."""
        if (kind, name) not in self._given:
            plain = f"{kind}-{re.sub('[^A-Za-z0-9.]+', '-', name).strip('-')}"
            anchor, number = plain, 1
            while anchor in self._taken:
                number += 1
                anchor = f"{plain}~{number}"
            self._taken.add(anchor)
            self._given[kind, name] = anchor
        return self._given[kind, name]


@dataclass(slots=True)
class Place:
    """A printed row: its anchor, where it stands, and the words of its cells that the action's text does not say."""

    anchor: str
    words: str
    cells: list[str]


@dataclass(slots=True)
class Entry:
    """An action with findings, or a plan as a whole, which has no reference."""

    anchor: str
    plan: str
    ref: str | None
    text: str
    lines: list[Line] = field(default_factory=list)
    places: dict[PlaceKey, Place] = field(default_factory=dict)

    @property
    def order(self) -> tuple[bool, PlaceKey]:
        """The plan as a whole first, then in printed order; what has no place comes last."""
        return self.ref is not None, min(self.places, default=(1 << 30, 0, 0))


@dataclass(slots=True)
class Line:
    """A finding as it stands on the page, with the way to its action and to its printed row."""

    anchor: str
    finding: Finding
    question: Question
    entry: Entry
    place: Place | None

    @property
    def text(self) -> str:
        """The action's text or the plan's title, on one line, shortened where it is long."""
        return shortened(self.finding.text, LONGEST)

    @property
    def value(self) -> str | None:
        """What the finding is about."""
        return shortened(self.finding.value, LONGEST) if self.finding.value else None

    @property
    def value_is_said(self) -> bool:
        """Whether the message says the value already."""
        return value_is_said(self.finding)

    @property
    def words(self) -> str | None:
        """What the cell says, unless it is the action or the value again."""
        words = cell_words(self.finding)
        return shortened(words, LONGEST) if words else None


def entries_of(told: Digest, anchors: Anchors) -> tuple[dict[Question, list[Line]], list[Line], dict[str, list[Entry]]]:
    """Give the lines of each question and of what was accepted, and for each plan its entries in printed order."""
    entries: dict[str, Entry] = {}
    questions = {(group.question.shape, group.question.severity): group.question for group in told.groups}

    def lines(findings: Iterable[Finding], kind: str, numbered: Callable[[], int]) -> list[Line]:
        return [
            _line(finding, questions[finding.shape, finding.severity], f"{kind}-{numbered()}", entries, anchors)
            for finding in findings
        ]

    number = iter(range(1, 1 << 62)).__next__
    by_question = {group.question: lines(group.findings, "finding", number) for group in told.groups if group.findings}
    accepted = lines(told.accepted, "accepted", number)
    by_plan: dict[str, list[Entry]] = {}
    for entry in entries.values():
        by_plan.setdefault(entry.plan, []).append(entry)
    for of_plan in by_plan.values():
        of_plan.sort(key=lambda entry: entry.order)
    return by_question, accepted, by_plan


def _line(finding: Finding, question: Question, anchor: str, entries: dict[str, Entry], anchors: Anchors) -> Line:
    of = finding.action or finding.plan
    kind = "action" if finding.action else "whole"
    if (key := f"{kind} {of}") not in entries:
        entries[key] = Entry(anchors(kind, of), finding.plan, reference(finding), finding.text)
    entry = entries[key]
    line = Line(anchor, finding, question, entry, _place(finding, entry, of, anchors))
    entry.lines.append(line)
    return line


def _place(finding: Finding, entry: Entry, of: str, anchors: Anchors) -> Place | None:
    """Give the printed row of a finding, and note the words of its cell, each once."""
    where = finding.where
    if where is None:
        return None
    key = (where.table or 0, where.row or 0, where.page or 0)
    if key not in entry.places:
        name = f"{of} {where.table} {where.row}" + (f" {where.page}" if where.page is not None else "")
        entry.places[key] = Place(anchors("source", name), place_words(where).capitalize(), [])
    cells = entry.places[key].cells
    if where.text.strip() and not any(same_words(where.text, said) for said in (finding.text, *cells)):
        cells.append(where.text)
    return entry.places[key]
