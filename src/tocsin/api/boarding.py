"""The board: commitments with their terms side by side, what the holder is by each of them, and what became of them.

Invariant: a standing is what `reason` gives of the terms, the situations' states and the moment; nothing is worded that
does not lead to a telling, to evidence or to a person's decision.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from tocsin.api import views
from tocsin.api.asking import Asked
from tocsin.api.exact import Words, when_of
from tocsin.api.situations import Because, Situation, Situations
from tocsin.core.rows import Row
from tocsin.core.when import FAR_FUTURE, When, ends
from tocsin.link.names import name_key
from tocsin.link.sources import origins
from tocsin.reason.expressions import atoms, parsed
from tocsin.reason.standing import Because as Reason
from tocsin.reason.standing import Clause, Deadline, Standing, Terms, stand
from tocsin.reason.states import AtomState, reached

if TYPE_CHECKING:
    from tocsin.api.case import Case

CONDITIONAL_WEIGHT = 1000
"""A commitment that hangs on a condition outweighs any number of others when holders are put in order."""
MOST_ADDED = 3
"""Situations that a telling adds to another's, named one by one; beyond that its condition's words stand for them."""
AT_ONCE = 500
"""Commitments whose rows are read at a time."""
NOBODY = views.Party()


class Names:
    """Whom names lead to, each asked for once."""

    def __init__(self, case: "Case") -> None:
        self._rows = case.store.rows
        self._known: dict[str, views.Party] = {}

    def learn(self, keys: Iterable[str]) -> None:
        """Look up many keys at once."""
        wanted = sorted({key for key in keys if key} - self._known.keys())
        found = self._rows.facts([("alias", key) for key in wanted])
        for key in wanted:
            self._known[key] = _party(found.get(("alias", key), ()))

    def of(self, key: str | None) -> views.Party:
        """Whom a key leads to; nobody where it leads nowhere, or to two."""
        if not key:
            return NOBODY
        if key not in self._known:
            self.learn([key])
        return self._known[key]

    def shown(self, origin: str) -> str:
        """An origin of evidence as people read it."""
        if origin.startswith("page "):
            address = origin.removeprefix("page ").partition("://")[2]
            return address.partition("/")[0] or origin
        key = origin.removeprefix("outlet ")
        return self.of(key).name or key


def _party(found: Iterable[Mapping[str, Any]]) -> views.Party:
    by_id = {one["id"]: one for one in found}
    if len(by_id) != 1:
        return NOBODY
    (one,) = by_id.values()
    return views.Party(one["id"], one["name"], one["kind"], one["codes"].get("iso3"), one["codes"].get("cow"))


class _Head:
    """What puts a commitment in order: whose it is, toward whom, whether any teller lets it hang on a condition."""

    PATHS = ("$.actor", "$.holder", "$.target", "$.kind", "$.told.latest")
    HANGS = ("$.tellings", "$.clauses")
    __slots__ = ("actor", "hangs", "holder", "id", "kind", "latest", "target")

    def __init__(self, row_id: str, *parts: Any) -> None:
        self.id = row_id
        self.actor, self.holder, self.target, self.kind, self.latest, self.hangs = parts


class Board:
    """Makes commitments as they are shown, of what is `asked` for, with states at the end of `moment`."""

    def __init__(self, case: "Case", moment: str, asked: Asked) -> None:
        self._rows = case.store.rows
        self.asked = asked
        self.names = Names(case)
        self.situations = Situations(case, moment)
        self.states = _States(self.situations)
        self.moment = moment
        self._outcomes = {row.data["commitment"]: row.data["steps"] for row in self._rows.of_kind("outcome")}
        """Reports that an act was done, by its commitment: steps of its history, which end nothing."""
        self._holders: dict[tuple[str, str | None], str] = {}
        self._targets: dict[str | None, str] = {None: ""}

    def commitments(
        self, *, holder: str = "", conditional: bool = False, most: int | None = None
    ) -> list[views.Commitment]:
        """Commitments in the board's order: those whose holder's name holds the words `holder`, those that hang on a
        condition, at most so many."""
        found = self._rows.parts("commitment", *_Head.PATHS, filled=_Head.HANGS)
        heads = [_Head(row_id, *parts) for row_id, parts in found]
        targets = {one.target for one in heads if one.target}
        self.names.learn({one.actor for one in heads} | set(map(name_key, targets)))
        wanted = [one.id for one in self._ordered(heads) if self._asked_for(one, holder.casefold(), conditional)]
        shown = self._shown(wanted) if most is None or self.asked.day else self._shown(wanted[:most])
        groups: dict[tuple[str, str], list[views.Commitment]] = {}
        for one in shown[:most]:
            groups.setdefault((views.holder_of(one), views.target_of(one)), []).append(one)
        return [one for group in groups.values() for one in group]

    def _asked_for(self, one: "_Head", holder: str, conditional: bool) -> bool:
        if conditional and not one.hangs:
            return False
        return not holder or holder in self._holder(one).casefold() or holder in (one.holder or "").casefold()

    def _shown(self, ids: list[str]) -> list[views.Commitment]:
        """The commitments with these ids, so many at a time: else the rows of all are held beside what is shown."""
        out = []
        for start in range(0, len(ids), AT_ONCE):
            some = ids[start : start + AT_ONCE]
            found = self._rows.rows_by_id(some, ("commitment",))
            rows = [found[one][0] for one in some]
            wanted = {telling for row in rows for telling in row.data["members"]}
            tellings = {one: own[0] for one, own in self._rows.rows_by_id(wanted, ("telling",)).items()}
            made = (self._made(row, [tellings[one] for one in row.data["members"]]) for row in rows)
            out += [one for one in made if one]
        return out

    def _holder(self, one: "_Head") -> str:
        pair = (one.actor, one.holder)
        if pair not in self._holders:
            self._holders[pair] = views.name_of(self.names.of(pair[0]), pair[1])
        return self._holders[pair]

    def _target(self, stated: str | None) -> str:
        if stated not in self._targets:
            self._targets[stated] = (self.names.of(name_key(stated)).name or stated) if stated else ""
        return self._targets[stated]

    def _ordered(self, heads: list["_Head"]) -> list["_Head"]:
        """By holder, the one with most commitments that hang on conditions first; under each by target, conditional
        ones first."""
        sides = {}
        weight: dict[str, int] = {}
        toward: dict[tuple[str, str], int] = {}
        for one in heads:
            holder, target = self._holder(one).casefold(), self._target(one.target).casefold()
            sides[one.id] = (holder, target)
            weight[holder] = weight.get(holder, 0) + 1 + CONDITIONAL_WEIGHT * one.hangs
            toward[holder, target] = toward.get((holder, target), 0) + one.hangs

        def key(one: _Head) -> tuple[Any, ...]:
            holder, target = sides[one.id]
            first = (not holder, -weight[holder], holder, -toward[holder, target], not target, target)
            return (*first, not one.hangs, one.kind, one.latest or FAR_FUTURE, one.id)

        return sorted(heads, key=key)

    def commitment(self, row: Row) -> views.Commitment | None:
        """One commitment with those of its tellings that are not from after the day; None where all are."""
        tellings = self._rows.rows_by_id(row.data["members"], ("telling",))
        return self._made(row, [one for own in tellings.values() for one in own])

    def _made(self, row: Row, members: list[Row]) -> views.Commitment | None:
        placed = [(self.asked.of(one), one) for one in members]
        kept = {one.id: one for place, one in placed if place != "after"}
        if not kept:
            return None
        shown = tuple(sorted((self._telling(one) for one in kept.values()), key=_by_date))
        return views.Commitment(
            id=row.id,
            tellings=shown,
            told=when_of(row.data["told"]),
            straddles=all(place == "across" for place, _ in placed if place != "after"),
            terms=self._terms(row, {one.id: kept[one.id] for one in shown}),
            history=self._history(row, kept),
            actor=self.names.of(row.data["actor"]),
            toward=self.names.of(name_key(row.data["target"])) if row.data["target"] else NOBODY,
            origins=len(origins(one.data for one in kept.values())),
        )

    def _telling(self, row: Row) -> views.Telling:
        told = views.telling_of(row)
        conditions = tuple(self._condition(row, one) for one in told.conditions)
        return replace(told, conditions=conditions, dated=self.asked.when(told.doc, told.published))

    def _condition(self, row: Row, one: views.Condition) -> views.Condition:
        named = self.situations.named_by(row.id, one.words.spans)
        found = tuple(map(self.situations.beside, named))
        absent = tuple(self.situations.view(atom).id for atom, away in named.items() if away)
        return views.Condition(one.operator, one.marker, one.words, _together(found), found, absent)

    def _terms(self, row: Row, kept: Mapping[str, Row]) -> tuple[views.Terms, ...]:
        """The terms of each teller, those first by which the commitment is shown; `kept` is in order of time."""
        place = {one: number for number, one in enumerate(kept)}
        found = []
        for group in row.data["tellings"]:
            members = tuple(sorted((one for one in group["members"] if one in kept), key=place.__getitem__))
            if members:
                found.append(self._one(row, group, members))
        found.sort(key=lambda one: place[one.tellings[0]])
        return beneath(
            found, {one["id"]: one for one in row.data["tellings"]}, lambda atom: self.situations.words(atom)[0]
        )

    def _one(self, row: Row, group: Mapping[str, Any], members: tuple[str, ...]) -> views.Terms:
        told = views.Terms(group["id"], group["said_by"], group["kind"], group["polarity"], members, "nothing said")
        return self.stood(told, stand(terms_of(row, group), self.states, moment=self.moment))

    def stood(self, terms: views.Terms, standing: Standing) -> views.Terms:
        """The terms with what the holder is by them."""
        return replace(
            terms,
            standing=standing.word or "contested",
            because=self._because(standing.why),
            sides=tuple((side.word, self._because(side.why)) for side in standing.sides),
            basis=standing.basis,
            ended=standing.ended,
            waits=standing.waits,
            assessed=standing.assessed,
        )

    def _because(self, why: Iterable[Reason]) -> tuple[Because, ...]:
        return tuple(
            self.named(one.atom, one.source, tuple(map(self.names.shown, one.origins)), come_about=one.come_about)
            for one in why
        )

    def named(self, atom: str, source: str = "supposed", origins: tuple[str, ...] = (), *, come_about: bool) -> Because:
        """An atom taken as come about or not, in words; where these are of its absence, that is what is so or not."""
        row = self.situations.rows.get(atom)
        words, absent = self.situations.words(atom)
        return Because(row.id if row else atom, words, come_about != absent, source, origins)

    def _history(self, row: Row, kept: Mapping[str, Row]) -> tuple[views.Step, ...]:
        out = []
        done = self._outcomes.get(row.id, ())
        for one in sorted((*row.data["history"], *done), key=lambda step: str(step["day"])):
            if self._has_come(one) and one.get("telling", None) in {None, *kept}:
                place = one["span"]
                words = kept[one["telling"]].data["text"] if one.get("telling") in kept else self._reported(one)
                exact = Words(words, one["doc"], ((place[0], place[1]),)) if words else None
                step = (one["day"], one["step"], one["page"], one["by"], one["why"], one.get("telling"))
                out.append(views.Step(*step, exact))
        return tuple(out)

    def _reported(self, step: Mapping[str, Any]) -> str | None:
        """The words of the claim that a step stands on, where it is a report and no telling."""
        claim = step.get("claim")
        found = self._rows.rows_by_id([claim], ("claim",)) if claim else {}
        return str(found[claim][0].data["text"]) if claim in found else None

    def _has_come(self, step: Mapping[str, Any]) -> bool:
        """Whether a step is of a day that has begun by the moment, as for standings; a time limit's has to be over."""
        return reached(step["day"], self.moment, wholly=step["step"] == "lapsed")


