"""Documents → records → quads → store, measured stage by stage on a synthetic corpus."""

from __future__ import annotations

import multiprocessing
import os
import shutil
import time
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from typing import TYPE_CHECKING

from benchmarks.apart import apart, peak_memory
from benchmarks.corpus import write_corpus
from planweave.building import build_graph
from planweave.deriving import Knowledge, load_knowledge
from planweave.library import Library
from planweave.reading.reader import Reader
from planweave.store import Store, parse_quads
from planweave.weaving import weave
from planweave.workspace import Workspace

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["HEADINGS", "Measured", "measure"]

RDFLIB_PLANS = 1000
"""The largest corpus that rdflib builds too: ten times as many would take hours and the whole memory."""

RAW_PLANS = 1000

HEADINGS = (
    ("plans", "plans"),
    ("actions", "actions"),
    ("quads", "quads"),
    ("facts", "facts per action"),
    ("sources", "provenance per action"),
    ("read", "read, s"),
    ("weave", "weave, s"),
    ("load", "load, s"),
    ("raw", "raw bulk load, s"),
    ("emission", "raw ÷ (weave + load)"),
    ("build", "whole build, s"),
    ("rebuild", "build again, one plan changed, s"),
    ("memory", "peak memory, MB"),
    ("rdflib", "rdflib memory graph, s"),
    ("ratio", "rdflib ÷ (weave + load)"),
)


@dataclass
class Measured:
    """One line of the table; times are wall seconds on all cores, memory is of the largest process."""

    plans: int
    actions: int
    quads: int
    facts: float
    sources: float
    read: float
    weave: float
    load: float
    raw: float
    emission: float
    build: float
    rebuild: float
    memory: float
    rdflib: float | None
    ratio: float | None


def measure(plans: int, folder: Path, seed: int) -> Measured:
    """Measure one size, each stage in processes of its own so that none lends another its memory."""
    shutil.rmtree(folder, ignore_errors=True)
    documents = folder / "documents"
    actions = write_corpus(documents, plans, seed=seed)
    weave_folder = folder / "weave"
    build, memory = apart(_build, documents, weave_folder)
    reading, weaving = _stages(sorted(documents.rglob("*.txt")))
    quads, provenance = apart(_count, weave_folder)
    load, raw = apart(_load, weave_folder, folder), apart(_raw_load, weave_folder, folder)
    path = min(documents.rglob("*.txt"))
    path.write_text(path.read_text(encoding="utf-8") + "\nOne more line of text.\n", encoding="utf-8")
    rebuild, _ = apart(_build, documents, weave_folder)
    plain = apart(_rdflib, weave_folder) if plans <= RDFLIB_PLANS else None
    shutil.rmtree(folder, ignore_errors=True)
    return Measured(
        plans=plans,
        actions=actions,
        quads=quads,
        facts=(quads - provenance) / actions,
        sources=provenance / actions,
        read=reading,
        weave=weaving,
        load=load,
        raw=raw,
        emission=raw / (weaving + load),
        build=build,
        rebuild=rebuild,
        memory=memory,
        rdflib=plain,
        ratio=plain / (weaving + load) if plain else None,
    )


def _build(documents: Path, weave_folder: Path) -> tuple[float, float]:
    """The whole build as a user runs it: its time, and the memory of the largest of its processes in MB."""
    started = time.perf_counter()
    report = build_graph([documents], weave_folder, Library.bundled())
    taken = time.perf_counter() - started
    if report.errors:
        raise RuntimeError(report.errors[0])
    return taken, peak_memory()


_reader: Reader
_knowledge: Knowledge


def _start() -> None:
    global _reader, _knowledge
    _reader, _knowledge = Reader(Library.bundled()), load_knowledge(Library.bundled())


def _timed(path: Path) -> tuple[float, float]:
    started = time.perf_counter()
    record = _reader.read(path)
    read = time.perf_counter()
    weave(record, (), _knowledge)
    return read - started, time.perf_counter() - read


def _stages(paths: list[Path]) -> tuple[float, float]:
    """Wall time of reading and of weaving on all cores: each document's own times, shared among the cores."""
    cores = os.cpu_count() or 1
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(cores, mp_context=context, initializer=_start) as pool:
        times = list(pool.map(_timed, paths, chunksize=max(1, min(16, len(paths) // cores))))
    return sum(read for read, _ in times) / cores, sum(woven for _, woven in times) / cores


def _count(weave_folder: Path) -> tuple[int, int]:
    build = Workspace(weave_folder).opened()
    total = provenance = 0
    for entry in build.manifest().entries:
        quads = build.quads(entry.plan)
        total += quads.count(b" .\n")
        provenance += quads.count(b"<https://w3id.org/planweave/graph/provenance/")
    return total, provenance


def _load(weave_folder: Path, folder: Path) -> float:
    """Load the shards as a build does: in chunks of about one size."""
    build = Workspace(weave_folder).opened()
    plans = [entry.plan for entry in build.manifest().entries]
    started = time.perf_counter()
    store = Store(folder / "loaded", create=True)
    for _ in store.load_all(build.quads(plan) for plan in plans):
        pass
    store.close()
    taken = time.perf_counter() - started
    shutil.rmtree(folder / "loaded")
    return taken


def _raw_load(weave_folder: Path, folder: Path) -> float:
    """Bulk-load the same quads from an N-Quads file, as anyone with pyoxigraph would.

    More than :data:`RAW_PLANS` plans are loaded from several files: one bulk load holds all of it in memory.
    """
    build = Workspace(weave_folder).opened()
    plans = [entry.plan for entry in build.manifest().entries]
    path = folder / "all.nq"
    store = Store(folder / "raw", create=True)
    taken = 0.0
    for start in range(0, len(plans), RAW_PLANS):
        with path.open("wb") as file:
            file.writelines(build.quads(plan) for plan in plans[start : start + RAW_PLANS])
        started = time.perf_counter()
        store.load_file(path)
        taken += time.perf_counter() - started
        path.unlink()
    store.close()
    shutil.rmtree(folder / "raw")
    return taken


def _rdflib(weave_folder: Path) -> float:
    """Build the same triples in an rdflib memory graph, one ``add`` each, as a script with rdflib does."""
    from rdflib import Dataset, Graph, Literal, URIRef

    from planweave.store import Text

    build = Workspace(weave_folder).opened()
    dataset = Dataset()
    taken = 0.0
    for entry in build.manifest().entries:
        quads = list(parse_quads(build.quads(entry.plan)))
        started = time.perf_counter()
        graphs: dict[str, Graph] = {}
        for name, (subject, predicate, value) in quads:
            if name not in graphs:
                graphs[name] = dataset.graph(URIRef(name))
            node = Literal(str(value)) if isinstance(value, Text) else URIRef(value)
            graphs[name].add((URIRef(subject), URIRef(predicate), node))
        taken += time.perf_counter() - started
    return taken
