"""Asking, comparing, drawing and what-if in the browser, as a user does it; and what comes that nobody should send."""

from __future__ import annotations

import io
import json
from typing import TYPE_CHECKING, Any
from urllib.parse import quote, urlencode

import openpyxl
import pytest

import planweave as pw
from planweave.asking.parameters import bindings_of
from planweave.asking.spelled import spelled_out
from tests.serving import served, surfing

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Browser

    from tests.serving import Site

HOSTILE = (
    "<script>alert(1)</script>",
    "\"'><img src=x onerror=alert(1)>",
    "=cmd()",
    "\u202eevil",
    "{{7*7}}",
    "javascript:alert(1)",
    "../../etc/passwd",
    "https://w3id.org/planweave/agency/x> } DROP ALL #",
    "a\x00b",
    "x" * 5_000,
)


@pytest.fixture(scope="module")
def site(five_plans: Path) -> Iterator[Site]:
    """The five plans, served."""
    with served(five_plans) as site:
        yield site


@pytest.fixture(scope="module")
def graph(five_plans: Path) -> Iterator[pw.Graph]:
    """The same plans."""
    with pw.open(five_plans) as opened:
        yield opened


# Asking


def test_a_question_is_found_asked_and_taken_along(site: Site, graph: pw.Graph, browser: Browser) -> None:
    """From the list to a filled-in form, a sorted answer, the document, and a workbook with the same rows."""
    expected = list(graph.ask("actions-led-by", party="Change Grow Live").readable_rows())
    with surfing(browser, site) as visit:
        page = visit.open("/ask")
        page.get_by_label("Find a question").fill("party leads")
        page.get_by_role("button", name="Find").click()
        page.get_by_role("link", name="Actions that a party leads").click()
        assert page.locator("#field-party-list option[value='Change Grow Live']").count() == 1
        page.get_by_label("The body, team or post").fill("Change Grow Live")
        page.get_by_role("button", name="Ask").click()
        assert page.locator("h2#answer").inner_text() == f"{len(expected)} rows"
        assert page.locator("section tbody tr").count() == len(expected)
        page.get_by_role("link", name="Show the printed rows").click()
        assert "table" in page.locator(".pw-source").first.inner_text()
        page.get_by_role("columnheader", name="Action").get_by_role("link").click()
        first = page.locator("tbody th a").first
        assert first.inner_text() == min(row[1] for row in expected)
        assert first.get_attribute("href") == "/plans/" + "/actions/".join(first.inner_text().split("/"))
        with page.expect_download() as taken:
            page.get_by_role("link", name="Excel").click()
        book = openpyxl.load_workbook(io.BytesIO(taken.value.path().read_bytes()))
        rows = list(book["Answer"].iter_rows(values_only=True))
        assert [row[1] for row in rows[1:]] == sorted(row[1] for row in expected)


def test_a_question_is_asked_by_keyboard_alone(site: Site, browser: Browser) -> None:
    """Tab to the field, type, Enter: the answer."""
    with surfing(browser, site) as visit:
        page = visit.open("/ask/actions-with-words")
        page.get_by_label("The words, as they stand one after another").focus()
        page.keyboard.type("domestic abuse")
        page.keyboard.press("Enter")
        page.wait_for_selector("#answer")
        assert "words=domestic+abuse" in page.url


def test_files_hold_exactly_the_answer(site: Site, graph: pw.Graph) -> None:
    """CSV, TSV and JSON have the rows of the shell, in the order of the address."""
    rows = list(graph.ask("status-by-plan", plan="maidstone").rows())
    said = json.loads(site.get("/ask/status-by-plan.json?plan=maidstone").body)
    assert [one["actions"]["value"] for one in said["results"]["bindings"]] == [row[2].value for row in rows if row[2]]
    text = site.get("/ask/status-by-plan.csv?plan=maidstone&sort=actions").body.decode("utf-8-sig")
    counts = [int(line.split(",")[2]) for line in text.splitlines()[1:]]
    assert counts == sorted(counts)
    assert sum(counts) == 18
    tsv = site.get("/ask/status-by-plan.tsv?plan=maidstone")
    assert tsv.headers["content-disposition"] == 'attachment; filename="status-by-plan-maidstone.tsv"'
    assert tsv.text.splitlines()[0] == "?plan\t?status\t?actions"


