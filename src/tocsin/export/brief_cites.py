"""Numbered citations and the pages that they lead to, as the brief prints them.

Invariant: citations are numbered in the order in which they are first asked for, and the same words of the same page
keep one number.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from tocsin.core.document import Document
from tocsin.core.when import FAR_FUTURE, When, ends
from tocsin.export.brief_pages import Mark, Range
from tocsin.export.brief_words import name, when_words

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


def page_refs(outlines: Sequence[Document], dated: Mapping[str, When]) -> dict[str, PageRef]:
    """Pages numbered by date and key, by the id of their document; `dated` are the dates that the case gives."""
    known = {doc.id: dated.get(doc.id, doc.published) for doc in outlines}
    ordered = sorted(outlines, key=lambda doc: (ends(known[doc.id].latest or FAR_FUTURE), doc.page, doc.id))
    return {doc.id: _page_ref(number, doc, known[doc.id]) for number, doc in enumerate(ordered, 1)}


def _page_ref(number: int, doc: Document, when: When) -> PageRef:
    outlet, shown = name(doc.outlet), name(doc.outlet or doc.page) or ""
    return PageRef(number, doc.page, shown, outlet, name(doc.title), doc.language, when)
