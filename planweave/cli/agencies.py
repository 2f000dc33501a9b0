"""The verb about bodies: names that may mean one the register knows are shown, and settled by a person."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from planweave.cli import completion
from planweave.cli.console import console, safe
from planweave.cli.options import folder_option, library_of, library_option

if TYPE_CHECKING:
    from planweave.library import Library
    from planweave.reviewing.names import Doubt
    from planweave.reviewing.review import Review

__all__ = ["agencies"]

OWN_LIBRARY = "my-library"
SHOWN = 200


def _into_option(verb: click.decorators.FC) -> click.decorators.FC:
    return click.option(
        "--into",
        type=click.Path(path_type=Path, file_okay=False),
        metavar="DIR",
        help=f"The library folder for decisions; that of --library, or {OWN_LIBRARY}/.",
    )(verb)


@click.group()
def agencies() -> None:
    """Settle which bodies doubtful names mean."""


@agencies.command()
@click.option("--plan", metavar="ID", shell_complete=completion.plans, help="Only this plan.")
@_into_option
@folder_option("--from", "from_", "Where the graph is.")
@library_option
def review(plan: str | None, into: Path | None, from_: Path, library_folder: Path | None) -> None:
    """Show the names that may mean a body of the register, with what speaks for it; on a terminal, ask.

    Nothing is taken for the same unless you say so. Build again with --library to use what was decided.
    """
    reviewing = _review(from_, into, library_folder)
    doubts = reviewing.doubts(plan)
    out = console()
    if not doubts:
        out.print("No name of a plan resembles a body of the register that it is not taken for.", soft_wrap=True)
        return
    asking = sys.stdin.isatty() and sys.stdout.isatty()
    decided = 0
    for number, doubt in enumerate(doubts[: None if asking else SHOWN], start=1):
        _show(doubt, number, len(doubts))
        if asking:
            answer = _asked(doubt)
            if answer == "quit":
                break
            decided += _settle(reviewing, doubt, answer)
    if not asking:
        shown = f", the first {SHOWN} shown" if len(doubts) > SHOWN else ""
        many = f"{len(doubts)} name{'' if len(doubts) == 1 else 's'} to look at{shown}"
        how = "planweave agencies decide PLAN NAME same|unit|own [BODY]"
        out.print(f"\n{many}. To settle one: {how}", soft_wrap=True, markup=False)
    elif decided:
        out.print(f"{decided} decided, in {reviewing.file}; {_used(reviewing)}.", soft_wrap=True)


@agencies.command()
@click.argument("plan", shell_complete=completion.plans)
@click.argument("name")
@click.argument("meaning", type=click.Choice(["same", "unit", "own"]))
@click.argument("body", required=False)
@click.option("--everywhere", is_flag=True, help="The name means this in every plan, not only in this publisher's.")
@click.option("--reason", default="", metavar="TEXT", help="Why; kept with the decision.")
@_into_option
@folder_option("--from", "from_", "Where the graph is.")
@library_option
def decide(
    plan: str,
    name: str,
    meaning: str,
    body: str | None,
    *,
    everywhere: bool,
    reason: str,
    into: Path | None,
    from_: Path,
    library_folder: Path | None,
) -> None:
    """Say what a name means: the same as BODY, a unit of BODY, or a body of its own."""
    reviewing = _review(from_, into, library_folder)
    path = reviewing.decide(plan, name, meaning, body, everywhere=everywhere, reason=reason)
    click.echo(f"wrote {path}: {name} is {reviewing.words(meaning, body)}; {_used(reviewing)}")


def _used(reviewing: Review) -> str:
    return f"planweave build --library {reviewing.folder} uses it"


def _review(from_: Path, into: Path | None, library_folder: Path | None) -> Review:
    from planweave.entrances import open_graph
    from planweave.reviewing.review import Review

    library: Library = library_of(library_folder, from_)
    with open_graph(from_) as graph:
        return Review(graph, library, into or library_folder or Path(OWN_LIBRARY))


def _show(doubt: Doubt, number: int, of: int) -> None:
    out = console()
    printed = doubt.printed
    count = len(printed.actions)
    out.print(
        f"\n[b]{safe(printed.name)}[/b]  {safe(printed.plan)}, {count} action{'' if count == 1 else 's'}"
        f"  [dim]{number} of {of}[/dim]",
        soft_wrap=True,
    )
    if printed.cell:
        cell = " ".join(printed.cell.split())
        out.print(
            f"  {safe(printed.actions[0])}, {safe(printed.place)}: {safe(cell[:SHOWN])}", style="dim", soft_wrap=True
        )
    for place, proposal in enumerate(doubt.proposals, start=1):
        out.print(f"  {place}  {safe(proposal.label)}: {safe(proposal.why)}", soft_wrap=True)


def _asked(doubt: Doubt) -> str:
    """Ask what a name means; the answer is a number, a number with u, o, s or quit."""
    numbers = [str(number) for number in range(1, len(doubt.proposals) + 1)]
    choices = [*numbers, *(f"{number}u" for number in numbers), "o", "s", "q"]
    said = click.prompt(
        "  a number: the same; with u: a unit of it; o: a body of its own; s: skip; q: quit",
        type=click.Choice(choices),
        show_choices=False,
        default="s",
    )
    return "quit" if said == "q" else said


def _settle(reviewing: Review, doubt: Doubt, answer: str) -> int:
    if answer == "s":
        return 0
    plan, name = doubt.key
    if answer == "o":
        reviewing.decide(plan, name, "own", None)
        return 1
    proposal = doubt.proposals[int(answer.rstrip("u")) - 1]
    everywhere = click.confirm("  in every plan, not only in this publisher's?", default=False)
    reviewing.decide(plan, name, "unit" if answer.endswith("u") else "same", proposal.body, everywhere=everywhere)
    return 1
