"""Bodies that an action names without giving them a part in it, and whose posts are named."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from planweave.deriving.names import ACRONYM, BRACKETED, SHORTEST
from planweave.reading.definition import fold

if TYPE_CHECKING:
    from collections.abc import Iterable

    from planweave.deriving.knowledge import Knowledge
    from planweave.deriving.names import SameBodies
    from planweave.records import Action, Party, PlanRecord

__all__ = ["NamedBody", "PostIn", "named_bodies", "posts_in"]

IN_TEXT, IN_OUTCOME = 1.0, 0.5


class NamedBody(NamedTuple):
    """A body by its printed name and the place of the action; 1 where its own text names it, 0.5 where another does."""

    place: int
    name: str
    score: float


class PostIn(NamedTuple):
    """A post and the body whose post it is, by their printed names."""

    post: str
    body: str


def posts_in(record: PlanRecord, knowledge: Knowledge) -> list[PostIn]:
    """Find the posts whose printed names begin with a name of a body of the same plan: "Shelter outreach worker".

    Where several names fit, the longest does.

    Parameters
    ----------
    record
        What was read from the document.
    knowledge
        What ends the names of bodies, and which bodies the register has.
    """
    names = {fold(party.name): party.name for party in record.parties if _is_body(party, knowledge)}
    found: list[PostIn] = []
    for party in record.parties:
        words = fold(party.name).split() if party.kind == "post" else []
        starts = (" ".join(words[:end]) for end in range(len(words) - 1, 0, -1))
        body = next((names[start] for start in starts if start in names), None)
        # A word in small letters is a common noun that some plan uses as a name.
        if body is not None and (" " in body or not body.islower()):
            found.append(PostIn(party.name, body))
    return found


def named_bodies(record: PlanRecord, same: SameBodies, knowledge: Knowledge) -> list[NamedBody]:
    """Find the bodies that an action's text, outcomes or evidence name and that are no party of it.

    Left out are the publisher and its units, and a body that is a party already: under another of its names, or as
    part of a printed name ("Shelter outreach worker" for Shelter). A post or a team is no body, but for a service
    that the register knows everywhere ("StreetLink"); what cannot be told is one if it is called what organisations
    are called, or by letters alone.

    Parameters
    ----------
    record
        What was read from the document.
    same
        Which of its parties are the same body.
    knowledge
        What ends the names of bodies, and which body of the register is a unit of which.
    """
    publisher = record.plan.publisher_id
    publishers = {same.of(party.name) for party in record.parties if party.id == publisher}
    bodies = {
        party.name: party
        for party in record.parties
        if _is_body(party, knowledge)
        and same.of(party.name) not in publishers
        and not (publisher and knowledge.bodies.is_part(party.id, publisher))
    }
    return [
        NamedBody(place, name, score)
        for place, action in enumerate(record.actions)
        for name, score in _without_part(action, bodies, same, knowledge.bodies.small_names)
    ]


def _is_body(party: Party, knowledge: Knowledge) -> bool:
    if party.kind == "agency" or party.id in knowledge.bodies.national:
        return True
    words = fold(BRACKETED.sub("", party.label)).split()
    if not words or party.kind not in {"team", "unknown"}:
        return False
    if words[-1] in knowledge.standing or party.kind == "team":
        return words[-1] in knowledge.standing
    by_letters = len(party.name) >= SHORTEST and ACRONYM.fullmatch(party.name) is not None
    return by_letters or (len(words) > 1 and not knowledge.organisations.isdisjoint(words))


def _without_part(
    action: Action, bodies: dict[str, Party], same: SameBodies, small_names: Iterable[str]
) -> Iterable[tuple[str, float]]:
    named = [name for name in action.mentions if name in bodies]
    if not named:
        return
    printed = [f" {fold(name)} " for name in (*action.leads, *action.partners)]
    taken = {same.of(name) for name in (*action.leads, *action.partners)}
    texts = ((IN_TEXT, (action.text,)), (IN_OUTCOME, (*action.outcomes, *action.evidence)))
    for name in named:
        body = same.of(name)
        if body in taken or any(f" {fold(name)} " in party for party in printed):
            continue
        score = next(
            (score for score, places in texts if any(_names(text, name, small_names) for text in places)), None
        )
        if score is not None:
            taken.add(body)
            yield name, score


def _names(text: str, name: str, small_names: Iterable[str]) -> bool:
    """Say whether a text names a body; a name of one word in small letters only where the register has it so."""
    if f" {fold(name)} " not in f" {fold(text)} ":
        return False
    return " " in name or name in text or fold(name) in small_names
