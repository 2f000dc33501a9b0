"""The pages of actions and of their time in Chromium: chosen, searched, sorted, paged, shared, taken along."""

from __future__ import annotations

import csv
import datetime as dt
import io
import re
import shutil
from typing import TYPE_CHECKING
from urllib.parse import parse_qs, urlsplit

import openpyxl
import pytest

import planweave as pw
from planweave.facets import ActionRow, make_index
from planweave.facets.rows import Named
from planweave.flat_files import unguarded
from planweave.web.actions import due_words
from planweave.web.timeline import Axis, marks_of
from tests.browsing import violations
from tests.serving import PHONE, served, surfing

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Browser, Page

    from planweave.records import Action
    from tests.serving import Site


@pytest.fixture(scope="module")
def workspace(five_plans: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The five plans, to be written into."""
    folder = tmp_path_factory.mktemp("actions") / "weave"
    shutil.copytree(five_plans, folder)
    return folder


@pytest.fixture(scope="module")
def site(workspace: Path) -> Iterator[Site]:
    """The five plans, served with twenty rows a page."""
    with served(workspace, rows=20) as site:
        yield site


@pytest.fixture(scope="module")
def team(workspace: Path) -> set[str]:
    """The names that Coventry's plan has for its rough sleeper management team."""
    with pw.open(workspace) as graph:
        parties = graph.plan("coventry").parties
    return {party.name for party in parties if party.label == "Rough Sleeper Management Team (Coventry)"}


@pytest.fixture(scope="module")
def actions(workspace: Path) -> list[Action]:
    """Every action of the five plans, as the records have them."""
    with pw.open(workspace) as graph:
        return list(graph.actions())


def references(page: Page) -> list[str]:
    """The first cell of every row of the table."""
    return page.locator(".pw-table tbody th").all_inner_texts()


def said(page: Page) -> int:
    """How many actions the page says there are."""
    found = re.match(r"([\d,]+) action", page.locator(".pw-browse__count").inner_text())
    assert found
    return int(found[1].replace(",", ""))


def test_an_analyst_chooses_by_lead_and_pillar(
    site: Site, browser: Browser, actions: list[Action], team: set[str]
) -> None:
    """Ticking a lead and a pillar gives the actions of both; the chips take them away again."""
    wanted = [one for one in actions if team & set(one.leads) and "Recovery" in one.pillars]
    assert len(wanted) > 5
    with surfing(browser, site) as visit:
        page = visit.open("/actions")
        assert said(page) == len(actions)
        page.get_by_label("Rough Sleeper Management Team").check()
        page.locator("#facet-pillar > summary").click()
        page.get_by_label("Recovery", exact=True).check()
        page.get_by_role("button", name="Apply filters").click()
        assert said(page) == len(wanted)
        assert [" ".join(chip.split()[:-1]) for chip in page.locator(".pw-chip").all_inner_texts()] == [
            "Take away the filter Lead: Rough Sleeper Management Team (Coventry)",
            "Take away the filter Pillar: Recovery",
        ]
        assert references(page) == [one.ref for one in wanted][:20]
        page.locator(".pw-chip", has_text="Pillar").click()
        assert said(page) == sum(bool(team & set(one.leads)) for one in actions)


def test_none_is_a_choice_with_its_reasons(site: Site, browser: Browser, actions: list[Action]) -> None:
    """Actions without a lead can be chosen, all of them or those whose cell is empty, and the table says why."""
    with surfing(browser, site) as visit:
        page = visit.open("/actions?lead=none")
        assert said(page) == sum(not one.leads for one in actions)
        page = visit.open("/actions?lead=none.empty")
        empty = [one for one in actions if one.blank.get("lead") == "empty"]
        assert said(page) == len(empty) > 0
        assert page.locator(".pw-table td:nth-child(4)").all_inner_texts() == ["(cell is empty)"] * len(empty)
        assert "Lead: no lead: cell is empty" in page.locator(".pw-chips").inner_text()


def test_search_sort_and_pages_stand_in_the_address(site: Site, browser: Browser, actions: list[Action]) -> None:
    """What was searched, sorted and turned to is in the address: another browser that is given it sees the same."""
    with surfing(browser, site) as visit, surfing(browser, site, script=False, user=False) as other:
        page = visit.open("/actions?plan=coventry&plan=thurrock")
        page.get_by_label("Search actions").fill("support")
        page.get_by_role("button", name="Search").click()
        found = said(page)
        assert 20 < found < 60
        page.get_by_role("link", name="Reference").click()
        first = references(page)
        numbers = [[int(part) for part in one.split(".")] for one in first if re.fullmatch(r"[\d.]+", one)]
        assert numbers == sorted(numbers)
        assert len(numbers) > 15
        page.get_by_role("link", name="Page 2").click()
        second = references(page)
        assert not set(first) & set(second)
        query = parse_qs(urlsplit(page.url).query)
        assert query["q"] == ["support"]
        assert (query["plan"], query["sort"], query["page"]) == (["coventry", "thurrock"], ["ref"], ["2"])
        bare = other.open(page.url.removeprefix(site.base))
        assert references(bare) == second
        assert said(bare) == found


def test_a_facet_with_many_values_is_searched(site: Site, browser: Browser) -> None:
    """Looking for a name within a facet gives those of the name; ticking one keeps what else was chosen."""
    with surfing(browser, site) as visit:
        page = visit.open("/actions?status=unknown")
        page.locator("#in-lead").fill("housing")
        page.locator("#in-lead").press("Enter")
        labels = page.locator("#facet-lead .pw-choice__words").all_inner_texts()
        assert labels
        assert all("housing" in label.lower() for label in labels)
        page.get_by_label("Housing and Inclusion Manager").check()
        page.get_by_role("button", name="Apply filters").click()
        assert 5 < said(page) <= 10
        assert len(page.locator(".pw-chip").all()) == 2


def test_the_keyboard_alone_is_enough(site: Site, browser: Browser, actions: list[Action]) -> None:
    """Tab, Space and Enter open a facet, choose in it and apply it."""
    complete = sum(one.status == "complete" for one in actions)
    with surfing(browser, site) as visit:
        page = visit.open("/actions")
        page.locator("#q").focus()
        for _ in range(60):
            page.keyboard.press("Tab")
            if page.evaluate("document.activeElement.name + document.activeElement.value") == "statuscomplete":
                break
        page.keyboard.press("Space")
        page.keyboard.press("Enter")
        page.wait_for_url("**status=complete**")
        assert said(page) == complete


def test_the_form_works_without_script(site: Site, browser: Browser, actions: list[Action]) -> None:
    """Without script the same form gives the same; what is left empty in it chooses nothing."""
    with surfing(browser, site, script=False) as visit:
        page = visit.open("/actions")
        page.get_by_label("Coventry City Council").first.check()
        page.get_by_role("button", name="Apply filters").click()
        assert said(page) == sum(one.id.startswith("coventry/") for one in actions)
        assert page.locator(".pw-chip").count() == 1
        page.get_by_label("Due from").evaluate("field => field.closest('details').open = true")
        page.get_by_label("Due from").fill("2023-04-01")
        page.get_by_label("Due to").fill("2023-04-30")
        page.get_by_role("button", name="Apply filters").click()
        april = [one for one in actions if one.due.edtf in {"2023-04", "{2022-04,2023-04}"} and one.id[:3] == "cov"]
        assert said(page) == len(april) > 3


def test_on_a_phone_the_filters_begin_closed(site: Site, browser: Browser) -> None:
    """On a narrow screen the actions come before the filters' values, which one tap opens."""
    with surfing(browser, site, width=PHONE) as visit:
        page = visit.open("/actions")
        assert not page.locator("#facet-plan").is_visible()
        page.locator(".pw-choices > summary").click()
        assert page.locator("#facet-plan").is_visible()
        assert violations(page) == []


def test_a_mistaken_day_is_said_and_shows_nothing(site: Site, browser: Browser) -> None:
    """A day that is none is named with its field, and no table pretends to answer."""
    with surfing(browser, site) as visit:
        page = visit.open("/actions?from=2023-02-30")
        assert "“2023-02-30” is no day" in page.locator(".govuk-error-summary").inner_text()
        assert page.locator(".pw-table").count() == 0
        page.locator(".govuk-error-summary a").click()
        assert page.evaluate("document.activeElement.id") == "from"
        page = visit.open("/timeline?day=never")
        assert "“never” is no day" in page.locator(".govuk-error-summary").inner_text()
    for address in ("/actions.csv?from=soon", "/actions.xlsx?from=soon"):
        assert site.get(address).status == 400


def test_a_workbook_has_what_the_table_shows(site: Site, browser: Browser, tmp_path: Path) -> None:
    """The workbook of a filtered table, opened again, has its columns and all its rows in their order."""
    address = "?plan=coventry&overdue=2024-12-31&sort=-due"
    with surfing(browser, site) as visit:
        page = visit.open(f"/actions{address}")
        total = said(page)
        headings = [words.strip(" ▲▼") for words in page.locator(".pw-table thead th").all_inner_texts()]
        shown = []
        for number in range(1, -(-total // 20) + 1):
            page = visit.open(f"/actions{address}&page={number}")
            shown += [
                [cell.inner_text() for cell in row.locator("th, td").all()]
                for row in page.locator(".pw-table tbody tr").all()
            ]
        with page.expect_download() as started:
            page.get_by_role("link", name="Excel").click()
        file = tmp_path / "actions.xlsx"
        started.value.save_as(file)
    book = openpyxl.load_workbook(file)
    rows = [
        ["" if value is None else str(value) for value in row] for row in book["Actions"].iter_rows(values_only=True)
    ]
    assert rows[0] == headings
    assert len(rows) - 1 == len(shown) == total > 20
    for row, cells in zip(rows[1:], shown, strict=True):
        for heading, value, cell in zip(headings, row, cells, strict=True):
            # What is long is shortened in the table, and whole in the file.
            whole, short = " ".join(value.split()), " ".join(cell.split())
            assert whole == short or (short.endswith("…") and whole.startswith(short.rstrip(" …"))), heading
    notes = [row[0] for row in book["About"].iter_rows(values_only=True)]
    assert f"{total} actions" in notes
    assert "Overdue on: 31 December 2024" in notes


def test_a_csv_file_has_every_row(site: Site, actions: list[Action]) -> None:
    """The CSV of all has each action once, in the order of the address, with its whole text."""
    answer = site.get("/actions.csv?sort=text")
    assert answer.headers["content-disposition"] == 'attachment; filename="actions.csv"'
    rows = list(csv.DictReader(io.StringIO(answer.body.decode("utf-8-sig"))))
    assert sorted(unguarded(row["Action"]) for row in rows) == sorted(one.text for one in actions)
    first = [re.sub(r"^\W+", "", row["Action"].casefold())[:4] for row in rows]
    assert first == sorted(first)


def test_too_many_rows_for_a_workbook_is_a_sentence(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    """More rows than a sheet holds are refused before anything is written; CSV takes them."""
    monkeypatch.setattr("planweave.web.actions.SHEET_ROWS", 100)
    refused = site.get("/actions.xlsx")
    assert refused.status == 400
    assert "there are 144 actions, more than the 99 rows" in refused.text.lower()
    assert site.get("/actions.xlsx?plan=maidstone").status == 200
    assert site.get("/actions.csv").status == 200


def test_a_damaged_index_is_told_once(five_plans: Path, tmp_path: Path) -> None:
    """A damaged index is made again with one sentence, which the next page does not repeat."""
    folder = tmp_path / "weave"
    shutil.copytree(five_plans, folder)
    with served(folder) as site:
        assert site.get("/actions").status == 200
    (index,) = (folder / ".facets").iterdir()
    (index / "lead.rows.npy").write_bytes(b"")
    with served(folder) as site:
        assert site.get("/actions").text.count("has been made again from the plans") == 1
        assert site.get("/actions").text.count("has been made again from the plans") == 0


def test_while_the_index_is_made_the_page_says_so(
    workspace: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """Of a large graph the index is made in the background: the page says how far it is, and a file is refused."""
    import threading  # noqa: PLC0415 - only here

    folder = tmp_path / "weave"
    shutil.copytree(workspace, folder)
    shutil.rmtree(folder / ".facets", ignore_errors=True)
    go = threading.Event()

    def slow(*given: object) -> object:
        given[3]("listing the actions", 2, 5)  # type: ignore[operator]
        go.wait(30)
        return make_index(*given)  # type: ignore[arg-type]

    monkeypatch.setattr("planweave.web.listing.make_index", slow)
    monkeypatch.setattr("planweave.web.listing.AT_ONCE", 1)
    with served(folder) as site:
        site.get("/actions")
        page = site.get("/timeline")
        assert page.status == 200
        assert "listing the actions, 2 of 5 plans" in page.text
        assert site.get("/actions.csv").status == 503
        go.set()
        for _ in range(200):
            if "144 actions" in site.get("/actions").text:
                break
        assert "144 actions" in site.get("/actions").text
        for _ in range(400):
            found = site.get("/actions?q=housing").text
            if "being prepared" not in found:
                break
        assert "about: housing" in found
        assert "being prepared" not in found


# ------------------------------------------------------------------------------------------------------ the timeline


def numbers_with_links(page: Page) -> list[tuple[int, str]]:
    """Every number of the timeline that has a link, and where it leads."""
    links = page.locator(".pw-figure a, .pw-calendar td a, .pw-lines__group a").all()
    found = []
    for link in links:
        number = re.match(r"[\d,]+", link.inner_text())
        assert number
        found.append((int(number[0].replace(",", "")), link.get_attribute("href") or ""))
    return found


@pytest.mark.parametrize(
    "address",
    [
        "/timeline?day=2024-12-31",
        "/timeline?day=2024-12-31&by=pillar&plan=coventry&status=unknown",
        "/timeline?by=lead&lead=none&lead=coventry-rsmt&from=2022-10-01&overdue=2024-10-01&day=2024-12-31",
    ],
)
def test_every_number_leads_to_its_list(site: Site, browser: Browser, address: str) -> None:
    """A number of the timeline is the number of actions of the list it leads to, whatever is chosen already."""
    with surfing(browser, site) as visit:
        found = numbers_with_links(visit.open(address))
        assert len(found) > 5
        for number, href in found:
            listed = re.search(r"<strong>([\d,]+) actions?</strong>", site.get(href).text)
            assert listed
            assert int(listed[1].replace(",", "")) == number, href


def test_the_calendar_counts_as_the_question_does(site: Site, workspace: Path) -> None:
    """The months of the timeline are those of the question for due dates by month."""
    with pw.open(workspace) as graph:
        rows = list(graph.ask("due-by-month", plan="coventry").readable_rows())
    tags = site.get("/timeline?plan=coventry").text
    cells = re.findall(r'href="/actions\?[^"]*from=(\d{4}-\d\d)-01&amp;to=\1-\d\d"[^>]*>(\d+)</a>', tags)
    assert {(month, int(number)) for month, number in cells} == {(row[1], int(row[2])) for row in rows}


def test_the_timeline_prints(site: Site, browser: Browser) -> None:
    """On paper the filters are gone and every line of the page is there."""
    with surfing(browser, site) as visit:
        page = visit.open("/timeline?plan=gravesham&day=2024-12-31")
        lines = page.locator(".pw-lines tbody tr").count()
        page.emulate_media(media="print")
        assert not page.locator(".pw-browse__side").is_visible()
        assert lines == 13
        assert page.locator(".pw-lane").first.is_visible()


def row(**changes: object) -> ActionRow:
    """An action in time."""
    given: dict[str, object] = {
        "row": 0, "id": "p/1", "ref": "1", "text": "Open a hub", "group": None, "plan": Named("p", "P"), "leads": (),
        "partners": (), "pillars": (), "status": "unknown", "kind": "date", "due": "", "edtf": None, "earliest": None,
        "latest": None, "precision": "none", "vague": False, "no_due": None, "no_lead": None, "no_partner": None,
        "no_status": None, "updates": 0, "crossrefs": 0, "findings": None,
    }  # fmt: skip
    return ActionRow(**{**given, **changes})  # type: ignore[arg-type]


MARCH = {"earliest": dt.date(2023, 3, 1), "latest": dt.date(2023, 3, 31), "precision": "month"}
DAY = {"earliest": dt.date(2023, 1, 1), "latest": dt.date(2023, 1, 1), "precision": "day"}


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        (MARCH, "by 31 March 2023"),
        ({**MARCH, "vague": True}, "by about 31 March 2023"),
        ({**MARCH, "kind": "review"}, "review by 31 March 2023"),
        ({"earliest": dt.date(2024, 1, 1), "precision": "open"}, "from 1 January 2024 on"),
        ({"kind": "ongoing", "earliest": dt.date(2024, 1, 1), "precision": "open"}, "ongoing, from 1 January 2024 on"),
        ({"kind": "ongoing"}, "ongoing"),
        ({"kind": "recurring"}, "recurring"),
        ({"kind": "none"}, "no date"),
        ({"kind": "none", "no_due": "no-column"}, "(no such column)"),
    ],
)
def test_a_date_is_read_out_as_exactly_as_it_is_known(changes: dict[str, object], words: str) -> None:
    """A month is its last day, what has no end begins, what has no date says why."""
    assert due_words(row(**changes)) == words


def test_marks_are_as_long_as_a_date_is_vague() -> None:
    """On an axis of 365 days a day is a point, a month is 31 of them, and what has no end goes on to the last."""
    axis, after = Axis(2023, 2023), dt.date(2024, 1, 1)
    (day,) = marks_of(row(**DAY), axis, dt.date(2022, 1, 1))
    assert (day.shape, day.start, day.look) == ("day", 0, "plain")
    (month,) = marks_of(row(**MARCH), axis, after)
    assert (month.shape, month.look) == ("bar", "late")
    assert month.start == pytest.approx(59 / 3.65, abs=0.01)
    assert month.width == pytest.approx(31 / 3.65, abs=0.02)
    (done,) = marks_of(row(**MARCH, status="complete"), axis, after)
    assert done.look == "done"
    (opened,) = marks_of(row(earliest=dt.date(2023, 7, 2), precision="open"), axis, after)
    assert (opened.shape, opened.words) == ("band", "no end")
    assert opened.start == pytest.approx(182 / 3.65, abs=0.01)
    assert opened.start + opened.width == pytest.approx(100)
    (ongoing,) = marks_of(row(kind="ongoing"), axis, after)
    assert (ongoing.shape, ongoing.start, ongoing.width, ongoing.words) == ("band", 0, 100, "ongoing")
    rhythm, *_ = marks_of(row(kind="recurring", due="Quarterly"), axis, after)
    assert (rhythm.shape, rhythm.words) == ("rhythm", "Quarterly")
    assert list(marks_of(row(kind="none"), axis, after)) == []
    (far,) = marks_of(row(earliest=dt.date(2050, 1, 1), latest=dt.date(2050, 1, 1), precision="day"), axis, after)
    assert far.start == 100
