"""Abbreviations that a document uses and spells out nowhere."""

from __future__ import annotations

import re
from bisect import bisect_right
from itertools import accumulate
from typing import TYPE_CHECKING, NamedTuple

from planweave.dates.words import MONTH, pattern
from planweave.deriving.initials import LONGEST, TEXT_ENDS
from planweave.deriving.spelled_out import SpelledOut

if TYPE_CHECKING:
    from collections.abc import Iterable

    from planweave.deriving.initials import Initials
    from planweave.reading.definition import CommonAbbreviations
    from planweave.records import Action, PlanRecord

__all__ = ["Unexplained", "unexplained_abbreviations"]

ROMAN = re.compile(r"X{0,3}(?:IX|IV|V?I{0,3})")
IS_MONTH = pattern(MONTH)
IN_CAPITALS = re.compile(r"[A-Z]{7}")
"""A word too long to be an abbreviation: where a text has one and no small letter, all of it is in capitals."""

TAG = re.compile(rf"</?[a-z]+\b[^<>{TEXT_ENDS}]*>", re.IGNORECASE)
ENDS = f" {TEXT_ENDS} "
REFERENCES = frozenset({"ref", "crossref"})
"""Fields whose cells print references, which look like abbreviations."""


class Unexplained(NamedTuple):
    """An abbreviation, and the place of the first action that uses it."""

    place: int
    abbreviation: str


def unexplained_abbreviations(record: PlanRecord, words: CommonAbbreviations, initials: Initials) -> list[Unexplained]:
    """Find the abbreviations that rows use and the document spells out nowhere.

    One is spelled out by the document's key, in brackets beside its words, or by words that follow one another
    anywhere in the document and have it as their initials, small words passed over or not. Of two or three letters
    the words have to be a term: see :class:`SpelledOut`. Capitals of a word that also stands in small letters are no
    abbreviation, nor is the name of a body that is a word ("CRISIS").

    Parameters
    ----------
    record
        What was read from the document.
    words
        Words that need no explanation, and words in capitals that are no abbreviations.
    initials
        What printed words are.
    """
    around, own = _printed(record)
    text = "".join([*around, *own])
    in_order = text.split()
    printed = set(in_order)
    initials.learn(printed)
    used = _used(own, {word: initials.short[word] for word in printed & initials.short.keys()})
    passed = {*words.known, *words.words, *_references(record.actions), *_named(record), *_misprinted(record.actions)}
    passed |= {token for token in used if _is_word_or_number(token) or initials.is_ordinary(token, printed)}
    key = {short.casefold() for short in record.legend}
    spelled = SpelledOut(text, in_order, initials)
    return sorted(
        Unexplained(place, token)
        for token, place in used.items()
        if token not in passed and not _is_spelled_out(token, key, spelled, record.actions[place])
    )


def _printed(record: PlanRecord) -> tuple[list[str], list[str]]:
    """Give the texts around the actions, and for each action those of its own cells that are new, as one.

    A mark stands behind each text. Cells all in capitals are not their action's own.
    """
    around = dict.fromkeys([record.plan.title, *(context.text for context in record.context)])
    around |= dict.fromkeys(unplaced.text for unplaced in record.unplaced)
    seen: set[str] = set()
    own = []
    for action in record.actions:
        new = [" "]
        for row in action.source:
            for cell in row.cells:
                around[cell.heading] = None
                if cell.text in seen or cell.field in REFERENCES:
                    continue
                seen.add(cell.text)
                if cell.text.isupper() and IN_CAPITALS.search(cell.text):
                    around[cell.text] = None
                else:
                    new.append(_plain(cell.text))
        own.append(ENDS.join([*new, ""]))
    return [f"{_plain(text)}{ENDS}" for text in around], own


def _plain(text: str) -> str:
    return TAG.sub(" ", text) if "<" in text else text


def _used(own: list[str], short: dict[str, tuple[str, ...]]) -> dict[str, int]:
    """Give what looks like an abbreviation in the texts of actions, with the place of the first action to use it."""
    text = "".join(own)
    ends = list(accumulate(map(len, own)))
    found: dict[str, int] = {}
    for printed, tokens in short.items():
        at = text.find(printed)
        while at >= 0 and not (text[at - 1].isspace() and text[at + len(printed)].isspace()):
            at = text.find(printed, at + 1)
        if at >= 0:
            place = bisect_right(ends, at)
            for token in tokens:
                found[token] = min(place, found.get(token, place))
    return found


def _is_spelled_out(token: str, key: set[str], spelled: SpelledOut, first: Action) -> bool:
    """Say whether the key or the words of a document spell an abbreviation out; ``first`` is the action to use it."""
    # "RSI5" is the fifth RSI.
    forms = {token, token.rstrip("0123456789")}
    if any(form.casefold() in key for form in forms) or spelled.has_beside(token.replace("&", ""), token):
        return True
    cells = (cell.text for row in first.source for cell in row.cells if cell.field not in REFERENCES)
    row = "".join(f"{_plain(text)}{ENDS}" for text in cells).split()
    return any(spelled.has(form.replace("&", ""), row) for form in forms)


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
