"""What the registers of the graph say of agencies: other names, kinds, parts, what became of them, what is open."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from planweave.terms import DCTERMS, ORG, PW, RDF, RDFS, SKOS, local

if TYPE_CHECKING:
    from collections.abc import Iterable

    from planweave.store import Triple

__all__ = ["Body", "Change", "read_bodies"]

NAMES: Final = {
    SKOS + "altLabel": "other name",
    PW + "localName": "name in certain plans",
    SKOS + "hiddenLabel": "misprint",
}
"""Properties that give a name, and what sort of name that is."""


@dataclass(frozen=True)
class Change:
    """A body that another became: the IRI, the day it was so (ISO 8601, "" where that is not known), and the words."""

    other: str
    day: str
    words: str


@dataclass(frozen=True)
class Body:
    """A body of the registers.

    Parameters
    ----------
    iri, label
        Which it is, and its name in full.
    kind
        What sort of body it is, in words; "" where the register does not say.
    names
        Its other names, each with what sort of name it is.
    about, note
        What the register says it is, and what it is not to be confused with.
    doubtful
        Whether a plan leaves open who is meant.
    whole, parts
        The IRI of the body that it is a unit of, and those of its own units.
    before, after
        What it was and what it became.
    pages
        Addresses where that can be read.
    """

    iri: str
    label: str
    kind: str
    names: tuple[tuple[str, str], ...]
    about: str
    note: str
    doubtful: bool
    whole: str | None
    parts: tuple[str, ...]
    before: tuple[Change, ...]
    after: tuple[Change, ...]
    pages: tuple[str, ...]

    def answers_to(self, words: str) -> bool:
        """Say whether one of its names has these words in it, whatever the capitals."""
        return any(words in name.casefold() for name in (self.label, *(name for name, _ in self.names)))


class _Said(defaultdict[str, list[str]]):
    """What is said of one subject: property → values."""

    def __init__(self) -> None:
        super().__init__(list)

    def one(self, name: str) -> str:
        return str(self[name][0]) if name in self else ""


def read_bodies(triples: Iterable[Triple]) -> dict[str, Body]:
    """Take the agencies from the triples of the registers, by their IRIs."""
    said: dict[str, _Said] = defaultdict(_Said)
    for subject, predicate, value in triples:
        said[subject][predicate].append(value)
    parts: dict[str, list[str]] = defaultdict(list)
    before: dict[str, list[Change]] = defaultdict(list)
    after: dict[str, list[Change]] = defaultdict(list)
    for subject, facts in said.items():
        for whole in facts.get(ORG + "unitOf", ()):
            parts[whole].append(subject)
        words, day = facts.get(SKOS + "definition", [""])[0], facts.get(DCTERMS + "date", [""])[0]
        for old in facts.get(ORG + "originalOrganization", ()):
            for new in facts.get(ORG + "resultingOrganization", ()):
                after[old].append(Change(new, str(day), str(words)))
                before[new].append(Change(old, str(day), str(words)))
    agencies = [iri for iri, facts in said.items() if PW + "Agency" in facts.get(RDF + "type", ())]
    return {
        iri: Body(
            iri=iri,
            label=said[iri].one(SKOS + "prefLabel") or local(iri),
            kind=_kind(said, said[iri].one(PW + "kind")),
            names=tuple((str(name), sort) for of, sort in NAMES.items() for name in sorted(said[iri].get(of, ()))),
            about=said[iri].one(SKOS + "definition"),
            note=said[iri].one(SKOS + "scopeNote"),
            doubtful=PW + "nameStatus" in said[iri],
            whole=said[iri].one(ORG + "unitOf") or None,
            parts=tuple(sorted(parts[iri])),
            before=tuple(sorted(before[iri], key=lambda change: change.day)),
            after=tuple(sorted(after[iri], key=lambda change: change.day)),
            pages=tuple(sorted(said[iri].get(RDFS + "seeAlso", ()))),
        )
        for iri in agencies
    }


def _kind(said: dict[str, _Said], kind: str) -> str:
    if not kind:
        return ""
    return (said[kind].one(SKOS + "prefLabel") if kind in said else "") or local(kind).replace("-", " ")
