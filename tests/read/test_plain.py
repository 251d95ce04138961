"""Plain text pages as documents: the text untouched, its lines, and the metadata that it shows."""

import pytest

from tocsin.core.document import Capture
from tocsin.core.when import UNKNOWN
from tocsin.read.plain import READER, read_plain

PAGE = """Council threatens to close docks

May 12, 2031

By Ada Moss

The harbour council of Port Varn said on Tuesday that it would close the eastern docks unless the strike ends this week.

Union leader Bel Orin told reporters that her members would not return to work before the council withdrew its plan.

The council has asked the ministry in the capital for help, and officials there promised an answer by the end of May.
"""


def capture(**given: tuple[str, str]) -> Capture:
    return Capture("0" * 64, "docks.txt", "docks.txt", "docks.txt", "2031-06-01T00:00:00Z", "text/plain", given=given)


def test_what_a_page_shows() -> None:
    doc = read_plain(PAGE, capture())
    assert doc.text == PAGE
    assert doc.title == "Council threatens to close docks"
    assert doc.byline == "Ada Moss"
    assert doc.outlet is None
    assert (doc.published.earliest, doc.published.latest) == ("2031-05-12", "2031-05-12")
    assert doc.reader == READER
    assert [line.label for line in doc.lines if line.end > line.start] == [
        "headline",
        "dateline",
        "byline",
        *["body"] * 3,
    ]


def test_what_is_given_beside_the_page_is_not_looked_at() -> None:
    assert read_plain(PAGE, capture(title=("Other", "option"))).title == "Council threatens to close docks"


def test_line_ends_stay_and_offsets_are_native() -> None:
    text = PAGE.replace("\n", "\r\n")
    doc = read_plain(text, capture())
    assert doc.text == text
    assert text[doc.lines[0].start : doc.lines[0].end] == "Council threatens to close docks"


def test_a_page_without_a_date_is_undated() -> None:
    text = PAGE.replace("May 12, 2031\n\n", "")
    assert read_plain(text, capture()).published == UNKNOWN


def test_lone_surrogates_are_refused() -> None:
    with pytest.raises(UnicodeEncodeError):
        read_plain("half \ud800 a character", capture())
