"""What the holder of a commitment is at a moment: the table over its conditions, and on whose evidence.

Invariant: a standing is a function of the terms, the atoms' states and the moment. Where evidence is contested no side
is taken: the standing is given under each. What rests on silence is marked `presumed`.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from typing import Literal, NamedTuple

from tocsin.core.commitments import Atom, Commitment, Expr, Kind, Operator, Or, Polarity
from tocsin.core.when import When
from tocsin.reason.expressions import (
    AGAINST,
    DEPTH,
    FOR,
    Every,
    Formula,
    LogicError,
    Some,
    atoms,
    bits,
    named,
    supports,
)
from tocsin.reason.states import VERDICTS, AtomState, reached
from tocsin.reason.table import BARRED, BOUND, FREE, NOTHING, End, Word, table

Source = Literal["stated", "decided", "reported", "presumed", "supposed"]
SIDES = 5
"""Contested atoms of one commitment that are taken apart side by side: 32 ways, a few milliseconds. Of more, all
reports are believed, or all denials, and `Standing.more_sides` says so; a telling of the bundled crisis names three
atoms at most."""


@dataclass(frozen=True, slots=True)
class Clause:
    """One condition: an operator and a formula over atoms."""

    operator: Operator
    formula: Formula


@dataclass(frozen=True, slots=True)
class Deadline:
    """The time limit of a commitment, on its act or on its condition (None: as the table says for its kind)."""

    when: When
    on: Literal["act", "condition"] | None = None


@dataclass(frozen=True, slots=True)
class Terms:
    """One telling as the engine takes it: `id` is the telling's, `by` whose terms these are. `withdrawn` and `acted_on`
    are bounds: from when on."""

    id: str
    kind: Kind
    polarity: Polarity
    clauses: tuple[Clause, ...] = ()
    by: str | None = None
    deadline: Deadline | None = None
    withdrawn: str | None = None
    acted_on: str | None = None


@dataclass(frozen=True, slots=True)
class Because:
    """An atom that decides a standing: taken as come about or as not, from where, on whose word or decision."""

    atom: str
    come_about: bool
    source: Source
    origins: tuple[str, ...] = ()
    decision: str | None = None


@dataclass(frozen=True, slots=True)
class Side:
    """The standing if each contested atom in `taking` is believed to have come about, or not, as stated there."""

    word: Word
    taking: tuple[tuple[str, bool], ...]
    why: tuple[Because, ...]


@dataclass(frozen=True, slots=True)
class Standing:
    """What the holder is by the terms `terms` of `by`: `word`, None where it hangs on contested evidence (`sides`).

    `why` names the atoms that decide it: none where the terms alone do. `assessed` marks another's view of the holder.
    `ended` says how the commitment is over. `waits` marks an act that is not due before the deadline of its condition
    has passed.
    """

    terms: str
    word: Word | None
    by: str | None = None
    why: tuple[Because, ...] = ()
    sides: tuple[Side, ...] = ()
    assessed: bool = False
    ended: End | None = None
    waits: bool = False
    more_sides: bool = False

    @property
    def basis(self) -> Source:
        """The weakest thing that it rests on."""
        sources = {one.source for one in (*self.why, *(one for side in self.sides for one in side.why))}
        for source in _WEAKEST_FIRST:
            if source in sources:
                return source
        return "stated"


_WEAKEST_FIRST: tuple[Source, ...] = ("supposed", "presumed", "reported", "decided")
_Known = Mapping[str, int]


class Truth(NamedTuple):
    """How a condition is taken: met or not; on silence; only because of what has not come about."""

    met: bool
    presumed: bool = False
    absent: bool = False


def clauses_of(told: Commitment, atom_id: Callable[[Atom], str]) -> tuple[Clause, ...]:
    """The clauses of a commitment: conditions of one operator are one clause, joined as its trigger joins them.

    `if` and `when` that are joined by *or* are one clause too, an awaited one: either makes the act due.
    """
    joint = Some if isinstance(told.trigger, Or) else Every
    either = joint is Some and any(one.operator == "when" for one in told.conditions)
    parts: dict[Operator, list[Expr]] = {}
    for one in told.conditions:
        operator: Operator = "when" if either and one.operator == "if" else one.operator
        parts.setdefault(operator, []).append(one.expr)
    if told.trigger is not None and not told.conditions:
        parts["if"] = [told.trigger]
    out = []
    for name, exprs in parts.items():
        formulas = tuple(dict.fromkeys(named(expr, atom_id, depth=DEPTH - 1) for expr in exprs))
        out.append(Clause(name, formulas[0] if len(formulas) == 1 else joint(formulas)))
    return tuple(out)


def stand(terms: Terms, states: Mapping[str, AtomState], *, moment: str) -> Standing:
    """The standing of a commitment at the end of `moment`, a day or a UTC second. An atom without a state is
    unreported."""
    return standing_under(terms, states, moment=moment, supposed={})


def standing_under(
    terms: Terms, states: Mapping[str, AtomState], *, moment: str, supposed: Mapping[str, bool]
) -> Standing:
    """As `stand`, with some atoms supposed to have come about or not. Only `whatif.py` supposes anything."""
    assessed = terms.kind == "assessed"
    ended = _ended(terms, moment)
    if ended is not None:
        word = table().ended[ended, terms.kind, terms.polarity].met
        return Standing(terms.id, word, terms.by, assessed=assessed, ended=ended)
    pending = _pending(terms, moment)
    known: dict[str, int] = {}
    for clause in terms.clauses:
        for atom in atoms(clause.formula):
            known[atom] = _bits(atom, states, supposed)
    contested = [atom for atom in sorted(known) if known[atom] == FOR | AGAINST]
    if not contested:
        word, why, waits = _decide(terms, known, pending=pending)
        told = tuple(_because(atom, side, states, supposed) for atom, side in why)
        return Standing(terms.id, word, terms.by, told, assessed=assessed, waits=waits)
    sides, waits = _sides(terms, known, contested, pending=pending)
    taken = tuple(
        Side(word, taking, tuple(_because(atom, side, states, supposed) for atom, side in why))
        for word, taking, why in sides
    )
    more = len(contested) > SIDES
    if len({side.word for side in taken}) == 1 and not more:
        return Standing(terms.id, taken[0].word, terms.by, taken[0].why, assessed=assessed, waits=waits)
    return Standing(terms.id, None, terms.by, (), taken, assessed=assessed, waits=waits, more_sides=more)


def joined_word(terms: Terms, truths: Sequence[Truth]) -> tuple[Word, tuple[int, ...]]:
    """The table's word for several conditions together, and the places of those that decide it.

    `will`: an unmet requirement bars before all else; a hold that ended leaves nothing said; triggers must all be met,
    and where they are not, a met requirement still frees; holds beside a requirement do not bind, triggers do.
    `will_not`: nothing is said before all triggers are met; then the bar stands until every hold and requirement has
    let go. `even_if` decides nothing.
    """
    rows, roles = table().rows, table().roles
    said: list[tuple[int, str, Word]] = []
    for place, (clause, truth) in enumerate(zip(terms.clauses, truths, strict=True)):
        row = rows[terms.kind, terms.polarity, clause.operator]
        if roles[clause.operator] != "none":
            said.append((place, roles[clause.operator], row.met if truth.met else row.unmet))
    if not said:
        return rows[terms.kind, terms.polarity, "none"].met, ()
    if len(said) == 1:
        return said[0][2], (said[0][0],)
    return (_will if terms.polarity == "will" else _will_not)(said)


def _will(said: Sequence[tuple[int, str, Word]]) -> tuple[Word, tuple[int, ...]]:
    everything = tuple(place for place, _, _ in said)
    barred = tuple(place for place, _, word in said if word == BARRED)
    if barred:
        return BARRED, barred
    over = tuple(place for place, role, word in said if role == "hold" and word == NOTHING)
    if over:
        return NOTHING, over
    bars = tuple(place for place, role, _ in said if role == "bar")
    triggers = [(place, word) for place, role, word in said if role == "trigger"]
    waiting = tuple(place for place, word in triggers if word == NOTHING)
    if waiting:
        return (FREE, tuple(sorted((*bars, *waiting)))) if bars else (NOTHING, waiting)
    if triggers:
        return triggers[0][1], everything
    return (BOUND if not bars and any(word == BOUND for _, _, word in said) else FREE), everything


def _will_not(said: Sequence[tuple[int, str, Word]]) -> tuple[Word, tuple[int, ...]]:
    everything = tuple(place for place, _, _ in said)
    waiting = tuple(place for place, role, word in said if role == "trigger" and word == NOTHING)
    if waiting:
        return NOTHING, waiting
    triggers = tuple(place for place, role, _ in said if role == "trigger")
    releases = [(place, word) for place, role, word in said if role != "trigger"]
    barring = tuple(place for place, word in releases if word == BARRED)
    if barring:
        return BARRED, tuple(sorted((*triggers, *barring)))
    return (FREE if releases else BARRED), everything


def truth_of(clause: Clause, known: _Known) -> Truth:
    """Whether a condition is met, on evidence that no one contests; on silence as the table says for its operator."""
    told = bits(clause.formula, known)
    if told:
        come_about = {atom: one & FOR for atom, one in known.items()}
        return Truth(told == FOR, absent=not bits(clause.formula, come_about))
    how = table().unreported[clause.operator]
    if how != "not_come_about":
        return Truth(how == "goes_on", presumed=True, absent=True)
    return Truth(bits(clause.formula, _silent_as_no(clause, known)) == FOR, presumed=True, absent=True)


def _silent_as_no(clause: Clause, known: _Known) -> dict[str, int]:
    return {atom: known.get(atom, 0) or AGAINST for atom in atoms(clause.formula)}


def _decide(terms: Terms, known: _Known, *, pending: bool) -> tuple[Word, tuple[tuple[str, int], ...], bool]:
    """The word, the atoms that decide it with the side each is taken on, and whether the act waits for a deadline."""
    truths = [truth_of(clause, known) for clause in terms.clauses]
    word, deciding = joined_word(terms, truths)
    waits = False
    if pending and word == BOUND:
        # Before its time is over, that a demand was not met yet makes nothing due.
        still_open = [_open(clause, truth) for clause, truth in zip(terms.clauses, truths, strict=True)]
        then, _ = joined_word(terms, still_open)
        if then != BOUND or not deciding:
            word, waits = NOTHING, True
    why = (pair for place in deciding for pair in _supports(terms.clauses[place], truths[place], known))
    return word, tuple(dict.fromkeys(why)), waits


def _open(clause: Clause, truth: Truth) -> Truth:
    role = table().roles[clause.operator]
    if not truth.absent or role == "bar" or clause.operator == "as_long_as":
        return truth
    return Truth(role == "hold")


def _supports(clause: Clause, truth: Truth, known: _Known) -> tuple[tuple[str, int], ...]:
    """The atoms behind a condition's truth. On silence: those nobody reported, each taken as the table takes it."""
    side = FOR if truth.met else AGAINST
    if truth.presumed and table().unreported[clause.operator] == "not_come_about":
        return supports(clause.formula, _silent_as_no(clause, known), side)
    return supports(clause.formula, known, side)


