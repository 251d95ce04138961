"""What if: what would follow under each telling of each commitment, were situations to come about, or not.

Invariant: a supposition is in no row, in no decision and in no state; nothing of the case changes.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from tocsin.api.boarding import Board, terms_of
from tocsin.api.exact import Sound
from tocsin.api.matching import Candidate, chosen, turned
from tocsin.api.situations import Because
from tocsin.api.views import Commitment, Terms
from tocsin.core.rows import Row
from tocsin.errors import UsageError
from tocsin.reason.expressions import atoms
from tocsin.reason.whatif import Missing, Outcome, Supposition, suppositions, what_if

MOST_SETS = 3
"""Smallest sets of missing situations that are shown for one word."""


@dataclass(frozen=True, slots=True)
class Supposed(Sound):
    """One supposition: the words given, the situation that they were matched to and how well, and what else could have
    been meant. `come_about` is of the situation, `so` of the `words` that were nearest, which may name its absence."""

    given: str
    situation: str
    words: str
    so: bool
    come_about: bool
    score: float
    common: tuple[str, ...] = ()
    near: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Lacking(Sound):
    """The smallest sets of situations still missing for `word`; one empty set: nothing is missing. `after_deadline`:
    only once the deadline has passed."""

    word: str
    sets: tuple[tuple[Because, ...], ...]
    more: bool = False
    after_deadline: bool = False


@dataclass(frozen=True, slots=True)
class Under(Sound):
    """One teller's terms before and after; `changed`: another word is given, or for another reason."""

    before: Terms
    after: Terms
    changed: bool
    missing: tuple[Lacking, ...] = ()


@dataclass(frozen=True, slots=True)
class Consequence(Sound):
    """A commitment that hangs on what is supposed, with all its terms side by side."""

    commitment: Commitment
    terms: tuple[Under, ...]

    @property
    def changed(self) -> bool:
        """Whether anything follows by any of its terms."""
        return any(one.changed for one in self.terms)


@dataclass(frozen=True, slots=True)
class WhatIf(Sound):
    """Suppositions with what follows from them, what changes first."""

    supposed: tuple[Supposed, ...]
    consequences: tuple[Consequence, ...]


def suppose(board: Board, rows: Sequence[Row], come_about: Iterable[str], not_come_about: Iterable[str]) -> WhatIf:
    """What would follow. Words are matched to situations; raises AmbiguousError where two match equally and
    ContradictionError where one situation is supposed both ways."""
    given = [(words, True) for words in come_about] + [(words, False) for words in not_come_about]
    if not given:
        raise UsageError("nothing is supposed: give --suppose WORDS or --suppose-not WORDS")
    candidates = _candidates(board)
    supposed = [pair for words, come in given for pair in _supposed(board, candidates, words, come)]
    yes, no = ([atom for atom, one in supposed if one.come_about is way] for way in (True, False))
    under = suppositions(yes, no)
    found = [made for row in rows if (made := _consequence(board, row, under))]
    return WhatIf(tuple(one for _, one in supposed), tuple(sorted(found, key=lambda one: not one.changed)))


def _candidates(board: Board) -> list[Candidate]:
    """Every situation that a condition names; a tripwire on which nothing hangs changes nothing."""
    out = []
    for atom, row in board.situations.rows.items():
        if row.data["tellings"]:
            wordings = dict.fromkeys([row.data["words"], *(one["words"] for one in row.data["told"])])
            out.append(Candidate(atom, tuple(wordings), board.situations.around(atom)))
    return out


def _supposed(board: Board, candidates: Sequence[Candidate], words: str, come: bool) -> list[tuple[str, Supposed]]:
    """The atoms that a supposition is matched to, each with what is shown of it."""
    known = board.situations.atom(words.strip())
    if known is not None:
        row = board.situations.rows[known]
        shown, absent = board.situations.words(known)
        return [(known, Supposed(words, row.id, shown, come != absent, come, 1.0))]
    meant, near = chosen(words, candidates)
    others = tuple((board.situations.rows[one.id].id, one.wording) for one in near)
    come_about = come != turned(words)
    out = []
    for match in meant:
        so = come_about != turned(match.wording)
        row = board.situations.rows[match.id]
        made = Supposed(words, row.id, match.wording, so, come_about, match.score, match.common, others)
        out.append((match.id, made))
        others = ()  # said once
    return out


def _consequence(board: Board, row: Row, under: Sequence[Supposition]) -> Consequence | None:
    given = {one.atom for one in under}
    told = [terms_of(row, group) for group in row.data["tellings"]]
    if not any(atom in given for terms in told for clause in terms.clauses for atom in atoms(clause.formula)):
        return None
    commitment = board.commitment(row)
    if commitment is None:
        return None
    outcomes = {one.terms: one for one in what_if(told, board.states, under, moment=board.moment)}
    shown = tuple(_under(board, before, outcomes[before.id]) for before in commitment.terms)
    return Consequence(commitment, shown)


def _under(board: Board, before: Terms, outcome: Outcome) -> Under:
    after = board.stood(before, outcome.after.standing)
    return Under(before, after, outcome.changed, tuple(_lacking(board, one) for one in outcome.missing))


def _lacking(board: Board, one: Missing) -> Lacking:
    sets = tuple(
        tuple(board.named(each.atom, come_about=each.come_about) for each in some) for some in one.sets[:MOST_SETS]
    )
    return Lacking(one.word, sets, one.more or len(one.sets) > MOST_SETS, one.after_deadline)
