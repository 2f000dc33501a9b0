"""Actions that say nearly the same, and outcomes that say the action again."""

from __future__ import annotations

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

MOST_SEEN = 100
"""Where a text is like more others than that, those printed after them are not looked at."""

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
    share three quarters, or "Review the housing policy" would be like every other review of a policy.

    Parameters
    ----------
    texts
        The stems of each action of a plan, in printed order.

    Returns
    -------
    Each text with those before it that it is like, the first printed first.
    """
    # All are compared with all, so a text is a number with a bit for each stem: to compare two takes one step.
    bits = {stem: 1 << number for number, stem in enumerate(sorted(set(chain.from_iterable(texts))))}
    different: dict[int, list[int]] = {}
    masks: list[int] = []
    found: list[Similarity] = []
    for place, stems in enumerate(texts):
        if not stems:
            continue
        mask, least = sum(map(bits.__getitem__, stems)), _least(len(stems))
        like: list[tuple[float, int]] = []
        for other in [other for other in masks if (mask & other).bit_count() >= least]:
            shared, either = (mask & other).bit_count(), (mask | other).bit_count()
            if 2 * shared >= either and (shared >= MANY or 4 * shared >= 3 * either):
                like += [(-shared / either, before) for before in different[other][:MOST_LIKE]]
                if len(like) > MOST_SEEN:
                    break
        if mask not in different:
            different[mask] = []
            masks.append(mask)
        different[mask].append(place)
        most = sorted(sorted(like)[:MOST_LIKE], key=itemgetter(1))
        found += [Similarity(place, before, round(-score, 2)) for score, before in most]
    return found


def _least(size: int) -> int:
    """Give how many stems a text of so many shares at the least with any that it is like."""
    return min(max(MANY, (size + 1) // 2), (3 * size + 3) // 4)


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
