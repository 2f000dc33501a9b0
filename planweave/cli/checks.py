"""The verbs about what plans leave out: check, accept, reopen."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from planweave.cli import completion
from planweave.cli.console import ProgressBar, console
from planweave.cli.options import folder_option, library_of, library_option

if TYPE_CHECKING:
    from typing import BinaryIO

    from planweave.assessing import Assessment, Options
    from planweave.findings import Report, Severity

__all__ = ["accept", "check", "reopen"]

SEVERITIES = ("violation", "warning", "info")
FORMATS = ("table", "csv", "json", "ttl")
FOUND = 1
"""The exit code where a finding reaches --fail-on."""


@click.command()
@click.option(
    "--plan",
    "plans",
    multiple=True,
    metavar="ID",
    help="Only this plan; can be given several times.",
    shell_complete=completion.plans,
)
@click.option(
    "--only",
    multiple=True,
    metavar="NAME",
    help="Only this check; can be given several times.",
    shell_complete=completion.checks,
)
@click.option(
    "--severity",
    "severities",
    multiple=True,
    type=click.Choice(SEVERITIES),
    help="Show only findings of this severity; can be given several times.",
)
@click.option("--as-of", metavar="DATE", help="The day of the check, such as 2024-12-31; today unless told otherwise.")
@click.option(
    "--profile",
    default="default",
    show_default=True,
    metavar="NAME",
    help="Which checks, and how serious they are.",
    shell_complete=completion.profiles,
)
@click.option(
    "--shapes",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Your own SHACL file, instead of the library's checks.",
)
@click.option(
    "--waivers",
    multiple=True,
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Accepted findings, where they are not beside the plans.",
)
@click.option(
    "--engine",
    type=click.Choice(("sparql", "pyshacl")),
    default="sparql",
    show_default=True,
    help="How shapes are checked; pyshacl is the reference, and slow.",
)
@click.option(
    "--format", "format_", type=click.Choice(FORMATS), default="table", show_default=True, help="What is printed."
)
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Write a file instead; it ends in .xlsx .html .csv .json or .ttl.",
)
@click.option("--fail-on", type=click.Choice(SEVERITIES), help="Exit with 1 where an open finding is this serious.")
@click.option("--explain", is_flag=True, help="Say which way each check goes, and check nothing.")
@folder_option("--from", "from_", "Where the graph is.")
@click.option("--store", metavar="URL", help="Ask a SPARQL server that holds the graph, instead of --from.")
@library_option
@click.pass_context
def check(
    context: click.Context,
    /,
    *,
    format_: str,
    output: Path | None,
    fail_on: Severity | None,
    explain: bool,
    from_: Path,
    store: str | None,
    library_folder: Path | None,
    **asked: Any,  # noqa: ANN401 - as Options has them
) -> None:
    """Say what each plan leaves out and contradicts, the most serious first, with its place in the document."""
    from planweave.assessing import Options, check_suffix

    options = Options(library_of(library_folder), **asked)
    if explain:
        _show_ways(options)
        return
    if output is not None:
        check_suffix(output)
    assessment = _assess(options, from_, store)
    _show(assessment, format_, output)
    for notice in assessment.report.notices:
        click.echo(f"planweave: {notice}", err=True)
    worst = assessment.worst()
    if fail_on and worst and SEVERITIES.index(worst) <= SEVERITIES.index(fail_on):
        context.exit(FOUND)


def _assess(options: Options, folder: Path, url: str | None) -> Assessment:
    from planweave.assessing import RemotePlans, assess

    with ProgressBar() as progress:
        if url is not None:
            from planweave.remote import RemoteStore

            return assess(RemotePlans(RemoteStore(url)), options, progress)
        from planweave.entrances import open_graph

        with open_graph(folder) as graph:
            return graph.assess(options, progress)


def _show(assessment: Assessment, format_: str, output: Path | None) -> None:
    report = assessment.report
    if output is not None:
        written = assessment.write(output)
        _show_scorecards(report)
        click.echo(f"wrote {written} ({written.stat().st_size:,} bytes)")
    elif format_ == "table":
        from planweave.reporting.terminal import finding_lines

        _show_scorecards(report)
        console().print(finding_lines(report))
    else:
        # What is printed for machines holds nothing else; the day of the check goes where people see it.
        from planweave.reporting.words import checked_words

        click.echo(checked_words(report), err=True)
        _print_findings(assessment, format_, sys.stdout.buffer)


def _show_scorecards(report: Report) -> None:
    from planweave.reporting.terminal import scorecard_table
    from planweave.reporting.words import checked_words

    out = console()
    out.print(checked_words(report), soft_wrap=True, markup=False)
    out.print(scorecard_table(report.scorecards))


def _print_findings(assessment: Assessment, format_: str, out: BinaryIO) -> None:
    from planweave.reporting import write_findings_csv, write_findings_json

    if format_ == "csv":
        write_findings_csv(assessment.report, out)
    elif format_ == "json":
        write_findings_json(assessment.report, out)
    else:
        assessment.write_report(out)


def _show_ways(options: Options) -> None:
    from planweave.assessing import ways

    told = ways(options)
    width = max((len(name) for name, _ in told), default=0)
    for name, way in told:
        click.echo(f"{name:<{width}}  {way.engine}{f': {way.why}' if way.why else ''}")
    left = sum(way.engine != "sparql" for _, way in told)
    click.echo(f"{len(told) - left} of {len(told)} checks run as SPARQL on the graph, {left} in pySHACL.")


@click.command()
@click.argument("finding", metavar="CHECK", shell_complete=completion.checks)
@click.argument("subject", metavar="ACTION|PLAN", shell_complete=completion.subjects)
@click.option("--reason", required=True, metavar="TEXT", help="Why it is accepted.")
@click.option("--by", required=True, metavar="NAME", help="Who accepts it.")
@click.option("--value", metavar="TEXT", help="Which one, where the check finds several things there.")
@click.option("--date", "day", metavar="DATE", help="When it was accepted; today unless told otherwise.")
@click.option("--as-of", metavar="DATE", help="The day of the check that finds it; today unless told otherwise.")
@click.option(
    "--waivers",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="The file to write to; waivers.toml beside the plan unless told otherwise.",
)
@folder_option("--from", "from_", "Where the graph is.")
@library_option
def accept(*, from_: Path, library_folder: Path | None, **said: Any) -> None:  # noqa: ANN401 - as Graph.accept has them
    """Accept a finding with a reason, in the text file of waivers beside the plan.

    It is shown as accepted from then on, and counted apart, until the action changes.
    """
    from planweave.entrances import open_graph

    with open_graph(from_) as graph:
        waiver = graph.accept(**said, library=library_of(library_folder))
    click.echo(f"accepted in {waiver.file}")


@click.command()
@click.argument("finding", metavar="CHECK", shell_complete=completion.checks)
@click.argument("subject", metavar="ACTION|PLAN", shell_complete=completion.subjects)
@click.option("--value", metavar="TEXT", help="Which one, where several things are accepted there.")
@click.option(
    "--waivers",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="The file it stands in; waivers.toml beside the plan unless told otherwise.",
)
@folder_option("--from", "from_", "Where the graph is.")
def reopen(*, from_: Path, **said: Any) -> None:  # noqa: ANN401 - as Graph.reopen has them
    """Take back that a finding is accepted: its entry goes out of the file of waivers, all else stays."""
    from planweave.entrances import open_graph

    with open_graph(from_) as graph:
        waiver = graph.reopen(**said)
    click.echo(f"open again; taken out of {waiver.file}")
