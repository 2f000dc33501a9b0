"""A network, or its measures → a file for Gephi, a spreadsheet or a program; the suffix decides the format.

GraphML and GEXF hold single values, so that several of them are one text, joined by "; ". A file is whole or not
there, and the same network gives the same bytes.
"""

from __future__ import annotations

import datetime as dt
import io
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO, Final

import msgspec
import networkx as nx

from planweave.errors import NotFound
from planweave.flat_files import whole_file, write_csv_rows
from planweave.networks.said import action_id

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from planweave.networks.measures import Measures
    from planweave.networks.network import Network

__all__ = [
    "MEASURES_SUFFIXES",
    "NETWORK_SUFFIXES",
    "check_suffix",
    "write_measures",
    "write_measures_csv",
    "write_measures_json",
    "write_network",
    "write_network_csv",
    "write_network_json",
]

NODE: Final = ("label", "id", "abbreviation", "kind", "body", "plans", "load", "status", "due")
"""Attributes of nodes in files; the actions behind a node can be thousands, and those of its edges are there."""

# XML 1.0 has no place for these, not even escaped.
FORBIDDEN: Final = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
MODIFIED: Final = re.compile(rb' lastmodifieddate="[^"]*"')
OWN: Final = frozenset(
    ("id", "type", "kind", "label", "start", "end", "key", "pid", "parents", "slices", "spells", "viz")
)
"""What an attribute of an edge, and but for label a node, may not be called: the formats have a use for it."""


def write_network_csv(network: Network, target: Path | BinaryIO) -> None:
    """Write the edges of a network as CSV, one row each; nodes without an edge have a row with one end."""
    columns = network.graph["columns"]
    headings = ("source", "source_name", "target", "target_name", "weight", "actions", *columns)
    write_csv_rows(headings, _edge_rows(network, columns), target)


def _edge_rows(network: Network, columns: Iterable[str]) -> Iterator[tuple[Any, ...]]:
    nodes = network.nodes
    for source, target, data in network.edges(data=True):
        ends = (nodes[source]["id"], nodes[source]["label"], nodes[target]["id"], nodes[target]["label"])
        yield *ends, data["weight"], _one(map(_short, data["actions"])), *(_cell(data[column]) for column in columns)
    for node in nx.isolates(network):
        yield nodes[node]["id"], nodes[node]["label"], "", "", "", "", *("" for _ in columns)


def write_network_json(network: Network, target: Path | BinaryIO) -> None:
    """Write a network as JSON: what it is, its nodes and its edges, with all their attributes."""
    said = {
        **network.graph,
        "directed": network.is_directed(),
        "nodes": [{"node": node, **data} for node, data in network.nodes(data=True)],
        "edges": [{"source": source, "target": target, **data} for source, target, data in network.edges(data=True)],
    }
    _write_json(said, target)


def _write_graphml(network: Network, path: Path) -> None:
    written = io.BytesIO()
    nx.write_graphml(_flat(network), written, encoding="utf-8")
    _write(written.getvalue(), path)


def _write_gexf(network: Network, path: Path) -> None:
    written = io.BytesIO()
    nx.write_gexf(_flat(network), written, encoding="utf-8")
    # The day on which it was written would make two files of one network differ.
    _write(MODIFIED.sub(b"", written.getvalue()), path)


def _write(data: bytes, path: Path) -> None:
    with whole_file(path) as beside:
        beside.write_bytes(data)


def _flat(network: Network) -> Network:
    """Give the network with single values only, and no attribute that a format has another use for."""
    flat: Network = nx.DiGraph() if network.is_directed() else nx.Graph()
    flat.graph.update({"name": _clean(network.graph["title"]), "description": _clean(network.graph["text"])})
    keys = {node: _clean(node) for node in network}
    for node, data in network.nodes(data=True):
        attributes = {name: _cell(data[name]) for name in NODE if name in data}
        flat.add_node(keys[node], **_renamed(attributes, OWN - {"label", "kind", "type", "key"}))
    columns = network.graph["columns"]
    for source, target, data in network.edges(data=True):
        attributes = {"weight": data["weight"], "actions": _one(map(_short, data["actions"]))}
        attributes |= _renamed({name: _cell(data[name]) for name in columns}, OWN)
        flat.add_edge(keys[source], keys[target], **attributes)
    return flat


