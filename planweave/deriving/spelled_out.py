"""What the words of a document spell out: the abbreviations whose initials they have."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter, defaultdict
from functools import cached_property
from itertools import accumulate
from typing import TYPE_CHECKING

from planweave.deriving.initials import LONGEST, SMALL, TEXT_ENDS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from planweave.deriving.initials import Initials

__all__ = ["SpelledOut"]

BRACKETS = re.compile(rf"\(([^(){TEXT_ENDS}]+)\)")
PLURAL = re.compile(r"['’]?s$")
SHORT = 3
"""So few letters are the initials of some words of nearly every document."""

OPENING = "'\"‘“("
MARKS = ".,;:!?()'\"‘’“”"
MOST_BEFORE = 200
"""How many characters before a bracket are looked at."""


class SpelledOut:
    """Says what a document spells out.

    Parameters
    ----------
    text
        All that the document prints, with marks between its texts.
    words
        The same, word by word.
    initials
        What printed words are.
    """

    def __init__(self, text: str, words: Sequence[str], initials: Initials) -> None:
        self._text, self._words, self._known = text, words, initials
        self._large = "".join(map(initials.large.__getitem__, words))
        self._capitals = self._large.upper()

    def has(self, letters: str, row: Iterable[str]) -> bool:
        """Say whether words have these initials, small ones left out or, if neither first nor last, not.

        Of two or three letters the words have to be a term, or there would be chance ones in nearly every document:
        printed in capitals, twice, or in the row that is given, where the letters stand themselves. Of two letters
        the words in capitals have to stand side by side. Three with a small word in their middle are no chance.
        """
        if any(True for _ in self._with_small(letters)):
            return True
        return letters in self._capitals and (len(letters) > SHORT or self._is_term(letters, row))

    def _with_small(self, letters: str) -> Iterator[int]:
        """Where the initials of all words, one small at least, are these letters, the first and last not small."""
        if self._known.small_initials.isdisjoint(letters[1:-1]):
            return
        at = self._every.find(letters)
        while at >= 0:
            small = [letter == SMALL for letter in self._small[at : at + len(letters)]]
            if any(small) and not (small[0] or small[-1]):
                yield at
            at = self._every.find(letters, at + 1)

    def has_beside(self, letters: str, token: str) -> bool:
        """Say whether letters are initials, in order, of the words beside brackets, where the token is on one side."""
        return any(_abridges(letters, words) for words in self._beside.get(token, ()))

    def _is_term(self, letters: str, row: Iterable[str]) -> bool:
        if letters in "".join(map(self._known.large.__getitem__, row)).upper():
            return True
        if letters in (self._large if len(letters) == SHORT else self._small):
            return True
        printed: Counter[tuple[str, ...]] = Counter()
        at = self._capitals.find(letters)
        while at >= 0:
            words = [self._words[bisect_right(self._reached, place)] for place in range(at, at + len(letters))]
            printed[tuple(word.casefold().strip(MARKS) for word in words)] += 1
            at = self._capitals.find(letters, at + 1)
        return max(printed.values()) > 1

    @cached_property
    def _reached(self) -> list[int]:
        """How many initials there are up to each printed word."""
        return list(accumulate(map(len, map(self._known.large.__getitem__, self._words))))

    @cached_property
    def _every(self) -> str:
        return "".join(map(self._known.every.__getitem__, self._words))

    @cached_property
    def _small(self) -> str:
        return "".join(map(self._known.small.__getitem__, self._words))

    @cached_property
    def _beside(self) -> dict[str, list[list[str]]]:
        found: dict[str, list[list[str]]] = defaultdict(list)
        for short, words in _bracketed(self._text):
            found[short].append(words)
        return found


def _bracketed(text: str) -> Iterator[tuple[str, list[str]]]:
    """Give what stands in brackets, with the words before it; and what stands before brackets, with those in them."""
    for match in BRACKETS.finditer(text):
        before = text[max(0, match.start() - MOST_BEFORE) : match.start()].rpartition(TEXT_ENDS)[2].split()
        inside = match[1].split()
        if len(inside) == 1:
            yield PLURAL.sub("", inside[0]), before[-3 * LONGEST :]
        elif before:
            yield PLURAL.sub("", before[-1]), inside


def _abridges(letters: str, words: list[str]) -> bool:
    """Say whether letters are initials of words up to the last, in order, others being left out."""
    initials = [word.lstrip(OPENING)[:1].upper() for word in words]
    if initials[-1:] != [letters[-1:]]:
        return False
    rest = iter(reversed(initials))
    return all(letter in rest for letter in reversed(letters))
