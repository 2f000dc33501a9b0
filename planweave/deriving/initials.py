"""Printed words → their initials, and what of them is an abbreviation."""

from __future__ import annotations

import re
from string import ascii_lowercase
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable

    from planweave.reading.definition import CommonAbbreviations

__all__ = ["LONGEST", "PASSED_OVER", "Initials", "PrintedWord"]

ABBREVIATION = re.compile(r"[A-Z](?<![^\W_].)(?:[A-Z0-9]|&(?=[A-Z0-9]))+(?=(?:['’]?s)?(?![^\W_]))")
WORD = re.compile(r"[^\W_]+")
SENTENCE_ENDS = (".", ";", ":", "!", "?")
LONGEST = 6
"""An abbreviation has no more capitals."""

MOST = 65536
"""How many printed words are remembered."""

PASSED_OVER = {letter: chr(0xE000 + ord(letter)) for letter in ascii_lowercase}
"""How the initial of a word is written that an abbreviation may pass over: letter → one that no document prints."""


class PrintedWord(NamedTuple):
    """What stands between two spaces.

    ``initials`` are those of its words as printed, that of a word that is passed over as :data:`PASSED_OVER` has it,
    and a space where a name ends.
    ``words`` are those of its words that could be taken for an abbreviation if they stood in capitals, in capitals;
    ``abbreviations`` what looks like one.
    """

    initials: str
    words: tuple[str, ...]
    abbreviations: tuple[str, ...]


class Initials(dict[str, PrintedWord]):
    """Gives and remembers what printed words are.

    Examples
    --------
    >>> from planweave.reading.definition import CommonAbbreviations
    >>> initials = Initials(CommonAbbreviations(small=("and",), never=("is",), known=(), words=()))
    >>> "".join(initials[word].initials for word in "Multi-agency work is KPI. Done".split())
    'Maw   D'
    >>> initials["NSAP/RSAP"].abbreviations
    ('NSAP', 'RSAP')
    """

    def __init__(self, words: CommonAbbreviations) -> None:
        self._small, self._never = frozenset(words.small), frozenset(words.never)

    def __missing__(self, printed: str) -> PrintedWord:
        abbreviations = tuple(ABBREVIATION.findall(printed))
        words = WORD.findall(printed)
        initials = "".join(map(self._initial, words))
        if any("&" in token for token in abbreviations):
            initials = " "
        elif printed.endswith(SENTENCE_ENDS):
            initials += " "
        ordinary = (word.upper() for word in words if len(word) <= LONGEST and word[1:].islower())
        self[printed] = found = PrintedWord(initials, tuple(ordinary), abbreviations)
        return found

    def _initial(self, word: str) -> str:
        """Give the initial of a word; words of certain kinds end a name, and so do those with several capitals."""
        low = word.lower()
        if low in self._small:
            return PASSED_OVER.get(low[0], " ")
        capitals = word[1:] != low[1:] and len(word) <= LONGEST
        return " " if capitals or low in self._never or len(word[0].upper()) > 1 else word[0]

    def all_of(self, printed: Iterable[str]) -> dict[str, PrintedWord]:
        """Give what each of many printed words is; what is remembered is forgotten once it is much."""
        if len(self) > MOST:
            self.clear()
        return {word: self[word] for word in set(printed)}
