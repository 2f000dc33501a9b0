"""Plans that no loader knows: what is understood from headings and values, and what is rather left alone."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from planweave.errors import DocumentError, PlanweaveError
from planweave.library import Library
from planweave.reading.reader import Reader
from planweave.store import parse_quads
from planweave.terms import plan_graph
from planweave.unweaving import unweave
from planweave.weaving import weave

if TYPE_CHECKING:
    from planweave.records import PlanRecord

HEAD = "Northmoor action plan\n\nRef\tAction\tLead\tBy when\tStatus\n"
FULL = "1.1\tOpen a hub\tHousing Options\tMay 2024\tComplete\n"


def read(tmp_path: Path, text: str, name: str = "north.txt") -> PlanRecord:
    """Read a text as a document of its own; whatever it is, nothing is lost and the graph gives it back."""
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    record = Reader(Library.bundled()).read(path)
    assert record.kept == 1.0
    triples = list(parse_quads(weave(record)))
    facts = [triple for graph, triple in triples if graph == plan_graph(record.plan.id)]
    sources = [triple for graph, triple in triples if graph != plan_graph(record.plan.id)]
    assert unweave(record.plan.id, facts, sources) == record
    return record


@pytest.mark.parametrize("nobody", ["TBC", "N/A", "None", "to be confirmed", "-", "tbc."])
def test_a_word_for_nobody_is_no_lead(tmp_path: Path, nobody: str) -> None:
    """A lead that is still to be named is missing, and the cell is said to be empty."""
    action = read(tmp_path, f"{HEAD}{FULL}1.2\tTrain staff\t{nobody}\tMay 2024\tOngoing\n").actions[1]
    assert (action.leads, action.blank["lead"]) == ((), "empty")
    assert "missing-lead" in action.flags
    assert action.mentions == ()


def test_as_above_is_not_understood_as_a_name(tmp_path: Path) -> None:
    """What points to another cell is no party, and not an empty cell either."""
    action = read(tmp_path, f"{HEAD}{FULL}1.2\tTrain staff\tAs above\tMay 2024\tOngoing\n").actions[1]
    assert (action.leads, action.blank["lead"]) == ((), "not-understood")


def test_an_outcome_still_to_come_is_none(tmp_path: Path) -> None:
    """The word "TBC" under the outcome is no outcome."""
    text = "Plan\n\nRef\tAction\tLead\tOutcome\n1.1\tOpen a hub\tHGTR\tTBC\n1.2\tTrain\tHGTR\tFewer evictions\n"
    first, second = read(tmp_path, text).actions
    assert (first.outcomes, first.blank["outcome"]) == ((), "empty")
    assert second.outcomes == ("Fewer evictions",)


@pytest.mark.parametrize("timescale", ["Ongoing", "TBC", "Quarterly"])
def test_trimmed_cells_stay_under_their_columns(tmp_path: Path, timescale: str) -> None:
    """A row whose empty last cell was trimmed keeps its timescale under the timescale."""
    action = read(tmp_path, f"{HEAD}{FULL}1.2\tTrain staff\tHousing Team\t{timescale}\n").actions[1]
    assert (action.leads, action.due.text, action.status) == (("Housing Team",), timescale, "unknown")


def test_a_row_that_lost_its_lead_keeps_its_text(tmp_path: Path) -> None:
    """Whatever cell is missing, it is not the action's text."""
    action = read(tmp_path, f"{HEAD}{FULL}1.2\tTrain staff\tMarch 2025\tOngoing\n").actions[1]
    assert (action.text, action.leads, action.due.edtf) == ("Train staff", (), "2025-03")


def test_cells_beyond_the_columns_are_kept(tmp_path: Path) -> None:
    """A table without a header of its own, wider than the one before, loses nothing."""
    record = read(tmp_path, f"{HEAD}{FULL}\n1.2\tTrain staff\tHGTR\tMay 2024\tOngoing\tand more\teven more\n")
    assert [action.ref for action in record.actions] == ["1.1", "1.2"]
    assert [item.text for item in record.unplaced] == ["and more\teven more"]


def test_a_line_break_inside_a_cell_does_not_tear_the_row(tmp_path: Path) -> None:
    """A cell that was copied with its line breaks stays one cell of one action."""
    torn = "1.2\tFairer lettings,\nincluding local connection\ncriteria\tHGTR\tMay 2024\tOngoing\n"
    record = read(tmp_path, f"{HEAD}{FULL}{torn}1.3\tB\tC\t\t\n")
    assert [action.ref for action in record.actions] == ["1.1", "1.2", "1.3"]
    assert record.actions[1].text == "Fairer lettings, including local connection criteria"
    assert record.actions[1].leads == ("HGTR",)


