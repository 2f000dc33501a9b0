"""The state of a draft: the document it is of, and every change that was made, with its reason, in order."""

from __future__ import annotations

from typing import Literal, TypeAlias

import msgspec

from planweave.reading.definition import ColumnRule, CorrectionRule, SettledRule

__all__ = [
    "Change",
    "ColumnChange",
    "NameChange",
    "Placing",
    "PlanChange",
    "SettledChange",
    "State",
    "ValueChange",
]

Placing = Literal["new", "beside", "instead"]
"""Where the plan goes: nobody has its id; beside the plan that has a like one; in the place of the plan that has it."""


class _Changed(msgspec.Struct, frozen=True, kw_only=True):
    """What all changes have: an id, what they do in words, why, and when they were made."""

    id: str = ""
    said: str
    reason: str
    on: str = ""


class ColumnChange(_Changed, frozen=True, kw_only=True, tag="column"):
    """A column means something else."""

    rules: tuple[ColumnRule, ...]


class ValueChange(_Changed, frozen=True, kw_only=True, tag="value"):
    """Values of actions are read otherwise.

    ``rows`` are the table and the row that each of the actions began in: should a number come to stand for another
    action, it is told.
    """

    rules: tuple[CorrectionRule, ...]
    rows: dict[str, tuple[int, int]] = {}


class PlanChange(_Changed, frozen=True, kw_only=True, tag="plan"):
    """What is known of the plan as a whole; ``body`` is the name of a publisher that the register does not know."""

    field: Literal["title", "publisher", "period", "domain"]
    value: str
    body: str | None = None


class NameChange(_Changed, frozen=True, kw_only=True, tag="name"):
    """What a printed name means, for the register of the workspace."""

    name: str
    meaning: Literal["same", "unit", "own"]
    body: str | None = None
    everywhere: bool = False


class SettledChange(_Changed, frozen=True, kw_only=True, tag="settled"):
    """Doubtful values were looked at and are right."""

    rules: tuple[SettledRule, ...]


Change: TypeAlias = ColumnChange | ValueChange | PlanChange | NameChange | SettledChange


class State(msgspec.Struct, frozen=True, kw_only=True):
    """A draft at one moment.

    ``name`` is what the file was called: it is shown, and never a path. ``title`` is what the plan is called where the
    document does not say. ``base`` is the loader that recognised the document.
    """

    revision: int = 1
    name: str
    suffix: str
    sha256: str
    size: int
    begun: str
    plan: str
    title: str = ""
    placing: Placing = "new"
    base: str | None = None
    changes: tuple[Change, ...] = ()
