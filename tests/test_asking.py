"""Asking a graph: by name with values of every kind, in SPARQL, and in words; and what is refused."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

import planweave as pw
from planweave.errors import NotFound, PlanweaveError, QueryError

if TYPE_CHECKING:
    from planweave.graph import Graph


@pytest.fixture(scope="module")
def graph(five_plans: Path) -> Iterator[Graph]:
    with pw.open(five_plans) as opened:
        yield opened


def test_a_question_is_asked_by_its_name(graph: Graph) -> None:
    """The City's five actions without a lead, and all of Thurrock's, which has no column for one."""
    answer = graph.ask("actions-without-lead")
    assert answer.columns[:2] == ("plan", "action")
    assert len(answer) == 5 + 44
    assert [row.ref.value if row.ref else None for row in graph.ask("actions-without-lead", plan="city-of-london")] == [
        "1.6",
        None,
        "1.10",
        "1.11",
        "1.12",
    ]


@pytest.mark.parametrize(
    "name",
    ["CGL", "cgl", "Change Grow Live", "change-grow-live", "https://w3id.org/planweave/agency/change-grow-live"],
)
def test_a_party_is_known_by_any_of_its_names(graph: Graph, name: str) -> None:
    """Abbreviation, full name, id or IRI: the same party; Coventry names it as lead of six actions."""
    rows = graph.ask("actions-led-by", party=name, plan="coventry")
    assert {row.ref.value for row in rows if row.ref} == {"3.3", "6.2", "6.3", "8.1", "8.2", "8.3"}


def test_a_party_of_one_plan_is_known_by_the_id_that_answers_show(graph: Graph) -> None:
    """Coventry's Communications Team leads 9.1, 9.2 and 9.3; it is no body of the register, and of no other plan."""
    rows = graph.ask("actions-led-by", party="coventry/party/ccc-communications-team")
    assert [row.ref.value for row in rows if row.ref] == ["9.1", "9.2", "9.3"]
    with pytest.raises(NotFound, match="nobody is called 'gravesham/party/ccc-communications-team'"):
        graph.ask("actions-led-by", party="gravesham/party/ccc-communications-team")


def test_a_value_never_becomes_part_of_the_query(graph: Graph) -> None:
    """What would end a string or a pattern is looked for as it stands, and found nowhere."""
    for text in ("'} #", "} UNION { ?s ?p ?o }", '") || ("" = "', "<x>"):
        assert len(graph.ask("actions-with-words", words=text)) == 0
        with pytest.raises(NotFound):
            graph.ask("actions-without-lead", plan=text)
        with pytest.raises(NotFound):
            graph.ask("actions-led-by", party=text)


@pytest.mark.parametrize(
    ("asked", "error", "words"),
    [
        (("actions-without-led", {}), NotFound, "there is no question 'actions-without-led'"),
        (("overdue", {"dat": "2024-12-31"}), NotFound, "the question overdue takes no dat; did you mean date?"),
        (("overdue", {}), QueryError, "the question overdue needs --date: the day"),
        (
            ("overdue", {"date": "31/12/2024"}),
            QueryError,
            "--date is no date: '31/12/2024'; write a day as 2024-12-31.",
        ),
        (("actions-without-lead", {"plan": "coventri"}), NotFound, "did you mean coventry?"),
        (("related-to", {"action": "coventry/1.9"}), NotFound, "there is no action 'coventry/1.9'"),
        (("actions-by-status", {"status": "done"}), NotFound, "--status is no status: 'done'"),
        (("agencies-in-most-plans", {"least": "two"}), QueryError, "--least is no whole number: 'two'"),
        (
            ("actions-led-by", {"party": "Homless Link"}),
            NotFound,
            "nobody is called 'Homless Link'; did you mean Homeless Link",
        ),
    ],
)
def test_what_cannot_be_asked_is_one_sentence(
    graph: Graph, asked: tuple[str, dict[str, str]], error: type[PlanweaveError], words: str
) -> None:
    """What is wrong, and the nearest that is right."""
    name, values = asked
    with pytest.raises(error) as raised:
        graph.ask(name, **values)  # type: ignore[arg-type]
    assert words in str(raised.value)


def test_any_sparql_sees_the_union_of_all_graphs(graph: Graph) -> None:
    """And needs no declaration of planweave's prefixes."""
    (row,) = graph.sparql("SELECT (COUNT(*) AS ?n) { ?action a pw:Action }")
    assert row.n is not None
    assert row.n.value == "144"


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("SELECT * { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }", "SERVICE"),
        ("DELETE WHERE { ?s ?p ?o }", "DELETE"),
        ("SELECT ?s { ?s pw:led ?o ", "line 1"),
    ],
)
def test_what_may_not_be_asked_is_refused(graph: Graph, query: str, words: str) -> None:
    """One sentence; nothing runs."""
    with pytest.raises(QueryError) as raised:
        graph.sparql(query)
    assert words in str(raised.value)


def test_a_misspelt_name_is_pointed_out(graph: Graph) -> None:
    """The query runs, finds nothing, and the notice says which name was probably meant."""
    answer = graph.sparql("SELECT ?s { ?s pw:led ?o }")
    assert len(answer) == 0
    assert any("pw:lead" in notice for notice in answer.about.notices)


def test_search_follows_the_graph(graph: Graph) -> None:
    """Actions about veterans are Thurrock's 2.3.1 to 2.3.3."""
    assert sorted(hit.action for hit in graph.search("veterans")) == [f"thurrock/2.3.{n}" for n in (1, 2, 3)]
    with pytest.raises(NotFound, match="there is no plan 'thurock' in this graph; did you mean thurrock"):
        graph.search("veterans", plan="thurock")


def test_an_empty_answer_says_what_the_plan_never_states(graph: Graph) -> None:
    """Thurrock's plan has no dates and no statuses: that nothing is overdue there is no good news."""
    answer = graph.ask("overdue", date="2030-01-01", plan="thurrock")
    assert len(answer) == 0
    assert answer.about.notices == ("there is no row, and the plan thurrock states no date and no status anywhere",)
    assert graph.ask("overdue", date="2030-01-01", plan="gravesham").about.notices == ()
