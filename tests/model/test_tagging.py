"""Tags: the best legal sequence, and the runs it spells."""

import random
from itertools import pairwise, product

import numpy as np
import pytest

from tocsin.model.tagging import best, legal, runs

TAGS = ("O", "B-cue", "I-cue", "B-content", "I-content")


def by_hand(emissions: list[list[float]], rows: list[list[float]], begin: list[float], end: list[float]) -> float:
    """The score of the best legal sequence, by trying all."""
    scores = []
    for found in product(range(len(TAGS)), repeat=len(emissions)):
        labels = ["", *(TAGS[number] for number in found)]
        if all(legal(left, right) for left, right in pairwise(labels)):
            scores.append(score(found, emissions, rows, begin, end))
    return max(scores)


def score(
    found: tuple[int, ...], emissions: list[list[float]], rows: list[list[float]], begin: list[float], end: list[float]
) -> float:
    """What a sequence of tags is worth."""
    steps = sum(rows[left][right] for left, right in pairwise(found))
    return steps + begin[found[0]] + end[found[-1]] + sum(row[tag] for row, tag in zip(emissions, found, strict=True))


@pytest.mark.parametrize("seed", range(30))
def test_best_of_all_sequences(seed: int) -> None:
    """Against every legal sequence."""
    draw = random.Random(seed)
    size = len(TAGS)
    emissions = [[draw.gauss(0, 2) for _ in range(size)] for _ in range(seed % 6 + 1)]
    rows = [[draw.gauss(0, seed % 3) for _ in range(size)] for _ in range(size)]
    begin, end = ([draw.gauss(0, 1) for _ in range(size)] for _ in range(2))
    found = best(np.array(emissions), TAGS, tuple(map(tuple, rows)), tuple(begin), tuple(end))
    labels = ["", *(TAGS[number] for number in found)]
    assert all(legal(left, right) for left, right in pairwise(labels))
    assert score(tuple(found), emissions, rows, begin, end) == pytest.approx(by_hand(emissions, rows, begin, end))


def test_no_words() -> None:
    """Nothing gives nothing."""
    assert best(np.zeros((0, 5)), TAGS, (), (), ()) == []


@pytest.mark.parametrize(
    ("tags", "expected"),
    [
        ("O O", []),
        ("B-cue I-cue O B-cue", [("cue", 0, 2), ("cue", 3, 4)]),
        ("B-cue B-cue I-content I-content", [("cue", 0, 1), ("cue", 1, 2), ("content", 2, 4)]),
        ("I-cue O I-content", [("cue", 0, 1), ("content", 2, 3)]),
    ],
)
def test_runs(tags: str, expected: list[tuple[str, int, int]]) -> None:
    """A beginning or another kind ends a run; a stray inside tag begins one."""
    assert runs([TAGS.index(tag) for tag in tags.split()], TAGS) == expected
