"""Derived: a case is a function of its documents and decisions, whatever came first and in how many steps."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casework import Wish, derived, everything, grant, law, wishes
from tocsin import pipeline
from tocsin.api.case import Case
from tocsin.core.decisions import Decision
from worlds import World, a_case, fill, folder, laid, put, worlds

pytestmark = pytest.mark.slow


@law
@given(worlds(), st.lists(wishes(), max_size=3), st.data())
def test_order_and_steps_and_a_rebuild_change_nothing(world: World, wanted: list[Wish], data: st.DataObject) -> None:
    with folder() as root, a_case(root, "one") as one, a_case(root, "other") as other:
        paths = laid(root, world)
        fill(one, world, paths)
        made = [decision for wish in wanted for decision in grant(one, wish)]
        order = data.draw(st.permutations(range(len(world))), label="order")
        cuts = data.draw(st.lists(st.booleans(), min_size=len(world), max_size=len(world)), label="cuts")
        early = data.draw(st.lists(st.integers(0, len(world)), min_size=len(made), max_size=len(made)), label="decided")
        step: list[int] = []
        for place, number in enumerate(order):
            _decide(other, made, [n for n, when in enumerate(early) if when <= place and not step])
            step.append(number)
            last = place + 1 == len(order)
            if last or cuts[place] or world[order[place + 1]].moment != world[number].moment:
                put(other, world[number].moment, *(paths[n] for n in step))
                step = []
        _decide(other, made, list(range(len(made))))
        expected = everything(one)
        assert everything(other) == expected
        one.rebuild()
        assert derived(one) == derived(other)


def _decide(case: Case, made: list[Decision], numbers: list[int]) -> None:
    """Put those of `made` into the case that are due, in the order in which they were made."""
    done = len(case.store.decisions())
    due = max(numbers, default=-1) + 1
    if due > done:
        pipeline.decide(case.store, made[done:due])
