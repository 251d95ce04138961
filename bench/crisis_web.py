"""The web of commitments of the bundled crisis: atoms, their states by day, and histories, against the gold.

An atom or commitment of the gold is the row that holds most of its mentions; one that was never read counts as missed.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from bench.crisis_gold import MarkedPage, layer
from bench.figures import Counts
from bench.matching import Words, cluster_units, f1, plain

MET = 0.5
"""Token-F1 from which a condition is the gold's, as `crisis.py` has it."""
STATED = {"confirmed": "alleged", "ruled_out": "denied"}

Rows = Sequence[Mapping[str, Any]]


def atom_units(pages: Mapping[str, MarkedPage], names: Mapping[str, str], atoms: Rows) -> list[Counts]:
    """Mentions of conditions: of two that the gold holds for one situation, how many stand in one atom."""
    found = _mentions(pages, names, atoms)
    gold = {f"{mark['id']}#{n}": str(mark["id"]) for mark in layer("atoms") for n in range(len(mark["told"]))}
    return cluster_units(gold, {key: atom for key, atom in found.items() if atom})


def state_units(pages: Mapping[str, MarkedPage], names: Mapping[str, str], atoms: Rows, wires: Rows) -> list[Counts]:
    """Of each atom the state on every day on which its state changes by the gold."""
    found = _mentions(pages, names, atoms)
    by_atom = {one["members"][0]: one for one in wires} | {member: one for one in wires for member in one["members"]}
    units = list[Counts]()
    for mark in layer("atoms"):
        ours = Counter(found[f"{mark['id']}#{n}"] for n in range(len(mark["told"])) if found[f"{mark['id']}#{n}"])
        wire = by_atom.get(min(ours, key=lambda atom: (-ours[atom], atom))) if ours else None
        right = changed = changes = 0
        for one in mark["states"]:
            state = _state_on(wire["history"], one["day"]) if wire else None
            right += state == one["state"]
            changes += one["state"] != "unreported"
            changed += one["state"] != "unreported" and state == one["state"]
        days = len(mark["states"])
        units.append({
            "days": days, "right": right, "read": days if wire else 0, "right_read": right,
            "told": changes if wire else 0, "right_told": changed,
        })  # fmt: skip
    return units


def evidence_units(pages: Mapping[str, MarkedPage], names: Mapping[str, str], rows: Mapping[str, Rows]) -> list[Counts]:
    """Evidence of each atom that was read: spans of the gold that a piece of ours meets, the reverse, and its way."""
    found = _mentions(pages, names, rows["atom"])
    by_atom = {member: one for one in rows["tripwire"] for member in one["members"]}
    pieces = {one["id"]: one for one in rows["evidence"]}
    units = list[Counts]()
    for mark in layer("atoms"):
        own = {found[f"{mark['id']}#{n}"] for n in range(len(mark["told"]))} - {None}
        wire = {one["id"]: one for atom in own if (one := by_atom.get(str(atom)))}
        have = [pieces[one["id"]] for each in wire.values() for one in (*each["evidence"], *each["waiting"])]
        gold = [
            (one["page"], span, one["direction"])
            for one in mark["evidence"]
            if one["page"] in pages
            for span in pages[one["page"]].ranges(one["span"])
        ]
        met = [
            [one for one in have if names.get(one["doc"]) == page and _meet(one["span"], span)]
            for page, span, _ in gold
        ]
        ways = [(way, one["direction"]) for (_, _, way), ones in zip(gold, met, strict=True) for one in ones[:1]]
        good = sum(
            any(names.get(one["doc"]) == page and _meet(one["span"], span) for page, span, _ in gold) for one in have
        )
        units.append({
            "gold": len(gold) if own else 0, "met": sum(map(bool, met)) if own else 0, "found": len(have), "good": good,
            "decided": sum(way is not None for _, way in ways), "way": sum(one == other for one, other in ways),
        })  # fmt: skip
    return units


def history_units(gold_to_row: Mapping[str, str], commitments: Rows) -> list[Counts]:
    """Steps of each history: the same step on the same day."""
    rows = {one["id"]: one for one in commitments}
    units = list[Counts]()
    for mark in layer("histories"):
        ours = Counter(gold_to_row[one] for one in mark["tellings"] if one in gold_to_row)
        row = rows.get(min(ours, key=lambda one: (-ours[one], one))) if ours else None
        want = Counter((one["day"], one["step"]) for one in mark["steps"])
        have = Counter((one["day"], one["step"]) for one in row["history"]) if row else Counter[tuple[str, str]]()
        units.append({
            "gold": want.total(), "found": have.total(), "met": (want & have).total(),
            "gold_read": want.total() if row else 0,
        })  # fmt: skip
    return units


def _mentions(pages: Mapping[str, MarkedPage], names: Mapping[str, str], atoms: Rows) -> dict[str, str | None]:
    """Which atom each mention of the gold stands in, None where it was not read."""
    words = {name: Words(page.reading["text"]) for name, page in pages.items()}
    told: dict[str, list[tuple[list[list[int]], str]]] = {}
    for row in atoms:
        for one in row["told"]:
            if one["doc"] in names:
                told.setdefault(names[one["doc"]], []).append((one["spans"], row["id"]))
    out: dict[str, str | None] = {}
    for mark in layer("atoms"):
        for n, one in enumerate(mark["told"]):
            out[f"{mark['id']}#{n}"] = None
            if one["page"] in pages:
                page = pages[one["page"]]
                want = words[one["page"]].of(page.ranges(one["span"]))
                near = []
                for spans, atom in told.get(one["page"], ()):
                    own = words[one["page"]].of(spans)
                    common = _nearness(mark["text"], page, spans)
                    if f1(want, own) >= MET or (own and own <= want and common):
                        near.append((common, f1(want, own), atom))
                out[f"{mark['id']}#{n}"] = max(near)[-1] if near else None
    return out


def _nearness(text: str, page: MarkedPage, spans: Sequence[Sequence[int]]) -> int:
    """How many words a mention has in common with what the gold calls its atom: the gold marks a list of situations
    once for each of them, whole, where a reading marks its pieces."""
    own = " ".join(page.reading["text"][start:end] for start, end in spans)
    return len(set(plain(own).split()) & set(plain(text).split()))


def _meet(one: Sequence[int], other: Sequence[int]) -> bool:
    return one[0] < other[1] and other[0] < one[1]


def _state_on(history: Iterable[Sequence[Any]], day: str) -> str:
    state = "unreported"
    for since, value in history:
        if since is None or since[:10] <= day:
            state = value
    return STATED.get(state, state)


def page_names(pages: Mapping[str, MarkedPage]) -> dict[str, str]:
    """Names of pages by the ids of their documents."""
    return {str(page.reading["id"]): Path(name).name for name, page in pages.items()}