class _States(Mapping[str, AtomState]):
    """The states of all atoms, each made where it is asked for."""

    def __init__(self, situations: Situations) -> None:
        self._situations = situations

    def __getitem__(self, atom: str) -> AtomState:
        return self._situations.state(atom)

    def __iter__(self) -> Iterator[str]:
        return iter(self._situations.rows)

    def __len__(self) -> int:
        return len(self._situations.rows)


def terms_of(row: Row, group: Mapping[str, Any]) -> Terms:
    """One teller's terms as the engine takes them. A teller's later word to the contrary withdraws the earlier one; a
    report that the act was done ends nothing: alleged is not met."""
    home = {member: one for one in row.data["tellings"] for member in one["members"]}
    withdrawn = None
    for step in row.data["history"]:
        other = home.get(step.get("telling") or "")
        own = other is not None and other["teller"] == group["teller"] and other["polarity"] != group["polarity"]
        if step["step"] == "withdrawn" and (own or other is None):
            withdrawn = withdrawn or step["day"]
    clauses = tuple(Clause(operator, parsed(formula)) for operator, formula in group["clauses"])
    limit = group["limit"]
    deadline = Deadline(When(limit["earliest"], limit["latest"]), limit["on"]) if limit else None
    return Terms(
        group["id"], group["kind"], group["polarity"], clauses, group["said_by"], deadline,
        withdrawn=withdrawn,
    )  # fmt: skip


