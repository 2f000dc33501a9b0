"""What plans say alike, and what is said by one and not by the others: compared by the stems of their words."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal

from planweave.deriving.likeness import MANY

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from planweave.comparing.sides import Side
    from planweave.records import Action

__all__ = ["COMMON", "Pair", "Subject", "likeness_of", "pairs_of", "subjects_of"]

How = Literal["nearly the same", "words in common"]

COMMON: Final = 4
"""Two actions that share so many meaningful words are shown together, where these are a fifth of all of theirs."""

SUBJECT: Final = 3
"""In so many actions of a plan a word has to stand to be a subject of it."""

MOST_SUBJECTS: Final = 25


@dataclass(frozen=True)
class Pair:
    """Two actions of different plans that say something alike.

    Parameters
    ----------
    one, other
        The places of the plans.
    action, like
        The actions.
    how
        ``"nearly the same"`` by the measure of the graph, or only ``"words in common"``.
    score
        The share of their meaningful words that both have.
    words
        The words that make them alike, as the first action prints them.
    """

    one: int
    other: int
    action: Action
    like: Action
    how: How
    score: float
    words: tuple[str, ...]


@dataclass(frozen=True)
class Subject:
    """A word that several actions of one plan use and none of the others.

    Parameters
    ----------
    side
        The place of the plan.
    words
        The forms in which it is printed there, the most frequent first.
    actions
        The actions that use it.
    """

    side: int
    words: tuple[str, ...]
    actions: tuple[Action, ...]


def likeness_of(one: frozenset[str], other: frozenset[str]) -> tuple[How | None, float]:
    """Say how alike two texts are: nearly the same by the rule of the graph, words in common, or neither.

    The score is the number of stems that both have, by the number that either has. Nearly the same are those with a
    half, or three quarters where they share fewer than ten; see :func:`planweave.deriving.likeness.similarities`.

    Examples
    --------
    >>> likeness_of(frozenset("abcd"), frozenset("abce")), likeness_of(frozenset("abcd"), frozenset("abcd"))
    ((None, 0.6), ('nearly the same', 1.0))
    """
    shared, either = len(one & other), len(one | other)
    if not shared:
        return None, 0.0
    score = shared / either
    if 2 * shared >= either and (shared >= MANY or 4 * shared >= 3 * either):
        return "nearly the same", score
    return ("words in common" if shared >= COMMON and 5 * shared >= either else None), score


def pairs_of(sides: Sequence[Side]) -> list[Pair]:
    """Find the actions of different plans that say something alike, the most alike first."""
    found: list[Pair] = []
    for one, side in enumerate(sides):
        for other in range(one + 1, len(sides)):
            found += _between(side, sides[other], (one, other))
    return sorted(found, key=lambda pair: (pair.how != "nearly the same", -pair.score, pair.one, pair.other))


def _between(side: Side, against: Side, places: tuple[int, int]) -> Iterable[Pair]:
    # Only texts that share a stem are compared.
    having: dict[str, list[int]] = defaultdict(list)
    for place, stems in enumerate(against.said):
        for stem in stems:
            having[stem].append(place)
    for action, stems in zip(side.actions, side.said, strict=True):
        shared = Counter(place for stem in stems for place in having[stem])
        for place in sorted(place for place, count in shared.items() if count >= min(COMMON, len(stems))):
            how, score = likeness_of(stems, against.said[place])
            if how is not None:
                words = side.stems.printed(action.text, stems & against.said[place])
                yield Pair(*places, action, against.actions[place], how, round(score, 2), words)


def subjects_of(sides: Sequence[Side]) -> list[Subject]:
    """Find the words that several actions of one plan use, and no action of another, the most used first."""
    found = []
    for place, side in enumerate(sides):
        elsewhere = frozenset().union(*(said for at, of in enumerate(sides) if at != place for said in of.said))
        using: dict[str, list[Action]] = defaultdict(list)
        for action, stems in zip(side.actions, side.said, strict=True):
            for stem in stems - elsewhere:
                using[stem].append(action)
        most = sorted(
            (stem for stem in using if len(using[stem]) >= SUBJECT), key=lambda stem: (-len(using[stem]), stem)
        )
        for stem in most[:MOST_SUBJECTS]:
            forms = Counter(word for action in using[stem] for word in side.stems.printed(action.text, (stem,)))
            words = tuple(word for word, _ in sorted(forms.items(), key=lambda item: (-item[1], item[0])))
            if not all(word.isdigit() for word in words):
                found.append(Subject(place, words, tuple(using[stem])))
    return found
