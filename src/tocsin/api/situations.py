"""Situations under watch, at a moment: what conditions name and what analysts wait for, with the state of each since
when, the evidence for and against, what waits for a person, and whether anybody looked.

Invariant: the state is what `reason.states` gives of the row's evidence and decisions at the moment asked for.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any

from tocsin.api.exact import Sound, Words, chain, hops_of, pairs, when_of
from tocsin.api.matching import turned
from tocsin.core.rows import READINGS, Row
from tocsin.core.spans import spans_of
from tocsin.core.when import UNKNOWN, When
from tocsin.reason import states
from tocsin.reason.expressions import AGAINST, FOR, VALUES, Value
from tocsin.reason.states import AtomState, State

if TYPE_CHECKING:
    from tocsin.api.case import Case


MOST_REPORTS = 12
"""Reports of one situation that a list gives, the newest: of a thousand nobody reads more, and `show` has all."""


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
    of its not coming about. Of all `reports` that bear on it `evidence` holds the newest; of all `places` that name it
    `named` holds the first where it stands beside a condition, for a thousand conditions would each list a thousand."""

    id: str
    atom: str
    words: str
    state: str
    reported: str
    since: str | None
    history: tuple[tuple[str | None, str], ...] = ()
    evidence: tuple[Evidence, ...] = ()
    reports: int = 0
    named: tuple[Named, ...] = ()
    places: int = 0
    watches: tuple[Watch, ...] = ()
    decided: str | None = None
    looked: bool | None = None
    absent: bool = False

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

    def __init__(self, case: "Case", moment: str, most: int | None = MOST_REPORTS) -> None:
        self._case = case
        self._most = most
        self.moment = moment
        self._states: dict[str, AtomState] = {}
        self._views: dict[str, Situation] = {}
        self._beside: dict[str, Situation] = {}

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
        """The words by which an atom is shown, and whether they say that it does not come about: only where no page
        words the situation itself."""
        row = self.rows.get(atom)
        if row is None:
            return atom, False
        every = dict.fromkeys([row.data["words"], *(one["words"] for one in row.data["told"])])
        own = next((one for one in every if not turned(one)), None)
        return (own, False) if own is not None else (row.data["words"], True)

    def around(self, atom: str) -> tuple[str, ...]:
        """What stands around the situation where conditions name it: who would act, and how."""
        return self._around.get(atom, ())

    @cached_property
    def _around(self) -> Mapping[str, tuple[str, ...]]:
        return {row.id: tuple(row.data["context"]) for row in self._case.store.rows.of_kind("atom")}

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

    def beside(self, atom: str) -> Situation:
        """The situation as it stands beside a condition that names it."""
        if atom not in self._beside:
            whole = self.view(atom)
            self._beside[atom] = whole if self._most is None else replace(whole, named=whole.named[: self._most])
        return self._beside[atom]

    def all(self) -> list[Situation]:
        """Every situation: a person's tripwires first, then what most is reported of."""
        return sorted(map(self.view, self.rows), key=lambda one: (not one.watches, -one.reports, one.words, one.id))

    def _view(self, atom: str, row: Row) -> Situation:
        data = row.data
        words, absent = self.words(atom)
        steps = tuple((since, state) for since, state in data["history"] if _by(since, self.moment))
        known = [one for one in (*data["evidence"], *data["waiting"]) if _by(one["day"], self.moment)]
        evidence = self._evidence(atom, row, known)
        state = self.state(atom)
        named = tuple(_named(one) for one in data["told"] if one["doc"])
        return Situation(
            id=row.id,
            atom=atom,
            words=words,
            state=state.state,
            reported=state.reported,
            since=steps[-1][0] if steps else None,
            history=steps,
            evidence=evidence,
            reports=len(known),
            named=named,
            places=len(named),
            watches=tuple(dict.fromkeys(map(_watch, data["watch"]))),
            decided=state.decided.decision if state.decided else None,
            looked=state.looked,
            absent=absent,
        )

    def _evidence(self, atom: str, row: Row, known: list[dict[str, Any]]) -> tuple[Evidence, ...]:
        """The newest reports, those that a person linked among them; all of them where there are few."""
        linked = {one["id"]: one for one in row.data["linked"]}
        newest = sorted(known, key=lambda one: (one["day"] or "", one["id"]), reverse=True)[: self._most]
        rows = self._case.store.rows.rows_by_id([one["id"] for one in newest if one["id"] not in linked], ("evidence",))
        full = {id_: {**own[0].data, "id": id_} for id_, own in rows.items() if own} | linked
        every = [{**full[one["id"]], **one} for one in newest if one["id"] in full]
        claims = self._case.store.rows.rows_by_id([one["claim"] for one in every if one["claim"]], ("claim",))
        fate = _fates(atom, row, every, self.moment) if len(every) == len(known) else {}
        out = [self._one(one, fate, claims) for one in every]
        return tuple(sorted(out, key=lambda one: (one.published.latest or "~", one.words.doc, one.words.spans)))

    def _claim_at(self, one: dict[str, Any]) -> Row | None:
        """The claim that a person linked by its words alone."""
        rows = self._case.store.rows.block_rows(READINGS, one["doc"])
        return next((row for row in rows if row.kind == "claim" and row.data["span"] == one["span"]), None)

    def _one(
        self, one: dict[str, Any], fate: Mapping[tuple[str, int, int], str], claims: Mapping[str, list[Row]]
    ) -> Evidence:
        claim = next(iter(claims.get(one["claim"] or "", ())), None) or self._claim_at(one)
        counts = fate.get((one["doc"], *one["span"]), "counts") if one["direction"] else "waits"
        doc = None if claim is not None else self._case.store.document(one["doc"])
        if claim is not None and claim.data["span"] == one["span"]:
            text = claim.data["text"]
        else:
            doc = doc or self._case.store.document(one["doc"])
            text = doc.words(spans_of(doc.id, [(one["span"][0], one["span"][1])]))
        told = chain(hops_of(claim.data)) if claim else ""
        return Evidence(
            id=one["id"],
            direction=one["direction"],
            counts=counts,
            origin=one["origin"],
            speaker=claim.data["speaker"] if claim else None,
            chain=told or "the page",
            page=claim.data["page"] if claim else doc.page if doc else None,
            published=when_of(one["published"]),
            words=Words(text, one["doc"], pairs([one["span"]])),
            score=float(one["score"]),
            reasons=tuple(one.get("reasons", ())),
            by=one["by"],
        )


