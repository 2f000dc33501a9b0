"""Actions of other plans that say something like an action: found by its words, scored as the graph scores likeness."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Final

import msgspec

from planweave.deriving.knowledge import Knowledge, load_knowledge
from planweave.sparql.functions import LEAST_SHARED

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from planweave.deriving.stems import Stems
    from planweave.library import Library
    from planweave.searching import Hit

__all__ = ["LEAST", "Likeness", "likenesses", "stems_of"]

LEAST: Final = 0.2
"""Actions of two plans that share less than a fifth of their words are not shown: they never stood side by side."""

ASKED: Final = 10
"""So many words are looked for, the longest: long words are rare."""

LOOKED_AT: Final = 300
"""So many actions that have one of the words are looked at, the best hits first."""


class Likeness(msgspec.Struct, frozen=True):
    """An action of another plan.

    ``score`` is the number of words that both have, in any form, by the number that either has; ``shared`` are the
    words of both, as the first prints them.
    """

    plan: str
    action: str
    ref: str | None
    text: str
    score: float
    shared: tuple[str, ...]


@lru_cache(maxsize=4)
def _knowledge(library: Library) -> Knowledge:
    return load_knowledge(library)


def stems_of(library: Library) -> Stems:
    """Give what finds the stems of the words that count, as the weaving of the graph does."""
    return _knowledge(library).stems


def likenesses(
    action: str, text: str, stems: Stems, find: Callable[[Sequence[str], int], list[Hit]], most: int
) -> list[Likeness]:
    """Find actions of other plans that share words with one.

    Parameters
    ----------
    action, text
        Its id and its words.
    stems
        Gives the words that count.
    find
        Gives actions that have one of some words, the best first, at most so many.
    most
        How many are given at most, the most alike first.
    """
    own = stems.of(text)
    asked = sorted(set(stems.printed(text, own)), key=lambda word: (-len(word), word))[:ASKED]
    plan = action.partition("/")[0]
    found = []
    for hit in find(asked, LOOKED_AT) if asked else ():
        if hit.plan == plan:
            continue
        others = stems.of(hit.text)
        shared = own & others
        score = round(len(shared) / len(own | others), 2)
        if len(shared) >= LEAST_SHARED and score >= LEAST:
            common = stems.printed(text, shared)
            found.append(Likeness(hit.plan, hit.action, hit.ref, hit.text, score, common))
    found.sort(key=lambda one: (-one.score, one.plan, one.action))
    return found[:most]
