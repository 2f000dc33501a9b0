"""The verb that says what would be lost without a party, and what may be affected where an action slips."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from planweave.cli import completion
from planweave.cli.console import console
from planweave.cli.options import folder_option

if TYPE_CHECKING:
    from rich.table import Table

    from planweave.asking.answers import Answer

__all__ = ["what_if"]

MOST_SHOWN = 100
"""Rows of a table on the terminal; -o and --format give all."""

MOST_TEXT = 60
"""Characters of an action's text in that table."""


@click.command("what-if")
@click.option(
    "--without",
    metavar="PARTY",
    shell_complete=completion.parties,
    help="A body, team or post that is gone, by any of its names.",
)
@click.option(
    "--slip", metavar="ACTION", shell_complete=completion.actions, help="An action that slips, such as northmoor/13.1."
)
@click.option("--by", metavar="DELAY", help="By how much it slips: 10d, 2w, 3m, 1y, or in words “3 months”.")
@click.option("--plan", metavar="ID", shell_complete=completion.plans, help="Look at this plan only.")
@click.option(
    "--format",
    "format_",
    type=click.Choice(("table", "csv", "json")),
    default="table",
    show_default=True,
    help="What is printed.",
)
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Write a file instead; it ends in .csv .json .xlsx .html .md.",
)
@folder_option("--from", "from_", "Where the graph is.")
def what_if(
    *,
    without: str | None,
    slip: str | None,
    by: str | None,
    plan: str | None,
    format_: str,
    output: Path | None,
    from_: Path,
) -> None:
    """Say what would be lost --without a party, or what may be affected if an action --slip s --by a delay.

    Nothing is changed. A cross-reference means related; dependence is claimed only where the text says so.
    """
    from planweave.entrances import open_graph

    if (without is None) == (slip is None):
        raise click.UsageError("give either --without PARTY or --slip ACTION --by DELAY")
    if (slip is None) != (by is None):
        raise click.UsageError("--slip ACTION and --by DELAY belong together")
    with open_graph(from_) as graph:
        if without is not None:
            answer = graph.without(without, plan=plan).answer()
        else:
            answer = graph.slip(str(slip), by=str(by), plan=plan).answer()
        _show(answer, format_, output)


def _show(answer: Answer, format_: str, output: Path | None) -> None:
    if output is not None:
        written = answer.write(output)
        _say(answer)
        click.echo(f"wrote {written}: {answer.count} ({written.stat().st_size:,} bytes)")
    elif format_ == "table":
        _say(answer)
        if answer:
            console().print(_table(answer))
    else:
        for notice in _notices(answer):
            click.echo(f"planweave: {notice}", err=True)
        answer.write_to(sys.stdout.buffer, format_)


def _notices(answer: Answer) -> list[str]:
    """The sentences; names in them come from documents, and a terminal obeys none of their characters."""
    from planweave.showing import shown_text

    return [shown_text(notice) for notice in answer.about.notices]


def _table(answer: Answer) -> Table:
    """The rows as they fit on a terminal: texts cut, and left out what is empty, and the plan, which ids begin with."""
    from planweave.reporting.words import shortened
    from planweave.showing import answer_table

    texts = answer.columns.index("text")
    rows = [[*row[:texts], shortened(row[texts], MOST_TEXT), *row[texts + 1 :]] for row in answer.readable_rows()]
    said = [
        name != "plan" and {row[place] for row in rows} - {"", "unknown"} for place, name in enumerate(answer.columns)
    ]
    used = [place for place, values in enumerate(said) if values]
    shown = ([row[place] for place in used] for row in rows)
    return answer_table([answer.columns[place] for place in used], shown, len(rows), most=MOST_SHOWN)


def _say(answer: Answer) -> None:
    out = console()
    for notice in _notices(answer):
        out.print(notice, soft_wrap=True, markup=False)
