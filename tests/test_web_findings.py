"""Findings in the browser: filtered, taken along, accepted with a reason, and open again."""

from __future__ import annotations

import csv
import io
import shutil
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from planweave.entrances import build
from tests.browsing import keep_picture, violations
from tests.serving import served, surfing

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, Page

    from tests.serving import Site

PLANS = Path(__file__).parent.parent / "plans"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a folder with two plans of its own, so that acceptances are written there."""
    folder = tmp_path_factory.mktemp("findings")
    (folder / "plans").mkdir()
    for name in ("coventry", "gravesham"):
        shutil.copy(PLANS / f"{name}.txt", folder / "plans")
    build([folder / "plans"], folder / "weave").close()
    return folder


@pytest.fixture(scope="module")
def site(folder: Path) -> Iterator[Site]:
    """Serve them."""
    with served(folder / "weave") as site:
        yield site


@pytest.fixture
def waivers(folder: Path) -> Iterator[Path]:
    """Give the file of waivers, which is not there before a test nor after it."""
    path = folder / "plans" / "waivers.toml"
    yield path
    path.unlink(missing_ok=True)


def tab_to(page: Page, words: str, most: int = 80) -> None:
    """Press Tab until what has the focus says some words, or has them as its name."""
    say = "(e => e.innerText + ' ' + (e.labels?.[0]?.innerText ?? ''))(document.activeElement)"
    for _ in range(most):
        page.keyboard.press("Tab")
        if words in page.evaluate(say):
            return
    pytest.fail(f"the keyboard does not reach {words!r}")


def rows_of(site: Site, address: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(site.get(address).body.decode("utf-8-sig"), newline="")))


def test_a_finding_is_accepted_with_the_keyboard_alone_and_opened_again(
    site: Site, browser: Browser, waivers: Path
) -> None:
    """By Tab and Enter: from the list to the form, a reason, a name; then it is accepted; without its entry, open."""
    address = "/findings?plan=coventry&check=action-has-due-date"
    with surfing(browser, site) as visit:
        page = visit.open(address)
        # Coventry's 16.1 and 16.2 print no date.
        assert page.locator(".pw-finding").count() == 2
        tab_to(page, "Accept with a reason")
        page.keyboard.press("Enter")
        page.wait_for_url("**/findings/accept?**")
        tab_to(page, "Why it is accepted")
        page.keyboard.type("The job coach sets the date with each person.")
        tab_to(page, "Who accepts it")
        page.keyboard.type("Head of Housing")
        page.keyboard.press("Tab")
        page.keyboard.press("Tab")
        page.keyboard.press("Enter")
        page.wait_for_url("**/findings?**")
        assert violations(page) == []
        keep_picture(page, "web-findings-accepted-desk")
        accepted = page.locator(".pw-finding--accepted")
        assert accepted.count() == 1
        assert "Accepted by Head of Housing" in accepted.inner_text()
        assert "The job coach sets the date with each person." in accepted.inner_text()
        assert "[[waiver]]" in waivers.read_text(encoding="utf-8")
        assert visit.open(address).locator(".pw-finding").count() == 1

        page = visit.open(f"{address}&accepted=only")
        tab_to(page, "Open it again")
        page.keyboard.press("Enter")
        page.wait_for_url("**done=reopened")
        assert "The finding is open again" in page.locator("[role='alert']").inner_text()
        assert page.locator(".pw-finding--accepted").count() == 0
        assert "[[waiver]]" not in waivers.read_text(encoding="utf-8")
        assert visit.open(address).locator(".pw-finding").count() == 2


def test_what_was_typed_stays_where_something_is_missing(site: Site, browser: Browser, waivers: Path) -> None:
    """A form without a reason comes back with a sentence beside the field and all else as typed; nothing is written."""
    with surfing(browser, site) as visit:
        visit.provoke(400)
        page = visit.open("/findings/accept?plan=coventry&action=coventry%2F16.1&check=action-has-due-date")
        page.fill("#by", "Head of Housing")
        page.fill("#day", "last week")
        page.click("text=Accept this finding")
        said = page.locator(".govuk-error-summary").inner_text()
        assert "Say why it is accepted" in said
        assert "2024-12-31" in said
        assert page.input_value("#by") == "Head of Housing"
        assert page.input_value("#day") == "last week"
        assert violations(page) == []
        keep_picture(page, "web-accept-mistaken-desk")
    assert not waivers.exists()


def test_accepting_twice_is_refused_in_a_sentence(site: Site, waivers: Path) -> None:
    """What is accepted already is said to be, with the place where it stands."""
    fields: dict[str, Any] = {
        "plan": "coventry",
        "action": "coventry/16.1",
        "check": "action-has-due-date",
        "reason": "Set with each person.",
        "by": "Head of Housing",
    }
    assert site.post("/findings/accept", **fields).status == 303
    again = site.post("/findings/accept", **fields)
    assert again.status == 400
    assert "in the waivers already" in again.text
    assert waivers.read_text(encoding="utf-8").count("[[waiver]]") == 1


def test_nothing_is_accepted_without_the_token(site: Site, waivers: Path) -> None:
    """A form that another site sends, or a browser that was not shown the address of the start, changes nothing."""
    subject = {"plan": "coventry", "action": "coventry/16.1", "check": "action-has-due-date"}
    fields: dict[str, Any] = {**subject, "reason": "x", "by": "y"}
    assert site.post("/findings/accept", by_user=False, **fields).status == 403
    assert not waivers.exists()
    site.post("/findings/accept", **fields)
    before = waivers.read_text(encoding="utf-8")
    assert site.post("/findings/reopen", by_user=False, **fields).status == 403
    assert "Open it again" not in site.get("/findings?plan=coventry&accepted=only").text
    assert waivers.read_text(encoding="utf-8") == before


def test_the_files_hold_what_is_shown(site: Site, waivers: Path) -> None:
    """The CSV has the findings that the filter leaves, with the acceptance of those that are accepted."""
    dateless = rows_of(site, "/findings.csv?plan=coventry&check=action-has-due-date")
    assert [row["Action"] for row in dateless] == ["16.1", "16.2"]
    assert {row["Severity"] for row in rows_of(site, "/findings.csv?severity=violation")} == {"violation"}
    site.post(
        "/findings/accept",
        plan="coventry",
        action="coventry/16.2",
        check="action-has-due-date",
        reason="Set with each person.",
        by="Head of Housing",
        day="2024-05-01",
    )
    assert waivers.exists()
    assert [row["Action"] for row in rows_of(site, "/findings.csv?plan=coventry&check=action-has-due-date")] == ["16.1"]
    (row,) = rows_of(site, "/findings.csv?plan=coventry&accepted=only")
    assert (row["Accepted by"], row["On"], row["Because"]) == ("Head of Housing", "2024-05-01", "Set with each person.")


def test_a_plan_is_named_with_its_publisher(site: Site) -> None:
    """A title such as "Action plan" could be anybody's: the list, the numbers and the headings say whose it is."""
    page = site.get("/findings?plan=gravesham").text
    assert page.count("Gravesham Borough Council – Action plan") == 3
    assert "Coventry City Council – Rough Sleeping Action Plan" in page


def test_the_day_of_the_check_is_chosen(site: Site) -> None:
    """Coventry's 10.1 is due in January 2022: overdue on the first of February, not on the last of January."""
    address = "/findings.csv?plan=coventry&check=action-is-overdue&as_of="
    assert "10.1" not in [row["Action"] for row in rows_of(site, f"{address}2022-01-31")]
    assert "10.1" in [row["Action"] for row in rows_of(site, f"{address}2022-02-01")]


def test_what_cannot_be_asked_is_said(site: Site) -> None:
    """A plan that is not there is named with the nearest, a day that is none is said to be; the list is shown."""
    page = site.get("/findings?plan=coventy&as_of=2022-02-30").text
    assert "coventry" in page
    assert "such as 2024-12-31" in page
    assert site.get("/findings?check=no-such-check").status == 404
