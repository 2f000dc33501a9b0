"""Cells of outcomes and evidence → list items, indicators and numbers to reach."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from planweave.records import Target

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from planweave.reading.definition import Common

__all__ = ["Indicators", "plain", "split_items", "target_in"]

MARKUP = re.compile(r"</?(?:ul|ol|li|p|br|div|span)\b[^>]*>", re.IGNORECASE)
BREAKS = re.compile(r"\n|\s/\s|(?:^|\s)[·•▪●‣*]\s?|<li\b[^>]*>|<br\s*/?>", re.IGNORECASE)
NUMBERED = re.compile(r"(?:^|\s)(\d{1,2})[.)]\s+(?=[A-Z])")
DASH = re.compile(r"^[-–—]\s+")

NUMBER_WORDS = {
    word: number
    for number, word in enumerate(
        ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
    )
}
NUMBER = re.compile(
    r"(?<![\w./£-])(?P<digits>\d{1,3}(?:,\d{3})+|\d+(?:\.\d+)?)(?P<percent>\s?%)?(?![\d/:]|\.\d)(?P<unit>\s*[A-Za-z][\w-]*)?"
)
OPENING_WORD = re.compile(rf"^(?P<word>{'|'.join(NUMBER_WORDS)})\s+(?P<unit>[a-z][\w-]*(?:\s+[a-z][\w-]*)?)\b", re.IGNORECASE)
BRACKETS = re.compile(r"\([^)]*\)")
YEARS = range(1900, 2101)
NOT_UNITS = frozenset({"st", "nd", "rd", "th"})


def plain(cell: str) -> str:
    """Give a cell's text without layout markup, runs of white space as one space."""
    return " ".join(MARKUP.sub(" ", cell).split())


class Indicators:
    """The plan's own indicator words, each with the forms it is printed in, in the loader's order."""

    def __init__(self, words: Mapping[str, Sequence[str]]) -> None:
        self._patterns = {
            name: re.compile(
                rf"\b(?:{'|'.join(re.escape(form) for form in (*forms, name))})\b", re.IGNORECASE
            )
            for name, forms in words.items()
        }

    def named_in(self, texts: Iterable[str]) -> tuple[str, ...]:
        """Give the indicators that any of the texts names."""
        joined = "\n".join(texts)
        return tuple(name for name, pattern in self._patterns.items() if pattern.search(joined))

    def opening(self, item: str) -> int:
        """Give the length of the indicator word that opens an item, 0 if none does."""
        for pattern in self._patterns.values():
            match = pattern.match(item)
            if match:
                return match.end()
        return 0


def split_items(cell: str, indicators: Indicators) -> tuple[str, ...]:
    """Split a cell at bullets, line breaks, numbered items, spaced slashes and indicator words.

    Examples
    --------
    >>> words = Indicators({"brief": (), "non-reoccurring": ()})
    >>> split_items("Brief Support 12 individuals pa", words)
    ('Brief', 'Support 12 individuals pa')
    >>> split_items("Resources/media/feedback", words)
    ('Resources/media/feedback',)
    """
    items = []
    for piece in BREAKS.split(cell):
        for part in _numbered(MARKUP.sub(" ", piece)):
            text = DASH.sub("", " ".join(part.split())).strip()
            opened = indicators.opening(text)
            rest = re.sub(r"^[\s\-–—:,]+", "", text[opened:])
            if opened and rest and (rest[0].isupper() or rest[0].isdigit()):
                items += [text[:opened], rest]
            elif text:
                items.append(text)
    return tuple(item for item in items if any(letter.isalnum() for letter in item))


def _numbered(text: str) -> list[str]:
    """Split at "1. … 2. …", where the numbers begin at one and go up by one."""
    marks = list(NUMBERED.finditer(text))
    if len(marks) < 2 or [int(mark[1]) for mark in marks] != list(range(1, len(marks) + 1)):  # noqa: PLR2004
        return [text]
    ends = [*(mark.start() for mark in marks[1:]), len(text)]
    return [text[: marks[0].start()], *(text[mark.end() : end] for mark, end in zip(marks, ends, strict=True))]


def target_in(item: str, common: Common) -> Target | None:
    """Find the number to reach that an item prints; years, dates and numbers in brackets are none.

    Examples
    --------
    "Support 12 individuals pa" gives 12 individuals a year; "100% response to referrals" gives 100 %.
    """
    text = BRACKETS.sub(" ", item)
    per = _per(item, common)
    word = OPENING_WORD.match(text)
    if word:
        return Target(item, NUMBER_WORDS[word["word"].lower()], word["unit"], per)
    for match in NUMBER.finditer(text):
        number = float(match["digits"].replace(",", ""))
        unit = "%" if match["percent"] else (match["unit"] or "").strip()
        if not unit or unit.lower() in NOT_UNITS or (number in YEARS and "," not in match["digits"] and unit != "%"):
            continue
        return Target(item, int(number) if number.is_integer() else number, unit, per)
    return None


def _per(item: str, common: Common) -> str | None:
    lowered = f" {item.lower()} "
    for period in ("year", "quarter", "month", "week"):
        if any(f" {form} " in lowered.replace(".", "").replace(",", "") for form in getattr(common.targets, period)):
            return period
    return None
