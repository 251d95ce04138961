"""From words that a person supposes to the situations that conditions name: what matches, how well, and why.

Invariant: a function of the words and of frozen tables. What matches equally well is never chosen between.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from tocsin.errors import UsageError
from tocsin.link.direction import negated
from tocsin.link.names import words_of
from tocsin.link.wording import content, terms, weight

LEAST = 0.4
"""Likeness from which a situation is meant at all. Below it words share a name or a common verb and no more: looked at
on the bundled crisis, where each situation was supposed in other words."""
EQUAL = 0.05
"""Difference of likeness below which two match equally: one light word of a short phrase."""
NEAR = 0.6
"""Share of the best likeness from which others are shown as what could have been meant too."""
MOST_NEAR = 5
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
    """A candidate, how alike it is (0 to 1), the wording that is nearest, and the senses in common."""

    id: str
    score: float
    wording: str
    common: tuple[str, ...]


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
        if best is not None and best.score >= LEAST:
            found.append(best)
    return sorted(found, key=lambda one: (-one.score, one.wording, one.id))


def _rank(one: Match) -> tuple[float, str]:
    return one.score, one.wording


def _match(one: Candidate, wording: str, wanted: dict[str, float], said: list[str]) -> Match:
    own = _senses(wording)
    if words_of(wording) == said:
        return Match(one.id, 1.0, wording, tuple(sorted(own)))
    common = {sense: value for sense, value in wanted.items() if sense in own}
    around = {sense: value for sense, value in wanted.items() if sense in one.around and sense not in own}
    if not common:
        return Match(one.id, 0.0, wording, ())
    held = sum(common.values())
    covered = (held + AROUND * sum(around.values())) / sum(wanted.values())
    share = held / sum(own.values())
    return Match(one.id, round(2 * covered * share / (covered + share), 4), wording, tuple(sorted(common)))


def _senses(text: str) -> dict[str, float]:
    return {one.sense: weight(one.sense) for one in content(terms(text))}


def chosen(words: str, candidates: Sequence[Candidate]) -> tuple[Match, tuple[Match, ...]]:
    """The one that is meant, and others that could have been; raises AmbiguousError where two match equally, or none
    does."""
    found = matches(words, candidates)
    if not found:
        raise AmbiguousError(f"no condition is like {words!r}; `tocsin conditions CASE` lists them with their ids")
    best = found[0]
    equal = [one for one in found if best.score - one.score < EQUAL]
    if len(equal) > 1:
        listed = "; ".join(f"{one.id[:9]} “{one.wording}”" for one in equal)
        raise AmbiguousError(
            f"{words!r} matches {len(equal)} conditions equally; choose one by its id: {listed}", equal
        )
    return best, tuple(one for one in found[1 : 1 + MOST_NEAR] if one.score >= NEAR * best.score)
