"""The bundled crisis as one case: actors, commitments and statements across pages, and the alerts of each day.

Members of clusters are compared as pairs: of two that the gold holds for one, how many stand together, and the reverse.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from bench.crisis import ACTION_MET, commitment_pairs
from bench.crisis_gold import Mark, MarkedPage, aliases, layer, marked_pages, on_page
from bench.crisis_web import atom_units, evidence_units, history_units, state_units
from bench.figures import Counts, Figure, interval, sampled, share, told, total
from bench.matching import SameName, Words, cluster_units, f1, pairs, plain
from bench.room import DEMO, Room
from tocsin.api import Case
from tocsin.api import open as open_case
from tocsin.core.wording import ALERT_KINDS

MOMENT = datetime(2025, 1, 1, tzinfo=UTC)
UNREAD = {
    "origins": "a later issue",
    "copies": "a later issue",
    "conflicts": "a later issue",
    "events": "a later issue",
}
"""Layers of the gold that nothing reads yet: their recall is what it is, and who is to raise it."""

TITLES = frozenset(("mr", "ms", "mrs", "dr", "general", "governor", "mayor", "director", "professor", "col"))
"""Titles before names in the gold."""

WEB = ("atom", "tripwire", "evidence", "commitment")
"""Rows of the web of commitments."""


def crisis_case(room: Room) -> list[Figure]:
    """Clusters across pages and alerts by day, of the bundled crisis."""
    pages = {page.name: page for page in marked_pages(room)}
    names = {page.reading["id"]: page.name for page in pages.values()}
    with open_case(room.work / "crisis.tocsin", clock=lambda: MOMENT) as case:
        case.add(DEMO)
        rows = [json.loads(line) for line in case.export("jsonl")]
        rung = _rung(case, names)
        web = {kind: [{"id": row.id, **row.data} for row in case.store.rows.of_kind(kind)] for kind in WEB}
    kinds: dict[str, list[Mapping[str, Any]]] = {}
    for row in rows:
        kinds.setdefault(row["type"], []).append(row)
    units = {
        "actors": _actor_units(kinds["actor"]),
        "tellings": _telling_units(pages, kinds["commitment"]),
        "statements": _statement_units(pages, names, kinds["claim"], kinds["statement"]),
        "alerts": _alert_units(pages, rung),
    }
    out = []
    for name, each in units.items():
        out += _clustered(name, each) if name != "alerts" else _met(name, each)
    out += _web(pages, names, web)
    found = total(_found_units(kinds["actor"]))
    out.append(told("actors_named", share("met", "gold")(found)))
    return out + [told(f"{name}_r", 0.0, anchor=f"{anchor}: nothing reads them yet") for name, anchor in UNREAD.items()]


def _web(pages: Mapping[str, MarkedPage], names: Mapping[str, str], rows: Mapping[str, Any]) -> list[Figure]:
    """Atoms, evidence, states by day and histories."""
    atoms = atom_units(pages, names, rows["atom"])
    states = state_units(pages, names, rows["atom"], rows["tripwire"])
    bears = evidence_units(pages, names, rows)
    steps = history_units(_found_tellings(pages, rows["commitment"])[1], rows["commitment"])
    return [
        *_clustered("atoms", atoms),
        _figure("states", states, "right", "days"),
        _figure("states_of_read", states, "right_read", "read"),
        _figure("states_told", states, "right_told", "told"),
        _figure("evidence_r", bears, "met", "gold"),
        _figure("evidence_p", bears, "good", "found"),
        _figure("evidence_way", bears, "way", "decided"),
        _figure("history_r", steps, "met", "gold"),
        _figure("history_read_r", steps, "met", "gold_read"),
        _figure("history_p", steps, "met", "found"),
    ]


def _met(name: str, units: Sequence[Counts]) -> list[Figure]:
    return [_figure(f"{name}_r", units, "met", "gold"), _figure(f"{name}_p", units, "met", "found")]


def _clustered(name: str, units: Sequence[Counts]) -> list[Figure]:
    """By pairs, and by B-cubed."""
    return [
        *_met(name, units),
        _figure(f"{name}_b3_r", units, "recalled", "members"),
        _figure(f"{name}_b3_p", units, "precise", "read"),
    ]


def _figure(name: str, units: Sequence[Counts], met: str, whole: str) -> Figure:
    statistic = share(met, whole)
    return sampled(name, statistic(total(units)), lambda: interval(units, statistic))


def _clusters(rows: Iterable[Mapping[str, Any]]) -> dict[str, str]:
    """Which cluster each member stands in."""
    return {member: row["id"] for row in rows for member in row["members"]}


def _actor_units(rows: Sequence[Mapping[str, Any]]) -> list[Counts]:
    """Forms of names: those of one actor should stand in one row. A form of two actors is left out. A form that several
    rows show (a surname that one page uses for a full name, another alone) counts with the row of most pages; one with
    a title that no row shows, for a mention leaves the title out, with the row of the words behind it."""
    owners: dict[str, set[str]] = {}
    for one in layer("actors"):
        for form in (one["name"], *one["aliases"], *one["metonyms"]):
            owners.setdefault(plain(form), set()).add(one["id"])
    gold = {form: next(iter(ids)) for form, ids in owners.items() if len(ids) == 1}
    found = dict[str, str]()
    for row in sorted(rows, key=lambda row: (len(row["pages"]), row["id"])):
        found.update({plain(name): row["id"] for name in row["names"]})
    for form in sorted(gold):
        first, _, rest = form.partition(" ")
        if form not in found and first.rstrip(".") in TITLES and rest in found:
            found[form] = found[rest]
    return cluster_units(gold, found)


def _found_units(rows: Sequence[Mapping[str, Any]]) -> list[Counts]:
    """Actors of the gold of whom any form is a row."""
    known = {plain(name) for row in rows for name in row["names"]}
    return [
        {"gold": 1, "met": any(plain(form) in known for form in (one["name"], *one["aliases"]))}
        for one in layer("actors")
    ]


def _telling_units(pages: Mapping[str, MarkedPage], rows: Sequence[Mapping[str, Any]]) -> list[Counts]:
    """Tellings: those of one commitment should stand in one row."""
    return cluster_units(*_found_tellings(pages, rows))


def _found_tellings(
    pages: Mapping[str, MarkedPage], rows: Sequence[Mapping[str, Any]]
) -> tuple[dict[str, str], dict[str, str]]:
    """Which commitment each telling belongs to, by the gold and as it was read."""
    same, clusters = SameName(aliases()), _clusters(rows)
    gold, found = dict[str, str](), dict[str, str]()
    for name, page in pages.items():
        marks, read = on_page("commitments", name), page.reading["commitments"]
        met = dict(commitment_pairs(page, Words(page.reading["text"]), same))
        for i, mark in enumerate(marks):
            member = f"{name}#{mark['id']}"
            gold[member] = mark["commitment"] or member
            if i in met and read[met[i]]["id"] in clusters:
                found[member] = clusters[read[met[i]]["id"]]
    return gold, found


def _statement_units(
    pages: Mapping[str, MarkedPage],
    names: Mapping[str, str],
    claims: Sequence[Mapping[str, Any]],
    rows: Sequence[Mapping[str, Any]],
) -> list[Counts]:
    """Wordings: those of one statement should stand in one row."""
    clusters = _clusters(rows)
    on: dict[str, list[Mapping[str, Any]]] = {}
    for claim in claims:
        on.setdefault(names[claim["doc"]], []).append(claim)
    gold, found = dict[str, str](), dict[str, str]()
    for statement in layer("statements"):
        for n, member in enumerate(statement["members"]):
            key = f"{statement['id']}#{n}"
            gold[key] = statement["id"]
            best = _nearest(pages.get(member["page"]), member, on.get(member["page"], ()))
            if best is not None:
                found[key] = clusters[best["id"]]
    return cluster_units(gold, found)


def _nearest(page: MarkedPage | None, member: Mark, claims: Sequence[Mapping[str, Any]]) -> Mapping[str, Any] | None:
    """The claim that has most words in common with a member, where those are half of them."""
    if page is None or not claims:
        return None
    words = Words(page.reading["text"])
    want = words.of(page.ranges(member["span"]))
    score, _, best = max(((f1(want, words.of([one["span"]])), one["id"], one) for one in claims), key=lambda x: x[:2])
    return best if score >= ACTION_MET else None


@dataclass(frozen=True, slots=True)
class Rung:
    """One alert: its day, kind, page (the name of a marked page, or a page key), and where its words stand."""

    day: str
    kind: str
    page: str
    spans: list[list[int]]


def _rung(case: Case, names: Mapping[str, str]) -> list[Rung]:
    out = []
    for one in case.replay():
        told_in = one.telling
        page = names.get(told_in.doc, told_in.page) if told_in else one.page
        out.append(Rung(one.day, one.kind, page, [list(span) for span in told_in.action.spans] if told_in else []))
    return out


def _alert_units(pages: Mapping[str, MarkedPage], rung: Sequence[Rung]) -> list[Counts]:
    """Alerts of the kinds that Tocsin rings, one unit a day: same day, same kind, same page, words in common."""
    gold = [one for one in layer("alerts") if one["kind"] in ALERT_KINDS]
    words = {name: Words(page.reading["text"]) for name, page in pages.items()}

    def score(mark: Mark, one: Rung) -> float:
        page = pages.get(mark["page"])
        if mark["kind"] != one.kind or page is None or one.page not in (page.name, page.reading["key"]):
            return 0.0
        if not mark["span"] or not one.spans:
            return 1.0
        return float(bool(words[page.name].of(page.ranges(mark["span"])) & words[page.name].of(one.spans)))

    units = list[Counts]()
    for day in sorted({one["day"] for one in gold} | {one.day for one in rung}):
        wanted = [one for one in gold if one["day"] == day]
        had = [one for one in rung if one.day == day]
        units.append({"met": len(pairs(wanted, had, score, 1)), "gold": len(wanted), "found": len(had)})
    return units
