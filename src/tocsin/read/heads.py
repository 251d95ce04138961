"""What stands above and below an article: its headline, standfirst and bylines.

Invariant: see `page_lines.py`; an article without a headline above it gives its first line up only where that line
is no sentence or is set as a title.
"""

import re
from collections import Counter
from collections.abc import Sequence

from tocsin.read.features import Fact
from tocsin.read.page_lines import ASIDE, HEAD_REACH, SENTENCE_END, Page, name_like, sentence_like

HEADLINE_WORDS = 30
"""Longest headline in words: the longest title of the dev pages has 25."""
ROLE_WORDS = 8
"""Longest line below a byline that goes on with it ("Senior fellow for harbours"), in words."""
STANDFIRST = -2.0
"""Score down to which a sentence between headline and article is its standfirst rather than a disclaimer."""
_ROLE = re.compile(
    r"\b(?:editor|correspondent|reporter|writer|fellow|journalist|columnist|analyst|contributor|author|staff|professor|bureau)\b",
    re.IGNORECASE,
)


def label_headline(page: Page) -> None:
    """The line above the article that speaks of its subject, or its first line where that is no sentence."""
    first, _last = page.bounds()
    if first < 0:
        return
    facts = page.facts
    subject: Counter[str] = Counter()
    for fact, inside in zip(facts, page.article, strict=True):
        if inside:
            subject.update({word for word in fact.words if len(word) > 3})
    best, found = 0.0, -1
    top = facts[0].key
    for i in range(max(0, first - 3 * HEAD_REACH), first):
        fact = facts[i]
        if page.labels[i] not in (None, "promotion") or not 2 <= fact.count <= HEADLINE_WORDS or fact.item:
            continue
        if {"call", "end", "navigation"} & set(fact.cues) or fact.core[-1] == ":":
            continue
        content = {word for word in fact.words if len(word) > 3}
        known = sum(word in subject for word in content) / (len(content) or 1)
        worth = known + min(fact.count, 9) / 10 - (first - i) / 60 - 0.5 * sentence_like(fact)
        # Twice on the page, or in the page's <title>, or under a "#": so headlines are.
        worth += (
            0.3 * (fact.repeats > 1) + 0.5 * (i > 0 and fact.count >= 4 and fact.key in top) + 0.6 * (fact.mark == "#")
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
    if not SENTENCE_END.search(fact.core):
        return fact.core[-1] not in ":,;"
    tokens = [token for token in fact.core.split() if token[0].isalpha()]
    return bool(tokens) and sum(token[0].isupper() for token in tokens) >= 0.7 * len(tokens)


def label_standfirst(page: Page) -> None:
    """A sentence or two between headline and article, set apart from it by byline, date or caption."""
    first, last = page.bounds()
    if first < 0:
        return
    head = max((i for i in range(first + 1) if page.labels[i] == "headline"), default=-1)
    if head < 0:
        return
    for i in range(head + 1, first):
        fact = page.facts[i]
        prose = fact.count >= 8 and sentence_like(fact) and page.scores[i] >= STANDFIRST
        if page.labels[i] is None and prose and not (ASIDE | {"biography"}) & set(fact.cues):
            page.give(i, "standfirst")
    apart = first + 1 < len(page.facts) and not page.article[first + 1] and last > first
    if apart and first - head <= 4 and page.labels[first] is None and page.facts[first].count <= 70:
        page.give(first, "standfirst")


def label_bylines(page: Page) -> None:
    """Bare names beside the head or the foot of the article, and the role on the line after."""
    first, last = page.bounds()
    if first < 0:
        return
    head = max((i for i in range(first + 1) if page.labels[i] == "headline"), default=max(-1, first - 4))
    spots = [*range(head + 1, first), *range(last + 1, min(last + 3, len(page.facts)))]
    if last > first and name_like(page.facts[last]):
        spots.insert(0, last)
    for i in spots:
        fact = page.facts[i]
        if page.labels[i] is not None:
            continue
        boxed = i > last and i + 1 < len(page.facts) and page.labels[i + 1] == "biography"
        if boxed and page.facts[i + 1].key.startswith(fact.key):
            page.give(i, "biography")
            continue
        signed = name_like(fact) and not fact.item and fact.repeats == 1 and _signs(page, i, last)
        if signed or (i > 0 and fact.count <= ROLE_WORDS and _continues(page, i)):
            page.give(i, "byline")


def _continues(page: Page, i: int) -> bool:
    """Whether a short line goes on with the byline above it: the name after a bare "By", or the role."""
    above = page.facts[i - 1]
    return page.labels[i - 1] == "byline" and (above.words == ["by"] or _ROLE.search(page.facts[i].core) is not None)


def _signs(page: Page, i: int, last: int) -> bool:
    """Whether a bare name stands where a signature does: beside a date, a role or a byline, or as the last word."""
    facts = page.facts
    if {"navigation", "promotion", "comments", "comment_part", "end"} & set(facts[i].cues):
        return False
    for j in (i - 1, i + 1):
        if 0 <= j < len(facts):
            role = facts[j].count <= 8 and _ROLE.search(facts[j].core)
            if page.labels[j] in ("dateline", "byline", "biography") or role:
                return True
    after = page.labels[i + 1] if i + 1 < len(facts) else "comment"
    return i in (last, last + 1) and after in ("comment", "notice", "biography")
