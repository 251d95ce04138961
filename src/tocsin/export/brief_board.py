"""From rows to what the brief prints: commitments by holder and target, statements by speaker, numbered citations.

Citations are numbered in the order in which they are first printed: whatever is built here is built in that order.
Nothing depends on the order in which rows come.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from tocsin.core.document import Document
from tocsin.core.rows import Row
from tocsin.core.when import FAR_FUTURE, When, ends
from tocsin.core.wording import KIND_PHRASES, OPERATOR_WORDS
from tocsin.export.brief_pages import Mark, Range
from tocsin.export.brief_words import (
    LONGEST_ACT,
    LONGEST_NAME,
    LONGEST_STATEMENT,
    Hop,
    cut,
    hops_of,
    name,
    place,
    when_words,
)

Exact = tuple[tuple[Range, ...], str]
_OPENS, _CLOSES = '“„"«', '”“"»'
_QUOTES = frozenset(_OPENS + _CLOSES)


@dataclass(frozen=True, slots=True)
class PageRef:
    """A page as it is referred to: `number` in the list of pages, `name` its outlet where it shows one."""

    number: int
    key: str
    name: str
    outlet: str | None
    title: str | None
    language: str
    published: When

    @property
    def when(self) -> str:
        """Its date, as far as it shows one."""
        return when_words(self.published)


@dataclass(frozen=True, slots=True)
class Ref:
    """One place where a citation's number stands."""

    number: int
    anchor: str


@dataclass(slots=True)
class Citation:
    """A numbered citation: the words marked on one page, the texts printed from them, and where its number stands."""

    number: int
    doc: str
    page: PageRef
    marks: tuple[Mark, ...]
    exact: list[Exact]
    refs: list[Ref]


class Citations:
    """Numbers citations as they are asked for. The same words of the same page keep one number."""

    def __init__(self, pages: Mapping[str, PageRef]) -> None:
        self._pages = pages
        self._known: dict[tuple[str, tuple[Mark, ...]], Citation] = {}

    def cite(self, doc: str, marks: Iterable[Mark], exact: list[Exact]) -> Ref:
        """The number of these words, standing at one more place."""
        key = (doc, tuple(sorted(marks, key=lambda one: (one.start, one.end, one.role))))
        found = self._known.get(key)
        if found is None:
            found = self._known[key] = Citation(len(self._known) + 1, doc, self._pages[doc], key[1], [], [])
        found.exact += [one for one in exact if one not in found.exact]
        number = found.number
        ref = Ref(number, f"r{number}" if not found.refs else f"r{number}-{len(found.refs) + 1}")
        found.refs.append(ref)
        return ref

    def all(self) -> list[Citation]:
        """All of them, by number."""
        return list(self._known.values())


@dataclass(frozen=True, slots=True)
class Words:
    """Words of a page; `cut`: they go on in the citation."""

    text: str
    cut: bool

    @property
    def quoted(self) -> bool:
        """Whether they stand in quotation marks of the page's own, so that ours would be doubled."""
        text = self.text
        return len(text) > 2 and text[0] in _OPENS and text[-1] in _CLOSES and not _QUOTES & set(text[1:-1])


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
class Commitment:
    """One commitment on the board, as its first telling words it."""

    id: str
    phrase: str
    holder: str | None
    act: Words
    bars: bool
    conditions: tuple[tuple[str, Words], ...]
    extras: tuple[tuple[str, Words], ...]
    tellings: tuple[Told, ...]


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

    def __init__(self, pages: Mapping[str, PageRef], citations: Citations, day: str | None) -> None:
        self._pages = pages
        self._citations = citations
        self._day = day

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
            first = tellings[0].data
            key = first["holder_key"] if first["holder"] else ""
            holders.setdefault(key, []).append((cluster, tellings))
        out = []
        for key in sorted(holders, key=lambda one: (not one, -_conditional(holders[one]), one)):
            members = holders[key]
            targets: dict[str, list[tuple[Row, list[Row]]]] = {}
            for cluster, tellings in members:
                targets.setdefault((_target(tellings) or "").casefold(), []).append((cluster, tellings))
            groups = []
            for target in sorted(targets, key=lambda one: (-_conditional(targets[one]), not one, one)):
                inside = sorted(targets[target], key=lambda pair: not pair[1][0].data["conditions"])
                made = tuple(self._commitment(cluster, tellings) for cluster, tellings in inside)
                groups.append((name(_target(inside[0][1])), made))
            out.append(Holder(name(members[0][1][0].data["holder"]) if key else None, tuple(groups)))
        return out

    def _commitment(self, cluster: Row, tellings: list[Row]) -> Commitment:
        first = tellings[0].data
        extras = _extras(first)
        conditions = tuple(
            (OPERATOR_WORDS.get(str(one["operator"]), one["operator"]), Words(*cut(one["text"], LONGEST_ACT)))
            for one in first["conditions"]
        )
        return Commitment(
            id=cluster.id,
            phrase=KIND_PHRASES.get(first["kind"], "A commitment of"),
            holder=name(first["holder"]),
            act=Words(*cut(first["action"], LONGEST_ACT)),
            bars=first["polarity"] == "will_not",
            conditions=conditions,
            extras=extras,
            tellings=tuple(self._told(row, extras) for row in tellings),
        )

    def _told(self, row: Row, shown: tuple[tuple[str, Words], ...]) -> Told:
        data, extras = row.data, _extras(row.data)
        action = _ranges(data["commitment"]["action"])
        marks = [Mark(start, end, "act") for start, end in action]
        exact: list[Exact] = [(action, data["action"])]
        for told, one in zip(data["commitment"].get("conditions", ()), data["conditions"], strict=True):
            spans = _ranges(one["spans"])
            marks += [Mark(start, end, "cond") for start, end in spans]
            marks += [Mark(start, end, "op") for start, end in _ranges(told.get("marker", ()))]
            exact.append((spans, one["text"]))
        ref = self._citations.cite(data["doc"], dict.fromkeys(marks), exact)
        page = self._pages[data["doc"]]
        differs = () if extras == shown else extras
        hops = hops_of(data)
        return Told(row.id, data["kind"], hops, name(data["said_by"]), page, self._across(row), differs, ref)

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


def page_refs(outlines: Iterable[Document]) -> dict[str, PageRef]:
    """Pages numbered by date and key, by the id of their document."""
    ordered = sorted(outlines, key=lambda doc: (ends(doc.published.latest or FAR_FUTURE), doc.page, doc.id))
    return {doc.id: _page_ref(number, doc) for number, doc in enumerate(ordered, 1)}


def _page_ref(number: int, doc: Document) -> PageRef:
    outlet, shown = name(doc.outlet), name(doc.outlet or doc.page) or ""
    return PageRef(number, doc.page, shown, outlet, name(doc.title), doc.language, doc.published)


def _ranges(spans: Iterable[list[int]]) -> tuple[Range, ...]:
    return tuple((span[0], span[1]) for span in spans)


def _target(tellings: list[Row]) -> str | None:
    return next((row.data["target"] for row in tellings if row.data["target"]), None)


def _extras(data: dict[str, Any]) -> tuple[tuple[str, Words], ...]:
    """What else a telling says of the act, each with the word it is introduced by."""
    told = [("under", data["instrument"]), ("time limit", data["deadline"])]
    told += [("softened by", hedge) for hedge in data["hedges"]]
    return tuple((word, Words(*cut(words, LONGEST_NAME))) for word, words in told if words)
