"""How likely a candidate is a commitment: a logistic score over a few plain features of cue, holder, act and place.

Invariant: the features look at one sentence, its line's label and whether it stands in a quotation; no name of the
page enters them, so that what is learnt on one crisis holds for the next. The weights of these and of the clues
(`commitment_clues.py`) are data (data/commitment_weights.json), trained by training/commitments/weights.py on 837
marked articles of PolNeAR train and 374 invented pages (training/commitments/invented.jsonl);
`threshold` there is the probability above which a candidate is shown, once the judge (`commitment_judge.py`) is heard.
Rerun it when candidates or conditions change.
"""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache

from tocsin.annotate.commitment_clauses import QUOTE
from tocsin.annotate.commitment_match import Reading, told_around
from tocsin.annotate.commitment_people import Teller
from tocsin.annotate.commitment_talk import refuses_talks, turn_of_talk
from tocsin.annotate.commitment_words import Token, cue_words, data, is_people
from tocsin.annotate.names import facts

_CONTRACTED = {"'ll": "will", "wo": "will", "'d": "would", "ca": "can", "sha": "shall", "might": "may", "must": "shall"}
_CUED = frozenset(
    ("commissive", "adjective", "plan", "decision", "noun", "noun_object", "attitude", "expected", "control")
)
_MODAL = frozenset(("modal", "passive", "semi", "ellipsis", "past"))
_CARRIES = frozenset(("have", "need", "want", "like", "continue", "try", "seek", "begin", "start", "get", "be", "come"))
"""Verbs that hand the deed on to an infinitive."""
_ANYBODY = frozenset(("whoever", "anyone", "anybody", "everyone", "everybody", "those", "any", "every", "further"))
"""First words of a condition that anybody may meet: "any ship that enters the bay will be sunk"."""
_NEAR = 3
"""Candidates on either side that count as the neighbourhood: about a paragraph."""
_USUAL = 0.2
"""Share of commitments among the candidates of a page of politics (one in five of the marked pages)."""
_PAGE_USUAL, _NEAR_USUAL = 3, 2
"""So many usual candidates are added to those of a page and of a neighbourhood, so that one or two others decide
nothing."""
PLACE = ("page", "near", "tension")
"""What `Seen.around` holds, in its order."""
_TENSE = 0.04
"""Share of such words on a page that is wholly about a conflict: the middle of such pages has 4 to 6 in a hundred, that
of election news less than one."""


def _holder_features(reading: Reading) -> list[str]:
    words, act = reading.words, reading.candidate
    holder = act.holder
    if holder is None:
        return ["holder:none"]
    head = words[holder.head]
    out = []
    first = [word.low for word in words[holder.start : holder.end]][:3]
    if "nobody" in first or ("no" in first and "one" in first):
        return ["holder:group"]
    if head.low in ("i", "we", "my", "our"):
        out.append("holder:first")
    elif head.low in ("he", "she", "they", "his", "her", "their"):
        out.append("holder:third")
    elif head.low in ("you", "your"):
        out.append("holder:you")
    elif head.low == "it" and told_around(reading):
        out.append("holder:it")
    elif head.low in cue_words("weak_subjects"):
        out.append("holder:weak")
    else:
        out.append("holder:" + sort_of(words, holder.start, holder.end, holder.head))
    if holder.start > act.start:
        return out
    between = words[holder.end : act.at]
    if any(word.tag == "WH" or word.low == "that" for word in between):
        out.append("relative")
    return out


def sort_of(words: list[Token], start: int, end: int, head: int) -> str:
    """Whether a noun phrase names somebody ("name"), a body or kind of people ("group"), or a thing."""
    last = words[head]
    if any(word.low in ("percent", "%", "per") for word in words[start:end]):
        return "thing"
    if last.low in cue_words("groups") or (last.tag in ("NN", "NNS") and is_people(last.low)):
        return "group"
    if last.low in cue_words("policies"):
        return "policy"
    if last.low in cue_words("act_nouns") or last.low in cue_words("arms") or last.low in cue_words("measures"):
        return "measure"
    if last.tag == "NNP" or last.text in facts().states or last.text in facts().capitals or last.text in facts().bodies:
        return "name"
    return "thing"


