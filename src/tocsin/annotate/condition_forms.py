"""Conditions without a marker: "should Minsk ask", "at our first request", "anyone who crosses", "any attack will".

Invariant: what is found stands in one sentence; each form walks its tokens with bounded looks ahead.
"""

from collections.abc import Iterable

from tocsin.annotate.commitment_acts import inflected
from tocsin.annotate.commitment_clauses import FINITE, MOVED_BACK, QUOTE, STOP, clause_follows, next_clause, subject
from tocsin.annotate.commitment_penalties import imperative
from tocsin.annotate.commitment_words import Token, cue_words
from tocsin.annotate.condition_mains import main_start
from tocsin.annotate.condition_spans import Found, begins_clause, span_end

_DEMANDED = 24
"""Words from a demand to the act that waits for it."""
_MAIN = 16
"""Words from the comma behind an inversion to the modal of what hangs on it."""
_MORE = ("any", "another", "further", "new", "every")
"""Words before an event that may come: "any further attack"."""
_EVENT = 24
"""Words from "any attack" to the modal of what answers it."""
_CALLED = 8
"""Words from a call to the verb of a clause that it is the subject of."""
_RULES_ON = frozenset(one for verb in ("act", "comment", "decide", "report", "rule", "vote") for one in inflected(verb))
_ORDERED = 6
"""Words from the "and" behind an order to the modal of what follows it."""
_PLURAL = frozenset(("NNS", "NNP", "PRP", "CC", "CD", "VBN", "RB", "IN", "DT"))
"""Tags before a "were" that may be their verb, or that begin no clause."""
_TOLD = 24
"""Words before an inversion in which its main clause's verb stands."""
_ALIKE = frozenset(("come", "become", "cut", "hit", "put", "set", "let", "quit", "run", "spread"))
"""Verbs whose base form is also their participle."""


def inversions(words: list[Token]) -> Iterable[Found]:
    """ "should Minsk ask", "were Minsk to ask", before a clause or behind ("will come should Minsk ask").

    A "should" that a noun phrase follows asks or inverts: a question is left out by its sign or its "what".
    """
    for i, word in enumerate(words[:-2]):
        if word.low not in ("should", "were") or words[-1].text == "?" or (i and _asked_by(words[i - 1], word)):
            continue
        if words[i + 1].tag not in ("NN", "NNS", "NNP", "PRP", "DT", "PPS", "JJ", "EX") and words[i + 1].low != "one":
            continue
        verb = (_inverted_were if word.low == "were" else _inverted_should)(words, i)
        if verb is not None:
            yield Found(i, i + 1, _inverted_end(words, i + 1, verb), "if")


def _asked_by(before: Token, verb: Token) -> bool:
    """Whether the verb behind the word is one of a question or of a relative clause: "what should they do"; of "that
    should they come" the tagger takes the "that" for one of those."""
    return before.tag in ("WH", "WRB") and not (before.low == "that" and verb.low == "should")


def _inverted_should(words: list[Token], i: int) -> int | None:
    """The verb of "should Minsk ask" at `i`."""
    if not begins_clause(words, i) and not _phrase_begins(words, i + 1):
        return None
    verb = next((k for k in range(i + 2, min(len(words), i + 10)) if _base(words[k])), None)
    if verb is None or any(w.tag in ("MD", "VBD", "VBZ") or w.text == "," for w in words[i + 1 : verb]):
        return i + 1 if _leads(words, i) else None
    return verb


def _inverted_were(words: list[Token], i: int) -> int | None:
    """The verb of "were Minsk to ask" at `i`, or the participle of "were it lifted" where what hangs on it is told as
    to come; behind an act without a comma no plural stands before it, which would be its subject."""
    edge = begins_clause(words, i)
    if not edge and (words[i - 1].tag in _PLURAL or words[i + 1].tag not in ("DT", "PPS", "PRP")):
        return None
    verb = next((k for k in range(i + 2, min(len(words), i + 10)) if _base(words[k]) or words[k].tag == "VBN"), None)
    if verb is None or any(w.tag in ("MD", "VBD", "VBZ") or w.text == "," for w in words[i + 1 : verb]):
        return None
    if words[verb].tag == "TO":
        named = _names_who(words[i + 1 : verb], leads=i == 0)
        return verb if named and (edge or _to_come(words, i)) else None
    if words[verb].tag != "VBN" or any(w.tag in ("IN", "RB", "VBG") for w in words[i + 1 : verb]):
        return None
    ahead = any(word.low in MOVED_BACK for word in words[verb + 1 : verb + _MAIN])
    return verb if _to_come(words, i) or (ahead and i <= 1) else None


def _to_come(words: list[Token], i: int) -> bool:
    """Whether the last finite verbs before `i`, those of telling left out, tell of what would be."""
    told = [word for word in words[max(0, i - _TOLD) : i] if word.tag in FINITE and word.low not in cue_words("says")]
    return bool(told) and told[-1].low in MOVED_BACK


def _inverted_end(words: list[Token], start: int, verb: int | None = None) -> int:
    """Where an inverted clause ends: a modal behind a comma is the main clause's, as is one whose subject stands behind
    the verb."""
    end = next_clause(words, start)
    if verb is not None and begins_clause(words, start - 1):
        main = main_start(words, verb, end)
        end = main if main is not None else end
    if not any(word.tag == "MD" for word in words[start:end]):
        return end
    return next((k for k in range(start + 2, end) if words[k].text == ","), end)


