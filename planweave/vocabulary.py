"""The ontology folder → one page for people: what each word of the graph means, and who the known bodies are.

``python -m planweave.vocabulary docs/vocabulary.html`` writes the page that comes with planweave.
"""

from __future__ import annotations

import argparse
import re
from collections import defaultdict
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from planweave.library import Library
from planweave.pages import render
from planweave.store import read_turtle
from planweave.terms import BASE, DCTERMS, EDTF, ORG, PREFIXES, PW, RDF, RDFS, SKOS, XSD, local

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from planweave.store import Triple

__all__ = ["Entry", "Scheme", "vocabulary_sections", "write_vocabulary"]

OWL: Final = "http://www.w3.org/2002/07/owl#"
ONTOLOGY: Final = BASE + "ontology"

SHORT: Final = {
    **PREFIXES,
    "dcat": "http://www.w3.org/ns/dcat#",
    "oa": "http://www.w3.org/ns/oa#",
    "p-plan": "http://purl.org/net/p-plan#",
    "time": "http://www.w3.org/2006/time#",
}
"""Prefix → namespace, for terms of other vocabularies."""

VALUES: Final = {
    EDTF: "a date in EDTF",
    RDF + "Property": "a property",
    SKOS + "Concept": "a concept of a list",
    XSD + "boolean": "true or false",
    XSD + "date": "a day",
    XSD + "decimal": "a number",
    XSD + "integer": "a whole number",
    XSD + "string": "text",
}
"""What the values of a property are, in words."""

PROPERTIES: Final = ("AnnotationProperty", "DatatypeProperty", "ObjectProperty")
EXAMPLE: Final = re.compile(r"(?P<where>[^ :]+(?:, key)?): (?P<words>.+?)(?: → (?P<value>.+))?", re.DOTALL)
NOWHERE: Final = "none of the bundled plans: "


class Link(NamedTuple):
    """Words, and where they lead: to an entry of the page, to a page of the web, or nowhere."""

    words: str
    href: str | None = None


class Example(NamedTuple):
    """Where an example stands, the words printed there, and what the graph makes of them."""

    where: str | None
    words: str
    value: str | None


class Entry(NamedTuple):
    """What the page says of one term, concept, body or change; ``facts`` is name → links, in order."""

    anchor: str
    name: str
    code: str
    definition: str
    note: str
    examples: tuple[Example, ...]
    facts: dict[str, tuple[Link, ...]]
    mark: str = ""


class Scheme(NamedTuple):
    """A list of concepts."""

    anchor: str
    name: str
    definition: str
    concepts: tuple[Entry, ...]


class Indexed(NamedTuple):
    """A line of the index: the words, what sort of entry they lead to or whose name they are, its anchor."""

    words: str
    sort: str
    anchor: str


def write_vocabulary(library: Library, out: Path) -> None:
    """Write the page of a library's ontology folder.

    The page is made of every Turtle file of the folder. It needs nothing beside it and no network, and the
    same files give the same bytes.

    Parameters
    ----------
    library
        Whose ontology, concepts and agencies.
    out
        The HTML file to write; its folder is made if need be.

    Raises
    ------
    DefinitionError
        If a file is not Turtle; the sentence has the line.
    """
    sections = vocabulary_sections(library)
    out.parent.mkdir(parents=True, exist_ok=True)
    out.write_text(render("vocabulary.html.j2", "vocabulary.css", **sections), encoding="utf-8", newline="\n")


def vocabulary_sections(library: Library) -> dict[str, Any]:
    """Give what a page of a library's ontology folder says: its sections by name, each in alphabetical order.

    Raises
    ------
    DefinitionError
        If a file is not Turtle; the sentence has the line.
    """
    pages = _Vocabulary(triple for path in library.files("ontology", ".ttl") for triple in read_turtle(path))
    return pages.sections()


