"""The SVG of a network: for a report, with title, names and legend, the same for the same network, inert."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

import networkx as nx

from planweave.networks.drawing import Options, svg
from planweave.networks.drawing.names import Circle, placed_names, width_of
from tests import networks
from tests.browsing import Visit, keep_picture

if TYPE_CHECKING:
    from playwright.sync_api import Browser


SVG = "{http://www.w3.org/2000/svg}"


def texts(drawn: str) -> list[str]:
    """Give the words of a drawing, as they stand on it."""
    root = ET.fromstring(drawn)  # noqa: S314 - our own
    return ["".join(text.itertext()) for text in root.iter(f"{SVG}text")]


def test_it_has_a_title_and_a_description() -> None:
    """Both are there for those who do not see it: what is drawn, how much of it, what is largest."""
    root = ET.fromstring(svg(networks.partnership()))  # noqa: S314 - our own
    assert root.get("role") == "img"
    assert root.findtext(f"{SVG}title") == "Partnership"
    assert root.findtext(f"{SVG}desc") == (
        "4 agencies, 2 links. The largest: Housing Office (5), Night Shelter (3), Health Trust (2), Police (1)."
    )


def test_it_has_names_and_a_legend_with_numbers() -> None:
    """Every agency by its full name, each kind with how many there are, and the ones without a link apart."""
    words = texts(svg(networks.partnership()))
    assert {"Partnership", "Who works with whom?", "4 agencies, 2 links."} <= set(words)
    assert {"Housing Office", "Night Shelter", "Health Trust", "Police"} <= set(words)
    assert {"charity (1)", "council (1)", "health (1)", "police (1)"} <= set(words)
    assert "Linked with none of the others" in words
    assert "Larger: more actions; thicker: a heavier link" in words


def test_a_heavier_link_is_thicker() -> None:
    """Three shared actions are drawn thicker than two."""
    drawn = svg(networks.partnership())
    two, three = (float(width) for width in re.findall(r'<path[^>]* stroke-width="([\d.]+)"', drawn))
    assert two < three


def test_actions_stand_along_their_dates() -> None:
    """From left to right by due date, with days named, a band for those without, and marks explained in words."""
    drawn = svg(networks.dependencies())
    words = texts(drawn)
    assert "1 Apr 2024" in words
    assert "No due date" in words
    assert "Due date: the last day that the printed date can mean" in words
    (marks,) = [line for line in words if line.startswith("One arrowhead")]
    assert "two arrowheads: each refers to the other" in marks
    assert "part of a ring of references" in marks
    assert "dashed and red: due more than 366 days apart" in marks
    xs = {name: float(x) for x, name in re.findall(r'<text x="([\d.]+)"[^>]*>([12]\.\d)</text>', drawn)}
    assert xs["1.1"] < xs["1.2"] < xs["1.3"] < xs["2.1"]


def test_one_way_and_mutual_links_differ_in_shape() -> None:
    """Of four links one is mutual: five arrowheads, two of the links far apart and dashed."""
    drawn = svg(networks.dependencies())
    assert drawn.count("<path d=") - len(re.findall(r'<path d="M[\d.]+ [\d.]+V', drawn)) == 4
    assert len(re.findall(r'<polygon points="[^"]+" fill="#(?:7f8c91|8f1d12|7d4700)"/>', drawn)) == 5
    assert drawn.count("stroke-dasharray") == 2


def test_the_same_network_is_the_same_text() -> None:
    """Drawn twice, it is the same to the byte."""
    assert svg(networks.partnership()) == svg(networks.partnership())
    assert svg(networks.crowd(200, 400)) == svg(networks.crowd(200, 400))


def test_nothing_is_said_to_be_nothing() -> None:
    """An empty network and one of a single node are still drawings with words."""
    empty: nx.Graph[str] = nx.Graph(title="Nobody", text="Who?")
    assert "There is nothing to draw: the question finds nothing in these plans." in texts(svg(empty))
    alone = networks.partnership().subgraph(["police"]).copy()
    assert {"1 agency, 0 links.", "Police"} <= set(texts(svg(alone)))


def test_it_says_what_it_leaves_out() -> None:
    """On the drawing and in its description."""
    drawn = svg(networks.partnership(), options=Options(most_nodes=2))
    said = "2 of 4 nodes and 1 of 2 links; 2 nodes and 1 links are left out."
    assert said in " ".join(texts(drawn))
    assert said in re.sub(r"\s+", " ", drawn.partition("<desc")[2].partition("</desc>")[0])


def test_hostile_text_is_text(browser: Browser, tmp_path: Path) -> None:
    """Names that mean harm make no element and no attribute; in Chromium nothing runs, nothing is asked for."""
    drawn = svg(networks.hostile()[0])
    root = ET.fromstring(drawn)  # noqa: S314 - our own
    assert {element.tag.removeprefix(SVG) for element in root.iter()} <= {
        "svg", "title", "desc", "rect", "text", "path", "polygon", "circle",
    }  # fmt: skip
    assert not [name for element in root.iter() for name in element.attrib if name.startswith("on") or "href" in name]
    file = tmp_path / "hostile.svg"
    file.write_text(drawn, encoding="utf-8")
    visit = Visit(browser, file)
    assert visit.said == []
    assert visit.asked == [file.as_uri()]


def test_control_characters_do_not_break_it() -> None:
    """Signs that XML does not know are left out; it can still be read."""
    network = networks.partnership()
    network.nodes["police"]["label"] = "Po\x00li\x1bce \ufffe"
    assert "Po li ce" in " ".join(texts(svg(network)))


def test_a_name_without_room_gives_way_to_its_abbreviation() -> None:
    """Walled in by other nodes, a long name does not fit anywhere, and three letters do."""
    walls = [Circle(x, y, 12, "") for x, y in ((-60, 0), (60, 0), (0, -45), (0, 45))]
    short, none = (
        placed_names([Circle(0, 0, 10, "Department of Everything Else", abbreviation), *walls], 12)[0]
        for abbreviation in ("DEE", "")
    )
    assert (short.number, short.lines) == (0, ("DEE",))
    assert none.number != 0


def test_two_names_over_each_other_keep_apart() -> None:
    """The name below one node and the name above the next do not read as one: a line's height is between them."""
    # Below the second node there is no room, and above it the two names would have one pixel between them.
    names = placed_names([Circle(0, 0, 8, "Stonewater"), Circle(0, 52, 8, "Trust"), Circle(0, 78, 12, "")], 12)
    (first, second) = (name.y for name in names if name.lines != ("",))
    assert second - first > 12 * 1.2 + 12 * 0.7


