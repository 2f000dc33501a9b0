"""Abbreviations that a document uses and spells out nowhere."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from planweave.dates.words import MONTH, pattern
from planweave.deriving.initials import LONGEST, PASSED_OVER

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from planweave.deriving.initials import Initials, PrintedWord
    from planweave.reading.definition import CommonAbbreviations
    from planweave.records import Action, PlanRecord

__all__ = ["Unexplained", "unexplained_abbreviations"]

ROMAN = re.compile(r"X{0,3}(?:IX|IV|V?I{0,3})")
IS_MONTH = pattern(MONTH)
IN_CAPITALS = re.compile(r"[A-Z]{7}")
"""A word too long to be an abbreviation: where a text has one and no small letter, all of it is in capitals."""

TAG = re.compile(r"</?[a-z]+\b[^<>]*>", re.IGNORECASE)
BRACKETS = re.compile(r"\(([^()]+)\)")
PLURAL = re.compile(r"['’]?s$")
NOT_ITS_OWN = frozenset({"ref", "crossref"})
"""Fields whose cells print references, which look like abbreviations."""

SMALL = re.compile(f"[{''.join(PASSED_OVER.values())}]+")
WITH_SMALL = str.maketrans({written: letter.upper() for letter, written in PASSED_OVER.items()})
IS_SMALL = frozenset(PASSED_OVER.values())
SHORT = 2
"""So few letters are the initials of some words of nearly every document."""

OPENING = "'\"‘“("
MARKS = ".,;:!?()'\"‘’“”"
MOST_BEFORE = 200
"""How many characters before a bracket are looked at."""


class Unexplained(NamedTuple):
    """An abbreviation, and the place of the first action that uses it."""

    place: int
    abbreviation: str


def unexplained_abbreviations(record: PlanRecord, words: CommonAbbreviations, initials: Initials) -> list[Unexplained]:
    """Find the abbreviations that rows use and the document spells out nowhere.

    One is spelled out by the document's key, in brackets beside its words, or by words that follow one another
    anywhere in the document and have it as their initials, small words passed over or not. Of two letters alone the
    words have to be a term: printed in capitals, twice, or where the abbreviation is first used. Capitals of a word
    that also stands in small letters are no abbreviation, nor is the name of a body that is a word ("CRISIS").

    Parameters
    ----------
    record
        What was read from the document.
    words
        Words that need no explanation, and words in capitals that are no abbreviations.
    initials
        What printed words are.
    """
    texts = _printed(record)
    known = initials.all_of(word for words in texts.values() for word in words)
    used = _used(record.actions, texts, known)
    passed = {*words.known, *words.words, *_references(record.actions), *_named(record), *_misprinted(record.actions)}
    doubtful = [token for token in used if token not in passed and not _is_word_or_number(token)]
    if not doubtful:
        return []
    spelled = _SpelledOut(record.legend, texts, known)
    return sorted(
        Unexplained(place, token)
        for token, place in ((token, used[token]) for token in doubtful)
        if not spelled.out(token, record.actions[place])
    )


def _printed(record: PlanRecord) -> dict[str, list[str]]:
    """Give all texts that the document prints, each with its words."""
    texts = [record.plan.title, *(context.text for context in record.context)]
    texts += [unplaced.text for unplaced in record.unplaced]
    for action in record.actions:
        for row in action.source:
            for cell in row.cells:
                texts += (cell.heading, cell.text)
    return {text: (TAG.sub(" ", text) if "<" in text else text).split() for text in dict.fromkeys(texts)}


def _used(actions: Iterable[Action], texts: dict[str, list[str]], known: dict[str, PrintedWord]) -> dict[str, int]:
    """Give what looks like an abbreviation in the cells of each action, with the place of the first to use it."""
    short = {word: what.abbreviations for word, what in known.items() if what.abbreviations}
    found: dict[str, int] = {}
    for place, action in enumerate(actions):
        for row in action.source:
            for cell in row.cells:
                if cell.field in NOT_ITS_OWN or (cell.text.isupper() and IN_CAPITALS.search(cell.text)):
                    continue
                for printed in short.keys() & texts[cell.text]:
                    for token in short[printed]:
                        found.setdefault(token, place)
    return found


def _is_word_or_number(token: str) -> bool:
    capitals = sum(map(str.isalpha, token))
    return not 1 < capitals <= LONGEST or bool(ROMAN.fullmatch(token) or IS_MONTH.fullmatch(token))


def _references(actions: Iterable[Action]) -> set[str]:
    """Give what a reference to an action looks like in running text: "HP1" of HP1, and of HP1.2."""
    return {re.split(r"[^A-Z0-9]", action.ref)[0] for action in actions if action.ref}


def _named(record: PlanRecord) -> set[str]:
    """Give the names of known bodies that are words printed in capitals."""
    return {
        party.name
        for party in record.parties
        if party.name not in party.label and party.label.casefold().split(" (")[0] == party.name.casefold()
    }


def _misprinted(actions: Iterable[Action]) -> set[str]:
    """Give what a correction reads as something else: it is no abbreviation of its own."""
    return {correction.printed for action in actions for correction in action.corrections if correction.read}


class _SpelledOut:
    """What a document spells out."""

    def __init__(self, legend: Iterable[str], texts: dict[str, list[str]], known: dict[str, PrintedWord]) -> None:
        self._texts, self._known = texts, known
        self._key = {short.casefold() for short in legend}
        self._words = {word for what in known.values() for word in what.words}
        letters = {word: what.initials for word, what in known.items()}
        self._initials = {text: "".join([letters[word] for word in words]) for text, words in texts.items()}
        self._whole = " ".join(self._initials.values())
        self._printed = SMALL.sub("", self._whole)
        self._large = self._printed.upper()
        self._beside: dict[str, list[list[str]]] = defaultdict(list)
        for short, words in _bracketed(texts):
            self._beside[short].append(words)

    def out(self, token: str, first: Action) -> bool:
        """Say whether an abbreviation is spelled out, or also stands somewhere as an ordinary word.

        ``first`` is the action that uses it first.
        """
        # "RSI5" is the fifth RSI.
        forms = {token, token.rstrip("0123456789")}
        return (
            token in self._words
            or any(form.casefold() in self._key for form in forms)
            or any(_abridges(token.replace("&", ""), words) for words in self._beside.get(token, ()))
            or any(self._are_initials(form.replace("&", ""), first) for form in forms)
        )

    def _are_initials(self, letters: str, first: Action) -> bool:
        """Say whether words have these initials: without the small ones among them, or with them, if not at an end."""
        if len(letters) <= SHORT:
            return letters in self._large and self._is_term(letters, first)
        if letters in self._large:
            return True
        at = self._all.find(letters)
        while at >= 0 and {self._whole[at], self._whole[at + len(letters) - 1]} & IS_SMALL:
            at = self._all.find(letters, at + 1)
        return at >= 0

    def _is_term(self, letters: str, first: Action) -> bool:
        """Say whether words with these initials are a term: see :func:`unexplained_abbreviations`."""
        row = " ".join(self._initials[cell.text] for row in first.source for cell in row.cells)
        if letters in self._printed or letters in SMALL.sub("", row).upper():
            return True
        pairs: Counter[tuple[str, ...]] = Counter()
        at = self._large.find(letters)
        while at >= 0:
            pairs[tuple(self._large_words[at : at + len(letters)])] += 1
            at = self._large.find(letters, at + 1)
        return max(pairs.values()) > 1

    @cached_property
    def _all(self) -> str:
        """The initials of all words in capitals."""
        return self._whole.translate(WITH_SMALL).upper()

    @cached_property
    def _large_words(self) -> list[str]:
        """The words behind each of the initials in ``_large``, a text's end among them."""
        found = []
        for words in self._texts.values():
            for word in words:
                initials = SMALL.sub("", self._known[word].initials)
                found += [word.casefold().strip(MARKS)] * len(initials)
            found.append("")
        return found


def _bracketed(texts: Iterable[str]) -> Iterator[tuple[str, list[str]]]:
    """Give what stands in brackets, with the words before it; and what stands before brackets, with those in them."""
    for text in (text for text in texts if "(" in text):
        for match in BRACKETS.finditer(text):
            before, inside = text[max(0, match.start() - MOST_BEFORE) : match.start()].split(), match[1].split()
            if len(inside) == 1:
                yield PLURAL.sub("", inside[0]), before[-3 * LONGEST :]
            elif before and inside:
                yield PLURAL.sub("", before[-1]), inside


def _abridges(letters: str, words: list[str]) -> bool:
    """Say whether letters are initials of words up to the last, in order, others being left out."""
    initials = [word.lstrip(OPENING)[:1].upper() for word in words]
    if initials[-1:] != [letters[-1:]]:
        return False
    rest = iter(reversed(initials))
    return all(letter in rest for letter in reversed(letters))
