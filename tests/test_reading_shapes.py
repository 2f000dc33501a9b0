"""Shapes of documents in which rows, labels and headings are easily mistaken for one another."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from planweave.errors import DocumentError
from planweave.library import Library
from planweave.reading.reader import Reader

if TYPE_CHECKING:
    from planweave.records import Action, PlanRecord


def read(folder: Path, text: str, name: str = "plan.txt") -> PlanRecord:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return Reader(Library.bundled()).read(path)


def tabbed(*rows: str) -> str:
    return "Weir plan\n\n" + "\n".join(row.replace("|", "\t") for row in rows) + "\n"


def first(folder: Path, *rows: str) -> Action:
    return read(folder, tabbed(*rows)).actions[0]


FIXED = """\
Weir plan

Ref  Action                  Lead           Due
1    Mend the upper weir     Weir Team      May 2025
2    Paint the lock gates    Lock Keepers   June 2025
     and oil the hinges
"""


def test_columns_of_a_fixed_width_are_a_table(tmp_path: Path) -> None:
    """A line that begins in a later column goes on with the action above it; nothing is lost."""
    record = read(tmp_path, FIXED)
    assert [action.text for action in record.actions] == [
        "Mend the upper weir",
        "Paint the lock gates and oil the hinges",
    ]
    assert [action.leads for action in record.actions] == [("Weir Team",), ("Lock Keepers",)]
    assert record.kept == 1.0


SPACED = """\
Weir plan

Before the flood

Ref  Action                  Lead           Due

1    Mend the upper weir     Weir Team      May 2025
     with stone

2    Paint the lock gates    Lock Keepers   June 2025

After the flood

Ref  Action                  Lead           Due

3    Count the fish          Anglers        May 2026

4    Dry the mill            Mill Trust     July 2026
     and its cellar
"""


def test_columns_of_a_fixed_width_go_on_over_empty_lines(tmp_path: Path) -> None:
    """Each row stands between empty lines; a heading of one line ends the table, and is the group of the next."""
    record = read(tmp_path, SPACED)
    assert [(action.group, action.text, action.leads) for action in record.actions] == [
        ("Before the flood", "Mend the upper weir with stone", ("Weir Team",)),
        ("Before the flood", "Paint the lock gates", ("Lock Keepers",)),
        ("After the flood", "Count the fish", ("Anglers",)),
        ("After the flood", "Dry the mill and its cellar", ("Mill Trust",)),
    ]


def test_bars_without_a_rule_are_a_table(tmp_path: Path) -> None:
    """Each line has three bars; the empty cell stays empty."""
    record = read(
        tmp_path,
        "Weir plan\n\nRef | Action | Lead | Due\n1 | Mend the weir | | May 2025\n2 | Oil it | Weir Team | TBC\n",
    )
    assert [(action.ref, action.leads) for action in record.actions] == [("1", ()), ("2", ("Weir Team",))]


def test_prose_with_wide_gaps_is_no_table(tmp_path: Path) -> None:
    """A letterhead over running text has no columns."""
    text = FIXED + "\nWeir Office   Tel. 12   Fax 13\nWe look after the weirs of\nthe county and its rivers too.\n"
    assert len(read(tmp_path, text).actions) == 2


def test_a_bullet_that_goes_on_is_one_action(tmp_path: Path) -> None:
    """The break may stand before a label, behind its dash, or within a value."""
    text = (
        "Weir plan\n\n• Action – Mend the weir before\nthe floods; Lead – Weir Team;\nBy when – May\n2025\n"
        "• Action – Oil the gates; Lead –\nLock Keepers; By when – June 2025\n"
    )
    actions = read(tmp_path, text).actions
    assert [action.text for action in actions] == ["Mend the weir before the floods", "Oil the gates"]
    assert [action.leads for action in actions] == [("Weir Team",), ("Lock Keepers",)]
    assert [action.due.edtf for action in actions] == ["2025-05", "2025-06"]


def test_who_and_by_when_in_one_cell_are_parted(tmp_path: Path) -> None:
    """The last line is a date; what stands above it leads."""
    table = "<table><tr><th>No.</th><th>Action</th><th>Responsible officer and date</th></tr>{}</table>"
    rows = "".join(f"<tr><td>{n}</td><td>Mend weir {n}</td><td>Weir Manager<br>{n} June 2025</td></tr>" for n in (3, 4))
    action = read(tmp_path, f"<html><body><h1>Weir plan</h1>{table.format(rows)}</body></html>", "plan.html").actions[0]
    assert (action.leads, action.due.text, action.due.edtf) == (("Weir Manager",), "3 June 2025", "2025-06-03")


def test_responses_that_only_agree_are_no_actions(tmp_path: Path) -> None:
    """The auditor's recommendation is what is to be done; the answer to it is a remark."""
    rows = (
        "No.|Recommendation|Management response|Owner|Due",
        "1|Count the weirs|Agreed.|Weir Manager|May 2025",
        "2|Name them|Agreed|Weir Manager|TBC",
    )
    assert first(tmp_path, *rows).text == "Count the weirs"


