"""A query runs in a process of its own: whole answers, limits that are errors, and no process left behind."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from planweave.asking.answering import answer_query
from planweave.asking.kept import Limits
from planweave.asking.running import NotSparql, run_query
from planweave.errors import QueryError, StoreError
from planweave.store import Node
from tests import stores

FOR_EVER = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i FILTER(?c < ?f && ?f < ?i) }"
LINUX = pytest.mark.skipif(sys.platform != "linux", reason="only Linux can be told so")

ASKS_FOR_EVER = """
import signal, subprocess, sys
from pathlib import Path

# As in a terminal: what a shell starts in the background hears no Ctrl-C.
signal.signal(signal.SIGINT, signal.default_int_handler)

begin = subprocess.Popen

def noted(*arguments, **named):
    process = begin(*arguments, **named)
    print(process.pid, flush=True)
    return process

subprocess.Popen = noted
from planweave.asking.kept import Limits
from planweave.asking.running import run_query
run_query(Path(sys.argv[1]), sys.argv[2], {}, Limits(seconds=300))
"""


@pytest.fixture(scope="module")
def plan(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A plan with two actions, and a register."""
    folder: Path = stores.northmoor(tmp_path_factory.mktemp("plan") / "store")
    return folder


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two thousand triples: eight thousand million triples of them."""
    folder: Path = stores.numbered(tmp_path_factory.mktemp("large") / "store", 2000)
    return folder


def lines(store: Path, query: str, **bindings: Node) -> list[bytes]:
    return list(run_query(store, query, bindings, Limits()).lines)


def is_gone(pid: int, seconds: float = 10) -> bool:
    """Say whether a process ends within some seconds."""
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        try:
            os.kill(pid, 0)
        except ProcessLookupError:
            return True
        time.sleep(0.02)
    return False


def test_a_query_that_names_no_graph_sees_all(plan: Path) -> None:
    """The default graph is the union of all; a named graph is itself; planweave's prefixes need no declaration."""
    assert lines(plan, "SELECT (COUNT(*) AS ?n) { ?s pw:text ?o }") == [b"3"]
    assert lines(plan, "SELECT (COUNT(*) AS ?n) { GRAPH plan-graph:northmoor { ?s pw:text ?o } }") == [b"2"]
    counted = answer_query(plan, "SELECT (COUNT(*) AS ?n) FROM graph:registers { ?s pw:text ?o }")
    assert list(counted.lines) == [b"1"]
    named = answer_query(
        plan, "SELECT ?s FROM NAMED graph:registers { { ?s pw:text ?o } UNION { GRAPH ?g { ?s ?p ?o } } }"
    )
    assert list(named.lines) == [b"<urn:body>"]


def test_the_run_says_what_it_is(plan: Path) -> None:
    """Each form of query has its kind and its columns."""
    select = run_query(plan, "SELECT ?b ?a { ?a pw:order ?b } ORDER BY ?b", {}, Limits())
    assert (select.kind, select.columns, len(select.lines)) == ("select", ("b", "a"), 2)
    ask = run_query(plan, "ASK { ?a pw:order 7 }", {}, Limits())
    assert (ask.kind, list(ask.lines)) == ("ask", [b"false"])
    graph = run_query(plan, "CONSTRUCT { ?a a pw:Action } WHERE { ?a pw:order ?b }", {}, Limits())
    assert (graph.kind, graph.columns, len(graph.lines)) == ("graph", ("subject", "predicate", "object"), 2)
    none = run_query(plan, "SELECT ?a { ?a pw:order 7 }", {}, Limits())
    assert (none.columns, list(none.lines)) == (("a",), [])


def test_a_query_that_runs_for_ever_is_stopped(large: Path) -> None:
    """At the limit of time there is an error, at once, and no shorter answer."""
    began = time.monotonic()
    with pytest.raises(QueryError, match=r"^the query was stopped after 1 seconds; ask for less, or raise the limit"):
        run_query(large, FOR_EVER, {}, Limits(seconds=1))
    assert time.monotonic() - began < 5


def test_the_limit_of_rows_is_an_error(large: Path) -> None:
    """As many rows as the limit are an answer, and one more is none."""
    query = "SELECT ?s { ?s ?p ?o } LIMIT 500"
    assert len(run_query(large, query, {}, Limits(rows=500)).lines) == 500
    with pytest.raises(QueryError, match=r"^my\.rq: the answer has more than 499 rows; ask for less, for example with"):
        run_query(large, query, {}, Limits(rows=499), file="my.rq")
    with pytest.raises(QueryError, match="more than 499 rows"):
        run_query(large, "CONSTRUCT WHERE { ?s ?p ?o }", {}, Limits(rows=499))


