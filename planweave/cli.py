"""The command line: parse, call, show. What each verb does is done elsewhere."""

from __future__ import annotations

import io
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from planweave.errors import PlanweaveError

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from rich.console import Console

    from planweave.building import BuildReport, Progress
    from planweave.library import Library
    from planweave.records import PlanRecord

__all__ = ["main"]

F = TypeVar("F", bound="Callable[..., Any]")

ERROR = 2
"""The exit code of every error."""

INTERRUPTED = 130
"""The exit code after Ctrl-C, as shells have it."""

SKIPPED_SHOWN = 5


class _Verbs(click.Group):
    """Prints an error, planweave's or of usage, as one sentence, without a traceback."""

    def main(self, *arguments: Any, **named: Any) -> Any:  # noqa: ANN401 - as click calls it
        """Run a verb."""
        for stream in (sys.stdout, sys.stderr):
            # What a plan prints has to come out whatever the code page of a redirected console is.
            if isinstance(stream, io.TextIOWrapper):
                stream.reconfigure(encoding="utf-8" if not stream.isatty() else None, errors="replace")
        try:
            code = super().main(*arguments, **{**named, "standalone_mode": False})
        except click.UsageError as error:
            sentence = error.format_message().rstrip(".")
            verb = error.ctx.command_path if error.ctx else "planweave"
            click.echo(f"planweave: {sentence}; see {verb} --help.", err=True)
            sys.exit(ERROR)
        except click.Abort:
            sys.exit(INTERRUPTED)
        sys.exit(code if isinstance(code, int) else 0)

    def invoke(self, ctx: click.Context) -> object:
        try:
            return super().invoke(ctx)
        except PlanweaveError as error:
            click.echo(f"planweave: {error}", err=True)
            ctx.exit(ERROR)
        except BrokenPipeError:
            sys.stderr.close()
            ctx.exit(0)


def _folder_option(name: str, parameter: str, help_text: str) -> Callable[[F], F]:
    return click.option(
        name,
        parameter,
        type=click.Path(path_type=Path, file_okay=False),
        default="weave",
        show_default=True,
        metavar="DIR",
        help=help_text,
    )


def _library_option(verb: F) -> F:
    return click.option(
        "--library",
        "library_folder",
        type=click.Path(path_type=Path),
        metavar="DIR",
        help="A folder of your own definitions on top of the bundled ones.",
    )(verb)


def _library(folder: Path | None) -> Library:
    from planweave.library import Library

    bundled = Library.bundled()
    return bundled.with_folder(folder) if folder else bundled


@click.group(cls=_Verbs, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="planweave", message="planweave %(version)s")
def main() -> None:
    """Weave the action plans of public bodies into one graph: who, by when, towards what, and what is missing."""


@main.command()
@click.argument("sources", nargs=-1, type=click.Path(path_type=Path), metavar="[FILE|DIR]...")
@_folder_option("--into", "into", "Where the graph goes.")
@click.option("--keep-going", is_flag=True, help="Weave what could be read although something could not.")
@click.option("--fresh", is_flag=True, help="Read everything, making no use of the last build.")
@_library_option
def build(sources: Sequence[Path], into: Path, *, keep_going: bool, fresh: bool, library_folder: Path | None) -> None:
    """Read documents and weave them into one graph; without arguments, the bundled plans.

    Run again, only what changed is read again. Where a document cannot be read, the last good graph stays.
    """
    from planweave.graph import build_report

    library = _library(library_folder)
    with _ProgressBar() as progress:
        report = build_report(
            list(sources) or None, into, library=library, keep_going=keep_going, fresh=fresh, progress=progress
        )
    _show_build(report, into)
    if report.errors:
        sys.exit(ERROR)


@main.command()
@click.argument("file", type=click.Path(path_type=Path), metavar="FILE")
@click.option(
    "--loader",
    metavar="NAME",
    help="The loader definition to use, instead of the one that recognises the document.",
)
@click.option("--json", "as_json", is_flag=True, help="Print the record as JSON.")
@_library_option
def read(file: Path, loader: str | None, *, as_json: bool, library_folder: Path | None) -> None:
    """Show what is understood from one document; nothing is stored."""
    from planweave.graph import read as read_document

    record = read_document(file, loader, library=_library(library_folder))
    if as_json:
        from planweave.records import to_json

        click.echo(to_json(record, indent=1).decode())
    else:
        _show_record(record)


