"""The pages of a document put together: a table that goes on over a page is one."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from planweave.documents.grid import Line, Row, Table
from planweave.documents.pdf_flow import Paragraph
from planweave.documents.pdf_found import FoundRow, FoundTable

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

__all__ = ["Joined", "join", "numbered"]

SHIFT: Final = 5.0
"""How many points the columns of a table may stand elsewhere on the next page."""

HEADER_ROWS: Final = 3
"""So many rows at most are a header that is printed again."""

LARGER: Final = 1.15
"""Letters that are so many times larger than the text's are those of headings."""

LONGEST_HEADING: Final = 120
A_THIRD: Final = 1 / 3


class Joined:
    """A table, and what every page after its first one adds."""

    def __init__(self, first: FoundTable) -> None:
        self.last = first
        self.header = [row.cells for row in first.rows[: _depth(first.rows)]]
        self.width = len(first.columns)
        self.rows: list[tuple[int, int, FoundRow]] = []
        self.repeated: list[tuple[int, str]] = []
        self._count = 0
        self._add(first, 0)

    def take(self, table: FoundTable) -> bool:
        """Go on with a table of the next page, if it is this one's."""
        if len(table.columns) != self.width:
            return False
        again = self._header_rows(table)
        if not again and not _same_columns(self.last, table):
            return False
        for row in table.rows[:again]:
            self.repeated.append((table.page, "\t".join(row.cells)))
        self._carry_down(table, again)
        self._add(table, again)
        self.last = table
        return True

    def _header_rows(self, table: FoundTable) -> int:
        """How many of the first rows are the header printed again."""
        _part_header(table, self.header[0])
        count = 0
        for row, known in zip(table.rows, self.header, strict=False):
            if _folded(row.cells) != _folded(known):
                break
            count += 1
        return count

    def _carry_down(self, table: FoundTable, start: int) -> None:
        """Cover the empty cells at a page's top that several rows share: they belong to the merged cell above."""
        if start >= len(table.rows):
            return
        for place, high in table.rows[start].reaching.items():
            for row in table.rows[start : start + high]:
                row.covered.add(place)

    def _add(self, table: FoundTable, start: int) -> None:
        for number, row in enumerate(table.rows, start=self._count + 1):
            if number <= self._count + start:
                continue
            if number > 1 and _folded(row.cells) == _folded(self.header[0]) and sum(map(bool, row.cells)) > 1:
                self.repeated.append((table.page, "\t".join(row.cells)))
            else:
                self.rows.append((table.page, number, row))
        self._count += len(table.rows)


def _part_header(table: FoundTable, header: Sequence[str]) -> None:
    """Part the header from the first row, where no rule is drawn between them because that row goes on."""
    rests = []
    for cell, heading in zip(table.rows[0].cells, header, strict=True):
        words, above = cell.split(), heading.split()
        if words[: len(above)] != above:
            return
        lines = cell.split("\n")
        while lines and above:
            above = above[len(lines.pop(0).split()) :]
        rests.append("\n".join(lines))
    if any(rests) and sum(map(bool, header)) > 1:
        first = table.rows[0]
        table.rows[0] = replace(first, cells=rests)
        table.rows.insert(0, FoundRow(list(header), fills=[""] * len(header)))


def _depth(rows: Sequence[FoundRow]) -> int:
    """How many rows the header has: more than one where cells of it span columns, or reach down."""
    depth = 1
    while depth < min(len(rows), HEADER_ROWS) and (rows[depth - 1].covered or rows[depth].covered):
        depth += 1
    return depth


def _folded(cells: Sequence[str]) -> list[str]:
    return [" ".join(cell.split()).lower() for cell in cells]


def _same_columns(one: FoundTable, other: FoundTable) -> bool:
    """Say whether the columns of two tables stand in the same places, the page's margin aside."""
    if one.ruled != other.ruled:
        return False
    first, second = one.columns[0][0], other.columns[0][0]
    pairs = zip(one.columns, other.columns, strict=True)
    if not one.ruled:
        return all(left[0] < right[1] and right[0] < left[1] for left, right in pairs)
    return all(abs((left[0] - first) - (right[0] - second)) <= SHIFT for left, right in pairs)


def join(pages: Iterable[Sequence[Paragraph | FoundTable]]) -> list[Paragraph | Joined]:
    """Put pages together, each in the order it is read; what is printed on every page parts no table."""
    found: list[Paragraph | Joined] = []
    for items in pages:
        opening = True
        for item in items:
            if isinstance(item, FoundTable):
                last = next((other for other in reversed(found) if not _running(other)), None)
                if not (opening and isinstance(last, Joined) and last.last.page < item.page and last.take(item)):
                    found.append(Joined(item))
                opening = False
            else:
                found.append(item)
                opening = opening and item.running
    return found


def _running(item: Paragraph | Joined) -> bool:
    return isinstance(item, Paragraph) and item.running


def numbered(items: Sequence[Paragraph | Joined], size: float) -> Iterator[Line | Table]:
    """Make lines and tables of what was found; each has its place in the printed text.

    Headers that are printed again, and what stands at the head and foot of the pages, come last: they part nothing.

    Parameters
    ----------
    items
        The paragraphs and tables of all pages.
    size
        The size of most letters in tables, or 0.
    """
    texts = [item for item in items if isinstance(item, Paragraph)]
    levels = _levels(texts, size)
    title = texts[0] if texts and items[0] is texts[0] and all(item.size <= texts[0].size for item in texts) else None
    line, tables = 1, 0
    rest: list[tuple[int, str]] = []
    for item in items:
        if isinstance(item, Joined):
            tables += 1
            table, line = _table(item, tables, line)
            yield table
            rest += item.repeated
        elif item.running and item is not title:
            rest.append((item.page, item.text))
        else:
            level = levels.get(_rounded(item)) if _short(item) else None
            yield Line(item.text, line, item.page, level, round(item.left))
            line += 1
    for page, text in sorted(rest, key=lambda pair: pair[0]):
        yield Line(text, line, page)
        line += 1 + text.count("\n")


def _table(found: Joined, number: int, line: int) -> tuple[Table, int]:
    """A table, and the line below it."""
    rows = []
    for page, place, row in found.rows:
        fills = tuple(row.fills) if any(row.fills) else ()
        rows.append(Row(place, line, tuple(row.cells), covered=frozenset(row.covered), fills=fills, page=page))
        line += 1 + sum(cell.count("\n") for cell in row.cells)
    return Table(number, rows[0].page, tuple(rows)), line


def _rounded(item: Paragraph) -> float:
    return round(item.size * 2) / 2


def _short(item: Paragraph) -> bool:
    """Say whether a paragraph may be a heading, by its length."""
    ended = item.text.endswith((".", ";", ",")) or item.text.startswith(("\u2022", "- ", "\u2013 "))
    return len(item.text) <= LONGEST_HEADING and not ended


def _levels(texts: Sequence[Paragraph], size: float) -> dict[float, int]:
    """The level of a heading by the size of its letters, where they are plainly larger than those of the text."""
    letters: Counter[float] = Counter()
    running: Counter[float] = Counter()
    for item in texts:
        letters[_rounded(item)] += len(item.text)
        if not item.running and not _short(item):
            running[_rounded(item)] += len(item.text)
    usual = max([size, *(key for key, count in running.items() if count >= A_THIRD * letters[key])])
    larger = sorted({_rounded(item) for item in texts if _short(item) and item.size >= LARGER * usual}, reverse=True)
    return {found: level for level, found in enumerate(larger, start=1)} if usual else {}
