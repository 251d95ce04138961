"""Mentions: who and what a page names, each under its fullest name on that page.

Two readers are heard: runs of capitals with lists (`names`), sure of bodies and treaties, and the reading model, sure
of persons and of places that no list holds (`_agreed`). One name has one kind on a page, the one most is said for.

`name` is the longest form that the page itself gives: a surname leads to the full name, an acronym to the words that
introduced it. Nothing is looked up beyond the page but states, capitals and a few bodies.
"""

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from itertools import accumulate
from typing import TypeGuard, get_args

from tocsin.annotate.mention_kinds import mended
from tocsin.annotate.names import facts, names
from tocsin.annotate.reading import reading
from tocsin.annotate.words import Word, between, in_title_case, words_of
from tocsin.core.annotations import Mention, MentionKind, Sentence
from tocsin.core.document import Document
from tocsin.core.layers import Stage
from tocsin.core.spans import Span
from tocsin.model import Name
from tocsin.names.given import is_given
from tocsin.names.register import outlet_of

_INSTRUMENT = re.compile(
    r"\b(?:(?:19|20)\d\d |[A-Z][\w’'-]+ |(?:[\w-]+ ){0,2})?"
    r"(?:treaty|treaties|agreement|agreements|accord|accords|pact|pacts|convention|constitution|cease-?fire"
    r"|memorandum|protocol|armistice|truce)\b"
)
_NO_MODIFIER = re.compile(
    r"^(?:(?:the|a|an|this|that|these|those|such|any|no|of|in|on|to|by|for|with|under|and|or|its|his|her|their|our"
    r"|new|current|own|same|first|last|all|each|both|said|as|is|was|are|were|have|has|had|be|been|not|will|would"
    r"|can|could|may|might|must|should|do|does|did|from|into|between|against|[a-z]+ed|[a-z]+ing) )+"
)
"""Words before "agreement" that do not say which."""

SURE: frozenset[MentionKind] = frozenset(("organisation", "place", "instrument"))
"""Kinds that the lists tell by words that nothing else bears."""
NEXT = 2
"""The next word begins within so many code points of a name's end."""
INITIALS = 12
"""Initials before a surname begin within so many code points."""
_INITIALS = re.compile(r"(?<![\w.])(?:[A-Z]\. ?){1,3}\Z")
_INITIALLED = re.compile(r"(?:[A-Z]\. ?)+\S+")
_ARTICLES = frozenset(("the", "a", "an"))
_ARTICLE = re.compile(r"^(?:[aA][ldnrstz]|[aA]sh|[eE][ls])-(?=[A-Z])")


@dataclass(slots=True)
class _Found:
    """A name before the page has been asked about it."""

    start: int
    end: int
    text: str
    kind: MentionKind | None
    weak: bool
    first: str
    last: str


@dataclass(slots=True)
class _Page:
    """What the page's own names say of each other. `surnames` lead to full names, `initialled` to names with initials
    alone, `lettered` from a surname and the first letter of a given name to full names."""

    surnames: dict[str, list[tuple[int, str]]] = field(default_factory=dict)
    initialled: dict[str, list[tuple[int, str]]] = field(default_factory=dict)
    lettered: dict[tuple[str, str], list[tuple[int, str]]] = field(default_factory=dict)
    given: dict[str, list[tuple[int, str]]] = field(default_factory=dict)
    short: dict[str, str] = field(default_factory=dict)
    strong: set[str] = field(default_factory=set)
    votes: dict[str, Counter[MentionKind]] = field(default_factory=dict)

    def kind(self, text: str) -> MentionKind | None:
        """The kind that most uses of a name on the page bear; of equal ones that of the first use."""
        votes = self.votes.get(text)
        return votes.most_common(1)[0][0] if votes else None


def _clean(text: str) -> str:
    """A name as people write it: one space between words, no possessive or trailing marks, one kind of apostrophe."""
    plain = re.sub(r"['’]s?$", "", " ".join(text.split())).strip(" ,;:'\"’”“‘")
    return re.sub(r"(?<=\w) ?’(?=s? |\w)", "'", plain)


