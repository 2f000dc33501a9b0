"""Measures of networks: each has its value on a graph that can be drawn by hand, and on the bundled plans."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import networkx as nx
import pytest

import planweave as pw
from planweave.networks.measures import measure, measures_of
from planweave.networks.measures.load import Load, load_of
from planweave.networks.measures.references import longest_chain, measure_references
from planweave.networks.measures.ties import gini, measure_ties, top_share
from planweave.networks.measures.words import COLUMNS, FIGURES
from planweave.terms import AGENCY, PLAN

if TYPE_CHECKING:
    from planweave.graph import Graph
    from planweave.networks.measures import Measures
    from planweave.networks.network import Network

DAY = dt.date(2024, 12, 31)


@pytest.fixture(scope="module")
def graph(five_plans: Path) -> Iterator[Graph]:
    with pw.open(five_plans) as opened:
        yield opened


def drawn(edges: str, *, directed: bool = False, kind: str = "agency", load: str = "", alone: str = "") -> Network:
    """A network of edges such as "a-b b-c:2", with weights, and of nodes that stand alone."""
    network: Network = nx.DiGraph() if directed else nx.Graph()
    network.graph.update(name="drawn", title="Drawn", notices=(), values={}, columns=())
    for edge in edges.split():
        ends, _, weight = edge.partition(":")
        network.add_edge(*ends.split("-"), weight=int(weight or 1))
    network.add_nodes_from(alone.split())
    loads = dict(pair.split(":") for pair in load.split())
    for node, data in network.nodes(data=True):
        data.update(label=node.upper(), id=node, kind=kind, load=int(loads.get(node, 1)), due=None)
    return network


KITE = "a-b b-c c-a c-d d-e"
"""A triangle a, b, c with a tail: c to d to e."""


def figures(measures: Measures) -> dict[str, Any]:
    return {figure.name: figure.value for figure in measures.figures}


def test_parts_and_points_of_failure_of_a_kite() -> None:
    """Without c the tail falls off, without d its end does; the two edges of the tail are bridges; f stands alone."""
    ties = measure_ties(drawn(KITE, alone="f"), most_exact=10**9)
    assert ties.components == (("a", "b", "c", "d", "e"), ("f",))
    assert ties.isolated == ("f",)
    assert ties.cut_nodes == {"c", "d"}
    assert ties.bridges == {("c", "d"), ("d", "e")}


def test_betweenness_of_a_kite() -> None:
    """Node c lies between a, b and d, e: four pairs of the six of others; d between e and three: three of six."""
    ties = measure_ties(drawn(KITE), most_exact=10**9)
    assert ties.betweenness == pytest.approx({"a": 0, "b": 0, "c": 4 / 6, "d": 3 / 6, "e": 0})
    assert ties.sampled == 0


def test_betweenness_of_a_square_is_shared() -> None:
    """Two ways lead from corner to corner: each corner has half of one of three pairs."""
    assert measure_ties(drawn("a-b b-c c-d d-a"), 10**9).betweenness == pytest.approx(dict.fromkeys("abcd", 1 / 6))


def test_strength_adds_weights_up() -> None:
    """Once with b and twice with c are three."""
    assert measure_ties(drawn("a-b a-c:2"), 10**9).strength == {"a": 3, "b": 1, "c": 2}


def test_communities_of_two_triangles() -> None:
    """One edge joins two triangles: 3 of 7 edges are in each, and each has half of the ends: 2 · (3/7 − 1/4)."""
    ties = measure_ties(drawn("a-b b-c c-a c-d d-e e-f f-d"), 10**9)
    assert ties.communities == (("a", "b", "c"), ("d", "e", "f"))
    assert ties.modularity == pytest.approx(2 * (3 / 7 - 1 / 4))


def test_weights_decide_communities() -> None:
    """In a square with two heavy sides, those who share them belong together."""
    assert measure_ties(drawn("a-b:9 b-c c-d:9 d-a"), 10**9).communities == (("a", "b"), ("c", "d"))


def test_a_network_without_edges_has_measures() -> None:
    """Nothing is divided by nothing."""
    told = figures(measure(drawn("", alone="a b"), None, as_of=DAY))
    assert (told["components"], told["isolated"], told["communities"], told["modularity"]) == (2, 2, 0, None)
    told = figures(measure(drawn(""), None, as_of=DAY))
    assert (told["nodes"], told["largest"], told["top_three"], told["gini"]) == (0, 0, None, None)


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ([2, 2, 2], 0.0),
        (
            [0, 0, 6],
            2 / 3,
        ),  # differences 6 and 6 of three pairs: mean over all 9 ordered pairs 24/9, by twice the mean 2
        ([1, 3], 1 / 4),  # differences over 4 ordered pairs: 4/4 = 1, by twice the mean 4
        ([], None),
        ([0, 0], None),
    ],
)
def test_the_gini_coefficient(values: list[float], expected: float | None) -> None:
    """The mean difference between any two, by twice the mean; nothing where nobody has anything."""
    assert gini(values) == (expected if expected is None else pytest.approx(expected))


def test_the_share_of_the_three_largest() -> None:
    """4, 3 and 2 of 11."""
    assert top_share([1, 2, 1, 3, 4]) == pytest.approx(9 / 11)
    assert top_share([]) is None


def test_a_large_network_is_estimated_and_says_so() -> None:
    """Of a star of 500 rays the middle lies on all ways; the estimate says from how many nodes it is."""
    star = drawn(" ".join(f"m-n{number}" for number in range(500)))
    told = measure(star, None, as_of=DAY, most_exact=1_000)
    column = next(column for column in told.nodes.columns if column.name == "betweenness")
    assert column.definition.endswith("Estimated from 400 nodes, taken at random with a fixed seed.")
    middle = told.nodes.row("m")["betweenness"]
    assert middle == pytest.approx(1, abs=0.01)
    assert measure(star, None, as_of=DAY, most_exact=1_000) == told
    exact = measure(star, None, as_of=DAY)
    assert exact.nodes.row("m")["betweenness"] == pytest.approx(1)
    assert "Estimated" not in next(one for one in exact.nodes.columns if one.name == "betweenness").definition


def test_mutual_and_one_way_references() -> None:
    """Two, a and b, refer to each other, c to b, d to nothing."""
    found = measure_references(drawn("a-b b-a c-b", directed=True, kind="action", alone="d"))
    assert found.mutual == {("a", "b")}
    assert found.one_way == {("c", "b")}
    assert found.islands == ("d",)
    assert found.rings == (("a", "b"),)


def test_rings_and_chains() -> None:
    """The ring a, b, c counts as one on the way from x over it to y and z; another way to z is shorter."""
    found = measure_references(drawn("a-b b-c c-a x-a b-y y-z x-z", directed=True, kind="action"))
    assert found.rings == (("a", "b", "c"),)
    assert found.chain == ("x", "a", "y", "z")


def test_of_equal_chains_it_is_always_the_first() -> None:
    """Two chains of three: that of the smaller names."""
    assert longest_chain(drawn("d-e e-f a-b b-c", directed=True)) == ("a", "b", "c")
    assert longest_chain(drawn("", directed=True)) == ()
    assert longest_chain(drawn("a-a", directed=True)) == ()


def test_a_prerequisite_can_be_too_late() -> None:
    """Action a needs b, which is due after it, and c, which is not; d is only related to b."""
    network = drawn("a-b a-c d-b", directed=True, kind="action")
    days = {"a": dt.date(2024, 3, 31), "b": dt.date(2024, 6, 30), "c": dt.date(2024, 3, 31), "d": dt.date(2024, 1, 31)}
    for node, day in days.items():
        network.nodes[node]["due"] = day
    network.edges["a", "b"]["refers"] = network.edges["a", "c"]["refers"] = "needs"
    network.edges["d", "b"]["refers"] = "related"
    told = measure(network, None, as_of=DAY)
    assert (told.figure("needs").value, told.figure("late").value) == (2, 1)
    assert told.figure("late").note == "a needs b"
    between = {(row[0], row[2]): (row[4], row[6]) for row in told.edges.rows}
    assert between == {("a", "b"): ("needs", 91), ("a", "c"): ("needs", 0), ("d", "b"): ("related", 151)}


def test_load_stands_beside_the_nodes() -> None:
    """Led, partnered, mentioned, open and overdue, as they were counted; nothing for what carries no load."""
    told = measure(drawn("a-b"), {"a": Load(3, 1, 2, 4, 2, 1)}, as_of=DAY)
    assert [told.nodes.row("a")[part] for part in ("led", "partnered", "mentioned", "open", "overdue")] == [
        3,
        1,
        2,
        2,
        1,
    ]
    assert told.nodes.row("b")["led"] is None


def test_every_measure_says_what_it_is(graph: Graph) -> None:
    """No figure and no column without a definition, and docs/networks.md has a row for each figure."""
    page = (Path(__file__).parent.parent / "docs" / "networks.md").read_text(encoding="utf-8")
    for name, (title, definition) in {**FIGURES, **COLUMNS}.items():
        assert title, name
        assert re.fullmatch(r"(How|Two|[A-Z“]).+[.]", definition), name
    for name in ("components", "cut_nodes", "bridges", "modularity", "top_three", "gini", "chain", "islands", "late"):
        assert FIGURES[name].title in page
    for network in ("partnership", "dependencies"):
        told = measures_of(graph, graph.network(network), as_of=DAY)
        assert all(figure.definition for figure in told.figures)
        assert all(column.definition for table in (told.nodes, told.edges) for column in table.columns)


def test_partnership_of_the_bundled_plans(graph: Graph) -> None:
    """Worked out from the drawing of tests/networks/partnership.csv.

    Anchor Centre – CGL – Crisis, Crisis, Citizen and P3 in a triangle, Citizen – Stonewater; two pairs; five alone.
    Fifteen bodies, whose loads are 6 (CGL), 4 (the police), 3 (Citizen), four times 2, and eight times 1: 29 in all.
    """
    told = measures_of(graph, graph.network("partnership"), as_of=DAY)
    value = figures(told)
    assert (value["nodes"], value["edges"], value["components"], value["largest"], value["isolated"]) == (
        15,
        8,
        8,
        6,
        5,
    )
    assert (value["cut_nodes"], value["bridges"], value["communities"]) == (3, 5, 4)
    assert told.figure("cut_nodes").note == "Change Grow Live, Citizen Housing, Crisis (charity)"
    assert value["top_three"] == pytest.approx(13 / 29)
    # Of the eight edges, four are among Crisis, Citizen, P3 and Stonewater (strengths 3, 3, 2, 1), one in each pair:
    # Anchor and CGL (1, 2), Public Health and the trust, RSAG and the Voids Panel (1, 1).
    assert value["modularity"] == pytest.approx(
        4 / 8 - (9 / 16) ** 2 + 1 / 8 - (3 / 16) ** 2 + 2 * (1 / 8 - (2 / 16) ** 2)
    )
    # In order: 1 × 8, 2 × 4, 3, 4, 6; the sum of (2 · place − 16) · load is −56 + 40 + 30 + 48 + 84, by 15 · 29.
    assert value["gini"] == pytest.approx(146 / 435)
    betweenness = {row[0]: row[told.nodes.columns.index(_column(told, "betweenness"))] for row in told.nodes.rows}
    # Crisis lies between Anchor, CGL and Citizen, P3, Stonewater: 6 of the 91 pairs of others; the next two each cut
    # one body off from four.
    assert betweenness["crisis"] == pytest.approx(6 / 91)
    assert betweenness["citizen-housing"] == betweenness["change-grow-live"] == pytest.approx(4 / 91)
    assert sum(value > 0 for value in betweenness.values() if isinstance(value, float)) == 3


def _column(told: Measures, name: str) -> Any:
    return next(column for column in told.nodes.columns if column.name == name)


def test_load_on_the_bundled_plans(graph: Graph) -> None:
    """CGL leads 3.3, 6.2, 6.3, 8.1, 8.2 and 8.3 of Coventry, and is named in Gravesham's fourth action.

    Their dates: September 2023 (3.3, 6.2, 6.3), January 2023 (8.2) are over by the end of 2024; 8.1 is on-going and
    8.3 "March 2023 onwards". No status is printed, so that all are open.
    """
    load = load_of(graph, DAY)[f"{AGENCY}change-grow-live"]
    assert (load.led, load.partnered, load.mentioned, load.involved) == (6, 0, 1, 6)
    assert (load.open, load.overdue) == (6, 4)
    assert load_of(graph, dt.date(2023, 9, 30))[f"{AGENCY}change-grow-live"].overdue == 1
    assert load_of(graph, dt.date(2023, 10, 1))[f"{AGENCY}change-grow-live"].overdue == 4
    assert load_of(graph, DAY, {"gravesham"})[f"{AGENCY}change-grow-live"] == Load(mentioned=1)


def test_open_and_overdue_mean_what_the_questions_mean(graph: Graph) -> None:
    """For every lead of every plan: the numbers of leads-by-load and of overdue."""
    load = load_of(graph, DAY)
    asked = {
        row["party"].value: row
        for row in graph.ask("leads-by-load")
        if row["party"] and "/party/" in row["party"].value
    }
    assert len(asked) > 20
    for party, row in asked.items():
        assert row["actions"]
        assert int(row["actions"].value) == load[party].led
    overdue = {row["action"].value for row in graph.ask("overdue", date=DAY) if row["action"]}
    leading = f"SELECT ?party ?action {{ GRAPH ?graph {{ ?action <{PLAN[:-5]}ontology#lead> ?party }} }}"
    counted: dict[str, int] = {}
    for found in graph.store.select(leading):
        counted[found["party"].value] = counted.get(found["party"].value, 0) + (found["action"].value in overdue)
    for party, number in counted.items():
        if not load[party].partnered:
            assert load[party].overdue == number


def test_dependencies_of_the_bundled_plans(graph: Graph) -> None:
    """Worked out from the drawing of tests/networks/dependencies.csv: 19 references among 17 of Coventry's 44 actions.

    1.1 and 13.1, 4.1 and 15.1, 5.1 and 16.1 refer to each other, which makes three rings. 15.1 is referred to from 2.1,
    2.2, 3.1, 3.2, 3.3, 4.1 and 6.1. From 6.2 and from 6.3 one gets over 16.2 and 5.2 to the ring of 16.1.
    """
    told = measures_of(graph, graph.network("dependencies"), as_of=DAY)
    assert figures(told) == {
        "actions": 44,
        "references": 19,
        "mutual": 3,
        "one_way": 13,
        "needs": 0,
        "rings": 3,
        "chain": 4,
        "most_referred": 7,
        "islands": 27,
        "late": 0,
    }
    assert told.figure("chain").note == "coventry/6.2 → coventry/16.2 → coventry/5.2 → coventry/16.1"
    assert told.figure("most_referred").note == "coventry/15.1"
    # 1.1 is due in April 2023, 13.1 in October 2022.
    days = {(row[0], row[2]): row[6] for row in told.edges.rows}
    assert days["coventry/1.1", "coventry/13.1"] == (dt.date(2022, 10, 31) - dt.date(2023, 4, 30)).days
