"""The page of a network: found, filtered, chosen and sorted in Chromium without a network; inert, offline, readable."""

from __future__ import annotations

import re
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any

import networkx as nx
import pytest

import planweave as pw
from planweave.errors import NotFound
from planweave.networks.drawing import Options, page
from tests import networks
from tests.browsing import Tags, Visit, keep_picture, violations

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

KINDS = ("partnership", "dependencies", "hostile")


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Give the pages as files."""
    folder = tmp_path_factory.mktemp("pages")
    alone = networks.partnership().subgraph(["police"]).copy()
    made = {
        "partnership": (networks.partnership(), networks.DETAILS),
        "dependencies": (networks.dependencies(), networks.due_details()),
        "hostile": networks.hostile(),
        "alone": (alone, networks.DETAILS),
        "empty": (nx.Graph(title="Nobody", text="Who?"), {}),
        "part": (networks.partnership(), networks.DETAILS),
        "few": (networks.partnership(), networks.DETAILS),
    }
    limits: dict[str, Any] = {"part": {"most_nodes": 2}, "few": {"most_actions": 3}}
    for name, (network, details) in made.items():
        html = page(network, details, options=Options(folder=folder, **limits.get(name, {})))
        (folder / f"{name}.html").write_text(html, encoding="utf-8")
    return {name: folder / f"{name}.html" for name in made}


def rows(seen: Page, panel: str = "nodes") -> list[str]:
    """Give the rows of a table, each as its words."""
    said: list[str] = seen.locator(f"#panel-{panel} tbody tr").evaluate_all(
        "rows => rows.map(row => [...row.cells].map(cell => cell.textContent.trim()).join(' | '))"
    )
    return said


def count(seen: Page) -> str:
    """Give the words that say how much is shown."""
    return seen.locator("#count").inner_text()


def spot(seen: Page, *names: str) -> tuple[float, float]:
    """Give where on the screen a node stands, or the middle of the link of two."""
    where: dict[str, float] = seen.evaluate(
        """names => {
          const box = Canvas.box.getBoundingClientRect();
          const nodes = names.map((name) => D.nodes.find((node) => node.name === name));
          const middle = (axis) => nodes.reduce((sum, node) => sum + node[axis], 0) / nodes.length;
          const at = Canvas.network.canvasToDOM({ x: middle("x"), y: middle("y") });
          return { x: box.left + at.x, y: box.top + at.y };
        }""",
        list(names),
    )
    return where["x"], where["y"]


# It is there, and says what there is


def test_the_page_opens_without_a_network_and_without_complaint(browser: Browser, files: dict[str, Path]) -> None:
    """Every page, of every kind, asks for nothing but itself and has nothing to complain of."""
    for file in files.values():
        visit = Visit(browser, file)
        assert visit.said == []
        assert visit.asked == [file.as_uri()]
        Visit.leave_all()


def test_agencies_are_drawn_in_the_colours_of_their_kinds(browser: Browser, files: dict[str, Path]) -> None:
    """In the middle of each agency the drawing has the colour of its kind; larger for more actions."""
    seen = Visit(browser, files["partnership"]).page
    seen.wait_for_timeout(200)
    found = seen.evaluate(
        """() => D.nodes.map((node) => {
          const canvas = Canvas.box.querySelector("canvas");
          const at = Canvas.network.canvasToDOM(node);
          const point = [at.x * devicePixelRatio, at.y * devicePixelRatio, 1, 1];
          const [r, g, b] = canvas.getContext("2d").getImageData(...point).data;
          const hex = "#" + [r, g, b].map((part) => part.toString(16).padStart(2, "0")).join("");
          return [node.name, hex === D.kinds[node.kind].light, node.rim];
        })"""
    )
    assert [matches for _, matches, _ in found] == [True] * 4
    size = {name: rim for name, _, rim in found}
    assert size["Housing Office"] > size["Night Shelter"] > size["Health Trust"] > size["Police"]


def test_the_tables_have_the_same_data(browser: Browser, files: dict[str, Path]) -> None:
    """Agencies by load with kind, plans, actions and links; links by shared actions."""
    seen = Visit(browser, files["partnership"]).page
    assert count(seen) == "4 agencies, 2 links, 6 actions"
    assert rows(seen) == [
        "Housing OfficeHO | council | north, south | 5 | 2",
        "Night Shelter | charity | north | 3 | 1",
        "Health Trust | health | north, south | 2 | 1",
        "Police | police | south | 1 | 0",
    ]
    assert rows(seen, "links") == ["Housing Office – Night Shelter | 3", "Health Trust – Housing Office | 2"]


def test_references_say_their_way_and_how_far_apart_they_are_due(browser: Browser, files: dict[str, Path]) -> None:
    """One way or mutual, in a ring, days apart and far apart: in words, not by colour."""
    seen = Visit(browser, files["dependencies"]).page
    assert rows(seen, "links") == [
        "1.1 → 1.2 | one way, in a ring | 182 | related",
        "1.1 ↔ 2.1 | mutual | – | related",
        "1.2 → 1.3 | one way, in a ring | 518 far apart | related",
        "1.3 → 1.1 | one way, in a ring | 700 far apart | related",
    ]
    assert rows(seen)[-1] == "2.2 | Do what p/2.2 says | July 2024 | unknown | 0"
    legend = seen.locator("#marks").inner_text()
    assert "mutual: each refers to the other" in legend
    assert "dashed and red: due more than 366 days apart" in legend
    assert seen.evaluate("D.ticks[0][1]") == "1 Apr 2024"
    assert seen.evaluate("D.bands.map((band) => band[4])") == ["No due date", ""]


def test_links_of_one_sort_can_be_looked_at_alone(browser: Browser, files: dict[str, Path]) -> None:
    """Mutual ones, those in a ring, those far apart: with the actions they link, and no others."""
    seen = Visit(browser, files["dependencies"]).page
    for sort, said in {
        "mutual": "2 of 5 actions, 1 of 4 links",
        "one way": "3 of 5 actions, 3 of 4 links",
        "ring": "3 of 5 actions, 3 of 4 links",
        "far": "3 of 5 actions, 2 of 4 links",
    }.items():
        seen.select_option("#links-shown", sort)
        assert count(seen) == said


@pytest.mark.parametrize(
    ("kind", "words"),
    [
        ("empty", "There is nothing to draw: the question finds nothing in these plans."),
        ("alone", "There is nothing to draw: the question finds one agency, Police, and nothing it is linked with."),
    ],
)
def test_nothing_is_said_in_words(kind: str, words: str, browser: Browser, files: dict[str, Path]) -> None:
    """An empty network and one of a single agency have a sentence and no blank drawing."""
    seen = Visit(browser, files[kind]).page
    assert seen.locator(".empty").inner_text() == words
    assert seen.locator("canvas").count() == 0


def test_a_part_says_what_it_leaves_out(browser: Browser, files: dict[str, Path]) -> None:
    """Where a network is too large, the page says so before anything else."""
    seen = Visit(browser, files["part"]).page
    assert "2 nodes and 1 links are left out" in seen.locator(".notice").inner_text()
    assert len(rows(seen)) == 2


def test_more_actions_than_fit_are_counted_and_not_filtered(browser: Browser, files: dict[str, Path]) -> None:
    """Above the limit counts are still of all, and there is no filter that could not be true."""
    seen = Visit(browser, files["few"]).page
    assert "6 actions stand behind this network" in seen.locator(".notice").inner_text()
    assert seen.locator("#plan, #pillar, #status").count() == 0
    assert rows(seen)[0] == "Housing OfficeHO | council | north, south | 5 | 2"


# Search, filters, legend


def test_search_finds_by_name_and_abbreviation(browser: Browser, files: dict[str, Path]) -> None:
    """Whatever the case and the accents; the tables have what is found, and Enter chooses it."""
    seen = Visit(browser, files["partnership"]).page
    seen.fill("#search", "nîght")
    assert [row.split(" | ")[0] for row in rows(seen)] == ["Night Shelter"]
    assert rows(seen, "links") == ["Housing Office – Night Shelter | 3"]
    assert count(seen) == "4 agencies, 2 links, 6 actions; 1 match"
    seen.fill("#search", "ho")
    assert [row.split(" | ")[0] for row in rows(seen)] == ["Housing OfficeHO"]
    seen.press("#search", "Enter")
    assert seen.locator("#panel-chosen h3").inner_text() == "Housing Office"
    seen.fill("#search", "nobody")
    assert "None of them passes" in seen.locator("#panel-nodes .none").inner_text()


@pytest.mark.parametrize(
    ("select", "choice", "said", "agencies", "links"),
    [
        (
            "plan",
            "Plan of the south",
            "3 of 4 agencies, 1 of 2 links, 2 of 6 actions",
            ["Health Trust 1 1", "Housing OfficeHO 1 1", "Police 1 0"],
            ["Health Trust – Housing Office | 1"],
        ),
        (
            "pillar",
            "Recovery",
            "3 of 4 agencies, 1 of 2 links, 3 of 6 actions",
            ["Housing OfficeHO 2 1", "Night Shelter 2 1", "Police 1 0"],
            ["Housing Office – Night Shelter | 2"],
        ),
        (
            "status",
            "complete",
            "3 of 4 agencies, 2 links, 3 of 6 actions",
            ["Housing OfficeHO 3 2", "Night Shelter 2 1", "Health Trust 1 1"],
            ["Housing Office – Night Shelter | 2", "Health Trust – Housing Office | 1"],
        ),
    ],
)
def test_a_filter_counts_what_passes(
    select: str, choice: str, said: str, agencies: list[str], links: list[str], browser: Browser, files: dict[str, Path]
) -> None:
    """A link stays while one of its actions passes; numbers and sizes are of what passes, and no others."""
    seen = Visit(browser, files["partnership"]).page
    seen.select_option(f"#{select}", label=choice)
    assert count(seen) == said
    shown = [row.split(" | ") for row in rows(seen)]
    assert [f"{name} {actions} {degree}" for name, *_, actions, degree in shown] == agencies
    assert rows(seen, "links") == links
    hidden = seen.evaluate("D.nodes.filter((node) => Canvas.nodes.get(node.number).hidden).map((node) => node.name)")
    assert sorted(hidden) == sorted({"Health Trust", "Housing Office", "Night Shelter", "Police"} - {
        name.replace("OfficeHO", "Office") for name, *_ in shown
    })  # fmt: skip
    seen.click("#everything")
    assert count(seen) == "4 agencies, 2 links, 6 actions"


def test_filters_add_up(browser: Browser, files: dict[str, Path]) -> None:
    """Of the north, for recovery and complete there is one action, of two agencies; and then of none."""
    seen = Visit(browser, files["partnership"]).page
    seen.select_option("#plan", label="Plan of the north")
    seen.select_option("#pillar", label="Recovery")
    seen.select_option("#status", label="complete")
    assert count(seen) == "2 of 4 agencies, 1 of 2 links, 1 of 6 actions"
    seen.select_option("#plan", label="Plan of the south")
    assert count(seen) == "0 of 4 agencies, 0 of 2 links, 0 of 6 actions"
    assert seen.locator("#nothing").is_visible()


def test_an_action_at_the_other_end_is_said_to_be_outside(browser: Browser, tmp_path: Path) -> None:
    """A reference stays while one of its two actions passes; the other is shown as not passing itself."""
    details = networks.due_details()
    first = networks.iri("p/1.1")
    details[first] = networks.detail("p/1.1", status="complete")
    file = tmp_path / "page.html"
    file.write_text(page(networks.dependencies(), details), encoding="utf-8")
    seen = Visit(browser, file).page
    seen.select_option("#status", label="complete")
    assert count(seen) == "4 of 5 actions, 3 of 4 links; 3 actions only as the other end of a link"
    assert seen.locator("#panel-nodes tr.outside").count() == 3


def test_the_legend_filters(browser: Browser, files: dict[str, Path]) -> None:
    """A kind is hidden by its button and shown again; the button says whether it is on, and keeps the focus."""
    seen = Visit(browser, files["partnership"]).page
    button = seen.get_by_role("button", name="charity")
    assert button.get_attribute("aria-pressed") == "true"
    button.focus()
    seen.keyboard.press("Enter")
    assert button.get_attribute("aria-pressed") == "false"
    assert button.evaluate("at => at === document.activeElement")
    assert count(seen) == "3 of 4 agencies, 1 of 2 links, 6 actions"
    button.click()
    assert count(seen) == "4 agencies, 2 links, 6 actions"


# Choosing


def test_a_click_on_a_node_shows_its_actions_and_their_source(browser: Browser, files: dict[str, Path]) -> None:
    """Name, kind, plans, whom it is linked with, and each action with the way to its document."""
    seen = Visit(browser, files["partnership"]).page
    seen.mouse.click(*spot(seen, "Health Trust"))
    said = seen.locator("#panel-chosen")
    assert said.is_visible()
    assert said.locator("h3").inner_text() == "Health Trust"
    assert said.locator("h4").all_inner_texts() == ["Linked with 1", "2 actions"]
    assert [text.split("\n")[0] for text in said.locator(".actions li").all_inner_texts()] == [
        "north/3 Do what 3 says",
        "south/1 Do what 1 says",
    ]
    link = said.locator(".actions a").first
    assert link.inner_text() == "north.pdf, page 1, table 1, row 3"
    assert re.fullmatch(r"(\.\./)+plans/north\.pdf", link.get_attribute("href") or "")
    assert link.evaluate("at => at.href") == "file:///plans/north.pdf"


def test_a_click_on_a_link_shows_the_actions_behind_it(browser: Browser, files: dict[str, Path]) -> None:
    """In the middle between two agencies; a click beside anything lets go."""
    seen = Visit(browser, files["partnership"]).page
    seen.mouse.click(*spot(seen, "Housing Office", "Night Shelter"))
    said = seen.locator("#panel-chosen")
    assert said.locator("h3").inner_text() == "Housing Office – Night Shelter"
    assert said.locator(".says b").all_inner_texts() == ["north/1", "north/2", "north/4"]
    seen.select_option("#pillar", label="Recovery")
    assert said.locator("h4").inner_text() == "2 of 3 actions that pass the filters"
    assert said.locator(".says b").all_inner_texts() == ["north/2", "north/4"]
    box = seen.locator("#canvas").bounding_box()
    assert box is not None
    seen.mouse.click(box["x"] + 3, box["y"] + 3)
    assert said.is_hidden()


def test_pointing_shows_a_tip_of_plain_words(browser: Browser, files: dict[str, Path]) -> None:
    """Full name, abbreviation, kind and numbers, and nothing once the pointer has left."""
    seen = Visit(browser, files["partnership"]).page
    seen.mouse.move(*spot(seen, "Housing Office"))
    tip = seen.locator("#tip")
    tip.wait_for(state="visible")
    assert tip.locator("span").all_inner_texts() == ["Housing Office", "HO", "council", "5 actions", "2 links"]
    box = seen.locator("#canvas").bounding_box()
    assert box is not None
    seen.mouse.move(box["x"] + 3, box["y"] + 3)
    tip.wait_for(state="hidden")


def test_what_is_chosen_in_a_table_is_chosen_in_the_drawing(browser: Browser, files: dict[str, Path]) -> None:
    """The name in a table is a button; the focus goes to what it shows, and Let go gives it back."""
    seen = Visit(browser, files["partnership"]).page
    seen.locator("#panel-nodes").get_by_role("button", name="Night Shelter").click()
    assert seen.evaluate("state.chosen.name") == "Night Shelter"
    assert seen.evaluate("document.activeElement.id") == "panel-chosen"
    assert seen.evaluate("Canvas.near.nodes.size") == 2
    seen.get_by_role("button", name="Let go").click()
    assert seen.evaluate("state.chosen") is None
    assert seen.evaluate("document.activeElement.id") == "tab-nodes"


# Sorting


def test_tables_are_sorted_by_their_headings(browser: Browser, files: dict[str, Path]) -> None:
    """By click and by key; numbers begin with the largest, words with the first, and aria-sort says which."""
    seen = Visit(browser, files["partnership"]).page
    heads = seen.locator("#panel-nodes thead th")
    assert heads.nth(3).get_attribute("aria-sort") == "descending"
    heads.nth(0).locator("button").click()
    assert [row.split(" | ")[0] for row in rows(seen)] == [
        "Health Trust",
        "Housing OfficeHO",
        "Night Shelter",
        "Police",
    ]
    assert [heads.nth(n).get_attribute("aria-sort") for n in range(4)] == ["ascending", None, None, None]
    heads.nth(0).locator("button").press("Enter")
    assert heads.nth(0).get_attribute("aria-sort") == "descending"
    assert rows(seen)[0].startswith("Police")


def test_references_are_sorted_as_numbers_and_dates_as_dates(browser: Browser, tmp_path: Path) -> None:
    """1.10 comes after 1.9; April of one year before January of the next; without a date last."""
    details = networks.due_details()
    file = tmp_path / "page.html"
    file.write_text(page(networks.dependencies(), details), encoding="utf-8")
    seen = Visit(browser, file).page
    assert [row.split(" | ")[0] for row in rows(seen)] == ["1.1", "1.2", "1.3", "2.1", "2.2"]
    seen.get_by_role("button", name="Due").click()
    assert [row.split(" | ")[2] for row in rows(seen)] == [
        "January 2024", "July 2024", "July 2024", "December 2025", "ongoing",
    ]  # fmt: skip
    assert seen.evaluate("order.compare('1.9', '1.10')") < 0


# Keyboard


def test_everything_can_be_reached_by_keyboard(browser: Browser, files: dict[str, Path]) -> None:
    """Tab goes from the way past the drawing through search, filters, drawing, tools, tables and legend."""
    seen = Visit(browser, files["partnership"]).page
    reached = []
    for _ in range(30):
        seen.keyboard.press("Tab")
        reached.append(seen.evaluate("document.activeElement.id || document.activeElement.textContent.trim()"))
    assert reached[0] == "To the tables"
    order = [
        "search",
        "plan",
        "pillar",
        "status",
        "everything",
        "canvas",
        "zoom-in",
        "png",
        "print",
        "tab-nodes",
        "panel-nodes",
    ]
    assert [name for name in reached if name in order] == order
    assert {"Agency", "Actions", "Housing Office", "charity1"} <= set(reached)


def test_the_drawing_is_walked_by_arrow_keys(browser: Browser, files: dict[str, Path]) -> None:
    """From the heaviest to its neighbours; the label says where one is; Enter opens, Escape lets go; keys zoom."""
    seen = Visit(browser, files["partnership"]).page
    seen.focus("#canvas")
    seen.keyboard.press("ArrowRight")
    assert seen.evaluate("state.chosen.name") == "Housing Office"
    assert seen.locator("#canvas").get_attribute("aria-label") == "Housing Office, council, 2 links"
    assert seen.evaluate("document.activeElement.id") == "canvas"
    begin = seen.evaluate("[state.chosen.x, state.chosen.y]")
    seen.keyboard.press("ArrowDown")
    assert seen.evaluate("state.chosen.y") > begin[1]
    seen.keyboard.press("Enter")
    assert seen.evaluate("document.activeElement.id") == "panel-chosen"
    seen.focus("#canvas")
    seen.keyboard.press("Escape")
    assert seen.evaluate("state.chosen") is None
    scale = seen.evaluate("Canvas.network.getScale()")
    seen.keyboard.press("+")
    assert seen.evaluate("Canvas.network.getScale()") > scale
    seen.keyboard.press("0")
    assert seen.evaluate("Canvas.network.getScale()") == pytest.approx(scale, rel=0.01)


def test_tabs_are_walked_by_arrow_keys(browser: Browser, files: dict[str, Path]) -> None:
    """Right goes to the next and round to the first; its panel is shown, the others are not."""
    seen = Visit(browser, files["partnership"]).page
    seen.focus("#tab-nodes")
    seen.keyboard.press("ArrowRight")
    assert seen.evaluate("document.activeElement.id") == "tab-links"
    assert seen.locator("#panel-links").is_visible()
    assert seen.locator("#panel-nodes").is_hidden()
    seen.keyboard.press("ArrowRight")
    seen.keyboard.press("ArrowRight")
    assert seen.locator("#panel-nodes").is_visible()


# Taking it away


def test_the_drawing_can_be_saved_as_png(browser: Browser, files: dict[str, Path], tmp_path: Path) -> None:
    """The button gives a PNG named after the network, twice as sharp as the screen, and the drawing is as before."""
    visit = Visit(browser, files["partnership"])
    before = visit.page.evaluate("[Canvas.box.querySelector('canvas').width, devicePixelRatio]")
    with visit.page.expect_download() as waiting:
        visit.page.click("#png")
    assert waiting.value.suggested_filename == "partnership.png"
    waiting.value.save_as(tmp_path / "saved.png")
    saved = (tmp_path / "saved.png").read_bytes()
    assert saved.startswith(b"\x89PNG")
    assert int.from_bytes(saved[16:20], "big") == 2 * before[0]
    assert visit.page.evaluate("[Canvas.box.querySelector('canvas').width, devicePixelRatio]") == before
    assert visit.said == []


def test_the_page_prints(browser: Browser, files: dict[str, Path]) -> None:
    """On paper there are drawing, legend and both tables, and neither buttons nor filters; it becomes a PDF."""
    seen = Visit(browser, files["partnership"]).page
    assert seen.pdf(prefer_css_page_size=True).startswith(b"%PDF")
    seen.emulate_media(media="print", color_scheme="dark")
    for shown in ("#canvas canvas", "#kinds", "#panel-nodes table", "#panel-links table"):
        assert seen.locator(shown).first.is_visible(), shown
    for hidden in (".filters", ".tools", ".tabs", ".skip", "#panel-chosen"):
        assert not seen.locator(hidden).first.is_visible(), hidden
    assert seen.evaluate("getComputedStyle(document.body).color") == "rgb(0, 0, 0)"


# It is safe


@pytest.mark.parametrize("kind", KINDS)
def test_the_policy_allows_its_own_script_and_style_only(kind: str, files: dict[str, Path]) -> None:
    """Two scripts and one style sheet by their digests; nothing is loaded, and no attribute runs or styles."""
    tags = Tags(files[kind].read_text(encoding="utf-8"))
    policy = next(attrs["content"] for _, attrs in tags.tags if "http-equiv" in attrs)
    digest = r"'sha256-[\w+/=]{44}'"
    assert re.fullmatch(
        rf"default-src 'none'; script-src {digest} {digest}; style-src {digest}; base-uri 'none'; form-action 'none'",
        policy or "",
    )
    names = [name for name, _ in tags.tags]
    assert set(names) & {"iframe", "img", "image", "object", "embed", "link", "base", "use"} == set()
    assert names.count("script") == 3
    assert names.count("style") == 1
    attributes = {attribute for _, attrs in tags.tags for attribute in attrs}
    assert {attribute for attribute in attributes if attribute.startswith("on")} == set()
    assert attributes & {"src", "style", "action", "xlink:href"} == set()


def test_hostile_text_is_shown_as_it_is(browser: Browser, files: dict[str, Path]) -> None:
    """Names that mean harm are words in tables, tips and panels; nothing runs, nothing is asked for."""
    visit = Visit(browser, files["hostile"])
    seen = visit.page
    assert sorted(row.split(" | ")[0] for row in rows(seen)) == sorted(name + name for name in networks.HOSTILE)
    for number in range(len(networks.HOSTILE)):
        seen.locator("#tab-nodes").click()
        seen.locator("#panel-nodes tbody .chooser").nth(number).click()
        assert seen.locator("#panel-chosen .actions li").count() == 1
    seen.mouse.move(*spot(seen, networks.HOSTILE[0]))
    seen.wait_for_timeout(100)
    hrefs = set(seen.locator("a[href]").evaluate_all("links => links.map((link) => new URL(link.href).protocol)"))
    assert hrefs == {"file:"}
    assert seen.locator("main img, main svg:not(.mark), main script").count() == 0
    assert visit.said == []
    assert visit.asked == [files["hostile"].as_uri()]


def test_text_from_right_to_left_stays_in_its_place(browser: Browser, files: dict[str, Path]) -> None:
    """Signs that turn the direction of writing turn nothing but the name they stand in."""
    seen = Visit(browser, files["hostile"]).page
    button = seen.locator("#panel-nodes .chooser", has_text="exe")
    assert button.locator("bdi").count() == 1
    assert button.locator("bdi").evaluate("at => getComputedStyle(at).unicodeBidi") == "isolate"
    drawn = seen.evaluate("D.nodes.flatMap((node) => lines(node.name)).join('')")
    assert not re.search("[\u202a-\u202e\u2066-\u2069]", drawn)


# It can be read


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize(("name", "width", "height"), [("wide", 1280, 900), ("narrow", 360, 780)])
def test_the_page_fits_the_window(
    kind: str, name: str, width: int, height: int, browser: Browser, files: dict[str, Path]
) -> None:
    """Wide and narrow, and whatever a document prints, nothing has to be scrolled sideways."""
    seen = Visit(browser, files[kind], width, height).page
    seen.wait_for_timeout(200)
    keep_picture(seen, f"network-{kind}-{name}")
    assert seen.evaluate("document.documentElement.scrollWidth <= innerWidth")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("kind", [*KINDS, "alone", "empty"])
def test_the_page_has_no_barriers(kind: str, scheme: Any, browser: Browser, files: dict[str, Path]) -> None:
    """Axe finds nothing on the page, at first, with something chosen and with the other table open."""
    seen = Visit(browser, files[kind]).page
    seen.emulate_media(color_scheme=scheme)
    for act in ("", "#panel-nodes .chooser", "#tab-links") if kind in KINDS else ("",):
        if act:
            seen.locator(act).first.click()
        assert violations(seen) == []


@pytest.mark.parametrize("kind", KINDS)
def test_headings_are_in_order(kind: str, browser: Browser, files: dict[str, Path]) -> None:
    """There is one title, and no heading is more than one step below the one before it, with something chosen."""
    seen = Visit(browser, files[kind]).page
    seen.locator("#panel-nodes .chooser").first.click()
    levels = seen.locator("h1, h2, h3, h4").evaluate_all("all => all.map((one) => Number(one.tagName[1]))")
    assert levels.count(1) == 1
    assert levels[0] == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))
    assert seen.locator("html").get_attribute("lang") == "en-GB"


# It is quick, and the same each time


def test_the_same_network_is_the_same_page(files: dict[str, Path]) -> None:
    """Made twice, it is the same to the byte."""
    again = page(networks.partnership(), networks.DETAILS, options=Options(folder=files["partnership"].parent))
    assert again == files["partnership"].read_text(encoding="utf-8")


def test_the_largest_page_can_be_used(browser: Browser, tmp_path: Path) -> None:
    """With 2,000 agencies and 5,000 links it opens, finds and chooses within seconds, and says what is not listed."""
    file = tmp_path / "large.html"
    file.write_text(page(networks.crowd(2000, 5000), {}), encoding="utf-8")
    visit = Visit(browser, file)
    seen = visit.page
    used = seen.evaluate("performance.getEntriesByType('navigation')[0].domContentLoadedEventEnd")
    assert used < 15_000
    assert count(seen) == "2,000 agencies, 5,000 links"
    assert seen.locator("#panel-nodes .rest span").text_content() == "The first 200 of 2,000 are listed."
    seen.fill("#search", "agency 1999")
    assert len(rows(seen)) == 1
    seen.press("#search", "Enter")
    assert seen.locator("#panel-chosen h3").inner_text() == "Agency 1999"
    keep_picture(seen, "network-large", whole=False)
    assert visit.said == []


def test_a_notebook_shows_the_page_and_lets_it_do_no_more(browser: Browser, five_plans: Path, tmp_path: Path) -> None:
    """graph.draw() is the page in a frame: its script runs there, nothing else does, and files come from save()."""
    with pw.open(five_plans) as graph:
        drawing = graph.draw("dependencies", plan="coventry")
        assert repr(drawing) == "<planweave drawing of dependencies: 44 nodes, 19 edges>"
        notebook = tmp_path / "notebook.html"
        notebook.write_text(f"<!doctype html><meta charset='utf-8'>{drawing._repr_html_()}", encoding="utf-8")
        for name in ("drawn.html", "drawn.svg"):
            assert drawing.save(tmp_path / name).stat().st_size > 10_000
        with pytest.raises(NotFound, match=r"a drawing cannot be written as '\.pdf'"):
            drawing.save(tmp_path / "drawn.pdf")
    page = Visit(browser, notebook).page
    inside = page.frame_locator("iframe")
    assert inside.locator("h1").inner_text() == "Dependencies (plan: coventry)"
    assert inside.locator("canvas").count() >= 1


def test_no_name_covers_the_heading_of_a_band(browser: Browser, five_plans: Path, tmp_path: Path) -> None:
    """In the partnership of the bundled plans every agency is named, and the heading of those alone stays whole."""
    file = tmp_path / "partnership.html"
    with pw.open(five_plans) as graph:
        graph.draw("partnership").save(file)
    drawn = """() => {
      const said = [];
      const context = Canvas.box.querySelector("canvas").getContext("2d");
      const fill = context.fillText;
      context.fillText = (words, x, y) => {
        const { width } = context.measureText(words);
        const left = context.textAlign === "center" ? x - width / 2 : x;
        const high = 13 / Canvas.network.getScale();
        const top = context.textBaseline === "middle" ? y - high / 2 : y - high;
        said.push({ words, left, right: left + width, top, foot: top + high });
        fill.call(context, words, x, y);
      };
      Canvas.network.redraw();
      return said;
    }"""
    said: list[dict[str, Any]] = Visit(browser, file).page.evaluate(drawn)
    (heading,) = (one for one in said if one["words"] == "Linked with none of the others")
    names = [one for one in said if one is not heading]
    assert {"City of London Police", "Coventry Refugee and", "Langar Aid"} <= {name["words"] for name in names}
    for name in names:
        aside = name["left"] >= heading["right"] or heading["left"] >= name["right"]
        assert aside or name["top"] >= heading["foot"] or heading["top"] >= name["foot"], name["words"]
