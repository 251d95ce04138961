"""The thesaurus is sound: no word in two classes, no accident of a stem, oppositions of known classes."""

import json
from importlib.resources import files

from tocsin.link.meanings import classes, excluded, implied, lines, things
from tocsin.link.stems import irregular, stem
from tocsin.link.wording import _parts, sense_of, terms


def test_no_word_or_phrase_stands_in_two_classes() -> None:
    where: dict[tuple[str, ...], set[str]] = {}
    for _, name, every in lines():
        for words in every:
            where.setdefault(_parts(words), set()).add(name)
    assert {parts: names for parts, names in where.items() if len(names) > 1} == {}


def test_no_class_is_given_twice_and_none_is_empty() -> None:
    names = [name for _, name, _ in lines()]
    assert len(names) == len(set(names))
    assert all(every for _, _, every in lines())


def test_it_is_large_enough_for_the_news() -> None:
    assert len(classes()) >= 450
    assert sum(len(every) for every in classes().values()) >= 4000
    assert sum(map(len, excluded().values())) >= 300


def test_a_name_of_a_class_is_no_other_word() -> None:
    counts = json.loads(files("tocsin.link").joinpath("data", "frequencies.json").read_text("utf-8"))["counts"]
    own = {name: {part for words in every for part in _parts(words)} for name, every in classes().items()}
    clash = [n for n in classes() if n == stem(n) == sense_of(n) and n not in own[n] and n in counts and "_" not in n]
    joined = {"shootdown", "closeborder", "openborder", "takeoff", "standdown", "unsanction"}
    assert set(clash) <= joined


def test_oppositions_and_implications_name_known_classes() -> None:
    for table in (excluded(), implied()):
        named = set(table) | {name for others in table.values() for name in others}
        assert named <= set(classes())
        assert all(name not in others for name, others in table.items())


def test_only_what_happens_is_opposed() -> None:
    happening = set(classes()) - things()
    assert set(excluded()) <= happening | {"election", "candidate"}


def test_what_implies_a_thing_does_not_exclude_it() -> None:
    for name, wider in implied().items():
        assert not set(wider) & excluded().get(name, frozenset()), name


def test_the_forms_of_odd_words_end() -> None:
    for word, meant in irregular().items():
        assert stem(meant) == stem(word) or irregular().get(meant) == meant, word


def test_words_of_two_senses_are_told_by_their_object() -> None:
    assert "annul" in {one.sense for one in terms("The judges threw out the ban")}
    assert "uphold" in {one.sense for one in terms("The judges threw out the suit")}
    assert "strike_work" in {one.sense for one in terms("The crews downed tools")}
    assert "release" in {one.sense for one in terms("The two will walk free")}
    assert "enter_force" in {one.sense for one in terms("The law came into force")}
    assert "turn_away" in {one.sense for one in terms("Guards turned the boats back")}
