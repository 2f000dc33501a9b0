"""The fifth held-out documents can be written, the same each time, and what their truths say is printed in them."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

from tests.corpus.exam import AS_TEXT, Hand, check_dates, check_doubts, check_form, loaded
from tests.corpus.fifth import DOCUMENTS

HAND = Hand(Path(__file__).parent / "corpus" / "fifth", DOCUMENTS)
ENDINGS = {"pdf": 8, "docx": 6, "xlsx": 2, "xls": 1, "ods": 1, "csv": 1, "html": 3, "md": 1, "txt": 1}


def test_each_document_has_its_truth() -> None:
    """There are twenty-four, in nine formats, of eight to thirty actions each."""
    truths = {path.stem: loaded(path) for path in HAND.truths()}
    assert sorted(DOCUMENTS) == sorted(truths)
    assert Counter(truth["format"] for truth in truths.values()) == ENDINGS
    assert all(8 <= len(truth["actions"]) <= 30 for truth in truths.values())


@HAND.each()
def test_a_document_and_its_truth_are_sound(path: Path, tmp_path: Path) -> None:
    """The bytes are equal each time; the truth has the agreed form, and all that it says is printed."""
    HAND.check_written_alike(path, tmp_path)
    check_form(path)
    check_dates(path)
    check_doubts(path)
    HAND.check_printed(path)


@HAND.each(AS_TEXT)
def test_what_the_truth_says_stands_in_the_file(path: Path, tmp_path: Path) -> None:
    """Where the file is text, each action and each date is in it as the truth has it."""
    HAND.check_in_text(path, tmp_path)


@HAND.each({"docx"})
def test_an_office_document_holds_its_actions(path: Path, tmp_path: Path) -> None:
    """Each action of a document in Word stands in its body in one piece."""
    HAND.check_in_word(path, tmp_path)
