"""Checking plans: all shapes on a graph of any size, and side by side with pySHACL on the same data."""

from __future__ import annotations

import shutil
import statistics
import subprocess
import sys
import time
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

from benchmarks.apart import apart, peak_memory
from benchmarks.corpus import write_corpus
from planweave.building import build_graph
from planweave.checking import compile_checks, read_shapes
from planweave.entrances import open_graph
from planweave.library import Library
from planweave.store import MemoryStore, Node
from planweave.terms import PW, XSD, plan_graph
from planweave.workspace import Workspace

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from planweave.checking import Shapes

__all__ = ["HEADINGS", "SIDE_HEADINGS", "Checked", "Side", "measure_checks", "measure_five", "measure_sides"]

AS_OF = "2024-12-31"
DAY = (Node(PW + "ThisCheck"), Node(PW + "asOf"), Node(AS_OF, "literal", XSD + "date"))
ACTIONS = (100, 100)
"""Each plan has a hundred."""

ALL_SHAPES, CORE_SHAPES = 10, 100
"""So many plans pySHACL finishes in minutes: with all shapes, and with those in SHACL Core."""

REPEATED = 5

Found: TypeAlias = "Counter[tuple[str, str, str | None]]"
"""Shape, focus node and value of each finding, as often as it is found."""

HEADINGS = (
    ("plans", "plans"),
    ("actions", "actions"),
    ("findings", "findings"),
    ("check", "check of all plans, s"),
    ("each", "per 1,000 actions, ms"),
    ("memory", "peak memory, MB"),
    ("again", "check again, nothing changed, s"),
    ("changed", "check again, one plan changed, s"),
)
SIDE_HEADINGS = (
    ("what", "shapes"),
    ("actions", "actions"),
    ("findings", "findings"),
    ("pyshacl", "pySHACL, s"),
    ("sparql", "SPARQL, s"),
    ("ratio", "pySHACL ÷ SPARQL"),
    ("loading", "SPARQL with loading, s"),
    ("ratio_loading", "pySHACL ÷ SPARQL with loading"),
)


@dataclass
class Checked:
    """One size: times are wall seconds on all cores, memory is of the largest process."""

    plans: int
    actions: int
    findings: int
    check: float
    each: float
    memory: float
    again: float
    changed: float


@dataclass
class Side:
    """The same shapes on the same graphs in memory, both ways, with equal findings; one core each."""

    what: str
    actions: int
    findings: int
    pyshacl: float
    sparql: float
    ratio: float
    loading: float
    ratio_loading: float


def measure_checks(plans: int, folder: Path, seed: int) -> Checked:
    """Measure the check of a graph: the first, one of an unchanged graph, one after a plan changed."""
    shutil.rmtree(folder, ignore_errors=True)
    documents, weave = folder / "documents", folder / "weave"
    actions = write_corpus(documents, plans, seed=seed, actions=ACTIONS)
    apart(_build, documents, weave)
    check, findings, memory = apart(_check, weave)
    again, _, _ = apart(_check, weave)
    path = min(documents.rglob("*.txt"))
    path.write_text(path.read_text(encoding="utf-8") + "\nOne more line of text.\n", encoding="utf-8")
    apart(_build, documents, weave)
    changed, _, _ = apart(_check, weave)
    shutil.rmtree(folder, ignore_errors=True)
    return Checked(plans, actions, findings, check, check / actions * 1e6, memory, again, changed)


def _build(documents: Path, weave: Path) -> None:
    report = build_graph([documents], weave, Library.bundled())
    if report.errors:
        raise RuntimeError(report.errors[0])


def _check(weave: Path) -> tuple[float, int, float]:
    """The check as a user runs it, up to the scorecards: its time, the findings, the memory."""
    started = time.perf_counter()
    with open_graph(weave) as graph:
        cards = graph.check(as_of=AS_OF).scorecards
    taken = time.perf_counter() - started
    return taken, sum(card.violations + card.warnings + card.infos for card in cards), peak_memory()


