"""One page of a PDF: its words, the rules drawn on it, and what is filled with a colour.

Everything is measured in points from the top left corner, the page turned so that most of its text reads from left
to right. What a library makes of a page is only looked through once.
"""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from planweave.documents.colours import colour_word

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

__all__ = ["Box", "Fill", "Rule", "Sheet", "Word", "sheet_of"]

THIN: Final = 3.0
"""A filled rectangle that is thinner, in points, is drawn as a rule."""

SHORT: Final = 4.0
"""A rule that is shorter is a mark."""

GAP: Final = 0.2
"""What share of its size a gap has that parts two words."""

SAME: Final = 1.2
"""Two equal words that are no further apart, in points, are one that was struck twice."""

BACK: Final = 0.5
RAISED: Final = 0.3
ASKEW: Final = 45
"""The way of text that runs neither along nor across the page."""

CONTROL: Final = re.compile("[\x00-\x1f\x7f\u200b-\u200f\u2028-\u202e\u2060\ufeff]")
LIGATURES: Final = re.compile("[\ufb00-\ufb06]")
BULLETS: Final = re.compile("[\uf0b7\uf0a7\uf0d8\uf0fc\uf076\uf06e\u25cf\u25aa\u25ab\u25a0\u25e6\u2023\u2043\u27a2]")
"""Signs that stand before the items of a list, those of private fonts too."""

UNREADABLE: Final = re.compile(r"\(cid:\d+\)|[\ue000-\uf8ff]")
BOLD: Final = re.compile("bold|black|heavy|demi", re.IGNORECASE)


class Box(NamedTuple):
    """A rectangle on a page."""

    x0: float
    top: float
    x1: float
    bottom: float


class Word(NamedTuple):
    """A word as printed: its text, its box, the size of its letters, and its way.

    ``way`` is 0 where it reads to the right, 90 upwards, 270 downwards, 180 upside down.
    """

    text: str
    x0: float
    top: float
    x1: float
    bottom: float
    size: float
    bold: bool = False
    way: int = 0


class Rule(NamedTuple):
    """A straight line, along the page or across it: where it stands, and from where to where it goes."""

    at: float
    start: float
    end: float


class Fill(NamedTuple):
    """Something that is filled with a colour."""

    box: Box
    colour: str


class Sheet(NamedTuple):
    """One page."""

    number: int
    width: float
    height: float
    words: list[Word]
    across: list[Rule]
    down: list[Rule]
    fills: list[Fill]
    pictures: int
    unreadable: int


def sheet_of(layout: Any, number: int) -> Sheet:  # noqa: ANN401 - a page as the library lays it out
    """Take a page's words, rules and fills."""
    width, height = float(layout.width), float(layout.height)
    items = list(_items(layout))
    words = _once(list(_words(items, height)))
    unreadable = sum(len(UNREADABLE.findall(word.text)) for word in words)
    boxes = [_drawn(item, height) for kind, item in items if kind in DRAWN]
    sheet = Sheet(
        number,
        width,
        height,
        [word._replace(text=UNREADABLE.sub("\ufffd", word.text)) for word in words],
        [rule for drawn in boxes for rule in drawn.across if rule.end - rule.start >= SHORT],
        [rule for drawn in boxes for rule in drawn.down if rule.end - rule.start >= SHORT],
        [drawn.fill for drawn in boxes if drawn.fill],
        sum(kind == "LTImage" for kind, _ in items),
        unreadable,
    )
    return _turned(sheet)


DRAWN: Final = frozenset({"LTLine", "LTRect", "LTCurve"})


def _items(layout: Iterable[Any]) -> Iterator[tuple[str, Any]]:
    """Go through everything on a page, and in the figures on it, in the order it was drawn."""
    for item in layout:
        kind = type(item).__name__
        if kind == "LTFigure":
            yield from _items(item)
        else:
            yield kind, item


def _way(matrix: tuple[float, ...]) -> int:
    """The way a letter reads, by the matrix it is drawn with."""
    along, up = matrix[0], matrix[1]
    if abs(up) <= abs(along) * 0.1:
        return 0 if along >= 0 else 180
    if abs(along) <= abs(up) * 0.1:
        return 90 if up > 0 else 270
    return ASKEW


