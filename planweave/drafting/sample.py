"""The sample row of a definition: which action it is, what is said of it, and where a reading differs from that."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from planweave.errors import nearest

if TYPE_CHECKING:
    from collections.abc import Iterator

    from planweave.records import Action, PlanRecord

__all__ = ["SAMPLED", "chosen", "differences", "sampled"]

SAMPLED: Final = ("id", "ref", "text", "leads", "partners", "due", "outcomes", "evidence", "status", "crossrefs")
"""What a drafted sample says of its action, where it says anything."""

TEXTS: Final = ("id", "ref", "text", "group", "parent", "due", "status")
LISTS: Final = ("pillars", "leads", "partners", "mentions", "outcomes", "evidence", "indicators", "crossrefs", "flags")


def sampled(action: Action, field: str) -> str | list[str]:
    """Give what a sample says of a field: the id without the plan, the date as EDTF, lists as lists."""
    if field == "id":
        return action.id.partition("/")[2]
    if field == "due":
        return action.due.edtf or ""
    if field in LISTS:
        return list(getattr(action, field))
    return getattr(action, field) or ""


def chosen(record: PlanRecord) -> dict[str, str | list[str]]:
    """Choose the action that says most and has no doubtful value, and give its sample."""
    doubtful = {doubt.action for doubt in record.doubts}
    said = [
        {field: value for field in SAMPLED if (value := sampled(action, field)) and value != "unknown"}
        for action in record.actions
    ]
    sure = [not (action.id in doubtful or action.flags) for action in record.actions]
    place = max(range(len(said)), key=lambda place: (sure[place], len(said[place]), -place))
    return said[place]


def differences(record: PlanRecord, sample: dict[str, str | list[str]]) -> Iterator[tuple[str, str, str]]:
    """Go through what a reading has otherwise than a sample says: the field, what is wrong, and what to do."""
    ids = [sampled(action, "id") for action in record.actions]
    if sample.get("id") not in ids:
        what = f"the sample's action {sample['id']!r} is not found" if "id" in sample else "the sample has no id"
        yield "id", what, nearest(str(sample.get("id", "")), map(str, ids))
        return
    action = record.actions[ids.index(sample["id"])]
    for field, value in sample.items():
        if field not in (*TEXTS, *LISTS):
            yield field, f"the sample's field {field!r} is not known", nearest(field, (*TEXTS, *LISTS))
        elif sampled(action, field) != value:
            read = sampled(action, field) or "nothing"
            what = f"the sample says {field} is {value!r} in action {sample['id']}, and {read!r} is read"
            yield field, what, "correct whichever is wrong"
