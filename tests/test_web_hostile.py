"""Text of documents does nothing in a page: a plan made of hostile strings goes through every page in Chromium."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

from planweave.entrances import build
from tests.serving import Site, served, surfing
from tests.test_web_pages import PAGES

if TYPE_CHECKING:
    from playwright.sync_api import Browser

STRINGS = (
    "<script>document.title='owned'</script>",
    "\"'><img src=x onerror=\"document.title='owned'\">",
    "<svg/onload=document.title='owned'>",
    "javascript:document.title='owned'",
    "{{7*7}} {% raw %} ${7*7}",
    "</title></textarea></script><script>document.title='owned'</script>",
    '=HYPERLINK("http://example.org/","here")',
    "\N{RIGHT-TO-LEFT OVERRIDE}detrevni",
    "&lt;b&gt; &amp; <b>bold</b>",
    "<iframe srcdoc=\"<script>parent.document.title='owned'</script>\">",
    "<a href=\"javascript:document.title='owned'\">x</a>",
    "<style>*{display:none}</style>",
)
HOSTILE = "hostile"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """A plan of which every title, text, lead, outcome and date is hostile, served."""
    folder = tmp_path_factory.mktemp("hostile")
    rows = "".join(
        f"1.{n}\t{text} do\t{text}\t{text}\t{text} gained\tMay 2024 {text}\n" for n, text in enumerate(STRINGS, 1)
    )
    head = f"Action plan {STRINGS[0]}\n\nRef\tAction\tLead\tPartners\tOutcome\tDue date\n"
    (folder / f"{HOSTILE}.txt").write_text(head + rows, encoding="utf-8")
    build(folder / f"{HOSTILE}.txt", folder / "weave").close()
    with served(folder / "weave") as site:
        yield site


def test_the_plan_is_as_hostile_as_it_looks(site: Site) -> None:
    """The strings have come into the graph, so that the pages have something to show."""
    quads = site.get("/data?format=nq").text
    for words in ("document.title='owned'", "{{7*7}}", "HYPERLINK", "srcdoc"):
        assert words in quads


def addresses(site: Site) -> Iterator[str]:
    """Give every address of the list, those of a plan and an action as they are for this one."""
    with site.app.state.served.reading() as graph:
        (plan,) = graph.ids
        record = graph.plan(plan)
    for address in PAGES.values():
        yield address.replace("coventry", plan)
    yield "/sparql?query=SELECT%20*%20%7B%20%3Fa%20pw%3Atext%20%3Fb%20%7D"
    yield f"/sparql?edit={'%3C/textarea%3E%3Cscript%3Edocument.title=1%3C/script%3E'}"
    yield "/%3Cscript%3Ealert(1)%3C/script%3E"
    assert len(record.actions) == len(STRINGS)


def test_nothing_hostile_runs_on_any_page(site: Site, browser: Browser) -> None:
    """No page changes its title, opens a dialogue, asks anything elsewhere, or has an element out of the plan."""
    for address in addresses(site):
        with surfing(browser, site) as visit:
            page = visit.open(address)
            page.wait_for_load_state("networkidle")
            visit.said[:] = [said for said in visit.said if "Failed to load resource" not in said]
            assert page.title().endswith(" – planweave"), address
            assert "owned" not in page.title().replace("document.title='owned'", ""), address
            assert page.locator("iframe, main img, main style, main script, [onerror], [onload]").count() == 0, address
            assert page.locator("a[href^='javascript:' i]").count() == 0, address
            assert page.locator("h1").is_visible(), address


def test_a_file_holds_no_formula(site: Site) -> None:
    """The exported table has the hostile title as text, a formula with its apostrophe."""
    text = site.get("/overview.csv").text
    assert not [line for line in text.splitlines() if line.startswith(("=", '"='))]