def test_lettered_rows_are_part_of_the_action_above_them(tmp_path: Path) -> None:
    """What follows with a number of its own is not; where every row has a letter none is part of another."""
    rows = (
        "Ref|Action|Lead|Due",
        "2.4|Build three dams|Weir Team|May 2026",
        "a)|The dam at the mill|Weir Team|May 2025",
        "b)|The dam at the ford|Weir Team|June 2025",
        "2.5|Oil the gates|Lock Team|TBC",
    )
    parents = [action.parent for action in read(tmp_path, tabbed(*rows)).actions]
    assert parents == [None, "Build three dams", "Build three dams", None]
    letters = ("Ref|Action|Lead|Due", "a)|Build a dam|Weir Team|May 2026", "b)|Oil the gates|Lock Team|TBC")
    assert [action.parent for action in read(tmp_path, tabbed(*letters)).actions] == [None, None]


def test_numbers_of_aims_are_pillars(tmp_path: Path) -> None:
    """What the aims are is listed above the table; a number says nothing that an action could be part of."""
    rows = ("Aim|Action|Lead|Due", "1|Build a dam|Weir Team|May 2026", "1, 4|Oil the gates|Lock Team|TBC")
    actions = read(tmp_path, tabbed("Aim 1: Weirs", "Aim 2: Locks", "Aim 3: Fish", "Aim 4: Mills", "", *rows)).actions
    assert [(action.group, action.parent, action.pillars) for action in actions] == [
        (None, None, ("1",)),
        (None, None, ("1", "4")),
    ]


def test_sub_actions_are_part_of_the_commitment_beside_them(tmp_path: Path) -> None:
    """Two columns say what is done: the finer one is the action."""
    rows = (
        "Commitment|Sub-action|Lead|Due",
        "1. Good weirs|1a) Mend the upper one|Weir Team|May 2025",
        "1. Good weirs|1b) Mend the lower one|Weir Team|TBC",
        "2. Good locks|2a) Oil the gates|Lock Team|TBC",
    )
    action = first(tmp_path, *rows)
    assert (action.ref, action.text, action.parent) == ("1a", "Mend the upper one", "1. Good weirs")


def test_a_narrow_heading_that_broke_is_known(tmp_path: Path) -> None:
    """The words "RA G" are RAG; its letters are what the key says."""
    key = "RAG: B = complete, G = on track, R = not started"
    rows = (
        "Ref|Action|Lead|RA G",
        "1|Mend the weir|Weir Team|B",
        "2|Oil the gates|Lock Team|R",
        "3|Paint it|Lock Team|G",
    )
    text = tabbed(*rows).replace("Weir plan", f"Weir plan\n\n{key}")
    assert [action.status for action in read(tmp_path, text).actions] == ["complete", "not-started", "ongoing"]


@pytest.mark.parametrize(
    ("said", "status"),
    [
        ("On hold: no money.", "stopped"),
        ("Paused because of floods", "stopped"),
        ("Gates oiled, action complete.", "complete"),
        ("Live music at the weir", "unknown"),
    ],
)
def test_what_a_remark_opens_or_ends_with_is_a_status(tmp_path: Path, said: str, status: str) -> None:
    """A first clause that is a status and nothing else is one; so is "action complete" at the end."""
    assert (
        first(tmp_path, "Ref|Action|Lead|Comments", f"1|Mend the weir|Weir Team|{said}", "2|Oil it|Lock Team|").status
        == status
    )


@pytest.mark.parametrize(
    "when",
    ["Every school holiday", "Each September", "Every two months", "Two a year", "Six-weekly", "3 times per term"],
)
def test_each_and_every_come_back(tmp_path: Path, when: str) -> None:
    """What says how often has no date."""
    due = first(tmp_path, "Ref|Action|Lead|Due", f"1|Mend the weir|Weir Team|{when}", "2|Oil it|Lock Team|TBC").due
    assert (due.kind, due.edtf) == ("recurring", None)


