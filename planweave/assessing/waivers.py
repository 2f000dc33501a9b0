"""Waivers: findings that somebody accepts, with a reason, a name and a date, in a text file beside the plans.

::

    [[waiver]]
    finding = "action-has-lead"
    action = "northmoor/13.1"      # or: plan = "northmoor"
    value = "CCG"                  # what the check finds there; without it, whatever it finds
    reason = "The board agreed to lead jointly."
    by = "Head of Housing"
    date = 2024-11-05
    seen = "3f9a0c12d4e5"          # the action as it was printed then; written by planweave accept

A waiver holds as long as the action is printed as it was; when a cell of it changes, the finding is open again.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from pathlib import Path
from typing import TYPE_CHECKING, Final

import msgspec

from planweave.errors import DefinitionError, PlanweaveError
from planweave.findings import Acceptance, Finding
from planweave.flat_files import whole_file
from planweave.toml_file import TomlFile

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

    from planweave.records import Action, PlanRecord

__all__ = ["Waiver", "accept", "fingerprint", "read_waivers", "remove_waiver", "write_waiver"]

DIGITS: Final = 12


class _Entry(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A waiver as it is written."""

    finding: str
    reason: str
    by: str
    date: dt.date
    action: str | None = None
    plan: str | None = None
    value: str | None = None
    seen: str | None = None


