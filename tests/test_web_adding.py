"""Add a plan in the browser: from a file that is dropped in to an exported workbook that is opened again."""

from __future__ import annotations

import io
import re
import shutil
import time
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import docx
import openpyxl
import pytest
from reportlab.lib import colors
from reportlab.lib.pagesizes import A4, landscape
from reportlab.lib.styles import getSampleStyleSheet
from reportlab.platypus import Paragraph, SimpleDocTemplate, Table, TableStyle

import planweave as pw
from planweave.correcting import Drafts, understand
from planweave.library import Library, bundled_plans
from tests.browsing import ON_PHONES, keep_picture, violations
from tests.serving import DESK, PHONE, overflow, served, surfing

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, Page

    from tests.serving import Site

CSV = """\
Ref,What we shall do,,Finish,How we will know
1.1,Open a housing hub in Market Street,Housing Options Manager / Northmoor Outreach,May 2025,Hub open
1.2,Agree a hospital discharge protocol,Housing Options and Saltfern,soon,Protocol signed
1.3,Write to every landlord about the new scheme,Housing Options and Saltfern,March,Letters sent
"""
ROWS = (
    ("Ref", "Action", "Lead", "Partners", "Timescale", "Outcome", "Status"),
    (
        "1.1",
        "Open a housing hub",
        "Housing Options Manager",
        "Shelter and Citizens Advice",
        "May 2025",
        "Open",
        "Green",
    ),
    ("1.2", "Agree a discharge protocol", "Head of Housing", "NHS Trust", "March", "Protocol signed", "Amber"),
)
TITLE = "Eastvale Council Homelessness Action Plan 2025-2028"
HOSTILE = """\
Ref,Action,Lead,Due,Outcome,<img src=x onerror=alert(2)>
<b>1</b>,<script>alert(1)</script> open the hub in town,"""
HOSTILE += """"=cmd()|' /C calc'!A0",{{7*7}} soon,javascript:alert(3) it is open,"'><svg onload=alert(4)>"
2,\u202eopen another hub in the town,"""
HOSTILE += """Housing & Co and "">Team,May 2025,{% raw %} done,${7*7}
"""


def in_word() -> bytes:
    """The plan as a Word file."""
    made = docx.Document()
    made.add_heading(TITLE, 1)
    table = made.add_table(rows=0, cols=len(ROWS[0]))
    for row in ROWS:
        for cell, text in zip(table.add_row().cells, row, strict=True):
            cell.text = text
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def in_pdf() -> bytes:
    """The plan as a PDF."""
    look = getSampleStyleSheet()
    out = io.BytesIO()
    cells = [[Paragraph(text, look["Normal"]) for text in row] for row in ROWS]
    ruled = Table(cells, style=TableStyle([("GRID", (0, 0), (-1, -1), 0.5, colors.black)]))
    SimpleDocTemplate(out, pagesize=landscape(A4)).build([Paragraph(TITLE, look["Title"]), ruled])
    return out.getvalue()


@pytest.fixture
def workspace(five_plans: Path, tmp_path: Path) -> Path:
    """The five plans, to be added to."""
    folder = tmp_path / "weave"
    shutil.copytree(five_plans, folder)
    return folder


@pytest.fixture
def site(workspace: Path) -> Iterator[Site]:
    """The workspace, served."""
    with served(workspace) as site:
        yield site


@contextmanager
def draft_in(browser: Browser, site: Site, data: bytes, name: str, **more: Any) -> Iterator[tuple[Any, Page]]:
    """A visit that has handed in a file and sees what was understood."""
    with surfing(browser, site, **more) as visit:
        page = visit.open("/add")
        page.set_input_files("#document", {"name": name, "mimeType": "text/plain", "buffer": data})
        page.get_by_role("button", name="Read it").click()
        page.wait_for_url(re.compile(r"/add/[0-9a-f]{16}"))
        yield visit, page


def looked_at(page: Page, name: str) -> None:
    """A step is accessible, and no wider than a desk or a phone."""
    for width, kind in ((DESK, "desk"), (PHONE, "phone")):
        page.set_viewport_size({"width": width, "height": 900})
        assert page.locator("h1").count() == 1
        # What a narrow window changes of a page is its layout: only the rules about that are asked again.
        assert violations(page, *(ON_PHONES if kind == "phone" else ())) == [], name
        assert overflow(page) == 0, name
        keep_picture(page, f"web-add-{name}-{kind}")
    page.set_viewport_size({"width": DESK, "height": 900})


