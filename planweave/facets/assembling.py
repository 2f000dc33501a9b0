"""Putting the pieces of all plans together: columns over all actions, names in one order, what they are sorted by."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Final

import numpy as np

from planweave.facets.choices import CODES, NONES, escaped
from planweave.facets.columns import Numbers, Several, Words, save
from planweave.facets.natural import natural
from planweave.facets.pieces import COLUMNS, SEVERAL, Part, Piece
from planweave.facets.rows import OPEN

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

__all__ = ["SORTED", "Assembly"]

BEGINNING: Final = dt.date(1970, 1, 1).toordinal()
SORTED: Final = ("ref", "text", "plan", "lead", "partner", "pillar", "status", "due", "updates", "crossrefs")
"""What the actions can be sorted by."""


class Assembly:
    """The columns of all plans, made of their pieces."""

    def __init__(self, folder: Path, parts: Sequence[Part], pieces: Sequence[Piece]) -> None:
        self._folder, self._parts, self._pieces = folder, parts, pieces

    def write(self) -> None:
        """Write all columns."""
        single = {name: self._joined(name, kind) for name, kind in COLUMNS.items()}
        for name in ("status", "due", "exact", "earliest", "latest", "vague", "updates", "crossrefs"):
            save(self._folder, name, single[name])
        save(self._folder, "printed", np.concatenate(([0], np.cumsum(single["length"], dtype="i8"))))
        counts = [part.actions for part in self._parts]
        plans = np.repeat(np.arange(len(counts), dtype="i4"), counts)
        save(self._folder, "plan", plans)
        save(self._folder, "month", _months(single["latest"]))
        ranks = {"party": self._table("party"), "pillar": self._table("pillar")}
        self._order("ref", *_ranked(single["ref"]))
        self._order("text", *_ranked(single["text"]))
        titles = np.array([natural(part.name) for part in self._parts], dtype=COLUMNS["text"])
        self._order("plan", _ranked(titles)[0][plans], np.zeros(len(plans), dtype=bool))
        for name in SEVERAL:
            table = "pillar" if name == "pillar" else "party"
            column = self._several(name, *ranks[table])
            column.save(self._folder, name)
            self._order(name, *_by_first(column, ranks[table][1]))
        unknown = CODES["status"].index("unknown")
        self._order("status", single["status"].astype("i8"), single["status"] >= unknown)
        self._order("due", *_by_due(single))
        for name in ("updates", "crossrefs"):
            self._order(name, single[name].astype("i8"), np.zeros(len(plans), dtype=bool))

    def _joined(self, name: str, kind: str) -> Numbers:
        return np.frombuffer(b"".join(piece.columns[name] for piece in self._pieces), dtype=kind)

    def _table(self, table: str) -> tuple[list[dict[str, int]], Numbers]:
        """Write the names of parties or pillars in the order of their keys; give the numbers, and their own order."""
        every: dict[str, str] = {}
        own = [
            piece.parties if table == "party" else [(escaped(name), name) for name in piece.pillars]
            for piece in self._pieces
        ]
        for pairs in own:
            for key, label in pairs:
                every.setdefault(key, label)
        keys = sorted(every, key=str.encode)
        labels = [every[key] for key in keys]
        nothing = [""] * len(NONES)
        Words.write(self._folder, f"{table}.keys", [*nothing, *keys])
        Words.write(self._folder, f"{table}.labels", [*nothing, *labels])
        Words.write(self._folder, f"{table}.folded", [*nothing, *(label.casefold() for label in labels)])
        ranks = _ranked(np.array([b"", *map(natural, labels)], dtype=COLUMNS["text"]))[0][1:]
        ranks = np.concatenate((np.zeros(len(NONES), dtype="i8"), ranks))
        save(self._folder, f"{table}.ranks", ranks)
        numbers = {key: len(NONES) + number for number, key in enumerate(keys)}
        return [{key: numbers[key] for key, _ in pairs} for pairs in own], ranks

    def _several(self, name: str, numbers: Sequence[Mapping[str, int]], ranks: Numbers) -> Several:
        lengths, values = self._joined(f"{name}.number", "i4"), self._joined(name, "i4")
        own = np.array([number for plan in numbers for number in plan.values()], dtype="i4")
        many = [len(plan) for plan in numbers]
        first = np.cumsum([0, *many])[:-1]
        shift = np.repeat(first, [len(piece.columns[name]) // 4 for piece in self._pieces])
        real = values >= len(NONES)
        values = values.copy()
        values[real] = own[values[real] - len(NONES) + shift[real]]
        return Several.of_values(lengths, values, len(ranks))

    def _order(self, name: str, keys: Numbers, blank: Numbers) -> None:
        """Write the actions in an order and in the other, those that have nothing to be sorted by at the end of both.

        Of those with the same key each stays before the one that is printed after it.
        """
        filled, last = np.flatnonzero(~blank), np.flatnonzero(blank)
        for way, sign in (("up", 1), ("down", -1)):
            order = filled[np.argsort(sign * keys[filled], kind="stable")]
            save(self._folder, f"order.{name}.{way}", np.concatenate((order, last)).astype("i4"))
        dense = np.unique(keys, return_inverse=True)[1].astype("i4")
        save(self._folder, f"key.{name}", np.where(blank, -1, dense).astype("i4"))


def _ranked(keys: Numbers) -> tuple[Numbers, Numbers]:
    """Number keys by their order, and mark those that are empty."""
    _, ranks = np.unique(keys, return_inverse=True)
    return ranks.astype("i8"), keys == b""


def _by_first(column: Several, ranks: Numbers) -> tuple[Numbers, Numbers]:
    """Give the key of each action by the names of its first two values, and mark those that have none."""
    starts, lengths = column.starts[:-1], np.diff(column.starts)
    first = column.values[starts]
    second = column.values[np.minimum(starts + 1, max(0, len(column.values) - 1))]
    keys = (ranks[first] + 1) * (len(ranks) + 2) + np.where(lengths > 1, ranks[second] + 1, 0)
    return keys, first < len(NONES)


def _months(days: Numbers) -> Numbers:
    """Give the month of each day, numbered from January 1970; of what is no day the one of 1970."""
    real = (days > 0) & (days < OPEN)
    since = np.where(real, days.astype("i8") - BEGINNING, 0)
    return since.astype("datetime64[D]").astype("datetime64[M]").astype("i4")


def _by_due(single: Mapping[str, Numbers]) -> tuple[Numbers, Numbers]:
    """Give the key of each action by the last day of its date, then by the first."""
    latest, earliest = single["latest"].astype("i8"), single["earliest"].astype("i8")
    assert OPEN < 1 << 31  # noqa: S101 - so that the two fit into one number
    return (latest << 31) + earliest, single["exact"] == CODES["exact"].index("none")
