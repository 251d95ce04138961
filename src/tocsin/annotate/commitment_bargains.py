"""Bargains without a verb: "No inspectors, no parts": the second hangs on the first.

Invariant: a bargain is a whole clause of two phrases with "no"; its act and its condition share no word.
"""

from collections.abc import Iterator

from tocsin.annotate.commitment_acts import Candidate
from tocsin.annotate.commitment_clauses import DASH, NOUN, QUOTE, STOP, VERB
from tocsin.annotate.commitment_words import Token
from tocsin.annotate.condition_spans import Found

_LONGEST = 6
"""Words of either phrase."""
_ENDS = frozenset((",", ".", ";", ":", "!", "?")) | QUOTE | STOP | DASH


def bargains(words: list[Token]) -> Iterator[tuple[Candidate, Found]]:
    """Each "no X, no Y" of the sentence: the act, which is refused, and what it waits for."""
    for i, word in enumerate(words):
        if word.low != "no" or (i and words[i - 1].text not in _ENDS and words[i - 1].low not in ("if", "and", "but")):
            continue
        if i and words[i - 1].text == "," and any(one.low == "no" for one in words[max(0, i - 1 - _LONGEST) : i]):
            continue
        comma = _phrase(words, i + 1)
        if comma is None or comma + 1 >= len(words) or words[comma].text != "," or words[comma + 1].low != "no":
            continue
        end = _phrase(words, comma + 2)
        if end is None:
            continue
        if end + 1 < len(words) and words[end].text == "," and words[end + 1].low == "no":
            continue  # "no money, no food, no water": a list of what there is not
        act = Candidate("present", "no", "refusal", comma + 1, comma + 1, end - 1, end, None, True)
        yield act, Found(i, i, comma, "if")


def _phrase(words: list[Token], start: int) -> int | None:
    """Where a phrase of nouns that begins at `start` ends, at a sign."""
    for k in range(start, min(len(words), start + _LONGEST)):
        if words[k].text in _ENDS:
            return k if k > start and words[k - 1].tag in NOUN | {"VBG"} else None
        if words[k].tag in VERB - {"VBG"} or words[k].tag in ("PRP", "MD"):
            return None
    return len(words) if start < len(words) <= start + _LONGEST and words[-1].tag in NOUN else None
