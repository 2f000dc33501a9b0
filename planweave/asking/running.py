"""A query runs in a process of its own: it can be stopped, and its limits are its own.

The answer is taken in pieces and given to nobody before it is whole: a limit that is reached is an error and never
a shorter answer.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
import tempfile
import threading
import time
from contextlib import ExitStack, contextmanager
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple, Self

from planweave.asking.kept import MEGABYTE, Limits, Run, Taken
from planweave.errors import QueryError, QueryStopped, StoreError, nearest
from planweave.sparql.functions import FUNCTIONS
from planweave.terms import BASE, PREFIXES

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from planweave.store import Node

__all__ = ["Dataset", "Limits", "NotSparql", "run_query"]

CHILD: Final = Path(__file__).with_name("child.py")
UNKNOWN_FUNCTION: Final = re.compile(r"custom function <([^>]*)> is not supported")
FUNCTION_FILES: Final = {
    "functions": str(Path(__file__).parents[1] / "sparql" / "functions.py"),
    "stems": str(Path(__file__).parents[1] / "deriving" / "stems.py"),
}
"""The files of planweave's own functions, which the process loads where a query may use one."""

PIECE: Final = 1 << 16
OUT_OF_MEMORY: Final = (
    "memory allocation",
    "bad_alloc",
    "MemoryError",
    "Cannot allocate memory",
    "Resource temporarily unavailable",
)
KILLED: Final = -9
"""How a process ends that the system stops where memory is short."""

SIGNATURE: Final = "does not contains variable "
"""How the engine says that a variable with a value is not selected."""


class Dataset(NamedTuple):
    """The graphs that a query is asked of: those that make its default graph together, and those that it can name."""

    default: Sequence[str] = ()
    named: Sequence[str] = ()


class NotSparql(QueryError):  # noqa: N818 - as QueryError's sentences begin
    """What the engine does not take for SPARQL; the message is the engine's."""


def run_query(
    store: Path,
    query: str,
    bindings: Mapping[str, Node],
    limits: Limits,
    *,
    union: bool = True,
    dataset: Dataset | None = None,
    relative: bool = False,
    quads: Sequence[Path] = (),
    small: Sequence[str] | None = None,
    file: object = None,
) -> Run:
    """Run a query that was checked already.

    Parameters
    ----------
    store
        The folder of the Oxigraph store; it is opened for reading.
    query
        SPARQL; it can use planweave's prefixes without declaring them.
    bindings
        Variable → its value, which is handed over as a term and never becomes part of the text.
    limits
        What the query may take.
    union
        Whether the default graph is the union of all graphs. Not where the query takes its graphs by FROM:
        the engine would not look at that.
    dataset
        The graphs that are asked, whatever the query says of them.
    relative
        Whether an IRI may be written without its beginning; it is taken to begin as planweave's own do.
    quads
        Zipped N-Quads that are asked in the place of the store, where they hold all that the query looks at.
    small
        The words that do not count when two texts are compared; None where the query uses none of planweave's own
        functions (:mod:`planweave.sparql.functions`).
    file
        The file that the query stands in, for sentences.

    Raises
    ------
    NotSparql
        If the engine does not understand the query.
    QueryError
        If the query reaches a limit, or cannot be answered.
    StoreError
        If the store cannot be opened.
    KeyboardInterrupt
        After Ctrl-C; the process of the query is gone by then.
    """
    started = time.monotonic()
    request = {
        "engine": str(_engine_folder()),
        "store": str(store),
        "quads": [str(path) for path in quads],
        "query": query,
        "prefixes": PREFIXES,
        "bindings": bindings,
        "union": union and dataset is None,
        "dataset": dataset,
        "base": BASE if relative else None,
        "functions": None if small is None else {"small": small, **FUNCTION_FILES},
        "memory": limits.memory * MEGABYTE,
        "seconds": limits.seconds,
    }
    with _Child(limits) as child:
        answer = Taken(limits, file)
        try:
            child.ask(json.dumps(request).encode())
            for piece in child.pieces():
                answer.take(piece)
            _check_end(child, limits, store, file)
        except BaseException:
            answer.close()
            raise
    return answer.run(time.monotonic() - started)


