"""Printed words → their initials, and what of them is an abbreviation."""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from planweave.reading.definition import CommonAbbreviations

__all__ = ["LONGEST", "SMALL", "TEXT_ENDS", "Initials"]

ABBREVIATION = re.compile(r"[A-Z](?<![^\W_].)(?:[A-Z0-9]|&(?=[A-Z0-9]))+(?=(?:['’]?s)?(?![^\W_]))")
WORD = re.compile(r"[^\W_]+(?:['’]s\b)?")
TEXT_ENDS = "\ufdd0"
"""Stands between the texts of a document: words on its two sides do not follow one another."""

NAME_ENDS = (".", ";", ":", "!", "?", TEXT_ENDS)
LONGEST = 6
"""An abbreviation has no more capitals."""

MOST = 65536
"""How many printed words are remembered."""

SMALL = "_"
"""Stands for a small word that an abbreviation may pass over."""


class Initials:
    """What printed words are, as they stand between spaces with their marks; each is learned once.

    ``large`` gives the initials of what is printed, a space standing where a name ends, and nothing for a small word
    that an abbreviation passes over; ``every`` gives the initials of small words too, all in capitals, and ``small``
    has a mark in their place; ``small_initials`` are all that those words can have. ``short`` gives what looks like
    an abbreviation, of the printed words in which something does.

    Examples
    --------
    >>> from planweave.reading.definition import CommonAbbreviations
    >>> initials = Initials(CommonAbbreviations(small=("and",), never=("is",), known=(), words=()))
    >>> words = "Multi-agency and other work is KPI. NSAP/RSAP".split()
    >>> initials.learn(set(words))
    >>> "".join(initials.large[word] for word in words)
    'Maow     '
    >>> initials.short
    {'KPI.': ('KPI',), 'NSAP/RSAP': ('NSAP', 'RSAP')}
    """

    def __init__(self, words: CommonAbbreviations) -> None:
        self._small, self._never = frozenset(words.small), frozenset(words.never)
        self.small_initials = frozenset(word[0].upper() for word in words.small if word)
        self.large: dict[str, str] = {}
        self.every: dict[str, str] = {}
        self.small: dict[str, str] = {}
        self.short: dict[str, tuple[str, ...]] = {}
        self._ordinary: dict[str, set[str]] = defaultdict(set)

    def learn(self, printed: set[str]) -> None:
        """Learn printed words; what was learned before is forgotten once it is much."""
        if len(self.every) > MOST:
            for known in (self.large, self.every, self.small, self.short, self._ordinary):
                known.clear()
        for word in sorted(printed - self.every.keys()):
            self._learn(word)

    def is_ordinary(self, token: str, printed: set[str]) -> bool:
        """Say whether one of some printed words has the letters of an abbreviation, but not in capitals."""
        return not self._ordinary.get(token, set()).isdisjoint(printed)

    def _learn(self, printed: str) -> None:
        abbreviations = tuple(ABBREVIATION.findall(printed))
        words = WORD.findall(printed)
        initials = [(" ", False)] if any("&" in token for token in abbreviations) else list(map(self._initial, words))
        if printed.endswith(NAME_ENDS):
            initials.append((" ", False))
        self.large[printed] = "".join(letter for letter, small in initials if not small)
        self.every[printed] = "".join(letter.upper() for letter, _ in initials)
        self.small[printed] = "".join(SMALL if small else letter for letter, small in initials)
        if abbreviations:
            self.short[printed] = abbreviations
        for word in words:
            if len(word) <= LONGEST and word[1:].islower():
                self._ordinary[word.upper()].add(printed)

    def _initial(self, word: str) -> tuple[str, bool]:
        """Give the initial of a word, and whether it is a small one that is passed over.

        Words of certain kinds end a name, and so do those with several capitals.
        """
        low = word.lower()
        if low in self._small:
            return low[0], True
        capitals = word[1:] != low[1:] and len(word) <= LONGEST
        return " " if capitals or low in self._never or len(word[0].upper()) > 1 else word[0], False
