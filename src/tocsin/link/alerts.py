"""What changed in a case from one capture to the next: what a watch would have rung for.

Invariant: an alert depends on the readings of pages captured no later than its own, and its id on its kind and anchors
alone; so a case replays to the same alerts however its pages were added.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from tocsin.core.ids import short_id
from tocsin.core.rows import Row
from tocsin.link.names import words_of

AlertKind = Literal[
    "new_commitment", "condition_added", "condition_dropped", "condition_tightened", "condition_loosened",
    "acknowledged", "reversal", "page_edited", "page_withdrawn",
]  # fmt: skip
STRICTNESS = {"even_if": 0, "when": 1, "if": 1, "as_long_as": 1, "until": 1, "unless": 1, "only_if": 2}
"""How much an operator narrows an act: `even_if` not at all, `only_if` bars it otherwise. The same words under a
stricter operator are a condition tightened."""
TURNED = frozenset(("unless", "until"))
"""Operators that hold while a situation has *not* come about. The same words under an operator of the other sort are
another condition."""
LEADING = frozenset(
    (
        "will", "would", "shall", "should", "can", "could", "may", "might", "must", "do", "does", "did", "not", "never",
        "no", "won't", "wouldn't", "shan't", "shouldn't", "can't", "cannot", "couldn't", "mustn't", "don't", "doesn't",
        "didn't", "ll", "d", "ever", "also", "to", "be",
    )
)  # fmt: skip
"""Words before an act that say whether and how firmly it is done, not what: "will not open", "would open" are one."""


@dataclass(frozen=True, slots=True)
class Version:
    """What one capture shows of a page: a document, or None where the page was withdrawn; and its UTC second."""

    page: str
    doc: str | None
    taken: str


@dataclass(frozen=True, slots=True)
class Alert:
    """One difference: its kind, the UTC day of the capture that shows it, the id of the thing it is about (a
    commitment, or a page key), and the row that holds the words, where there are any. A page alert has the document
    before and the one after (None: withdrawn)."""

    kind: AlertKind
    day: str
    about: str
    page: str
    words: str
    telling: Row | None = None
    before: str | None = None
    after: str | None = None

    @property
    def id(self) -> str:
        """Hash of kind and anchors; the day belongs to it for what can happen to a page again."""
        if self.telling is None:
            return short_id("w", [self.kind, self.page, self.before, self.after, self.day])
        return short_id("w", [self.kind, self.telling.data["doc"], self.telling.data["span"], self.words])


@dataclass(slots=True)
class _Known:
    """What earlier captures told: the tellings of each act by polarity, in order; the polarity told last; what each
    page showed last; which documents were learnt."""

    acts: dict[tuple[str, str], dict[str, list[Row]]] = field(default_factory=dict)
    last: dict[tuple[str, str], str] = field(default_factory=dict)
    shown: dict[str, str] = field(default_factory=dict)
    learnt: set[str] = field(default_factory=set)


def alerts(
    versions: Iterable[Version], readings: Iterable[Row], commitments: Mapping[str, str], *, first_day: bool = False
) -> tuple[Alert, ...]:
    """The alerts of a case, capture by capture.

    `versions` are its captures, `readings` its telling and claim rows; `commitments` leads from a telling's id to its
    commitment's. The first day raises none unless asked: everything is new then.
    """
    by_doc: dict[str, list[Row]] = {}
    for row in readings:
        by_doc.setdefault(row.data["doc"], []).append(row)
    known, found = _Known(), list[Alert]()
    ordered = sorted(versions, key=lambda one: (one.taken, one.page, one.doc or ""))
    for one in ordered:
        rung = _page(one, by_doc, known)
        if one.doc and one.doc not in known.learnt:
            known.learnt.add(one.doc)
            told = sorted((row for row in by_doc.get(one.doc, ()) if row.kind == "telling"), key=_by_place)
            rung += _tellings(told, one, known, commitments)
            for row in told:
                _learn(row, known)
        if first_day or one.taken[:10] != ordered[0].taken[:10]:
            found += rung
    return tuple(found)


def _page(one: Version, by_doc: Mapping[str, Sequence[Row]], known: _Known) -> list[Alert]:
    """Whether a page was edited or withdrawn after something was read from it."""
    before = known.shown.get(one.page)
    if one.doc:
        known.shown[one.page] = one.doc
    else:
        known.shown.pop(one.page, None)
    if before not in by_doc or one.doc == before:
        return []
    kind: AlertKind = "page_edited" if one.doc else "page_withdrawn"
    return [Alert(kind, one.taken[:10], one.page, one.page, "", before=before, after=one.doc)]


def _tellings(told: Sequence[Row], one: Version, known: _Known, commitments: Mapping[str, str]) -> list[Alert]:
    """What a page's tellings add to those of earlier captures: each thing once, however often the page says it."""
    out, rung = list[Alert](), set[tuple[AlertKind, tuple[str, str], str]]()
    for row in told:
        for kind, words in _differences(row, known):
            mark = (kind, _act(row), words.casefold() if kind.startswith("condition") else "")
            if mark not in rung:
                rung.add(mark)
                out.append(Alert(kind, one.taken[:10], commitments.get(row.id, row.id), one.page, words, row))
    return out


