"""The verbs that make a graph of documents and take it elsewhere: build, read, export."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from planweave.cli import completion
from planweave.cli.console import ProgressBar, console, safe
from planweave.cli.options import ERROR, folder_option, library_of, library_option

if TYPE_CHECKING:
    from collections.abc import Sequence

    from planweave.building import BuildReport
    from planweave.records import PlanRecord

__all__ = ["build", "export", "read"]

SKIPPED_SHOWN = 5


@click.command()
@click.argument("sources", nargs=-1, type=click.Path(path_type=Path), metavar="[FILE|DIR]...")
@folder_option("--into", "into", "Where the graph goes.")
@click.option("--keep-going", is_flag=True, help="Weave what could be read although something could not.")
@click.option("--fresh", is_flag=True, help="Read everything, making no use of the last build.")
@library_option
def build(sources: Sequence[Path], into: Path, *, keep_going: bool, fresh: bool, library_folder: Path | None) -> None:
    """Read documents and weave them into one graph; without arguments, the bundled plans.

    Run again, only what changed is read again. Where a document cannot be read, the last good graph stays.
    """
    from planweave.entrances import build_report

    library = library_of(library_folder)
    with ProgressBar() as progress:
        report = build_report(
            list(sources) or None, into, library=library, keep_going=keep_going, fresh=fresh, progress=progress
        )
    _show_build(report, into)
    if report.errors:
        sys.exit(ERROR)


@click.command()
@click.argument("file", type=click.Path(path_type=Path), metavar="FILE")
@click.option(
    "--loader",
    metavar="NAME",
    help="The loader definition to use, instead of the one that recognises the document.",
    shell_complete=completion.loaders,
)
@click.option("--json", "as_json", is_flag=True, help="Print the record as JSON.")
@folder_option("--from", "from_", "The workspace whose own library is read with, too.")
@library_option
def read(file: Path, loader: str | None, *, as_json: bool, from_: Path, library_folder: Path | None) -> None:
    """Show what is understood from one document; nothing is stored."""
    from planweave.entrances import read as read_document

    record = read_document(file, loader, library=library_of(library_folder, from_))
    if as_json:
        from planweave.records import to_json

        click.echo(to_json(record, indent=1).decode())
    else:
        _show_record(record)


@click.command()
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    required=True,
    metavar="FILE",
    help="Ends in .trig .nq .ttl .jsonld .csv .json or .xlsx.",
)
@click.option("--plan", metavar="ID", help="Only this plan.", shell_complete=completion.plans)
@folder_option("--from", "from_", "Where the graph is.")
def export(output: Path, plan: str | None, from_: Path) -> None:
    """Write the graph, or one plan of it, to a file; its suffix decides the format."""
    from planweave.entrances import open_graph

    with open_graph(from_) as graph:
        written = graph.export(output, plan)
    click.echo(f"wrote {written} ({written.stat().st_size:,} bytes)")


def _show_build(report: BuildReport, into: Path) -> None:
    from planweave.showing import plan_table

    for error in report.errors:
        click.echo(f"planweave: {error}", err=True)
    if report.skipped:
        names = ", ".join(path.name for path in report.skipped[:SKIPPED_SHOWN])
        more = f" and {len(report.skipped) - SKIPPED_SHOWN} more" if len(report.skipped) > SKIPPED_SHOWN else ""
        click.echo(f"Not of a kind that is read: {names}{more}.", err=True)
    for path in report.replaced:
        click.echo(f"{path} gives a plan that was added in the workspace in its place.", err=True)
    shown = console()
    refused = bool(report.errors) and not report.swapped
    if refused and report.entries:
        shown.print("Read, and not woven into the graph:", soft_wrap=True)
    if report.entries:
        shown.print(plan_table(report.entries))
    if refused:
        count = len(report.errors)
        documents = "document" if count == 1 else "documents"
        last = "the last good graph stays" if report.build or (into / "CURRENT").exists() else "there is no graph yet"
        click.echo(
            f"{count} {documents} could not be read, so the graph was not changed ({last}). "
            "Mend or leave them out, or use --keep-going for a graph of the others.",
            err=True,
        )
        return
    build = report.build
    if build is None:
        return
    fresh = len(report.read)
    total = len(report.entries)
    state = (
        "nothing changed since the last build"
        if not report.swapped
        else f"{fresh} of {total} read, the others unchanged"
        if fresh < total
        else f"{total} read"
    )
    shown.print(f"Plans: {state}.", soft_wrap=True)
    for what, where in (
        ("graph", build.store),
        ("N-Quads", build.folder / "shards"),
        ("records", build.records),
    ):
        shown.print(f"  {what:<8} {where}", soft_wrap=True)


def _show_record(record: PlanRecord) -> None:
    from planweave.showing import action_table, column_lines, doubt_lines, share

    shown = console()
    plan = record.plan
    shown.print(f"[b]{safe(plan.title)}[/b]", soft_wrap=True)
    known = [
        plan.publisher or "publisher not known",
        plan.period and f"period {plan.period}",
        f"{len(record.actions)} actions",
    ]
    shown.print(" · ".join(safe(part) for part in known if part), soft_wrap=True)
    shown.print(action_table(record))
    if record.legend:
        shown.print(
            "Abbreviations: " + "; ".join(f"{safe(k)} = {safe(v)}" for k, v in record.legend.items()),
            soft_wrap=True,
        )
    for action in record.actions:
        for correction in action.corrections:
            read_as = ", ".join(correction.read) or "not " + ", ".join(correction.dropped)
            read_as = f"flagged {read_as}" if correction.field == "flags" else read_as
            shown.print(
                f"Corrected in {safe(action.id)}, {correction.field}: “{safe(correction.printed)}” → "
                f"{safe(read_as)}. {safe(correction.reason)}",
                soft_wrap=True,
            )
    if not record.origin.loader:
        for line in column_lines(record):
            shown.print(safe(line), soft_wrap=True)
    for line in doubt_lines(record):
        shown.print(f"Doubtful: {safe(line)}", soft_wrap=True)
    for hidden in (item.text for item in record.context if item.role == "hidden"):
        shown.print(f"Hidden: {safe(hidden)}.", soft_wrap=True)
    for unplaced in record.unplaced:
        shown.print(f"Not placed, {unplaced.where}: {safe(unplaced.text)}", soft_wrap=True)
    sure = f"read without a loader, confidence {share(record.confidence)}"
    loader = f"read with the loader {record.origin.loader}" if record.origin.loader else sure
    shown.print(f"{share(record.kept)} of the document kept, {share(record.placed)} placed; {loader}.", soft_wrap=True)
