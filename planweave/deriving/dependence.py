"""Actions that say in words that they need another one."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from planweave.reading.definition import CommonDependence
    from planweave.records import Action

__all__ = ["Dependence", "dependences"]

DIGIT = re.compile(r"[0-9]")
REFERENCE = re.compile(r"(?<![\w.£$€/-])(?:[A-Z]{1,4}[ .-]?)?\d+(?:\.\d+)*[a-z]?(?![\w/-]|\.\d)")
JOINED = re.compile(r"\s*(?:,|;|&|/|(?:,\s*)?(?:and|or))\s*")
MOST_BEFORE = 120
"""How many characters before a reference are looked at."""


class Dependence(NamedTuple):
    """An action and the one it needs, by their places; the reference as printed, and the words that say so."""

    place: int
    needed: int
    reference: str
    words: str


def dependences(
    actions: Sequence[Action], by_ref: Mapping[str, Sequence[int]], words: CommonDependence
) -> list[Dependence]:
    """Find what the texts of actions say they need: "subject to 1.2", "following completion of actions 1.2 and 1.3".

    A number alone is a reference only where it is called one, and none before a unit ("after 1.5 hours"). Only
    references that lead to one other action count, each once.

    Parameters
    ----------
    actions
        Those of a plan.
    by_ref
        Reference → places of the actions that have it.
    words
        The words that say so.
    """
    if not words.words:
        return []
    grammar = _Grammar.of(words)
    found: dict[tuple[int, int], Dependence] = {}
    for place, action in enumerate(actions):
        if not DIGIT.search(action.text):
            continue
        for printed, said in grammar.needed(action.text, by_ref):
            others = by_ref[printed]
            if len(others) == 1 and others[0] != place:
                found.setdefault((place, others[0]), Dependence(place, others[0], printed, said))
    return list(found.values())


class _Grammar:
    """The patterns of the words that say what an action needs."""

    def __init__(self, words: CommonDependence) -> None:
        needing = _either(phrase.removesuffix("{ref}") for phrase in words.words)
        called = rf"(?:{_either(words.called)}\b\.?\s*)"
        between = rf"(?:{_either(words.between)}\b\s*)" if words.between else "(?!)"
        self._before = re.compile(rf"\b{needing}\b\s*(?:{between}|{called})*$", re.IGNORECASE)
        self._called = re.compile(rf"\b{called}$", re.IGNORECASE)
        self._unit = re.compile(rf"\s*-?{_either(words.units)}(?!\w)", re.IGNORECASE)

    @staticmethod
    @lru_cache(maxsize=8)
    def of(words: CommonDependence) -> _Grammar:
        """Give the patterns of some words, compiled once."""
        return _Grammar(words)

    def needed(self, text: str, by_ref: Mapping[str, Sequence[int]]) -> Iterator[tuple[str, str]]:
        """Give each reference that a text says it needs, and the words from those that say so to the reference."""
        start, end = 0, -1
        for match in REFERENCE.finditer(text):
            if match[0] not in by_ref or self._unit.match(text, match.end()):
                continue
            if end < 0 or not JOINED.fullmatch(text, end, match.start()):
                before = text[max(0, match.start() - MOST_BEFORE) : match.start()]
                said = self._before.search(before)
                if not said or (match[0].isdecimal() and not self._called.search(before)):
                    end = -1
                    continue
                start = match.start() - len(before) + said.start()
            end = match.end()
            yield match[0], text[start:end]


def _either(words: Iterable[str]) -> str:
    """Give a pattern for any of some words, the longest first; none where there are none."""
    forms = (r"\s+".join(map(re.escape, phrase.split())) for phrase in words)
    return f"(?:{'|'.join(sorted(forms, key=lambda form: (-len(form), form))) or '(?!)'})"
