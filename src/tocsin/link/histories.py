"""What became of a commitment, day by day: stated, acknowledged, reiterated, hardened, softened, extended, withdrawn.

Invariant: a step stands on the words of one telling, or of one report that the act was done, which it names. Only
pages that can be dated take part, each at the last day on which it can have been published; what follows on another
step is surely of a later day: unknown stays unknown. What is only relayed again is no step.
"""

from typing import Any

from tocsin.core.ids import short_id
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
    said: list[_Telling] = []
    owned = False
    for one in dated:
        own = one["teller"] == holder
        if not said:
            out.append(_step("stated", one))
        elif own and not owned and not any(other["teller"] == holder for other in said):
            out.append(_step("acknowledged", one))
            out += _changes(said, one)
        else:
            out += _changes(said, one) or _repeated(said, one, own=own)
        said.append(one)
        owned = owned or own
    return sorted([*out, *_lapsed(said, out)], key=lambda step: str(step["day"]))


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


def _changes(said: list[_Telling], one: _Telling) -> list[dict[str, Any]]:
    """What a telling changes against the last of the same teller on an earlier day. Of another's words nothing is
    concluded: tellings that differ stand side by side."""
    before = [other for other in said if other["teller"] == one["teller"] and one["teller"] and _later(one, other)]
    if not before:
        return []
    last = before[-1]
    if any(_alike(other, one) for other in before):
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


def _alike(other: _Telling, one: _Telling) -> bool:
    """Whether the same words were carried before: a relay."""
    return all(other[name] == one[name] for name in ("polarity", "conditions", "hedges", "deadline")) and (
        other["action"].casefold() == one["action"].casefold()
    )


def _repeated(said: list[_Telling], one: _Telling, *, own: bool) -> list[dict[str, Any]]:
    """A holder who says it again, on another day and in other words, says it anew; whoever relays him does not."""
    new_day = all(_later(one, other) for other in said)
    return [_step("reiterated", one)] if own and new_day and not any(_alike(other, one) for other in said) else []


def _later(one: _Telling, other: _Telling) -> bool:
    """Whether a telling is surely from a later day: of a page that only its capture dates nobody knows."""
    first = one["published"]["earliest"]
    return first is not None and _day(other) < first[:10]


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
