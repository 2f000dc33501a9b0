"""Actions that say nearly the same, and outcomes that only say the action again."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planweave.deriving.likeness import MOST_LIKE, Repetition, Similarity, repetitions, similarities
from planweave.deriving.stems import Stems

if TYPE_CHECKING:
    from planweave.records import Action

STEMS = Stems(small=("a", "and", "in", "of", "the", "to", "with"), fillers=("improved", "increased", "better"))
LETTERS = "abcdefghijklmnopqrstuvwxyz"


def test_stems_are_those_of_the_words_that_say_something() -> None:
    """Small words fall away, forms of a word are one, and so are straight and curly apostrophes."""
    assert STEMS.of("The evictions of individuals") == STEMS.of("Eviction, individual’s; INDIVIDUALS'")
    assert STEMS.of("of the") == frozenset()


def test_the_score_is_the_share_of_common_stems() -> None:
    """Of 13 stems that either has, 11 are common: 0.85; the earlier action is named at the later one."""
    common = set(LETTERS[:11])
    assert similarities([frozenset(common | {"x"}), frozenset("pq"), frozenset(common | {"y"})]) == [
        Similarity(2, 0, 0.85)
    ]


@pytest.mark.parametrize(
    ("shared", "different", "score"),
    [(10, 10, 0.5), (10, 11, None), (9, 9, None), (9, 3, 0.75), (3, 1, 0.75), (2, 1, None), (1, 0, 1.0)],
)
def test_short_texts_have_to_be_more_alike(shared: int, different: int, score: float | None) -> None:
    """From ten common stems on, a half is enough; with fewer, three quarters of the stems have to be common."""
    common = {f"common{number}" for number in range(shared)}
    own = [f"own{number}" for number in range(different)]
    texts = [frozenset(common | set(own[::2])), frozenset(common | set(own[1::2]))]
    assert similarities(texts) == ([Similarity(1, 0, score)] if score else [])


def test_texts_without_stems_are_like_nothing() -> None:
    """Two actions of which no word counts are not compared."""
    assert similarities([frozenset(), frozenset()]) == []


def test_one_action_names_few_others() -> None:
    """Of a text that is printed twenty times, each later copy names the first ten and no more."""
    found = similarities([frozenset("abc")] * 20)
    assert [like.earlier for like in found if like.place == 3] == [0, 1, 2]
    assert [like.earlier for like in found if like.place == 19] == list(range(MOST_LIKE))


TEXTS = st.lists(st.frozensets(st.sampled_from(LETTERS[:16]), max_size=14), max_size=8)


@given(TEXTS)
def test_no_pair_is_missed(texts: list[frozenset[str]]) -> None:
    """What is found by rare stems alone is what comparing all with all finds."""
    expected = []
    for place, one in enumerate(texts):
        for earlier, other in enumerate(texts[:place]):
            shared, either = len(one & other), len(one | other)
            if either and shared / either >= (0.5 if shared >= 10 else 0.75):
                expected.append(Similarity(place, earlier, round(shared / either, 2)))
    assert similarities(texts) == expected


def repeated(make: Callable[..., Action], text: str, *outcomes: str) -> list[Repetition]:
    return repetitions([make("1.1", text, outcomes=outcomes)], [STEMS.of(text)], STEMS)


def test_an_outcome_that_says_the_action_again_is_found(action: Callable[..., Action]) -> None:
    """The words "improved" and "increasing" add nothing; other forms of the action's words are its words."""
    found = repeated(action, "Raise awareness of homelessness in schools", "Improved awareness, increasing in a school")
    assert found == [Repetition(0, 0, 1.0)]


def test_the_share_is_that_of_the_outcomes_own_words(action: Callable[..., Action]) -> None:
    """Two of three words: 0.67; one of three is too few; an outcome of fillers alone repeats nothing."""
    text = "Open a day centre in the city"
    found = repeated(action, text, "Fewer evictions", "City centre busy", "Centre busy daily", "Better")
    assert found == [Repetition(0, 1, 0.67)]
