"""Answers that were worked out plan by plan before anybody asked, and are kept in the workspace.

They hold what the graph says in answer to the words of the question, and nothing else. An answer that is of another
state of a plan, of other words, or of another planweave is not used: then the graph is asked.
"""

from __future__ import annotations

import hashlib
import re
import tempfile
import time
from decimal import Decimal
from functools import lru_cache
from typing import TYPE_CHECKING, Final, NamedTuple

import msgspec

from planweave.asking.conditions import Conditions, split
from planweave.asking.kept import IN_MEMORY, MEGABYTE, Lines, Run, too_long, too_many
from planweave.asking.locality import ByPlan, by_plan
from planweave.asking.tallies import Tally, tally
from planweave.asking.terms import node_of
from planweave.terms import XSD, segment
from planweave.version import engine_hash

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

    from planweave.asking.kept import Limits
    from planweave.asking.questions import Question
    from planweave.store import Node

__all__ = ["Form", "Index", "Part", "Prepared", "key_of", "preparable"]

FOLDER: Final = ".answers"
NUMBERS: Final = frozenset({XSD + "integer", XSD + "decimal"})
DAY: Final = re.compile(r"\d\d\d\d-\d\d-\d\d")


class Part(msgspec.Struct, frozen=True):
    """The rows of one plan: of which state of it, how long they are, and how many."""

    plan: str
    state: str
    length: int
    rows: int


class Index(msgspec.Struct, frozen=True):
    """What is kept of a question: its columns, the file of its rows, and the plans in their order there."""

    columns: tuple[str, ...]
    file: str
    parts: tuple[Part, ...]

    @property
    def states(self) -> list[tuple[str, str]]:
        """The plans, each with its state."""
        return [(part.plan, part.state) for part in self.parts]

    @property
    def length(self) -> int:
        """How long the file is."""
        return sum(part.length for part in self.parts)


class Form(NamedTuple):
    """How a question is prepared: its query without the conditions, and what is done with the rows.

    Where rows are only counted, ``tally`` says how.
    """

    query: str
    how: ByPlan
    conditions: Conditions | None = None
    tally: Tally | None = None

    def takes(self, name: str) -> bool:
        """Say whether a value of this name can be answered from the rows."""
        return name in self.how.fixed or (self.conditions is not None and name in self.conditions.given)


@lru_cache(maxsize=256)
def preparable(question: Question) -> Form | None:
    """Say how a question is prepared, None where it cannot be.

    What it needs to be given has to be something that can be picked from the rows afterwards, or in a condition
    that can be asked of them.
    """
    how = by_plan(question.sparql)
    if how is None:
        return None
    others = [one for one in question.parameters if one.name not in how.fixed | {"plan"}]
    names = [one.name for one in others]
    form = Form(question.sparql, how)
    if others and (parts := split(question.sparql, names, question.columns)):
        rest = by_plan(parts.query)
        if rest and rest.fixed.issuperset(parts.conditions.columns):
            form = Form(parts.query, rest, parts.conditions)
    elif others and (counts := tally(question.sparql, names, question.columns)):
        rest = by_plan(counts.parts.query)
        if rest and rest.fixed.issuperset(counts.parts.conditions.columns):
            form = Form(counts.parts.query, how, counts.parts.conditions, counts)
    needed = [one.name for one in question.parameters if one.required]
    # Where two are picked by, every pair of them would be a row.
    few = len(form.how.fixed.intersection(needed)) <= 1
    return form if few and all(map(form.takes, needed)) else None


def key_of(question: Question) -> str:
    """Name all that an answer depends on but the plans."""
    return hashlib.sha256(f"{engine_hash()}\n{question.sparql}".encode()).hexdigest()[:32]


