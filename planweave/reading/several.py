"""Several actions in one row: "1.1 … 1.2 …" in a cell, with a line for each in the cells beside it."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Sequence

    from planweave.reading.entries import Entry

__all__ = ["separated"]

MARK: Final = re.compile(
    r"(?P<ref>\d{1,3}(?:\.\d{1,3})+[a-z]?|[A-Z]{1,3}[.-]?\d{1,3}(?:\.\d{1,3})*[a-z]?|\d{1,3}[a-z])[:.)]?\s+(?=\S)"
)
"""What opens an action of its own; a number or a letter alone may only number the steps of one."""

STEP: Final = re.compile(r"\(?(?P<ref>\d{1,2}|[a-z]|[ivx]{1,4})[.)]\s+(?=\S)")
BULLET: Final = re.compile(r"[•·▪●‣*\-–]\s+")
SHARED: Final = frozenset({"group", "parent", "pillar", "crossref"})
MATCHED: Final = ("lead", "due", "status")


def separated(entry: Entry) -> list[Entry]:
    """Give the actions of a row, one where it prints one.

    References that go up by one, each opening a line of the action's cell, or standing in its running text, open
    an action each. Steps ("a) … b) …") do so only where a line of leads, dates or statuses stands beside each.
    """
    cell = entry.text("text")
    pieces = _pieces(cell, MARK)
    if pieces is None:
        pieces = _pieces(cell, STEP)
        if pieces is None or not any(_aligned(entry.text(name), pieces) for name in MATCHED):
            pieces = _line_by_line(entry)
    if pieces is None:
        return [entry]
    return [_part(entry, pieces, place) for place in range(len(pieces))]


def _pieces(cell: str, mark: re.Pattern[str]) -> list[tuple[str, str]] | None:
    """Cut a cell at marks that go up by one: each with the text behind it; None where there are no two."""
    lines = [line.strip() for line in cell.split("\n") if line.strip()]
    found: list[tuple[str, str]] = []
    for line in lines:
        opening = mark.match(BULLET.sub("", line, count=1))
        if opening and (not found or _follows(found[-1][0], opening["ref"])):
            found.append((opening["ref"], BULLET.sub("", line, count=1)[opening.end() :].strip()))
        elif found:
            found[-1] = (found[-1][0], f"{found[-1][1]}\n{line}")
        else:
            return None
    if len(found) == 1:
        found = _running(" ".join(cell.split()), mark)
    return found if len(found) > 1 else None


def _running(text: str, mark: re.Pattern[str]) -> list[tuple[str, str]]:
    """Cut running text at marks that go up by one, each before a capital letter."""
    cuts: list[re.Match[str]] = []
    for match in mark.finditer(text):
        opens = match.start() == 0 if not cuts else text[match.start() - 1] == " " and text[match.end()].isupper()
        if opens and (not cuts or _follows(cuts[-1]["ref"], match["ref"])):
            cuts.append(match)
    ends = [*(match.start() for match in cuts[1:]), len(text)]
    return [(match["ref"], text[match.end() : end].strip()) for match, end in zip(cuts, ends, strict=True)]


def _follows(before: str, after: str) -> bool:
    """Say whether a reference is the next one: 1.2 after 1.1, B after A, iii after ii."""
    if before.isalpha() and after.isalpha():
        numerals = ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x")
        if before in numerals[:-1] and after == numerals[numerals.index(before) + 1]:
            return True
        return len(before) == len(after) == 1 and ord(after) == ord(before) + 1
    head, last = _last_part(before)
    other, following = _last_part(after)
    if head != other or type(last) is not type(following):
        return False
    if isinstance(last, int) and isinstance(following, int):
        return following == last + 1
    return ord(str(following)) == ord(str(last)) + 1


def _last_part(ref: str) -> tuple[str, int | str]:
    match = re.fullmatch(r"(.*?)(\d+|[a-z])", ref)
    if match is None:
        return ref, ""
    return match[1], int(match[2]) if match[2].isdigit() else match[2]


def _aligned(cell: str, pieces: Sequence[tuple[str, str]]) -> list[str] | None:
    """Give the part of a cell for each piece: by the same marks, or line by line; None where it has neither."""
    for mark in (MARK, STEP):
        own = _pieces(cell, mark)
        if own and [ref for ref, _ in own] == [ref for ref, _ in pieces]:
            return [text for _, text in own]
    lines = [BULLET.sub("", line.strip(), count=1) for line in cell.split("\n") if line.strip()]
    return lines if len(lines) == len(pieces) else None


def _line_by_line(entry: Entry) -> list[tuple[str, str]] | None:
    """Cut a row whose references stand line by line in their own cell, with a line of text for each."""
    refs = [line.strip() for line in entry.text("ref").split("\n") if line.strip()]
    lines = [line.strip() for line in entry.text("text").split("\n") if line.strip()]
    return list(zip(refs, lines, strict=True)) if len(refs) > 1 and len(refs) == len(lines) else None


def _part(entry: Entry, pieces: Sequence[tuple[str, str]], place: int) -> Entry:
    """Give one of the actions of a row: what is matched to it, and what is printed for all of them."""
    values: dict[str, list[tuple[str, str]]] = {}
    doubts = dict(entry.doubts)
    for name, cells in entry.values.items():
        if name in {"text", "ref"}:
            continue
        values[name] = []
        for heading, text in cells:
            own = _aligned(text, pieces) if name not in SHARED else None
            values[name].append((heading, own[place] if own else text))
            if name in {*MATCHED, "partner", "outcome", "evidence"} and text:
                doubts.setdefault(name, "split" if own else "shared")
    ref, text = pieces[place]
    values["text"] = [(entry.values["text"][0][0], text)]
    values["ref"] = [(entry.values.get("ref", entry.values["text"])[0][0], ref)]
    return replace(entry, source=list(entry.source), values=values, flags=set(entry.flags), doubts=doubts)