def _act_features(reading: Reading) -> list[str]:
    words, act = reading.words, reading.candidate
    deed = _deed(words, act.verb, act.end)
    verb = _lemma(words[deed])
    out: list[str] = []
    cue_family = act.family in _CUED
    if act.family == "penalty":
        return out
    if _moves(reading, verb) or _kept_up(words, act.verb, verb):
        out.append("act:lever")
    elif verb in cue_words("statives"):
        out.append("cue:state" if cue_family else "act:state")
        if reading.conditions:
            out.append("state+condition")
    elif verb in cue_words("outcomes"):
        out.append("act:outcome")
    elif verb in cue_words("levers"):
        out.append("act:lever")
    if act.kind == "refusal" and cue_family and verb in cue_words("evasions") and not refuses_talks(reading, deed):
        out.append("evades")
    if turn_of_talk(reading, verb, deed):
        out.append("evades")
    if reading.negative and act.family in _MODAL and verb in ("say", "comment", "discuss", "elaborate", "speculate"):
        out.append("evades")
    if act.family in _MODAL and verb in cue_words("routine") and not reading.negative:
        out.append("act:routine")
    if cue_family and any(word.low in cue_words("past_time") for word in words[act.verb : act.end]):
        out.append("cue:done")
    if deed != act.verb:
        out.append("act:" + ("must" if words[act.verb].low in ("have", "need", "be") else "through"))
    if act.end - act.verb <= 1:
        out.append("act:alone")
    if any(word.low in cue_words("time_nouns") for word in words[act.verb : act.end]):
        out.append("act:timed")
    return out


def _deed(words: list[Token], verb: int, end: int) -> int:
    """The verb that names what is done: of "would have to pay", "will be forced to pay", "will continue to pay" that is
    "pay"."""
    for _ in range(2):
        if words[verb].low not in _CARRIES:
            return verb
        to = next((k for k in range(verb + 1, min(end - 1, verb + 4)) if words[k].low == "to"), None)
        if to is None or words[to + 1].tag not in ("VB", "VBP", "NN"):
            return verb
        if any(words[k].tag not in ("RB", "JJ", "VBN", "PU") for k in range(verb + 1, to)):
            return verb
        verb = to + 1
    return verb


def _moves(reading: Reading, verb: str) -> bool:
    """Whether a verb of state is an act here: "troops will come", "if it is not met, we will not be part of it"."""
    holder = _holder_features(reading)
    if verb == "come":
        return "holder:group" in holder
    return bool(reading.conditions) and "holder:first" in holder and verb in ("be", "remain", "become", "have")


def _kept_up(words: list[Token], at: int, verb: str) -> bool:
    """Whether a measure is kept up: "will remain in place", "will stay shut"."""
    after = [word.low for word in words[at + 1 : at + 4]]
    if verb not in ("remain", "stay"):
        return False
    return after[:2] in (["in", "place"], ["in", "force"], ["in", "effect"]) or after[:3] == ["on", "the", "table"]


def _lemma(word: Token) -> str:
    """A rough base form: enough to look up a list."""
    low = word.low
    lists = ("statives", "outcomes", "levers")
    ends = {"VBG": "ing", "VBN": "ed", "VBD": "ed"}.get(word.tag)
    if ends and low.endswith(ends):
        stem = low[: -len(ends)]
        options = (
            stem,
            stem + "e",
            stem[:-1] if stem[-1:] == stem[-2:-1] else stem,
            stem[:-1] + "y" if stem[-1:] == "i" else stem,
        )
        for option in options:
            if any(option in cue_words(name) for name in lists):
                return option
        return stem
    return {"given": "give", "taken": "take", "sent": "send", "paid": "pay", "met": "meet", "made": "make"}.get(
        low, low
    )


