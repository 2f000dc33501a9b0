"""The verb that sets plans side by side."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from planweave.cli import completion
from planweave.cli.console import console, safe
from planweave.cli.options import folder_option, library_of, library_option

if TYPE_CHECKING:
    from planweave.comparing import Comparison, Section

__all__ = ["compare"]

MOST_SHOWN = 12
"""Rows of each table on the terminal; of one section alone, as of an answer."""

MOST_OF_ONE = 100
MOST_TEXT = 60
"""Characters of an action's text in a table."""

TEXTS = ("text", "otherText", "words")


@click.command()
@click.argument("plans", nargs=-1, required=True, metavar="PLAN PLAN …", shell_complete=completion.plans)
@click.option("--section", metavar="NAME", help="Only this table, whole: scorecards, alike, editions …")
@click.option(
    "--format",
    "format_",
    type=click.Choice(("table", "csv", "tsv", "json", "md")),
    default="table",
    show_default=True,
    help="What is printed; csv and tsv hold one table, the scorecards unless --section says otherwise.",
)
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Write a file instead; it ends in .xlsx .html .md .json .csv .tsv.",
)
@click.option("--as-of", metavar="DATE", help="The day for which findings are counted; today unless told otherwise.")
@folder_option("--from", "from_", "Where the graph is.")
@library_option
def compare(
    *,
    plans: tuple[str, ...],
    section: str | None,
    format_: str,
    output: Path | None,
    as_of: str | None,
    from_: Path,
    library_folder: Path | None,
) -> None:
    """Set two plans or more side by side; of two editions of one plan, say what became of each action."""
    from planweave.entrances import open_graph

    with open_graph(from_) as graph:
        comparison = graph.compare(*plans, as_of=as_of, library=library_of(library_folder))
    if output is not None:
        written = comparison.write(output, section)
        click.echo(f"wrote {written} ({written.stat().st_size:,} bytes)")
    elif format_ == "table":
        _show(comparison, section)
    else:
        from planweave.comparing.files import write_comparison_to

        if section is not None:
            comparison.section(section).answer().write_to(sys.stdout.buffer, format_)
        else:
            write_comparison_to(comparison, sys.stdout.buffer, format_)


def _show(comparison: Comparison, section: str | None) -> None:
    out = console()
    if section is not None:
        _tell(comparison.section(section), MOST_OF_ONE)
        return
    for one in comparison.sections.values():
        _tell(one, MOST_SHOWN)
    out.print(f"--section NAME shows one whole: {', '.join(comparison.sections)}", soft_wrap=True)


def _tell(section: Section, most: int) -> None:
    from planweave.reporting.words import shortened
    from planweave.showing import answer_table, shown_text

    out = console()
    out.print(f"\n[b]{safe(section.title)}[/b]", soft_wrap=True)
    for notice in section.notices:
        out.print(shown_text(notice), soft_wrap=True, markup=False)
    answer = section.answer()
    if not answer:
        out.print("none found", soft_wrap=True)
        return
    texts = {place for place, name in enumerate(section.columns) if name in TEXTS}
    rows = (
        [shortened(cell, MOST_TEXT) if place in texts else cell for place, cell in enumerate(row)]
        for row in answer.readable_rows()
    )
    out.print(answer_table(section.columns, rows, len(answer), numeric=answer.numeric, most=most))
