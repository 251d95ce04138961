"""Word pieces: as BERT cuts them, at least one a word, in bounded time."""

import time

import pytest

from tocsin.model import pieces as p
from tocsin.model.pieces import Pieces, case_of

VOCABULARY = [
    "[PAD]",
    "[UNK]",
    "[CLS]",
    "[SEP]",
    "treat",
    "##y",
    "##ies",
    "cafe",
    "'",
    "-",
    "s",
    "5",
    "##0",
    "中",
    "😀",
    "n",
    "t",
]


def cut(word: str) -> list[str]:
    """The pieces of a word as text."""
    return [VOCABULARY[number] for number in Pieces(VOCABULARY)(word)[0]]


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("Treaty", "treat ##y"),
        ("TREATIES", "treat ##ies"),
        ("café", "cafe"),
        ("Cafe\u0301", "cafe"),
        ("'s", "' s"),
        ("50-treaty", "5 ##0 - treat ##y"),
        ("treat\u200dy\x00", "treat ##y"),
        ("treat y", "treat [UNK]"),
        ("treatyx", "[UNK]"),
        ("中中", "中 中"),
        ("😀", "😀"),
        ("\u200d", "[UNK]"),
        ("\u0301", "[UNK]"),
    ],
)
def test_cuts(word: str, expected: str) -> None:
    """Longest piece first, no accents, signs apart; a word without any piece is unknown."""
    assert cut(word) == expected.split()


def test_pieces_are_bounded() -> None:
    """Neither a long run nor a run of signs costs more than a fixed time and a fixed number of pieces."""
    begun = time.perf_counter()
    one = Pieces(VOCABULARY)
    for length in range(100_000, 100_200):
        assert one("a" * length)[0] == (one.unknown,)
        assert len(one("-" * length)[0]) == p.MOST
    assert time.perf_counter() - begun < 5


def test_what_is_kept_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    """Words beyond the store's size are cut anew and come out the same."""
    monkeypatch.setattr(p, "KEPT", 2)
    one = Pieces(VOCABULARY)
    first = [one(f"treat{'y' * length}") for length in range(9)]
    assert first == [one(f"treat{'y' * length}") for length in range(9)]
    assert len(vars(one)["_kept"]) == 2


@pytest.mark.parametrize(
    ("word", "case"),
    [
        ("treaty", p.LOWER),
        ("n't", p.LOWER),
        ("Treaty", p.CAPITALISED),
        ("I", p.CAPITALISED),
        ("O’Dell", p.CAPITALISED),
        ("Anglo-Norse", p.CAPITALISED),
        ("U.N.", p.CAPITALS),
        ("AT&T", p.CAPITALS),
        ("McHolm", p.MIXED),
        ("iPad", p.MIXED),
        ("30-year-old", p.DIGITS),
        ("G20", p.DIGITS),
        ("”", p.SIGN),
        ("中", p.LOWER),
    ],
)
def test_case(word: str, case: int) -> None:
    """How a word is written is one of six."""
    assert case_of(word) == case


def test_packaged_vocabulary() -> None:
    """The packaged vocabulary has the special pieces where the encoder learnt them."""
    one = p.pieces()
    assert (one.unknown, one.begin, one.end) == (100, 101, 102)
    assert one("the")[0] == (1996,)
