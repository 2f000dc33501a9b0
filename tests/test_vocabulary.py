"""The vocabulary page: what the Turtle files say, inert, offline, and fit to be read by anybody."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from planweave.errors import DefinitionError
from planweave.library import Library
from planweave.store import read_turtle
from planweave.terms import PW, RDFS, SKOS
from planweave.vocabulary import write_vocabulary
from tests.browsing import Tags, Visit, keep_picture, violations

if TYPE_CHECKING:
    from playwright.sync_api import Browser

ROOT = Path(__file__).parent.parent
COMMITTED = ROOT / "docs" / "vocabulary.html"

HOSTILE = """
@prefix kind: <https://w3id.org/planweave/kind/> .
@prefix pw: <https://w3id.org/planweave/ontology#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .

<https://w3id.org/planweave/agency/a'onmouseover='alert(1)> a pw:Agency ;
    skos:prefLabel "<script>alert('name')</script>"@en ;
    skos:altLabel "</style><img src=x onerror=alert(2)>"@en , "{{ 7 * 7 }}{% raw %}"@en ;
    pw:localName "'\\"><svg/onload=alert(3)>"@en ;
    pw:kind kind:charity ;
    skos:definition "</article></main><script src='https://example.org/x.js'></script>"@en ;
    skos:scopeNote "<a href='javascript:alert(4)'>click</a>"@en ;
    skos:example "coventry/1.1: <iframe src='https://example.org/'></iframe> → <b>bold</b>"@en ;
    rdfs:seeAlso <javascript:alert(5)> , <data:text/html,x> , <https://example.org/'onclick='alert(6)> .
"""


@pytest.fixture(scope="module")
def page_html(tmp_path_factory: pytest.TempPathFactory) -> str:
    out = tmp_path_factory.mktemp("vocabulary") / "vocabulary.html"
    write_vocabulary(Library.bundled(), out)
    return out.read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def hostile_page(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give the page of a library whose register is written by somebody who means harm."""
    folder = tmp_path_factory.mktemp("hostile")
    (folder / "ontology").mkdir()
    (folder / "ontology" / "agencies.ttl").write_text(HOSTILE, encoding="utf-8")
    write_vocabulary(Library.bundled().with_folder(folder), folder / "vocabulary.html")
    return folder / "vocabulary.html"


# What is on it


def test_the_committed_page_is_what_the_files_give(page_html: str) -> None:
    """docs/vocabulary.html is what `make docs` writes from the three Turtle files."""
    assert COMMITTED.read_text(encoding="utf-8") == page_html, "run: make docs"


def test_the_same_files_give_the_same_bytes(tmp_path: Path) -> None:
    """Two runs, in two processes with other hash seeds, write the same bytes."""
    for seed in ("1", "2"):
        command = [sys.executable, "-m", "planweave.vocabulary", str(tmp_path / "new" / seed)]
        subprocess.run(command, check=True, cwd=ROOT, env={"PYTHONHASHSEED": seed, "PYTHONPATH": str(ROOT)})
    assert (tmp_path / "new" / "1").read_bytes() == (tmp_path / "new" / "2").read_bytes()


def test_everything_defined_is_on_the_page(page_html: str) -> None:
    """Each label, definition, note and other name of the three files stands on the page."""
    text = Tags(page_html).text
    said = {SKOS + name for name in ("prefLabel", "altLabel", "hiddenLabel", "definition", "scopeNote")}
    said |= {RDFS + "label", PW + "localName"}
    for path in Library.bundled().files("ontology", ".ttl"):
        for triple in read_turtle(path):
            if triple.predicate in said:
                assert triple.object in text


def test_anchors_are_unique_and_links_lead_to_them(page_html: str) -> None:
    """No two entries have one anchor, and every link within the page leads to an entry."""
    tags = Tags(page_html)
    anchors = tags.values("id")
    assert len(anchors) == len(set(anchors))
    assert {href[1:] for href in tags.values("href") if href.startswith("#")} <= set(anchors)


