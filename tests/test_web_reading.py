"""Plans, actions and agencies in the browser, as an analyst reads them."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from planweave.entrances import build
from planweave.reporting.words import counted
from tests.browsing import keep_picture, violations
from tests.serving import served, surfing

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser

    from tests.serving import Site


@pytest.fixture(scope="module")
def site(five_plans: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """The five plans, served from a copy."""
    folder = tmp_path_factory.mktemp("reading") / "weave"
    shutil.copytree(five_plans, folder)
    with served(folder) as site:
        yield site


def test_each_number_of_the_overview_leads_to_its_list(site: Site, browser: Browser) -> None:
    """What needs attention, the statuses and the pillars are counted as the lists behind them are."""
    with surfing(browser, site) as visit:
        page = visit.open("/")
        counts = page.locator(".pw-chart td a")
        links = {link.get_attribute("href") or "": link.inner_text() for link in counts.all()}
        assert links["/actions?status=partial"] == "1"
        assert links["/actions?pillar=Recovery"] == "27"
        for address, number in links.items():
            assert f"<strong>{counted(int(number), 'action')}</strong>" in site.get(address).text, address
        first = page.locator(".pw-attention__item").first
        many = first.locator(".pw-attention__count").inner_text().partition(" ")[0]
        first.locator("a").click()
        assert counted(int(many), "finding") in page.locator("#main-content").inner_text()


def test_a_plan_says_what_it_is(site: Site, browser: Browser) -> None:
    """Coventry's plan: 44 actions, its document with its digest, 93.0 % placed, RSMT in its key, four headings."""
    with surfing(browser, site) as visit:
        page = visit.open("/plans/coventry")
        words = page.locator("#main-content").inner_text()
        assert "62ecbcde5fe514a1e6886530f567ae0cb0cfa42296b40f8a520bb5348fbc7083" in words
        assert "93.0 % were understood" in words
        assert "Rough sleeper management team" in words
        assert "There is crossover and overlap in the 2 sections" in words
        assert page.locator("tbody .pw-ref").count() == 44


def test_each_number_of_a_plan_leads_to_its_list(site: Site, browser: Browser) -> None:
    """Thurrock's 44 actions have no lead, for its tables have no such column; the number leads to all of them."""
    with surfing(browser, site) as visit:
        page = visit.open("/plans/thurrock")
        row = page.locator("tr", has_text="no such column").filter(has_text="lead")
        assert row.locator("a").inner_text() == "44"
        with page.expect_navigation():
            row.locator("a").click()
        assert "44 of 44 actions: lead: no such column" in page.locator("#main-content").inner_text()
        assert page.locator("tbody .pw-ref").count() == 44


def test_an_action_shows_where_each_value_stands(site: Site, browser: Browser) -> None:
    """Coventry 1.2 prints three leads in row 3, column 3; each leads to its cell, in which it is marked."""
    with surfing(browser, site) as visit:
        page = visit.open("/plans/coventry/actions/1.2")
        leads = page.locator(".govuk-summary-list__row", has_text="Leads")
        assert [link.inner_text() for link in leads.locator(".pw-place").all()] == ["row 3, column 3"] * 3
        leads.locator(".pw-place").first.click()
        cell = page.locator("#t1r3c3")
        assert cell.locator("mark").all_inner_texts() == ["RSMT", "RSAG", "Voids Panel"]
        assert page.evaluate("document.querySelector('#t1r3c3').matches(':target')")
        assert "read as lead" in page.locator(".pw-print tfoot td").nth(2).inner_text()


def test_the_three_kinds_of_blank_are_told_apart(site: Site) -> None:
    """Thurrock has no column for a lead; the City's 1.12 has one, and its cell is empty."""
    assert "The plan&#39;s table has no column for it." in site.get("/plans/thurrock/actions/1.1.1").text
    assert "The column is there, and its cell is empty" in site.get("/plans/city-of-london/actions/1.12").text


def test_cross_references_say_whether_they_go_both_ways(site: Site) -> None:
    """Coventry 1.1 and 13.1 refer to each other; 2.1 refers to 15.1, which does not refer back."""
    assert "both ways" in site.get("/plans/coventry/actions/1.1").text
    assert "one-way" in site.get("/plans/coventry/actions/2.1").text
    assert "does not refer back" in site.get("/plans/coventry/actions/15.1").text


def test_an_agency_is_followed_from_a_plan_through_its_actions(site: Site, browser: Browser) -> None:
    """From the plan to who leads most of it, to those past due, to one of them, to the next one."""
    with surfing(browser, site) as visit:
        page = visit.open("/plans/coventry")
        page.locator("#parties ~ * a", has_text="Rough Sleeper Management Team").first.click()
        assert page.locator("h1").inner_text() == "Rough Sleeper Management Team (Coventry)"
        # The graph's own documentation counts 38 actions that it leads.
        assert page.locator(".pw-figure", has_text="leads").first.inner_text().startswith("38")
        page.locator(".pw-figure", has_text="past due").locator("a").click()
        assert "Actions that it leads, past due on" in page.locator("#main-content").inner_text()
        page.locator("tbody a", has_text="10.1").count()
        page.locator("#actions ~ div tbody a").first.click()
        assert page.url.endswith("/plans/coventry/actions/1.1")
        page.locator("a[rel=next]").first.click()
        assert page.url.endswith("/plans/coventry/actions/1.2")


