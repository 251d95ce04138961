"""Words with coarse Penn tags: a tokeniser and a two-tag hidden Markov model over counted words.

`data/tags.json` holds the counts: how often a written word bore a tag, how often one tag followed another, and the same
for endings of rare words. A word's span is a slice of the text; clitics ('s, n't, 're) are words of their own.
"""

import json
import re
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib import resources
from typing import Any

from tocsin.annotate.sentences import abbreviations

_TOKEN = re.compile(
    r"(?:[A-Za-z]\.){2,}(?:[A-Za-z](?!\w))?"  # U.S., a.m
    r"|[@#]\w+"
    r"|https?://\S+"
    r"|\d+(?:-[^\W\d_]+)+"
    r"|\d+(?:[.,:]\d+)*(?:st|nd|rd|th|s|m|bn|k)?(?!\w)"
    r"|[^\W_]+(?:[-'’&/][^\W_]+)*"
    r"|\.{2,}|-{2,}|''|``|\S",
)
_CLITIC = re.compile(r"(.+?)(n['’]t|['’](?:s|S|re|ve|ll|d|m))$", re.IGNORECASE)
MAX_WORD = 60
"""No word is longer; longer runs of letters are one unknown token each, looked at no further."""


@dataclass(frozen=True, slots=True)
class Word:
    """One token: its place in the document, its lower-case form and its tag."""

    start: int
    end: int
    text: str
    low: str
    tag: str = ""


