"""Columns on disk: words by number, one value an action, several values an action; mapped, not read."""

from __future__ import annotations

import mmap
import re
from dataclasses import dataclass, fields
from functools import cached_property
from typing import TYPE_CHECKING, Any, TypeAlias

import numpy as np
import numpy.typing as npt

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

__all__ = ["Marked", "Mask", "Numbers", "Several", "Single", "Stretches", "Words", "load", "mapped", "ranges", "save"]

Numbers: TypeAlias = npt.NDArray[Any]
Mask: TypeAlias = npt.NDArray[np.bool_]

FEW = 5
"""Where less than one action in so many is marked, they are looked at one by one."""


def save(folder: Path, name: str, values: Numbers) -> None:
    """Write a column."""
    np.save(folder / f"{name}.npy", values, allow_pickle=False)


def load(folder: Path, name: str) -> Numbers:
    """Map a column."""
    values: Numbers = np.asarray(np.load(folder / f"{name}.npy", mmap_mode="r", allow_pickle=False))
    return values


def mapped(path: Path) -> bytes | mmap.mmap:
    """Map a file."""
    with path.open("rb") as file:
        return mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) if path.stat().st_size else b""


def ranges(starts: Numbers, lengths: Numbers) -> Numbers:
    """Give the numbers of several ranges, one after the other.

    Examples
    --------
    >>> ranges(np.array([5, 0]), np.array([2, 3])).tolist()
    [5, 6, 0, 1, 2]
    """
    before = np.cumsum(lengths) - lengths
    shifts: Numbers = np.repeat(starts - before, lengths)
    shifts += np.arange(int(lengths.sum()))
    return shifts


class Marked:
    """Actions that are marked among all, how many they are, and their numbers where they are few."""

    def __init__(self, mask: Mask) -> None:
        self.mask, self.number = mask, int(np.count_nonzero(mask))

    @property
    def are_few(self) -> bool:
        """Whether they are rather looked at one by one."""
        return self.number * FEW < len(self.mask)

    @property
    def are_most(self) -> bool:
        """Whether the others are rather looked at."""
        return self.number * 2 > len(self.mask)

    @cached_property
    def rows(self) -> Numbers:
        """Their numbers."""
        return np.flatnonzero(self.mask)

    @cached_property
    def others(self) -> Marked:
        """Those that are not marked."""
        return Marked(~self.mask)


class Words:
    """Texts by their number; they can be looked up where they are sorted, and searched."""

    def __init__(self, folder: Path, name: str) -> None:
        self._blob, self._starts = mapped(folder / f"{name}.bin"), load(folder, f"{name}.at")

    @staticmethod
    def write(folder: Path, name: str, texts: Sequence[str]) -> None:
        """Write texts."""
        encoded = [text.encode() for text in texts]
        (folder / f"{name}.bin").write_bytes(b"".join(encoded))
        save(folder, f"{name}.at", np.cumsum([0, *map(len, encoded)], dtype="i8"))

    def __len__(self) -> int:
        return len(self._starts) - 1

    def __getitem__(self, number: int) -> str:
        return self._blob[self._starts[number] : self._starts[number + 1]].decode()

    def place(self, text: str, first: int = 0) -> int | None:
        """Give the number of a text, where they are sorted from a number on."""
        low, high, wanted = first, len(self), text.encode()
        while low < high:
            middle = (low + high) // 2
            if self._blob[self._starts[middle] : self._starts[middle + 1]] < wanted:
                low = middle + 1
            else:
                high = middle
        return low if low < len(self) and self[low] == text else None

    def holding(self, part: str) -> Numbers:
        """Give the numbers of the texts that hold a piece of text, in order."""
        wanted = part.encode()
        found = [match.start() for match in re.finditer(re.escape(wanted), self._blob)] if wanted else []
        places = np.array(found, dtype="i8")
        first = np.searchsorted(self._starts, places, side="right")
        # What stands across the end of one text and the beginning of the next is in neither.
        return np.unique(first[places + len(wanted) <= self._starts[first]] - 1) if len(places) else places

    def equal(self, text: str) -> Numbers:
        """Give the numbers of the texts that are this one, in order."""
        numbers, length = self.holding(text), len(text.encode())
        found: Numbers = numbers[self._starts[numbers + 1] - self._starts[numbers] == length]
        return found


