"""A report → one page for people: scorecards, findings by question, and the actions they are about.

The page needs nothing beside it and no network, runs nothing, and prints as a paper for a meeting.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING, Final

from planweave.findings import SEVERITIES
from planweave.flat_files import whole_file
from planweave.pages import render
from planweave.reporting.digest import digest
from planweave.reporting.entries import Anchors, entries_of
from planweave.reporting.words import PARTS, PASSING, acceptance_words, day_words, percent, total
from planweave.wording import SEVERITY_WORDS

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from planweave.findings import Report, Scorecard
    from planweave.reporting.digest import Group
    from planweave.reporting.entries import Line

__all__ = ["MOST_FINDINGS", "page_of_findings", "write_findings_page"]

MOST_FINDINGS: Final = 2_000
"""How many findings a page shows; of more, the first to each question."""

MOST_CARDS: Final = 40
"""Up to so many plans each have a card with charts, and a line in the contents."""

MOST_COLUMNS: Final = 6
"""Up to so many plans have a column of their own in the table of questions."""

MOST_NAMED: Final = 40
"""So many plans are named with their number of findings at each question."""

SECTIONS: Final = {"violation": "Violations", "warning": "Warnings", "info": "Information"}


@dataclass(frozen=True, slots=True)
class Share:
    """A bar of a scorecard: how many of the plan's actions have something."""

    words: str
    part: int
    whole: int

    @property
    def percent(self) -> str:
        """The share in words."""
        return percent(self.part, self.whole)

    @property
    def width(self) -> str:
        """How long the bar is."""
        return f"{self.part * 100 / self.whole:.1f}%" if self.whole else "0%"


@dataclass(frozen=True, slots=True)
class Card:
    """The scorecard of a plan, or of all."""

    anchor: str
    plan: str
    title: str
    publisher: str | None
    actions: int
    shares: tuple[Share, ...]
    severities: dict[str, int]
    accepted: int


@dataclass(frozen=True, slots=True)
class Answer:
    """A question, its place on the page, and its findings by plan."""

    anchor: str
    group: Group
    by_plan: tuple[tuple[Card, list[Line]], ...]

    @property
    def named(self) -> list[tuple[str, int]]:
        """The plans that are named with their number of findings."""
        return list(self.group.plans.items())[:MOST_NAMED]


def write_findings_page(report: Report, path: Path) -> None:
    """Write a report as a page.

    Parameters
    ----------
    report
        Its plans are taken one at a time.
    path
        The HTML file, which appears whole or not at all.

    Raises
    ------
    PlanweaveError
        If the file cannot be written.
    """
    page = page_of_findings(report)
    with whole_file(path) as beside:
        beside.write_text(page, encoding="utf-8", newline="\n")


def page_of_findings(report: Report, most: int = MOST_FINDINGS) -> str:
    """Give the page of a report, with no more than so many findings (but one of each question)."""
    told = digest(report, most)
    anchors = Anchors()
    lines, accepted, entries = entries_of(told, anchors)
    cards = {card.plan: _card(card, anchors) for card in report.scorecards}
    answers = [
        Answer(anchors("question", name), group, _by_plan(lines.get(group.question, ()), cards))
        for name, group in _named(told.groups)
    ]
    return render(
        "findings.html.j2",
        "findings.css",
        title=f"Check of {report.scorecards[0].title}" if len(cards) == 1 else f"Check of {len(cards):,} action plans",
        as_of=day_words(report.as_of),
        profile=report.profile,
        notices=report.notices,
        passing=PASSING,
        cards=list(cards.values()),
        total=_total(report.scorecards),
        parts=PARTS,
        severities=SEVERITY_WORDS,
        sections=[
            (severity, SECTIONS[severity], [answer for answer in answers if _found(answer, severity)])
            for severity in SEVERITIES
        ],
        answers=answers,
        told=told,
        accepted=_by_plan(accepted, cards),
        acceptance_words=acceptance_words,
        entries=[(cards[plan], entries[plan]) for plan in cards if plan in entries],
        carded=len(cards) <= MOST_CARDS,
        in_columns=1 < len(cards) <= MOST_COLUMNS,
    )


def _named(groups: Sequence[Group]) -> Iterator[tuple[str, Group]]:
    """Give each question the name of its check; where one has several severities, the others add theirs."""
    seen: set[str] = set()
    for group in groups:
        name = group.question.shape
        yield (f"{name} {group.question.severity}" if name in seen else name), group
        seen.add(name)


def _found(answer: Answer, severity: str) -> bool:
    return answer.group.question.severity == severity and bool(answer.by_plan)


def _by_plan(lines: Sequence[Line], cards: dict[str, Card]) -> tuple[tuple[Card, list[Line]], ...]:
    return tuple((cards[plan], list(of)) for plan, of in groupby(lines, key=lambda line: line.finding.plan))


def _card(card: Scorecard, anchors: Anchors) -> Card:
    return Card(
        anchor=anchors("plan", card.plan),
        plan=card.plan,
        title=card.title.strip() or card.plan,
        publisher=card.publisher,
        actions=card.actions,
        shares=tuple(Share(part.words, part.count(card), card.actions) for part in PARTS),
        severities={"violation": card.violations, "warning": card.warnings, "info": card.infos},
        accepted=card.accepted,
    )


def _total(cards: Sequence[Scorecard]) -> Card:
    actions = total(cards, "actions")
    return Card(
        anchor="",
        plan="",
        title=f"All {len(cards):,} plans",
        publisher=None,
        actions=actions,
        shares=tuple(Share(part.words, total(cards, part.field), actions) for part in PARTS),
        severities={severity: total(cards, f"{severity}s") for severity in SEVERITIES},
        accepted=total(cards, "accepted"),
    )
