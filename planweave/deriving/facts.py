"""One record → all that can be derived from it, as typed values."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from planweave.deriving.abbreviations import unexplained_abbreviations
from planweave.deriving.bodies import named_bodies, posts_in
from planweave.deriving.columns import missing_columns
from planweave.deriving.dependence import dependences
from planweave.deriving.knowledge import NO_KNOWLEDGE
from planweave.deriving.likeness import repetitions, similarities
from planweave.deriving.names import SameBodies, name_variants
from planweave.deriving.sequence import out_of_sequence
from planweave.deriving.timing import days_apart, latest_update

if TYPE_CHECKING:
    from planweave.deriving.abbreviations import Unexplained
    from planweave.deriving.bodies import NamedBody, PostIn
    from planweave.deriving.dependence import Dependence
    from planweave.deriving.knowledge import Knowledge
    from planweave.deriving.likeness import Repetition, Similarity
    from planweave.deriving.names import NameVariants
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
    similarities: list[Similarity]
    repetitions: list[Repetition]
    dependences: list[Dependence]
    unexplained: list[Unexplained]
    name_variants: list[NameVariants]
    named_bodies: list[NamedBody]
    posts_in: list[PostIn]


def derive(record: PlanRecord, knowledge: Knowledge = NO_KNOWLEDGE) -> Derived:
    """Work out what can be derived from a record.

    Parameters
    ----------
    record
        What was read from the document.
    knowledge
        Words, and how the bodies of the register belong together.
    """
    actions = record.actions
    texts = [knowledge.stems.of(action.text) for action in actions]
    same = SameBodies(record, knowledge.bodies.renames, knowledge.abbreviations.small)
    by_ref: dict[str, list[int]] = defaultdict(list)
    for place, action in enumerate(actions):
        if action.ref:
            by_ref[action.ref].append(place)
    return Derived(
        missing_columns=missing_columns(actions),
        out_of_sequence=out_of_sequence([action.ref for action in actions]),
        latest_updates=[latest_update(action.updates) for action in actions],
        days_apart=days_apart(actions, by_ref),
        similarities=similarities(texts),
        repetitions=repetitions(actions, texts, knowledge.stems),
        dependences=dependences(actions, by_ref, knowledge.dependence),
        unexplained=unexplained_abbreviations(record, knowledge.abbreviations, knowledge.initials),
        name_variants=name_variants(actions, same, record.plan.publisher_id),
        named_bodies=named_bodies(record, same, knowledge),
        posts_in=posts_in(record, knowledge),
    )
