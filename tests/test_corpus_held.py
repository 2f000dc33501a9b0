"""The held-out documents can be written, the same each time, and each has a truth of the agreed form."""

from __future__ import annotations

import importlib
import json
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.corpus.measuring import measured
from tests.corpus.scoring import total

TESTS = Path(__file__).parent
HELD = TESTS / "corpus" / "held"
KINDS = {"date", "review", "ongoing", "recurring", "none"}
STATUSES = {"complete", "ongoing", "partial", "not-started", "stopped", "unknown"}
FIELDS = {"ref", "text", "group", "parent", "pillars", "leads", "partners", "due", "outcomes", "evidence", "status"}
F1 = {
    "text": 0.99,
    "reference": 0.99,
    "group": 0.95,
    "lead": 0.97,
    "partner": 0.94,
    "due": 0.97,
    "outcome": 0.99,
    "status": 0.98,
}
"""Field → the least that precision and recall together come to over all of them."""

SURE_BUT_WRONG = 0.01
TRUTHS = sorted((HELD / "truth").glob("*.json"))


def documents() -> Any:
    """Give the registry: the modules of the corpus import one another, so their folder stands on the path."""
    if str(TESTS) not in sys.path:
        sys.path.insert(0, str(TESTS))
    return importlib.import_module("corpus.held").DOCUMENTS


def loaded(path: Path) -> dict[str, Any]:
    content: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return content


def test_each_document_has_its_truth() -> None:
    """There are twenty of them, with some two hundred and fifty actions."""
    assert sorted(documents()) == [path.stem for path in TRUTHS]
    assert len(TRUTHS) == 20
    assert sum(len(loaded(path)["actions"]) for path in TRUTHS) > 250


@pytest.mark.parametrize("path", TRUTHS, ids=lambda path: path.stem)
def test_a_document_is_written_the_same_each_time(path: Path, tmp_path: Path) -> None:
    """The bytes are equal, and the file has the name that the truth gives."""
    write = documents()[path.stem]
    once, again = tmp_path / "once", tmp_path / "again"
    once.mkdir()
    again.mkdir()
    first = write(once)
    assert first == once / loaded(path)["document"]
    assert first.read_bytes() == write(again).read_bytes()


@pytest.mark.parametrize("path", TRUTHS, ids=lambda path: path.stem)
def test_a_truth_has_the_agreed_form(path: Path) -> None:
    """Each action has all its fields, texts without stray white space, and kinds and statuses that exist."""
    truth = loaded(path)
    assert truth["document"] == f"{path.stem}.{truth['format']}"
    for action in truth["actions"]:
        assert set(action) >= FIELDS
        assert action["text"] == " ".join(action["text"].split()) != ""
        assert action["due"]["kind"] in KINDS
        assert action["status"] in STATUSES
        for items in (action["leads"], action["partners"], action["outcomes"], action["pillars"]):
            assert len(set(items)) == len(items)
            assert all(item == " ".join(item.split()) != "" for item in items)


def test_the_held_out_documents_are_read_as_well_as_they_were(tmp_path: Path) -> None:
    """All actions are found and none is invented; fields, and values that the reader is sure of, keep to bounds.

    They were scored once before they were looked at; since then they are known, and say what may not be lost.
    """
    read = list(measured("held", documents(), tmp_path))
    score = total(each.score for each in read)
    assert (score.found, score.invented) == (score.rows, 0)
    assert {name: score.fields[name].f1 for name, least in F1.items() if score.fields[name].f1 < least} == {}
    assert score.wrong_with_high_confidence < SURE_BUT_WRONG
