"""Gives every line of a page one label: article, or which kind of boilerplate.

Invariant: nothing is deleted and no offset moves; every line of the text, blank ones too, comes back once, in order.
"""

from collections.abc import Sequence

from tocsin.core.document import Label, Line
from tocsin.read.features import split_lines, words_of


def label_lines(text: str) -> tuple[Line, ...]:
    """Every line of `text` (split at \\n, \\r\\n and \\r) with its label; blank lines are `other`."""
    ranges = split_lines(text)
    return relabel(text, ranges, [None] * len(ranges))


def relabel(text: str, lines_ranges: Sequence[tuple[int, int]], body: Sequence[bool | None]) -> tuple[Line, ...]:
    """The lines `lines_ranges` of `text` with labels, where `body` says of some that they are (not) the article.

    True: standfirst, body or subhead, never boilerplate; False: never those; None: the labeller decides.
    """
    lines = []
    for (start, end), known in zip(lines_ranges, body, strict=True):
        line = text[start:end].strip()
        label: Label = "other"
        if line and (known or (known is None and (len(words_of(line)) > 10 or line[-1] in '.!?"”'))):
            label = "body"
        lines.append(Line(start, end, label))
    return tuple(lines)
