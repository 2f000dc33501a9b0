"""The documents of a hand, read without any loader definition of their own and scored against their truth."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

import msgspec

from planweave.errors import PlanweaveError
from planweave.library import Library
from planweave.reading.reader import Reader
from tests.corpus.scoring import Score, score

HERE = Path(__file__).parent

Documents = Mapping[str, Callable[[Path], Path]]


class Measured(NamedTuple):
    """One document: its truth, its score, what was read, and the sentence it was refused with."""

    name: str
    truth: Mapping[str, Any]
    score: Score
    record: Mapping[str, Any] | None
    error: str | None

    @property
    def as_wanted(self) -> bool:
        """Say whether the document was refused where it has to be, in words that name why, and only there."""
        wanted = self.truth.get("refused")
        return self.error is None if wanted is None else wanted in (self.error or "")

    @property
    def needs_no_loader(self) -> bool:
        """Say whether all its actions are found, none is invented, and no field that was read is wrong or missed."""
        return self.as_wanted and not self.amiss

    @property
    def amiss(self) -> list[str]:
        """Name the rows and the fields that are not as in the truth."""
        part = self.score
        rows = ["rows"] if part.found < part.rows or part.invented else []
        return rows + [name for name, tally in part.fields.items() if tally.wrong or tally.missed]


def truth_of(hand: str, name: str) -> Mapping[str, Any]:
    """Give the truth of a document."""
    truth: Mapping[str, Any] = json.loads((HERE / hand / "truth" / f"{name}.json").read_text(encoding="utf-8"))
    return truth


def measured(hand: str, documents: Documents, folder: Path, library: Library | None = None) -> Iterator[Measured]:
    """Write each document into a folder, read it, and score what is read."""
    reader = Reader(library or Library.bundled())
    for name, write in documents.items():
        truth = truth_of(hand, name)
        record, error = None, None
        try:
            record = json.loads(msgspec.json.encode(reader.read(write(folder))))
        except PlanweaveError as refusal:
            error = str(refusal)
        found = {"actions": (), "confidence": {}} if record is None else {**record, "confidence": sureness(record)}
        yield Measured(name, truth, score(found, truth), record, error)


def sureness(record: Mapping[str, Any]) -> dict[str, dict[str, float]]:
    """Give, for each action and field, how sure the reader is: as of the column, unless the value is in doubt."""
    columns: dict[int, dict[str, float]] = {}
    for column in record.get("columns", ()):
        fields = columns.setdefault(column["table"], {})
        fields[column["field"]] = min(column["confidence"], fields.get(column["field"], 1.0))
    sure = {
        action["id"]: {
            field: value for row in action["source"] for field, value in columns.get(row["table"], {}).items()
        }
        for action in record["actions"]
    }
    for doubt in record.get("doubts", ()):
        if doubt["action"] in sure:
            sure[doubt["action"]][doubt["field"]] = doubt["confidence"]
    return sure
