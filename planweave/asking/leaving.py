"""Who asks may leave before there is an answer: what runs for them ends then."""

from __future__ import annotations

import threading
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

__all__ = ["Leaving"]


class Leaving:
    """Tells what runs for somebody that they are gone.

    Examples
    --------
    >>> leaving = Leaving()
    >>> with leaving.ending(lambda: print("ended")):
    ...     leaving.leave()
    ended
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._ends: list[Callable[[], object]] = []
        self.left = False

    def leave(self) -> None:
        """End what runs, and whatever would begin."""
        with self._lock:
            self.left, ends = True, self._ends[:]
        for end in ends:
            end()

    @contextmanager
    def ending(self, end: Callable[[], object]) -> Iterator[None]:
        """Take for as long as the block lasts what ends it."""
        with self._lock:
            self._ends.append(end)
            left = self.left
        try:
            if left:
                end()
            yield
        finally:
            with self._lock:
                self._ends.remove(end)