def _renamed(attributes: Mapping[str, Any], reserved: frozenset[str]) -> dict[str, Any]:
    return {f"node_{name}" if name in reserved else name: value for name, value in attributes.items()}


def _short(iri: str) -> str:
    return action_id(iri) or iri


def _cell(value: object) -> str | int | float | bool:
    if isinstance(value, (bool, int, float)):
        return value
    if isinstance(value, tuple):
        return _one(str(_cell(one)) for one in value)
    if isinstance(value, dt.date):
        return value.isoformat()
    return _clean(str(value)) if value is not None else ""


def _one(values: Iterable[str]) -> str:
    return "; ".join(_clean(value) for value in values)


def _clean(text: str) -> str:
    return FORBIDDEN.sub("\N{REPLACEMENT CHARACTER}", text)


def _write_json(said: object, target: Path | BinaryIO) -> None:
    data = msgspec.json.format(msgspec.json.encode(said), indent=1) + b"\n"
    if isinstance(target, Path):
        _write(data, target)
    else:
        target.write(data)


def write_measures_csv(measures: Measures, target: Path | BinaryIO) -> None:
    """Write measures as CSV, one value a row: of what, its id and name, the other end of an edge, measure, value."""
    write_csv_rows(("of", "id", "name", "other", "other_name", "measure", "value"), _long(measures), target)


def _long(measures: Measures) -> Iterator[tuple[Any, ...]]:
    for figure in measures.figures:
        yield "network", measures.network, measures.title, "", "", figure.title, _shown(figure.value)
    for table, ends in ((measures.nodes, 2), (measures.edges, 4)):
        for row in table.rows:
            named = (*row[:ends], *[""] * (4 - ends))
            for column, value in list(zip(table.columns, row, strict=True))[ends:]:
                yield table.name.removesuffix("s"), *named, column.title, _shown(value)


def _shown(value: object) -> object:
    return "" if value is None else round(value, 6) if isinstance(value, float) else value


def write_measures_json(measures: Measures, target: Path | BinaryIO) -> None:
    """Write measures as JSON: the figures, and the tables with the definition of each column."""
    _write_json(measures, target)


def _write_workbook(measures: Measures, path: Path) -> None:
    from planweave.networks.workbook import write_measures_workbook  # noqa: PLC0415 - a tenth of a second

    write_measures_workbook(measures, path)


NETWORKS: Final[dict[str, Callable[[Network, Any], None]]] = {
    ".graphml": _write_graphml,
    ".gexf": _write_gexf,
    ".csv": write_network_csv,
    ".json": write_network_json,
}
MEASURES: Final[dict[str, Callable[[Measures, Any], None]]] = {
    ".csv": write_measures_csv,
    ".json": write_measures_json,
    ".xlsx": _write_workbook,
}
NETWORK_SUFFIXES: Final = tuple(NETWORKS)
MEASURES_SUFFIXES: Final = tuple(MEASURES)


def check_suffix(path: Path, suffixes: Iterable[str], what: str) -> None:
    """Raise NotFound unless a file's suffix is one of some formats."""
    if path.suffix.lower() not in suffixes:
        raise NotFound(
            f"{path.suffix or path.name!r} is no format of {what}", fix=f"end the name in {', '.join(suffixes)}"
        )


def write_network(network: Network, path: Path) -> None:
    """Write a network to a file, all of it; the suffix decides the format.

    Parameters
    ----------
    network
        As ``graph.network(…)`` gives it.
    path
        Ends in .graphml, .gexf, .csv (the edges) or .json.

    Raises
    ------
    NotFound
        If the suffix is no format.
    PlanweaveError
        If the file cannot be written; what was there before is untouched.
    """
    check_suffix(path, NETWORK_SUFFIXES, "networks")
    NETWORKS[path.suffix.lower()](network, path)


def write_measures(measures: Measures, path: Path) -> None:
    """Write measures to a file; the suffix decides the format.

    Parameters
    ----------
    measures
        All of them are written.
    path
        Ends in .csv (one value a row), .json or .xlsx.

    Raises
    ------
    NotFound
        If the suffix is no format.
    PlanweaveError
        If the file cannot be written; what was there before is untouched.
    """
    check_suffix(path, MEASURES_SUFFIXES, "measures")
    MEASURES[path.suffix.lower()](measures, path)
