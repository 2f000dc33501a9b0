"""The places of nodes: the same for the same network, apart from each other, by date where there are dates."""

from __future__ import annotations

import math
import time
from datetime import date
from itertools import combinations
from pathlib import Path

import networkx as nx
import pytest

from planweave.networks.drawing import Options, heaviest
from planweave.networks.drawing.by_date import UNDATED, layout_by_date
from planweave.networks.drawing.layout import GAP, free_layout
from planweave.networks.drawing.links import links_of
from planweave.networks.drawing.picture import picture_of
from planweave.networks.drawing.sources import address_of
from planweave.networks.drawing.stress import spread
from tests import networks

Points = tuple[tuple[float, float], ...]


def apart(points: Points, one: int, other: int) -> float:
    return math.dist(points[one], points[other])


def test_the_same_network_has_the_same_places() -> None:
    """Nothing is left to chance, in small networks nor in large ones."""
    for network in (networks.partnership(), networks.dependencies(), networks.crowd(150, 320)):
        assert picture_of(network, Options()).layout == picture_of(network.copy(), Options()).layout


def test_a_path_becomes_a_line() -> None:
    """Three in a row stand about in a row, the middle one in the middle, one step apart."""
    (ax, _), (bx, by), (cx, _) = spread([[1], [0, 2], [1]])
    assert by == pytest.approx(0, abs=0.2)
    assert abs(ax - cx) == pytest.approx(2, abs=0.1)
    assert bx == pytest.approx((ax + cx) / 2, abs=0.05)


def test_linked_nodes_stand_closer_than_others() -> None:
    """In a ring of six, neighbours are closest and opposites farthest."""
    points = tuple(spread([[(n - 1) % 6, (n + 1) % 6] for n in range(6)]))
    near = [apart(points, n, (n + 1) % 6) for n in range(6)]
    opposite = [apart(points, n, (n + 3) % 6) for n in range(3)]
    assert max(near) * 1.5 < min(opposite)


def test_no_two_nodes_touch() -> None:
    """A star of forty, and loose nodes beside it: every pair of rims has room between."""
    pairs = [(0, n) for n in range(1, 40)]
    radii = [26.0, *[8.0] * 49]
    points = free_layout(radii, pairs, "loose").points
    assert all(apart(points, a, b) > radii[a] + radii[b] + GAP / 2 for a, b in combinations(range(50), 2))


def test_nodes_without_links_have_a_band_that_says_so() -> None:
    """They stand below the others, within the band; where nothing is linked there is no band."""
    layout = free_layout([10.0] * 5, [(0, 1), (1, 2)], "Linked with none of the others")
    (band,) = layout.bands
    assert band.words == "Linked with none of the others"
    assert all(y < band.top for _, y in layout.points[:3])
    assert all(band.top < y < band.bottom and band.left < x < band.right for x, y in layout.points[3:])
    assert free_layout([10.0] * 5, [], "x").bands == ()


def test_days_go_from_left_to_right_to_scale() -> None:
    """January to July is half as far as January to the following January, whatever is linked."""
    days = [date(2024, 1, 1), date(2024, 7, 1), date(2024, 12, 30)]
    layout = layout_by_date(days, [(2, 0)])
    xs = [x for x, _ in layout.points]
    assert xs[0] == 0
    assert xs[1] == pytest.approx(xs[2] / 2, abs=1)
    assert [tick.words for tick in layout.ticks][:3] == ["1 Jan 2024", "1 Mar 2024", "1 May 2024"]
    assert layout.ticks[0].x == 0
    assert layout.ticks[1].x == pytest.approx(60 * xs[2] / 364, abs=1)


def test_actions_of_one_day_stand_under_each_other() -> None:
    """They share their place from left to right, and no two share a line."""
    points = layout_by_date([date(2024, 3, 31)] * 5, [(0, 4)]).points
    assert {x for x, _ in points} == {0.0}
    assert len({y for _, y in points}) == 5


def test_actions_without_a_date_have_a_band_that_says_so() -> None:
    """It is beside the axis, and nothing that has a date is in it."""
    layout = layout_by_date([date(2024, 1, 31), None, date(2025, 1, 31), None], [(0, 1)])
    band = next(band for band in layout.bands if band.words == UNDATED)
    inside = [band.left < x < band.right and band.top < y < band.bottom for x, y in layout.points]
    assert inside == [False, True, False, True]


def test_actions_without_any_date_have_no_axis() -> None:
    """There is the band, and no scale."""
    layout = layout_by_date([None, None], [(0, 1)])
    assert [band.words for band in layout.bands] == [UNDATED]
    assert (layout.ticks, layout.axis) == ((), "")


