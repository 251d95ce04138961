"""Word boundaries: those of the treebanks, every sign in one word, linear time."""

import random
import time

import pytest

from tocsin.model.words import words


def cut(text: str) -> list[str]:
    """The words of a sentence as text."""
    return [text[a:b] for a, b in words(text, 0, len(text))]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("He said it wasn't Orlova's.", "He|said|it|was|n't|Orlova|'s|."),
        ("They’re sure we can’t, she said", "They|’re|sure|we|ca|n’t|,|she|said"),
        ("the workers' pay, O'Dell and D’Arc", "the|workers|'|pay|,|O'Dell|and|D’Arc"),
        ("“I cannot,” he said—twice", "“|I|can|not|,|”|he|said|—|twice"),
        (
            "The U.S. and Sen. Holm, R-N.Y., met at 5:30 p.m. on Jan. 5",
            "The|U.S.|and|Sen.|Holm|,|R-N.Y.|,|met|at|5:30|p.m.|on|Jan.|5",
        ),
        ("a U.S.-led force left the U.S.", "a|U.S.-led|force|left|the|U.S|."),
        ("No. 5 says no. 5,000.5 of 3-4 won't", "No.|5|says|no.|5,000.5|of|3-4|wo|n't"),
        ("He said no.", "He|said|no|."),
        (
            "She paid $5m, or 20% of a well-known 30-year-old's",
            "She|paid|$|5m|,|or|20|%|of|a|well-known|30-year-old|'s",
        ),
        (
            "``Yes,'' he said -- slowly ... in the '80s . . . then",
            "``|Yes|,|''|he|said|--|slowly|...|in|the|'80s|. . .|then",
        ),
        (
            "See https://example.com/a?b=1, @holm #strike or a.b@example.org.",
            "See|https://example.com/a?b=1|,|@holm|#strike|or|a.b@example.org|.",
        ),
        ("AT&T and Example.com, and/or J. Lind", "AT&T|and|Example.com|,|and/or|J.|Lind"),
        ("(J. Holm [sic])", "(|J.|Holm|[|sic|]|)"),
    ],
)
def test_boundaries(text: str, expected: str) -> None:
    """Clitics and signs stand alone; short forms, numbers, addresses and hyphened words do not."""
    assert cut(text) == expected.split("|")


def test_other_scripts() -> None:
    """Combining marks stay with their letter, emoji stand alone, right-to-left runs are words."""
    assert cut("cafe\u0301 नमस्ते שָׁלוֹם мир 😀👍🏽!") == ["cafe\u0301", "नमस्ते", "שָׁלוֹם", "мир", "😀", "👍", "🏽", "!"]


def test_only_the_range_is_read() -> None:
    """What lies around the sentence changes nothing."""
    text = "Mr. Holm left. It can't."
    assert [text[a:b] for a, b in words(text, 4, 14)] == ["Holm", "left", "."]


def test_every_sign_is_in_one_word() -> None:
    """On any text, words are in order, apart, never empty, and hold all but white space."""
    random.seed(4)
    runs = ["http://", "www.", "n't", "U.S.", "@", " . . ."]
    signs = [*"aZ9.,'’\"“”-–—/@#:&$!?…()<>_*` \u0301\u200d😀ש中\x00\x83\ufeff ", *runs]
    for _ in range(4000):
        text = "".join(random.choices(signs, k=random.randint(1, 40)))
        found = words(text, 0, len(text))
        covered = [place for a, b in found for place in range(a, b)]
        assert covered == sorted(set(covered)), text
        assert all(a < b for a, b in found), text
        left = set(range(len(text))) - set(covered)
        assert all(text[place].isspace() for place in left), text


@pytest.mark.parametrize(
    "unit",
    [
        "a",
        "a.",
        "A.-",
        "1,",
        "1.",
        "a-",
        "a'",
        "'",
        ". ",
        ".",
        "-",
        "<a",
        "<a ",
        "@",
        "a@",
        "http://",
        "a.com",
        "\u0301",
        "😀",
        "U.S.",
        "a_",
        "中",
        "ש ",
    ],
)
def test_linear_on_hostile_lines(unit: str) -> None:
    """A million signs without mercy take seconds at most."""
    text = unit * (1_000_000 // len(unit))
    begun = time.perf_counter()
    found = words(text, 0, len(text))
    assert time.perf_counter() - begun < 8
    assert found[-1][1] >= len(text.rstrip())
