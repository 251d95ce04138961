"""A page's lines and what can be counted on each of them: the input of the line labeller.

Invariant: ranges are native code points of the text, in order, without line ends; every pass is linear in the text.
"""

import re
from collections.abc import Sequence

LINE_END = re.compile(r"\r\n|\n|\r")


def split_lines(text: str) -> tuple[tuple[int, int], ...]:
    """Ranges of all lines of `text`, blank ones too, split at \\n, \\r\\n and \\r only."""
    ranges: list[tuple[int, int]] = []
    start = 0
    for end in LINE_END.finditer(text):
        ranges.append((start, end.start()))
        start = end.end()
    if start < len(text) or not ranges:
        ranges.append((start, len(text)))
    return tuple(ranges)


def words_of(line: str) -> Sequence[str]:
    """The words of a line, lower-cased."""
    return re.findall(r"\w+", line.lower())
