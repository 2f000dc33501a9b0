"""The files of a library that can be asked for by name: each is read by itself, and no wrong one hides the others."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Generic, TypeVar

from planweave.errors import DefinitionError, NotFound, nearest

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from planweave.library import Library

__all__ = ["Shelf"]

T = TypeVar("T")


@dataclass(frozen=True)
class Shelf(Generic[T]):
    """One folder of a library, with one query a file.

    Parameters
    ----------
    folder
        The name of the folder.
    what
        What its files are, in a word.
    read
        What makes one of them of a file.
    """

    folder: str
    what: str
    read: Callable[[Path], T]

    def all(self, library: Library, wrong: list[DefinitionError] | None = None) -> dict[str, T]:
        """Read every file, by name.

        Parameters
        ----------
        library
            Where they are.
        wrong
            Takes what is wrong with files that cannot be used; None raises the first.
        """
        found = {}
        for path in library.files(self.folder, ".rq"):
            try:
                found[path.stem] = self.read(path)
            except DefinitionError as error:
                if wrong is None:
                    raise
                wrong.append(error)
        return found

    def one(self, library: Library, name: str) -> T:
        """Read the file of a name, or raise NotFound with the nearest."""
        known = {path.stem: path for path in library.files(self.folder, ".rq")}
        if not isinstance(name, str) or name not in known:
            raise NotFound(f"there is no {self.what} {name!r}", fix=nearest(name, known))
        return self.read(known[name])
