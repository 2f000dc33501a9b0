"""One plan of three actions, laid out as bodies do that print no list: cards, accordions, forms, labelled lines."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from planweave.errors import DocumentError
from planweave.library import Library
from planweave.reading.reader import Reader

if TYPE_CHECKING:
    from planweave.records import PlanRecord

HUB = ("Open a hub", ("Housing Team",), "2025-05", ("40 people helped",))
HOMES = ("Build ten homes", ("Planning Team",), "2025-06", ("Ten homes",))
NURSES = ("Train nurses", ("NHS Ford",), None, ("9 nurses",))
WANTED = [("Homes", *HUB), ("Homes", *HOMES), ("Health", *NURSES)]


def page(body: str) -> str:
    return f"<html><body><main><h1>Ford housing plan</h1>{body}</main></body></html>"


def read(folder: Path, text: str, name: str = "plan.html") -> PlanRecord:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return Reader(Library.bundled()).read(path)


def told(record: PlanRecord) -> list[tuple[str | None, str, tuple[str, ...], str | None, tuple[str, ...]]]:
    return [(a.group, a.text, a.leads, a.due.edtf, a.outcomes) for a in record.actions]


def each(pattern: str, *, group: str = "<h2>{}</h2>") -> str:
    """Print the three actions, each as the pattern has it, under their groups."""
    printed = ""
    for place, (heading, text, leads, _, outcomes) in enumerate(WANTED, start=1):
        when = ("May 2025", "June 2025", "TBC")[place - 1]
        printed += group.format(heading) if place in {1, 3} else ""
        printed += pattern.format(n=place, text=text, lead=leads[0], when=when, outcome=outcomes[0])
    return printed


LABELLED = "<p><strong>Lead:</strong> {lead}</p><p><b>By when:</b> {when}</p><p><b>Outcome:</b> {outcome}</p>"
DEFINED = "<dl><dt>Lead</dt><dd>{lead}</dd><dt>By when</dt><dd>{when}</dd><dt>Outcome</dt><dd>{outcome}</dd></dl>"
HEADED = "<h4>Lead</h4><p>{lead}</p><h4>By when</h4><p>{when}</p><h4>Outcome</h4><ul><li>{outcome}</li></ul>"
PAIRS = (
    "<tr><th>Lead</th><td>{lead}</td></tr><tr><th>By when</th><td>{when}</td></tr>"
    "<tr><th>Outcome</th><td>{outcome}</td></tr>"
)
ACROSS = (
    "<tr><th>Lead</th><th>By when</th><th>Outcome</th></tr><tr><td>{lead}</td><td>{when}</td><td>{outcome}</td></tr>"
)
CELLS = "<tr><td>Lead<br>{lead}</td><td>By when<br>{when}</td><td>Outcome<br>{outcome}</td></tr>"
LINES = "<br>Lead: {lead}<br>By when: {when}<br>Outcome: {outcome}"
BAR = '<tr><td colspan="{width}">{{text}}</td></tr>'

PAGES = {
    "cards of divs": each(f'<div class="card"><h3>{{text}}</h3>{LABELLED}</div>'),
    "an accordion of paragraphs": each(f"<details><summary><h3>{{text}}</h3></summary>{LABELLED}</details>"),
    "an accordion without headings": each(f"<details><summary>{{text}}</summary>{LABELLED}</details>"),
    "an accordion of definitions": each(f"<details><summary>{{text}}</summary>{DEFINED}</details>"),
    "definitions under headings": each(f"<h3>{{text}}</h3>{DEFINED}"),
    "labels as headings": each(f"<h3>{{text}}</h3><p>We want to do it well.</p>{HEADED}"),
    "nested lists": each(
        "<ul><li>{text}<ul><li>Lead: {lead}</li><li>By when: {when}</li>"
        "<li>Outcome:<ul><li>{outcome}</li></ul></li></ul></li></ul>"
    ),
    "forms under headings": each(f"<h3>{{text}}</h3><table>{PAIRS}</table>"),
    "forms with the action in a row": each(f"<table><tr><th>Action</th><td>{{text}}</td></tr>{PAIRS}</table>"),
    "forms with the action in a bar": each(f"<table>{BAR.format(width=2)}{PAIRS}</table>"),
    "tables of one row under headings": each(f"<h3>{{text}}</h3><table>{ACROSS}</table>"),
    "tables of one row under a bar": each(f"<table>{BAR.format(width=3)}{ACROSS}</table>"),
    "cells with their labels": each(f"<table>{BAR.format(width=3)}{CELLS}</table>"),
    "boxes": each(f"<table><tr><td>{{text}}{LINES}</td></tr></table>"),
    "one table of boxes": each(f"<tr><td>{{text}}{LINES}</td></tr>", group="</table><h2>{}</h2><table>") + "</table>",
    "one table of forms": each(f"{BAR.format(width=2)}{PAIRS}", group="</table><h2>{}</h2><table>") + "</table>",
}


@pytest.mark.parametrize("body", PAGES.values(), ids=list(PAGES))
def test_an_action_in_each_card_of_a_page(body: str, tmp_path: Path) -> None:
    """Text, lead, date and outcome of each are found under its heading, and nothing is lost."""
    record = read(tmp_path, page(body))
    assert told(record) == WANTED
    assert record.kept == 1.0


TEXTS = {
    "labels in brackets": each(
        "{n}. {text} (Lead: {lead}; By when: {when};\n   Outcome: {outcome})\n\n", group="{}\n\n"
    ),
    "labels in square brackets": each(
        "- {text} [Lead – {lead}; When – {when}; Outcome – {outcome}]\n", group="\n{}\n\n"
    ),
    "small labels in brackets": each("- {text} (lead: {lead}, by: {when}, outcome: {outcome})\n", group="\n{}\n\n"),
    "labels between bars": each("{n}. {text}. Lead: {lead} | By: {when} | Outcome: {outcome}\n", group="\n{}\n\n"),
    "labels between dashes": each("* {text} - Lead: {lead} - By: {when} - Outcome: {outcome}\n", group="\n{}\n\n"),
    "labels set in": each("{n}. {text}\n    Lead: {lead}\n    By: {when}\n    Outcome: {outcome}\n\n", group="{}\n\n"),
    "labels set in by tabs": each("{text}\n\tLead: {lead}\n\tBy: {when}\n\tOutcome: {outcome}\n\n", group="{}\n\n"),
    "a value below its label": each(
        "Action {n}\n{text}\nLead\n{lead}\nBy when\n{when}\nOutcome\n{outcome}\n\n", group="{}\n\n"
    ),
}


@pytest.mark.parametrize("body", TEXTS.values(), ids=list(TEXTS))
def test_an_action_in_each_item_of_a_text(body: str, tmp_path: Path) -> None:
    """Text, lead, date and outcome of each are found under its heading, and nothing is lost."""
    record = read(tmp_path, f"Ford housing plan\n\n{body}", "plan.txt")
    assert told(record) == WANTED
    assert record.kept == 1.0


MARKED = {
    "nested lists": each(
        "- **{text}**\n  - Lead: {lead}\n  - By when: {when}\n  - Outcome:\n    - {outcome}\n", group="\n## {}\n\n"
    ),
    "lines in emphasis": each(
        "{n}. **{text}**\n   *Lead:* {lead}\n   *By when:* {when}\n   *Outcome:* {outcome}\n\n", group="\n## {}\n\n"
    ),
    "a table under each heading": each(
        "### {text}\n\n| | |\n|-|-|\n| Lead | {lead} |\n| By when | {when} |\n| Outcome | {outcome} |\n\n",
        group="\n## {}\n\n",
    ),
}


@pytest.mark.parametrize("body", MARKED.values(), ids=list(MARKED))
def test_an_action_in_each_item_of_markdown(body: str, tmp_path: Path) -> None:
    """Text, lead, date and outcome of each are found under its heading, and nothing is lost."""
    record = read(tmp_path, f"# Ford housing plan\n\n{body}", "plan.md")
    assert told(record) == WANTED
    assert record.kept == 1.0


def test_an_item_of_an_inner_list_opens_no_action(tmp_path: Path) -> None:
    """A number that opens an outcome is no reference, even right above the next label."""
    items = "".join(
        f"- **{n} {text}**\n  - Lead: Ford\n  - Outcomes:\n    - 300 people\n    - 240 in work\n  - Status: Complete\n"
        for n, text in (("2.1", "Open a hub"), ("2.2", "Build ten homes"))
    )
    record = read(tmp_path, f"# Ford plan\n\n{items}", "plan.md")
    assert [(a.ref, a.text, a.outcomes, a.status) for a in record.actions] == [
        ("2.1", "Open a hub", ("300 people", "240 in work"), "complete"),
        ("2.2", "Build ten homes", ("300 people", "240 in work"), "complete"),
    ]


def test_what_stands_once_above_several_actions_holds_for_each(tmp_path: Path) -> None:
    """The objective above the first two is theirs, that above the last is its own; the second is only taken to be."""
    text = (
        "Ford plan\n\nObjective: Good homes\nAction: Open a hub\nLead: Housing Team\n"
        "Action: Build ten homes\nLead: Planning Team\n\nObjective: Good health\nAction: Train nurses\nLead: NHS Ford\n"
    )
    record = read(tmp_path, text, "plan.txt")
    assert [action.parent for action in record.actions] == ["Good homes", "Good homes", "Good health"]
    assert [(doubt.action, doubt.field) for doubt in record.doubts] == [("plan/n2", "parent")]


def test_a_label_that_nobody_knows_parts_no_action(tmp_path: Path) -> None:
    """A ward stands between the lead and the date of each action: it is kept under its words."""
    text = "Ford plan\n\n" + "".join(
        f"Action: {text}\nLead: Housing Team\nWard: {ward}\nBy when: May 2025\n\n"
        for text, ward in (("Open a hub", "Upper Ford"), ("Build ten homes", "Lower Ford"))
    )
    actions = read(tmp_path, text, "plan.txt").actions
    assert [(a.text, a.due.edtf, dict(a.extra)) for a in actions] == [
        ("Open a hub", "2025-05", {"Ward": "Upper Ford"}),
        ("Build ten homes", "2025-05", {"Ward": "Lower Ford"}),
    ]


def test_a_label_of_codes_gives_the_reference(tmp_path: Path) -> None:
    """Project and What we will do may both say what is done; here the first holds references."""
    text = "Ford plan\n\n" + "".join(
        f"Project: {code}\nWhat we will do: {text}\nLead: Town Clerk\nWhen: May 2025\n----------\n\n"
        for code, text in (("TC1", "Pave the market"), ("TC2", "Put up finger posts"))
    )
    actions = read(tmp_path, text, "plan.txt").actions
    assert [(a.ref, a.text) for a in actions] == [("TC1", "Pave the market"), ("TC2", "Put up finger posts")]


def test_a_recommendation_above_its_action_is_what_it_is_part_of(tmp_path: Path) -> None:
    """Both are labels of the action by themselves; together one is broader."""
    text = "Ford plan\n\n" + "".join(
        f"Recommendation: {wide}\nAction: {text}\nLead: Town Clerk\nWhen: May 2025\n\n"
        for wide, text in (("Look after the market", "Pave it"), ("Show the way", "Put up finger posts"))
    )
    actions = read(tmp_path, text, "plan.txt").actions
    assert [(a.parent, a.text) for a in actions] == [
        ("Look after the market", "Pave it"),
        ("Show the way", "Put up finger posts"),
    ]


def test_facts_on_the_document_are_no_action(tmp_path: Path) -> None:
    """The form on who owns the document looks like those of the actions, and has other labels."""
    rows = "<tr><th>Owner</th><td>Ford Manager</td></tr><tr><th>Review date</th><td>May 2026</td></tr>"
    control = f"<h2>Document control</h2><table>{rows}</table>"
    body = each(f"<h3>{{text}}</h3><table>{PAIRS}</table>")
    assert told(read(tmp_path, page(control + body))) == WANTED


def test_forms_without_an_action_give_none(tmp_path: Path) -> None:
    """Names over the forms say what they speak of; nothing says what will be done."""
    body = "".join(f"<h3>{name}</h3><table>{PAIRS}</table>" for name in ("Weirs", "Locks"))
    with pytest.raises(DocumentError, match="no table of actions"):
        read(tmp_path, page(body.format(lead="Ford Team", when="May 2025", outcome="It holds")))


def test_numbers_that_start_again_are_doubted(tmp_path: Path) -> None:
    """The lists of two aims count 1, 2 and 1: that is said of each number, and of none where a column has them."""
    item = "<li>{}<ul><li>Lead: Weir Team</li><li>By when: May 2025</li></ul></li>"
    lists = [f"<h2>{aim}</h2><ol>{''.join(map(item.format, texts))}</ol>" for aim, *texts in AIMS]
    doubts = read(tmp_path, page("".join(lists))).doubts
    assert [(doubt.action, doubt.why[:23]) for doubt in doubts if doubt.field == "ref"] == [
        (f"plan/{id_}", "the numbers start again") for id_ in ("1", "2", "1-2")
    ]
    cells = "<tr><td>{}</td><td>{}</td><td>Weir Team</td><td>May 2025</td></tr>"
    rows = [cells.format(place, text) for _, *texts in AIMS for place, text in enumerate(texts, start=1)]
    head = "<tr><th>No.</th><th>Action</th><th>Lead</th><th>Due</th></tr>"
    assert not read(tmp_path, page(f"<table>{head}{''.join(rows)}</table>")).doubts


AIMS = (("Aim A: Weirs", "Mend the upper weir", "Mend the lower weir"), ("Aim B: Locks", "Oil all the lock gates"))
