"""Atoms under watch: the state of each and since when, on whose evidence, what waits for a person, and who looked.

Invariants: only a person's decision confirms or rules out; evidence whose direction is open changes no state; what a
person linked counts as evidence of its speaker, and what he unlinked counts no more. "Nobody looked" (no page of that
place since it is watched) is apart from "looked, not seen".
"""

from collections.abc import Iterable
from functools import lru_cache
from typing import Any

from tocsin.core.ids import digest
from tocsin.core.rows import Facts, Join, Row
from tocsin.core.when import begins, ends
from tocsin.link.acts import actor_of, published
from tocsin.link.derive import Derivation
from tocsin.link.names import name_key
from tocsin.reason.expressions import AGAINST, FOR, VALUES
from tocsin.reason.states import Decided, Direction, State, history

ON_ATOMS = ("confirm", "rule_out", "link", "unlink")
VERDICTS = {"confirm": "confirmed", "rule_out": "ruled_out"}


def _about_condition(row: Row) -> dict[str, Any] | None:
    """The condition (or tripwire) that a decision is about."""
    return next((one for one in row.data["about"] if one["kind"] in ("condition", "tripwire")), None)


def _joins(row: Row) -> tuple[Join, ...]:
    if row.kind == "evidence":
        keys = [row.data["speaker_key"]] if row.data["speaker_key"] else []
        return (("meaning", row.data["situation"]), ("dated", row.data["doc"]), *(("alias", key) for key in keys))
    if row.kind == "decision":
        about = _about_condition(row) if row.data["act"] in ON_ATOMS else None
        return (("meaning", name_key(about["exact"])),) if about else ()
    places = [name_key(one["place"]) for one in row.data["watch"] if one["place"]]
    who = [name_key(name) for one in row.data["watch"] for name in one["who"] or ()]
    return tuple(("name", key) for key in dict.fromkeys((*places, *who)))


def _joined(row: Row, facts: Facts) -> Row:
    if row.kind == "evidence":
        atoms = sorted({str(one["atom"]) for one in facts["meaning", row.data["situation"]]})
        key = row.data["speaker_key"]
        named = key and not key.startswith("page ")
        origin = actor_of(key, row.data["doc"], facts) if named else _outlet(row)
        more = {"atom": atoms[0] if atoms else None, "origin": origin, "published": published(row.data, facts)}
        return Row(row.kind, row.id, {**row.data, **more})
    if row.kind == "decision":
        return Row(row.kind, row.id, {**row.data, "atom": _atom_of(row, facts)})
    looked = {
        key: sorted({(one["page"], one["published"]["latest"] or "", one["roles"].get("speaker", 0)) for one in found})
        for (kind, key), found in facts.items()
        if kind == "name" and (kind, key) in _joins(row)
    }
    return Row(
        row.kind,
        row.id,
        {**row.data, "atom": row.id, "looked": [[key, every] for key, every in sorted(looked.items())]},
    )


def _outlet(row: Row) -> str:
    return f"outlet {name_key(row.data['outlet'])}" if row.data["outlet"] else f"page {row.data['page']}"


def _atom_of(row: Row, facts: Facts) -> str | None:
    about = _about_condition(row) if row.data["act"] in ON_ATOMS else None
    if about is None:
        return None
    found = facts["meaning", name_key(about["exact"])]
    here = [
        one for one in found if any(doc == about["doc"] and _meet(spans, about["spans"]) for doc, spans in one["told"])
    ]
    own = here or [one for one in found if not about["doc"]]
    return min((str(one["atom"]) for one in own), default=None)


def _meet(one: Iterable[list[int]], other: list[list[int]]) -> bool:
    return any(a < d and c < b for a, b in one for c, d in other)


def _key(row: Row) -> str | None:
    atom: str | None = row.data["atom"]
    return atom


def _rows(key: str, members: tuple[Row, ...]) -> tuple[Row, ...]:
    atom = next((one for one in members if one.kind == "atom"), None)
    if atom is None:
        return ()
    decisions = sorted((one for one in members if one.kind == "decision"), key=lambda one: (one.data["made"], one.id))
    found = _evidence(members, decisions)
    decided = [
        Decided(key, VERDICTS[one.data["act"]], one.data["holds_from"], one.data["made"], one.id)  # type: ignore[arg-type]
        for one in decisions
        if one.data["act"] in VERDICTS
    ]
    states = [[since, state] for since, state in reported(map(_word, found), decided)]
    data: dict[str, Any] = {
        "words": atom.data["words"],
        "members": atom.data["members"],
        "tellings": atom.data["tellings"],
        "told": atom.data["told"],
        "state": states[-1][1] if states else "unreported",
        "since": states[-1][0] if states else None,
        "history": states,
        "evidence": [_short(one) for one in found if one["direction"]],
        "waiting": [_short(one) for one in found if not one["direction"]],
        "linked": [one for one in found if one["by"]],
        "decided": [[one.state, one.holds_from, one.made, one.decision] for one in decided],
        "watch": [{**one, **_looked(one, atom.data["looked"])} for one in atom.data["watch"]],
    }
    return (Row("tripwire", f"t{digest([key])[:16]}", data),)


def _short(one: dict[str, Any]) -> dict[str, Any]:
    """A piece of evidence as a tripwire holds it: its row, or the decision that linked it, says the rest."""
    return {"id": one["id"], "direction": one["direction"], "origin": one["origin"], "day": one["published"]["latest"]}


def _part(row: Row) -> dict[str, Any]:
    if row.kind != "evidence":
        return row.data
    return {name: row.data[name] for name in ("claim", "doc", "span", "origin", "published", "direction", "score")}


