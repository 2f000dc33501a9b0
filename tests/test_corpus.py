"""The synthetic corpus: the same from the same seed, and read by the reader as it was planted."""

from __future__ import annotations

import ast
from collections import Counter
from pathlib import Path
from statistics import mean
from typing import TYPE_CHECKING

import pytest

import benchmarks.corpus
from benchmarks.corpus import LAYOUTS, Planted, document, documents, truth, write_corpus
from planweave.library import Library
from planweave.reading.reader import Reader
from planweave.registers import load_register

if TYPE_CHECKING:
    from planweave.records import PlanRecord

READ = 10 * len(LAYOUTS)


@pytest.fixture(scope="module")
def reader() -> Reader:
    return Reader(Library.bundled())


def _files(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in sorted(folder.rglob("*.txt"))}


def _found(record: PlanRecord, planted: Planted) -> Planted:
    """Count in a record what is counted while a document is written."""
    actions = record.actions
    refs = {action.ref for action in actions}
    return Planted(
        layout=planted.layout,
        actions=len(actions),
        leads=sum(len(action.leads) for action in actions),
        without_lead=sum(not action.leads for action in actions),
        partners=sum(len(action.partners) for action in actions),
        due=dict(Counter(action.due.kind for action in actions)),
        outcomes=sum(len(action.outcomes) for action in actions),
        evidence=sum(len(action.evidence) for action in actions),
        crossrefs=sum(len(action.crossrefs) for action in actions),
        dangling=sum(ref not in refs for action in actions for ref in action.crossrefs),
        repeated=sum("duplicate-ref" in action.flags for action in actions),
        split=sum("row-split-over-pages" in action.flags for action in actions),
        updates=sum(len(action.updates) for action in actions),
        status=dict(Counter(action.status for action in actions)),
    )


def test_the_same_seed_gives_the_same_bytes(tmp_path: Path) -> None:
    """Two corpora of one seed are equal, file by file."""
    for name in ("one", "two"):
        write_corpus(tmp_path / name, 10, seed=3)
    assert _files(tmp_path / "one") == _files(tmp_path / "two")


def test_another_seed_gives_other_documents() -> None:
    """No document of one seed is that of another."""
    texts = ({text for _, text, _ in documents(10, seed=seed)} for seed in (1, 2))
    assert set.intersection(*texts) == set()


def test_a_small_corpus_is_the_beginning_of_a_large_one() -> None:
    """A document depends on its seed and number, not on how many there are."""
    assert list(documents(5)) == list(documents(10))[:5]
    assert list(documents(5))[-1] == document(5)


def test_documents_are_spread_over_folders_of_a_thousand(tmp_path: Path) -> None:
    """The thousand and first file opens a second folder; the actions are those of the documents."""
    written = write_corpus(tmp_path, 1001, actions=(1, 2))
    files = _files(tmp_path)
    assert Counter(name.split("/")[0] for name in files) == {"000": 1000, "001": 1}
    assert (min(files), max(files)) == ("000/synthetic-00001.txt", "001/synthetic-01001.txt")
    assert written == sum(planted.actions for _, planted in truth(1001, actions=(1, 2)))


def test_plans_have_as_many_actions_as_asked_for() -> None:
    """The number of actions lies between the bounds and takes more than one value."""
    sizes = {planted.actions for _, planted in truth(40, actions=(30, 34))}
    assert sizes == {30, 31, 32, 33, 34}


def test_the_corpus_has_what_the_checks_look_for() -> None:
    """In few plans already there is something of everything that can be missing or wrong."""
    plans = [planted for _, planted in truth(25)]
    assert all(
        sum(getattr(planted, name) for planted in plans)
        for name in ("without_lead", "partners", "crossrefs", "dangling", "repeated", "split", "updates")
    )
    assert {kind for planted in plans for kind in planted.due} == {
        "date",
        "review",
        "ongoing",
        "recurring",
        "none",
    }
    assert {status for planted in plans for status in planted.status} == {
        "complete",
        "ongoing",
        "partial",
        "not-started",
        "stopped",
        "unknown",
    }


def test_no_body_of_the_register_is_named() -> None:
    """Places, councils and agencies are invented: the register of real bodies knows none of them."""
    real = load_register(Library.bundled()).names_for(None)
    invented = {*benchmarks.corpus.AGENCIES, *benchmarks.corpus.KEY, *benchmarks.corpus.KEY.values()}
    assert invented.isdisjoint(real)
    assert [place for place in benchmarks.corpus.PLACES if any(place in name for name in real)] == []


def test_the_corpus_does_not_know_the_reader() -> None:
    """What checks the reader may not be made with it."""
    tree = ast.parse(Path(benchmarks.corpus.__file__).read_text(encoding="utf-8"))
    imports = [node for node in ast.walk(tree) if isinstance(node, ast.Import | ast.ImportFrom)]
    names = [getattr(node, "module", None) or node.names[0].name for node in imports]
    assert [name for name in names if name.startswith("planweave")] == []


@pytest.mark.parametrize("number", range(1, READ + 1), ids=lambda number: f"{LAYOUTS[(number - 1) % 5]}-{number}")
def test_what_is_planted_is_found(number: int, reader: Reader, tmp_path: Path) -> None:
    """Every number planted in a document is the number that is read from it."""
    name, text, planted = document(number)
    path = tmp_path / Path(name).name
    path.write_text(text, encoding="utf-8", newline="\n")
    assert _found(reader.read(path), planted) == planted


def test_texts_are_as_long_as_real_ones(reader: Reader, tmp_path: Path) -> None:
    """Actions have about 150 characters, outcomes about 100, and both vary."""
    write_corpus(tmp_path, 2 * len(LAYOUTS))
    records = [reader.read(path) for path in sorted(tmp_path.rglob("*.txt"))]
    actions = [len(action.text) for record in records for action in record.actions]
    outcomes = [len(text) for record in records for action in record.actions for text in action.outcomes]
    assert 130 < mean(actions) < 170
    assert 80 < mean(outcomes) < 120
    assert (min(actions) < 60, max(actions) > 220) == (True, True)
