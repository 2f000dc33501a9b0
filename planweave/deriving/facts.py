"""One record → all that can be derived from it, as typed values."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from planweave.deriving.columns import missing_columns
from planweave.deriving.sequence import out_of_sequence
from planweave.deriving.timing import days_apart, latest_update

if TYPE_CHECKING:
    from planweave.deriving.sequence import OutOfSequence
    from planweave.deriving.timing import DaysApart, LatestUpdate
    from planweave.records import PlanRecord

__all__ = ["Derived", "derive"]


@dataclass(frozen=True)
class Derived:
    """What is derived from one record; actions, and values within them, are given by their places from 0."""

    missing_columns: tuple[str, ...]
    out_of_sequence: list[OutOfSequence]
    latest_updates: list[LatestUpdate | None]
    days_apart: list[DaysApart]


def derive(record: PlanRecord) -> Derived:
    """Work out what can be derived from a record."""
    actions = record.actions
    by_ref: dict[str, list[int]] = defaultdict(list)
    for place, action in enumerate(actions):
        if action.ref:
            by_ref[action.ref].append(place)
    return Derived(
        missing_columns=missing_columns(actions),
        out_of_sequence=out_of_sequence([action.ref for action in actions]),
        latest_updates=[latest_update(action.updates) for action in actions],
        days_apart=days_apart(actions, by_ref),
    )
