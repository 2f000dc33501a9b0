"""The verb that asks: named questions, any SPARQL, and words that actions are about."""

from __future__ import annotations

import math
import sys
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from planweave.cli.completion import AskCommand, questions
from planweave.cli.console import ProgressBar, console, safe
from planweave.cli.options import asked, folder_option, library_of, library_option, tell_wrong

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from planweave.asking.answers import Answer
    from planweave.errors import DefinitionError
    from planweave.graph import Graph
    from planweave.library import Library
    from planweave.store import Node

__all__ = ["ask"]

FORMATS = ("table", "csv", "tsv", "json", "xml", "md", "ttl", "nt", "jsonld")
MOST_SHOWN = 100
"""Rows of a table on the terminal; -o and --format give all."""

FIRST = 20
"""Rows that show whether an answer is of actions."""


class Seconds(click.FloatRange):
    """So many seconds, and no more than can be waited for."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> float:  # noqa: ANN401 - as click has it
        """Take a number that is one: nan and inf are none."""
        seconds = float(super().convert(value, param, ctx))
        return seconds if math.isfinite(seconds) else self.fail(f"{value!r} is no number of seconds.", param, ctx)


@click.command(cls=AskCommand, context_settings={"ignore_unknown_options": True, "allow_extra_args": True})
@click.argument("name", required=False, metavar="[QUESTION]", shell_complete=questions)
@click.option(
    "--sparql",
    "query",
    type=click.Path(allow_dash=True),
    metavar="FILE|-",
    help="Ask SPARQL from a file, or from standard input.",
)
@click.option("--about", metavar="WORDS", help="Find actions by words, in any form; phrases in double quotes.")
@click.option("--prepare", is_flag=True, help="Work out the answers of a large graph beforehand, and keep them.")
@click.option("--show", is_flag=True, help="Print the SPARQL of the question, and ask nothing.")
@click.option("--sources", is_flag=True, help="Under the answer, show where the document says so.")
@click.option(
    "--format", "format_", type=click.Choice(FORMATS), default="table", show_default=True, help="What is printed."
)
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Write a file instead; it ends in .csv .tsv .json .xml .md .xlsx .html, of a graph in .ttl .nt .jsonld.",
)
@click.option(
    "--seconds", type=Seconds(min=0.1, max=86_400), default=60.0, show_default=True, help="How long it may take."
)
@folder_option("--from", "from_", "Where the graph is.")
@library_option
@click.pass_context
def ask(
    context: click.Context,
    /,
    name: str | None,
    *,
    query: str | None,
    about: str | None,
    prepare: bool,
    show: bool,
    sources: bool,
    format_: str,
    output: Path | None,
    seconds: float,
    from_: Path,
    library_folder: Path | None,
) -> None:
    """Ask the graph: a question by its name, with what it takes as options (--plan ID …); without a name, list them."""
    from planweave.asking.kept import Limits
    from planweave.entrances import open_graph

    library = library_of(library_folder)
    name, values = asked([name, *context.args] if name else [])
    if sum(said is not None for said in (name, query, about)) > 1:
        raise click.UsageError("ask one thing: a question, --sparql or --about")
    if output is not None and format_ != "table":
        raise click.UsageError("-o writes what its ending says, and goes with no --format")
    said = name is not None or query is not None or about is not None
    _check_together(
        name, about, said=said, show=show, sources=sources, written=output is not None or format_ != "table"
    )
    if prepare:
        _prepare(from_, library)
        return
    if name is None and query is None and about is None:
        _list(library)
        return
    if show and name is not None:
        from planweave.asking.questions import read_question

        click.echo(read_question(library, name).sparql.rstrip())
        return
    with open_graph(from_) as graph:
        if about is not None:
            _show_hits(graph, about, values)
            return
        limits = Limits(seconds=seconds)
        if name is not None:
            answer = graph.ask(name, library=library, limits=limits, **values)
        else:
            answer = graph.sparql(
                _text(str(query)), library=library, limits=limits, **_terms(graph, str(query), values)
            )
        _show(answer, format_, output, name, library)
        if sources:
            _show_sources(graph, answer)


def _check_together(
    name: str | None, about: str | None, *, said: bool, show: bool, sources: bool, written: bool
) -> None:
    """Refuse an option that would be passed over: nobody should wait for a file that is not written."""
    if not said and (sources or written):
        raise click.UsageError("--sources, --format and -o go with an answer; name a question")
    if about is not None and (show or sources or written):
        raise click.UsageError(
            "--about prints actions, and takes no --show, --sources, --format or -o; the question actions-with-words"
            " can be written to a file"
        )
    if show and name is None:
        raise click.UsageError("--show prints the SPARQL of a question; name one")
    if show and (sources or written):
        raise click.UsageError("--show asks nothing, and goes with no --sources, --format or -o")
    if sources and written:
        raise click.UsageError("--sources stands under a table on the terminal, and goes with no --format or -o")


def _prepare(folder: Path, library: Library) -> None:
    from planweave.entrances import open_graph

    with open_graph(folder) as graph, ProgressBar() as progress:
        number = graph.prepare(library=library, progress=progress)
        of = len(graph.ids)
    click.echo(f"answers are prepared: {number:,} of {of:,} plans were asked")


def _text(source: str) -> str:
    from planweave.errors import QueryError

    try:
        data = sys.stdin.buffer.read() if source == "-" else Path(source).read_bytes()
        return data.decode("utf-8-sig")
    except OSError as error:
        raise QueryError(f"the file cannot be read ({error.strerror})", file=source, fix="check the path") from error
    except UnicodeDecodeError as error:
        named = "standard input" if source == "-" else source
        raise QueryError("this is not UTF-8", file=named, fix="save it as UTF-8") from error


def _terms(graph: Graph, source: str, values: Mapping[str, str]) -> dict[str, Node]:
    """Make terms of values as the header of the file says; where it has none, as they are written."""
    from planweave.asking.parameters import bindings_of
    from planweave.asking.questions import question_in
    from planweave.asking.terms import typed

    question = question_in(Path(source)) if values and source != "-" else None
    if question is not None:
        return bindings_of(question, values, lambda: graph.store, frozenset(graph.ids))
    return {name: typed(value) for name, value in values.items()}


def _list(library: Library) -> None:
    """One line a question, in groups."""
    from planweave.asking.questions import read_questions

    wrong: list[DefinitionError] = []
    questions = read_questions(library, wrong)
    out = console()
    width = max(map(len, questions), default=0)
    group = ""
    for question in questions.values():
        if question.group != group:
            group = question.group
            out.print(f"\n[b]{safe(group)}[/b]")
        out.print(f"  {question.name:<{width}}  {safe(question.title)}", soft_wrap=True)
    out.print("\nplanweave ask QUESTION --help says what it takes, --show prints its SPARQL.", soft_wrap=True)
    tell_wrong(wrong)


def _show(answer: Answer, format_: str, output: Path | None, name: str | None, library: Library) -> None:
    for notice in answer.about.notices:
        click.echo(f"planweave: {notice}", err=True)
    if output is not None:
        written = answer.write(output)
        click.echo(f"wrote {written}: {answer.count} ({written.stat().st_size:,} bytes)")
    elif format_ == "table" and answer.kind != "graph":
        out = console()
        out.print(answer.table(MOST_SHOWN, out.width))
        out.print(f"{answer.count}{_further(answer, name, library)}", soft_wrap=True, markup=False)
        if not len(answer) and answer.about.text:
            # An empty table is only as good as what was asked.
            given = f" ({safe(answer.about.given_words)})" if answer.about.given else ""
            out.print(f"asked: {safe(answer.about.text)}{given}", soft_wrap=True)
    else:
        answer.write_to(sys.stdout.buffer, "ttl" if format_ == "table" else format_)


def _further(answer: Answer, name: str | None, library: Library) -> str:
    """Say how the question is taken further: its SPARQL, the printed rows, and the list behind a count."""
    if name is None:
        return ""
    shown = f"; planweave ask {name} --show prints the SPARQL"
    if any(action for row in islice(answer.rows(), FIRST) for action in _actions_of(row)):
        return f"{shown}, --sources the printed rows"
    from planweave.asking.behind import command
    from planweave.asking.questions import read_question

    listings, first = read_question(library, name).listings, next(iter(answer), None)
    if not listings or first is None:
        return shown
    return f"{shown}; the list behind {listings[0].column} of the first row: {command(listings[0], first)}"


def _actions_of(row: Iterable[Node | None]) -> Iterator[str]:
    """Give the actions of a row, as people type them."""
    from planweave.terms import PLAN, local

    for node in row:
        if node is not None and node.kind == "iri" and node.value.startswith(PLAN) and "/action/" in node.value:
            plan, _, action = node.value.removeprefix(PLAN).partition("/action/")
            if "/" not in action:
                yield f"{local(f'/{plan}')}/{local(f'/{action}')}"


def _show_sources(graph: Graph, answer: Answer) -> None:
    """Of each action of the answer, the printed rows."""
    out = console()
    seen = dict.fromkeys(action for row in answer.rows() for action in _actions_of(row))
    if not seen and len(answer):
        click.echo("planweave: no row of this answer names an action, so there are no printed rows to show", err=True)
    for identifier in list(seen)[:MOST_SHOWN]:
        action_ = graph.action(identifier)
        for printed in action_.source:
            page = f"page {printed.page}, " if printed.page is not None else ""
            out.print(f"[b]{safe(identifier)}[/b]  {page}table {printed.table}, row {printed.row}", soft_wrap=True)
            for cell in printed.cells:
                if cell.text.strip():
                    out.print(f"  {safe(cell.heading or '–')}: {safe(' '.join(cell.text.split()))}", soft_wrap=True)
    if len(seen) > MOST_SHOWN:
        out.print(f"… and {len(seen) - MOST_SHOWN:,} more actions", soft_wrap=True)


def _show_hits(graph: Graph, words: str, values: Mapping[str, str]) -> None:
    for option in values.keys() - {"plan"}:
        raise click.UsageError(f"--about takes no --{option}")
    out = console()
    hits = graph.search(words, values.get("plan"), MOST_SHOWN)
    for hit in hits:
        out.print(f"[b]{safe(hit.action)}[/b]  {safe(hit.text)}", soft_wrap=True)
        passage, done = "", 0
        for start, end in hit.marks:
            passage += f"{safe(hit.found[done:start])}[b]{safe(hit.found[start:end])}[/b]"
            done = end
        where = "; ".join(hit.where)
        out.print(f"  {where}: {passage}{safe(hit.found[done:])}", style="dim", soft_wrap=True)
    number = f"{len(hits)} or more" if len(hits) == MOST_SHOWN else str(len(hits))
    out.print(f"{number} action{'' if len(hits) == 1 else 's'}", soft_wrap=True)
