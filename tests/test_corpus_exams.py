"""The held-out documents of five hands can be written, the same each time, and hold what their truths say."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from tests.corpus import fifth, fourth, sixth, third, unseen
from tests.corpus.exam import AS_TEXT, Hand, check_dates, check_doubts, check_form, loaded

CORPUS = Path(__file__).parent / "corpus"
HANDS = {
    "unseen": Hand(CORPUS / "unseen", unseen.DOCUMENTS, {"thurlbeck-pitches": "cp1252"}),
    "third": Hand(CORPUS / "third", third.DOCUMENTS),
    "fourth": Hand(CORPUS / "fourth", fourth.DOCUMENTS),
    "fifth": Hand(CORPUS / "fifth", fifth.DOCUMENTS),
    "sixth": Hand(CORPUS / "sixth", sixth.DOCUMENTS, {"hartleigh-waste": "utf-8-sig"}),
}
ENDINGS = {
    "unseen": {"pdf": 5, "docx": 5, "xlsx": 2, "xls": 1, "ods": 1, "csv": 1, "tsv": 1, "html": 3, "md": 1, "txt": 4},
    "third": {"pdf": 5, "docx": 4, "xlsx": 2, "xls": 1, "ods": 1, "csv": 1, "tsv": 1, "html": 2, "md": 1, "txt": 2},
    "fourth": {"pdf": 6, "docx": 5, "xlsx": 3, "xls": 1, "ods": 1, "csv": 1, "tsv": 1, "html": 4, "md": 1, "txt": 1},
    "fifth": {"pdf": 8, "docx": 6, "xlsx": 2, "xls": 1, "ods": 1, "csv": 1, "html": 3, "md": 1, "txt": 1},
    "sixth": {"pdf": 9, "docx": 7, "xlsx": 4, "csv": 1, "html": 2, "md": 1},
}


def each(formats: set[str] | None = None) -> pytest.MarkDecorator:
    """Run a test on each truth, or on each whose document has one of the formats."""
    truths = [(name, hand, path) for name, hand in HANDS.items() for path in hand.truths(formats)]
    cases = [pytest.param(hand, path, id=f"{name}-{path.stem}") for name, hand, path in truths]
    return pytest.mark.parametrize(("hand", "path"), cases)


@pytest.mark.parametrize("name", HANDS)
def test_each_document_has_its_truth(name: str) -> None:
    """They are in the formats that the hand was asked for, of eight to thirty actions each."""
    hand = HANDS[name]
    truths = {path.stem: loaded(path) for path in hand.truths()}
    assert sorted(hand.documents) == sorted(truths)
    assert Counter(truth["format"] for truth in truths.values()) == ENDINGS[name]
    assert all(8 <= len(truth["actions"]) <= 30 for truth in truths.values())


@each()
def test_a_document_is_written_the_same_each_time(hand: Hand, path: Path, tmp_path: Path) -> None:
    """The bytes are equal, and the file has the name that the truth gives."""
    hand.check_written_alike(path, tmp_path)


@each()
def test_a_truth_has_the_agreed_form(hand: Hand, path: Path) -> None:
    """Each action has all its fields, its dates are well formed, and what is doubted is there."""
    check_form(path)
    check_dates(path)
    check_doubts(path)


@each()
def test_what_the_truth_says_is_printed(hand: Hand, path: Path) -> None:
    """Every text, party, date, outcome and heading stands in what the author printed, letter for letter."""
    hand.check_printed(path)


@each(AS_TEXT)
def test_what_the_truth_says_stands_in_the_file(hand: Hand, path: Path, tmp_path: Path) -> None:
    """Where the file is text, each action and each date is in it as the truth has it."""
    hand.check_in_text(path, tmp_path)


@each({"docx"})
def test_an_office_document_holds_its_actions(hand: Hand, path: Path, tmp_path: Path) -> None:
    """Each action of a document in Word stands in its body in one piece."""
    hand.check_in_word(path, tmp_path)
