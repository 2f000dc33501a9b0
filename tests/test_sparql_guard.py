"""What a query may not do is refused wherever the engine could read it, and only there."""

from __future__ import annotations

from pathlib import Path

import pytest

from planweave.checking import read_shapes
from planweave.errors import DefinitionError, QueryError, StoreError
from planweave.sparql.guard import check_query
from planweave.sparql.tokens import tokens_of
from planweave.store import MemoryStore

ELSEWHERE = "<http://127.0.0.1:9/>"
GRAPHS = ("https://w3id.org/planweave/graph/registers", "https://w3id.org/planweave/graph/plan/northmoor")

# Every one of these is read as SERVICE by an engine that reads SPARQL without a list of words.
SERVICES = {
    "plain": f"SELECT * {{ SERVICE {ELSEWHERE} {{ ?s ?p ?o }} }}",
    "small": f"SELECT * {{ service {ELSEWHERE} {{ ?s ?p ?o }} }}",
    "silent": f"SELECT * {{ SERVICESILENT{ELSEWHERE}{{ ?s ?p ?o }} }}",
    "variable": "SELECT * { SERVICE?where { ?s ?p ?o } }",
    "after true": f"SELECT * {{ ?s ?p trueSERVICE {ELSEWHERE} {{ }} }}",
    "after a number": f"SELECT * {{ ?s ?p 4SERVICE {ELSEWHERE} {{ }} }}",
    "after a number with exponent": f"SELECT * {{ ?s ?p 1e4SERVICE {ELSEWHERE} {{ }} }}",
    "after a text": f"SELECT * {{ ?s ?p 'a'SERVICE {ELSEWHERE} {{ }} }}",
    "after a second dot": "SELECT * { ?s ?p a:b.c.SERVICE ?where { } }",
    "as a prefix": "PREFIX : <http://127.0.0.1:9/> SELECT * { SERVICE:x { ?s ?p ?o } }",
    "as the end of a prefix": "PREFIX : <http://127.0.0.1:9/> SELECT * { ?s ?p true.SERVICE:x { } }",
    "behind a comparison": f"SELECT * {{ ?s ?p ?o FILTER(?o<?b)SERVICE#>\n{ELSEWHERE} {{ }} }}",
    "behind a comparison and a text": f"SELECT * {{ FILTER(?a<'b>'&&true) SERVICE {ELSEWHERE} {{ }} BIND('x' AS ?x) }}",
    "behind a comment": f"SELECT * {{ FILTER(?a<?b#> '''\n) SERVICE {ELSEWHERE} {{ }} # '''\n}}",
    "behind an escaped sign": f"SELECT * {{ ?s ?p a:b\\# SERVICE {ELSEWHERE} {{ }}\n }}",
    "behind a wrong escape": f'SELECT * {{ ?s ?p ("""abc") SERVICE {ELSEWHERE} {{ }} # \\q"""\n }}',
    "escaped": f"SELECT * {{ \\u0053ERVICE {ELSEWHERE} {{ ?s ?p ?o }} }}",
    "behind an escaped quote": f"SELECT * {{ ?s ?p 'a\\u0027 SERVICE {ELSEWHERE} {{ }} #'\n }}",
    "in a subquery": f"SELECT * {{ {{ SELECT * {{ SERVICE {ELSEWHERE} {{ }} }} }} }}",
    "in a filter": f"ASK {{ FILTER EXISTS {{ SERVICE {ELSEWHERE} {{ }} }} }}",
    "in a construct": f"CONSTRUCT {{ ?s ?p ?o }} WHERE {{ SERVICE {ELSEWHERE} {{ ?s ?p ?o }} }}",
}


@pytest.mark.parametrize("query", SERVICES.values(), ids=SERVICES)
def test_a_query_of_another_server_is_refused(query: str) -> None:
    """No spelling, no comment and no quote hides SERVICE."""
    with pytest.raises(QueryError, match=r"line \d+, column \d+: .*SERVICE"):
        check_query(query)


@pytest.mark.parametrize(
    "query",
    [
        "SELECT * { ?s pw:service ?service } # SERVICE",
        "SELECT * { ?s pw:text 'a SERVICE for all' }",
        'SELECT * { ?s pw:text """a "SERVICE" \\" for all""" }',
        "SELECT * { ?s ?p <http://example.org/a)service#x> }",
        "SELECT * { ?s ?p ?o FILTER(?o<5 && ?o > 3) FILTER(CONTAINS(?t, 'service')) }",
        "PREFIX a: <http://example.org/> SELECT * { ?s a:service-x%20 ?b.  }",
    ],
)
def test_the_word_alone_is_no_crime(query: str) -> None:
    """Texts, comments, variables, IRIs and names may have the word in them."""
    assert check_query(query).kind == "select"


