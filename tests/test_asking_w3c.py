"""The W3C's tests of the SPARQL result formats, from the folder that W3C_TESTS names."""

from __future__ import annotations

import csv
import io
import json
import os
from decimal import Decimal
from pathlib import Path

import pytest

from planweave.asking.answering import answer_query
from planweave.asking.answers import About, Answer
from planweave.asking.kept import Lines, Run
from planweave.asking.terms import NUMBERS, node_of
from planweave.store import Node, read_statements
from tests import stores

MF = "http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#"
QT = "http://www.w3.org/2001/sw/DataAccess/tests/test-query#"
FOLDERS = ("csv-tsv-res", "json-res")
ALL_CASES = 10


def cases() -> dict[str, tuple[Path, Path, Path]]:
    """Give the files of each case, by its name: the query, the data, the result."""
    named = os.environ.get("W3C_TESTS")
    found = {}
    for folder in FOLDERS:
        manifest = Path(named or "none") / "sparql11" / folder / "manifest.ttl"
        if not named or not manifest.is_file():
            continue
        said = {(subject, predicate.value): value for subject, predicate, value in read_statements(manifest)}
        for (subject, predicate), result in said.items():
            if predicate == f"{MF}result":
                action = said[subject, f"{MF}action"]
                files = (said[action, f"{QT}query"], said[action, f"{QT}data"], result)
                name = subject.value.rpartition("#")[2]
                found[name] = tuple(Path(file.value.removeprefix("file://")) for file in files)
    return found  # type: ignore[return-value]


CASES = cases()


def test_how_many_cases_run() -> None:
    """Without the suite it is said how many cases did not run; with it, every case is run."""
    if not CASES:
        pytest.skip(
            f"{ALL_CASES} cases of the W3C's SPARQL result formats did not run; set W3C_TESTS to the folder that holds"
            " sparql11/"
        )
    assert len(CASES) == ALL_CASES


def comparable(node: Node | None, blank: dict[str, int]) -> object:
    """Give a term as the suite compares it: blank nodes by their order, numbers by their value.

    The engine keeps a number by its value, and a whole number as an integer, so that -3 of a datatype of negative
    numbers, or 1.0E6, is not given back letter by letter.
    """
    if node is None or node.kind == "iri":
        return node
    if node.kind == "blank":
        return blank.setdefault(node.value, len(blank))
    if node.datatype in NUMBERS:
        kind = node.datatype.rpartition("#")[2].lower()
        return ("integer" if kind.endswith("integer") else kind, Decimal(node.value))
    return node


def tsv_rows(text: str) -> list[list[object]]:
    blank: dict[str, int] = {}
    head, *lines = text.removesuffix("\n").split("\n")
    rows = [[comparable(node_of(cell.encode()), blank) for cell in line.split("\t")] for line in lines]
    return [list(head.split("\t")), *rows]


def csv_rows(text: str) -> list[list[object]]:
    """Read CSV; a number is compared by its value, a blank node by being one."""

    def cell(text: str) -> object:
        try:
            return Decimal(text)
        except ArithmeticError:
            return "blank" if text.startswith("_:") else text

    head, *rows = csv.reader(io.StringIO(text, newline=""))
    return [list(head), *([cell(text) for text in row] for row in rows)]


def json_rows(text: str) -> object:
    found = json.loads(text)
    blank: dict[str, int] = {}
    for binding in found.get("results", {}).get("bindings", ()):
        for said in binding.values():
            if said["type"] == "bnode":
                said["value"] = blank.setdefault(said["value"], len(blank))
    return found


READERS = {".csv": csv_rows, ".tsv": tsv_rows, ".srj": json_rows}


@pytest.mark.parametrize("name", sorted(CASES))
def test_the_result_is_the_expected_one(name: str, tmp_path: Path) -> None:
    """The query over the data gives the suite's result, in the suite's format."""
    query, data, result = CASES[name]
    store = stores.of_statements(tmp_path / "store", read_statements(data))
    answer = answer_query(store, query.read_text())
    out = io.BytesIO()
    answer.write_to(out, {".srj": "json"}.get(result.suffix, result.suffix[1:]))
    read = READERS[result.suffix]
    assert read(out.getvalue().decode("utf-8-sig")) == read(result.read_text())


@pytest.mark.parametrize("name", sorted(name for name in CASES if name.startswith("csv")))
def test_csv_is_the_suites_letter_by_letter(name: str) -> None:
    """The terms of the suite's TSV, written as CSV, are the suite's CSV, but for the names of blank nodes."""
    result = CASES[name][2]
    head, _, rows = result.with_suffix(".tsv").read_text().partition("\n")
    lines = Lines(io.BytesIO(rows.encode()), 0, rows.count("\n"))
    columns = tuple(name.removeprefix("?") for name in head.split("\t"))
    out = io.BytesIO()
    Answer(Run("select", columns, lines, 0.0), About()).write_to(out, "csv")
    expected = result.read_text().replace("_:a", "_:b0").replace("1.0E6", "1.0e6")
    assert out.getvalue().decode("utf-8-sig") == expected.replace("\r\n", "\n").replace("\n", "\r\n")
