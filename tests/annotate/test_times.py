"""Times on invented pages, resolved against the page's own day or not at all."""

import subprocess
import sys
import time

import pytest

from tocsin.annotate.sentences import SENTENCES
from tocsin.annotate.times import TIMES
from tocsin.core.annotations import TimeExpression
from tocsin.core.document import Capture, Document, Line
from tocsin.core.when import UNKNOWN, When

CAPTURE = Capture("0" * 64, "p", "p", "p", "2020-01-01T00:00:00Z", "text/plain")
SATURDAY = When("2020-08-15", "2020-08-15")


def times(text: str, published: When = SATURDAY) -> list[tuple[str, TimeExpression]]:
    doc = Document.of(text, CAPTURE, (Line(0, len(text), "body"),), published=published)
    doc = doc.with_layer(SENTENCES(doc))
    return [(doc[found.span], found) for found in TIMES(doc).annotations]


@pytest.mark.parametrize(
    ("text", "words", "value", "earliest", "latest"),
    [
        ("It fell on 2020-08-01.", "2020-08-01", "2020-08-01", "2020-08-01", "2020-08-01"),
        ("It fell on August 9, 2019.", "August 9, 2019", "2019-08-09", "2019-08-09", "2019-08-09"),
        ("It fell on 9 August.", "9 August", "2020-08-09", "2020-08-09", "2020-08-09"),
        ("It fell on Aug. 9 in town.", "Aug. 9", "2020-08-09", "2020-08-09", "2020-08-09"),
        ("It fell in December.", "December", "2020-12", "2020-12-01", "2020-12-31"),
        ("It fell in 2014.", "2014", "2014", "2014-01-01", "2014-12-31"),
        ("It fell in the 1990s.", "1990s", "199", "1990-01-01", "1999-12-31"),
        ("She spoke on Thursday.", "Thursday", "2020-08-13", "2020-08-13", "2020-08-13"),
        ("She spoke on Saturday evening.", "Saturday evening", "2020-08-15", "2020-08-15", "2020-08-15"),
        ("She spoke last Saturday.", "last Saturday", "2020-08-08", "2020-08-08", "2020-08-08"),
        ("She spoke last week.", "last week", "2020-W32", "2020-08-03", "2020-08-09"),
        ("She spoke last month.", "last month", "2020-07", "2020-07-01", "2020-07-31"),
        ("She spoke three days ago.", "three days ago", "2020-08-12", "2020-08-12", "2020-08-12"),
        ("She spoke yesterday.", "yesterday", "2020-08-14", "2020-08-14", "2020-08-14"),
    ],
)
def test_resolved(text: str, words: str, value: str, earliest: str, latest: str) -> None:
    ((shown, found),) = times(text)
    assert (shown, found.value, found.when.earliest, found.when.latest) == (words, value, earliest, latest)
    assert found.when.reasons


def test_a_weekday_that_may_lie_ahead_is_not_narrowed() -> None:
    ((_, found),) = times("The council will meet on Thursday.")
    assert (found.when.earliest, found.when.latest) == ("2020-08-13", "2020-08-20")
    assert found.when.weekdays == {3}


@pytest.mark.parametrize("words", ["yesterday", "last week", "Thursday", "August 9", "two days ago"])
def test_nothing_is_guessed_on_a_page_without_a_day(words: str) -> None:
    ((_, found),) = times(f"They met on {words}.", UNKNOWN)
    assert (found.when.earliest, found.when.latest) == (None, None)
    assert found.when.reasons


def test_lengths_and_returns() -> None:
    kinds = {shown: (found.type, found.value) for shown, found in times("It ran for three days, every week.")}
    assert kinds == {"three days": ("DURATION", "P3D"), "every week": ("SET", None)}


def test_numbers_and_names_are_no_times() -> None:
    assert times("In 2,014 cases, of 1500 people, Russia Today reported it; they may march and sat down.") == []


def test_impossible_dates_are_left() -> None:
    assert times("It fell on 2020-13-45, that is February 31, 2020.") == []


def test_dateparser_is_loaded_only_when_needed() -> None:
    code = "import sys, tocsin.annotate.times as t; t.words(); sys.exit('dateparser' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


@pytest.mark.parametrize("piece", ["Monday ", "1", "in ", "a few ", "999 years ago ", "May 1 "])
def test_hostile_lines_take_linear_time(piece: str) -> None:
    began = time.perf_counter()
    times(piece * (300_000 // len(piece)))
    assert time.perf_counter() - began < 20
