"""Shapes files: what is read, which way it goes, and the one sentence where it cannot be used."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import rdflib

from planweave.checking import Result, explain, read_shapes, run, to_report
from planweave.errors import DefinitionError
from planweave.store import MemoryStore, Node, Statement

if TYPE_CHECKING:
    from planweave.checking.engine import Engine

PREFIXES = """
@prefix ex: <urn:ex:> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix sh: <http://www.w3.org/ns/shacl#> .
"""
DECLARED = 'ex:prefixes sh:declare [ sh:prefix "ex" ; sh:namespace "urn:ex:" ] .\n'
TYPE = Node("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")


def ex(name: str) -> Node:
    return Node(f"urn:ex:{name}")


def day(text: str) -> Node:
    return Node(text, "literal", "http://www.w3.org/2001/XMLSchema#date")


def written(folder: Path, text: str) -> Path:
    file = folder / "my.ttl"
    file.write_text(PREFIXES + text, encoding="utf-8")
    return file


def found(
    folder: Path, text: str, facts: list[Statement], *, engine: Engine = "sparql", given: list[Statement] | None = None
) -> list[Result]:
    """Give what one way finds, after both have been found equal."""
    shapes, store = read_shapes(written(folder, text)), MemoryStore({"urn:g": facts})
    ways = {way: sorted(run(store, shapes, ["urn:g"], given=given or (), engine=way)) for way in ("sparql", "pyshacl")}
    assert ways["sparql"] == ways["pyshacl"]
    return ways[engine]


REFUSED = {
    "not Turtle": ("ex:A a sh:NodeShape ; sh:targetClass", "this is not Turtle"),
    "no shape": ("ex:a ex:b ex:c .", "there is no SHACL shape with a target in this file"),
    "no target": ("ex:A a sh:NodeShape ; sh:class ex:C .", "there is no SHACL shape with a target"),
    "unknown component": (
        'ex:A a sh:NodeShape ; sh:targetClass ex:C ; sh:js [ sh:jsFunctionName "f" ] .',
        "the shape urn:ex:A uses sh:js, which is not supported",
    ),
    "unsupported target": (
        "ex:A a sh:NodeShape ; sh:targetClass ex:C ; sh:target [ a sh:SPARQLTarget ] .",
        "the shape urn:ex:A uses sh:target, which is not supported",
    ),
    "recursion": (
        "ex:A a sh:NodeShape ; sh:targetClass ex:C ; sh:property [ sh:path ex:p ; sh:node ex:A ] .",
        "the shape urn:ex:A leads back to itself",
    ),
    "not SPARQL": (
        'ex:A a sh:NodeShape ; sh:targetClass ex:C ; sh:sparql [ sh:select "SELECT $this { $this ex:p" ] .',
        "the query of urn:ex:A: a { of the query is never closed",
    ),
    "unknown prefix": (
        'ex:A a sh:NodeShape ; sh:targetClass ex:C ; sh:sparql [ sh:select "SELECT $this { $this no:p 1 }" ] .',
        "the query of urn:ex:A: this is not SPARQL",
    ),
    "SERVICE": (
        'ex:A a sh:NodeShape ; sh:targetClass ex:C ; sh:sparql [ sh:select "SELECT $this { service <urn:s> {} }" ] .',
        "would fetch from elsewhere (SERVICE)",
    ),
    "FROM": (
        'ex:A a sh:NodeShape ; sh:targetClass ex:C ; sh:sparql [ sh:select "SELECT $this FROM <urn:s> {}" ] .',
        "would fetch from elsewhere (FROM)",
    ),
    "imports": (
        "<urn:o> owl:imports <http://example.org/more> . ex:A a sh:NodeShape ; sh:targetClass ex:C .",
        "this file would fetch http://example.org/more from the network",
    ),
    "a count in words": (
        'ex:A a sh:PropertyShape ; sh:targetClass ex:C ; sh:path ex:p ; sh:minCount "one" .',
        "the sh:minCount of urn:ex:A is no whole number",
    ),
    "two paths": (
        "ex:A a sh:PropertyShape ; sh:targetClass ex:C ; sh:path ex:p , ex:q ; sh:minCount 1 .",
        "the shape urn:ex:A has 2 values of path",
    ),
    "a count without a path": (
        "ex:A a sh:NodeShape ; sh:targetClass ex:C ; sh:minCount 1 .",
        "the node shape urn:ex:A has sh:minCount, which needs an sh:path",
    ),
    "another graph": (
        'ex:A a sh:NodeShape ; sh:targetClass ex:C ; sh:sparql [ sh:select "SELECT $this { graph ?g {} }" ] .',
        "a shape speaks of one plan's graph",
    ),
}


@pytest.mark.parametrize("case", sorted(REFUSED))
def test_a_file_that_cannot_be_used_is_refused_with_one_sentence(tmp_path: Path, case: str) -> None:
    """The sentence names the file and the shape; it comes before the first finding."""
    text, sentence = REFUSED[case]
    file = written(tmp_path, text)
    with pytest.raises(DefinitionError) as refused:
        run(MemoryStore({}), read_shapes(file), ["urn:g"])
    assert sentence in str(refused.value)
    assert str(refused.value).startswith(str(file))
    assert "\n" not in str(refused.value)


def test_a_file_that_is_not_there_is_refused(tmp_path: Path) -> None:
    """A missing file gives a sentence too."""
    with pytest.raises(DefinitionError, match="cannot be read"):
        read_shapes(tmp_path / "none.ttl")


def test_words_in_strings_and_comments_fetch_nothing(tmp_path: Path) -> None:
    """SERVICE in a string and FROM in a comment are no reason to refuse."""
    query = "SELECT $this { $this ?p 'SERVICE FROM' } # FROM <urn:x>"
    text = f'ex:A a sh:NodeShape ; sh:targetNode ex:a ; sh:sparql [ sh:select "{query}" ] .'
    store = MemoryStore({"urn:g": [(ex("a"), ex("p"), Node("from", "literal"))]})
    # pySHACL looks for the word itself, and refuses this one.
    assert list(run(store, read_shapes(written(tmp_path, text)), ["urn:g"])) == []


def test_anonymous_shapes_get_the_same_name_each_time(tmp_path: Path) -> None:
    """A finding of an anonymous property shape can be traced to the shape that holds it."""
    text = "ex:A a sh:NodeShape ; sh:targetNode ex:a ; sh:property [ sh:path ex:p ; sh:minCount 1 ] ."
    assert [one.shape for one in found(tmp_path, text, [])] == ["urn:ex:A/property/1"]


def test_a_component_of_ones_own_goes_to_the_reference(tmp_path: Path) -> None:
    """Such a shape is checked by pySHACL and its neighbour by SPARQL; explain says why."""
    text = """
    ex:Even a sh:ConstraintComponent ; sh:parameter [ sh:path <urn:ex#ends> ] ;
        sh:validator [ a sh:SPARQLAskValidator ; sh:ask "ASK { FILTER(STRENDS(STR($value), $ends)) }" ] .
    ex:A a sh:NodeShape ; sh:targetNode ex:a ; <urn:ex#ends> "b" .
    ex:B a sh:PropertyShape ; sh:targetNode ex:a ; sh:path ex:p ; sh:minCount 1 .
    """
    ways = {way.shape: way for way in explain(read_shapes(written(tmp_path, text)))}
    assert ways["urn:ex:A"].engine == "pyshacl"
    assert "urn:ex:Even" in ways["urn:ex:A"].why
    assert ways["urn:ex:B"].engine == "sparql"
    assert [one.shape for one in found(tmp_path, text, [])] == ["urn:ex:A", "urn:ex:B"]


def test_a_switched_off_shape_finds_nothing(tmp_path: Path) -> None:
    """sh:deactivated is heeded, also inside another shape."""
    text = """
    ex:A a sh:NodeShape ; sh:targetNode ex:a ; sh:class ex:C ; sh:deactivated true .
    ex:B a sh:NodeShape ; sh:targetNode ex:a ; sh:node [ sh:class ex:C ; sh:deactivated true ] .
    """
    assert found(tmp_path, text, []) == []


def test_a_class_is_also_its_subclasses(tmp_path: Path) -> None:
    """Targets and sh:class follow rdfs:subClassOf through several steps, and each node counts once."""
    below = Node("http://www.w3.org/2000/01/rdf-schema#subClassOf")
    facts = [
        (ex("Team"), below, ex("Body")),
        (ex("Body"), below, ex("Thing")),
        (ex("a"), TYPE, ex("Team")),
        (ex("a"), TYPE, ex("Body")),
        (ex("a"), ex("p"), ex("a")),
        (ex("a"), ex("p"), ex("b")),
    ]
    text = "ex:A a sh:PropertyShape ; sh:targetClass ex:Thing ; sh:path ex:p ; sh:class ex:Thing ; sh:minCount 3 ."
    assert [(one.focus, one.value) for one in found(tmp_path, text, facts)] == [(ex("a"), ex("b")), (ex("a"), None)]


OVERDUE = (
    DECLARED
    + """
    ex:A a sh:NodeShape ; sh:targetSubjectsOf ex:due ; sh:sparql [ sh:prefixes ex:prefixes ;
        sh:message "Due on {?value}, and it is {?today}." ;
        sh:select "SELECT $this ?value ?today { ex:check ex:asOf ?today . $this ex:due ?value FILTER(?value < ?today) }"
    ] .
"""
)


def test_the_day_of_the_check_reaches_a_query_as_a_given_fact(tmp_path: Path) -> None:
    """The same store, read-only, answers for any day."""
    facts = [(ex("a"), ex("due"), day("2024-12-31")), (ex("b"), ex("due"), day("2025-01-02"))]
    given = [(ex("check"), ex("asOf"), day("2025-01-01"))]
    (one,) = found(tmp_path, OVERDUE, facts, given=given)
    assert (one.focus, one.message) == (ex("a"), "Due on 2024-12-31, and it is 2025-01-01.")
    assert found(tmp_path, OVERDUE, facts) == []
    assert [way.engine for way in explain(read_shapes(tmp_path / "my.ttl"), given)] == ["sparql"]


def test_a_given_fact_that_is_asked_for_otherwise_goes_to_the_reference(tmp_path: Path) -> None:
    """Where the fact cannot be written into the query, pySHACL reads it as a triple."""
    text = OVERDUE.replace("ex:check ex:asOf ?today", "?check ex:asOf ?today")
    given = [(ex("check"), ex("asOf"), day("2025-01-01"))]
    assert len(found(tmp_path, text, [(ex("a"), ex("due"), day("2024-12-31"))], given=given)) == 1
    assert [way.engine for way in explain(read_shapes(tmp_path / "my.ttl"), given)] == ["pyshacl"]


def test_blank_nodes_of_the_data_stay_apart(tmp_path: Path) -> None:
    """A graph with blank nodes is checked as any other."""
    facts = [(Node(name, "blank"), ex("p"), Node(name, "literal")) for name in ("x", "y")]
    text = "ex:A a sh:NodeShape ; sh:targetSubjectsOf ex:p ; sh:nodeKind sh:IRI ."
    assert {one.focus for one in found(tmp_path, text, facts)} == {Node("x", "blank"), Node("y", "blank")}


def test_the_report_is_a_standard_one(tmp_path: Path) -> None:
    """Other tools read the report; the same findings give the same bytes, without a blank node."""
    text = """
    ex:A a sh:PropertyShape ; sh:targetNode ex:a ; sh:path ex:p ; sh:minCount 1 ; sh:severity sh:Info ;
        sh:message "No p." .
    ex:B a sh:PropertyShape ; sh:targetNode ex:a ; sh:path ( ex:p [ sh:inversePath ex:q ] ) ; sh:hasValue ex:b .
    """
    results = found(tmp_path, text, [])
    lines = list(to_report(results))
    assert lines == list(to_report(found(tmp_path, text, [])))
    assert "_:" not in "".join(lines)
    graph = rdflib.Graph().parse(data="".join(lines), format="nt")
    shacl = rdflib.Namespace("http://www.w3.org/ns/shacl#")
    assert len(list(graph.subjects(rdflib.RDF.type, shacl.ValidationResult))) == len(results) == 2
    assert set(graph.objects(None, shacl.conforms)) == {rdflib.Literal(False)}
    assert rdflib.URIRef("urn:ex:p") in set(graph.objects(None, shacl.resultPath))
    assert "<urn:ex:p>/(^<urn:ex:q>)" in {str(label) for label in graph.objects(None, rdflib.RDFS.label)}
    assert any("true" in line for line in to_report([]))
