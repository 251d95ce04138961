"""What pages show about themselves: titles, outlets, names, agencies and dates, on invented lines."""

import pytest

from tocsin.core.document import Label, Line
from tocsin.read.outlets import outlet_named, split_title
from tocsin.read.page_dates import dates_in, is_date_line
from tocsin.read.page_metadata import PageMetadata, from_lines

BODY = (
    "The harbour council of Port Varn said on August 16 that it would close the eastern docks unless the strike ends."
)


def read(*lines: tuple[Label, str]) -> PageMetadata:
    """The metadata of a page whose lines are labelled so."""
    text, found = "", []
    for label, words in lines:
        found.append(Line(len(text), len(text) + len(words), label))
        text += words + "\n"
    return from_lines(text, tuple(found))


def test_a_page_that_shows_nothing() -> None:
    assert read(("body", BODY)) == PageMetadata()


@pytest.mark.parametrize(
    ("title", "bare", "outlet"),
    [
        ("Council threatens to close docks – NBC News", "Council threatens to close docks", "NBC News"),
        ("Council threatens to close docks | Harbour Post", "Council threatens to close docks", "Harbour Post"),
        ("Council threatens to close docks - dw.com", "Council threatens to close docks", "Deutsche Welle"),
        ("Docks – a harbour holds its breath", "Docks – a harbour holds its breath", None),
    ],
)
def test_the_outlet_behind_a_title(title: str, bare: str, outlet: str | None) -> None:
    assert split_title(title) == (bare, outlet)
    shown = read(("headline", title), ("body", BODY))
    assert (shown.title, shown.outlet) == (bare, outlet)


@pytest.mark.parametrize(
    ("label", "line", "outlet"),
    [
        ("navigation", "3. Skip to more DW sites", "Deutsche Welle"),
        (
            "biography",
            "Bel Orin is the Managing Editor of Varn Harbour News. A former docker, she lives by the sea.",
            "Varn Harbour News",
        ),
        ("notice", "© 2031 Guardian News & Media Limited or its affiliated companies.", "The Guardian"),
    ],
)
def test_lines_that_name_the_outlet(label: Label, line: str, outlet: str) -> None:
    shown = read(("headline", "Docks to close"), ("body", BODY), (label, line))
    assert shown.outlet == outlet
    assert any("outlet" in note for note in shown.notes)


def test_an_outlet_that_the_article_cites_is_not_the_page_s() -> None:
    assert read(("body", "Ada Moss told The New York Times that she would stay."), ("body", BODY)).outlet is None


def test_an_agency_is_no_outlet() -> None:
    assert read(("biography", "Bel Orin is a reporter for Reuters."), ("body", BODY)).outlet is None


def test_names_of_one_outlet() -> None:
    assert outlet_named("DW") == outlet_named("www.dw.com") == outlet_named("Deutsche Welle") == "Deutsche Welle"
    assert outlet_named("Harbour Post") is None


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ("By Ada Moss", "Ada Moss"),
        ("Ada Moss", "Ada Moss"),
        ("By Ada Moss and Bel Orin, Staff Writers", "Ada Moss and Bel Orin"),
        ("By Ada Moss | 4:30 PM on December 21, 2031", "Ada Moss"),
        ("By Joost van der Berg", "Joost van der Berg"),
        ("Staff report", None),
    ],
)
def test_bylines(line: str, name: str | None) -> None:
    assert read(("byline", line), ("body", BODY)).byline == name


def test_by_on_a_line_of_its_own() -> None:
    assert read(("byline", "By"), ("byline", "Ada Moss"), ("body", BODY)).byline == "Ada Moss"


def test_the_author_box_names_the_author() -> None:
    shown = read(("body", BODY), ("biography", "Bel Orin is the managing editor of Varn Harbour News."))
    assert shown.byline == "Bel Orin"


def test_agencies_are_credits() -> None:
    assert read(("body", BODY), ("notice", "bo/am (AP, AFP, Reuters, dpa)")).credits == ("AP", "AFP", "Reuters", "dpa")
    assert read(("body", BODY), ("notice", "The Associated Press contributed to this report.")).credits == ("AP",)
    assert read(("body", BODY + " (AP)")).credits == ()


