"""The parties of all plans: one SQLite file beside the graph, made from it, which a list of any size is taken from.

The file holds nothing that the graph does not say. It is brought up to date when it is asked for: plans that changed
since are read again, plans that are gone are taken out; without the file, it is made anew.
"""

from __future__ import annotations

import os
import sqlite3
import tempfile
from contextlib import closing, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, TypeVar

import msgspec

from planweave.errors import StoreError
from planweave.involving.parts import Part, parts_of

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Mapping

    from planweave.records import PlanRecord

__all__ = ["FILE", "PartyIndex", "PartyRow"]

FILE: Final = ".parties.sqlite"
"""The file's name in the workspace."""

VERSION: Final = 1
"""Of the tables below: a file of another version is made anew."""

AT_ONCE: Final = 200
"""So many plans are read before what they say is written: what is written stays, if the rest is given up."""

COUNTS: Final = 1_000
"""So many counts are kept."""

C = TypeVar("C", int, dict[str, int])

TABLES: Final = """
CREATE TABLE plan (id TEXT PRIMARY KEY, state TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE part (
    party TEXT NOT NULL, plan TEXT NOT NULL, label TEXT NOT NULL, kind TEXT NOT NULL, names TEXT NOT NULL,
    actions INTEGER NOT NULL, led INTEGER NOT NULL, led_open INTEGER NOT NULL, partnered INTEGER NOT NULL,
    mentioned INTEGER NOT NULL, said BLOB NOT NULL, PRIMARY KEY (party, plan)
) WITHOUT ROWID;
CREATE INDEX part_plan ON part (plan);
CREATE TABLE total (
    party TEXT PRIMARY KEY, label TEXT NOT NULL, kind TEXT NOT NULL, plan TEXT NOT NULL, names TEXT NOT NULL,
    plans INTEGER NOT NULL, actions INTEGER NOT NULL, led INTEGER NOT NULL, led_open INTEGER NOT NULL,
    partnered INTEGER NOT NULL, mentioned INTEGER NOT NULL
) WITHOUT ROWID;
CREATE INDEX total_label ON total (label COLLATE NOCASE, party);
CREATE INDEX total_kind ON total (kind, label COLLATE NOCASE, party);
CREATE INDEX total_plans ON total (plans DESC, label COLLATE NOCASE, party);
CREATE INDEX total_led ON total (led DESC, label COLLATE NOCASE, party);
CREATE INDEX total_open ON total (led_open DESC, label COLLATE NOCASE, party);
CREATE INDEX total_partnered ON total (partnered DESC, label COLLATE NOCASE, party);
CREATE INDEX total_mentioned ON total (mentioned DESC, label COLLATE NOCASE, party);
"""
ORDERS: Final = {
    "label": "label COLLATE NOCASE",
    "kind": "kind",
    "plans": "plans",
    "actions": "actions",
    "led": "led",
    "open": "led_open",
    "partnered": "partnered",
    "mentioned": "mentioned",
}
"""What a list can be sorted by → the column."""

TOTALS: Final = """
INSERT INTO total
SELECT party, MIN(label), MIN(kind), MIN(plan), GROUP_CONCAT(names, '\n'), COUNT(*), SUM(actions), SUM(led),
       SUM(led_open), SUM(partnered), SUM(mentioned)
FROM part GROUP BY party
"""


class PartyRow(msgspec.Struct, frozen=True):
    """A party in numbers: of how many plans, in how many actions, as what.

    ``plan`` is one of its plans: the only one, unless it is an agency.
    """

    party: str
    label: str
    kind: str
    plan: str
    plans: int
    actions: int
    led: int
    led_open: int
    partnered: int
    mentioned: int


