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

HARD = re.compile(r"\s*(?:(?<!\d)/|/(?!\d)|;|\n|,(?![^(]*\)))\s*")
JOINING = re.compile(r"\s+(?:and|&)\s+|\s*&\s*", re.IGNORECASE)
ACRONYM = re.compile(r"[A-Z][A-Z0-9&]*[A-Z0-9]")
LETTERS = re.compile(r"[^\W_]")
HOLDER = re.compile(r"(?P<post>.+?)\s*(?:\((?P<holder>[^()]+)\))")
INITIALS = re.compile(r"(?:[A-Z]\.?\s?){1,2}\s[A-Z][\w'’-]+")
"""Who holds a post, by initials: "R. Mensah"."""

NAMED = re.compile(r"[A-Z][\w'’-]*[a-z](?:\s+[A-Z][\w'’.-]*){1,2}")
"""What may be the name of a person: two or three words with capitals, not of capitals alone."""

DASHED = re.compile(r"(?P<one>.+?)\s+[–—-]\s+(?P<other>.+)")
SMALL = re.compile(r"\b[a-z]{3,}\b")

BESIDE = re.compile(
    r"(?:(?:Chamber|Friends|University|Diocese|Office|School|Federation|Council) (?:of|for)|Age|Op|NHS|HMP|St)\s"
)
"""How the name of a body may begin that its last word does not tell."""

MIN_BODY_WORDS = 2
MAX_PERSON_WORDS = 3
MAX_CELL = 1500
"""A longer text in a party column is prose, and not understood as names."""

UNTELLING = frozenset({"services", "housing", "advice", "house", "together", "court", "practice"})
"""Of the words that end the names of bodies, those that also end what a service is for."""

A_PERSON = "a named person"
"""What every person of a plan is called in the graph, where a person's name is text and nothing else."""


def hard_pieces(cell: str) -> list[str]:
    """Split a cell where print leaves no doubt: slashes, commas, semicolons, line breaks.

    Examples
    --------
    >>> hard_pieces("RSMT / CRISIS / P3, Citizen")
    ['RSMT', 'CRISIS', 'P3', 'Citizen']
    """
    pieces = (" ".join(piece.split()).strip(" .-–·•") for piece in HARD.split(cell))
    return [piece for piece in pieces if LETTERS.search(piece)]


