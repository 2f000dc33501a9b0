"""A network made ready to be drawn: its nodes with their places, its links, its kinds with their marks.

The page and the SVG are two drawings of one picture.
"""

from __future__ import annotations

import math
import tomllib
from collections import Counter
from dataclasses import dataclass
from functools import cache
from itertools import cycle
from typing import TYPE_CHECKING, Final

from planweave.library import Library
from planweave.networks.drawing.by_date import layout_by_date
from planweave.networks.drawing.heaviest import LEFT_OUT, heaviest
from planweave.networks.drawing.layout import free_layout
from planweave.networks.drawing.links import links_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from planweave.networks.drawing.layout import Layout
    from planweave.networks.drawing.links import Link
    from planweave.networks.drawing.options import Options
    from planweave.networks.network import Network

__all__ = ["DARK", "LIGHT", "SHAPES", "Kind", "Node", "Picture", "counted", "picture_of"]

LIGHT: Final = ("#0f6674", "#b4491f", "#8a6500", "#7b3f73", "#4a7429", "#34529a", "#6d6259", "#b83a66")
DARK: Final = ("#5fb8c6", "#f08a5d", "#d9b44a", "#cf9ac8", "#93c26a", "#93abea", "#b9afa5", "#f295b3")
"""The colours of kinds, for light and dark ground, in the order in which they are taken."""

SHAPES: Final = ("dot", "square", "diamond", "triangle", "hexagon", "triangleDown", "star")
"""The shapes of kinds: with the colours they make more than fifty pairs, so no kind is told by colour alone."""

SMALLEST: Final = 8.0
LARGEST: Final = 26.0
"""How large nodes are drawn, by their load."""

PLURALS: Final = {
    "agency": "agencies",
    "person": "people",
    "unknown": "parties",
    "other": "nodes",
    "text": "nodes",
}
PARTIES: Final = frozenset({"agency", "team", "post", "group", "person", "unknown"})


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of node, and how it is marked."""

    words: str
    shape: str
    light: str
    dark: str


@dataclass(frozen=True, slots=True)
class Node:
    """A node, as it is drawn."""

    key: str
    label: str
    id: str
    name: str
    abbreviation: str
    kind: int
    is_action: bool
    plans: tuple[str, ...]
    actions: tuple[str, ...]
    load: int
    radius: float


@dataclass(frozen=True, slots=True)
class Picture:
    """A network as it is drawn.

    Attributes
    ----------
    noun
        What the nodes are: one, and many.
    by_date
        Whether the nodes are actions laid out by due date.
    """

    title: str
    text: str
    noun: tuple[str, str]
    nodes: tuple[Node, ...]
    links: tuple[Link, ...]
    kinds: tuple[Kind, ...]
    layout: Layout
    directed: bool
    by_date: bool
    notices: tuple[str, ...]


def picture_of(network: Network, options: Options) -> Picture:
    """Make a network ready to be drawn, or its heaviest part."""
    network, left_out = heaviest(network, options)
    links = links_of(network)
    words = [_kind_words(attributes) for _, attributes in network.nodes(data=True)]
    kinds = _kinds(words)
    number = {kind.words: place for place, kind in enumerate(kinds)}
    most = max((int(load) for _, load in network.nodes(data="load", default=0)), default=0)
    plans = {plan for _, of in network.nodes(data="plans", default=()) for plan in of}
    plan = next(iter(plans)) if len(plans) == 1 else ""
    nodes = tuple(
        _node(key, attributes, number[kind], most, plan)
        for (key, attributes), kind in zip(network.nodes(data=True), words, strict=True)
    )
    by_date = network.is_directed() and bool(nodes) and all(node.is_action for node in nodes)
    notices = (*([left_out] if left_out else []), *network.graph.get("notices", ()))
    return Picture(
        title=str(network.graph.get("title", "")) or "Network",
        text=str(network.graph.get("text", "")),
        noun=_noun({str(attributes.get("kind", "other")) for _, attributes in network.nodes(data=True)}),
        nodes=nodes,
        links=tuple(links),
        kinds=kinds,
        layout=_layout(network, nodes, links, by_date=by_date, whole=LEFT_OUT not in network.graph),
        directed=network.is_directed(),
        by_date=by_date,
        notices=notices,
    )


def _layout(network: Network, nodes: Sequence[Node], links: Sequence[Link], *, by_date: bool, whole: bool) -> Layout:
    place = {node.key: number for number, node in enumerate(nodes)}
    pairs = [(place[link.source], place[link.target]) for link in links]
    if by_date:
        return layout_by_date([network.nodes[node.key].get("due") for node in nodes], pairs)
    loose = "Linked with none of the others" if whole else "Linked with none of the others that are drawn"
    return free_layout([node.radius for node in nodes], pairs, loose)


def _node(key: str, attributes: dict[str, object], kind: int, most: int, plan: str) -> Node:
    load = attributes.get("load", 0)
    load = load if isinstance(load, int) else 0
    plans, actions = attributes.get("plans", ()), attributes.get("actions", ())
    return Node(
        key=key,
        label=str(attributes.get("label") or key),
        id=str(attributes.get("id", "")),
        name=_name(key, attributes, plan),
        abbreviation=str(attributes.get("abbreviation", "")),
        kind=kind,
        is_action=attributes.get("kind") == "action",
        plans=plans if isinstance(plans, tuple) else (),
        actions=actions if isinstance(actions, tuple) else (),
        load=load,
        radius=round(SMALLEST + (LARGEST - SMALLEST) * math.sqrt(load / most), 1) if most else SMALLEST,
    )


def _name(key: str, attributes: dict[str, object], plan: str) -> str:
    """Give what stands beside a node: its full name; of an action what a person types, without the only plan's id."""
    if attributes.get("kind") != "action":
        return str(attributes.get("label") or key)
    return str(attributes.get("id") or key).removeprefix(f"{plan}/")