def test_one_label_and_one_number_are_a_chart(site: Site) -> None:
    """Statuses of one plan are bars; of all plans they are a table only."""
    assert "pw-chart" in site.get("/ask/status-by-plan?plan=maidstone").text
    assert "pw-chart" not in site.get("/ask/status-by-plan").text


def test_an_empty_answer_says_why(site: Site) -> None:
    """Thurrock prints no dates at all: nothing is overdue there, and the page says that this is no good news."""
    text = site.get("/ask/overdue?date=2024-12-31&plan=thurrock").text
    assert "No row answers this question" in text
    assert "states no date" in text


def test_an_unknown_name_is_answered_with_the_nearest(site: Site, browser: Browser) -> None:
    """The error stands at the field and above the page, and the nearest name is a link that asks."""
    with surfing(browser, site) as visit:
        page = visit.open("/ask/actions-led-by?party=Change+Grov+Live&plan=maidston")
        summary = page.locator(".govuk-error-summary")
        assert "Nobody is called" in summary.inner_text()
        assert "did you mean maidstone?" in summary.inner_text()
        page.locator(".govuk-error-message").get_by_role("link", name="maidstone").click()
        page.locator(".govuk-error-message").get_by_role("link", name="Change Grow Live", exact=True).click()
        assert page.locator(".govuk-error-summary").count() == 0
        assert page.locator("#answer").count() == 1


def test_an_unknown_question_is_a_page_with_the_nearest(site: Site) -> None:
    """404, and the name that was probably meant."""
    reply = site.get("/ask/overdu")
    assert reply.status == 404
    assert "did you mean overdue?" in reply.text


def test_what_is_needed_is_asked_for(site: Site) -> None:
    """A form that was only opened complains of nothing; one that was sent without what it needs does."""
    assert "There is a problem" not in site.get("/ask/actions-led-by").text
    assert "Give the body, team or post." in site.get("/ask/actions-led-by?party=").text
    assert site.get("/ask/actions-led-by.csv").status == 400


@pytest.mark.parametrize("name", ["overdue", "actions-with-both", "no-recent-update", "due-between", "shared-agencies"])
def test_the_query_that_is_shown_gives_the_same_rows(graph: pw.Graph, name: str) -> None:
    """With the values written into it, a query gives what the question gives that is handed them."""
    question = graph.questions[name]
    words = question.example.split()[3:]
    values: dict[str, Any] = {words[at].removeprefix("--"): words[at + 1] for at in range(0, len(words), 2)}
    text = spelled_out(question.sparql, bindings_of(question, values, lambda: graph.store, graph.ids))
    assert "VALUES" in text
    assert list(graph.sparql(text).rows()) == list(graph.ask(name, **dict[str, Any](values)).rows())


def test_suggestions_are_those_that_fit(site: Site) -> None:
    """Bodies by their names, actions of the plan that is begun, and no others."""
    assert json.loads(site.get("/suggest/party?q=grow+live").body) == [["Change Grow Live", "change-grow-live"]]
    actions = json.loads(site.get("/suggest/action?q=coventry/15.").body)
    assert [value for value, _ in actions] == ["coventry/15.1"]
    assert site.get("/suggest/nonsense?q=a").status == 404


# Comparing


def test_plans_are_chosen_and_compared(site: Site, browser: Browser, graph: pw.Graph) -> None:
    """Two boxes, one button; numbers lead to lists, actions to their pages, and the workbook has every table."""
    with surfing(browser, site) as visit:
        page = visit.open("/compare")
        page.get_by_label("Coventry City Council").check()
        page.get_by_label("Thurrock Council").check()
        page.get_by_role("button", name="Compare").click()
        row = page.locator("section[aria-labelledby=scorecards] tbody tr").first
        assert row.inner_text().split() == ["Actions", "44", "44"]
        assert row.locator("a").first.get_attribute("href") == "/actions?plan=coventry"
        alike = page.locator("section[aria-labelledby=alike]")
        assert "No two actions of different plans were found that say nearly the same." in alike.inner_text()
        assert alike.get_by_role("link", name="coventry/7.4").get_attribute("href") == "/plans/coventry/actions/7.4"
        assert "missing" not in page.locator("main").inner_text()
        with page.expect_download() as taken:
            page.get_by_role("link", name="Excel", exact=True).first.click()
        sheets = openpyxl.load_workbook(io.BytesIO(taken.value.path().read_bytes())).sheetnames
        assert len(sheets) == len(graph.compare("coventry", "thurrock").sections) + 1


