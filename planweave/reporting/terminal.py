"""A report in the terminal: the scorecards as a table, the findings by question.

Whatever stands in a document is text: no markup, no style and no link of its own.
"""

from __future__ import annotations

import re
from itertools import groupby
from typing import TYPE_CHECKING, Final

from rich import box
from rich.console import Group
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from planweave.reporting.digest import digest
from planweave.reporting.files import SUFFIXES
from planweave.reporting.words import (
    PARTS,
    acceptance_words,
    cell_words,
    counted,
    percent,
    place_words,
    reference,
    shortened,
    total,
    value_is_said,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from rich.console import Console, ConsoleOptions, RenderableType

    from planweave.findings import Finding, Report, Scorecard, Severity
    from planweave.reporting.digest import Digest
    from planweave.reporting.digest import Group as Answers

__all__ = ["finding_lines", "scorecard_table"]

STYLES: Final[dict[Severity, str]] = {"violation": "bold red", "warning": "bold yellow", "info": "bold cyan"}

HEADINGS: Final = (
    "actions",
    *(part.words.lower() for part in PARTS),
    "violations",
    "warnings",
    "infos",
    "accepted",
)
SHORT: Final = {"due date": "due", "violations": "viol.", "warnings": "warn.", "infos": "info", "accepted": "acc."}
"""Headings for a narrow screen."""

WIDE: Final = 110
"""From so many columns on, headings are written out."""

NAMED: Final = 6
"""Up to so many plans are named with their number of findings."""

OBEYED: Final = re.compile("[\x00-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]")
"""What a terminal would obey: control characters, and marks that turn the direction of writing."""

CELL: Final = 160
"""So many characters of a cell, a value or a message are shown."""


class _Scorecards:
    """A table that shortens its headings where the screen is narrow."""

    def __init__(self, cards: Sequence[Scorecard], most: int) -> None:
        self._cards, self._most = cards, most

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> Iterator[Table]:
        yield self._table(short=options.max_width < WIDE)

    def _table(self, *, short: bool) -> Table:
        # The lines of the box keep the columns apart by themselves where there is no room for more.
        padding = (0, 0) if short else (0, 1)
        table = Table(box=box.SIMPLE_HEAD, show_edge=not short, pad_edge=False, padding=padding, collapse_padding=True)
        table.add_column("plan", overflow="fold")
        for heading in HEADINGS:
            table.add_column(SHORT.get(heading, heading) if short else heading, justify="right", no_wrap=True)
        for card in self._cards[: self._most]:
            table.add_row(_text(card.plan), *_numbers((card,)))
        if len(self._cards) > self._most:
            table.add_row(f"… and {len(self._cards) - self._most:,} more")
        if len(self._cards) > 1:
            table.add_section()
            table.add_row(f"{len(self._cards):,} plans", *_numbers(self._cards))
        return table


def scorecard_table(scorecards: Sequence[Scorecard], most: int = 40) -> RenderableType:
    """Give the scorecards for the terminal: one row a plan, the shares of its actions, its findings, and sums.

    Parameters
    ----------
    scorecards
        The scorecards of a report.
    most
        How many plans are shown; the sums are of all.
    """
    return _Scorecards(scorecards, most)


def _numbers(cards: Sequence[Scorecard]) -> tuple[str, ...]:
    actions = total(cards, "actions")
    return (
        f"{actions:,}",
        *(percent(total(cards, part.field), actions) for part in PARTS),
        *(f"{total(cards, field):,}" for field in ("violations", "warnings", "infos", "accepted")),
    )


def finding_lines(report: Report, most: int = 60) -> RenderableType:
    """Give the findings for the terminal, by question, the most serious first, and the accepted ones apart.

    What all findings of a question say is said once. Of many findings the first to each question are shown,
    and it is said how many more there are and how to see them.

    Parameters
    ----------
    report
        Its plans are taken one at a time.
    most
        How many findings are shown (but one of each question).
    """
    told = digest(report, most)
    several = len(report.scorecards) > 1
    parts: list[RenderableType] = []
    for answers in told.groups:
        if answers.total:
            parts.extend(_answers(answers, several=several))
    if told.accepted_total:
        parts.extend(_accepted(told, several=several))
    if not parts:
        parts.append(Text("Nothing was found."))
    if told.hidden:
        everything = told.total + told.accepted_total
        formats = f"{', '.join(SUFFIXES[:-1])} or {SUFFIXES[-1]}"
        parts.append(
            Text(f"{everything - told.hidden:,} of {everything:,} findings are shown; -o FILE has all ({formats}).")
        )
    return Group(*parts)


def _answers(answers: Answers, *, several: bool) -> Iterator[RenderableType]:
    severity = answers.question.severity
    yield Text.assemble(
        (severity, STYLES[severity]),
        "  ",
        _text(answers.question.title, "bold"),
        f"  {counted(answers.total, 'finding')}",
        f": {_counts(answers.plans)}" if several else "",
    )
    if answers.message:
        yield Padding(_text(answers.message), (0, 0, 0, 2))
    yield from _by_plan(answers.findings, said=answers.message is not None, several=several)
    if answers.hidden:
        yield Padding(Text(f"… and {answers.hidden:,} more"), (0, 0, 0, 2))
    yield Text()


def _counts(plans: Mapping[str, int]) -> str:
    """Say how many findings which plans have, or that there are too many plans to name."""
    if len(plans) > NAMED:
        return f"in {len(plans):,} plans"
    return ", ".join(f"{plan} {number:,}" for plan, number in plans.items())


def _accepted(told: Digest, *, several: bool) -> Iterator[RenderableType]:
    yield Text.assemble(("accepted", "bold"), f"  {counted(told.accepted_total, 'finding')}, not counted above")
    yield from _by_plan(told.accepted, said=False, several=several)
    if hidden := told.accepted_total - len(told.accepted):
        yield Padding(Text(f"… and {hidden:,} more"), (0, 0, 0, 2))
    yield Text()


def _by_plan(findings: Sequence[Finding], *, said: bool, several: bool) -> Iterator[RenderableType]:
    for plan, of_plan in groupby(findings, key=lambda finding: finding.plan):
        if several:
            yield Padding(_text(plan, "underline"), (0, 0, 0, 2))
        lines = Table.grid(padding=(0, 2, 0, 0))
        lines.add_column(min_width=5, max_width=14, overflow="fold")
        lines.add_column(overflow="fold")
        for finding in of_plan:
            lines.add_row(_text(reference(finding) or "plan", "bold"), _shown(finding, said=said))
        yield Padding(lines, (0, 0, 0, 2))


def _text(text: str, style: str = "", *, one_line: bool = False) -> Text:
    """Give text that is only text, in one paragraph, with a sign in the place of what a terminal would obey."""
    inert = OBEYED.sub("\N{REPLACEMENT CHARACTER}", " ".join(text.split()))
    return Text(inert, style, no_wrap=one_line or None, overflow="ellipsis" if one_line else None)


def _shown(finding: Finding, *, said: bool) -> RenderableType:
    """Give the action's text on one line, then what the finding says of it and where it stands."""
    lines = [_text(shortened(finding.text, 400), one_line=True)]
    if not said:
        lines.append(_text(shortened(finding.message, CELL)))
    if finding.accepted:
        lines.append(_text(shortened(acceptance_words(finding.accepted), CELL)))
    details = []
    if finding.value and (said or not value_is_said(finding)):
        details.append(f"“{shortened(finding.value, CELL)}”")
    if finding.where:
        words = cell_words(finding)
        details.append(place_words(finding.where) + (f": “{shortened(words, CELL)}”" if words else ""))
    if details:
        lines.append(_text(" · ".join(details), "dim"))
    return Group(*lines)
