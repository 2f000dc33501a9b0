"""Where verbs print: the console, a bar that shows how far they are, text of documents made safe."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from rich.console import Console

    from planweave.building import Progress

__all__ = ["ProgressBar", "console", "safe"]


def console(*, stderr: bool = False) -> Console:
    """Give the console to print on."""
    from rich.console import Console

    console = Console(stderr=stderr, highlight=False)
    # Where no terminal says how wide it is, tables keep to a width that reads well in a log or a README.
    return console if console.is_terminal else Console(stderr=stderr, highlight=False, width=140)


class ProgressBar:
    """Shows how far a build is, on a terminal only."""

    def __init__(self) -> None:
        from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

        errors = console(stderr=True)
        self._bar = Progress(
            TextColumn("{task.description}"),
            BarColumn(),
            MofNCompleteColumn(),
            TimeElapsedColumn(),
            console=errors,
            disable=not errors.is_terminal,
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


def safe(text: str) -> str:
    """Text of a document is no markup."""
    from rich.markup import escape

    return escape(text)
