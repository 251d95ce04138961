"""Situations that may come about: every mention of one in a condition, identical ones together, and the atoms that they
are, with the analyst's own tripwires among them.

Invariants: an atom is always the situation that comes about; a mention that names its absence ("there is no recount")
is told of it with the sign "absent", and never makes an atom of its own. Mentions that only point ("if it comes")
are one with nothing but the same words about the same act. Only likeness of both predicate and things unites two.
"""

import json
from functools import lru_cache
from typing import Any

from tocsin.core.codec import decode
from tocsin.core.commitments import Atom, Commitment, Expr, Not, Or
from tocsin.core.ids import canonical, digest, short_id
from tocsin.core.rows import Edge, Facts, Item, Join, Row
from tocsin.core.spans import extent
from tocsin.link.closing import Closure
from tocsin.link.derive import Derivation
from tocsin.link.direction import negated
from tocsin.link.likeness import Core, apart, core, keys_of, mass, of_role, shared
from tocsin.link.names import name_key, words_of
from tocsin.link.wording import content, terms, weight

SAME = 0.72
"""Share of both cores, by weight, from which two situations are one: of a verb and two things one light word may
differ. Set by looking at what it unites on the bundled crisis (`python -m bench --only crisis_case`)."""
MAYBE = 0.5
"""Share from which two are shown as perhaps one."""
LEAST = 4.0
"""Weight that what is shared must have: two situations that share only "vote" are not one."""
AROUND = 8.0
"""Weight of the surroundings that two situations of one common word must share: a rare word, or two."""
REMEMBERED = 4_096
"""Tellings, and words of situations, that are remembered as they were taken apart: three stages ask for each."""
CONTEXT = 24
"""Words of the surroundings that are kept beside a situation: act, holder, target, and the rest of the condition."""


def _told_key(row: Row) -> str | None:
    watched = row.kind == "decision" and row.data["act"] == "watch"
    return row.id if watched or (row.kind == "telling" and row.data["conditions"]) else None


def _told_rows(_key: str, members: tuple[Row, ...]) -> tuple[Row, ...]:
    (row,) = members
    found = _watched(row) if row.kind == "decision" else _mentions(row)
    return tuple({one.id: one for one in found}.values())


def expressions(row: Row) -> tuple[tuple[tuple[Atom, str, str], ...], Commitment]:
    """The atoms of a telling's conditions, each with its words and how it is told ("", or "absent"), and the commitment
    as it was read."""
    data = row.data
    return _expressions(data["doc"], data["text"], data["span"][0], canonical(data["commitment"]))


@lru_cache(maxsize=REMEMBERED)
def _expressions(
    doc: str, text: str, start: int, commitment: str
) -> tuple[tuple[tuple[Atom, str, str], ...], Commitment]:
    told = decode(Commitment, json.loads(commitment), doc=doc)
    out = []
    for condition in told.conditions:
        for one, sign in _atoms(condition.expr, lambda atom: _words(text, atom, start), absent=False):
            out.append((one, _words(text, one, start), sign))
    return tuple(out), told


def _words(text: str, atom: Atom, start: int) -> str:
    return " ".join(" ".join(text[one.start - start : one.end - start].split()) for one in atom.spans)


def _atoms(expr: Expr, words: Any, *, absent: bool) -> list[tuple[Atom, str]]:
    """The atoms below `expr` with their signs; a negation that a list opens with ("nobody burns cars or loots shops")
    stands before each of its pieces."""
    waiting: list[tuple[Expr, bool]] = [(expr, absent)]
    out = []
    while waiting:
        one, turned = waiting.pop()
        if isinstance(one, Atom):
            out.append((one, "absent" if turned != negated(terms(words(one))) else ""))
        elif isinstance(one, Not):
            waiting.append((one.arg, not turned))
        else:
            opens = isinstance(one, Or) and isinstance(one.args[0], Atom) and negated(terms(words(one.args[0])))
            for place, arg in reversed(list(enumerate(one.args))):
                own = isinstance(arg, Atom) and negated(terms(words(arg)))
                waiting.append((arg, turned != (opens and place > 0 and not own)))
    return out


