"""Accepting a finding, which has to be there, in the waivers beside its plan; and opening it again."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from planweave.assessing.assess import assess
from planweave.assessing.options import day_of
from planweave.assessing.waivers import Waiver, fingerprint, read_waivers, remove_waiver, write_waiver
from planweave.errors import NotFound, PlanweaveError, nearest
from planweave.findings import Acceptance

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Sequence

    from planweave.assessing.options import Options
    from planweave.assessing.plans import Plans
    from planweave.records import Action, PlanRecord

__all__ = ["Said", "accept_finding", "reopen_finding"]


class Said(NamedTuple):
    """What is said of an accepted finding: why, by whom, of which value, on which day; None is today."""

    reason: str
    by: str
    value: str | None = None
    day: dt.date | str | None = None


def accept_finding(plans: Plans, options: Options, subject: str, said: Said) -> Waiver:
    """Accept what one check finds at one place.

    Parameters
    ----------
    plans
        Where the plan is.
    options
        The check and the day of the check; the file of waivers, if it is not the one beside the plan.
    subject
        The id of an action or a plan.
    said
        Why, by whom, when.

    Raises
    ------
    NotFound
        If there is no such plan, action or check, or the check finds nothing there.
    PlanweaveError
        If it is accepted already, nothing is said for a reason or a name, or the file cannot be written.
    """
    (check,) = options.only
    plan, is_action, _ = subject.partition("/")
    for name in ("reason", "by"):
        if not getattr(said, name).strip():
            raise PlanweaveError(f"a finding is accepted with a {'name' if name == 'by' else name}", fix="say it")
    # A file of waivers that is named need not be there yet.
    there = [file for file in options.waivers if file.exists()]
    found = assess(plans, replace(options, plans=(plan,), waivers=there))
    record = plans.record(plan)
    action = _action(record, subject) if is_action else None
    wanted = action.id if action else None
    here = [one for one in found if one.action == wanted]
    if not here:
        raise NotFound(f"{check} finds nothing at {subject}", fix=f"see planweave check --plan {plan}")
    values = {one.value for one in here}
    if said.value is not None and said.value not in values:
        raise NotFound(
            f"{check} does not find {said.value!r} at {subject}", fix=nearest(said.value, filter(None, values))
        )
    # What is found later at the same place, while that is printed as it was, is not what was accepted.
    value = next(iter(values)) if len(values) == 1 else said.value
    file = next(iter(options.waivers or plans.waiver_files((plan,))))
    waiver = Waiver(
        finding=check,
        plan=plan,
        action=wanted,
        value=value,
        acceptance=Acceptance(said.by, day_of(said.day).isoformat(), said.reason),
        seen=fingerprint(record, action),
        file=str(file),
        where=None,
    )
    _refuse_twice(file, waiver)
    write_waiver(Path(file), waiver)
    return waiver


def reopen_finding(files: Sequence[Path], check: str, subject: str, value: str | None = None) -> Waiver:
    """Take back that a finding is accepted: its entry is taken out of the file of waivers.

    Parameters
    ----------
    files
        The files of waivers.
    check, subject
        The name of the check, and the id of the action or the plan.
    value
        What was found there; only wanted where several things are accepted.

    Raises
    ------
    NotFound
        If nothing of the kind is accepted.
    PlanweaveError
        If several things are, or the file cannot be written.
    """
    here = [
        one
        for one in read_waivers(files)
        if one.finding == check
        and (one.action or one.plan) == subject
        and (value is None or one.value in {None, value})
    ]
    if not here:
        raise NotFound(f"nothing that {check} finds at {subject} is accepted", fix="see the list of accepted findings")
    if len(here) > 1:
        values = ", ".join(repr(one.value) for one in here)
        raise PlanweaveError(f"{len(here)} things are accepted there: {values}", fix="say which one with its value")
    remove_waiver(here[0])
    return here[0]


def _action(record: PlanRecord, subject: str) -> Action:
    actions = {action.id: action for action in record.actions}
    if subject not in actions:
        raise NotFound(f"there is no action {subject!r}", fix=nearest(subject, actions))
    return actions[subject]


def _refuse_twice(file: Path, waiver: Waiver) -> None:
    for known in read_waivers([file]):
        same = (known.finding, known.plan, known.action, known.value)
        if same == (waiver.finding, waiver.plan, waiver.action, waiver.value):
            fix = "nothing is to do" if known.seen == waiver.seen else f'write seen = "{waiver.seen}" there'
            raise PlanweaveError("this finding is in the waivers already", file=file, where=known.where, fix=fix)
