"""Cells of responsible parties → names, and names → what kind of party they are."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from planweave.reading.definition import fold
from planweave.records import Party
from planweave.terms import slug

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from planweave.reading.definition import Common, Definition
    from planweave.records import PartyKind
    from planweave.registers import Register

__all__ = ["PartyReader", "hard_pieces"]

HARD = re.compile(r"\s*(?:/|;|\n|,(?![^(]*\)))\s*")
JOINING = re.compile(r"\s+(?:and|&)\s+|\s*&\s*", re.IGNORECASE)
ACRONYM = re.compile(r"[A-Z][A-Z0-9&]*[A-Z0-9]")
LETTERS = re.compile(r"[^\W_]")


def hard_pieces(cell: str) -> list[str]:
    """Split a cell where print leaves no doubt: slashes, commas, semicolons, line breaks.

    Examples
    --------
    >>> hard_pieces("RSMT / CRISIS / P3, Citizen")
    ['RSMT', 'CRISIS', 'P3', 'Citizen']
    """
    pieces = (" ".join(piece.split()).strip(" .-–·•") for piece in HARD.split(cell))
    return [piece for piece in pieces if LETTERS.search(piece)]


class PartyReader:
    """Reads the parties of one plan.

    "&" and "and" split only where both sides can stand alone as a party: a name of the register, of the
    plan's key, or one that the plan prints alone elsewhere; a post, a team, or a group that is nobody in
    particular. Two posts, or two known names, joined by a bare space are two.

    Parameters
    ----------
    common
        The role words.
    definition
        The plan's loader definition: names to keep together, names of its own bodies.
    register
        The known agencies.
    publisher
        The plan's publisher in the register, in whose plans local names apply; None if unknown.
    legend
        The abbreviations the document spells out.
    cells
        Every cell of the document's party columns: a name printed alone in one can stand alone in all.
    """

    def __init__(
        self,
        common: Common,
        definition: Definition | None,
        register: Register,
        publisher: str | None,
        legend: Mapping[str, str],
        cells: Iterable[str],
    ) -> None:
        words = common.parties
        self._post, self._team = frozenset(words.post), frozenset(words.team)
        self._firm = frozenset(words.firm)
        self._nobody, self._heads = frozenset(words.nobody), tuple(words.heads)
        self._keep = frozenset(map(fold, definition.parties.keep)) if definition else frozenset()
        self._agencies = register.names_for(publisher)
        self._register = register
        self._legend = legend
        own = set(definition.parties.bodies) if definition else set()
        alone = {piece for cell in cells for piece in hard_pieces(cell) if not JOINING.search(piece)}
        self._certain = frozenset(map(fold, (*own, *legend, *self._agencies))) | self._keep
        self._known = self._certain | frozenset(map(fold, alone))

    def names(self, cell: str) -> tuple[str, ...]:
        """Split a cell into the names it prints, in order, repeats dropped.

        Examples
        --------
        "RSMT/Housing Options RSMT/Solihull RS" gives RSMT, Housing Options and Solihull RS.
        """
        found: dict[str, str] = {}
        for piece in hard_pieces(cell):
            for part in self._joined(piece):
                for name in self._spaced(part):
                    found.setdefault(fold(name), name)
        return tuple(found.values())

    def _joined(self, piece: str) -> list[str]:
        """Split at "and" and "&" where both sides can stand alone."""
        if fold(piece) in self._certain:
            return [piece]
        for match in JOINING.finditer(piece):
            left, right = piece[: match.start()].strip(), piece[match.end() :].strip()
            if left and right and self._both_alone(left, right):
                return [*self._joined(left), *self._joined(right)]
        return [piece]

    def _both_alone(self, left: str, right: str) -> bool:
        if left.lower().startswith(self._heads):
            return False
        if ACRONYM.fullmatch(left) and ACRONYM.fullmatch(right):
            return True
        parts = [part for part in JOINING.split(left) if part]
        return all(self._alone(part) for part in parts) and any(self._alone(p) for p in (right, *JOINING.split(right)))

    def _alone(self, name: str) -> bool:
        if fold(name) in self._known:
            return True
        words = fold(name).split()
        if not words:
            return False
        return words[-1] in self._nobody or (len(words) > 1 and words[-1] in self._post | self._team)

    def _spaced(self, name: str) -> list[str]:
        """Split two posts, or two known names, that print joined by a bare space."""
        words = name.split()
        if fold(name) in self._certain:
            return [name]
        for cut in range(1, len(words)):
            left, right = " ".join(words[:cut]), " ".join(words[cut:])
            two_posts = (
                cut > 1
                and fold(words[cut - 1]) in self._firm
                and len(words) - cut > 1
                and self._ends_in_post(right)
            )
            two_known = fold(left) in self._known and fold(right) in self._known
            if two_posts or two_known:
                return [*self._spaced(left), *self._spaced(right)]
        return [name]

    def _ends_in_post(self, name: str) -> bool:
        words = fold(name).split()
        return bool(words) and words[-1] in self._firm

    def is_group(self, name: str) -> bool:
        """Say whether a name is nobody in particular: "Relevant Partners", "providers"."""
        return self.kind(name) == "group"

    def kind(self, name: str) -> PartyKind:
        """Tell what kind of party a printed name is."""
        if name in self._agencies:
            return "agency"
        words = fold(self._legend.get(name, name)).split()
        if not words:
            return "unknown"
        if fold(name) in self._nobody or (words[-1] in self._nobody and words[-1] not in self._team):
            return "group"
        if words[-1] in self._post or " ".join(words).startswith(self._heads):
            return "post"
        return "team" if words[-1] in self._team else "unknown"

    def party(self, name: str, read: str | None = None) -> Party:
        """Give the party a printed name stands for; ``read`` is the name a correction reads it as."""
        meant = read or name
        agency = self._agencies.get(meant)
        if agency:
            kind: PartyKind = "team" if self._register.is_team(agency) else "agency"
            return Party(name, kind, agency, self._register.label(agency))
        return Party(name, self.kind(meant), slug(meant), self._legend.get(meant, meant))
