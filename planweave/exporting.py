"""Graph → file: the suffix decides the format, and a file is whole or not there."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

from planweave.errors import NotFound
from planweave.flat_files import whole_file, write_csv, write_json
from planweave.spreadsheet import write_workbook
from planweave.store import FORMATS, serialise
from planweave.terms import PREFIXES

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from planweave.graph import Graph
    from planweave.workspace import Build

__all__ = ["SUFFIXES", "export_graph"]

RECORD_WRITERS = {".csv": write_csv, ".json": write_json, ".xlsx": write_workbook}
SUFFIXES = (*FORMATS, *RECORD_WRITERS)
"""The suffixes of export files."""


def export_graph(graph: Graph, build: Build, path: Path, plans: Sequence[str]) -> None:
    """Write some plans of a graph to a file.

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
        RECORD_WRITERS[suffix]((graph.plan(plan) for plan in plans), path)
    elif suffix in FORMATS:
        with whole_file(path) as beside, beside.open("wb") as out:
            quads = io.BufferedReader(_Quads(build, plans), buffer_size=1 << 20)
            if suffix == ".nq":
                out.writelines(quads)
            else:
                serialise(quads, out, suffix, PREFIXES)
    else:
        raise NotFound(
            f"{path.suffix or path.name!r} is no format of exports", fix=f"end the name in {', '.join(SUFFIXES)}"
        )


class _Quads(io.RawIOBase):
    """The N-Quads of a build as one binary stream, a plan at a time: the graphs in the order of their names."""

    def __init__(self, build: Build, plans: Sequence[str]) -> None:
        self._pieces: Iterator[bytes] = self._all(build, plans)
        self._rest = memoryview(b"")

    @staticmethod
    def _all(build: Build, plans: Sequence[str]) -> Iterator[bytes]:
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
