"""What would follow if: suppositions, the standings under them, and the smallest sets of atoms still missing.

Invariant: a supposition never becomes evidence. It has no origin, no time and no spans, `states.py` takes no value of
its type, neither the codec nor pickle writes it, and what follows from it comes as `Supposed`, which is no `Standing`.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import combinations
from typing import Any, Literal, NamedTuple, NoReturn

from tocsin.core.commitments import OPERATORS
from tocsin.errors import UsageError
from tocsin.reason.expressions import AGAINST, FOR, Every, Formula, Named, Negated, atoms
from tocsin.reason.standing import Clause, Standing, Terms, stand, standing_under
from tocsin.reason.states import VERDICTS, AtomState
from tocsin.reason.table import BARRED, BOUND, FREE, NOTHING, Word, table

MOST_SETS = 20
"""Sets that are shown for one word, smallest first. More of them nobody reads; `Missing.more` says that there are."""
BREADTH = 100
"""Partial sets that are kept while the sets are built, those with the fewest missing atoms first; beyond this
`Missing.more` is set. Five times what is shown; a page's condition has some ten atoms and far fewer ways to be met, and
a made one of thirty lists of ten stays under three seconds."""
SUBSETS = 8
"""Up to so many atoms every smaller set is tried, so that a set is certainly minimal; beyond it atoms are dropped one
at a time."""
_Literal = tuple[str, bool]
_Silence = Literal["", "as_wanted", "as_no"]


class ContradictionError(UsageError):
    """Suppositions of which one says that an atom comes about, and another that it does not."""


class _Unkept:
    """What cannot be stored: no dataclass, so that the codec leaves it as it is and JSON refuses it; no pickling."""

    __slots__: tuple[str, ...] = ()

    def __reduce__(self) -> NoReturn:
        raise TypeError(f"a {type(self).__name__} cannot be kept")

    def _parts(self) -> tuple[Any, ...]:
        return tuple(getattr(self, name) for name in self.__slots__)

    def __eq__(self, other: object) -> bool:
        return type(other) is type(self) and isinstance(other, _Unkept) and self._parts() == other._parts()

    def __hash__(self) -> int:
        return hash(self._parts())

    def __repr__(self) -> str:
        return f"{type(self).__name__}{self._parts()!r}"

    def __setattr__(self, name: str, value: object) -> None:
        raise AttributeError(f"{name} of a {type(self).__name__} is as it was made")


class Supposition(_Unkept):
    """An atom supposed to come about, or not to. Nothing that is known, and nothing that can be kept."""

    __slots__ = ("atom", "come_about")
    atom: str
    come_about: bool

    def __init__(self, atom: str, come_about: bool) -> None:
        object.__setattr__(self, "atom", atom)
        object.__setattr__(self, "come_about", come_about)


class Supposed(_Unkept):
    """A standing as it would be under suppositions."""

    __slots__ = ("standing", "under")
    standing: Standing
    under: tuple[Supposition, ...]

    def __init__(self, standing: Standing, under: tuple[Supposition, ...]) -> None:
        object.__setattr__(self, "standing", standing)
        object.__setattr__(self, "under", under)


@dataclass(frozen=True, slots=True)
class Missing:
    """The smallest sets of suppositions that would each, on top of what is so, give `word`; smallest first.

    One empty set: it is given already. No set: nothing that these terms name would do. `after_deadline`: only once the
    deadline has passed.
    """

    word: Word
    sets: tuple[tuple[Supposition, ...], ...]
    more: bool = False
    after_deadline: bool = False


@dataclass(frozen=True, slots=True)
class Outcome:
    """What suppositions change for one commitment; `missing` is what it would take beyond them to be bound, and free,
    to act, for each of the two that its terms can give."""

    terms: str
    before: Standing
    after: Supposed
    missing: tuple[Missing, ...]

    @property
    def changed(self) -> bool:
        """Whether another word is given, or the same ones under other beliefs."""
        was, now = self.before, self.after.standing
        return (was.word, was.waits, _sides(was)) != (now.word, now.waits, _sides(now))


def suppositions(come_about: Iterable[str] = (), not_come_about: Iterable[str] = ()) -> tuple[Supposition, ...]:
    """Atoms supposed to come about, and not to; raises ContradictionError, which names the atoms that are in both."""
    yes, no = set(come_about), set(not_come_about)
    if yes & no:
        raise ContradictionError(f"supposed both to come about and not to: {', '.join(sorted(yes & no))}")
    return tuple(Supposition(atom, atom in yes) for atom in sorted(yes | no))


def what_if(
    told: Iterable[Terms], states: Mapping[str, AtomState], supposed: Iterable[Supposition], *, moment: str
) -> tuple[Outcome, ...]:
    """For each commitment the standing before and after, and what is still missing; in the order given."""
    under = _checked(supposed)
    given = {one.atom: one.come_about for one in under}
    out = []
    for terms in told:
        before = stand(terms, states, moment=moment)
        own = {atom: given[atom] for clause in terms.clauses for atom in atoms(clause.formula) if atom in given}
        after = standing_under(terms, states, moment=moment, supposed=own) if own else before
        wanted = [word for word in (BOUND, FREE) if word in _possible(terms)]
        lacking = tuple(missing(terms, states, word, moment=moment, supposed=under) for word in wanted)
        out.append(Outcome(terms.id, before, Supposed(after, under), lacking))
    return tuple(out)


def missing(
    terms: Terms, states: Mapping[str, AtomState], word: Word, *, moment: str, supposed: Iterable[Supposition] = ()
) -> Missing:
    """The smallest sets of atoms that would give `word` at `moment`. What a person has decided, and what is supposed,
    is not supposed otherwise."""
    given = {one.atom: one.come_about for one in _checked(supposed)}
    found = _Search(terms, states, moment, given).sets(word)
    if found.sets or terms.deadline is None or not _waits(terms, states, moment, given):
        return found
    later = _Search(replace(terms, deadline=None), states, moment, given).sets(word)
    return replace(later, after_deadline=bool(later.sets))


class _Search:
    """The sets for one commitment. A set is a tuple of literals, sorted."""

    def __init__(self, terms: Terms, states: Mapping[str, AtomState], moment: str, given: Mapping[str, bool]) -> None:
        self.terms, self.states, self.moment, self.given = terms, states, moment, given
        self.fixed = dict(given)
        self.so: set[_Literal] = set(given.items())
        self.told = {atom: FOR if come_about else AGAINST for atom, come_about in given.items()}
        for clause in terms.clauses:
            for atom in atoms(clause.formula):
                state = states.get(atom)
                if atom in given or state is None:
                    continue
                self.told[atom] = state.bits
                if state.state in VERDICTS:
                    self.fixed[atom] = state.bits == FOR
                if state.bits in (FOR, AGAINST):
                    self.so.add((atom, state.bits == FOR))
        self.cut = False

    def sets(self, word: Word) -> Missing:
        """The minimal sets for `word`, smallest first."""
        if self._enough((), word):
            return Missing(word, ((),))
        goals = _goals(self.terms, word)
        # Silence may be broken by what another clause needs: so each goal is tried with and without leaning on it.
        goals += [tuple(one._replace(silent="") for one in goal) for goal in goals]
        candidates = dict.fromkeys(way for goal in dict.fromkeys(goals) for way in self._together(goal))
        found: set[tuple[_Literal, ...]] = set()
        for way in candidates:
            found.update(self._smallest(tuple(one for one in way if one not in self.so), word))
        least = [one for one in found if not any(set(other) < set(one) for other in found)]
        least.sort(key=lambda one: (len(one), one))
        shown = tuple(tuple(Supposition(*literal) for literal in one) for one in least[:MOST_SETS])
        return Missing(word, shown, self.cut or len(least) > MOST_SETS)

    def _enough(self, literals: Sequence[_Literal], word: Word) -> bool:
        supposed = {**self.given, **dict(literals)}
        return standing_under(self.terms, self.states, moment=self.moment, supposed=supposed).word == word

    def _smallest(self, literals: tuple[_Literal, ...], word: Word) -> list[tuple[_Literal, ...]]:
        """The sets within `literals` that are enough, while no smaller set within them is."""
        found: list[tuple[_Literal, ...]] = []
        if len(literals) > SUBSETS:
            return self._dropped(literals, word)
        for size in range(1, len(literals) + 1):
            for some in combinations(literals, size):
                if not any(set(one) <= set(some) for one in found) and self._enough(some, word):
                    found.append(some)
        return found

    def _dropped(self, literals: tuple[_Literal, ...], word: Word) -> list[tuple[_Literal, ...]]:
        """One set within `literals`, made by leaving out one after another what is not needed."""
        if not self._enough(literals, word):
            return []
        for one in literals:
            fewer = tuple(other for other in literals if other != one)
            if self._enough(fewer, word):
                literals = fewer
        return [literals]

    def _together(self, goal: Sequence["_Need"]) -> list[tuple[_Literal, ...]]:
        """The sets of literals that meet all needs at once."""
        return self._product([self._ways(one.formula, one.wanted, silent=one.silent) for one in goal])

    def _ways(self, formula: Formula, wanted: bool, *, silent: _Silence) -> list[tuple[_Literal, ...]]:
        """The sets of literals that make `formula` true (or false), none within another, those that lack least first:
        the product over what must all hold, the union over what may. `silent` says which literals silence gives."""
        if isinstance(formula, Named):
            atom = formula.atom
            told = self.told.get(atom, 0)
            if silent == "as_wanted" and not told & (AGAINST if wanted else FOR):
                return [()]
            if silent == "as_no" and not wanted and not told:
                return [()]
            return [] if self.fixed.get(atom, wanted) != wanted else [((atom, wanted),)]
        if isinstance(formula, Negated):
            return self._ways(formula.part, not wanted, silent=silent)
        parts = [self._ways(part, wanted, silent=silent) for part in formula.parts]
        if isinstance(formula, Every) != wanted:
            return self._least(way for ways in parts for way in ways)
        return self._product(parts)

    def _product(self, parts: Iterable[list[tuple[_Literal, ...]]]) -> list[tuple[_Literal, ...]]:
        out: list[tuple[_Literal, ...]] = [()]
        for ways in parts:
            out = self._least(joined for way in out for other in ways if (joined := _joined(way, other)) is not None)
        return out

    def _least(self, ways: Iterable[tuple[_Literal, ...]]) -> list[tuple[_Literal, ...]]:
        ordered = sorted(set(ways), key=lambda way: (sum(one not in self.so for one in way), len(way), way))
        out: list[frozenset[_Literal]] = []
        kept: list[tuple[_Literal, ...]] = []
        for way in ordered:
            if len(kept) == BREADTH:
                self.cut = True
                break
            own = frozenset(way)
            if not any(other <= own for other in out):
                out.append(own)
                kept.append(way)
        return kept


def _joined(way: tuple[_Literal, ...], other: tuple[_Literal, ...]) -> tuple[_Literal, ...] | None:
    """Both sets as one; None where they contradict each other."""
    both = dict(way)
    for atom, come_about in other:
        if both.setdefault(atom, come_about) != come_about:
            return None
    return tuple(sorted(both.items()))


class _Need(NamedTuple):
    """That a formula be true, or false, and what silence does for that by the table: nothing, all (it is as wanted
    while nothing tells otherwise), or that an atom on which nothing is told has not come about."""

    formula: Formula
    wanted: bool
    silent: _Silence

    def turned(self) -> "_Need":
        """The opposite, which silence does not give."""
        return _Need(self.formula, not self.wanted, "")


def _need(clause: Clause, wanted: bool) -> _Need:
    silence = table().unreported[clause.operator]
    if silence == "not_come_about":
        return _Need(clause.formula, wanted, "as_no")
    return _Need(clause.formula, wanted, "as_wanted" if (silence == "goes_on") is wanted else "")


def _goals(terms: Terms, word: Word) -> list[tuple[_Need, ...]]:
    """Needs of which one tuple is met where `word` may be reached by these terms: what `joined_word` demands of each
    clause. The search asks `joined_word` itself of every set that they yield, so that they may be too wide."""
    rows, roles = table().rows, table().roles
    ready: list[_Need] = []
    triggers: list[_Need] = []
    barring: list[_Need] = []
    for clause in terms.clauses:
        row = rows[terms.kind, terms.polarity, clause.operator]
        if roles[clause.operator] == "none":
            continue
        if roles[clause.operator] == "trigger":
            triggers.append(_need(clause, True))
            continue
        wanted = row.unmet in (NOTHING, BARRED)
        ready.append(_need(clause, wanted))
        if BARRED in (row.met, row.unmet):
            barring.append(_need(clause, row.met == BARRED))
    if word == BARRED:
        if terms.polarity == "will":
            return [(one,) for one in barring]
        return [(*triggers, one) for one in barring] or [tuple(triggers)]
    if word == NOTHING:
        return []
    # Free under a requirement needs no trigger; where the triggers are met, it needs one of them not to be.
    held = [(*ready, one.turned()) for one in triggers]
    return [tuple(ready), (*ready, *triggers), *held]


def _possible(terms: Terms) -> set[Word]:
    """The words that the table could give to these terms."""
    rows = table().rows
    operators = [one.operator for one in terms.clauses if one.operator in OPERATORS]
    answers = [rows[terms.kind, terms.polarity, one] for one in operators] or [rows[terms.kind, terms.polarity, "none"]]
    return {word for answer in answers for word in (answer.met, answer.unmet)}


def _waits(terms: Terms, states: Mapping[str, AtomState], moment: str, given: Mapping[str, bool]) -> bool:
    return standing_under(terms, states, moment=moment, supposed=given).ended is None


def _sides(standing: Standing) -> tuple[tuple[Word, tuple[tuple[str, bool], ...]], ...]:
    return tuple((side.word, side.taking) for side in standing.sides)


def _checked(supposed: Iterable[Supposition]) -> tuple[Supposition, ...]:
    both = tuple(supposed)
    return suppositions([one.atom for one in both if one.come_about], [one.atom for one in both if not one.come_about])