def accept(page: Page) -> None:
    """Accept the draft and wait for its end."""
    page.get_by_role("link", name="Go on to accept it").click()
    page.get_by_role("button", name="Accept", exact=True).click()
    page.wait_for_selector("h1:has-text('The plan is here')", timeout=120_000)


def sheet_of(page: Page, sheet: str) -> list[dict[str, Any]]:
    """The rows of a sheet of the workbook that the last page offers."""
    with page.expect_download() as found:
        page.get_by_role("link", name="Take the plan along as a workbook").click()
    book = openpyxl.load_workbook(io.BytesIO(Path(found.value.path()).read_bytes()))
    head, *rows = book[sheet].iter_rows(values_only=True)
    return [dict(zip(map(str, head), row, strict=True)) for row in rows]


def drop(page: Page) -> None:
    """Drop the file into the frame, as from a folder."""
    carried = page.evaluate_handle(
        """text => { const all = new DataTransfer();
        all.items.add(new File([text], "northmoor.csv", {type: "text/csv"})); return all; }""",
        CSV,
    )
    page.dispatch_event("[data-drop]", "dragover", {"dataTransfer": carried})
    page.dispatch_event("[data-drop]", "drop", {"dataTransfer": carried})
    page.wait_for_url(re.compile(r"/add/[0-9a-f]{16}"))


def change_the_column(page: Page) -> None:
    """Evidence is an outcome here; the page shows what that changes."""
    page.get_by_label("It gives (How we will know)").select_option("outcome")
    page.get_by_role("button", name="Preview for How we will know").click()
    assert "evidence or measure → outcome" in page.locator(".pw-preview").inner_text()
    looked_at(page, "column")
    page.get_by_role("button", name="Make this correction").click()


def split_the_name(page: Page) -> None:
    """Two bodies stand in one cell, in two actions: two values change, and there is a lead more."""
    page.locator(".pw-figure a[href$='/names']").click()
    looked_at(page, "names")
    page.get_by_role("link", name="Split Housing Options and Saltfern").click()
    looked_at(page, "split")
    page.get_by_role("button", name="Preview").click()
    shown = page.locator(".pw-preview").inner_text()
    assert "Values that change: 2" in shown
    assert re.search(r"different leads\s+3\s+4", shown)
    looked_at(page, "split-preview")
    page.get_by_label("Why? It is kept with the correction.").fill("Two bodies.")
    page.get_by_role("button", name="Make this correction").click()


def type_the_date(page: Page) -> None:
    """A date that is none is told at once; one that is understood is shown with its bounds before it counts."""
    page.get_by_role("link", name="1.2 Agree a hospital discharge protocol").click()
    looked_at(page, "action")
    page.get_by_role("link", name="Correct due date").click()
    page.get_by_label("The date").fill("whenever")
    page.get_by_role("button", name="Preview").click()
    assert "is not understood as a date" in page.locator(".govuk-error-summary").inner_text()
    assert page.get_by_role("button", name="Make this correction").count() == 0
    looked_at(page, "wrong")
    page.get_by_label("The date").fill("end of June 2025")
    page.get_by_role("button", name="Preview").click()
    shown = page.locator(".pw-preview").inner_text()
    assert "understood as 1 June 2025 to 30 June 2025" in shown
    assert "Findings that go: 1" in shown
    page.get_by_role("button", name="Make this correction").click()


def test_from_a_file_dropped_in_to_a_workbook_opened_again(site: Site, browser: Browser, workspace: Path) -> None:
    """A wrong column, two bodies in one cell and "soon" are corrected, previewed and accepted; the workbook has it."""
    with surfing(browser, site) as visit:
        visit.provoke(400)
        page = visit.open("/add")
        looked_at(page, "hand-in")
        drop(page)
        first = page.locator("details.pw-doubt summary").first.inner_text()
        assert "the month has no year" in first  # the least sure comes first
        column = page.locator(".pw-field").first.inner_text()
        assert "No heading" in column
        assert "Housing Options Manager / Northmoor Outreach" in column
        looked_at(page, "understood")
        change_the_column(page)
        split_the_name(page)
        type_the_date(page)
        assert page.locator(".pw-corrections__item").count() == 3
        assert "1 doubtful value" in " ".join(page.locator(".pw-figures").inner_text().split())
        page.get_by_role("link", name="Go on to accept it").click()
        looked_at(page, "accept")
        page.go_back()
        accept(page)
        looked_at(page, "accepted")
        second = next(row for row in sheet_of(page, "Actions") if row["Reference"] == "1.2")
        assert (second["Leads"], second["Due, as printed"]) == ("Housing Options; Saltfern", "soon")
        assert "Two bodies" in second["Corrections"]
    with pw.open(workspace) as graph:
        assert len(graph.ids) == 6
        assert graph.action("northmoor/1.2").due.edtf == "2025-06"


