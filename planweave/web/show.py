"""A page: a template filled with values, in the layout that all pages have."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

from starlette.responses import HTMLResponse

from planweave.pages import Templates, island
from planweave.reporting.words import counted, day_words, percent, shortened
from planweave.version import VERSION
from planweave.web import addresses
from planweave.web.safety import FIELD, STYLED, form_token
from planweave.wording import SEVERITY_WORDS, STATUS_WORDS

if TYPE_CHECKING:
    from starlette.requests import Request

    from planweave.web.files import Files

__all__ = ["NAVIGATION", "Crumb", "show", "templates_of"]


class Crumb(NamedTuple):
    """A step of the way to a page: its words and its address."""

    words: str
    address: str


NAVIGATION: Final = (
    Crumb("Overview", addresses.overview_address()),
    Crumb("Actions", addresses.actions_address()),
    Crumb("Plans", addresses.plans_address()),
    Crumb("Agencies", addresses.agencies_address()),
    Crumb("Findings", addresses.findings_address()),
    Crumb("Timeline", addresses.timeline_address()),
    Crumb("Networks", addresses.networks_address()),
    Crumb("What if", addresses.what_if_address()),
    Crumb("Ask", addresses.ask_address()),
    Crumb("Compare", addresses.compare_address()),
    Crumb("Add a plan", addresses.add_address()),
)
"""What every page leads to."""

ALSO: Final = (
    Crumb("Vocabulary", addresses.vocabulary_address()),
    Crumb("Checks", addresses.shapes_address()),
    Crumb("Questions", addresses.queries_address()),
    Crumb("SPARQL", addresses.sparql_address()),
    Crumb("Data", addresses.data_address()),
)
"""What stands at the foot of every page."""


def templates_of(own: Files, vendor: Files) -> Templates:
    """Give the templates of the workspace, which name these style sheets and scripts."""
    known = {
        **addresses.ALL,
        "static": lambda name: addresses.static_address(own.dated(name)),
        "vendor": lambda name: addresses.vendor_address(vendor.dated(name)),
        "dressed": "govuk-frontend.min.css" in vendor,
        "navigation": NAVIGATION,
        "also": ALSO,
        "version": VERSION,
        "counted": counted,
        "percent": percent,
        "shortened": shortened,
        "day_words": day_words,
        "status_words": lambda code: STATUS_WORDS.get(code, code),
        "severity_words": lambda code: SEVERITY_WORDS[code].words,
        "island": island,
        "token_field": FIELD,
    }
    return Templates(Path(str(files("planweave") / "web" / "templates")), known)


def show(
    request: Request,
    template: str,
    *,
    status: int = 200,
    inline_styles: bool = False,
    headers: dict[str, str] | None = None,
    **values: object,
) -> HTMLResponse:
    """Give a page.

    Parameters
    ----------
    request
        What is answered.
    template
        The file name of the template, which extends ``base.html.j2``.
    status
        The status of the answer.
    inline_styles
        Whether a library on the page has to write style attributes (the networks, the editor).
    headers
        Further headers.
    values
        What the template speaks of; ``title`` and ``crumbs`` among them.
    """
    templates: Templates = request.app.state.templates
    context = {
        "path": request.url.path,
        "query": request.url.query,
        "whole_address": str(request.url),
        "form_token": form_token(request),
        "crumbs": (),
        "wide": False,
        **values,
    }
    policy = {"content-security-policy": STYLED} if inline_styles else {}
    return HTMLResponse(templates.filled(template, context), status, headers={**policy, **(headers or {})})
