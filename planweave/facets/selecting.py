"""A selection of actions: how many, a page of them in an order, and how many each value of a facet would give."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property, reduce
from typing import TYPE_CHECKING, Final

import numpy as np

from planweave.errors import NotFound
from planweave.facets.assembling import SORTED
from planweave.facets.choices import CODES, FACETS, NONE, NONES
from planweave.facets.columns import Marked
from planweave.facets.rows import OPEN

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator, Sequence

    from planweave.facets.choices import Choices
    from planweave.facets.columns import Mask, Numbers, Several, Single, Stretches
    from planweave.facets.finding import FoundMarks
    from planweave.facets.index import ActionIndex
    from planweave.facets.rows import ActionRow

__all__ = ["SORTS", "Count", "Selection"]

SORTS: Final = (*SORTED, "printed", "findings")
"""What a selection can be sorted by."""

STRIDE: Final = 1 << 16
TABLES: Final = {"lead": "party", "partner": "party", "pillar": "pillar"}
DONE: Final = ("complete", "stopped")
FEW_ALIKE: Final = 5
"""Of names that several values have so many are given."""


@dataclass(frozen=True)
class Count:
    """A value of a facet.

    Parameters
    ----------
    key, label
        As an address has it, and as people do; the label of a code is the code.
    number
        How many actions it would give.
    chosen
        Whether it is chosen.
    within
        The title of the plan, of a party that only one plan knows.
    same
        How many values of the same name are meant together.
    """

    key: str
    label: str
    number: int
    chosen: bool = False
    within: str = ""
    same: int = 1


class Selection:
    """What is left of the actions when choices are made.

    Made by :meth:`ActionIndex.select`.
    """

    def __init__(self, index: ActionIndex, choices: Choices, marks: FoundMarks | None, about: Numbers | None) -> None:
        self.index, self.choices, self._marks = index, choices, marks
        self._masks = {facet: self._having(facet, keys) for facet, keys in choices.facets}
        self._known: dict[str, Numbers] = {}
        self._others_of: dict[str, Marked | None] = {}
        others = list(self._others(about))
        self._base = reduce(np.logical_and, others) if others else None

    def __len__(self) -> int:
        return self._counted.number if self._counted else len(self.index)

    def _others(self, about: Numbers | None) -> Iterator[Mask]:
        """Give what is chosen by other ways than facets."""
        index, choices = self.index, self.choices
        if choices.parties:
            numbers = self._numbers("lead", choices.parties)
            yield index.several["lead"].having(numbers) | index.several["partner"].having(numbers)
        if choices.begins or choices.ends:
            yield self._falls_due(choices.begins, choices.ends)
        if choices.overdue:
            yield self.overdue(choices.overdue)
        if about is not None:
            mask = np.zeros(len(index), dtype=bool)
            mask[about] = True
            yield mask

    def _falls_due(self, begins: dt.date | None, ends: dt.date | None) -> Mask:
        latest = self.index.latest
        mask = self._is_dated & (latest < OPEN)
        if begins:
            mask &= latest >= begins.toordinal()
        if ends:
            mask &= latest <= ends.toordinal()
        return mask

    @property
    def _is_dated(self) -> Mask:
        """Mark what is due by a date that is no review and has an end to it."""
        mask: Mask = (self.index.singles["due"].values == CODES["due"].index("date")) & (self.index.latest > 0)
        return mask

    def overdue(self, day: dt.date) -> Mask:
        """Mark, of all actions, those that were due before a day and are not said to be complete or stopped."""
        status = self.index.singles["status"].values
        late = self._is_dated & (self.index.latest < day.toordinal())
        for code in DONE:
            late &= status != CODES["status"].index(code)
        return late

    def _having(self, facet: str, keys: Sequence[str]) -> Mask:
        return self.column(facet).having(self._numbers(facet, keys))

    def column(self, facet: str) -> Single | Several | Stretches:
        """Give the column of a facet.

        Raises
        ------
        NotFound
            If it is that of the findings, and they are not known yet.
        """
        if facet == "finding":
            if self._marks is None:
                raise NotFound("the findings are not known yet", fix="ask again in a while")
            return self._marks.column
        if facet == "plan":
            return self.index.of_plan
        return self.index.several[facet] if facet in self.index.several else self.index.singles[facet]

    def _numbers(self, facet: str, keys: Sequence[str]) -> Numbers:
        """Give the numbers of some keys; what nobody has is left out."""
        found = sorted({number for key in keys for number in self._numbers_of(facet, key)})
        return np.array(found, dtype="i8")

    def numbers_chosen(self, facet: str) -> Numbers | None:
        """Give the numbers of the values that are chosen of a facet; None where none is."""
        keys = self.choices.chosen(facet)
        return self._numbers(facet, keys) if keys else None

    def _numbers_of(self, facet: str, key: str) -> list[int]:
        if facet == "plan":
            return [self.index.plans[key]] if key in self.index.plans else []
        if facet == "finding":
            shapes = ["none", *(question.shape for question in self._marks.questions)] if self._marks else []
            return [shapes.index(key)] if key in shapes else []
        if facet in CODES or key in NONES:
            codes = CODES.get(facet, NONES)
            return [number for number, code in enumerate(codes) if code == key or code.startswith(f"{key}.")]
        table = TABLES[facet]
        number = self.index.keys[table].place(key, len(NONES))
        return [number] if number is not None else self._of_name(table, key)

    def _of_name(self, table: str, name: str) -> list[int]:
        """Give the numbers of all that have a name."""
        found: list[int] = self.index.folded[table].equal(name.casefold().strip()).tolist()
        return found

    @cached_property
    def _counted(self) -> Marked | None:
        return self._without(None)

    def _without(self, facet: str | None) -> Marked | None:
        """Mark what is left without the choice of a facet; None where that is everything."""
        masks = [mask for name, mask in self._masks.items() if name != facet]
        if self._base is not None:
            masks.append(self._base)
        return Marked(reduce(np.logical_and, masks)) if masks else None

    def _besides(self, facet: str) -> Marked | None:
        """Mark what is chosen by all other facets."""
        if facet not in self._masks:
            return self._counted
        if facet not in self._others_of:
            self._others_of[facet] = self._without(facet)
        return self._others_of[facet]

    @property
    def mask(self) -> Mask:
        """Which of all actions are selected."""
        return self._counted.mask if self._counted else np.ones(len(self.index), dtype=bool)

    def numbers(
        self, sort: str = "printed", *, descending: bool = False, start: int = 0, stop: int | None = None
    ) -> Numbers:
        """Give the numbers of a page of actions.

        Parameters
        ----------
        sort, descending
            One of :data:`SORTS`, and which way; what has nothing to be sorted by comes last either way.
        start, stop
            From which place to before which.
        """
        marked, total = self._counted, len(self)
        stop = total if stop is None else min(stop, total)
        if sort == "printed":
            found = np.arange(total) if marked is None else marked.rows
            return found[::-1][start:stop] if descending else found[start:stop]
        if marked is not None and marked.are_few:
            return self._sorted(marked.rows, sort, descending=descending)[start:stop]
        order = self._order(sort, descending=descending)
        if marked is None:
            return order[start:stop]
        return _walked(order, marked.mask, start, stop)

    def _sorted(self, rows: Numbers, sort: str, *, descending: bool) -> Numbers:
        """Sort a few actions."""
        keys = self._marks.numbers[rows] if sort == "findings" and self._marks else self.index.sort_keys(sort)[rows]
        filled = keys >= 0
        order = np.argsort(-keys[filled] if descending else keys[filled], kind="stable")
        return np.concatenate((rows[filled][order], rows[~filled]))

    def _order(self, sort: str, *, descending: bool) -> Numbers:
        if sort == "findings" and self._marks:
            return self._marks.orders[descending]
        return self.index.order(sort, descending=descending)

    def rows(
        self, sort: str = "printed", *, descending: bool = False, start: int = 0, stop: int | None = None
    ) -> Iterator[ActionRow]:
        """Give a page of actions, one at a time; what is given is as for :meth:`numbers`."""
        for number in self.numbers(sort, descending=descending, start=start, stop=stop).tolist():
            yield self.index.row(number, self._marks)

    def counts(self, facet: str) -> Numbers:
        """Count, for every value of a facet, the actions it would give if nothing else were chosen of the facet."""
        if facet not in self._known:
            marked, column = self._besides(facet), self.column(facet)
            self._known[facet] = column.totals if marked is None else column.counts(marked)
        return self._known[facet]

    def count_of(self, facet: str, number: int, many: int) -> Count:
        """Give a value of a facet by its number, with how many actions have it."""
        key = self._key(facet, number)
        plan = key.partition("/")[0] if TABLES.get(facet) == "party" else ""
        within = self.index.contents.parts[self.index.plans[plan]].name if plan in self.index.plans else ""
        return Count(key, self._label(facet, number), many, key in self.choices.chosen(facet), within)

    def _together(self, facet: str, key: str, numbers: Numbers) -> Count:
        """Give several values as one, with how many actions have any of them."""
        marked, having = self._besides(facet), self.column(facet).having(numbers)
        many = np.count_nonzero(having & marked.mask if marked else having)
        label = self._label(facet, int(numbers[0])) if len(numbers) else key
        return Count(key, label, int(many), key in self.choices.chosen(facet), same=len(numbers))

    def values(self, facet: str, most: int = 10, words: str = "") -> tuple[list[Count], int]:
        """Give the values of a facet that some action has: what is chosen, then those with the most actions.

        Parameters
        ----------
        facet
            One of ``FACETS``.
        most
            How many are given at most, beside those that are chosen.
        words
            Only values whose names hold all of these, capitals aside.

        Returns
        -------
        The values, and how many there are in all.
        """
        counts = self.counts(facet).copy()
        counts[_nothing(facet)] = 0
        keys = [key for key in self.choices.chosen(facet) if not _is_nothing(facet, key)]
        chosen = [(key, self._numbers(facet, (key,))) for key in keys]
        found = [
            self.count_of(facet, int(own[0]), int(counts[own[0]])) if len(own) == 1 else self._together(facet, key, own)
            for key, own in chosen
        ]
        numbers = np.flatnonzero(counts)
        if words:
            named = self._named(facet, words)
            numbers = named[counts[named] > 0]
        many = len(numbers)
        for _, own in chosen:
            counts[own] = 0
        rest = numbers[counts[numbers] > 0] if chosen else numbers
        if words and facet in TABLES:
            found += self._alike(facet, rest, keys)
        if len(rest) > most:
            # Of those with as many as the last one it is not said which are given; names decide the order only.
            rest = rest[np.argpartition(-counts[rest], most)[:most]]
        found += [self.count_of(facet, number, int(counts[number])) for number in rest.tolist()]
        found.sort(key=lambda one: (not one.chosen, one.same == 1, -one.number, one.label.casefold(), one.within))
        return found, many

    def nothing(self, facet: str) -> list[Count]:
        """Count the actions that have no value of a facet: all of them together, then those of each reason."""
        counts, numbers = self.counts(facet), _nothing(facet)
        chosen = self.choices.chosen(facet)
        if not len(numbers):
            return []
        keys = [self._key(facet, number) for number in numbers.tolist()]
        every = Count(keys[0], keys[0], int(counts[numbers].sum()), keys[0] in chosen)
        reasons = [
            Count(key, key, int(counts[number]), key in chosen)
            for key, number in zip(keys[1:], numbers[1:].tolist(), strict=True)
            if counts[number] or key in chosen
        ]
        return [every, *reasons] if every.number or every.chosen or reasons else []

    def _alike(self, facet: str, numbers: Numbers, known: Sequence[str]) -> list[Count]:
        """Give the names that several of some values have, each as one value."""
        table = TABLES[facet]
        # Those of the same name stand at the same place in the order of names.
        ranks, folded = self.index.ranks[table], self.index.folded[table]
        places, many = np.unique(ranks[numbers], return_counts=True)
        most = places[np.argsort(-many, kind="stable")[:FEW_ALIKE]][: np.count_nonzero(many > 1)]
        found = []
        for place in most:
            alike = np.flatnonzero(ranks == place)
            alike = alike[alike >= len(NONES)]
            name = folded[int(alike[0])]
            own = np.array([number for number in alike.tolist() if folded[number] == name])
            if name not in known and len(own) > 1:
                found.append(self._together(facet, name, own))
        return found

    def _key(self, facet: str, number: int) -> str:
        if facet == "plan":
            return self.index.contents.parts[number].plan
        if facet in CODES:
            return CODES[facet][number]
        if facet == "finding":
            return self._marks.questions[number - 1].shape if number and self._marks else NONE
        return NONES[number] if number < len(NONES) else self.index.keys[TABLES[facet]][number]

    def _label(self, facet: str, number: int) -> str:
        """Give the name of a value; codes are their own."""
        if facet == "plan":
            return self.index.contents.parts[number].name
        if facet == "finding":
            return self._marks.questions[number - 1].title if number and self._marks else NONE
        if facet in TABLES and number >= len(NONES):
            return self.index.labels[TABLES[facet]][number]
        return self._key(facet, number)

    def _named(self, facet: str, words: str) -> Numbers:
        wanted = words.casefold().split()
        if facet in TABLES:
            folded = self.index.folded[TABLES[facet]]
            return reduce(np.intersect1d, (folded.holding(word) for word in wanted))
        many = self.column(facet).many
        labels = (self._label(facet, number).casefold() for number in range(many))
        return np.array([at for at, label in enumerate(labels) if all(word in label for word in wanted)], dtype="i8")

    def label(self, facet: str, key: str) -> str:
        """Give the name of a value by its key; where there is none of it, the key."""
        numbers = self._numbers_of(facet, key)
        return self._label(facet, numbers[0]) if len(numbers) == 1 else key


def _nothing(facet: str) -> Numbers:
    """Give the numbers of the values that stand for none."""
    if facet in TABLES:
        return np.arange(len(NONES))
    codes = CODES.get(facet, ("none",) if facet == "finding" else ())
    return np.array([number for number, code in enumerate(codes) if _is_nothing(facet, code)], dtype="i8")


def _is_nothing(facet: str, key: str) -> bool:
    return key.partition(".")[0] == ("unknown" if facet == "status" else NONE) and (key in NONES or facet in CODES)


def _walked(order: Numbers, mask: Mask, start: int, stop: int) -> Numbers:
    """Go through an order until a page is full."""
    found, number = [], 0
    for at in range(0, len(order), STRIDE):
        part = order[at : at + STRIDE]
        marked = mask[part]
        here = int(np.count_nonzero(marked))
        if number + here > start:
            found.append(part[marked][max(0, start - number) : stop - number])
        number += here
        if number >= stop:
            break
    return np.concatenate(found) if found else order[:0]


assert set(FACETS) == {*CODES, *TABLES, "plan", "finding"}  # noqa: S101 - each has its column
