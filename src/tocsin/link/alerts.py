"""What changed in a case from one day of captures to the next: what a watch would have rung for.

Invariant: an alert depends on the readings of pages captured up to its day, never on a later one, and its id on its
kind and anchors alone; so the days of a case replay to the same alerts however its pages were added.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any, Literal

from tocsin.core.ids import short_id
from tocsin.core.rows import Row

AlertKind = Literal[
    "new_commitment", "condition_added", "condition_dropped", "condition_tightened", "condition_loosened",
    "acknowledged", "reversal", "page_edited", "page_withdrawn",
]  # fmt: skip
STRICTNESS = {"even_if": 0, "when": 1, "if": 1, "as_long_as": 1, "until": 1, "unless": 1, "only_if": 2}
"""How much an operator narrows an act: `even_if` not at all, `only_if` bars it otherwise. The same words under a
stricter operator are a condition tightened."""


@dataclass(frozen=True, slots=True)
class Alert:
    """One difference: its kind, the UTC day of the capture that shows it, the id of the thing it is about (a
    commitment, or a page key), and the row that holds the words, where there are any."""

    kind: AlertKind
    day: str
    about: str
    page: str
    words: str
    telling: Row | None = None
    before: str | None = None

    @property
    def id(self) -> str:
        """Hash of kind and anchors."""
        anchor = [self.telling.data["doc"], self.telling.data["span"]] if self.telling else None
        return short_id("w", [self.kind, self.about if anchor is None else None, self.page, anchor, self.words])


@dataclass(frozen=True, slots=True)
class Version:
    """A document of a page (None where the page was withdrawn) and the UTC second of its first capture."""

    page: str
    doc: str | None
    taken: str


@dataclass(slots=True)
class _Known:
    """What earlier days told: the tellings of each act, and the document that each page showed last."""

    acts: dict[tuple[str, str, str], list[Row]] = field(default_factory=dict)
    shown: dict[str, str] = field(default_factory=dict)


def alerts(
    versions: Iterable[Version], readings: Iterable[Row], commitments: Mapping[str, str], *, first_day: bool = False
) -> tuple[Alert, ...]:
    """The alerts of a case, day by day, then by page and place.

    `readings` are its telling and claim rows, `commitments` leads from a telling's id to its commitment's. The first
    day raises none unless asked: everything is new then.
    """
    by_doc: dict[str, list[Row]] = {}
    for row in readings:
        by_doc.setdefault(row.data["doc"], []).append(row)
    known, found = _Known(), list[Alert]()
    ordered = sorted(versions, key=lambda one: (one.taken, one.page, one.doc or ""))
    for number, (day, group) in enumerate(groupby(ordered, key=lambda one: one.taken[:10])):
        today = list(group)
        rung = [*_pages(day, today, by_doc, known), *_commitments(day, today, by_doc, known, commitments)]
        _learn(today, by_doc, known)
        if number or first_day:
            found += rung
    return tuple(found)


def _pages(day: str, today: Sequence[Version], by_doc: Mapping[str, Sequence[Row]], known: _Known) -> list[Alert]:
    """Pages that were edited or withdrawn after something was read from them."""
    out = list[Alert]()
    for one in today:
        before = known.shown.get(one.page)
        if before in by_doc and one.doc != before:
            kind: AlertKind = "page_edited" if one.doc else "page_withdrawn"
            out.append(Alert(kind, day, one.page, one.page, "", before=before))
        if one.doc:
            known.shown[one.page] = one.doc
        else:
            known.shown.pop(one.page, None)
    return out


def _commitments(
    day: str,
    today: Sequence[Version],
    by_doc: Mapping[str, Sequence[Row]],
    known: _Known,
    commitments: Mapping[str, str],
) -> list[Alert]:
    """What today's tellings add to those of earlier days: each act rings once a day for each thing that is new."""
    out, rung = list[Alert](), set[tuple[Any, ...]]()
    for one in today:
        for row in sorted(_tellings(by_doc.get(one.doc or "", ())), key=_by_place):
            earlier = known.acts.get(_act(row), [])
            for kind, words in _differences(row, earlier, known):
                mark = (kind, _act(row), words.casefold())
                if mark not in rung:
                    rung.add(mark)
                    out.append(Alert(kind, day, commitments.get(row.id, row.id), one.page, words, row))
    return out


def _differences(row: Row, earlier: Sequence[Row], known: _Known) -> list[tuple[AlertKind, str]]:
    if not earlier:
        holder, polarity, words = _act(row)
        opposite = "will" if polarity == "will_not" else "will_not"
        return [("reversal" if (holder, opposite, words) in known.acts else "new_commitment", row.data["action"])]
    out: list[tuple[AlertKind, str]] = []
    if _conditions(row) not in [_conditions(one) for one in earlier]:
        out += _conditions_changed(row, earlier[-1])
    if _by_holder(row) and not any(_by_holder(one) for one in earlier):
        out.append(("acknowledged", row.data["action"]))
    return out


def _conditions_changed(row: Row, before: Row) -> list[tuple[AlertKind, str]]:
    """What is different from the last telling of the same act."""
    was, now = _conditions(before), _conditions(row)
    shown = {one["text"].casefold(): one["text"] for other in (before, row) for one in other.data["conditions"]}
    out: list[tuple[AlertKind, str]] = []
    for words in sorted(was.keys() | now.keys()):
        if words not in was:
            out.append(("condition_added", shown[words]))
        elif words not in now:
            out.append(("condition_dropped", shown[words]))
        elif STRICTNESS[now[words]] != STRICTNESS[was[words]]:
            tighter = STRICTNESS[now[words]] > STRICTNESS[was[words]]
            out.append(("condition_tightened" if tighter else "condition_loosened", shown[words]))
    return out


def _learn(today: Sequence[Version], by_doc: Mapping[str, Sequence[Row]], known: _Known) -> None:
    for one in today:
        for row in sorted(_tellings(by_doc.get(one.doc or "", ())), key=_by_place):
            known.acts.setdefault(_act(row), []).append(row)


def _by_place(row: Row) -> tuple[list[int], str]:
    return row.data["span"], row.id


def _tellings(rows: Iterable[Row]) -> Iterable[Row]:
    return (row for row in rows if row.kind == "telling")


def _act(row: Row) -> tuple[str, str, str]:
    return row.data["holder_key"], row.data["polarity"], row.data["words_key"]


def _conditions(row: Row) -> dict[str, str]:
    return {one["text"].casefold(): one["operator"] for one in row.data["conditions"]}


def _by_holder(row: Row) -> bool:
    return bool(row.data["holder"]) and row.data["said_by"] == row.data["holder"]
