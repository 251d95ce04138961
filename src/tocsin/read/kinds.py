"""The finer labels: which lines of the article are subheads, which of the others headline, caption, comment, …

Rules over cues (`data/cues.toml`), shape and place; the learnt half has said before what is article. Invariant: one
label a line; a line known to be article stays article, a line known not to be never becomes it.
"""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from tocsin.core.document import BODY_LABELS, Label
from tocsin.read.features import FUNCTION_WORDS, Fact
from tocsin.read.page_dates import is_date_line

SUBHEAD_WORDS = 14
HEADLINE_WORDS = 30
"""Longest subhead and headline, in words: above the 99th percentile of those on the dev pages."""
CREDIT_WORDS = 9
"""A credit of at most this many words has its caption on a line beside it; a longer one holds it."""
COMMENT_SHARE = 0.6
"""Share of the article that must lie above a comment cue before what follows belongs to the readers."""
HEAD_REACH = 14
"""Non-blank lines above the article among which its headline is looked for; flatteners put menus and bylines between."""
QUOTE_SHARE = 0.6
"""Share of a line's 4-word runs that stand in other lines of the article before it is a pull quote."""

_SENTENCE_END = re.compile(r"[.!?…][\"”’'»)\]]*$")
_NAME_LINE = re.compile(r"(?:[A-Z][\w.’'-]*(?: (?:van|von|de|da|del|bin|al|el))*(?: |$)){2,4}$")
_ROLE = re.compile(
    r"\b(?:editor|correspondent|reporter|writer|fellow|journalist|columnist|analyst|contributor|author|staff|professor|bureau)\b",
    re.IGNORECASE,
)
_ATTRIBUTION = re.compile(r"(?:--+|—|–|―)\s*\S")
_ASIDE = frozenset(("promotion", "caption", "comments", "notice", "navigation", "comment_part", "dateline", "byline"))


def sentence_like(fact: Fact) -> bool:
    """Whether a line reads as prose: enough words, function words among them, a sentence's end."""
    return (
        fact.count >= 5
        and _SENTENCE_END.search(fact.core) is not None
        and sum(word in FUNCTION_WORDS for word in fact.words) >= 0.15 * len(fact.words)
    )


def name_like(fact: Fact) -> bool:
    """Whether a line is two to four capitalised words, as a name is."""
    return 2 <= fact.count <= 5 and not fact.core.isupper() and _NAME_LINE.match(fact.core) is not None


@dataclass(slots=True)
class Page:
    """The lines of one page with what is decided so far. `fixed` lines were known beforehand."""

    facts: Sequence[Fact]
    article: list[bool]
    fixed: Sequence[bool]
    scores: Sequence[float]
    labels: list[Label | None] = field(default_factory=list)

    @property
    def bounds(self) -> tuple[int, int]:
        """First and last line of the article; (-1, -1) where there is none."""
        inside = [i for i, is_article in enumerate(self.article) if is_article]
        return (inside[0], inside[-1]) if inside else (-1, -1)

    def give(self, i: int, label: Label) -> None:
        """Label line `i` unless it has a label or was known to be of the other half."""
        if self.labels[i] is None and (not self.fixed[i] or self.article[i] == (label in BODY_LABELS)):
            self.labels[i] = label
            self.article[i] = label in BODY_LABELS


def label_kinds(
    facts: Sequence[Fact], article: Sequence[bool], fixed: Sequence[bool], scores: Sequence[float]
) -> list[Label]:
    """One label for each of `facts`; `article` says which are of the article, `fixed` for which that is certain."""
    page = Page(facts, list(article), fixed, scores, [None] * len(facts))
    _comments(page)
    _captions(page)
    _pull_quotes(page)
    _cued(page)
    _headline(page)
    _standfirst(page)
    _bylines(page)
    _subheads(page)
    return [label or _rest(page, i) for i, label in enumerate(page.labels)]


def _comments(page: Page) -> None:
    """From the readers' form or count on, once most of the article is past, up to a heading of other articles."""
    total = sum(min(fact.count, 200) for fact, inside in zip(page.facts, page.article, strict=True) if inside)
    past, begun, only_form = 0, False, True
    for i, fact in enumerate(page.facts):
        if not begun and "comments" in fact.cues and past >= COMMENT_SHARE * total and fact.count <= 20:
            # A bare "Comments" also stands in share bars: then a sign of comments must follow.
            near = page.facts[i + 1 : i + 8]
            formal = "reply" in fact.words or any({"comments", "comment_part"} & set(f.cues) for f in near)
            begun = formal or not any(page.article[i + 1 :])
            only_form = True
        elif begun and "end" in fact.cues:
            begun = False
        if begun:
            if "notice" in fact.cues and only_form:
                continue
            page.give(i, "comment")
        if page.article[i]:
            past += min(fact.count, 200)