def _state(atom: str, row: Row, moment: str) -> AtomState:
    """The state at the end of a moment, by the history that linking has derived; `standing` names each origin once."""
    data = row.data
    state: State = next((name for since, name in reversed(data["history"]) if _by(since, moment)), "unreported")
    decided = [states.Decided(atom, *one) for one in data["decided"] if one[1] is None or _by(one[1], moment)]
    verdict = states.state_at(atom, (), decided, moment=moment).decided
    origins = {
        (one["origin"], one["direction"]): states.Evidence(atom, one["direction"], one["origin"])
        for one in data["evidence"]
        if _by(one["day"], moment)
    }
    ways = {"alleged": ("for",), "denied": ("against",), "unreported": ()}.get(state, ("for", "against"))
    standing = tuple(one for (_, way), one in sorted(origins.items()) if way in ways)
    looked = next((one["looked"] for one in data["watch"]), None)
    return AtomState(
        atom,
        state,
        _reported({one.direction for one in standing}),
        standing,
        decided=verdict,
        looked=True if origins else looked,
    )


def _reported(ways: set[states.Direction]) -> Value:
    return VALUES[(FOR if "for" in ways else 0) | (AGAINST if "against" in ways else 0)]


def _fates(atom: str, row: Row, every: list[dict[str, Any]], moment: str) -> dict[tuple[str, int, int], str]:
    """What each report counts for now."""
    told = []
    for one in every:
        if one["direction"]:
            said = when_of(one["published"]) if one["published"]["latest"] else UNKNOWN
            spans = spans_of(one["doc"], [(one["span"][0], one["span"][1])])
            told.append(states.Evidence(atom, one["direction"], one["origin"], said, spans=spans))
    decided = [states.Decided(atom, *one) for one in row.data["decided"]]
    state = states.state_at(atom, told, decided, moment=moment)
    found: dict[tuple[str, int, int], str] = {}
    for name, words in (
        ("overtaken", state.overtaken),
        ("superseded", state.superseded),
        ("overruled", state.overruled),
    ):
        found |= {(span.doc, span.start, span.end): name for one in words for span in one.spans}
    return found


def _by(bound: str | None, moment: str) -> bool:
    return bound is None or states.reached(bound, moment)


def _named(one: dict[str, Any]) -> Named:
    words = Words(one["words"], one["doc"], pairs(one["spans"]))
    return Named(words, one["page"], one["teller"], one["telling"], one["sign"] == "absent")


def _watch(one: dict[str, Any]) -> Watch:
    return Watch(
        one["decision"], one["words"], one["by"], one["made"], one["name"], one["place"], tuple(one["who"] or ()),
        tuple(one["shows"] or ()), one["looked"], tuple(one["pages"]), tuple(one["silent"]),
    )  # fmt: skip