def test_a_term_is_at_the_anchor_its_iri_ends_in(page_html: str) -> None:
    """The part of a term's IRI after # is its anchor, so that the IRI can lead to its entry."""
    anchors = set(Tags(page_html).values("id"))
    assert {"Action", "NotEstablished", "dueLatest", "status-complete", "agency-change-grow-live"} <= anchors


def test_what_is_not_established_is_said(page_html: str) -> None:
    """An agency whose name is not established carries the mark."""
    entry = page_html.partition('id="agency-coventry-tsmt"')[2].partition("</article>")[0]
    assert '<p class="mark">not established</p>' in entry


def test_a_file_that_is_not_turtle_is_named(tmp_path: Path) -> None:
    """A broken file is refused with its name and line, and no page is written."""
    (tmp_path / "ontology").mkdir()
    (tmp_path / "ontology" / "planweave.ttl").write_text("pw:Plan a", encoding="utf-8")
    with pytest.raises(DefinitionError, match=r"planweave\.ttl, line 1"):
        write_vocabulary(Library.bundled().with_folder(tmp_path), tmp_path / "page.html")
    assert not (tmp_path / "page.html").exists()


# It is safe


@pytest.mark.parametrize("kind", ["bundled", "hostile"])
def test_nothing_on_the_page_can_run_or_be_fetched(kind: str, page_html: str, hostile_page: Path) -> None:
    """There is no script, frame, image or handler, and links lead to the page itself or to the web."""
    tags = Tags(page_html if kind == "bundled" else hostile_page.read_text(encoding="utf-8"))
    names = {name for name, _ in tags.tags}
    assert names & {"script", "iframe", "img", "svg", "object", "embed", "link", "form", "base"} == set()
    attributes = {attribute for _, attrs in tags.tags for attribute in attrs}
    assert {attribute for attribute in attributes if attribute.startswith("on")} == set()
    assert attributes & {"src", "style", "action"} == set()
    assert [href for href in tags.values("href") if not re.match(r"#|https?://", href)] == []


def test_the_policy_allows_only_its_own_style(page_html: str) -> None:
    """The page's policy loads nothing and allows its one style sheet by its digest."""
    policy = next(attrs["content"] for _, attrs in Tags(page_html).tags if "http-equiv" in attrs)
    assert re.fullmatch(
        r"default-src 'none'; style-src 'sha256-[\w+/=]{44}'; base-uri 'none'; form-action 'none'", policy or ""
    )


def test_hostile_text_is_shown_as_it_is(hostile_page: Path) -> None:
    """Markup and template code in the files are on the page as words."""
    text = Tags(hostile_page.read_text(encoding="utf-8")).text
    for words in ("<script>alert('name')</script>", "{{ 7 * 7 }}{% raw %}", "<b>bold</b>", "javascript:alert(5)"):
        assert words in text


def test_hostile_text_does_nothing_in_a_browser(browser: Browser, hostile_page: Path) -> None:
    """Opened in Chromium, the hostile page asks for nothing, says nothing and opens nothing."""
    visit = Visit(browser, hostile_page)
    assert visit.said == []
    assert visit.asked == [hostile_page.as_uri()]


# It can be read


@pytest.mark.parametrize(("name", "width", "height"), [("wide", 1280, 900), ("narrow", 390, 844)])
def test_the_page_in_a_browser(browser: Browser, name: str, width: int, height: int) -> None:
    """Offline, wide and narrow: the page says nothing, asks for nothing and fits the window."""
    visit = Visit(browser, COMMITTED, width, height)
    keep_picture(visit.page, f"vocabulary-{name}", whole=False)
    assert visit.said == []
    assert visit.asked == [COMMITTED.as_uri()]
    assert visit.page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_the_page_has_no_barriers(browser: Browser) -> None:
    """Axe finds nothing on the page that keeps anybody from reading it."""
    assert violations(Visit(browser, COMMITTED).page) == []


def test_the_page_prints(browser: Browser) -> None:
    """On paper the contents list is left out and the addresses of sources are printed."""
    page = Visit(browser, COMMITTED).page
    page.emulate_media(media="print")
    assert not page.locator("nav").is_visible()
    source = "getComputedStyle(document.querySelector('#agency-crisis dd a[rel]'), '::after').content"
    assert "en.wikipedia.org" in page.evaluate(source)
