"""Texts → the stems of the words that say something, so that "evictions" is the same as "eviction"."""

from __future__ import annotations

import re
from itertools import chain
from threading import Lock
from typing import TYPE_CHECKING

from snowballstemmer.english_stemmer import EnglishStemmer

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

__all__ = ["WORD", "Stems"]

WORD = re.compile(r"[^\W_]+(?:'[^\W_]+)?")
STEMMER = EnglishStemmer()
ONE_AT_A_TIME = Lock()
"""The stemmer keeps a state."""

MOST = 65536
"""How many printed words are remembered: those of many plans are the same few thousand."""


def _stem(word: str) -> str:
    """Give the stem of a word by Snowball's rules for English."""
    with ONE_AT_A_TIME:
        return str(STEMMER.stemWord(word))


class Stems(dict[str, tuple[str, ...]]):
    """Gives the stems of texts; as a mapping, what it remembers: printed words, their marks included → stems.

    Parameters
    ----------
    small
        Words that do not count.
    fillers
        Words that an outcome adds without saying more than the action, in any of their forms.

    Examples
    --------
    >>> sorted(Stems(["the", "of"], ["improved"]).of("Improving the lives of individuals."))
    ['improv', 'individu', 'live']
    """

    def __init__(self, small: Iterable[str], fillers: Iterable[str]) -> None:
        self._small = frozenset(small)
        self.fillers = frozenset(map(_stem, fillers))

    def __missing__(self, printed: str) -> tuple[str, ...]:
        words = WORD.findall(printed.lower().replace("’", "'"))
        self[printed] = stems = tuple(_stem(word) for word in words if word not in self._small)
        return stems

    def of(self, text: str) -> frozenset[str]:
        """Give the stems of a text's meaningful words."""
        if len(self) > MOST:
            self.clear()
        return frozenset(chain.from_iterable(map(self.__getitem__, text.split())))

    def printed(self, text: str, stems: Collection[str]) -> tuple[str, ...]:
        """Give the words of a text that have one of some stems: one a stem, in small letters and the text's order.

        Examples
        --------
        >>> Stems(["the"], []).printed("Re-housing the non-engaged", {"hous", "engag"})
        ('housing', 'engaged')
        """
        found: dict[str, str] = {}
        for word in WORD.findall(text.lower().replace("’", "'")):
            for stem in self[word]:
                if stem in stems:
                    found.setdefault(stem, word)
        return tuple(found.values())