def test_a_plan_that_is_not_there_is_answered_with_the_nearest(site: Site) -> None:
    """The sentence, and the comparison that was probably meant as a link; one plan alone is a sentence too."""
    text = site.get("/compare?plan=coventry&plan=thurock").text
    assert "did you mean thurrock?" in text
    assert "/compare?plan=coventry&amp;plan=thurrock" in text
    assert "One plan alone cannot be compared" in site.get("/compare?plan=coventry").text
    assert site.get("/compare.csv?plan=coventry").status == 400


# Networks


def test_a_network_is_drawn_filtered_and_followed(site: Site, browser: Browser) -> None:
    """The drawing is there, the filter leaves a part of it, and what is chosen leads to the pages of the workspace."""
    with surfing(browser, site) as visit:
        page = visit.open("/networks/partnership")
        page.wait_for_selector("#canvas canvas", timeout=60_000)
        assert page.locator("#count").inner_text() == "15 agencies, 8 links, 22 actions"
        page.locator("#panel-nodes").get_by_role("button", name="Change Grow Live").click()
        chosen = page.locator("#panel-chosen")
        assert chosen.locator("h3 a").get_attribute("href") == "/agencies/change-grow-live"
        action = chosen.locator(".says a").first
        assert action.get_attribute("href").startswith("/plans/coventry/actions/")  # type: ignore[union-attr]
        assert chosen.locator("a[href^='file:']").count() == 0
        page.locator("#filters #plan").select_option(label="Rough Sleeping Action Plan")
        assert "of 15 agencies" in page.locator("#count").inner_text()
        page.locator("#canvas").focus()
        page.keyboard.press("Escape")
        page.keyboard.press("ArrowRight")
        assert page.locator("#panel-chosen h3").count() == 1


def test_a_network_is_there_without_script(site: Site, browser: Browser) -> None:
    """Without script the picture stands in its place, and the measures are the same."""
    with surfing(browser, site, script=False) as visit:
        page = visit.open("/networks/partnership?plan=coventry")
        picture = page.locator("img.pw-network__picture")
        assert picture.evaluate("image => image.naturalWidth") > 100
        assert not page.locator(".pw-network").is_visible()
        assert page.get_by_role("rowheader", name="Nodes", exact=True).count() == 1


@pytest.mark.parametrize(
    ("suffix", "begins"),
    [
        ("html", b"<!DOCTYPE html>"),
        ("svg", b"<svg "),
        ("graphml", b"<?xml"),
        ("gexf", b"<?xml"),
        ("csv", b"\xef\xbb\xbfsource,"),
        ("xlsx", b"PK"),
    ],
)
def test_a_network_is_taken_along(site: Site, suffix: str, begins: bytes) -> None:
    """Each file begins as files of its kind do."""
    reply = site.get(f"/networks/dependencies.{suffix}?plan=coventry")
    assert reply.status == 200
    assert reply.body.lstrip().startswith(begins)


def test_measures_say_what_they_are(site: Site, graph: pw.Graph) -> None:
    """Figures with their definitions; the table of nodes in the order that the address asks for."""
    text = site.get("/networks/partnership?sort=label").text
    assert "Nodes without which their part would fall apart" in text
    names = sorted(label for _, label in graph.network("partnership").nodes(data="label"))
    assert text.index(f'">{names[0]}</a>') < text.index(f'">{names[1]}</a>')


# What if


