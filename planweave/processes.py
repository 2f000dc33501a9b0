"""One function over many things, on all cores: processes of planweave's own."""

from __future__ import annotations

import multiprocessing
import os
import sys
import threading
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from types import ModuleType
from typing import TYPE_CHECKING, Any, Final, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

__all__ = ["ProcessDied", "in_processes"]

MOST_PROCESSES: Final = 61
"""What Windows can wait for."""

MOST_AT_ONCE: Final = 16

T = TypeVar("T")
R = TypeVar("R")


class ProcessDied(Exception):  # noqa: N818 - whoever started the work says what it was
    """A process ended before its work was done; usually the memory ran out."""


def in_processes(
    function: Callable[[T], R],
    things: Sequence[T],
    start: Callable[..., None],
    arguments: tuple[Any, ...],
) -> Iterator[R]:
    """Do many things of one kind in processes of their own, one a core.

    Parameters
    ----------
    function
        A function of a module; what it is given and gives back has to go from process to process.
    things
        What it is done to.
    start, arguments
        Called once in each process before anything is done there.

    Yields
    ------
    What the function gives, in the order of the things.

    Raises
    ------
    ProcessDied
        If a process dies.
    """
    # Spawned, not forked: the parent may have threads of a store's.
    context = multiprocessing.get_context("spawn")
    workers = min(os.cpu_count() or 1, MOST_PROCESSES)
    with _no_main_module():
        pool = ProcessPoolExecutor(workers, mp_context=context, initializer=_begin, initargs=(start, arguments))
        try:
            with pool:
                yield from pool.map(function, things, chunksize=max(1, min(MOST_AT_ONCE, len(things) // workers)))
        except BrokenProcessPool as error:
            raise ProcessDied from error


def _begin(start: Callable[..., None], arguments: tuple[Any, ...]) -> None:
    """Begin in a process; it ends when who started it is gone, however that ended."""
    threading.Thread(target=_end_with_parent, daemon=True).start()
    start(*arguments)


def _end_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


@contextmanager
def _no_main_module() -> Iterator[None]:
    """Let processes start without importing the script that runs this one, which may have no guard against it."""
    main = sys.modules["__main__"]
    sys.modules["__main__"] = ModuleType("__main__")
    try:
        yield
    finally:
        sys.modules["__main__"] = main
