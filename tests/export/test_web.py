"""The drawing of the web: no boxes overlap, no line runs behind a box, the same commitments give the same drawing."""

from itertools import combinations, pairwise

import pytest

from tocsin.export.web import MOST, WIDTH, Box, Drawing, Hanging, Line, Thread, drawing
from tocsin.export.web_text import ELLIPSIS, width, wrapped

HOLDERS = ("Velmark", "Ostmere", None, "The Joint Harbour and Border Commission of the Northern League")
TARGETS = ("Ostmere", "Velmark", None, "ferry operators")
TREATIES = (None, "the Harbour Treaty of 1911", None, None, "Article 7")
WORDS = (
    "the ferries stop",
    "one side closes the strait, seizes a ship, or fires on the radar station before the commission has met",
    "Ostmere asks",
    "x" * 400,
)
OPERATORS = ("as long as", "if", "only if", "unless")


def thread(number: int, conditions: int) -> Thread:
    """One of many commitments that differ in every way, some of them sharing conditions."""
    hanging = tuple(
        Hanging(f"k{(number + place) % 9 if number % 3 else number * 10 + place}", OPERATORS[(number + place) % 4],
                WORDS[(number + place) % 4], ("not reported", None, "contested")[number % 3], number)
        for place in range(conditions)
    )  # fmt: skip
    act = ("will close the strait to all ships but its own", "would send engineers", "w " * 200)[number % 3]
    return Thread(
        f"c{number:016x}", HOLDERS[number % 4], act, number + 1, "promise: will not" if number % 2 else "threat",
        bool(number % 2), hanging, TARGETS[number % 4], TREATIES[number % 5], "bound not to act",
    )  # fmt: skip


def crowd(count: int) -> list[Thread]:
    return [thread(number, number % 5) for number in range(count)]


def edges(box: Box) -> tuple[float, float, float, float]:
    return box.x, box.y, box.right, box.bottom


def meet(one: tuple[float, float, float, float], other: tuple[float, float, float, float]) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def between(line: Line) -> list[tuple[float, float]]:
    """Points along a line, but for its two ends, which lie on the boxes that it joins."""
    found = []
    for (x, y), (end, low) in pairwise(line.points):
        found += [(x + (end - x) * step / 20, y + (low - y) * step / 20) for step in range(21)]
    return found[1:-1]


@pytest.mark.parametrize("count", [1, 2, 7, 23, 40])
def test_nothing_overlaps(count: int) -> None:
    made = drawing(crowd(count))
    for one, other in combinations(made.boxes, 2):
        assert not meet(edges(one), edges(other)), (one, other)
    labels = [line.label_box for line in made.lines if line.label]
    for label, box in ((label, box) for label in labels for box in made.boxes):
        assert not meet(label, edges(box)), (label, box)
    for label, other_label in combinations(labels, 2):
        assert not meet(label, other_label), (label, other_label)


@pytest.mark.parametrize("count", [1, 7, 40])
def test_no_line_runs_behind_a_box(count: int) -> None:
    made = drawing(crowd(count))
    for line in made.lines:
        for x, y in between(line):
            behind = [box for box in made.boxes if box.x < x < box.right and box.y < y < box.bottom]
            assert behind == [], (line, x, y)


def test_words_stay_in_their_boxes() -> None:
    made = drawing(crowd(40))
    for box in made.boxes:
        assert min(box.x, box.y) >= 0 and box.right <= WIDTH and box.bottom <= made.height
        for text, kind, y in box.lines:
            assert box.y < y < box.bottom
            assert kind in ("name", "words", "kicker", "standing", "state")
            if kind in ("name", "words"):
                assert width(text) <= box.width - 16, text


def drawn(made: Drawing, kind: str) -> list[str]:
    return [box.title for box in made.boxes if box.kind == kind]


def test_what_is_shared_is_drawn_once() -> None:
    shared = Hanging("k1", "if", "the ferries stop")
    threads = [
        Thread("c1", "Velmark", "will act", 1, "promise", False, (shared,), "Ostmere", "the Treaty"),
        Thread("c2", "Velmark", "may act", 2, "power", False, (shared,), "ostmere", "the treaty"),
        Thread("c3", "velmark", "can act", 3, "power", False, (), None),
    ]
    made = drawing(threads)
    assert drawn(made, "condition") == ["the ferries stop"]
    assert drawn(made, "holder") == ["Velmark"]
    assert drawn(made, "target") == ["Ostmere"]
    assert drawn(made, "instrument") == ["under the Treaty"]
    assert sorted(line.kind for line in made.lines) == ["hangs", "hangs", "rests", "rests", "toward", "toward"]
    assert [box.number for box in made.boxes if box.kind == "act"] == [1, 2, 3]


def test_of_many_those_on_conditions_are_drawn() -> None:
    threads = [thread(number, 0) for number in range(30)] + [thread(number, 1) for number in range(30, 65)]
    made = drawing(threads)
    assert (made.drawn, made.left_out) == (MOST, 25)
    numbers = {box.number for box in made.boxes if box.kind == "act"}
    assert numbers >= {number + 1 for number in range(30, 65)}


def test_the_same_is_drawn_the_same() -> None:
    assert drawing(crowd(40)) == drawing(crowd(40))
    assert drawing([]) == Drawing((), (), 2, 0, 0)


def test_words_are_wrapped_and_cut_visibly() -> None:
    assert wrapped("will close the strait", 400, 3) == ("will close the strait",)
    lines = wrapped("one two three four five six seven eight nine ten", 60, 3)
    assert len(lines) == 3
    assert lines[-1].endswith(ELLIPSIS)
    assert all(width(line) <= 60 for line in lines)
    assert "".join(wrapped("x" * 30, 60, 30)) == "x" * 30
    assert all(width(line) <= 60 for line in wrapped("x" * 1_000_000, 60, 3))
    assert wrapped("", 60, 3) == ()
