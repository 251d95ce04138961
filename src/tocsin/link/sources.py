"""Sources: who passes words on in a case, how often and where, what the register says of them, what a person rated.

The block is the actor (the name key where no actor has it). Admiralty letters are decisions: `F` until somebody says
otherwise. Invariant: a rating or an entry of the register alone makes no source; a page must name it.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from tocsin.core.rows import Facts, Join, Row
from tocsin.link.derive import Derivation
from tocsin.link.names import name_key
from tocsin.names.register import Outlet, outlet_at, outlet_from, outlet_of

PASSING = ("outlet", "aggregator", "agency", "channel", "relayer", "spokesperson")
"""Roles in which somebody passes words on, the nearest to the page first."""
PRESS = frozenset(("outlet", "aggregator", "agency", "channel"))
"""Roles in which a name that is also a common word is an outlet's."""
UNRATED, UNJUDGED = "F", "6"
"""Admiralty: nobody has judged the source, nobody the statement (DESIGN.md, third law)."""
LETTERS, GRADES = "ABCDEF", "123456"
CONFIRMED = "1"
INDEPENDENT = 2
"""Independent origins that "confirmed by other sources" needs."""
_DECIDED = ("rate", "register")


def _joins(row: Row) -> tuple[Join, ...]:
    if row.kind == "name":
        return (("alias", str(row.data["key"])),) if _roles(row.data) else ()
    if row.data["act"] in _DECIDED and row.data["about"][0]["kind"] == "source":
        return (("alias", str(row.data["keys"][0])),)
    return ()


def _roles(data: Mapping[str, Any]) -> dict[str, int]:
    return {role: data["roles"][role] for role in PASSING if data["roles"].get(role)}


def _joined(row: Row, facts: Facts) -> Row:
    """The row with the actor that its name belongs to, as `source`; None where it is no part of any source."""
    joins = _joins(row)
    if not joins:
        return Row(row.kind, row.id, {**row.data, "source": None})
    key, doc = joins[0][1], row.data.get("doc")
    here = [one for one in facts.get(joins[0], ()) if doc is None or one.get("docs") is None or doc in one["docs"]]
    actor = min((str(one["actor"]) for one in here if one.get("actor")), default=key)
    return Row(row.kind, row.id, {**row.data, "source": actor})


def _key(row: Row) -> str | None:
    source = row.data["source"]
    return str(source) if source is not None else None


def _part(row: Row) -> dict[str, Any]:
    if row.kind == "decision":
        return {name: row.data[name] for name in ("act", "by", "made", "note", "value", "source")}
    page = {name: row.data[name] for name in ("names", "page", "outlet", "key", "source")}
    return {**page, "roles": _roles(row.data)}


def _rows(key: str, members: tuple[Row, ...]) -> tuple[Row, ...]:
    names: Counter[str] = Counter()
    roles: Counter[str] = Counter()
    told = [row for row in members if row.kind == "name"]
    if not told:
        return ()
    for row in told:
        names.update(dict.fromkeys(row.data["names"], sum(row.data["roles"].values())))
        roles.update(row.data["roles"])
    shown = sorted(names, key=lambda name: (-names[name], -len(name), name))
    entry, why = _entry(shown, told, members)
    data: dict[str, Any] = {
        "name": shown[0],
        "names": shown,
        "key": key,
        "roles": {role: roles[role] for role in PASSING if role in roles},
        "pages": sorted({row.data["page"] for row in told}),
        "members": [row.id for row in told],
        "reliability": reliability(row.data for row in members if row.kind == "decision"),
        "register": entry.as_json() if entry else None,
        "reasons": why,
    }
    return (Row("source", told[0].id, data),)