def tokenise(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """The tokens of `text[start:end]` as ranges, in order."""
    out: list[tuple[int, int]] = []
    short = abbreviations()
    for found in _TOKEN.finditer(text, start, end):
        a, b = found.span()
        word = text[a : min(b, a + MAX_WORD + 1)]
        if ("'" in word or "’" in word) and len(word) > 2 and len(word) <= MAX_WORD:
            clitic = _CLITIC.fullmatch(word)
            if clitic:
                cut = a + len(clitic.group(1))
                out += [(a, cut), (cut, b)]
                continue
        if b < end and text[b] == "." and len(word) <= MAX_WORD and word[0].isalpha():
            low = word.lower()
            dotted = low in short.never or low in short.maybe or (len(word) == 1 and word.isupper())
            if dotted and not (low in short.never and word.islower() and low in ("v", "al")):
                out.append((a, b + 1))
                continue
        if out and word == "." and out[-1][1] == b:
            continue
        out.append((a, b))
    return out


@dataclass(frozen=True, slots=True)
class Model:
    """Costs (-log2, times 100) of the tagger."""

    words: dict[str, dict[str, int]]
    endings: dict[str, dict[str, int]]
    after: dict[str, dict[str, int]]


@cache
def model() -> Model:
    """The tagger's costs, read once."""
    raw: dict[str, Any] = json.loads(resources.files("tocsin.annotate").joinpath("data/tags.json").read_text("utf-8"))
    words: dict[str, dict[str, int]] = {}
    for key, names in raw["words"].items():
        costs = {tag: int(cost) for tag, cost in (part.split(":") for part in key.split())}
        words.update(dict.fromkeys(names.split(" "), costs))
    return Model(words, raw["endings"], raw["after"])


_FIXED = {
    **dict.fromkeys([",", "،"], ","),
    **dict.fromkeys([".", "?", "!"], "."),
    **dict.fromkeys(["(", "[", "{"], "-LRB-"),
    **dict.fromkeys([")", "]", "}"], "-RRB-"),
    **dict.fromkeys(["“", "‘", "«", "``"], "``"),
    **dict.fromkeys(["”", "’", "»", "''", "'"], "''"),
    **dict.fromkeys(["$", "€", "£", "#", "%"], "$"),
    "&": "CC",
}
_FIRST_NAME_COST = 250
"""What it costs to read a known word at a sentence's head as a name: one case in six on PolNeAR train."""
_AUXILIARIES = frozenset(
    ("be", "is", "are", "was", "were", "been", "being", "am", "'s", "'re", "'m", "have", "has", "had", "having", "'ve")
)
TITLE_CASE = 0.85
"""A line in which a larger share of the words of four letters or more is capitalised is a headline in title case,
where capitals tell nothing."""
UNSEEN = 800
"""The cost of a tag after one that it never followed."""
OPENING = ("``", ":", "-LRB-", "^")


def _mark(word: str, before: str, previous: int, start: int) -> str:
    """The tag of a token without letters or digits, after the word `before` that ends at `previous`."""
    if word in "'’" and previous == start and before[-1:] in "sz":
        return "POS"
    if word == '"':
        return "``" if previous < start else "''"
    return _FIXED.get(word, ":")


def _unknown(low: str) -> dict[str, int]:
    endings = model().endings
    for length in (4, 3, 2):
        if low[-length:] in endings and len(low) > length + 1:
            return endings[low[-length:]]
    return endings[""]


def _candidates(word: str, low: str, before: str, titled: bool) -> dict[str, int]:
    """The tags that a word may bear, with their costs. `before` is "^" at a sentence's head."""
    if word[0].isdigit():
        return {"JJ": 0} if word[-1].isalpha() and "-" in word else {"CD": 0}
    if word[0] in "@#" or low.startswith("http"):
        return {"NNP": 0}
    known = model().words.get(low)
    if not word[0].isupper():
        if known is not None:
            return known
        if "-" in low and not low.endswith(("ing", "ed")):
            return {"JJ": 60, "NN": 150}
        return _unknown(low)
    if known is not None and (low == "i" or low.startswith("i'")):
        return known
    if len(word) > 1 and word.isupper() and not titled:
        return {"NNP": 0}
    if titled or before in OPENING:
        if known is not None:
            return {**known, "NNP": _FIRST_NAME_COST}
        return {"NNP": 30, **{tag: cost + 250 for tag, cost in _unknown(low).items()}}
    return {"NNP": 0} if known is None or before == "NNP" else {"NNP": 0, **{t: c + 500 for t, c in known.items()}}


def _settle(lows: list[str], tags: list[str]) -> None:
    """Make a participle without an auxiliary, after a subject and an adverb, the past tense it must be."""
    known = model().words
    for place in range(1, len(tags)):
        if tags[place] != "VBN" or "VBD" not in known.get(lows[place], ()):
            continue
        before = place - 1
        while before > 0 and tags[before] == "RB":
            before -= 1
        subject = tags[before] in ("PRP", "WP") or (before < place - 1 and tags[before] in ("NNP", "NN", "NNS"))
        if subject and not any(low in _AUXILIARIES for low in lows[max(0, place - 5) : place]):
            tags[place] = "VBD"


def in_title_case(words: list[str]) -> bool:
    """Whether capitals tell nothing in this sentence."""
    long = [word for word in words if len(word) > 3 and word[0].isalpha()]
    return len(long) > 2 and sum(word[0].isupper() for word in long) > TITLE_CASE * len(long)


def tag(text: str, ranges: list[tuple[int, int]], shift: int = 0) -> list[Word]:
    """The words of one sentence with the cheapest sequence of tags, their places moved on by `shift`."""
    after = model().after
    words = [text[a:b] for a, b in ranges]
    titled = in_title_case(words)
    beams: list[dict[str, tuple[int, str]]] = [{"^": (0, "")}]
    lows = []
    place = "^"
    for index, word in enumerate(words):
        low = word[:MAX_WORD].lower().replace("’", "'")
        lows.append(low)
        if word[0].isalnum() or word[0] in "@#" or (word[0] in "'’" and len(word) > 1 and word != "''"):
            costs = _candidates(word, low, place, titled)
        else:
            before = words[index - 1] if index else ""
            costs = {_mark(word, before, ranges[index - 1][1] if index else -1, ranges[index][0]): 0}
        behind = [(total, previous, after[previous]) for previous, (total, _) in beams[-1].items()]
        if len(behind) == 1:  # most words follow one that can bear a single tag
            total, previous, row = behind[0]
            beams.append({name: (total + row.get(name, UNSEEN) + cost, previous) for name, cost in costs.items()})
        else:
            beams.append(
                {
                    name: min([(total + row.get(name, UNSEEN) + cost, previous) for total, previous, row in behind])
                    for name, cost in costs.items()
                }
            )
        place = next(iter(costs)) if len(costs) == 1 else ""
    name = min(beams[-1], key=lambda key: (beams[-1][key][0], key))
    tags = []
    for beam in reversed(beams[1:]):
        tags.append(name)
        name = beam[name][1]
    tags.reverse()
    _settle(lows, tags)
    return [Word(a + shift, b + shift, w, low, t) for (a, b), w, low, t in zip(ranges, words, lows, tags, strict=True)]


KEPT_LENGTH, KEPT = 400, 512
"""Sentences of at most so many code points, and so many of them, are kept tagged: three stages ask for each sentence of
a page in turn. The 150 pages it was measured on hold 30 sentences each; at worst (every code point a word) some 60 MiB
are kept, where `outer` holds a whole page's words at once anyway."""


@lru_cache(maxsize=KEPT)
def _kept(piece: str, start: int) -> tuple[Word, ...]:
    """The tagged words of a sentence that begins at `start`. Nothing outside a sentence bears on its words."""
    return tuple(tag(piece, tokenise(piece, 0, len(piece)), start))


def words_of(text: str, start: int, end: int) -> list[Word]:
    """The tagged words of the sentence `text[start:end]`."""
    if end - start > KEPT_LENGTH:
        return tag(text, tokenise(text, start, end))
    return list(_kept(text[start:end], start))
