"""SPARQL over HTTP: every form of a whole answer, and a sentence where there is none."""

from __future__ import annotations

import csv
import http.client
import io
import json
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote
from xml.etree import ElementTree as ET

import pytest
import rdflib

from planweave.asking.kept import Limits
from tests.browsing import violations
from tests.serving import Site, served, surfing

if TYPE_CHECKING:
    from playwright.sync_api import Browser

ENDLESS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"
CODE = "document.querySelector('.CodeMirror').CodeMirror"
RESULTS = "{http://www.w3.org/2005/sparql-results#}"


@pytest.fixture(scope="module")
def site(five_plans: Path) -> Iterator[Site]:
    """The five plans, served; two queries at a time, of five seconds and a hundred rows."""
    with served(five_plans, limits=Limits(seconds=5, rows=100), queries=2) as site:
        yield site


def get(site: Site, query: str, accept: str = "*/*", more: str = "") -> tuple[int, str, str]:
    reply = site.get(f"/sparql?query={quote(query)}{more}", accept=accept)
    return reply.status, reply.headers.get("content-type", ""), reply.text


def test_a_table_comes_in_every_form(site: Site) -> None:
    """JSON, XML, CSV and TSV hold the same two plans, each as its media type is asked for."""
    query = """SELECT ?id ?title { ?p a pw:Plan ; dcterms:title ?title
                                  BIND(STRAFTER(STR(?p), "/plan/") AS ?id) } ORDER BY ?id LIMIT 2"""
    expected = [
        ["city-of-london", "Homelessness and Rough Sleeping: Strategy Delivery Plan 2023-27"],
        ["coventry", "Rough Sleeping Action Plan"],
    ]
    status, kind, text = get(site, query, "application/sparql-results+json")
    assert (status, kind) == (200, "application/sparql-results+json")
    found = json.loads(text)
    assert found["head"]["vars"] == ["id", "title"]
    assert [[row["id"]["value"], row["title"]["value"]] for row in found["results"]["bindings"]] == expected
    status, kind, text = get(site, query, "application/sparql-results+xml")
    assert (status, kind) == (200, "application/sparql-results+xml")
    rows = ET.fromstring(text).iter(f"{RESULTS}result")  # noqa: S314 - our own
    assert [[one.text for one in row.iter(f"{RESULTS}literal")] for row in rows] == expected
    status, kind, text = get(site, query, "text/csv")
    assert (status, kind) == (200, "text/csv; charset=utf-8")
    assert list(csv.reader(io.StringIO(text))) == [["id", "title"], *expected]
    status, kind, text = get(site, query, "text/tab-separated-values;q=0.5, image/png")
    assert (status, kind) == (200, "text/tab-separated-values; charset=utf-8")
    assert text.splitlines()[1] == '"city-of-london"\t"Homelessness and Rough Sleeping: Strategy Delivery Plan 2023-27"'


def test_a_graph_comes_in_every_form(site: Site) -> None:
    """Turtle, N-Triples and JSON-LD of a CONSTRUCT are the same statement, as rdflib reads them."""
    query = "CONSTRUCT { ?p dcterms:title ?t } { ?p dcterms:title ?t FILTER(?p = plan:coventry) }"
    statement = (
        rdflib.URIRef("https://w3id.org/planweave/plan/coventry"),
        rdflib.DCTERMS.title,
        rdflib.Literal("Rough Sleeping Action Plan"),
    )
    for media, name in (("text/turtle", "turtle"), ("application/n-triples", "nt"), ("application/ld+json", "json-ld")):
        status, kind, text = get(site, query, media)
        assert (status, kind.partition(";")[0]) == (200, media)
        assert list(rdflib.Graph().parse(data=text, format=name)) == [statement]


def test_a_description_is_what_the_plans_say(site: Site) -> None:
    """DESCRIBE gives what is said of a thing."""
    status, _, text = get(site, "DESCRIBE plan:coventry", "application/n-triples")
    assert status == 200
    assert (
        '<https://w3id.org/planweave/plan/coventry> <http://purl.org/dc/terms/title> "Rough Sleeping Action Plan"'
        in text
    )


def test_yes_and_no_come_as_json_and_xml(site: Site) -> None:
    """An ASK is told in the results formats."""
    assert json.loads(get(site, "ASK { plan:coventry a pw:Plan }")[2]) == {"head": {}, "boolean": True}
    text = get(site, "ASK { plan:coventry a pw:Action }", "application/sparql-results+xml")[2]
    assert ET.fromstring(text).findtext(f"{RESULTS}boolean") == "false"  # noqa: S314 - our own


