"""What several tests share."""

from __future__ import annotations

import copy
import tomllib
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec
import pytest
from playwright.sync_api import sync_playwright

from tests.asked_here import Here
from tests.browsing import Visit
from tests.chromium import find
from tests.made import made_action, made_plan

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser

from planweave.documents.sandbox import read_apart
from planweave.records import Action, Cell, Party, PartyKind, Plan, PlanRecord, SourceRow

LONG = 5_000
"""From so many letters on a TOML text is worth remembering."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with the files that open a browser: they take longest, and one that came last would be waited for."""
    slow = {item.path for item in items if "browser" in getattr(item, "fixturenames", ())}
    items.sort(key=lambda item: item.path not in slow)


@pytest.fixture(scope="session")
def chromium() -> str:
    """Give the path of a Chromium; a test that needs one fails without it and is never skipped."""
    found = find()
    if found is None:
        pytest.fail("There is no Chromium for the tests of pages; run: python tests/chromium.py", pytrace=False)
    return found


@pytest.fixture(scope="module")
def browser(chromium: str) -> Iterator[Browser]:
    """Open the Chromium."""
    with sync_playwright() as playwright:
        # No name and no address leads anywhere but this machine's own.
        alone = "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1"
        opened = playwright.chromium.launch(executable_path=chromium, args=[alone])
        yield opened
        Visit.left.clear()
        opened.close()


@pytest.fixture(autouse=True)
def _windows_are_left() -> Iterator[None]:
    """Let the next test have the windows in which this one visited pages."""
    yield
    Visit.leave_all()


@pytest.fixture(scope="session", autouse=True)
def _toml_is_understood_once() -> Iterator[None]:
    """Understand a long TOML text once: every reader begins with the same few, and they take a tenth of a second."""
    known: dict[str, dict[str, Any]] = {}
    understood = tomllib.loads

    def once(text: str, **more: Any) -> dict[str, Any]:
        if more or len(text) < LONG:
            return understood(text, **more)
        if text not in known:
            known[text] = understood(text)
        return copy.deepcopy(known[text])

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(tomllib, "loads", once)
        yield


@pytest.fixture(scope="module")
def read_once() -> Iterator[None]:
    """Take the lines and tables of the same bytes once in a module: a process for each reading takes long."""
    known: dict[tuple[Any, ...], Any] = {}

    def once(kind: Any, data: bytes, name: str, limits: Any = None) -> Any:
        asked = (kind, data, name, limits)
        if asked not in known:
            known[asked] = read_apart(kind, data, name, limits)
        return known[asked]

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr("planweave.documents.sandbox.read_apart", once)
        yield


@pytest.fixture(scope="module")
def stores_asked_here() -> Iterator[dict[tuple[str, ...], Any]]:
    """Give what keeps the stores that a module's queries open in this process."""
    kept: dict[tuple[str, ...], Any] = {}
    yield kept
    kept.clear()


@pytest.fixture
def asked_here(monkeypatch: pytest.MonkeyPatch, stores_asked_here: dict[tuple[str, ...], Any]) -> None:
    """Ask queries in this process; only where nothing that they look at changes in the whole module."""
    monkeypatch.setattr("planweave.asking.running._Child", partial(Here, stores_asked_here))


@pytest.fixture(scope="session")
def action() -> Callable[..., Action]:
    """Give a maker of actions: a reference, the text, and any other fields; its row prints what they say."""
    empty = made_action(text="")

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
        return made_plan(
            *actions,
            plan=Plan("p", "A plan", None, publisher, None, None, "p.txt"),
            legend=legend or {},
            parties=tuple(Party(name, kind, identifier, name) for name, (kind, identifier) in known),
        )

    return make


@pytest.fixture(scope="session")
def five_plans(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give the workspace of the five bundled plans, built once; whoever writes into it copies it first."""
    from planweave.entrances import build  # noqa: PLC0415 - most tests need no graph

    folder = tmp_path_factory.mktemp("five") / "weave"
    build(None, folder).close()
    return folder
