"""One body under two names: an abbreviation and its full name, a misspelling beside the right one, old and new."""

from __future__ import annotations

import re
from collections import defaultdict
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from planweave.deriving.spelling import is_misspelled, is_swapped
from planweave.terms import AGENCY

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from planweave.records import Action, Party, PlanRecord

__all__ = ["NameVariants", "SameBodies", "name_variants", "squashed"]

WORD = re.compile(r"[^\W_]+")
ACRONYM = re.compile(r"[A-Z][A-Z0-9&]+")
BRACKETED = re.compile(r"\s*\([^()]*\)$")
SHORTEST = 3
"""From so many letters on, a name that is the initials of another is short for it."""

SHORTEST_SWAPPED = 4
"""From so many letters on, two of them that changed places are a misspelling: DLUHC and DLUCH."""

MOST_ALIKE = 100
"""Where more names than that are alike but for one word, they are of different bodies."""

NOBODY = frozenset({"person", "group"})
"""Kinds of parties that are no bodies."""


class NameVariants(NamedTuple):
    """The names of one body in order of their first appearance, each as first printed."""

    names: tuple[str, ...]


@lru_cache(maxsize=65536)
def squashed(name: str) -> str:
    """Give a name without capitals, spaces, hyphens and other marks: two that differ in them alone are one.

    Examples
    --------
    >>> squashed("RS Co-ordinator") == squashed("RS coordinator")
    True
    """
    return "".join(WORD.findall(name)).casefold()


class SameBodies:
    """Tells which parties of a plan are the same body.

    They are where one took the other's place under a new name, where the document or the register spells one out
    as the other or one is the initials of the other alone, and where one is a misspelling of the other. Two bodies
    of the register are two unless it says that one was renamed. Persons, and groups that are nobody in particular,
    are no bodies.

    Parameters
    ----------
    record
        What was read from the document.
    renames
        Old and new bodies of the register.
    small
        Words that initials pass over.
    """

    def __init__(self, record: PlanRecord, renames: Iterable[tuple[str, str]] = (), small: Iterable[str] = ()) -> None:
        self._above: dict[str, str] = {}
        self._bodies = [party for party in record.parties if party.kind not in NOBODY]
        self._ids = {party.name: party.id for party in self._bodies}
        for old, new in renames:
            self._join(old, new)
        self._join_equal(record.legend)
        self._join_initials(record.legend, frozenset(small))
        self._join_misspelled()

    def of(self, name: str) -> str | None:
        """Give the same word for every name of one body; None for who is none."""
        identifier = self._ids.get(name)
        return self._top(identifier) if identifier is not None else None

    def is_body(self, name: str, identifier: str | None) -> bool:
        """Say whether a name is one of a body that is given by its identifier."""
        return identifier is not None and self.of(name) == self._top(identifier)

    def _top(self, identifier: str) -> str:
        while (above := self._above.get(identifier)) is not None:
            identifier = above
        return identifier

    def _join(self, one: str, other: str) -> None:
        first, second = sorted((self._top(one), self._top(other)))
        if first != second:
            self._above[second] = first

    def _join_all(self, parties: Sequence[Party]) -> None:
        """Join parties to the first of them, bodies of the register coming first, but not one of these to another."""
        ordered = sorted(parties, key=lambda party: not party.id.startswith(AGENCY))
        for party in ordered[1:]:
            if not party.id.startswith(AGENCY):
                self._join(ordered[0].id, party.id)

    def _join_equal(self, legend: Mapping[str, str]) -> None:
        """Join those that have the same name, or one of which is called in full what the other is called."""
        named: dict[str, list[Party]] = defaultdict(list)
        for party in self._bodies:
            full = {party.name, _unbracketed(party), legend.get(party.name, "")}
            for name in sorted(set(map(squashed, full)) - {""}):
                named[name].append(party)
        for parties in named.values():
            self._join_all(parties)

    def _join_initials(self, legend: Mapping[str, str], small: frozenset[str]) -> None:
        """Join a short name that nothing explains to the only body whose words it is the initials of."""
        long: dict[str, list[Party]] = defaultdict(list)
        for party in self._bodies:
            words = WORD.findall(party.name)
            initials = {
                "".join(word[0] for word in words),
                "".join(word[0] for word in words if word.lower() not in small),
            }
            for letters in initials if len(words) >= SHORTEST else ():
                long[letters.upper()].append(party)
        for party in self._bodies:
            alone = party.name not in legend and not party.id.startswith(AGENCY)
            if alone and len(party.name) >= SHORTEST and ACRONYM.fullmatch(party.name):
                meant = long.get(party.name, [])
                if len({self._top(other.id) for other in meant}) == 1:
                    self._join(party.id, meant[0].id)

    def _join_misspelled(self) -> None:
        """Join names that differ in a letter of one long word, or in two letters of a short name that are swapped."""
        near: dict[tuple[str, ...], list[tuple[str, Party]]] = defaultdict(list)
        for party in self._bodies:
            if ACRONYM.fullmatch(party.name) and len(party.name) >= SHORTEST_SWAPPED:
                near["".join(sorted(party.name)),].append((party.name, party))
            words = party.name.casefold().split()
            for at, word in enumerate(words):
                near[*words[:at], f"{word[0]}…", *words[at + 1 :]].append((word, party))
        for alike in (parties for parties in near.values() if 1 < len(parties) <= MOST_ALIKE):
            for at, (word, party) in enumerate(alike):
                for other_word, other in alike[:at]:
                    if is_swapped(word, other_word) if word.isupper() else is_misspelled(word, other_word):
                        self._join_all((party, other))


def _unbracketed(party: Party) -> str:
    """A party's label without the short name behind it; what else stands in brackets tells parties apart.

    "Housing Options (lead)" has a part in an action, and "Police (North)" is not "Police (South)".
    """
    bracket = BRACKETED.search(party.label)
    short = bracket is not None and ACRONYM.fullmatch(bracket[0].strip(" ()"))
    return BRACKETED.sub("", party.label) if short or party.id.startswith(AGENCY) else party.label


def name_variants(actions: Iterable[Action], same: SameBodies, publisher: str | None = None) -> list[NameVariants]:
    """Find the bodies of a plan that stand in it under more than one name.

    The publisher is left out: every plan calls its own council by the name of the place too.

    Returns
    -------
    The names of each, in the order in which the bodies first appear.
    """
    found: dict[str, dict[str, str]] = defaultdict(dict)
    for action in actions:
        for name in (*action.leads, *action.partners, *action.mentions):
            body = same.of(name)
            if body is not None and not same.is_body(name, publisher):
                found[body].setdefault(squashed(name) or name, name)
    return [NameVariants(tuple(names.values())) for names in found.values() if len(names) > 1]
