"""The query of an sh:sparql constraint finds for all focus nodes at once what it finds for each of them."""

from __future__ import annotations

from pathlib import Path
from unittest import mock

import pytest

from planweave.checking import explain, read_shapes, run
from planweave.checking.select_text import lift
from planweave.store import MemoryStore, Node

P, Q, N = (Node(f"https://example.org/{name}") for name in "pqn")
A, B, C, D = (Node(f"https://example.org/{name}") for name in "abcd")


def whole(number: int) -> Node:
    return Node(str(number), "literal", "http://www.w3.org/2001/XMLSchema#integer")


def text(words: str, language: str = "") -> Node:
    datatype = "" if language else "http://www.w3.org/2001/XMLSchema#string"
    return Node(words, "literal", datatype, language)


FACTS = [
    *((A, P, value) for value in (B, C, text("x"))),
    *((B, P, value) for value in (B, text("y", "en"))),
    (C, P, D),
    (D, Q, A),
    *((node, N, whole(number)) for node, number in ((A, -1), (A, 2), (B, 2), (C, 15), (D, 3))),
]

QUERIES = {
    "a plain pattern": "SELECT $this ?value { $this ex:p ?value }",
    "lower case words": "select distinct ?this ?value where { ?this ex:p ?value filter(isiri(?value)) }",
    "a negative number": "SELECT $this { $this ex:n -1 . FILTER(1.5e1-1 > 2.5) }",
    "literals with type and language": """SELECT $this ?value { $this ex:p ?value
        FILTER(?value = "y"@en || ?value = 'x'^^<http://www.w3.org/2001/XMLSchema#string> || ?value = "}") }""",
    "a comment with a brace": "SELECT $this { # } SELECT { \n $this ex:n 2 }",
    "a path": "SELECT $this ?value { $this (ex:p|^ex:q)/ex:n ?value . FILTER(?value<3&&?value>-5) }",
    "union": """SELECT $this ?value {
        { $this ex:p ?value } UNION { ?value ex:p $this } UNION { BIND($this AS ?value) } }""",
    "a filter in an inner group": "SELECT $this { $this ex:n ?n { FILTER($this != ex:a) } }",
    "bind in optional": "SELECT $this ?value { OPTIONAL { ?x ex:p $this BIND($this AS ?value) } }",
    "not exists": "SELECT $this { FILTER NOT EXISTS { $this ex:p ?x . FILTER(isIRI(?x)) } }",
    "union in not exists": """SELECT $this {
        FILTER NOT EXISTS { { $this ex:q ?x } UNION { $this ex:p ?x FILTER($this = ?x) } } }""",
    "exists in exists": "SELECT $this { FILTER EXISTS { $this ex:p ?x FILTER NOT EXISTS { ?x ex:p $this } } }",
    "grouped": "SELECT $this (COUNT(?x) AS ?value) { $this ex:p ?x } GROUP BY $this HAVING (COUNT(?x) > 1)",
    "a sub-select": """SELECT $this ?value { $this ex:n ?value
        { SELECT $this (MAX(?n) AS ?most) WHERE { $this ex:n ?n } GROUP BY $this } FILTER(?value < ?most) }""",
    "another focus": "SELECT $this ?other { $this ex:n ?n . ?other ex:n ?n FILTER(?other != $this) }",
    "functions of several values": """SELECT $this ?value {
        $this ex:n ?n BIND(CONCAT("n ", STR(COALESCE(?none, ?n))) AS ?value) }""",
    "a path of its own": "SELECT $this ?path ?value { $this ?path ?value FILTER(isLiteral(?value)) }",
    "ordered": "SELECT $this ?value { $this ex:p ?value } ORDER BY ?value",
}
TO_THE_REFERENCE = {
    "limited": "SELECT $this ?value { $this ex:p ?value } ORDER BY ?value LIMIT 1",
    "counted without groups": "SELECT $this { $this ex:p ?x } HAVING (COUNT(?x) > 1)",
}
SHAPE = """@prefix sh: <http://www.w3.org/ns/shacl#> . @prefix ex: <https://example.org/> .
ex:prefixes sh:declare [ sh:prefix "ex" ; sh:namespace "https://example.org/" ] .
ex:A a sh:NodeShape ; {target} ;
    sh:sparql [ sh:prefixes ex:prefixes ; sh:message "{{?value}} {{$other}}" ;
    sh:select '''{query}''' ] .
"""
TARGETS = ("sh:targetSubjectsOf ex:n", "sh:targetSubjectsOf ex:n ; sh:targetNode ex:a", "sh:targetNode ex:a, ex:none")


