"""The finer labels: which lines of the article are subheads, which of the others headline, caption, comment, …

Rules over cues (`data/cues.toml`), shape and place; the learnt half has said before what is article. Invariant: one
label a line; a line known to be article stays article, a line known not to be never becomes it.
"""

import re
from collections import Counter
from collections.abc import Sequence

from tocsin.core.document import BODY_LABELS, Label
from tocsin.read.features import Fact
from tocsin.read.heads import label_bylines, label_headline, label_standfirst
from tocsin.read.outlets import outlet_named
from tocsin.read.page_dates import dates_in, is_date_line
from tocsin.read.page_lines import ASIDE, HEAD_REACH, SENTENCE_END, Page, dated_or_signed, sentence_like
from tocsin.read.rescue import is_clock, rescue

DATED_WORDS = 18
"""Longest line above the article that is its date, with a name or a place or two dates, in words."""
CALL_WORDS = 45
"""Longest call to the reader ("Read our coverage of …") in words."""
SUBHEAD_WORDS = 14
"""Longest subhead in words (set by eye); a longer line without a full stop is body all the same."""
AMID_WORDS = 30
"""Least words of prose right between two lines of article that is no caption, whatever the learnt half says."""
TWICE_WORDS = 12
"""Least words of a sentence that, twice in a row above the article, is a caption: headlines are shorter."""
CREDIT_WORDS = 9
"""A credit of at most this many words has its caption on a line beside it; a longer one holds it."""
COMMENT_SHARE = 0.6
"""Share of the article that must lie above a comment cue before what follows belongs to the readers."""
ALT_WORDS = 8
"""Least words of a picture's other text above its caption: shorter lines there are subheads."""
SURE = 3.0
"""Score from which a line is of the article whatever its first words are."""
QUOTE_SHARE = 0.6
"""Share of a line's 4-word runs that stand in other lines of the article before it is a pull quote."""

READING_TIME = re.compile(r"\d{1,3}[ -]?min(?:ute)?s?(?: (?:read|listen))?", re.IGNORECASE)
_DASHES = ("--", "—", "–", "―", "-")


def label_kinds(
    facts: Sequence[Fact], article: Sequence[bool], fixed: Sequence[bool], scores: Sequence[float]
) -> list[Label]:
    """One label for each of `facts`; `article` says which are of the article, `fixed` for which that is certain."""
    page = Page(facts, list(article), fixed, scores, [None] * len(facts))
    rescue(page)
    _comments(page)
    _captions(page)
    _clips(page)
    _signatures(page)
    _pull_quotes(page)
    _cued(page)
    label_headline(page)
    label_standfirst(page)
    label_bylines(page)
    _subheads(page)
    bounds = page.bounds()
    return [label or _rest(page, i, bounds) for i, label in enumerate(page.labels)]


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
    first, last = page.bounds()
    for i, fact in enumerate(facts):
        credited = "credited" in fact.cues
        if page.labels[i] or not (credited or "caption" in fact.cues) or "notice" in fact.cues or fact.count > 90:
            continue
        if page.article[i] and not credited and (sentence_like(fact) and fact.core[-1] in '.”"' and page.scores[i] > 1):
            continue
        page.give(i, "caption")
        if fact.count > CREDIT_WORDS or credited:
            continue
        # The caption stands above its credit as a rule; below it only what is no article anyway.
        near = i - 1 if _may_caption(page, i - 1) else i + 1
        if near < i or (_may_caption(page, near) and not page.article[near]):
            page.give(near, "caption")
    for i in range(len(facts) - 1):
        # Above a caption often stands the picture's other text, which is no sentence either.
        above = page.labels[i + 1] == "caption" and facts[i + 1].count > CREDIT_WORDS and first < i
        if above and facts[i].count >= ALT_WORDS and not SENTENCE_END.search(facts[i].core) and _may_caption(page, i):
            page.give(i, "caption")
        _twice(page, i, first <= i <= last)