@pytest.mark.parametrize(("name", "data"), [("eastvale.docx", in_word()), ("eastvale.pdf", in_pdf())])
def test_word_and_pdf(site: Site, browser: Browser, workspace: Path, name: str, data: bytes) -> None:
    """The table is shown as printed; a partner of two is split, a publisher added, and the graph has both."""
    with draft_in(browser, site, data, name) as (_, page):
        assert "Shelter and Citizens Advice" in page.locator(".pw-printed").inner_text()
        page.get_by_role("link", name="Say who").click()
        page.get_by_label("The publisher").fill("Eastvale Council")
        page.get_by_label("The register does not know it").check()
        page.get_by_role("button", name="Preview").click()
        page.get_by_role("button", name="Make this correction").click()
        page.locator(".pw-figure a[href$='/names']").click()
        page.get_by_role("link", name="Split Shelter and Citizens Advice").click()
        page.get_by_role("button", name="Preview").click()
        page.get_by_role("button", name="Make this correction").click()
        accept(page)
    with pw.open(workspace) as graph:
        record = graph.plan("eastvale")
        assert record.actions[0].partners == ("Shelter", "Citizens Advice")
        assert (record.plan.publisher, record.plan.title) == ("Eastvale Council", TITLE)


def test_by_the_keyboard_alone(site: Site, browser: Browser, tmp_path: Path) -> None:
    """A column is changed, the change undone and the draft accepted without a mouse."""
    with draft_in(browser, site, CSV.encode(), "northmoor.csv") as (_, page):
        page.get_by_label("It gives (no heading, table 1, column 3)").focus()
        page.keyboard.press("p")  # the first that begins with it: partner
        page.keyboard.press("Tab")
        page.keyboard.press("Enter")
        page.wait_for_selector(".pw-preview")
        page.get_by_role("textbox", name="Why?").focus()
        page.keyboard.press("Enter")
        page.wait_for_selector(".govuk-notification-banner")
        assert "gives partner" in page.locator(".govuk-notification-banner").inner_text()
        page.get_by_role("button", name=re.compile("^Undo")).focus()
        page.keyboard.press("Enter")
        page.wait_for_selector("text=Undone:")
        page.get_by_role("link", name="Go on to accept it").focus()
        page.keyboard.press("Enter")
        page.get_by_role("button", name="Accept", exact=True).focus()
        page.keyboard.press("Enter")
        page.wait_for_selector("h1:has-text('The plan is here')", timeout=120_000)


def test_without_script(site: Site, browser: Browser) -> None:
    """Handing in, correcting, and the progress work where no script runs."""
    with draft_in(browser, site, CSV.encode(), "northmoor.csv", script=False) as (_, page):
        page.get_by_role("link", name="All 2 are right as read").click()
        page.get_by_role("button", name="Make this correction").click()
        assert "1" in page.locator(".pw-figure").nth(1).inner_text()
        accept(page)


def test_two_tabs(site: Site, browser: Browser) -> None:
    """Both preview a correction; the second is told with 409, keeps what was typed, and can make it then."""
    with draft_in(browser, site, CSV.encode(), "northmoor.csv") as (visit, page):
        other = visit.context.new_page()
        for tab, typed in ((page, "June 2025"), (other, "July 2025")):
            tab.goto(f"{page.url.partition('?')[0].partition('/correct')[0]}/correct?what=value&action=2&field=due")
            tab.get_by_label("The date").fill(typed)
            tab.get_by_role("button", name="Preview").click()
        page.get_by_role("button", name="Make this correction").click()
        page.wait_for_selector(".govuk-notification-banner")
        other.get_by_role("button", name="Make this correction").click()
        assert "changed in another tab" in other.locator(".govuk-error-summary").inner_text()
        assert other.get_by_label("The date").input_value() == "July 2025"
        assert violations(other) == []
        other.get_by_role("button", name="Make this correction").click()
        other.wait_for_selector(".govuk-notification-banner")
        assert other.locator(".pw-corrections__item").count() == 2


