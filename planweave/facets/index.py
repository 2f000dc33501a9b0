"""The index of a build, opened: columns that are mapped from disk, and rows by their number."""

from __future__ import annotations

import bisect
import threading
from collections import OrderedDict
from functools import cached_property
from typing import TYPE_CHECKING, Final

import msgspec
import numpy as np

from planweave.errors import StoreError
from planweave.facets.choices import BLANKS, CODES, NONES
from planweave.facets.columns import Numbers, Several, Single, Stretches, Words, load, mapped
from planweave.facets.making import folder_of, read_contents
from planweave.facets.pieces import SEVERAL
from planweave.facets.rows import ActionRow, Named, Printed, day_of

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from pathlib import Path

    from planweave.facets.choices import Choices
    from planweave.facets.finding import FoundMarks
    from planweave.facets.making import Contents
    from planweave.facets.selecting import Selection

__all__ = ["ActionIndex", "open_index"]

KEPT_BYTES: Final = 48_000_000
"""So much of selections is kept for who asks for the next page of one."""


def open_index(workspace: Path, states: Mapping[str, str], folder: Path | None = None) -> ActionIndex | None:
    """Open the index of some plans in some states; None where it is not there yet.

    Parameters
    ----------
    workspace
        The folder of the graph.
    states
        Plan → what tells one state of it from another, in the order of the graph.
    folder
        Where the index was made, if that is not where it belongs: the workspace may not be written.

    Raises
    ------
    StoreError
        If it is damaged.
    """
    folder = folder or folder_of(workspace, states)
    contents = read_contents(folder)
    return ActionIndex(folder, contents) if contents else None