def _captions(page: Page) -> None:
    """Credits, the line beside a short credit, and lines that stand twice in a row."""
    facts = page.facts
    first, last = page.bounds
    for i, fact in enumerate(facts):
        if page.labels[i] or "caption" not in fact.cues or "notice" in fact.cues or fact.count > 90:
            continue
        if page.article[i] and (sentence_like(fact) and fact.core[-1] in '.”"' and page.scores[i] > 1):
            continue
        page.give(i, "caption")
        near = next((j for j in (i - 1, i + 1) if _may_caption(page, j)), None) if fact.count <= CREDIT_WORDS else None
        if near is not None:
            page.give(near, "caption")
    for i in range(len(facts) - 1):
        if facts[i].count >= 5 and facts[i].key == facts[i + 1].key and first <= i <= last:
            for j in (i, i + 1):
                if sentence_like(facts[j]) or page.labels[i] == "caption":
                    page.give(j, "caption")


def _may_caption(page: Page, i: int) -> bool:
    """Whether line `i`, beside a credit, is its caption."""
    if not 0 <= i < len(page.facts) or page.labels[i] or page.facts[i].count < 2 or page.facts[i].count > 90:
        return False
    return not page.article[i] and not _ASIDE & set(page.facts[i].cues)


def _pull_quotes(page: Page) -> None:
    """Lines whose words stand, nearly all, in a longer line of the article, with the "-- Name" line that follows."""
    facts = page.facts
    runs = [_runs(fact) for fact in facts]
    where: Counter[tuple[str, ...]] = Counter()
    for i, inside in enumerate(page.article):
        if inside:
            where.update(runs[i])
    for i, fact in enumerate(facts):
        if page.labels[i] or not 6 <= fact.count <= 80 or fact.repeats > 2:
            continue
        mine = int(page.article[i])
        share = sum(where[run] > mine for run in runs[i]) / (len(runs[i]) or 1)
        signed = i + 1 < len(facts) and facts[i + 1].count <= 12 and _ATTRIBUTION.match(facts[i + 1].core) is not None
        if share >= (QUOTE_SHARE if signed else 0.95) and _stands_in_longer(page, i, runs):
            page.give(i, "pullquote")
            if signed:
                page.give(i + 1, "pullquote")


def _runs(fact: Fact) -> frozenset[tuple[str, ...]]:
    """The 4-word runs of a line."""
    words = fact.words
    return frozenset(tuple(words[k : k + 4]) for k in range(len(words) - 3))


def _stands_in_longer(page: Page, i: int, runs: Sequence[frozenset[tuple[str, ...]]]) -> bool:
    """Whether one longer line of the article near line `i` holds most of its runs."""
    near = range(max(0, i - 60), min(len(runs), i + 61))
    longer = (j for j in near if j != i and page.article[j] and page.facts[j].count > page.facts[i].count)
    return any(len(runs[i] & runs[j]) >= 0.5 * len(runs[i]) for j in longer)


def _cued(page: Page) -> None:
    """Lines whose own words say what they are."""
    first, last = page.bounds
    for i, fact in enumerate(page.facts):
        if page.labels[i]:
            continue
        cues = fact.cues
        if page.article[i]:
            _cued_article(page, i)
        elif is_date_line(fact.core):
            page.give(i, "dateline")
        elif "notice" in cues and not ("byline" in cues and i < first):
            page.give(i, "notice")
        elif "byline" in cues and (first - HEAD_REACH <= i <= first or i in (last + 1, last + 2)):
            page.give(i, "byline")
        elif "biography" in cues and i > first:
            page.give(i, "biography")
        elif "dateline" in cues and fact.count <= 14:
            page.give(i, "dateline")
        elif ("promotion" in cues or "end" in cues) and "navigation" not in cues:
            page.give(i, "promotion")
        elif "navigation" in cues:
            page.give(i, "navigation")


def _cued_article(page: Page, i: int) -> None:
    """What the learnt half takes for article although a short line's words say otherwise."""
    fact, (_first, last) = page.facts[i], page.bounds
    cues = fact.cues
    if is_date_line(fact.core):
        page.give(i, "dateline")
    elif "notice" in cues and fact.count <= 40 and page.scores[i] < 2:
        page.give(i, "notice")
    elif "promotion" in cues and fact.count <= 25 and not sentence_like(fact):
        page.give(i, "promotion")
    elif "biography" in cues and i >= last - 2 and page.scores[i] < 3:
        page.give(i, "biography")


