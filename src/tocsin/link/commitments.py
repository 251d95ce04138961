"""One commitment over time: a holder's same act in every wording, on every page, under whatever conditions.

Invariant: only tellings of one actor are united, or of one teller where the holder is nobody in particular ("no one
would cross") or act and condition are one; and only where head, objects and targets of the act agree. A change of
conditions or of polarity is a step of its history. Tellings that differ stay side by side,
each under its teller; what is only likely is a suggestion.
"""

from typing import Any

from tocsin.core.rows import Edge, Facts, Item, Row
from tocsin.core.when import ends
from tocsin.link.closing import Closure
from tocsin.link.histories import steps
from tocsin.link.likeness import apart, contrasted, keys_of, of_role, senses_of_name, shared
from tocsin.link.wording import weight

SAME = 0.66
"""Share of both acts' weight that two tellings of one holder must have in common: of a verb with two objects one light
word may differ."""
TURNED = 0.75
"""The same where one promises what the other refuses: more is asked, for "will not meet A" beside "will meet B"."""
HANGING = 0.3
"""The same where both hang on one situation: "will not be used" and "the reserve will stand where it stands, as long as
nobody burns" are one holder's word on one matter."""
MAYBE = 0.45
"""Share from which two acts of one holder are suggested as one."""
LEAST = 5.0
"""Weight of what is shared: "make a decision" and "decide" alone are no act."""
LEAST_HANGING = 3.5
"""The same where both hang on one situation and neither says a thing in the other's stead, names not counted: "cross"
and "cross the river", but neither "send tanks" and "send money" nor "buy coal from Velm" and "send men to Velm"."""


def _item(row: Row, _facts: Facts) -> Item | None:
    data = row.data
    senses = {sense: value for sense, value, _ in data["core"]}
    keys = [*keys_of(senses), " ".join(sorted(senses))]
    whose = [data["actor"], *(f"by {teller}" for teller in data["tellers"])]
    every = [f"{who}: {key}" for who in whose for key in keys] + [
        f"{who} | {atom}" for who in whose for atom in data["atoms"]
    ]
    names = ("actor", "vague", "polarity", "core", "targets", "atoms", "tellers", "tellings")
    return Item(() if data.get("crowded") else tuple(every), {name: data[name] for name in names})


def _pair(a: Row, b: Row) -> Edge | None:
    one, other = a.data, b.data
    told = sorted(set(one["tellers"]) & set(other["tellers"]))
    own = one["actor"] == other["actor"]
    if not (own or told) or apart(one["core"], other["core"]):
        return None
    score, common = shared(one["core"], other["core"])
    done = of_role(one["core"], "do", "head") & of_role(other["core"], "do", "head")
    hangs = bool(set(one["atoms"]) & set(other["atoms"]))
    names = of_role(one["core"], "name"), of_role(other["core"], "name")
    if (
        score < (HANGING if hangs else MAYBE)
        or not (done or hangs)
        or (names[0] and names[1] and not names[0] & names[1])
    ):
        return None
    reasons = [f"both of {one['actor']}" if own else f"both told by {told[0]}", f"both say {', '.join(common)}"]
    reasons += ["both hang on one situation"] if hangs else []
    same = _one_act(one, other, score, common, hangs=hangs)
    return Edge("same" if same else "maybe", round(score, 4), tuple(reasons))


def _one_act(one: dict[str, Any], other: dict[str, Any], score: float, common: list[str], *, hangs: bool) -> bool:
    """Whether likeness is enough for one act: more where the polarity turns, and where two holders are named, whom only
    the teller's being one can make one."""
    identical = sorted(sense for sense, _, _ in one["core"]) == sorted(sense for sense, _, _ in other["core"])
    identical = identical and bool(of_role(one["core"], "do", "head"))  # not "take Velm" and "come to Velm"
    named = _named(one, other) if hangs else frozenset()
    told = [sense for sense in common if sense not in named]
    light = hangs and not contrasted(one["core"], other["core"])
    heavy = sum(weight(sense) for sense in told) >= (LEAST_HANGING if light else LEAST)
    targets = not one["targets"] or not other["targets"] or bool(set(one["targets"]) & set(other["targets"]))
    if one["actor"] != other["actor"] and not one["vague"] and not other["vague"]:
        return hangs and (identical or score >= SAME)
    needed = HANGING if hangs else SAME if one["polarity"] == other["polarity"] else TURNED
    return (identical and (heavy or one["actor"] == other["actor"])) or (score >= needed and heavy and targets)


def _named(one: dict[str, Any], other: dict[str, Any]) -> frozenset[str]:
    """The senses of names in two acts, those of whom they are for among them."""
    names = of_role(one["core"], "name") | of_role(other["core"], "name")
    return names.union(*(senses_of_name(target) for target in {*one["targets"], *other["targets"]}))


def _rows(members: tuple[Row, ...], edges: tuple[Edge, ...]) -> tuple[Row, ...]:
    ids = {one.id for one in members}
    tellings = sorted((one for row in members for one in row.data["tellings"]), key=lambda one: str(one["id"]))
    first = next(one for one in tellings if one["id"] == members[0].id)
    data: dict[str, Any] = {
        **{name: first[name] for name in ("holder", "action", "polarity", "kind", "target")},
        "actor": members[0].data["actor"],
        "keys": [one.id for one in members],
        "told": _told(tellings),
        "members": [one["id"] for one in tellings],
        "pages": sorted({one["page"] for one in tellings}),
        "tellers": sorted({one["said_by"] or "" for one in tellings}),
        "polarities": sorted({one["polarity"] for one in tellings}),
        "tellings": _side_by_side(tellings),
        "history": steps([one for one in tellings if not one.get("crowded")] or tellings[:1], members[0].data["actor"]),
        "maybe": [
            {"with": edge.b if edge.a in ids else edge.a, "score": edge.score, "reasons": list(edge.reasons)}
            for edge in edges
            if edge.kind == "maybe" and not {edge.a, edge.b} <= ids
        ],
    }
    return (Row("commitment", members[0].id, data),)


def _told(tellings: list[dict[str, Any]]) -> dict[str, Any]:
    """Not later than the first page whose date is bounded."""
    bounds = [(ends(one["published"]["latest"]), one["id"], one) for one in tellings if one["published"]["latest"]]
    if not bounds:
        return {"earliest": None, "latest": None, "reasons": ["no page that carries it shows a date"]}
    _, _, one = min(bounds, key=lambda bound: bound[:2])
    return {"earliest": None, "latest": one["published"]["latest"], "reasons": [f"{one['page']} carries it"]}


def _side_by_side(tellings: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Tellings that say the same by the same teller stand together; all others apart."""
    groups: dict[str, list[dict[str, Any]]] = {}
    for one in tellings:
        own = one["teller"] or f"page {one['page']}"
        groups.setdefault(repr([own, one["polarity"], one["kind"], one["clauses"]]), []).append(one)
    out = []
    for key in sorted(groups, key=lambda key: groups[key][0]["id"]):
        group = groups[key]
        kept = {name: group[0][name] for name in ("kind", "polarity", "clauses", "conditions", "teller", "said_by")}
        limits = [one["limit"] for one in group if one["limit"]]
        limit = max(limits, key=lambda one: (ends(one["latest"]), str(one["on"])), default=None)  # extended: the later
        out.append({"id": group[0]["id"], **kept, "limit": limit, "members": [one["id"] for one in group]})
    return out


COMMITMENTS = Closure("commitments", "commitments/7", ("wording",), _item, _pair, _rows)