def _frame(box: Box, way: int) -> Box:
    """A box as someone sees it who reads that way."""
    if way == 90:  # noqa: PLR2004 - a quarter of a turn
        return Box(-box.bottom, box.x0, -box.top, box.x1)
    if way == 270:  # noqa: PLR2004 - three quarters
        return Box(box.top, -box.x1, box.bottom, -box.x0)
    if way == 180:  # noqa: PLR2004 - half a turn
        return Box(-box.x1, -box.bottom, -box.x0, -box.top)
    return box


class _Begun:
    """A word that letters are still added to."""

    __slots__ = ("bold", "box", "frame", "last", "letters", "size", "way")

    def __init__(self, letter: str, box: Box, frame: Box, size: float, way: int, *, bold: bool) -> None:
        self.letters, self.box, self.frame, self.last = [letter], box, frame, frame
        self.size, self.way, self.bold = size, way, bold

    def takes(self, frame: Box, size: float, way: int) -> bool:
        """Say whether a letter goes on with this word."""
        if way != self.way or not 0.8 < size / self.size < 1.25:  # noqa: PLR2004 - about the same size
            return False
        level = abs((frame.top + frame.bottom) - (self.last.top + self.last.bottom)) < 2 * RAISED * size
        return level and -BACK * size < frame.x0 - self.frame.x1 < GAP * size

    def struck_twice(self, letter: str, frame: Box) -> bool:
        """Say whether a letter is this word's last one, struck again to look bold."""
        last = self.last
        if letter != self.letters[-1] or abs(frame.top - last.top) > SAME:
            return False
        return abs(frame.x0 - last.x0) < max(0.3 * (last.x1 - last.x0), 0.05)

    def add(self, letter: str, box: Box, frame: Box) -> None:
        self.letters.append(letter)
        self.last = frame
        self.frame = _around(self.frame, frame)
        self.box = _around(self.box, box)

    def word(self) -> Word:
        return Word("".join(self.letters), *self.box, self.size, self.bold, self.way)


def _around(one: Box, other: Box) -> Box:
    return Box(min(one[0], other[0]), min(one[1], other[1]), max(one[2], other[2]), max(one[3], other[3]))


def _words(items: Iterable[tuple[str, Any]], height: float) -> Iterator[Word]:
    """Put letters together, in the order they were drawn."""
    begun: _Begun | None = None
    bold: dict[str, bool] = {}
    for kind, item in items:
        if kind != "LTChar":
            continue
        text = item._text  # noqa: SLF001 - what get_text() gives, without the call
        text = _readable(text)
        if not text or text.isspace():
            if text and begun:
                yield begun.word()
                begun = None
            continue
        box = Box(item.x0, height - item.y1, item.x1, height - item.y0)
        way = _way(item.matrix)
        frame = _frame(box, way)
        size = max(frame.bottom - frame.top, 0.1)
        if begun and begun.struck_twice(text, frame):
            continue
        if begun and begun.takes(frame, size, way):
            begun.add(text, box, frame)
            continue
        if begun:
            yield begun.word()
        font = item.fontname
        if font not in bold:
            bold[font] = bool(BOLD.search(font))
        begun = _Begun(text, box, frame, size, way, bold=bold[font])
    if begun:
        yield begun.word()


def _readable(text: str) -> str:
    """A letter without what has no ink; ligatures as letters, signs of lists as one sign."""
    if len(text) == 1 and " " <= text <= "~":
        return text
    if text == "(cid:127)":
        # A code without a sign of its own, that shows as a bullet.
        return "\u2022"
    text = CONTROL.sub(lambda found: " " if found[0].isspace() else "", text)
    text = LIGATURES.sub(lambda found: unicodedata.normalize("NFKC", found[0]), text)
    return BULLETS.sub("\u2022", text)


