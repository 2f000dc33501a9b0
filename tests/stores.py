"""Small stores on disk for tests that ask questions."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from planweave.store import Statement, Store

PW = "https://w3id.org/planweave/ontology#"
PLAN = "https://w3id.org/planweave/plan/northmoor"
NORTHMOOR = "https://w3id.org/planweave/graph/plan/northmoor"
REGISTERS = "https://w3id.org/planweave/graph/registers"


def made(folder: Path, quads: Iterable[str]) -> Path:
    """Make a store of lines of N-Quads without their full stops."""
    store = Store(folder, create=True)
    for _ in store.load_all(["".join(f"{quad} .\n" for quad in quads).encode()]):
        pass
    store.close()
    return folder


def of_statements(folder: Path, statements: Iterable[Statement]) -> Path:
    """Make a store of one named graph."""
    return made(folder, (f"{' '.join(map(str, statement))} <urn:graph>" for statement in statements))


def numbered(folder: Path, count: int) -> Path:
    """Make a store of so many triples, enough for a query that never ends."""
    return made(folder, (f'<urn:s{n}> <urn:p> "text {n}" <urn:graph>' for n in range(count)))


def northmoor(folder: Path) -> Path:
    """Make a store of a plan with two actions, and a register with one body."""
    action = f"{PLAN}/action"
    xsd = "http://www.w3.org/2001/XMLSchema#"
    return made(
        folder,
        [
            f'<{PLAN}> <{PW}title> "The plan" <{NORTHMOOR}>',
            f'<{action}/1.1> <{PW}text> "=1+1 | <b>Open</b>\\na \\"hub\\"" <{NORTHMOOR}>',
            f'<{action}/1.1> <{PW}order> "1"^^<{xsd}integer> <{NORTHMOOR}>',
            f'<{action}/1.1> <{PW}dueLatest> "2024-12-31"^^<{xsd}date> <{NORTHMOOR}>',
            f"<{action}/1.1> <{PW}status> <https://w3id.org/planweave/status/partial> <{NORTHMOOR}>",
            f'<{action}/1.2> <{PW}text> "Prävention"@de <{NORTHMOOR}>',
            f'<{action}/1.2> <{PW}order> "2"^^<{xsd}integer> <{NORTHMOOR}>',
            f'<{action}/1.2> <{PW}score> "0.50"^^<{xsd}decimal> <{NORTHMOOR}>',
            f'<urn:body> <{PW}text> "A body" <{REGISTERS}>',
        ],
    )
