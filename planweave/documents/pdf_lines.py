"""Words → printed lines → text: which line breaks are meant, and which only mean that a line was full."""

from __future__ import annotations

import re
from itertools import groupby, pairwise
from typing import TYPE_CHECKING, Final, NamedTuple

from planweave.documents.pdf_page import Box, Word

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

__all__ = ["Printed", "breaks_between", "joined", "lines_of", "pitch_of", "said", "text_of"]

LEVEL: Final = 0.45
"""Words whose middles are no further apart, as a share of their size, stand on one line."""

SPACE: Final = 0.25
"""About the width of a space, as a share of the size."""

TOUCHING: Final = 0.1
ITEM: Final = re.compile(
    r"(?:[•*·]|[-–—](?=\s)|\(?(?:\d{1,2}|[a-z]|[ivx]{1,4})[.)](?=\s)|\d{1,2}(?:\.\d{1,2}){1,2}[.:)]?(?=\s[A-Z]))\s?"
)
"""How an item of a list begins."""

BULLET: Final = "\u2022"
WIDTH_OF_BULLET: Final = 0.35
HYPHEN: Final = re.compile(r"[^\W\d_]-$")
SOFT_HYPHEN: Final = "\xad"
PARAGRAPH: Final = 1.3
"""How many times the usual distance between lines lies between paragraphs."""

LOOSE: Final = 1.75
"""How many times their size two lines are apart that are no paragraph, where nothing else is known."""


class Printed(NamedTuple):
    """One printed line: its words from left to right, and its box."""

    words: list[Word]
    x0: float
    top: float
    x1: float
    bottom: float

    @property
    def middle(self) -> float:
        """How far down it stands."""
        return (self.top + self.bottom) / 2

    @property
    def size(self) -> float:
        """The size of its letters."""
        return max(word.size for word in self.words)

    @property
    def bold(self) -> bool:
        """Whether all of it is bold."""
        return all(word.bold for word in self.words)


def lines_of(words: Iterable[Word]) -> list[Printed]:
    """Put words that stand on one level together, from the top down."""
    lines: list[list[Word]] = []
    leading: list[Word] = []
    for word in sorted(words, key=lambda word: (word.top + word.bottom, word.x0)):
        middle = (word.top + word.bottom) / 2
        if lines:
            head = leading[-1]
            if abs(middle - (head.top + head.bottom) / 2) <= LEVEL * max(word.size, head.size):
                lines[-1].append(word)
                if word.size > head.size:
                    leading[-1] = word
                continue
        lines.append([word])
        leading.append(word)
    return [printed(line) for line in lines]


def printed(words: Sequence[Word]) -> Printed:
    """Make a line of words that stand on one level."""
    ordered = sorted(words, key=lambda word: word.x0)
    return Printed(
        ordered,
        ordered[0].x0,
        min(word.top for word in ordered),
        max(word.x1 for word in ordered),
        max(word.bottom for word in ordered),
    )


def said(line: Printed) -> str:
    """The text of a line."""
    pieces = [line.words[0].text]
    for word, after in pairwise(line.words):
        if after.x0 - word.x1 > TOUCHING * min(word.size, after.size):
            pieces.append(" ")
        pieces.append(after.text)
    return "".join(pieces)


def text_of(words: Sequence[Word], limit: float | None = None) -> str:
    """Give the text of a cell.

    Parameters
    ----------
    words
        Its words, in any order. Those that are set upwards or downwards are read in their own direction.
    limit
        How far to the right its lines can go; None where nobody knows.
    """
    texts = []
    for way, group in groupby(sorted(words, key=lambda word: word.way), key=lambda word: word.way):
        lines = lines_of(_seen(word, way) for word in group)
        texts.append(joined(lines, limit if way == 0 else None))
    return "\n".join(filter(None, texts))


def _seen(word: Word, way: int) -> Word:
    """A word as someone sees it who reads that way."""
    if way == 90:  # noqa: PLR2004 - a quarter of a turn
        box = Box(-word.bottom, word.x0, -word.top, word.x1)
    elif way == 270:  # noqa: PLR2004 - three quarters
        box = Box(word.top, -word.x1, word.bottom, -word.x0)
    elif way == 180:  # noqa: PLR2004 - half a turn
        box = Box(-word.x1, -word.bottom, -word.x0, -word.top)
    else:
        return word
    return Word(word.text, *box, word.size, word.bold, way)


def joined(lines: Sequence[Printed], limit: float | None) -> str:
    """Join lines: at a break that is meant by a line end, else by a space or nothing."""
    text = said(lines[0]) if lines else ""
    for (line, after), meant in zip(pairwise(lines), breaks_between(lines, limit), strict=True):
        following = said(after)
        if text.endswith(SOFT_HYPHEN) or (not meant and _goes_on(text, following)):
            text += following
        else:
            text += ("\n" if meant else " ") + following
        del line
    return text.replace(SOFT_HYPHEN, "")


def _goes_on(text: str, following: str) -> bool:
    """Say whether a line ended at the hyphen of a word that is written with one."""
    return bool(HYPHEN.search(text)) and following[:1].islower()


def breaks_between(lines: Sequence[Printed], limit: float | None) -> list[bool]:
    """Say of each pair of lines whether the break between them is meant.

    It is not where the first word of the lower line would not have had room on the upper one.
    """
    pitch = pitch_of(lines)
    left = min((line.x0 for line in lines), default=0.0)
    flush = sum(line.x0 - left < 1 for line in lines)
    ragged = 2 * flush < len(lines) and len(lines) > 1
    return [_meant(upper, lower, limit, pitch, left if ragged else None) for upper, lower in pairwise(lines)]


def pitch_of(lines: Sequence[Printed]) -> float | None:
    """The distance between lines that follow one another; None where two are all there are."""
    steps = [lower.middle - upper.middle for upper, lower in pairwise(lines)]
    return min(steps) if len(steps) > 1 else None


def _meant(upper: Printed, lower: Printed, limit: float | None, pitch: float | None, left: float | None) -> bool:
    if ITEM.match(said(lower)):
        return True
    step, size = lower.middle - upper.middle, max(upper.size, lower.size)
    if step > (PARAGRAPH * max(pitch, size) if pitch else LOOSE * size):
        return True
    if limit is None:
        return False
    first = lower.words[0]
    needed = SPACE * size + (first.x1 - first.x0)
    if upper.words[0].text.startswith(BULLET):
        # The width of the sign may be unknown to the file's font, and what follows it seem too far left.
        needed += WIDTH_OF_BULLET * size
    if left is not None:
        # Lines that are centred, or flush right, have as much room as is on both sides together.
        return (upper.x1 - upper.x0) + needed <= limit - left - 0.5
    return upper.x1 + needed <= limit - 0.5
