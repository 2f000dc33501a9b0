"""Which bodies are meant where one is named: itself, its parts, and what it was called before and after."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["Body", "Relation", "family"]


@dataclass(frozen=True)
class Relation:
    """What the register says of two bodies: the first is part of the second, or came after it."""

    body: str
    name: str
    how: Literal["is part of", "came after"]
    of: str
    of_name: str


@dataclass(frozen=True)
class Body:
    """A body that is meant, and why: ``how`` is empty for the one that was named."""

    iri: str
    name: str
    how: str = ""


def family(iri: str, name: str, relations: Iterable[Relation]) -> tuple[Body, ...]:
    """Give the body that is named, then what it became and what it was before, then the parts of all of these.

    What became of a body is followed forwards and what was before it backwards, and never to and fro: two bodies that
    were merged into one are not each other.

    Examples
    --------
    >>> change = Relation("new", "Ministry", "came after", "old", "Department")
    >>> unit = Relation("team", "Advice Team", "is part of", "new", "Ministry")
    >>> [(body.name, body.how) for body in family("old", "Department", [change, unit])]
    [('Department', ''), ('Ministry', 'came after Department'), ('Advice Team', 'is part of Ministry')]
    """
    parts, after, before = defaultdict(list), defaultdict(list), defaultdict(list)
    for one in relations:
        if one.how == "is part of":
            parts[one.of].append(Body(one.body, one.name, f"is part of {one.of_name}"))
        else:
            after[one.of].append(Body(one.body, one.name, f"came after {one.of_name}"))
            before[one.body].append(Body(one.of, one.of_name, f"was before {one.name}"))
    named = [Body(iri, name)]
    for ways in (after, before):
        named += _followed([Body(iri, name)], ways)
    found = {body.iri: body for body in reversed([*named, *_followed(named, parts)])}
    return tuple(reversed(found.values()))


def _followed(bodies: list[Body], ways: dict[str, list[Body]]) -> list[Body]:
    """What some bodies lead to, step by step, without them; rings come to an end."""
    seen = {body.iri for body in bodies}
    found: list[Body] = []
    for body in (queue := list(bodies)):
        for other in ways[body.iri]:
            if other.iri not in seen:
                seen.add(other.iri)
                found.append(other)
                queue.append(other)
    return found