def _engine_folder() -> Path:
    """Give the folder that pyoxigraph is installed in, without importing it."""
    found = find_spec("pyoxigraph")
    if found is None or found.origin is None:
        raise StoreError("pyoxigraph is not installed", fix="install planweave again")
    return Path(found.origin).parent.parent


class _Child:
    """The process; when the block ends, in whatever way, it is gone."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self.expired = False
        self._ended = ExitStack()
        self._errors = tempfile.TemporaryFile()  # noqa: SIM115 - closed with the process
        self._process = subprocess.Popen(  # noqa: S603 - this Python, a script of this package
            [sys.executable, "-I", "-S", str(CHILD)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self._errors,
        )
        self._clock = threading.Timer(limits.seconds, self._expire)
        self._clock.daemon = True

    def __enter__(self) -> Self:
        self._clock.start()
        if self._limits.leaving:
            self._ended.enter_context(self._limits.leaving.ending(self._process.kill))
        return self

    def __exit__(self, *_: object) -> None:
        self._ended.close()
        self._clock.cancel()
        self._process.kill()
        self._process.wait()
        for stream in (self._process.stdin, self._process.stdout, self._errors):
            with _may_be_broken():
                stream.close()  # type: ignore[union-attr]

    def _expire(self) -> None:
        self.expired = True
        self._process.kill()

    def ask(self, request: bytes) -> None:
        """Hand over the request; the pipe stays open, for its end would end the process."""
        stdin = self._process.stdin
        with _may_be_broken():
            stdin.write(len(request).to_bytes(8, "big") + request)  # type: ignore[union-attr]
            stdin.flush()  # type: ignore[union-attr]

    def pieces(self) -> Iterator[bytes]:
        """Give what the process writes until it ends."""
        stdout = self._process.stdout
        while piece := stdout.read1(PIECE):  # type: ignore[union-attr]
            yield piece

    def end(self) -> tuple[int, str]:
        """Wait for the end: the exit code, and what was said of it."""
        code = self._process.wait()
        self._errors.seek(0)
        return code, self._errors.read(MEGABYTE).decode(errors="replace")


@contextmanager
def _may_be_broken() -> Iterator[None]:
    """A process that is gone does not listen; how it ended is looked at afterwards."""
    try:
        yield
    except OSError:
        return


def _check_end(child: _Child, limits: Limits, store: Path, file: object) -> None:
    """Raise unless the process says that its answer is whole."""
    code, said = child.end()
    if code == 0:
        return
    if limits.leaving and limits.leaving.left:
        raise QueryStopped("the query was stopped, for nobody waits for its answer", file=file, fix="ask again")
    if child.expired:
        raise QueryStopped(
            f"the query was stopped after {limits.seconds:g} seconds",
            file=file,
            fix="ask for less, or raise the limit of seconds",
        )
    kind, message = _failure(said)
    if kind == "memory" or code == KILLED or (not kind and any(words in said for words in OUT_OF_MEMORY)):
        raise QueryStopped(
            f"the query needs more than {limits.memory:,} megabytes of memory",
            file=file,
            fix="ask for less, or raise the limit of memory",
        )
    if kind == "store":
        raise StoreError(f"the graph cannot be opened ({message})", file=store, fix="build again with --fresh")
    if kind == "syntax":
        raise NotSparql(message, file=file)
    if kind == "value":
        raise QueryError(f"a value that is given is no term ({message})", file=file, fix="give a whole IRI, or text")
    if SIGNATURE in message:
        name = message.partition(SIGNATURE)[2].split()[0]
        raise QueryError(f"{name} is given a value and not selected", file=file, fix=f"add {name} to the SELECT")
    if (unknown := UNKNOWN_FUNCTION.search(message)) is not None:
        raise QueryError(f"there is no function {unknown[1]}", file=file, fix=nearest(unknown[1], FUNCTIONS))
    what = message or f"its process ended with {code}"
    raise QueryError(f"the query cannot be answered ({what})", file=file, fix="simplify it")


def _failure(said: str) -> tuple[str, str]:
    """Read what the process said last: of what kind the failure is, and the engine's words."""
    last = said.strip().rpartition("\n")[2]
    try:
        kind, message = json.loads(last)
    except ValueError:
        return "", ""
    return str(kind), " ".join(str(message).split()).rstrip(".")