def test_an_answer_longer_than_the_disk_may_hold_is_an_error(large: Path) -> None:
    """An answer of four million rows is stopped by its length, without being held."""
    with pytest.raises(QueryError, match="the answer is longer than 2 megabytes"):
        run_query(large, "SELECT * { ?a ?b ?c . ?d ?e ?f }", {}, Limits(rows=10**9, megabytes=2))


@LINUX
def test_a_query_that_needs_too_much_memory_is_an_error(large: Path) -> None:
    """The process of the query runs out of its memory, and this one does not notice but for the sentence."""
    query = "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i } ORDER BY ?c ?f ?i"
    with pytest.raises(QueryError, match="the query needs more than 700 megabytes of memory; ask for less"):
        run_query(large, query, {}, Limits(memory=700))


def test_a_long_answer_is_read_as_often_as_asked(large: Path) -> None:
    """An answer of many pieces, kept in a file, gives the same lines again, also to two readers at a time."""
    run = run_query(large, "SELECT ?s ?o ?t { ?s ?p ?o . ?t ?q ?r } LIMIT 600000", {}, Limits())
    first, second = iter(run.lines), iter(run.lines)
    assert all(one == other for one, other in zip(first, second, strict=True))
    assert sum(1 for _ in run.lines) == len(run.lines) == 600_000


@pytest.mark.skipif(os.name != "posix", reason="signals are of POSIX")
@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM, signal.SIGKILL])
def test_no_process_is_left_behind(large: Path, how: signal.Signals) -> None:
    """After Ctrl-C, and however else the program that asks ends, the query ends with it, at once."""
    asking = subprocess.Popen(
        [sys.executable, "-c", ASKS_FOR_EVER, str(large), FOR_EVER],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    with asking:
        assert asking.stdout is not None
        child = int(asking.stdout.readline())
        time.sleep(0.5)
        os.kill(child, 0)
        asking.send_signal(how)
        assert asking.wait(5) != 0
        assert is_gone(child, 5)
        if how == signal.SIGINT:
            assert "KeyboardInterrupt" in asking.communicate()[1]


def test_other_threads_go_on_while_a_query_runs(large: Path) -> None:
    """A program that asks from a thread is not held up, and two queries run at a time."""
    found: list[int] = []

    def ask() -> None:
        found.append(len(lines(large, "SELECT ?s { ?s ?p ?o }")))

    threads = [threading.Thread(target=ask) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert found == [2000, 2000]


@LINUX
def test_the_process_of_a_query_opens_no_connection(plan: Path) -> None:
    """Even a query that got past the guard reaches no server."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
        with pytest.raises(QueryError, match="Permission denied"):
            lines(plan, f"SELECT * {{ SERVICE <http://127.0.0.1:{port}/> {{ ?s ?p ?o }} }}")
        server.settimeout(0.2)
        with pytest.raises(TimeoutError):
            server.accept()


def test_from_fetches_nothing_and_updates_are_not_understood(plan: Path) -> None:
    """Behind the guard, FROM of an unknown graph is empty, and an update is no query."""
    assert len(answer_query(plan, "SELECT ?s FROM <http://127.0.0.1:9/> { ?s ?p ?o }")) == 0
    with pytest.raises(NotSparql):
        lines(plan, "DROP ALL")
    assert lines(plan, "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }") == [b"9"]


def test_a_value_is_bound_as_a_term(plan: Path) -> None:
    """A bound variable has its value in every row; a row with another one is none."""
    query = "SELECT ?action ?order { ?action pw:order ?order }"
    two = Node("2", "literal", "http://www.w3.org/2001/XMLSchema#integer")
    assert lines(plan, query, order=two) == [f"<{stores.PLAN}/action/1.2>\t2".encode()]
    assert lines(plan, query, order=two, action=Node(f"{stores.PLAN}/action/1.1")) == []


INJECTIONS = (
    '" } SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } #',
    "') . ?s ?p ?o } UNION { ?action pw:text ?text } #",
    "x> } ; DROP ALL ; <urn:y",
    "?o } SELECT * { ?s ?p ?o",
    "\\u0022 } #",
    'a\n"""} #\r\n',
    "\0",
    "1 OR 1=1",
    "1.1> } #",
    "2024-12-31' || '1'='1",
)


