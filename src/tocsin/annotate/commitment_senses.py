"""What turns the sense of an act round: "will not hesitate to", "does not rule out", "denied that".

Invariant: every function looks at one sentence's tokens, a bounded number of them at each place.
"""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from tocsin.annotate.commitment_acts import Candidate, inflected
from tocsin.annotate.commitment_clauses import FINITE, QUOTE
from tocsin.annotate.commitment_words import Token, cue_words

_FAR = 12
"""Words from "leave" to the "unanswered" that it leaves."""
_NEAR = 8
"""Words from a denial to the "that" of what it denies: "dismissed as false reports that"."""
_REPORTS = frozenset(("report", "reports", "claim", "claims", "rumour", "rumours", "rumor", "rumors", "suggestion",
                      "suggestions", "allegation", "allegations", "speculation", "idea"))  # fmt: skip
_REFRAINS = frozenset((*inflected("refrain"), *inflected("abstain"), *inflected("desist")))
_CEASES = frozenset((*inflected("stop"), *inflected("cease"), "quit"))
_NOTHING = frozenset(("nothing", "nobody", "none"))
_NO_LESS = frozenset(
    ("but", "less", "fewer", "more", "short", "other", "longer", "later", "sooner", "choice", "doubt", "matter")
)
_DECLINES = frozenset((*inflected("refuse"), *inflected("decline"), "refused", "refusing"))


def turned(words: list[Token], found: Iterable[Candidate]) -> Iterator[Candidate]:
    """Candidates of a modal with their double negatives taken out; those without what they denied."""
    for act in found:
        low = [word.low for word in words[max(0, act.verb - 2) : act.verb + 2]]
        if act.negative and act.passive and low[-2:] == ["ruled", "out"]:
            continue  # "no option can be ruled out": all are kept open
        if act.negative and act.kind == "obligation" and low[:2] in (["forced", "to"], ["compelled", "to"]):
            continue  # "we will not be forced to": no duty, no refusal
        yield replace(act, negative=act.negative and not _holds_nothing_back(words, act.verb, act.end))


def _holds_nothing_back(words: list[Token], verb: int, end: int) -> bool:
    """Whether the act at `verb`, denied, is one that will be done: "not leave it unanswered"."""
    low = words[verb].low
    if low in cue_words("holding_back"):
        return True
    after = words[verb + 1].low if verb + 1 < len(words) else ""
    if (low, after) in (("hold", "back"), ("shy", "away"), ("stop", "short"), ("shrink", "from"), ("back", "away")):
        return True
    if low in ("leave", "go", "let"):
        return any(w.low.startswith("un") and w.low.endswith("ed") for w in words[verb + 1 : min(end, verb + _FAR)])
    return False


def forgone(words: list[Token], verb: int, end: int) -> bool:
    """Whether the act's own words take it back: "will sign nothing", "take no money", "refrain from striking", "stop
    sending arms". "Nothing less than", "no longer", "stop at nothing" do not."""
    low = words[verb].low
    if low in _REFRAINS:
        return True
    if low in _CEASES and verb + 1 < end:
        return words[verb + 1].tag == "VBG"
    for k in range(verb + 1, min(end, verb + _NEAR)):
        after = words[k + 1].low if k + 1 < len(words) else ""
        if words[k].low in _NOTHING and after not in _NO_LESS and low not in ("stop", "say"):
            head = words[k].head
            return head == verb or (head is not None and words[head].head == verb)
        if words[k].low == "no" and after not in _NO_LESS:
            return words[k].head == k + 1 and words[k + 1].head == verb and words[k + 1].relation == "dobj"
        if words[k].tag in FINITE or words[k].text == ",":
            return False
    return False


def keeps_open(words: list[Token], i: int) -> bool:
    """Whether the "rule" at `i` is declined: "declined to rule out"."""
    return i > 1 and words[i - 1].low == "to" and words[i - 2].low in _DECLINES


def denied(words: list[Token], first: int) -> bool:
    """Whether a verb of denial governs the clause at `first`: "denied (reports) that", "denied it would"."""
    k = first - 1
    while k >= 0 and (words[k].text in QUOTE or words[k].tag == "RB"):
        k -= 1
    if k >= 0 and words[k].low in cue_words("denying"):
        return words[k].tag in ("VBD", "VBZ", "VBP", "VBN", "VBG")
    if k < 1 or words[k].low != "that":
        return False
    reports = words[k - 1].low in _REPORTS
    for at in range(k - 1, max(-1, k - 1 - _NEAR), -1):
        if words[at].low in cue_words("denying"):
            return reports or at == k - 1
        if words[at].tag in FINITE or words[at].text == "," or (reports and words[at].low in ("dismissed", "rejected")):
            return reports and words[at].low in ("dismissed", "rejected", "rejects", "dismisses")
        if not reports and at < k - 1:
            return False
    return False
