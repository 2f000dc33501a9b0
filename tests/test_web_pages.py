"""Every page of the workspace: in Chromium, without a network, at a desk and on a phone, looked at by axe."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

import pytest

from tests.browsing import ON_PHONES, keep_picture, violations
from tests.serving import PHONE, overflow, served, surfing

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, Page

    from tests.serving import Site, Surfing

PAPER = 718
"""As many pixels as a page of A4 is wide between margins of a centimetre."""

PAGES = {
    "adding": "/add",
    "overview": "/",
    "missing": "/nothing-here",
    "sparql": "/sparql",
    "answer": "/sparql?query=SELECT%20*%20%7B%20%3Fa%20a%20pw%3APlan%20%3B%20%3Fb%20%3Fc%20%7D%20LIMIT%2040",
    "data": "/data",
    "vocabulary": "/vocabulary",
    "checks": "/shapes",
    "check": "/shapes/action-has-lead",
    "questions": "/questions",
    "question-told": "/questions/actions-led-by",
    "actions": "/actions",
    "actions-chosen": "/actions?plan=maidstone&lead=none&status=unknown&in-partner=housing&sort=-due",
    "actions-none": "/actions?q=submarine",
    "actions-wrong": "/actions?from=soon",
    "timeline": "/timeline?day=2024-12-31",
    "timeline-by-lead": "/timeline?by=lead&plan=maidstone&day=2024-12-31",
    "ask": "/ask",
    "question": "/ask/status-by-plan?plan=maidstone&sources=yes",
    "question-list": "/ask/overdue?date=2024-12-31&plan=coventry",
    "question-empty": "/ask/overdue?date=1999-12-31",
    "question-wrong": "/ask/actions-led-by?party=Change+Grov+Live&plan=maidston",
    "compare": "/compare",
    "compared": "/compare?plan=coventry&plan=thurrock",
    "compare-wrong": "/compare?plan=coventry&plan=thurock",
    "networks": "/networks",
    "network": "/networks/partnership",
    "network-by-date": "/networks/dependencies?plan=coventry&of=links",
    "what-if": "/what-if",
    "what-if-without": "/what-if?without=CGL&plan=",
    "what-if-slip": "/what-if?slip=coventry%2F13.1&by=3&unit=m",
    "plans": "/plans",
    "plan": "/plans/coventry",
    "plan-narrowed": "/plans/thurrock?lacks=lead",
    "action": "/plans/coventry/actions/1.2",
    "action-long": "/plans/city-of-london/actions/1.12",
    "alike": "/plans/maidstone/actions/1.1/alike",
    "agencies": "/agencies",
    "agency": "/agencies/kent-county-council",
    "agency-doubtful": "/agencies/city-of-london-adult-social-care",
    "party": "/plans/maidstone/parties/housing-advice-manager?role=lead",
    "findings": "/findings",
    "findings-none": "/findings?plan=gravesham&accepted=only",
    "findings-mistaken": "/findings?as_of=yesterday&plan=coventy",
    "accept": "/findings/accept?plan=coventry&action=coventry%2F16.1&check=action-has-due-date",
}
"""A name → an address of each page; whoever adds a page adds one here."""

REFUSED: Final = {"missing": (404,)}
"""A name of a page → the statuses that it is answered with, of which the browser tells."""


@pytest.fixture(scope="module")
def site(five_plans: Path) -> Iterator[Site]:
    """The five plans, served."""
    with served(five_plans) as site:
        yield site


@pytest.fixture(scope="module")
def at_desk(site: Site, browser: Browser) -> Iterator[Surfing]:
    """One visit for all pages, in a wide window: to open a browser's window takes longer than to look at a page."""
    with surfing(browser, site) as visit:
        yield visit


@pytest.fixture(scope="module")
def on_phone(site: Site, browser: Browser) -> Iterator[Surfing]:
    """One visit for all pages, in a narrow window."""
    with surfing(browser, site, width=PHONE) as visit:
        yield visit


@pytest.fixture(scope="module")
def without_script(site: Site, browser: Browser) -> Iterator[Surfing]:
    """One visit for all pages, without script."""
    with surfing(browser, site, script=False) as visit:
        yield visit


