"""The columns of a drafted definition: each heading with what it was read as, and how."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from planweave.drafting.toml_text import comment, quoted, remark
from planweave.reading.definition import fold

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from planweave.reading.columns import Column
    from planweave.reading.plan import PlanReading
    from planweave.records import PlanRecord

__all__ = ["Headed", "choices", "column_lines", "headed"]

SAMPLES: Final = 3
LONGEST_HEADING: Final = 300


@dataclass(frozen=True)
class Headed:
    """A column as a drafted definition states it.

    ``heading`` is as printed, on one line; ``field`` what it gives. ``how`` is how that was decided, "" where nobody
    knows; ``sure`` the confidence. ``places`` are the tables and columns where it stands. ``samples`` are values.
    ``stands`` is False where the heading cannot stand in ``[columns]``, and ``why`` says why not.
    """

    heading: str
    field: str
    how: str
    said: str
    sure: float
    places: tuple[tuple[int, int], ...]
    samples: tuple[str, ...]
    why: str = ""

    @property
    def known(self) -> bool:
        """Whether anybody knows what the column gives."""
        return bool(self.how)


def headed(reading: PlanReading, record: PlanRecord) -> tuple[Headed, ...]:
    """Give every column of a reading, one for each heading and field, in printed order."""
    met = {fold(heading) for heading in reading.headings_met}
    found: dict[tuple[str, str, str], list[tuple[int, Column]]] = defaultdict(list)
    for table, columns in reading.columns:
        for column in columns.columns:
            heading = remark(column.heading)
            field = column.sense or column.field
            place = f"{table}/{column.number}" if not fold(heading) else ""
            found[fold(heading), field, place].append((table, column))
    fields: dict[str, set[str]] = defaultdict(set)
    for (folded, field, _), columns_ in found.items():
        if any(column.known for _, column in columns_):
            fields[folded].add(field)
    sure = {(column.table, column.column, column.field): (column.how, column.confidence) for column in record.columns}
    made = []
    for (folded, field, _), places in found.items():
        table, column = places[0]
        how, confidence = sure.get((table, column.number, field), ("heading", 0.0))
        known = column.known and bool(column.how)
        if not folded and field == "extra" and not _samples(record, places):
            continue  # a gap between columns
        made.append(
            Headed(
                heading=remark(column.heading),
                field=field,
                how=column.how if known else "",
                said=how,
                sure=confidence,
                places=tuple(dict.fromkeys((table, column.number) for table, column in places)),
                samples=_samples(record, places),
                why=_why_not(folded, column.heading, fields[folded] - {field}, met),
            )
        )
    return tuple(made)


def _why_not(folded: str, heading: str, others: set[str], met: set[str]) -> str:
    """Say why a heading cannot be named in a definition; ``others`` are the other fields it gives."""
    if not folded:
        return "there is no heading"
    if others:
        return f"elsewhere the same heading gives {' and '.join(sorted(others))}"
    if len(heading) > LONGEST_HEADING:
        return "the heading is too long"
    return "" if folded in met else "the heading is printed in pieces"


def _samples(record: PlanRecord, places: Iterable[tuple[int, Column]]) -> tuple[str, ...]:
    """The first different values under a heading."""
    wanted = {(table, column.number, column.heading) for table, column in places}
    cells = (
        remark(cell.text)
        for action in record.actions
        for row in action.source
        for cell in row.cells
        if (row.table, cell.column, cell.heading) in wanted
    )
    return tuple(dict.fromkeys(filter(None, cells)))[:SAMPLES]


def choices(columns: tuple[Headed, ...]) -> Iterator[frozenset[Headed]]:
    """Give which headings a definition may state, the most first.

    A stated heading is the last word, so that nothing is moved or swapped for the sake of the values; where that
    changes the reading, fewer are stated and the others left to what everybody knows.
    """
    tests: tuple[Callable[[Headed], bool], ...] = (
        lambda column: column.known,
        lambda column: column.how != "position",
        lambda column: not column.how.startswith("heading"),
        lambda column: column.how.startswith("told"),
        lambda column: not column.known,
    )
    seen = []
    possible = [column for column in columns if column.known and not column.why]
    for test in tests:
        chosen = frozenset(filter(test, possible))
        if chosen not in seen:
            seen.append(chosen)
            yield chosen


def column_lines(columns: Iterable[Headed], stated: frozenset[Headed]) -> Iterator[str]:
    """Write the lines of ``[columns]``; what is not stated is a comment."""
    for column in columns:
        samples = ", ".join(comment(sample) for sample in column.samples) or "no values"
        how = "as a loader says" if column.said == "loader" else f"from the {column.said}"
        how = {"position": "from its place", "values": "from its values"}.get(column.said, how)
        told = f"{how}, confidence {column.sure:.2f}"
        if not column.heading or column.why == "there is no heading":
            table, number = column.places[0]
            what = f"read as {column.field}, {told}" if column.known else "not read as any field"
            yield f"# Column {number} of table {table} has no heading: {what}; it has {samples}"
        elif not column.known:
            yield f'# {quoted(column.heading)} = "extra"  # nobody knows this heading; it has {samples}'
        elif column in stated:
            yield f"{quoted(column.heading)} = {quoted(column.field)}  # {told}"
        else:
            moved = "the headings stand over the wrong columns, and a line for this one would keep it there"
            known = "a line for it would change how the table is read"
            why = column.why or (moved if column.how == "position" else known)
            yield f"# {quoted(column.heading)} = {quoted(column.field)}  # {told}; {why}"
