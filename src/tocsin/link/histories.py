"""What became of a commitment, day by day: stated, acknowledged, reiterated, hardened, softened, extended, withdrawn.

Invariant: a step stands on the words of one telling, or of one report that the act was done, which it names. Only
pages that can be dated take part, each at the last day on which it can have been published; what follows on another
step is surely of a later day: unknown stays unknown. What is only relayed again is no step.
"""

from bisect import bisect_left
from typing import Any

from tocsin.core.ids import canonical, short_id
from tocsin.core.rows import Facts, Join, Row
from tocsin.core.when import begins, ends
from tocsin.link.alerts import STRICTNESS
from tocsin.link.derive import Derivation
from tocsin.reason.expressions import atoms, parsed

_Telling = dict[str, Any]


def steps(tellings: list[_Telling], holder: str) -> list[dict[str, Any]]:
    """The history of one commitment from its tellings, in order of time."""
    dated = sorted((one for one in tellings if one["published"]["latest"]), key=_moment)
    out: list[dict[str, Any]] = []
    everyone = _Said()
    each: dict[Any, _Said] = {}
    for one in dated:
        own = one["teller"] == holder
        before = each.setdefault(one["teller"], _Said())
        if not everyone.tellings:
            out.append(_step("stated", one))
        elif own and not before.tellings:
            out.append(_step("acknowledged", one))
        else:
            out += _changes(before, one) or _repeated(everyone, one, own=own)
        everyone.add(one)
        before.add(one)
    return sorted([*out, *_lapsed(everyone.tellings, out)], key=lambda step: str(step["day"]))


class _Said:
    """Tellings in order of time, asked for those of days before another one: ten thousand pages may tell one act."""

    def __init__(self) -> None:
        self.tellings: list[_Telling] = []
        self._days: list[str] = []
        self._first: dict[str, str] = {}
        self._last = ""
        self._turned = False
        """Whether a day stands behind a later one: it ends in the second in which an instant of the next day lies."""

    def add(self, one: _Telling) -> None:
        """Add a telling that is no earlier than the last."""
        day, words = _day(one), _wording(one)
        self._turned = self._turned or day < max(self._days[-1:], default=day)
        self.tellings.append(one)
        self._days.append(day)
        self._last = max(self._last, day)
        self._first[words] = min(self._first.get(words, day), day)

    def before(self, one: _Telling) -> _Telling | None:
        """The last telling that is surely of an earlier day than `one`."""
        first = one["published"]["earliest"]
        if not first:
            return None
        if self._turned:
            earlier = (place for place, day in reversed(list(enumerate(self._days, start=1))) if day < first[:10])
            place = next(earlier, 0)
        else:
            place = bisect_left(self._days, first[:10])
        return self.tellings[place - 1] if place else None

    def carried(self, one: _Telling) -> bool:
        """Whether the same words were carried on an earlier day: a relay."""
        first = one["published"]["earliest"]
        known = self._first.get(_wording(one))
        return bool(first) and known is not None and known < first[:10]

    def all_before(self, one: _Telling) -> bool:
        """Whether every telling is surely of an earlier day."""
        first = one["published"]["earliest"]
        return bool(first) and self._last < first[:10]

    def holds(self, one: _Telling) -> bool:
        """Whether the same words were carried on any day."""
        return _wording(one) in self._first


