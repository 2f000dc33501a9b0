"""What has come of an answer, kept until it is whole: in memory, or where it is long in a file without a name."""

from __future__ import annotations

import json
import tempfile
import threading
import weakref
from bisect import bisect_left
from dataclasses import dataclass
from functools import cached_property
from itertools import islice
from typing import IO, TYPE_CHECKING, Final, Literal

from planweave.errors import QueryError, QueryStopped

if TYPE_CHECKING:
    from collections.abc import Iterator

    from planweave.asking.leaving import Leaving

__all__ = ["IN_MEMORY", "MEGABYTE", "Kind", "Limits", "Lines", "Run", "Taken", "too_long", "too_many"]

Kind = Literal["select", "ask", "graph"]

MEGABYTE: Final = 1 << 20
IN_MEMORY: Final = 16 * MEGABYTE


@dataclass(frozen=True)
class Limits:
    """What a query may take; reaching any of them is an error.

    Parameters
    ----------
    seconds
        How long it may run.
    rows
        How many rows or triples it may give.
    megabytes
        How long its answer may be, written down.
    memory
        How many megabytes it may use while it runs, where the system can limit that.
    leaving
        Tells when nobody waits for the answer any more; None where that cannot be known.
    """

    seconds: float = 60.0
    rows: int = 1_000_000
    megabytes: int = 1_024
    memory: int = 4_096
    leaving: Leaving | None = None


class Lines:
    """The lines of an answer, as often as they are asked for."""

    def __init__(self, file: IO[bytes], start: int, count: int, length: int = 0) -> None:
        self._file, self._start, self.count, self.length = file, start, count, length
        self._reading = threading.Lock()
        # A file that is only forgotten would be complained of.
        weakref.finalize(self, file.close)

    def __iter__(self) -> Iterator[bytes]:
        return self._from(self._start)

    def having(self, words: bytes) -> Iterator[bytes]:
        """Give the lines that hold some words."""
        # A piece that does not hold them need not be taken apart.
        for piece in self._pieces(self._start):
            if words in piece:
                yield from (line for line in piece.split(b"\n") if words in line)

    def _from(self, at: int) -> Iterator[bytes]:
        for piece in self._pieces(at):
            yield from piece.split(b"\n")

    def _pieces(self, at: int) -> Iterator[bytes]:
        """Some lines at a time, without the end of the last."""
        rest = b""
        while True:
            with self._reading:
                self._file.seek(at)
                piece = self._file.read(MEGABYTE)
            if not piece:
                return
            at += len(piece)
            lines, end, after = piece.rpartition(b"\n")
            if end:
                yield rest + lines
                rest = after
            else:
                rest += piece

    def part(self, start: int, count: int) -> Iterator[bytes]:
        """Give some lines from one on, without reading those before."""
        # The first of what is read from a megabyte on is the end of a line that began before.
        megabyte = max(0, bisect_left(self._marks, start) - 1)
        skipped = start - self._marks[megabyte]
        return islice(self._from(self._start + megabyte * MEGABYTE), skipped, skipped + count)

    @cached_property
    def _marks(self) -> list[int]:
        """How many lines end before each megabyte."""
        marks, at = [0], self._start
        while True:
            with self._reading:
                self._file.seek(at)
                piece = self._file.read(MEGABYTE)
            if len(piece) < MEGABYTE:
                return marks
            marks.append(marks[-1] + piece.count(b"\n"))
            at += len(piece)

    def __len__(self) -> int:
        return self.count


@dataclass(frozen=True)
class Run:
    """A query's whole answer as the engine wrote it: TSV without its header, or N-Triples."""

    kind: Kind
    columns: tuple[str, ...]
    lines: Lines
    seconds: float


def too_many(limits: Limits, file: object = None) -> QueryStopped:
    """Give what is raised where an answer has too many rows."""
    return _too_much(f"the answer has more than {limits.rows:,} rows", "rows", file)


def too_long(limits: Limits, file: object = None) -> QueryStopped:
    """Give what is raised where an answer is too long."""
    return _too_much(f"the answer is longer than {limits.megabytes:,} megabytes", "megabytes", file)


def _too_much(what: str, limit: str, file: object) -> QueryStopped:
    return QueryStopped(what, file=file, fix=f"ask for less, for example with LIMIT, or raise the limit of {limit}")


class Taken:
    """What has come of the answer so far."""

    def __init__(self, limits: Limits, file: object) -> None:
        self._limits, self._query_file = limits, file
        self._file = tempfile.SpooledTemporaryFile(max_size=IN_MEMORY)  # noqa: SIM115 - the answer's, later
        self._lines = self._bytes = 0

    def take(self, piece: bytes) -> None:
        """Keep a piece, as long as it fits."""
        self._lines += piece.count(b"\n")
        self._bytes += len(piece)
        # The line that says what it is, and the header of TSV, are not rows.
        if self._lines > self._limits.rows + 2:
            raise too_many(self._limits, self._query_file)
        if self._bytes > self._limits.megabytes * MEGABYTE:
            raise too_long(self._limits, self._query_file)
        try:
            self._file.write(piece)
        except OSError as error:
            raise QueryError(
                f"the answer cannot be kept ({error.strerror})", file=tempfile.gettempdir(), fix="make room there"
            ) from error

    def run(self, seconds: float) -> Run:
        """Give the whole answer."""
        self._file.seek(0)
        kind, columns = json.loads(self._file.readline())
        header = 1
        if kind == "select":
            self._file.readline()
            header = 2
        rows = self._lines - header
        if rows > self._limits.rows:
            self.close()
            raise too_many(self._limits, self._query_file)
        return Run(
            kind, tuple(columns), Lines(self._file, start := self._file.tell(), rows, self._bytes - start), seconds
        )

    def close(self) -> None:
        """Forget it."""
        self._file.close()
