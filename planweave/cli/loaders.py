"""The verb about loaders: one is drafted from a document, and all are checked against their documents."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from planweave.cli import completion
from planweave.cli.options import ERROR, library_of, library_option

if TYPE_CHECKING:
    from collections.abc import Sequence

    from planweave.library import Library

__all__ = ["loaders"]

OWN_LIBRARY = "my-library"
UNKNOWN_SHOWN = 5


@click.group()
def loaders() -> None:
    """Draft a loader definition from a document, and check definitions against their documents."""


@loaders.command()
@click.argument("file", type=click.Path(path_type=Path), metavar="FILE")
@click.option(
    "--into",
    type=click.Path(path_type=Path),
    default=OWN_LIBRARY,
    show_default=True,
    metavar="DIR",
    help="The library folder for the definition.",
)
@click.option("--name", metavar="NAME", help="What to call it; otherwise after the document.")
def new(file: Path, into: Path, name: str | None) -> None:
    """Write a loader definition with what is recognised in a document, for you to correct.

    planweave read FILE --library DIR uses it, and gives what is read without it until you change something.
    """
    from planweave.drafting.draft import write_draft
    from planweave.showing import shown_text

    path, made = write_draft(file, into, name)
    record = made.record
    said = [f"{len(record.actions)} action{'' if len(record.actions) == 1 else 's'}"]
    if made.unknown:
        more = f" and {len(made.unknown) - UNKNOWN_SHOWN} more" if len(made.unknown) > UNKNOWN_SHOWN else ""
        said.append(f"not known: {', '.join(made.unknown[:UNKNOWN_SHOWN])}{more}")
    if made.doubts:
        said.append(f"{made.doubts} doubtful value{'' if made.doubts == 1 else 's'}")
    click.echo(f"wrote {path}: {shown_text('; '.join(said))}")
    if made.differing:
        click.echo(
            f"planweave: with this loader {made.differing} of the actions come out otherwise than without it; "
            "look at them before you use it.",
            err=True,
        )
    click.echo(f"Look through it and correct it; planweave read {file} --library {into} uses it.")


@loaders.command()
@click.argument("names", nargs=-1, metavar="[NAME|FILE.toml|DOCUMENT|DIR]...", shell_complete=completion.loaders)
@library_option
def check(names: Sequence[str], library_folder: Path | None) -> None:
    """Check loader definitions against their documents: those given, and the bundled plans.

    Without a NAME or FILE.toml, every definition of the library is checked.
    """
    from planweave.drafting.checking import check_loaders, loader_files
    from planweave.library import bundled_plans
    from planweave.showing import shown_text
    from planweave.sources import find_documents

    library = library_of(library_folder)
    wanted, files, given = _parted(names, library)
    documents = find_documents(given)[0] if given else []
    bundled = sorted(bundled_plans().glob("*.txt"))
    known = {path.read_bytes() for path in documents if path.is_file()}
    every = [*documents, *(path for path in bundled if path.read_bytes() not in known)]
    chosen = [*loader_files(library, wanted), *files] if wanted or not files else files
    checked = check_loaders(library, chosen, every, needed=bool(given and (wanted or files)))
    width = max((len(found.name) for found in checked), default=0)
    for found in checked:
        click.echo(f"{found.name:<{width}}  {shown_text(found.said)}")
    wrong = sum(bool(found.wrong) for found in checked)
    if wrong:
        click.echo(f"{wrong} of {len(checked)} definitions {'is' if wrong == 1 else 'are'} wrong.", err=True)
        sys.exit(ERROR)


def _parted(names: Sequence[str], library: Library) -> tuple[list[str], list[Path], list[Path]]:
    """Tell names of definitions, files of definitions, and documents or folders of them."""
    wanted: list[str] = []
    files: list[Path] = []
    given: list[Path] = []
    known = {path.stem for path in library.files("loaders", ".toml")}
    for name in names:
        path = Path(name)
        if path.suffix == ".toml":
            files.append(path)
        elif name not in known and (path.exists() or path.suffix or len(path.parts) > 1):
            given.append(path)
        else:
            wanted.append(name)
    return wanted, files, given