@pytest.mark.parametrize("value", INJECTIONS)
def test_no_text_becomes_part_of_a_query(plan: Path, value: str) -> None:
    """Text, dates and numbers that look like SPARQL are compared and found nowhere, whatever their datatype."""
    xsd = "http://www.w3.org/2001/XMLSchema#"
    for datatype in ("", f"{xsd}date", f"{xsd}integer"):
        given = Node(value, "literal", datatype)
        assert lines(plan, "SELECT ?action ?text { ?action pw:text ?text }", text=given) == []


@pytest.mark.parametrize("value", INJECTIONS)
def test_no_iri_becomes_part_of_a_query(plan: Path, value: str) -> None:
    """An IRI of a plan, an action, a party or a status that is none is refused before anything runs."""
    with pytest.raises(QueryError, match=r"^a value that is given is no term \(.+\); give a whole IRI, or text"):
        lines(plan, "SELECT ?action ?text { ?action pw:text ?text }", action=Node(f"{stores.PLAN}/{value} x"))


def test_no_datatype_or_language_becomes_part_of_a_query(plan: Path) -> None:
    """The parts of a literal are terms, too."""
    for given in (Node("x", "literal", "urn:a> } #"), Node("x", "literal", "", "en } #")):
        with pytest.raises(QueryError, match="a value that is given is no term"):
            lines(plan, "SELECT ?action ?text { ?action pw:text ?text }", text=given)


def test_a_name_of_a_variable_is_no_way_in(plan: Path) -> None:
    """Only variables that the query has can be given a value; the nearest is offered."""
    query = "SELECT ?action ?text { ?action pw:text ?text }"
    with pytest.raises(QueryError, match=r"^the query has no variable \?acton; did you mean action\?"):
        answer_query(plan, query, {"acton": Node(stores.PLAN)})
    with pytest.raises(QueryError, match="the query has no variable"):
        answer_query(plan, query, {"x } SERVICE <urn:x> {": "y"})


def test_a_bound_variable_needs_to_be_selected(plan: Path) -> None:
    """A value for a variable that is not selected is a sentence, not another answer."""
    with pytest.raises(QueryError, match=r"^\?text is given a value and not selected; add \?text to the SELECT\.$"):
        lines(plan, "SELECT ?action { ?action pw:text ?text }", text=Node("A", "literal"))


def test_no_store_is_a_sentence(tmp_path: Path) -> None:
    """A folder that is gone, as after a later build, is named."""
    with pytest.raises(StoreError, match=r"gone: the graph cannot be opened \(.+\); build again"):
        run_query(tmp_path / "gone", "ASK {}", {}, Limits())


def test_an_answer_that_cannot_be_worked_out_is_a_sentence(plan: Path) -> None:
    """A function that there is not is named, with the nearest."""
    likenes = "https://w3id.org/planweave/function/likenes"
    with pytest.raises(QueryError, match=rf"there is no function {likenes}; did you mean .*function/likeness"):
        lines(plan, f"SELECT ?s {{ ?s ?p ?o FILTER(<{likenes}>(?o)) }}")


@pytest.mark.parametrize(
    ("texts", "score", "words"),
    [
        ('"Review the housing policy", "Housing policies are reviewed"', "1", "review, housing, policy"),
        ('"Review the housing policy", "Housing policies are for homes"', "0", "housing, policy"),
        (
            '"Help former rough sleepers with access to employment", "Train former rough sleepers for employment"',
            "0.57",
            "former, rough, sleepers, employment",
        ),
    ],
)
def test_texts_are_compared_by_meaningful_words(plan: Path, texts: str, score: str, words: str) -> None:
    """Forms of a word are one, small words do not count, and two words in common make nothing alike."""
    query = f"SELECT (function:likeness({texts}) AS ?score) (function:commonWords({texts}) AS ?words) {{}}"
    assert [list(row) for row in answer_query(plan, query).readable_rows()] == [[score, words]]


def test_only_texts_are_compared(plan: Path) -> None:
    """The likeness of a thing is none: the row stays, without a value."""
    query = 'SELECT (function:likeness("Review the housing policy", ?action) AS ?score) { ?action pw:order 1 }'
    assert [list(row) for row in answer_query(plan, query).readable_rows()] == [[""]]


def test_a_query_too_long_is_a_sentence(plan: Path) -> None:
    """A text of megabytes is not read word by word."""
    with pytest.raises(QueryError, match="more than 200,000 characters"):
        answer_query(plan, "ASK {}" + " " * 200_000)
