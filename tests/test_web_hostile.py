"""What stands in a document is text: a plan of hostile strings goes through every page and file of the workspace."""

from __future__ import annotations

import csv
import io
import itertools
import json
import re
from typing import TYPE_CHECKING, Final
from urllib.parse import quote, urlencode

import pytest
from openpyxl import load_workbook

from planweave.entrances import build, open_graph
from planweave.flat_files import guarded
from planweave.library import Library
from planweave.web.app import PAGES, routes_of
from tests import hostile
from tests.serving import served, surfing

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Browser, Page

    from tests.serving import Site

QUERIES: Final = {
    "/plans": ("q",),
    "/plans/{plan}": ("pillar", "status", "flag", "blank"),
    "/agencies": ("q", "kind"),
    "/agencies/{agency}": ("pillar", "beside", "plan"),
    "/findings": ("plan", "as_of", "severity"),
    "/findings/accept": ("value", "plan"),
}
"""Pages that are asked for hostile strings in their addresses, by these fields."""

RUNS: Final = "img[src='x'], svg[onload], script:not([src]), iframe, object, embed, [onerror], [onload], [onclick]"
"""What would be there if a string were taken for markup."""


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give the workspace of the hostile plan."""
    folder = tmp_path_factory.mktemp("hostile")
    build([hostile.write_plan(folder / "plans")], folder / "weave").close()
    return folder / "weave"


@pytest.fixture(scope="module")
def site(workspace: Path) -> Iterator[Site]:
    """Serve it."""
    with served(workspace) as site:
        yield site


def addresses(workspace: Path) -> dict[str, list[str]]:
    """Give for the path of each route that is read the addresses to look at."""
    with open_graph(workspace) as graph:
        (record,) = graph.plans()
        networks = [path.stem for path in Library.bundled().files("graphs", ".rq")]
        shapes = [path.stem for path in Library.bundled().files("shapes", ".ttl")]
        values = {
            "plan": [record.plan.id],
            "action": [action.id.partition("/")[2] for action in record.actions],
            "party": sorted({party.id for party in record.parties})[:8],
            "agency": ["mhclg"],
            "page": ["1"],
            "question": ["leads-by-load", "parties-beside"],
            "network": networks[:2],
            "shape": shapes[:1],
            "draft": ["none"],
            "n": ["1"],
            "kind": ["plan", "party", "action", "pillar"],
        }
    found: dict[str, list[str]] = {}
    for route in itertools.chain.from_iterable(map(routes_of, PAGES)):
        if "GET" not in (route.methods or ()):
            continue
        made = [route.path]
        for field in re.findall(r"\{(\w+)(?::\w+)?\}", route.path):
            assert field in values, f"say in this test what {field} can be in {route.path}"
            made = [
                re.sub(rf"\{{{field}(?::\w+)?\}}", quote(value, safe="").replace("\\", r"\\"), address)
                for address in made
                for value in values[field]
            ]
        found[route.path] = made
    return found


LEADS_OUT: Final = {"/vocabulary"}
"""The pages with links of planweave's own to other sites: to the standards whose terms the ontology uses."""


def is_inert(page: Page, *, leads_out: bool = False) -> bool:
    """Say whether nothing of the strings became an element, and no link runs or, but where it may, leads out.

    It is asked in one go, and in the page's own words: so many pages are looked at that it counts.
    """
    is_own = "link.protocol === 'http:' && link.host === location.host"
    is_safe = f"({is_own} || ({str(leads_out).lower()} && /^https?:$/.test(link.protocol)))"
    every = f"[...document.querySelectorAll('a[href]')].every(link => {is_safe})"
    return bool(page.evaluate(f"document.querySelectorAll({json.dumps(RUNS)}).length === 0 && {every}"))


def test_no_page_takes_text_for_anything_else(site: Site, workspace: Path, browser: Browser) -> None:
    """No dialogue opens, no script runs, nothing is asked elsewhere, no link runs; whichever page is looked at."""
    seen, known = set(), set()
    with surfing(browser, site) as visit:
        for path, found in addresses(workspace).items():
            for address in found:
                if address in known:  # some fit two routes
                    continue
                known.add(address)
                reply = site.request("HEAD", address)
                shown = "attachment" not in reply.headers.get("content-disposition", "")
                if "text/html" not in reply.headers.get("content-type", "") or reply.status >= 400 or not shown:
                    assert reply.status < 500, address
                    continue
                page = visit.open(address)
                assert is_inert(page, leads_out=path in LEADS_OUT), address
                seen.add(path)
    assert {"/", "/plans/{plan}", "/plans/{plan}/actions/{action:path}", "/agencies", "/findings"} <= seen


def test_addresses_that_attack_are_text(site: Site, workspace: Path, browser: Browser) -> None:
    """What stands in an address is shown as text, or refused in a sentence."""
    known = addresses(workspace)
    with surfing(browser, site) as visit:
        visit.provoke(404)
        for path, fields in QUERIES.items():
            for text in hostile.STRINGS:
                if len(text) > 1000:
                    continue
                page = visit.open(f"{known[path][0]}?{urlencode(dict.fromkeys(fields, text))}")
                assert page.evaluate("document.querySelectorAll('h1').length") == 1, (path, text)
                assert is_inert(page), (path, text)


def test_the_text_of_an_action_is_shown_as_it_stands(site: Site, workspace: Path, browser: Browser) -> None:
    """Each string can be read on the page of its action, letter by letter."""
    shown = addresses(workspace)["/plans/{plan}/actions/{action:path}"]
    with surfing(browser, site) as visit:
        page = visit.open(next(one for one in shown if "9.1" in one))
        assert "{{7*7}} {% raw %} ${7*7} <%= 7*7 %>" in page.locator("#main-content").inner_text()
        page = visit.open(next(one for one in shown if "/1.1" in one))
        assert "<script>alert('script')</script>" in page.locator("#main-content").inner_text()
        assert page.locator("h1").count() == 1


def test_no_file_has_a_formula(site: Site, workspace: Path) -> None:
    """In every workbook and CSV file that can be taken along, no cell is a formula."""
    count = 0
    for found in addresses(workspace).values():
        for address in found:
            if not address.endswith((".csv", ".xlsx")):
                continue
            reply = site.get(address)
            if reply.status != 200:
                continue
            count += 1
            if address.endswith(".csv"):
                rows = csv.reader(io.StringIO(reply.body.decode("utf-8-sig"), newline=""))
                assert not [cell for row in rows for cell in row if guarded(cell) != cell and not cell.startswith("'")]
            else:
                book = load_workbook(io.BytesIO(reply.body))
                kinds = {cell.data_type for sheet in book for row in sheet.iter_rows() for cell in row}
                assert "f" not in kinds, address
    assert count >= 6


def test_the_document_is_given_to_be_saved_only(site: Site, workspace: Path) -> None:
    """The document comes as a file to be saved, under a name that is safe, and is no page of this site."""
    (address,) = addresses(workspace)["/plans/{plan}/document"]
    reply = site.get(address)
    assert reply.status == 200
    assert reply.headers["content-type"] == "application/octet-stream"
    assert re.fullmatch(r'attachment; filename="[\w.-]+\.csv"', reply.headers["content-disposition"], re.ASCII)
    assert "sandbox" in reply.headers["content-security-policy"]