class _File(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    waiver: tuple[_Entry, ...] = ()


class Waiver(msgspec.Struct, frozen=True):
    """One accepted finding.

    ``action`` is None where the finding is on the plan; ``value`` None accepts whatever the check finds
    there; ``seen`` is the fingerprint of what was printed when it was accepted.
    """

    finding: str
    plan: str
    action: str | None
    value: str | None
    acceptance: Acceptance
    seen: str | None
    file: str
    where: str | None


def fingerprint(record: PlanRecord, action: Action | None) -> str:
    """Give what tells whether an action, or a plan as a whole, is printed as it was.

    Of an action: its headings and cells, wherever they stand. Of a plan: its title, publisher and period,
    and the headings of its tables.
    """
    if action is not None:
        printed = [[cell.heading, cell.text] for row in action.source for cell in row.cells]
    else:
        headings = {cell.heading for one in record.actions for row in one.source for cell in row.cells}
        plan = record.plan
        printed = [[plan.title, plan.publisher or "", plan.period or ""], sorted(headings)]
    return hashlib.sha256(json.dumps(printed).encode()).hexdigest()[:DIGITS]


def read_waivers(files: Iterable[Path]) -> tuple[Waiver, ...]:
    """Read the waivers of some files; one that is not there has none.

    Raises
    ------
    DefinitionError
        If a file is not TOML or a waiver in it lacks something.
    """
    return tuple(waiver for path in files if path.exists() for waiver in _read(path))


def _read(path: Path) -> Iterable[Waiver]:
    file = TomlFile.read(path)
    for number, entry in enumerate(file.typed(_File).waiver):
        place = file.place(("waiver", number))
        if (entry.action is None) == (entry.plan is None):
            raise DefinitionError(
                "a waiver is for an action or for a plan", file=path, where=place, fix="give one of the two"
            )
        for name in ("reason", "by"):
            if not getattr(entry, name).strip():
                raise DefinitionError(f"a waiver has no {name}", file=path, where=place, fix="say it")
        yield Waiver(
            finding=entry.finding,
            plan=entry.plan or (entry.action or "").partition("/")[0],
            action=entry.action,
            value=entry.value,
            acceptance=Acceptance(entry.by, entry.date.isoformat(), entry.reason),
            seen=entry.seen,
            file=str(path),
            where=place,
        )


class Accepted(msgspec.Struct, frozen=True):
    """The findings of a plan after its waivers, and a sentence about each waiver that accepts nothing."""

    findings: tuple[Finding, ...]
    notices: tuple[str, ...]


def accept(
    record: PlanRecord, findings: Sequence[Finding], waivers: Sequence[Waiver], asked: Collection[str]
) -> Accepted:
    """Mark the findings of one plan that are accepted.

    Parameters
    ----------
    record
        The plan.
    findings
        What was found in it.
    waivers
        Those of this plan.
    asked
        The names of the checks that were made: of others it is not known whether their findings are still there.
    """
    if not waivers:
        return Accepted(tuple(findings), ())
    actions = {action.id: action for action in record.actions}
    marked = list(findings)
    notices = []
    for waiver in waivers:
        if waiver.finding not in asked:
            continue
        if waiver.action is not None and waiver.action not in actions:
            notices.append(_notice(waiver, f"there is no action {waiver.action}", "take the waiver out"))
            continue
        places = [place for place, finding in enumerate(findings) if _meant(waiver, finding)]
        now = fingerprint(record, actions[waiver.action] if waiver.action else None)
        subject = waiver.action or waiver.plan
        if not places:
            said = f"{waiver.finding} is no longer found at {subject}"
            notices.append(_notice(waiver, said, "take the waiver out"))
        elif waiver.seen is None:
            notices.append(_notice(waiver, "the waiver does not say what was seen", f'add the line seen = "{now}"'))
        elif waiver.seen != now:
            said = f"{subject} has changed since {waiver.finding} was accepted, so it is open again"
            notices.append(_notice(waiver, said, f'if it still holds, write seen = "{now}"'))
        else:
            for place in places:
                marked[place] = msgspec.structs.replace(findings[place], accepted=waiver.acceptance)
    return Accepted(tuple(marked), tuple(notices))


def _meant(waiver: Waiver, finding: Finding) -> bool:
    same = (waiver.finding, waiver.plan, waiver.action) == (finding.shape, finding.plan, finding.action)
    return same and waiver.value in {None, finding.value}


def _notice(waiver: Waiver, what: str, fix: str) -> str:
    return str(PlanweaveError(what, file=waiver.file, where=waiver.where, fix=fix))


def write_waiver(path: Path, waiver: Waiver) -> None:
    """Add a waiver to the end of a file, which is made if it is not there.

    Raises
    ------
    PlanweaveError
        If the file cannot be written; what was there before is untouched.
    """
    before = path.read_bytes() if path.exists() else HEAD.encode()
    said: Mapping[str, str | None] = {
        "finding": waiver.finding,
        "action": waiver.action,
        "plan": None if waiver.action else waiver.plan,
        "value": waiver.value,
        "reason": waiver.acceptance.reason,
        "by": waiver.acceptance.by,
    }
    lines = ["", "[[waiver]]"]
    lines += [f"{name} = {_quoted(value)}" for name, value in said.items() if value is not None]
    lines += [f"date = {waiver.acceptance.date}", f'seen = "{waiver.seen}"', ""]
    with whole_file(path) as beside:
        beside.write_bytes(before.rstrip(b"\n") + b"\n" + "\n".join(lines).encode())


def remove_waiver(waiver: Waiver) -> None:
    """Take a waiver out of its file; all else stays as it is written there.

    Raises
    ------
    DefinitionError
        If the file is not TOML or a waiver in it lacks something.
    PlanweaveError
        If the entry is not there any more, cannot be told from the others, or the file cannot be written.
    """
    path = Path(waiver.file)
    known = read_waivers([path])
    if waiver not in known:
        raise PlanweaveError("this waiver is not there any more", file=path, fix="look again")
    at = known.index(waiver)
    lines = path.read_text(encoding="utf-8-sig").split("\n")
    begins = [int((one.where or "line 1").removeprefix("line ")) - 1 for one in known]
    first, last = begins[at], (*begins, len(lines))[at + 1]
    # What is remarked above the next entry belongs to that one.
    while last > first and (not lines[last - 1].strip() or lines[last - 1].startswith("#")):
        last -= 1
    while last < len(lines) and not lines[last].strip():
        last += 1
    with whole_file(path) as beside:
        beside.write_text("\n".join((*lines[:first], *lines[last:])), encoding="utf-8", newline="")
        if _said(read_waivers([beside])) != _said((*known[:at], *known[at + 1 :])):
            raise PlanweaveError(
                "the entry cannot be told from what is around it",
                file=path,
                where=waiver.where,
                fix="take it out by hand",
            )


def _said(waivers: Iterable[Waiver]) -> list[Waiver]:
    """Give what waivers say, wherever they stand."""
    return [msgspec.structs.replace(one, file="", where=None) for one in waivers]


HEAD: Final = "# Findings that are accepted: what, why, by whom, and when. A changed action opens its finding again.\n"


def _quoted(text: str) -> str:
    """A TOML string; JSON's escapes are TOML's, but for DEL."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")
