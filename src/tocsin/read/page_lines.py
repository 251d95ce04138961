"""The lines of one page while they are labelled, and what their shape says.

Invariant: a line known to be article stays article, a line known not to be never becomes it.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from tocsin.core.document import BODY_LABELS, Label
from tocsin.read.features import Fact, function_share

HEAD_REACH = 14
"""Non-blank lines above the article in which its date and byline stand; the headline is looked for thrice as far."""
SENTENCE_END = re.compile(r"[.!?…][\"”’'»)\]]*$")
_NAME_LINE = re.compile(r"(?:[A-Z][\w.’'-]*(?: (?:van|von|de|da|del|bin|al|el))*(?: |$)){2,4}$")
ASIDE = frozenset(
    ("promotion", "call", "player", "caption", "comments", "notice", "navigation", "comment_part", "dateline", "byline")
)


def sentence_like(fact: Fact) -> bool:
    """Whether a line reads as prose: enough words, function words among them, a sentence's end."""
    return fact.count >= 5 and SENTENCE_END.search(fact.core) is not None and function_share(fact) >= 0.15


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

    def bounds(self) -> tuple[int, int]:
        """First and last line of the article; (-1, -1) where there is none."""
        inside = [i for i, is_article in enumerate(self.article) if is_article]
        return (inside[0], inside[-1]) if inside else (-1, -1)

    def give(self, i: int, label: Label) -> None:
        """Label line `i` unless it has a label or was known to be of the other half."""
        if self.labels[i] is None and (not self.fixed[i] or self.article[i] == (label in BODY_LABELS)):
            self.labels[i] = label
            self.article[i] = label in BODY_LABELS
