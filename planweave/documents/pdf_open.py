"""Tables without rules between their columns: the columns stand where the words of the header do.

A table begins at a line of three parts at least that are far apart, and goes on while lines keep to its columns.
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Final, NamedTuple

from planweave.documents.pdf_found import FoundRow, FoundTable, colour_of_mark, colours_between
from planweave.documents.pdf_lines import printed, said, text_of
from planweave.documents.pdf_page import Box
from planweave.documents.pdf_rows import groups_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from planweave.documents.pdf_lines import Printed
    from planweave.documents.pdf_page import Rule, Sheet, Word

__all__ = ["Region", "open_table", "parts_of", "regions_of"]

APART: Final = 0.6
"""What share of their size words are apart that stand in different columns, at least."""

MIN_COLUMNS: Final = 3
MIN_RULES: Final = 3
LONGEST_HEADING: Final = 80
FAR: Final = 6.0
"""Lines that are further apart, in sizes, belong to no one table unless rules say so."""

NEAR: Final = 1.45
"""Lines that are no further apart, in sizes, follow one another."""

LARGER: Final = 1.15
"""A line of letters that are so many times larger than those of the table is a heading between tables."""

STRAY: Final = 3
"""So many lines in a row that keep to no column end a table."""

MIN_SAME: Final = 2
WIDE: Final = 2.0
SLACK: Final = 1.0
ALIGNED: Final = 2.0
HALF: Final = 0.5

Span = tuple[float, float]


class Region(NamedTuple):
    """The lines of a table, from the first to behind the last, and its columns."""

    start: int
    end: int
    columns: list[Span]
    rules: list[float]


def parts_of(line: Printed) -> list[Printed]:
    """Part a line where its words are far apart."""
    parts = [[line.words[0]]]
    for word, after in pairwise(line.words):
        if after.x0 - word.x1 > APART * max(word.size, after.size):
            parts.append([])
        parts[-1].append(after)
    return [printed(part) for part in parts]


def regions_of(lines: Sequence[Printed], rules: Sequence[Rule], going_on: Sequence[Span] = ()) -> list[Region]:
    """Find the tables among the lines of a page.

    Parameters
    ----------
    lines
        The lines that stand in no other table, from the top down.
    rules
        The rules across the page that are part of no other table.
    going_on
        The columns of the table that the page before ended with; this page may go on with it.
    """
    parts = [parts_of(line) for line in lines]
    found: list[Region] = []
    place = 0
    while place < len(lines):
        region = None
        if going_on and not found and len(parts[place]) > 1 and _keep(parts[place], going_on):
            region = _grown(place, lines, parts, rules, going_on)
        if _begins(parts[place], rules):
            # A table of its own, if its columns hold more lines than those of the page before.
            fresh = _grown(place, lines, parts, rules, ())
            region = fresh if fresh and (region is None or fresh.end > region.end) else region
        if (
            region is None
            and place == len(lines) - 1
            and any(_is_header_again(parts[place], parts[other.start]) for other in found)
        ):
            # The header of a table whose rows are on the next page.
            region = Region(place, place + 1, [(part.x0, part.x1) for part in parts[place]], [])
        if region is None:
            place += 1
            continue
        floor = found[-1].end if found else 0
        found.append(_with_lines_above(region, lines, parts, floor))
        place = region.end
    return found


def _begins(parts: Sequence[Printed], rules: Sequence[Rule]) -> bool:
    needed = MIN_COLUMNS
    if len(parts) == 2 and sum(_under(rule, parts[0].x0, parts[-1].x1) for rule in rules) >= MIN_RULES:  # noqa: PLR2004
        needed = 2
    return len(parts) >= needed and all(len(said(part)) <= LONGEST_HEADING for part in parts)


def _under(rule: Rule, start: float, end: float) -> bool:
    """Say whether a rule goes along half of a width at least."""
    return min(rule.end, end) - max(rule.start, start) >= HALF * (end - start)


def _over(part: Printed, columns: Sequence[Span]) -> list[int]:
    """The columns that a part of a line stands in."""
    return [place for place, (x0, x1) in enumerate(columns) if part.x0 < x1 - SLACK and part.x1 > x0 + SLACK]


def _keep(parts: Sequence[Printed], columns: Sequence[Span]) -> bool:
    """Say whether the parts of a line stand in one column each."""
    places = [_over(part, columns) for part in parts]
    return all(len(over) == 1 for over in places) and len({over[0] for over in places}) == len(parts)


def _grown(
    start: int,
    lines: Sequence[Printed],
    parts: Sequence[Sequence[Printed]],
    rules: Sequence[Rule],
    known: Sequence[Span],
) -> Region | None:
    """Go down from a line as far as lines keep to its columns."""
    columns = list(known) or [(part.x0, part.x1) for part in parts[start]]
    left, right = columns[0][0], columns[-1][1]
    drawn = sorted(rule.at for rule in rules if _under(rule, left, right))
    end, stray, full, size = start + 1, 0, 1, lines[start].size
    for place in range(start + 1, len(lines)):
        upper, line = lines[place - 1], lines[place]
        between = [at for at in drawn if upper.middle < at < line.middle]
        crossing = any(len(_over(part, columns)) > 1 for part in parts[place])
        again = not known and _is_header_again(parts[place], parts[start])
        if again or _of_others(parts[place], columns):
            break
        larger = line.size > LARGER * size and not _is_row(place, parts, columns)
        if larger and not _heads_rows(place, start, parts, columns):
            break
        if line.top - upper.bottom > FAR * line.size and not (between and not crossing):
            break
        if crossing:
            stray += 1
            if stray >= STRAY or len(parts[place]) >= MIN_COLUMNS:
                break
            continue
        if len(parts[place]) > 1:
            columns = _widened(columns, parts[place])
            end, stray, full = place + 1, 0, full + 1
            # Headers are often smaller than their rows.
            size = max(size, line.size)
        elif place == end and _follows(upper, line, lines, end, start, drawn=between, below=drawn):
            end = place + 1
    if full < (1 if known else 2):
        return None
    rows = [parts[place] for place in range(start, end)]
    final = _columns(rows, list(known) or [(part.x0, part.x1) for part in parts[start]], fixed=bool(known))
    return Region(start, end, final, [at for at in drawn if lines[start].top - FAR * lines[start].size < at])


def _heads_rows(place: int, start: int, parts: Sequence[Sequence[Printed]], columns: Sequence[Span]) -> bool:
    """Say whether a line heads the rows below it: one part, and under it a row of these columns, not their header."""
    below = place + 1
    is_row = _is_row(below, parts, columns) and not _is_header_again(parts[below], parts[start])
    return len(parts[place]) == 1 and is_row


def _is_row(place: int, parts: Sequence[Sequence[Printed]], columns: Sequence[Span]) -> bool:
    """Say whether a line prints several columns, whatever the size of its letters."""
    return place < len(parts) and len(parts[place]) >= MIN_COLUMNS and _keep(parts[place], columns)


def _is_header_again(parts: Sequence[Printed], header: Sequence[Printed]) -> bool:
    """Say whether a line is the header printed again, or that of a table like this one: half its parts are the same."""
    if said(parts[0]).lower() != said(header[0]).lower():
        return False
    known = {said(part).lower() for part in header}
    return 2 * sum(said(part).lower() in known for part in parts) >= max(len(parts), 2 * MIN_SAME)


def _of_others(parts: Sequence[Printed], columns: Sequence[Span]) -> bool:
    """Say whether a line is of a table with other columns: two of its parts, far apart, stand in one of these."""
    return len(parts) >= MIN_COLUMNS and any(
        _over(left, columns) == _over(right, columns) != [] and right.x0 - left.x1 > WIDE * left.size
        for left, right in pairwise(parts)
    )


def _follows(
    upper: Printed,
    line: Printed,
    lines: Sequence[Printed],
    end: int,
    start: int,
    *,
    drawn: Sequence[float],
    below: Sequence[float],
) -> bool:
    """Say whether a line of one part goes on with the row above it, or is a row between rules."""
    if drawn:
        return any(at > line.middle for at in below)
    steps = [lower.middle - higher.middle for higher, lower in pairwise(lines[start:end])]
    step = line.middle - upper.middle
    return step <= max(NEAR * line.size, 1.15 * min(steps, default=0.0)) and upper.bold == line.bold


def _widened(columns: Sequence[Span], parts: Sequence[Printed]) -> list[Span]:
    """Make columns as wide as what stands in them, where that runs into no other."""
    wider = list(columns)
    for part in parts:
        over = _over(part, wider)
        if len(over) != 1:
            continue
        place = over[0]
        x0, x1 = min(wider[place][0], part.x0), max(wider[place][1], part.x1)
        left = wider[place - 1][1] if place else float("-inf")
        right = wider[place + 1][0] if place + 1 < len(wider) else float("inf")
        if x0 > left - SLACK and x1 < right + SLACK:
            wider[place] = (x0, x1)
    return wider


def _columns(rows: Sequence[Sequence[Printed]], header: list[Span], *, fixed: bool) -> list[Span]:
    """Decide where the columns stand: those of the header, and those that have no heading."""
    columns = list(header)
    several = sorted((part for parts in rows if len(parts) > 1 for part in parts), key=lambda part: part.x0 - part.x1)
    for _ in range(2):
        columns = _widened(columns, several)
    stray = [part for part in several if not _over(part, columns)]
    if not fixed:
        columns = _with_unheaded(columns, stray, header, several)
    return _widened(columns, [parts[0] for parts in rows if len(parts) == 1])


def _with_unheaded(
    columns: list[Span], stray: Sequence[Printed], header: Sequence[Span], several: Sequence[Printed]
) -> list[Span]:
    """Add the columns without a heading: where several parts begin below one another, and no heading stands over."""
    groups: list[list[Printed]] = []
    for part in sorted(stray, key=lambda part: part.x0):
        if groups and part.x0 - groups[-1][0].x0 <= ALIGNED:
            groups[-1].append(part)
        else:
            groups.append([part])
    for group in groups:
        span = (min(part.x0 for part in group), max(part.x1 for part in group))
        if len(group) < 2 or any(span[0] < x1 and span[1] > x0 for x0, x1 in columns):  # noqa: PLR2004 - several
            continue
        right = next((place for place, column in enumerate(columns) if column[0] >= span[1]), None)
        if right is not None and columns[right] in header and _bare(columns[right], several):
            # Nothing stands under the heading to the right, which is centred: this is its column.
            columns[right] = (span[0], columns[right][1])
        else:
            columns = sorted([*columns, span])
    return columns


def _bare(column: Span, parts: Sequence[Printed]) -> bool:
    """Say whether nothing but the heading stands in a column."""
    return sum(bool(_over(part, [column])) for part in parts) <= 1


def _with_lines_above(
    region: Region, lines: Sequence[Printed], parts: Sequence[Sequence[Printed]], floor: int
) -> Region:
    """Take the lines of the header above its fullest one: headings of several lines begin higher than others."""
    start = region.start
    while start > floor:
        above, line = lines[start - 1], lines[start]
        near = line.middle - above.middle <= NEAR * line.size
        parted = any(above.middle < at < line.middle for at in region.rules)
        same = above.bold == line.bold and abs(above.size - line.size) < SLACK
        if not near or parted or not same or not _keep(parts[start - 1], region.columns):
            break
        if len(parts[start - 1]) == 1 and not line.bold:
            break
        start -= 1
    return region._replace(start=start)


def open_table(region: Region, lines: Sequence[Printed], sheet: Sheet, *, by_rules: bool = False) -> FoundTable:
    """Make a table of the lines of a region.

    ``by_rules`` tells that it goes on with a table whose rows are parted by rules.
    """
    chosen = lines[region.start : region.end]
    placed = [_placed(parts_of(line), region.columns) for line in chosen]
    texts = [[said(printed(cell)) if cell else "" for cell in line] for line in placed]
    gaps = _gaps(chosen)
    breaks = [False] + [
        any(upper.middle < at < lower.middle for at in region.rules) for upper, lower in pairwise(chosen)
    ]
    ruled = sum(breaks) >= MIN_RULES - 1 or (by_rules and bool(region.rules))
    groups = groups_of(texts, gaps, breaks, ruled=ruled)
    limits = [_limit(placed, place) for place in range(len(region.columns))]
    xs, ys = _places(region, groups, chosen)
    colours = colours_between(sheet, xs, ys)
    rows = []
    for number, group in enumerate(groups):
        cells = [
            [word for line in placed[group.start : group.stop] for word in line[place]] for place in range(len(limits))
        ]
        row = FoundRow([text_of(cell, limit) for cell, limit in zip(cells, limits, strict=True)])
        row.fills = [
            (colour_of_mark(sheet.fills, Box(xs[place], ys[number], xs[place + 1], ys[number + 1])) if not text else "")
            or colours.get((number, place), "")
            for place, text in enumerate(row.cells)
        ]
        rows.append(row)
    box = Box(xs[0], chosen[0].top, xs[-1], chosen[-1].bottom)
    return FoundTable(sheet.number, box, region.columns, rows, ruled=False, by_rules=ruled)


def _limit(placed: Sequence[Sequence[Sequence[Word]]], place: int) -> float | None:
    """How far to the right a column's text goes, where several lines show it."""
    ends = [max(word.x1 for word in line[place]) for line in placed if line[place]]
    return max(ends) + SLACK if len(ends) >= MIN_COLUMNS else None


