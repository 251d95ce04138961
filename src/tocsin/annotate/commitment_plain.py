"""Acts told without a word of commitment: "we do not negotiate", "is not leaving", "ordered that it be released".

Invariant: a candidate's action and holder are words of the sentence; nothing is accepted here. Most such sentences tell
only what is so: `commitment_score.py` sorts them out.
"""

from collections.abc import Iterator
from typing import Any

from tocsin.annotate.commitment_acts import BE, HAVE, Candidate, act_end, denies, group_start, lexicon, skip_in_group
from tocsin.annotate.commitment_clauses import FINITE, Subject, subject
from tocsin.annotate.commitment_words import Token, cue_words, stem

_FIRST = frozenset(("i", "we"))
_NOW = frozenset(("is", "are", "am", "'s", "'re", "'m"))
_HANGS = frozenset(("aux", "auxpass", "cop", "acl:relcl", "advcl", "acl", "csubj"))
_PARTIES = frozenset(("party", "parties", "member", "members", "signatory", "signatories", "side", "sides"))
_EVERY = frozenset(("each", "either", "every", "any", "no", "neither"))
_CALLS = frozenset(("call", "talk"))
"""What speakers do while they speak: "we call on them to"."""
_SHORT = 8
"""Words back to a short subject."""
_CLAUSE = 14
"""Words from "that" to the base form of what is ordered."""


def plain_candidates(words: list[Token]) -> Iterator[Candidate]:
    """Every denied act in the present, every act going on that a party to it denies or tells, every order's clause."""
    for i, word in enumerate(words):
        if word.low in ("do", "does") and word.tag in FINITE:
            yield from _denied(words, i)
        elif word.low in _NOW and word.tag in FINITE | {"POS"}:
            yield from _going_on(words, i)
        elif word.low == "that" and i and (hit := _orders(words[i - 1].low)) is not None:
            yield from _ordered(words, i, *hit)
        elif word.tag in ("VBP", "VBZ") and word.relation not in _HANGS:
            yield from _habit(words, i)


def _habit(words: list[Token], i: int) -> Iterator[Candidate]:
    """ "we open the gate at any hour", "each side pays for its own": what we do, what parties do under their treaty."""
    base, low = stem(words[i]), words[i].low
    known = cue_words("statives") | cue_words("says") | cue_words("believing") | cue_words("asking_verbs")
    if base in known or low in known or low in lexicon("verbs") or base in _CALLS:
        return
    near = {word.low for word in words[max(0, i - _SHORT) : i]}
    ours, parties = bool(near & _FIRST) and base in cue_words("levers"), bool(near & _PARTIES)
    holder = subject(words, i) if ours or parties else None
    if holder is None:
        return
    head, first = words[holder.head].low, words[holder.start].low
    bound = head in _PARTIES and (first in _EVERY or head.endswith("s")) and first not in ("some", "many", "most")
    if (ours and head in _FIRST) or bound:
        cue = "parties" if bound else "we"
        yield Candidate("plain", cue, "promise", i, i, i, act_end(words, i), holder, first == "no")


def _denied(words: list[Token], i: int) -> Iterator[Candidate]:
    """ "do not negotiate", "doesn't take orders"."""
    verb = skip_in_group(words, i + 1)
    if verb >= len(words) or words[verb].tag not in ("VB", "VBP") or not denies(words[i + 1 : verb]):
        return
    holder = subject(words, i)
    if holder is not None and words[verb].low not in cue_words("statives"):
        yield Candidate("plain", "do", "promise", i, i, verb, act_end(words, verb), holder, True)


def _going_on(words: list[Token], i: int) -> Iterator[Candidate]:
    """ "is not leaving", "we're voting": what is going on is a plan where it is denied or told by who does it."""
    verb = skip_in_group(words, i + 1)
    if verb >= len(words) or words[verb].tag != "VBG" or words[verb].low in ("gon", "being"):
        return
    if words[verb].low == "going" and verb + 1 < len(words) and words[verb + 1].low == "to":
        return
    holder, denied = subject(words, i), denies(words[i + 1 : verb])
    if holder is not None and (denied or words[holder.head].low in _FIRST):
        yield Candidate("plain", "be", "promise", i, i, verb, act_end(words, verb), holder, denied)


def _orders(low: str) -> tuple[str, dict[str, Any]] | None:
    """The verb of ordering that the word is a form of, with its entry."""
    return lexicon("controls").get(low) or lexicon("clauses").get(low)


def _ordered(words: list[Token], that: int, lemma: str, entry: dict[str, Any]) -> Iterator[Candidate]:
    """ "ordered that the records be released", "requires that members pay": who is to do it is bound."""
    for k in range(that + 2, min(len(words), that + _CLAUSE)):
        if words[k].tag in FINITE and words[k].tag != "VBP":
            return
        if words[k].tag not in ("VB", "VBP"):
            continue
        if words[k].tag == "VBP" and words[k].low in BE | HAVE:
            return  # "insisted that they are ready"
        bound: Subject | None = subject(words, group_start(words, k))
        passive = words[k].low in BE and k + 1 < len(words) and words[k + 1].tag in ("VBN", "VBD")
        if bound is not None and bound.start > that:
            start = bound.start if passive else k
            holder = None if passive else bound
            yield Candidate(
                "control", lemma, entry["kind"], that - 1, start, k + passive, act_end(words, k + passive), holder,
                bool(entry.get("negative")), passive,
            )  # fmt: skip
        return
