"""The cases of the W3C SHACL test suite, read from the folder that W3C_TESTS names."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from planweave.checking import Result, read_shapes
from planweave.checking.engine import Engine, run
from planweave.checking.paths import read_path
from planweave.checking.source import SH, Source, sh
from planweave.store import MemoryStore, Node, read_statements

MF = "http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#"
SHT = "http://www.w3.org/ns/shacl-test#"
GRAPH = "urn:data"

Row = tuple[Node, str | None, Node | None, str, str]
"""Focus node, path, value, component, severity."""


@dataclass(frozen=True)
class Case:
    """One case: its name, its files, and what a report of it says, or None where it is to be refused."""

    name: str
    data: Path
    shapes: Path
    rows: frozenset[Row] | None


def folder() -> Path | None:
    """Give the suite's folder, if there is one."""
    named = os.environ.get("W3C_TESTS")
    found = Path(named) / "shacl" if named else None
    return found if found and found.is_dir() else None


def cases(suite: Path) -> Iterator[Case]:
    """Read every case of the core and SPARQL suites, by name."""
    for file in sorted(suite.rglob("*.ttl")):
        statements = list(read_statements(file))
        tests = [subject for subject, _, value in statements if value == Node(SHT + "Validate")]
        if not tests:
            continue
        about: dict[Node, dict[str, list[Node]]] = {}
        for subject, predicate, value in statements:
            about.setdefault(subject, {}).setdefault(predicate.value, []).append(value)
        for test in tests:
            action = about[about[test][MF + "action"][0]]
            expected = about[test][MF + "result"][0]
            yield Case(
                name=str(file.relative_to(suite).with_suffix("")),
                data=_file(action[SHT + "dataGraph"][0]),
                shapes=_file(action[SHT + "shapesGraph"][0]),
                rows=None if expected.kind == "iri" else _expected(file, about, expected),
            )


def _file(node: Node) -> Path:
    return Path(node.value.removeprefix("file://"))


def _expected(file: Path, about: dict[Node, dict[str, list[Node]]], report: Node) -> frozenset[Row]:
    statements = [
        (subject, Node(predicate), value)
        for subject, said in about.items()
        for predicate, values in said.items()
        for value in values
    ]
    source = Source(statements, file)

    def row(said: dict[str, list[Node]]) -> Row:
        path = said.get(SH + "resultPath")
        return (
            stored(said[SH + "focusNode"][0]),
            read_path(source, path[0]) if path else None,
            stored(said[SH + "value"][0]) if SH + "value" in said else None,
            said[SH + "sourceConstraintComponent"][0].value,
            said[SH + "resultSeverity"][0].value,
        )

    rows = frozenset(row(about[result]) for result in about[report].get(SH + "result", ()))
    assert (not rows) == (about[report][sh("conforms").value][0].value == "true")
    return rows


def stored(node: Node) -> Node:
    """Give a term as the store keeps it: ``4.0`` is kept as ``4``."""
    holding = MemoryStore({GRAPH: [(Node("urn:s"), Node("urn:p"), node)]})
    return next(value for _, _, value in holding.statements(GRAPH))


def report(case: Case, engine: Engine) -> frozenset[Row]:
    """Check a case one way."""
    store = MemoryStore({GRAPH: read_statements(case.data)})
    return frozenset(map(as_row, run(store, read_shapes(case.shapes), [GRAPH], engine=engine)))


def as_row(result: Result) -> Row:
    """Give what the suite compares of a finding."""
    value = None if result.value is None else stored(result.value)
    return stored(result.focus), result.path, value, result.component, result.severity