def _mentions(row: Row) -> list[Row]:
    found, _told = expressions(row)
    data = row.data
    crowded = {"crowded": True} if data.get("crowded") else {}
    about = " ".join([data["action"], data["holder"] or "", data["target"] or ""])
    whole = " ".join(one["text"] for one in data["conditions"])
    out = []
    for atom, words, sign in found:
        place = extent(atom.spans)
        made = _situation(words, sign, f"{about} {whole}", _pointing(row))
        made |= {"doc": data["doc"], "page": data["page"], "published": data["published"], "telling": row.id}
        made |= {"spans": [[span.start, span.end] for span in atom.spans], "teller": data["said_by"], **crowded}
        out.append(Row("condition", short_id("k", [row.id, place.start, place.end]), made))
    return out


def _pointing(row: Row) -> str:
    return f"{row.data['holder_key']} {row.data['words_key']}"


def situation_key(row: Row, words: str, sign: str) -> str:
    """The key of the situation that a condition of the telling `row` names."""
    return str(_situation(words, sign, "", _pointing(row))["key"])


def _watched(row: Row) -> list[Row]:
    """What an analyst watches for: the words, and each of those that would show it, as mentions of one situation."""
    value = row.data["value"]
    about = row.data["about"][0]["exact"]
    watch = {name: value.get(name) for name in ("name", "place", "who", "shows")} | {"decision": row.id}
    watch |= {"by": row.data["by"], "made": row.data["made"], "words": value.get("words") or about}
    context = " ".join([watch["place"] or "", *(watch["who"] or ())])
    out = []
    for number, words in enumerate([watch["words"], *(watch["shows"] or ())]):
        made = _situation(words, "", context, f"watch {row.id}")
        made |= {"doc": "", "page": None, "published": {"earliest": None, "latest": None}, "telling": None}
        out.append(
            Row("condition", short_id("k", [row.id, number]), {**made, "spans": [], "teller": None, "watch": watch})
        )
    return out


@lru_cache(maxsize=REMEMBERED)
def _core(words: str) -> Core:
    return core(words)


def _situation(words: str, sign: str, about: str, pointing: str) -> dict[str, Any]:
    """What is compared of a situation. `key` is shared by mentions that say the same in the same words."""
    own = _core(words)
    senses = {entry[0] for entry in own}
    context = sorted({one.sense for one in content(terms(about))} - senses)[:CONTEXT]
    bare = mass(own) < LEAST / 2
    said = [pointing, words_of(words)] if bare else sorted(senses)
    return {
        "words": words,
        "sign": sign,
        "core": [] if bare else own,
        "context": context,
        "key": "situation " + digest([said, sign, len(words_of(words)) if bare else 0])[:32],
    }


CONDITIONS = Derivation("conditions", "conditions/2", _told_key, _told_rows)


def _situation_key(row: Row) -> str | None:
    return str(row.data["key"])


def _situation_rows(_key: str, members: tuple[Row, ...]) -> tuple[Row, ...]:
    first = members[0].data
    wordings = sorted({one.data["words"] for one in members})
    told = [
        {name: one.data[name] for name in ("doc", "page", "spans", "words", "telling", "teller", "published")}
        for one in members
    ]
    data: dict[str, Any] = {
        "words": first["words"],
        "wordings": wordings,
        "sign": first["sign"],
        "core": first["core"],
        "context": sorted({sense for one in members for sense in one.data["context"]})[: 2 * CONTEXT],
        "key": first["key"],
        "told": told,
        "watch": [one.data["watch"] for one in members if "watch" in one.data],
        "members": [one.id for one in members],
        **({"crowded": True} if all(one.data.get("crowded") for one in members) else {}),
    }
    return (Row("situation", members[0].id, data),)


SITUATIONS = Derivation("situations", "situations/2", _situation_key, _situation_rows, takes=("condition",))


def _joins(row: Row) -> tuple[Join, ...]:
    return tuple(("decision", name_key(words)) for words in row.data["wordings"])


def _item(row: Row, facts: Facts) -> Item | None:
    data = row.data
    decided = [
        [one["act"], one["made"], one["about"]]
        for join in _joins(row)
        for one in facts[join]
        if one["act"] in ("merge", "split") and all(about["kind"] == "condition" for about in one["about"])
    ]
    watches = sorted({one["decision"] for one in data["watch"]})
    own = () if data.get("crowded") else keys_of(data["core"], data["context"])
    keys = [*own, *(f"watch {one}" for one in watches)]
    keys += [f"decided {digest(about)}" for _, _, about in decided]
    return Item(tuple(keys), {**data, "watches": watches, "decided": decided})