def beneath(
    found: list[views.Terms], groups: Mapping[str, Mapping[str, Any]], words: Callable[[str], str]
) -> tuple[views.Terms, ...]:
    """Terms in the order given, those that only add conditions to others' directly beneath these.

    Terms add to others where they name all of their conditions and more; or where both only bar (`only_if`): what the
    one requires is then required beside what the other does.
    """
    hangs = {one.id: _hangs(groups[one.id]) for one in found}
    above: dict[str, str] = {}
    for one in found:
        under = [other for other in found if other.polarity == one.polarity and hangs[other.id] < hangs[one.id]]
        under = [other for other in under if hangs[other.id]]
        if under:
            above[one.id] = max(under, key=lambda other: (len(hangs[other.id]), other.id)).id
    bars = [one for one in found if hangs[one.id] and all(operator == "only_if" for operator, _ in hangs[one.id])]
    for one in [one for one in bars if one.id not in above]:
        others = [
            other
            for other in bars
            if other.polarity == one.polarity and other.by != one.by and not hangs[other.id] & hangs[one.id]
        ]
        first = min(others, key=lambda other: found.index(_top(found, above, other)), default=None)
        if first is not None and found.index(_top(found, above, first)) < found.index(one):
            above[one.id] = first.id
    return _laid(found, above, groups, words)


