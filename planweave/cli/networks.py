"""The verb that draws: a network as a page, a picture, a file for Gephi, or its measures."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from planweave.cli import completion
from planweave.cli.console import console, safe
from planweave.cli.options import asked, folder_option, library_of, library_option, tell_wrong

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from planweave.errors import DefinitionError
    from planweave.graph import Graph
    from planweave.library import Library
    from planweave.networks.measures import Measures, Table, Value
    from planweave.networks.network import Network

__all__ = ["draw"]

FORMATS = ("table", "csv", "json")
DRAWN = (".html", ".svg")
MOST_SHOWN = 20
"""Rows of a table on the terminal; -o and --format give all."""

LONGEST = 60
"""Characters of a name on the terminal."""

ENDS = {"source_label": "from", "target_label": "to"}


@click.command(cls=completion.DrawCommand, context_settings={"ignore_unknown_options": True, "allow_extra_args": True})
@click.argument("name", required=False, metavar="[NETWORK]", shell_complete=completion.networks)
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="The file; it ends in .html .svg .graphml .gexf .csv .json, with --measures in .csv .json .xlsx.",
)
@click.option("--measures", "measured", is_flag=True, help="Measure the network instead of drawing it.")
@click.option(
    "--format", "format_", type=click.Choice(FORMATS), help="Print the rows or the measures, and draw nothing."
)
@click.option("--as-of", metavar="DATE", help="The day on which something is overdue; today unless told otherwise.")
@folder_option("--from", "from_", "Where the graph is.")
@library_option
@click.pass_context
def draw(
    context: click.Context,
    /,
    name: str | None,
    *,
    output: Path | None,
    measured: bool,
    format_: str | None,
    as_of: str | None,
    from_: Path,
    library_folder: Path | None,
) -> None:
    """Draw a network by its name, with what it takes as options (--plan ID …); without a name, list the networks."""
    library = library_of(library_folder)
    more, values = asked(context.args)
    if more is not None:
        raise click.UsageError(f"{more!r} is too much; give values as --plan ID")
    if name is None:
        _list(library)
        return
    from planweave.assessing.options import day_of
    from planweave.entrances import open_graph
    from planweave.networks.files import MEASURES_SUFFIXES, NETWORK_SUFFIXES, check_suffix

    day = day_of(as_of)
    if output is not None:
        check_suffix(output, MEASURES_SUFFIXES if measured else (*DRAWN, *NETWORK_SUFFIXES), _what(measured))
    with open_graph(from_) as graph:
        network = graph.network(name, library=library, limits=None, **values)
        for notice in network.graph["notices"]:
            click.echo(f"planweave: {notice}", err=True)
        if measured:
            from planweave.networks.measures import measures_of

            _tell(measures_of(graph, network, as_of=day), format_ or "table", output)
        elif format_ is not None and output is None:
            _print(network, format_)
        else:
            _draw(graph, network, output or Path(f"{name}.html"))


def _what(measured: bool) -> str:
    return "measures" if measured else "networks"


def _list(library: Library) -> None:
    """One line a network."""
    from planweave.networks import read_definitions

    wrong: list[DefinitionError] = []
    networks = read_definitions(library, wrong)
    out = console()
    width = max(map(len, networks), default=0)
    for network in networks.values():
        takes = ", ".join(f"--{parameter.name}" for parameter in network.parameters)
        out.print(f"  {network.name:<{width}}  {safe(network.title)}{f' ({takes})' if takes else ''}", soft_wrap=True)
    out.print("\nplanweave draw NETWORK writes NETWORK.html; --measures tells its numbers.", soft_wrap=True)
    tell_wrong(wrong)


def _size(network: Network) -> str:
    nodes, edges = len(network), network.number_of_edges()
    return f"{nodes:,} node{'' if nodes == 1 else 's'}, {edges:,} edge{'' if edges == 1 else 's'}"


def _draw(graph: Graph, network: Network, path: Path) -> None:
    left_out = ""
    if path.suffix.lower() in DRAWN:
        from planweave.networks.drawn import Drawing

        drawing = Drawing(graph, network)
        drawing.save(path)
        left_out = drawing.left_out
    else:
        from planweave.networks.files import write_network

        write_network(network, path)
    click.echo(f"wrote {path}: {_size(network)} ({path.stat().st_size:,} bytes)")
    if left_out:
        click.echo(f"planweave: {left_out}", err=True)


def _print(network: Network, format_: str) -> None:
    from planweave.networks.files import write_network_csv, write_network_json

    if format_ == "csv":
        write_network_csv(network, sys.stdout.buffer)
    elif format_ == "json":
        write_network_json(network, sys.stdout.buffer)
    else:
        names = {node: _name(data) for node, data in network.nodes(data=True)}
        edges = sorted(network.edges(data="weight"), key=lambda edge: (-edge[2], edge[0], edge[1]))
        rows = [(names[one], names[other], f"{weight:,}") for one, other, weight in edges]
        _show_rows(("from", "to", "weight") if network.is_directed() else ("one", "other", "weight"), rows, {"weight"})
        click.echo(_size(network))


def _name(data: Mapping[str, Any]) -> str:
    return _cut(data["id"] if data["kind"] == "action" else data["label"])


def _tell(measures: Measures, format_: str, output: Path | None) -> None:
    from planweave.networks.files import write_measures, write_measures_csv, write_measures_json

    if output is not None:
        write_measures(measures, output)
        click.echo(f"wrote {output} ({output.stat().st_size:,} bytes)")
    elif format_ == "csv":
        write_measures_csv(measures, sys.stdout.buffer)
    elif format_ == "json":
        write_measures_json(measures, sys.stdout.buffer)
    else:
        out = console()
        out.print(f"[b]{safe(measures.title)}[/b]; overdue on {measures.as_of.isoformat()}", soft_wrap=True)
        rows = [(figure.title, _shown(figure.value), figure.note) for figure in measures.figures]
        _show_rows(("measure", "value", "which"), rows, {"value"})
        for table in (measures.nodes, measures.edges):
            _show_table(table)
        out.print("-o FILE.xlsx has all rows, and says what each measure is.", soft_wrap=True)


def _show_table(table: Table) -> None:
    """Show the first rows: actions by their ids, all else by its name."""
    names = [column.name for column in table.columns]
    of_actions = "says" in names or "referred" in names
    hidden = {"source_label", "target_label"} if of_actions else {"id", "source", "target"}
    places = [place for place, name in enumerate(names) if name not in hidden]
    rows = [tuple(_cut(_shown(row[place])) for place in places) for row in table.rows[:MOST_SHOWN]]
    columns = [ENDS.get(names[place], table.columns[place].title) for place in places]
    numeric = {
        title
        for title, place in zip(columns, places, strict=True)
        if any(isinstance(row[place], (int, float)) for row in table.rows[:MOST_SHOWN])
    }
    _show_rows(columns, rows, numeric, len(table.rows))


def _cut(text: str) -> str:
    return text if len(text) <= LONGEST else f"{text[: LONGEST - 1].rstrip()}…"


def _show_rows(
    columns: Sequence[str], rows: Sequence[tuple[str, ...]], numeric: set[str], count: int | None = None
) -> None:
    from planweave.showing import answer_table

    console().print(answer_table(columns, rows, count or len(rows), numeric=numeric, most=MOST_SHOWN))


def _shown(value: Value) -> str:
    if value is None:
        return ""
    return f"{value:.3f}" if isinstance(value, float) else f"{value:,}" if isinstance(value, int) else value