def test_names_cover_neither_nodes_nor_each_other() -> None:
    """Two nodes so close that their names would meet: the names go apart, or the second is left out."""
    near = [Circle(0, 0, 10, "A long name of a body"), Circle(30, 0, 10, "Another long name")]
    names = placed_names(near, 12)
    assert names[0].lines == ("A long name of a body",)
    boxes = [
        (name.x - width_of(name.lines[0], 12) / 2, name.y - 11, name.x + width_of(name.lines[0], 12) / 2, name.y)
        for name in names
    ]
    for number, (left, top, right, bottom) in enumerate(boxes):
        for other, (x, y, radius, *_) in enumerate(near):
            if other != names[number].number:
                assert right < x - radius or left > x + radius or bottom < y - radius or top > y + radius
    if len(boxes) == 2:
        (one_left, one_top, one_right, one_bottom), (left, top, right, bottom) = boxes
        assert one_right < left or right < one_left or one_bottom < top or bottom < one_top


def test_it_prints_on_a4(browser: Browser, tmp_path: Path) -> None:
    """It is as large as A4 across within its margins, and everything on it is within the paper."""
    drawn = svg(networks.partnership())
    assert 'width="277mm" height="190mm"' in drawn
    file = tmp_path / "partnership.svg"
    file.write_text(drawn, encoding="utf-8")
    page = Visit(browser, file, 1300, 900).page
    keep_picture(page, "network-svg", whole=False)
    outside = page.evaluate(
        """() => {
          const paper = document.documentElement.getBoundingClientRect();
          return [...document.querySelectorAll("text")].filter((text) => {
            const box = text.getBoundingClientRect();
            return box.left < paper.left || box.right > paper.right || box.top < paper.top || box.bottom > paper.bottom;
          }).map((text) => text.textContent);
        }"""
    )
    assert outside == []
