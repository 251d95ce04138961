"""The labeller on small invented pages: what is article stays, what is not is told apart, nothing moves."""

import time

import pytest

from tocsin.core.document import BODY_LABELS, LABELS
from tocsin.read.labels import label_lines, relabel

LEAD = "The harbour council of Port Varn said on Tuesday that it would close the eastern docks unless the strike ends."
SECOND = "Union leader Ada Moss told reporters that her members would not return before the council withdrew its plan."
QUOTE = "“We are ready,” she said."
THIRD = "The council has asked the ministry in the capital for help; officials promised an answer by the end of May."
FOURTH = (
    "Ships have been waiting outside the bay since Friday, and traders say that fruit worth millions could be lost."
)
CREDIT = "Photo: Bel Orin / Varn Press"


def labels(text: str) -> list[tuple[str, str]]:
    """(label, words) of the non-blank lines."""
    return [(line.label, shown) for line in label_lines(text) if (shown := text[line.start : line.end].strip())]


def label_of(text: str, begins: str) -> str:
    """The label of the first line that begins with some words."""
    return next(label for label, shown in labels(text) if shown.startswith(begins))


def page(*between: str) -> str:
    """A page with a menu, a headline and an article, with `between` set between its second and third paragraph."""
    top = ["Home", "World", "Politics", "Sign in", "", "Council threatens to close the eastern docks", ""]
    foot = ["", "Most read", "Privacy policy", "Terms of use"]
    return "\n".join([*top, LEAD, "", SECOND, "", *between, QUOTE, "", THIRD, "", FOURTH, *foot])


def test_every_line_comes_back_once_with_its_native_offsets() -> None:
    text = "one\r\ntwo\n\rthree\r\n\u2028four\x0cfive"
    lines = label_lines(text)
    assert [text[line.start : line.end] for line in lines] == ["one", "two", "", "three", "\u2028four\x0cfive"]
    assert all(line.label in LABELS for line in lines)
    assert lines[2].label == "other"


@pytest.mark.parametrize("text", ["", "\n", "\n\n \n"])
def test_nothing_to_read_is_other(text: str) -> None:
    assert {line.label for line in label_lines(text)} <= {"other"}


def test_article_is_told_from_menu_and_foot() -> None:
    text = page()
    for words in (LEAD, SECOND, QUOTE, THIRD, FOURTH):
        assert label_of(text, words) == "body"
    assert label_of(text, "Council threatens") == "headline"
    for words in ("Home", "Politics", "Most read", "Privacy policy"):
        assert label_of(text, words) not in BODY_LABELS


@pytest.mark.parametrize(
    "call",
    [
        "Read more: Docks at dawn, a reporter's diary",
        "Sign up for our newsletter",
        "Donate to keep us independent [ACT NOW]",
    ],
)
def test_paragraphs_around_a_promotion_stay(call: str) -> None:
    text = page(call, "")
    assert label_of(text, call) == "promotion"
    assert label_of(text, SECOND) == label_of(text, QUOTE) == "body"


def test_caption_above_its_credit() -> None:
    text = page("Cranes in the harbour of Port Varn", CREDIT, "")
    assert label_of(text, "Cranes") == label_of(text, "Photo:") == "caption"


@pytest.mark.parametrize("tail", ["Ada Orin / AFP – Getty Images file", "Bel Moss / AP", "Reuters"])
def test_caption_with_its_credit_glued_on(tail: str) -> None:
    text = page(f"Workers wait at the gates of the eastern docks on Monday.{tail}", "")
    assert label_of(text, "Workers wait") == "caption"


def test_caption_that_stands_twice() -> None:
    caption = "Dockers at the gates of Port Varn after the council's vote. (file photo)"
    assert [label for label, shown in labels(page(caption, caption, "")) if shown == caption] == ["caption"] * 2


def test_subhead_inside_the_article_is_kept() -> None:
    assert label_of(page("A council divided", ""), "A council divided") == "subhead"


def test_signed_pull_quote() -> None:
    pulled = "Her members would not return before the council withdrew its plan."
    text = page(pulled, "-- Union leader Ada Moss", "")
    assert label_of(text, pulled) == label_of(text, "-- Union") == "pullquote"


def test_readers_comments_to_the_end() -> None:
    comments = [
        "",
        "2 Comments",
        "Jo Tarn",
        "1 year ago",
        "The council should resign at once, all of them, and the sooner the better.",
    ]
    text = "\n".join(["Docks to close", "", LEAD, "", SECOND, "", THIRD, "", FOURTH, *comments])
    assert [label for label, _ in labels(text)][-4:] == ["comment"] * 4
    assert label_of(text, FOURTH) == "body"


def test_author_box_and_notice() -> None:
    box = "Bel Orin is the managing editor of Varn Press. She has reported on harbours for twenty years."
    text = "\n".join(["Docks to close", "", LEAD, "", SECOND, "", THIRD, "", FOURTH, "", box, "", "bo/am (AP, dpa)"])
    assert label_of(text, "Bel Orin is") == "biography"
    assert label_of(text, "bo/am") == "notice"


