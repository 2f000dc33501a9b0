"""A definition asked of a graph → a networkx graph with typed attributes."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final, TypeAlias

import networkx as nx

from planweave.asking.parameters import bindings_of
from planweave.asking.terms import node_of, readable, value_of
from planweave.library import Library
from planweave.networks.joining import joined
from planweave.networks.labels import Names
from planweave.networks.rows import LIMITS, rows_of
from planweave.networks.said import Said, plan_of
from planweave.terms import plan_graph

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Mapping

    from planweave.asking.kept import Limits
    from planweave.networks.definitions import Definition
    from planweave.networks.joining import Edge, Joined, Standing
    from planweave.networks.labels import Plans
    from planweave.networks.rows import Rows

__all__ = ["Network", "actions_of", "network_from", "network_of"]

Network: TypeAlias = "nx.Graph[str] | nx.DiGraph[str]"
Value: TypeAlias = "str | int | float | bool | dt.date"

NOTHING: Final = "there is nothing to draw: the query of this network gives no row"
MOST_NAMED: Final = 3
"""How many of the nodes without a name are named in a notice."""


def network_of(
    graph: Plans, definition: Definition, values: Mapping[str, object], limits: Limits | None = None
) -> Network:
    """Ask for a network.

    Parameters
    ----------
    graph
        Where it is asked.
    definition
        Which one.
    values
        What it is given, such as ``{"plan": "northmoor"}``, as its header says.
    limits
        What its query may take; None is enough for a million actions.

    Raises
    ------
    NotFound
        If there is no such parameter, plan, action or party.
    QueryError
        If the query is wrong, a value is missing or of the wrong kind, or a limit is reached.
    """
    bindings = bindings_of(definition, values, lambda: graph.store, frozenset(graph.ids), "network")
    rows = rows_of(graph.files, graph.ids, definition, bindings, limits or LIMITS)
    names = Names(graph.files.register_quads(), rows.said)
    given = {name: str(value) for name, value in values.items() if value is not None}
    network = network_from(definition, rows, names, given)
    if not network:
        network.graph["notices"] = (NOTHING, *_doubts(graph, definition, values))
    return network


def _doubts(graph: Plans, definition: Definition, values: Iterable[str]) -> tuple[str, ...]:
    """Say which names of the query may be why it gives no row."""
    from planweave.asking.doubts import doubts_about  # noqa: PLC0415 - few networks are empty

    named = [plan_graph(plan) for plan in graph.ids]
    return doubts_about(definition.sparql, Library.bundled(), graph.files.store, named, list(values))


def network_from(definition: Definition, rows: Rows, names: Names, values: Mapping[str, str] | None = None) -> Network:
    """Make a network of rows; see :func:`network_of`."""
    made = joined(definition, rows.lines)
    network: Network = nx.DiGraph() if definition.directed else nx.Graph()
    keys = {term: _key(term) for term in made.nodes}
    unnamed = []
    for term in sorted(made.nodes, key=keys.__getitem__):
        attributes, named = _node(keys[term], term, made.nodes[term], names, rows.said)
        network.add_node(keys[term], **attributes)
        if not named:
            unnamed.append(attributes["id"])
    network.add_edges_from(_edges(made, keys, directed=definition.directed))
    network.graph.update(
        name=definition.name,
        title=_title(definition, values or {}),
        text=definition.text,
        joins=definition.joins,
        columns=made.extra,
        values=dict(values or {}),
        notices=tuple(_notices(unnamed)),
    )
    return network


def _title(definition: Definition, values: Mapping[str, str]) -> str:
    """Give the title with what was given, so that a file of one plan is not taken for one of all."""
    given = "; ".join(f"{name}: {value}" for name, value in values.items())
    return f"{definition.title} ({given})" if given else definition.title


def actions_of(network: Network) -> list[str]:
    """Give the IRIs of all actions behind the nodes and edges of a network, sorted."""
    found = {action for _, actions in network.nodes(data="actions") for action in actions}
    found.update(action for _, _, actions in network.edges(data="actions") for action in actions)
    return sorted(found)


def _key(term: bytes) -> str:
    if term.startswith(b"<"):
        return term[1:-1].decode()
    node = node_of(term)
    return node.value if node else ""


def _node(
    key: str, term: bytes, standing: Standing, names: Names, said: Mapping[str, Said]
) -> tuple[dict[str, Any], bool]:
    """The attributes of a node, and whether anything names it."""
    name, named = names.of(term, _key(standing.kind) if standing.kind else "")
    is_action = name.kind == "action"
    actions = (key,) if is_action else tuple(sorted(map(_key, standing.actions)))
    plan = plan_of(key)
    plans = (plan,) if plan else tuple(sorted({plan_of(action) for action in actions}))
    attributes = {
        "label": name.label,
        "id": name.id,
        "abbreviation": name.abbreviation,
        "kind": name.kind,
        "body": name.body,
        "plans": plans,
        "load": len(standing.others) if is_action or not actions else len(actions),
        "actions": actions,
    }
    if is_action:
        told = said.get(key, Said())
        attributes |= {"due": told.due, "status": told.status or "unknown"}
    return attributes, named


def _edges(made: Joined, keys: Mapping[bytes, str], *, directed: bool) -> Iterable[tuple[str, str, dict[str, Any]]]:
    """The edges with their attributes, in the order of their keys."""
    found = []
    for (one, other), edge in made.edges.items():
        pair = keys[one], keys[other]
        found.append((pair if directed else (min(pair), max(pair)), edge))
    found.sort(key=lambda one: one[0])
    for (source, target), edge in found:
        yield source, target, _edge(edge, made.extra)


def _edge(edge: Edge, extra: tuple[str, ...]) -> dict[str, Any]:
    attributes: dict[str, Any] = {"weight": edge.weight, "actions": tuple(sorted(map(_key, edge.actions)))}
    if len(edge.extras) == 1:
        cells = next(iter(edge.extras))
        return attributes | {name: _value(cell) for name, cell in zip(extra, cells, strict=True)}
    for place, name in enumerate(extra):
        values = {_value(cells[place]) for cells in edge.extras if cells[place]}
        attributes[name] = _one_or_all(values)
    return attributes


def _one_or_all(values: set[Value]) -> Value | tuple[Value, ...]:
    if len(values) <= 1:
        return values.pop() if values else ""
    return tuple(sorted(values, key=lambda value: (type(value).__name__, value)))


def _value(cell: bytes) -> Value:
    """A value of Python's; planweave's own IRIs by what people type for them."""
    node = node_of(cell)
    if node is None:
        return ""
    if node.kind != "literal":
        return readable(node)
    value = value_of(node)
    return float(value) if isinstance(value, Decimal) else value if value is not None else ""


def _notices(unnamed: list[str]) -> Iterable[str]:
    if unnamed:
        shown = ", ".join(unnamed[:MOST_NAMED]) + (" …" if len(unnamed) > MOST_NAMED else "")
        nodes = "1 node has" if len(unnamed) == 1 else f"{len(unnamed):,} nodes have"
        yield f"{nodes} no label, and the id stands in its place: {shown}"