class ActionIndex:
    """All actions of a build, to be filtered, counted, sorted and paged.

    Parameters
    ----------
    folder
        Where it is.
    contents
        What it holds.
    """

    def __init__(self, folder: Path, contents: Contents) -> None:
        self.folder, self.contents = folder, contents
        try:
            self._open()
        except (OSError, ValueError) as error:
            raise StoreError("the index of actions is damaged", file=folder, fix="it is made again") from error
        self._lock = threading.Lock()
        self._kept: OrderedDict[object, Selection] = OrderedDict()

    def _open(self) -> None:
        folder = self.folder
        self.starts = np.cumsum([0, *(part.actions for part in self.contents.parts)])
        self._printed, self._printed_at = mapped(folder / "printed.bin"), load(folder, "printed")
        self.earliest, self.latest, self.vague = (load(folder, name) for name in ("earliest", "latest", "vague"))
        self.updates, self.crossrefs = load(folder, "updates"), load(folder, "crossrefs")
        self.singles = {name: Single(load(folder, name), len(codes)) for name, codes in CODES.items()}
        self.of_plan = Stretches(load(folder, "plan"), self.starts)
        self.month = load(folder, "month")
        self.several = {name: Several.load(folder, name) for name in SEVERAL}
        self.keys = {table: Words(folder, f"{table}.keys") for table in ("party", "pillar")}
        self.labels = {table: Words(folder, f"{table}.labels") for table in ("party", "pillar")}
        self.folded = {table: Words(folder, f"{table}.folded") for table in ("party", "pillar")}
        self.ranks = {table: load(folder, f"{table}.ranks") for table in ("party", "pillar")}
        self._sort_keys: dict[str, Numbers] = {}
        self._orders: dict[tuple[str, bool], Numbers] = {}

    def __len__(self) -> int:
        return int(self.starts[-1])

    @cached_property
    def plans(self) -> dict[str, int]:
        """The number of each plan by its id."""
        return {part.plan: number for number, part in enumerate(self.contents.parts)}

    def order(self, name: str, *, descending: bool) -> Numbers:
        """Give the actions in an order."""
        key = (name, descending)
        if key not in self._orders:
            self._orders[key] = load(self.folder, f"order.{name}.{'down' if descending else 'up'}")
        return self._orders[key]

    def sort_keys(self, name: str) -> Numbers:
        """Give what the actions are sorted by: numbers in that order, -1 where there is nothing to be sorted by."""
        if name not in self._sort_keys:
            self._sort_keys[name] = load(self.folder, f"key.{name}")
        return self._sort_keys[name]

    def rows_by_id(self, plan: int) -> dict[str, int]:
        """Give the rows of the actions of a plan, by their ids."""
        first, last = int(self.starts[plan]), int(self.starts[plan + 1])
        own = self.contents.parts[plan].plan
        return {f"{own}/{self._words(row).own}": row for row in range(first, last)}

    def row(self, number: int, marks: FoundMarks | None = None) -> ActionRow:
        """Give an action by its number.

        Raises
        ------
        StoreError
            If its words are damaged.
        """
        words = self._words(number)
        part = self.contents.parts[bisect.bisect_right(self.starts, number) - 1]
        leads, partners, pillars = (self.several[name].of(number) for name in SEVERAL)
        codes = {name: CODES[name][self.singles[name].values[number]] for name in CODES}
        return ActionRow(
            row=number,
            id=f"{part.plan}/{words.own}",
            ref=words.ref,
            text=words.text,
            group=words.group,
            plan=Named(part.plan, part.name),
            leads=self._named("party", leads),
            partners=self._named("party", partners),
            pillars=self._named("pillar", pillars),
            status=codes["status"].partition(".")[0],
            kind=codes["due"].partition(".")[0],
            due=words.due,
            edtf=words.edtf,
            earliest=day_of(int(self.earliest[number])),
            latest=day_of(int(self.latest[number])),
            precision=codes["exact"],
            vague=bool(self.vague[number]),
            no_due=codes["due"].partition(".")[2] or None,
            no_lead=_blank(leads),
            no_partner=_blank(partners),
            no_status=codes["status"].partition(".")[2] or None,
            updates=int(self.updates[number]),
            crossrefs=int(self.crossrefs[number]),
            findings=_found(marks, number) if marks else None,
        )

    def _words(self, number: int) -> Printed:
        data = self._printed[self._printed_at[number] : self._printed_at[number + 1]]
        try:
            return msgspec.msgpack.decode(data, type=Printed)
        except msgspec.DecodeError as error:
            raise StoreError(
                "the index of actions is damaged", file=self.folder, fix="remove the folder; it is made again"
            ) from error

    def _named(self, table: str, numbers: Sequence[int]) -> tuple[Named, ...]:
        keys, labels = self.keys[table], self.labels[table]
        return tuple(Named(keys[number], labels[number]) for number in numbers if number >= len(NONES))

    def select(
        self, choices: Choices, *, marks: FoundMarks | None = None, about: Callable[[str], Numbers] | None = None
    ) -> Selection:
        """Select actions.

        Parameters
        ----------
        choices
            What is chosen.
        marks
            The open findings; without them nothing can be chosen by finding.
        about
            Gives the numbers of the actions that are about some words; without it nothing can be chosen by words.
        """
        from planweave.facets.selecting import Selection  # noqa: PLC0415 - which needs this

        key = (choices, id(marks))
        with self._lock:
            known = self._kept.get(key)
            if known is not None:
                self._kept.move_to_end(key)
                return known
        made = Selection(self, choices, marks, about(choices.words) if about and choices.words else None)
        with self._lock:
            self._kept[key] = made
            while len(self._kept) > max(4, KEPT_BYTES // (4 * len(self) + 10_000)):
                self._kept.popitem(last=False)
        return made

    def forget(self) -> None:
        """Let go of the selections that are kept."""
        with self._lock:
            self._kept.clear()


def _blank(values: Sequence[int]) -> str | None:
    return BLANKS[values[0] - 1] if 0 < values[0] < len(NONES) else None


def _found(marks: FoundMarks, row: int) -> tuple[str, ...]:
    return tuple(marks.questions[number - 1].shape for number in marks.column.of(row) if number)
