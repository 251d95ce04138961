"""From ids and an act to decisions about what follows from several pages: who is one, what a source is worth, when a
page was published, whether a situation came about, what bears on it, what to watch for.

Invariant: as in `deciding`, a decision is about exact words (or a person's own words about the whole case), never about
a derived id; what cannot be anchored is refused.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from tocsin.api.deciding import CLUSTERS, find, members, signed
from tocsin.core.decisions import Act, Anchor, AnchorKind, Decision
from tocsin.core.rows import Row
from tocsin.core.spans import spans_of
from tocsin.core.tripwires import Tripwire
from tocsin.core.when import WhenError, check_bound
from tocsin.errors import UsageError
from tocsin.link.names import name_key
from tocsin.link.sources import GRADES, LETTERS, refused
from tocsin.read.given import parse_published

if TYPE_CHECKING:
    from tocsin.api.case import Case

Judgement = Literal["merge", "split", "rate", "date", "confirm", "rule_out", "link", "unlink"]
JUDGEMENTS: tuple[Judgement, ...] = ("merge", "split", "rate", "date", "confirm", "rule_out", "link", "unlink")
"""Acts that `decide` takes beside those on readings; `watch` has a command of its own."""
LONGEST_HEAD = 80
"""Code points of a page's first line that a decision on its date is anchored at: enough to know the page again."""
SITUATIONS = ("atom", "tripwire", "situation")
"""Kinds of rows that are about a situation: `told` says where it is named."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Judging:
    """Who judges, when (UTC second), why. `other` is the id of the second thing, `to` what a `rate` or a `date` says,
    `holds_from` the day from when on, `direction` how a claim bears on a situation."""

    by: str
    made: str
    note: str | None = None
    other: str | None = None
    to: str | None = None
    holds_from: str | None = None
    direction: str | None = None


def judgements(case: "Case", thing: str, act: Act, judging: Judging) -> list[Decision]:
    """The decisions that carry out `act` on `thing`; raises UsageError where something is missing or does not fit."""
    _check(act, judging)
    if act in ("merge", "split"):
        return [_on_names(case, thing, act, judging)]
    if act == "rate":
        return _rating(case, thing, judging)
    if act == "date":
        return [_dating(case, thing, judging)]
    if act in ("confirm", "rule_out"):
        return [_made(act, judging, situation_anchor(case, thing), holds_from=judging.holds_from)]
    return [_on_evidence(case, thing, act, judging)]


NEEDS: Mapping[str, tuple[str, ...]] = {
    "merge": ("other",), "split": ("other",), "rate": ("to",), "date": ("to",), "confirm": (), "rule_out": (),
    "link": ("direction",), "unlink": (),
}  # fmt: skip
TAKES: Mapping[str, tuple[str, ...]] = {
    "confirm": ("holds_from",), "rule_out": ("holds_from",), "link": ("other",), "unlink": ("other",),
}  # fmt: skip
SAID_AS: Mapping[str, str] = {
    "other": "the id of the other one", "to": "--to", "holds_from": "--from", "direction": "--direction for|against",
}  # fmt: skip


def _check(act: Act, judging: Judging) -> None:
    if act not in JUDGEMENTS:
        raise UsageError(f"no act {act!r}; it is one of {', '.join(JUDGEMENTS)}")
    signed(judging.by, judging.note, judging.to)
    for name, said in SAID_AS.items():
        given = getattr(judging, name)
        if given is None and name in NEEDS[act]:
            raise UsageError(f"`{act.replace('_', '-')}` needs {said}")
        if given is not None and name not in (*NEEDS[act], *TAKES.get(act, ())):
            raise UsageError(f"`{act.replace('_', '-')}` does not take {said}")
    try:
        check_bound(judging.holds_from)
    except WhenError as error:
        raise UsageError(f"--from: {error}") from error
    if judging.direction not in (None, "for", "against"):
        raise UsageError(f"--direction is for or against, not {judging.direction!r}")


def _made(act: Act, judging: Judging, anchor: Anchor, **more: Any) -> Decision:
    return Decision(act, judging.by, judging.made, anchor, note=judging.note, **more)


# Names


def _on_names(case: "Case", thing: str, act: Act, judging: Judging) -> Decision:
    """A merge or a split. Both sides are uses of a name on a page: the smallest of an actor for a merge, the very one
    that is named for a split."""
    rows = [_names_of(case, one, every=act == "merge") for one in (thing, str(judging.other))]
    if rows[0][0].id == rows[1][0].id:
        raise UsageError(f"{thing} and {judging.other} are one and the same; `tocsin show` lists the ids of each use")
    first, second = (_name_anchor(case, some) for some in rows)
    return _made(act, judging, first, other=second)


def _names_of(case: "Case", thing: str, *, every: bool) -> list[Row]:
    """Rows of kind `name` that `thing` stands for, the smallest first."""
    row = find(case.store.rows, thing)
    found = [one for one in case.store.rows.starting(row.id) if one.kind == "name"]
    if every and row.kind == "actor":
        found = [one for part in row.data["members"] for one in case.store.rows.starting(part) if one.kind == "name"]
    if not found:
        raise UsageError(f"{row.id} ({row.kind}): merge and split are for actors, or for a use of a name on a page")
    return sorted(found, key=lambda one: one.id)


def _name_anchor(case: "Case", rows: Sequence[Row]) -> Anchor:
    """Words on a page that are the name in full; where it stands nowhere so (it was put together), the name itself."""
    for row in rows:
        doc = case.store.document(row.data["doc"])
        for start, end in row.data["spans"]:
            if name_key(doc.text[start:end]) == row.data["key"]:
                return Anchor.at(doc, "name", spans_of(doc.id, [(start, end)]))
    return Anchor.of_case("name", rows[0].data["names"][0])


# Sources, statements, pages


def _rating(case: "Case", thing: str, judging: Judging) -> list[Decision]:
    to = str(judging.to).strip().upper()
    if len(to) != 1 or to not in LETTERS + GRADES:
        raise UsageError(
            f"--to takes a letter from A to F for a source, a figure from 1 to 6 for a statement; not {to!r}"
        )
    row = find(case.store.rows, thing)
    if to in LETTERS:
        if row.kind not in ("source", "actor", "name"):
            raise UsageError(f"{row.id} ({row.kind}): letters are for sources (`tocsin sources CASE`)")
        name = row.data["names"][0] if row.kind == "name" else row.data["name"]
        return [_made("rate", judging, Anchor.of_case("source", name), value={"reliability": to})]
    if row.kind not in ("statement", "claim"):
        raise UsageError(f"{row.id} ({row.kind}): figures are for statements (`tocsin statements CASE`)")
    claims = members(case, row if row.kind in CLUSTERS else case.store.rows.cluster_of(row.id) or row)
    why = refused(to, [one.data for one in claims], judging.by)
    if why:
        raise UsageError(f"{row.id}: {why}")
    anchors = [_anchor_at(case, one.data["doc"], "claim", [one.data["span"]]) for one in claims]
    return [_made("rate", judging, one, value={"credibility": to}) for one in dict.fromkeys(anchors)]


def _dating(case: "Case", thing: str, judging: Judging) -> Decision:
    docs = case.store.document_ids(thing) if len(thing) >= 4 else ()
    if len(docs) != 1:
        raise UsageError(f"{len(docs)} documents have an id that starts with {thing!r}; `tocsin documents` lists them")
    doc = case.store.document(docs[0])
    try:
        when = parse_published(str(judging.to), "")
    except WhenError as error:
        raise UsageError(f"--to: {error}") from error
    line = next((one for one in doc.lines if doc.text[one.start : one.end].strip()), None)
    if line is None:
        raise UsageError(f"page {doc.page!r} holds no words that a decision could stand on")
    spans = doc.spans((line.start, min(line.end, line.start + LONGEST_HEAD)))
    return _made(
        "date", judging, Anchor.at(doc, "document", spans), value={"earliest": when.earliest, "latest": when.latest}
    )


# Situations and evidence


def situation_anchor(case: "Case", thing: str) -> Anchor:
    """The words of a condition on a page, or a tripwire's own; of a situation that several conditions name, the first
    by document, unless `thing` is the id of another."""
    row = find(case.store.rows, thing)
    if row.kind == "condition":
        told = [row.data]
    elif row.kind in SITUATIONS:
        told = sorted(row.data["told"], key=lambda one: (not one["doc"], len(one["spans"]), one["doc"], one["spans"]))
    else:
        raise UsageError(f"{row.id} ({row.kind}): `tocsin conditions CASE` lists situations and their ids")
    if not told[0]["doc"]:
        return Anchor.of_case("tripwire", told[0]["words"])
    return _anchor_at(case, told[0]["doc"], "condition", told[0]["spans"])


def _on_evidence(case: "Case", thing: str, act: Act, judging: Judging) -> Decision:
    """That a claim bears on a situation, and how; or that it does not. Of evidence both are known by its own id."""
    row = find(case.store.rows, thing)
    if row.kind == "evidence":
        claim, other = row, judging.other or row.data["situation"]
    else:
        claims = members(case, row) if row.kind in ("statement", "claim") else []
        if not claims:
            raise UsageError(f"{row.id} ({row.kind}): link and unlink are for claims, statements and evidence")
        claim = next((one for one in claims if one.id.startswith(thing)), claims[0])
        if judging.other is None:
            raise UsageError(f"`{act}` of a claim needs the id of the situation (`tocsin conditions CASE`)")
        other = judging.other
    anchor = _anchor_at(case, claim.data["doc"], "claim", [claim.data["span"]])
    value = {"direction": judging.direction} if judging.direction else None
    return _made(act, judging, anchor, other=situation_anchor(case, other), value=value)


def _anchor_at(case: "Case", doc_id: str, kind: AnchorKind, ranges: Iterable[Sequence[int]]) -> Anchor:
    doc = case.store.document(doc_id)
    return Anchor.at(doc, kind, spans_of(doc.id, [(one[0], one[1]) for one in ranges]))


def watching(tripwires: Iterable[Tripwire], judging: Judging) -> list[Decision]:
    """The decisions to watch for situations, in a person's own words."""
    watched = list(dict.fromkeys(tripwires))
    signed(judging.by, judging.note, *(words for one in watched for words in one.said))
    return [_made("watch", judging, Anchor.of_case("tripwire", one.words), value=one.value) for one in watched]


def registering(entries: Iterable[Mapping[str, Any]], judging: Judging) -> list[Decision]:
    """The decisions to enter sources in the case's register, one for each name that a source goes by."""
    signed(judging.by, judging.note)
    return [
        _made("register", judging, Anchor.of_case("source", name), value=dict(entry))
        for entry in entries
        for name in dict.fromkeys((entry["name"], *entry["aliases"]))
    ]
