"""Which sentences bear on a situation, and which way they point."""

import pytest

from tocsin.link.evidence import bearing, senses
from tocsin.link.likeness import core
from tocsin.link.wording import content, terms, weight


def found(situation: str, sentence: str, around: str = "") -> str | None:
    """The direction, "open", or None where the sentence does not bear on the situation."""
    own = core(situation)
    said = {sense for sense, _, _ in own}
    context = {one.sense: weight(one.sense) for one in content(terms(f"x {around}")) if one.sense not in said}
    got = bearing(own, context, senses(sentence))
    return None if got is None else got.direction or "open"


@pytest.mark.parametrize(
    ("situation", "sentence", "way"),
    [
        ("the garrison leaves Tolm", "The troops pulled out of Tolm at dawn.", "for"),
        ("the Tolm depot is set alight", "The depot in Tolm went up in flames on Monday.", "for"),
        ("the Tolm depot is set alight", "Nobody burned the depot in Tolm, the mayor said.", "against"),
        ("the Tolm depot is set alight", "The depot in Tolm may burn if the talks fail.", None),
        ("the Tolm depot is attacked", "Gunners shelled the depot in Tolm for an hour.", "for"),
        ("the Tolm depot is shelled", "The depot in Tolm was attacked.", None),
        ("the Dole prisoners are released", "The prisoners at Dole remain behind bars.", "against"),
        ("dockers down tools at Vail", "Dockers at Vail returned to work on Friday.", "against"),
        ("dockers down tools at Vail", "A strike by dockers at Vail would cost millions.", None),
        ("the border at Sill is closed", "The border at Sill was reopened on Friday.", "against"),
        ("the border at Sill is closed", "Another state closed its border.", None),
        ("the border at Sill is closed", "Guards closed the border at Morn in the south.", None),
        ("the border at Sill is closed", "Ten years ago the border at Sill was closed.", None),
    ],
)
def test_whether_a_sentence_bears_and_which_way(situation: str, sentence: str, way: str | None) -> None:
    assert found(situation, sentence) == way


def test_what_is_said_of_a_part_leaves_the_way_open() -> None:
    assert found("the court strikes down the cod ban at Vail", "The court at Vail looked at the cod ban.") in (
        None,
        "open",
    )


def test_a_word_alone_is_anybody_s() -> None:
    assert found("a strike", "Workers went on strike.") is None
    assert found("a strike", "Workers in Vail went on strike.", around="the mayor of Vail") == "for"
