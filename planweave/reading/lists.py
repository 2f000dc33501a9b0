"""Cells of outcomes and evidence → list items, indicators and numbers to reach."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from planweave.dates import find_dates
from planweave.dates.words import MONTH, pattern
from planweave.records import Target

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from planweave.reading.definition import Common

__all__ = ["Indicators", "plain", "split_items", "target_in"]

MARKUP = re.compile(r"</?(?:ul|ol|li|p|br|div|span)\b[^<>]*>", re.IGNORECASE)
BULLETS = "·•▪●‣◦○■□➢⁃∙\uf0b7\uf0a7"
"""What opens an item of a list; the last two are how Word's bullets come out as plain text."""

BREAKS = re.compile(rf"\n|\s/\s|(?<!\S)(?:[{BULLETS}]\s?|\*\s)|<li\b[^<>]*>|<br\s{{0,3}}/?>", re.IGNORECASE)
NUMBERED = re.compile(r"(?:^|\s)(?:(\d{1,2})\.\s{1,3}(?=[A-Z\d])|\(?(\d{1,2}|[a-z])\)\s{1,3}(?=\w))")
DASH = re.compile(r"^[-–—]\s+")
AFTER_INDICATOR = re.compile(r"[\s\-–—:,]+")
BEGINS = re.compile(r"[^\W_a-zß-öø-ÿ]")
"""A capital or a digit: what follows an indicator word begins anew."""

NUMBER_WORDS = {
    word: number
    for number, word in enumerate(
        ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
    )
}
NUMBER = re.compile(
    r"(?<![\w./£$€-])(?P<digits>\d{1,3}(?:,\d{3})+|\d{1,9}(?:\.\d{1,4})?)(?P<percent>\s?%)?"
    r"(?!\d|[./:]\d)(?:\s{0,2}[x×](?=\s))?(?P<unit>\s{0,3}[A-Za-z][\w-]*)?(?P<old>\s{1,3}olds?\b)?"
)
OPENING_WORD = re.compile(
    rf"(?P<word>{'|'.join(NUMBER_WORDS)})\s{{1,3}}(?P<unit>[a-z][\w-]*(?:\s{{1,3}}[a-z][\w-]*)?)\b",
    re.IGNORECASE,
)
BRACKETS = re.compile(r"\([^()]*\)")
UP_TO = re.compile(r"(?:\d\s{1,3}(?:to|or)|\bbetween\s{1,3}\d{1,9}\s{1,3}and)\s{1,3}$", re.IGNORECASE)
"""What stands before the second number of "10 to 15": a range is no one number."""

YEARS = range(1900, 2101)
IS_MONTH = pattern(MONTH)
HOW_SOON = re.compile(r"\b(?:within|for|in|over|than|after|half)\s{1,3}$", re.IGNORECASE)


def plain(cell: str) -> str:
    """Give a cell's text without layout markup, runs of white space as one space."""
    return " ".join(MARKUP.sub(" ", cell).split())


class Indicators:
    """The plan's own indicator words, each with the forms it is printed in, in the loader's order."""

    def __init__(self, words: Mapping[str, Sequence[str]]) -> None:
        self._patterns = {
            name: re.compile(rf"\b(?:{'|'.join(re.escape(form) for form in (*forms, name))})\b", re.IGNORECASE)
            for name, forms in words.items()
        }

    def named_in(self, texts: Iterable[str]) -> tuple[str, ...]:
        """Give the indicators that any of the texts names."""
        joined = "\n".join(texts)
        return tuple(name for name, forms in self._patterns.items() if forms.search(joined))

    def opening(self, item: str, start: int = 0) -> int:
        """Give the end of the indicator word that stands at a place of an item, the place if none does."""
        for forms in self._patterns.values():
            match = forms.match(item, start)
            if match:
                return match.end()
        return start


def split_items(cell: str, indicators: Indicators) -> tuple[str, ...]:
    """Split a cell at bullets, line breaks, numbered items, spaced slashes and indicator words.

    Examples
    --------
    >>> words = Indicators({"brief": (), "non-reoccurring": ()})
    >>> split_items("Brief Support 12 individuals pa", words)
    ('Brief', 'Support 12 individuals pa')
    >>> split_items("Resources/media/feedback", words)
    ('Resources/media/feedback',)
    >>> split_items("1. Events held 2. 4,000 people come", words)
    ('Events held', '4,000 people come')
    """
    items: list[str] = []
    for piece in _without_numbers([plain(piece) for piece in BREAKS.split(cell)]):
        for part in _numbered(piece):
            items += _indicated(DASH.sub("", part.strip()), indicators)
    return tuple(item for item in items if any(letter.isalnum() for letter in item))