def _sides(
    terms: Terms, known: _Known, contested: Sequence[str], *, pending: bool
) -> tuple[list[tuple[Word, tuple[tuple[str, bool], ...], tuple[tuple[str, int], ...]]], bool]:
    """The word under every way of believing the contested atoms, in the fewest words: the smallest takings that
    suffice, whatever is believed of the other contested atoms."""
    ways: Iterable[tuple[int, ...]]
    ways = product((FOR, AGAINST), repeat=len(contested))
    if len(contested) > SIDES:
        ways = ((FOR,) * len(contested), (AGAINST,) * len(contested))
    words = {way: _decide(terms, {**known, **dict(zip(contested, way, strict=True))}, pending=pending) for way in ways}
    waits = any(one[2] for one in words.values())
    if len(contested) > SIDES:
        return [(one[0], _taking(contested, way), one[1]) for way, one in words.items()], waits
    # From the emptiest taking on: 0 is "whatever is believed of this one".
    takings = sorted(product((FOR, AGAINST, 0), repeat=len(contested)), key=lambda one: len(one) - one.count(0))
    found: list[tuple[Word, tuple[int, ...], tuple[tuple[str, int], ...]]] = []
    for taking in takings:
        if any(_within(taking, smaller) for _, smaller, _ in found):
            continue
        under = [one for way, one in words.items() if _within(way, taking)]
        if len({one[0] for one in under}) == 1:
            either = {atom for atom, side in zip(contested, taking, strict=True) if not side}
            found.append((under[0][0], taking, tuple(pair for pair in under[0][1] if pair[0] not in either)))
    return [(word, _taking(contested, taking), why) for word, taking, why in found], waits


