"""What can go wrong, said in one plain sentence: what, where, and what to do about it."""

from __future__ import annotations

import difflib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = [
    "BuildError",
    "DefinitionError",
    "DocumentError",
    "NotFound",
    "PlanweaveError",
    "QueryError",
    "QueryStopped",
    "StoreError",
    "nearest",
]


class PlanweaveError(Exception):
    """The root of every error planweave raises on purpose.

    Parameters
    ----------
    what
        What is wrong, as a clause without a full stop.
    file
        The file it is wrong in, if it is in one.
    where
        The place in that file: ``"line 12"``, ``"table 3, row 2"``.
    fix
        What the reader can do, as a clause without a full stop.

    Examples
    --------
    >>> str(PlanweaveError("the file is empty", file="plan.txt", fix="check how it was exported"))
    'plan.txt: the file is empty; check how it was exported.'
    """

    def __init__(self, what: str, *, file: object = None, where: str | None = None, fix: str | None = None) -> None:
        self.what = what
        self.file = None if file is None else str(file)
        self.where = where
        self.fix = fix
        super().__init__(what)

    def __str__(self) -> str:
        """Give the sentence; from its parts, so that it is the same behind the wall of another process."""
        place = ", ".join(part for part in (self.file, self.where) if part)
        sentence = f"{place}: {self._clauses()}" if place else self._clauses()
        return sentence if sentence.endswith(("?", ".", "…")) else f"{sentence}."

    def _clauses(self) -> str:
        return f"{self.what}; {self.fix}" if self.fix else self.what


class DefinitionError(PlanweaveError):
    """A text file of the library (loader, headings, register) does not say what it has to say."""


class DocumentError(PlanweaveError):
    """A document cannot be read, or what is read in it is not an action plan."""


class StoreError(PlanweaveError):
    """The graph on disk cannot be opened, read or written."""


class QueryError(PlanweaveError):
    """A query is not SPARQL, or the store cannot answer it."""


class QueryStopped(QueryError):  # noqa: N818 - as QueryError's sentences begin
    """A query that reached a limit and was stopped; there is no answer, not even a part of one."""


class BuildError(PlanweaveError):
    """A build cannot start or cannot be finished; the last good graph is untouched."""


class NotFound(PlanweaveError):  # noqa: N818 - named for the situation, as LookupError is
    """A name that is asked for is not there; the nearest ones are offered."""


def nearest(name: str, known: Iterable[str]) -> str:
    """Say which known name was probably meant, or list what there is.

    Examples
    --------
    >>> nearest("nortmoor", ["northmoor", "eastvale"])
    'did you mean northmoor?'
    >>> nearest("westham", ["northmoor", "eastvale"])
    'there are: eastvale, northmoor'
    """
    names = sorted(set(known))
    close = difflib.get_close_matches(name, names, n=2, cutoff=0.6)
    if close:
        return f"did you mean {' or '.join(close).rstrip('?')}?"
    if not names:
        return "there are none"
    shown = ", ".join(names[:12])
    return f"there are: {shown}" + (" …" if len(names) > 12 else "")  # noqa: PLR2004 - a screen line
