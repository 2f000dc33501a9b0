"""The scorer of readings: each count stands beside two small lists of actions that one can compare by eye."""

from __future__ import annotations

import runpy
from pathlib import Path
from typing import Any

import pytest

scoring = runpy.run_path(str(Path(__file__).with_name("corpus") / "scoring.py"))
score, total, table, Score, Tally = (scoring[name] for name in ("score", "total", "table", "Score", "Tally"))

PLANT, BUY = "Plant two hectares of new woodland", "Buy ten homes on the open market"


def action(text: str, **fields: Any) -> dict[str, Any]:
    return {"text": text, **fields}


def truth(*actions: dict[str, Any], doubtful: tuple[tuple[str | int, str], ...] = ()) -> dict[str, Any]:
    return {"document": "plan.pdf", "actions": list(actions), "doubtful": [list(pair) for pair in doubtful]}


def reading(*actions: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {"actions": list(actions), **more}


def tally(result: Any, field: str) -> tuple[int, int, int, int]:
    found = result.fields[field]
    return found.right, found.wrong, found.missed, found.confident_wrong


def test_a_perfect_reading_has_no_fault() -> None:
    """What is read as it stands scores 1 everywhere, also in the fields that have nothing."""
    row = action(
        PLANT,
        ref="1.1",
        group="Nature",
        pillars=["3"],
        leads=["Parks", "Estates"],
        partners=["Wildlife Trust"],
        due={"text": "by March 2025", "kind": "date", "edtf": "2025-03"},
        outcomes=["Two hectares planted"],
        status="ongoing",
    )
    result = score(reading(row), truth(row))
    assert (result.rows, result.found, result.invented) == (1, 1, 0)
    assert {tally.f1 for tally in result.fields.values()} == {1.0}
    # text, reference, group, pillar, two leads, partner, three of the date, outcome, status
    assert result.values == 12
    assert result.wrong_with_high_confidence == 0


def test_white_space_is_folded_and_nothing_else() -> None:
    """Line breaks and double spaces are no difference; a capital letter is one."""
    folded = score(reading(action("Plant  two\nhectares", ref="1")), truth(action("Plant two hectares", ref="1")))
    assert tally(folded, "text") == (1, 0, 0, 0)
    capital = score(reading(action("plant two hectares", ref="1")), truth(action("Plant two hectares", ref="1")))
    assert tally(capital, "text") == (0, 1, 1, 1)


def test_a_row_that_is_not_there_is_invented_and_all_its_values_are_wrong() -> None:
    """A heading read as an action is one row and one value too many."""
    result = score(reading(action(PLANT), action("Priority 2", leads=["Housing"])), truth(action(PLANT)))
    assert (result.found, result.invented) == (1, 1)
    assert tally(result, "text") == (1, 1, 0, 1)
    assert tally(result, "lead") == (0, 1, 0, 1)


def test_a_row_that_was_not_found_misses_its_values() -> None:
    """Each value of a lost row is missed; none is wrong."""
    result = score(reading(), truth(action(PLANT, leads=["Parks", "Estates"])))
    assert (result.rows, result.found, result.rows_found) == (1, 0, 0.0)
    assert tally(result, "lead") == (0, 0, 2, 0)
    assert result.fields["lead"].recall == 0
    assert result.fields["lead"].precision == 1


def test_lists_are_sets_of_items() -> None:
    """The order of parties says nothing; one too many is wrong, one too few is missed."""
    read, true = action(PLANT, leads=["Police", "Parks", "ICB"]), action(PLANT, leads=["Parks", "ICB", "Estates"])
    assert tally(score(reading(read), truth(true)), "lead") == (2, 1, 1, 1)


def test_unsplit_parties_are_wrong_and_missed() -> None:
    """Two parties read as one give one wrong value and two missed ones."""
    read, true = action(PLANT, partners=["Parks / ICB"]), action(PLANT, partners=["Parks", "ICB"])
    assert tally(score(reading(read), truth(true)), "partner") == (0, 1, 2, 1)


def test_a_date_is_scored_by_its_words_its_kind_and_its_reading() -> None:
    """A day for a month is a wrong reading of words that are right."""
    read = action(PLANT, due={"text": "Mar-25", "kind": "date", "edtf": "2025-03-01"})
    true = action(PLANT, due={"text": "Mar-25", "kind": "date", "edtf": "2025-03"})
    result = score(reading(read), truth(true))
    assert tally(result, "due") == (0, 1, 1, 1)
    assert tally(result, "due_text") == (1, 0, 0, 0)
    assert tally(result, "due_kind") == (1, 0, 0, 0)


def test_words_that_are_no_date_have_no_reading() -> None:
    """Nothing is to be read from TBC: a date made from it is wrong, none is missed."""
    none = {"text": "TBC", "kind": "none", "edtf": None}
    made = {"text": "TBC", "kind": "date", "edtf": "2025"}
    assert tally(score(reading(action(PLANT, due=none)), truth(action(PLANT, due=none))), "due") == (0, 0, 0, 0)
    assert tally(score(reading(action(PLANT, due=made)), truth(action(PLANT, due=none))), "due") == (0, 1, 0, 1)


def test_an_unknown_status_is_no_value() -> None:
    """A status is missed where it is not read, and wrong where the plan has none."""
    done, unknown = action(PLANT, status="complete"), action(PLANT, status="unknown")
    assert tally(score(reading(unknown), truth(done)), "status") == (0, 0, 1, 0)
    assert tally(score(reading(done), truth(unknown)), "status") == (0, 1, 0, 1)
    assert tally(score(reading(unknown), truth(unknown)), "status") == (0, 0, 0, 0)


def test_rows_are_matched_by_their_texts_whatever_their_order() -> None:
    """A reading that gives the second table first loses nothing."""
    one, two = action(PLANT, leads=["Parks"]), action(BUY, leads=["Estates"])
    result = score(reading(two, one), truth(one, two))
    assert (result.found, result.invented) == (2, 0)
    assert tally(result, "lead") == (2, 0, 0, 0)


def test_a_text_cut_short_is_still_its_row() -> None:
    """Half of a text that goes on over a page is the row, with a wrong text."""
    result = score(reading(action(PLANT[:20], leads=["Parks"])), truth(action(PLANT, leads=["Parks"])))
    assert (result.found, result.invented) == (1, 0)
    assert tally(result, "text") == (0, 1, 1, 1)
    assert tally(result, "lead") == (1, 0, 0, 0)


def test_equal_texts_are_matched_in_order() -> None:
    """Of two actions with the same words the first is the first and the second the second."""
    first, second = action(PLANT, leads=["Parks"]), action(PLANT, leads=["Estates"])
    assert tally(score(reading(first, second), truth(first, second)), "lead") == (2, 0, 0, 0)


def test_equal_texts_are_told_apart_by_their_references() -> None:
    """The reference decides before the order does."""
    first, second = action(PLANT, ref="1.1", leads=["Parks"]), action(PLANT, ref="2.1", leads=["Estates"])
    assert tally(score(reading(second, first), truth(first, second)), "lead") == (2, 0, 0, 0)


def test_one_row_is_matched_once() -> None:
    """An action read twice is found once and invented once."""
    result = score(reading(action(PLANT), action(PLANT)), truth(action(PLANT)))
    assert (result.found, result.invented) == (1, 1)


@pytest.mark.parametrize(("sure", "confident"), [(0.89, 0), (0.9, 1), (None, 1)])
def test_a_wrong_value_counts_as_sure_from_nine_tenths_on(sure: float | None, confident: int) -> None:
    """Below 0.9 the reader has warned; a confidence that is not given is 1."""
    read, true = action(PLANT, id="plan/n1", leads=["Police"]), action(PLANT, leads=["Parks"])
    confidence = {"plan/n1": {"lead": sure}} if sure is not None else {}
    result = score(reading(read, confidence=confidence), truth(true))
    assert tally(result, "lead") == (0, 1, 1, confident)
    # the text is right and the lead is not: one of two values
    assert result.wrong_with_high_confidence == pytest.approx(confident / 2)


def test_a_confidence_may_stand_under_the_records_key() -> None:
    """The confidences of leads, ref and due are those of lead, reference and all three parts of a date."""
    read = action(PLANT, id="x", ref="7", leads=["A"], due={"text": "May", "kind": "review", "edtf": "2025-05"})
    true = action(PLANT, ref="1", leads=["B"], due={"text": "June", "kind": "date", "edtf": "2025-06"})
    confidence = {"x": {"leads": 0.5, "ref": 0.5, "due": 0.5}}
    result = score(reading(read, confidence=confidence), truth(true))
    wrong = {"reference", "lead", "due", "due_text", "due_kind"}
    assert {name for name, tally in result.fields.items() if tally.wrong} == wrong
    assert {name for name, tally in result.fields.items() if tally.confident_wrong} == set()


def test_a_doubtful_value_is_neither_right_nor_wrong() -> None:
    """It is counted apart, and so is a reader who is sure of another reading."""
    read, true = action(PLANT, ref="1.1", leads=["Parks"]), action(PLANT, ref="1.1", leads=["Parks", "Estates"])
    result = score(reading(read), truth(true, doubtful=(("1.1", "leads"),)))
    assert tally(result, "lead") == (0, 0, 0, 0)
    assert (result.doubtful, result.doubtful_confident) == (1, 0)
    sure = score(reading({**read, "leads": ["Police"]}), truth(true, doubtful=(("1.1", "leads"),)))
    assert (sure.doubtful, sure.doubtful_confident) == (1, 1)


def test_a_doubt_about_a_date_leaves_its_printed_words() -> None:
    """The action is named by its number where it has no reference; the words of the date are still compared."""
    one = action(PLANT, due={"text": "May", "kind": "date", "edtf": "2025-05"})
    two = action(BUY, due={"text": "end of March 2025", "kind": "date", "edtf": "2025-03"})
    result = score(reading(one, two), truth(one, two, doubtful=((2, "due"),)))
    assert tally(result, "due") == (1, 0, 0, 0)
    assert tally(result, "due_kind") == (1, 0, 0, 0)
    assert tally(result, "due_text") == (2, 0, 0, 0)


def test_a_doubt_about_an_action_that_is_not_there_is_a_fault_of_the_truth() -> None:
    """The truth is written by hand, so a slip in it has to be heard of."""
    with pytest.raises(ValueError, match=r"plan\.pdf: there is no action '9\.9' to doubt"):
        score(reading(), truth(action(PLANT, ref="1.1"), doubtful=(("9.9", "leads"),)))


def test_scores_add_up() -> None:
    """Over documents, rows and values are added before the shares are taken."""
    whole = score(reading(action(PLANT)), truth(action(PLANT)))
    half = score(reading(action(PLANT)), truth(action(PLANT), action(BUY), action("Open a night shelter")))
    both = total([whole, half])
    assert (both.rows, both.found) == (4, 2)
    assert both.rows_found == 0.5
    assert both.fields["text"].precision == 1
    assert both.fields["text"].recall == 0.5
    assert both.fields["text"].f1 == pytest.approx(2 / 3)


def test_the_table_shows_each_document_and_each_field() -> None:
    """A line for each document, one for all, one for each field."""
    lines = table({"plan.pdf": score(reading(action(PLANT)), truth(action(PLANT), action(BUY)))}).splitlines()
    assert lines[1].split() == ["plan.pdf", "2", "0.500", "0", "0.00%"]
    assert lines[2].split() == ["all", "2", "0.500", "0", "0.00%"]
    assert lines[5].split() == ["text", "1.000", "0.500", "0.667", "0"]
    assert len(lines) == 5 + len(scoring["FIELDS"])