def _made(doc: Document, words: list[Word], kind: MentionKind | None, weak: bool) -> _Found:
    start, end = words[0].start, words[-1].end
    return _Found(start, end, _clean(doc.text[start:end]), kind, weak, words[0].text, words[-1].text)


def _runs(doc: Document, words: list[Word]) -> list[_Found]:
    """What the runs of capitals of a sentence name."""
    return [_made(doc, words[name.first : name.last], name.kind, name.weak) for name in names(words)]


def _told(doc: Document, words: list[Word], told: list[Name]) -> list[_Found]:
    """What the model names in a sentence. A body right behind another name is one with it (Washington | Post)."""
    titled = in_title_case([word.text for word in words])
    spans: list[tuple[int, int, str]] = []
    for name in told:
        start, end, kind = name.start, name.end, name.kind
        beside = bool(spans) and doc.text[spans[-1][1] : start] == " "
        if beside and kind == "organisation":
            start = spans.pop()[0]
        elif beside and kind == "person":
            start = _with_given(doc.text, spans, start, end)
        initial = _INITIALS.search(doc.text, max(words[0].start, start - INITIALS), start) if kind == "person" else None
        spans.append((initial.start() if initial else start, end, kind))
    out = []
    for start, end, kind in spans:
        inside = between(words, start, end)
        while inside and inside[0].low in _ARTICLES:
            inside = inside[1:]
        behind = between(words, end, end + NEXT)
        if kind == "person" and behind and behind[0].text in facts().titles:
            continue  # "Karduvian President Anna Orlova": whose president she is
        if not inside or not _is_kind(kind) or not (inside[0].text[0].isupper() or inside[-1].text[0].isupper()):
            continue
        if kind != "other" or (inside[-1].tag.startswith("N") and inside[-1].text not in facts().peoples):
            out.append(_made(doc, inside, kind, titled and kind in ("organisation", "other")))
    return out


def _with_given(text: str, spans: list[tuple[int, int, str]], start: int, end: int) -> int:
    """Where a person's name begins whose given name the model took for a body or the end of one (Inna | Kolosh, the
    Federation Arseny | Tolmach); that body is taken back."""
    first, last, kind = spans[-1]
    before, space, given = text[first:last].rpartition(" ")
    known = given in facts().bodies or given in facts().states or outlet_of(given) is not None
    if kind != "organisation" or known or not (given.istitle() and given.isalpha()):
        return start
    if not space and " " not in text[start:end]:
        return spans.pop()[0]
    if space and is_given(given.casefold()):
        spans[-1] = (first, first + len(before), kind)
        return last - len(given)
    return start


def _is_kind(kind: str) -> TypeGuard[MentionKind]:
    return kind in get_args(MentionKind)


def _agreed(runs: list[_Found], told: list[_Found]) -> list[_Found]:
    """The names of a sentence by both: a body or treaty as its run stands; else as the model has it; a run that the
    model does not know only where its kind is sure."""
    out: list[_Found] = []
    told = sorted(told, key=lambda one: (one.start, one.end))
    starts, reach = [one.start for one in told], list(accumulate((one.end for one in told), max))
    left = dict(enumerate(told))
    for run in runs:
        near = range(bisect_right(reach, run.start), bisect_left(starts, run.end))  # of a page that is one sentence too
        places = [place for place in near if place in left and run.start < left[place].end]
        over = [left[place] for place in places]
        if run.kind in SURE and not any(one.kind == "person" and _apart(one, run) for one in over):
            out.append(replace(run, weak=run.weak and not over and run.kind != "place"))
        elif over and not all(one.kind == "organisation" for one in over):
            continue
        elif over:
            out.append(replace(run, kind="organisation", weak=False))
        elif run.kind is None or run.weak:
            out.append(run)
            continue
        else:
            out.append(replace(run, weak=True))
        for place in places:
            del left[place]
    return sorted([*out, *left.values()], key=lambda one: (one.start, one.end))