class _Vocabulary:
    """What the files say, by subject and property, and the sections of the page."""

    def __init__(self, triples: Iterable[Triple]) -> None:
        self._said: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
        self._typed: dict[str, list[str]] = defaultdict(list)
        for subject, predicate, value in triples:
            self._said[subject][predicate].append(value)
            if predicate == RDF + "type":
                self._typed[value].append(subject)

    def sections(self) -> dict[str, Any]:
        """Give what the template speaks of, each section in the order of the alphabet."""
        classes = self._entries(self._class, OWL + "Class", OWL + "NamedIndividual")
        properties = self._entries(self._property, *(OWL + kind for kind in PROPERTIES))
        agencies = self._entries(self._agency, PW + "Agency")
        changes = self._entries(self._change, ORG + "ChangeEvent")
        schemes = tuple(self._scheme(iri) for iri in sorted(self._typed[SKOS + "ConceptScheme"]))
        return {
            "description": self._text(ONTOLOGY, DCTERMS + "description"),
            "version": self._text(ONTOLOGY, OWL + "versionInfo"),
            "licences": tuple(Link(iri, iri) for iri in self._said[ONTOLOGY][DCTERMS + "license"]),
            "namespace": PW,
            "classes": classes,
            "properties": properties,
            "schemes": schemes,
            "agencies": agencies,
            "changes": changes,
            "index": _by_letter(self._index(classes, properties, schemes, agencies, changes)),
        }

    def _entries(self, make: Callable[[str], Entry], *types: str) -> tuple[Entry, ...]:
        entries = [make(iri) for kind in types for iri in self._typed[kind]]
        return tuple(sorted(entries, key=lambda entry: (entry.name.casefold(), entry.anchor)))

    def _class(self, iri: str) -> Entry:
        subclasses = [child for child in self._typed[OWL + "Class"] if iri in self._said[child][RDFS + "subClassOf"]]
        kinds = (*self._typed[OWL + "ObjectProperty"], *self._typed[OWL + "DatatypeProperty"])
        said_of = [term for term in kinds if iri in self._said[term][RDFS + "domain"]]
        return self._term(
            iri,
            {
                "kind of": self._links(iri, RDFS + "subClassOf"),
                "kinds": self._named(subclasses),
                "said of it": self._named(said_of),
                "see also": self._links(iri, RDFS + "seeAlso"),
            },
        )

    def _property(self, iri: str) -> Entry:
        values = self._said[iri][RDFS + "range"]
        return self._term(
            iri,
            {
                "said of": self._links(iri, RDFS + "domain"),
                "value": tuple(Link(VALUES[value]) if value in VALUES else self._link(value) for value in values),
                "kind of": self._links(iri, RDFS + "subPropertyOf"),
                "see also": self._links(iri, RDFS + "seeAlso"),
            },
        )

    def _agency(self, iri: str) -> Entry:
        after = [e for e in self._typed[ORG + "ChangeEvent"] if iri in self._said[e][ORG + "originalOrganization"]]
        before = [e for e in self._typed[ORG + "ChangeEvent"] if iri in self._said[e][ORG + "resultingOrganization"]]
        return self._term(
            iri,
            {
                "kind": self._links(iri, PW + "kind"),
                "also": self._words(iri, SKOS + "altLabel"),
                "local name": self._words(iri, PW + "localName"),
                "in plans of": self._links(iri, PW + "localTo"),
                "misprinted": self._words(iri, SKOS + "hiddenLabel"),
                "unit of": self._links(iri, ORG + "unitOf"),
                "code": self._words(iri, DCTERMS + "identifier"),
                "change": self._named((*before, *after)),
                "source": self._links(iri, RDFS + "seeAlso"),
            },
            mark=" ".join(link.words for link in self._links(iri, PW + "nameStatus")),
        )

    def _change(self, iri: str) -> Entry:
        return self._term(
            iri,
            {
                "day": self._words(iri, DCTERMS + "date"),
                "before": self._links(iri, ORG + "originalOrganization"),
                "after": self._links(iri, ORG + "resultingOrganization"),
                "source": self._links(iri, RDFS + "seeAlso"),
            },
        )

    def _scheme(self, iri: str) -> Scheme:
        concepts = [c for c in self._typed[SKOS + "Concept"] if iri in self._said[c][SKOS + "inScheme"]]
        entries = tuple(
            self._term(concept, {"also": self._words(concept, SKOS + "altLabel")}) for concept in sorted(concepts)
        )
        return Scheme(_anchor(iri), self._name(iri), self._text(iri, SKOS + "definition"), entries)

    def _term(self, iri: str, facts: dict[str, tuple[Link, ...]], mark: str = "") -> Entry:
        return Entry(
            anchor=_anchor(iri),
            name=self._name(iri),
            code=_short(iri),
            definition=" ".join(self._said[iri][SKOS + "definition"]),
            note=" ".join(self._said[iri][SKOS + "scopeNote"]),
            examples=tuple(_example(text) for text in self._said[iri][SKOS + "example"]),
            facts={name: links for name, links in facts.items() if links},
            mark=mark,
        )

    def _name(self, iri: str) -> str:
        return self._text(iri, SKOS + "prefLabel") or self._text(iri, RDFS + "label") or local(iri)

    def _text(self, iri: str, predicate: str) -> str:
        return " ".join(self._said[iri][predicate][:1])

    def _words(self, iri: str, predicate: str) -> tuple[Link, ...]:
        return tuple(Link(text) for text in self._said[iri][predicate])

    def _links(self, iri: str, predicate: str) -> tuple[Link, ...]:
        return tuple(self._link(target) for target in self._said[iri][predicate])

    def _named(self, iris: Iterable[str]) -> tuple[Link, ...]:
        return tuple(sorted((self._link(iri) for iri in iris), key=lambda link: link.words.casefold()))

    def _link(self, iri: str) -> Link:
        if iri in self._said and iri.startswith(BASE):
            return Link(self._name(iri), f"#{_anchor(iri)}")
        if not iri.startswith(("https://", "http://")):
            return Link(iri)
        short = _short(iri)
        return Link(iri.split("/")[2].removeprefix("www.") if short == iri else short, iri)

    def _index(
        self,
        classes: tuple[Entry, ...],
        properties: tuple[Entry, ...],
        schemes: tuple[Scheme, ...],
        agencies: tuple[Entry, ...],
        changes: tuple[Entry, ...],
    ) -> Iterator[Indexed]:
        """Give every entry by its name, and agencies by their other names that begin otherwise."""
        for sort, entries in (("class", classes), ("property", properties), ("agency", agencies), ("change", changes)):
            yield from (Indexed(entry.name, sort, entry.anchor) for entry in entries)
        for scheme in schemes:
            yield Indexed(scheme.name, "list", scheme.anchor)
            yield from (Indexed(entry.name, scheme.name.lower(), entry.anchor) for entry in scheme.concepts)
        for entry in agencies:
            others = (*entry.facts.get("also", ()), *entry.facts.get("local name", ()))
            yield from (
                Indexed(link.words, entry.name, entry.anchor)
                for link in others
                if not entry.name.startswith(link.words)
            )


