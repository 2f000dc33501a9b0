"""A question of the library: what its header says of it, and its SPARQL, held against each other."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from planweave.asking.behind import Listing, listings
from planweave.asking.headers import KINDS, Header, Kind, Named, Parameter
from planweave.asking.shelf import Shelf
from planweave.errors import DefinitionError

if TYPE_CHECKING:
    from pathlib import Path

    from planweave.library import Library

__all__ = ["KINDS", "Kind", "Parameter", "Question", "question_in", "read_question", "read_questions"]

FIELDS: Final = {
    "Group": "Questions of our own",
    "Parameters": "none",
    "Columns": "?action, ?plan",
    "Example": "planweave ask NAME",
}


LISTS: Final = "Lists"
"""The field of a question that counts: behind each number, the list that makes it."""


NOTE: Final = "Note"
"""The field of a question whose answer is easily taken for more than it is: what is said beside every answer."""


@dataclass(frozen=True, kw_only=True)
class Question(Named):
    """A question that can be asked by name.

    Parameters
    ----------
    group
        What it stands with in a list.
    listings
        Behind each column of numbers, the question that lists what is counted.
    note
        What has to be said beside every answer; nothing for most.
    """

    group: str
    listings: tuple[Listing, ...] = ()
    note: str = ""


def _read(path: Path) -> Question:
    header = Header(path, "question", FIELDS, (LISTS, NOTE))
    named = header.named()
    found = listings(header, LISTS)
    if found:
        # Who reads the question in words is told there, too, where the list is.
        names = ", ".join(dict.fromkeys(one.question for one in found))
        named["text"] += f" The list behind a number: {names}."
    return Question(group=header.said("Group"), listings=found, note=header.said(NOTE), **named)


SHELF: Final = Shelf("queries", "question", _read)


def read_questions(library: Library, wrong: list[DefinitionError] | None = None) -> dict[str, Question]:
    """Read every question of the library, sorted by group and then by name.

    Parameters
    ----------
    library
        Where they stand.
    wrong
        Takes what is wrong with files that cannot be used, so that the others can be listed; None raises the first.

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
    found = SHELF.all(library, wrong)
    return dict(sorted(found.items(), key=lambda one: (one[1].group, one[0])))


def question_in(path: Path) -> Question | None:
    """Read the question in a file of one's own; None where its header is not that of a question.

    A question of the library that was written to a file, and changed there, is still given what its header says.
    """
    try:
        return _read(path)
    except DefinitionError:
        return None


def read_question(library: Library, name: str) -> Question:
    """Read one question of the library.

    Raises
    ------
    NotFound
        If there is no question of that name; the nearest are offered.
    DefinitionError
        As :func:`read_questions`.
    """
    return SHELF.one(library, name)