def _entry(names: Sequence[str], told: Sequence[Row], members: Iterable[Row]) -> tuple[Outlet | None, list[str]]:
    """What the case or the register says of a source, and where that comes from."""
    added = [row for row in members if row.kind == "decision" and row.data["act"] == "register"]
    if added:
        last = max(added, key=lambda row: (row.data["made"], row.id))
        entry = outlet_from({"name": names[0], **last.data["value"]})
        return entry, [f"entered in this case by {last.data['by']}, {last.data['made']}"]
    press = any(PRESS & row.data["roles"].keys() for row in told)
    for name in names:
        found = outlet_of(name, beside=press)
        elsewhere = _elsewhere(found, told) if found else None
        if elsewhere:
            return None, [f"the register has {name!r}, but a page of this one is at {elsewhere}"]
        if found:
            return found, [f"the register has {name!r}", *_checked(found)]
    for row in told:
        own = row.data["outlet"] and name_key(row.data["outlet"]) == row.data["key"]
        found = outlet_at(row.data["page"]) if own and "outlet" in row.data["roles"] else None
        if found:
            return found, [f"the register has the address of {row.data['page']}", *_checked(found)]
    return None, ["not in the register"]


def _elsewhere(entry: Outlet, told: Iterable[Row]) -> str | None:
    """The address of a page whose outlet the source is, where the register knows the entry by addresses of its own and
    none of them is the page's: another of the same name, or a copy; then nothing is said of it."""
    own = [
        row.data["page"]
        for row in told
        if "outlet" in row.data["roles"] and row.data["page"].startswith(("http://", "https://"))
    ]
    return own[0] if own and entry.hosts and not any(outlet_at(page) == entry for page in own) else None


def _checked(entry: Outlet) -> list[str]:
    return [f"checked at {entry.checked}" if entry.checked else "its facts are not checked"]


def reliability(decisions: Iterable[Mapping[str, Any]]) -> dict[str, Any]:
    """The letter that a person gave last, with who and when; `F` where nobody did."""
    return _latest(decisions, "reliability", LETTERS, UNRATED)


def credibility(decisions: Iterable[Mapping[str, Any]]) -> dict[str, Any]:
    """The figure that a person gave a statement last; `6` where nobody did."""
    return _latest(decisions, "credibility", GRADES, UNJUDGED)


def _latest(decisions: Iterable[Mapping[str, Any]], name: str, allowed: str, otherwise: str) -> dict[str, Any]:
    given = [
        one for one in decisions if one["act"] == "rate" and one["value"].get(name) and one["value"][name] in allowed
    ]
    if not given:
        return {"code": otherwise, "by": None, "made": None, "note": None}
    last = max(given, key=lambda one: (one["made"], one["by"], one["value"][name]))
    return {"code": last["value"][name], **{part: last[part] for part in ("by", "made", "note")}}


Chain = Sequence[Mapping[str, Any]]
"""The hops of one claim, as its row holds them: speaker first, outlet last."""


def origin(hops: Chain, page: str = "") -> tuple[str, str]:
    """Where a report goes back to: whose words, and who first passed them on (the outlet itself where nobody stands
    between). Two pages with one origin are one report, however many relayed it."""
    speaker = name_key(hops[0]["actor"] or "") if hops else ""
    for hop in hops[1:]:
        if hop["actor"] and hop["role"] != "spokesperson":
            return speaker, name_key(hop["actor"])
    outlet = next((hop["actor"] for hop in reversed(hops) if hop["role"] in ("outlet", "aggregator")), None)
    return speaker, name_key(outlet) if outlet else f"page {page}"


def origins(claims: Iterable[Mapping[str, Any]]) -> frozenset[tuple[str, str]]:
    """The origins of claims (the `data` of their rows), each once."""
    return frozenset(origin(one["hops"], one["page"]) for one in claims)


def refused(code: str, claims: Iterable[Mapping[str, Any]], by: str | None) -> str | None:
    """Why a credibility may not be given to a statement with these claims; None where it may. `1`, confirmed by other
    sources, is never the machine's to give."""
    if code not in GRADES:
        return f"credibility is one of {', '.join(GRADES)}, not {code!r}"
    if code != CONFIRMED:
        return None
    if not by:
        return "only a person says that something is confirmed"
    found = len(origins(claims))
    if found < INDEPENDENT:
        return f"“confirmed by other sources” needs {INDEPENDENT} independent origins; this has {found}"
    return None


SOURCES = Derivation(
    "sources", "sources/2", _key, _rows, _part,
    takes=("name", "decision"), joins=_joins, facts=("alias",), joined=_joined,
)  # fmt: skip
