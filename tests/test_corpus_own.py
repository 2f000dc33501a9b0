"""Our own corpus: documents whose truth is known say what is read without any loader definition.

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

ROWS_FOUND = 0.94
MOST_INVENTED = 1
F1 = {
    "text": 0.96,
    "reference": 0.96,
    "group": 0.86,
    "pillars": 0.99,
    "lead": 0.97,
    "partner": 0.94,
    "due": 0.97,
    "outcome": 0.97,
    "status": 0.97,
}
"""Field → the harmonic mean of its precision and its recall over all documents."""

SURE_BUT_WRONG = 0.014
"""Of all values, the share that is wrong although the reader was sure of it."""

NEED_NO_LOADER = 34
"""How many plans are read without one wrong, missed or invented value."""

ENDINGS = {"pdf": 6, "docx": 5, "xlsx": 3, "xls": 1, "ods": 1, "csv": 1, "tsv": 1, "html": 2, "md": 1, "txt": 2}
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


def test_plans_need_no_loader(read: Sequence[Measured]) -> None:
    """At least so many plans are read without any wrong, missed or invented value."""
    assert sum(each.needs_no_loader for each in read if each.truth["refused"] is None) >= NEED_NO_LOADER


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