@dataclass(frozen=True)
class Single:
    """A column with one code an action, out of a few."""

    values: Numbers
    many: int

    @cached_property
    def totals(self) -> Numbers:
        """How many actions have each code."""
        return np.bincount(self.values, minlength=self.many)

    def having(self, numbers: Numbers) -> Mask:
        """Mark the actions that have one of some codes."""
        mask = np.zeros(len(self.values), dtype=bool)
        for number in numbers:
            mask |= self.values == number
        return mask

    def counts(self, marked: Marked) -> Numbers:
        """Count the codes of the actions that are marked."""
        if marked.are_few:
            return np.bincount(self.values[marked.rows], minlength=self.many)
        # Of so few codes each one is compared faster than what is marked is taken out.
        counts = np.zeros(self.many, dtype="i8")
        for code in np.flatnonzero(self.totals):
            counts[code] = np.count_nonzero((self.values == code) & marked.mask)
        return counts


@dataclass(frozen=True)
class Stretches:
    """A column whose values are numbered as they stand: value n from ``starts[n]`` to ``starts[n + 1]``."""

    values: Numbers
    starts: Numbers

    @property
    def many(self) -> int:
        """How many different values there are."""
        return len(self.starts) - 1

    @property
    def totals(self) -> Numbers:
        """How many actions have each value."""
        return np.diff(self.starts)

    def having(self, numbers: Numbers) -> Mask:
        """Mark the actions that have one of some values."""
        mask = np.zeros(len(self.values), dtype=bool)
        for number in numbers:
            mask[self.starts[number] : self.starts[number + 1]] = True
        return mask

    def counts(self, marked: Marked) -> Numbers:
        """Count the values of the actions that are marked."""
        if marked.are_few:
            return np.bincount(self.values[marked.rows], minlength=self.many)
        counts = np.zeros(self.many, dtype="i8")
        filled = np.flatnonzero(np.diff(self.starts))
        if len(filled):
            counts[filled] = np.add.reduceat(marked.mask, self.starts[filled], dtype="i4")
        return counts


@dataclass(frozen=True)
class Several:
    """A column with several values an action, at least one.

    Parameters
    ----------
    starts, values
        Those of action n stand from ``starts[n]`` to ``starts[n + 1]``.
    owners
        Which action each value is of.
    places, rows
        The other way round: the actions that have value v stand from ``places[v]`` to ``places[v + 1]``.
    """

    starts: Numbers
    values: Numbers
    owners: Numbers
    places: Numbers
    rows: Numbers

    @classmethod
    def of_values(cls, lengths: Numbers, values: Numbers, many: int) -> Several:
        """Make the column of how many values each action has, the values, and how many different ones there are."""
        # As wide as NumPy takes numbers of places: narrower ones would be widened at each use.
        values = values.astype("i8")
        starts = np.concatenate(([0], np.cumsum(lengths, dtype="i8")))
        owners = np.repeat(np.arange(len(lengths), dtype="i8"), lengths)
        places = np.concatenate(([0], np.cumsum(np.bincount(values, minlength=many), dtype="i8")))
        return cls(starts, values, owners, places, owners[np.argsort(values, kind="stable")])

    def save(self, folder: Path, name: str) -> None:
        """Write the column."""
        for field in fields(self):
            save(folder, f"{name}.{field.name}", getattr(self, field.name))

    @classmethod
    def load(cls, folder: Path, name: str) -> Several:
        """Map the column."""
        return cls(**{field.name: load(folder, f"{name}.{field.name}") for field in fields(cls)})

    @property
    def many(self) -> int:
        """How many different values there are."""
        return len(self.places) - 1

    @cached_property
    def totals(self) -> Numbers:
        """How many actions have each value."""
        return np.diff(self.places)

    def of(self, row: int) -> list[int]:
        """Give the values of an action."""
        found: list[int] = self.values[self.starts[row] : self.starts[row + 1]].tolist()
        return found

    def having(self, numbers: Numbers) -> Mask:
        """Mark the actions that have one of some values."""
        mask = np.zeros(len(self.starts) - 1, dtype=bool)
        starts = self.places[numbers]
        mask[self.rows[ranges(starts, self.places[np.asarray(numbers) + 1] - starts)]] = True
        return mask

    def counts(self, marked: Marked) -> Numbers:
        """Count the values of the actions that are marked."""
        if marked.are_most:
            return self.totals - self.counts(marked.others)
        if marked.are_few:
            starts = self.starts[marked.rows]
            found = self.values[ranges(starts, self.starts[marked.rows + 1] - starts)]
        else:
            found = self.values[marked.mask[self.owners]]
        return np.bincount(found, minlength=self.many)
