"""Prepared answers: the same rows in the same order as the graph gives, or none at all."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

import planweave as pw
from planweave.asking.answering import answer_query
from planweave.asking.conditions import split
from planweave.asking.kept import Limits
from planweave.asking.locality import Key, by_plan
from planweave.asking.parameters import bindings_of
from planweave.asking.prepared import preparable
from planweave.asking.preparing import prepare
from planweave.asking.questions import Question, read_questions
from planweave.asking.tallies import tally
from planweave.errors import QueryError, StoreError
from planweave.library import Library, bundled_plans
from planweave.store import Node
from planweave.terms import BASE, XSD

if TYPE_CHECKING:
    from planweave.graph import Graph

QUESTIONS = read_questions(Library.bundled())
PREPARED = [name for name, question in QUESTIONS.items() if preparable(question)]
GIVEN: dict[str, list[dict[str, str]]] = {
    "overdue": [{"date": "2024-12-31"}, {"date": "2027-01-01"}, {"date": "2001-01-01"}],
    "due-between": [{"since": "2024-01-01", "until": "2025-12-31"}, {"since": "2025-01-01", "until": "2025-01-01"}],
    "no-recent-update": [{"date": "2025-12-31"}, {"date": "2025-12-31", "months": "6"}],
    "plans-past-their-end": [{"date": "2026-06-30"}],
    "actions-with-words": [{"words": "DOMESTIC abuse"}, {"words": '"'}, {"words": "\\n"}],
    "words-by-plan": [
        {"words": one} for one in ("housing", "DOMESTIC abuse", '"', "\\n", "(", "café", "no such words")
    ],
    "actions-by-status": [{"status": "complete"}, {"status": "stopped"}],
    "actions-led-by": [{"party": BASE + "agency/change-grow-live"}],
    "involved-in": [{"party": BASE + "agency/kent-county-council"}],
    "actions-by-pillar": [{}, {"pillar": "Intervention"}, {"pillar": "intervention"}],
    "partners-of": [{"party": BASE + "agency/change-grow-live"}, {"party": BASE + "agency/citizen-housing"}],
    "actions-by-indicator": [{}, {"indicator": "rare"}],
    "parties-beside": [{"party": BASE + "agency/change-grow-live"}],
    "due-in-month": [{"month": "2025-03"}, {"month": "2025-03", "open": "yes"}],
    "plans-with-agency": [{"agency": BASE + "agency/kent-county-council"}],
}
"""What questions are given; those that are not here are given nothing."""

BOTH = {"party": BASE + "agency/citizen-housing", "other": BASE + "agency/stonewater"}
REQUIRED = {
    "actions-with-both": BOTH,
    "parties-beside": {"party": BASE + "agency/change-grow-live"},
}
"""What those need that are asked of one plan only."""


@pytest.fixture(scope="module")
def graph(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Graph]:
    with pw.build(None, tmp_path_factory.mktemp("prepared") / "weave") as built:
        assert built.prepare() == 5
        yield built


def cases() -> Iterator[tuple[str, dict[str, str]]]:
    for name in PREPARED:
        for given in GIVEN.get(name, [{}]):
            yield name, given


def kept_rows(graph: Graph, question: Question, given: dict[str, str]) -> list[bytes] | None:
    bindings = bindings_of(question, given, lambda: graph.store, graph.ids)
    run = graph._prepared.answer(question, bindings, Limits())
    return None if run is None else list(run.lines)


@pytest.mark.usefixtures("asked_here")
@pytest.mark.parametrize(("name", "given"), list(cases()))
def test_a_prepared_answer_is_that_of_the_graph(graph: Graph, name: str, given: dict[str, str]) -> None:
    """Row by row and byte by byte what the engine writes that is asked the whole graph."""
    question = QUESTIONS[name]
    bindings = bindings_of(question, given, lambda: graph.store, graph.ids)
    asked = answer_query(graph._build.store, question.sparql, bindings)
    run = graph._prepared.answer(question, bindings, Limits())
    assert run is not None
    assert (run.columns, list(run.lines)) == (asked.columns, list(asked.lines))
    assert len(run.lines) == len(asked)
    answer = graph.ask(name, **given)  # type: ignore[arg-type]
    assert list(answer.rows()) == list(asked.rows())
    assert answer.about.sparql == question.sparql


def test_most_questions_are_prepared() -> None:
    """Those that list or count the actions of each plan; not those that look across plans or for one thing."""
    assert {"actions-without-lead", "leads-by-load", "islands", "shared-outcomes", "pillar-balance"} <= set(PREPARED)
    assert {"words-by-plan", "plan-keys", "overdue"} <= set(PREPARED)
    across = {"agencies-in-most-plans", "agencies-only-elsewhere", "same-agencies-elsewhere", "shared-agencies"}
    one = {"related-to", "where-it-says", "abbreviation", "body-names"}
    assert not (across | one) & set(PREPARED)


@pytest.mark.usefixtures("asked_here")
@pytest.mark.parametrize("name", [name for name, one in QUESTIONS.items() if by_plan(one.sparql)])
def test_one_plan_by_itself_gives_what_the_graph_gives(graph: Graph, name: str) -> None:
    """A question to one plan is asked of its file, which need not be in the store; the answer is the same."""
    question = QUESTIONS[name]
    for plan in graph.ids:
        for given in GIVEN.get(name, [REQUIRED.get(name, {})]):
            bindings = bindings_of(question, {**given, "plan": plan}, lambda: graph.store, graph.ids)
            asked = answer_query(graph._build.store, question.sparql, bindings)
            files = graph._own_files(question, plan)
            assert graph._build.shard(plan) in files
            alone = answer_query(Path("nowhere"), question.sparql, bindings, quads=files)
            assert (alone.columns, list(alone.lines)) == (asked.columns, list(asked.lines))


def test_a_question_across_plans_is_not_asked_of_one(graph: Graph) -> None:
    """What other plans have is looked for in all of them."""
    assert graph._own_files(QUESTIONS["agencies-only-elsewhere"], "gravesham") == ()


def test_a_query_that_names_its_graphs_is_asked_of_their_files(graph: Graph, monkeypatch: pytest.MonkeyPatch) -> None:
    """In a large graph, plans by their names are read alone; the answer is that of the whole graph."""
    named = "GRAPH plan-graph:coventry { ?action pw:text ?text } GRAPH provenance:gravesham { ?row pw:row 3 }"
    query = f"SELECT ?action ?text ?row {{ {named} FILTER (STRLEN(?text) < 60) }} ORDER BY ?action ?row"
    asked = graph.sparql(query)
    assert graph._named_files(query) == ()
    monkeypatch.setattr("planweave.graph.ASKED_TOGETHER", 1)
    assert graph._named_files(query) == tuple(map(graph._build.shard, ("coventry", "gravesham")))
    assert len(asked) > 5
    assert list(graph.sparql(query).lines) == list(asked.lines)


@pytest.mark.parametrize(
    "query",
    [
        "SELECT ?a { GRAPH ?g { ?a pw:text ?t } }",
        "SELECT ?a { GRAPH plan-graph:coventry { ?a pw:text ?t } ?a pw:order ?n }",
        "SELECT ?a { GRAPH plan-graph:coventry { ?a pw:text ?t } OPTIONAL { GRAPH ?g { ?a pw:order ?n } } }",
        "SELECT ?a { GRAPH plan-graph:coventry { ?a pw:text ?t } FILTER EXISTS { ?a pw:order ?n } }",
        "SELECT ?a { GRAPH plan-graph:nobody { ?a pw:text ?t } }",
        "SELECT ?a { GRAPH <https://w3id.org/planweave/graph/registers> { ?a pw:kind ?k } }",
        "SELECT ?a FROM plan-graph:gravesham { GRAPH plan-graph:coventry { ?a pw:text ?t } }",
        "SELECT ?a { { SELECT ?a { ?a pw:order ?n } } GRAPH plan-graph:coventry { ?a pw:text ?t } }",
        "SELECT ?a { GRAPH plan-graph:coventry { ?a pw:text ?t } } VALUES ?a { plan:x }",
        "ASK { GRAPH plan-graph:coventry { ?a pw:text ?t } }",
    ],
)
def test_a_query_that_may_look_further_is_asked_of_the_graph(
    graph: Graph, monkeypatch: pytest.MonkeyPatch, query: str
) -> None:
    """One pattern outside the named graphs, or a graph that is no plan's, and the files of plans are not enough."""
    monkeypatch.setattr("planweave.graph.ASKED_TOGETHER", 1)
    assert graph._named_files(query) == ()


