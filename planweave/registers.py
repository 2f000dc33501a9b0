"""The shared registers: the agencies of ``agencies.ttl`` by every name they are printed with."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from planweave.errors import DefinitionError, nearest
from planweave.store import Triple, read_turtle
from planweave.terms import AGENCY, BASE, ORG, PW, RDF, SKOS, local

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from planweave.library import Library

__all__ = ["Bodies", "Register", "load_bodies", "load_register", "load_shared_concepts", "register_files"]

NAMES = (SKOS + "prefLabel", SKOS + "altLabel", SKOS + "hiddenLabel")
SHARED = (BASE + "pillar/", BASE + "indicator/")
TEAM_KINDS = frozenset({BASE + "kind/team", BASE + "kind/service"})


class Register:
    """The known agencies.

    A name holds everywhere, or, where it is a local one, only in the plans of certain publishers: "CCC" is
    one city council in that council's plans, and three letters elsewhere. What a file says of publishers goes for
    the local names in that file, so that a file of one's own does not widen those of another. Nothing is matched
    by likeness.

    Parameters
    ----------
    files
        The triples of each file.
    """

    def __init__(self, files: Iterable[Iterable[Triple]]) -> None:
        self._labels: dict[str, str] = {}
        self._kinds: dict[str, str] = {}
        self._local: dict[str, dict[str, str]] = defaultdict(dict)
        self._agencies: set[str] = set()
        everywhere: dict[str, str] = {}
        for triples in files:
            self._read(triples, everywhere)
        self._everywhere = {str(name): iri for name, iri in everywhere.items() if iri in self._agencies}

    def _read(self, triples: Iterable[Triple], everywhere: dict[str, str]) -> None:
        """Read one file."""
        local_names: dict[str, list[str]] = defaultdict(list)
        scopes: dict[str, set[str]] = defaultdict(set)
        for subject, predicate, value in triples:
            if predicate == RDF + "type" and value == PW + "Agency":
                self._agencies.add(subject)
            elif predicate in NAMES:
                _claim(everywhere, value, subject)
                if predicate == SKOS + "prefLabel":
                    self._labels[subject] = str(value)
            elif predicate == PW + "localName":
                local_names[subject].append(str(value))
            elif predicate in {PW + "localTo", ORG + "unitOf"}:
                scopes[subject].add(value)
            elif predicate == PW + "kind":
                self._kinds[subject] = value
        for agency, names in local_names.items():
            for publisher in scopes[agency] | {agency}:
                self._local[publisher].update(dict.fromkeys(names, agency))

    def names_for(self, publisher: str | None) -> Mapping[str, str]:
        """Give name → agency for the plans of a publisher; without one, only names that hold everywhere."""
        return {**self._everywhere, **self._local.get(publisher or "", {})}

    def local_bodies(self, publisher: str | None) -> frozenset[str]:
        """Give the bodies that have a name of their own in the plans of a publisher."""
        return frozenset(self._local.get(publisher or "", {}).values())

    def label(self, agency: str) -> str:
        """Give the name of an agency in full."""
        return self._labels.get(agency, local(agency))

    @property
    def bodies(self) -> Mapping[str, str]:
        """Every body of the register, by its IRI, with its name in full."""
        return {agency: self.label(agency) for agency in sorted(self._agencies)}

    def is_team(self, agency: str) -> bool:
        """Say whether an entry is a team or service of a body rather than a body of its own."""
        return self._kinds.get(agency) in TEAM_KINDS

    def publisher(self, slug: str, file: str) -> str:
        """Give the agency a loader names as publisher.

        Raises
        ------
        DefinitionError
            If the register has none of that name; the nearest are offered.
        """
        iri = AGENCY + slug
        if iri not in self._agencies:
            known = (local(agency) for agency in sorted(self._agencies))
            raise DefinitionError(
                f"the publisher {slug!r} is not in the register of agencies",
                file=file,
                fix=nearest(slug, known),
            )
        return iri


@dataclass(frozen=True)
class Bodies:
    """How the bodies of the register belong together.

    ``wholes`` is a unit → the body it is a unit of; ``renames`` the changes in which one body took the place of one
    other; ``small_names`` the names of one word that are printed in small letters; ``national`` the entries
    that are neither a unit of a body nor known only in some publishers' plans.
    """

    wholes: Mapping[str, str] = field(default_factory=dict)
    renames: tuple[tuple[str, str], ...] = ()
    small_names: frozenset[str] = frozenset()
    national: frozenset[str] = frozenset()

    def is_part(self, agency: str, whole: str) -> bool:
        """Say whether an agency is a body itself, a unit of it, or a unit of such a unit."""
        seen = {agency}
        while agency != whole:
            agency = self.wholes.get(agency, agency)
            if agency in seen:
                return False
            seen.add(agency)
        return True


def load_bodies(library: Library) -> Bodies:
    """Load how the bodies of a library's register belong together.

    A change counts as a new name where one body became one other; of a merger, neither is the other's old name.
    """
    before: dict[str, list[str]] = defaultdict(list)
    after: dict[str, list[str]] = defaultdict(list)
    wholes: dict[str, str] = {}
    small, agencies, scoped = set(), set(), set()
    for triple in (triple for path in _agency_files(library) for triple in read_turtle(path)):
        subject, predicate, value = triple
        if predicate == ORG + "originalOrganization":
            before[subject].append(value)
        elif predicate == ORG + "resultingOrganization":
            after[subject].append(value)
        elif predicate == RDF + "type" and value == PW + "Agency":
            agencies.add(subject)
        elif predicate == PW + "localTo":
            scoped.add(subject)
        elif predicate == ORG + "unitOf":
            wholes[subject] = value
        elif predicate in {*NAMES, PW + "localName"} and value.islower() and " " not in value:
            small.add(str(value))
    changes = sorted(event for event in before if len(before[event]) == len(after[event]) == 1)
    renames = tuple((before[event][0], after[event][0]) for event in changes)
    return Bodies(wholes, renames, frozenset(small), frozenset(agencies - scoped - wholes.keys()))


def _claim(names: dict[str, str], name: str, agency: str) -> None:
    """Note that a name stands for a body everywhere; no name may stand for two."""
    other = names.setdefault(name, agency)
    if other != agency:
        raise DefinitionError(
            f"the name {str(name)!r} stands for {local(other)} and for {local(agency)}",
            file="ontology/agencies*.ttl",
            fix="make it a pw:localName of the one it means only in some publishers' plans",
        )


def load_register(library: Library) -> Register:
    """Load the register of a library: every file whose name begins with ``agencies``."""
    return Register(map(read_turtle, _agency_files(library)))


def _agency_files(library: Library) -> tuple[Path, ...]:
    return tuple(path for path in register_files(library) if path.name.startswith("agencies"))


def register_files(library: Library) -> tuple[Path, ...]:
    """Give the files of the shared registers: ``agencies*.ttl`` and ``concepts*.ttl``.

    A library folder of one's own adds bodies with a file such as ``agencies-leeds.ttl``.
    """
    return tuple(path for path in library.files("ontology", ".ttl") if path.name.startswith(("agencies", "concepts")))


def load_shared_concepts(library: Library) -> frozenset[str]:
    """Give the IRIs of the pillars and indicators that plans share, from ``concepts.ttl``."""
    files = (path for path in register_files(library) if path.name.startswith("concepts"))
    return frozenset(
        triple.subject
        for path in files
        for triple in read_turtle(path)
        if triple.predicate == SKOS + "prefLabel" and triple.subject.startswith(SHARED)
    )