@pytest.mark.parametrize("when", ["Within six months of each flood", "Four weeks after every review"])
def test_how_soon_after_each_time_does_not_come_back(tmp_path: Path, when: str) -> None:
    """It says no date, and no rhythm."""
    due = first(tmp_path, "Ref|Action|Lead|Due", f"1|Mend the weir|Weir Team|{when}", "2|Oil it|Lock Team|TBC").due
    assert (due.kind, due.text) == ("none", when)


@pytest.mark.parametrize("heading", ["Requirement", "Recommendation", "We want to …", "Must do"])
def test_what_is_asked_for_is_what_the_action_is_part_of(tmp_path: Path, heading: str) -> None:
    """Beside a column of actions it is broader; where there is none it is the action."""
    rows = ("1|Keep the weir safe|Mend the upper weir|Weir Team", "2|Keep the locks safe|Oil the gates|Lock Team")
    beside = first(tmp_path, f"Ref|{heading}|Action|Lead", *rows)
    assert (beside.parent, beside.text) == ("Keep the weir safe", "Mend the upper weir")
    alone = first(tmp_path, f"Ref|{heading}|Notes|Lead", *rows)
    assert (alone.parent, alone.text) == (None, "Keep the weir safe")


def test_who_supports_is_told_in_either_cell(tmp_path: Path) -> None:
    """The marks behind lead and partner are no part of their names."""
    rows = ("1|Mend the weir|Fire Service (lead)|Weir Team (support)", "2|Oil it|Lock Team|")
    action = first(tmp_path, "Ref|Action|Lead|Partners", *rows)
    assert (action.leads, action.partners) == (("Fire Service",), ("Weir Team",))


def test_who_holds_a_post_is_no_party(tmp_path: Path) -> None:
    """The name stands behind the post, in brackets or after a comma."""
    rows = (
        "Ref|Action|Lead|Due",
        "1|Mend it|Weir Manager (R. Mensah)|May 2025",
        "2|Oil it|Lock Manager, Karen Holt|TBC",
    )
    assert [action.leads for action in read(tmp_path, tabbed(*rows)).actions] == [("Weir Manager",), ("Lock Manager",)]


def test_a_category_that_comes_back_heads_nothing(tmp_path: Path) -> None:
    """Water stands twice, with land between: the column sorts the actions, and is kept as it is headed."""
    rows = (
        "Ref|Category|Action|Lead",
        "1|Water|Mend the weir|Weir Team",
        "2|Land|Plant a hedge|Parks Team",
        "3|Water|Oil the gates|Lock Team",
    )
    action = first(tmp_path, *rows)
    assert (action.group, action.extra) == (None, {"Category": "Water"})


def test_a_row_that_says_nothing_else_is_doubted(tmp_path: Path) -> None:
    """A remark under the last row may be no action; the others are sure."""
    rows = (
        "Ref|Action|Lead|Due",
        "1|Mend the weir|Weir Team|May 2025",
        "2|Oil the gates|Lock Team|TBC",
        "|These are reviewed by the board every year and may be changed by it.||",
    )
    record = read(tmp_path, tabbed(*rows))
    assert [(doubt.field, doubt.why) for doubt in record.doubts if doubt.action == record.actions[-1].id] == [
        ("text", "nothing stands beside it in its row")
    ]


DRAWN = """\
Weir plan

+-----+----------------------+--------------+----------+----------------+
| Ref | Action               | Lead         | Due      | Measure        |
+=====+======================+==============+==========+================+
| 1   | Mend the upper weir  | Head of Weir | May 2025 | Weir holds     |
|     | before the spring    | Engineering  |          | Dry now        |
+-----+----------------------+--------------+----------+----------------+
| 2   | Paint the lock gates | Lock Keepers | TBC      | Gates painted  |
+-----+----------------------+--------------+----------+----------------+
"""

BOXED = str.maketrans("|-=+", "│─═┼")


