"""SPARQL on the store and pySHACL give the same findings: on the bundled plans and on generated graphs."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from pathlib import Path
from unittest import mock

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from planweave.checking import Shapes, explain, read_shapes, run
from planweave.library import Library, bundled_plans
from planweave.reading.reader import Reader
from planweave.store import MemoryStore, Node, Statement, Store
from planweave.terms import PW, RDF, RDFS, XSD, plan_graph
from planweave.weaving import weave

PLANS = ("city-of-london", "coventry", "gravesham", "maidstone", "thurrock")
SHAPES = Path(__file__).with_name("checking-shapes.ttl")


@cache
def shapes() -> Shapes:
    return read_shapes(SHAPES)


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    reader = Reader(Library.bundled())
    folder = tmp_path_factory.mktemp("checking") / "store"
    filled = Store(folder, create=True)
    list(filled.load_all(weave(reader.read(bundled_plans() / f"{plan}.txt")) for plan in PLANS))
    filled.close()
    opened = Store(folder)
    yield opened
    opened.close()


def test_every_shape_is_translated() -> None:
    """None of these shapes goes to the reference."""
    assert {way.engine for way in explain(shapes())} == {"sparql"}


@pytest.mark.parametrize("plan", PLANS)
def test_both_ways_agree_on_a_bundled_plan(store: Store, plan: str) -> None:
    """Finding by finding, with path, value, severity and message; nothing is lost or doubled."""
    graph = plan_graph(plan)
    found = list(run(store, shapes(), [graph]))
    assert sorted(found) == sorted(run(store, shapes(), [graph], engine="pyshacl"))
    assert len(found) == len(set(found)) > 0


def test_all_plans_at_once_is_each_plan_by_itself(store: Store) -> None:
    """One query over all graphs finds what a query a graph finds."""
    graphs = [plan_graph(plan) for plan in PLANS]
    apart = [one for graph in graphs for one in run(store, shapes(), [graph])]
    with mock.patch("planweave.checking.engine.FEW", 0):
        assert sorted(run(store, shapes(), graphs)) == sorted(apart)
        assert {one.graph for one in run(store, shapes(), graphs[:2])} == set(graphs[:2])


def test_the_shapes_are_not_idle(store: Store) -> None:
    """On the bundled plans every shape finds something but the two whose defects are not in them."""
    found = {one.shape for one in run(store, shapes(), [plan_graph(plan) for plan in PLANS])}
    idle = {root.name for root in shapes().roots if not any(name.startswith(root.name) for name in found)}
    assert {name.rpartition("/")[2] for name in idle} == {"LeadIsNoPartner", "CrossReferenceLeadsSomewhere"}


def iri(name: str) -> Node:
    return Node(f"https://example.org/{name}")


ACTIONS = [iri(f"action/{n}") for n in range(5)]
THINGS = [iri(f"thing/{n}") for n in range(4)]
WORDS = ["", "1.1", "1.2", "A", "b" * 25, "200 homes for 12 families, and then a report", "c" * 401]
TEXTS = [Node(word, "literal", XSD + "string") for word in WORDS] + [Node("homes", "literal", language="en")]
DATES = [Node(day, "literal", XSD + "date") for day in ("2024-01-01", "2025-03-31", "2025-04-01", "2025-02-30")]
NUMBERS = [Node(number, "literal", XSD + "integer") for number in ("1", "39", "40")]
STATUSES = [Node(f"https://w3id.org/planweave/status/{name}") for name in ("complete", "not-stated", "unheard-of")]


def said(subjects: list[Node], predicate: str, values: list[Node]) -> st.SearchStrategy[Statement]:
    return st.tuples(st.sampled_from(subjects), st.just(Node(predicate)), st.sampled_from(values))


STATEMENTS = st.one_of(
    said(ACTIONS, RDF + "type", [Node(PW + "Action")]),
    said(ACTIONS, RDF + "type", [Node(PW + "Action"), Node(PW + "Plan")]),
    said(THINGS, RDF + "type", [Node(PW + name) for name in ("Agency", "Party", "Plan", "CrossReference", "Council")]),
    said([Node(PW + "Council")], RDFS + "subClassOf", [Node(PW + "Agency")]),
    *(said(ACTIONS, PW + name, THINGS) for name in ("lead", "partner", "outcome", "evidence", "mentions", "flag")),
    *(said(ACTIONS, PW + name, TEXTS) for name in ("text", "reference")),
    *(said(ACTIONS, PW + name, [*DATES, TEXTS[0]]) for name in ("dueEarliest", "dueLatest")),
    said(ACTIONS, PW + "relatedTo", ACTIONS),
    said(ACTIONS, PW + "order", NUMBERS),
    said(ACTIONS, PW + "status", [*STATUSES, TEXTS[1]]),
    said(ACTIONS, PW + "plan", THINGS[:2]),
    said(THINGS, PW + "periodEnd", DATES[:3]),
    said(THINGS, PW + "refersTo", ACTIONS),
    said(THINGS, PW + "partyKind", [Node("https://w3id.org/planweave/party-kind/team")]),
    said(THINGS, RDFS + "label", TEXTS),
)


@settings(max_examples=40, deadline=None)
@given(st.lists(STATEMENTS, max_size=40), st.lists(STATEMENTS, max_size=12))
def test_both_ways_agree_on_any_graph(one: list[Statement], other: list[Statement]) -> None:
    """On generated graphs with every kind of defect, two at a time, both ways find the same, and nothing twice.

    So does one query over all graphs at once, though the same nodes stand in both.
    """
    holding = MemoryStore({"urn:one": one, "urn:other": other})
    graphs = ["urn:one", "urn:other"]
    found = list(run(holding, shapes(), graphs))
    assert len(found) == len(set(found))
    assert sorted(found) == sorted(run(holding, shapes(), graphs, engine="pyshacl"))
    with mock.patch("planweave.checking.engine.FEW", 0):
        assert sorted(run(holding, shapes(), graphs)) == sorted(found)
