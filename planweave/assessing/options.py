"""What a user can ask of a check."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING

from planweave.assessing.questions import load_questions
from planweave.errors import PlanweaveError

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from planweave.assessing.questions import Questions
    from planweave.checking import Engine
    from planweave.findings import Severity
    from planweave.library import Library

__all__ = ["Options", "day_of"]


def day_of(said: dt.date | str | None) -> dt.date:
    """Read a day: a date, what ISO 8601 has for one, or None for today.

    Raises
    ------
    PlanweaveError
        If it is no day.

    Examples
    --------
    >>> day_of("2024-12-31")
    datetime.date(2024, 12, 31)
    """
    if said is None:
        return dt.datetime.now().astimezone().date()
    if isinstance(said, dt.date):
        return said
    try:
        return dt.date.fromisoformat(said)
    except ValueError as error:
        raise PlanweaveError(f"{said!r} is no date", fix="write a day as 2024-12-31") from error


@dataclass(frozen=True)
class Options:
    """What is asked, of which plans, and what is told of it.

    Parameters
    ----------
    library
        Holds the shapes and profiles.
    plans
        The ids of the plans to ask; none asks all.
    only
        The names of the checks to make; none makes all of the profile.
    severities
        Findings of other severities are counted and not told; none tells all.
    as_of
        The day of the check, as a date or as ISO 8601 has it; None is today.
    profile
        The name of a profile.
    shapes
        A SHACL file to ask instead of the library's shapes.
    waivers
        Files of waivers; none takes those beside the documents.
    engine
        ``pyshacl`` asks the reference instead of the store.
    """

    library: Library
    plans: Sequence[str] = ()
    only: Sequence[str] = ()
    severities: Sequence[Severity] = ()
    as_of: dt.date | str | None = None
    profile: str = "default"
    shapes: Path | None = None
    waivers: Sequence[Path] = ()
    engine: Engine = "sparql"

    @property
    def day(self) -> dt.date:
        """The day of the check.

        Raises
        ------
        PlanweaveError
            If it is no day written as ISO 8601 has it.
        """
        return day_of(self.as_of)

    def questions(self) -> Questions:
        """Read the shapes that apply; see :func:`load_questions`."""
        return load_questions(self.library, self.profile, only=self.only, file=self.shapes)
