"""Times on invented pages, resolved against the page's own day or not at all."""

import re
import subprocess
import sys
import time
from datetime import date

import pytest

from tocsin.annotate.sentences import SENTENCES
from tocsin.annotate.times import TIMES, given
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
        ("It fell in December.", "December", "2019-12", "2019-12-01", "2019-12-31"),
        ("It will open in December.", "December", "2020-12", "2020-12-01", "2020-12-31"),
        ("It fell in 2014.", "2014", "2014", "2014-01-01", "2014-12-31"),
        ("It fell in the 1990s.", "the 1990s", "199", "1990-01-01", "1999-12-31"),
        ("She spoke on Thursday.", "Thursday", "2020-08-13", "2020-08-13", "2020-08-13"),
        ("She spoke on Saturday evening.", "Saturday evening", "2020-08-15TEV", "2020-08-15", "2020-08-15"),
        ("She spoke last Saturday.", "last Saturday", "2020-08-08", "2020-08-08", "2020-08-08"),
        ("She spoke last week.", "last week", "2020-W32", "2020-08-03", "2020-08-09"),
        ("She spoke last month.", "last month", "2020-07", "2020-07-01", "2020-07-31"),
        ("She spoke three days ago.", "three days ago", "2020-08-12", "2020-08-12", "2020-08-12"),
        ("She spoke late last week.", "late last week", "2020-W32", "2020-08-07", "2020-08-09"),
        ("It ends by the end of the month.", "the end of the month", "2020-08", "2020-08-31", "2020-08-31"),
        ("It lasted until the winter of 2015.", "the winter of 2015", "2015-WI", "2015-12-01", "2016-02-29"),
        ("Output fell in the third quarter.", "the third quarter", "2020-Q3", "2020-07-01", "2020-09-30"),
        ("They will meet on the eighteenth.", "the eighteenth", "2020-08-18", "2020-08-18", "2020-08-18"),
        (
            "They met on Saturday at ten past eleven at night.",
            "Saturday at ten past eleven at night",
            "2020-08-15T23:10",
            "2020-08-15",
            "2020-08-15",
        ),
        (
            "The deadline is noon on September 30.",
            "noon on September 30",
            "2020-09-30T12:00",
            "2020-09-30",
            "2020-09-30",
        ),
        ("She spoke yesterday.", "yesterday", "2020-08-14", "2020-08-14", "2020-08-14"),
        ("It was so before the Sept. 11 attacks.", "Sept. 11", "2001-09-11", "2001-09-11", "2001-09-11"),
        ("It was so before 9/11, they say.", "9/11", "2001-09-11", "2001-09-11", "2001-09-11"),
        ("It rained here on Sept. 11.", "Sept. 11", "2020-09-11", "2020-09-11", "2020-09-11"),
    ],
)
def test_resolved(text: str, words: str, value: str, earliest: str, latest: str) -> None:
    ((shown, found),) = times(text)
    assert (shown, found.value, found.when.earliest, found.when.latest) == (words, value, earliest, latest)
    assert found.when.reasons


def test_a_weekday_lies_where_the_tense_points() -> None:
    values = [times(text)[0][1].value for text in (
        "The council will meet on Thursday.",
        "The council met on Thursday.",
        "She said on Thursday that it would rain.",
        "The council is to meet on Thursday, she said.",
        "It has been closed since Thursday.",
        "She gave them until Thursday to answer.",
        "A rise in prices by Thursday.",
        "She has toured the coast ahead of Thursday's vote.",
        "By Thursday the port had another master.",
        "By Thursday, she said, the port would open.",
        "She will have Col. Pavel Dahl (ret.) on the air Thursday.",
    )]  # fmt: skip
    past, ahead = "2020-08-13", "2020-08-20"
    assert values == [ahead, past, past, ahead, past, ahead, ahead, ahead, past, ahead, ahead]


def test_an_hour_long_after_the_pages_own_was_the_evening_before() -> None:
    at_dawn = When("2020-08-15T05:00:00Z", "2020-08-15T05:00:00Z")
    text = "Thousands had come to the square by 10 p.m., and some slept there."
    assert [found.value for _, found in times(text, at_dawn)] == ["2020-08-14T22:00"]
    assert [found.value for _, found in times(text)] == ["2020-08-15T22:00"]
    assert [found.value for _, found in times("They will meet at 10 p.m. here.", at_dawn)] == ["2020-08-15T22:00"]


def test_a_limit_ends_so_long_after_the_page() -> None:
    ((_, found),) = times("It will answer within two weeks.")
    assert (found.value, found.when.earliest, found.when.latest) == ("P2W", "2020-08-15", "2020-08-29")
    ((_, found),) = times("It was answered within two weeks.")
    assert (found.value, found.when.earliest) == ("P2W", None)


