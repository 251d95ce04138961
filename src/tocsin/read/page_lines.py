"""The lines of one page while they are labelled, and what their shape says.

Invariant: a line known to be article stays article, a line known not to be never becomes it.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from tocsin.core.document import BODY_LABELS, Label
from tocsin.read.features import Fact, function_share
from tocsin.read.page_dates import dates_in

APART = 70
"""Longest title or standfirst, in words, that date and byline may stand below."""
HEAD_REACH = 14
"""Non-blank lines above the article in which its date and byline stand; the headline is looked for thrice as far."""
SENTENCE_END = re.compile(r"[.!?…][\"”’'»)\]]*(?:\[\d{1,3}\][\"”’']?){0,4}$")
"""A sentence's end, footnote marks behind it or not."""
_NAME_LINE = re.compile(r"(?:[A-Z][\w.’'-]*(?: (?:van|von|de|da|del|bin|al|el))*(?: |$)){2,4}$")
ASIDE = frozenset(
    (
        "promotion", "call", "player", "caption", "credited", "clip", "comments", "notice", "navigation",
        "comment_part", "dateline", "byline", "signed",
    )
)  # fmt: skip


def sentence_like(fact: Fact) -> bool:
    """Whether a line reads as prose: enough words, function words among them, a sentence's end."""
    return fact.count >= 5 and SENTENCE_END.search(fact.core) is not None and function_share(fact) >= 0.15


def name_like(fact: Fact) -> bool:
    """Whether a line is two to four capitalised words, as a name is."""
    return 2 <= fact.count <= 5 and not fact.core.isupper() and _NAME_LINE.match(fact.core.rstrip(" ,|")) is not None


def dated_or_signed(fact: Fact) -> bool:
    """Whether a short line shows a date or an author, as those between a headline and its article do."""
    if fact.count > 18 or not fact.words:
        return False
    return bool({"byline", "signed"} & set(fact.cues)) or any(dates_in(fact.core))


@dataclass(slots=True)
class Page:
    """The lines of one page with what is decided so far. `fixed` lines were known beforehand."""

    facts: Sequence[Fact]
    article: list[bool]
    fixed: Sequence[bool]
    scores: Sequence[float]
    labels: list[Label | None] = field(default_factory=list)

    def bounds(self) -> tuple[int, int]:
        """First and last line of the article; (-1, -1) where there is none."""
        inside = [i for i, is_article in enumerate(self.article) if is_article]
        return (inside[0], inside[-1]) if inside else (-1, -1)

    def start(self) -> int:
        """The first line of the article's text: past a title and a standfirst set apart from it by date or byline."""
        first, last = self.bounds()
        if first < 0:
            return first
        for _step in range(2):
            near = range(first + 1, min(last + 1, first + HEAD_REACH))
            after = next((i for i in near if self.article[i]), -1)
            between = range(first + 1, after)
            if self.facts[first].count > APART or not any(dated_or_signed(self.facts[i]) for i in between):
                break
            first = after
        return first

    def give(self, i: int, label: Label) -> None:
        """Label line `i` unless it has a label or was known to be of the other half."""
        if self.labels[i] is None and (not self.fixed[i] or self.article[i] == (label in BODY_LABELS)):
            self.labels[i] = label
            self.article[i] = label in BODY_LABELS