def test_what_is_posted_is_answered_alike(site: Site) -> None:
    """A query in a form and one as itself get the answer of a GET."""
    query = "ASK { plan:coventry a pw:Plan }"
    form = site.request(
        "POST", "/sparql", f"query={quote(query)}".encode(), {"content-type": "application/x-www-form-urlencoded"}
    )
    direct = site.request(
        "POST", "/sparql", query.encode(), {"content-type": "application/sparql-query; charset=utf-8"}
    )
    assert form.body == direct.body == get(site, query)[2].encode()


def test_no_form_that_fits_is_said(site: Site) -> None:
    """Nothing that is accepted: 406, and which forms there are."""
    status, _, text = get(site, "ASK {}", "image/png")
    assert status == 406
    assert "application/sparql-results+json" in text
    assert get(site, "ASK {}", more="&format=ttl")[0] == 406


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("SELECT * { ?s ?p }", "line 1, column 18"),
        ("SELECT * { SERVICE <http://example.org/> { ?s ?p ?o } }", "SERVICE"),
        ("INSERT DATA { <urn:a> <urn:b> <urn:c> }", "change the graph"),
        ("DROP ALL", "change the graph"),
        ("SELECT * FROM <http://example.org/> { ?s ?p ?o }", "no graph of this one"),
        ("SELECT ?a { ?a ex:b ?c }", "the prefix ex: is not known"),
        ("", "there is no query"),
    ],
)
def test_a_wrong_query_is_told_in_a_sentence(site: Site, query: str, words: str) -> None:
    """400, in plain text, with the place."""
    status, kind, text = get(site, query)
    assert (status, kind) == (400, "text/plain; charset=utf-8")
    assert words in text
    assert text.count("\n") == 1


def test_a_query_that_reaches_a_limit_has_no_answer(site: Site) -> None:
    """Too long, too many rows: 503 and a sentence, and nothing of the answer."""
    started = time.monotonic()
    status, _, text = get(site, ENDLESS)
    assert (status, text) == (
        503,
        "the query was stopped after 5 seconds; ask for less, or raise the limit of seconds.\n",
    )
    assert time.monotonic() - started < 10
    status, _, text = get(site, "SELECT ?s { ?s ?p ?o }")
    assert status == 503
    assert text.startswith("the answer has more than 100 rows")
    assert get(site, "SELECT ?s { ?s ?p ?o } LIMIT 100")[0] == 200


def test_a_browser_that_leaves_ends_its_query(site: Site) -> None:
    """Whoever asks something endless and goes away does not keep others from asking."""
    with served(site.app.state.served.folder, limits=Limits(seconds=60), queries=1) as busy:
        leaver = http.client.HTTPConnection("127.0.0.1", busy.settings.port)
        leaver.request("GET", f"/sparql?query={quote(ENDLESS)}")
        while busy.app.state.turns.acquire(blocking=False):
            busy.app.state.turns.release()
            time.sleep(0.05)
        leaver.close()
        assert get(busy, "ASK {}")[0] == 200


def test_so_many_queries_run_at_once(site: Site) -> None:
    """Where two run, a third is asked to come again, and is answered when they are done; pages are shown meanwhile."""
    with served(site.app.state.served.folder, limits=Limits(seconds=6), queries=2) as busy:
        threads = [threading.Thread(target=get, args=(busy, ENDLESS)) for _ in range(2)]
        for thread in threads:
            thread.start()
        time.sleep(0.5)
        reply = busy.get(f"/sparql?query={quote('ASK {}')}")
        assert reply.status == 503
        assert reply.headers["retry-after"] == "5"
        assert "ask again" in reply.text
        assert busy.get("/static/site.css").status == 200
        for thread in threads:
            thread.join()
        assert get(busy, "ASK {}")[0] == 200


def test_names_that_are_not_there_are_told(site: Site) -> None:
    """A property that the ontology does not have is answered, with a word on which was meant."""
    reply = site.get(f"/sparql?query={quote('ASK { ?a pw:led ?b }')}")
    assert json.loads(reply.text)["boolean"] is False
    assert "did you mean pw:lead?" in reply.headers["planweave-notice"]