def _kind_words(attributes: dict[str, object]) -> str:
    """Name the kind by which a node is marked: of an agency the kind of body, of anything else what it is."""
    body, kind = str(attributes.get("body") or ""), str(attributes.get("kind") or "other")
    if body:
        return body
    return "kind not known" if kind in {"agency", "unknown"} else kind.replace("-", " ")


@cache
def _usual() -> tuple[str, ...]:
    """Give the kinds that most networks have, from the text file that says in which order they are marked."""
    return tuple(tomllib.loads(Library.bundled().file("graphs", "marks.toml").read_text(encoding="utf-8"))["usual"])


def _kinds(words: Sequence[str]) -> tuple[Kind, ...]:
    """Mark kinds, those of most nodes first: each has a colour and a shape of its own, as far as they go."""
    counts = Counter(words)
    order = sorted(counts, key=lambda kind: (-counts[kind], kind))
    usual = _usual()
    numbers = {kind: usual.index(kind) for kind in order if kind in usual}
    pairs = range(len(SHAPES) * len(LIGHT))
    # Marks of no usual kind come first, so that one that is not usual looks like none of them as long as may be.
    free = sorted((n for n in pairs if n not in numbers.values()), key=lambda n: n < len(usual))
    unusual = cycle(free or pairs)
    return tuple(
        Kind(kind, SHAPES[n % len(SHAPES)], LIGHT[n % len(LIGHT)], DARK[n % len(DARK)])
        for kind in order
        for n in (numbers[kind] if kind in numbers else next(unusual),)
    )


def _noun(kinds: set[str]) -> tuple[str, str]:
    """Say what nodes of some kinds are called: one, and many."""
    if len(kinds) == 1:
        kind = next(iter(kinds))
        return {"unknown": "party", "other": "node", "text": "node"}.get(kind, kind), PLURALS.get(kind, f"{kind}s")
    return ("party", "parties") if kinds and kinds <= PARTIES else ("node", "nodes")


def counted(number: int, noun: tuple[str, str]) -> str:
    """Count things in words."""
    return f"{number:,} {noun[0] if number == 1 else noun[1]}"
