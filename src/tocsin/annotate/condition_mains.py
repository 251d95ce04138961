"""Where the main clause begins behind a condition that leads without a comma: "if they let him go | he will be up".

Invariant: a main clause begins at the subject of a modal, of "is to" or "has to", or at a pronoun that can only be a
subject, behind a verb of the condition; what that verb says or thinks is no main clause.
"""

from tocsin.annotate.commitment_clauses import (
    FINITE,
    NOUN,
    STOP,
    VERB,
    Subject,
    clause_follows,
    says_follows,
    subject,
)
from tocsin.annotate.commitment_words import Token, cue_words

_FAR = 60
"""Words from a condition's verb to the verb of its main clause."""
_PHRASE = 20
"""Words from the beginning of a phrase to the modal of its main clause."""
_TRIED = 4
"""Verbs asked for their subject."""
_NOMINATIVE = frozenset(("he", "she", "we", "they", "i"))
_SEMI = frozenset(("is", "are", "am", "was", "were", "'s", "'re", "'m", "has", "have", "had"))
_PRESENT = frozenset(("VBZ", "VBP"))
_BINDS = frozenset(("WH", "WRB", "CC", "TO"))
"""Tags of words behind which a clause belongs to what stands before them."""
_JOINS = frozenset(("that", "as", "than", "because", "whether", "if", "while", "so", "before", "after", "until", "for"))


def main_start(words: list[Token], verb: int, end: int) -> int | None:
    """Where the main clause begins behind the condition whose verb stands at `verb`, or at its comma, where that is
    before `end` or right behind what ends there as an aside ("the growers, who vote for him, will")."""
    if _main_behind(words, end):
        return None
    tried = 0
    for k in range(verb + 1, min(len(words), verb + _FAR)):
        if k >= end and words[k - 1].text != ",":
            if words[k].text in STOP:
                return None
            continue
        if not _leads_act(words, k):
            continue
        tried += 1
        if tried > _TRIED:
            return None
        who = subject(words, k)
        if who is not None and verb < who.start < end and _free(words, who, k):
            return who.start - 1 if words[who.start - 1].text == "," else who.start
    return None


def behind_phrase(words: list[Token], start: int, end: int) -> int | None:
    """Where the main clause begins behind a phrase at `start` that leads: "in return for the lease | Velta will"."""
    modal = next((k for k in range(start + 1, min(end, start + _PHRASE)) if words[k].tag in FINITE), None)
    if modal is None or words[modal].tag != "MD":
        return None
    if any(word.low == "that" or word.tag in ("WH", "WRB") for word in words[start + 1 : modal]):
        return None  # "said after the vote that banks would open"
    who = subject(words, modal)
    if who is not None and who.start > start:
        return who.start - 1 if words[who.start - 1].text == "," else who.start
    for k in range(modal - 1, start + 1, -1):
        if words[k].tag == "NNP" and words[k - 1].tag in ("NN", "NNS"):
            return k
        if words[k].tag not in NOUN:
            return None
    return None


def _main_behind(words: list[Token], end: int) -> bool:
    """Whether a main clause stands behind the comma at `end`: then what stands before it is all the condition's."""
    if end + 1 >= len(words) or words[end].text != "," or words[end + 1].tag in ("CC", "WH"):
        return False
    return clause_follows(words, end + 1) and not says_follows(words, end + 1)


def _leads_act(words: list[Token], k: int) -> bool:
    """Whether the verb at `k` may be that of a main clause: a modal, "is to", or behind a pronoun a present."""
    word = words[k]
    if word.tag == "MD":
        return True
    if word.low in _SEMI and k + 1 < len(words) and words[k + 1].low == "to":
        return True
    vows = (
        word.low in _SEMI
        and words[k + 2 : k + 3]
        and words[k + 2].low == "to"
        and words[k + 1].low in cue_words("vowed")
    )
    if vows:  # "if it rains he has agreed to"
        return True
    near = words[k - 1].low in _NOMINATIVE and words[k - 2].tag in VERB | {"RP", "RB"}
    return word.tag in _PRESENT and near


def _free(words: list[Token], who: Subject, verb: int) -> bool:
    """Whether nothing before the subject of the verb at `verb` binds its clause: "says | they will", "that he will"."""
    before = words[who.start - 1]
    if words[verb - 1].tag == "WH" or any(words[k].low in ("who", "which") for k in range(who.end, verb - 1)[:1]):
        return False
    if before.low == "that":
        return before.tag == "DT" and words[who.start - 2].tag in ("IN", "TO")
    if before.tag in _BINDS or before.low in _JOINS or _tells(words, who.start - 1):
        return False
    pronoun = words[who.start].low in _NOMINATIVE
    return pronoun or before.tag != "IN" or before.low in ("in", "up", "out", "over", "off", "on", "down", "through")


def _tells(words: list[Token], k: int) -> bool:
    """Whether the word at `k`, or the verb whose object it is ("tells them they will"), tells or thinks."""
    low, tag = words[k].low, words[k].tag
    if tag in VERB | {"JJ"} and low in cue_words("says") | cue_words("believing") | cue_words("asking_verbs"):
        return True
    if (low in cue_words("ensuring") and tag in VERB) or (low in cue_words("believing") and tag in NOUN):
        return True
    told = k > 0 and words[k].tag in NOUN | {"PRP"} and words[k - 1].tag in FINITE | {"VB", "VBN"}
    return told and words[k - 1].low in cue_words("says")