def _pair(a: Row, b: Row) -> Edge | None:
    one, other = a.data, b.data
    person = _decided(one, other)
    if person is not None:
        return person
    if set(one["watches"]) & set(other["watches"]):
        return Edge("same", 1.0, ("one person's tripwire",))
    if not one["core"] or not other["core"]:
        return None
    score, common = shared(one["core"], other["core"])
    weight = sum(entry[1] for entry in one["core"] if entry[0] in common)
    predicates = of_role(one["core"], "do", "head") & of_role(other["core"], "do", "head") & set(common)
    names = of_role(one["core"], "name"), of_role(other["core"], "name")
    if score < MAYBE or weight < LEAST or (names[0] and names[1] and not names[0] & names[1]):
        return None
    around = sorted(set(one["context"]) & set(other["context"]))
    if len(common) == 1 and len(one["core"]) + len(other["core"]) > 2 and not _surely(around):
        return None
    reasons = (f"both say {', '.join(common)}",)
    if len(common) == 1 and not _surely(around):
        return Edge("maybe", round(score, 4), reasons)
    if score >= SAME and predicates and not apart(one["core"], other["core"]):
        return Edge("same", round(score, 4), reasons)
    return Edge("maybe", round(score, 4), reasons)


def _surely(around: list[str]) -> bool:
    """Whether what two situations of one word have around them makes them one: "consent" is anybody's."""
    return sum(weight(sense) for sense in around) >= AROUND


def _decided(one: dict[str, Any], other: dict[str, Any]) -> Edge | None:
    """What the last decision on this very pair says, if there is one."""
    both = [entry for entry in one["decided"] if entry in other["decided"]]
    about = [entry for entry in both if _meets(entry[2][0], one) and _meets(entry[2][1], other)]
    about += [entry for entry in both if _meets(entry[2][0], other) and _meets(entry[2][1], one)]
    if not about:
        return None
    act, made, _ = max(about, key=lambda entry: (entry[1], digest(entry[2])))
    return Edge("must" if act == "merge" else "veto", 1.0, (f"a person's {act}",), rank=made)


def _meets(about: dict[str, Any], data: dict[str, Any]) -> bool:
    return any(told["doc"] == about["doc"] and told["spans"] == about["spans"] for told in data["told"])


def _atom_rows(members: tuple[Row, ...], edges: tuple[Edge, ...]) -> tuple[Row, ...]:
    ids = {one.id for one in members}
    told = [{**one, "situation": row.id, "sign": row.data["sign"]} for row in members for one in row.data["told"]]
    shown = max(members, key=lambda row: (not row.data["sign"], len(row.data["told"]), bool(row.data["core"]), row.id))
    data: dict[str, Any] = {
        "words": shown.data["words"],
        "sign": shown.data["sign"],
        "told": told,
        "tellings": sorted({one["telling"] for one in told if one["telling"]}),
        "watch": [one for row in members for one in row.data["watch"]],
        "context": sorted({sense for row in members for sense in row.data["context"]})[: 2 * CONTEXT],
        "members": sorted({*ids, *(one for row in members for one in row.data["members"])}),
        "maybe": [
            {"with": edge.b if edge.a in ids else edge.a, "score": edge.score, "reasons": list(edge.reasons)}
            for edge in edges
            if edge.kind == "maybe" and not {edge.a, edge.b} <= ids
        ],
    }
    meanings = [
        Row("meaning", short_id("m", [row.id]), {
            "keys": sorted({row.data["key"], row.id, *(name_key(words) for words in row.data["wordings"])}),
            "atom": members[0].id,
            "sign": row.data["sign"],
            "told": [[one["doc"], one["spans"]] for one in row.data["told"]],
        })
        for row in members
    ]  # fmt: skip
    return (Row("atom", members[0].id, data), *meanings)


ATOMS = Closure("atoms", "atoms/2", ("situation",), _item, _pair, _atom_rows, joins=_joins, facts=("decision",))
