"""Labels in running text: "Lead: Housing Options", "Action 2 – Open a hub", several in one line or behind a text."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, NamedTuple

from planweave.reading.headings import UNKNOWN, Meaning

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from planweave.reading.headings import Headings

__all__ = [
    "NUMBERED",
    "OF_HEADINGS",
    "Labelled",
    "has_bullet",
    "label_of",
    "labelled",
    "on_one_line",
    "text_and_labels",
    "unknown_label",
    "without_bullet",
]

BULLET: Final = re.compile(r"^\s*(?:[-–—•*·▪●‣o]\s+)?")
MARK: Final = r"(?:^|(?<=[.;|,)\]]\s)|(?<=\s[–—-]\s)|(?<=[(\[])|(?<=\s\s))"
"""What stands before a label: a mark, a bracket, a gap."""

NAME: Final = r"(?:[^:–—.;|()\[\]]|\((?:s|es|ies)\)){1,48}?"
LABEL: Final = re.compile(
    rf"{MARK}(?P<label>[A-Z]{NAME}|(?<=[(\[])[a-z]{NAME}|(?<=[;|,]\s)[a-z]{NAME})\s*(?::|\s[–—-](?=\s)|[–—](?=\s))\s*"
)
STRANGE: Final = re.compile(r"(?P<label>[A-Z][\w '’/&()-]{1,38}?)\s*:\s+(?P<value>\S.*)", re.DOTALL)
"""What may be a label that nobody knows, if it comes again."""

NUMBER: Final = re.compile(r"\s*(?:no\.?\s*)?#?\s*(?P<ref>[A-Z]{0,3}\d+(?:\.\d+)*[a-z]?)\.?$", re.IGNORECASE)
NUMBERED: Final = re.compile(
    r"\s*(?:[•·▪●‣*-]\s+)?(?P<ref>\d+(?:\.\d+)+[a-z]?|\d{1,3}[a-z]?|[A-Z]{1,3}\d+(?:\.\d+)*[a-z]?)[.:)]?\s+(?=\S)"
)
"""The reference in front of an action that no label opens."""

COLON: Final = re.compile(r"(?<=\w):\s+")
CAPITAL: Final = re.compile(r"(?<=\s)[A-Z]")
CLOSE: Final = re.compile(r"(?P<label>[^:]+):\s+")
MAX_CLOSE_WORDS: Final = 4
"""Of so many words with a capital before a colon, the first from which on they are a heading begins the label."""

GAP: Final = re.compile(r"[^\S\n]{2,}")
MAX_WORDS: Final = 7
MAX_STRANGE_WORDS: Final = 5
OF_HEADINGS: Final = frozenset({"group", "pillar", "parent"})
"""Fields whose numbered labels are headings: "Priority 1: Identify carers"."""


class Labelled(NamedTuple):
    """A label with its value: what it means, the number behind it, the value, and both as printed."""

    label: str
    meaning: Meaning
    ref: str | None
    value: str
    printed: str


Mark = tuple[re.Match[str], tuple[Meaning, str | None]]


def label_of(text: str, headings: Headings) -> tuple[Meaning, str | None] | None:
    """Give what a label means, and the number that stands behind it; None if it is none."""
    text = text.strip().rstrip(":").strip()
    if not text or len(text.split()) > MAX_WORDS:
        return None
    number = NUMBER.search(text)
    if number and text[: number.start()].strip():
        base = headings.meaning(text[: number.start()])
        if base and base.how != "told" and base.field in OF_HEADINGS | {"text", "ref"}:
            return base, number["ref"]
    meaning = headings.meaning(text)
    return (meaning, None) if meaning else None


def labelled(line: str, headings: Headings) -> list[Labelled]:
    """Take a line apart into labels and values; [] where it does not begin with a label.

    Examples
    --------
    "Action – Open a hub. Lead – Housing Options. Target – May 2025." gives three.
    """
    body = without_bullet(line)
    marks = list(_marks(body, headings))
    if not marks or marks[0][0].start() > 0 or (marks[0][1][1] and marks[0][1][0].field in OF_HEADINGS):
        return []
    return list(_values(body, sorted([*marks, *_close_marks(body, marks, headings)], key=lambda mark: mark[0].start())))


def text_and_labels(line: str, headings: Headings) -> tuple[str, list[Labelled]] | None:
    """Take a line apart into what it says and the labels behind that; None where it has none there.

    Examples
    --------
    "Open a hub (Lead: Housing Options; When: May 2025)" gives "Open a hub" and two labels; so does
    "Open a hub | Lead: Housing Options | When: May 2025".
    """
    body = without_bullet(line)
    marks = [mark for mark in _marks(body, headings) if not mark[1][1]]
    if not marks or marks[0][0].start() == 0:
        return None
    text = body[: marks[0][0].start()].rstrip(" ;|,–—-")
    opened = text.endswith(("(", "["))
    parts = list(_values(body, marks))
    text = text[:-1] if text.endswith(".") and not text.endswith("..") else text
    if opened:
        text = text[:-1].rstrip()
        value = parts[-1].value.rstrip(" .")
        if value.endswith((")", "]")) and value.count(")") > value.count("("):
            value = value[:-1].rstrip()
        parts[-1] = parts[-1]._replace(value=value.removesuffix("]"))
    return text, parts


def unknown_label(line: str) -> Labelled | None:
    """Give the label that a line may open with, though nobody knows it: "Ward: Northfield"."""
    match = STRANGE.fullmatch(without_bullet(line))
    if match is None or len(match["label"].split()) > MAX_STRANGE_WORDS:
        return None
    return Labelled(match["label"].strip(), UNKNOWN, None, match["value"].strip(), line)


def on_one_line(text: str) -> str:
    """Put a text on one line; a gap of several spaces stays one, as it may stand between two labels."""
    return "  ".join(" ".join(part.split()) for part in GAP.split(text.strip()))


def has_bullet(text: str) -> bool:
    """Say whether a text opens with the mark of a list."""
    match = BULLET.match(text)
    return bool(match and match[0].strip() and match[0].strip() != "o")


def without_bullet(line: str) -> str:
    """Give a line without the mark of a list."""
    start = BULLET.match(line)
    return line[start.end() :] if start else line


def _marks(body: str, headings: Headings) -> Iterator[Mark]:
    """Go through the labels of a text, with what each means.

    Behind the first only whole headings count: "Partners: Health – lead agency" is one.
    """
    place = 0
    while match := LABEL.search(body, place):
        known = label_of(match["label"], headings)
        if known is None or (match.start() > 0 and known[0].how == "told"):
            # What is no label may have begun too early: a shorter one may stand further right.
            place = match.start("label") + 1
            continue
        yield match, known
        place = match.end()


def _close_marks(body: str, marks: Sequence[Mark], headings: Headings) -> Iterator[Mark]:
    """Find labels that only a space parts from the value before: "Lead: Housing Options When: May 2025".

    They are whole headings with a colon, and mean what no other label of the line means.
    """
    known = {meaning.field for _, (meaning, _) in marks}
    for colon in COLON.finditer(body, marks[0][0].end()):
        starts = [word.start() for word in CAPITAL.finditer(body, marks[0][0].end(), colon.start())]
        for start in starts[-MAX_CLOSE_WORDS:]:
            meaning = headings.meaning(body[start : colon.start()])
            match = CLOSE.match(body, start, colon.end())
            if match and meaning and meaning.how == "heading" and meaning.field not in {*known, "extra"}:
                known.add(meaning.field)
                yield match, (meaning, None)
                break


def _values(body: str, marks: Sequence[Mark]) -> Iterator[Labelled]:
    ends = [*(match.start() for match, _ in marks[1:]), len(body)]
    for (match, (meaning, ref)), end in zip(marks, ends, strict=True):
        value = body[match.end() : end].strip()
        if len(marks) > 1:
            value = value.rstrip(" ;|,–—-")
            value = value[:-1] if value.endswith(".") and not value.endswith("..") else value
        yield Labelled(match["label"].strip(), meaning, ref, value, body[match.start() : end].strip())
