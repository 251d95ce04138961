"""Second verbs of one cue as acts of their own: "pledged to leave | and to stop", "will guard it | but not clear it".

A plain "and" joins what readers take for one act ("will go and stay"); a second "to", a "not" or a comma before the
"and" sets two apart. Invariant: the parts of an act lie in it, apart and in order; nothing is accepted here.
"""

from collections.abc import Iterator
from dataclasses import replace

from tocsin.annotate.commitment_acts import OPEN_QUOTE, Candidate, act_end
from tocsin.annotate.commitment_words import Token, cue_words

_JOINS = frozenset(("and", "but"))
_DENIALS = frozenset(("not", "never"))
_MOST = 4
"""Acts of one cue; what lists more is a programme."""
_ENDS = frozenset(("PU", "CC"))
_ASIDE = 8
"""Words between two commas behind the "and": "and, two minutes later, to"."""
_TAKEN_FOR = frozenset(("VB", "VBP", "NN", "JJ", "RB"))
"""Tags that the tagger gives a base form behind "not" or "to"."""
_STRONG = frozenset(("will", "'ll", "wo", "would", "'d", "shall", "must", "may"))
"""Modals of two acts; what could, should or might be done and not be done is one thought."""
_FAMILIES = frozenset(("modal", "semi", "commissive", "adjective", "decision", "plan", "control", "noun", "passive"))


def parted(words: list[Token], act: Candidate) -> Iterator[Candidate]:
    """The act, cut where a second verb of its cue begins, and that verb's act, and so on."""
    weak = act.family in ("modal", "passive") and act.cue not in _STRONG
    if act.family not in _FAMILIES or act.gap is not None or weak:
        yield act
        return
    for _ in range(_MOST - 1):
        last = min(len(words) - 1, act.end + 2) if act.end < len(words) and words[act.end].tag in _ENDS else act.end - 1
        joints = (k for k in range(act.verb + 1, last) if words[k].low in _JOINS)
        found = next(((k, second) for k in joints if (second := _second(words, act, k))), None)
        if found is None:
            break
        cut, (first, verb) = found
        end = min(act.end, cut - 1 if words[cut - 1].text == "," else cut)
        if end <= act.verb:
            break
        yield replace(act, end=end)
        own = any(word.low in _DENIALS for word in words[cut:verb])
        to = words[verb - 1].low == "to" or words[first].low == "to"
        denied = own if own or to or words[cut].low == "but" else act.negative
        behind = act.end if verb < act.end else act_end(words, verb)
        act = replace(
            act, end=behind, at=first, start=first, verb=verb, negative=denied, passive=False, hedges=(), unless=None,
        )  # fmt: skip
    yield act


def _second(words: list[Token], act: Candidate, joint: int) -> tuple[int, int] | None:
    """The first word and the verb of the act that the conjunction at `joint` adds under the same cue."""
    k = joint + 1
    if words[k].text == ",":
        last = min(len(words) - 1, k + 1 + _ASIDE)
        k = next((n + 1 for n in range(k + 1, last) if words[n].text == ","), len(words))
    denied = to = False
    first = k
    while k < len(words) and (words[k].low in _DENIALS or words[k].low == "to" or words[k].text in OPEN_QUOTE):
        denied = denied or words[k].low in _DENIALS
        if words[k].low == "to" or words[k].text in OPEN_QUOTE:
            to = to or words[k].low == "to"
            first = k + 1 if not denied else first
        k += 1
    if k >= len(words) or words[k].tag not in _TAKEN_FOR or (words[k].tag == "RB" and not to):
        return None
    governed = act.start > 0 and (words[act.start - 1].low == "to" or words[act.start - 1].text in OPEN_QUOTE)
    if k >= act.end and not to:
        return None
    governed = governed or (words[act.start].low in _DENIALS and words[act.start + 1].low == "to")
    if to:
        return (first, k) if governed and words[k].tag in ("VB", "VBP", "NN") and _base(words, k) else None
    head = words[k].head
    if words[act.start].low == "to" or words[k].relation != "conj" or head is None:
        return None
    same = head == act.verb or (head > act.verb and denied)
    parts = denied or words[joint].low == "but" or words[joint - 1].text == ","
    return (first, k) if same and parts and (denied or words[k].tag in ("VB", "VBP")) else None


def _base(words: list[Token], k: int) -> bool:
    """Whether the word behind "to" is a verb, and no thing that the act reaches: "to Arna and to trade"."""
    return words[k].tag in ("VB", "VBP") or words[k].low in cue_words("levers")