def test_a_page_number_is_no_heading(tmp_path: Path) -> None:
    """A page number between two tables is not the group of what follows."""
    record = read(
        tmp_path, f"{HEAD}{FULL}\nPage 1 of 2\n\n{HEAD.split(chr(10))[2]}\n1.2\tTrain\tHGTR\tMay 2024\tOngoing\n"
    )
    assert {action.group for action in record.actions} == {None}


def test_two_actions_are_not_joined_over_a_heading(tmp_path: Path) -> None:
    """A first row without lead and date, under a new heading, is an action of its own."""
    head = "Action\tLead\tBy when\tOutcome\n"
    first = f"Plan\n\nObjective 1\n{head}Open a hub\tHGTR\tMay 2024\tA hub\n"
    record = read(tmp_path, f"{first}\nObjective 2\n{head}Close the hub\t\t\tLess cost\nSell it\tHGTR\tJune 2024\t\n")
    assert [(action.text, action.group) for action in record.actions] == [
        ("Open a hub", "Objective 1"),
        ("Close the hub", "Objective 2"),
        ("Sell it", "Objective 2"),
    ]


def test_sub_headings_inside_a_table_are_groups(tmp_path: Path) -> None:
    """A short row with nothing but its first cell is a heading, whatever word it begins with."""
    rows = "Private rented sector\t\t\nMeet landlords\tHGTR\tMay 2024\nPREVENTION\t\t\nTrain\tHGTR\tMay\n"
    record = read(tmp_path, f"Plan\n\nAction\tLead\tBy when\n{rows}")
    assert [(action.text, action.group) for action in record.actions] == [
        ("Meet landlords", "Private rented sector"),
        ("Train", "PREVENTION"),
    ]


def test_a_heading_nobody_knows_is_not_a_missing_column(tmp_path: Path) -> None:
    """With an unknown heading in the table it is not said that there is no column for the lead."""
    text = "Plan\n\nRef\tAction\tDesk\tBy when\n1.1\tOpen a hub\tHousing Options\tMay 2024\n"
    action = read(tmp_path, text).actions[0]
    assert action.blank["lead"] == "not-understood"
    assert action.extra == {"Desk": "Housing Options"}


def test_dated_headings_are_known_without_their_dates(tmp_path: Path) -> None:
    """Columns of progress by quarter are updates, dated by their headings; of two statuses the later counts."""
    head = "Ref\tAction\tRAG Q1 2024/25\tProgress Q1 2024/25\tRAG Q2 2024/25\tProgress update Q2 2024/25\n"
    action = read(tmp_path, f"Plan\n\n{head}1.1\tOpen a hub\tNot started\tSite sought\tOngoing\tSite found\n").actions[
        0
    ]
    assert [(update.date, update.text) for update in action.updates] == [
        ("2024-04/2024-06", "Site sought"),
        ("2024-07/2024-09", "Site found"),
    ]
    assert action.status == "ongoing"


def test_a_revised_date_takes_the_place_of_the_first(tmp_path: Path) -> None:
    """Where a revised date is printed it counts; where its cell is empty the first one stands."""
    head = "Ref\tAction\tTarget date\tRevised target date\n"
    first, second = read(tmp_path, f"Plan\n\n{head}1.1\tA\tMarch 2024\tMarch 2025\n1.2\tB\tMarch 2024\t\n").actions
    assert (first.due.edtf, second.due.edtf) == ("2025-03", "2024-03")


def test_a_plans_own_key_says_what_its_colours_mean(tmp_path: Path) -> None:
    """Blue is not "done" where the plan says that it is "not yet due"."""
    key = "Key: Green = Completed, Amber = In progress, Red = Not started, Blue = Not yet due\n"
    rows = "1.1\tA\tGreen\n1.2\tB\tAmber\n1.3\tC\tRed\n1.4\tD\tBlue\n"
    record = read(tmp_path, f"Plan\n\n{key}\nRef\tAction\tRAG\n{rows}")
    assert [action.status for action in record.actions] == ["complete", "ongoing", "not-started", "unknown"]


@pytest.mark.parametrize(
    ("cell", "status"),
    [
        ("March 2024 (completed)", "complete"),
        ("March 2024 – done.", "complete"),
        ("March 2024; on hold", "stopped"),
        ("March 2024 (complete by June)", "unknown"),
        ("March 2024 (delivered in part)", "unknown"),
        ("March 2024, ongoing", "unknown"),
        ("March 2024 (green)", "unknown"),
        ("Jan - March 2024", "unknown"),
    ],
)
def test_a_timescale_can_say_that_the_action_is_over(tmp_path: Path, cell: str, status: str) -> None:
    """Where no status is printed; what is done when it was due is not overdue."""
    action = read(tmp_path, f"{HEAD}{FULL}1.2\tTrain staff\tHGTR\t{cell}\t\n").actions[1]
    assert action.status == status


