"""Acts: tellings of one holder's same act, by the words that say something, with what they are compared by.

Invariant: a wording (the row of an act) is a function of its tellings and of facts: who holds it, and which atoms its
conditions are. Where no earlier stage says, the holder's own name and the condition's own words stand for them.
"""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from tocsin.core.commitments import And, Atom, Commitment, Expr, Not, Or
from tocsin.core.ids import digest
from tocsin.core.rows import Facts, Join, Row
from tocsin.link.atoms import expressions, situation_key
from tocsin.link.derive import Derivation
from tocsin.link.likeness import Core, core, of_role
from tocsin.link.names import name_key
from tocsin.link.wording import is_pronoun
from tocsin.reason.expressions import atoms, parsed, plain
from tocsin.reason.standing import clauses_of

TELLING = (
    "doc", "page", "outlet", "published", "span", "kind", "polarity", "holder", "target", "instrument", "deadline",
    "limit", "hedges", "said_by", "via", "action", "clauses", "teller",
)  # fmt: skip
"""What an act keeps of each telling."""


def _joins(row: Row) -> tuple[Join, ...]:
    data = row.data
    names = {data["holder_key"]} | ({name_key(data["said_by"])} if data["said_by"] else set())
    meant = {situation_key(row, words, sign) for _, words, sign in expressions(row)[0]}
    aliases, meanings = (("alias", key) for key in sorted(names)), (("meaning", key) for key in sorted(meant))
    return (("dated", data["doc"]), *aliases, *meanings)


def _joined(row: Row, facts: Facts) -> Row:
    """The telling with its holder's and its teller's actor, and its clauses over atoms."""
    data = row.data
    mentions, told = expressions(row)
    known: dict[Atom, tuple[str, bool]] = {}
    for atom, words, sign in mentions:
        key = situation_key(row, words, sign)
        meant = min((str(one["atom"]) for one in facts["meaning", key]), default=key)
        known[atom] = (meant, bool(sign))
    teller = actor_of(name_key(data["said_by"]), data["doc"], facts) if data["said_by"] else None
    more: dict[str, Any] = {"actor": _holder(data, facts), "teller": teller, "clauses": _clauses(told, known)}
    more["published"] = published(data, facts)
    return Row(row.kind, row.id, {**data, **more})


def actor_of(key: str, doc: str, facts: Facts) -> str:
    """The canonical key of whom a name on a page leads to: its own where no stage says. A name that a person split is
    another's on some pages."""
    found = [one for one in facts["alias", key] if one.get("actor") and (one.get("docs") is None or doc in one["docs"])]
    own = [one for one in found if one.get("docs") is not None] or found
    return min((str(one["actor"]) for one in own), default=key)


def published(data: dict[str, Any], facts: Facts) -> dict[str, Any]:
    """When the page of a row was published, as far as all pages together show."""
    dated = facts["dated", data["doc"]]
    when: dict[str, Any] = dated[0] if dated else data["published"]
    return {"earliest": when["earliest"], "latest": when["latest"]}


def _holder(data: dict[str, Any], facts: Facts) -> str:
    """Who would act. A pronoun that nobody resolved is somebody of its own page."""
    key = str(data["holder_key"])
    return f"{key} on {data['page']}" if is_pronoun(key) else actor_of(key, data["doc"], facts)


def _clauses(told: Commitment, known: dict[Atom, tuple[str, bool]]) -> list[list[Any]]:
    """The conditions as `reason` takes them: operators with formulas over the ids of atoms. `Not` stands around each
    atom whose words name the situation's absence, and nowhere else."""
    turned = _turner(lambda atom: Not(atom) if known[atom][1] else atom)
    conditions = tuple(replace(one, expr=turned(one.expr, False)) for one in told.conditions)
    trigger = turned(told.trigger, False) if told.trigger is not None and told.conditions else None
    signed = replace(told, conditions=conditions, trigger=trigger)
    return [[one.operator, plain(one.formula)] for one in clauses_of(signed, lambda atom: known[atom][0])]


def _turner(sign: Callable[[Atom], Expr]) -> Callable[[Expr, bool], Expr]:
    """Signs already hold every negation above an atom: what is left is that a denied list becomes a list of denials."""

    def turned(expr: Expr, under: bool) -> Expr:
        if isinstance(expr, Atom):
            return sign(expr)
        if isinstance(expr, Not):
            return turned(expr.arg, not under)
        parts = tuple(turned(arg, under) for arg in expr.args)
        denied = under or (isinstance(expr, Or) and all(isinstance(part, Not) for part in parts))
        either = isinstance(expr, Or) != denied
        return Or(parts) if either else And(parts)

    return turned


def act_key(row: Row) -> str | None:
    """The block of a telling: holder, polarity, and what the act consists of. Under which conditions does not matter:
    a holder's same act under others is the same commitment."""
    if row.kind != "telling":
        return None
    data = row.data
    found = _core(data)
    told = of_role(found, "do", "head")  # "take Velm" and "come to Velm" share a name alone
    senses = [sense for sense, _, _ in found] if told else data["words_key"]
    return digest([data["actor"], data["polarity"], senses])[:32]


def _core(data: dict[str, Any]) -> Core:
    return core(" ".join([data["action"], data["target"] or ""]))


def _named(data: dict[str, Any]) -> bool:
    """Whether the holder is somebody by name."""
    holder = data["holder"] or ""
    return any(word[:1].isupper() for word in holder.split()) and not is_pronoun(name_key(holder))


def _part(row: Row) -> dict[str, Any]:
    data = row.data
    told = [[one["operator"], one["text"]] for one in data["conditions"]]
    crowded = {"crowded": True} if data.get("crowded") else {}
    return {**{name: data[name] for name in TELLING}, "actor": data["actor"], "conditions": told, **crowded}


def _rows(_key: str, members: tuple[Row, ...]) -> tuple[Row, ...]:
    first = members[0].data
    named = next((one.data["holder"] for one in members if _named(one.data)), None)
    data: dict[str, Any] = {
        "actor": first["actor"],
        "vague": named is None,
        "holder": named,
        "tellers": sorted({one.data["teller"] for one in members if one.data["teller"]}),
        "polarity": first["polarity"],
        "core": _core(first),
        "atoms": sorted({atom for one in members for _, told in one.data["clauses"] for atom in atoms(parsed(told))}),
        "targets": sorted({one.data["target"].casefold() for one in members if one.data["target"]}),
        "tellings": [
            {"id": one.id, **{name: one.data[name] for name in one.data if name != "actor"}} for one in members
        ],
        "members": [one.id for one in members],
        **({"crowded": True} if all(one.data.get("crowded") for one in members) else {}),
    }
    return (Row("wording", members[0].id, data),)


ACTS = Derivation(
    "acts",
    "acts/5",
    act_key,
    _rows,
    _part,
    takes=("telling",),
    joins=_joins,
    facts=("alias", "meaning", "dated"),
    joined=_joined,
)
