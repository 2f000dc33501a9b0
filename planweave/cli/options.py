"""The options that several verbs have."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from planweave.errors import PlanweaveError
    from planweave.library import Library

__all__ = ["ERROR", "asked", "folder_option", "library_of", "library_option", "tell_wrong"]

ERROR = 2
"""The exit code of every error."""

F = TypeVar("F", bound="Callable[..., Any]")


def folder_option(name: str, parameter: str, help_text: str) -> Callable[[F], F]:
    """Give the option that names the folder of a graph."""
    return click.option(
        name,
        parameter,
        type=click.Path(path_type=Path, file_okay=False),
        default="weave",
        show_default=True,
        metavar="DIR",
        help=help_text,
    )


def library_option(verb: F) -> F:
    """Give a verb the option that names a library folder."""
    return click.option(
        "--library",
        "library_folder",
        type=click.Path(path_type=Path),
        metavar="DIR",
        help="A folder of your own definitions on top of the bundled ones.",
    )(verb)


def library_of(folder: Path | None, workspace: Path | None = None) -> Library:
    """Give the bundled library, with that of a workspace on it, and with a folder on top if there is one."""
    from planweave.library import Library

    bundled = Library.bundled()
    if workspace:
        bundled = bundled.with_workspace(workspace)
    return bundled.with_folder(folder) if folder else bundled


def asked(words: Sequence[str]) -> tuple[str | None, dict[str, str]]:
    """The question, if one is named, and what it is given: ``--plan ID`` or ``--plan=ID``, after it or before."""
    name: str | None = None
    values: dict[str, str] = {}
    rest = list(words)
    while rest:
        option = rest.pop(0)
        if not option.startswith("--"):
            if name is not None:
                raise click.UsageError(f"{option!r} is too much; give values as --plan ID")
            name = option
            continue
        option, given, value = option[2:].partition("=")
        if not given and (not rest or rest[0].startswith("--")):
            raise click.UsageError(f"--{option} needs a value")
        if option.replace("-", "_") in values:
            raise click.UsageError(f"--{option} is given twice; ask once for each")
        values[option.replace("-", "_")] = value if given else rest.pop(0)
    return name, values


def tell_wrong(errors: Iterable[PlanweaveError]) -> None:
    """Say what is wrong with files that are not in a list for that."""
    from planweave.showing import shown_text

    for error in errors:
        click.echo(f"planweave: {shown_text(str(error))}", err=True)
