"""Text search: one SQLite file beside the graph, made from it, in which words are found by their stems.

The file holds nothing that the graph does not say. It is brought up to date when it is asked: plans that
changed since are read again, plans that are gone are taken out; without the file, it is made anew.
"""

from __future__ import annotations

import re
import sqlite3
from array import array
from contextlib import closing, contextmanager
from itertools import compress
from typing import TYPE_CHECKING, Final

import msgspec

from planweave.errors import QueryError, StoreError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from pathlib import Path

    from planweave.records import Action, PlanRecord

__all__ = ["FILE", "PLACES", "Hit", "SearchIndex"]

FILE: Final = ".search.sqlite"
"""The file's name in the workspace."""

VERSION: Final = 1
"""Of the tables below: a file of another version is made anew."""

TABLES: Final = """
CREATE TABLE plan (id TEXT PRIMARY KEY, state TEXT NOT NULL);
CREATE TABLE action (
    number INTEGER PRIMARY KEY, plan TEXT NOT NULL, id TEXT NOT NULL, ref TEXT, place INTEGER NOT NULL,
    text TEXT NOT NULL, outcome TEXT NOT NULL, progress TEXT NOT NULL, around TEXT NOT NULL
);
CREATE INDEX action_plan ON action (plan);
CREATE VIRTUAL TABLE words USING fts5 (
    text, outcome, progress, around, content='action', content_rowid='number', tokenize='porter unicode61'
);
CREATE TRIGGER action_in AFTER INSERT ON action BEGIN
    INSERT INTO words (rowid, text, outcome, progress, around)
    VALUES (new.number, new.text, new.outcome, new.progress, new.around);
END;
CREATE TRIGGER action_out AFTER DELETE ON action BEGIN
    INSERT INTO words (words, rowid, text, outcome, progress, around)
    VALUES ('delete', old.number, old.text, old.outcome, old.progress, old.around);
END;
"""

WEIGHTS: Final = (8.0, 4.0, 1.0, 2.0)
"""How much a word counts in an action's text, its outcomes and evidence, its progress, and the headings over it."""

BEST: Final = """
SELECT action.number, action.plan, action.id, action.ref, action.text, -bm25(words, ?, ?, ?, ?) AS score
FROM words JOIN action ON action.number = words.rowid
WHERE words MATCH ? AND (? IS NULL OR action.plan = ?)
ORDER BY score DESC, action.plan, action.place
LIMIT ?
"""
PASSAGE: Final = """
SELECT snippet(words, -1, '\ue000', '\ue001', '…', 24),
       highlight(words, 0, '\ue000', '') <> text, highlight(words, 1, '\ue000', '') <> outcome,
       highlight(words, 2, '\ue000', '') <> progress, highlight(words, 3, '\ue000', '') <> around
FROM words WHERE words MATCH ? AND rowid = ?
"""
"""Asked of the best alone: SQLite would cut the passage of every hit before it sorts them."""

PLACES: Final = ("text", "outcome or evidence", "progress", "heading or another column")
"""What the columns of the file hold of an action, in words."""

WORD: Final = re.compile(r"\w+")
PIECE: Final = re.compile(r'"([^"]*)"|(\S+)')


class Hit(msgspec.Struct, frozen=True):
    """An action that is about what was asked.

    ``found`` is the passage that says so, with ``marks`` around the words: pairs of start and end in it; ``where``
    says where in the action the words stand, in the words of :data:`PLACES`. The greater the score, the better the
    words fit; it means nothing by itself.
    """

    plan: str
    action: str
    ref: str | None
    text: str
    found: str
    marks: tuple[tuple[int, int], ...]
    score: float
    where: tuple[str, ...]


