"""Prose that the learnt half left out although it is read: near misses, entries of live blogs, pages in one line.

Invariant: see `page_lines.py`; only prose by its shape is taken back, and never a line known not to be article.
"""

import re
from itertools import accumulate
from operator import or_

from tocsin.read.features import Fact, function_share
from tocsin.read.page_lines import ASIDE, SENTENCE_END, Page, sentence_like

RESCUE = -1.0
"""Score down to which prose between two lines of article is article too (cross-validated on dev)."""
RESCUE_SPEECH = -3.0
"""The same for a sentence with a quotation in it."""
RESCUE_BESIDE = -2.3
"""The same for a paragraph on the article's subject with article on one side only (a menu or a heading on the other).

On dev the score does not matter between -0.5 and -2.3; the pages it was set for are of other sites."""
CLOSE = -0.1
"""Score from which such a paragraph need not share the article's words."""
BOND = 0.5
"""Least share of such a paragraph's long words that the article has too."""
CONTENT_LETTERS = 5
"""Words of at least this many letters carry a page's subject."""
PARAGRAPH = 80
"""Least characters of such a paragraph: shorter sentences beside an article are teasers and notices too."""
ENTRY = -1.5
"""Score down to which prose below a time of day and its heading is an entry of a live blog."""
WHOLE = 40
"""Least words of a line that is read where no line is article: less is no text whose loss matters."""
ONLY = 8
"""Most lines of a page of which the longest sentence is read where nothing else is."""

_SPOKEN = re.compile(r"[,.?!][\"”’'] (?:\w+ ){0,4}(?:said|says|told|added|wrote|asked|replied|insisted|vowed|warned)\b")
_CLOCK = re.compile(r"(?:[01]?\d|2[0-3])[:.h][0-5]\d(?: ?[aApP]\.?[mM]\.?)?(?: ?\(?[A-Z]{2,4}\)?)?")


def rescue(page: Page) -> None:
    """Take back what is article by its place and shape."""
    _near_misses(page)
    _entries(page)
    if not any(page.article):
        _anything(page)


def _shares(fact: Fact, subject: set[str]) -> bool:
    """Whether a line speaks of the article's subject."""
    content = {word for word in fact.words if len(word) >= CONTENT_LETTERS}
    return len(content & subject) >= BOND * len(content)


def is_clock(fact: Fact) -> bool:
    """Whether a line is a time of day and nothing else."""
    return len(fact.core) <= 16 and _CLOCK.fullmatch(fact.core) is not None


def _near_misses(page: Page) -> None:
    """Prose that the learnt half left out by a little, although article stands beside it.

    Speech is short and dear: it may score lower, and one promotion or caption may stand between it and the article.
    """
    kept, facts = list(page.article), page.facts
    subject = {word for i, fact in enumerate(facts) if kept[i] for word in fact.words if len(word) >= CONTENT_LETTERS}
    ends = ("comments", "comment_part", "end", "biography", "notice")
    first = page.bounds()[0]
    closed = list(accumulate((i > first and bool(set(ends) & set(fact.cues)) for i, fact in enumerate(facts)), or_))
    for i, fact in enumerate(facts):
        if kept[i] or page.fixed[i] or fact.cues or fact.repeats > 1 or not sentence_like(fact):
            continue
        speech = fact.core[0] in '"“' or (fact.core[-1] not in '"”' and _SPOKEN.search(fact.core) is not None)
        reach = 2 if speech else 1
        flanked = any(kept[max(0, i - reach) : i]) and any(kept[i + 1 : i + 1 + reach])
        beside = len(fact.core) >= PARAGRAPH and not fact.item and not closed[i]
        beside = beside and (page.scores[i] >= CLOSE or _shares(fact, subject))
        beside = beside and (any(kept[max(0, i - 1) : i]) or any(kept[i + 1 : i + 2]))
        if (flanked and page.scores[i] >= (RESCUE_SPEECH if speech else RESCUE)) or (
            beside and page.scores[i] >= RESCUE_BESIDE
        ):
            page.article[i] = True


def _entries(page: Page) -> None:
    """The entries of a live blog: below each of several times of day a heading or none, then prose."""
    facts = page.facts
    clocks = [i for i, fact in enumerate(facts) if is_clock(fact)]
    if len(clocks) < 2:
        return
    for i in clocks:
        at = i + 1
        if at + 1 < len(facts) and not sentence_like(facts[at]) and _heads_entry(facts[at]):
            at += 1
        if at >= len(facts) or not _is_entry(page, at):
            continue
        page.give(i, "dateline")
        if at == i + 2:
            page.give(i + 1, "subhead")
        while at < len(facts) and _is_entry(page, at):
            if not page.fixed[at]:
                page.article[at] = True
            at += 1


def _heads_entry(fact: Fact) -> bool:
    """Whether a line can be the heading of an entry."""
    return 2 <= fact.count <= 20 and not ASIDE & set(fact.cues)


def _is_entry(page: Page, i: int) -> bool:
    """Whether line `i` is prose that may belong to an entry."""
    fact = page.facts[i]
    return sentence_like(fact) and fact.count >= 8 and not ASIDE & set(fact.cues) and page.scores[i] >= ENTRY


def _anything(page: Page) -> None:
    """The longest prose of a page without any article: better read with its menu than not at all."""
    facts = page.facts
    prose = [i for i, fact in enumerate(facts) if not page.fixed[i] and function_share(fact) >= 0.15 and not fact.item]
    chosen = [i for i in prose if facts[i].count >= WHOLE and ". " in facts[i].core and not _legal(facts[i])]
    if not chosen and len(facts) <= ONLY:
        ended = [i for i in prose if SENTENCE_END.search(facts[i].core) and facts[i].count >= 8 and not facts[i].cues]
        chosen = [max(ended, key=lambda i: (facts[i].count, -i))] if ended else []
    for i in chosen:
        page.article[i] = True


def _legal(fact: Fact) -> bool:
    """Whether a long line is a notice, a readers' comment or a call rather than a text."""
    return fact.count < 3 * WHOLE and bool({"notice", "comment_part", "promotion", "call", "caption"} & set(fact.cues))
