"""The act that a cue governs: what a candidate holds, and how an infinitive, a gerund or a noun behind a cue is read.

Invariant: what is returned are indexes of the sentence's words; nothing is accepted here.
"""

from dataclasses import dataclass
from functools import cache
from typing import Any

from tocsin.annotate.commitment_clauses import FINITE, NOUN, QUOTE, STOP, Subject, next_clause
from tocsin.annotate.commitment_words import Token, cue_words, data, titled

BE = frozenset(("be", "is", "are", "was", "were", "am", "'s", "'re", "'m", "been", "being", "remain", "remains",
                 "remained", "stands", "stand", "stood", "seems", "seem", "seemed"))  # fmt: skip
HAVE = frozenset(("have", "has", "had", "'ve", "having"))
_FEW = 3
"""Words of a quotation that is a part of a phrase: `would be "reinforcing" its troops`."""
_AWAY = 14
"""Words from a cue to an infinitive that hangs on it: a day, a place, a whom."""
OPEN_QUOTE = QUOTE | {"'", "‘", "’"}


@dataclass(frozen=True, slots=True)
class Candidate:
    """A possible commitment by token indexes. `family` is the kind of cue, `cue` its word, `at` its place.

    `start` is the first word of the action, `verb` the word that names the act, `end` is behind the action;
    `says` is true where the cue itself is an act of speech by the holder. `gap` lies inside the action and is none of
    it; `unless` is what averts an ultimatum's act.
    """

    family: str
    cue: str
    kind: str
    at: int
    start: int
    verb: int
    end: int
    holder: Subject | None = None
    negative: bool = False
    passive: bool = False
    says: bool = False
    hedges: tuple[tuple[int, int], ...] = ()
    gap: tuple[int, int] | None = None
    unless: tuple[int, int] | None = None


@cache
def cues() -> Any:
    return data("commitment_cues.json")


def inflected(lemma: str) -> list[str]:
    irregular = cues()["irregular"].get(lemma)
    if irregular:
        return list(irregular)
    stem = lemma[:-1] if lemma.endswith("e") and not lemma.endswith("ee") else lemma
    past = lemma + "d" if lemma.endswith("e") else lemma + "ed"
    third = lemma + "s"
    if lemma.endswith("y") and lemma[-2] not in "aeiou":
        past, third = lemma[:-1] + "ied", lemma[:-1] + "ies"
    return [lemma, third, past, stem + "ing"]


@cache
def lexicon(group: str) -> dict[str, tuple[str, dict[str, Any]]]:
    """Word form → (lemma, entry)."""
    table: dict[str, tuple[str, dict[str, Any]]] = {}
    for entry in cues()[group]:
        for lemma in entry["words"]:
            forms = inflected(lemma) if group in ("verbs", "controls", "clauses") else [lemma]
            for form in forms:
                table.setdefault(form, (lemma, entry))
    return table


def skip_adverbs(words: list[Token], i: int) -> int:
    """The first index from `i` on that is no adverb and no quotation mark."""
    while i < len(words) and (words[i].tag == "RB" or words[i].text in OPEN_QUOTE or words[i].low in ("also", "only")):
        i += 1
    return i


def opens_in_quote(words: list[Token], start: int) -> bool:
    return start > 0 and words[start - 1].text in OPEN_QUOTE and words[start - 1].text not in ("”", "»")


def act_end(words: list[Token], start: int) -> int:
    """Where the action that begins at `start` ends, a quotation mark just before it counted as its own."""
    end = next_clause(words, start)
    if (
        words[start].tag == "VBG"
    ):  # "prevent it from trading and block its ships": the base form belongs to another verb
        end = next(
            (
                k
                for k in range(start + 1, end)
                if words[k].tag == "CC" and words[k + 1 : k + 2] and words[k + 1].tag == "VB"
            ),
            end,
        )
    if end < len(words) and words[end].text in QUOTE and opens_in_quote(words, start):
        # `to “help each other” in defence`: the quotation ends inside the action only when more of the clause follows
        following = next_clause(words, end + 1)
        goes_on = words[end + 1].tag in ("IN", "TO", "CC") if end + 1 < len(words) else False
        if end - start <= _FEW and end + 1 < len(words):
            goes_on = goes_on or words[end + 1].tag in ("DT", "PPS", "NN", "NNS", "NNP", "JJ", "PRP")
        if following > end + 1 and words[end + 1].text not in (",", ".") and goes_on:
            return following
    return end


def infinitive(words: list[Token], i: int) -> tuple[int, bool] | None:
    """The index of the verb of an infinitive that begins at `i` with "to" or "not to", and whether it is denied."""
    denied = False
    i = skip_signs(words, i)
    if i < len(words) and words[i].low in ("not", "never"):
        denied = True
        i += 1
    if i >= len(words) or words[i].low != "to":
        return None
    i += 1
    while i < len(words) and (words[i].text in OPEN_QUOTE or words[i].tag == "RB" or _joins_adverbs(words, i)):
        denied = denied or words[i].low in ("not", "never")
        i += 1
    if i < len(words) and words[i].tag in ("VB", "VBP", "NN", "VBD", "VBN", "JJ"):
        return i, denied
    if i < len(words) and words[i].tag == "NNP" and titled(words):
        return i, denied
    return None