@main.command()
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    required=True,
    metavar="FILE",
    help="Ends in .trig .nq .ttl .jsonld .csv .json or .xlsx.",
)
@click.option("--plan", metavar="ID", help="Only this plan.")
@_folder_option("--from", "from_", "Where the graph is.")
def export(output: Path, plan: str | None, from_: Path) -> None:
    """Write the graph, or one plan of it, to a file; its suffix decides the format."""
    from planweave.graph import open_graph

    with open_graph(from_) as graph:
        written = graph.export(output, plan)
    click.echo(f"wrote {written} ({written.stat().st_size:,} bytes)")


def _console(*, stderr: bool = False) -> Console:
    from rich.console import Console

    console = Console(stderr=stderr, highlight=False)
    # Where no terminal says how wide it is, tables keep to a width that reads well in a log or a README.
    return console if console.is_terminal else Console(stderr=stderr, highlight=False, width=140)


class _ProgressBar:
    """Shows how far a build is, on a terminal only."""

    def __init__(self) -> None:
        from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

        console = _console(stderr=True)
        self._bar = Progress(
            TextColumn("{task.description}"),
            BarColumn(),
            MofNCompleteColumn(),
            TimeElapsedColumn(),
            console=console,
            disable=not console.is_terminal,
        )
        self._tasks: dict[str, Any] = {}

    def __enter__(self) -> Progress:
        self._bar.start()
        return self._advance

    def __exit__(self, *_: object) -> None:
        self._bar.stop()

    def _advance(self, stage: str, done: int, total: int) -> None:
        if stage not in self._tasks:
            self._tasks[stage] = self._bar.add_task(stage, total=total)
        self._bar.update(self._tasks[stage], completed=done)


def _show_build(report: BuildReport, into: Path) -> None:
    from planweave.showing import plan_table

    for error in report.errors:
        click.echo(f"planweave: {error}", err=True)
    if report.skipped:
        names = ", ".join(path.name for path in report.skipped[:SKIPPED_SHOWN])
        more = f" and {len(report.skipped) - SKIPPED_SHOWN} more" if len(report.skipped) > SKIPPED_SHOWN else ""
        click.echo(f"Not of a kind that is read: {names}{more}.", err=True)
    console = _console()
    refused = bool(report.errors) and not report.swapped
    if refused and report.entries:
        console.print("Read, and not woven into the graph:", soft_wrap=True)
    if report.entries:
        console.print(plan_table(report.entries))
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
    console.print(f"Plans: {state}.", soft_wrap=True)
    for what, where in (
        ("graph", build.store),
        ("N-Quads", build.folder / "shards"),
        ("records", build.records),
    ):
        console.print(f"  {what:<8} {where}", soft_wrap=True)


def _show_record(record: PlanRecord) -> None:
    from planweave.showing import action_table, share

    console = _console()
    plan = record.plan
    console.print(f"[b]{_safe(plan.title)}[/b]", soft_wrap=True)
    known = [
        plan.publisher or "publisher not known",
        plan.period and f"period {plan.period}",
        f"{len(record.actions)} actions",
    ]
    console.print(" · ".join(_safe(part) for part in known if part), soft_wrap=True)
    console.print(action_table(record))
    if record.legend:
        console.print(
            "Abbreviations: " + "; ".join(f"{_safe(k)} = {_safe(v)}" for k, v in record.legend.items()),
            soft_wrap=True,
        )
    for action in record.actions:
        for correction in action.corrections:
            read_as = ", ".join(correction.read) or "not " + ", ".join(correction.dropped)
            read_as = f"flagged {read_as}" if correction.field == "flags" else read_as
            console.print(
                f"Corrected in {_safe(action.id)}, {correction.field}: “{_safe(correction.printed)}” → "
                f"{_safe(read_as)}. {_safe(correction.reason)}",
                soft_wrap=True,
            )
    for unplaced in record.unplaced:
        console.print(f"Not placed, {unplaced.where}: {_safe(unplaced.text)}", soft_wrap=True)
    loader = f"read with the loader {record.origin.loader}" if record.origin.loader else "read without a loader"
    console.print(
        f"{share(record.kept)} of the document kept, {share(record.placed)} placed; {loader}.", soft_wrap=True
    )


def _safe(text: str) -> str:
    """Text of a document is no markup."""
    from rich.markup import escape

    return escape(text)


if __name__ == "__main__":
    main()