@pytest.mark.parametrize("target", TARGETS)
@pytest.mark.parametrize("name", sorted(QUERIES))
def test_one_query_finds_what_a_query_a_node_finds(tmp_path: Path, name: str, target: str) -> None:
    """In each of two graphs that share their nodes, by itself or at once with the other."""
    file = tmp_path / "my.ttl"
    file.write_text(SHAPE.format(target=target, query=QUERIES[name].replace("\\", "\\\\").replace('"', '\\"')))
    shapes = read_shapes(file)
    assert [way.engine for way in explain(shapes)] == ["sparql"]
    store = MemoryStore({"urn:one": FACTS, "urn:other": FACTS[2:]})
    graphs = ["urn:one", "urn:other"]
    found = sorted(run(store, shapes, graphs))
    assert found == sorted(run(store, shapes, graphs, engine="pyshacl"))
    with mock.patch("planweave.checking.engine.FEW", 0):
        assert sorted(run(store, shapes, graphs)) == found


@pytest.mark.parametrize("name", sorted(TO_THE_REFERENCE))
def test_what_depends_on_each_node_goes_to_the_reference(tmp_path: Path, name: str) -> None:
    """A limit, or a count without groups, means something else over all nodes."""
    file = tmp_path / "my.ttl"
    file.write_text(f"""@prefix sh: <http://www.w3.org/ns/shacl#> . @prefix ex: <https://example.org/> .
        ex:A a sh:NodeShape ; sh:targetNode ex:a ; sh:sparql [ sh:select "{TO_THE_REFERENCE[name]}" ] .""")
    (way,) = explain(read_shapes(file))
    assert way.engine == "pyshacl"
    assert way.why.startswith("it ")


@pytest.mark.parametrize(
    ("written", "absences"),
    [
        ("$this ex:a ?v . FILTER NOT EXISTS { $this ex:b ?other . FILTER(?other > 1) }", 1),
        ("FILTER NOT EXISTS { $this ex:b ?one } FILTER NOT EXISTS { $this ex:c ?one . BIND(?one AS ?two) }", 2),
        ("$this ex:a ?v . FILTER NOT EXISTS { $this ex:b ?v }", 0),
        ("$this ex:a ?v . FILTER NOT EXISTS { $this ex:b ?o . FILTER(?o > ?v) }", 0),
        ("$this ex:a ?v . FILTER NOT EXISTS { ?o ex:b $this }", 0),
        ("$this ex:a ?v . FILTER NOT EXISTS { $this ex:b* ?o }", 0),
        ("$this ex:a ?v . FILTER NOT EXISTS { OPTIONAL { $this ex:b ?o } }", 0),
        ("$this ex:a ?v . FILTER(?v = 1 || NOT EXISTS { $this ex:b ?o })", 0),
        ("$this ex:a ?v . FILTER NOT EXISTS { $this ex:b ?o . FILTER NOT EXISTS { ?o ex:c ?p } }", 0),
    ],
)
def test_an_absence_is_looked_for_once_where_that_says_the_same(written: str, absences: int) -> None:
    """What shares only the focus node with the rest becomes MINUS; anything else stays as it is written."""
    query = f"SELECT $this WHERE {{ {written} }}"
    lifted = lift(query, (("ex", "https://example.org/"),), "?this a ex:T .", None).query
    assert lifted.count("MINUS") == absences
    assert lifted.count("NOT EXISTS") == written.count("NOT EXISTS") - absences