@pytest.mark.parametrize("name", PAGES)
def test_every_page_is_accessible_and_can_be_read_without_script(
    at_desk: Surfing, without_script: Surfing, name: str
) -> None:
    """A page has a title, a language and nothing axe complains of; without script the same heading and tables."""
    at_desk.provoke(*REFUSED.get(name, ()))
    page = at_desk.open(PAGES[name])
    assert page.locator("h1").count() == 1
    assert page.title().endswith(" – planweave")
    assert page.get_attribute("html", "lang") == "en-GB"
    assert violations(page) == []
    assert overflow(page) == 0
    keep_picture(page, f"web-{name}-desk")

    without_script.provoke(*REFUSED.get(name, ()))
    bare = without_script.open(PAGES[name])
    assert bare.locator("h1").inner_text() == page.locator("h1").inner_text()
    # The tables beside a drawing follow its filters; the page has the same in tables of its own.
    assert bare.locator("table").count() == page.locator("table:not(.pw-network table)").count()
    assert_prints(bare)
    at_desk.settle()
    without_script.settle()


def assert_prints(page: Page) -> None:
    """On paper a page has no menu, no table that is cut, and its address once, at its foot; it stays on the screen."""
    before = page.viewport_size
    page.set_viewport_size({"width": PAPER, "height": 900})
    page.emulate_media(media="print")
    assert overflow(page) == 0
    assert page.locator("h1").is_visible()
    assert not page.locator("nav").first.is_visible()
    assert page.locator(".pw-footer__here").inner_text() == page.url
    after = "[...document.querySelectorAll('a')].map(each => getComputedStyle(each, '::after').content)"
    assert not any("attr(" in one or "/" in one.partition(" / ")[0] for one in page.evaluate(after))
    page.emulate_media(media="screen")
    assert before is not None
    page.set_viewport_size(before)


@pytest.mark.parametrize("name", PAGES)
def test_every_page_fits_a_phone(on_phone: Surfing, name: str) -> None:
    """A page is no wider than its window, what is pressed is large enough, and what scrolls can be reached by keys."""
    on_phone.provoke(*REFUSED.get(name, ()))
    page = on_phone.open(PAGES[name])
    assert overflow(page) == 0
    assert violations(page, *ON_PHONES) == []
    keep_picture(page, f"web-{name}-phone")
    on_phone.settle()


def test_the_skip_link_leads_to_the_content(site: Site, browser: Browser) -> None:
    """The first press of Tab shows the skip link, and Enter puts the focus into the content."""
    with surfing(browser, site) as visit:
        page = visit.open("/")
        page.keyboard.press("Tab")
        assert page.locator(".govuk-skip-link").bounding_box()["height"] > 10  # type: ignore[index]
        page.keyboard.press("Enter")
        assert page.evaluate("document.activeElement.id") == "main-content"


def test_nothing_of_the_government_is_shown(site: Site, browser: Browser) -> None:
    """No crown, no typeface of the government's; the footer says what the site is not."""
    with surfing(browser, site) as visit:
        page = visit.open("/")
        fonts = page.evaluate("[...document.querySelectorAll('*')].map(each => getComputedStyle(each).fontFamily)")
        assert not any("GDS" in font for font in fonts)
        assert page.locator("footer").inner_text().count("not a government service") == 1


def test_the_plain_pages_say_what_is_missing(five_plans: Path, browser: Browser, tmp_path: Path) -> None:
    """Without the browser libraries the same page works, and says to run make assets."""
    with served(five_plans, vendor=tmp_path / "none") as site, surfing(browser, site) as visit:
        page = visit.open("/")
        assert "run make assets" in page.locator("main").inner_text()
        assert page.locator("table").first.is_visible()
        assert violations(page) == []
        keep_picture(page, "web-overview-plain")


def test_an_empty_workspace_says_what_to_do(browser: Browser, tmp_path: Path) -> None:
    """Where nothing was built yet, the first page says how to begin."""
    with served(tmp_path / "new") as site, surfing(browser, site) as visit:
        page = visit.open("/")
        assert page.locator("h1").inner_text() == "There is no plan here yet"
        assert "planweave build" in page.locator("main").inner_text()
        assert violations(page) == []
