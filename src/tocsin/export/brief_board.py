"""From rows to what the brief prints: commitments by holder and target, statements by speaker, numbered citations.

Citations are numbered in the order in which they are first printed: whatever is built here is built in that order.
Nothing depends on the order in which rows come.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from tocsin.core.rows import Row
from tocsin.core.when import FAR_FUTURE, ends
from tocsin.core.wording import KIND_NOUNS, KIND_PHRASES, OPERATOR_WORDS
from tocsin.export.brief_cites import Citations, Exact, PageRef, Ref, Words
from tocsin.export.brief_pages import Mark, Range
from tocsin.export.brief_terms import Judged, Printed, Report, Ruled, printed
from tocsin.export.brief_words import (
    LONGEST_ACT,
    LONGEST_NAME,
    LONGEST_STATEMENT,
    Hop,
    cut,
    hops_of,
    name,
    place,
)


@dataclass(frozen=True, slots=True)
class Told:
    """One telling under its commitment. `extras` (name, words) only where they differ from the commitment's."""

    id: str
    kind: str
    hops: tuple[Hop, ...]
    said_by: str | None
    page: PageRef
    across: bool
    extras: tuple[tuple[str, Words], ...]
    ref: Ref


@dataclass(frozen=True, slots=True)
class Hung:
    """A condition of an act: its operator and words, and the situations that it names."""

    operator: str
    words: Words
    situations: tuple[Printed, ...] = ()


@dataclass(frozen=True, slots=True)
class Terms:
    """Tellings in one sense, with what the holder is by them (None: states were not asked for). `conditions` and `act`
    only where they differ from the commitment's."""

    tellings: tuple[Told, ...]
    ruled: Ruled | None = None
    act: Words | None = None
    conditions: tuple[Hung, ...] = ()


@dataclass(frozen=True, slots=True)
class Commitment:
    """One commitment on the board, as its first telling words it."""

    id: str
    phrase: str
    kind: str
    holder: str | None
    target: str | None
    instrument: str | None
    act: Words
    bars: bool
    conditions: tuple[Hung, ...]
    extras: tuple[tuple[str, Words], ...]
    terms: tuple[Terms, ...]
    counts: str = ""
    steps: tuple[tuple[str, Ref | None], ...] = ()

    @property
    def tellings(self) -> tuple[Told, ...]:
        """All tellings, in the order in which they are printed."""
        return tuple(told for terms in self.terms for told in terms.tellings)


@dataclass(frozen=True, slots=True)
class Holder:
    """A holder's commitments, by target (None: no target is stated)."""

    name: str | None
    targets: tuple[tuple[str | None, tuple[Commitment, ...]], ...]

    @property
    def count(self) -> int:
        """How many commitments."""
        return sum(len(commitments) for _, commitments in self.targets)


@dataclass(frozen=True, slots=True)
class Said:
    """One statement; `others` are further wordings, `refs` the numbers of all wordings on all pages."""

    id: str
    words: Words
    others: tuple[str, ...]
    refs: tuple[Ref, ...]


@dataclass(frozen=True, slots=True)
class Source:
    """A page and the relays through which it has a statement."""

    hops: tuple[Hop, ...]
    page: PageRef
    across: bool


@dataclass(frozen=True, slots=True)
class Occasion:
    """Statements that the same pages give through the same relays."""

    sources: tuple[Source, ...]
    statements: tuple[Said, ...]


@dataclass(frozen=True, slots=True)
class Speaker:
    """What one speaker said."""

    name: str | None
    occasions: tuple[Occasion, ...]

    @property
    def count(self) -> int:
        """How many statements."""
        return sum(len(one.statements) for one in self.occasions)


