"""Outlets by address and by the head of a page."""

import time

import pytest

from tocsin.core.document import Label, Line
from tocsin.read.hosts import at_top, by_address, labels, owned
from tocsin.read.outlets import find_outlet

Page = tuple[str, tuple[Line, ...]]


def page(*lines: tuple[Label, str]) -> Page:
    out, start = [], 0
    for label, line in lines:
        out.append(Line(start, start + len(line), label))
        start += len(line) + 1
    return "\n".join(line for _, line in lines), tuple(out)


ARTICLE: tuple[Label, str] = ("body", "The port closed at noon, the harbour master told the Lake Wire.")


@pytest.mark.parametrize(
    ("line", "address", "name"),
    [
        ("Follow Harbour Post on Chirp", "https://www.harbourpost.example/a/1", "Harbour Post"),
        ("Log in to shore.city", "https://shore.city.example/a", "shore.city"),
        ("© 2018 Radio Lake International", "https://p.rli.example/x", "Radio Lake International"),
        ("HARBOUR POST", "https://harbour-post.example/a", "HARBOUR POST"),
    ],
)
def test_an_address_that_spells_a_name_on_the_page(line: str, address: str, name: str) -> None:
    text, lines = page(ARTICLE, ("notice", line))
    assert find_outlet(text, lines, None, address=address)[0] == name


@pytest.mark.parametrize(
    ("line", "address"),
    [
        ("All rights reserved", "https://harbourpost.example/a"),  # the page does not show it
        ("Follow the News", "https://news.example/a"),
        ("Ministry of Velta", "https://mfa.velta.example/a"),
        ("Harbour Post", "pages/harbourpost.txt"),
        ("a harbour post", "https://harb.example/a"),
    ],
)
def test_what_an_address_does_not_say(line: str, address: str) -> None:
    text, lines = page(ARTICLE, ("notice", line))
    assert by_address(text, lines, address, []) is None


def test_labels_of_hosts() -> None:
    assert labels("https://shore.city.example:80/a") == ["shorecity", "shore", "city"]
    assert labels("http://www.bbc.co.uk/news") == ["wwwbbc", "bbcco", "bbc"]
    assert labels("a/b.txt") == []


def test_the_top_of_a_page_and_another_sign() -> None:
    top: tuple[Label, str] = ("navigation", "Port Echo - The harbour in your language")
    text, lines = page(top, ARTICLE, ("notice", "Translated by Port Echo. All rights reserved."))
    assert at_top(text, lines) == "Port Echo"
    assert owned(text, lines, "Port Echo")
    assert find_outlet(text, lines, None)[0] == "Port Echo"
    assert find_outlet(*page(top, ARTICLE), None)[0] is None


def test_sections_are_no_outlets() -> None:
    text, lines = page(("navigation", "World"), ARTICLE, ("notice", "More from World"), ("notice", "About World"))
    assert find_outlet(text, lines, None) == (None, None)


def test_the_markups_title_and_a_line_of_its_own() -> None:
    text, lines = page(("navigation", "Port Echo"), ARTICLE)
    assert find_outlet(text, lines, None, head="Port shut // Port Echo")[0] == "Port Echo"
    assert find_outlet(text, lines, None, head="Port shut - a long look back")[0] is None


def test_the_years_of_a_copyright_line() -> None:
    text, lines = page(("navigation", "PORT ECHO"), ARTICLE, ("notice", "© 2009–2018 Port Echo. Registered."))
    assert find_outlet(text, lines, None)[0] == "Port Echo"


@pytest.mark.parametrize("piece", ["a", "ab.", "h a r b o u r ", "Harbour-", "A b "])
def test_hostile_pages_take_linear_time(piece: str) -> None:
    began = time.perf_counter()
    address = f"https://{'harbour' * 5}.example/{piece * 1000}"
    for lines in ([("notice", piece * (1_000_000 // len(piece)))], [("notice", piece)] * 50_000):
        text, labelled = page(*lines)  # type: ignore[arg-type]
        find_outlet(text, labelled, None, address=address, head=piece * 1000)
    assert time.perf_counter() - began < 10
