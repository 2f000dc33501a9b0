"""References out of sequence: the fewest that, taken out, leave the others in ascending order."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["OutOfSequence", "out_of_sequence", "reference_key"]

PARTS = re.compile(r"[0-9]+|[^\W\d_]+")

Part: TypeAlias = tuple[int, int, str]
Chain: TypeAlias = tuple[int, int, int]
"""How good an ascending row is: how many references it has, how many different ones, and minus where it begins."""


class OutOfSequence(NamedTuple):
    """A reference that stands out of order, and the one it is printed beside, by their places in the plan."""

    place: int
    beside: int


def reference_key(reference: str) -> tuple[Part, ...]:
    """Give what a reference is ordered by: its parts one by one, numbers by their size and before letters.

    Examples
    --------
    >>> reference_key("1.9") < reference_key("1.10") < reference_key("1.10a") < reference_key("A1")
    True
    """
    return tuple(map(_part, PARTS.findall(reference)))


def _part(part: str) -> Part:
    if not "0" <= part[0] <= "9":
        return (1, 0, part.casefold())
    digits = part.lstrip("0")
    # By its length, then digit by digit: so a number can be longer than Python likes to convert.
    return (0, len(digits), digits)


def out_of_sequence(references: Sequence[str | None]) -> list[OutOfSequence]:
    """Find the references that stand out of the order of the others.

    The fewest are named. Of two ways equally short, the one that keeps the most different references is taken,
    then the one that keeps those printed first. A reference printed twice in a row is in order, a gap is none,
    and actions without a reference are passed over.

    Parameters
    ----------
    references
        Those of a plan's actions as printed, None where an action has none.

    Returns
    -------
    Each with the reference printed just before it, or, for the first of the plan, the one after.

    Examples
    --------
    >>> out_of_sequence(["2.4", "3.2", "3.1", "3.2", None, "3.3"])
    [OutOfSequence(place=1, beside=0)]
    """
    keyed = [(place, key) for place, reference in enumerate(references) if (key := reference_key(reference or ""))]
    if all(before <= after for (_, before), (_, after) in pairwise(keyed)):
        return []
    ranks = {key: rank for rank, key in enumerate(sorted({key for _, key in keyed}))}
    kept = set(_longest([ranks[key] for _, key in keyed], len(ranks)))
    return [
        OutOfSequence(place, keyed[at - 1 if at else at + 1][0])
        for at, (place, _) in enumerate(keyed)
        if at not in kept
    ]


def _longest(ranks: list[int], size: int) -> list[int]:
    """Give the places of the longest row of ranks that never falls, by the rules above.

    It is worked out from the end: ``above`` answers, for every rank, which row that begins higher is best (a
    Fenwick tree of maxima), ``level`` which of those that begin with the same rank. So it takes n log n steps.
    """
    nothing: Chain = (0, 0, -len(ranks))
    above, level = [nothing] * (size + 1), [nothing] * size
    following = [0] * len(ranks)
    best = nothing
    for at in range(len(ranks) - 1, -1, -1):
        rank = ranks[at]
        higher, node = nothing, size - 1 - rank
        while node:
            higher = max(higher, above[node])
            node &= node - 1
        count, different, after = max(level[rank], (higher[0], higher[1] + 1, higher[2]))
        following[at] = -after
        row = (count + 1, max(different, 1), -at)
        level[rank] = max(level[rank], row)
        node = size - rank
        while node <= size:
            above[node] = max(above[node], row)
            node += node & -node
        best = max(best, row)
    row_of_places, at = [], -best[2]
    while at < len(ranks):
        row_of_places.append(at)
        at = following[at]
    return row_of_places