def _differences(row: Row, known: _Known) -> list[tuple[AlertKind, str]]:
    """What a telling adds to those before it."""
    act, polarity = _act(row), row.data["polarity"]
    if act not in known.acts:
        return [("new_commitment", row.data["action"])]
    if known.last[act] != polarity:
        return [("reversal", row.data["action"])]
    earlier = known.acts[act][polarity]
    own = [other for other in earlier if other.data["said_by"] == row.data["said_by"]]
    out: list[tuple[AlertKind, str]] = []
    # A teller is held to what he told last; others may word the conditions as anybody has worded them before.
    if _conditions(row) not in [_conditions(other) for other in (own[-1:] or earlier)]:
        out += _conditions_changed(row, (own or earlier)[-1])
    if _by_holder(row) and not any(_by_holder(other) for other in earlier):
        out.append(("acknowledged", row.data["action"]))
    return out


def _conditions_changed(row: Row, before: Row) -> list[tuple[AlertKind, str]]:
    """What is different from an earlier telling of the same act."""
    was, now = _conditions(before), _conditions(row)
    shown = {one["text"].casefold(): one["text"] for other in (before, row) for one in other.data["conditions"]}
    out: list[tuple[AlertKind, str]] = []
    for words in sorted(was.keys() | now.keys()):
        turned = words in was and words in now and (was[words] in TURNED) != (now[words] in TURNED)
        if words not in now or turned:
            out.append(("condition_dropped", shown[words]))
        if words not in was or turned:
            out.append(("condition_added", shown[words]))
        if words in was and words in now and not turned and STRICTNESS[now[words]] != STRICTNESS[was[words]]:
            tighter = STRICTNESS[now[words]] > STRICTNESS[was[words]]
            out.append(("condition_tightened" if tighter else "condition_loosened", shown[words]))
    return out


def _learn(row: Row, known: _Known) -> None:
    act, polarity = _act(row), row.data["polarity"]
    known.acts.setdefault(act, {}).setdefault(polarity, []).append(row)
    known.last[act] = polarity


def _by_place(row: Row) -> tuple[list[int], str]:
    return row.data["span"], row.id


def _act(row: Row) -> tuple[str, str]:
    """Holder and act, without the words that say whether and how firmly it is done."""
    words = words_of(row.data["action"])
    while len(words) > 1 and words[0] in LEADING:
        words = words[1:]
    return row.data["holder_key"], " ".join(words)


def _conditions(row: Row) -> dict[str, str]:
    return {one["text"].casefold(): one["operator"] for one in row.data["conditions"]}


def _by_holder(row: Row) -> bool:
    return bool(row.data["holder"]) and row.data["said_by"] == row.data["holder"]
