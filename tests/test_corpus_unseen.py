"""The second held-out documents can be written, the same each time, and what their truths say is printed in them."""

from __future__ import annotations

import json
import re
import zipfile
from collections import Counter
from collections.abc import Iterator
from html import unescape
from pathlib import Path
from typing import Any

import pytest

from tests.corpus.scoring import doubted
from tests.corpus.unseen import DOCUMENTS
from tests.corpus.unseen.printed import printed

UNSEEN = Path(__file__).parent / "corpus" / "unseen"
TRUTHS = sorted((UNSEEN / "truth").glob("*.json"))
ENDINGS = {"pdf": 5, "docx": 5, "xlsx": 2, "xls": 1, "ods": 1, "csv": 1, "tsv": 1, "html": 3, "md": 1, "txt": 4}
KINDS = {"date", "review", "ongoing", "recurring", "none"}
STATUSES = {"complete", "ongoing", "partial", "not-started", "stopped", "unknown"}
FIELDS = {"ref", "text", "group", "parent", "pillars", "leads", "partners", "due", "outcomes", "evidence", "status"}
SUB_ACTION = re.compile(r"^\d+\.\d+[a-z]$")

each_truth = pytest.mark.parametrize("path", TRUTHS, ids=lambda path: path.stem)


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


def test_each_document_has_its_truth() -> None:
    """There are twenty-four, in ten formats, of eight to thirty actions each."""
    assert sorted(DOCUMENTS) == [path.stem for path in TRUTHS]
    assert Counter(loaded(path)["format"] for path in TRUTHS) == ENDINGS
    assert all(8 <= len(loaded(path)["actions"]) <= 30 for path in TRUTHS)


@each_truth
def test_a_document_is_written_the_same_each_time(path: Path, tmp_path: Path) -> None:
    """The bytes are equal, and the file has the name that the truth gives."""
    once, again = tmp_path / "once", tmp_path / "again"
    once.mkdir()
    again.mkdir()
    first = DOCUMENTS[path.stem](once)
    assert first == once / loaded(path)["document"]
    assert first.read_bytes() == DOCUMENTS[path.stem](again).read_bytes()


@each_truth
def test_a_truth_has_the_agreed_form(path: Path) -> None:
    """Each action has all its fields, texts without stray white space, and kinds and statuses that exist."""
    truth = loaded(path)
    assert truth["document"] == f"{path.stem}.{truth['format']}"
    for action in truth["actions"]:
        assert set(action) >= FIELDS
        assert action["text"] == folded(action["text"]) != ""
        assert action["due"]["kind"] in KINDS
        assert action["status"] in STATUSES
        for items in (action["leads"], action["partners"], action["outcomes"], action["pillars"]):
            assert len(set(items)) == len(items)
            assert all(item == folded(item) != "" for item in items)


@each_truth
def test_a_doubt_names_an_action_and_a_field(path: Path) -> None:
    """The action is there, and what is doubted is a key of the record or the printed words of its date."""
    truth = loaded(path)
    assert len(doubted(truth)) <= len(truth["actions"])
    assert {field for _, field in truth["doubtful"]} <= FIELDS | {"due_text"}


@each_truth
def test_what_the_truth_says_is_printed(path: Path) -> None:
    """Every text, party, date, outcome and heading stands in what the author printed, letter for letter."""
    lines = [folded(words) for words in strings(printed(path.stem))]
    for action in loaded(path)["actions"]:
        for words in said(action):
            assert any(words in line for line in lines), words


@pytest.mark.parametrize(
    "path",
    [path for path in TRUTHS if loaded(path)["format"] in {"csv", "tsv", "html", "md"}],
    ids=lambda path: path.stem,
)
def test_what_the_truth_says_stands_in_the_file(path: Path, tmp_path: Path) -> None:
    """Where the file is text, each action and each date is in it as the truth has it."""
    file = DOCUMENTS[path.stem](tmp_path)
    raw = file.read_bytes().decode("cp1252" if path.stem == "thurlbeck-pitches" else "utf-8")
    words = folded(unescape(raw))
    for action in loaded(path)["actions"]:
        assert action["text"] in words
        assert (action["due"]["text"] or "") in words


def test_an_office_document_holds_its_actions(tmp_path: Path) -> None:
    """Each action of a document in Word stands in its body in one piece."""
    for path in TRUTHS:
        truth = loaded(path)
        if truth["format"] == "docx":
            with zipfile.ZipFile(DOCUMENTS[path.stem](tmp_path)) as archive:
                body = unescape(archive.read("word/document.xml").decode())
            assert all(action["text"] in body for action in truth["actions"])
