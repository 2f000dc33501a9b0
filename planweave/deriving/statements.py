"""Derived facts → subjects and what is said of them, in the terms of N-Quads."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Protocol, TypeAlias, TypeVar

from planweave.nquads import LABEL, TYPE, date, decimal, number, pw, text
from planweave.terms import ORG, action_iri, plan_iri

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from planweave.deriving.facts import Derived
    from planweave.records import PlanRecord

__all__ = ["Statement", "statements"]

Statement: TypeAlias = tuple[str, str, str]
"""The IRI of a subject; a predicate and an object as N-Quads writes them."""


class _InAction(Protocol):
    """Something derived of one action."""

    @property
    def place(self) -> int:
        """The action's place among those of the plan."""


T = TypeVar("T", bound=_InAction)


def statements(record: PlanRecord, derived: Derived, parties: Mapping[str, str]) -> Iterator[Statement]:
    """Say all that was derived from a record.

    Parameters
    ----------
    record
        The record.
    derived
        What was derived from it.
    parties
        Printed name → IRI of the party.
    """
    plan = plan_iri(record.plan.id)
    actions = [action_iri(action.id) for action in record.actions]
    for field in derived.missing_columns:
        yield plan, pw("noColumnFor"), pw(field)
    yield from _order_and_time(actions, derived)
    yield from _likeness(actions, derived)
    yield from _needs(actions, derived)
    for place, abbreviation in derived.unexplained:
        yield actions[place], pw("unexplainedAbbreviation"), text(abbreviation)
    for place, variants in enumerate(derived.name_variants, start=1):
        node = f"{plan}/name-variants/{place}"
        yield plan, pw("nameVariants"), f"<{node}>"
        yield node, TYPE, pw("NameVariants")
        yield node, LABEL, text(", ".join(variants.names))
        for name in variants.names:
            yield node, pw("party"), f"<{parties[name]}>"
    for post in derived.posts_in:
        yield parties[post.post], f"<{ORG}postIn>", f"<{parties[post.body]}>"
    for iri, node, body in _numbered(actions, "named-body", derived.named_bodies):
        yield iri, pw("namedBody"), f"<{node}>"
        yield node, TYPE, pw("NamedBody")
        yield node, LABEL, text(body.name)
        yield node, pw("party"), f"<{parties[body.name]}>"
        yield node, pw("score"), decimal(body.score)


def _order_and_time(actions: list[str], derived: Derived) -> Iterator[Statement]:
    for place, beside in derived.out_of_sequence:
        yield actions[place], pw("outOfSequence"), f"<{actions[beside]}>"
    for iri, latest in zip(actions, derived.latest_updates, strict=True):
        if latest:
            yield iri, pw("latestUpdate"), f"<{iri}/update/{latest.place + 1}>"
            if latest.day:
                yield iri, pw("lastUpdated"), date(latest.day)
    for place, crossref, days in derived.days_apart:
        yield f"{actions[place]}/cross-reference/{crossref + 1}", pw("daysApart"), number(days)


def _likeness(actions: list[str], derived: Derived) -> Iterator[Statement]:
    for iri, node, similarity in _numbered(actions, "similarity", derived.similarities):
        yield iri, pw("similarity"), f"<{node}>"
        yield node, TYPE, pw("Similarity")
        yield node, pw("similarTo"), f"<{actions[similarity.earlier]}>"
        yield node, pw("score"), decimal(similarity.score)
    for place, outcome, share in derived.repetitions:
        yield f"{actions[place]}/outcome/{outcome + 1}", pw("repetition"), decimal(share)


def _needs(actions: list[str], derived: Derived) -> Iterator[Statement]:
    for iri, node, dependence in _numbered(actions, "dependence", derived.dependences):
        needed = f"<{actions[dependence.needed]}>"
        yield iri, pw("needs"), needed
        yield iri, pw("dependence"), f"<{node}>"
        yield node, TYPE, pw("Dependence")
        yield node, pw("needs"), needed
        yield node, pw("text"), text(dependence.words)
        yield node, pw("printedReference"), text(dependence.reference)


def _numbered(actions: list[str], kind: str, items: Sequence[T]) -> Iterator[tuple[str, str, T]]:
    """Give each item with the IRI of its action and its own, which are numbered from 1 in each action."""
    seen: Counter[int] = Counter()
    for item in items:
        seen[item.place] += 1
        yield actions[item.place], f"{actions[item.place]}/{kind}/{seen[item.place]}", item
