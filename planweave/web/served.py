"""The graph that is served: opened once, changed for the next one when a build is done, and what is made of it."""

from __future__ import annotations

import itertools
import threading
from collections import OrderedDict
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Any, Final, TypeVar

from planweave.errors import PlanweaveError
from planweave.graph import Graph
from planweave.library import FOLDERS
from planweave.workspace import POINTER, Workspace

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterator
    from pathlib import Path

    from planweave.library import Library
    from planweave.workspace import Lease

__all__ = ["Served"]

T = TypeVar("T")

ATTEMPTS: Final = 8
"""So often a build may be swapped in between opening one and being sure of it."""


MOST: Final = 100
"""So many things made of a graph are kept; those not asked for longest go first."""


class _Opened:
    """One build, its graph, who reads it, and what is made of it."""

    def __init__(self, graph: Graph, lease: Lease, stamp: object) -> None:
        self.graph, self.lease, self.stamp = graph, lease, stamp
        self.readers = 0
        self.made: OrderedDict[Hashable, Future[Any]] = OrderedDict()


class Served:
    """The graph of a workspace, always the one of the last good build.

    Who reads begins and ends with one build: its files stay until the last reader is done, also where builds are
    made beside it meanwhile.

    Parameters
    ----------
    folder
        The workspace; it may be empty as yet.
    library
        The definitions to check and ask with.
    """

    def __init__(self, folder: Path, library: Library) -> None:
        self.folder, self.library = folder, library
        self._workspace = Workspace(folder)
        self._lock = threading.Lock()
        self._now: _Opened | None = None
        self._files: object = None
        self._known: dict[Hashable, Any] = {}
        self._closed = False
        self._lanes: dict[str, ThreadPoolExecutor] = {}

    @property
    def is_empty(self) -> bool:
        """Whether nothing was built here yet."""
        return self._stamp() is None

    @property
    def is_closed(self) -> bool:
        """Whether the server is stopping."""
        return self._closed

    @contextmanager
    def reading(self) -> Iterator[Graph]:
        """Give the graph for one request.

        Raises
        ------
        NotFound
            If nothing was built here yet.
        StoreError
            If the graph cannot be opened.
        """
        opened = self._take()
        try:
            yield opened.graph
        finally:
            self._give_back(opened)

    def made(self, graph: Graph, key: Hashable, make: Callable[[], T]) -> T:
        """Give what is made of a graph, made once and kept for as long as it is asked for and the graph is served.

        Parameters
        ----------
        graph
            As :meth:`reading` gave it.
        key
            Names what is made, with all that it depends on but the graph.
        make
            Makes it; called once, while others who ask for the same wait.
        """
        future: Future[T]
        future, first = self._future(graph, key)
        if first:
            _fulfil(future, make)
        return future.result()

    def known(self, key: Hashable, make: Callable[[], T]) -> T:
        """Give what is made of the library's text files, made again only where one of them has changed.

        Parameters
        ----------
        key
            Names what is made.
        make
            Makes it.
        """
        stamp = tuple(
            (str(path), path.stat().st_mtime_ns)
            for root in self.library.roots
            for kind in FOLDERS
            for path in sorted((root / kind).glob("*"))
        )
        with self._lock:
            if self._files != stamp:
                self._files, self._known = stamp, {}
            known = self._known
        if key not in known:
            known[key] = make()
        found: T = known[key]
        return found

    def made_aside(self, graph: Graph, key: Hashable, make: Callable[[], T], lane: str = "") -> T | None:
        """Give what takes long to make, once it is there, and None until then; it is made in the background.

        Whatever goes wrong in making it is raised to the next who asks, and then it is tried again. What is made in
        the same lane is made one after the other.
        """
        future: Future[T]
        future, first = self._future(graph, key)
        if first:
            with suppress(RuntimeError):  # the server is stopping
                self._lane(lane).submit(self._make_aside, graph, future, make)
        return future.result() if future.done() else None

    def close(self) -> None:
        """Let go of everything."""
        with self._lock:
            lanes, self._closed = tuple(self._lanes.values()), True
        for lane in lanes:
            lane.shutdown(wait=False, cancel_futures=True)
        with self._lock:
            opened, self._now = self._now, None
        if opened is not None and not opened.readers:
            self._end(opened)

    def _lane(self, name: str) -> ThreadPoolExecutor:
        with self._lock:
            if self._closed:
                raise RuntimeError("the server is stopping")
            if name not in self._lanes:
                self._lanes[name] = ThreadPoolExecutor(1, thread_name_prefix=f"planweave-{name or 'aside'}")
            return self._lanes[name]

    def _future(self, graph: Graph, key: Hashable) -> tuple[Future[Any], bool]:
        with self._lock:
            made = self._made_of(graph)
            future = made.get(key)
            if future is None:
                made[key] = Future()
                _forget(made)
                return made[key], True
            made.move_to_end(key)
            if future.cancelled() or (future.done() and future.exception() is not None):
                # The failure is told once, to who asks now; the next one has it tried again.
                del made[key]
            return future, False

    def _made_of(self, graph: Graph) -> OrderedDict[Hashable, Future[Any]]:
        if self._now is not None and self._now.graph is graph:
            return self._now.made
        return OrderedDict()  # of a graph that goes out of service nothing is kept

    def _make_aside(self, graph: Graph, future: Future[T], make: Callable[[], T]) -> None:
        try:
            with self.reading() as current:
                if current is graph:
                    _fulfil(future, make)
                else:
                    future.cancel()
        except PlanweaveError as error:
            future.set_exception(error)

    def _take(self) -> _Opened:
        done = []
        with self._lock:
            stamp = self._stamp()
            if self._now is None or self._now.stamp != stamp:
                opened = self._open()
                if self._now is not None and not self._now.readers:
                    done.append(self._now)
                self._now = opened
            self._now.readers += 1
            taken = self._now
        for old in done:
            self._end(old)
        return taken

    def _give_back(self, opened: _Opened) -> None:
        with self._lock:
            opened.readers -= 1
            over = opened is not self._now and not opened.readers
        if over:
            self._end(opened)

    def _stamp(self) -> object:
        try:
            seen = (self.folder / POINTER).stat()
        except OSError:
            return None
        return seen.st_ino, seen.st_mtime_ns

    def _open(self) -> _Opened:
        """Open the current build, with a lease on it; where another one came meanwhile, that one."""
        for _ in range(ATTEMPTS):
            stamp = self._stamp()
            build = self._workspace.opened()
            lease = self._workspace.lease(build)
            try:
                if self._workspace.current() == build:
                    graph = Graph(self.folder)
                    if graph.files == build:
                        return _Opened(graph, lease, stamp)
            except BaseException:
                lease.close()
                raise
            lease.close()
        raise PlanweaveError("the graph is being built over and over", file=self.folder, fix="try again in a moment")

    def _end(self, opened: _Opened) -> None:
        opened.graph.close()
        opened.lease.close()
        if self._now is not None:
            self._workspace.tidy()


def _forget(made: OrderedDict[Hashable, Future[Any]]) -> None:
    """Let go of what was not asked for longest, where there is too much; what is being made is waited for."""
    done = (key for key, future in made.items() if future.done())
    for key in list(itertools.islice(done, max(0, len(made) - MOST))):
        del made[key]


def _fulfil(future: Future[T], make: Callable[[], T]) -> None:
    try:
        future.set_result(make())
    except BaseException as error:  # noqa: BLE001 - it is raised to who asks
        future.set_exception(error)
