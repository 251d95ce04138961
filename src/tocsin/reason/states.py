"""What is known of an atom at a moment: each origin's latest word, for or against, and what a person decided.

Invariants: the order in which evidence is given changes nothing; more evidence never leaves an atom unreported; only a
person's decision makes an atom confirmed or ruled out, and no evidence undoes it. Silence is not denial, and whether
anybody looked is kept apart from what was seen.
"""

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal, get_args

from tocsin.core.spans import Spans
from tocsin.core.when import FAR_FUTURE, UNKNOWN, When, begins, check_bound, ends
from tocsin.reason.expressions import AGAINST, FOR, VALUES, LogicError, Value

Direction = Literal["for", "against"]
Verdict = Literal["confirmed", "ruled_out"]
VERDICTS: tuple[Verdict, ...] = get_args(Verdict)
State = Value | Verdict
_NEVER_BEFORE = ""


@dataclass(frozen=True, slots=True)
class Evidence:
    """One origin's word on an atom. `when` is when it was said, `about` the time it speaks of (unknown: any time up to
    the saying). `spans` lead to the words on the page."""

    atom: str
    direction: Direction
    origin: str
    when: When = UNKNOWN
    about: When = UNKNOWN
    spans: Spans = ()


@dataclass(frozen=True, slots=True)
class Decided:
    """A person's decision that an atom is confirmed or ruled out, from `holds_from` on (None: always). `decision` is
    its id; `made` its UTC second, which orders two that hold from one moment."""

    atom: str
    state: Verdict
    holds_from: str | None = None
    made: str = ""
    decision: str = ""


@dataclass(frozen=True, slots=True)
class AtomState:
    """An atom at a moment.

    `reported` is what the evidence says, `state` the same or what a person decided. `standing` is each origin's latest
    words, of which `overtaken` are about times before another's, and count for nothing now; `superseded` are words that
    their own origin replaced. Where `decided` is set, `overruled` are the standing words that say otherwise. `looked`
    says whether any page could have shown it: with `unreported`, False is "nobody looked", True "looked, not seen".
    """

    atom: str
    state: State = "unreported"
    reported: Value = "unreported"
    standing: tuple[Evidence, ...] = ()
    overtaken: tuple[Evidence, ...] = ()
    superseded: tuple[Evidence, ...] = ()
    decided: Decided | None = None
    looked: bool | None = None

    @property
    def bits(self) -> int:
        """What counts: told for, told against, as `expressions.py` has it."""
        if self.state in VERDICTS:
            return FOR if self.state == "confirmed" else AGAINST
        return VALUES.index(self.reported)

    def origins(self, direction: Direction) -> tuple[str, ...]:
        """Who says so, of the words that count, each once, by name."""
        return tuple(sorted({one.origin for one in self.standing if one.direction == direction}))

    @property
    def overruled(self) -> tuple[Evidence, ...]:
        """The words that a person's decision stands against."""
        if self.decided is None:
            return ()
        against: Direction = "against" if self.decided.state == "confirmed" else "for"
        return tuple(one for one in self.standing if one.direction == against)


def state_at(
    atom: str,
    evidence: Iterable[Evidence],
    decided: Iterable[Decided] = (),
    *,
    moment: str,
    possible: bool = False,
    looked: bool | None = None,
) -> AtomState:
    """The state of `atom` at the end of `moment`, a day or a UTC second.

    Evidence counts when it was certainly said by then; with `possible` also what could have been.
    """
    check_bound(moment)
    words = _told(atom, evidence, moment, possible=possible)
    latest, superseded = _latest(words)
    standing, overtaken = _overtaking(latest)
    told = _bits(standing)
    verdict = _verdict(atom, decided, moment)
    return AtomState(
        atom,
        verdict.state if verdict else VALUES[told],
        VALUES[told],
        standing,
        overtaken,
        superseded,
        verdict,
        True if words else looked,
    )


def history(
    atom: str, evidence: Iterable[Evidence], decided: Iterable[Decided] = (), *, possible: bool = False
) -> tuple[tuple[str | None, State], ...]:
    """Since when an atom has been in which state: each change as (moment, state), the first since ever (None)."""
    verdicts = [one for one in decided if one.atom == atom]
    words = _told(atom, evidence, FAR_FUTURE, possible=possible)
    arrives = {one: _first(one.when) if possible else _last(one.when) for one in words}
    waiting = sorted(words, key=lambda one: (arrives[one], _content(one)), reverse=True)
    bounds = {(one.when.earliest if possible else one.when.latest) for one in words}
    bounds |= {one.holds_from for one in verdicts}
    moments = sorted((one for one in bounds if one is not None), key=_end)
    own: dict[str, tuple[Evidence, ...]] = {}
    steps: list[tuple[str | None, State]] = []
    for moment in (None, *moments):
        end = _NEVER_BEFORE if moment is None else _end(moment)
        new: dict[str, list[Evidence]] = {}
        while waiting and ((arrives[waiting[-1]] < end) if possible and moment else (arrives[waiting[-1]] <= end)):
            one = waiting.pop()
            new.setdefault(one.origin, []).append(one)
        for origin, more in new.items():
            # What its origin has replaced stays replaced: only what stood before can be replaced now.
            own[origin] = _latest((*own.get(origin, ()), *more))[0]
        standing, _ = _overtaking([one for said in own.values() for one in said])
        verdict = _verdict(atom, verdicts, moment) if moment else _verdict(atom, _always(verdicts), FAR_FUTURE)
        state: State = verdict.state if verdict else VALUES[_bits(standing)]
        if not steps or state != steps[-1][1]:
            steps.append((moment, state))
    return tuple(steps)