def _top(found: list[views.Terms], above: Mapping[str, str], one: views.Terms) -> views.Terms:
    home = {each.id: each for each in found}
    while one.id in above:
        one = home[above[one.id]]
    return one


def _laid(
    found: list[views.Terms],
    above: Mapping[str, str],
    groups: Mapping[str, Mapping[str, Any]],
    words: Callable[[str], str],
) -> tuple[views.Terms, ...]:
    out: list[views.Terms] = []
    waiting = [one for one in reversed(found) if one.id not in above]
    while waiting:
        one = waiting.pop()
        waiting += [other for other in reversed(found) if above.get(other.id) == one.id]
        if one.id in above:
            more = sorted(_hangs(groups[one.id]) - _hangs(groups[above[one.id]]))
            adds = tuple(dict.fromkeys(words(atom) for _, atom in more))
            if len(adds) > MOST_ADDED:  # a list in one condition: its own words say it shorter
                adds = tuple(dict.fromkeys(text for _, text in groups[one.id]["conditions"]))
            requires = all(operator == "only_if" for operator, _ in more)
            one = replace(one, to=above[one.id], adds=adds, requires=requires)
        out.append(one)
    return tuple(out)


def _hangs(group: Mapping[str, Any]) -> frozenset[tuple[str, str]]:
    return frozenset((operator, atom) for operator, formula in group["clauses"] for atom in atoms(parsed(formula)))


def _together(found: tuple[Situation, ...]) -> str:
    """The state of a condition's situations together: one where all agree, else what any of them is reported as."""
    states = {one.state for one in found}
    if not states:
        return "unreported"
    if len(states) == 1:
        return states.pop()
    for state in ("contested", "confirmed", "alleged", "denied", "ruled_out"):
        if state in states:
            return state
    return "unreported"


def _by_date(telling: views.Telling) -> tuple[str, str]:
    return ends(telling.dated.latest or FAR_FUTURE), telling.id
