"""The verb that opens the workspace in the browser: serve."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from planweave.cli.options import folder_option, library_of, library_option

if TYPE_CHECKING:
    from pathlib import Path
    from socket import socket

    from planweave.library import Library
    from planweave.web.settings import Settings

__all__ = ["serve"]


@click.command()
@click.option("--port", type=click.IntRange(0, 65535), default=8742, show_default=True, metavar="N", help="0 is any.")
@click.option(
    "--host",
    default="127.0.0.1",
    show_default=True,
    metavar="ADDRESS",
    help="Where to listen; anything but this machine's own loopback lets others read.",
)
@click.option("--name", "names", multiple=True, metavar="NAME", help="A further name under which it may be asked.")
@click.option("--open/--no-open", "opens", default=True, help="Open the browser, or only print the address.")
@folder_option("--from", "from_", "Where the graph is; it may be empty as yet.")
@library_option
def serve(
    *, port: int, host: str, names: tuple[str, ...], opens: bool, from_: Path, library_folder: Path | None
) -> None:
    """Open the workspace in the browser: see, ask, draw, check and export, on this machine, without a network.

    Prints the address to open; Ctrl-C ends it. The graph can be built anew meanwhile: the pages show the old one
    until the new one is complete.
    """
    from planweave.web.listening import listening_at

    library = library_of(library_folder, from_)
    with listening_at(host, port) as taken:
        _run(_settings(host, taken.getsockname()[1], names), from_, library, taken, opens=opens)


def _settings(host: str, port: int, names: tuple[str, ...]) -> Settings:
    from planweave.web.settings import LOOPBACK, Settings

    shown = host if ":" not in host else f"[{host}]"
    own = LOOPBACK if shown in LOOPBACK or host in {"0.0.0.0", "::"} else (shown, *LOOPBACK)  # noqa: S104 - looked for
    return Settings(host, port, tuple(dict.fromkeys((*own, *(name.lower() for name in names)))))


def _run(settings: Settings, folder: Path, library: Library, taken: socket, *, opens: bool) -> None:
    from planweave.web.app import workspace_app
    from planweave.web.listening import server_of
    from planweave.web.settings import LOOPBACK

    app = workspace_app(folder, library, settings)
    click.echo(f"planweave is at {settings.opening}")
    click.echo("Open this address; it lets this browser change things. Ctrl-C ends it.")
    if settings.host not in {name.strip("[]") for name in LOOPBACK}:
        click.echo(
            "Others on your network can reach it and read the plans; leave --host out to keep them out.", err=True
        )
    if not app.state.dressed:
        click.echo("The browser libraries are not here, so it looks plain; run make assets once.", err=True)
    if opens:
        click.launch(settings.opening)
    try:
        server_of(app).run(sockets=[taken])
    except KeyboardInterrupt:
        click.echo("Ended.")
    finally:
        app.state.served.close()
