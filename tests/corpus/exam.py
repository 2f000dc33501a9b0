"""What has to hold of a hand's documents and truths, whichever hand wrote them."""

from __future__ import annotations

import json
import re
import zipfile
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from html import unescape
from pathlib import Path
from typing import Any

import edtf

from tests.corpus.printed import printed
from tests.corpus.scoring import doubted

KINDS = {"date", "review", "ongoing", "recurring", "none"}
STATUSES = {"complete", "ongoing", "partial", "not-started", "stopped", "unknown"}
FIELDS = {"ref", "text", "group", "parent", "pillars", "leads", "partners", "due", "outcomes", "evidence", "status"}
SUB_ACTION = re.compile(r"^\d+\.\d+[a-z]$")
AS_TEXT = {"csv", "tsv", "html", "md"}


@dataclass(frozen=True)
class Hand:
    """The documents that one hand wrote, and their truths."""

    folder: Path
    documents: Mapping[str, Callable[[Path], Path]]
    encodings: Mapping[str, str] = field(default_factory=dict)
    """Of the documents that are text, how those are encoded that are not in UTF-8."""

    def truths(self, formats: set[str] | None = None) -> list[Path]:
        """Give the file of each truth, or of those whose documents have one of the formats."""
        paths = sorted((self.folder / "truth").glob("*.json"))
        return [path for path in paths if formats is None or loaded(path)["format"] in formats]

    def check_written_alike(self, path: Path, tmp_path: Path) -> None:
        """The bytes are equal, and the file has the name that the truth gives."""
        once, again = tmp_path / "once", tmp_path / "again"
        once.mkdir()
        again.mkdir()
        first = self.documents[path.stem](once)
        assert first == once / loaded(path)["document"]
        assert first.read_bytes() == self.documents[path.stem](again).read_bytes()

    def check_printed(self, path: Path) -> None:
        """Every text, party, date, outcome and heading stands in what the author printed, letter for letter."""
        lines = [folded(words) for words in strings(printed(self.folder, path.stem))]
        for action in loaded(path)["actions"]:
            for words in said(action):
                assert any(words in line for line in lines), words

    def check_in_text(self, path: Path, tmp_path: Path) -> None:
        """Where the file is text, each action and each date is in it as the truth has it."""
        raw = self.documents[path.stem](tmp_path).read_bytes().decode(self.encodings.get(path.stem, "utf-8"))
        words = folded(unescape(raw))
        for action in loaded(path)["actions"]:
            assert action["text"] in words
            assert (action["due"]["text"] or "") in words

    def check_in_word(self, path: Path, tmp_path: Path) -> None:
        """Each action of a document in Word stands in its body in one piece."""
        with zipfile.ZipFile(self.documents[path.stem](tmp_path)) as archive:
            body = unescape(archive.read("word/document.xml").decode())
        assert all(action["text"] in body for action in loaded(path)["actions"])


def loaded(path: Path) -> dict[str, Any]:
    content: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return content


def strings(value: Any) -> Iterator[str]:
    """Give every string within the printed content: of a cell that holds a date, what is shown."""
    if isinstance(value, str):
        yield value.split("|")[2] if value.startswith("=") else value
    elif isinstance(value, dict):
        for inner in value.values():
            yield from strings(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from strings(inner)


def folded(words: str) -> str:
    return " ".join(words.split())


def said(action: dict[str, Any]) -> Iterator[str]:
    """Give everything that the truth says of an action in the words of the document."""
    yield action["text"]
    yield from (action[key] for key in ("group", "parent") if action[key])
    for key in ("pillars", "leads", "partners", "outcomes", "evidence", "crossrefs"):
        yield from action[key]
    yield from action["extra"].values()
    yield from (update["text"] for update in action["updates"])
    if action["due"]["text"]:
        yield action["due"]["text"]
    if action["ref"] and not SUB_ACTION.match(action["ref"]):
        yield action["ref"]


def check_form(path: Path) -> None:
    """Each action has all its fields, texts without stray white space, and kinds and statuses that exist."""
    truth = loaded(path)
    assert truth["document"] == f"{path.stem}.{truth['format']}"
    for action in truth["actions"]:
        assert set(action) >= FIELDS
        assert action["text"] == folded(action["text"]) != ""
        assert action["status"] in STATUSES
        for items in (action["leads"], action["partners"], action["outcomes"], action["pillars"]):
            assert len(set(items)) == len(items)
            assert all(item == folded(item) != "" for item in items)


def check_dates(path: Path) -> None:
    """A date is well formed, and is there where its kind says that it is; so are the dates of updates."""
    for action in loaded(path)["actions"]:
        due = action["due"]
        assert due["kind"] in KINDS
        assert due["edtf"] is None or edtf.parse_edtf(due["edtf"])
        assert due["edtf"] is not None or due["kind"] in {"ongoing", "recurring", "none"}
        assert due["edtf"] is None or due["kind"] in {"date", "review", "ongoing"}
        for update in action["updates"]:
            assert update["date"] is None or edtf.parse_edtf(update["date"])


def check_doubts(path: Path) -> None:
    """The action is there, and what is doubted is a key of the record or the printed words of its date."""
    truth = loaded(path)
    assert len(doubted(truth)) <= len(truth["actions"])
    assert {name for _, name in truth["doubtful"]} <= FIELDS | {"due_text"}
