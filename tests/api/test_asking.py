"""When words were first said, of several occasions and pages."""

from tocsin.api.asking import first_said
from tocsin.core.when import When

PAGES = When(None, "2019-05-03", frozenset(), ("b.html carries it",))


def test_of_several_occasions_the_one_that_is_over_first() -> None:
    later, first = When(None, "2019-12-27", frozenset((4,))), When("2019-05-03", "2019-05-03", frozenset((4,)))
    assert first_said([later, first], PAGES) == first


def test_nobody_carries_words_before_they_are_said() -> None:
    said = first_said([When(None, "2019-12-27", frozenset((4,)), ("a.txt: said 'Friday'",))], PAGES)
    assert (said.latest, said.reasons) == ("2019-05-03", ("a.txt: said 'Friday'", "b.html carries it"))


def test_without_an_occasion_the_pages_tell() -> None:
    assert first_said([], PAGES) == PAGES
