"""A report by question: how many findings each has in which plan, and those of them that are shown.

A report of ten thousand plans does not fit on a page or a screen. Where there are more findings than are
wanted, each question shows its first ones, in fair parts: a question with few findings shows them all, and
the others share the rest. What is left out is counted, so that it can be said.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, TypeVar

from planweave.findings import Question

if TYPE_CHECKING:
    from collections.abc import Mapping

    from planweave.findings import Finding, Report

__all__ = ["Digest", "Group", "digest"]

Key = tuple[str, str]
"""The name of a check and a severity: a shape of one's own may have findings of several."""

ACCEPTED: Final = ("", "")
"""Stands for the accepted findings among the checks."""

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Group:
    """What a report says to one question.

    Parameters
    ----------
    question
        The question.
    plans
        The plans with open findings, and how many each has.
    findings
        The open findings that are shown, plan by plan in printed order.
    accepted
        How many findings were accepted; they are not among the others.
    message
        What all its findings say, or None where they do not all say the same.
    """

    question: Question
    plans: Mapping[str, int]
    findings: tuple[Finding, ...]
    accepted: int
    message: str | None

    @property
    def total(self) -> int:
        """How many open findings there are."""
        return sum(self.plans.values())

    @property
    def hidden(self) -> int:
        """How many of them are not shown."""
        return self.total - len(self.findings)


@dataclass(frozen=True, slots=True)
class Digest:
    """A report by question, the most serious first, and apart from it what was accepted."""

    groups: tuple[Group, ...]
    accepted: tuple[Finding, ...]
    accepted_total: int

    @property
    def total(self) -> int:
        """How many open findings there are."""
        return sum(group.total for group in self.groups)

    @property
    def hidden(self) -> int:
        """How many findings, open or accepted, are not shown."""
        return sum(group.hidden for group in self.groups) + self.accepted_total - len(self.accepted)


@dataclass(slots=True)
class _Gathered:
    """What is known of a question while the plans go by."""

    plans: dict[str, int] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)
    accepted: int = 0
    messages: set[str] = field(default_factory=set)


def digest(report: Report, most: int) -> Digest:
    """Go through a report once, and keep no more than so many findings (but one of each question).

    Parameters
    ----------
    report
        Its plans are taken one at a time.
    most
        How many findings are kept, open and accepted together.
    """
    gathered: defaultdict[Key, _Gathered] = defaultdict(_Gathered)
    questions: dict[Key, Question] = {(question.shape, question.severity): question for question in report.questions}
    for plan in report.plans():
        for finding in plan.findings:
            key = (finding.shape, finding.severity)
            questions.setdefault(key, Question(finding.shape, finding.shape, "", finding.severity))
            if finding.accepted:
                gathered[key].accepted += 1
            else:
                gathered[key].messages.add(finding.message)
            into = gathered[ACCEPTED if finding.accepted else key]
            into.plans[finding.plan] = into.plans.get(finding.plan, 0) + 1
            if len(into.findings) < most:
                into.findings.append(finding)
    shown = _fair_parts({name: sum(of.plans.values()) for name, of in gathered.items()}, most)
    groups = tuple(_group(question, gathered[key], shown.get(key, 0)) for key, question in questions.items())
    accepted = gathered[ACCEPTED]
    return Digest(groups, tuple(accepted.findings[: shown.get(ACCEPTED, 0)]), sum(accepted.plans.values()))


def _group(question: Question, of: _Gathered, shown: int) -> Group:
    message = next(iter(of.messages)) if len(of.messages) == 1 else None
    return Group(question, of.plans, tuple(of.findings[:shown]), of.accepted, message)


def _fair_parts(counts: Mapping[T, int], most: int) -> dict[T, int]:
    """Share out places: whoever needs few gets them all, and the others as many as each other.

    Examples
    --------
    >>> _fair_parts({"a": 2, "b": 50, "c": 70}, 22)
    {'a': 2, 'b': 10, 'c': 10}
    """
    parts: dict[T, int] = {}
    left = most
    for place, (name, count) in enumerate(sorted(counts.items(), key=lambda item: item[1])):
        parts[name] = min(count, max(left // (len(counts) - place), 1))
        left -= parts[name]
    return parts