def test_a_damaged_file_of_a_plan_is_said(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A sentence with the way out, in a graph so large that a plan is asked alone."""
    monkeypatch.setattr("planweave.graph.ASKED_TOGETHER", 1)
    with pw.build(folder / "documents", folder / "weave") as graph:
        path = graph._build.shard("coventry")
        path.write_bytes(path.read_bytes()[:-20])
        with pytest.raises(StoreError, match="build again"):
            graph.ask("islands", plan="coventry")


def test_an_answer_of_one_plan_is_not_a_prepared_one(graph: Graph) -> None:
    """An answer of one plan is not taken from those of all."""
    assert kept_rows(graph, QUESTIONS["islands"], {"plan": "coventry"}) is None


GOOD = (
    """SELECT ?plan ?a WHERE { GRAPH ?g { ?plan a pw:Plan . ?a pw:flag ?f } } ORDER BY STRAFTER(STR(?plan), "/plan/")"""
)


def test_a_query_of_one_graph_is_asked_by_plan() -> None:
    """The plain form, also with a shared graph beside it, a sub-select by plan, and keys before the plan."""
    assert by_plan(GOOD) is not None
    assert by_plan(GOOD.replace("?plan a pw:Plan", "?a pw:plan ?plan")) is not None
    shared = by_plan(
        GOOD.replace("} } ORDER", "} GRAPH <https://w3id.org/planweave/graph/registers> { ?f a ?b } } ORDER")
    )
    assert shared is not None
    assert shared.registers
    keyed = by_plan(GOOD.replace("ORDER BY", "ORDER BY DESC(?a)"))
    assert keyed is not None
    assert keyed.keys == (Key("a", descending=True),)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        pytest.param("?plan a pw:Plan . ", "?plan pw:title ?t . ", id="nothing says that the graph is a plan's"),
        pytest.param("?plan a pw:Plan . ", "?a pw:lead|pw:plan ?plan . ", id="the plan is one of two things"),
        pytest.param("?plan a pw:Plan . ", "?a ^pw:plan ?plan . ", id="the plan is the other end"),
        pytest.param("?plan a pw:Plan . ", "OPTIONAL { ?plan a pw:Plan } ", id="the plan may be missing"),
        pytest.param("?plan a pw:Plan . ", "MINUS { ?plan a pw:Plan } ", id="the plan is left out"),
        pytest.param("} } ORDER", "} GRAPH ?h { ?b pw:flag ?f } } ORDER", id="two graphs"),
        pytest.param("} } ORDER", "} GRAPH <http://example.org/g> { ?b a ?c } } ORDER", id="a graph of another plan"),
        pytest.param("} } ORDER", "} ?b pw:flag ?f } ORDER", id="a pattern in no graph"),
        pytest.param("} } ORDER", "} FILTER EXISTS { GRAPH ?h { ?a ?b ?c } } } ORDER", id="existing in another graph"),
        pytest.param("} } ORDER", "} MINUS { ?a a ?b } } ORDER", id="left out by the union"),
        pytest.param("} } ORDER", "} UNION { GRAPH ?g { ?a a ?b } } } ORDER", id="half of a union without a plan"),
        pytest.param("} } ORDER", "} { SELECT ?f { GRAPH ?g { ?plan a pw:Plan } } } } ORDER", id="a part of any plan"),
        pytest.param(
            "} } ORDER",
            "} { SELECT ?plan ?g (COUNT(?x) AS ?n) { GRAPH ?g { ?plan a pw:Plan . ?x a ?f } } GROUP BY ?plan } } ORDER",
            id="a part that is counted over graphs",
        ),
        pytest.param("SELECT ?plan ?a", "SELECT DISTINCT ?plan ?a", id="different rows of all"),
        pytest.param("SELECT ?plan ?a", "SELECT ?a", id="no plan is shown"),
        pytest.param("SELECT ?plan ?a", "SELECT *", id="whatever there is"),
        pytest.param("SELECT ?plan ?a", "SELECT (SAMPLE(?x) AS ?plan) ?a", id="the plan is made up"),
        pytest.param("SELECT ?plan ?a", "SELECT ?plan (COUNT(?a) AS ?n)", id="counted over all"),
        pytest.param("ORDER BY", "GROUP BY ?a ORDER BY", id="put together by something else"),
        pytest.param("ORDER BY", "LIMIT 5 ORDER BY", id="the first five"),
        pytest.param('STRAFTER(STR(?plan), "/plan/")', "?a", id="not sorted by plan"),
        pytest.param('STRAFTER(STR(?plan), "/plan/")', "STRLEN(?a) ?plan", id="sorted by what is no column"),
        pytest.param("?f }", "?f FILTER (RAND() < 0.5) }", id="another one each time"),
        pytest.param("GRAPH ?g", "GRAPH $g", id="the other sign of a variable"),
    ],
)
def test_a_query_across_plans_is_not(old: str, new: str) -> None:
    """Whatever may look from one plan to another is left to the whole graph."""
    assert old in GOOD
    assert by_plan(GOOD.replace(old, new)) is None


CONDITION = """SELECT ?plan ?d ?to WHERE { GRAPH ?g { ?plan a pw:Plan . ?a pw:dueLatest ?d . FILTER (?d < ?to) } }"""


def test_a_condition_is_taken_out_with_what_it_needs() -> None:
    """A BIND that makes what the condition compares goes with it."""
    plain = split(CONDITION, ["to"], ["plan", "d", "to"])
    assert plain is not None
    assert "?to" not in plain.query.partition("{")[2]
    assert (plain.conditions.columns, plain.conditions.given) == (("d",), ("to",))
    bound = split(CONDITION.replace("FILTER (?d <", "BIND (STR(?d) AS ?e) FILTER (?e <"), ["to"], ["plan", "d", "to"])
    assert bound is not None
    assert bound.conditions.text == "BIND (STR(?d) AS ?e) FILTER (?e < ?to)"


@pytest.mark.parametrize(
    ("old", "new"),
    [
        pytest.param("FILTER (?d < ?to)", "?a pw:due ?to", id="a value of the graph's"),
        pytest.param("FILTER (?d < ?to)", "OPTIONAL { ?a pw:x ?y FILTER (?d < ?to) }", id="in an OPTIONAL"),
        pytest.param("FILTER (?d < ?to)", "FILTER NOT EXISTS { ?a pw:x ?y FILTER (?y < ?to) }", id="in EXISTS"),
        pytest.param("FILTER (?d < ?to)", "?a pw:x ?y FILTER (?y < ?to)", id="of what is no column"),
        pytest.param("} }", "} { FILTER (?d < ?to) } }", id="in brackets of its own"),
        pytest.param("} }", "BIND (IF(?d < ?to, 1, 0) AS ?n) FILTER (?n IN (?f)) ?a pw:y ?n } }", id="used elsewhere"),
        pytest.param("SELECT ?plan ?d ?to", "SELECT ?plan ?d ?to (STR(?to) AS ?x)", id="shown in other words"),
        pytest.param("} }", "FILTER ($to > ?d) } }", id="the other sign of a variable"),
    ],
)
def test_what_is_more_than_a_condition_on_columns_is_not(old: str, new: str) -> None:
    """What is given must not change anything but which rows there are."""
    assert old in CONDITION
    assert split(CONDITION.replace(old, new), ["to"], ["plan", "d", "to"]) is None


COUNT = """SELECT ?plan (SUM(?x) AS ?n) ?w WHERE { GRAPH ?g { ?plan a pw:Plan . ?a pw:text ?t .
 BIND (IF (?t = ?w, 1, 0) AS ?x) } } GROUP BY ?plan ?w ORDER BY STRAFTER(STR(?plan), "/plan/")"""


def test_a_count_by_a_condition_is_taken_apart() -> None:
    """The rows are those without the condition, and what is counted is who fulfils it."""
    plain = tally(COUNT, ["w"], ["plan", "n", "w"])
    assert plain is not None
    assert plain.number == "n"
    assert plain.parts.conditions.text == "FILTER (?t = ?w)"
    assert "SUM" not in plain.parts.query
    assert "GROUP" not in plain.parts.query


@pytest.mark.parametrize(
    ("old", "new"),
    [
        pytest.param("SUM(", "MAX(", id="no sum"),
        pytest.param("1, 0)", "2, 0)", id="other numbers"),
        pytest.param("1, 0)", "1, ?c)", id="a number of the graph's"),
        pytest.param("} } GROUP", "FILTER (?x = 1) } } GROUP", id="looked at elsewhere"),
        pytest.param("?plan ?w ORDER", "?plan ?w HAVING (?n > 1) ORDER", id="a condition on the number"),
        pytest.param("?plan ?w ORDER", "?plan ?t ?w ORDER", id="other groups than are shown"),
        pytest.param("(SUM(?x) AS ?n)", "(SUM(?x) AS ?n) (COUNT(?a) AS ?m)", id="counted twice"),
        pytest.param("(SUM(?x) AS ?n)", "(SUM(DISTINCT ?x) AS ?n)", id="only different ones"),
        pytest.param("?t = ?w", "EXISTS { ?a pw:due ?w }", id="looked for in the graph"),
    ],
)
def test_what_is_more_than_such_a_count_is_not(old: str, new: str) -> None:
    """Whatever else a number may depend on is left to the graph."""
    assert old in COUNT
    assert tally(COUNT.replace(old, new), ["w"], ["plan", "n", "w"]) is None


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    documents = tmp_path / "documents"
    shutil.copytree(bundled_plans(), documents)
    return tmp_path


def test_after_a_change_only_that_plan_is_asked_again(folder: Path) -> None:
    """What is kept of another state is not used; the plans that have not changed are not asked again."""
    question = QUESTIONS["actions-without-lead"]
    with pw.build(folder / "documents", folder / "weave") as graph:
        assert kept_rows(graph, question, {}) is None
        assert graph.prepare() == 5
        assert graph.prepare() == 0
    path = next((folder / "documents").glob("*oventry*.txt"))
    path.write_text(path.read_text(encoding="utf-8") + "\nOne more line of text.\n", encoding="utf-8")
    with pw.build(folder / "documents", folder / "weave") as graph:
        assert kept_rows(graph, question, {}) is None
        before = list(graph.ask(question.name).lines)
        assert graph.prepare() == 1
        assert kept_rows(graph, question, {}) == before
    next((folder / "documents").glob("*ravesham*.txt")).unlink()
    with pw.build(folder / "documents", folder / "weave") as graph:
        assert graph.prepare() == 0
        rows = kept_rows(graph, question, {})
        assert rows is not None
        assert not any(b"gravesham" in row for row in rows)
        assert rows == [row for row in before if b"/plan/gravesham/" not in row]


def test_a_damaged_file_is_not_used(folder: Path) -> None:
    """Cut short, unreadable or gone: the graph is asked, and preparing mends it."""
    question = QUESTIONS["status-by-plan"]
    with pw.build(folder / "documents", folder / "weave") as graph:
        graph.prepare()
        whole = kept_rows(graph, question, {})
        index = graph._prepared.index(question)
        assert index is not None
        kept = folder / "weave" / ".answers" / index.file
        kept.write_bytes(kept.read_bytes()[:-1])
        assert kept_rows(graph, question, {}) is None
        assert list(graph.ask(question.name).lines) == whole
        graph.prepare()
        assert kept_rows(graph, question, {}) == whole
        for path in (folder / "weave" / ".answers").glob("*.json"):
            path.write_bytes(b"{")
        assert kept_rows(graph, question, {}) is None
        assert graph.prepare() == 5


def test_another_question_has_an_answer_of_its_own(graph: Graph) -> None:
    """The words of the query are what an answer is kept by, not its name."""
    question = QUESTIONS["status-by-plan"]
    other = replace(question, sparql=question.sparql.replace("DESC(?actions)", "?actions"))
    assert kept_rows(graph, question, {}) is not None
    assert kept_rows(graph, other, {}) is None


def test_a_limit_is_an_error_here_too(graph: Graph) -> None:
    """Too many rows are refused in the same words, and never cut."""
    with pytest.raises(QueryError, match="more than 3 rows"):
        graph.ask("actions-without-lead", limits=Limits(rows=3))


def test_what_cannot_be_sorted_as_the_engine_does_is_left_to_it(folder: Path) -> None:
    """Texts before the plan in the ORDER BY: whether Python sorts them alike is not relied on."""
    question = QUESTIONS["actions-without-lead"]
    by_text = replace(question, sparql=question.sparql.replace("ORDER BY STRAFTER", "ORDER BY ?text STRAFTER"))
    with pw.build(folder / "documents", folder / "weave") as graph:
        prepare(graph._prepared, [by_text], graph._build)
        assert graph._prepared.index(by_text) is not None
        assert graph._prepared.answer(by_text, {}, Limits()) is None


def test_a_value_that_no_row_has_gives_no_rows(graph: Graph) -> None:
    """An empty answer, as from the graph."""
    question = QUESTIONS["actions-by-pillar"]
    run = graph._prepared.answer(question, {"pillar": Node("no such pillar", "literal", XSD + "string")}, Limits())
    assert run is not None
    assert list(run.lines) == []
