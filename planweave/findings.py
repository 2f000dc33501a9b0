"""Findings: what a check says about a plan, in words, with the place in the document that shows it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from typing import Final, Literal, TypeAlias

import msgspec

__all__ = [
    "FINDING_KEYS",
    "SEVERITIES",
    "Acceptance",
    "Finding",
    "PlanFindings",
    "Question",
    "Report",
    "Scorecard",
    "Severity",
    "Where",
]

Severity: TypeAlias = Literal["violation", "warning", "info"]

SEVERITIES: Final[tuple[Severity, ...]] = ("violation", "warning", "info")
"""The most serious first."""


class Where(msgspec.Struct, frozen=True):
    """Where a document shows a finding: the page, the table, the row, and the text of the cell.

    The cell is the one that the question is about; where that is empty, or the table has no such column,
    the one that has the action's text. Of a plan it is the first row of headings, or the title. What is
    None the document does not have: most texts have no pages, and a title stands in no table.
    """

    page: int | None
    table: int | None
    row: int | None
    text: str


class Acceptance(msgspec.Struct, frozen=True):
    """Who accepted a finding, on which day (ISO 8601), and why."""

    by: str
    date: str
    reason: str


class Finding(msgspec.Struct, frozen=True):
    """One thing that a plan leaves out or contradicts.

    Parameters
    ----------
    shape
        The name of the check: the name of its file without ``.ttl``.
    severity
        How serious it is in the profile that was used.
    plan
        The id of the plan.
    action
        The id of the action, such as ``northmoor/13.1``, or None where the finding is on the plan.
    ref
        The action's reference as printed.
    message
        What is wrong and what to do.
    value
        What the finding is about, such as the printed date; None where something is missing.
    where
        The place in the document; None where the finding is on the plan as a whole.
    accepted
        False, or who accepted it and why.
    text
        The action's text, or the plan's title. Not among the keys of the JSON form.
    """

    shape: str
    severity: Severity
    plan: str
    action: str | None
    ref: str | None
    message: str
    value: str | None
    where: Where | None
    accepted: bool | Acceptance
    text: str


FINDING_KEYS: Final = tuple(name for name in Finding.__struct_fields__ if name != "text")
"""The keys of the JSON form, in order."""


class Scorecard(msgspec.Struct, frozen=True):
    """The counts of one plan: actions that have what, and open findings by severity, accepted ones apart.

    ``with_due`` counts actions with a date or a stated rhythm; ``with_outcome`` those with an outcome, a
    measure or evidence; ``with_status`` those of which anything says how far they are.
    """

    plan: str
    title: str
    publisher: str | None
    actions: int
    with_lead: int
    with_outcome: int
    with_due: int
    with_status: int
    with_partner: int
    violations: int = 0
    warnings: int = 0
    infos: int = 0
    accepted: int = 0


class Question(msgspec.Struct, frozen=True):
    """A check as its file explains it: its name, the question, why it matters, its severity in the profile."""

    shape: str
    title: str
    description: str
    severity: Severity


class PlanFindings(msgspec.Struct, frozen=True):
    """The scorecard of one plan and its findings, the most serious first, then in printed order."""

    scorecard: Scorecard
    findings: tuple[Finding, ...]


class Report(msgspec.Struct, frozen=True):
    """The findings of a graph: one plan at a time, so that any number of plans fits into memory.

    Parameters
    ----------
    as_of
        The day of the check.
    profile
        The title of the profile, or the name of the shapes file that was given instead.
    questions
        The checks that were made, the most serious first.
    scorecards
        One a plan, in the order of the graph.
    plans
        Goes through the plans with their findings; can be called again.
    notices
        Sentences about waivers that accept nothing.
    """

    as_of: dt.date
    profile: str
    questions: tuple[Question, ...]
    scorecards: tuple[Scorecard, ...]
    plans: Callable[[], Iterator[PlanFindings]]
    notices: tuple[str, ...] = ()
