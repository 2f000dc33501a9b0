"""Graph → file: the suffix decides the format, and a file is whole or not there."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

from planweave.errors import NotFound
from planweave.flat_files import whole_file, write_csv, write_json
from planweave.store import FORMATS, serialise
from planweave.terms import PREFIXES

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from pathlib import Path

    from planweave.records import PlanRecord
    from planweave.workspace import Build

__all__ = ["SUFFIXES", "export_graph", "quads_of", "rdf_of"]


def _write_workbook(records: Iterable[PlanRecord], path: Path) -> None:
    from planweave.spreadsheet import write_workbook  # noqa: PLC0415 - a tenth of a second, for spreadsheets alone

    write_workbook(records, path)


RECORD_WRITERS: dict[str, Callable[[Iterable[PlanRecord], Path], None]] = {
    ".csv": write_csv,
    ".json": write_json,
    ".xlsx": _write_workbook,
}
SUFFIXES = (*FORMATS, *RECORD_WRITERS)
"""The suffixes of export files."""


def export_graph(records: Iterable[PlanRecord], build: Build, path: Path, plans: Sequence[str]) -> None:
    """Write some plans of a graph to a file.

    Parameters
    ----------
    records
        The plans as records, one at a time; used by the formats that hold records.
    build
        Where the N-Quads are; used by the RDF formats.
    path
        Its suffix decides the format.
    plans
        The ids of the plans.

    RDF formats hold the plans' graphs with their provenance and, whatever the plans, the shared registers
    and the ontology; the others hold the records.

    Raises
    ------
    NotFound
        If the suffix is no format.
    PlanweaveError
        If the file cannot be written; what was there before is untouched.
    """
    suffix = path.suffix.lower()
    if suffix in RECORD_WRITERS:
        RECORD_WRITERS[suffix](records, path)
    elif suffix in FORMATS:
        with whole_file(path) as beside, beside.open("wb") as out:
            quads = io.BufferedReader(_Quads(build, plans), buffer_size=1 << 20)
            if suffix == ".nq":
                out.writelines(quads)
            else:
                serialise(quads, out, suffix, PREFIXES)
    else:
        raise NotFound(
            f"{path.suffix or path.name!r} is no format of exports",
            fix=f"end the name in {', '.join(SUFFIXES)}",
        )


def quads_of(build: Build, plans: Sequence[str], suffix: str) -> Iterator[bytes]:
    """Give the graphs of some plans, with the registers and the ontology, piece by piece.

    Parameters
    ----------
    build
        Where the N-Quads are.
    plans
        The ids of the plans.
    suffix
        ``".nq"``, ``".trig"``, or ``".nq.gz"`` for the packed N-Quads as they lie on the disk.
    """
    if suffix == ".nq.gz":
        for path in (*(build.shard(plan) for plan in sorted(plans)), build.registers):
            yield path.read_bytes()
        return
    for quads in _Quads.all_of(build, plans):
        yield quads if suffix == ".nq" else _written(quads, suffix)


def rdf_of(build: Build, plan: str, suffix: str) -> bytes:
    """Give the graph of one plan and its provenance; ``suffix`` is one of :data:`planweave.store.FORMATS`."""
    quads = build.quads(plan)
    return quads if suffix == ".nq" else _written(quads, suffix)


def _written(quads: bytes, suffix: str) -> bytes:
    out = io.BytesIO()
    serialise(quads, out, suffix, PREFIXES)
    return out.getvalue()


class _Quads(io.RawIOBase):
    """The N-Quads of a build as one binary stream, a plan at a time: the graphs in the order of their names."""

    def __init__(self, build: Build, plans: Sequence[str]) -> None:
        self._pieces: Iterator[bytes] = self.all_of(build, plans)
        self._rest = memoryview(b"")

    @staticmethod
    def all_of(build: Build, plans: Sequence[str]) -> Iterator[bytes]:
        """Give them plan by plan, and then the registers and the ontology."""
        yield from (build.quads(plan) for plan in sorted(plans))
        yield build.register_quads()

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override] # narrower than Buffer
        while not self._rest:
            piece = next(self._pieces, None)
            if piece is None:
                return 0
            self._rest = memoryview(piece)
        count = min(len(buffer), len(self._rest))
        buffer[:count] = self._rest[:count]
        self._rest = self._rest[count:]
        return count