def test_a_draft_survives_the_server(workspace: Path, browser: Browser) -> None:
    """Another server on the same workspace lists the draft, with its correction."""
    with served(workspace) as site, draft_in(browser, site, CSV.encode(), "northmoor.csv") as (_, page):
        page.get_by_role("link", name="All 2 are right as read").click()
        page.get_by_role("button", name="Make this correction").click()
    with served(workspace) as site, surfing(browser, site) as visit:
        page = visit.open("/add")
        page.get_by_role("link", name="northmoor.csv", exact=True).click()
        assert page.locator(".pw-corrections__item").count() == 1
        page.get_by_role("link", name="Discard the draft").click()
        assert violations(page) == []
        page.get_by_role("button", name="Discard it").click()
        assert "There is no draft" in page.locator("main").inner_text()


def test_hostile_words_stay_words(site: Site, browser: Browser, workspace: Path) -> None:
    """Scripts, formulas, templates and addresses in a document, and in its name, are shown and do nothing."""
    name = "<img src=x onerror=alert(9)>.csv"
    with draft_in(browser, site, HOSTILE.encode(), name) as (visit, page):
        visit.provoke(400)
        draft = page.url
        assert "<script>alert(1)</script>" in page.locator(".pw-printed").inner_text()
        assert name in page.locator("h1").inner_text()
        (known,) = Drafts(workspace)
        seen = understand(known, Library.bundled())
        lead = seen.record.actions[1].leads[0]
        pages = set()
        for step in (
            "",
            "/names",
            "/plan",
            "/actions/1",
            "/actions/2",
            "/accept",
            "/discard",
            "/correct?what=value&action=1&field=text&typed=%3Cscript%3Ealert(5)%3C/script%3E",
            "/correct?what=value&action=2&field=leads&typed=%22%3E%3Cimg+src=x+onerror=alert(6)%3E",
            "/correct?what=plan&field=title&typed=%7B%7B7*7%7D%7D%22%3E",
            "/correct?what=settle&field=due&why=%3Cscript%3E",
        ):
            page.goto(draft + step)
            assert page.locator("h1").count() == 1
            assert page.evaluate("document.querySelectorAll('main script, main svg[onload], main img').length") == 0
            assert overflow(page) == 0, step
            kind = re.sub(r"\d+|&typed.*", "", step)
            if kind not in pages:
                assert violations(page) == [], step
            pages.add(kind)
        assert lead
        page.goto(draft + "/correct?what=plan&field=title&typed=%7B%7B7*7%7D%7D%22%3E%3Cscript%3Ealert(7)")
        page.get_by_label("Why?").fill('"]\n[plan]\nid = "x" <script>')
        page.get_by_role("button", name="Make this correction").click()
        page.goto(draft)
        accept(page)
        assert "was accepted" in page.locator("main").inner_text()
    with pw.open(workspace) as graph:
        title = graph.plan(graph.ids[-1]).plan.title
        assert title == '{{7*7}}"><script>alert(7)'


def upload(site: Site, data: bytes, name: str = "plan.csv") -> Any:
    """Hand in a file as a form does, without a browser."""
    mark = "----planweave"
    parts = [
        f'--{mark}\r\ncontent-disposition: form-data; name="token"\r\n\r\n{site.form_token()}\r\n'.encode(),
        f'--{mark}\r\ncontent-disposition: form-data; name="document"; filename="{name}"\r\n\r\n'.encode(),
        data,
        f"\r\n--{mark}--\r\n".encode(),
    ]
    headers = {
        "content-type": f"multipart/form-data; boundary={mark}",
        "origin": site.base,
        "cookie": site.cookie,
    }
    return site.request("POST", "/add", b"".join(parts), headers)


@pytest.mark.parametrize(
    ("data", "name", "sentence"),
    [
        (b"", "plan.csv", "The file is empty"),
        (b"Dear reader,\nthis is a letter.\n", "letter.txt", "no table of actions is recognised"),
        (in_word()[:2000], "plan.docx", "plan.docx: the file is damaged"),
        (b"\x89PNG\r\n\x1a\n" + b"0" * 50, "plan.png", "this is a picture"),
        (b"", "", "No document was chosen"),
    ],
)
def test_what_cannot_be_read_is_a_sentence(site: Site, workspace: Path, data: bytes, name: str, sentence: str) -> None:
    """It stands on the page, with status 400, and nothing is kept."""
    reply = upload(site, data, name)
    assert (reply.status, sentence in reply.text) == (400, True)
    assert not list(workspace.glob(".drafts/*"))


def test_what_is_too_large_is_a_page(workspace: Path) -> None:
    """More than may be handed in: 413 with a sentence, and nothing is kept."""
    with served(workspace, upload=100_000) as site:
        reply = upload(site, b"a" * 200_000)
        assert reply.status == 413
        assert "larger than this server takes" in reply.text
        assert not (workspace / ".drafts").exists()