class PartyIndex:
    """The parties of one graph.

    Parameters
    ----------
    folder
        The workspace. Where it cannot be written, the file lies elsewhere for as long as this object.
    states
        Plan → what tells one state of it from another.
    record
        Gives a plan.
    """

    def __init__(self, folder: Path, states: Mapping[str, str], record: Callable[[str], PlanRecord]) -> None:
        self._states, self._record = states, record
        self._counted: dict[object, Any] = {}
        self._own: tempfile.TemporaryDirectory[str] | None = None
        if not os.access(folder, os.W_OK):
            self._own = tempfile.TemporaryDirectory(prefix="planweave-")
        self._path = Path(self._own.name if self._own else folder) / FILE

    def update(self, progress: Callable[[int, int], None] = lambda *_: None) -> None:
        """Take out what is gone or has changed, and read what is new.

        Parameters
        ----------
        progress
            Told how many plans are read, of how many.

        Raises
        ------
        StoreError
            If the file cannot be made or written.
        """
        with self._opened() as database:
            known = dict(database.execute("SELECT id, state FROM plan"))
            gone = [plan for plan, state in known.items() if self._states.get(plan) != state]
            fresh = [plan for plan, state in self._states.items() if known.get(plan) != state]
            whole = database.execute("SELECT COUNT(*) FROM total").fetchone()[0] or not self._states
            if not gone and not fresh and whole:
                return
            self._counted.clear()
            with database:
                database.execute("DELETE FROM total")
                for table, column in (("part", "plan"), ("plan", "id")):
                    database.executemany(f"DELETE FROM {table} WHERE {column} = ?", [(plan,) for plan in gone])  # noqa: S608
            for start in range(0, len(fresh), AT_ONCE):
                plans = fresh[start : start + AT_ONCE]
                rows = [_row(part) for plan in plans for part in parts_of(self._record(plan))]
                with database:
                    database.executemany("INSERT INTO part VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", rows)
                    database.executemany("INSERT INTO plan VALUES (?, ?)", [(one, self._states[one]) for one in plans])
                progress(start + len(plans), len(fresh))
            with database:
                database.execute(TOTALS)

    def count(
        self, words: str = "", kinds: Collection[str] = (), plan: str | None = None, also: Collection[str] = ()
    ) -> int:
        """Count the parties that :meth:`rows` would give without a limit."""
        where, values = _where(words, kinds, plan, also)

        def count() -> int:
            with self._opened() as database:
                (number,) = database.execute(f"SELECT COUNT(*) FROM total WHERE {where}", values).fetchone()  # noqa: S608
            return int(number)

        return self._once((where, *values), count)

    def rows(
        self,
        words: str = "",
        kinds: Collection[str] = (),
        plan: str | None = None,
        also: Collection[str] = (),
        *,
        sort: str = "label",
        descending: bool = False,
        start: int = 0,
        most: int = -1,
    ) -> list[PartyRow]:
        """Give parties in numbers.

        Parameters
        ----------
        words
            What one of the names has in it.
        kinds
            Of which kinds; all unless told otherwise.
        plan
            Only those that this plan names.
        also
            IRIs of parties that answer to the words by a name that no plan prints.
        sort, descending
            One of the names of counts, "label" or "kind"; those with equal values by their names.
        start, most
            Which part of the list.
        """
        where, values = _where(words, kinds, plan, also)
        way = "DESC" if descending else "ASC"
        query = f"""SELECT party, label, kind, plan, plans, actions, led, led_open, partnered, mentioned
                    FROM total WHERE {where}
                    ORDER BY {ORDERS[sort]} {way}, label COLLATE NOCASE, party LIMIT ? OFFSET ?"""  # noqa: S608
        with self._opened() as database:
            return [PartyRow(*row) for row in database.execute(query, (*values, most, start))]

    def kinds(self, plan: str | None = None) -> dict[str, int]:
        """Count the parties of each kind."""
        where, values = _where("", (), plan, ())

        def count() -> dict[str, int]:
            with self._opened() as database:
                query = f"SELECT kind, COUNT(*) FROM total WHERE {where} GROUP BY kind ORDER BY COUNT(*) DESC, kind"  # noqa: S608
                return dict(database.execute(query, values))

        return self._once(("kinds", plan), count)

    def _once(self, what: object, count: Callable[[], C]) -> C:
        """Count something once: to count two hundred thousand parties takes longer than to show a page of them."""
        if what not in self._counted:
            if len(self._counted) >= COUNTS:
                self._counted.clear()
            self._counted[what] = count()
        found: C = self._counted[what]
        return found

    def parts(self, party: str) -> list[Part]:
        """Give what a party does in each of its plans, by the ids of the plans; nothing where nobody is known so."""
        with self._opened() as database:
            found = database.execute("SELECT said FROM part WHERE party = ? ORDER BY plan", (party,)).fetchall()
        decoder = msgspec.msgpack.Decoder(Part)
        return [decoder.decode(said) for (said,) in found]

    def labels(self, parties: Collection[str]) -> dict[str, str]:
        """Give the names of some parties."""
        with self._opened() as database:
            rows = (database.execute("SELECT party, label FROM total WHERE party = ?", (one,)) for one in parties)
            return {party: label for found in rows for party, label in found}

    @contextmanager
    def _opened(self) -> Iterator[sqlite3.Connection]:
        try:
            with closing(self._connect()) as database:
                yield database
        except sqlite3.Error as error:
            raise StoreError(
                f"the file of parties cannot be used ({error})", file=self._path, fix="remove it; it is made again"
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


def _row(part: Part) -> tuple[object, ...]:
    led = [place for place in part.places if place.role == "lead"]
    names = "\n".join((part.label, *part.names)).casefold()
    return (
        part.party,
        part.plan,
        part.label,
        part.kind,
        names,
        len({place.n for place in part.places}),
        len(led),
        sum(place.open for place in led),
        part.count("partner"),
        part.count("mention"),
        msgspec.msgpack.encode(part),
    )


def _where(words: str, kinds: Collection[str], plan: str | None, also: Collection[str]) -> tuple[str, list[str]]:
    """Say in SQL which parties are wanted; what is looked for is bound, and never part of it."""
    wanted, values = ["1"], []
    if text := " ".join(words.casefold().split()):
        others = ", ".join("?" * len(also))
        wanted.append(f"(INSTR(names, ?) > 0 OR party IN ({others}))" if also else "INSTR(names, ?) > 0")
        values += [text, *also]
    if kinds:
        wanted.append(f"kind IN ({', '.join('?' * len(kinds))})")
        values += kinds
    if plan is not None:
        wanted.append("party IN (SELECT party FROM part WHERE plan = ?)")
        values.append(plan)
    return " AND ".join(wanted), values
