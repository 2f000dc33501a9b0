"""The list behind a number: which question lists what a column counts, and with which values of the row."""

from __future__ import annotations

import re
import shlex
from typing import TYPE_CHECKING, Final, NamedTuple

from planweave.terms import BASE, local

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from planweave.asking.headers import Header
    from planweave.store import Node

__all__ = ["Listing", "command", "listings"]

STATUS: Final = BASE + "status/"
LISTING: Final = re.compile(
    r"\?(?P<column>\w+):\s+(?P<question>[\w-]+)(?P<options>(?:\s+--[\w-]+\s+(?:\"[^\"]*\"|\S+))*)"
)
OPTION: Final = re.compile(r"--([\w-]+)\s+(\"[^\"]*\"|\S+)")


class Listing(NamedTuple):
    """The question that lists what a column counts.

    Parameters
    ----------
    column
        The column of numbers.
    question
        The name of the question that gives a row for each that is counted.
    options
        What it is given: the parameter, and the column whose value it takes, ``?plan``, or the value itself.
    """

    column: str
    question: str
    options: tuple[tuple[str, str], ...]

    def given(self, row: Mapping[str, Node | None]) -> dict[str, Node | str]:
        """Give what the list is asked with for one row; what the row does not have is not given.

        Examples
        --------
        >>> Listing("actions", "actions-led-by", (("party", "?party"), ("open", "yes"))).given({"party": None})
        {'open': 'yes'}
        """
        found: dict[str, Node | str] = {}
        for name, value in self.options:
            one = row[value[1:]] if value.startswith("?") else value
            if one is not None:
                found[name] = one
        return found


def listings(header: Header, field: str) -> tuple[Listing, ...]:
    """Read which lists stand behind the numbers of a question.

    Raises
    ------
    DefinitionError
        If that is not said in the way it is read, or of a column that the question does not have.
    """
    return tuple(_read(header, field))


def _read(header: Header, field: str) -> Iterator[Listing]:
    for part in filter(None, (one.strip() for one in re.split(r";\s*(?=\?)", header.said(field)))):
        found = LISTING.fullmatch(part)
        if found is None:
            raise header.complaint(f"this is no list: {part}", field, "write ?number: question --option ?column …")
        options = tuple((name.replace("-", "_"), value.strip('"')) for name, value in OPTION.findall(found["options"]))
        for column in (found["column"], *(value[1:] for _, value in options if value.startswith("?"))):
            if column not in header.columns:
                raise header.complaint(f"?{column} is no column", field, "name one of the columns")
        yield Listing(found["column"], found["question"], options)


def command(listing: Listing, row: Mapping[str, Node | None]) -> str:
    """Give a command that lists what a number of a row counts, to be typed as it is.

    Examples
    --------
    >>> from planweave.store import Node
    >>> listing = Listing("actions", "actions-in-group", (("group", "?group"),))
    >>> command(listing, {"group": Node("Objective 1", "literal")})
    "planweave ask actions-in-group --group 'Objective 1'"
    """
    options = (
        f"--{name.replace('_', '-')} {shlex.quote(value if isinstance(value, str) else _typed(value))}"
        for name, value in listing.given(row).items()
    )
    return " ".join(("planweave ask", listing.question, *options))


def _typed(node: Node) -> str:
    """A value as people type it; a status is shown in words, and typed as its code."""
    from planweave.asking.terms import readable  # noqa: PLC0415 - who completes a line reads headers, and needs no engine

    return local(node.value) if node.value.startswith(STATUS) else readable(node)
