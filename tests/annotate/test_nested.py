"""Sayings by syntax, on hand-made trees: word/POS/head/relation, heads counted from 1, 0 the root."""

import time

import pytest

from tocsin.annotate.attributions import Draft, _Levels, _nest
from tocsin.annotate.nested import quoted_as_saying, sayings
from tocsin.annotate.syntax import Tree
from tocsin.annotate.told import at_the_head, at_the_tail
from tocsin.core.annotations import Attribution
from tocsin.core.spans import Span
from tocsin.model import Word


def test_no_chain_of_attributions_leads_back_to_its_start() -> None:
    def said(cue: int, start: int, end: int) -> Attribution:
        return Attribution((), (Span("d", cue, cue + 1),), (Span("d", start, end),))

    each_in_the_next = [said(5, 10, 20), said(12, 25, 35), said(30, 0, 8)]
    found = {one.id: one for one in _nest(each_in_the_next)}
    assert sum(one.within is not None for one in found.values()) == 2
    for one in found.values():
        place, steps = one.within, 0
        while place is not None:
            place, steps = found[place].within, steps + 1
            assert steps <= len(found)


def tree(rows: str) -> tuple[str, Tree]:
    text, words = "", []
    for row in rows.split():
        word, pos, head, relation = row.split("/")
        text += " " if text else ""
        words.append(Word(len(text), len(text) + len(word), pos, int(head) - 1 if int(head) else None, relation, 0))
        text += word
    return text, Tree(words, 0)


def told(rows: str) -> list[tuple[str, str, str]]:
    text, made = tree(rows)
    return [(text[slice(*s.source)], text[slice(*s.cue)], text[slice(*s.content)]) for s in sayings(text, made)]


THAT_IT_RAINED = "that/IN/{0}/mark it/PRP/{0}/nsubj rained/VBD/{1}/ccomp"


def test_a_verb_of_saying_with_subject_and_clause() -> None:
    rows = "Lind/NNP/2/nsubj claimed/VBD/0/root " + THAT_IT_RAINED.format(5, 2)
    assert told(rows) == [("Lind", "claimed", "that it rained")]


def test_auxiliaries_belong_to_the_cue() -> None:
    rows = "Lind/NNP/3/nsubj has/VBZ/3/aux claimed/VBN/0/root " + THAT_IT_RAINED.format(6, 3)
    assert told(rows) == [("Lind", "has claimed", "that it rained")]


@pytest.mark.parametrize(
    "head",
    [
        "Lind/NNP/3/nsubj may/MD/3/aux say/VB/0/root ",  # only possible
        "Lind/NNP/3/nsubj never/RB/3/neg said/VBD/0/root ",  # denied
        "You/PRP/3/nsubj just/RB/3/advmod said/VBD/0/root ",  # nobody apart from who speaks
        "I/PRP/3/nsubj just/RB/3/advmod say/VBP/0/root ",  # the speaker again, and now
        "Lind/NNP/3/nsubj just/RB/3/advmod believed/VBD/0/root ",  # no saying
    ],
)
def test_none_of_these_is_a_saying(head: str) -> None:
    assert told(head + THAT_IT_RAINED.format(6, 3)) == []


def test_i_told_him_is_one_since_it_is_past() -> None:
    rows = "I/PRP/2/nsubj told/VBD/0/root him/PRP/2/dobj " + THAT_IT_RAINED.format(6, 2)
    assert told(rows) == [("I", "told", "that it rained")]


def test_content_before_its_cue_ends_before_the_source() -> None:
    rows = "it/PRP/2/nsubj rained/VBD/5/ccomp ,/,/5/punct Lind/NNP/5/nsubj said/VBD/0/root"
    assert told(rows) == [("Lind", "said", "it rained")]


def test_quoted_as_saying() -> None:
    text, made = tree(
        "Belta/NNP/2/nsubj quoted/VBD/0/root Lind/NNP/2/dobj as/IN/5/mark saying/VBG/2/advcl so/RB/5/advmod"
    )
    cue = made.span(1, 2)
    source, words = quoted_as_saying(text, made, cue) or ((0, 0), (0, 0))
    assert (text[slice(*source)], text[slice(*words)]) == ("Lind", "as saying")
    assert quoted_as_saying(text, made, made.span(0, 1)) is None


def test_the_subject_of_a_verb_that_hangs_on_another() -> None:
    _, made = tree("Lind/NNP/2/nsubj left/VBD/0/root and/CC/2/cc said/VBD/2/conj so/RB/4/advmod")
    assert made.subject(3) == 0