def _last_word(name: str) -> str:
    words = name.lower().split()
    return words[-1].strip(".,;:()'’") if words else ""


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
    printed
        The whole text of the document: a word that it prints in small letters is no person's name.
    """

    def __init__(
        self,
        common: Common,
        definition: Definition | None,
        register: Register,
        publisher: str | None,
        legend: Mapping[str, str],
        cells: Iterable[str],
        printed: str = "",
    ) -> None:
        words = common.parties
        self._printed_small = frozenset(SMALL.findall(printed))
        self._departments = frozenset(map(fold, words.departments))
        self._post, self._team = frozenset(words.post), frozenset(words.team)
        self._firm = frozenset(words.firm)
        self._nobody, self._heads = frozenset(words.nobody), tuple(words.heads)
        self._whole = (*words.heads, *words.offices)
        self._unnamed = frozenset(map(fold, words.unnamed))
        self._nothing = frozenset(word.strip(" .?") for word in (*common.dates.none, *words.ditto))
        self._titles, self._given = frozenset(words.titles), frozenset(words.given_names)
        self._bodies = frozenset(words.bodies) - UNTELLING
        self._not_persons = self._post | self._team | self._nobody | frozenset(words.bodies)
        self._keep = frozenset(map(fold, definition.parties.keep)) if definition else frozenset()
        self._agencies = register.names_for(publisher)
        self._register = register
        self._legend = legend
        own = set(definition.parties.bodies) if definition else set()
        alone = {piece for cell in cells for piece in hard_pieces(cell) if not JOINING.search(piece)}
        self._certain = frozenset(map(fold, (*own, *legend, *self._agencies))) | self._keep
        self._known = self._certain | frozenset(map(fold, alone))
        # "Housing and Inclusion Manager" stands alone, too, once it is known that nothing in it does.
        joined = {piece for cell in cells for piece in hard_pieces(cell) if JOINING.search(piece)}
        posts = (piece for piece in joined if _last_word(piece) in self._post and self._joined(piece) == [piece])
        self._known |= frozenset(map(fold, posts))

    def names(self, cell: str) -> tuple[str, ...]:
        """Split a cell into the names it prints, in order, repeats dropped.

        Examples
        --------
        "RST/Housing Options RST/Wexmoor RS" gives RST, Housing Options and Wexmoor RS.
        """
        found: dict[str, str] = {}
        if self._says_nothing(cell) or len(cell) > MAX_CELL:
            return ()
        for piece in hard_pieces(cell):
            for part in self._joined(piece):
                for name in self._spaced(part):
                    if not self._says_nothing(name):
                        found.setdefault(fold(name), name)
        return self._without_holders(tuple(found.values()))

    def _without_holders(self, names: tuple[str, ...]) -> tuple[str, ...]:
        """Leave out who holds a post: "Enforcement Manager, Karen Holt", "Web Manager (Tom Ashdown)"."""
        posts = [name for name in names if self._is_post(name)]
        kept = names if not posts else (name for name in names if not self.is_person(name))
        return tuple(dict.fromkeys(map(self._without_person, kept)))

    def _is_post(self, name: str) -> bool:
        return _last_word(name) in self._post or name.lower().startswith(self._heads)

    def _says_nothing(self, text: str) -> bool:
        """Say whether a cell names nobody: "TBC", "N/A"; or names somebody elsewhere: "as above"."""
        return " ".join(text.split()).lower().strip(" .?()[]") in self._nothing

    def _joined(self, piece: str) -> list[str]:
        """Split at "and" and "&" where both sides can stand alone."""
        if fold(piece) in self._certain:
            return [piece]
        for match in JOINING.finditer(piece):
            left, right = piece[: match.start()].strip(), piece[match.end() :].strip()
            if left and right and not self._within(piece, match.end()) and self._both_alone(left, right):
                return [*self._joined(left), *self._joined(right)]
        return [piece]

    def _within(self, piece: str, place: int) -> bool:
        """Say whether a place is within words that are one: "Deputy Police and Crime Commissioner"."""
        return any(
            begun < place < begun + len(words)
            for words in self._whole
            for begun in [f" {piece.lower()}".find(f" {words}")]
            if begun >= 0
        )

    def _both_alone(self, left: str, right: str) -> bool:
        if left.lower().startswith(self._whole):
            return False
        short = [bool(ACRONYM.fullmatch(side)) for side in (left, right)]
        shared = _last_word(right) in self._post | self._team and fold(right) not in self._known | self._departments
        if all(short) or (short[0] and " " in right and not shared) or (short[1] and " " in left):
            # "Human Resources & SHSCT" is two; "HR & Payroll" and "DA and Safeguarding Officer" may be one.
            return True
        if shared and fold(left) in self._departments:
            # "School Admissions & Inclusion Service" is one service.
            return False
        if " " in left and _last_word(left) in self._firm and right[:1].isupper():
            # What stands behind a whole post is another party, whatever it is.
            return True
        if self._is_body(left) and len(right.split()) > 1 and all(word[:1].isupper() for word in right.split()):
            # What stands behind the whole name of a body is another, if it is a name by its capitals.
            return not (shared and len(right.split()) <= 2)  # noqa: PLR2004 - "Youth Trust and Family Service"
        parts = [part for part in JOINING.split(left) if part]
        return all(self._alone(part) for part in parts) and any(self._alone(p) for p in (right, *JOINING.split(right)))

    def _alone(self, name: str) -> bool:
        if fold(name) in self._known:
            return True
        last = _last_word(name)
        return (
            fold(name) in self._departments
            or (name.rsplit(maxsplit=1)[-1].islower() and last.removesuffix("s") in self._bodies - {last})
            or self.is_person(name)
            or self._is_nobody(name)
            or (" " in name.strip() and last in self._post | self._team)
            or self._is_body(name)
        )

    def _is_body(self, name: str) -> bool:
        """Say whether a name is of a body by itself: several words with capitals, the last, or first, telling it."""
        words = name.split()
        named = len(words) >= MIN_BODY_WORDS and words[0][:1].isupper() and words[-1][:1].isupper()
        return named and (_last_word(name) in self._bodies or bool(BESIDE.match(name)))

    def _spaced(self, name: str) -> list[str]:
        """Split two posts, or two known names, that print joined by a bare space."""
        words = name.split()
        if fold(name) in self._certain:
            return [name]
        for cut in range(1, len(words)):
            left, right = " ".join(words[:cut]), " ".join(words[cut:])
            two_posts = (
                cut > 1
                and _last_word(left) in self._firm
                and len(words) - cut > 1
                and (_last_word(right) in self._post or right.lower().startswith(self._heads))
            )
            two_known = fold(left) in self._known and fold(right) in self._known
            if two_posts or two_known:
                return [*self._spaced(left), *self._spaced(right)]
        return [name]

    def _is_nobody(self, name: str) -> bool:
        """Say whether a name is of nobody in particular: a whole word for it, or a group without a name."""
        return fold(name) in self._unnamed or (_last_word(name) in self._nobody and _last_word(name) not in self._team)

    def can_be_mentioned(self, name: str) -> bool:
        """Say whether a party's name can be told in running text: several words, or letters all capital.

        "Housing" as a lead is a team; in a sentence it is mostly a subject.
        """
        telling = " " in name or bool(ACRONYM.fullmatch(name))
        return telling and name[0].isupper() and self.kind(name) not in {"group", "person"}

    def is_person(self, name: str) -> bool:
        """Say whether a name is a person's: it has a title, or begins with a first name and ends like no body."""
        words = [word.strip(".,'’()") for word in name.split()]
        if not words or fold(name) in self._certain:
            return False
        if words[0].lower() in self._titles and len(words) > 1:
            return True
        capitalised = all(word[:1].isupper() for word in words)
        return (
            1 < len(words) <= MAX_PERSON_WORDS
            and capitalised
            and words[0].lower() in self._given
            and words[-1].lower() not in self._not_persons
        )

    def kind(self, name: str) -> PartyKind:
        """Tell what kind of party a printed name is."""
        if name in self._agencies:
            return "agency"
        if self.is_person(name):
            return "person"
        long = self._legend.get(name, name)
        last = _last_word(long)
        if self._is_nobody(long):
            return "group"
        if last in self._post or long.lower().startswith(self._heads):
            return "post"
        return "team" if last in self._team else "unknown"

    def party(self, name: str, read: str | None = None) -> Party:
        """Give the party a printed name stands for; ``read`` is the name a correction reads it as."""
        meant = self._without_person(read or name)
        agency = self._agencies.get(meant)
        if agency:
            kind: PartyKind = "team" if self._register.is_team(agency) else "agency"
            return Party(name, kind, agency, self._register.label(agency))
        if self.is_person(meant):
            return Party(name, "person", slug(A_PERSON), A_PERSON)
        return Party(name, self.kind(meant), slug(meant), self._legend.get(meant, meant))

    def _without_person(self, name: str) -> str:
        """The name of a post without that of the person who holds it: "Head of Housing (Jane Smith)"."""
        for pattern, one, other in ((HOLDER, "post", "holder"), (DASHED, "one", "other")):
            match = pattern.fullmatch(name)
            for post, holder in ((match[one], match[other]), (match[other], match[one])) if match else ():
                if self.is_person(holder) or (self._is_post(post) and self._may_be_person(holder)):
                    return post
        return name

    def _may_be_person(self, name: str) -> bool:
        """Say whether a name beside that of a post may be of who holds it: no body's, no word of the language."""
        words = [word.strip(".,'’()").lower() for word in name.split()]
        known = fold(name) in self._known | self._departments or set(words) & self._not_persons
        return bool(INITIALS.fullmatch(name)) or (
            bool(NAMED.fullmatch(name)) and not known and not set(words) & self._printed_small
        )