class Builder:
    """Rows of one case, of which those are taken whose page could be from before the end of `day`."""

    def __init__(
        self, pages: Mapping[str, PageRef], citations: Citations, day: str | None, judged: Mapping[str, Judged]
    ) -> None:
        self._pages = pages
        self._citations = citations
        self._day = day
        self._judged = judged

    def _place(self, row: Row) -> str:
        return place(self._pages[row.data["doc"]].published, self._day)

    def _across(self, row: Row) -> bool:
        return self._place(row) == "across"

    def kept(self, rows: Iterable[Row]) -> list[Row]:
        """The rows not from after the day, in the order of their pages' dates and then of the page."""
        return sorted((row for row in rows if self._place(row) != "after"), key=self._order)

    def straddles(self, rows: Iterable[Row]) -> bool:
        """Whether every row's page could be from after the day."""
        return all(self._across(row) for row in rows)

    def _order(self, row: Row) -> tuple[Any, ...]:
        page = self._pages[row.data["doc"]]
        return ends(page.published.latest or FAR_FUTURE), page.key, row.data["span"][0], row.id

    # The board

    def board(self, clusters: Iterable[tuple[Row, list[Row]]]) -> list[Holder]:
        """Commitments with their tellings (kept, in order) by holder and target; conditional ones come first."""
        holders: dict[str, list[tuple[Row, list[Row]]]] = {}
        for cluster, tellings in sorted(clusters, key=lambda pair: self._order(pair[1][0])):
            key = (self._holder(cluster, tellings) or "").casefold()
            holders.setdefault(key, []).append((cluster, tellings))
        out = []
        for key in sorted(holders, key=lambda one: (not one, -_conditional(holders[one]), one)):
            members = holders[key]
            targets: dict[str, list[tuple[Row, list[Row]]]] = {}
            for cluster, tellings in members:
                target = (self._target(cluster, tellings) or "").casefold()
                targets.setdefault(target, []).append((cluster, tellings))
            groups = []
            for one in sorted(targets, key=lambda one: (-_conditional(targets[one]), not one, one)):
                inside = sorted(targets[one], key=lambda pair: not pair[1][0].data["conditions"])
                made = tuple(self._commitment(cluster, tellings) for cluster, tellings in inside)
                groups.append((name(self._target(*inside[0])), made))
            out.append(Holder(name(self._holder(*members[0])) if key else None, tuple(groups)))
        return out

    def _holder(self, cluster: Row, tellings: list[Row]) -> str | None:
        """The holder's name over all pages; where the case has not said, as the first page names it."""
        judged = self._judged.get(cluster.id)
        return judged.holder if judged else tellings[0].data["holder"]

    def _target(self, cluster: Row, tellings: list[Row]) -> str | None:
        judged = self._judged.get(cluster.id)
        stated = next((row.data["target"] for row in tellings if row.data["target"]), None)
        return (judged.target or stated) if judged else stated

    def _commitment(self, cluster: Row, tellings: list[Row]) -> Commitment:
        row, judged = tellings[0], self._judged.get(cluster.id, Judged())
        first, extras = row.data, _extras(row.data)
        conditions = self._conditions(row, judged)
        return Commitment(
            id=cluster.id,
            phrase=KIND_PHRASES.get(first["kind"], "A commitment of"),
            kind=KIND_NOUNS.get(first["kind"], first["kind"]),
            holder=name(first["holder"]),
            target=name(self._target(cluster, tellings)),
            instrument=next((name(one.data["instrument"]) for one in tellings if one.data["instrument"]), None),
            act=Words(*cut(first["action"], LONGEST_ACT)),
            bars=first["polarity"] == "will_not",
            conditions=conditions,
            extras=extras,
            terms=self._terms(tellings, judged, extras),
            counts=judged.counts,
            steps=tuple(self._step(words, id_, tellings) for words, id_ in judged.steps),
        )

    def _conditions(self, row: Row, judged: Judged) -> tuple[Hung, ...]:
        """The conditions of a telling, with the situations that each names and the reports on them."""
        found = judged.situations.get(row.id, ())
        out = []
        for number, one in enumerate(row.data["conditions"]):
            situations = printed(found[number] if number < len(found) else (), self._cite_report)
            operator = OPERATOR_WORDS.get(str(one["operator"]), one["operator"])
            out.append(Hung(operator, Words(*cut(one["text"], LONGEST_ACT)), situations))
        return tuple(out)

    def _cite_report(self, one: Report) -> tuple[tuple[str, bool], Ref]:
        start, end = one.span
        ref = self._citations.cite(one.doc, (Mark(start, end, "claim"),), [(((start, end),), one.text)])
        return cut(one.text, LONGEST_NAME), ref

    def _terms(self, tellings: list[Row], judged: Judged, extras: tuple[tuple[str, Words], ...]) -> tuple[Terms, ...]:
        """The tellings under the terms that they state; all together where the case has not said."""
        known = {row.id: row for row in tellings}
        out = []
        for ruled in judged.terms:
            own = [known.pop(one) for one in ruled.tellings if one in known]
            if own:
                first = own[0]
                differs = first is not tellings[0] and not ruled.adds and len(judged.terms) > 1
                act = Words(*cut(first.data["action"], LONGEST_ACT)) if differs else None
                conditions = self._conditions(first, judged) if differs else ()
                out.append(Terms(tuple(self._told(row, extras) for row in own), ruled, act, conditions))
        rest = tuple(self._told(row, extras) for row in known.values())
        return (*out, *([Terms(rest)] if rest else []))

    def _step(self, words: str, telling: str | None, tellings: list[Row]) -> tuple[str, Ref | None]:
        row = next((one for one in tellings if one.id == telling), None)
        return words, self._cite_telling(row) if row is not None else None

    def _told(self, row: Row, shown: tuple[tuple[str, Words], ...]) -> Told:
        data, extras = row.data, _extras(row.data)
        page = self._pages[data["doc"]]
        differs = () if extras == shown else extras
        hops, ref = hops_of(data), self._cite_telling(row)
        return Told(row.id, data["kind"], hops, name(data["said_by"]), page, self._across(row), differs, ref)

    def _cite_telling(self, row: Row) -> Ref:
        data = row.data
        action = _ranges(data["commitment"]["action"])
        marks = [Mark(start, end, "act") for start, end in action]
        exact: list[Exact] = [(action, data["action"])]
        for told, one in zip(data["commitment"].get("conditions", ()), data["conditions"], strict=True):
            spans = _ranges(one["spans"])
            marks += [Mark(start, end, "cond") for start, end in spans]
            marks += [Mark(start, end, "op") for start, end in _ranges(told.get("marker", ()))]
            exact.append((spans, one["text"]))
        return self._citations.cite(data["doc"], dict.fromkeys(marks), exact)

    # The statements

    def statements(self, clusters: Iterable[tuple[Row, list[Row]]]) -> list[Speaker]:
        """Statements with their claims (kept, in order) by speaker, and then by page and relays."""
        speakers: dict[str, list[tuple[Row, list[Row]]]] = {}
        for cluster, claims in sorted(clusters, key=lambda pair: self._order(pair[1][0])):
            speakers.setdefault(claims[0].data["speaker_key"] or "", []).append((cluster, claims))
        return [self._speaker(speakers[key]) for key in sorted(speakers, key=lambda one: (not one, one))]

    def _speaker(self, members: list[tuple[Row, list[Row]]]) -> Speaker:
        occasions: dict[tuple[Source, ...], list[tuple[Row, list[Row]]]] = {}
        for cluster, claims in members:
            sources = dict.fromkeys(self._source(row) for row in claims)
            occasions.setdefault(tuple(sources), []).append((cluster, claims))
        made = (
            Occasion(sources, tuple(self._said(cluster, claims) for cluster, claims in inside))
            for sources, inside in occasions.items()
        )
        return Speaker(name(members[0][1][0].data["speaker"]), tuple(made))

    def _source(self, row: Row) -> Source:
        hops = hops_of(row.data)  # the heading names the speaker, the page its outlet
        relays = hops[1:] if hops and hops[0].name == name(row.data["speaker"]) else hops
        return Source(relays, self._pages[row.data["doc"]], self._across(row))

    def _said(self, cluster: Row, claims: list[Row]) -> Said:
        places = {(row.data["doc"], *row.data["span"]): row for row in reversed(claims)}  # the same words once
        refs = tuple(self._cite_claim(row) for row in claims if places[row.data["doc"], *row.data["span"]] is row)
        text = claims[0].data["text"]
        others = dict.fromkeys(row.data["text"] for row in claims if row.data["text"] != text)
        wordings = tuple(cut(one, LONGEST_STATEMENT)[0] for one in others)
        return Said(cluster.id, Words(*cut(text, LONGEST_STATEMENT)), wordings, refs)

    def _cite_claim(self, row: Row) -> Ref:
        start, end = row.data["span"]
        exact: list[Exact] = [(((start, end),), row.data["text"])]
        return self._citations.cite(row.data["doc"], (Mark(start, end, "claim"),), exact)


def _conditional(members: Iterable[tuple[Row, list[Row]]]) -> int:
    """How many of the commitments hang on a condition: whoever has most comes first."""
    return sum(bool(tellings[0].data["conditions"]) for _, tellings in members)


def _ranges(spans: Iterable[list[int]]) -> tuple[Range, ...]:
    return tuple((span[0], span[1]) for span in spans)


def _extras(data: dict[str, Any]) -> tuple[tuple[str, Words], ...]:
    """What else a telling says of the act, each with the word it is introduced by."""
    told = [("under", data["instrument"]), ("time limit", data["deadline"])]
    told += [("softened by", hedge) for hedge in data["hedges"]]
    return tuple((word, Words(*cut(words, LONGEST_NAME))) for word, words in told if words)
