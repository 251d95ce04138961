"""Passages as the judge is fed them: words, parts, the focus, and what is left out of long ones."""

import pytest

from tocsin.model import judge
from tocsin.model.passages import LIMIT, Passage, fed
from tocsin.model.session import Model

TEXT = "Holm said no to it"
WORDS = ((0, 4), (5, 9), (10, 12), (13, 15), (16, 18))


def test_of_each_piece_its_words_role(model: Model) -> None:
    """The first and the last sign have role 0; the focus is the first piece of its word."""
    cut = model.pieces
    found = fed(TEXT, Passage(WORDS, (6, 2, 5, 3, 3), 2), cut)
    sizes = [len(cut(TEXT[start:end])[0]) for start, end in WORDS]
    roles = [role for role, size in zip((6, 2, 5, 3, 3), sizes, strict=True) for _ in range(size)]
    assert found.roles == (0, *roles, 0)
    assert found.ids[0] == cut.begin
    assert found.ids[-1] == cut.end
    assert found.focus == 1 + sum(sizes[:2])
    assert len(found.ids) == len(found.roles) == len(found.case)


@pytest.mark.parametrize("focus", [0, 150, 299])
def test_a_long_passage_keeps_its_focus(model: Model, focus: int) -> None:
    text = "no " * 300
    words = tuple((3 * k, 3 * k + 2) for k in range(300))
    roles = tuple(5 if k == focus else 2 for k in range(300))
    found = fed(text, Passage(words, roles, focus), model.pieces)
    assert len(found.ids) <= LIMIT
    assert found.roles[found.focus] == 5


def test_a_score_depends_on_its_passage_alone(model: Model) -> None:
    """Beside others, in another order, on more threads: the same."""
    passages = [Passage(WORDS[k:], (2,) * (5 - k), 0) for k in range(4)]
    alone = [judge(TEXT, [one], model=model)[0] for one in passages]
    assert list(judge(TEXT, passages, model=model)) == alone
    assert list(judge(TEXT, passages[::-1], threads=3, model=model)) == alone[::-1]
    assert judge(TEXT, [], model=model) == ()
