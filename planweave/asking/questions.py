"""A question of the library: what its header says of it, and its SPARQL, held against each other."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from planweave.asking.headers import KINDS, Header, Kind, Parameter
from planweave.errors import NotFound, nearest

if TYPE_CHECKING:
    from pathlib import Path

    from planweave.library import Library

__all__ = ["KINDS", "Kind", "Parameter", "Question", "read_question", "read_questions"]

FIELDS: Final = ("Group", "Parameters", "Columns", "Example")


@dataclass(frozen=True)
class Question:
    """A question that can be asked by name.

    Parameters
    ----------
    name
        The file's name without ``.rq``.
    title, text, group
        What it is called, what it asks in plain English, and what it stands with.
    parameters
        What it can be given.
    columns
        The variables of its answer, in order and without ``?``. What is given stands in the answer too: SPARQL
        engines bind only what is selected.
    example
        A command that asks it.
    sparql
        The whole file, header included.
    """

    name: str
    title: str
    text: str
    group: str
    parameters: tuple[Parameter, ...]
    columns: tuple[str, ...]
    example: str
    sparql: str


def read_questions(library: Library) -> dict[str, Question]:
    """Read every question of the library, sorted by group and then by name.

    Raises
    ------
    DefinitionError
        If a file cannot be read, its header does not say what it has to say, or header and query differ.

    Examples
    --------
    >>> from planweave.library import Library
    >>> read_questions(Library.bundled())["actions-without-lead"].group
    'Ownership'
    """
    questions = [_read(path) for path in library.files("queries", ".rq")]
    return {one.name: one for one in sorted(questions, key=lambda one: (one.group, one.name))}


def read_question(library: Library, name: str) -> Question:
    """Read one question of the library.

    Raises
    ------
    NotFound
        If there is no question of that name; the nearest are offered.
    DefinitionError
        As :func:`read_questions`.
    """
    paths = {path.stem: path for path in library.files("queries", ".rq")}
    if name not in paths:
        raise NotFound(f"there is no question {name!r}", fix=nearest(name, paths))
    return _read(paths[name])


def _read(path: Path) -> Question:
    header = Header(path, FIELDS)
    return Question(
        header.name,
        header.title,
        header.text,
        header.said("Group"),
        header.parameters,
        header.columns,
        header.example,
        header.sparql,
    )
