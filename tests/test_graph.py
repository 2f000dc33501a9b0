"""The object a user holds, in a script and in a notebook."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
import rdflib

import planweave as pw
from planweave.records import Action, PlanRecord, to_json


@pytest.fixture(scope="module")
def graph(tmp_path_factory: pytest.TempPathFactory) -> pw.Graph:
    """The graph of the bundled plans."""
    return pw.build(into=tmp_path_factory.mktemp("graph") / "weave")


def test_the_public_names_are_few() -> None:
    """At most a dozen names, each of them documented."""
    names = [name for name in pw.__all__ if name != "__version__"]
    assert len(names) <= 12
    for name in names:
        assert getattr(pw, name).__doc__


def test_plans_and_actions_are_typed_records(graph: pw.Graph) -> None:
    """One can go through plans and through actions, and pick one by its id."""
    plans = list(graph.plans())
    assert all(isinstance(plan, PlanRecord) for plan in plans)
    assert [plan.plan.id for plan in plans] == list(graph.ids)
    assert sum(isinstance(action, Action) for action in graph.actions()) == 144
    assert graph.action("coventry/13.1").leads == (
        "Complex Needs Co-ordinator",
        "RS Coordinator",
        "CRISIS Progression Manager",
    )
    assert graph.plan("gravesham").actions[0].due.kind == "ongoing"


def test_what_is_read_back_is_what_was_read(graph: pw.Graph, tmp_path: Path) -> None:
    """The record that comes from the store equals the record that comes from the document."""
    assert tmp_path.exists()
    for plan in graph.plans():
        read = pw.read(Path(__file__).parent.parent / "plans" / plan.plan.source)
        assert plan == read
        assert to_json(plan) == to_json(read)


@pytest.mark.parametrize(
    ("action", "sentence"),
    [
        ("coventry/13.9", r"there is no action 'coventry/13\.9'; did you mean coventry/13\.1"),
        ("conventry/13.1", r"there is no plan 'conventry' in this graph; did you mean coventry\?"),
    ],
)
def test_a_wrong_id_offers_the_nearest(graph: pw.Graph, action: str, sentence: str) -> None:
    """A misspelt id is a sentence with the one that was probably meant."""
    with pytest.raises(pw.PlanweaveError, match=sentence):
        graph.action(action)


def test_rdflib_sees_the_union_of_all_graphs(graph: pw.Graph) -> None:
    """A query that names no graph sees every plan; one that names a graph sees that one."""
    everywhere = graph.rdflib.query(
        "PREFIX pw: <https://w3id.org/planweave/ontology#> SELECT (COUNT(?a) AS ?n) WHERE { ?a a pw:Action }"
    )
    assert [int(row[0]) for row in everywhere] == [144]  # type: ignore[index, arg-type]
    crossrefs = graph.rdflib.query(
        """PREFIX pw: <https://w3id.org/planweave/ontology#>
        SELECT (COUNT(?x) AS ?n) WHERE { GRAPH <https://w3id.org/planweave/graph/plan/coventry> {
          ?a pw:crossReference ?x . ?x pw:refersTo ?b
          FILTER NOT EXISTS { ?b pw:relatedTo ?a } } }"""
    )
    assert [int(row[0]) for row in crossrefs] == [13]  # type: ignore[index, arg-type]


def test_the_graph_cannot_be_changed_through_rdflib(graph: pw.Graph) -> None:
    """The Dataset is a view: what the documents say is not edited from there."""
    before = len(graph)
    triple = (rdflib.URIRef("http://x/a"), rdflib.URIRef("http://x/b"), rdflib.Literal("c"))
    writes: list[Callable[[], object]] = [
        lambda: graph.rdflib.add(triple),
        lambda: graph.rdflib.remove(triple),
        lambda: graph.rdflib.update("INSERT DATA { <http://x/a> <http://x/b> 1 }"),
        lambda: graph.rdflib.graph("http://x/g").add(triple),
    ]
    for write in writes:
        with pytest.raises(pw.PlanweaveError, match=r"the graph is read-only here; change the documents"):
            write()
    assert len(graph) == before


@pytest.mark.parametrize(
    "query",
    [
        "SELECT * WHERE { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }",
        "SELECT * { { SELECT ?s { ?s ?p ?o OPTIONAL { service silent <http://127.0.0.1:9/> { ?s ?p ?o } } } } }",
        "ASK { ?s ?p ?o FILTER EXISTS { SERVICE ?s { ?a ?b ?c } } }",
        "CONSTRUCT { ?s ?p ?o } WHERE { GRAPH ?g { ?s ?p ?o } MINUS { SERVICE <http://x/> {} } }",
    ],
)
def test_a_query_cannot_reach_the_network(graph: pw.Graph, query: str) -> None:
    """SERVICE is refused wherever it stands, before anything is sent."""
    with pytest.raises(pw.PlanweaveError, match=r"asks another server \(SERVICE\)"):
        graph.rdflib.query(query)


def test_a_query_can_use_the_prefixes_without_saying_so(graph: pw.Graph) -> None:
    """Planweave's prefixes are bound; a query that is not SPARQL is one sentence with its place."""
    rows = list(graph.rdflib.query("SELECT (COUNT(*) AS ?n) WHERE { ?action a pw:Action }"))
    assert [int(row[0]) for row in rows] == [144]  # type: ignore[index, arg-type]
    with pytest.raises(pw.PlanweaveError, match=r"^line 1, column \d+: this is not SPARQL"):
        graph.rdflib.query("SELEKT ?x {}")