@pytest.mark.parametrize("text", [DRAWN, DRAWN.translate(BOXED)], ids=["ascii", "box bars"])
def test_a_drawn_table_is_a_table(tmp_path: Path, text: str) -> None:
    """Cells wrap with a space where the next word had no room ("Engineering"), with a break where it had ("Dry")."""
    record = read(tmp_path, text)
    assert [(action.ref, action.text, action.leads, action.due.text) for action in record.actions] == [
        ("1", "Mend the upper weir before the spring", ("Head of Weir Engineering",), "May 2025"),
        ("2", "Paint the lock gates", ("Lock Keepers",), "TBC"),
    ]
    assert [action.outcomes or action.evidence for action in record.actions] == [
        ("Weir holds", "Dry now"),
        ("Gates painted",),
    ]
    assert record.kept == 1.0


def test_a_drawn_table_with_one_rule_has_a_row_on_each_line(tmp_path: Path) -> None:
    """Only a line whose first cell is empty goes on with the row above it."""
    lines = DRAWN.splitlines()
    record = read(tmp_path, "\n".join([*lines[:7], *lines[8:]]) + "\n")
    assert [action.text for action in record.actions] == [
        "Mend the upper weir before the spring",
        "Paint the lock gates",
    ]


def test_a_drawing_with_uneven_bars_is_no_table(tmp_path: Path) -> None:
    """A line with a bar too many shows that the columns are not understood: nothing is read from it."""
    with pytest.raises(DocumentError, match="no table of actions"):
        read(tmp_path, DRAWN.replace("Mend the upper weir ", "Mend the | upper weir", 1))


ITEMS = """\
Weir plan

The weir leaks, and the board wants it mended.

1.1 Mend the upper weir before the spring floods, with stone from the old
    quarry and with the help of the
    Canal Trust
    Lead: Weir Team    Timescale: May 2025
    Measure: Weir holds

1.2 Paint the lock gates
    Lead: Lock Keepers    Timescale: TBC
    Measure: Gates painted

1.3 Oil the hinges
    Lead: Lock Keepers    Timescale: June 2025
    Measure: Hinges oiled

The board meets each month
    Lead: Chair    Timescale: Monthly
    Measure: Minutes
"""


def test_items_wrap_and_have_two_labels_on_a_line(tmp_path: Path) -> None:
    """Who and when stand apart by a gap on one line; what no number opens among numbered items is no action."""
    record = read(tmp_path, ITEMS.replace("    Canal Trust\n", ""))
    assert [(action.ref, action.leads, action.due.text) for action in record.actions] == [
        ("1.1", ("Weir Team",), "May 2025"),
        ("1.2", ("Lock Keepers",), "TBC"),
        ("1.3", ("Lock Keepers",), "June 2025"),
    ]
    assert record.actions[0].text.endswith("quarry and with the help of the")


def test_an_item_goes_on_as_far_as_it_is_set_in(tmp_path: Path) -> None:
    """A line that begins with a capital letter is the rest of an item where it is set in below it."""
    assert read(tmp_path, ITEMS).actions[0].text.endswith("quarry and with the help of the Canal Trust")


def test_the_rest_of_an_item_is_no_action(tmp_path: Path) -> None:
    """An item whose end is not understood, as it begins with a capital letter, gives no action of its end."""
    record = read(tmp_path, ITEMS.replace("    Canal Trust", "Canal Trust"))
    assert "Canal Trust" not in [action.text for action in record.actions]


def test_action_in_front_of_a_reference_is_no_pillar(tmp_path: Path) -> None:
    """The word "Action" in front of a reference says that it is one; it is no name of what it is part of."""
    rows = (f"Action 1.{number}: Mend weir {number}|Weir Team|May 2025" for number in (1, 2, 3))
    record = read(tmp_path, tabbed("Action|Lead|Due", *rows))
    assert [(action.ref, action.pillars, action.text) for action in record.actions] == [
        ("1.1", (), "Mend weir 1"),
        ("1.2", (), "Mend weir 2"),
        ("1.3", (), "Mend weir 3"),
    ]


def test_a_number_with_a_letter_opens_an_action(tmp_path: Path) -> None:
    """Where nearly every action opens as "1a Mend the weir" does, that is its reference; what one alone has is text."""
    rows = ("1a Mend the weir", "1b Paint the gates", "2a Count the fish", "2b Plant reeds")
    texts = [f"{row}|Weir Team|May 2025" for row in rows]
    record = read(tmp_path, tabbed("Action|Lead|Due", *texts))
    assert [(action.ref, action.text) for action in record.actions] == [tuple(row.split(" ", 1)) for row in rows]
    record = read(tmp_path, tabbed("Action|Lead|Due", texts[0], *(text[3:] for text in texts[1:])))
    assert (record.actions[0].ref, record.actions[0].text) == (None, rows[0])


