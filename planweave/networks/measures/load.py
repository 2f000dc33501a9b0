"""Load: how many actions a party leads, is partner in, is named in; open and overdue ones apart."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Final

import msgspec

from planweave.dates import bounds
from planweave.errors import StoreError
from planweave.terms import party_iri

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Collection, Iterable
    from pathlib import Path

    from planweave.networks.labels import Plans

__all__ = ["CLOSED", "Load", "load_of"]

CLOSED: Final = frozenset(("complete", "stopped"))
"""The statuses of actions that are not open; every other one is, also one that is not known."""


@dataclass
class Load:
    """What a party carries, in actions.

    ``led``, ``partnered`` and ``mentioned`` count its actions by the part it has. It can lead an action and be partner
    in it, too; it is mentioned where it is neither. ``involved`` are those it leads or is partner in, each once;
    ``open`` and ``overdue`` are of these.
    """

    led: int = 0
    partnered: int = 0
    mentioned: int = 0
    involved: int = 0
    open: int = 0
    overdue: int = 0


# Of a record, as much as is counted: reading the rest takes most of the time.
class _Party(msgspec.Struct):
    name: str
    kind: str
    id: str


class _Due(msgspec.Struct):
    kind: str
    edtf: str | None


class _Action(msgspec.Struct):
    leads: tuple[str, ...]
    partners: tuple[str, ...]
    mentions: tuple[str, ...]
    status: str
    due: _Due


class _Record(msgspec.Struct):
    parties: tuple[_Party, ...]
    actions: tuple[_Action, ...]


def load_of(graph: Plans, as_of: dt.date, plans: Collection[str] | None = None) -> dict[str, Load]:
    """Count the load of every party.

    Parameters
    ----------
    graph
        Where it is counted.
    as_of
        An action is overdue whose last day was before.
    plans
        The ids of the plans whose actions count; None counts all.

    Returns
    -------
    The IRI of a party → its load.

    Raises
    ------
    StoreError
        If the record of a plan cannot be read.
    """
    found: dict[str, Load] = {}
    for plan in graph.ids:
        if plans is None or plan in plans:
            _count(plan, _read(graph.files.record(plan)), as_of, found)
    return found


def _read(path: Path) -> _Record:
    try:
        return msgspec.json.decode(path.read_bytes(), type=_Record)
    except (OSError, msgspec.DecodeError) as error:
        raise StoreError("the record cannot be read", file=path, fix="build again with --fresh") from error


def _count(plan: str, record: _Record, as_of: dt.date, found: dict[str, Load]) -> None:
    parties = {party.name: party_iri(plan, party.kind, party.id) for party in record.parties}

    def of(names: Iterable[str]) -> set[str]:
        return {parties[name] for name in names}

    for action in record.actions:
        leads, partners, mentions = of(action.leads), of(action.partners), of(action.mentions)
        is_open = action.status not in CLOSED
        is_overdue = is_open and _is_past(action.due, as_of)
        for party in leads | partners | mentions:
            load = found.setdefault(party, Load())
            load.led += party in leads
            load.partnered += party in partners
            load.mentioned += party in mentions
            if party in leads or party in partners:
                load.involved += 1
                load.open += is_open
                load.overdue += is_overdue


def _is_past(due: _Due, day: dt.date) -> bool:
    latest = _latest(due.edtf) if due.kind == "date" and due.edtf else None
    return latest is not None and latest < day


@lru_cache(maxsize=4096)
def _latest(edtf: str) -> dt.date | None:
    return bounds(edtf)[1]
