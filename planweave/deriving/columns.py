"""What the whole plan has no column for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planweave.records import BLANK_FIELDS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from planweave.records import Action

__all__ = ["missing_columns"]


def missing_columns(actions: Sequence[Action]) -> tuple[str, ...]:
    """Give the fields for which no action of a plan has a column; none for a plan without actions."""
    return tuple(
        field for field in BLANK_FIELDS if actions and all(action.blank.get(field) == "no-column" for action in actions)
    )
