"""Facts straight from the N-Quads of a plan: those of some properties, without a store between.

Reading a plan's shard takes milliseconds; looking up each of its texts in the store on disk takes a hundred times
that. A shard is written by planweave, one statement a line, the same spaces in each.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from planweave.terms import DCTERMS, PW, RDFS, plan_graph

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

__all__ = ["SAID", "Fact", "facts_of", "lines_of"]

SAID: Final = (
    f"{RDFS}label",
    f"{DCTERMS}title",
    *(f"{PW}{name}" for name in ("text", "partyKind", "status", "dueKind", "dueLatest")),
)
"""The properties that say what a node is called, and what is shown of it."""


class Fact(NamedTuple):
    """A statement: its subject, without the brackets of an IRI, and its value, as N-Quads write them."""

    subject: bytes
    value: bytes


def lines_of(quads: bytes, predicates: Iterable[str]) -> bytes:
    r"""Give the N-Quads that have one of some properties.

    Examples
    --------
    >>> lines_of(b'<a> <p> <b> <g> .\n<a> <q> "<p>" <g> .\n', ["p"])
    b'<a> <p> <b> <g> .\n'
    """
    found = []
    for predicate in predicates:
        for start, at in _places(quads, predicate):
            found.append(quads[start : quads.index(b"\n", at) + 1])
    return b"".join(found)


def facts_of(quads: bytes, plan: str, predicate: str) -> Iterator[Fact]:
    r"""Go through the statements of a plan that have a property.

    Examples
    --------
    >>> quads = b'<a> <p> "b > c" <https://w3id.org/planweave/graph/plan/northmoor> .\n'
    >>> list(facts_of(quads, "northmoor", "p"))
    [Fact(subject=b'a', value=b'"b > c"')]
    """
    end = f" <{plan_graph(plan)}> .\n".encode()
    skipped = len(predicate.encode()) + 5
    for start, at in _places(quads, predicate):
        yield Fact(quads[start + 1 : at], quads[at + skipped : quads.index(end, at)])


def _places(quads: bytes, predicate: str) -> Iterator[tuple[int, int]]:
    """Where each line with a property begins, and where its subject ends."""
    sought = f"> <{predicate}> ".encode()
    at = quads.find(sought)
    while at >= 0:
        start = quads.rfind(b"\n", 0, at) + 1
        # In a text, the same signs can stand; they do not end the first word of the line.
        if quads.find(b">", start) == at:
            yield start, at
        at = quads.find(sought, at + 1)