def test_a_circle_of_heads_ends() -> None:
    _, made = tree("a/NN/2/conj b/NN/1/conj")
    assert made.subject(0) is None


def test_a_colon_behind_a_verb_with_a_subject() -> None:
    rows = (
        "he/PRP/2/nsubj tells/VBZ/0/root people/NNS/2/dobj :/:/2/punct stay/VB/2/xcomp at/IN/7/case home/NN/5/nmod "
        "././2/punct"
    )
    assert told(rows) == [("he", "tells", "stay at home")]
    assert told(rows.replace("tells", "brings")) == []


def test_a_noun_with_an_owner_and_a_clause() -> None:
    clause = "that/IN/7/mark it/PRP/7/nsubj rained/VBD/{0}/acl:relcl there/RB/7/advmod"
    assert told("Mr/NNP/2/compound Lind/NNP/4/nmod:poss ’s/POS/2/case claim/NN/0/root " + clause.format(4)) == [
        ("Mr Lind", "claim", "it rained there")
    ]
    given = "Lind/NNP/2/nsubj voiced/VBD/0/root great/JJ/4/amod hope/NN/2/dobj " + clause.format(4)
    assert told(given) == [("Lind", "voiced great hope", "it rained there")]
    assert told(given.replace("voiced", "lost")) == []
    assert told(given.replace("hope", "rain")) == []


def test_quoted_in_the_passive() -> None:
    text, made = tree(
        "he/PRP/3/nsubjpass was/VBD/3/auxpass quoted/VBN/0/root as/IN/5/mark saying/VBG/3/advcl by/IN/7/case "
        "Belta/NNP/5/nmod"
    )
    source, words = quoted_as_saying(text, made, made.span(1, 5)) or ((0, 0), (0, 0))
    assert (text[slice(*source)], text[slice(*words)]) == ("he", "as saying")


def test_whom_a_relay_cites() -> None:
    text, made = tree(
        "Belta/NNP/2/nsubj reported/VBD/0/root ,/,/2/punct citing/VBG/2/xcomp Lake/NNP/6/compound Wire/NNP/4/dobj"
    )
    source, words = quoted_as_saying(text, made, made.span(1, 2)) or ((0, 0), (0, 0))
    assert (text[slice(*source)], text[slice(*words)]) == ("Lake Wire", "citing")
    text, made = tree(
        "Belta/NNP/2/nsubj reported/VBD/0/root ,/,/2/punct citing/VBG/2/xcomp two/CD/6/nummod officials/NNS/4/dobj"
    )
    source, words = quoted_as_saying(text, made, made.span(1, 2)) or ((0, 0), (0, 0))
    assert (text[slice(*source)], text[slice(*words)]) == ("two officials", "citing")
    nobody, made = tree(
        "Belta/NNP/2/nsubj closed/VBD/0/root ,/,/2/punct citing/VBG/2/xcomp the/DT/6/det weather/NN/4/dobj"
    )
    assert quoted_as_saying(nobody, made, made.span(1, 2)) is None


BAN = "the/DT/2/det ban/NN/3/nsubj stays/VBZ/7/ccomp ,/,/7/punct Mayor/NNP/6/compound Brandt/NNP/7/nsubj "


@pytest.mark.parametrize(
    ("behind", "found"),
    [
        ("said/VBD/11/ccomp Sunday/NNP/7/tmod ,/,/11/punct Belka/NNP/11/nsubj reported/VBD/0/root", True),
        ("said/VBD/0/root Sunday/NNP/7/tmod", False),  # nobody passes it on: the model's own business
        ("said/VBD/0/root ,/,/7/punct and/CC/7/cc left/VBD/7/conj", False),
        ("left/VBD/11/ccomp Sunday/NNP/7/tmod ,/,/11/punct Belka/NNP/11/nsubj reported/VBD/0/root", False),
    ],
)
def test_who_said_it_before_another_passed_it_on(behind: str, found: bool) -> None:
    text, made = tree(BAN + behind)
    got = [(text[slice(*s.source)], text[slice(*s.cue)], text[slice(*s.content)]) for s in at_the_tail(text, made)]
    assert got == ([("Mayor Brandt", "said", "the ban stays")] if found else [])


def headed(rows: str) -> list[tuple[str, str, str]]:
    text, made = tree(rows)
    return [(text[slice(*s.source)], text[slice(*s.cue)], text[slice(*s.content)]) for s in at_the_head(text, made)]


