"""The text of a page in the order it is read, its tables among it."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Final, NamedTuple

from planweave.documents.pdf_lines import breaks_between, joined, pitch_of
from planweave.documents.pdf_open import parts_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from planweave.documents.pdf_found import FoundTable
    from planweave.documents.pdf_lines import Printed
    from planweave.documents.pdf_page import Sheet

__all__ = ["Paragraph", "in_order", "paragraphs"]

GUTTER: Final = 8.0
"""Two columns of text are so far apart, in points, at least."""

MIN_LINES: Final = 4
MIN_WIDTH: Final = 90.0
NEARLY: Final = 30.0
"""Lines that end no further from the longest one's end, in points, are full."""

SEVERAL: Final = 3
ALIKE: Final = 0.08
"""Letters whose sizes differ by no larger share are of one size."""


class Paragraph(NamedTuple):
    """Text outside tables: a paragraph, a heading, an item of a list."""

    text: str
    page: int
    top: float
    size: float
    bold: bool
    running: bool = False
    left: float = 0.0


def in_order(
    lines: Sequence[Printed], edges: Sequence[Printed], tables: Sequence[FoundTable], sheet: Sheet
) -> Iterator[Paragraph | FoundTable]:
    """Give the paragraphs and tables of a page, from the top down; text in two columns column by column.

    ``edges`` are the lines at the page's head and foot.
    """
    middle = min([*(line.top for line in lines), *(table.box.top for table in tables)], default=0.0)
    for line in edges:
        if line.top <= middle:
            yield _paragraph([line], sheet.number)._replace(running=True)
    yield from _body(lines, tables, sheet)
    for line in edges:
        if line.top > middle:
            yield _paragraph([line], sheet.number)._replace(running=True)


def _body(lines: Sequence[Printed], tables: Sequence[FoundTable], sheet: Sheet) -> Iterator[Paragraph | FoundTable]:
    """The paragraphs and tables between the head and the foot."""
    rest = list(tables)
    run: list[Printed] = []
    rest.sort(key=lambda table: (table.box.top, table.box.x0))
    for line in [*sorted(lines, key=lambda line: line.middle), None]:
        while rest and (line is None or rest[0].box.top < line.middle):
            yield from _text(run, sheet)
            run = []
            yield rest.pop(0)
        if line is not None:
            run.append(line)
    yield from _text(run, sheet)


def _text(lines: Sequence[Printed], sheet: Sheet) -> Iterator[Paragraph]:
    """The paragraphs of text between two tables."""
    start = 0
    while start < len(lines):
        columns, end = _two_columns(lines, start)
        for column in columns:
            yield from paragraphs(column, sheet.number, sheet.width if len(columns) == 1 else 0.0)
        start = end


def _two_columns(lines: Sequence[Printed], start: int) -> tuple[list[list[Printed]], int]:
    """The text from a line on: two columns and where they end, or one that ends where two begin."""
    for place in range(start, len(lines)):
        found = _gutter(lines, place)
        if found is None:
            continue
        if place > start:
            return [list(lines[start:place])], place
        left: list[Printed] = []
        right: list[Printed] = []
        end = place
        for line in lines[place:]:
            parts = parts_of(line)
            if any(part.x0 < found and part.x1 > found for part in parts):
                break
            end += 1
            for part in parts:
                (left if part.x1 <= found else right).append(part)
        return [left, right], end
    return [list(lines[start:])], len(lines)


def _gutter(lines: Sequence[Printed], start: int) -> float | None:
    """Where the space between two columns stands that begin at a line; None where there is one column."""
    gap: tuple[float, float] | None = None
    count, widths = 0, 0.0
    for line in lines[start:]:
        parts = parts_of(line)
        if len(parts) == 1:
            if count == 0:
                return None
            if gap and line.x0 < gap[0] and line.x1 > gap[1]:
                break
            continue
        if len(parts) > 2:  # noqa: PLR2004 - more than two columns are a table
            break
        space = (parts[0].x1, parts[1].x0)
        narrowed = space if gap is None else (max(gap[0], space[0]), min(gap[1], space[1]))
        if narrowed[1] - narrowed[0] < GUTTER:
            break
        gap, count = narrowed, count + 1
        widths += min(parts[0].x1 - parts[0].x0, parts[1].x1 - parts[1].x0)
    if gap is None or count < MIN_LINES or widths < MIN_WIDTH * count:
        return None
    return (gap[0] + gap[1]) / 2


def paragraphs(lines: Sequence[Printed], page: int, width: float) -> Iterator[Paragraph]:
    """Put the lines of paragraphs together; ``width`` is that of the page, or 0 in a column of it."""
    if not lines:
        return
    limit = _margin(lines, width)
    pitch = pitch_of(lines)
    run = [lines[0]]
    for upper, lower in pairwise(lines):
        other = abs(upper.size - lower.size) > ALIKE * upper.size or upper.bold != lower.bold
        far = pitch is not None and lower.middle - upper.middle > 1.5 * max(pitch, lower.size)
        if other or far or breaks_between([upper, lower], limit)[0]:
            yield _paragraph(run, page)
            run = []
        run.append(lower)
    yield _paragraph(run, page)


def _margin(lines: Sequence[Printed], width: float) -> float:
    """How far to the right text goes: as far as several lines do, else as far as it begins from the other edge."""
    furthest = max(line.x1 for line in lines)
    full = sum(line.x1 > furthest - NEARLY for line in lines)
    if full >= SEVERAL or not width:
        return furthest + 1
    return max(furthest, width - min(line.x0 for line in lines)) + 1


def _paragraph(lines: Sequence[Printed], page: int) -> Paragraph:
    text = joined(lines, None).replace("\n", " ")
    size, bold = max(line.size for line in lines), all(line.bold for line in lines)
    return Paragraph(text, page, lines[0].top, size, bold, left=lines[0].x0)
