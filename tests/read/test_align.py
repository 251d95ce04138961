"""Aligning an extraction to the page's lines."""

import random
import time

from tocsin.read.align import coverage, match, words

PAGE = [
    "Minister wants talks",
    "Home",
    "The minister said that talks would begin on Monday.",
    "Advertisement",
    "He did not name a place.",
    "No.",
    "The minister said that talks would begin on Monday.",
    "More from us",
]


def taken(extracted: str, page: list[str] = PAGE) -> list[int]:
    return [i for i, share in enumerate(coverage(page, extracted)) if share >= 0.5]


def test_lines_are_found_in_order() -> None:
    assert taken("The minister said that talks would begin on Monday.\nHe did not name a place.\nNo.") == [2, 4, 5]


def test_a_repeated_line_is_found_where_its_neighbours_are() -> None:
    assert taken("He did not name a place.\nNo.\nThe minister said that talks would begin on Monday.") == [4, 5, 6]


def test_lines_that_the_extraction_joined_or_split() -> None:
    assert taken("He did not name a place. No.") == [4, 5]
    assert taken("He did not\nname a place.") == [4]


def test_marks_spaces_case_and_composition_do_not_matter() -> None:
    assert taken("- he did  not NAME a place") == [4]
    assert taken("The caf\u00e9 was closed to them.", ["The cafe\u0301 was closed to them."]) == [0]


def test_common_words_alone_match_nothing() -> None:
    page = ["The council of the city met on the day of the vote."] + [f"Link {i} of the list" for i in range(40)]
    assert taken("Of all the things that were said on the day, one mattered.", page) == []


def test_nothing_extracted_and_nothing_on_the_page() -> None:
    assert coverage(["a b", "***", ""], "") == (0.0, 0.0, 0.0)
    assert coverage([], "a b") == ()


def test_partly_extracted_line() -> None:
    (share,) = coverage(["one two three four five six seven eight"], "one two three four")
    assert share == 0.5


def test_matches_are_alike_apart_and_ordered() -> None:
    chance = random.Random(4)
    for _ in range(60):
        left = [chance.choice("abcdefgh") for _ in range(chance.randrange(80))]
        right = [word for word in left if chance.random() < 0.7]
        at, to = 0, 0
        for start, other, length in match(left, right):
            assert left[start : start + length] == right[other : other + length]
            assert start >= at
            assert other >= to
            at, to = start + length, other + length


def test_long_texts_in_linear_time() -> None:
    sentence = "The border stays closed until the talks have ended, the ministry said"
    different = [f"{sentence} in note {i}." for i in range(50_000)]
    begun = time.monotonic()
    shares = coverage(different, "\n".join(different[::2]))
    assert all(share == 1 for share in shares[::2])
    coverage([sentence] * 50_000, "\n".join([sentence] * 50_000))
    coverage(["x " * 500_000], "x " * 500_000)
    assert time.monotonic() - begun < 20


def test_words() -> None:
    assert words("Don't STOP—now, §5!") == ["don", "t", "stop", "now", "5"]