def _headline(page: Page) -> None:
    """The line above the article that speaks of its subject, or its first line where that is no sentence."""
    first, _last = page.bounds
    if first < 0:
        return
    facts = page.facts
    subject: Counter[str] = Counter()
    for fact, inside in zip(facts, page.article, strict=True):
        if inside:
            subject.update({word for word in fact.words if len(word) > 3})
    best, found = 0.0, -1
    for i in range(max(0, first - 3 * HEAD_REACH), first):
        fact = facts[i]
        if page.labels[i] not in (None, "promotion") or not 2 <= fact.count <= HEADLINE_WORDS or fact.bullet:
            continue
        content = {word for word in fact.words if len(word) > 3}
        known = sum(word in subject for word in content) / (len(content) or 1)
        worth = (
            known + min(fact.count, 10) / 20 - (first - i) / 40 + 0.3 * (fact.repeats > 1) - 0.4 * sentence_like(fact)
        )
        if worth > best and known > 0.3:
            best, found = worth, i
    if found < 0 and _titles(facts[first], facts[first + 1 : first + 2]) and not page.fixed[first]:
        found = first
    if found >= 0:
        page.labels[found] = None
        key = facts[found].key
        for i in range(first + 1):
            # The page's <title> often stands above its heading: the same words, with or without the outlet.
            if i == found or (facts[i].count >= 4 and (facts[i].key.startswith(key) or facts[i].key == key)):
                page.give(i, "headline")


def _titles(fact: Fact, after: Sequence[Fact]) -> bool:
    """Whether the first line of a bare article is its title: no sentence, and shorter than what follows."""
    if (
        fact.count > 20
        or not after
        or after[0].count <= fact.count
        or not fact.core[0].isalnum() | (fact.core[0] in "\"'“‘")
    ):
        return False
    if not _SENTENCE_END.search(fact.core):
        return fact.core[-1] not in ":,;"
    tokens = [token for token in fact.core.split() if token[0].isalpha()]
    return bool(tokens) and sum(token[0].isupper() for token in tokens) >= 0.7 * len(tokens)


def _standfirst(page: Page) -> None:
    """A sentence or two between headline and article, set apart from it by byline, date or caption."""
    first, last = page.bounds
    if first < 0:
        return
    head = max((i for i in range(first + 1) if page.labels[i] == "headline"), default=-1)
    if head < 0:
        return
    for i in range(head + 1, first):
        fact = page.facts[i]
        if page.labels[i] is None and fact.count >= 8 and sentence_like(fact) and not _ASIDE & set(fact.cues):
            page.give(i, "standfirst")
    apart = first + 1 < len(page.facts) and not page.article[first + 1] and last > first
    if apart and first - head <= 4 and page.labels[first] is None and page.facts[first].count <= 70:
        page.give(first, "standfirst")


def _bylines(page: Page) -> None:
    """Bare names beside the head or the foot of the article, and the role on the line after."""
    first, last = page.bounds
    if first < 0:
        return
    head = max((i for i in range(first + 1) if page.labels[i] == "headline"), default=max(-1, first - 4))
    spots = [*range(head + 1, first), *range(last + 1, min(last + 3, len(page.facts)))]
    if last > first and name_like(page.facts[last]):
        spots.insert(0, last)
    for i in spots:
        fact = page.facts[i]
        if page.labels[i] is None and name_like(fact) and not fact.bullet and fact.repeats == 1:
            page.give(i, "byline")
        elif (
            page.labels[i] is None
            and i
            and page.labels[i - 1] == "byline"
            and fact.count <= 8
            and _ROLE.search(fact.core)
        ):
            page.give(i, "byline")


def _subheads(page: Page) -> None:
    """Short lines inside the article that are no sentence; what is left of it is body."""
    first, last = page.bounds
    for i, fact in enumerate(page.facts):
        if page.labels[i] is not None or not page.article[i]:
            continue
        short = fact.count <= SUBHEAD_WORDS and not _SENTENCE_END.search(fact.core) and fact.core[-1] not in ':,;”"’'
        asks = fact.count <= 10 and fact.core.endswith("?") and fact.core[0] not in "\"“‘'"
        leads = i + 1 <= last and page.article[i + 1] and page.facts[i + 1].count > max(12, fact.count)
        page.give(i, "subhead" if first < i < last and (short or asks) and leads and not fact.bullet else "body")


def _rest(page: Page, i: int) -> Label:
    """A line without any other sign, by shape and place."""
    fact, (first, last) = page.facts[i], page.bounds
    if page.article[i]:
        return "body"
    if first < i < last:
        return "caption" if sentence_like(fact) else "promotion" if fact.count >= 4 else "other"
    if fact.count <= 4 or fact.bullet:
        return "navigation"
    return "promotion" if fact.count <= 25 else "other"
