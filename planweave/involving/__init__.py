"""Who is named in which actions: of one plan from its record, of all plans from one file beside the graph."""

from planweave.involving.bodies import Body, read_bodies
from planweave.involving.index import FILE, PartyIndex, PartyRow
from planweave.involving.parts import ROLES, Part, Place, is_overdue, parts_of

__all__ = [
    "FILE",
    "ROLES",
    "Body",
    "Part",
    "PartyIndex",
    "PartyRow",
    "Place",
    "is_overdue",
    "parts_of",
    "read_bodies",
]