def _indicated(text: str, indicators: Indicators) -> list[str]:
    """Take the indicator words that open an item off it, where what follows begins anew."""
    items = []
    start = 0
    while (end := indicators.opening(text, start)) > start:
        after = AFTER_INDICATOR.match(text, end)
        if after is None or not BEGINS.match(text, after.end()):
            break
        items.append(text[start:end])
        start = after.end()
    return [*items, text[start:]]


def _without_numbers(lines: list[str]) -> list[str]:
    """Take the numbers off lines that are numbered one after the other; a single one may be part of what is said."""
    said = [line for line in lines if line]
    marks = [NUMBERED.match(line) for line in said]
    values = [mark[1] or mark[2] for mark in marks if mark]
    numbers = [str(place) for place in range(1, len(said) + 1)]
    letters = [chr(ord("a") + place) for place in range(len(said))]
    if len(said) < 2 or values not in (numbers, letters):  # noqa: PLR2004 - one is no list
        return lines
    return [line[mark.end() :] for line, mark in zip(said, marks, strict=True) if mark]


def _numbered(text: str) -> list[str]:
    """Split at "1. … 2. …" and "a) … b) …", where the marks begin with the first and go up by one."""
    marks = list(NUMBERED.finditer(text))
    values = [mark[1] or mark[2] for mark in marks]
    first = ord("a") if values and values[0].isalpha() else 1
    numbers = [ord(value) if value.isalpha() else int(value) for value in values]
    if len(marks) < 2 or numbers != list(range(first, first + len(marks))):  # noqa: PLR2004 - one is no list
        return [text]
    ends = [*(mark.start() for mark in marks[1:]), len(text)]
    return [text[: marks[0].start()], *(text[mark.end() : end] for mark, end in zip(marks, ends, strict=True))]


def target_in(item: str, common: Common) -> Target | None:
    """Find the number to reach that an item prints; years, dates and numbers in brackets are none.

    Examples
    --------
    "Support 12 individuals pa" gives 12 individuals a year; "100% response to referrals" gives 100 %.
    """
    text = _without_dates(BRACKETS.sub(" ", BRACKETS.sub(" ", item)))
    words = common.targets
    word = OPENING_WORD.match(text)
    if word and not {part.lower() for part in word["unit"].split()} & set(words.uncounted):
        return Target(item, NUMBER_WORDS[word["word"].lower()], word["unit"], _per(item, common))
    for match in NUMBER.finditer(text):
        number = float(match["digits"].replace(",", ""))
        unit = "%" if match["percent"] else (match["unit"] or "").strip()
        before = text[max(0, match.start() - 30) : match.start()]
        named = set(before.lower().split()[-1:]) & set(words.things)
        if _counts(number, unit, match) and not (named or unit.lower() in words.uncounted or UP_TO.search(before)):
            return Target(item, int(number) if number.is_integer() else number, unit, _per(item, common))
    return None


def _without_dates(text: str) -> str:
    pieces, position = [], 0
    for date in find_dates(text):
        pieces.append(text[position : date.start])
        position = date.end
    return " , ".join([*pieces, text[position:]])


def _counts(number: float, unit: str, match: re.Match[str]) -> bool:
    """Say whether a number counts something: it has a unit, and is no year, day or age."""
    if not unit or IS_MONTH.fullmatch(unit) or match["old"]:
        return False
    return unit == "%" or "," in match["digits"] or number not in YEARS


def _per(item: str, common: Common) -> str | None:
    """Find how often a number is to be reached; "within a month" says how soon, "a quarter of" how many."""
    text = " ".join(item.replace(".", "").split())
    for period in ("year", "quarter", "month", "week"):
        for form in getattr(common.targets, period):
            for match in re.finditer(rf"(?<!\w){re.escape(form.replace('.', ''))}(?!\w)", text, re.IGNORECASE):
                soon = form.startswith("a ") and HOW_SOON.search(text[max(0, match.start() - 10) : match.start()])
                if not soon and not text.startswith(" of ", match.end()):
                    return period
    return None
