"""The words of a sentence as the readers of commitments see them: tags folded to those that tell clauses apart.

Invariant: tokens lie in order, apart, inside the stretch asked for; no stretch is longer than `LONGEST`.
"""

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from tocsin.annotate.words import Word, in_title_case

LONGEST = 2000
"""Code points. No sentence of prose is longer; what is, is a table or an attack, and is read in stretches."""

_FOLDED = {
    "NNPS": "NNP", "PDT": "DT", "JJR": "JJ", "JJS": "JJ", "RBR": "RB", "RBS": "RB", "WP": "WH", "WDT": "WH",
    "WP$": "WH", "PRP$": "PPS", "FW": "NN", "UH": "RB", "LS": "CD", "SYM": "PU",
}  # fmt: skip
_RATHER = frozenset(("rather", "sooner"))
_WHO = frozenset(("i", "we", "they"))
_DO = frozenset(("do", "does", "did", "let"))
_PEOPLE = re.compile(r"(?:ers?|ors?|ists?|ians?|men|man|women|woman|ants?|ives?)$")
_SPACE = re.compile(r"\s")


@dataclass(frozen=True, slots=True)
class Token:
    """One word or sign at `[start, end)` of the text; `low` is it in lower case with straight apostrophes.

    `head` is the index, in the same stretch, of the word it hangs on (None at the root), `relation` how it hangs there.
    """

    start: int
    end: int
    text: str
    low: str
    tag: str
    head: int | None = None
    relation: str = ""


@cache
def data(name: str) -> Any:
    """A JSON table of this package's data folder, read once."""
    return json.loads(files("tocsin.annotate").joinpath("data", name).read_text(encoding="utf-8"))


@cache
def cue_words(name: str) -> frozenset[str]:
    """One of the word lists of data/commitment_lists.json."""
    return frozenset(data("commitment_lists.json")[name]["words"])


def stretches(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """`[start, end)` in pieces of at most `LONGEST`, cut at white space where there is some."""
    while end - start > LONGEST:
        cut = next((k for k in range(start + LONGEST, start + LONGEST // 2, -1) if _SPACE.match(text, k)), None)
        cut = cut if cut is not None else start + LONGEST
        yield start, cut
        start = cut
    if start < end:
        yield start, end


def tokens(found: list[Word], hanging: Sequence[tuple[int | None, str]] = ()) -> list[Token]:
    """The words of one stretch of a sentence; `hanging` gives each one's head, as an index in `found`, and relation."""
    out: list[Token] = []
    ruling = {head for head, relation in hanging if relation == "nsubj"} - {
        head for head, relation in hanging if relation == "cop"
    }
    for k, word in enumerate(found):
        head, relation = hanging[k] if hanging else (None, "")
        tag = _FOLDED.get(word.tag, word.tag)
        if tag == "NNS" and k and k + 1 < len(found) and _is_verb(word.low, out[-1].tag, found[k + 1]):
            tag = "VBZ"
        elif tag == "NNS" and relation == "advcl" and k and out[-1].tag in ("NN", "NNP", "NNS"):
            tag = "VBZ"  # "until Velta complies with it": by the tree a clause hangs there
        elif tag == "NNS" and k in ruling and relation == "root":
            tag = "VBZ"  # "whoever pays a listed group risks four years"
        elif tag == "VB" and k and out[-1].low in _WHO and not _asks(out):
            tag = "VBP"  # "if they cheat we start again"
        elif word.low == "need" and k + 1 < len(found) and found[k + 1].low in ("not", "n't"):
            tag = "MD"
        elif word.low == "'ll" or (word.low == "'d" and k + 1 < len(found) and found[k + 1].low in _RATHER):
            tag = "MD"  # the tagger takes one "’ll" in two, and the "'d" of "I'd rather", for a verb
        out.append(Token(word.start, word.end, word.text, word.low, tag if tag.isalpha() else "PU", head, relation))
    return out


def _asks(before: list[Token]) -> bool:
    """Whether the pronoun that ends `before` follows its helping verb: "will we start", "do they know"."""
    return len(before) > 1 and (before[-2].tag == "MD" or before[-2].low in _DO or before[-2].low == "n't")


def is_people(low: str) -> bool:
    """Whether a common noun is one of people, by its ending; wrong now and then ("power")."""
    return low not in cue_words("no_people") and _PEOPLE.search(low) is not None


_BASE = {"said": "say", "says": "say", "told": "tell", "thought": "think", "made": "make", "got": "get", "gave": "give",
         "went": "go", "came": "come", "took": "take", "left": "leave", "has": "have", "had": "have", "is": "be",
         "was": "be", "are": "be", "were": "be", "been": "be", "being": "be", "'s": "be", "knew": "know",
         "felt": "feel"}  # fmt: skip
_WHOLE = ("t", "k", "p", "n", "d", "l", "r", "w", "y", "sh", "ch")
"""Ends of a stem that had no "e" behind it, mostly: a wrong base form is as good a key to a weight as a right one."""
_CUT_E = ("at", "ur", "ar", "in", "id")


def stem(word: Token) -> str:
    """A rough base form, the same for most forms of one word."""
    low, tag = word.low, word.tag
    if low in _BASE:
        return _BASE[low]
    if tag in ("VBZ", "NNS") and low.endswith("s"):
        if low.endswith("ies"):
            return low[:-3] + "y"
        return low[:-2] if low.endswith(("sses", "ches", "shes", "xes")) else low[:-1]
    for tags, ending in ((("VBD", "VBN"), "ed"), (("VBG",), "ing")):
        if tag not in tags or not low.endswith(ending) or len(low) < len(ending) + 3:
            continue
        cut = low[: -len(ending)]
        if cut[-1] == cut[-2] and cut[-1] not in "sl":
            return cut[:-1]
        if cut.endswith("i"):
            return cut[:-1] + "y"
        return cut if cut.endswith(_WHOLE) and not (ending == "ed" and cut.endswith(_CUT_E)) else cut + "e"
    return low


def titled(words: list[Token]) -> bool:
    """Whether the words stand in title case, where a capital makes no name."""
    return in_title_case([word.text for word in words])


_OBJECTS = frozenset(("it", "him", "them", "us", "me", "her"))


def _is_verb(low: str, before: str, after: Word) -> bool:
    """Whether a word tagged as a plural noun is a verb: "Minsk requests it", "the law prevents Pence from"."""
    if before == "PRP":
        return True
    if before == "WH":
        return low in cue_words("third_person")
    if before not in ("NN", "NNP", "NNS"):
        return False
    return after.low in _OBJECTS or (
        after.tag in ("NNP", "DT", "PRP$", "TO", "PRP") and low in cue_words("third_person")
    )
