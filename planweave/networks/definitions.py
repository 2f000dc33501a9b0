"""A network of the library: what its header says of it, and the SPARQL whose rows are its edges."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal, get_args

from planweave.asking.headers import Header, Named
from planweave.asking.shelf import Shelf
from planweave.errors import DefinitionError, nearest

if TYPE_CHECKING:
    from pathlib import Path

    from planweave.library import Library

__all__ = ["ENDS", "JOINS", "Definition", "Joins", "definition_of", "read_definitions"]

Joins = Literal["source to target", "source and target", "sources that share a target"]
JOINS: Final[tuple[Joins, ...]] = get_args(Joins)
"""What the rows join: one way, both ways, or two sources for each target that they share."""

ENDS: Final = ("source", "target")
FIELDS: Final = {
    "Joins": "source to target",
    "Parameters": "none",
    "Columns": "?source, ?target",
    "Example": "planweave draw NAME",
}


@dataclass(frozen=True, kw_only=True)
class Definition(Named):
    """A network that can be drawn by name.

    Of its columns, ``source`` and ``target`` are the ends of edges; the others become attributes of edges.

    Parameters
    ----------
    joins
        How its rows become edges.
    path
        The file.
    """

    joins: Joins
    path: Path

    @property
    def directed(self) -> bool:
        """Whether an edge leads from one node to the other."""
        return self.joins == "source to target"


def _read(path: Path) -> Definition:
    header = Header(path, "network", FIELDS)
    missing = [f"?{end}" for end in ENDS if end not in header.columns]
    if missing:
        raise header.complaint(
            f"the query selects no {' and no '.join(missing)}", "Columns", "a network needs ?source and ?target"
        )
    joins = _joins(header)
    return Definition(joins=joins, path=path, **header.named())


def _joins(header: Header) -> Joins:
    said = " ".join(header.said("Joins").split()).rstrip(".")
    for joins in JOINS:
        if said == joins:
            return joins
    error: DefinitionError = header.complaint(f"no network joins {said!r}", "Joins", nearest(said, JOINS))
    raise error


SHELF: Final = Shelf("graphs", "network", _read)


def read_definitions(library: Library, wrong: list[DefinitionError] | None = None) -> dict[str, Definition]:
    """Read every network of the library, sorted by name.

    Parameters
    ----------
    library
        Where they stand.
    wrong
        Takes what is wrong with files that cannot be used, so that the others can be listed; None raises the first.

    Raises
    ------
    DefinitionError
        If a file cannot be read, its header does not say what it has to say, or its SELECT has no ``?source`` and
        ``?target``.

    Examples
    --------
    >>> from planweave.library import Library
    >>> read_definitions(Library.bundled())["partnership"].joins
    'sources that share a target'
    """
    return SHELF.all(library, wrong)


def definition_of(library: Library, name: str) -> Definition:
    """Give one network of the library.

    Raises
    ------
    NotFound
        If there is no network of this name; the nearest are offered.
    DefinitionError
        If its file is not right.
    """
    return SHELF.one(library, name)
