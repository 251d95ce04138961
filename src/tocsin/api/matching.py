"""From words that a person supposes to the situations that conditions name: what matches, how well, and why.

A condition is *covered* where all that it says is said by the supposition, and what the supposition says beyond that
touches its surroundings: who supposes that Minsk requests help supposes both "Minsk requests it" and "our first
request" for help. All that is covered is supposed. Where nothing is, the likeliest condition is meant.

Invariant: a function of the words and of frozen tables. Of what matches equally well none is chosen.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from tocsin.errors import UsageError
from tocsin.link.direction import negated
from tocsin.link.names import words_of
from tocsin.link.wording import content, terms, weight
from tocsin.names.states import naming

LEAST = 0.4
"""Likeness from which a situation is meant at all. Below it words share a name or a common verb and no more: looked at
on the bundled crisis, where each situation was supposed in other words."""
EQUAL = 0.05
"""Difference of likeness below which two match equally: one light word of a short phrase."""
NEAR = 0.6
"""Share of the best likeness from which others are shown as what could have been meant too."""
MOST_NEAR = 5
MOSTLY = 0.7
"""Share of a supposition that must be said by a condition (its surroundings count by half) to which nothing else ties
it: so that "need" is not covered by whatever speaks of a need."""
AROUND = 0.5
"""What a word counts that stands not in the situation's own words but in its commitment's: who would act, the act."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A situation with all its wordings; `around` are the senses of its surroundings."""

    id: str
    wordings: tuple[str, ...]
    around: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Match:
    """A candidate, how alike it is (0 to 1), the wording that is nearest, and the senses in common. `covered`: the
    supposition says all that the wording says."""

    id: str
    score: float
    wording: str
    common: tuple[str, ...]
    covered: bool = False


class AmbiguousError(UsageError):
    """Words that two situations match equally, or that none matches."""

    def __init__(self, message: str, near: Sequence[Match] = ()) -> None:
        super().__init__(message)
        self.near = tuple(near)


def turned(words: str) -> bool:
    """Whether the words say that something does not come about."""
    return negated(terms(words))


def matches(words: str, candidates: Iterable[Candidate]) -> list[Match]:
    """Those candidates that could be meant, the likeliest first."""
    wanted = _senses(words)
    said = words_of(words)
    found = []
    for one in candidates:
        best = max((_match(one, wording, wanted, said) for wording in one.wordings), key=_rank, default=None)
        if best is not None and (best.covered or best.score >= LEAST):
            found.append(best)
    return sorted(found, key=lambda one: (not one.covered, -one.score, one.wording, one.id))


def _rank(one: Match) -> tuple[bool, float, str]:
    return one.covered, one.score, one.wording


def _match(one: Candidate, wording: str, wanted: dict[str, float], said: list[str]) -> Match:
    own = _senses(wording)
    if words_of(wording) == said:
        return Match(one.id, 1.0, wording, tuple(sorted(own)), covered=True)
    around = {_meant(sense) for sense in one.around}
    common = {sense: value for sense, value in wanted.items() if sense in own}
    beyond = {sense: value for sense, value in wanted.items() if sense in around and sense not in own}
    if not common:
        return Match(one.id, 0.0, wording, ())
    held = sum(common.values())
    covered = (held + AROUND * sum(beyond.values())) / sum(wanted.values())
    share = held / sum(own.values())
    score = round(2 * covered * share / (covered + share), 4)
    whole = len(common) == len(own) and (len(common) == len(wanted) or bool(beyond) or covered >= MOSTLY)
    return Match(one.id, score, wording, tuple(sorted(common)), covered=whole)


def _senses(text: str) -> dict[str, float]:
    return {_meant(one.sense): weight(one.sense) for one in content(terms(text))}


def _meant(sense: str) -> str:
    """A state by whatever name: its own, its people's, or its capital's where that speaks for it."""
    found = naming(sense)
    return f"state-{found.state.iso.lower()}" if found is not None and not found.ambiguous else sense


def chosen(words: str, candidates: Sequence[Candidate]) -> tuple[tuple[Match, ...], tuple[Match, ...]]:
    """Those that are meant, and others that could have been; raises AmbiguousError where two that are not covered match
    equally, or none does."""
    found = matches(words, candidates)
    if not found:
        raise AmbiguousError(f"no condition is like {words!r}; `tocsin conditions CASE` lists them with their ids")
    meant = tuple(one for one in found if one.covered) or (found[0],)
    equal = [one for one in found if found[0].score - one.score < EQUAL]
    if not meant[0].covered and len(equal) > 1:
        listed = "; ".join(f"{one.id[:9]} “{one.wording}”" for one in equal)
        raise AmbiguousError(
            f"{words!r} matches {len(equal)} conditions equally; choose one by its id: {listed}", equal
        )
    least = NEAR * max(one.score for one in meant)
    return meant, tuple(one for one in found if one not in meant and one.score >= least)[:MOST_NEAR]
