"""Whether a sentence asserts, denies or only speaks of a thing: by structure alone."""

import pytest

from tocsin.link.direction import elsewhere, negated, of_old, statuses
from tocsin.link.wording import sense_of, terms


def said(text: str, word: str) -> str:
    found = terms(text)
    place = next(n for n, term in enumerate(found) if term.sense in (word, sense_of(word)))
    return statuses(text, found)[place]


@pytest.mark.parametrize(
    ("text", "word", "status"),
    [
        ("The convoy crossed the river at dawn.", "cross", "yes"),
        ("The convoy has not so far crossed the river.", "cross", "no"),
        ("No convoy crossed.", "cross", "no"),
        ("The ministry failed to publish the list.", "publish", "no"),
        ("The ministry denied that the army had crossed the river.", "cross", "no"),
        ("The ministry denied that the army had not crossed.", "cross", "yes"),
        ("The army will cross the river.", "cross", "unreal"),
        ("It stays as long as nobody crosses the river, loots shops or burns houses.", "loot", "unreal"),
        ("If the army crosses the river, we go.", "cross", "unreal"),
        ("They demanded the release of the prisoners.", "release", "unreal"),
        ("Have they crossed the river?", "cross", "unreal"),
        ("The attack was not an accident.", "attack", "open"),
        ("She hopes for peace; the army crossed the river.", "cross", "yes"),
        ("The police, who would not comment, released two men.", "comment", "unreal"),
        ("A prolonged stoppage would cost the port a fortune.", "stoppage", "unreal"),
        ("Closing the shops might hurt both.", "close", "unreal"),
        ("Troops who crossed the river would be tried.", "cross", "yes"),
        ("The council wants an answer, failing which a general strike begins.", "strike", "unreal"),
        ("The men said to have quit turned up for work.", "quit", "open"),
        ("The governor is said to have resigned.", "resign", "yes"),
        ("Rumours that the governor resigned are untrue.", "resign", "no"),
        ("Reports of an invasion proved false.", "invade", "no"),
        ("The pictures of the burning depot were staged.", "burn", "no"),
        ("Contrary to reports, the bridge was closed.", "close", "yes"),
        ("Far from being freed, the men were moved.", "freed", "no"),
        ("The ministry has yet to publish the list.", "publish", "no"),
        ("There is no evidence that the guards crossed.", "cross", "no"),
        ("They behaved as if the army had crossed.", "cross", "unreal"),
        ("There was talk of a release.", "release", "unreal"),
        ("The ministry ruled out closing the border.", "closeborder", "no"),
        ("The shelling has resumed.", "shell", "yes"),
        ("The shelling has stopped.", "shell", "no"),
        ("The protest was cancelled on Monday.", "protest", "no"),
        ("Were the dam to burst, the town would flood.", "collapse", "unreal"),
    ],
)
def test_what_a_sentence_says_of_a_word(text: str, word: str, status: str) -> None:
    assert said(text, word) == status


def test_a_condition_may_name_a_situation_by_its_absence() -> None:
    assert negated(terms("there is no recount"))
    assert negated(terms("nobody burns cars"))
    assert not negated(terms("not a day passes without a recount"))


def test_an_earlier_year_is_no_news() -> None:
    assert of_old("In 2004 the army crossed the river.", "2031-05-01")
    assert not of_old("In 2031 the army crossed the river.", "2031-05-01")
    assert not of_old("In 2004 the army crossed the river.", None)
    assert of_old("They crossed it ten years ago.", None)
    assert of_old("In the days of the old king the gates were shut every winter.", None)
    assert of_old("Three harvests were lost two seasons ago.", None)


def test_a_sentence_may_say_that_it_tells_of_another() -> None:
    assert elsewhere("Another customer has paid.")
    assert elsewhere("In a neighbouring republic the crews struck.")
    assert not elsewhere("The crews struck.")