def measure_five(folder: Path) -> float:
    """Measure ``planweave check`` of the bundled plans as a shell runs it, start-up included: the median in seconds."""
    weave = folder / "weave"
    shutil.rmtree(folder, ignore_errors=True)
    _run("build", "--into", weave)
    times = []
    for _ in range(REPEATED):
        shutil.rmtree(weave / ".checks", ignore_errors=True)
        times.append(_run("check", "--from", weave, "--as-of", AS_OF))
    shutil.rmtree(folder)
    return statistics.median(times)


def _run(*arguments: object) -> float:
    started = time.perf_counter()
    command = [sys.executable, "-m", "planweave.cli", *map(str, arguments)]
    subprocess.run(command, check=True, capture_output=True)  # noqa: S603 - our own program
    return time.perf_counter() - started


def measure_sides(folder: Path, seed: int) -> list[Side]:
    """Measure both ways side by side."""
    return [
        apart(_side, folder, seed, "all", ALL_SHAPES),
        apart(_side, folder, seed, "SHACL Core", CORE_SHAPES),
    ]


def _side(folder: Path, seed: int, what: str, plans: int) -> Side:
    """PySHACL validates all plans as one rdflib graph in memory; SPARQL asks them in one Oxigraph store in memory."""
    shutil.rmtree(folder, ignore_errors=True)
    actions = write_corpus(folder / "documents", plans, seed=seed, actions=ACTIONS)
    _build(folder / "documents", folder / "weave")
    build = Workspace(folder / "weave").opened()
    graphs = {plan_graph(entry.plan): build.facts(entry.plan) for entry in build.manifest().entries}
    shutil.rmtree(folder, ignore_errors=True)
    files = [read_shapes(path) for path in Library.bundled().files("shapes", ".ttl")]
    files = [shapes for shapes in files if what == "all" or not _asks_sparql(shapes)]
    ours, loading, sparql = _by_sparql(graphs, files)
    theirs, taken = _by_pyshacl(graphs, files)
    if ours != theirs:
        raise RuntimeError(f"the two ways differ: {list((ours - theirs) + (theirs - ours))[:5]}")
    return Side(
        what=what,
        actions=actions,
        findings=ours.total(),
        pyshacl=taken,
        sparql=sparql,
        ratio=taken / sparql,
        loading=loading + sparql,
        ratio_loading=taken / (loading + sparql),
    )


def _by_sparql(graphs: Mapping[str, bytes], files: Sequence[Shapes]) -> tuple[Found, float, float]:
    """What is found, the time of loading, and the time of checking."""
    started = time.perf_counter()
    store = MemoryStore.parsed(b"".join(graphs.values()))
    loaded = time.perf_counter()
    results = list(compile_checks(files, given=[DAY]).results(store, graphs))
    done = time.perf_counter()
    found = Counter((one.shape, one.focus.value, one.value.value if one.value else None) for one in results)
    return found, loaded - started, done - loaded


def _by_pyshacl(graphs: Mapping[str, bytes], files: Sequence[Shapes]) -> tuple[Found, float]:
    """What is found, and the time of validating alone."""
    import pyshacl
    import rdflib
    from rdflib.namespace import SH

    data, shapes = rdflib.Graph(), rdflib.Graph()
    for name, quads in graphs.items():
        data.parse(data=quads.replace(f" <{name}> .\n".encode(), b" .\n"), format="nt")
    subject, predicate, day = DAY
    literal = rdflib.Literal(day.value, datatype=rdflib.URIRef(day.datatype))
    data.add((rdflib.URIRef(subject.value), rdflib.URIRef(predicate.value), literal))
    for one in files:
        shapes.parse(one.file)
    started = time.perf_counter()
    _, report, _ = pyshacl.validate(data, shacl_graph=shapes, inference="none", inplace=True)
    taken = time.perf_counter() - started
    found: Found = Counter()
    for node in report.objects(None, SH.result):
        shape, focus, value = (report.value(node, said) for said in (SH.sourceShape, SH.focusNode, SH.value))
        found[str(shape), str(focus), None if value is None else str(value)] += 1
    return found, taken


def _asks_sparql(shapes: Shapes) -> bool:
    return any(constraint.select for shape in shapes.by_name.values() for constraint in shape.constraints)
