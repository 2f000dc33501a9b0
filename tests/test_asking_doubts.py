"""A query that is right and asks for nothing there: it is answered, and what was probably meant stands beside it."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from planweave.asking.answering import answer_query
from planweave.asking.doubts import doubts_about
from planweave.library import Library
from planweave.terms import plan_graph
from tests import stores

RDF_TYPE = "<http://www.w3.org/1999/02/22-rdf-syntax-ns#type>"
LABEL = "<http://www.w3.org/2000/01/rdf-schema#label>"
ALIKE = "<http://www.w3.org/2004/02/skos/core#closeMatch>"
GRAPHS = frozenset((stores.NORTHMOOR, stores.REGISTERS))
REGISTER = "https://w3id.org/planweave/agency/"


@pytest.fixture(scope="module")
def plan(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A plan with the actions 1.1 and 1.2, and a body that the bundled register does not have."""
    action = f"{stores.PLAN}/action"
    folder: Path = stores.made(
        tmp_path_factory.mktemp("plan") / "store",
        [
            *(f"<{action}/{ref}> {RDF_TYPE} <{stores.PW}Action> <{stores.NORTHMOOR}>" for ref in ("1.1", "1.2")),
            f'<{action}/1.1> <{stores.PW}text> "Open a hub" <{stores.NORTHMOOR}>',
            f"<{action}/1.1> <{stores.PW}lead> <{REGISTER}eastvale-trust> <{stores.NORTHMOOR}>",
            f'<{REGISTER}eastvale-trust> {LABEL} "Eastvale Trust" <{stores.REGISTERS}>',
            f"<{REGISTER}eastvale-trust> {ALIKE} <urn:other> <{stores.REGISTERS}>",
        ],
    )
    return folder


@pytest.mark.parametrize(
    ("query", "warnings"),
    [
        ("ASK { ?a pw:led ?b }", ("line 1, column 10: the ontology has no pw:led; did you mean pw:lead?",)),
        ("ASK {\n ?a a pw:action }", ("line 2, column 7: the ontology has no pw:action; did you mean pw:Action?",)),
        (
            "ASK { ?a pw:status status:compleet }",
            ("line 1, column 20: the ontology has no status:compleet; did you mean status:complete?",),
        ),
        (
            "ASK { ?a <https://w3id.org/planweave/flag/q> ?b }",
            ("line 1, column 10: the ontology has no <https://w3id.org/planweave/flag/q>; see docs/vocabulary.html.",),
        ),
        (
            "PREFIX o: <https://w3id.org/planweave/ontology#> ASK { ?a o:partnr ?b ; o:partnr ?c }",
            ("line 1, column 59: the ontology has no o:partnr; did you mean o:partner?",),
        ),
        ("ASK { ?a pw:qqqqqq ?b }", ("line 1, column 10: the ontology has no pw:qqqqqq; see docs/vocabulary.html.",)),
        ("ASK { ?a pw:lead ?b ; skos:example 'pw:led' ; <http://example.org/x> plan:northmoor }", ()),
    ],
)
def test_a_name_the_ontology_does_not_have_is_told(query: str, warnings: tuple[str, ...]) -> None:
    """A valid query that asks for nothing there is answered, with the nearest name beside the answer."""
    library = Library.bundled()
    found = doubts_about(query, library)
    assert tuple(warning.replace("pw:partner", "o:partner") for warning in found) == warnings


def test_the_warning_stands_with_the_answer(plan: Path) -> None:
    """The answer to a query with a misspelt name is empty, and says why it may be."""
    answer = answer_query(plan, "SELECT ?a { ?a pw:txt ?b }", library=Library.bundled())
    assert len(answer) == 0
    assert answer.about.notices == ("line 1, column 16: the ontology has no pw:txt; did you mean pw:text?",)
    assert "did you mean pw:text?" in answer._repr_html_()
    assert answer_query(plan, "SELECT ?a { ?a pw:txt ?b }").about.notices == ()


