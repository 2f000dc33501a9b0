"""The page of a report: everything found, with the way to its action and its printed row; inert, offline, readable."""

from __future__ import annotations

import re
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec
import pytest

from planweave.findings import PlanFindings
from planweave.reporting import write_findings
from planweave.reporting.page import page_of_findings
from tests import reports
from tests.browsing import Tags, Visit, keep_picture, violations

if TYPE_CHECKING:
    from playwright.sync_api import Browser


NOTICE = "waivers.toml, line 4: the waiver accepts nothing."
KINDS = ("both", "hostile")


@pytest.fixture(scope="module")
def html() -> str:
    """Give the page of the two plans."""
    page: str = page_of_findings(reports.both(notices=(NOTICE,)))
    return page


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Give the pages as files: of the two plans, of somebody who means harm, of fifty plans."""
    folder = tmp_path_factory.mktemp("pages")
    made = {"both": reports.both(notices=(NOTICE,)), "hostile": reports.hostile(), "fifty": reports.crowd(50, 2)}
    for name, report in made.items():
        write_findings(report, folder / f"{name}.html")
    return {name: folder / f"{name}.html" for name in made}


def text_of(html: str) -> str:
    """Give the words of a page, with one space for each hard space, line break or tag."""
    body = html.partition("<body>")[2] or html
    return " ".join(Tags(body.replace("<", " <")).text.replace("\N{NO-BREAK SPACE}", " ").split())


def part(html: str, anchor: str) -> str:
    """Give the words of the section, row or entry that begins at an anchor."""
    name = re.search(rf'<(\w+)[^>]* id="{re.escape(anchor)}"', html)
    assert name, anchor
    inside, depth = html[name.start() :], 0
    for tag in re.finditer(rf"<(/?){name[1]}\b", inside):
        depth += -1 if tag[1] else 1
        if not depth:
            return text_of(inside[: tag.start()])
    raise AssertionError(anchor)


# What is on it


def test_the_page_says_what_was_checked_and_when(html: str) -> None:
    """Title, day, profile, counts by severity and notices come first; and what a check cannot say."""
    text = text_of(html)
    assert "Check of 2 action plans As of 31 December 2024 Profile Default" in text
    assert "2 plans, 10 actions, 5 questions" in text
    assert "4 violations 1 warning 0 infos 1 accepted" in part(html, "summary")
    assert NOTICE in part(html, "summary")
    assert "That it finds nothing does not make a plan true" in part(html, "summary")


def test_the_page_of_one_plan_has_its_name() -> None:
    """Where there is one plan, the page is called after it, and nothing is compared."""
    html = page_of_findings(reports.report(reports.NORTHMOOR))
    assert "<title>Check of Homelessness Action Plan, as of 31 December 2024</title>" in html
    assert "side by side" not in html


def test_a_scorecard_has_bars_and_says_the_same_in_words(html: str) -> None:
    """Each share stands as a bar, in per cent and as a number of actions."""
    said = part(html, "plan-northmoor")
    assert "Lead 75 % 6 of 8" in said
    assert "Outcome 100 % 8 of 8" in said
    assert "Due date 88 % 7 of 8" in said
    assert "Status 12 % 1 of 8" in said
    assert "Partner 0 % 0 of 8" in said
    assert "2 violations 1 warning 0 infos 1 accepted" in said
    card = html.partition('id="plan-northmoor"')[2].partition("</section>")[0]
    bars = [attrs["width"] for tag, attrs in Tags(card).tags if tag == "rect" and attrs["class"] == "part"]
    assert bars == ["75.0%", "100.0%", "87.5%", "12.5%", "0.0%"]


def test_plans_are_compared_and_added_up(html: str) -> None:
    """One row a plan, and one for all."""
    assert "northmoor 8 75 % 100 % 88 % 12 % 0 % 2 1 0 1" in part(html, "scorecards")
    assert "All 2 plans 10 70 % 100 % 90 % 30 % 0 % 4 1 0 1" in part(html, "scorecards")


def test_every_question_is_listed_with_its_findings_in_each_plan(html: str) -> None:
    """Questions without findings are listed too; accepted findings are counted apart."""
    said = part(html, "questions")
    assert "violation: Does every action name a lead? 2 1 3 0" in said
    assert "violation: Does every action say by when? 0 0 0 1" in said
    assert "info: Are references returned? 0 0 0 0" in said


def test_findings_stand_under_their_question_the_most_serious_first(html: str) -> None:
    """The question, why it matters, how many, in which plans; what all findings say is said once."""
    said = part(html, "question-action-has-lead")
    assert said.startswith("Does every action name a lead? Nobody does what nobody leads.")
    assert "3 findings: northmoor 2, eastvale 1." in said
    assert said.count("Nobody is named as lead; name who answers for it.") == 1
    assert said.index("1.1 Open a hub") < said.index("1.10 Train staff") < said.index("n2 Publish the count")
    assert html.index('id="question-action-has-lead"') < html.index('id="question-action-is-overdue"')
    assert "question-cross-reference-returned" not in html


def test_a_finding_says_its_action_its_value_and_its_place(html: str) -> None:
    """Reference, text, value, place and the words of the cell, unless the action's text is the same."""
    overdue = next(row for row in map(str, re.findall(r'<tr id="finding-\d+">.*', html)) if "Spring 2022" in row)
    assert text_of(overdue) == "1.1 Open a hub Spring 2022 Page 2, table 1, row 2 by Spring 2022 at the latest"
    assert part(html, "finding-1") == "1.1 Open a hub Page 2, table 1, row 2"