@pytest.mark.parametrize(
    ("line", "earliest", "latest"),
    [
        ("August 15, 2020", "2020-08-15", "2020-08-15"),
        ("Published on Sat, 15 Aug. 2020", "2020-08-15", "2020-08-15"),
        ("15th of August 2020", "2020-08-15", "2020-08-15"),
        ("2020-08-15", "2020-08-15", "2020-08-15"),
        ("15.08.2020", "2020-08-15", "2020-08-15"),
        ("08/15/2020", "2020-08-15", "2020-08-15"),
        ("03/04/2020", "2020-03-04", "2020-04-03"),
        ("04.03.2020", "2020-03-04", "2020-03-04"),
        ("Published: 2020-08-15T09:30:00+02:00", "2020-08-15T07:30:00Z", "2020-08-15T07:30:00Z"),
        ("August 15, 2020 11:47 pm EDT", "2020-08-16T03:47:00Z", "2020-08-16T03:47:00Z"),
        ("August 15, 2020 11:47 am", "2020-08-15", "2020-08-15"),
        ("August 15, 2020 11:47 am IST", "2020-08-15", "2020-08-15"),
        ("Published On 22 Dec 202322 Dec 2023", "2023-12-22", "2023-12-22"),
        ("Updated August 15, 2020", None, "2020-08-15"),
        ("February 30, 2020", None, None),
        ("99/99/2020", None, None),
        ("2 hours ago", None, None),
        ("Thursday", None, None),
    ],
)
def test_dates_beside_the_article(line: str, earliest: str | None, latest: str | None) -> None:
    when = read(("headline", "Docks to close"), ("dateline", line), ("body", BODY)).published
    assert (when.earliest, when.latest) == (earliest, latest)
    assert bool(when.reasons) == (latest is not None)


def test_published_is_preferred_to_updated() -> None:
    shown = read(("dateline", "Updated May 14, 2031"), ("dateline", "Published May 12, 2031"), ("body", BODY))
    assert shown.published.earliest == shown.published.latest == "2031-05-12"


def test_dates_in_the_article_and_far_from_it_are_not_the_page_s() -> None:
    far = [("promotion", f"Another story, number {number}") for number in range(12)]
    shown = read(("body", "On May 3, 2031 the docks closed. " + BODY), *far, ("dateline", "May 12, 2031"))  # type: ignore[arg-type]
    assert shown.published.latest is None


def test_an_ambiguous_day_says_so() -> None:
    when = read(("dateline", "03/04/2020"), ("body", BODY)).published
    assert "could be either" in when.reasons[0]


@pytest.mark.parametrize(
    "line", ["August 15, 2020", "Published 15 August 2020, 12:00 CET | 3 min read", "Sat 15 Aug 2020 09.30 BST"]
)
def test_date_lines(line: str) -> None:
    assert is_date_line(line)


@pytest.mark.parametrize(
    "line", ["On August 15, 2020 the docks closed", "August 15, 2020: the docks close", "15 dockers", "1990-2020"]
)
def test_lines_that_are_no_dates(line: str) -> None:
    assert not is_date_line(line)


def test_dates_keep_their_words() -> None:
    (found,) = dates_in("Last updated: May 12, 2031, noon")
    assert found.updated and found.words.startswith("Last updated: May 12, 2031")


@pytest.mark.parametrize(
    ("line", "byline", "credited"),
    [
        ("By M. MOSS, Associated Press", "M. Moss", ("AP",)),
        ("By ADA MOSS and BEL O'RIN, Associated Press", "Ada Moss and Bel O'Rin", ("AP",)),
        ("Ada Moss in Port Varn and Bel Orin in Lodva", "Ada Moss and Bel Orin", ()),
        ("Posted on 14 August 2031 by A. Moss", "A. Moss", ()),
        ("AFP and staff", None, ("AFP",)),
        ("REUTERS", None, ("Reuters",)),
    ],
)
def test_agencies_are_credits_and_persons_bylines(line: str, byline: str | None, credited: tuple[str, ...]) -> None:
    shown = read(("headline", "Docks to close"), ("byline", line), ("body", BODY))
    assert (shown.byline, shown.credits) == (byline, credited)