def _place_features(reading: Reading, label: str, quoted: bool) -> list[str]:
    words, act = reading.words, reading.candidate
    out = ["quoted"] if quoted else []
    if label in ("headline", "subhead", "caption"):
        out.append("label:" + ("headline" if label != "caption" else "caption"))
    if told_around(reading):
        out.append("told")
    if words[-1].text == "?" or (len(words) > 1 and words[-2].text == "?"):
        out.append("question")
    if reading.inside:
        out.append("inside_condition")
    first = min(act.start, act.holder.start if act.holder else act.start)
    before = words[first - 1].low if first else ""
    if before in ("what", "how", "why", "who", "where", "which", "whether", "when", "if"):
        out.append("indirect_question")
    if _believed(words, first):
        out.append("believed")
    if any(word.low in cue_words("polls") for word in words):
        out.append("polls")
    return out


def features(reading: Reading, label: str, quoted: bool) -> list[str]:
    """The names of the features that hold for a reading on a line labelled `label`, in a quotation or not."""
    act = reading.candidate
    place = _place_features(reading, label, quoted)
    out = [f"family:{act.family}", "bias", *_cue_features(reading), *_holder_features(reading)]
    out += [*_act_features(reading), *_patient_features(reading), *place]
    for condition in reading.conditions:
        out.append("condition:" + ("when" if condition.operator in ("when", "until") else "if"))
    if act.family in _MODAL:
        out += _pairs(reading, out)
    return list(dict.fromkeys(out))


def _cue_features(reading: Reading) -> list[str]:
    words, act = reading.words, reading.candidate
    out = []
    if act.family == "semi":
        out.append("semi:" + act.kind)
    elif act.family in _MODAL:
        out.append("modal:" + _CONTRACTED.get(act.cue, act.cue))
    else:
        out.append("cue:" + act.kind)
        if words[act.at].tag == "VBD":
            out.append("cue:told")
    if reading.negative:
        out.append("negative")
        if act.family in _MODAL and words[act.start].tag == "EX" and words[act.verb].low == "be":
            out.append("there+no")
    if act.family in ("control", "adjective") and _bare(words, act.at):
        out.append("cue:bare")
    if act.family in ("control", "noun"):
        out.append("law" if _law(words, act.at) else "owner:loose" if _loose(reading) else "owner:near")
    return out


def _patient_features(reading: Reading) -> list[str]:
    """Whether what a passive act is done to is a person or a thing: things are used, people are mostly talked about."""
    words, act = reading.words, reading.candidate
    if not act.passive or act.start >= act.at:
        return []
    before = words[act.start : act.at]
    head = max((k for k, word in enumerate(before) if word.tag in ("NN", "NNS", "NNP", "PRP")), default=None)
    if head is None:
        return []
    person = before[head].low in ("he", "she", "they", "i", "we", "you")
    if before[head].low in cue_words("forces"):
        return ["patient:thing"]
    return ["patient:" + ("person" if person or sort_of(before, 0, len(before), head) != "thing" else "thing")]


def _pairs(reading: Reading, have: list[str]) -> list[str]:
    """Features of two that say more together than apart."""
    cue = _CONTRACTED.get(reading.candidate.cue, reading.candidate.cue)
    out = [f"{place}+{cue}" for place in ("told", "quoted") if place in have and cue in ("will", "would")]
    if cue in ("would", "may", "can", "could"):
        if reading.conditions:
            out.append("soft+condition")
        if "holder:first" in have:
            out.append("first+soft")
    if cue == "will" and "holder:first" in have:
        out.append("first+will")
    if cue in ("will", "would", "shall") and any(
        reading.words[one.at].low in _ANYBODY and one.operator == "if" for one in reading.conditions
    ):
        out.append("whoever+will")
    if reading.candidate.kind == "obligation" and "holder:first" in have:
        out.append("first+must")
    return out


