"""What is printed at the head or the foot of every page: it is kept, and is no part of the text."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, Final

from planweave.documents.pdf_lines import said
from planweave.documents.pdf_open import MIN_COLUMNS, parts_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from planweave.documents.pdf_lines import Printed

__all__ = ["running_lines"]

HEAD: Final = 0.12
"""What share of the page's height the lines at its head take at most, and those at its foot."""

LEVEL: Final = 6.0
"""How many points the same line may stand higher or lower on another page."""

APART: Final = 0.6
"""How far such a line is from the text, in sizes, at least."""

ALIKE: Final = 0.5
"""Letters whose sizes differ by less, in points, are of one size."""

PAGE_NUMBER: Final = re.compile(
    r"\W*(?:p\.)?\s*\d{1,4}\s*(?:(?:of|/)\s*\d{1,4})?\W*|.*\bpage\s+\d{1,4}(?:\s+of\s+\d{1,4})?\W*", re.IGNORECASE
)
NUMBERED: Final = re.compile(r"\bpage\s*\d+|\s\d{1,3}$|^\d{1,3}\s", re.IGNORECASE)
DIGITS: Final = re.compile(r"\d+")


def running_lines(pages: Mapping[int, Sequence[Printed]], heights: Mapping[int, float]) -> dict[int, set[int]]:
    """Find the lines at the head and the foot of pages that other pages have as well, and page numbers.

    Parameters
    ----------
    pages
        The lines of each page that stand in no ruled table, from the top down.
    heights
        The height of each page.

    Returns
    -------
    dict
        The places of such lines, by page.
    """
    seen: Counter[tuple[str, bool]] = Counter()
    levels: dict[tuple[str, bool], list[float]] = {}
    for page, lines in pages.items():
        for place, foot in _outermost(lines, heights[page]):
            key = _key(lines[place], foot=foot), foot
            seen[key] += 1
            levels.setdefault(key, []).append(_level(lines[place], heights[page], foot=foot))
    found: dict[int, set[int]] = {page: set() for page in pages}
    for page, lines in pages.items():
        for place, foot in _outermost(lines, heights[page]):
            key = _key(lines[place], foot=foot), foot
            level = _level(lines[place], heights[page], foot=foot)
            repeated = sum(abs(level - other) <= LEVEL for other in levels[key]) > 1
            numbered = bool(PAGE_NUMBER.fullmatch(said(lines[place]))) and foot
            if repeated or numbered:
                found[page].add(place)
    return {page: _from_the_edge(places, pages[page]) for page, places in found.items()}


def _outermost(lines: Sequence[Printed], height: float) -> Iterator[tuple[int, bool]]:
    """The lines near the upper and the lower edge, and whether it is the lower."""
    for place, line in enumerate(lines):
        if line.bottom < HEAD * height:
            # A line of several parts at the head is more likely that of a table.
            if len(parts_of(line)) < MIN_COLUMNS:
                yield place, False
        elif line.top > (1 - HEAD) * height:
            yield place, True


def _key(line: Printed, *, foot: bool) -> str:
    """The text of a line, without the number of its page."""
    text = " ".join(said(line).lower().split())
    if foot or "page" in text:
        return NUMBERED.sub(lambda match: DIGITS.sub("#", match[0]), DIGITS.sub("#", text) if "page" in text else text)
    return text


def _level(line: Printed, height: float, *, foot: bool) -> float:
    """How far a line is from its edge."""
    return height - line.bottom if foot else line.top


def _from_the_edge(places: set[int], lines: Sequence[Printed]) -> set[int]:
    """Only the lines between which and the edge nothing else is printed, and which keep away from the text."""
    kept = set()
    for order, step in ((range(len(lines)), 1), (range(len(lines) - 1, -1, -1), -1)):
        run = []
        for place in order:
            if place not in places:
                break
            run.append(place)
        while run:
            inner, last = run[-1] + step, run[-1]
            if not 0 <= inner < len(lines):
                break
            upper, lower = sorted((lines[last], lines[inner]), key=lambda line: line.top)
            if lower.top - upper.bottom >= APART * lines[last].size or abs(upper.size - lower.size) > ALIKE:
                break
            run.pop()
        kept |= set(run)
    return kept