def test_what_was_accepted_stands_apart(html: str) -> None:
    """Who accepted it, when and why; it is not among the open findings."""
    said = part(html, "accepted")
    assert "There is no date; say by when." in said
    assert "Accepted by A. Reader on 4 November 2024: The date is agreed in May." in said
    assert "There is no date; say by when." not in part(html, "violation")


def test_an_action_has_its_text_its_findings_and_its_printed_words(html: str) -> None:
    """What the findings lead to: everything about the action, in printed order, the plan as a whole first."""
    assert part(html, "action-northmoor-1.1") == (
        "Action 1.1 Open a hub violation: Does every action name a lead?"
        " warning: Is nothing overdue? Spring 2022 Page 2, table 1, row 2 by Spring 2022 at the latest"
    )
    assert "Does every action say by when? TBC accepted" in part(html, "action-northmoor-1.10")
    assert part(html, "whole-eastvale") == "The plan Rough Sleeping Plan violation: Is it known whose plan it is?"
    order = [html.index(f'id="{anchor}"') for anchor in ("action-northmoor-1.1", "action-northmoor-1.10")]
    assert order == sorted(order)
    assert html.index('id="whole-eastvale"') < html.index('id="action-eastvale-n2"')


# It leads somewhere


@pytest.mark.parametrize("kind", [*KINDS, "fifty"])
def test_anchors_are_unique_and_links_lead_to_them(kind: str, files: dict[str, Path]) -> None:
    """No two things have one anchor, and every link leads to one, in this page."""
    tags = Tags(files[kind].read_text(encoding="utf-8"))
    anchors = tags.values("id")
    assert len(anchors) == len(set(anchors))
    hrefs = tags.values("href")
    assert len(hrefs) > 20
    assert {href[:1] for href in hrefs} == {"#"}
    assert {href[1:] for href in hrefs} <= set(anchors)


def test_a_finding_leads_to_its_action_and_its_row_and_back(browser: Browser, files: dict[str, Path]) -> None:
    """Followed in a browser, the links go from the finding to its action, back, and to its printed row."""
    page = Visit(browser, files["both"]).page
    target = "document.querySelector(':target').id"
    page.locator("#finding-1 th a").click()
    assert page.evaluate(target) == "action-northmoor-1.1"
    page.locator("#action-northmoor-1\\.1 .found a").first.click()
    assert page.evaluate(target) == "finding-1"
    page.locator("#finding-1 .place a").click()
    assert page.evaluate(target) == "source-northmoor-1.1-1-2-2"
    assert page.locator(":target").evaluate("at => at.closest('article').id") == "action-northmoor-1.1"