class SearchIndex:
    """The search file of one graph.

    Parameters
    ----------
    path
        Where it is, or is to be.
    states
        Plan → what tells one state of it from another.
    record
        Gives a plan.
    """

    def __init__(self, path: Path, states: Mapping[str, str], record: Callable[[str], PlanRecord]) -> None:
        self._path, self._states, self._record = path, states, record

    def find(self, words: str, plan: str | None = None, most: int = 50) -> list[Hit]:
        """Find the actions that have all of some words, in any form; words in double quotes have to stand together.

        Parameters
        ----------
        words
            What is looked for, as people type it; nothing in it is a command.
        plan
            The id of one plan; None looks in all.
        most
            How many are given at most, the best first.

        Raises
        ------
        QueryError
            If there is no word in it.
        StoreError
            If the file cannot be made or read.
        """
        match = as_match(words)
        with self._opened() as database:
            self._update(database)
            return list(_best(database, match, plan, most))

    def having_any(self, words: Sequence[str], most: int) -> list[Hit]:
        """Find the actions that have at least one of some words, in any form; those with most and rarest ones first.

        Parameters
        ----------
        words
            What is looked for; nothing in them is a command.
        most
            How many are given at most.

        Raises
        ------
        QueryError
            If there is no word in it.
        StoreError
            If the file cannot be made or read.
        """
        match = as_match(" ".join(words)).replace('" "', '" OR "')
        with self._opened() as database:
            self._update(database)
            return list(_best(database, match, None, most))

    def count(self, words: str, plan: str | None = None) -> int:
        """Count the actions that :meth:`find` would give without a limit."""
        query = """SELECT COUNT(*) FROM words JOIN action ON action.number = words.rowid
                   WHERE words MATCH ? AND (? IS NULL OR action.plan = ?)"""
        with self._opened() as database:
            self._update(database)
            (number,) = database.execute(query, (as_match(words), plan, plan)).fetchone()
        return int(number)

    def is_current(self) -> bool:
        """Say whether the file is there, and of the plans as they are."""
        if not self._path.is_file():
            return False
        with self._opened() as database:
            return dict(database.execute("SELECT id, state FROM plan")) == dict(self._states)

    def update(self, progress: Callable[[str, int, int], None] = lambda *_: None) -> None:
        """Bring the file up to date, before anything is looked for."""
        with self._opened() as database:
            self._update(database, progress)

    def places(self) -> dict[str, tuple[int, int]]:
        """Give the number of the first action of each plan in the file, and how many it has, one after the other.

        Raises
        ------
        StoreError
            If the file cannot be made or read.
        """
        query = """SELECT plan.id, MIN(number), COUNT(number), MAX(number) - MIN(number) + 1
                   FROM plan LEFT JOIN action ON action.plan = plan.id GROUP BY plan.id"""
        with self._opened() as database:
            self._update(database)
            found = database.execute(query).fetchall()
        if any(number and number != span for _, _, number, span in found):
            raise StoreError("the search file is damaged", file=self._path, fix="remove it; it is made again")
        return {plan: (first or 0, number) for plan, first, number, _ in found}

    def numbers(self, words: str) -> array[int]:
        """Give the numbers of all actions that :meth:`find` would give without a limit, in their order in the file.

        Raises
        ------
        QueryError
            If there is no word in it.
        StoreError
            If the file cannot be read.
        """
        with self._opened() as database:
            rows = database.execute("SELECT rowid FROM words WHERE words MATCH ?", (as_match(words),))
            return array("q", (number for (number,) in rows))

    @contextmanager
    def _opened(self) -> Iterator[sqlite3.Connection]:
        try:
            with closing(self._connect()) as database:
                yield database
        except sqlite3.Error as error:
            raise StoreError(
                f"the search file cannot be used ({error})", file=self._path, fix="remove it; it is made again"
            ) from error

    def _connect(self) -> sqlite3.Connection:
        database = sqlite3.connect(self._path, timeout=60)
        (version,) = database.execute("PRAGMA user_version").fetchone()
        if version == VERSION:
            return database
        database.close()
        self._path.unlink(missing_ok=True)
        database = sqlite3.connect(self._path, timeout=60)
        database.executescript(TABLES)
        database.execute(f"PRAGMA user_version = {VERSION:d}")
        return database

    def _update(
        self, database: sqlite3.Connection, progress: Callable[[str, int, int], None] = lambda *_: None
    ) -> None:
        """Take out what is gone or has changed, and read what is new; all of it or nothing."""
        known = dict(database.execute("SELECT id, state FROM plan"))
        gone = [plan for plan, state in known.items() if self._states.get(plan) != state]
        fresh = [plan for plan, state in self._states.items() if known.get(plan) != state]
        if not gone and not fresh:
            return
        with database:
            for plan in gone:
                database.execute("DELETE FROM action WHERE plan = ?", (plan,))
                database.execute("DELETE FROM plan WHERE id = ?", (plan,))
            for done, plan in enumerate(fresh, start=1):
                progress("preparing the search", done, len(fresh))
                database.execute("INSERT INTO plan VALUES (?, ?)", (plan, self._states[plan]))
                database.executemany(
                    "INSERT INTO action (plan, id, ref, place, text, outcome, progress, around)"
                    " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                    (_row(plan, action) for action in self._record(plan).actions),
                )


def _best(database: sqlite3.Connection, match: str, plan: str | None, most: int) -> Iterator[Hit]:
    rows = database.execute(BEST, (*WEIGHTS, match, plan, plan, most)).fetchall()
    for number, plan_, action, ref, text, score in rows:
        found, *stands = database.execute(PASSAGE, (match, number)).fetchone()
        passage, marks = _marked(found)
        yield Hit(plan_, action, ref, text, passage, marks, round(score, 3), tuple(compress(PLACES, stands)))


def as_match(words: str) -> str:
    """Write what people type as a query of FTS5: every word wanted, a phrase in quotes as it stands.

    Raises
    ------
    QueryError
        If there is no word in it.

    Examples
    --------
    >>> as_match('rough sleepers "domestic abuse" (OR')
    '"rough" "sleepers" "domestic abuse" "OR"'
    """
    pieces = (" ".join(WORD.findall(phrase or word)) for phrase, word in PIECE.findall(words))
    match = " ".join(f'"{piece}"' for piece in pieces if piece)
    if not match:
        raise QueryError("there is no word to look for", fix="say what the actions are about")
    return match


def _row(plan: str, action: Action) -> tuple[str | int | None, ...]:
    outcome = "\n".join((*action.outcomes, *action.evidence))
    progress = "\n".join(update.text for update in action.updates)
    around = "\n".join(filter(None, (action.group, action.parent, *action.pillars, *action.extra.values())))
    return plan, action.id, action.ref, action.n, action.text, outcome, progress, around


def _marked(found: str) -> tuple[str, tuple[tuple[int, int], ...]]:
    """A passage without its marks, and where they stood."""
    text, marks, start = "", [], 0
    for piece in re.split("([\ue000\ue001])", found):
        if piece == "\ue000":
            start = len(text)
        elif piece == "\ue001":
            marks.append((start, len(text)))
        else:
            text += piece
    return text, tuple(marks)
