"""Gives every line of a page one label: article, or which kind of boilerplate.

Two steps: a learnt one (`article.py`) says which lines are the article, rules over cues (`kinds.py`) say the rest.
Invariant: nothing is deleted and no offset moves; every line of the text, blank ones too, comes back once, in order.
"""

from collections.abc import Sequence

from tocsin.core.document import Label, Line
from tocsin.read.article import article_scores
from tocsin.read.features import facts_of, paragraphs, split_lines
from tocsin.read.kinds import label_kinds


def label_lines(text: str) -> tuple[Line, ...]:
    """Every line of `text` (split at \\n, \\r\\n and \\r) with its label; blank lines are `other`."""
    ranges = split_lines(text)
    return relabel(text, ranges, [None] * len(ranges))


def relabel(text: str, lines_ranges: Sequence[tuple[int, int]], body: Sequence[bool | None]) -> tuple[Line, ...]:
    """The lines `lines_ranges` of `text` with labels, where `body` says of some that they are (not) the article.

    True: standfirst, body or subhead, never boilerplate; False: never those; None: the labeller decides.
    """
    # Where another reader knows the blocks, its lines are whole.
    runs = paragraphs(text, lines_ranges) if all(certain is None for certain in body) else None
    facts = facts_of(text, lines_ranges, runs)
    scores = article_scores(facts)
    known = [body[fact.index] for fact in facts]
    article = [score >= 0 if certain is None else certain for score, certain in zip(scores, known, strict=True)]
    kinds = label_kinds(facts, article, [certain is not None for certain in known], scores)
    labels: list[Label] = ["other"] * len(lines_ranges)
    for fact, kind in zip(facts, kinds, strict=True):
        labels[fact.index : fact.last + 1] = [kind] * (fact.last + 1 - fact.index)
    return tuple(Line(start, end, label) for (start, end), label in zip(lines_ranges, labels, strict=True))