def test_there_and_back_is_one_mutual_link() -> None:
    """Of five references one pair is mutual; the ring of three is marked, and how far the days are apart."""
    found = {(link.source[-3:], link.target[-3:]): link for link in links_of(networks.dependencies())}
    assert {ends: (link.mutual, link.ring, link.days) for ends, link in found.items()} == {
        ("1.1", "1.2"): (False, True, 182),
        ("1.1", "2.1"): (True, False, None),
        ("1.2", "1.3"): (False, True, 518),
        ("1.3", "1.1"): (False, True, 700),
    }
    assert found["1.1", "2.1"].extra == {"refers": "related"}


def test_a_chain_of_mutual_links_is_no_ring() -> None:
    """A there and back with B, B with C: no way leads round; one more from A to C closes a ring of all three."""
    chain = nx.DiGraph([("A", "B"), ("B", "A"), ("B", "C"), ("C", "B")])
    assert [link.ring for link in links_of(chain)] == [False, False]
    chain.add_edge("A", "C")
    assert {(link.source, link.target): link.ring for link in links_of(chain)} == {
        ("A", "B"): True,
        ("B", "C"): True,
        ("A", "C"): True,
    }


def test_the_heaviest_part_is_drawn() -> None:
    """Of the weighted degrees 5, 3, 2, 0 the first two remain, and it is said what does not."""
    part, words = heaviest(networks.partnership(), Options(most_nodes=2))
    assert sorted(part) == ["office", "shelter"]
    assert list(part.edges) == [("office", "shelter")]
    assert "2 of 4 nodes and 1 of 2 links; 2 nodes and 1 links are left out" in words
    part, words = heaviest(networks.partnership(), Options(most_edges=1))
    assert (len(part), list(part.edges)) == (4, [("office", "shelter")])
    assert heaviest(networks.partnership())[1] == ""


def test_a_ring_of_the_whole_stays_one_in_a_part() -> None:
    """Where only two actions of the ring are drawn, the link between them is still said to be in a ring."""
    part, _ = heaviest(networks.dependencies(), Options(most_nodes=2))
    assert sorted(node[-3:] for node in part) == ["1.1", "1.2"]
    assert [link.ring for link in links_of(part)] == [True]


def test_dates_are_held_against_each_other_where_one_leads_to_the_other() -> None:
    """Two actions that have a body in common are not related, however far apart they are due."""
    joined: nx.DiGraph[str] = nx.DiGraph()
    joined.add_node("a", due=date(2023, 1, 1))
    joined.add_node("b", due=date(2025, 1, 1))
    joined.add_edge("a", "b", weight=1)
    assert [link.days for link in links_of(joined)] == [731]
    assert [link.days for link in links_of(joined.to_undirected())] == [None]


def test_kinds_are_told_apart_by_colour_and_shape() -> None:
    """Agencies are marked by the kind of body; no two kinds have the same mark, and neighbours share neither."""
    picture = picture_of(networks.partnership(), Options())
    assert [kind.words for kind in picture.kinds] == ["charity", "council", "health", "police"]
    assert len({kind.light for kind in picture.kinds}) == 4
    assert len({kind.shape for kind in picture.kinds}) == 4
    many = networks.crowd(56, 60)
    for number, node in enumerate(many):
        many.nodes[node]["body"] = f"kind {number}"
    assert len({(kind.light, kind.shape) for kind in picture_of(many, Options()).kinds}) == 56


def test_a_kind_has_the_same_mark_on_every_page() -> None:
    """Whatever else is drawn, and however many of them: charities look like charities."""
    few, many = networks.partnership(), networks.crowd(20, 20)
    for number, node in enumerate(many):
        many.nodes[node]["body"] = "charity" if number == 0 else "service" if number < 5 else f"kind {number}"
    one, other = ({kind.words: kind for kind in picture_of(drawn, Options()).kinds} for drawn in (few, many))
    assert one["charity"] == other["charity"]
    assert [
        kind for kind in other.values() if (kind.light, kind.shape) == (one["council"].light, one["council"].shape)
    ] == []


def test_the_largest_drawing_is_laid_out_in_seconds() -> None:
    """Two thousand nodes and five thousand links take no more than a few seconds of one processor."""
    network = networks.crowd(2000, 5000)
    assert (len(network), network.number_of_edges()) == (2000, 5000)
    begin = time.process_time()
    picture = picture_of(network, Options())
    assert time.process_time() - begin < 6
    assert len(set(picture.layout.points)) > 1990


@pytest.mark.parametrize(
    ("document", "folder", "address"),
    [
        ("/plans/north plan.pdf", "/plans", "north%20plan.pdf"),
        ("/plans/a#b?c.pdf", "/plans/out", "../a%23b%3Fc.pdf"),
        ("/plans/javascript:alert(1)", "/plans", "javascript%3Aalert%281%29"),
        ("/plans/north.pdf", None, "file:///plans/north.pdf"),
        ("/plans///evil.example/x", "/plans", "evil.example/x"),
    ],
)
def test_addresses_of_documents_are_addresses_of_files(document: str, folder: str | None, address: str) -> None:
    """Relative to the page's folder or whole; no name of a file makes an address of another kind."""
    assert address_of(Path(document), Path(folder) if folder else None) == address
