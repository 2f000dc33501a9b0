"""The command line: parse, call, show. What each verb does is done elsewhere."""

from __future__ import annotations

import io
import os
import sys
from typing import Any

import click

from planweave.cli.agencies import agencies
from planweave.cli.checks import accept, check, reopen
from planweave.cli.comparing import compare
from planweave.cli.loaders import loaders
from planweave.cli.networks import draw
from planweave.cli.options import ERROR
from planweave.cli.plans import build, export, read
from planweave.cli.questions import ask
from planweave.cli.serve import serve
from planweave.cli.what_if import what_if
from planweave.errors import PlanweaveError

__all__ = ["main"]

INTERRUPTED = 130
"""The exit code after Ctrl-C, as shells have it."""


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
            result = super().invoke(ctx)
            sys.stdout.flush()
        except PlanweaveError as error:
            click.echo(f"planweave: {error}", err=True)
            ctx.exit(ERROR)
        except BrokenPipeError:
            sys.stderr.close()
            ctx.exit(0)
        except OSError as error:
            # Python would try to print the rest when it ends, and complain in its own words.
            os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
            click.echo(f"planweave: what is printed cannot be written ({error.strerror}); make room there.", err=True)
            ctx.exit(ERROR)
        else:
            return result


@click.group(cls=_Verbs, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="planweave", message="planweave %(version)s")
def main() -> None:
    """Weave the action plans of public bodies into one graph: who, by when, towards what, and what is missing."""


for verb in (build, read, check, accept, reopen, ask, compare, draw, what_if, agencies, loaders, export, serve):
    main.add_command(verb)
