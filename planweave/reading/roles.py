"""Who leads and who supports, where one cell tells it: "Housing Options (lead), Health (support)"."""

from __future__ import annotations

import re
from typing import Final, NamedTuple

__all__ = ["Parted", "parted"]

LEAD: Final = r"(?:joint[\s-]|co-?)?lead(?:ing)?(?:\s(?:agency|agencies|partner|officer|organisation|body|team))?s?"
SUPPORT: Final = (
    r"support(?:ing|ed by)?(?:\s(?:partner|agency|agencies|officer|organisation|team)s?)?|partners?|contribut(?:or|ing)"
)
MARKED: Final = re.compile(rf"\s*[(\[]\s*(?:(?P<lead>{LEAD}|l)|(?P<support>{SUPPORT}|s))\s*[)\]]", re.IGNORECASE)
DASHED: Final = re.compile(r"\s+[–—-]\s*(?:(?P<lead>lead)|(?P<support>support))\s*$", re.IGNORECASE)
OPENED: Final = re.compile(
    rf"(?:^|(?<=[\n;,.])|\s(?=[^\s:]{{4,14}}(?:\s\w{{2,8}})?:\s))\s*"
    rf"(?:(?P<lead>{LEAD})|(?P<support>{SUPPORT}|with|others?))\s*(?::|\s[–—-])\s*",
    re.IGNORECASE,
)
APART: Final = re.compile(r"\s*(?:[;\n]|,(?![^(]*\))|/|(?<=[)\]])\s+(?:and|&|with)\s+|(?<=[)\]]))\s*")


class Parted(NamedTuple):
    """The leads and the partners of a cell; ``inferred`` where some bear no mark beside one that is marked as lead."""

    leads: str
    partners: str
    inferred: bool = False


def parted(cell: str) -> Parted | None:
    """Tell leads from partners by what a cell prints with them; None where it prints nothing of the kind.

    Examples
    --------
    >>> parted("Housing Options (lead), Health (support)")
    Parted(leads='Housing Options', partners='Health', inferred=False)
    >>> parted("Lead: Police; Partners: Probation, ICB")
    Parted(leads='Police', partners='Probation, ICB', inferred=False)
    >>> parted("Housing Options / Health") is None
    True
    """
    opened = list(OPENED.finditer(cell))
    if opened and not cell[: opened[0].start()].strip():
        ends = [*(match.start() for match in opened[1:]), len(cell)]
        leads = [cell[m.end() : end].strip(" ;,.\n") for m, end in zip(opened, ends, strict=True) if m["lead"]]
        partners = [cell[m.end() : end].strip(" ;,.\n") for m, end in zip(opened, ends, strict=True) if m["support"]]
        return Parted("\n".join(leads), "\n".join(partners))
    if not any(MARKED.search(piece) or DASHED.search(piece) for piece in APART.split(cell)):
        return None
    told: dict[str, list[str]] = {"lead": [], "support": [], "": []}
    for piece in filter(None, APART.split(cell)):
        mark = MARKED.search(piece) or DASHED.search(piece)
        role = "" if mark is None else "lead" if mark["lead"] else "support"
        told[role].append((piece if mark is None else piece[: mark.start()] + piece[mark.end() :]).strip())
    # Beside one that is marked as lead, those without a mark do not lead; beside supporters they do.
    others, inferred = told[""], bool(told["lead"] and told[""])
    leads = told["lead"] or others
    partners = told["support"] + (others if told["lead"] else [])
    return Parted("\n".join(filter(None, leads)), "\n".join(filter(None, partners)), inferred)
