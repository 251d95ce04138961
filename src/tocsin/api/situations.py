"""Situations under watch, at a moment: what conditions name and what analysts wait for, with the state of each since
when, the evidence for and against, what waits for a person, and whether anybody looked.

Invariant: the state is what `reason.states` gives of the row's evidence and decisions at the moment asked for.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from tocsin.api.exact import Sound, Words, chain, hops_of, pairs, when_of
from tocsin.core.rows import Row
from tocsin.core.spans import spans_of
from tocsin.core.when import UNKNOWN, When
from tocsin.reason import states
from tocsin.reason.states import AtomState

if TYPE_CHECKING:
    from tocsin.api.case import Case


@dataclass(frozen=True, slots=True)
class Evidence(Sound):
    """A report that bears on a situation. `counts` says what it counts for now: `counts`, `overtaken` (about a time
    that another's word has left behind), `superseded` (its origin has said otherwise since), `overruled` (by a person),
    `waits` (which way it points is open)."""

    id: str
    direction: str | None
    counts: str
    origin: str
    speaker: str | None
    chain: str
    page: str | None
    published: When
    words: Words
    score: float
    reasons: tuple[str, ...]
    by: str | None = None


@dataclass(frozen=True, slots=True)
class Named(Sound):
    """One place where a condition names the situation; `absent`: what it names is that it does not come about."""

    words: Words
    page: str
    teller: str | None
    telling: str | None
    absent: bool


@dataclass(frozen=True, slots=True)
class Watch(Sound):
    """A person's tripwire. `looked` is false where no page speaks of the place and none of those who could see it says
    anything, None where neither is known; `silent` are those of whom no page has a word."""

    decision: str
    words: str
    by: str
    made: str
    name: str | None = None
    place: str | None = None
    who: tuple[str, ...] = ()
    shows: tuple[str, ...] = ()
    looked: bool | None = None
    pages: tuple[str, ...] = ()
    silent: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Because(Sound):
    """A situation that decides a standing: taken as come about or not, because it is `stated`, `decided`, `reported`
    (by `origins`), `presumed` on silence, or `supposed`."""

    situation: str
    words: str
    come_about: bool
    source: str
    origins: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Situation(Sound):
    """A situation that may come about. `state` is what holds at the moment asked for and `since` from when on (None:
    always); `reported` is what the evidence alone says. `absent`: no page words the situation itself, and `words` are
    of its not coming about."""

    id: str
    atom: str
    words: str
    state: str
    reported: str
    since: str | None
    history: tuple[tuple[str | None, str], ...] = ()
    evidence: tuple[Evidence, ...] = ()
    named: tuple[Named, ...] = ()
    watches: tuple[Watch, ...] = ()
    decided: str | None = None
    looked: bool | None = None
    absent: bool = False
    maybe: tuple[str, ...] = ()

    @property
    def wordings(self) -> tuple[str, ...]:
        """Every wording, the one that it is shown by first."""
        return tuple(dict.fromkeys([self.words, *(one.words.text for one in self.named)]))

    @property
    def seen(self) -> str:
        """The state in words; of a tripwire that nothing is reported of, whether anybody looked."""
        if self.state == "unreported" and self.looked is not None and self.watches:
            return "looked, not seen" if self.looked else "nobody looked"
        return STATE_PHRASES[self.state]


STATE_PHRASES: Mapping[str, str] = {
    "unreported": "not reported", "alleged": "alleged", "denied": "denied", "contested": "contested",
    "confirmed": "confirmed", "ruled_out": "ruled out",
}  # fmt: skip


class Situations:
    """All situations of a case at the end of `moment`, made where they are asked for."""

    def __init__(self, case: "Case", moment: str) -> None:
        self._case = case
        self.moment = moment
        self._states: dict[str, AtomState] = {}
        self._views: dict[str, Situation] = {}

    @cached_property
    def rows(self) -> Mapping[str, Row]:
        """Rows by the id of the atom."""
        return {row.data["members"][0]: row for row in self._case.store.rows.of_kind("tripwire")}

    @cached_property
    def _ids(self) -> Mapping[str, str]:
        return {member: atom for atom, row in self.rows.items() for member in (row.id, *row.data["members"])}

    @cached_property
    def _told(self) -> Mapping[str, list[tuple[str, dict[str, Any]]]]:
        out: dict[str, list[tuple[str, dict[str, Any]]]] = {}
        for atom, row in self.rows.items():
            for one in row.data["told"]:
                if one["telling"]:
                    out.setdefault(one["telling"], []).append((atom, one))
        return out

    def atom(self, thing: str) -> str | None:
        """The atom that an id (or enough of its start) leads to."""
        if thing in self._ids:
            return self._ids[thing]
        found = {atom for one, atom in self._ids.items() if one.startswith(thing)}
        return found.pop() if len(found) == 1 else None

    def named_by(self, telling: str, spans: Iterable[tuple[int, int]]) -> dict[str, bool]:
        """The atoms that the condition at `spans` of a telling names, in reading order, and whether as absent."""
        places = list(spans)
        found: dict[str, tuple[int, bool]] = {}
        for atom, one in self._told.get(telling, ()):
            first, last = one["spans"][0][0], one["spans"][-1][1]
            if any(start < last and first < end for start, end in places):
                found[atom] = min(found.get(atom, (first, True)), (first, one["sign"] == "absent"))
        return {atom: found[atom][1] for atom in sorted(found, key=lambda atom: (found[atom], atom))}

    def words(self, atom: str) -> tuple[str, bool]:
        """The words by which an atom is shown, and whether they are of its not coming about: only where no page words
        the situation itself."""
        row = self.rows.get(atom)
        if row is None:
            return atom, False
        own = [one["words"] for one in row.data["told"] if one["sign"] != "absent"]
        if not own or row.data["words"] in own:
            return row.data["words"], not own
        return own[0], False

    def state(self, atom: str) -> AtomState:
        """The state of an atom; of one that is not under watch nothing is known."""
        if atom not in self._states:
            row = self.rows.get(atom)
            self._states[atom] = _state(atom, row, self.moment) if row else AtomState(atom)
        return self._states[atom]

    def view(self, atom: str) -> Situation:
        """The situation as it is shown."""
        if atom not in self._views:
            self._views[atom] = self._view(atom, self.rows[atom])
        return self._views[atom]

    def all(self) -> list[Situation]:
        """Every situation: a person's tripwires first, then what most is reported of."""
        return sorted(
            map(self.view, self.rows), key=lambda one: (not one.watches, -len(one.evidence), one.words, one.id)
        )

    def _view(self, atom: str, row: Row) -> Situation:
        data, state = row.data, self.state(atom)
        words, absent = self.words(atom)
        steps = [(since, name) for since, name in _history(atom, row) if since is None or _by(since, self.moment)]
        return Situation(
            id=row.id,
            atom=atom,
            words=words,
            state=state.state,
            reported=state.reported,
            since=steps[-1][0] if steps else None,
            history=tuple(steps),
            evidence=self._evidence(row, state),
            named=tuple(_named(one) for one in data["told"] if one["doc"]),
            watches=tuple(map(_watch, data["watch"])),
            decided=state.decided.decision if state.decided else None,
            looked=next((one["looked"] for one in data["watch"]), None),
            absent=absent,
            maybe=tuple(one["with"] for one in data.get("maybe", ())),
        )

    def _evidence(self, row: Row, state: AtomState) -> tuple[Evidence, ...]:
        every = [*row.data["evidence"], *row.data["waiting"]]
        claims = self._case.store.rows.rows_by_id([one["claim"] for one in every if one["claim"]], ("claim",))
        fate: dict[tuple[str, int, int], str] = {}
        for name, words in (
            ("counts", state.standing),
            ("overtaken", state.overtaken),
            ("superseded", state.superseded),
        ):
            fate |= {(span.doc, span.start, span.end): name for one in words for span in one.spans}
        fate |= {(span.doc, span.start, span.end): "overruled" for one in state.overruled for span in one.spans}
        out = []
        for one in every:
            counts = fate.get((one["doc"], *one["span"]), "later") if one["direction"] else "waits"
            if counts != "later":  # it was not said yet at the moment asked for
                out.append(self._one(one, counts, claims))
        return tuple(out)

    def _one(self, one: dict[str, Any], counts: str, claims: Mapping[str, list[Row]]) -> Evidence:
        claim = next(iter(claims.get(one["claim"] or "", ())), None)
        if claim is not None and claim.data["span"] == one["span"]:
            text = claim.data["text"]
        else:
            doc = self._case.store.document(one["doc"])
            text = doc.words(spans_of(doc.id, [(one["span"][0], one["span"][1])]))
        told = chain(hops_of(claim.data)) if claim else ""
        return Evidence(
            id=one["id"],
            direction=one["direction"],
            counts=counts,
            origin=one["origin"],
            speaker=one["speaker"],
            chain=told or one["speaker"] or "the page",
            page=one["page"],
            published=when_of(one["published"]),
            words=Words(text, one["doc"], pairs([one["span"]])),
            score=one["score"],
            reasons=tuple(one["reasons"]),
            by=one["by"],
        )


def _told_by(atom: str, row: Row) -> list[states.Evidence]:
    out = []
    for one in row.data["evidence"]:
        said = when_of(one["published"]) if one["published"]["latest"] else UNKNOWN
        spans = spans_of(one["doc"], [(one["span"][0], one["span"][1])])
        out.append(states.Evidence(atom, one["direction"], one["origin"], said, spans=spans))
    return out


def _decided_on(atom: str, row: Row) -> list[states.Decided]:
    return [states.Decided(atom, *one) for one in row.data["decided"]]


def _state(atom: str, row: Row, moment: str) -> AtomState:
    looked = next((one["looked"] for one in row.data["watch"]), None)
    return states.state_at(atom, _told_by(atom, row), _decided_on(atom, row), moment=moment, looked=looked)


def _history(atom: str, row: Row) -> tuple[tuple[str | None, str], ...]:
    return states.history(atom, _told_by(atom, row), _decided_on(atom, row))


def _by(bound: str, moment: str) -> bool:
    return states.reached(bound, moment)


def _named(one: dict[str, Any]) -> Named:
    words = Words(one["words"], one["doc"], pairs(one["spans"]))
    return Named(words, one["page"], one["teller"], one["telling"], one["sign"] == "absent")


def _watch(one: dict[str, Any]) -> Watch:
    return Watch(
        one["decision"], one["words"], one["by"], one["made"], one["name"], one["place"], tuple(one["who"] or ()),
        tuple(one["shows"] or ()), one["looked"], tuple(one["pages"]), tuple(one["silent"]),
    )  # fmt: skip
