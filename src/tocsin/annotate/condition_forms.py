"""Conditions without a marker: "should Minsk ask", "at our first request", "anyone who crosses", "any attack will".

Invariant: what is found stands in one sentence; each form walks its tokens with bounded looks ahead.
"""

from collections.abc import Iterable

from tocsin.annotate.commitment_clauses import FINITE, next_clause
from tocsin.annotate.commitment_words import Token, cue_words
from tocsin.annotate.condition_spans import Found, begins_clause, span_end


def inversions(words: list[Token]) -> Iterable[Found]:
    """ "should Minsk ask", "were Minsk to ask" at the beginning of a clause."""
    for i, word in enumerate(words[:-2]):
        if word.low not in ("should", "were") or words[-1].text == "?" or not begins_clause(words, i):
            continue
        if words[i + 1].tag not in ("NN", "NNS", "NNP", "PRP", "DT", "PPS", "JJ"):
            continue
        verb = next((k for k in range(i + 2, min(len(words), i + 10)) if words[k].tag in ("VB", "VBP", "TO")), None)
        if verb is None or any(w.tag in ("MD", "VBD", "VBZ") or w.text == "," for w in words[i + 1 : verb]):
            continue
        if word.low == "were" and words[verb].tag != "TO":
            continue
        yield Found(i, i + 1, next_clause(words, i + 1), "if")


def requests(words: list[Token]) -> Iterable[Found]:
    """ "at our very first request", "at Minsk's call": the act hangs on somebody's asking."""
    asking = cue_words("request_nouns")
    for i, word in enumerate(words[:-1]):
        if word.low not in ("at", "on", "upon"):
            continue
        for k in range(i + 1, min(len(words), i + 9)):
            if words[k].low in asking and k > i + 1:
                first = any(w.low in ("first", "slightest", "own") for w in words[i + 1 : k])
                owned = any(w.tag in ("PPS", "POS") for w in words[i + 1 : k])
                of_whom = k + 1 < len(words) and words[k + 1].low in ("of", "from", "by")
                if words[k].low in ("call", "order", "notice", "sign", "signal", "demand", "asking"):
                    owned = owned and first
                if first or owned or (of_whom and words[k].low in ("request", "invitation", "behest")):
                    end = k + 1
                    if of_whom:
                        end = max(end, span_end(words, k + 2, "phrase")) if k + 2 < len(words) else end
                    while end < len(words) and words[end].text in ("”", "’"):
                        end += 1
                    yield Found(i, i + 1, end, "when")
                break
            if words[k].tag in FINITE or words[k].text in (",", ";") or words[k].tag == "IN":
                break


def whoever(words: list[Token]) -> Iterable[Found]:
    """ "anyone who crosses the line will be shot": the act falls on whoever does."""
    for i, word in enumerate(words[:-2]):
        start = i + 1 if word.low == "whoever" else i + 2
        if word.low not in ("anyone", "anybody", "whoever") or (
            start == i + 2 and words[i + 1].low not in ("who", "that")
        ):
            continue
        end = next((k for k in range(start, min(len(words), start + 20)) if words[k].tag == "MD"), None)
        if end is not None and end > start:
            yield Found(i, start, end, "if")