def _evidence(members: tuple[Row, ...], decisions: list[Row]) -> list[dict[str, Any]]:
    """Evidence as people's decisions leave it: each stretch of a page once, the likeliest match before others."""
    best: dict[tuple[Any, ...], dict[str, Any]] = {}
    for row in sorted((one for one in members if one.kind == "evidence"), key=lambda one: (-one.data["score"], one.id)):
        kept = {**row.data, "id": row.id, "by": None}
        place = (kept["doc"], *kept["span"])
        old = best.get(place)
        if old is None or (old["direction"] is None and kept["direction"]):
            best[place] = kept
    found = [best[place] for place in sorted(best)]
    for one in decisions:
        if one.data["act"] in ("link", "unlink"):
            claim = next((about for about in one.data["about"] if about["kind"] == "claim"), None)
            if claim is not None:
                found = _linked(found, one, claim)
    return sorted(found, key=lambda one: (one["published"]["latest"] or "~", one["doc"], one["span"]))


def _linked(found: list[dict[str, Any]], decision: Row, claim: dict[str, Any]) -> list[dict[str, Any]]:
    """Evidence after a person has linked a claim, or unlinked it."""
    touched = [one for one in found if one["doc"] == claim["doc"] and _meet([one["span"]], claim["spans"])]
    rest = [one for one in found if one not in touched]
    if decision.data["act"] == "unlink":
        return rest
    way = decision.data["value"].get("direction")
    base = touched[0] if touched else {
        "claim": None, "doc": claim["doc"], "origin": f"page {claim['doc']}", "score": 1.0,
        "published": {"earliest": None, "latest": decision.data["holds_from"] or decision.data["made"]},
    }  # fmt: skip
    place = [claim["spans"][0][0], claim["spans"][-1][1]]
    own = {"id": decision.id, "span": place, "direction": way, "by": decision.data["by"], "words": claim["exact"]}
    return [*rest, {**base, **own}]


Word = tuple[str | None, str | None, str, Direction | None]
"""One origin's word: until when and from when on it can have been said, the origin, and which way it points."""


def _word(one: dict[str, Any]) -> Word:
    return one["published"]["latest"], one["published"]["earliest"], one["origin"], one["direction"]


def reported(told: Iterable[Word], decided: Iterable[Decided] = ()) -> list[tuple[str | None, State]]:
    """Since when an atom has been in which state: what `reason.states.history` says of words that are about no time of
    their own, in one pass. A page in ten may bear on an atom.

    What an origin said on one side stands while it was certainly not before all that the origin said since.
    """
    verdicts = list(history("", (), [Decided("", *_verdict(one)) for one in decided]))
    words = sorted(
        (end_of(latest), latest, origin, way, begins(earliest) if earliest else "")
        for latest, earliest, origin, way in told
        if latest and way
    )
    last: dict[str, dict[str, str]] = {}
    newest: dict[str, str] = {}
    standing = {"for": set[str](), "against": set[str]()}
    steps: list[tuple[str | None, State]] = [(None, "unreported")]
    for place, (end, bound, origin, direction, first) in enumerate(words):
        newest[origin] = max(newest.get(origin, ""), first)
        last.setdefault(origin, {})[direction] = end
        for way, origins in standing.items():
            (origins.add if last[origin].get(way, "") > newest[origin] else origins.discard)(origin)
        if place + 1 == len(words) or words[place + 1][0] != end:
            steps.append((bound, VALUES[bool(standing["for"]) * FOR + bool(standing["against"]) * AGAINST]))
    return _overlaid(steps, verdicts)


def _verdict(one: Decided) -> tuple[Any, ...]:
    return one.state, one.holds_from, one.made, one.decision


@lru_cache(maxsize=4096)
def end_of(bound: str | None) -> str:
    """Where a bound is over: a day at its end, an instant just after itself, nothing never."""
    if bound is None:
        return "~"
    return f"{bound}~" if "T" in bound else ends(bound)


def _overlaid(
    steps: list[tuple[str | None, State]], verdicts: list[tuple[str | None, State]]
) -> list[tuple[str | None, State]]:
    """The states of evidence with what a person decided laid over them, each change once."""
    moments = sorted({moment for moment, _ in (*steps, *verdicts)}, key=lambda one: "" if one is None else end_of(one))
    own: State = "unreported"
    person: State = "unreported"
    out: list[tuple[str | None, State]] = []
    by_step, by_verdict = dict(steps), dict(verdicts)
    for moment in moments:
        own, person = by_step.get(moment, own), by_verdict.get(moment, person)
        state = own if person == "unreported" else person
        if not out or out[-1][1] != state:
            out.append((moment, state))
    return out


def _looked(watch: dict[str, Any], looked: list[list[Any]]) -> dict[str, Any]:
    """Whether pages of the place exist, and from when on; which of those who could see it speak on any page."""
    pages = dict(looked)
    place = pages.get(name_key(watch["place"]), []) if watch["place"] else []
    since = watch["made"][:10]
    after = [page for page, latest, _ in place if latest and ends(latest) > f"{since}T00:00:00Z"]
    heard = [name for name in watch["who"] or () if any(spoke for _, _, spoke in pages.get(name_key(name), []))]
    return {
        "looked": bool(place or heard) if (watch["place"] or watch["who"]) else None,
        "pages": [page for page, _, _ in place],
        "pages_since": after,
        "heard": heard,
        "silent": [name for name in watch["who"] or () if name not in heard],
    }


TRIPWIRES = Derivation(
    "tripwires", "tripwires/1", _key, _rows, _part,
    takes=("atom", "evidence", "decision"), joins=_joins, facts=("meaning", "alias", "name", "dated"), joined=_joined,
)  # fmt: skip