@pytest.mark.parametrize(
    ("query", "kind"),
    [
        ("# why\nBASE <http://example.org/> PREFIX a: <b> select * {}", "select"),
        ("ASK {}", "ask"),
        ("CONSTRUCT WHERE { ?s ?p ?o }", "graph"),
        ("DESCRIBE <urn:x>", "graph"),
        ("SELEC * {}", ""),
        ("", ""),
    ],
)
def test_the_kind_of_answer_is_known_before(query: str, kind: str) -> None:
    """What an answer will be is read from the word after the prologue."""
    assert check_query(query).kind == kind


@pytest.mark.parametrize(
    "update",
    [
        "INSERT DATA { <urn:a> <urn:b> <urn:c> }",
        "PREFIX a: <urn:> DELETE WHERE { ?s ?p ?o }",
        "LOAD <http://127.0.0.1:9/>",
        "drop all",
        "CLEAR GRAPH <urn:g>",
        "CREATE GRAPH <urn:g>",
        "COPY <urn:a> TO <urn:b>",
        "MOVE <urn:a> TO <urn:b>",
        "ADD <urn:a> TO <urn:b>",
        "WITH <urn:g> DELETE { ?s ?p ?o } WHERE { ?s ?p ?o }",
    ],
)
def test_an_update_is_refused(update: str) -> None:
    """What would change the graph is told so in a sentence."""
    with pytest.raises(QueryError, match=r"this would change the graph \([A-Z]+\), and a query only asks"):
        check_query(update)


@pytest.mark.parametrize(
    "clause",
    [
        "FROM <http://example.org/>",
        "FROM <file:///etc/passwd>",
        "FROM NAMED <http://example.org/>",
        "FROM graph:register",
        f"FROM <{GRAPHS[0]}> FROM <http://example.org/>",
        "from<http://example.org/>",
    ],
)
def test_a_graph_from_elsewhere_is_refused(clause: str) -> None:
    """FROM takes the graph's own named graphs; the nearest is offered."""
    with pytest.raises(QueryError, match=r"line 1, column \d+: FROM .* is no graph of this one"):
        check_query(f"SELECT * {clause} {{ ?s ?p ?o }}", GRAPHS)


@pytest.mark.parametrize("clause", [f"FROM <{GRAPHS[0]}>", "FROM NAMED plan-graph:northmoor", ""])
def test_a_graph_of_its_own_is_taken(clause: str) -> None:
    """The graph's own graphs can be named in full and by prefix; a text may say from."""
    query = f"SELECT * {clause} {{ ?s ?p 'FROM <http://example.org/>' }}"
    checked = check_query(query, GRAPHS)
    assert (checked.kind, checked.takes_graphs) == ("select", bool(clause))


def test_the_sentence_names_the_file() -> None:
    """Where the query stands in a file, the file is named."""
    with pytest.raises(QueryError, match=r"^my\.rq, line 2, column 3: "):
        check_query(f"ASK {{\n  SERVICE {ELSEWHERE} {{ }} }}", file="my.rq")


def test_tokens_are_those_of_the_grammar() -> None:
    """Longest words, strings with quotes in them, comments to the end of the line."""
    text = "?a<b:c-d.e. '''it's''' \"\\\"#\"@en-GB 1.5e3#x\n<urn:x>"
    assert [(token.kind, token.text) for token in tokens_of(text)] == [
        ("variable", "?a"),
        ("sign", "<"),
        ("name", "b:c-d.e"),
        ("sign", "."),
        ("string", "'''it's'''"),
        ("string", '"\\"#"'),
        ("language", "@en-GB"),
        ("number", "1.5e3"),
        ("comment", "#x"),
        ("iri", "<urn:x>"),
    ]


@pytest.mark.parametrize("query", SERVICES.values(), ids=SERVICES)
def test_no_other_door_lets_it_through(query: str, tmp_path: Path) -> None:
    """Neither does a query through rdflib, nor one in a shapes file of one's own."""
    view = MemoryStore({}).rdflib()
    with pytest.raises(StoreError):
        view.query(query)
    shapes = tmp_path / "own.ttl"
    text = query.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    shapes.write_text(
        "@prefix sh: <http://www.w3.org/ns/shacl#> . <urn:shape> a sh:NodeShape ; sh:targetClass <urn:c> ;\n"
        f'  sh:sparql [ sh:select "{text}" ] .\n',
        encoding="utf-8",
    )
    with pytest.raises(DefinitionError, match=r"would fetch from elsewhere \(SERVICE\)"):
        read_shapes(shapes)
