"""Conditions without a marker: "should Minsk ask", "at our first request", "anyone who crosses", "any attack will".

Invariant: what is found stands in one sentence; each form walks its tokens with bounded looks ahead.
"""

from collections.abc import Iterable

from tocsin.annotate.commitment_acts import inflected
from tocsin.annotate.commitment_clauses import FINITE, MOVED_BACK, QUOTE, STOP, clause_follows, next_clause, subject
from tocsin.annotate.commitment_penalties import imperative
from tocsin.annotate.commitment_words import Token, cue_words
from tocsin.annotate.condition_spans import Found, begins_clause, span_end

_BEING = frozenset(("i", "are", "ha", "have", "wa", "were", "think", "know"))
"""Forms of being and having without a last "s": "anyone who knows him is …" tells of no act."""
_WHOEVER_DOES = 24
"""Words from "whoever" to the act that falls on them."""
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
_ALIKE = frozenset(("come", "become", "cut", "hit", "put", "set", "let", "quit", "run", "spread"))
"""Verbs whose base form is also their participle."""


def inversions(words: list[Token]) -> Iterable[Found]:
    """ "should Minsk ask", "were Minsk to ask", before a clause or behind ("will come should Minsk ask").

    A "should" that a noun phrase follows asks or inverts: a question is left out by its sign or its "what".
    """
    for i, word in enumerate(words[:-2]):
        if word.low not in ("should", "were") or words[-1].text == "?" or (i and words[i - 1].tag in ("WH", "WRB")):
            continue
        if not begins_clause(words, i) and (word.low == "were" or not _phrase_begins(words, i + 1)):
            continue
        if words[i + 1].tag not in ("NN", "NNS", "NNP", "PRP", "DT", "PPS", "JJ"):
            continue
        verb = next((k for k in range(i + 2, min(len(words), i + 10)) if _base(words[k])), None)
        if verb is None or any(w.tag in ("MD", "VBD", "VBZ") or w.text == "," for w in words[i + 1 : verb]):
            if word.low == "should" and _leads(words, i):
                yield Found(i, i + 1, _inverted_end(words, i + 1), "if")
            continue
        if word.low == "were" and (words[verb].tag != "TO" or not _names_who(words[i + 1 : verb], leads=i == 0)):
            continue
        yield Found(i, i + 1, _inverted_end(words, i + 1), "if")


def _inverted_end(words: list[Token], start: int) -> int:
    """Where an inverted clause ends: a modal behind a comma is the main clause's."""
    end = next_clause(words, start)
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
    named = any(word.tag in ("NN", "NNS", "NNP", "PRP") for word in words)
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


def whoever(words: list[Token]) -> Iterable[Found]:
    """ "anyone who crosses the line will be shot", "any ship that enters is seized": the act falls on whoever does."""
    for i, word in enumerate(words[:-2]):
        start = _whoever_does(words, i)
        if start is None:
            continue
        finite = [k for k in range(start, min(len(words), start + _WHOEVER_DOES)) if words[k].tag in FINITE]
        finite = [
            k for k in finite if k == finite[0] or words[k - 1].tag != "CC"
        ]  # "that kills jobs or holds down pay"
        if word.low in ("those", "all") and finite and words[finite[0]].tag == "VBD" and not _moved_back(words, finite):
            continue  # "those who left": they did
        modal = next((k for k in finite[1:2] if words[k].tag == "MD"), None)
        end = modal
        if modal is None and len(finite) > 1 and words[finite[1]].tag in ("VBZ", "VBP"):
            idle = {words[k].low.rstrip("s") for k in finite[:2]} & (cue_words("statives") | _BEING)
            end = finite[1] if not idle or words[finite[1] + 1].tag == "VBN" else None
        if end is not None and end > start:
            begin = start if word.low in ("whoever", "anyone", "anybody") else i
            yield Found(i, begin, end, "if")


def _moved_back(words: list[Token], finite: list[int]) -> bool:
    """Whether what is told of them was to come: "warned that all who crossed would be shot"."""
    return len(finite) > 1 and words[finite[1]].low in MOVED_BACK


def _whoever_does(words: list[Token], i: int) -> int | None:
    """Where "crosses the line" begins behind "whoever", "anyone who", "any ship that" at `i`."""
    low, after = words[i].low, words[i + 1].low
    if low == "whoever":
        return i + 1
    if low in ("anyone", "anybody", "everyone", "everybody", "those", "all") and after in ("who", "that"):
        return i + 2
    if low in ("any", "every"):
        for k in range(i + 1, min(len(words) - 1, i + 4)):
            if words[k].tag in ("NN", "NNS") and words[k + 1].low in ("that", "who", "which"):
                return k + 2
            if words[k].tag not in ("JJ", "NN", "NNS", "NNP"):
                return None
    return None


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
        for k in range(i - 1, max(0, i - _WHOEVER_DOES), -1):
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