def test_actions_that_look_alike_have_anchors_of_their_own() -> None:
    """Two ids that differ only in signs are told apart."""
    twins = [msgspec.structs.replace(reports.NO_LEAD, action=f"northmoor/{ref}", ref=ref) for ref in ("1-1", "1/1")]
    plan = PlanFindings(reports.NORTHMOOR.scorecard, tuple(twins))
    html = page_of_findings(reports.report(plan))
    assert part(html, "action-northmoor-1-1").startswith("Action 1-1")
    assert part(html, "action-northmoor-1-1~2").startswith("Action 1/1")


# It says what it leaves out


def test_a_page_of_very_many_findings_says_what_it_leaves_out() -> None:
    """Of 33 findings 20 are shown, the fewer ones whole; every count is still that of all."""
    html = page_of_findings(reports.crowd(3, 10), most=20)
    assert len(re.findall(r'<tr id="finding-\d+">', html)) == 20
    said = part(html, "question-action-has-lead")
    assert "30 findings: plan0 10, plan1 10, plan2 10." in said
    assert (
        "The first 17 of 30 findings are shown; the CSV, JSON and Excel files of the same check have the other 13."
        in said
    )
    assert "There are 33 findings, more than fit on a page." in part(html, "summary")
    assert "are shown" not in part(html, "question-action-is-overdue")


def test_two_thousand_findings_fit_and_one_more_does_not() -> None:
    """The limit of a page, from both sides."""
    fits = page_of_findings(reports.crowd(1, 1999))
    assert len(re.findall(r'<tr id="finding-\d+">', fits)) == 2000
    assert "more than fit on a page" not in fits
    more = page_of_findings(reports.crowd(1, 2000))
    assert len(re.findall(r'<tr id="finding-\d+">', more)) == 2000
    assert "The first 1,999 of 2,000 findings are shown" in text_of(more)


def test_every_one_of_many_plans_has_its_scorecard(files: dict[str, Path]) -> None:
    """Fifty plans are rows of the table, and the plans of a question are named as far as a line goes."""
    html = files["fifty"].read_text(encoding="utf-8")
    said = part(html, "scorecards")
    assert all(f"plan{number} 2 0 % 0 % 0 % 0 % 0 % 2 1 0 0" in said for number in range(50))
    assert 'class="card"' not in html
    assert "plan39 2 and 10 more plans." in part(html, "question-action-has-lead")


# It is safe


@pytest.mark.parametrize("kind", KINDS)
def test_nothing_on_the_page_can_run_or_be_fetched(kind: str, files: dict[str, Path]) -> None:
    """There is no script, frame, image or handler, and no style but the one in the head."""
    tags = Tags(files[kind].read_text(encoding="utf-8"))
    names = [name for name, _ in tags.tags]
    assert set(names) & {"script", "iframe", "img", "image", "object", "embed", "link", "form", "base", "use"} == set()
    assert names.count("style") == 1
    attributes = {attribute for _, attrs in tags.tags for attribute in attrs}
    assert {attribute for attribute in attributes if attribute.startswith("on")} == set()
    assert attributes & {"src", "style", "action", "xlink:href"} == set()


def test_the_policy_allows_only_its_own_style(html: str) -> None:
    """The page's policy loads nothing and allows its one style sheet by its digest."""
    policy = next(attrs["content"] for _, attrs in Tags(html).tags if "http-equiv" in attrs)
    assert re.fullmatch(
        r"default-src 'none'; style-src 'sha256-[\w+/=]{44}'; base-uri 'none'; form-action 'none'", policy or ""
    )


def test_hostile_text_is_shown_as_it_is(files: dict[str, Path]) -> None:
    """Markup, template code and formulas of a document are on the page as words."""
    text = Tags(files["hostile"].read_text(encoding="utf-8")).text
    for words in reports.HOSTILE[:6]:
        assert words in text


@pytest.mark.parametrize("kind", KINDS)
def test_the_page_does_nothing_in_a_browser(kind: str, browser: Browser, files: dict[str, Path]) -> None:
    """Opened in Chromium without a network, it asks for nothing, says nothing and opens nothing."""
    visit = Visit(browser, files[kind])
    assert visit.said == []
    assert visit.asked == [files[kind].as_uri()]


