"""Which actions are about some words: from the search file, as numbers of the index."""

from __future__ import annotations

import threading
from collections import OrderedDict
from typing import TYPE_CHECKING, Final

import numpy as np

from planweave.errors import StoreError
from planweave.searching import as_match

if TYPE_CHECKING:
    from planweave.facets.columns import Numbers
    from planweave.facets.index import ActionIndex
    from planweave.searching import SearchIndex

__all__ = ["About"]

KEPT: Final = 8
"""The answers to so many searches are kept."""


class About:
    """The search of one build; it gives the numbers of actions, in order.

    Parameters
    ----------
    index
        The index of the actions.
    search
        The search file of the same build, brought up to date.
    """

    def __init__(self, index: ActionIndex, search: SearchIndex) -> None:
        self._search = search
        places = search.places()
        if set(places) != set(index.plans):
            raise StoreError("the search file is of other plans", fix="ask again")
        spans = sorted((first, number, plan) for plan, (first, number) in places.items() if number)
        self._first = np.array([first for first, _, _ in spans], dtype="i8")
        # What is added to the number of an action in the file to have its number in the index.
        self._shift = np.array([index.starts[index.plans[plan]] - first for first, _, plan in spans], dtype="i8")
        self._lock = threading.Lock()
        self._kept: OrderedDict[str, Numbers] = OrderedDict()

    def __call__(self, words: str) -> Numbers:
        """Give the numbers of the actions that have all of some words.

        Raises
        ------
        QueryError
            If there is no word in it.
        """
        match = as_match(words)
        with self._lock:
            if match in self._kept:
                self._kept.move_to_end(match)
                return self._kept[match]
        found = np.frombuffer(self._search.numbers(words), dtype="i8")
        places = np.searchsorted(self._first, found, side="right") - 1
        rows = np.sort(found + self._shift[places]).astype("i4") if len(found) else np.array([], dtype="i4")
        with self._lock:
            self._kept[match] = rows
            while len(self._kept) > KEPT:
                self._kept.popitem(last=False)
        return rows