OWN = "line 1, column 7: "
DOUBTFUL = {
    "ASK { ?a rdfs:lable ?b }": (
        "line 1, column 10: nothing in this graph is called rdfs:lable; did you mean rdfs:label?"
    ),
    "ASK { ?a skos:preflabel ?b }": (
        "line 1, column 10: nothing in this graph is called skos:preflabel; did you mean skos:prefLabel?"
    ),
    "PREFIX dct: <http://purl.org/dc/terms/> ASK { ?a dct:titel ?b }": (
        "line 1, column 50: nothing in this graph is called dct:titel; did you mean dcterms:title?"
    ),
    "PREFIX foaf: <http://xmlns.com/foaf/0.1/> ASK { ?a a foaf:Person }": (
        "line 1, column 54: nothing in this graph is called foaf:Person; see docs/vocabulary.html."
    ),
    # The ontology compares its own properties with PROV's; no statement has one of those.
    "ASK { ?a prov:wasAssociatedWith ?b }": (
        "line 1, column 10: nothing in this graph has the property prov:wasAssociatedWith; "
    ),
    "ASK { ?a pw:plan plan:northmor }": (
        "line 1, column 18: the graph has no plan northmor; did you mean plan:northmoor?"
    ),
    "ASK { <https://w3id.org/planweave/plan/northmor/action/1.1> pw:text ?b }": (
        f"{OWN}the graph has no plan northmor; did you mean plan:northmoor?"
    ),
    "ASK { <https://w3id.org/planweave/plan/northmoor/action/1.11> pw:text ?b }": (
        f"{OWN}the plan northmoor has no action 1.11; did you mean"
        " <https://w3id.org/planweave/plan/northmoor/action/1.1>?"
    ),
    "ASK { GRAPH plan-graph:nortmoor { ?a ?b ?c } }": (
        "line 1, column 13: nothing in this graph is called plan-graph:nortmoor; did you mean plan-graph:northmoor?"
    ),
    "ASK { ?a pw:lead agency:solihull-r }": (
        "line 1, column 18: the ontology has no agency:solihull-r; did you mean agency:solihull-rs?"
    ),
    "SELECT ?action ?txt { ?action pw:text ?text }": (
        "line 1, column 16: nothing gives ?txt a value; did you mean ?text?"
    ),
    "SELECT ?a ?z { ?a pw:text ?x }": "line 1, column 11: nothing gives ?z a value; these have one: ?a, ?x.",
    "SELECT ?a { ?a pw:text ?text FILTER (CONTAINS(?txt, 'hub')) }": (
        "line 1, column 47: nothing gives ?txt a value; did you mean ?text?"
    ),
    "SELECT (COUNT(?lead) AS ?n) { ?a pw:lead ?led }": (
        "line 1, column 15: nothing gives ?lead a value; did you mean ?led?"
    ),
    "SELECT ?a { ?a pw:text ?text } ORDER BY ?txt": (
        "line 1, column 41: nothing gives ?txt a value; did you mean ?text?"
    ),
    "SELECT ?a ?text { { SELECT ?a { ?a pw:text ?text } } }": (
        "line 1, column 11: nothing gives ?text a value; these have one: ?a."
    ),
    "SELECT ?a ?b { ?a pw:text ?text MINUS { ?a pw:lead ?b } }": (
        "line 1, column 11: nothing gives ?b a value; these have one: ?a, ?text."
    ),
    "CONSTRUCT { ?a pw:text ?txt } { ?a pw:text ?text }": (
        "line 1, column 24: nothing gives ?txt a value; did you mean ?text?"
    ),
}


@pytest.mark.parametrize(("query", "doubt"), DOUBTFUL.items())
def test_what_nothing_stands_for_is_told(plan: Path, query: str, doubt: str) -> None:
    """A misspelt name of any vocabulary, of a plan or an action, and a variable without a value are told once."""
    answer = answer_query(plan, query, library=Library.bundled(), graphs=GRAPHS)
    (notice,) = answer.about.notices
    assert notice.startswith(doubt)