def test_what_would_be_lost_is_said(site: Site, browser: Browser, graph: pw.Graph) -> None:
    """A body typed, a plan chosen: the sentences of the shell, a row for each action."""
    answer = graph.without("CGL").answer()
    with surfing(browser, site) as visit:
        page = visit.open("/what-if")
        page.get_by_label("The body, team or post that is gone").fill("CGL")
        page.get_by_role("button", name="Say what would be lost").click()
        said = page.locator("section[aria-labelledby=result]")
        assert answer.about.notices[0] in said.inner_text()
        assert said.locator("tbody tr").count() == min(50, len(answer))


def test_a_slip_is_asked_with_number_and_unit(site: Site, browser: Browser) -> None:
    """13.1 was due by the end of October 2022; three months later is the end of January."""
    with surfing(browser, site) as visit:
        page = visit.open("/what-if")
        page.get_by_label("The action that slips").fill("coventry/13.1")
        page.get_by_label("By how much").fill("3")
        page.get_by_role("button", name="Say what may be affected").click()
        assert "3 months later would be 31 January 2023" in page.locator("main").inner_text()
        with page.expect_download() as taken:
            page.get_by_role("link", name="CSV").click()
        assert taken.value.suggested_filename == "what-if-coventry-13.1-3m.csv"


def test_what_cannot_be_is_said_beside_the_field(site: Site) -> None:
    """An action that is not there, a delay that is none."""
    assert "did you mean coventry/13.1" in site.get("/what-if?slip=coventry/13.11&by=3&unit=m").text
    assert "no delay" in site.get("/what-if?slip=coventry/13.1&by=0&unit=m").text
    assert "Give by how much it slips." in site.get("/what-if?slip=coventry/13.1&by=").text
    assert site.get("/what-if.csv").status == 400


# What nobody should send


ADDRESSES = (
    "/ask?q={}",
    "/ask/{}",
    "/ask/actions-led-by?party={}",
    "/ask/actions-led-by?party=CGL&plan={}&sort={}&page={}",
    "/ask/overdue?date={}",
    "/ask/actions-by-status?status={}",
    "/ask/no-recent-update?date=2025-12-31&months={}",
    "/ask/actions-with-words?words={}",
    "/ask/related-to.csv?action={}",
    "/suggest/party?q={}&plan={}",
    "/suggest/{}?q=a",
    "/compare?plan=coventry&plan={}",
    "/compare?plan=coventry&plan=thurrock&all={}",
    "/compare.xlsx?plan=coventry&plan=thurrock&section={}",
    "/networks/{}",
    "/networks/partnership?plan={}",
    "/networks/dependencies.svg?plan={}",
    "/what-if?without={}&plan={}",
    "/what-if?slip={}&by={}&unit={}",
)


@pytest.mark.parametrize("address", ADDRESSES)
def test_hostile_values_are_only_text(site: Site, address: str) -> None:
    """Whatever is sent, the answer is a page with a sentence or an answer, and what was sent is text in it."""
    for value in HOSTILE:
        reply = site.get(address.replace("{}", quote(value, safe="")))
        assert reply.status in {200, 400, 404}, value
        if "html" in reply.headers["content-type"]:
            for inside in ("<script>alert", "<img src=x", "7*7}}</", 'href="javascript:'):
                assert inside not in reply.text.replace("{{7*7}}", "")
            assert "Traceback" not in reply.text


def test_hostile_values_do_nothing_in_the_browser(site: Site, browser: Browser) -> None:
    """A form that is filled with a script shows it as text, in the field and in the sentence."""
    with surfing(browser, site) as visit:
        for path in ("/ask/actions-led-by", "/what-if", "/compare"):
            query = {"/ask/actions-led-by": "party", "/what-if": "without", "/compare": "plan"}[path]
            page = visit.open(f"{path}?{urlencode({query: HOSTILE[1]})}")
            assert page.locator("main img").count() == 0


def test_a_workbook_of_an_answer_runs_nothing(site: Site) -> None:
    """Words that a spreadsheet would run are text in what is taken along."""
    reply = site.get(f"/ask/words-by-plan.xlsx?words={quote('=1+1')}")
    book = openpyxl.load_workbook(io.BytesIO(reply.body))
    cells = [cell for row in book["Answer"].iter_rows() for cell in row]
    assert all(cell.data_type != "f" for cell in cells)