def _twice(page: Page, i: int, inside: bool) -> None:
    """A line and the next where they are one caption twice: as the picture's other text, whole or cut, and below it."""
    one, two = page.facts[i], page.facts[i + 1]
    if one.count < 5 or one.mark == "#" or two.mark == "#":
        return
    if one.key == two.key:
        # Headlines stand twice too (in <title> and <h1>), but are no sentences.
        prose = sentence_like(one) and (inside or one.count >= TWICE_WORDS)
        alike = prose or page.labels[i] == "caption"
    else:
        alike = page.labels[i + 1] == "caption" and one.count >= ALT_WORDS and two.key.startswith(one.key)
    if alike:
        page.give(i, "caption")
        page.give(i + 1, "caption")


def _may_caption(page: Page, i: int) -> bool:
    """Whether line `i`, beside a credit, is its caption."""
    if not 0 <= i < len(page.facts) or page.labels[i] or not 2 <= page.facts[i].count <= 90:
        return False
    fact = page.facts[i]
    if (
        ASIDE & set(fact.cues)
        or (page.fixed[i] and page.article[i])
        or (fact.core[0].isdigit() and dated_or_signed(fact))
    ):
        return False
    return not page.article[i] or (not SENTENCE_END.search(fact.core) and fact.core[-1] not in ':,;”"’')


def _clips(page: Page) -> None:
    """Titles of films with their length."""
    for i, fact in enumerate(page.facts):
        if page.labels[i] is None and "clip" in fact.cues and fact.count <= 25:
            page.give(i, "promotion")


def _signatures(page: Page) -> None:
    """Bylines and dates that the learnt half takes for article below its first lines, as on pages without a menu."""
    first, last = page.bounds()
    for i in range(first + 1, min(first + 5, last)):
        fact = page.facts[i]
        if page.article[i] and fact.count <= 16 and not sentence_like(fact) and {"byline", "signed"} & set(fact.cues):
            page.give(i, "byline")


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
        quoted = fact.core[0] in "\"“‘«„'" or fact.core[-1] in '"”’»'
        mine = int(page.article[i])
        share = sum(where[run] > mine for run in runs[i]) / (len(runs[i]) or 1)
        signed = (
            i + 1 < len(facts)
            and facts[i + 1].count <= 12
            and (facts[i + 1].mark or facts[i + 1].core).startswith(_DASHES)
        )
        plain = quoted and sentence_like(fact)
        if share >= (QUOTE_SHARE if signed else 0.95) and (signed or plain) and _stands_in_longer(page, i, runs):
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
    first, last = page.start(), page.bounds()[1]
    for i, fact in enumerate(page.facts):
        if page.labels[i]:
            continue
        cues = fact.cues
        if page.article[i]:
            _cued_article(page, i, last)
        elif is_date_line(fact.core) or is_clock(fact) or READING_TIME.fullmatch(fact.core):
            page.give(i, "dateline")
        elif "player" in cues:
            page.give(i, "other")
        elif first - HEAD_REACH <= i < first and fact.count <= DATED_WORDS and any(dates_in(fact.core)):
            page.give(i, "byline" if {"byline", "signed"} & set(cues) or fact.words[0] == "by" else "dateline")
        elif "notice" in cues and not ("byline" in cues and i < first):
            page.give(i, "notice")
        elif {"byline", "signed"} & set(cues) and (first - HEAD_REACH <= i <= first or i in (last + 1, last + 2)):
            page.give(i, "byline")
        elif i > first and ("biography" in cues or _boxed(page, i)):
            page.give(i, "biography")
        elif "dateline" in cues and fact.count <= 14:
            page.give(i, "dateline")
        elif ("promotion" in cues or "end" in cues) and "navigation" not in cues:
            page.give(i, "promotion")
        elif "navigation" in cues:
            page.give(i, "navigation")


