"""What stands above and below an article: its headline, standfirst and bylines.

Invariant: see `page_lines.py`; an article without a headline above it gives its first line up only where that line
is no sentence or is set as a title.
"""

import re
from collections import Counter
from collections.abc import Sequence

from tocsin.read.features import Fact, function_share
from tocsin.read.outlets import is_agency, outlet_named
from tocsin.read.page_lines import ASIDE, HEAD_REACH, SENTENCE_END, Page, dated_or_signed, name_like, sentence_like

HEADLINE_WORDS = 30
"""Longest headline in words: the longest title of the dev pages has 25."""
BESIDE_DATE = 0.5
"""How much more a line that date or byline follow at once is worth as a headline (set by eye; a `#` has 0.6)."""
ROLE_WORDS = 8
"""Longest line below a byline that goes on with it ("Senior fellow for harbours"), in words."""
STANDFIRST = -2.0
"""Score down to which a sentence between headline and article is its standfirst rather than a disclaimer."""
STANDFIRST_BELOW = -3.0
"""The same for a line without a full stop that stands right below the headline."""
_PLACED = re.compile(r"[A-Z][A-Z .,’'-]{2,30}(?:, [A-Za-z .]{2,30})?,?(?: \([\w /]{2,30}\))? ?(?:—|–|-|--) ")
"""The place (and agency) that a report, and no standfirst, begins with."""
_ROLE = re.compile(
    r"\b(?:editor|correspondent|reporter|writer|fellow|journalist|columnist|analyst|contributor|author|staff|professor|bureau)\b",
    re.IGNORECASE,
)


STAFF = frozenset(("staff", "agencies", "agency staff", "news agencies", "staff writers", "wires"))
_NO_NAMES = frozenset(
    ("the", "this", "that", "your", "our", "a", "an", "us", "me", "my", "it", "in", "on", "to", "for")
)
"""Words that no name has, though menus set them with capitals."""


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
    # A title that the learnt half took for article: it stands above date or byline as titles do.
    titled = first if page.start() > first and _heads(facts[first]) and not page.fixed[first] else -1
    if titled >= 0:
        subject.subtract({word for word in facts[titled].words if len(word) > 3})
    for i in range(max(0, first - 3 * HEAD_REACH), first + (titled >= 0)):
        fact = facts[i]
        if page.labels[i] not in (None, "promotion") or not 2 <= fact.count <= HEADLINE_WORDS or fact.item:
            continue
        if {"call", "end", "navigation"} & set(fact.cues) or fact.core[-1] == ":":
            continue
        content = {word for word in fact.words if len(word) > 3}
        known = sum(subject[word] > 0 for word in content) / (len(content) or 1)
        worth = known + min(fact.count, 9) / 10 - (first - i) / 60 - 0.5 * sentence_like(fact)
        # Twice on the page, or in the page's <title>, or under a "#": so headlines are.
        worth += (
            0.3 * (fact.repeats > 1) + 0.5 * (i > 0 and fact.count >= 4 and fact.key in top) + 0.6 * (fact.mark == "#")
        )
        if i == titled:
            worth += BESIDE_DATE
        if worth > best and known > (0 if i == titled else 0.3):
            best, found = worth, i
    if found < 0:
        found = _sole_heading(page, first, subject)
    if (
        found < 0
        and page.labels[first] is None
        and _titles(facts[first], facts[first + 1 : first + 2])
        and not page.fixed[first]
    ):
        found = first
    if found >= 0:
        page.labels[found] = None
        key = facts[found].key
        for i in range(first + 1):
            # The page's <title> often stands above its heading: the same words, with or without the outlet.
            if i == found or (facts[i].count >= 4 and (facts[i].key.startswith(key) or facts[i].key == key)):
                page.give(i, "headline")


def _heads(fact: Fact) -> bool:
    """Whether a line taken for article has a headline's form: no sentence, or a question."""
    return 3 <= fact.count <= HEADLINE_WORDS and not fact.item and fact.core[-1] not in ".:,;"


def _sole_heading(page: Page, first: int, subject: Counter[str]) -> int:
    """The page's first line where the article, in short paragraphs, follows it at once; -1 where it does not."""
    fact = page.facts[0]
    fits = first == 1 and page.labels[0] in (None, "promotion") and 4 <= fact.count <= 16 and not fact.cues
    shown = fits and fact.core[0].isupper() and not SENTENCE_END.search(fact.core) and fact.core[-1] not in ":,;|»"
    return 0 if shown and any(subject[word] > 0 for word in fact.words) else -1


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
        # Without a full stop only right below the headline, where teasers of other articles do not stand.
        below = i == head + 1 and _stands_below(page, i, first)
        if page.labels[i] is None and (prose or below) and not (ASIDE | {"biography"}) & set(fact.cues):
            page.give(i, "standfirst")
    apart = first + 1 < len(page.facts) and not page.article[first + 1] and last > first
    apart = apart and not _PLACED.match(page.facts[first].core)
    if apart and first - head <= 4 and page.labels[first] is None and page.facts[first].count <= 70:
        page.give(first, "standfirst")