def test_an_agency_does_not_win_over_a_person() -> None:
    shown = read(("byline", "REUTERS"), ("headline", "Docks to close"), ("byline", "Ada Moss"), ("body", BODY))
    assert (shown.byline, shown.credits) == ("Ada Moss", ("Reuters",))


@pytest.mark.parametrize(
    ("begins", "credited"),
    [
        ("PORT VARN (AP) — ", ("AP",)),
        ("LODVA, May 3 (Interfax) - ", ("Interfax",)),
        ("Lodva (AFP) – ", ("AFP",)),
        ("The union (AP) and the council met; ", ()),
        ("LODVA (Varn Press) - ", ()),
    ],
)
def test_the_agency_that_a_report_begins_with(begins: str, credited: tuple[str, ...]) -> None:
    shown = read(("headline", "Docks to close"), ("body", begins + BODY), ("body", BODY))
    assert shown.credits == credited
    assert any("credit" in note for note in shown.notes) == bool(credited)


@pytest.mark.parametrize(
    ("line", "credited"),
    [
        ("© Agence France-Presse", ("AFP",)),
        ("© 2031 AFP", ("AFP",)),
        ("(Voice of America, 3.5.2031)", ("Voice of America",)),
    ],
)
def test_notices_that_credit(line: str, credited: tuple[str, ...]) -> None:
    shown = read(("body", BODY), ("notice", line))
    assert (shown.credits, shown.outlet) == (credited, None)


@pytest.mark.parametrize(
    ("head", "foot", "outlet"),
    [
        ("VARN WATCH", "© 2031 Varn Watch. All rights reserved.", "Varn Watch"),
        ("The Varn Signal", "© Varn Signal Ltd 2031", "The Varn Signal"),
        ("The Varn Signal", "© 2031 Orin Holdings", None),
        ("WordPress", "© 2031 WordPress", None),
        ("Reuters", "© 2031 Reuters", None),
        ("Home", "© 2031 Lodva Tribune. Copying only with a link.", "Lodva Tribune"),
        ("Home", "© 2031 Lodva Holdings", None),
        ("The Varn Free Sheet", "The Varn Free Sheet is published by its readers.", "The Varn Free Sheet"),
    ],
)
def test_a_copyright_and_the_top_of_the_page_agree(head: str, foot: str, outlet: str | None) -> None:
    shown = read(("navigation", head), ("headline", "Docks to close"), ("body", BODY), ("notice", foot))
    assert shown.outlet == outlet


def test_the_articles_own_reporters_name_the_outlet_at_the_top() -> None:
    told, seen = "“We stay,” she told Longsound.", "Longsound correspondents saw no ships."
    for body, outlet in (((told, seen), "Longsound"), ((told,), None), ((seen,), None)):
        lines: list[tuple[Label, str]] = [("body", words) for words in body]
        assert read(("navigation", "Longsound"), ("headline", "Docks to close"), *lines).outlet == outlet


def test_a_breadcrumb_is_no_part_of_the_title() -> None:
    assert (
        read(("headline", "World » Council threatens to close docks"), ("body", BODY)).title
        == "Council threatens to close docks"
    )


def test_a_date_that_the_first_paragraph_begins_with() -> None:
    shown = read(("headline", "Docks to close"), ("body", "Nov, 23rd 2030 – " + BODY)).published
    assert (shown.earliest, shown.latest) == ("2030-11-23", "2030-11-23")
    assert read(("body", "On 23 November 2030 the council met. " + BODY)).published.earliest is None


def test_a_name_with_glued_words_gives_way_to_the_name() -> None:
    shown = read(("byline", "By Ada Mossarchive page"), ("byline", "Ada Moss"), ("body", BODY))
    assert shown.byline == "Ada Moss"
