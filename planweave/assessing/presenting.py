"""Results → findings: in words, with the action's reference and text, and the cell that shows it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, NamedTuple

from planweave.findings import Finding, Where
from planweave.terms import AGENCY, BASE, GIVES, PLAN, local, plan_iri, segment

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from planweave.assessing.questions import Asked
    from planweave.checking import Result
    from planweave.records import Action, Cell, Context, PlanRecord, SourceRow
    from planweave.store import Node

__all__ = ["action_of", "present"]

ACTION: Final = "/action/"
FIELD: Final = {name: field for field, name in GIVES.items()}
"""What a column gives, as the graph says it → the field of a record."""

NUMBERED: Final = re.compile(r"(page|table|row) (\d+)")
FALLBACK: Final = ("text", "ref")
"""Where no cell of the question's own shows anything, the action's own words do."""


def present(record: PlanRecord, results: Iterable[Result], asked: Mapping[str, Asked]) -> list[tuple[Finding, Result]]:
    """Put the results of one plan into words.

    Parameters
    ----------
    record
        The plan, as it was read.
    results
        What its graph violates.
    asked
        The IRI of every shape → the question it belongs to; results of other shapes are left out.

    Returns
    -------
    The findings, none accepted, each with its result: the most serious first, then in printed order;
    findings on the plan before those on its actions.
    """
    presenter = _Presenter(record)
    told = [(presenter.finding(result, asked[result.shape]), result) for result in results if result.shape in asked]
    told.sort(key=lambda pair: (asked[pair[1].shape].place, *presenter.order(pair[0])))
    return told


def action_of(plan: str, iri: str) -> str | None:
    """Give the id of the action of a plan that a node is, or belongs to; None where it is no action's.

    Examples
    --------
    >>> action_of("ford", "https://w3id.org/planweave/plan/ford/action/1.2/lead/1")
    'ford/1.2'
    """
    own = plan_iri(plan) + ACTION
    return f"{plan}/{local(iri[len(own) :].partition('/')[0])}" if iri.startswith(own) else None


class _Presenter:
    def __init__(self, record: PlanRecord) -> None:
        self._record = record
        self._plan = plan_iri(record.plan.id)
        self._actions = {action.id: action for action in record.actions}
        self._labels = {
            party.id if party.id.startswith(AGENCY) else f"{self._plan}/party/{segment(party.id)}": party.label
            for party in record.parties
        }

    def order(self, finding: Finding) -> tuple[int, str, str]:
        """Printed order; the plan comes before its actions."""
        return self._actions[finding.action].n if finding.action else 0, finding.value or "", finding.message

    def finding(self, result: Result, asked: Asked) -> Finding:
        action = self._action(result.focus.value)
        value = None if result.value is None or result.value == result.focus else self._readable(result.value)
        return Finding(
            shape=asked.question.shape,
            severity=asked.question.severity,
            plan=self._record.plan.id,
            action=action.id if action else None,
            ref=action.ref if action else None,
            message=result.message,
            value=value,
            where=self._in_action(action, asked.shown_in, value) if action else self._in_plan(value),
            accepted=False,
            text=action.text if action else self._record.plan.title,
        )

    def _action(self, iri: str) -> Action | None:
        """The action that a node is, or belongs to."""
        if not iri.startswith(self._plan + ACTION):
            return None
        name = iri[len(self._plan + ACTION) :].partition("/")[0]
        return self._actions.get(f"{self._record.plan.id}/{local(name)}")

    def _readable(self, value: Node) -> str:
        """A literal's text; of a node the words people know it by."""
        if value.kind != "iri":
            return value.value
        if action := self._action(value.value):
            return action.ref or action.id
        if value.value in self._labels:
            return self._labels[value.value]
        own = value.value.startswith(BASE) and not value.value.startswith((PLAN, AGENCY))
        return local(value.value) if own else value.value

    def _in_action(self, action: Action, shown_in: frozenset[str], value: str | None) -> Where | None:
        """Of the question's own columns the cell that has the value's words, else any; else the action's own."""
        fields = {FIELD.get(name, name) for name in shown_in}
        cells = [_At(row, cell) for row in action.source for cell in row.cells if cell.text.strip()]
        own = [at for at in cells if at.cell.field in fields]
        holding = _holding((*own, *cells), value) if value else []
        text = [at for field in FALLBACK for at in cells if at.cell.field == field]
        return next((at.where for at in (*holding, *own, *text, *cells)), None)

    def _in_plan(self, value: str | None) -> Where | None:
        """Where the last of the names in a value stands; else the first row of headings, or the title."""
        for name in reversed(value.split(", ") if value else ()):
            cells = [_At(row, cell) for one in self._record.actions for row in one.source for cell in row.cells]
            if holding := _holding(cells, name):
                return holding[0].where
        context = self._record.context
        shown = next((one for one in context if one.role == "header"), None) or next(iter(context), None)
        return _around(shown) if shown else None


class _At(NamedTuple):
    """A cell in its row."""

    row: SourceRow
    cell: Cell

    @property
    def words(self) -> str:
        return " ".join(self.cell.text.split())

    @property
    def where(self) -> Where:
        return Where(self.row.page, self.row.table, self.row.row, self.cell.text)


def _holding(cells: Iterable[_At], value: str) -> list[_At]:
    """The cells that have a value's words, first those that have them whole: "EH" also stands in "REHOUSE"."""
    holding = [at for at in cells if value in at.words]
    return sorted(holding, key=lambda at: not _is_whole(at.words, value))


def _is_whole(words: str, value: str) -> bool:
    at = words.find(value)
    while at >= 0:
        if not words[max(0, at - 1) : at].isalnum() and not words[at + len(value) :][:1].isalnum():
            return True
        at = words.find(value, at + 1)
    return False


def _around(context: Context) -> Where:
    """The place of a text around the tables, as far as it has one in numbers."""
    numbers = {name: int(number) for name, number in NUMBERED.findall(context.where)}
    text = " | ".join(filter(None, (part.strip() for part in context.text.split("\t"))))
    return Where(numbers.get("page"), numbers.get("table"), numbers.get("row"), text)
