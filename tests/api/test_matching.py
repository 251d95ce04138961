"""Words that a person supposes find the situations that conditions name, and nothing is guessed between equals."""

import time

import pytest

from tocsin.api.matching import AmbiguousError, Candidate, chosen, matches, turned

VALLEY = (
    Candidate("k1", ("the valley asks for help", "the valley requests assistance"), ("engineer", "send")),
    Candidate("k2", ("the dam stays shut",), ("bridge", "burn")),
    Candidate("k3", ("our first request",), ("help", "engineer")),
    Candidate("k4", ("the northern council signs the treaty",), ()),
    Candidate("k5", ("the southern council signs the treaty",), ()),
    Candidate("k6", ("no one burns the bridge",), ()),
)


def ids(words: str) -> list[str]:
    return [one.id for one in chosen(words, VALLEY)[0]]


def test_the_same_words_are_the_same_situation() -> None:
    assert ids("The dam stays shut.") == ["k2"]
    assert chosen("the dam stays shut", VALLEY)[0][0].score == 1.0


def test_other_words_for_it_are_found() -> None:
    assert ids("the dam is kept shut") == ["k2"]
    assert ids("the bridge is burned") == ["k6"]


def test_all_that_is_covered_is_meant() -> None:
    assert set(ids("the valley requests help")) == {"k1", "k3"}
    assert "k3" not in ids("the dam stays shut")


def test_what_says_no_more_than_a_word_in_common_is_not_covered() -> None:
    assert "k3" not in [
        one.id for one in matches("the ministry answers a request for documents", VALLEY) if one.covered
    ]


def test_equals_are_asked_about() -> None:
    with pytest.raises(AmbiguousError, match="equally") as caught:
        chosen("a council signs the treaty at noon", VALLEY)
    assert {one.id for one in caught.value.near} == {"k4", "k5"}
    assert "k4" in str(caught.value) and "k5" in str(caught.value)
    assert ids("the northern council signs the treaty at noon") == ["k4"]


def test_what_nothing_is_like_is_said() -> None:
    for words in ("it rains", "", "…"):
        with pytest.raises(AmbiguousError, match="no condition"):
            chosen(words, VALLEY)


def test_the_order_of_candidates_changes_nothing() -> None:
    for words in ("the valley requests help", "the dam", "the bridge is burned"):
        try:
            expected = chosen(words, VALLEY)
        except AmbiguousError:
            continue
        assert chosen(words, tuple(reversed(VALLEY))) == expected


def test_negated_words_say_that_it_does_not_come_about() -> None:
    assert turned("no one burns the bridge")
    assert turned("the valley does not ask for help")
    assert not turned("the valley asks for help")


def test_long_words_take_no_time() -> None:
    began = time.perf_counter()
    matches("help " * 100_000, VALLEY)
    assert time.perf_counter() - began < 5
