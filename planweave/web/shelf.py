"""What pages ask for and may take long: made once, in the background, and kept for a while, so that paging is quick."""

from __future__ import annotations

import threading
from collections import OrderedDict
from concurrent.futures import Future
from concurrent.futures import TimeoutError as StillBeingMade
from typing import TYPE_CHECKING, Any, Final, TypeVar

from planweave.errors import PlanweaveError
from planweave.processes import ProcessDied, in_processes
from planweave.web.rooms import served_of

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable

    from starlette.requests import Request

    from planweave.graph import Graph
    from planweave.web.served import Served

__all__ = ["FEW", "apart", "shelf_of", "waited"]

T = TypeVar("T")
R = TypeVar("R")

FEW: Final = 40
"""A graph of so many plans is answered while the page waits; of more, the page says that it is being worked out."""

PATIENCE: Final = 25.0
BRIEF: Final = 0.25
"""Seconds that a page waits, of few plans and of many."""

AT_ONCE: Final = 3
"""So many things are made at the same time; what is asked for then waits its turn."""

MOST_BYTES: Final = 256_000_000
MOST_KEPT: Final = 300
LEAST: Final = 2_000
"""So many bytes a thing is taken for at the least."""


class _Shelf:
    """The things made of one graph; those not asked for longest go first when there are too many."""

    def __init__(self, served: Served, graph: Graph) -> None:
        self._served, self._graph = served, graph
        self._lock = threading.Lock()
        self._turns = threading.Semaphore(AT_ONCE)
        self._things: OrderedDict[Hashable, Future[Any]] = OrderedDict()

    def take(self, key: Hashable, make: Callable[[Graph], T], seconds: float) -> T | None:
        """Give a thing, None while it is being made; whatever goes wrong in making it is told once."""
        with self._lock:
            future = self._things.get(key)
            if future is None:
                future = self._things[key] = Future()
                threading.Thread(target=self._make, args=(future, make), daemon=True).start()
            self._things.move_to_end(key)
        try:
            made: T = future.result(seconds)
        except StillBeingMade:
            return None
        except BaseException:
            with self._lock:
                if self._things.get(key) is future:
                    del self._things[key]
            raise
        self._tidy()
        return made

    def _make(self, future: Future[T], make: Callable[[Graph], T]) -> None:
        try:
            with self._turns, self._served.reading() as graph:
                if graph is self._graph:
                    future.set_result(make(graph))
                else:
                    future.set_exception(
                        PlanweaveError("the plans were read again meanwhile", fix="load the page again")
                    )
        except BaseException as error:  # noqa: BLE001 - it is raised to who asks
            future.set_exception(error)

    def _tidy(self) -> None:
        with self._lock:
            done = {key: _size(future) for key, future in self._things.items() if future.done()}
            total, last = sum(done.values()), next(reversed(self._things))
            for key, size in done.items():
                if (total <= MOST_BYTES and len(self._things) <= MOST_KEPT) or key == last:
                    break
                del self._things[key]
                total -= size


def _size(future: Future[Any]) -> int:
    if future.exception() is not None:
        return 0
    return max(LEAST, int(getattr(future.result(), "size", 0)))


def shelf_of(request: Request, graph: Graph) -> _Shelf:
    """Give the shelf of a graph that is served."""
    served = served_of(request)
    return served.made(graph, "shelf", lambda: _Shelf(served, graph))


def waited(
    request: Request, graph: Graph, key: Hashable, make: Callable[[Graph], T], seconds: float | None = None
) -> T | None:
    """Give what is made of a graph; None where that takes longer than a page should, and it is still being made.

    Parameters
    ----------
    request
        What is answered.
    graph
        As ``reading`` gave it.
    key
        Names what is made, with all that it depends on but the graph.
    make
        Makes it, of the same graph, on a thread of its own. Its ``size`` says how many bytes it takes.
    seconds
        How long the page waits; as long as the size of the graph allows unless told otherwise.
    """
    patience = PATIENCE if len(graph.ids) <= FEW else BRIEF
    return shelf_of(request, graph).take(key, make, patience if seconds is None else seconds)


def apart(graph: Graph, function: Callable[[T], R], job: T) -> R:
    """Do what works long in Python: of few plans here, of many in a process of its own, so that pages stay quick.

    Parameters
    ----------
    graph
        Whose work it is.
    function
        A function of a module; what it is given and gives back has to go from process to process.
    job
        What it is given.

    Raises
    ------
    PlanweaveError
        As the function does, or if the process dies.
    """
    if len(graph.ids) <= FEW:
        return function(job)
    try:
        return next(iter(in_processes(function, [job], _begin, ())))
    except ProcessDied as error:
        raise PlanweaveError(
            "this took more memory than there is", fix="ask for one plan, or use the command line on a larger machine"
        ) from error


def _begin() -> None:
    """Start a process; it needs nothing."""
