"""Which checks found something open in which actions: from an assessment, as columns beside the index."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from planweave.facets.columns import Several

if TYPE_CHECKING:
    from collections.abc import Iterable

    from planweave.assessing import Assessment, Waiver
    from planweave.facets.columns import Numbers
    from planweave.facets.index import ActionIndex
    from planweave.findings import Question

__all__ = ["FoundMarks", "marks_of"]


@dataclass(frozen=True)
class FoundMarks:
    """The open findings of all actions: the questions, and which of them found something where.

    Value 0 of the column is of actions where nothing was found, value n + 1 of those of question n.
    """

    assessment: Assessment
    column: Several

    @property
    def questions(self) -> tuple[Question, ...]:
        """What was asked."""
        return self.assessment.report.questions

    @cached_property
    def numbers(self) -> Numbers:
        """How many questions found something in each action."""
        lengths = np.diff(self.column.starts)
        return np.where(self.column.values[self.column.starts[:-1]] == 0, 0, lengths)

    @cached_property
    def orders(self) -> tuple[Numbers, Numbers]:
        """The actions, those with fewest findings first, and those with most first."""
        return np.argsort(self.numbers, kind="stable"), np.argsort(-self.numbers, kind="stable")


def marks_of(index: ActionIndex, assessment: Assessment, before: FoundMarks | None = None) -> FoundMarks:
    """Take from an assessment which actions have open findings.

    Parameters
    ----------
    index
        The index of the same build.
    assessment
        A check of all its plans.
    before
        The marks of the same check with other waivers: only the plans of those that differ are looked at again.
    """
    plans = range(len(index.contents.parts)) if before is None else _differing(index, before.assessment, assessment)
    rows, values = _read(index, assessment, plans)
    if before is not None:
        column = before.column
        kept = (column.values > 0) & ~np.isin(index.of_plan.values[column.owners], list(plans))
        rows = np.concatenate((column.owners[kept], rows))
        values = np.concatenate((column.values[kept], values))
    nothing = np.ones(len(index), dtype=bool)
    nothing[rows] = False
    empty = np.flatnonzero(nothing)
    every = np.concatenate((rows, empty))
    kinds = np.concatenate((values, np.zeros(len(empty), dtype="i8")))
    order = np.lexsort((kinds, every))
    lengths = np.bincount(every, minlength=len(index))
    many = len(assessment.report.questions) + 1
    return FoundMarks(assessment, Several.of_values(lengths, kinds[order], many))


def _read(index: ActionIndex, assessment: Assessment, plans: Iterable[int]) -> tuple[Numbers, Numbers]:
    """Give the actions of some plans that have open findings, each with the number of the question."""
    numbers = {question.shape: number for number, question in enumerate(assessment.report.questions, start=1)}
    rows, values = [], []
    for place in plans:
        found = {mark for mark in assessment.open_marks(index.contents.parts[place].plan) if mark[1] is not None}
        own = index.rows_by_id(place) if found else {}
        for shape, action in found:
            row = own.get(action or "")
            if row is not None and shape in numbers:
                rows.append(row)
                values.append(numbers[shape])
    return np.array(rows, dtype="i8"), np.array(values, dtype="i8")


def _differing(index: ActionIndex, before: Assessment, now: Assessment) -> list[int]:
    """Give the plans that have other waivers than before."""
    waived: tuple[dict[str, list[Waiver]], ...] = ({}, {})
    for one, assessment in zip(waived, (before, now), strict=True):
        for waiver in assessment.waived:
            one.setdefault(waiver.plan, []).append(waiver)
    plans = (index.plans.get(plan) for plan in {*waived[0], *waived[1]} if waived[0].get(plan) != waived[1].get(plan))
    return [plan for plan in plans if plan is not None]
