"""What the pages of a draft share: which one it is, what is understood of it, whether it is still open."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planweave.correcting import Drafts, Outdated, understand
from planweave.correcting.accepting import progress_of
from planweave.errors import PlanweaveError
from planweave.web.addresses import draft_address, with_state
from planweave.web.rooms import given, library_of, served_of

if TYPE_CHECKING:
    from starlette.datastructures import FormData
    from starlette.requests import Request

    from planweave.correcting import Draft, Understood
    from planweave.library import Library

__all__ = ["check_open", "draft_of", "library_for", "seen_of", "step_address"]


def step_address(draft: str, step: str, **state: object) -> str:
    """Give the address of what is done with a draft."""
    return with_state(f"{draft_address(draft)}/{step}", state)


def library_for(request: Request) -> Library:
    """Give the definitions to read with, those of the workspace among them."""
    return library_of(request).with_workspace(served_of(request).folder)


def draft_of(request: Request) -> Draft:
    """Give the draft that the address names."""
    return Drafts(served_of(request).folder).draft(given(request, "draft"))


def seen_of(request: Request, draft: Draft) -> Understood:
    """Give what is understood of a draft as it is."""
    return understand(draft, library_for(request))


def check_open(request: Request, draft: Draft, form: FormData) -> None:
    """Refuse a form of an older state, and any while the draft is being accepted.

    Raises
    ------
    Outdated
        If the draft was changed since the form was shown.
    PlanweaveError
        If it is being accepted.
    """
    journal = progress_of(draft.folder, served_of(request).folder)
    if journal and journal.stage != "failed":
        raise PlanweaveError("this draft is being accepted, so this was not done", fix="wait until that is done")
    if form.get("revision") != str(draft.state.revision):
        raise Outdated(
            "this draft was changed in another tab meanwhile, so this was not saved; what you typed is still here",
            fix="look at the draft as it is now, and do it again",
        )
