"""Acts told in the present with a condition: "Arna stays out as long as", "if attacked, members come to its aid".

A treaty, an order or a standing threat needs no modal: what makes it one is the condition that hangs on the verb.

Invariant: an act is found only where a condition hangs on its clause in the tree of the sentence; it holds no word of
that condition.
"""

from collections.abc import Sequence

from tocsin.annotate.commitment_acts import Candidate, act_end, agent, denies
from tocsin.annotate.commitment_clauses import FINITE, QUOTE, STOP, Subject, noun_phrase, subject
from tocsin.annotate.commitment_words import Token, cue_words
from tocsin.annotate.condition_spans import Found, first_finite

_CLAUSE = 20
"""Words looked at for the verb of a clause beside a condition."""
_CLIMBS = 6
"""Heads gone up from a condition to the finite verb of its main clause; prose needs two or three."""
_GROUP = frozenset(("aux", "auxpass", "neg", "advmod"))
_WHOEVER = frozenset(("whoever", "anyone", "anybody", "everyone", "everybody", "any", "those", "all"))
_BE = frozenset(("is", "are", "am", "'s", "'re", "'m"))
_DOES = 4
"""Words behind a form of "be" in which it takes a participle or "to": what only is so is no act."""
_PRESENT = frozenset(("VBZ", "VBP"))


def present_act(words: list[Token], condition: Found, taken: Sequence[Candidate]) -> Candidate | None:
    """The act in the present that the condition hangs on, where no other candidate has its verb."""
    verb = governor(words, condition)
    if verb is None:
        verb = _beside(words, condition)
    if verb is None:
        return None
    word = words[verb]
    if word.tag == "VB" and verb and words[verb - 1].low == "to":
        return _infinitive(words, verb, condition, taken)
    if word.low in cue_words("says") or word.low in cue_words("believing") or word.low in cue_words("asking_verbs"):
        return None
    if word.low in _BE and not any(one.tag in ("VBN", "VBG", "TO") for one in words[verb + 1 : verb + 1 + _DOES]):
        return None
    helpers = [k for k in range(max(0, verb - 6), verb) if words[k].head == verb and words[k].relation in _GROUP]
    finite = [k for k in helpers if words[k].relation in ("aux", "auxpass")]
    if any(words[k].tag == "MD" or words[k].low in ("to", "did", "was", "were", "had") for k in finite):
        return None
    first = min(finite, default=verb)
    if words[first].tag not in _PRESENT:
        return None
    if _taken(verb, taken):
        return None
    passive = any(words[k].relation == "auxpass" for k in finite)
    who = subject(words, first)
    start = first
    holder = who
    if passive and who is not None:
        start, holder = (who.start if who.end >= first - 1 else first), agent(words, verb + 1)
    end = act_end(words, verb)
    if condition.at > verb:
        end = min(end, condition.at)
    if end <= verb or condition.start <= verb < condition.end:
        return None
    return Candidate(
        "present", word.low, "promise", first, start, verb, end, holder, denies(words[first:verb]), passive
    )


def _taken(verb: int, taken: Sequence[Candidate]) -> bool:
    return any(act.verb == verb or (act.start <= verb <= act.verb) for act in taken)


def _infinitive(words: list[Token], verb: int, condition: Found, taken: Sequence[Candidate]) -> Candidate | None:
    """ "has orders to fire if …": whoever the clause is about is to act, whatever the word that governs it."""
    if _taken(verb, taken) or condition.start <= verb < condition.end:
        return None
    finite = next((k for k in range(verb - 1, -1, -1) if words[k].tag in FINITE), None)
    start = verb - 2 if verb > 1 and words[verb - 2].low in ("not", "never") else verb
    end = act_end(words, verb)
    if condition.at > verb:
        end = min(end, condition.at)
    if finite is None or end <= verb:
        return None
    holder = _for_whom(words, start) or subject(words, finite)
    head = words[verb].head
    cue = words[head].low if head is not None and finite <= head < verb else words[finite].low
    return Candidate("infinitive", cue, "promise", verb - 1, start, verb, end, holder, start < verb)


def _for_whom(words: list[Token], start: int) -> Subject | None:
    """Who is to act by "for": "makes it easier for the families to sue"."""
    phrase = noun_phrase(words, start - 2) if start > 2 and words[start - 1].low == "to" else None
    return phrase if phrase is not None and phrase.start and words[phrase.start - 1].low == "for" else None


def _beside(words: list[Token], condition: Found) -> int | None:
    """The finite verb of the clause beside the condition, where the tree has none: behind it where it leads."""
    if condition.at <= 2 and condition.end < len(words):
        found = first_finite(words, condition.end, _CLAUSE)
        return found if found is not None and words[found].tag in _PRESENT else None
    for k in range(condition.at - 1, max(-1, condition.at - _CLAUSE), -1):
        if words[k].tag in FINITE:
            return k if words[k].tag in _PRESENT else None
        if words[k].text in STOP or words[k].text in QUOTE:
            return None
    return None


def governor(words: list[Token], condition: Found) -> int | None:
    """The verb of the clause that the condition's clause or phrase hangs on, gone up the tree."""
    inside = range(condition.at, condition.end)
    behind = condition.end
    if behind < len(words) and words[behind].tag in _PRESENT and words[condition.at].low in _WHOEVER:
        root = words[behind].head
        helper = words[behind].relation in _GROUP or words[behind].relation == "cop"
        return root if helper and root is not None and root > behind else behind
    at: int | None = next(
        (k for k in inside if words[k].head is not None and words[k].head not in inside and words[k].tag != "PU"), None
    )
    for _ in range(_CLIMBS):
        if at is None:
            return None
        at = words[at].head
        if at is None or at in inside:
            return None
        if words[at].tag in ("VBZ", "VBP"):
            return at
        if words[at].tag == "VB" and at and words[at - 1].low == "to":
            return at
        if words[at].tag in ("VB", "VBN", "VBG", "VBD"):
            helped = any(
                words[k].head == at and words[k].relation in ("aux", "auxpass") for k in range(max(0, at - 6), at)
            )
            return at if helped else None
        if words[at].relation in ("nsubj", "nsubjpass", "acl:relcl", "acl"):
            return None
    return None