def _lapsed(said: list[_Telling], before: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The day on which the last time limit of an act has passed, told by whoever set it. One on a condition, as an
    ultimatum's, is not the act's; who asks as of an earlier day does not see it, nor what was done in time."""
    limits = [one for one in said if one["limit"] and not one["limit"]["on"] and one["kind"] != "ultimatum"]
    if not limits or any(step["step"] == "withdrawn" for step in before):
        return []
    last = max(limits, key=lambda one: (ends(one["limit"]["latest"]), str(one["id"])))
    day = last["limit"]["latest"][:10]
    return [{**_step("lapsed", last, str(last["deadline"])), "day": day}] if day >= _day(last) else []


def _moment(one: _Telling) -> tuple[str, str]:
    return ends(one["published"]["latest"]), str(one["id"])


def _step(name: str, one: _Telling, why: str = "") -> dict[str, Any]:
    day = one["published"]["latest"][:10]
    return {
        "day": day, "step": name, "telling": one["id"], "doc": one["doc"], "page": one["page"], "span": one["span"],
        "by": one["said_by"], "why": why,
    }  # fmt: skip


def _changes(said: _Said, one: _Telling) -> list[dict[str, Any]]:
    """What a telling changes against the last of the same teller on an earlier day. Of another's words nothing is
    concluded: tellings that differ stand side by side."""
    last = said.before(one) if one["teller"] else None
    if last is None or said.carried(one):
        return []
    if last["polarity"] != one["polarity"]:
        return [_step("withdrawn", one, f"{last['polarity']} before")]
    old, new = _narrowness(last), _narrowness(one)
    if old != new and last["conditions"] != one["conditions"]:
        dropped, added = sorted(old.keys() - new.keys()), sorted(new.keys() - old.keys())
        if dropped and not added:
            return [_step("hardened", one, "a condition dropped")]
        if added and not dropped:
            return [_step("softened", one, "a condition added")]
        narrower = sum(new.values()) - sum(old.values())
        if not dropped and narrower:
            name = "softened" if narrower > 0 else "hardened"
            return [_step(name, one, "a condition tightened" if narrower > 0 else "a condition loosened")]
    if last["deadline"] and one["deadline"] and last["deadline"].casefold() != one["deadline"].casefold():
        return [_step("extended", one, f"{last['deadline']} before")]
    if bool(last["hedges"]) != bool(one["hedges"]):
        return [
            _step("hardened" if last["hedges"] else "softened", one, "a hedge dropped" if last["hedges"] else "hedged")
        ]
    if one["instrument"] and not last["instrument"]:
        return [_step("hardened", one, "a means added")]
    return []


def _narrowness(one: _Telling) -> dict[str, int]:
    """The atoms that an act hangs on, each with how much its operator narrows it."""
    found: dict[str, int] = {}
    for operator, formula in one["clauses"]:
        for atom in atoms(parsed(formula)):
            found[atom] = max(found.get(atom, 0), STRICTNESS[operator])
    return found


def _wording(one: _Telling) -> str:
    """What two tellings share of which one relays the other's words."""
    return canonical([one["polarity"], one["conditions"], one["hedges"], one["deadline"], one["action"].casefold()])


def _repeated(said: _Said, one: _Telling, *, own: bool) -> list[dict[str, Any]]:
    """A holder who says it again, on another day and in other words, says it anew; whoever relays him does not."""
    return [_step("reiterated", one)] if own and said.all_before(one) and not said.holds(one) else []


def _day(one: _Telling) -> str:
    return str(one["published"]["latest"])[:10]


def _joins(row: Row) -> tuple[Join, ...]:
    return (("commitment", row.data["wording"]), ("dated", row.data["doc"]))


def _joined(row: Row, facts: Facts) -> Row:
    """The deed with the commitment that it is of, and with the day from which on it can be its keeping."""
    found = [(one["members"][0], one["history"]) for one in facts["commitment", row.data["wording"]]]
    commitment, history = min(found, key=lambda one: str(one[0]), default=(None, []))
    stated = history[0]["day"] if history else None
    dated = facts["dated", row.data["doc"]]
    published = {end: dated[0][end] for end in ("earliest", "latest")} if dated else row.data["published"]
    return Row(row.kind, row.id, {**row.data, "commitment": commitment, "stated": stated, "published": published})


def _outcome_key(row: Row) -> str | None:
    data = row.data
    first = data["published"]["earliest"]  # a page that may be from before what was stated keeps no promise
    if not data["commitment"] or not data["stated"] or not first or begins(first) < ends(data["stated"]):
        return None
    return str(data["commitment"])


def _outcome_rows(key: str, members: tuple[Row, ...]) -> tuple[Row, ...]:
    """The reports of a commitment's act, the first day's as a step of its history."""
    ordered = sorted(members, key=lambda row: (ends(row.data["published"]["latest"]), row.id))
    found = [
        {
            "day": row.data["published"]["latest"][:10], "step": "acted_on", "deed": row.id, "claim": row.data["claim"],
            "doc": row.data["doc"], "page": row.data["page"], "span": row.data["span"], "by": row.data["speaker"],
            "why": "; ".join(row.data["reasons"]),
        }
        for row in ordered
    ]  # fmt: skip
    data = {"commitment": key, "steps": found[:1], "reports": found}
    return (Row("outcome", short_id("o", [key]), data),)


OUTCOMES = Derivation(
    "outcomes", "outcomes/2", _outcome_key, _outcome_rows,
    takes=("deed",), joins=_joins, facts=("commitment", "dated"), joined=_joined,
)  # fmt: skip
