"""The columns of a report's tables, the same in CSV and Excel: findings, scorecards, questions.

A finding has the keys of its JSON form; ``where`` and ``accepted``, which have parts, are columns of their
own: "where page", "where table", "where row", "where text", and after "accepted" (true or false) "accepted by",
"accepted date", "accepted reason".
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from planweave.findings import Acceptance
from planweave.reporting.words import PARTS
from planweave.tables import Column

if TYPE_CHECKING:
    from collections.abc import Callable

    from planweave.findings import Finding, Question, Scorecard, Where
    from planweave.reporting.words import Part
    from planweave.tables import Value

__all__ = ["FINDINGS", "QUESTIONS", "SCORECARDS", "Asked"]


@dataclass(slots=True)
class Asked:
    """A question, and how often it was answered with a finding."""

    question: Question
    findings: int = 0
    accepted: int = 0


def _where(name: str, width: int, value: Callable[[Where], Value]) -> Column[Finding]:
    return Column(f"where_{name}", f"where {name}", width, lambda at: value(at.where) if at.where else None)


def _accepted(name: str, width: int) -> Column[Finding]:
    def value(at: Finding) -> Value:
        return str(getattr(at.accepted, name)) if isinstance(at.accepted, Acceptance) else None

    return Column(f"accepted_{name}", f"accepted {name}", width, value)


FINDINGS: Final[tuple[Column[Finding], ...]] = (
    Column("shape", "shape", 26, lambda at: at.shape),
    Column("severity", "severity", 11, lambda at: at.severity),
    Column("plan", "plan", 18, lambda at: at.plan),
    Column("action", "action", 22, lambda at: at.action),
    Column("ref", "ref", 9, lambda at: at.ref),
    Column("message", "message", 56, lambda at: at.message),
    Column("value", "value", 30, lambda at: at.value),
    _where("page", 8, lambda where: where.page),
    _where("table", 8, lambda where: where.table),
    _where("row", 8, lambda where: where.row),
    _where("text", 48, lambda where: where.text),
    Column("accepted", "accepted", 10, lambda at: "true" if at.accepted else "false"),
    _accepted("by", 20),
    _accepted("date", 12),
    _accepted("reason", 40),
)


def _count(part: Part) -> Column[Scorecard]:
    return Column(part.field, f"With {part.words.lower()}", 10, part.count)


def _share(part: Part) -> Column[Scorecard]:
    def value(card: Scorecard) -> Value:
        return part.count(card) / card.actions if card.actions else None

    return Column(f"share_{part.name}", f"Share with {part.words.lower()}", 12, value)


SCORECARDS: Final[tuple[Column[Scorecard], ...]] = (
    Column("plan", "Plan", 20, lambda card: card.plan),
    Column("title", "Title", 44, lambda card: card.title),
    Column("publisher", "Publisher", 30, lambda card: card.publisher),
    Column("actions", "Actions", 10, lambda card: card.actions),
    *(column(part) for part in PARTS for column in (_count, _share)),
    Column("violations", "Violations", 11, lambda card: card.violations),
    Column("warnings", "Warnings", 11, lambda card: card.warnings),
    Column("infos", "Infos", 11, lambda card: card.infos),
    Column("accepted", "Accepted", 11, lambda card: card.accepted),
)

QUESTIONS: Final[tuple[Column[Asked], ...]] = (
    Column("shape", "Check", 28, lambda asked: asked.question.shape),
    Column("severity", "Severity", 11, lambda asked: asked.question.severity),
    Column("title", "Question", 48, lambda asked: asked.question.title),
    Column("description", "Why it matters", 80, lambda asked: asked.question.description),
    Column("findings", "Findings", 10, lambda asked: asked.findings),
    Column("accepted", "Accepted", 10, lambda asked: asked.accepted),
)