def _halves(doc: Document, name: _Found) -> list[_Found]:
    """Two names that a stroke joins ("Reuters/Ipsos") apart, each of the kind of both."""
    text = doc.text[name.start : name.end]
    stroke = text.find("/", 1)
    if stroke < 0 or not (text[0].isupper() and text[stroke + 1 : stroke + 2].isupper()):
        return [name]
    ends = (name.start, name.start + stroke), (name.start + stroke + 1, name.end)
    words = [doc.text[start:end].split() for start, end in ends]
    return [
        _Found(start, end, _clean(doc.text[start:end]), name.kind, name.weak, own[0], own[-1])
        for (start, end), own in zip(ends, words, strict=True)
    ]


def _apart(one: _Found, run: _Found) -> bool:
    """Whether a person is named within a run of capitals, or is a single word in capitals that looks like a body."""
    same = (one.start, one.end) == (run.start, run.end)
    return run.text.isupper() if same else run.start <= one.start and one.end <= run.end


def initials(short: str, words: list[str]) -> bool:
    """Whether the letters of an acronym are the first letters of `words`, in order, small words skipped at will."""
    letters = [char for char in short.lower() if char.isalpha()]
    place = 0
    for word in words:
        if place < len(letters) and word[:1].lower() == letters[place]:
            place += 1
        elif word[:1].isupper():
            return False
    return place == len(letters) and len(letters) > 1


def _introduce(words: list[Word], page: _Page) -> None:
    """Note every "Full Name (ABC)" of a sentence."""
    for index, word in enumerate(words):
        if word.text != "(" or index + 2 >= len(words) or words[index + 2].text != ")":
            continue
        short = words[index + 1].text.rstrip("s") if not words[index + 1].text.isupper() else words[index + 1].text
        if not 2 <= len(short) <= 10 or not short.isupper():
            continue
        for first in range(max(0, index - len(short) - 4), index):
            piece = [w.text for w in words[first:index]]
            if piece[0][:1].isupper() and initials(short, piece):
                page.short.setdefault(short, re.sub(r" ['’](?=s? )", "'", " ".join(piece)))
                break


def _bare(surname: str) -> str:
    """A surname without an Arabic article, which pages leave out or write small at will."""
    return _ARTICLE.sub("", surname)


def _match_initials(page: _Page, found: Iterable[_Found]) -> None:
    """Lead acronyms that nothing introduces to the one body on the page whose capitals they are (AU, African Union)."""
    full: dict[str, set[str]] = {}
    for text in page.votes:
        if page.kind(text) == "organisation" and " " in text:
            full.setdefault("".join(word[0] for word in text.split(" ") if word[0].isupper()), set()).add(text)
    for name in found:
        bodies = full.get(name.text.replace(".", ""), set())
        if len(bodies) == 1 and name.text.isupper() and name.text not in facts().aliases:
            page.short.setdefault(name.text, next(iter(bodies)))


def _learn(found: list[_Found], page: _Page) -> None:
    for name in found:
        if not name.weak:
            page.strong.add(name.text)
            if name.kind:
                page.votes.setdefault(name.text, Counter())[name.kind] += 1
            page.strong.add(name.last)
        if name.kind == "person" and " " in name.text and not name.weak:
            surname, entry = _bare(name.last), (name.start, name.text)
            if _INITIALLED.fullmatch(name.text):
                page.initialled.setdefault(surname, []).append(entry)
            else:
                page.surnames.setdefault(surname, []).append(entry)
                page.lettered.setdefault((surname, name.text[0]), []).append(entry)
            page.given.setdefault(name.first, []).append((name.start, name.text))


def _nearest(entries: list[tuple[int, str]], position: int) -> str:
    """The full name last seen before `position`, else the first on the page."""
    best = entries[0][1]
    low, high = 0, len(entries)
    while low < high:
        middle = (low + high) // 2
        low, high = (middle + 1, high) if entries[middle][0] <= position else (low, middle)
    return entries[low - 1][1] if low else best