def _stands_below(page: Page, i: int, first: int) -> bool:
    """Whether a line right below the headline is a standfirst by its form: date, byline or the article follow it."""
    fact = page.facts[i]
    near = range(i + 1, min(i + 4, first + 1))
    followed = any(j == first or dated_or_signed(page.facts[j]) for j in near)
    worded = fact.count >= 11 and function_share(fact) >= 0.2 and fact.repeats == 1 and not fact.cues
    return worded and followed and not fact.item and page.scores[i] >= STANDFIRST_BELOW


def label_bylines(page: Page) -> None:
    """Bare names beside the head or the foot of the article, and the role on the line after."""
    first, last = page.bounds()
    if first < 0:
        return
    head = max((i for i in range(first + 1) if page.labels[i] == "headline"), default=max(-1, first - 4))
    # Below the standfirst too, which is article.
    start = next((i for i in range(first, last + 1) if page.labels[i] is None and page.article[i]), first)
    above = range(head + 1, min(start, first + HEAD_REACH))
    spots = [*above, *range(last + 1, min(last + 3, len(page.facts)))]
    if last > first and name_like(page.facts[last]):
        spots.insert(0, last)
    for i in spots:
        fact = page.facts[i]
        cued = i in above and page.labels[i] is None and {"byline", "signed"} & set(fact.cues)
        if cued or (i in above and _signs_in_capitals(page, i)):
            page.labels[i] = None if not page.fixed[i] else page.labels[i]
            page.give(i, "byline")
        if page.labels[i] is not None:
            continue
        boxed = i > last and i + 1 < len(page.facts) and page.labels[i + 1] == "biography"
        if boxed and page.facts[i + 1].key.startswith(fact.key):
            page.give(i, "biography")
            continue
        signed = name_like(fact) and not fact.item and fact.repeats == 1 and _signs(page, i, last)
        if signed or (i > 0 and fact.count <= ROLE_WORDS and _continues(page, i)):
            page.give(i, "byline")


def _signs_in_capitals(page: Page, i: int) -> bool:
    """Whether a line is a name in capitals above an agency's or a role's line, or agencies alone ("AFP and staff")."""
    fact = page.facts[i]
    if page.labels[i] not in (None, "navigation", "promotion") or fact.count > 5 or fact.cues or page.article[i]:
        return False
    parts = re.split(r" and |, | with | / ", fact.core)
    known = [name for name in map(outlet_named, parts) if name]
    if known and all(map(is_agency, known)):
        return len(known) == len(parts) or all(outlet_named(part) or part.lower() in STAFF for part in parts)
    if not fact.core.isupper() or not 2 <= fact.count <= 3 or known or i + 1 >= len(page.facts):
        return False
    below = page.facts[i + 1]
    under = outlet_named(below.core) if below.count <= 4 else None
    return bool((under and is_agency(under)) or (below.count <= ROLE_WORDS and _ROLE.search(below.core)))


def _continues(page: Page, i: int) -> bool:
    """Whether a short line goes on with the byline above it: the name after a bare "By", or the role."""
    above = page.facts[i - 1]
    return page.labels[i - 1] == "byline" and (above.words == ["by"] or _ROLE.search(page.facts[i].core) is not None)


def _signs(page: Page, i: int, last: int) -> bool:
    """Whether a bare name stands where a signature does: beside a date, a role or a byline, or as the last word."""
    facts = page.facts
    if {"navigation", "promotion", "comments", "comment_part", "end"} & set(facts[i].cues):
        return False
    if outlet_named(facts[i].core) or any(token.lower() in _NO_NAMES for token in facts[i].core.split()):
        return False
    if facts[i].core.endswith((" ,", "|")) and i < last:
        return True
    for j in (i - 1, i + 1):
        if 0 <= j < len(facts):
            role = facts[j].count <= 8 and _ROLE.search(facts[j].core)
            if page.labels[j] in ("dateline", "byline", "biography") or role:
                return True
    after = page.labels[i + 1] if i + 1 < len(facts) else "comment"
    return i in (last, last + 1) and after in ("comment", "notice", "biography")