def _always(decided: Iterable[Decided]) -> list[Decided]:
    return [one for one in decided if one.holds_from is None]


def _bits(standing: Iterable[Evidence]) -> int:
    told = 0
    for one in standing:
        told |= FOR if one.direction == "for" else AGAINST
    return told


def reached(bound: str, moment: str, *, wholly: bool = False) -> bool:
    """Whether `bound` has begun (`wholly`: is over) at the end of `moment`."""
    return _end(bound) <= _end(moment) if wholly else begins(bound) < _end(moment)


def apart(first: When, second: When) -> bool:
    """Whether the first certainly lies wholly before the second: words about the two cannot contest."""
    return _last(first) <= _first(second)


def _told(atom: str, evidence: Iterable[Evidence], moment: str, *, possible: bool) -> list[Evidence]:
    """The evidence on `atom` that was said by `moment`, each once, in an order of its content."""
    end = _end(moment)
    out: set[Evidence] = set()
    for one in evidence:
        if type(one) is not Evidence:  # a supposition in evidence's clothes would become one
            raise LogicError(f"not evidence: a {type(one).__name__}")
        if one.atom == atom and (_first(one.when) < end if possible else _last(one.when) <= end):
            out.add(one)
    return sorted(out, key=_content)


def _latest(words: Sequence[Evidence]) -> tuple[tuple[Evidence, ...], tuple[Evidence, ...]]:
    """Each origin's latest words, and those that it replaced since: by one certainly said later, about a time that is
    not wholly before that of the first. Where it cannot be told which came later, both stand."""
    by_origin: dict[str, list[Evidence]] = {}
    for one in words:
        by_origin.setdefault(one.origin, []).append(one)
    replaced: set[Evidence] = set()
    for own in by_origin.values():
        if len(own) == 1:
            continue
        ordered = sorted(own, key=lambda one: _first(one.when))
        begun = [_first(one.when) for one in ordered]
        reach, furthest = [""] * len(ordered), ""
        for place in range(len(ordered) - 1, -1, -1):
            furthest = reach[place] = max(furthest, _last(_about(ordered[place])))
        for one in own:
            place = bisect_left(begun, _last(one.when))
            if place < len(ordered) and reach[place] > _first(_about(one)):
                replaced.add(one)
    return tuple(one for one in words if one not in replaced), tuple(one for one in words if one in replaced)


def _overtaking(words: Sequence[Evidence]) -> tuple[tuple[Evidence, ...], tuple[Evidence, ...]]:
    """The words that count now, and those about times that are over where another speaks of."""
    newest = max((_first(_about(one)) for one in words), default=_NEVER_BEFORE)
    over = [_last(_about(one)) <= newest for one in words]
    pairs = list(zip(words, over, strict=True))
    return tuple(one for one, gone in pairs if not gone), tuple(one for one, gone in pairs if gone)


def _verdict(atom: str, decided: Iterable[Decided], moment: str) -> Decided | None:
    """The decision that holds at `moment`: the one that holds from the latest moment, of those the last made."""
    holding = []
    for one in decided:
        if type(one) is not Decided:
            raise LogicError(f"not a decision: a {type(one).__name__}")
        if one.atom == atom and (one.holds_from is None or reached(one.holds_from, moment)):
            holding.append(one)
    return max(
        holding,
        key=lambda one: (begins(one.holds_from) if one.holds_from else "", one.made, one.decision, one.state),
        default=None,
    )


def _about(one: Evidence) -> When:
    """The time it speaks of, which without more is any time up to its saying."""
    return one.about if one.about.latest or not one.when.latest else _until(one.about.earliest, one.when.latest)


def _until(earliest: str | None, latest: str) -> When:
    return When(earliest, latest) if earliest is None or begins(earliest) < ends(latest) else When(earliest, None)


def _content(one: Evidence) -> tuple[str, ...]:
    bounds = (one.when.earliest, one.when.latest, one.about.earliest, one.about.latest)
    reasons = "\n".join((*one.when.reasons, "|", *one.about.reasons))
    weekdays = f"{sorted(one.when.weekdays)}{sorted(one.about.weekdays)}"
    places = "".join(f"{span.doc}:{span.start:09d}:{span.end:09d};" for span in one.spans)
    return (one.origin, one.direction, *(bound or "" for bound in bounds), places, weekdays, reasons)


def _first(when: When) -> str:
    return _NEVER_BEFORE if when.earliest is None else begins(when.earliest)


def _last(when: When) -> str:
    return _end(FAR_FUTURE) if when.latest is None else _end(when.latest)


@lru_cache(maxsize=65536)
def _end(bound: str) -> str:
    """Where a bound is over, for comparing as text: an instant is over just after itself, before the next second."""
    return f"{bound}~" if "T" in bound or bound == FAR_FUTURE else ends(bound)