def _law(words: list[Token], at: int) -> bool:
    """Whether a treaty, law or bill binds: one is named before the cue."""
    nouns = cue_words("instrument_nouns") | cue_words("policies")
    return any(word.low in nouns for word in words[max(0, at - 8) : at])


def _bare(words: list[Token], at: int) -> bool:
    """Whether the cue stands in no finite clause: "of preventing", "ought to be able"."""
    k = at - 1
    while k >= 0 and (words[k].tag == "RB" or words[k].low in ("be", "been", "being")):
        k -= 1
    return words[at].tag in ("VBG",) or words[k + 1].low == "being" or (k >= 0 and words[k].low == "to")


def _believed(words: list[Token], first: int) -> bool:
    """Whether a verb or noun of belief governs the clause that begins at `first`: "they hope that …"."""
    k = first - 1
    while k >= 0 and (words[k].low in ("that", ",") or words[k].text in QUOTE):
        k -= 1
    return k >= 0 and words[k].low in cue_words("believing")


def _loose(reading: Reading) -> bool:
    """Whether the holder stands far from a noun of duty or plan ("drop any plans to …")."""
    act = reading.candidate
    return act.holder is None or act.family == "control" or act.at - act.holder.end > 3


@cache
def _table(name: str) -> dict[str, float]:
    table: dict[str, float] = data("commitment_weights.json")[name]
    return table


def threshold() -> float:
    """The probability, the judge heard, from which a candidate is shown as a commitment."""
    return float(data("commitment_weights.json")["threshold"])


def sigmoid(x: float) -> float:
    """The chance that has these log odds."""
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, x))))


def expected(names: Iterable[str]) -> float:
    """The chance that a candidate is a commitment by the guideline's reader alone, before any example."""
    table = _table("expected")
    return sigmoid(sum(table.get(name, 0.0) for name in names))


def surroundings(chances: Sequence[float]) -> list[tuple[float, float]]:
    """For each of a page's candidates how full of commitments the page is, and how full its neighbourhood, as log odds.

    The candidate itself is left out. Where there are few others, what is usual counts.
    """
    out = []
    total, count = sum(chances), len(chances)
    for k, own in enumerate(chances):
        low, high = max(0, k - _NEAR), k + _NEAR + 1
        near = chances[low:high]
        page = (total - own + _PAGE_USUAL * _USUAL) / (count - 1 + _PAGE_USUAL)
        beside = (sum(near) - own + _NEAR_USUAL * _USUAL) / (len(near) - 1 + _NEAR_USUAL)
        out.append((_log_odds(page), _log_odds(beside)))
    return out


def tension(words: Iterable[str]) -> float:
    """How much a page is about a conflict, 0 to 1, by its words in lower case."""
    of_it = cue_words("tension") | cue_words("arms") | cue_words("event_nouns") | cue_words("forces")
    count = held = 0
    for word in words:
        count += 1
        held += word in of_it
    return min(1.0, held / count / _TENSE) if count else 0.0


def _log_odds(p: float) -> float:
    p = min(max(p, 0.001), 0.999)
    return math.log(p / (1 - p))


@dataclass(frozen=True, slots=True)
class Seen:
    """A candidate with who tells of it, what its holder is called, the names of what holds for it, and how full of
    commitments its page and its neighbourhood are and how tense its page is."""

    reading: Reading
    told: Teller
    name: str | None
    by: str | None
    names: tuple[str, ...]
    around: tuple[float, float, float]


def probability(seen: Seen) -> float:
    """The chance that a candidate is a commitment, by the features alone."""
    weights = _table("weights")
    total = sum(weights.get(name, 0.0) for name in seen.names)
    place = zip(PLACE, seen.around, strict=True)
    return sigmoid(total + sum(weights.get(name, 0.0) * value for name, value in place))