def test_agencies_are_found_by_any_of_their_names(site: Site, browser: Browser) -> None:
    """An abbreviation of the register, a printed name, a part of a name; a kind; nothing found is said."""
    with surfing(browser, site) as visit:
        page = visit.open("/agencies")
        page.fill("#q", "cgl")
        with page.expect_navigation():
            page.keyboard.press("Enter")
        assert "Change Grow Live" in page.locator("tbody").inner_text()
        page = visit.open("/agencies?q=nobody-is-called-so")
        assert "Nobody is called so" in page.locator("#main-content").inner_text()
        assert violations(page) == []


def test_a_body_that_was_renamed_says_what_it_became(site: Site) -> None:
    """DLUHC became MHCLG on 9 July 2024."""
    page = site.get("/agencies/dluhc").text
    assert "Became on 9 July 2024" in page
    assert "/agencies/mhclg" in page


def test_what_is_not_there_is_named_with_the_nearest(site: Site) -> None:
    """A plan, an action, an agency or a party that is not there is a 404 with the nearest name."""
    for address, nearest in (
        ("/plans/coventy", "coventry"),
        ("/plans/coventry/actions/1.22", "1.2"),
        ("/agencies/mhclgg", "mhclg"),
        ("/plans/maidstone/parties/housing-advice-manger", "housing-advice-manager"),
    ):
        reply = site.get(address)
        assert reply.status == 404, address
        assert nearest in reply.text


@pytest.mark.parametrize("suffix", [".csv", ".xlsx", ".json", ".ttl", ".trig"])
def test_a_plan_is_taken_along_as_a_file(site: Site, suffix: str) -> None:
    """Each format of exports is given, and is that of this plan."""
    reply = site.get(f"/plans/gravesham{suffix}")
    assert reply.status == 200
    assert f'filename="gravesham{suffix}"' in reply.headers["content-disposition"]
    if suffix == ".json":
        assert [one["plan"]["id"] for one in json.loads(reply.body)] == ["gravesham"]


def test_a_document_that_changed_is_not_opened(tmp_path: Path, browser: Browser) -> None:
    """The document is given while it is what was read; once it is changed or gone, the page says so."""
    source = Path(__file__).parent.parent / "plans" / "gravesham.txt"
    document = tmp_path / "plans" / "gravesham.txt"
    document.parent.mkdir()
    shutil.copy(source, document)
    build([document], tmp_path / "weave").close()
    with served(tmp_path / "weave") as site, surfing(browser, site) as visit:
        assert site.get("/plans/gravesham/document").body == source.read_bytes()
        document.write_text("something else", encoding="utf-8")
        reply = site.get("/plans/gravesham/document")
        assert reply.status == 404
        assert "changed" in reply.text
        page = visit.open("/plans/gravesham/actions/n2")
        assert "has changed since it was read" in page.locator("#main-content").inner_text()
        document.unlink()
        page = visit.open("/plans/gravesham")
        assert "no longer where it was read" in page.locator("#main-content").inner_text()
        assert violations(page) == []


def test_the_page_of_a_pdf_is_shown_with_the_row_outlined(tmp_path: Path, browser: Browser) -> None:
    """A row of a PDF is shown on a picture of its page, which is made once and kept in the workspace."""
    from reportlab.lib.pagesizes import A4, landscape  # noqa: PLC0415 - only here
    from reportlab.lib.styles import getSampleStyleSheet  # noqa: PLC0415 - as above
    from reportlab.platypus import Paragraph, SimpleDocTemplate, Table, TableStyle  # noqa: PLC0415 - as above

    style = getSampleStyleSheet()["Normal"]
    rows = [
        ("Ref", "Action", "Lead", "Due date", "Outcome"),
        ("1.1", "Open a winter night shelter", "Housing Team", "March 2024", "Nobody sleeps rough in winter"),
        ("1.2", "Write a move-on protocol with landlords", "Support Manager", "June 2024", "Fewer evictions"),
    ]
    path = tmp_path / "plans" / "shelter.pdf"
    path.parent.mkdir()
    cells = [[Paragraph(text, style) for text in row] for row in rows]
    table = Table(cells, colWidths=[50, 220, 140, 100, 200])
    table.setStyle(TableStyle([("GRID", (0, 0), (-1, -1), 0.5, "black")]))
    SimpleDocTemplate(str(path), pagesize=landscape(A4)).build([Paragraph("Shelter Plan", style), table])
    build([path], tmp_path / "weave").close()
    with served(tmp_path / "weave") as site, surfing(browser, site) as visit:
        page = visit.open("/plans/shelter/actions/1.2")
        picture = page.locator(".pw-page__picture")
        picture.scroll_into_view_if_needed()
        assert picture.evaluate("image => image.decode().then(() => image.naturalWidth)") > 1000
        assert picture.get_attribute("alt", timeout=1000).startswith("Page 1 of shelter.pdf")  # type: ignore[union-attr]
        assert violations(page) == []
        keep_picture(page, "web-action-pdf-desk")
        assert len(list((tmp_path / "weave" / ".pages").glob("*.png"))) == 1
        one, other = (site.get(f"/plans/shelter/actions/{ref}/page/1") for ref in ("1.1", "1.2"))
        assert one.body.startswith(b"\x89PNG")
        # The frame is around another row.
        assert one.body != other.body
        assert site.get("/plans/shelter/actions/1.2/page/2").status == 404