# It can be read


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize(("name", "width", "height"), [("wide", 1280, 900), ("narrow", 360, 780)])
def test_the_page_fits_the_window(
    kind: str, name: str, width: int, height: int, browser: Browser, files: dict[str, Path]
) -> None:
    """Wide and narrow, and whatever a document prints, nothing has to be scrolled sideways."""
    page = Visit(browser, files[kind], width, height).page
    keep_picture(page, f"findings-{kind}-{name}", whole=False)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("kind", [*KINDS, "fifty"])
def test_the_page_has_no_barriers(kind: str, scheme: Any, browser: Browser, files: dict[str, Path]) -> None:
    """Axe finds nothing on the page that keeps anybody from reading it, by day and by night."""
    page = Visit(browser, files[kind]).page
    page.emulate_media(color_scheme=scheme)
    assert violations(page) == []


@pytest.mark.parametrize("kind", KINDS)
def test_headings_are_in_order(kind: str, files: dict[str, Path]) -> None:
    """There is one title, and no heading is more than one step below the one before it."""
    tags = Tags(files[kind].read_text(encoding="utf-8"))
    levels = [int(name[1]) for name, _ in tags.tags if re.fullmatch(r"h\d", name)]
    assert levels.count(1) == 1
    assert levels[0] == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))
    assert next(attrs["lang"] for name, attrs in tags.tags if name == "html") == "en-GB"


def test_the_keyboard_comes_first_to_the_way_past_the_contents(browser: Browser, files: dict[str, Path]) -> None:
    """The first thing that the Tab key reaches is seen, and leads to the report."""
    page = Visit(browser, files["both"]).page
    page.keyboard.press("Tab")
    skip = page.locator("a.skip")
    assert skip.evaluate("at => at === document.activeElement")
    seen = skip.bounding_box()
    assert seen is not None
    assert seen["x"] >= 0
    page.keyboard.press("Enter")
    assert page.evaluate("document.querySelector(':target').id") == "main"


def test_severities_are_told_apart_without_colour(html: str) -> None:
    """Each severity has a shape of its own and its word beside it."""
    shapes = []
    for severity in ("violation", "warning", "info"):
        drawn = set(re.findall(rf'<svg class="mark {severity}"[^>]*>(<.+?/>)', html))
        assert len(drawn) == 1
        shapes.append(drawn.pop())
        assert f"{severity}: " in part(html, "questions")
    assert len(set(shapes)) == 3


# It can be printed


def test_the_page_prints(browser: Browser, files: dict[str, Path]) -> None:
    """On paper it is black on white even by night: links as text, charts kept, a page for each plan's actions."""
    page = Visit(browser, files["both"]).page
    page.emulate_media(media="print", color_scheme="dark")

    def style(selector: str, name: str) -> str:
        value: str = page.evaluate(f"getComputedStyle(document.querySelector('{selector}')).{name}")
        return value

    assert style("body", "color") == "rgb(0, 0, 0)"
    assert style("body", "backgroundColor") == "rgba(0, 0, 0, 0)"
    assert style("#finding-1 a", "textDecorationLine") == "none"
    assert style("#finding-1 a", "color") == "rgb(0, 0, 0)"
    assert style(".bar .part", "fill") == "rgb(44, 106, 117)"
    assert page.locator(".card .bar").first.is_visible()
    assert page.locator("nav").is_visible()
    assert not page.locator(".skip").is_visible()
    assert {style(heading, name) for heading in ("h2", "h3", "h4") for name in ("breakAfter", "breakInside")} == {
        "avoid"
    }
    assert style("#actions .plan:last-of-type", "breakBefore") == "page"
    assert {style(block, "breakInside") for block in (".card", ".entry", ".findings tr")} == {"avoid"}


def test_the_page_becomes_a_document_of_pages(browser: Browser, files: dict[str, Path]) -> None:
    """Printed to PDF it has the pages that its breaks ask for: summary, scorecards, findings, two plans."""
    pdf = Visit(browser, files["both"]).page.pdf(prefer_css_page_size=True)
    assert pdf.startswith(b"%PDF")
    assert len(re.findall(rb"/Type\s*/Page\b", pdf)) >= 5
