"""Labels in running text: "Lead: Housing Options", "Action 2 – Open a hub", several in one line."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from planweave.reading.headings import Headings, Meaning

__all__ = ["Labelled", "label_of", "labelled"]

BULLET: Final = re.compile(r"^\s*(?:[-–—•*·▪●‣o]\s+)?")
LABEL: Final = re.compile(
    r"(?:^|(?<=[.;|,)]\s)|(?<=\s[–—-]\s)|(?<=\s\s))(?P<label>[A-Z][^:–—.;|]{1,48}?)\s*(?::|\s[–—-](?=\s)|[–—](?=\s))\s*"
)
NUMBER: Final = re.compile(r"\s*(?:no\.?\s*)?#?\s*(?P<ref>[A-Z]{0,3}\d+(?:\.\d+)*[a-z]?)\.?$", re.IGNORECASE)
MAX_WORDS: Final = 7
OF_HEADINGS: Final = frozenset({"group", "pillar", "parent"})
"""Fields whose numbered labels are headings: "Priority 1: Identify carers"."""


class Labelled(NamedTuple):
    """A label with its value: what it means, the number behind it, the value, and both as printed."""

    label: str
    meaning: Meaning
    ref: str | None
    value: str
    printed: str


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
    start = BULLET.match(line)
    body = line[start.end() :] if start else line
    marks = [
        (match, known) for match in LABEL.finditer(body) if (known := label_of(match["label"], headings)) is not None
    ]
    # Behind the first only whole headings count: "Partners: Health – lead agency" is one.
    marks = [mark for place, mark in enumerate(marks) if place == 0 or mark[1][0].how != "told"]
    if not marks or marks[0][0].start() > 0 or (marks[0][1][1] and marks[0][1][0].field in OF_HEADINGS):
        return []
    ends = [*(match.start() for match, _ in marks[1:]), len(body)]
    found = []
    for (match, (meaning, ref)), end in zip(marks, ends, strict=True):
        value = body[match.end() : end].strip()
        if len(marks) > 1:
            value = value.rstrip(" ;|,–—-")
            value = value[:-1] if value.endswith(".") and not value.endswith("..") else value
        found.append(Labelled(match["label"].strip(), meaning, ref, value, body[match.start() : end].strip()))
    return found