def test_no_room_is_a_sentence(site: Site, workspace: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A full disk while a draft is written."""

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("planweave.correcting.drafts.os.fsync", full)
    reply = upload(site, CSV.encode())
    assert reply.status == 400
    assert "No space left on device" in reply.text
    assert list((workspace / ".drafts").iterdir()) == []


def test_nothing_is_changed_by_others(site: Site, workspace: Path) -> None:
    """Without the token nothing is handed in, changed, undone, placed, accepted or discarded."""
    address = upload(site, CSV.encode()).headers["location"]
    for step in ("/change", "/undo", "/place", "/accept", "/discard"):
        assert site.post(address + step, by_user=False, revision="1").status == 403
    assert site.post("/add", by_user=False).status == 403
    (draft,) = Drafts(workspace)
    assert draft.state.revision == 1


def test_addresses_of_nothing(site: Site) -> None:
    """A draft, an action, a column that are none are 404; a form of an older state is 409."""
    address = upload(site, CSV.encode()).headers["location"]
    for wrong in (
        "/add/0123456789abcdef",
        "/add/..%2f..%2fetc",
        f"{address}/actions/99",
        f"{address}/actions/x",
        f"{address}/correct?what=column&column=99&field=due",
        f"{address}/correct?what=nonsense",
        f"{address}/correct?what=value&action=1&field=id",
        f"{address}/plan.xlsx",
    ):
        assert site.get(wrong).status == 404, wrong
    assert site.post(f"{address}/accept", revision="7").status == 409
    old = site.post(f"{address}/change", revision="0", what="plan", field="title", typed="A", reason="B")
    assert old.status == 409
    assert site.post(f"{address}/change", revision="1", what="plan", field="title", typed="A", reason=" ").status == 400


def test_a_plan_that_is_there_already(site: Site, browser: Browser, workspace: Path) -> None:
    """The page says so and offers both; beside it, under another id, it is a plan more."""
    with draft_in(browser, site, CSV.encode(), "maidstone.csv") as (_, page):
        assert "There is a plan “maidstone” already" in page.locator(".pw-clash").inner_text()
        looked_at(page, "clash")
        page.get_by_role("link", name="Go on to accept it").click()
        assert "say whether this one takes its place" in page.locator(".govuk-error-summary").inner_text()
        page.go_back()
        page.get_by_label("Its id").fill("maidstone-2025")
        page.get_by_role("button", name="Keep this").click()
        accept(page)
    with pw.open(workspace) as graph:
        assert len(graph.ids) == 6
        assert "maidstone-2025" in graph.ids


def test_readers_are_not_disturbed(site: Site, workspace: Path) -> None:
    """While the graph is built the overview answers from the old one, and then from the new one."""
    address = upload(site, CSV.encode(), "northmoor.csv").headers["location"]
    assert "northmoor" not in site.get("/").text
    assert site.post(f"{address}/accept", revision="1").status == 303
    until = time.monotonic() + 120
    while "The plan is here" not in (told := site.get(address).text):
        assert "Accepting the plan" in told
        assert site.get(address).headers.get("refresh") in {"1", None}
        assert site.get("/").status == 200
        assert time.monotonic() < until
        time.sleep(0.1)
    assert "/plans/northmoor" in site.get("/").text
    told = site.get("/plans/northmoor/actions/1.3").text
    assert "50\N{NO-BREAK SPACE}% sure: the month has no year" in told  # what was not corrected stays doubtful


def test_a_plan_that_is_here_is_corrected_from_its_action(site: Site, browser: Browser, workspace: Path) -> None:
    """From the page of an action to its values; the plan takes its own place, and reading it again gives the same."""
    with surfing(browser, site) as visit:
        page = visit.open("/plans/gravesham/actions/n5")
        page.get_by_role("button", name="Correct what was read").click()
        page.get_by_role("link", name="Correct due date").click()
        draft = page.url.rpartition("/")[0]
        page.get_by_label("The date").fill("end of June 2025")
        page.get_by_role("button", name="Preview").click()
        page.get_by_role("button", name="Make this correction").click()
        visit.open("/plans/gravesham").get_by_role("button", name="Correct this plan").click()
        assert page.url == draft  # what was begun goes on
        accept(page)
    assert "1 to 30 June 2025" in site.get("/plans/gravesham/actions/n5").text
    with pw.open(workspace) as graph:
        assert len(graph.ids) == 5
        due = graph.action("gravesham/n5").due
    with pw.build(bundled_plans(), workspace, fresh=True) as again:
        assert again.action("gravesham/n5").due == due
