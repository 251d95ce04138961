"""Threats told from the side of whom they hit: "would face sanctions if", "will be met with force", "leave or …".

Invariant: a penalty has a verb of suffering or bringing and a noun of data/commitment_lists.json's `penalties`; that a
condition or a word of warning stands with it is asked where readings are made. Who warns holds it, nobody else.
"""

from collections.abc import Iterator

from tocsin.annotate.commitment_acts import Candidate, act_end, group_start
from tocsin.annotate.commitment_clauses import FINITE, NOUN, QUOTE, Subject, noun_phrase, skip_left, subject
from tocsin.annotate.commitment_words import Token, cue_words

_PHRASE = 6
"""Words from the verb to the head of the penalty: "face | a swift and significant | response"."""
_WITH_PARTICLE = frozenset((("met", "with"), ("result", "in"), ("lead", "to"), ("end", "in")))
_CLOSING = frozenset(("”", "»"))
_MARKS = QUOTE | {"‘"}
_IS = frozenset(("is", "are", "was", "were"))
_DEMAND = 25
"""Words of a demand before its "or"."""


def _penalty_at(words: list[Token], start: int) -> int | None:
    """The noun of punishment in the phrase that begins at `start`."""
    for k in range(start, min(len(words), start + _PHRASE)):
        if words[k].low in cue_words("penalties") and words[k].tag in NOUN:
            return k
        if words[k].tag in FINITE or words[k].text in (",", ";", ".") or words[k].low in ("to", "by", "from"):
            return None
    return None


def penalty_candidates(words: list[Token]) -> Iterator[Candidate]:
    """ "Velta faces sanctions", "will be met with force", "would trigger a response", "warned of a response"."""
    for i, word in enumerate(words[:-1]):
        after = i + 1
        if word.low in cue_words("suffering"):
            first = _future(words, i)
        elif (word.low, words[after].low) in _WITH_PARTICLE:
            first, after = _future(words, i), after + 1
        elif word.low in ("warned", "warn", "warns", "warning") and words[after].low == "of":
            first = after + 1 if word.tag in FINITE | {"VBG"} else None
        else:
            continue
        if first is None or (noun := _penalty_at(words, after)) is None:
            continue
        holder = subject(words, group_start(words, i)) if words[after].low == "of" else None
        verb = max(i, first)
        end = max(act_end(words, verb), noun + 1)
        says = words[after].low == "of"
        yield Candidate("penalty", word.low, "threat", i, first, verb, end, holder, says=says)


def _future(words: list[Token], i: int) -> int | None:
    """The first word of the verb group that ends at `i` where it tells of what may come, else None."""
    first = i
    while first > 0 and (words[first - 1].tag in ("MD", "RB") or words[first - 1].low == "be"):
        first -= 1
    group = words[first:i]
    if any(word.low in ("not", "n't", "never") for word in group):
        return None
    if any(word.tag == "MD" for word in group):
        return next(k for k in range(first, i) if words[k].tag == "MD")
    return i if words[i].tag in ("VBZ", "VBP") or (words[i].tag == "NNS" and words[i - 1].tag == "NNP") else None


def warned(words: list[Token]) -> bool:
    """Whether a word of warning stands in the sentence."""
    return any(word.low in cue_words("warning") for word in words)


def ultimatum_candidates(words: list[Token]) -> Iterator[Candidate]:
    """ "leave by Friday or face sanctions", "Velta must pay or face war"."""
    for i in range(1, len(words) - 1):
        if words[i].low != "or" or words[i + 1].low not in ("face", "risk", "suffer", "forfeit"):
            continue
        demanded = None
        for k in range(i - 1, max(-1, i - 20), -1):
            if words[k].tag in ("VB", "VBP"):
                demanded = k
            if words[k].tag in ("MD", "TO", "VBD", "VBZ") or words[k].text in (",", ";"):
                break
        if demanded is None:
            continue
        end = act_end(words, i + 1)
        yield Candidate(
            "ultimatum", "or", "ultimatum", i, i + 1, i + 1, end, _asked(words, demanded), unless=(demanded, i)
        )