class Prepared:
    """The prepared answers of one graph.

    Parameters
    ----------
    workspace
        The folder of the graph.
    states
        Plan → what tells one state of it from another.
    """

    def __init__(self, workspace: Path, states: Mapping[str, str]) -> None:
        self.folder = workspace / FOLDER
        # Rows are sorted by the names of the plans as IRIs have them.
        self.states = sorted(states.items(), key=lambda item: segment(item[0]))

    def index(self, question: Question) -> Index | None:
        """Give what is kept of a question, if it is whole."""
        try:
            index = msgspec.json.decode((self.folder / f"{key_of(question)}.json").read_bytes(), type=Index)
            return index if (self.folder / index.file).stat().st_size == index.length else None
        except (OSError, msgspec.DecodeError):
            return None

    def answer(self, question: Question, bindings: Mapping[str, Node], limits: Limits) -> Run | None:
        """Give the answer of all plans, or None where it was not prepared and the graph has to be asked.

        Raises
        ------
        QueryError
            If a limit is reached.
        """
        started = time.monotonic()
        form = preparable(question) if self.folder.is_dir() else None
        index = self.index(question) if form and all(map(form.takes, bindings)) else None
        if form is None or index is None or index.states != self.states:
            return None
        try:
            file = (self.folder / index.file).open("rb")
        except OSError:
            return None
        whole = Lines(file, 0, sum(part.rows for part in index.parts), index.length)
        columns = index.columns
        if form.tally:
            columns = question.columns
            whole = _written(form.tally.counted(whole, index.columns, columns, bindings))
            form, bindings = form._replace(conditions=None), {}
        lines = _arranged(whole, columns, form, bindings) if bindings or form.how.keys else whole
        if lines is None:
            return None
        if lines.count > limits.rows:
            raise too_many(limits)
        if lines.length > limits.megabytes * MEGABYTE:
            raise too_long(limits)
        return Run("select", columns, lines, time.monotonic() - started)


def _arranged(lines: Lines, columns: tuple[str, ...], form: Form, bindings: Mapping[str, Node]) -> Lines | None:
    """Pick the rows that are wanted, and sort them by what comes before the plan; None where that is not plain.

    The rows come sorted by plan, and within a plan as they are to stay: Python keeps the order of equal ones.
    """
    fixed = {name: node for name, node in bindings.items() if name in form.how.fixed}
    # Most lines need not be taken apart to see that they do not hold an IRI.
    iri = next((f"<{node.value}>".encode() for node in fixed.values() if node.kind == "iri"), None)
    rows: Iterable[bytes] = lines.having(iri) if iri else lines
    if form.conditions:
        rows = form.conditions.picked(list(rows) if iri else lines, columns, bindings)
    for name, node in fixed.items():
        rows = _picked(rows, columns.index(name), node)
    if not form.how.keys:
        return _written(rows)
    found = list(rows)
    for key in reversed(form.how.keys):
        values = _comparable([line.split(b"\t")[columns.index(key.column)] for line in found])
        if values is None:
            return None
        order = sorted(range(len(found)), key=values.__getitem__, reverse=key.descending)
        found = [found[place] for place in order]
    return _written(found)


def _picked(rows: Iterable[bytes], place: int, node: Node) -> Iterator[bytes]:
    """The rows with a value in a column."""
    return (line for line in rows if node_of(line.split(b"\t")[place]) == node)


def _comparable(cells: list[bytes]) -> list[Decimal] | list[str] | None:
    """Values that Python sorts as SPARQL does: numbers, or days; None for anything else."""
    nodes = [node_of(cell) for cell in cells]
    literals = [node for node in nodes if node and node.kind == "literal"]
    if len(literals) < len(nodes):
        return None
    if all(node.datatype in NUMBERS for node in literals):
        return [Decimal(node.value) for node in literals]
    if all(node.datatype == XSD + "date" and DAY.fullmatch(node.value) for node in literals):
        return [node.value for node in literals]
    return None


def _written(rows: Iterable[bytes]) -> Lines:
    file = tempfile.SpooledTemporaryFile(max_size=IN_MEMORY)  # noqa: SIM115 - the answer's, later
    count = 0
    for line in rows:
        file.write(line + b"\n")
        count += 1
    return Lines(file, 0, count, file.tell())