@pytest.mark.parametrize(
    "cell", ["Completed - No", "Complete by June 2025", "Closed – not achieved", "Delivered in part"]
)
def test_a_status_that_is_taken_back_is_not_complete(tmp_path: Path, cell: str) -> None:
    """What stands behind the word can change it; then the status is not understood."""
    action = read(tmp_path, f"{HEAD}{FULL}1.2\tTrain staff\tHGTR\tMay 2024\t{cell}\n").actions[1]
    assert (action.status, action.blank["status"]) == ("unknown", "not-understood")


def test_pillars_in_words_stay_whole_and_ranks_are_no_pillars(tmp_path: Path) -> None:
    """In words "Advice and Support" is one pillar; "3 and 4" are two; "High" says how urgent an action is."""
    rows = "1.1\tA\tAdvice and Support\n1.2\tB\t3 and 4\n1.3\tC\tHigh\n1.4\tD\tADVICE AND SUPPORT\n"
    record = read(tmp_path, f"Plan\n\nRef\tAction\tPriority\n{rows}")
    assert [action.pillars for action in record.actions] == [
        ("Advice and Support",),
        ("3", "4"),
        (),
        ("ADVICE AND SUPPORT",),
    ]
    assert record.actions[2].extra == {"Priority": "High"}


def test_ids_that_are_made_up_never_meet_printed_ones(tmp_path: Path) -> None:
    """A printed "n2" or "1-2" keeps its id; the row without a reference, the second "1", get others."""
    rows = "n2\tA\tX\n\tB\tY\n1\tC\tX\n1\tD\tY\n1-2\tE\tZ\n"
    record = read(tmp_path, f"Plan\n\nRef\tAction\tLead\n{rows}")
    ids = [action.id for action in record.actions]
    assert len(set(ids)) == 5
    assert ids[0] == "north/n2"


def test_names_that_look_alike_are_one_party_of_one_kind(tmp_path: Path) -> None:
    """A hyphen makes no other party of the "Housing Team"; "C++ Team" and "C Team" are two."""
    rows = "1.1\tA\tHousing-Team\n1.2\tB\tHousing Team\n1.3\tC\tC++ Team\n1.4\tD\tC Team\n"
    record = read(tmp_path, f"Plan\n\nRef\tAction\tLead\n{rows}")
    kinds = {party.name: (party.id, party.kind) for party in record.parties}
    assert kinds["Housing-Team"] == kinds["Housing Team"]
    assert kinds["C++ Team"] != kinds["C Team"]


def test_a_lead_of_one_word_is_not_looked_for_in_sentences(tmp_path: Path) -> None:
    """A lead "Housing" does not make every "Housing need" a mention."""
    rows = "1.1\tMeet Housing need\tHGTR\n1.2\tTrain\tHousing\n1.3\tAsk HGTR\tHousing\n"
    actions = read(tmp_path, f"Plan\n\nRef\tAction\tLead\n{rows}").actions
    assert [action.mentions for action in actions] == [(), (), ("HGTR",)]


def test_the_councils_name_above_the_title_is_not_the_title(tmp_path: Path) -> None:
    """Where the first line is the body's name, the line that names the plan is the title."""
    record = read(
        tmp_path,
        f"Northmoor District Council\nHousing strategy action plan 2024-2029\n\n{HEAD.split(chr(10))[2]}\n{FULL}",
    )
    assert (record.plan.title, record.plan.period) == ("Housing strategy action plan 2024-2029", "2024/2029")


def test_cross_references_with_a_slash_are_two(tmp_path: Path) -> None:
    """A cell "1.2/1.3" refers to two actions."""
    record = read(tmp_path, "Plan\n\nRef\tAction\tLinks to\n1.1\tA\t1.2/1.3\n1.2\tB\t1.1 and 1.3\n")
    assert [action.crossrefs for action in record.actions] == [("1.2", "1.3"), ("1.1", "1.3")]


def test_a_table_that_is_not_recognised_says_what_came_nearest(tmp_path: Path) -> None:
    """The sentence names the line that looks like a header, what is known in it and what is not."""
    with pytest.raises(
        DocumentError, match=r"line 3 comes nearest to a header: known Ref; not known Thing, Body, Day;"
    ):
        read(tmp_path, "Plan\n\nRef\tThing\tBody\tDay\n1.1\tA\tB\tC\n")