def _within(way: Sequence[int], taking: Sequence[int]) -> bool:
    return all(side in (0, one) for one, side in zip(way, taking, strict=True))


def _taking(contested: Sequence[str], way: Sequence[int]) -> tuple[tuple[str, bool], ...]:
    return tuple((atom, side == FOR) for atom, side in zip(contested, way, strict=True) if side)


def _bits(atom: str, states: Mapping[str, AtomState], supposed: Mapping[str, bool]) -> int:
    if atom in supposed:
        return FOR if supposed[atom] else AGAINST
    state = states.get(atom)
    if state is None:
        return 0
    if type(state) is not AtomState:
        raise LogicError(f"not the state of an atom: a {type(state).__name__}")
    return state.bits


def _because(atom: str, side: int, states: Mapping[str, AtomState], supposed: Mapping[str, bool]) -> Because:
    come_about = side == FOR
    if atom in supposed:
        return Because(atom, come_about, "supposed")
    state = states.get(atom)
    if state is not None and state.state in VERDICTS and state.decided is not None:
        return Because(atom, come_about, "decided", decision=state.decided.decision)
    if state is not None and state.bits & side:
        return Because(atom, come_about, "reported", state.origins("for" if come_about else "against"))
    return Because(atom, come_about, "presumed")


def _ended(terms: Terms, moment: str) -> End | None:
    """How the commitment is over at `moment`, if it is: a withdrawal before an act, an act before a deadline."""
    ended = table().ended
    bounds: list[tuple[End, str | None]] = [("withdrawn", terms.withdrawn), ("acted_on", terms.acted_on)]
    for how, bound in bounds:
        if bound is not None and reached(bound, moment) and (how, terms.kind, terms.polarity) in ended:
            return how
    if terms.deadline is not None and not _on_condition(terms, terms.deadline) and _passed(terms.deadline, moment):
        return "lapsed"
    return None


def _pending(terms: Terms, moment: str) -> bool:
    """Whether a deadline on the condition has not certainly passed."""
    limit = terms.deadline
    return limit is not None and _on_condition(terms, limit) and not _passed(limit, moment)


def _on_condition(terms: Terms, limit: Deadline) -> bool:
    return limit.on == "condition" or (limit.on is None and terms.kind in table().on_condition)


def _passed(limit: Deadline, moment: str) -> bool:
    return limit.when.latest is not None and reached(limit.when.latest, moment, wholly=True)
