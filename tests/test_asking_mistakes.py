"""A wrong query: the place, what was expected, and the name that was probably meant."""

from __future__ import annotations

from pathlib import Path

import pytest

from planweave.asking.answering import answer_query
from planweave.asking.grammar import first_misfit
from planweave.errors import QueryError
from planweave.sparql.tokens import tokens_of
from tests import stores


@pytest.fixture(scope="module")
def plan(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A plan with two actions, and a register."""
    folder: Path = stores.northmoor(tmp_path_factory.mktemp("plan") / "store")
    return folder


WRONG = {
    "": "there is no query; begin it with SELECT, ASK, CONSTRUCT or DESCRIBE.",
    "# only words": "there is no query; begin it with SELECT, ASK, CONSTRUCT or DESCRIBE.",
    "SELEC ?s { ?s ?p ?o }": "line 1, column 1: SELEC does not fit here; did you mean SELECT?",
    "SELECT ?s {\n  ?s a pw:Action ;\n  FILTR(?x) }": (
        "line 3, column 3: FILTR does not fit here; did you mean FILTER?"
    ),
    "SELECT ?s WHERE { ?s ?p }": (
        "line 1, column 25: } does not fit here; expected one of (  [  a variable, a name such as pw:Action or a value."
    ),
    "SELECT ?s { ?s ?p ?o } LIMIT ten": "line 1, column 30: ten does not fit here; expected a number.",
    "SELECT ?s { ?s ?p ?o } ORDER ?s": "line 1, column 30: ?s does not fit here; expected BY.",
    "SELECT ?s WHERE ?s ?p ?o }": "line 1, column 17: ?s does not fit here; expected {.",
    "SELECT ?s { ?s ?p ?o": "line 1, column 21: the query ends too early; expected one of ,  .  ;  {  }  BIND  …",
    "SELECT ?s { ?s ?p ?o FILTER(CONTAIN(?o, 'x')) }": (
        "line 1, column 29: CONTAIN does not fit here; did you mean CONTAINS?"
    ),
    "SELECT COUNT(?s) { ?s ?p ?o }": (
        "line 1, column 8: COUNT does not fit here; write it in brackets and name it, as in (COUNT(…) AS ?name)."
    ),
    "SELECT ?s { ?s ?p 'a hub }": (
        "line 1, column 19: the text that begins here is not closed; end it with ' on the same line."
    ),
    "SELECT ?s { ?s agncy:x ?o }": "line 1, column 16: the prefix agncy: is not known; did you mean agency?",
    "SELECT ?s { ?s foaf:name ?o }": (
        "line 1, column 16: the prefix foaf: is not known; begin the query with PREFIX foaf: <…>, or use one"
        " that is known, such as pw: or plan:."
    ),
    "SELECT ?s { ?s northmoor:lead ?o }": (
        "line 1, column 16: the prefix northmoor: is not known; begin the query with PREFIX northmoor: <…>, or use one"
        " that is known, such as pw: or plan:."
    ),
    "SELECT ?o { plan:northmoor/action/1.1 pw:lead ?o }": (
        "line 1, column 13: plan:northmoor/action/1.1 has a slash in it, which a name cannot have; write"
        " <https://w3id.org/planweave/plan/northmoor/action/1.1>, or \\/ for each / after the prefix."
    ),
    "SELECT ?s { ?s <name> ?o }": (
        "line 1, column 16: an IRI is not written out in full; begin it with http:// or https://, or use a prefix."
    ),
    "SELECT ?s (COUNT(?o) AS ?n) { ?s ?p ?o }": (
        "line 1, column 8: the SELECT has a variable that the groups of the query do not have; name it after"
        " GROUP BY, or put it into a function such as SAMPLE or COUNT."
    ),
    "SELECT * { ?s ?p ?o } GROUP BY ?s": "SELECT * does not go with GROUP BY; name the variables.",
    "SELECT ?s ?s { ?s ?p ?o }": "the SELECT names a variable twice; name each once.",
    "ASK { BIND(1 AS ?x) BIND(2 AS ?x) }": (
        "the query makes no sense, though each of its words is right; look for a variable that is given a value twice,"
        " a blank node in two groups, or rows of VALUES that are too short."
    ),
}


@pytest.mark.parametrize(("query", "sentence"), WRONG.items())
def test_a_wrong_query_is_one_sentence(plan: Path, query: str, sentence: str) -> None:
    """The sentence says where, and what to do about it; nothing of the engine's grammar stands in it."""
    with pytest.raises(QueryError) as raised:
        answer_query(plan, query)
    assert str(raised.value) == sentence


def test_the_file_is_named(plan: Path) -> None:
    """Of a query in a file, the sentence begins with it."""
    with pytest.raises(QueryError, match=r"^my\.rq, line 1, column 7: \} does not fit|^my\.rq, line 1, column"):
        answer_query(plan, "ASK { ?s }", file="my.rq")


RIGHT = (
    "SELECT (COUNT(*) AS ?n) ?x { ?s a/pw:x*|^pw:y ?o ; pw:z 'a'@en, -4, true . [] a [ pw:b (1 2) ] } GROUP BY ?x",
    "SELECT ?x { ?x ?y ?z OPTIONAL { ?x ?y ?z } . FILTER NOT EXISTS { ?a !(pw:x|^a) ?b } } VALUES ?x { UNDEF pw:a }",
    "SELECT ?x { ?x ?y ?n } GROUP BY ?x HAVING (COUNT(*) > 1 && ?x NOT IN (1, 2)) ORDER BY DESC(?x) LIMIT 5 OFFSET 2",
    "CONSTRUCT WHERE { ?s ?p ?o }",
    "CONSTRUCT { ?s ?p ?o . } FROM <urn:g> { ?s ?p ?o } LIMIT 1",
    "DESCRIBE ?x pw:a WHERE { ?x a pw:b }",
    "DESCRIBE *  { ?x a pw:b }",
    "SELECT * { { SELECT ?a { ?a ?b ?c } LIMIT 3 } UNION { } BIND(IF(?a = 1, 2, -3) + 4 * 2 AS ?x) }",
    "SELECT DISTINCT * { ?s pw:a? ?o . ?s (pw:a/pw:b)+ ?o FILTER(?a-1 > 2 || !BOUND(?s)) FILTER regex(?x, 'a') }",
    "SELECT * { ?s pw:a+ ?o ; . ?x pw:b [ ] MINUS { ?s ?p 1.5e3 } GRAPH ?g { } VALUES (?x ?y) { (1 'a') (UNDEF 2) } }",
    "SELECT (GROUP_CONCAT(DISTINCT ?x; SEPARATOR=', ') AS ?y) { ?s ?p ?x } GROUP BY (STR(?s) AS ?t) HAVING (MAX(?x)>3)",
    "ASK { ?s ?p '1'^^xsd:integer FILTER EXISTS { ?s ?q () } FILTER(pw:f(1) IN ()) FILTER COALESCE(?a, ?b) }",
)


@pytest.mark.parametrize("query", RIGHT)
def test_the_grammar_has_all_of_sparql(query: str) -> None:
    """What is right is right by the grammar that explains what is wrong."""
    assert first_misfit(tokens_of(query)) is None


def test_every_form_of_right_query_runs(plan: Path) -> None:
    """The engine takes for SPARQL what the grammar does; custom functions apart, which no engine knows."""
    for query in RIGHT:
        if "pw:f(" not in query:
            answer_query(plan, query)


def test_brackets_without_end_are_no_fault_of_the_explanation(plan: Path) -> None:
    """A wrong query that goes deeper than the grammar is read is one sentence, too."""
    with pytest.raises(QueryError, match=r"^the query makes no sense|does not fit here"):
        answer_query(plan, f"ASK {{ ?a ?b ?c FILTER({'(' * 90}1{')' * 90}) }} LIMIT ten")