@pytest.mark.parametrize("words", ["yesterday", "last week", "Thursday", "August 9", "two days ago"])
def test_nothing_is_guessed_on_a_page_without_a_day(words: str) -> None:
    ((_, found),) = times(f"They met on {words}.", UNKNOWN)
    assert (found.when.earliest, found.when.latest) == (None, None)
    assert found.when.reasons


@pytest.mark.parametrize("text", [
    "It ran for [three days|DURATION|P3D], [every week|SET|P1W].",
    "He earns $900 [a month|SET|P1M] and works [half an hour|DURATION|PT30M].",
    "The [63-year-old|DURATION|P63Y] waited [more than two hours|DURATION|PT2H].",
    "They wait for [weeks|DURATION|PXW], on [Sundays|SET|XXXX-WXX-7].",
    "After [twenty-two years|DURATION|P22Y] it took [two and a half years|DURATION|P2.5Y] more.",
    "He has said so over [the past year|DURATION|P1Y], in [recent years|DATE|PAST_REF].",
    "[A few years ago|DATE|PAST_REF] it was new; in [the 19th century|DATE|18] it was not.",
])  # fmt: skip
def test_lengths_sets_and_references(text: str) -> None:
    plain, marked = unmarked(text)
    found = [(shown, one.type, one.value) for shown, one in times(plain)]
    assert found == marked


def unmarked(text: str) -> tuple[str, list[tuple[str, ...]]]:
    marks = [tuple(mark.split("|")) for mark in re.findall(r"\[([^\]]*)\]", text)]
    return re.sub(r"\[([^|\]]*)\|[^\]]*\]", r"\1", text), marks


def test_numbers_and_names_are_no_times() -> None:
    assert times("In 2,014 cases, of 1500 people, Russia Today reported it; they may march and sat down.") == []


def test_impossible_dates_are_left() -> None:
    assert all(one.value == "2020" for _, one in times("It fell on 2020-13-45, that is February 31, 2020."))


def test_marks_of_a_transcript_are_no_times() -> None:
    assert times("00:41 A. Lind: They came at noon")[0][0] == "noon"


@pytest.mark.parametrize(("text", "value"), [
    ("The vote was on [Nov. 3, 1998].", "1998-11-03"),
    ("It came at [2:30 p.m. Monday].", "2020-08-10T14:30"),
    ("They spoke of [the year-ago quarter].", "2019-Q3"),
    ("He died [two days later], on a Friday.", "2020-08-17"),
    ("It stood for [a quarter century].", "P25Y"),
    ("Since [nineteen ninety-eight] nothing moved.", "1998"),
    ("That was [the late '60s].", "196"),
    ("It is [fiscal 1998] money.", "FY1998"),
    ("He is [now] there, and [soon] gone.", "PRESENT_REF FUTURE_REF"),
    ("[Last Tuesday] they met; [two weeks ago] not.", "2020-08-11 2020-W31"),
    ("They meet [twice a year], [each Monday] and [Saturday nights].", "P1Y XXXX-WXX-1 XXXX-WXX-6TNI"),
    ("[Thanksgiving] was cold, [Christmas Eve] was not.", "2019-11-28 2019-12-24"),
    ("[Christmas 1997] was warm.", "1997-12-25"),
    ("[19990131] and [02-13-98 0959EST] are stamps.", "1999-01-31 1998-02-13T09:59"),
    ("From March 17 to [20] it rained.", "2020-03-20"),
    ("It was [gibberish indeed].", "PAST_REF"),
])  # fmt: skip
def test_given_spans_always_get_a_value(text: str, value: str) -> None:
    plain, spans = re.sub(r"[\[\]]", "", text), []
    for k, mark in enumerate(re.finditer(r"\[[^\]]*\]", text)):
        spans.append((mark.start() - 2 * k, mark.end() - 2 * k - 2))
    found = given(plain, spans, date(2020, 8, 15))
    assert " ".join(str(one.value) for one in found) == value


def test_given_spans_without_a_day() -> None:
    (found,) = given("They met on Thursday.", [(12, 20)], None)
    assert (found.value, set(found.when.weekdays), found.when.earliest) == ("XXXX-WXX-4", {3}, None)


def test_that_day_is_the_last_date_mentioned() -> None:
    found = [one.value for _, one in times("It fell on August 1. That day it rained; two days later it snowed.")]
    assert found == ["2020-08-01", "2020-08-01", "2020-08-03"]


def test_dateparser_is_loaded_only_when_needed() -> None:
    code = "import sys, tocsin.annotate.times as t; t.longest; sys.exit('dateparser' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


@pytest.mark.parametrize(
    "piece",
    [
        "Monday ",
        "1",
        "in ",
        "a few ",
        "999 years ago ",
        "May 1 ",
        "the the ",
        "last ",
        "twenty ",
        "two and a half ",
        "at ",
    ],
)
def test_hostile_lines_take_linear_time(piece: str) -> None:
    began = time.perf_counter()
    times(piece * (150_000 // len(piece)))
    assert time.perf_counter() - began < 20
