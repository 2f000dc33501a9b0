"""PDF → lines and tables."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planweave.errors import DocumentError

if TYPE_CHECKING:
    from planweave.documents.grid import Parts

__all__ = ["read"]


def read(data: bytes, name: str) -> Parts:
    """Read a PDF."""
    del data, name
    raise DocumentError("this is a PDF, and none is read yet", fix="save the plan as plain text first")