def _settle(name: _Found, page: _Page) -> tuple[MentionKind, str] | None:
    """The kind and the fullest name, or None when the word is no name after all."""
    known = facts()
    if name.text in page.short:
        full = page.short[name.text]
        return "organisation" if name.kind in (None, "person") else name.kind, full
    single = " " not in name.text
    if name.weak and not single and name.kind == "person" and name.text not in page.strong:
        return None  # a title-case line: nothing tells a name from the words around it
    if name.weak and single and name.text not in page.strong and name.text not in known.bodies:
        return None  # a capital at a sentence's head, and nowhere else on the page a name
    if name.text in known.aliases:
        return "place", known.aliases[name.text]
    bearers = _bearers(name, page) if name.kind in (None, "person") else None
    if bearers:
        return "person", _nearest(bearers, name.start)
    if name.kind is not None:
        return page.kind(name.text) or name.kind, name.text
    if single and name.text in page.given:
        return "person", _nearest(page.given[name.text], name.start)
    if name.text in known.peoples:
        return None
    return "other", name.text


def _bearers(name: _Found, page: _Page) -> list[tuple[int, str]] | None:
    """The full names on the page that a surname alone, or one with initials, may be short for, by place; for a surname
    that has none those with initials."""
    surname = _bare(name.last)
    if " " not in name.text:
        return page.surnames.get(surname) or page.initialled.get(surname)
    if name.kind == "person" and _INITIALLED.fullmatch(name.text):
        return page.lettered.get((surname, name.text[0]))
    return None


def _parts(name: _Found, doc: Document, page: _Page) -> list[_Found]:
    """The name; or, in a title-case line, those parts of a run of capitals that the page knows as names."""
    if not name.weak or name.text in page.strong or " " not in name.text:
        return [name]
    places = [match.span() for match in re.finditer(r"\S+", doc.text[name.start : name.end])]
    out, first = [], 0
    while first < len(places):
        for last in range(len(places), first, -1):
            start, end = name.start + places[first][0], name.start + places[last - 1][1]
            text = _clean(doc.text[start:end])
            if text in page.strong or text in facts().states:
                words = text.split(" ")
                out.append(_Found(start, end, text, page.kind(text), True, words[0], words[-1]))
                first = last
                break
        else:
            first += 1
    return out or [name]


def _instruments(doc: Document, sentence: Sentence, taken: list[tuple[int, int]]) -> Iterable[Mention]:
    """Treaties and the like in small letters ("a 1994 security agreement", "union treaty")."""
    for match in _INSTRUMENT.finditer(doc.text, sentence.span.start, sentence.span.end):
        text = match.group()
        cut = _NO_MODIFIER.match(text)
        start = match.start() + (cut.end() if cut else 0)
        if not any(a < match.end() and start < b for a, b in taken):
            yield Mention(Span(doc.id, start, match.end()), "instrument", _clean(doc.text[start : match.end()]))


def _by_sentence(doc: Document) -> dict[int, list[Name]]:
    """The model's names by the start of their sentence."""
    out: dict[int, list[Name]] = {}
    starts = [sentence.span.start for sentence in doc.layer("sentences").annotations]
    for name in reading(doc).names:
        out.setdefault(starts[bisect_right(starts, name.start) - 1], []).append(name)
    return out


def annotate(doc: Document) -> tuple[Mention, ...]:
    """Every mention of a name, in reading order."""
    page = _Page()
    rows: list[tuple[Sentence, list[_Found]]] = []
    names_of = _by_sentence(doc)
    for sentence, words in zip(doc.layer("sentences").annotations, words_of(doc), strict=True):
        _introduce(words, page)
        told = names_of.get(sentence.span.start, [])
        found = [half for one in _agreed(_runs(doc, words), _told(doc, words, told)) for half in _halves(doc, one)]
        rows.append((sentence, found))
        _learn(found, page)
    _match_initials(page, (name for _, found in rows for name in found))
    out: list[Mention] = []
    for sentence, found in rows:
        taken = []
        for name in (part for whole in found for part in _parts(whole, doc, page)):
            settled = _settle(name, page)
            if settled and name.start < name.end:
                taken.append((name.start, name.end))
                out.append(Mention(Span(doc.id, name.start, name.end), *settled))
        out.extend(_instruments(doc, sentence, taken))
    out.sort(key=lambda mention: mention.span)
    return tuple(mended(doc, out))


MENTIONS = Stage("mentions", ("sentences",), "mentions/4", annotate)