def _boxed(page: Page, i: int) -> bool:
    """Whether a sentence stands right below the heading of an author box."""
    above = page.facts[i - 1]
    return (
        page.labels[i - 1] == "biography" and above.count <= 4 and "end" in above.cues and sentence_like(page.facts[i])
    )


def _cued_article(page: Page, i: int, last: int) -> None:
    """What the learnt half takes for article although a short line's words say otherwise."""
    fact = page.facts[i]
    cues = fact.cues
    if is_date_line(fact.core) or is_clock(fact) or READING_TIME.fullmatch(fact.core):
        page.give(i, "dateline")
    elif _sources(fact, i, last):
        page.give(i, "notice")
    elif "player" in cues or not any(map(str.isalpha, fact.core)):
        page.give(i, "other")
    elif "call" in cues and fact.count <= CALL_WORDS and page.scores[i] < SURE:
        page.give(i, "promotion")
    elif "notice" in cues and fact.count <= 40 and page.scores[i] < 2:
        page.give(i, "notice")
    elif "promotion" in cues and fact.count <= 25 and not sentence_like(fact):
        page.give(i, "promotion")
    elif "biography" in cues and _signs_off(page, i, last):
        page.give(i, "biography")


def _sources(fact: Fact, i: int, last: int) -> bool:
    """Whether a line at the article's end is the list of its sources in brackets: "(VOA, AP, 3.5.2031)"."""
    core = fact.core
    if i < last - 2 or not (core[0] == "(" and core[-1] == ")" and fact.count <= 16):
        return False
    return any(outlet_named(part) for part in re.split(r"[,/;]| and ", core[1:-1]))


def _signs_off(page: Page, i: int, last: int) -> bool:
    """Whether a line like an author box stands where one does; the learnt half cannot tell authors from speakers."""
    quotes = any(mark in page.facts[i].core for mark in '"“”')
    return not quotes and (i >= last - 1 or (i == last - 2 and page.scores[i] < SURE))


def _subheads(page: Page) -> None:
    """Short lines inside the article that are no sentence; what is left of it is body."""
    first, last = page.bounds()
    for i, fact in enumerate(page.facts):
        if page.labels[i] is not None or not page.article[i]:
            continue
        short = fact.count <= SUBHEAD_WORDS and not SENTENCE_END.search(fact.core) and fact.core[-1] not in ':,;”"’'
        asks = fact.count <= 10 and fact.core.endswith("?") and fact.core[0] not in "\"“‘'"
        inside = first < i < last and (short or asks) and not fact.item
        if inside and page.article[i + 1] and (sentence_like(page.facts[i + 1]) or page.facts[i + 1].count > 12):
            page.give(i, "subhead")
        elif inside and not page.fixed[i] and (page.labels[i + 1] in ("promotion", "caption") or _plays(page, i + 1)):
            # A heading whose text is a promotion, a picture or a player is of that, not of the article.
            page.give(i, "caption" if page.labels[i + 1] == "caption" else "promotion")
        else:
            page.give(i, "body")


def _plays(page: Page, i: int) -> bool:
    """Whether line `i` is what is left of a player."""
    return "player" in page.facts[i].cues


def _rest(page: Page, i: int, bounds: tuple[int, int]) -> Label:
    """A line without any other sign, by shape and place."""
    fact, (first, last) = page.facts[i], bounds
    if page.article[i]:
        return "body"
    if first < i < last:
        amid = page.labels[i - 1] in BODY_LABELS and page.labels[i + 1] in BODY_LABELS and not page.fixed[i]
        if amid and fact.count >= AMID_WORDS and fact.repeats == 1 and not fact.cues and sentence_like(fact):
            return "body"
        return "caption" if sentence_like(fact) else "promotion" if fact.count >= 4 else "other"
    if fact.count <= 4 or fact.item:
        return "navigation"
    return "promotion" if fact.count <= 25 else "other"