RIGHT = (
    "SELECT ?a ?n { ?a pw:lead agency:eastvale-trust . agency:eastvale-trust rdfs:label ?n ; skos:closeMatch ?o }",
    "SELECT ?a { ?a pw:needs ?b ; pw:status status:complete }",
    "CONSTRUCT { ?a <http://example.org/led> <urn:x> } FROM plan-graph:northmoor { ?a pw:lead ?b }",
    "CONSTRUCT WHERE { ?a pw:lead ?b }",
    "DESCRIBE ?a { ?a pw:lead ?b }",
    "SELECT * { ?a pw:text ?t FILTER (DATATYPE(?t) = xsd:gYear || STRSTARTS(STR(?a), STR(plan:))) }",
    "SELECT ?a { ?a pw:text ?t FILTER NOT EXISTS { ?a pw:lead ?b FILTER (?b != ?t) } }",
    "SELECT ?a { ?a pw:text ?t FILTER EXISTS { { SELECT ?b { ?b pw:lead ?c FILTER (?c != ?t) } } } }",
    "SELECT ?t (COUNT(*) AS ?n) { ?a pw:text ?x } GROUP BY (STRLEN(?x) AS ?t) HAVING (?n > 1) ORDER BY ?n",
    "SELECT ?n ?y { { SELECT (COUNT(*) AS ?n) ?y { VALUES ?y { 1 } ?a pw:text ?x } GROUP BY ?y } }",
    "SELECT ?x ?g { { SELECT * { GRAPH ?g { ?x pw:text ?t } } } OPTIONAL { ?x pw:lead ?b BIND (1 AS ?one) } }",
    "SELECT ?x ?y { ?x pw:text ?t } VALUES ?y { 'a' }",
    "SELECT $a { ?a pw:text ?t }",
)


@pytest.mark.parametrize("query", RIGHT)
def test_what_is_right_is_not_doubted(plan: Path, query: str) -> None:
    """What stands in the ontology or in the graph, what a query makes itself, and each scope's variables are right."""
    assert answer_query(plan, query, library=Library.bundled(), graphs=GRAPHS).about.notices == ()


def test_a_variable_that_is_given_a_value_has_one(plan: Path) -> None:
    """What is handed over with the query counts as a value."""
    query = "SELECT ?a ?least { ?a pw:text ?text FILTER (STRLEN(?text) > ?least) }"
    asked = answer_query(plan, query, {"least": 3}, library=Library.bundled(), graphs=GRAPHS)
    assert asked.about.notices == ()
    assert len(answer_query(plan, query, library=Library.bundled(), graphs=GRAPHS).about.notices) == 1


def test_no_bundled_query_is_doubted(plan: Path) -> None:
    """The queries of the library name nothing that the ontology does not have, and use no variable without a value."""
    library = Library.bundled()
    for path in (*library.files("queries", ".rq"), *library.files("graphs", ".rq")):
        parameters = ("words", "least", "since", "until", "date", "months", "kind", "month")
        assert doubts_about(path.read_text(encoding="utf-8"), library, values=parameters) == (), path.name


def test_a_misspelt_plan_is_found_among_ten_thousand(plan: Path) -> None:
    """The nearest of 10,000 plans is found in well under a second."""
    graphs = [plan_graph(f"council-{number}") for number in range(10_000)]
    began = time.process_time()
    (doubt,) = doubts_about("ASK { ?a pw:plan plan:coucnil-7316 }", Library.bundled(), plan, graphs)
    assert doubt.endswith("did you mean plan:council-7316?")
    assert time.process_time() - began < 2


def test_a_query_of_a_program_is_not_looked_at(plan: Path) -> None:
    """A query of many thousand words is answered without being read a second time."""
    values = " ".join(f"'{number}'" for number in range(6_000))
    query = f"SELECT ?a ?z {{ VALUES ?text {{ {values} }} ?a pw:text ?text }}"
    assert answer_query(plan, query, library=Library.bundled(), graphs=GRAPHS).about.notices == ()


def test_a_misspelt_namespace_is_named_once() -> None:
    """The sentence is about the PREFIX line, not about each name that begins with it."""
    query = "PREFIX pw: <https://w3id.org/planweave/ontolgy#> ASK { ?action a pw:Action ; pw:lead ?party }"
    assert doubts_about(query, Library.bundled()) == (
        (
            "line 1, column 12: pw: stands for no namespace that is known; did you mean"
            " <https://w3id.org/planweave/ontology#>?"
        ),
    )
    own = "PREFIX my: <https://example.org/ontology#> ASK { ?action a pw:Action ; my:lead ?party }"
    assert doubts_about(own, Library.bundled()) == ()
