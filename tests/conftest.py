"""What several tests share."""

from __future__ import annotations

import runpy
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec
import pytest
from playwright.sync_api import sync_playwright

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser

from planweave.records import Action, Cell, Due, Origin, Party, PartyKind, Plan, PlanRecord, SourceRow


@pytest.fixture(scope="session")
def chromium() -> str:
    """Give the path of a Chromium; a test that needs one fails without it and is never skipped."""
    found: str | None = runpy.run_path(str(Path(__file__).with_name("chromium.py")))["find"]()
    if found is None:
        pytest.fail("There is no Chromium for the tests of pages; run: python tests/chromium.py", pytrace=False)
    return found


@pytest.fixture(scope="module")
def browser(chromium: str) -> Iterator[Browser]:
    """Open the Chromium."""
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=chromium)
        yield opened
        opened.close()


@pytest.fixture(scope="session")
def action() -> Callable[..., Action]:
    """Give a maker of actions: a reference, the text, and any other fields; its row prints what they say."""
    empty = Action(
        id="p/n1",
        n=1,
        ref=None,
        text="",
        group=None,
        parent=None,
        pillars=(),
        leads=(),
        partners=(),
        mentions=(),
        due=Due("", "none", None),
        outcomes=(),
        evidence=(),
        indicators=(),
        targets=(),
        status="unknown",
        updates=(),
        crossrefs=(),
        flags=(),
        blank={},
        extra={},
        corrections=(),
        source=(),
    )

    def make(ref: str | None, text: str = "", **fields: Any) -> Action:
        made = msgspec.structs.replace(empty, id=f"p/{ref or 'n1'}", ref=ref, text=text, **fields)
        said = {
            "ref": (ref or "",),
            "text": (text,),
            "lead": made.leads,
            "partner": made.partners,
            "outcome": made.outcomes,
            "evidence": made.evidence,
            "update": tuple(update.text for update in made.updates),
            "crossref": made.crossrefs,
        }
        cells = tuple(
            Cell(column, field, "\n".join(values), field)
            for column, (field, values) in enumerate(said.items(), start=1)
            if any(values)
        )
        return msgspec.structs.replace(made, source=(SourceRow(None, 1, 2, None, cells),))

    return make


@pytest.fixture(scope="session")
def plan() -> Callable[..., PlanRecord]:
    """Give a maker of plans: actions, and name → kind and id of its parties; the name is their label."""

    def make(
        *actions: Action,
        parties: dict[str, tuple[PartyKind, str]] | None = None,
        legend: dict[str, str] | None = None,
        publisher: str | None = None,
    ) -> PlanRecord:
        known = sorted((parties or {}).items())
        return PlanRecord(
            plan=Plan("p", "A plan", None, publisher, None, None, "p.txt"),
            legend=legend or {},
            definitions={},
            parties=tuple(Party(name, kind, identifier, name) for name, (kind, identifier) in known),
            actions=actions,
            context=(),
            unplaced=(),
            kept=1.0,
            placed=1.0,
            origin=Origin("0" * 64, "text/plain", "utf-8", None, "0"),
        )

    return make