def _joins_adverbs(words: list[Token], i: int) -> bool:
    """Whether "and" at `i` joins two adverbs: "to quickly and quietly leave"."""
    return words[i].tag == "CC" and words[i - 1].tag == "RB" and i + 1 < len(words) and words[i + 1].tag == "RB"


def skip_signs(words: list[Token], i: int) -> int:
    while i < len(words) and words[i].text in OPEN_QUOTE:
        i += 1
    return i


def governed(words: list[Token], i: int, takes: str) -> tuple[int, int, bool] | None:
    """What a cue that ends before `i` governs: (first word of the action, its verb, denied), by the cue's `takes`."""
    forms = takes.split()
    if "np" in forms and i + 1 < len(words) and words[i].low == "more" and words[i + 1].tag in ("IN", "PU"):
        return i, i, False  # "vows more if"
    i = (
        skip_adverbs(words, i)
        if i < len(words) and words[i].tag == "RB" and words[i].low not in ("not", "never")
        else i
    )
    if "inf" in forms:
        found = infinitive(words, i)
        if found is not None:
            verb, denied = found
            if denied:
                first = skip_signs(words, i)
                return (first if words[first].low in ("not", "never") else verb), verb, True
            return verb, verb, False
    j = skip_signs(words, i)
    if (
        j < len(words)
        and words[j].low in ("to", "from", "on", "out", "toward", "towards", "in", "of", "for")
        and "ger" in forms
    ):
        j = skip_signs(words, j + 1)
        if j + 1 < len(words) and words[j].low in ("not", "never") and words[j + 1].tag == "VBG":
            return j, j + 1, True
    if "ger" in forms and j < len(words) and words[j].tag == "VBG":
        return j, j, False
    if "np" in forms and j < len(words) and words[j].tag in NOUN | {"JJ", "DT", "PPS", "CD"}:
        head = next((k for k in range(j, min(len(words), j + 6)) if words[k].tag in NOUN), None)
        while head is not None and head + 1 < len(words) and words[head + 1].tag in NOUN:
            head += 1
        if head is not None and (words[head].tag != "NNP" or titled(words)):
            return j, head, False
    return None


def hung_infinitive(words: list[Token], cue: int) -> tuple[int, int, bool] | None:
    """The infinitive that hangs on the cue in the tree, whatever stands between: "promised on Sunday to leave",
    "the right of states to decide"."""
    for k in range(cue + 2, min(len(words), cue + _AWAY)):
        if words[k].low == "to" and (found := infinitive(words, k)) is not None:
            verb, denied = found
            if (words[verb].head == cue or whose(words, cue, k)) and words[verb].tag in ("VB", "VBP"):
                return verb, verb, denied
        if words[k].tag in FINITE or words[k].text in STOP:
            return None
    return None


def whose(words: list[Token], cue: int, to: int) -> Subject | None:
    """Whose right or duty the noun at `cue` is, as "of" or "for" says before the "to": "the right of states to"."""
    if words[cue + 1].low not in ("of", "for") or to < cue + 3:
        return None
    inside = words[cue + 2 : to]
    plain = all(word.tag in NOUN or word.tag in ("DT", "JJ", "PPS", "CD", "PRP") or word.low == "of" for word in inside)
    return Subject(cue + 2, to, to - 1) if plain else None


def agent(words: list[Token], i: int) -> Subject | None:
    """The "by …" phrase behind a passive participle."""
    for k in range(i, min(len(words), i + 8)):
        if words[k].low == "by" and k + 1 < len(words) and words[k + 1].tag in NOUN | {"DT", "PRP", "PPS", "JJ"}:
            end = k + 1
            while end < len(words) and (
                words[end].tag in NOUN | {"DT", "JJ", "PPS", "CD", "POS", "PRP"} or words[end].low in ("of", "and")
            ):
                end += 1
            when = words[end - 1].low in cue_words("days") or words[end - 1].low in cue_words("time_nouns")
            means = any(words[m].low in cue_words("means") for m in range(k + 1, min(end, k + 4)))
            if not when and not means and any(words[m].tag in NOUN | {"PRP"} for m in range(k + 1, end)):
                return Subject(k + 1, end, end - 1)
        if words[k].text in (",", ";") or words[k].tag in FINITE:
            return None
    return None


def denies(group: list[Token]) -> bool:
    return any(word.low in ("not", "n't", "never", "no") for word in group)


def group_start(words: list[Token], i: int) -> int:
    """The first word of the verb group that ends at `i`: its auxiliaries and adverbs counted in."""
    k = i
    while k > 0 and (
        words[k - 1].tag in ("RB", "MD")
        or words[k - 1].text in QUOTE
        or words[k - 1].low in BE | HAVE | {"do", "does", "did"}
    ):
        if words[k - 1].tag == "RB" and (k < 2 or words[k - 2].tag in NOUN | {"PRP", "WH"}):
            break
        k -= 1
    return k


def skip_in_group(words: list[Token], i: int) -> int:
    """From inside a verb group to its next verb: adverbs, quotation marks, "n't"."""
    while i < len(words) and (words[i].tag == "RB" or words[i].text in OPEN_QUOTE):
        i += 1
    return i
