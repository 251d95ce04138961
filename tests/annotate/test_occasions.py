"""Where a speaker goes on: what is carried from one saying to the next, and what ends it."""

import pytest

from tocsin.annotate.occasions import Said, carried
from tocsin.core.annotations import Hop
from tocsin.core.spans import Span

WIRE = Hop("Lake Wire", "channel", (Span("d", 3, 12),))
POST = Hop("Twitter", "channel", (Span("d", 3, 12),))


def said(
    name: str,
    paragraph: int,
    around: str = "Ost said .",
    *,
    hops: tuple[Hop, ...] = (),
    speaker: str | None = "Ada Ost",
    cue: str = "said",
) -> Said:
    return Said(name, speaker, hops, paragraph, around, cue)


def names(*sayings: Said) -> dict[str, list[str | None]]:
    return {one: [hop.actor for hop in hops] for one, hops in carried(sayings).items()}


def test_what_is_carried_is_inferred_and_keeps_its_words() -> None:
    ((hop,),) = carried([said("a", 5, hops=(WIRE,)), said("b", 6)]).values()
    assert (hop.actor, hop.basis, hop.spans) == ("Lake Wire", "inferred", WIRE.spans)


def test_an_occasion_goes_on_paragraph_by_paragraph() -> None:
    chain = [said("a", 5, hops=(WIRE,)), said("b", 8), said("c", 12), said("far", 30)]
    assert names(*chain) == {"b": ["Lake Wire"], "c": ["Lake Wire"]}


@pytest.mark.parametrize(
    "around",
    [
        "Ost said in a statement .",
        "Earlier, Ost said .",
        "At a rally in Velton, Ost said .",
        "Ost told reporters .",
        "Ost has repeatedly said .",
        "Ost wrote .",
        "On Friday, Ost said .",
    ],
)
def test_another_occasion_ends_it(around: str) -> None:
    assert names(said("a", 5, hops=(WIRE,)), said("b", 6, around), said("c", 7)) == {}


def test_what_somebody_thinks_is_told_on_no_occasion() -> None:
    chain = [said("a", 5, hops=(WIRE,)), said("b", 6, "Ost still hopes .", cue="hopes"), said("c", 7)]
    assert names(*chain) == {"c": ["Lake Wire"]}
    assert names(said("a", 0, cue="hopes"), said("b", 2, hops=(WIRE,))) == {}


def test_the_same_day_and_the_same_interview_do_not_end_it() -> None:
    first = said("a", 5, "Ost told Lake Wire on Friday .", hops=(WIRE,))
    assert names(first, said("b", 6, "Ost said on Friday .")) == {"b": ["Lake Wire"]}
    assert names(first, said("b", 14, "Earlier in the interview, Ost said .")) == {"b": ["Lake Wire"]}


def test_it_is_the_speakers_own() -> None:
    other = said("b", 6, speaker="Bo Lind")
    nobody = said("c", 7, speaker=None)
    assert names(said("a", 5, hops=(WIRE,)), other, nobody, said("d", 8)) == {"d": ["Lake Wire"]}


def test_headline_and_lead_tell_what_comes_with_its_occasion() -> None:
    told = [said("headline", 0), said("lead", 2), said("late", 3), said("named", 4, hops=(WIRE,))]
    assert names(*told) == {"headline": ["Lake Wire"], "lead": ["Lake Wire"]}
    assert names(said("lead", 2), said("named", 9, hops=(WIRE,))) == {}


def test_a_post_is_an_occasion_of_its_own() -> None:
    assert names(said("lead", 1), said("a", 3, hops=(POST,)), said("b", 4)) == {}
    assert names(said("a", 3, hops=(POST,)), said("b", 4, "Ost added .")) == {"b": ["Twitter"]}
    assert names(said("a", 3, hops=(POST, WIRE)), said("b", 4)) == {"b": ["Lake Wire"]}