def _asked(words: list[Token], demanded: int) -> Subject | None:
    """Who is to do what is demanded: "Velta must pay", "told Velta to pay", "Velta has until Sunday to pay"."""
    if demanded and words[demanded - 1].tag == "MD":
        return subject(words, demanded - 1)
    if not demanded or words[demanded - 1].low != "to":
        return None
    last = skip_left(words, demanded - 2)
    if last >= 0 and words[last].low in cue_words("time_nouns"):
        had = next((k for k in range(last, max(-1, last - 6), -1) if words[k].low in ("has", "have", "had")), None)
        return subject(words, had) if had is not None else given(words, last)
    return noun_phrase(words, last)


def given(words: list[Token], last: int) -> Subject | None:
    """Whom a time is given: "gave Velta 48 hours", with the time's last word at `last`."""
    k = last
    while k > 0 and (words[k].tag in ("CD", "JJ", "DT", "IN") or words[k].low in cue_words("time_nouns")):
        k -= 1
    return noun_phrase(words, k) if k > 0 else None


def averts(words: list[Token], first: int) -> tuple[int, int] | None:
    """What averts an act that begins at `first` behind "or": "gave it an hour to leave, or they would march", "free
    the sailors or we will march"."""
    k = first - 1
    otherwise = k > 0 and words[k].low in ("else", "otherwise")
    k -= otherwise
    if k > 1 and words[k].low == "which" and words[k - 1].low == "failing":
        k, otherwise = k - 1, True
    elif k < 1 or words[k].low != "or":
        return None
    end = k - 1 if words[k - 1].text == "," else k
    order = imperative(words, end, lead=False)
    if order is not None:
        return order, end
    for at in range(end - 1, max(-1, end - _DEMAND), -1):
        word = words[at]
        if word.low == "either" or (word.low == "that" and at and words[at - 1].low in cue_words("demanding")):
            return at + 1, end
        if word.low == "to" and words[at + 1].tag in ("VB", "VBP", "JJ", "NN") and _demands(words, at):
            return at + 1, end
        if _binds(words, at, otherwise=otherwise):
            who = subject(words, at)
            return (who.start, end) if who is not None else None
        if word.text in (";", ":"):
            return None
    return None


def _binds(words: list[Token], at: int, *, otherwise: bool) -> bool:
    """Whether the word at `at` says what somebody must do: "must leave", and before "or else" "is to be free by noon"
    and "has to pay"."""
    if words[at].low == "must":
        return True
    to = at + 1 < len(words) - 1 and words[at + 1].low == "to" and words[at + 2].tag in ("VB", "VBP")
    return otherwise and to and words[at].low in _IS | {"has", "have", "had"}


def imperative(words: list[Token], end: int, *, lead: bool = True) -> int | None:
    """Where an order begins that ends before `end`: at a verb that opens the sentence or a quotation in it. `lead`:
    only such as something follows on, not "look, and you will see"."""
    opening = next((k for k in range(end - 1, max(-1, end - _DEMAND), -1) if words[k].text in _MARKS), -1)
    if opening >= 0 and words[opening].text in _CLOSING:
        return None
    begin = opening + 1
    if begin >= end - 1 or end - begin > _DEMAND or (lead and words[begin].low in cue_words("no_orders")):
        return None
    if words[begin].low in ("do", "don't", "never"):
        verb = next((k for k in range(begin + 1, min(end, begin + 3)) if words[k].tag == "VB"), None)
        return begin if verb is not None and words[verb].low not in cue_words("no_orders") else None
    if words[begin].tag != "VB" or any(word.tag in FINITE for word in words[begin + 1 : end]):
        return None
    return begin


def _demands(words: list[Token], to: int) -> bool:
    """Whether a verb of demanding stands before the infinitive at `to`."""
    return any(words[k].low in cue_words("demanding") for k in range(max(0, to - 10), to))
