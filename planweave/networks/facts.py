"""Facts straight from the shard of a plan: those of a property, without a store between.

Reading a plan's shard takes milliseconds; looking up each of its texts in the store on disk takes a hundred times
that. A shard is written by planweave, one statement a line, the same spaces in each.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from planweave.terms import plan_graph

if TYPE_CHECKING:
    from collections.abc import Iterator

    from planweave.shards import Shard

__all__ = ["Fact", "facts_of"]


class Fact(NamedTuple):
    """A statement: its subject, without the brackets of an IRI, and its value, as N-Quads write them."""

    subject: bytes
    value: bytes


def facts_of(shard: Shard, predicate: str) -> Iterator[Fact]:
    """Go through the statements of a plan that have a property."""
    end = len(f" <{plan_graph(shard.plan)}> .".encode())
    for line in shard.about([predicate]).splitlines():
        subject, _, value = line.split(b" ", 2)
        yield Fact(subject[1:-1], value[:-end])
