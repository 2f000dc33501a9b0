"""Derived facts → subjects and what is said of them, in the terms of N-Quads."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

from planweave.nquads import date, number, pw
from planweave.terms import action_iri, plan_iri

if TYPE_CHECKING:
    from collections.abc import Iterator

    from planweave.deriving.facts import Derived
    from planweave.records import PlanRecord

__all__ = ["Statement", "statements"]

Statement: TypeAlias = tuple[str, str, str]
"""The IRI of a subject; a predicate and an object as N-Quads writes them."""


def statements(record: PlanRecord, derived: Derived) -> Iterator[Statement]:
    """Say all that was derived from a record."""
    plan = plan_iri(record.plan.id)
    actions = [action_iri(action.id) for action in record.actions]
    for field in derived.missing_columns:
        yield plan, pw("noColumnFor"), pw(field)
    for place, beside in derived.out_of_sequence:
        yield actions[place], pw("outOfSequence"), f"<{actions[beside]}>"
    for iri, latest in zip(actions, derived.latest_updates, strict=True):
        if latest:
            yield iri, pw("latestUpdate"), f"<{iri}/update/{latest.place + 1}>"
            if latest.day:
                yield iri, pw("lastUpdated"), date(latest.day)
    for place, crossref, days in derived.days_apart:
        yield f"{actions[place]}/cross-reference/{crossref + 1}", pw("daysApart"), number(days)
