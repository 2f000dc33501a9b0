"""Actions that say nearly the same, and outcomes that say the action again."""

from __future__ import annotations

from collections import Counter, defaultdict
from heapq import nsmallest
from itertools import chain
from operator import itemgetter
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence

    from planweave.deriving.stems import Stems
    from planweave.records import Action

__all__ = ["MOST_LIKE", "Repetition", "Similarity", "repetitions", "similarities"]

MOST_LIKE = 10
"""How many of the earlier actions like it are named at an action: the most alike, of equals the first printed."""

MOST_HAVING = 200
"""How many different texts are compared because of one stem: what more of them have is not rare."""

MANY = 10
"""From so many shared stems on, two texts are alike where these are half of all; with fewer, three quarters."""


class Similarity(NamedTuple):
    """An action, an earlier one it is like, by their places, and how much, from 0.5 to 1."""

    place: int
    earlier: int
    score: float


class Repetition(NamedTuple):
    """An outcome, by the places of its action and in it, and the share of its words that the action has."""

    place: int
    outcome: int
    share: float


def similarities(texts: Sequence[frozenset[str]]) -> list[Similarity]:
    """Find texts that share most of their stems.

    The score is Jaccard's: the number of stems that two texts share, by the number that either has. It takes no
    account of order and is the same for both. A half is enough for long texts; those that share few stems have to
    share three quarters, or "Review the housing policy" would be like every other review of a policy. Two texts
    whose score is a half or more share a stem among the rarer half of each; so only those that do are compared.

    Parameters
    ----------
    texts
        The stems of each action of a plan, in printed order.

    Returns
    -------
    Each text with those before it that it is like, the first printed first.
    """
    ranks = _by_rarity(texts)
    masks: dict[frozenset[str], int] = {}
    places: dict[frozenset[str], list[int]] = defaultdict(list)
    having: dict[int, list[frozenset[str]]] = defaultdict(list)
    found: list[Similarity] = []
    for place, stems in ((place, stems) for place, stems in enumerate(texts) if stems):
        rare = sorted([ranks[stem] for stem in stems])[: len(stems) // 2 + 1]
        earlier = []
        mask = masks[stems] if stems in masks else sum([1 << ranks[stem] for stem in stems])
        for other in {other for rank in rare for other in having[rank]} | (places.keys() & {stems}):
            shared = (mask & masks[other]).bit_count()
            either = len(stems) + len(other) - shared
            if 2 * shared >= either and (shared >= MANY or 4 * shared >= 3 * either):
                earlier += [(-shared / either, before) for before in places[other][:MOST_LIKE]]
        if stems not in masks:
            masks[stems] = mask
            for rank in rare:
                if len(having[rank]) < MOST_HAVING:
                    having[rank].append(stems)
        places[stems].append(place)
        most = nsmallest(MOST_LIKE, earlier) if earlier else ()
        found += [Similarity(place, before, round(-score, 2)) for score, before in sorted(most, key=itemgetter(1))]
    return found


def _by_rarity(texts: Sequence[frozenset[str]]) -> dict[str, int]:
    """Number the stems of texts, the rarest first."""
    common = Counter(chain.from_iterable(dict.fromkeys(texts)))
    # Sorted twice, for the second sorting keeps the order of the alphabet among equals.
    return {stem: rank for rank, stem in enumerate(sorted(sorted(common), key=common.__getitem__))}


def repetitions(actions: Sequence[Action], texts: Sequence[frozenset[str]], stems: Stems) -> list[Repetition]:
    """Find outcomes at least half of whose meaningful words are words of their action.

    Parameters
    ----------
    actions
        Those of a plan.
    texts
        The stems of each.
    stems
        Gives those of the outcomes; its fillers are left out of them.
    """
    found = []
    for place, (action, said) in enumerate(zip(actions, texts, strict=True)):
        for outcome, text in enumerate(action.outcomes):
            words = stems.of(text) - stems.fillers
            if words and 2 * len(words & said) >= len(words):
                found.append(Repetition(place, outcome, round(len(words & said) / len(words), 2)))
    return found