def test_one_plan_can_be_taken_as_an_rdflib_graph(graph: pw.Graph) -> None:
    """The named graph of a plan has that plan's actions, and no others."""
    plan = graph.rdflib.graph("https://w3id.org/planweave/graph/plan/gravesham")
    actions = set(plan.subjects(rdflib.RDF.type, rdflib.URIRef("https://w3id.org/planweave/ontology#Action")))
    assert len(actions) == 12


def test_notebooks_show_tables_of_inert_text(graph: pw.Graph, tmp_path: Path) -> None:
    """A graph, a plan and an action show as tables; markup in a document stays text."""
    assert "<td" in graph._repr_html_()
    assert "Coventry City Council" in graph._repr_html_()
    assert "Citizen" in graph.plan("coventry")._repr_html_()
    assert "table 1, row 3: Who" in graph.action("coventry/1.2")._repr_html_()
    path = tmp_path / "hostile.txt"
    path.write_text("<b>Plan</b>\n\nRef\tAction\tLead\n1.1\t<script>alert(1)</script>\t<img src=x>\n1.2\tB\tC\n")
    hostile = pw.read(path)
    for shown in (hostile._repr_html_(), hostile.actions[0]._repr_html_()):
        assert "&lt;script&gt;" in shown
        assert "<script" not in shown
        assert "<img" not in shown


def test_exports_go_through_the_graph(graph: pw.Graph, tmp_path: Path) -> None:
    """``graph.export`` gives the path it wrote, and refuses what it does not know."""
    assert graph.export(tmp_path / "all.nq").stat().st_size > 1_000_000
    with pytest.raises(pw.PlanweaveError, match=r"'\.doc' is no format of exports"):
        graph.export(tmp_path / "all.doc")


def test_an_export_that_fails_leaves_what_was_there(graph: pw.Graph, tmp_path: Path) -> None:
    """A file of the same name is replaced when the new one is whole, and not before."""
    target = tmp_path / "all.trig"
    target.write_text("old")
    with pytest.raises(pw.PlanweaveError):
        graph.export(target, plan="nowhere")
    assert target.read_text() == "old"
    graph.export(target)
    assert target.stat().st_size > 100_000


def test_a_thing_is_described_by_its_id_or_its_iri(graph: pw.Graph) -> None:
    """An action by its id is what it is by its IRI: all that is said of it, and nothing of another."""
    by_id = graph.describe("coventry/1.3")
    subjects = {row.subject.value for row in by_id if row.subject}
    assert all(one.startswith("https://w3id.org/planweave/plan/coventry/action/1.3") for one in subjects)
    assert ("April 2023",) in {(row.object.value,) for row in by_id if row.object}
    assert len(graph.describe("https://w3id.org/planweave/plan/coventry/action/1.3")) == len(by_id)
    with pytest.raises(pw.PlanweaveError, match=r"did you mean coventry\?"):
        graph.describe("coventri")
    with pytest.raises(pw.PlanweaveError, match=r"there is no action 'coventry/1.33'"):
        graph.describe("coventry/1.33")
    with pytest.raises(pw.PlanweaveError, match="says nothing of the agency"):
        graph.describe("https://w3id.org/planweave/agency/nobody")