def _leads(words: list[Token], i: int) -> bool:
    """Whether the clause that "should" opens leads the sentence, a main clause behind its comma: then it inverts, where
    the tagger sees no verb, too ("Should Velta attack, Arna will …")."""
    if any(word.text not in QUOTE for word in words[:i]):
        return False
    end = _inverted_end(words, i + 1)
    if end <= i + 2 or end >= len(words) or words[end].text != ",":
        return False
    return any(word.tag == "MD" for word in words[end + 1 : end + _MAIN])


def _names_who(words: list[Token], *, leads: bool) -> bool:
    """Whether somebody is named ("were Minsk to ask"): in "were able to reach it" nobody is; ", were factors in his
    choice to run" tells of what stands before."""
    named = any(word.tag in ("NN", "NNS", "NNP", "PRP") or word.low == "one" for word in words)
    return named and (leads or not any(word.tag == "IN" and word.low != "of" for word in words))


def _base(word: Token) -> bool:
    """Whether the word can be a base form; the tagger takes "come" behind a noun for a participle."""
    return word.tag in ("VB", "VBP", "TO") or word.low in _ALIKE


def _phrase_begins(words: list[Token], i: int) -> bool:
    """Whether what stands at `i` can only begin a noun phrase: the subject of the "should" before it."""
    if words[i].tag in ("DT", "PPS", "PRP", "NNP"):
        return True
    return words[i].tag == "NNS" and _base(words[i + 1])


def requests(words: list[Token]) -> Iterable[Found]:
    """ "at the first word of theirs", "at Minsk's call", "on a written request": the act hangs on somebody's asking."""
    asking = cue_words("request_nouns")
    for i, word in enumerate(words[:-1]):
        if word.low not in ("at", "on", "upon", "after"):
            continue
        if i and words[i - 1].low in _RULES_ON:
            continue  # "decide on a written request": it is what is decided
        for k in range(i + 1, min(len(words), i + 9)):
            if words[k].low in asking and k > i + 1:
                first = any(w.low in ("first", "slightest", "own", "written", "formal") for w in words[i + 1 : k])
                owned = any(w.tag in ("PPS", "POS") for w in words[i + 1 : k])
                of_whom = k + 1 < len(words) and words[k + 1].low in ("of", "from", "by")
                single = words[k].low == "call" and words[k - 1].low == "single"
                if words[k].low in ("call", "order", "notice", "sign", "signal", "demand", "asking") and not single:
                    owned = owned and first
                owned = owned and word.low != "after"
                if word.low == "after" and any(one.tag in FINITE for one in words[k + 1 : k + _CALLED]):
                    break  # "after the first call for talks failed"
                if first or owned or single or (of_whom and words[k].low in ("request", "invitation", "behest")):
                    end = k + 1
                    if of_whom:
                        end = max(end, span_end(words, k + 2, "phrase")) if k + 2 < len(words) else end
                    while end < len(words) and words[end].text in ("”", "’"):
                        end += 1
                    only = i > 0 and words[i - 1].low == "only" and (i < 2 or words[i - 2].low != "not")
                    yield Found(i - only, i + 1, end, "only_if" if only else "when")
                break
            if words[k].tag in FINITE or words[k].text in (",", ";") or words[k].tag == "IN":
                break


def _opens(words: list[Token], start: int) -> bool:
    """Whether a clause of its own begins at `start`."""
    return start == 0 or words[start - 1].low == "that" or words[start - 1].tag in ("PU", "CC")


def orders(words: list[Token]) -> Iterable[Found]:
    """ "touch our ships and we will respond": who does what the imperative says has the act befall him."""
    for k in range(2, len(words) - 2):
        if words[k].low != "and" or words[k + 1].tag not in ("PRP", "NNP", "DT", "PPS"):
            continue
        modal = next((i for i in range(k + 1, min(len(words), k + _ORDERED)) if words[i].tag in FINITE), None)
        if modal is None or words[modal].low not in ("will", "'ll", "shall", "would", "'d"):
            continue
        end = k - 1 if words[k - 1].text == "," else k
        begin = imperative(words, end)
        if begin is not None:
            yield Found(begin, begin, end, "if")


def precedences(words: list[Token]) -> Iterable[Found]:
    """ "Velta must lift the siege before Arna returns to the talks": Arna's act waits for Velta's."""
    for i, word in enumerate(words[:-2]):
        if word.low != "before" or not clause_follows(words, i + 1):
            continue
        for k in range(i - 1, max(0, i - _DEMANDED), -1):
            if words[k].text in STOP:
                break
            demands = words[k].low == "must" or (words[k].low in ("has", "have", "needs") and words[k + 1].low == "to")
            if demands and (who := subject(words, k)) is not None and who.end == k and _opens(words, who.start):
                yield Found(who.start, who.start, i, "only_if")
                break


def events(words: list[Token]) -> Iterable[Found]:
    """ "any attack on us will be met with force": the act falls due when the event comes."""
    for i, word in enumerate(words[:-2]):
        if word.low not in _MORE or (i and words[i - 1].low in _MORE):
            continue
        head = next((k for k in range(i + 1, min(len(words), i + 4)) if words[k].low in cue_words("event_nouns")), None)
        if head is None or any(
            words[k].tag != "JJ" and words[k].low not in ("such", *_MORE) for k in range(i + 1, head)
        ):
            continue
        end = next((k for k in range(head + 1, min(len(words), head + _EVENT)) if words[k].tag in FINITE), None)
        if end is None or words[end].tag != "MD" or any(w.text in (";", ":") for w in words[head:end]):
            continue
        commas = [k for k in range(head, end) if words[k].text == ","]
        if commas and (len(commas) != 2 or commas[1] != end - 1):
            continue  # no aside before the modal
        if i and words[i - 1].tag in ("IN", "VB", "VBZ", "VBD", "VBG", "TO") and words[i - 1].low != "that":
            continue
        yield Found(i, i, end, "if")
