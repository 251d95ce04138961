"""The brief: a case as one self-contained HTML page, for the screen and for paper.

It needs no script and loads nothing. Every number on it leads to the exact words on a page. Everything that comes
from a page is escaped by the template (autoescape, no exception) after `visible`, and every id on it is ours.
"""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib import resources
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from tocsin.core.document import Document, Reject
from tocsin.core.ids import ID_DIGITS, SHOWN_DIGITS
from tocsin.core.rows import Row
from tocsin.core.when import When, check_bound
from tocsin.export.brief_board import Builder, Commitment, Holder
from tocsin.export.brief_cites import Citation, Citations, PageRef, page_refs
from tocsin.export.brief_pages import PageWords, Passage, PrintedLine
from tocsin.export.brief_terms import Judged
from tocsin.export.brief_words import LABEL_WORDS, day_words, place, visible, web_address
from tocsin.export.web import Hanging, Thread, drawing

if TYPE_CHECKING:
    from jinja2 import Template

_ID = re.compile(rf"[a-z][0-9a-f]{{{ID_DIGITS}}}")
_LANGUAGE = re.compile(r"[a-z]{2,3}(?:-[A-Za-z0-9]{2,8})*")
ENGLISH = "en"


@dataclass(frozen=True, slots=True)
class BriefRows:
    """The derived rows of a case that the brief prints, in any order."""

    commitments: Sequence[Row]
    tellings: Sequence[Row]
    statements: Sequence[Row]
    claims: Sequence[Row]
    judged: Mapping[str, Judged] = field(default_factory=lambda: MappingProxyType({}))
    """What the case knows of commitments beyond their tellings, by id; empty where states were not asked for."""
    dated: Mapping[str, When] = field(default_factory=lambda: MappingProxyType({}))
    """The dates that the case gives pages, by document."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BriefOptions:
    """`version` of Tocsin; `full_text` adds whole pages; `as_of` (a day) leaves out pages published after it."""

    version: str
    full_text: bool = False
    as_of: str | None = None


@dataclass(frozen=True, slots=True)
class Note:
    """A citation as it is printed; `opened`: its words are marked in the whole page below."""

    citation: Citation
    passage: Passage
    opened: bool


@dataclass(frozen=True, slots=True)
class Listed:
    """A page as it is listed."""

    ref: PageRef
    doc: Document
    address: str | None
    place: str
    cited: int


@dataclass(frozen=True, slots=True)
class PrintedPage:
    """A whole page."""

    ref: PageRef
    lines: tuple[PrintedLine, ...]


def brief(
    title: str,
    rows: BriefRows,
    document: Callable[[str], Document],
    outlines: Sequence[Document],
    rejects: Sequence[Reject],
    options: BriefOptions,
) -> str:
    """The brief of the case called `title`. `outlines` are its documents, with or without their text; `document`
    gives the one with an id whole and is asked once for each page that is cited (or printed whole).

    Raises VerifyError or SpanError where words in `rows` do not stand on their pages.
    """
    check_bound(options.as_of)
    pages = page_refs(outlines, rows.dated)
    citations = Citations(pages)
    builder = Builder(pages, citations, options.as_of, rows.judged)
    clusters = _clusters(builder, rows.commitments, rows.tellings)
    board, board_apart = (builder.board(some) for some in _parted(builder, clusters))
    said = [row for row in rows.statements if not row.data["own_voice"]]
    spoken = _clusters(builder, said, rows.claims)
    statements, statements_apart = (builder.statements(some) for some in _parted(builder, spoken))
    notes, whole = _notes(citations.all(), pages, document, options.full_text)
    cited: dict[str, int] = {}
    for one in citations.all():
        cited[one.doc] = cited.get(one.doc, 0) + 1
    listed = [
        Listed(
            pages[doc.id],
            doc,
            web_address(doc.page),
            place(pages[doc.id].published, options.as_of),
            cited.get(doc.id, 0),
        )
        for doc in sorted(outlines, key=lambda doc: pages[doc.id].number)
    ]
    return _template().render(
        title=title,
        options=options,
        as_of=day_words(options.as_of) if options.as_of else None,
        coverage=_coverage(listed),
        web=drawing(_threads(board)),
        board=board,
        board_apart=board_apart,
        statements=statements,
        statements_apart=statements_apart,
        count=_counts(clusters, spoken, statements + statements_apart, notes),
        own_voice=len(rows.statements) - len(said),
        pages=listed,
        rejects=sorted(rejects, key=lambda one: (one.page, one.reason)),
        notes=notes,
        whole=whole,
    )


def _threads(board: Iterable[Holder]) -> list[Thread]:
    """The commitments of the board as they are drawn."""
    return [_thread(holder.name, one) for holder in board for _, inside in holder.targets for one in inside]


def _thread(holder: str | None, one: Commitment) -> Thread:
    told = one.tellings[0]
    words = dict.fromkeys(terms.ruled.standing for terms in one.terms if terms.ruled)
    standing = " / ".join(words) or None
    hanging = tuple(
        Hanging(
            key=" ".join(each.id for each in hung.situations) or f"{one.id} {hung.words.text}",
            operator=hung.operator,
            words=hung.words.text,
            state=" / ".join(dict.fromkeys(each.state for each in hung.situations)) or None,
            number=told.ref.number,
        )
        for hung in one.conditions
    )
    head = f"{one.kind}: will not" if one.bars else one.kind
    return Thread(
        one.id, holder, one.act.text, told.ref.number, head, one.bars, hanging, one.target, one.instrument, standing
    )


Clusters = list[tuple[Row, list[Row]]]


def _clusters(builder: Builder, rows: Iterable[Row], members: Iterable[Row]) -> Clusters:
    """Each cluster with its members that are not from after the day asked for; none without one."""
    known = {row.id: row for row in members}
    found = ((row, builder.kept(known[one] for one in row.data["members"])) for row in rows)
    return [(row, kept) for row, kept in found if kept]


def _parted(builder: Builder, clusters: Clusters) -> tuple[Clusters, Clusters]:
    """Clusters that a page from before the day tells, and those that only undatable pages tell."""
    apart = [builder.straddles(members) for _, members in clusters]
    sides = [[pair for pair, one in zip(clusters, apart, strict=True) if one is side] for side in (False, True)]
    return sides[0], sides[1]


def _notes(
    citations: Sequence[Citation],
    pages: Mapping[str, PageRef],
    document: Callable[[str], Document],
    full_text: bool,
) -> tuple[list[Note], list[PrintedPage]]:
    """Every citation with its passage, by number, and the whole pages where asked for. One page is at hand at a
    time."""
    by_doc: dict[str, list[Citation]] = {}
    for one in citations:
        by_doc.setdefault(one.doc, []).append(one)
    notes, whole = [], []
    for doc_id in sorted(pages if full_text else by_doc, key=lambda one: pages[one].number):
        inside = by_doc.get(doc_id, [])
        words = PageWords(document(doc_id))
        opened: set[int] = set()
        if full_text:
            lines = words.whole([(one.number, one.marks) for one in inside])
            whole.append(PrintedPage(pages[doc_id], lines))
            opened = {number for line in lines for segment in line.segments for number in segment.opens}
        for one in inside:
            for ranges, exact in one.exact:
                words.check(ranges, exact)
            notes.append(Note(one, words.passage(one.marks), one.number in opened))
    return sorted(notes, key=lambda note: note.citation.number), whole


def _coverage(listed: Sequence[Listed]) -> dict[str, Any]:
    """How many pages, from which outlets, over which days."""
    used = [one for one in listed if one.place != "after"]
    dated = [one.doc.published for one in used if one.doc.published.earliest and one.doc.published.latest]
    firsts = sorted(str(one.earliest)[:10] for one in dated)
    lasts = sorted(str(one.latest)[:10] for one in dated)
    return {
        "pages": len(used),
        "later": len(listed) - len(used),
        "outlets": len({one.doc.outlet for one in used if one.doc.outlet}),
        "first": day_words(firsts[0]) if firsts else None,
        "last": day_words(lasts[-1]) if lasts else None,
        "dated": len(dated),
        "loose": len(used) - len(dated),
        "unread": sum(one.doc.language != ENGLISH for one in used),
    }


def _counts(board: Clusters, spoken: Clusters, speakers: Sequence[Any], notes: Sequence[Note]) -> dict[str, int]:
    return {
        "commitments": len(board),
        "conditional": sum(bool(tellings[0].data["conditions"]) for _, tellings in board),
        "tellings": sum(len(tellings) for _, tellings in board),
        "statements": len(spoken),
        "speakers": len({one.name for one in speakers if one.name}),
        "citations": len(notes),
    }


def _anchor(row_id: str) -> str | None:
    """An id as an anchor, where it is one of ours: a case may come from elsewhere."""
    return row_id if _ID.fullmatch(row_id) else None


def _short(row_id: str) -> str:
    return row_id[: 1 + SHOWN_DIGITS]


def _dashed(code: str) -> str:
    """A state or a standing as the name of a class."""
    return re.sub(r"[^a-z]+", "-", code)


def _lang(language: str) -> str | None:
    return language if language != ENGLISH and _LANGUAGE.fullmatch(language) else None


@cache
def _template() -> "Template":
    """The template with its style, read once."""
    from jinja2 import Environment, FunctionLoader, StrictUndefined
    from markupsafe import Markup

    folder = resources.files("tocsin.export").joinpath("templates")
    environment = Environment(
        loader=FunctionLoader(lambda name: folder.joinpath(name).read_text("utf-8")),
        autoescape=True,
        finalize=visible,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    style = folder.joinpath("brief.css").read_text("utf-8")
    environment.globals |= {"style": Markup(style), "label_words": LABEL_WORDS}  # noqa: S704 - our own file
    environment.filters |= {"anchor": _anchor, "short": _short, "lang": _lang, "dashed": _dashed}
    return environment.get_template("brief.html.j2")