def test_short_years_over_ticks_stand_in_a_header(tmp_path: Path) -> None:
    """Several years beside one another head columns; what is under them is kept, and is no date."""
    record = read(
        tmp_path,
        tabbed(
            "No.|Action|Lead|25/26|26/27|27/28",
            "1.1|Mend the upper weir with stone|Weir Team|x||x",
            "1.2|Paint the lock gates and oil them|Lock Keepers||x|",
        ),
    )
    assert [(action.ref, action.leads, action.due.kind) for action in record.actions] == [
        ("1.1", ("Weir Team",), "none"),
        ("1.2", ("Lock Keepers",), "none"),
    ]
    assert [dict(action.extra) for action in record.actions] == [{"25/26": "x", "27/28": "x"}, {"26/27": "x"}]


CARD = """
<table><tr><td colspan="4">{bar}</td></tr>
<tr><td>Owner</td><td>{who}</td><td>Due</td><td>{when}</td></tr>
<tr><td>Partners</td><td>Canal Trust</td><td>Status</td><td>Complete</td></tr>
<tr><td>Success measure</td><td colspan="3">Weir holds</td></tr></table>
"""


def cards(*bars: str) -> str:
    made = "".join(CARD.format(bar=bar, who="Weir Team", when="May 2025") for bar in bars)
    return f"<html><body><h1>Weir plan</h1>{made}</body></html>"


def test_cards_with_the_action_in_a_bar_above(tmp_path: Path) -> None:
    """The bar gives reference and text; the labels under it give the rest, and every cell is kept."""
    record = read(tmp_path, cards("Action 1: Mend the weir", "Action 2: Paint the lock gates"), "plan.html")
    assert [(a.ref, a.text, a.leads, a.partners, a.due.edtf, a.status) for a in record.actions] == [
        ("1", "Mend the weir", ("Weir Team",), ("Canal Trust",), "2025-05", "complete"),
        ("2", "Paint the lock gates", ("Weir Team",), ("Canal Trust",), "2025-05", "complete"),
    ]
    assert record.kept == 1.0


def test_cards_that_are_not_understood_give_no_action(tmp_path: Path) -> None:
    """Where nothing says what will be done, the labels and values are not taken for the rows of a list."""
    with pytest.raises(DocumentError, match="no table of actions"):
        read(tmp_path, cards("Weirs", "Locks"), "plan.html")


PAGED = """\
Weir plan

Ref  Action                  Lead           Due
1    Mend the upper weir     Weir Team      May 2025
2    Paint the lock gates    Lock Keepers   June 2025

River Board: Weir plan                            Page 1
\f
Ref  Action                  Lead           Due
3    Dredge the mill race    Weir Team      May 2026
     below the bridge
4    Count the eels          Eel Wardens    July 2026
"""


def test_a_page_break_on_a_line_of_its_own_ends_what_stands_above(tmp_path: Path) -> None:
    """The foot of a page is no part of the table on the next one."""
    record = read(tmp_path, PAGED)
    assert [(action.ref, action.text, action.leads) for action in record.actions] == [
        ("1", "Mend the upper weir", ("Weir Team",)),
        ("2", "Paint the lock gates", ("Lock Keepers",)),
        ("3", "Dredge the mill race below the bridge", ("Weir Team",)),
        ("4", "Count the eels", ("Eel Wardens",)),
    ]


CLOSE = """\
Weir plan

1.1 Mend the upper weir before the winter
Lead: Weir Team When: May 2025
Outcome: No floods in Mill Lane
1.2 Paint the lock gates and oil the hinges
Lead: Lock Keepers / Weir Team When: By June 2026
Outcome: Gates open by hand
"""


def test_a_label_may_follow_a_value_after_a_single_space(tmp_path: Path) -> None:
    """A heading with a colon begins a value of its own; the name before it stays whole."""
    record = read(tmp_path, CLOSE)
    assert [(action.ref, action.leads, action.due.edtf) for action in record.actions] == [
        ("1.1", ("Weir Team",), "2025-05"),
        ("1.2", ("Lock Keepers", "Weir Team"), "2026-06"),
    ]