def _once(words: list[Word]) -> list[Word]:
    """Leave out words that are drawn again in the same place."""
    seen: dict[tuple[str, int, int], list[Word]] = {}
    kept = []
    for word in words:
        x, y = round(word.x0), round(word.top)
        near = (other for dx in (-1, 0, 1) for dy in (-1, 0, 1) for other in seen.get((word.text, x + dx, y + dy), ()))
        if any(abs(word.x0 - other.x0) < SAME and abs(word.top - other.top) < SAME for other in near):
            continue
        seen.setdefault((word.text, x, y), []).append(word)
        kept.append(word)
    return kept


class _Drawn(NamedTuple):
    """What a drawn line or shape is on the page."""

    across: list[Rule]
    down: list[Rule]
    fill: Fill | None = None


def _drawn(item: Any, height: float) -> _Drawn:  # noqa: ANN401 - an item as the library gives it
    box = Box(item.x0, height - item.y1, item.x1, height - item.y0)
    wide, high = box.x1 - box.x0, box.bottom - box.top
    rectangle = type(item).__name__ == "LTRect"
    if high < THIN <= wide and (item.stroke or item.fill):
        return _Drawn([Rule((box.top + box.bottom) / 2, box.x0, box.x1)], [])
    if wide < THIN <= high and (item.stroke or item.fill):
        return _Drawn([], [Rule((box.x0 + box.x1) / 2, box.top, box.bottom)])
    fill = Fill(box, _colour(item.non_stroking_color)) if item.fill and type(item).__name__ != "LTLine" else None
    if not rectangle or not item.stroke:
        return _Drawn([], [], fill)
    return _Drawn(
        [Rule(box.top, box.x0, box.x1), Rule(box.bottom, box.x0, box.x1)],
        [Rule(box.x0, box.top, box.bottom), Rule(box.x1, box.top, box.bottom)],
        fill,
    )


def _colour(given: Any) -> str:  # noqa: ANN401 - a number, or several, or the name of a pattern
    """The word for a colour of grey, of red, green and blue, or of four inks."""
    try:
        parts = [min(max(float(part), 0.0), 1.0) for part in (given if isinstance(given, (tuple, list)) else [given])]
    except (TypeError, ValueError):
        return ""
    if len(parts) == 4:  # noqa: PLR2004 - cyan, magenta, yellow, black
        parts = [(1 - ink) * (1 - parts[3]) for ink in parts[:3]]
    elif len(parts) == 1:
        parts *= 3
    if len(parts) != 3:  # noqa: PLR2004 - as above
        return ""
    return colour_word("#" + "".join(f"{round(part * 255):02x}" for part in parts))


def _turned(sheet: Sheet) -> Sheet:
    """Turn a page whose text reads up, down or upside down, where that is most of it."""
    letters = dict.fromkeys((0, 90, 180, 270, ASKEW), 0)
    for word in sheet.words:
        letters[word.way] += len(word.text)
    way = max(letters, key=lambda key: letters[key])
    if way in (0, ASKEW):
        return sheet
    sideways = way in (90, 270)
    wide, high = (sheet.height, sheet.width) if sideways else (sheet.width, sheet.height)
    right = wide if way in (90, 180) else 0.0
    down = high if way in (270, 180) else 0.0

    def turned(box: Box) -> Box:
        frame = _frame(box, way)
        return Box(frame.x0 + right, frame.top + down, frame.x1 + right, frame.bottom + down)

    def rules(boxes: Iterable[Box], *, across: bool) -> list[Rule]:
        given = map(turned, boxes)
        return [Rule(box.top, box.x0, box.x1) if across else Rule(box.x0, box.top, box.bottom) for box in given]

    across = [Box(rule.start, rule.at, rule.end, rule.at) for rule in sheet.across]
    along = [Box(rule.at, rule.start, rule.at, rule.end) for rule in sheet.down]
    return sheet._replace(
        width=wide,
        height=high,
        words=[
            Word(
                word.text,
                *turned(Box(*word[1:5])),
                word.size,
                word.bold,
                (word.way - way) % 360 if word.way != ASKEW else ASKEW,
            )
            for word in sheet.words
        ],
        across=rules(along if sideways else across, across=True),
        down=rules(across if sideways else along, across=False),
        fills=[Fill(turned(fill.box), fill.colour) for fill in sheet.fills],
    )
