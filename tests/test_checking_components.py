"""Every constraint component, by itself and inside another shape, finds what the reference finds."""

from __future__ import annotations

from collections.abc import Iterator
from unittest import mock

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from planweave.checking import Shapes, explain, read_shapes, run
from planweave.store import MemoryStore, Node, Statement
from planweave.terms import RDF, XSD

OF_NODES = {
    "class": "sh:class ex:C",
    "nodeKind": "sh:nodeKind sh:BlankNodeOrIRI",
    "datatype": "sh:datatype xsd:date",
    "minLength": "sh:minLength 21",
    "maxLength": "sh:maxLength 20",
    "minInclusive": "sh:minInclusive 2",
    "minExclusive": "sh:minExclusive 2",
    "maxInclusive": 'sh:maxInclusive "2024-06-01"^^xsd:date',
    "maxExclusive": 'sh:maxExclusive "2024-06-01"^^xsd:date',
    "pattern": 'sh:pattern "^HTTPS" ; sh:flags "i"',
    "languageIn": 'sh:languageIn ( "en" "de" )',
    "in": 'sh:in ( ex:a "home" 2 )',
    "in of IRIs": "sh:in ( ex:a ex:b )",
    "hasValue": "sh:hasValue ex:a",
    "equals": "sh:equals ex:p",
    "disjoint": "sh:disjoint ex:p",
    "closed": "sh:closed true ; sh:ignoredProperties ( rdf:type ex:p )",
    "not": "sh:not [ sh:class ex:C ]",
    "and": "sh:and ( [ sh:nodeKind sh:IRI ] [ sh:class ex:C ] )",
    "or": "sh:or ( [ sh:nodeKind sh:Literal ] [ sh:class ex:C ] )",
    "xone": "sh:xone ( [ sh:nodeKind sh:IRI ] [ sh:class ex:C ] [ sh:property [ sh:path ex:q ; sh:minCount 1 ] ] )",
    "node": "sh:node [ sh:property [ sh:path ex:p ; sh:minCount 1 ; sh:maxCount 2 ] ]",
    "property": "sh:property [ sh:path ex:q ; sh:nodeKind sh:IRI ; sh:property [ sh:path ex:p ; sh:minCount 1 ] ]",
}
OF_VALUES = {
    "minCount 1": "sh:minCount 1",
    "minCount 3": "sh:minCount 3",
    "maxCount 0": "sh:maxCount 0",
    "maxCount 1": "sh:maxCount 1",
    "uniqueLang": "sh:uniqueLang true",
    "qualifiedMinCount 1": "sh:qualifiedValueShape [ sh:class ex:C ] ; sh:qualifiedMinCount 1",
    "qualifiedMinCount 2": "sh:qualifiedValueShape [ sh:nodeKind sh:IRI ] ; sh:qualifiedMinCount 2",
    "qualifiedMaxCount 1": "sh:qualifiedValueShape [ sh:nodeKind sh:Literal ] ; sh:qualifiedMaxCount 1",
}
ORDERED = ("sh:path ex:r ; sh:lessThan ex:s", "sh:path ex:r ; sh:lessThanOrEquals ex:s")
"""Of plain literals: SPARQL has no order of IRIs or of words with a language, so none is less; rdflib has one.

Of a day that does not exist pySHACL breaks.
"""

PATHS = (
    "ex:p",
    "[ sh:inversePath ex:p ]",
    "( ex:p ex:q )",
    "[ sh:alternativePath ( ex:p ex:q ) ]",
    "[ sh:zeroOrMorePath ex:p ]",
    "[ sh:oneOrMorePath ex:p ]",
    "[ sh:zeroOrOnePath ( ex:p [ sh:inversePath ex:q ] ) ]",
)
PREFIXES = """@prefix ex: <https://example.org/> . @prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> . @prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
"""
TARGET = "sh:targetSubjectsOf ex:p ; sh:targetClass ex:C"


def written() -> Iterator[str]:
    """Give each component on a node and on each path, by itself and inside sh:not."""
    yield PREFIXES
    bodies = [*OF_NODES.values()]
    values = [body for name, body in OF_NODES.items() if name != "closed"] + [*OF_VALUES.values()]
    bodies += [f"sh:path ex:p ; {body}" for body in values]
    bodies += [f"sh:path {path} ; {body}" for path in PATHS[1:] for body in ("sh:minCount 2", "sh:class ex:C")]
    bodies += ORDERED
    for number, body in enumerate(bodies):
        yield f"ex:S{number} a sh:Shape ; {TARGET} ; {body} .\n"
        yield f"ex:N{number} a sh:NodeShape ; {TARGET} ; sh:not [ {body} ] .\n"


@pytest.fixture(scope="module")
def shapes(tmp_path_factory: pytest.TempPathFactory) -> Shapes:
    file = tmp_path_factory.mktemp("components") / "all.ttl"
    file.write_text("".join(written()))
    return read_shapes(file)


def test_every_component_is_translated(shapes: Shapes) -> None:
    """No component of SHACL Core is left to the reference."""
    assert [way for way in explain(shapes) if way.engine != "sparql"] == []


NODES = [Node(f"https://example.org/{name}") for name in "abcd"]
LITERALS = [
    *(Node(day, "literal", XSD + "date") for day in ("2024-01-01", "2024-12-31", "2024-02-30")),
    *(Node(number, "literal", XSD + "integer") for number in ("1", "2", "3")),
    *(Node("home", "literal", language=language) for language in ("en", "de", "en-gb", "fr")),
    *(Node(words, "literal", XSD + "string") for words in ("home", "https", "Haus")),
    Node("Heim", "literal", language="de"),
]
P, Q, R, S = (Node(f"https://example.org/{name}") for name in "pqrs")
PLAIN = [literal for literal in LITERALS if not literal.language and literal.value != "2024-02-30"]
STATEMENTS = st.one_of(
    st.tuples(st.sampled_from(NODES), st.just(P), st.sampled_from([*NODES, *LITERALS])),
    st.tuples(st.sampled_from(NODES), st.sampled_from([P, Q]), st.sampled_from([*NODES, *PLAIN])),
    st.tuples(st.sampled_from(NODES), st.sampled_from([Q, R, S]), st.sampled_from(PLAIN)),
    st.tuples(st.sampled_from(NODES), st.just(Node(RDF + "type")), st.just(Node("https://example.org/C"))),
)
GRAPHS = st.lists(STATEMENTS, max_size=14)


@settings(max_examples=8, deadline=None, phases=[Phase.generate])
@given(one=GRAPHS, other=GRAPHS)
def test_both_ways_agree_on_every_component(shapes: Shapes, one: list[Statement], other: list[Statement]) -> None:
    """On generated graphs, by itself or at once, each component finds what pySHACL finds."""
    store, graphs = MemoryStore({"urn:one": one, "urn:other": other}), ["urn:one", "urn:other"]
    found = list(run(store, shapes, graphs))
    assert len(found) == len(set(found))
    assert sorted(found) == sorted(run(store, shapes, graphs, engine="pyshacl"))
    with mock.patch("planweave.checking.engine.FEW", 0):
        assert sorted(run(store, shapes, graphs)) == sorted(found)