def numbered_card(number: str, words: str, lead: str, target: str) -> str:
    return (
        f'<div class="card"><div><span>{number}</span><h3>{words}</h3></div>'
        f"<p><strong>Lead partner</strong><br>{lead}</p><p><strong>Target</strong><br>{target}</p></div>"
    )


NUMBERED_CARDS = (
    "<html><body><nav><ul><li><a href='/'>Home</a></li></ul></nav><main><h1>Weir plan</h1>"
    + numbered_card("1.1", "Mend the upper weir before the winter", "Weir Team", "No floods")
    + numbered_card("1.2", "Paint the lock gates and oil the hinges", "Lock Keepers", "Gates open by hand")
    + numbered_card("1.3", "Count the eels in every pool of the river", "Eel Wardens", "A count each July")
    + "<p>Agreed by the Board in May.</p></main><footer><p>Cookies</p><p>Contact us</p></footer></body></html>"
)


def test_the_number_of_a_card_stands_before_its_heading(tmp_path: Path) -> None:
    """It is the reference of that card, not the end of the one before; and the last card ends where the others do."""
    record = read(tmp_path, NUMBERED_CARDS, "plan.html")
    assert [(action.ref, action.text, action.outcomes) for action in record.actions] == [
        ("1.1", "Mend the upper weir before the winter", ("No floods",)),
        ("1.2", "Paint the lock gates and oil the hinges", ("Gates open by hand",)),
        ("1.3", "Count the eels in every pool of the river", ("A count each July",)),
    ]
    assert "Agreed by the Board in May." in [passage.text for passage in record.unplaced]


def test_strategies_are_actions_where_nothing_else_is(tmp_path: Path) -> None:
    """A plan of strategies with a measure beside each lists what will be done, and how it is measured."""
    action = first(
        tmp_path,
        "Strategy|Responsibility|Timeline|Measure",
        "Mend the upper weir before the winter|Weir Team|May 2025|No floods in Mill Lane",
        "Paint the lock gates and oil the hinges|Lock Keepers|June 2025|Gates open by hand",
    )
    assert (action.text, action.outcomes) == ("Mend the upper weir before the winter", ("No floods in Mill Lane",))


def test_a_key_that_speaks_of_the_action_is_understood(tmp_path: Path) -> None:
    """What "on schedule" says, "Action on schedule" says too."""
    key = "Blue – action completed; Green – action on schedule; Amber – work has yet to begin"
    rows = (
        "Ref|Action|Lead|RAG",
        "1|Mend the weir|Weir Team|Green",
        "2|Oil the gates|Lock Team|Amber",
        "3|Paint the lock|Lock Team|Blue",
    )
    actions = read(tmp_path, tabbed(key, "", *rows)).actions
    assert [action.status for action in actions] == ["ongoing", "not-started", "complete"]


def test_a_numbered_priority_is_what_actions_are_part_of(tmp_path: Path) -> None:
    """A priority that says something, by its number; a bare name in each row is a pillar."""
    rows = ("Priority|Ref|Action|Lead", "{}|1|Mend the weir|Weir Team", "{}|2|Oil the gates|Lock Team")
    action = first(tmp_path, *(row.format("Priority 1: Look after the canal") for row in rows))
    assert (action.parent, action.pillars) == ("Priority 1: Look after the canal", ())
    action = first(tmp_path, *(row.format("Prevention") for row in rows))
    assert (action.parent, action.pillars) == (None, ("Prevention",))


def test_notes_that_say_done_are_the_end(tmp_path: Path) -> None:
    """A note "Done." or a last word "Completed." says so; "done by volunteers" describes."""
    rows = (
        "Ref|Action|Lead|Notes",
        "1|Mend the weir|Weir Team|Done.",
        "2|Oil the gates|Lock Team|First coat dry. Completed.",
        "3|Paint the lock|Lock Team|Done by volunteers so far: the gates",
    )
    actions = read(tmp_path, tabbed(*rows)).actions
    assert [action.status for action in actions] == ["complete", "complete", "unknown"]


def test_what_people_hope_to_see_is_the_outcome_and_who_can_help_a_partner(tmp_path: Path) -> None:
    """Headings as charities and community councils word them."""
    rows = (
        "What we will do|Who leads|Who can help|What we hope to see",
        "Mend the weir|Weir Team|Canal Trust|No floods",
        "Oil the gates|Lock Team|Boat Club|Less noise",
    )
    action = first(tmp_path, *rows)
    assert (action.partners, action.outcomes) == (("Canal Trust",), ("No floods",))
