"""Our own corpus: documents of known truth, each read without any loader definition of its own.

The numbers are what holds today. They may be raised and not lowered.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from functools import cache
from pathlib import Path

import pytest

from planweave.documents import Document, open_document
from tests.corpus.measuring import HERE, Measured, measured, truth_of
from tests.corpus.own import DOCUMENTS
from tests.corpus.scoring import total

ROWS_FOUND = 0.99
MOST_INVENTED = 3
F1 = {
    "text": 0.98,
    "reference": 0.99,
    "group": 0.96,
    "pillars": 0.99,
    "lead": 0.98,
    "partner": 0.97,
    "due": 0.98,
    "outcome": 0.98,
    "status": 0.98,
}
"""Field → the harmonic mean of its precision and its recall over all documents."""

SURE_BUT_WRONG = 0.01
"""Of all values, the share that is wrong although the reader was sure of it."""

NOT_YET: dict[str, str] = {}
"""Document → what of it is not read as it has to be; every other one is read without one wrong value."""

ENDINGS = {"pdf": 8, "docx": 8, "xlsx": 4, "xls": 2, "ods": 1, "csv": 2, "tsv": 1, "html": 3, "md": 1, "txt": 3}
"""Formats of the whole plans."""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("own")


@pytest.fixture(scope="module")
def opened() -> Iterator[Callable[[Path], Document]]:
    """Open each document once, for the reader and for the tests."""
    once = cache(open_document)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("planweave.reading.reader.open_document", once)
        yield once


@pytest.fixture(scope="module")
def read(folder: Path, opened: Callable[[Path], Document]) -> Sequence[Measured]:
    """Read every document once."""
    return tuple(measured("own", DOCUMENTS, folder))


def test_the_actions_are_found(read: Sequence[Measured]) -> None:
    """Of all actions at least so many are found, and no more than so many are invented."""
    score = total(each.score for each in read)
    assert score.rows_found >= ROWS_FOUND
    assert score.invented <= MOST_INVENTED


@pytest.mark.parametrize("field", F1)
def test_each_field_is_read(read: Sequence[Measured], field: str) -> None:
    """Each field is read at least as well as it was."""
    assert total(each.score for each in read).fields[field].f1 >= F1[field]


def test_few_values_are_wrong_with_high_confidence(read: Sequence[Measured]) -> None:
    """A wrong value that the reader is sure of is the worst there is: there are no more of them than there were."""
    assert total(each.score for each in read).wrong_with_high_confidence <= SURE_BUT_WRONG


@pytest.mark.parametrize("name", DOCUMENTS)
def test_a_plan_needs_no_loader(name: str, read: Sequence[Measured]) -> None:
    """Every action is found, none is invented, every value that is not doubtful is right, and nothing is lost."""
    each = next(each for each in read if each.name == name)
    if each.truth["refused"] is None and name not in NOT_YET:
        assert each.needs_no_loader, (each.error, each.amiss)
        assert each.record is not None
        assert each.record["kept"] == 1.0


def test_what_is_read_by_now_is_excused_no_more(read: Sequence[Measured]) -> None:
    """What a document is excused for still holds."""
    assert [each.name for each in read if each.name in NOT_YET and each.needs_no_loader] == []


def test_what_is_no_plan_is_refused_in_words(read: Sequence[Measured]) -> None:
    """A document that cannot be read is refused by a sentence that says why."""
    refused = [each for each in read if each.truth["refused"] is not None]
    assert refused
    for each in refused:
        assert each.as_wanted, (each.name, each.error)


def test_the_corpus_holds_every_format() -> None:
    """There are forty documents and more, with so many whole plans in each format."""
    whole = [name.rpartition(".")[2] for name in DOCUMENTS if name.startswith("full-")]
    assert {ending: whole.count(ending) for ending in set(whole)} == ENDINGS
    assert len(DOCUMENTS) >= 40


@pytest.mark.parametrize("name", DOCUMENTS)
def test_what_the_truth_says_is_printed(
    name: str, read: Sequence[Measured], folder: Path, opened: Callable[[Path], Document]
) -> None:
    """Each word of the references, texts, parties, dates and outcomes of a truth stands in the document as opened."""
    truth = truth_of("own", name)
    assert truth["document"] == name
    if truth["refused"] is not None:
        return
    printed = words(opened(folder / name).printed)
    for action in truth["actions"]:
        parties = (*action["leads"], *action["partners"])
        values = (action["ref"] or "", action["text"], *parties, *action["outcomes"], action["due"]["text"])
        for value in values:
            assert words(value) <= printed, value


def words(text: str) -> set[str]:
    return set(re.findall(r"[^\W_]+", text.lower()))


def test_each_document_has_a_truth_and_each_truth_a_document() -> None:
    """Documents and truths belong together one to one."""
    truths = {path.name.removesuffix(".json") for path in (HERE / "own" / "truth").glob("*.json")}
    assert truths == set(DOCUMENTS)


@pytest.mark.parametrize("name", [name for name in DOCUMENTS if name.startswith("full-")])
def test_the_same_bytes_are_written_each_time(name: str, tmp_path: Path) -> None:
    """A document is the same file whenever it is written."""
    once, again = (DOCUMENTS[name](tmp_path).read_bytes() for _ in range(2))
    assert once == again