def test_without_a_query_the_service_is_described(site: Site) -> None:
    """A program that asks nothing learns what the service is; a browser gets the editor."""
    described = rdflib.Graph().parse(data=site.get("/sparql", accept="text/turtle").text, format="turtle")
    service = rdflib.Namespace("http://www.w3.org/ns/sparql-service-description#")
    assert described.value(predicate=service.supportedLanguage, object=service.SPARQL11Query) is not None
    assert "<textarea" in site.get("/sparql", accept="text/html,*/*;q=0.8").text


def test_the_names_of_the_ontology_are_offered(site: Site) -> None:
    """The editor learns our prefixes, classes and properties."""
    names = json.loads(site.get("/sparql/names").text)
    assert names["prefixes"]["pw"] == "https://w3id.org/planweave/ontology#"
    assert "https://w3id.org/planweave/ontology#Action" in names["classes"]
    assert "https://w3id.org/planweave/ontology#lead" in names["properties"]


def test_a_query_is_written_and_asked_by_keyboard(site: Site, browser: Browser) -> None:
    """In the editor, a query is typed, completed from the ontology and asked; the answer is a table with links."""
    with surfing(browser, site) as visit:
        page = visit.open("/sparql")
        page.wait_for_selector("form[data-ready=yes]")
        page.get_by_label("Query").focus()
        page.keyboard.press("Control+A")
        page.keyboard.type("SELECT ?a { ?a a pw:Plan } ORDER BY ?a", delay=0)
        page.keyboard.press("Escape")
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.textContent.trim()") == "Ask"
        page.keyboard.press("Enter")
        page.wait_for_selector("#answer")
        assert page.locator("#answer").inner_text() == "Answer: 5 rows"
        assert page.locator("main table a").first.get_attribute("href") == "/plans/city-of-london"
        page.wait_for_selector("form[data-ready=yes]")
        assert violations(page) == []


def test_the_editor_completes_from_our_ontology(site: Site, browser: Browser) -> None:
    """After pw:pub the editor offers pw:publisherName, and nothing is asked elsewhere."""
    with surfing(browser, site) as visit:
        page = visit.open(
            "/sparql?edit=" + quote("PREFIX pw: <https://w3id.org/planweave/ontology#>\nSELECT * { ?plan ")
        )
        page.wait_for_selector("form[data-ready=yes]")
        page.get_by_label("Query").focus()
        page.keyboard.press("Control+End")
        page.keyboard.type("pw:publisherN")
        page.keyboard.press("Control+Space")
        page.wait_for_function(
            f"{CODE}.getValue().includes('publisherName') || document.querySelector('.CodeMirror-hints')"
        )
        text = page.evaluate(f"{CODE}.getValue()")
        hints = page.locator(".CodeMirror-hints").all_inner_texts()
        assert "pw:publisherName" in text + "".join(hints)


def test_without_script_a_query_is_asked_by_a_form(site: Site, browser: Browser) -> None:
    """The same page without script: a text field and a button; what is wrong stands above it."""
    with surfing(browser, site, script=False) as visit:
        visit.provoke(400)
        page = visit.open("/sparql")
        page.get_by_label("Query").fill("SELECT * { ?s ?p }")
        page.get_by_role("button", name="Ask").click()
        assert "line 1, column 18" in page.locator(".govuk-error-summary").inner_text()
        page.get_by_label("Query").fill("ASK { plan:coventry a pw:Plan }")
        page.get_by_role("button", name="Ask").click()
        assert page.locator("#answer").inner_text() == "Answer: yes"
        page.get_by_label("Query").fill("ASK { plan:coventry a pw:Action }")
        page.get_by_role("button", name="Ask").click()
        assert page.locator("#answer").inner_text() == "Answer: no"
        page.get_by_label("Query").fill('SELECT ?a { ?a pw:text "no plan says this" }')
        page.get_by_role("button", name="Ask").click()
        assert page.locator("#answer").inner_text() == "Answer: 0 rows"
        assert "Nothing in the graph fits this query." in page.locator("main").inner_text()


def test_an_example_leads_into_the_editor(site: Site, browser: Browser) -> None:
    """A question of the library, opened from the examples, stands in the editor as its file has it."""
    with surfing(browser, site, script=False) as visit:
        page = visit.open("/sparql")
        page.locator("summary", has_text="Ownership").click()
        page.get_by_role("link", name="Actions with no lead").click()
        assert "pw:lead" in page.get_by_label("Query").input_value()
        assert page.locator("#answer").count() == 0
