"""A network of the library: what its header says of it, and the SPARQL whose rows are its edges."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal, get_args

from planweave.asking.headers import Header, Parameter
from planweave.errors import DefinitionError, NotFound, nearest

if TYPE_CHECKING:
    from pathlib import Path

    from planweave.library import Library

__all__ = ["ENDS", "JOINS", "Definition", "Joins", "definition_of", "read_definitions"]

Joins = Literal["source to target", "source and target", "sources that share a target"]
JOINS: Final[tuple[Joins, ...]] = get_args(Joins)
"""What the rows join: one way, both ways, or two sources for each target that they share."""

ENDS: Final = ("source", "target")
FIELDS: Final = ("Joins", "Parameters", "Columns", "Example")


@dataclass(frozen=True)
class Definition:
    """A network that can be drawn by name.

    Parameters
    ----------
    name
        The file's name without ``.rq``.
    title, text
        What it is called, and what it shows in plain English.
    joins
        How its rows become edges.
    parameters
        What it can be given.
    columns
        The variables of its rows; ``source`` and ``target`` are among them, the others become attributes of edges.
    example
        A command that draws it.
    sparql
        The whole file, header included.
    path
        The file.
    """

    name: str
    title: str
    text: str
    joins: Joins
    parameters: tuple[Parameter, ...]
    columns: tuple[str, ...]
    example: str
    sparql: str
    path: Path

    @property
    def directed(self) -> bool:
        """Whether an edge leads from one node to the other."""
        return self.joins == "source to target"


def read_definitions(library: Library) -> dict[str, Definition]:
    """Read every network of the library, sorted by name.

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
    return {path.stem: _read(path) for path in library.files("graphs", ".rq")}


def definition_of(library: Library, name: str) -> Definition:
    """Give one network of the library.

    Raises
    ------
    NotFound
        If there is no network of this name; the nearest are offered.
    DefinitionError
        If its file is not right.
    """
    known = {path.stem: path for path in library.files("graphs", ".rq")}
    if name not in known:
        raise NotFound(f"there is no network {name!r}", fix=nearest(name, known))
    return _read(known[name])


def _read(path: Path) -> Definition:
    header = Header(path, FIELDS)
    missing = [f"?{end}" for end in ENDS if end not in header.columns]
    if missing:
        raise header.complaint(
            f"the query selects no {' and no '.join(missing)}", "Columns", "a network needs ?source and ?target"
        )
    joins = _joins(header)
    return Definition(
        header.name,
        header.title,
        header.text,
        joins,
        header.parameters,
        header.columns,
        header.example,
        header.sparql,
        path,
    )


def _joins(header: Header) -> Joins:
    said = " ".join(header.said("Joins").split()).rstrip(".")
    for joins in JOINS:
        if said == joins:
            return joins
    error: DefinitionError = header.complaint(f"no network joins {said!r}", "Joins", nearest(said, JOINS))
    raise error
