"""The shared registers: the agencies of ``agencies.ttl`` by every name they are printed with."""

from __future__ import annotations

from collections import defaultdict
from functools import lru_cache
from typing import TYPE_CHECKING

from planweave.errors import DefinitionError, nearest
from planweave.store import Triple, read_turtle
from planweave.terms import AGENCY, BASE, ORG, PW, RDF, SKOS, local

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from planweave.library import Library

__all__ = ["Register", "load_register", "load_shared_pillars"]

NAMES = (SKOS + "prefLabel", SKOS + "altLabel", SKOS + "hiddenLabel")
TEAM_KINDS = frozenset({BASE + "kind/team", BASE + "kind/service"})


class Register:
    """The known agencies.

    A name holds everywhere, or, where it is a local one, only in the plans of certain publishers: "CCC" is
    Coventry City Council in a plan of Coventry's. Nothing is matched by likeness.
    """

    def __init__(self, triples: Iterable[Triple]) -> None:
        self._labels: dict[str, str] = {}
        self._kinds: dict[str, str] = {}
        everywhere: dict[str, str] = {}
        local_names: dict[str, list[str]] = defaultdict(list)
        scopes: dict[str, set[str]] = defaultdict(set)
        agencies = set()
        for subject, predicate, value in triples:
            if predicate == RDF + "type" and value == PW + "Agency":
                agencies.add(subject)
            elif predicate in NAMES:
                everywhere.setdefault(value, subject)
                if predicate == SKOS + "prefLabel":
                    self._labels[subject] = str(value)
            elif predicate == PW + "localName":
                local_names[subject].append(str(value))
            elif predicate in {PW + "localTo", ORG + "unitOf"}:
                scopes[subject].add(value)
            elif predicate == PW + "kind":
                self._kinds[subject] = value
        self._agencies = frozenset(agencies)
        self._everywhere = {str(name): iri for name, iri in everywhere.items() if iri in agencies}
        self._local: dict[str, dict[str, str]] = defaultdict(dict)
        for agency, names in local_names.items():
            for publisher in scopes[agency] | {agency}:
                self._local[publisher].update(dict.fromkeys(names, agency))

    def names_for(self, publisher: str | None) -> Mapping[str, str]:
        """Give name → agency for the plans of a publisher; without one, only names that hold everywhere."""
        return {**self._everywhere, **self._local.get(publisher or "", {})}

    def label(self, agency: str) -> str:
        """Give the name of an agency in full."""
        return self._labels.get(agency, local(agency))

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
            known = (local(agency) for agency in self._agencies)
            raise DefinitionError(
                f"the publisher {slug!r} is not in the register of agencies", file=file, fix=nearest(slug, known)
            )
        return iri


@lru_cache(maxsize=8)
def load_register(library: Library) -> Register:
    """Load the register of a library."""
    return Register(read_turtle(library.file("ontology", "agencies.ttl")))


@lru_cache(maxsize=8)
def load_shared_pillars(library: Library) -> frozenset[str]:
    """Give the names of the pillars that plans share, from ``concepts.ttl``."""
    triples = read_turtle(library.file("ontology", "concepts.ttl"))
    return frozenset(
        local(triple.subject)
        for triple in triples
        if triple.predicate == SKOS + "prefLabel" and triple.subject.startswith(BASE + "pillar/")
    )