@pytest.mark.parametrize("copies", [2000])
def test_many_repeated_headers_take_no_longer_than_their_rows(tmp_path: Path, copies: int) -> None:
    """A table that repeats its header above each row is read row by row, however many there are."""
    text = "Plan\n\n" + "".join(f"Ref\tAction\tLead\n1.{n}\tDo thing {n}\tHGTR\n" for n in range(copies))
    assert len(read(tmp_path, text).actions) == copies


@pytest.mark.parametrize(
    ("correction", "sentence"),
    [
        ('field = "leads"\nvalue = "RSMT"', "the value of leads has to be a list of texts"),
        ('field = "text"\nvalue = ["a"]', "the value of text has to be one text"),
        ('field = "due"\nvalue = "June 2024"', "'June 2024' is no EDTF date"),
        ('field = "text"\nread = "x"', "text cannot be read as something else"),
        ('field = "status"\nadd = ["x"]', "status is no list"),
    ],
)
def test_a_correction_of_the_wrong_kind_is_refused(tmp_path: Path, correction: str, sentence: str) -> None:
    """What a correction gives has to be of the field's kind; the sentence says how to write it."""
    (tmp_path / "loaders").mkdir()
    loader = tmp_path / "loaders" / "own.toml"
    loader.write_text(
        f'[recognise]\nwords = ["x"]\n[[corrections]]\nprinted = "y"\nreason = "as a test"\n{correction}\n'
    )
    with pytest.raises(PlanweaveError, match=sentence):
        Reader(Library.bundled().with_folder(tmp_path))


def test_what_follows_from_a_corrected_field_follows(tmp_path: Path) -> None:
    """A lead and a date that a correction states are no longer missing, and a corrected outcome has its number."""
    (tmp_path / "loaders").mkdir()
    (tmp_path / "loaders" / "own.toml").write_text(
        '[recognise]\nwords = ["Northmoor"]\n'
        '[[corrections]]\nfield = "leads"\nprinted = "Open a hub"\nvalue = ["HGTR"]\nreason = "stated in its text"\n'
        '[[corrections]]\nfield = "due"\nprinted = "Open a hub"\nvalue = "2025-06"\nreason = "stated in its text"\n'
    )
    path = tmp_path / "north.txt"
    path.write_text("Northmoor\n\nRef\tAction\tLead\tBy when\n1.1\tOpen a hub\t\twhen funds allow\n")
    action = Reader(Library.bundled().with_folder(tmp_path)).read(path).actions[0]
    assert (action.leads, action.due.edtf, action.due.text) == (("HGTR",), "2025-06", "when funds allow")
    assert "lead" not in action.blank
    assert "due" not in action.blank
    assert not {"missing-lead", "missing-due"} & set(action.flags)


def test_the_latest_comment_decides_wherever_it_is_printed(tmp_path: Path) -> None:
    """Comments with the newest first say what the newest says; each line of a cell can begin an entry."""
    text = (
        "Plan\n\nActions | Lead | Comments |\n---|---|---|\n"
        "1.1: Open a hub | HGTR | October 2024 - This action has been completed.\n"
        "March 2024 - Not yet started. |\n1.2: Train staff | HGTR | |\n"
    )
    action = read(tmp_path, text).actions[0]
    assert [update.date for update in action.updates] == ["2024-10", "2024-03"]
    assert action.status == "complete"


def test_a_heading_over_two_columns_is_split_by_the_row_below(tmp_path: Path) -> None:
    """Under "Timescale" the end is the due date, and the start is kept as what it is."""
    head = "Ref\tAction\tLead\tTimescale\t\tOutcome\n\t\t\tStart\tEnd\t\n"
    rows = "1.1\tOpen a hub\tHGTR\tApril 2024\tOctober 2024\tA hub\n1.2\tTrain\tHGTR\tMay 2024\tJune 2024\tSkill\n"
    first, second = read(tmp_path, f"Plan\n\n{head}{rows}").actions
    assert (first.text, first.leads, first.due.edtf, first.outcomes) == ("Open a hub", ("HGTR",), "2024-10", ("A hub",))
    assert first.extra == {"Timescale Start": "April 2024"}
    assert second.due.edtf == "2024-06"


def test_a_table_without_actions_gives_none(tmp_path: Path) -> None:
    """A table of other things, whose headings are known but name no action, is kept and not placed."""
    risks = "Ref\tRisk\tOwner\tStatus\nR1\tFunding ends\tHGTR\tOngoing\n"
    record = read(tmp_path, f"{HEAD}{FULL}\nRisks\n{risks}")
    assert [action.id for action in record.actions] == ["north/1.1"]
    assert [item.text for item in record.unplaced] == ["R1\tFunding ends\tHGTR\tOngoing"]
