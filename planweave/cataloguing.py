"""What a graph is and where it is to be had, as data: VoID and DCAT, the service, the questions as examples.

The forms are those that others read: the W3C's VoID, DCAT and SPARQL service description, and for the questions what
the SIB's SPARQL editor and others look for (``sh:SPARQLExecutable``).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from planweave.asking.answers import About
from planweave.asking.made import graph_of
from planweave.asking.questions import read_questions
from planweave.store import Node
from planweave.terms import BASE, DCTERMS, PREFIXES, PW, RDF, RDFS, XSD, plan_iri

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from planweave.asking.answers import Answer
    from planweave.library import Library
    from planweave.workspace import Entry

__all__ = ["catalogue", "examples", "service"]

VOID: Final = "http://rdfs.org/ns/void#"
DCAT: Final = "http://www.w3.org/ns/dcat#"
SD: Final = "http://www.w3.org/ns/sparql-service-description#"
SH: Final = "http://www.w3.org/ns/shacl#"
SCHEMA: Final = "https://schema.org/"
FORMATS: Final = "http://www.w3.org/ns/formats/"
MEDIA: Final = "https://www.iana.org/assignments/media-types/"

TITLE: Final = "Action plans of public bodies"
ABOUT: Final = (
    "Who leads each action of each plan, with whom, by when and towards what, and where the document says so; read by"
    " planweave. For anything that matters, consult the plan itself."
)
FORMS: Final = {
    "SELECT": ("SPARQLSelectExecutable", "select"),
    "ASK": ("SPARQLAskExecutable", "ask"),
    "CONSTRUCT": ("SPARQLConstructExecutable", "construct"),
}

Said = tuple[str, str, "Node | str | int"]


def catalogue(entries: Sequence[Entry], statements: int | None, origin: str, places: Mapping[str, Any]) -> Answer:
    """Say what a graph holds and where it is to be had.

    Parameters
    ----------
    entries
        The plans with their counts.
    statements
        How many statements there are, where that is known.
    origin
        The beginning of the addresses.
    places
        Where the parts are: ``data``, ``sparql``, ``examples``, ``void``, and ``plan``, which takes an id.
    """
    whole = f"{origin}/#dataset"
    said: list[Said] = [
        (places["void"], RDF + "type", Node(VOID + "DatasetDescription")),
        (places["void"], "http://xmlns.com/foaf/0.1/primaryTopic", Node(whole)),
        (whole, RDF + "type", Node(VOID + "Dataset")),
        (whole, RDF + "type", Node(DCAT + "Dataset")),
        (whole, DCTERMS + "title", TITLE),
        (whole, DCTERMS + "description", ABOUT),
        (whole, VOID + "documents", len(entries)),
        (whole, VOID + "uriSpace", BASE),
        (whole, VOID + "sparqlEndpoint", Node(places["sparql"])),
        (whole, VOID + "dataDump", Node(f"{places['data']}?format=nq")),
        (whole, RDFS + "seeAlso", Node(places["examples"])),
        (whole, DCAT + "landingPage", Node(f"{origin}/")),
    ]
    said += [(whole, VOID + "triples", statements)] if statements is not None else []
    said += [(whole, VOID + "vocabulary", Node(name)) for name in (PW, DCTERMS, PREFIXES["prov"], PREFIXES["org"])]
    for number, (kind, count) in enumerate((("Plan", len(entries)), ("Action", sum(one.actions for one in entries)))):
        part = f"{origin}/#class-{number + 1}"
        said += [
            (whole, VOID + "classPartition", Node(part)),
            (part, VOID + "class", Node(PW + kind)),
            (part, VOID + "entities", count),
        ]
    for form, media in (("nq", "application/n-quads"), ("trig", "application/trig"), ("nq.gz", "application/gzip")):
        where = f"{origin}/#{form}"
        said += [
            (whole, DCAT + "distribution", Node(where)),
            (where, RDF + "type", Node(DCAT + "Distribution")),
            (where, DCAT + "downloadURL", Node(f"{places['data']}?format={form}")),
            (where, DCAT + "mediaType", Node(MEDIA + media)),
        ]
    for entry in entries:
        part = f"{origin}/#{plan_iri(entry.plan).removeprefix(BASE)}"
        said += [
            (whole, VOID + "subset", Node(part)),
            (part, RDF + "type", Node(VOID + "Dataset")),
            (part, DCTERMS + "title", entry.title),
            (part, DCTERMS + "subject", Node(plan_iri(entry.plan))),
            (part, VOID + "entities", entry.actions),
            (part, VOID + "dataDump", Node(places["plan"](entry.plan))),
        ]
        said += [(part, DCTERMS + "publisher", entry.publisher)] if entry.publisher else []
    return graph_of(_lines(said), About(TITLE))


def service(endpoint: str) -> Answer:
    """Say what the SPARQL service at an address does."""
    itself = Node(endpoint)
    said: list[Said] = [
        (endpoint, RDF + "type", Node(SD + "Service")),
        (endpoint, SD + "endpoint", itself),
        (endpoint, SD + "supportedLanguage", Node(SD + "SPARQL11Query")),
        (endpoint, SD + "feature", Node(SD + "UnionDefaultGraph")),
        (endpoint, RDFS + "label", "planweave, for queries"),
    ]
    said += [
        (endpoint, SD + "resultFormat", Node(FORMATS + name))
        for name in (
            "SPARQL_Results_JSON",
            "SPARQL_Results_XML",
            "SPARQL_Results_CSV",
            "SPARQL_Results_TSV",
            "Turtle",
            "N-Triples",
            "JSON-LD",
        )
    ]
    return graph_of(_lines(said), About("The SPARQL service"))


def examples(library: Library, endpoint: str) -> Answer:
    """Give the questions of a library as examples of queries to a service."""
    said: list[Said] = []
    prefixes = BASE + "prefixes"
    for name, question in read_questions(library).items():
        iri = f"{BASE}question/{name}"
        form = re.search(r"^\s*(SELECT|ASK|CONSTRUCT)\b", question.sparql, re.MULTILINE)
        kind, predicate = FORMS[form[1] if form else "SELECT"]
        said += [
            (iri, RDF + "type", Node(SH + "SPARQLExecutable")),
            (iri, RDF + "type", Node(SH + kind)),
            (iri, RDFS + "label", question.title),
            (iri, RDFS + "comment", question.text),
            (iri, SCHEMA + "keywords", question.group),
            (iri, SCHEMA + "target", Node(endpoint)),
            (iri, SH + "prefixes", Node(prefixes)),
            (iri, SH + predicate, question.sparql),
        ]
    for prefix, namespace in PREFIXES.items():
        declared = f"{prefixes}/{prefix}"
        said += [
            (prefixes, SH + "declare", Node(declared)),
            (declared, SH + "prefix", prefix),
            (declared, SH + "namespace", Node(namespace, "literal", XSD + "anyURI")),
        ]
    return graph_of(_lines(said), About("The questions"))


def _lines(said: Iterable[Said]) -> list[bytes]:
    return [f"<{subject}> <{predicate}> {_term(value)} .".encode() for subject, predicate, value in said]


def _term(value: Node | str | int) -> Node:
    if isinstance(value, Node):
        return value
    return Node(str(value), "literal", XSD + ("integer" if isinstance(value, int) else "string"))