def _gaps(lines: Sequence[Printed]) -> list[float]:
    """The empty space above each line."""
    gaps, bottom = [0.0], lines[0].bottom
    for line in lines[1:]:
        gaps.append(line.top - bottom)
        bottom = max(bottom, line.bottom)
    return gaps


def _placed(parts: Sequence[Printed], columns: Sequence[Span]) -> list[list[Word]]:
    """The words of a line by column; what runs over several columns stands in the first of them."""
    cells: list[list[Word]] = [[] for _ in columns]
    for part in parts:
        over = _over(part, columns)
        if len(over) > 1 and len(parts) > 1:
            for word in part.words:
                cells[_column(word.x0, columns)].append(word)
            continue
        place = over[0] if over else _column(part.x0, columns)
        cells[place] += part.words
    return cells


def _column(x: float, columns: Sequence[Span]) -> int:
    """The last column that begins left of a place."""
    return max((place for place, (x0, _) in enumerate(columns) if x0 <= x + ALIGNED), default=0)


def _places(region: Region, groups: Sequence[range], lines: Sequence[Printed]) -> tuple[list[float], list[float]]:
    """Where cells end, across and down, halfway between what is printed in them."""
    columns = region.columns
    xs = [
        columns[0][0] - SLACK,
        *((left[1] + right[0]) / 2 for left, right in pairwise(columns)),
        columns[-1][1] + SLACK,
    ]
    ys = [lines[0].top - SLACK]
    ys += [(lines[group.start - 1].bottom + lines[group.start].top) / 2 for group in groups[1:]]
    return xs, [*ys, lines[-1].bottom + SLACK]
