"""Which checks found something open in which actions: from an assessment, as columns beside the index."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from planweave.facets.columns import Several

if TYPE_CHECKING:
    from planweave.assessing import Assessment
    from planweave.facets.columns import Numbers
    from planweave.facets.index import ActionIndex
    from planweave.findings import Question

__all__ = ["FoundMarks", "marks_of"]


@dataclass(frozen=True)
class FoundMarks:
    """The open findings of all actions: the questions, and which of them found something where.

    Value 0 of the column is of actions where nothing was found, value n + 1 of those of question n.
    """

    questions: tuple[Question, ...]
    column: Several

    @cached_property
    def numbers(self) -> Numbers:
        """How many questions found something in each action."""
        lengths = np.diff(self.column.starts)
        return np.where(self.column.values[self.column.starts[:-1]] == 0, 0, lengths)

    @cached_property
    def orders(self) -> tuple[Numbers, Numbers]:
        """The actions, those with fewest findings first, and those with most first."""
        return np.argsort(self.numbers, kind="stable"), np.argsort(-self.numbers, kind="stable")


def marks_of(index: ActionIndex, assessment: Assessment) -> FoundMarks:
    """Take from an assessment which actions have open findings.

    Parameters
    ----------
    index
        The index of the same build.
    assessment
        A check of all its plans.
    """
    questions = assessment.report.questions
    numbers = {question.shape: number for number, question in enumerate(questions, start=1)}
    rows, values = [], []
    for place, part in enumerate(index.contents.parts):
        found = {mark for mark in assessment.open_marks(part.plan) if mark[1] is not None}
        if not found:
            continue
        own = index.rows_by_id(place)
        for shape, action in found:
            row = own.get(action or "")
            if row is not None and shape in numbers:
                rows.append(row)
                values.append(numbers[shape])
    nothing = np.ones(len(index), dtype=bool)
    nothing[rows] = False
    empty = np.flatnonzero(nothing)
    every = np.concatenate((np.array(rows, dtype="i8"), empty))
    kinds = np.concatenate((np.array(values, dtype="i4"), np.zeros(len(empty), dtype="i4")))
    order = np.lexsort((kinds, every))
    lengths = np.bincount(every, minlength=len(index))
    return FoundMarks(questions, Several.of_values(lengths, kinds[order], len(questions) + 1))
