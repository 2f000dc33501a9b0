"""Terms in N-Quads: how IRIs and literals are written, so that any text of a document stays one literal."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from planweave.terms import EDTF, PW, RDF, RDFS, XSD

if TYPE_CHECKING:
    import datetime as dt

__all__ = ["LABEL", "TRUE", "TYPE", "date", "decimal", "edtf", "number", "pw", "text"]

TYPE: Final = f"<{RDF}type>"
LABEL: Final = f"<{RDFS}label>"
TRUE: Final = f'"true"^^<{XSD}boolean>'

ESCAPED = str.maketrans({"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t"})
CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")


def pw(name: str) -> str:
    """Write a term of planweave's ontology."""
    return f"<{PW}{name}>"


def text(value: str) -> str:
    r"""Write a string.

    Examples
    --------
    >>> print(text('a "hub"'))
    "a \"hub\""
    """
    escaped = value.translate(ESCAPED)
    if CONTROL.search(escaped):
        escaped = CONTROL.sub(lambda match: f"\\u{ord(match[0]):04X}", escaped)
    return f'"{escaped}"'


def edtf(value: str) -> str:
    """Write an EDTF date."""
    return f"{text(value)}^^<{EDTF}>"


def date(value: dt.date) -> str:
    """Write a day."""
    return f'"{value.isoformat()}"^^<{XSD}date>'


def decimal(value: float) -> str:
    """Write a share or another broken number."""
    return f'"{value}"^^<{XSD}decimal>'


def number(value: float) -> str:
    """Write a number, whole where it is."""
    whole = isinstance(value, int) or value.is_integer()
    return f'"{int(value)}"^^<{XSD}integer>' if whole else decimal(value)
