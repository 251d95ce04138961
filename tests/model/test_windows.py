"""Windows: every word once, whole sentences, quotation states that no lost mark poisons."""

import re
from itertools import pairwise

import pytest

from tocsin.model.pieces import Pieces
from tocsin.model.windows import INSIDE, MARK, OUTSIDE, Window, windows

VOCABULARY = ["[UNK]", "[CLS]", "[SEP]", "a", "##b"]
CUT = Pieces(VOCABULARY)


def lines(text: str) -> list[tuple[int, int]]:
    """Each line a sentence."""
    return [found.span() for found in re.finditer(r"[^\n]+", text)]


def stops(text: str) -> list[tuple[int, int]]:
    """Sentences after full stops."""
    return [found.span() for found in re.finditer(r"[^\n.\s][^\n.]*\.?[”\"'’]*", text)]


def states(text: str) -> str:
    """The text with what is inside quotation marks in capitals and the marks as |."""
    signs = list(text.lower())
    for window in windows(text, lines(text), cut=CUT):
        for (start, end), first in zip(window.words, window.first, strict=True):
            for place in range(start, end):
                state = window.quoted[first]
                signs[place] = "|" if state == MARK else signs[place].upper() if state == INSIDE else signs[place]
    return "".join(signs)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('he said "go now." then left', "he said |GO NOW.| then left"),
        ("he said “go,” and “stay” twice", "he said |GO,| and |STAY| twice"),
        ("«go», he said. „stay“, she said", "|GO|, he said. |STAY|, she said"),
        ("``go,'' he said", "||GO,|| he said".replace("||", "||")),
        ("he said 'go now' and left", "he said |GO NOW| and left"),
        ("the workers' pay is o'dell's", "the workers' pay is o'dell's"),
        ("'the workers' pay is low,' he said", "|THE WORKERS' PAY IS LOW,| he said"),
        ("he ‘won’t go’ now", "he |WON’T GO| now"),
        # a mark that is never closed holds to the end of its paragraph only
        ('he said "go now\nthen he left', "he said |GO NOW\nthen he left"),
        # a stray closing mark begins nothing
        ("go now” he said “no” then", "go now” he said |NO| then"),
        ("he is 6' tall\nno", "he is 6' tall\nno"),
        # goes on where the next paragraph begins with a mark
        ("“go.\n“stay,” he said", "|GO.\n|STAY,| he said"),
        # opened twice: the closing mark was lost
        ("“go. he left. “stay,” he said", "“go. he left. |STAY,| he said"),
    ],
)
def test_quotation_states(text: str, expected: str) -> None:
    """Inside, outside and marks, for every kind of mark and what is done to them."""
    assert states(text) == expected


def test_quotation_numbers() -> None:
    """A quotation over paragraphs keeps its number; others have their own."""
    text = "“a.\n“a,” a “a”\n“a”\na"
    (window,) = windows(text, lines(text), cut=CUT)
    numbers = [number for (start, _), number in zip(window.words, window.quotation, strict=True) if text[start] == "a"]
    assert numbers == [1, 1, 0, 2, 3, 0]


def test_layout() -> None:
    """Pieces, first pieces and places line up, and the outer signs belong to no word."""
    text = "a ab.\na\nab a"
    (window,) = windows(text, [(0, 1), (2, 5), (6, 7), (8, 12)], [0, 0, 0, 1], cut=CUT)
    assert [text[start:end] for start, end in window.words] == ["a", "ab", ".", "a", "ab", "a"]
    assert window.ids == (1, 3, 3, 4, 0, 3, 3, 4, 3, 2)
    assert window.first == (1, 2, 4, 5, 6, 8)
    assert window.place == (0, 2, 1, 0, 0, 1, 2, 0, 0, 0)
    assert window.sentence == (0, 1, 1, 2, 3, 3)
    assert window.paragraph == (0, 0, 0, 0, 1, 1)
    assert len(window.ids) == len(window.case) == len(window.quoted) == len(window.place)


def check(found: list[Window], text: str, limit: int) -> None:
    """Every sign that is no white space is in one word of one window, in order, and no window is too long."""
    behind = 0
    for window in found:
        assert len(window.ids) <= limit
        assert len(window.words) == len(window.sentence) == len(window.first) == len(window.quotation)
        for start, end in window.words:
            assert start >= behind
            assert not text[behind:start].strip()
            assert start < end
            behind = end
    assert not text[behind:].strip()


@pytest.mark.parametrize("limit", [8, 24, 192])
def test_whole_sentences_are_packed(limit: int) -> None:
    """A sentence is split only where it alone is too long; as many as fit go together."""
    text = "\n".join("a " * (length % 11 + 1) for length in range(50))
    found = windows(text, lines(text), cut=CUT, limit=limit)
    check(found, text, limit)
    for left, right in pairwise(found):
        whole = left.sentence[-1] != right.sentence[0]
        head = right.sentence.count(right.sentence[0])
        assert not whole or len(left.ids) + head > limit


def test_paragraphs_stay_together() -> None:
    """A paragraph that fits into one window is in one; a longer one begins its own and is packed by sentences."""
    text = "\n".join(("a b c d.", "e f. g h.", "i j. k l. m n. o p. q r."))
    spans = [(found.start(), found.end()) for found in re.finditer(r"[^.\n]+\.", text)]
    spans = [(start + (text[start] == " "), end) for start, end in spans]
    found = windows(text, spans, cut=CUT, limit=11)
    assert [(one.sentence[0], one.sentence[-1]) for one in found] == [(0, 0), (1, 2), (3, 5), (6, 7)]


@pytest.mark.parametrize(
    "text",
    [
        "",
        " \n ",
        "a" * 100_000,
        "word " * 100_000,
        "“" * 3000,
        '"a ' * 5000,
        "😀\u0301 ש" * 500,
        ".\n" * 2000,
        "中" * 5000,
    ],
)
def test_hostile_texts(text: str) -> None:
    """Nothing is lost, nothing grows without bound."""
    check(windows(text, lines(text)), text, 192)


def test_outside_everywhere_without_marks() -> None:
    """No mark, no quotation."""
    text = "a b c\nd e"
    (window,) = windows(text, lines(text), cut=CUT)
    assert set(window.quoted) == {OUTSIDE}
    assert set(window.quotation) == {0}


def test_a_window_knows_only_its_own() -> None:
    """The same paragraph gives the same window whatever page it stands on, but for its place."""
    text = "“a b,” he said. a b"
    before = "“" + "a " * 27 + "\n"
    (alone,) = windows(text, lines(text), cut=CUT, limit=30)
    first, second = windows(before + text, lines(before + text), cut=CUT, limit=30)
    assert len(first.ids) == 30
    for name in ("ids", "first", "case", "quoted", "place"):
        assert getattr(second, name) == getattr(alone, name)
