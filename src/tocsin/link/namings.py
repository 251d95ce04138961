"""A name over all pages: one `naming` a name key, or several where a person said that two of one name are two.

The block is the name key. A split by a person takes the page of its second anchor out of the key's naming; a later
merge brings it back. Invariant: the namings of a key share its pages out among them, each page to one.
"""

from collections import Counter
from typing import Any

from tocsin.core.ids import digest
from tocsin.core.rows import Facts, Join, Row
from tocsin.link.derive import Derivation
from tocsin.link.names import name_key
from tocsin.names.bearing import bears
from tocsin.names.kinds import shape_of

MOST_FORMS = 40
"""Forms of a name that are kept, the most frequent first: enough for every spelling, bounded for a hostile page."""
SHOUTED = 5
"""Letters from which a word in capitals is rather a headline's spelling of a name than an acronym."""
PARTS = ("key", "names", "roles", "kinds", "page", "doc", "forms", "beside", "offices", "decided")


def keys_of(data: dict[str, Any]) -> tuple[str, ...]:
    """The keys under which a decision may name this name on its page: its own and those of its forms."""
    return tuple(sorted({data["key"], *(name_key(form) for form in data.get("forms", ()))}))


def _joins(row: Row) -> tuple[Join, ...]:
    return tuple(("decision", key) for key in keys_of(row.data))


def _joined(row: Row, facts: Facts) -> Row:
    """The row with the decisions that name it: act, rank, and which of the two anchors (0, 1) it is."""
    decided: dict[str, dict[str, Any]] = {}
    for join in _joins(row):
        for decision in facts.get(join, ()):
            if decision["act"] not in ("merge", "split") or len(decision["about"]) < 2:
                continue
            sides = _sides(row.data, decision)
            if sides:
                rank = f"{decision['made']} {digest([decision])[:16]}"
                docs = [one["doc"] for one in decision["about"][:2]]
                decided[rank] = {"act": decision["act"], "rank": rank, "sides": sides, "docs": docs}
    return Row(row.kind, row.id, {**row.data, "decided": [decided[rank] for rank in sorted(decided)]})


def _sides(data: dict[str, Any], decision: dict[str, Any]) -> list[int]:
    keys = keys_of(data)
    return [
        side
        for side, (about, key) in enumerate(zip(decision["about"], decision["keys"], strict=False))
        if about["doc"] == data["doc"] and key in keys
    ]


def _key(row: Row) -> str | None:
    return str(row.data["key"])


def _part(row: Row) -> dict[str, Any]:
    return {name: row.data[name] for name in PARTS if name in row.data}


def _rows(key: str, members: tuple[Row, ...]) -> tuple[Row, ...]:
    homes = _homes(members)
    groups: dict[str, list[Row]] = {}
    for row in members:
        groups.setdefault(homes[row.data["doc"]], []).append(row)
    rows = [_naming(key, group, split=bool(label)) for label, group in groups.items()]
    return tuple(sorted(rows, key=lambda row: row.id))


def _homes(members: tuple[Row, ...]) -> dict[str, str]:
    """Document → which naming its page belongs to: "" is the key's own, others are named after the page split off."""
    homes = {str(row.data["doc"]): "" for row in members}
    acts: dict[str, tuple[str, list[str]]] = {}
    seen: dict[str, set[int]] = {}
    for row in members:
        for one in row.data["decided"]:
            acts[one["rank"]] = (one["act"], one["docs"])
            seen.setdefault(one["rank"], set()).update(one["sides"])
    for rank in sorted(acts):
        act, (first, second) = acts[rank]
        if seen[rank] != {0, 1} or first == second or first not in homes or second not in homes:
            continue
        if act == "split" and homes[first] == homes[second]:
            homes[second] = second
        elif act == "merge" and homes[first] != homes[second]:
            left = homes[second]
            homes = {doc: homes[first] if home == left else home for doc, home in homes.items()}
    return homes


def _naming(key: str, members: list[Row], *, split: bool) -> Row:
    names, roles, kinds = Counter[str](), Counter[str](), Counter[str]()
    forms, beside = Counter[str](), Counter[str]()
    offices: dict[str, dict[str, Any]] = {}
    decided: dict[str, dict[str, Any]] = {}
    for member in members:
        data = member.data
        for counter, part in ((names, "names"), (roles, "roles"), (kinds, "kinds"), (forms, "forms")):
            counter.update(data.get(part, ()))
        beside.update(data.get("beside", ()))
        for office in data.get("offices", ()):
            title, of = office.get("title"), office.get("of")
            held = offices.setdefault(digest([title, of]), {"title": title, "of": of, "pages": []})
            held["pages"] = sorted({*held["pages"], data["page"]})
        for one in data["decided"]:
            held = decided.setdefault(one["rank"], {"act": one["act"], "rank": one["rank"], "sides": []})
            held["sides"] = sorted({*held["sides"], *one["sides"]})
    shown = _quiet_first(_ordered(names), key, forms)
    shape = shape_of(shown[0], kinds, roles)
    said = {
        "key": key,
        "keys": list(bears(shown[0], shape)),
        "shape": shape,
        "names": shown,
        "roles": dict(sorted(roles.items())),
        "kinds": dict(sorted(kinds.items())),
        "forms": _ordered(forms)[:MOST_FORMS],
        "beside": _ordered(beside)[:MOST_FORMS],
        "offices": sorted(offices.values(), key=lambda one: (-len(one["pages"]), str(one["title"]), str(one["of"]))),
        "decided": [decided[rank] for rank in sorted(decided) if len(decided[rank]["sides"]) == 1],
        "pages": sorted({member.data["page"] for member in members}),
        "docs": sorted({member.data["doc"] for member in members}) if split else None,
        "members": [member.id for member in members],
    }
    return Row("naming", members[0].id, said)


def _ordered(counter: Counter[str]) -> list[str]:
    return sorted(counter, key=lambda one: (-counter[one], one))


def _quiet_first(names: list[str], key: str, forms: Counter[str]) -> list[str]:
    """The names; where the first is written in capitals alone, as mastheads and headlines do, a quieter spelling of the
    same name stands before it if any page has one."""
    if not shouted(names[0]):
        return names
    quiet = [one for one in (*names, *_ordered(forms)) if not shouted(one) and name_key(one) == key]
    return list(dict.fromkeys([*quiet[:1], *names]))


def shouted(name: str) -> bool:
    """Written in capitals alone; what is short is rather an acronym."""
    return name.isupper() and len(name) >= SHOUTED


NAMINGS = Derivation(
    "namings", "namings/3", _key, _rows, _part, takes=("name",), joins=_joins, facts=("decision",), joined=_joined
)
