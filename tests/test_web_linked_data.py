"""The graph for programs: each thing by its address, all of it as data, and a description of what there is."""

from __future__ import annotations

import gzip
from collections.abc import Iterator
from pathlib import Path

import pytest
import rdflib
from rdflib import DCAT, DCTERMS, RDF, VOID, Literal, Namespace, URIRef

from tests.serving import Site, served

PW = Namespace("https://w3id.org/planweave/ontology#")
SH = Namespace("http://www.w3.org/ns/shacl#")
PLAN = "https://w3id.org/planweave/plan/coventry"
BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"


@pytest.fixture(scope="module")
def site(five_plans: Path) -> Iterator[Site]:
    """The five plans, served."""
    with served(five_plans) as site:
        yield site


def graph_of(site: Site, address: str, accept: str = "text/turtle") -> rdflib.Graph:
    reply = site.get(address, accept=accept)
    assert reply.status == 200
    assert reply.headers["content-type"].partition(";")[0] == accept
    assert "accept" in reply.headers["vary"].lower()
    return rdflib.Graph().parse(data=reply.text, format=accept)


@pytest.mark.parametrize("accept", ["text/turtle", "application/ld+json", "application/n-triples"])
def test_an_action_is_described_at_its_address(site: Site, accept: str) -> None:
    """Action 1.3 of Coventry's plan: its text, its two leads in order, when it is due; of no other action anything."""
    found = graph_of(site, "/plans/coventry/actions/1.3", accept)
    action = URIRef(f"{PLAN}/action/1.3")
    assert found.value(action, PW.reference) == Literal("1.3")
    assert found.value(action, PW.dueText) == Literal("April 2023")
    assert len(list(found.objects(action, PW.lead))) == 2
    assert {str(one)[: len(str(action))] for one in found.subjects()} == {str(action)}


def test_a_plan_is_described_at_its_address(site: Site) -> None:
    """The plan, its publisher, and each of its 44 actions by reference and text."""
    found = graph_of(site, "/plans/coventry")
    assert found.value(URIRef(PLAN), DCTERMS.title) == Literal("Rough Sleeping Action Plan")
    actions = set(found.subjects(RDF.type, PW.Action))
    assert len(actions) == 44
    assert all(found.value(action, PW.text) for action in actions)
    assert not list(found.triples((None, PW.dueText, None)))


def test_an_agency_is_described_at_its_address(site: Site) -> None:
    """What the plans and the registers say of a body."""
    found = graph_of(site, "/agencies/coventry-city-council")
    agency = URIRef("https://w3id.org/planweave/agency/coventry-city-council")
    assert (agency, RDF.type, PW.Agency) in found
    assert set(found.subjects()) == {agency}


def test_who_is_not_there_is_not_found(site: Site) -> None:
    """404, with the nearest names."""
    for address, words in (
        ("/plans/coventri", "did you mean coventry?"),
        ("/plans/coventry/actions/1.33", "did you mean"),
        ("/agencies/nobody-at-all", "says nothing of the agency"),
        ("/data/coventri", "did you mean coventry?"),
    ):
        reply = site.get(address, accept="text/turtle")
        assert reply.status == 404, address
        assert words in reply.text


def test_what_is_not_offered_is_refused(site: Site) -> None:
    """406 where nothing that is accepted is offered, and which forms there are."""
    reply = site.get("/plans/coventry", accept="image/png")
    assert reply.status == 406
    assert "text/turtle" in reply.text


def test_the_address_can_say_the_form(site: Site) -> None:
    """?format=jsonld gives JSON-LD to a browser, too."""
    reply = site.get("/plans/coventry?format=jsonld", accept=BROWSER)
    assert reply.headers["content-type"] == "application/ld+json"


def test_the_whole_graph_is_to_be_had(site: Site, five_plans: Path) -> None:
    """N-Quads, packed N-Quads and TriG hold every statement of the graph, as rdflib reads them."""
    import planweave as pw  # noqa: PLC0415 - only here

    with pw.open(five_plans) as graph:
        whole = len(graph)
    quads = site.get("/data?format=nq").text
    assert len(set(quads.splitlines())) == whole
    assert set(gzip.decompress(site.get("/data?format=nq.gz").body).decode().splitlines()) == set(quads.splitlines())
    trig = rdflib.Dataset()
    trig.parse(data=site.get("/data", accept="application/trig").text, format="trig")
    assert sum(1 for _ in trig.quads()) == whole


def test_one_plan_is_to_be_had(site: Site) -> None:
    """The graph of a plan and its provenance, and nothing of another plan."""
    found = rdflib.Dataset()
    found.parse(data=site.get("/data/coventry", accept="application/n-quads").text, format="nquads")
    names = {str(graph.identifier) for graph in found.graphs() if len(graph)}
    assert names == {
        "https://w3id.org/planweave/graph/plan/coventry",
        "https://w3id.org/planweave/graph/provenance/coventry",
    }


def test_what_there_is_is_described(site: Site) -> None:
    """VoID and DCAT: five plans, 144 actions, where the data and the SPARQL service are; each address answers."""
    found = graph_of(site, "/.well-known/void")
    (whole,) = set(found.subjects(RDF.type, DCAT.Dataset))
    counts = {
        found.value(part, VOID["class"]): found.value(part, VOID.entities)
        for part in found.objects(whole, VOID.classPartition)
    }
    assert counts == {PW.Plan: Literal(5), PW.Action: Literal(144)}
    assert found.value(whole, VOID.sparqlEndpoint) == URIRef(f"{site.base}/sparql")
    assert len(list(found.objects(whole, VOID.subset))) == 5
    places = [*found.objects(None, DCAT.downloadURL), *found.objects(None, VOID.dataDump)]
    assert len(places) == 3 + 1 + 5
    for place in places:
        assert site.get(str(place).removeprefix(site.base)).status == 200


def test_the_questions_are_examples_as_data(site: Site) -> None:
    """Each question of the library is a sh:SPARQLExecutable with its words, its SPARQL and the service."""
    found = graph_of(site, "/questions")
    examples = set(found.subjects(RDF.type, SH.SPARQLExecutable))
    assert len(examples) == len(list((Path(__file__).parent.parent / "queries").glob("*.rq")))
    overdue = URIRef("https://w3id.org/planweave/question/overdue")
    assert "SELECT" in str(found.value(overdue, SH.select))
    assert (overdue, RDF.type, SH.SPARQLSelectExecutable) in found
    assert found.value(overdue, URIRef("https://schema.org/target")) == URIRef(f"{site.base}/sparql")