def test_author_box_under_its_name() -> None:
    box = "Bel Orin is a harbour journalist covering Varn and the islands. He has written for many newspapers there."
    text = "\n".join(["Docks to close", "", LEAD, "", SECOND, "", THIRD, "", FOURTH, "", "Bel Orin", "", box])
    assert label_of(text, "Bel Orin is") == label_of(text, "Bel Orin") == "biography"


def test_a_speaker_s_office_in_the_last_paragraph_is_no_author_box() -> None:
    last = (
        "“They will not sail,” said Jo Tarn. Jo Tarn is a professor and author who has studied the harbour for years."
    )
    text = "\n".join(["Docks to close", "", LEAD, "", SECOND, "", THIRD, "", FOURTH, "", last])
    assert label_of(text, "“They will not sail") == "body"


def test_standfirst_set_apart_by_date_and_caption() -> None:
    stand = "The council of Port Varn has given dockers until Sunday. Their union calls the plan an insult."
    top = [
        "Council threatens to close the eastern docks",
        "",
        "May 12, 2031",
        "",
        stand,
        "",
        "The harbour of Port Varn",
        CREDIT,
        "",
    ]
    text = "\n".join([*top, LEAD, "", SECOND, "", THIRD, "", FOURTH])
    assert label_of(text, "May 12") == "dateline"
    assert label_of(text, "The council of Port Varn has") in ("standfirst", "body")
    assert label_of(text, "The harbour of") == "caption"
    assert label_of(text, LEAD) == "body"


@pytest.mark.parametrize("joint", ["\n\n", "\n", "\r\n\r\n", " "])
def test_a_bare_article_is_all_body(joint: str) -> None:
    text = joint.join([LEAD, SECOND, QUOTE, THIRD, FOURTH])
    assert {label for label, _ in labels(text)} == {"body"}


@pytest.mark.parametrize("width", [45, 72])
def test_a_hard_wrapped_article_is_all_body(width: int) -> None:
    import textwrap

    text = "\n\n".join(textwrap.fill(paragraph, width) for paragraph in (LEAD, SECOND, THIRD, FOURTH, LEAD, SECOND))
    assert {label for label, _ in labels(text)} == {"body"}


def test_known_lines_keep_their_half() -> None:
    text = page("Read more: Docks at dawn", "")
    ranges = [(line.start, line.end) for line in label_lines(text)]
    for known in (True, False):
        lines = relabel(text, ranges, [known] * len(ranges))
        shown = [line for line in lines if text[line.start : line.end].strip()]
        assert all((line.label in BODY_LABELS) == known for line in shown)


def test_known_halves_are_labelled_finely() -> None:
    text = page("Read more: Docks at dawn", "")
    ranges = [(line.start, line.end) for line in label_lines(text)]
    article = {LEAD, SECOND, QUOTE, THIRD, FOURTH}
    lines = relabel(text, ranges, [text[start:end] in article for start, end in ranges])
    found = {text[line.start : line.end]: line.label for line in lines}
    assert found["Council threatens to close the eastern docks"] == "headline"
    assert found["Read more: Docks at dawn"] == "promotion"
    assert found[QUOTE] == "body"


def test_same_page_same_labels() -> None:
    text = page("Cranes in the harbour", CREDIT, "")
    assert label_lines(text) == label_lines(text)


HOSTILE = {
    "one line": "word " * 200_000,
    "one word": "a" * 1_000_000,
    "quotes": "“" * 1_000_000,
    "short lines": "".join(f"line {number}\n" for number in range(50_000)),
    "credits": "Photo: AP\n" * 50_000,
    "comments": f"{LEAD}\n" * 50 + "Leave a Reply\n" * 50_000,
    "bylines": ("By " + "A B " * 90 + "\n") * 2_000,
    "hyphens": ("said." + "A-" * 150 + "\n") * 2_000,
    "dates": "12 May 2020 12:00 am am am pm pm am am am pm am pm x\n" * 20_000,
}


@pytest.mark.slow
@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_pages_take_seconds(name: str) -> None:
    begun = time.perf_counter()
    lines = label_lines(HOSTILE[name])
    # About 0.1 ms a line on one free core; anything worse than linear takes minutes.
    assert time.perf_counter() - begun < 40
    assert lines[-1].end == len(HOSTILE[name].rstrip("\n"))


MENU = ("Home", "World", "Politics", "Sign in", "")
FOOT = ("", "Most read", "Privacy policy", "Terms of use")


def test_a_page_in_one_line_is_read() -> None:
    text = " ".join(["Home World Politics By Ada Moss", LEAD, SECOND, THIRD, FOURTH, "Privacy Terms"])
    assert labels(text)[0][0] in BODY_LABELS


def test_a_page_of_menus_is_not_read() -> None:
    assert not {label for label, _ in labels("\n".join([*MENU, *FOOT]))} & BODY_LABELS