def _anchor(iri: str) -> str:
    """The name of an entry on the page: of a term of the ontology the one its IRI ends in."""
    if iri.startswith(PW):
        return local(iri)
    return iri.removeprefix(BASE).replace("/", "-") if "/" in iri.removeprefix(BASE) else f"list-{local(iri)}"


def _short(iri: str) -> str:
    """Shorten an IRI by its prefix; one without is left as it is."""
    for prefix, namespace in SHORT.items():
        if iri.startswith(namespace) and "/" not in iri.removeprefix(namespace):
            return f"{prefix}:{iri.removeprefix(namespace)}"
    return iri


def _example(text: str) -> Example:
    if text.startswith(NOWHERE):
        return Example(None, text.removeprefix(NOWHERE), None)
    match = EXAMPLE.fullmatch(text)
    return Example(match["where"], match["words"], match["value"]) if match else Example(None, text, None)


def _by_letter(lines: Iterable[Indexed]) -> dict[str, list[Indexed]]:
    """Sort the lines of the index under their first letters."""
    found: dict[str, list[Indexed]] = {}
    for line in sorted(set(lines), key=lambda line: (line.words.casefold(), line)):
        letter = line.words[:1].upper()
        found.setdefault(letter if letter.isalpha() else "0–9", []).append(line)
    return found


def main() -> None:
    """Write the page of the bundled library."""
    parser = argparse.ArgumentParser(prog="python -m planweave.vocabulary", description=main.__doc__)
    parser.add_argument("out", type=Path, help="the HTML file to write")
    write_vocabulary(Library.bundled(), parser.parse_args().out)


if __name__ == "__main__":
    main()