def test_a_line_that_begins_with_its_speaker() -> None:
    behind = ":/:/{0}/punct it/PRP/6/nsubj was/VBD/0/root terror/NN/6/attr"
    named = "Minister/NN/2/compound Lind/NNP/6/nsubj "
    assert headed(named + behind.format(2)) == [("Minister Lind", ":", "it was terror")]
    assert headed(named + ",/,/2/punct on/IN/5/case Mola/NNP/2/nmod " + behind.format(2)) == [
        ("Minister Lind", ":", "it was terror")
    ]
    assert headed("Velta/NNP/0/root " + behind.format(1)) == []  # may be a topic
    assert headed("Velta/NNP/0/root :/:/1/punct “/``/4/punct We/PRP/4/nsubj stay/VBP/1/dep here/RB/5/advmod") != []
    assert headed("Lind/NNP/2/nsubj left/VBD/0/root " + behind.format(2)) == []


def test_views_at_the_head_of_a_sentence() -> None:
    clause = ",/,/8/punct the/DT/7/det law/NN/8/nsubj binds/VBZ/0/root them/PRP/8/dobj"
    assert told("In/IN/3/case his/PRP$/3/nmod:poss judgment/NN/8/nmod " + clause) == [
        ("his", "In his judgment", "the law binds them")
    ]
    assert told("In/IN/3/case the/DT/3/det view/NN/8/nmod of/IN/5/case Lind/NNP/3/nmod " + clause) == [
        ("Lind", "In the view of", "the law binds them")
    ]
    assert told("In/IN/3/case his/PRP$/3/nmod:poss house/NN/8/nmod " + clause) == []


def test_a_name_behind_a_quotation_is_whose_it_is_however_it_was_hung() -> None:
    rows = (
        "It/PRP/2/nsubj rains/VBZ/6/ccomp ,/,/6/punct ”/''/6/punct Lind/NNP/7/compound told/VBD/0/root Mola/NNP/6/dobj"
    )
    assert told(rows) == [("Lind", "told", "It rains , ”")]


def test_a_clause_that_was_hung_on_something_else() -> None:
    rows = "Lind/NNP/2/nsubj claimed/VBD/0/root the/DT/4/det rain/NN/6/nsubj was/VBD/6/cop heavy/JJ/0/root"
    assert told(rows) == [("Lind", "claimed", "the rain was heavy")]
    assert told("Lind/NNP/2/nsubj claimed/VBD/0/root victory/NN/2/dobj and/CC/2/cc was/VBD/2/conj gone/VBN/5/dep") == []
    assert told("Lind/NNP/2/nsubj claimed/VBD/0/root on/IN/4/case Monday/NNP/2/nmod it/PRP/6/nsubj was/VBD/2/dep") == []


def test_a_name_right_behind_a_verb_is_whoever_says_it() -> None:
    text, made = tree(
        "It/PRP/2/nsubj rained/VBD/0/root hard/RB/2/advmod ,/,/2/punct notes/VBZ/2/conj Lind/NNP/5/dobj ,/,/5/punct "
        "adding/VBG/5/advcl so/RB/8/advmod"
    )
    wrong = Draft((made.span(0, 1),), (made.span(4, 5),), (made.span(5, 6),), 0.9)
    other = Draft((made.span(0, 1),), (made.span(7, 8),), (made.span(8, 9),), 0.9)
    _Levels(text, made, [wrong, other], []).name()
    assert [text[slice(*piece)] for piece in (*wrong.source, *wrong.content)] == ["Lind", "It rained hard"]
    assert text[slice(*other.source[0])] == "Lind"
    right = Draft((made.span(0, 1),), (made.span(1, 2),), (made.span(5, 6),), 0.9)
    _Levels(text, made, [right], []).name()
    assert right.content == (made.span(5, 6),)


def test_the_places_of_a_stretch_of_text_are_those_of_the_words_that_begin_in_it() -> None:
    text, made = tree("Anna/NNP/2/compound Orlova/NNP/3/nsubj said/VBD/0/root so/RB/3/advmod")
    for start in range(len(text) + 1):
        for end in range(start, len(text) + 1):
            wanted = [place for place, word in enumerate(made.words) if start <= word.start < end]
            assert list(made.places(start, end)) == wanted


def test_a_page_of_one_sentence_with_thousands_of_cues_takes_linear_time() -> None:
    text, made = tree("Orlova/NNP/2/nsubj said/VBD/0/root " * 50_000)
    began = time.perf_counter()
    for word in made.words[1:4000:2]:
        assert quoted_as_saying(text, made, (word.start, word.end)) is None
    assert time.perf_counter() - began < 5