def test_live_blog_entries_are_read_below_their_times() -> None:
    lines = [*MENU, "14:32", "Union calls its members out", SECOND, "14:05", "Council: docks may close", LEAD, THIRD]
    text = "\n".join([*lines, "13:40", "Traders fear for their fruit", FOURTH, *FOOT])
    for clock in ("14:32", "14:05", "13:40"):
        assert label_of(text, clock) == "dateline"
    for words in (LEAD, SECOND, THIRD, FOURTH):
        assert label_of(text, words) == "body"
    for heading in ("Union calls", "Council: docks", "Traders fear"):
        assert label_of(text, heading) == "subhead"


@pytest.mark.parametrize(
    "caption",
    [
        "Dockers stand at the gates of the eastern docks in Port Varn on Monday.(AP Photo/Ada Moss)",
        "The chair of the harbour council, Bel Orin [Photo: Varn Press]",
        "Dockers stand at the gates of the eastern docks on Monday. In the...   (Associated Press)",
        "The eastern docks seen from the hill. Photo from open sources",
    ],
)
def test_lines_that_end_in_a_credit_are_captions(caption: str) -> None:
    text = "\n".join(
        ["Council threatens to close the eastern docks", "", caption, "", LEAD, SECOND, QUOTE, THIRD, FOURTH]
    )
    assert label_of(text, caption[:20]) == "caption"
    assert label_of(text, "Council threatens") == "headline"


def test_a_caption_twice_is_no_headline() -> None:
    caption = (
        "Union leader Ada Moss speaks to dockers at the eastern docks before the harbour council of Port Varn meets."
    )
    top = [*MENU, "Council threatens to close the eastern docks", caption, caption]
    text = "\n".join([*top, LEAD, SECOND, QUOTE, THIRD, FOURTH, *FOOT])
    assert label_of(text, caption) == "caption"
    assert label_of(text, "Council threatens") == "headline"


def test_a_film_with_its_length_is_a_promotion() -> None:
    text = page("Harbour strike enters its third week 2:21", "")
    assert label_of(text, "Harbour strike") == "promotion"


@pytest.mark.parametrize(
    "byline", ["By ADA MOSS", "By Ada Moss in Port Varn", "Posted on 3 May 2031 by A. Moss", "Ada Moss ,"]
)
def test_bylines_of_many_forms(byline: str) -> None:
    top = [*MENU, "Council threatens to close the eastern docks", byline, "3 May 2031", ""]
    text = "\n".join([*top, LEAD, SECOND, QUOTE, THIRD, FOURTH, *FOOT])
    assert label_of(text, byline) == "byline"


def test_two_names_in_places_are_a_byline() -> None:
    top = [
        *MENU,
        "Council threatens to close the eastern docks",
        "Ada Moss in Port Varn and Bel Orin in Lodva",
        "3 May 2031",
    ]
    text = "\n".join([*top, LEAD, SECOND, QUOTE, THIRD, FOURTH, *FOOT])
    assert label_of(text, "Ada Moss in") == "byline"


def test_a_name_in_capitals_signs_only_above_an_agency() -> None:
    head, tail = (
        "Council threatens to close the eastern docks\n3 May 2031\n",
        "\n".join(["", LEAD, SECOND, THIRD, FOURTH]),
    )
    assert label_of(head + "ADA MOSS\nTHE ASSOCIATED PRESS\n" + tail, "ADA MOSS") == "byline"
    assert label_of(head + "MIDDLE COAST\n" + tail, "MIDDLE COAST") != "byline"


def test_a_standfirst_without_a_full_stop() -> None:
    standfirst = "The council says it will not wait for the ministry; the union vows to stay out of the docks"
    top = [*MENU, "Council threatens to close the eastern docks", standfirst, "Sat 3 May 2031 14.02 GMT", ""]
    text = "\n".join([*top, LEAD, SECOND, QUOTE, THIRD, FOURTH, *FOOT])
    assert label_of(text, standfirst) == "standfirst"


def test_sources_in_brackets_at_the_end_are_a_notice() -> None:
    text = "\n".join(
        ["Council threatens to close the eastern docks", LEAD, SECOND, THIRD, FOURTH, "(Reuters, Varn Press, 3.5.2031)"]
    )
    assert label_of(text, "(Reuters") == "notice"


def test_a_title_above_its_byline_beats_the_tagline() -> None:
    title = '"The docks are shut": will the council of Port Varn give way to the union?'
    top = ["Bollards", "A letter about ports and the people who shout in them", "", title, ""]
    text = "\n".join([*top, "Posted by Ada Moss in Ports", "", LEAD, SECOND, QUOTE, THIRD, FOURTH])
    assert label_of(text, title) == "headline"
    assert label_of(text, "Posted by") == "byline"


def test_the_rules_look_at_hostile_pages_once() -> None:
    for text in ("12:30\n" * 50_000, "By " + "Al " * 100_000, ("(" * 300 + "\n") * 20_000, "Photo: " * 100_000):
        begun = time.perf_counter()
        label_lines(text)
        assert time.perf_counter() - begun < 20


def test_the_last_paragraph_above_a_menu_is_read() -> None:
    last = "Traders have repeatedly made clear that the harbour is a lifeline for farmers beyond the hills."
    text = "\n".join(["Council threatens to close the eastern docks", LEAD, SECOND, THIRD, FOURTH, last, "Contact Us"])
    assert label_of(text, last) == "body"
