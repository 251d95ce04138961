"""Joins the candidates of a sentence with its conditions, and cuts each action where its condition begins.

Invariant: a condition hangs on one candidate, or on those that "and" joins under one subject; an action and its
conditions share no word.
"""

from dataclasses import dataclass, replace
from itertools import pairwise

from tocsin.annotate import conditions
from tocsin.annotate.commitment_acts import Candidate
from tocsin.annotate.commitment_bargains import bargains
from tocsin.annotate.commitment_clauses import (
    FINITE,
    QUOTE,
    before_time,
    next_clause,
    noun_phrase,
    says_follows,
    subject,
)
from tocsin.annotate.commitment_cues import candidates
from tocsin.annotate.commitment_penalties import averts, warned
from tocsin.annotate.commitment_present import present_act
from tocsin.annotate.commitment_senses import denied, forgone
from tocsin.annotate.commitment_words import Token, cue_words
from tocsin.annotate.condition_owners import around, by_tree, gives_reason, owner_of
from tocsin.annotate.condition_spans import Found

_GAP = 3
"""Words between two acts that share what leads the sentence."""
_RESORT = 7
"""Words of "only as a last resort," before a condition."""
_FRAGMENT, _BEFORE_FRAGMENT, _ASKED = 40, 2, 4
"""Words of a sentence that is only a condition, and words before its marker: "But only if", "What would happen if"."""
_REACH = 14
"""Words between a condition and the subject of the act behind it: "then", ", he said,", an adverb."""


_DANGLING = frozenset(("but", "and", "or", "only", "not", "because", "since"))
"""Words that belong to the condition behind an act, not to the act."""
_TOLD = frozenset(("VBD", "VBZ", "VBP", "VBG", "VBN"))


@dataclass(frozen=True, slots=True)
class Reading:
    """A candidate with its conditions. `left_out` are words inside the action that are none of it ("only")."""

    words: list[Token]
    candidate: Candidate
    conditions: tuple[Found, ...] = ()
    left_out: tuple[int, ...] = ()
    negative: bool = False
    inside: bool = False

    @property
    def pieces(self) -> list[tuple[int, int]]:
        """The action as ranges of the text."""
        out: list[tuple[int, int]] = []
        skip = set(self.left_out)
        if self.candidate.gap is not None:
            skip.update(range(*self.candidate.gap))
        joined = False
        for k in range(self.candidate.start, self.candidate.end):
            if k in skip:
                joined = False
                continue
            word = self.words[k]
            if joined:
                out[-1] = (out[-1][0], word.end)
            else:
                out.append((word.start, word.end))
            joined = True
        return out


def readings(words: list[Token]) -> list[Reading]:
    """Every candidate of the sentence with the conditions that hang on it, by place."""
    found = conditions.find(words)
    # "if he wins and they do not leave, we will": what is denied there is a condition, no act
    acts = [a for a in candidates(words) if a.family != "plain" or not any(c.start <= a.at < c.end for c in found)]
    inverted = {c.at for c in found}  # the "should" of "should Minsk ask" is a marker, no modal
    acts = [a for a in acts if words[a.at].low != "should" or a.at not in inverted]
    acts = [_behind_condition(act, found) for act in _holders_apart(words, acts)]
    hung: dict[int, list[Found]] = {k: [] for k in range(len(acts))}
    loose: list[Found] = []
    for condition in found:
        owner = owner_of(words, acts, hung, condition)
        if owner is None and not gives_reason(words, condition.at):
            owner = by_tree(words, acts, condition)
        if owner is None:
            loose.append(condition)
        else:
            hung[owner] += [*_before_joined(loose, condition), condition]
            for k in around(acts, owner, condition):
                hung[k].append(condition)
    # a penalty without a condition is a threat only where somebody warns
    idle = {k for k, act in enumerate(acts) if act.family == "penalty" and not hung[k] and not warned(words)}
    _share(words, acts, hung)
    out = [
        _reading(words, act, hung[k], found) for k, act in enumerate(acts) if act.at not in inverted and k not in idle
    ]
    out += _purposes(words, loose, out)
    out += _presents(words, loose, acts, found)
    out += _wanted(words)
    out += [Reading(words, act, (waits,), negative=True) for act, waits in bargains(words)]
    out.sort(key=lambda reading: (reading.candidate.start, reading.candidate.at))
    return out


def _holders_apart(words: list[Token], acts: list[Candidate]) -> list[Candidate]:
    """The acts; no holder reaches back over an "and" that ends the act before ("will help Arna and Velta will pay")."""

    def cut(last: Candidate, act: Candidate) -> Candidate:
        holder = act.holder
        if holder is None or not holder.start < last.end < holder.head or words[last.end].tag != "CC":
            return act
        return replace(act, holder=replace(holder, start=last.end + 1))

    return acts[:1] + [cut(last, act) for last, act in pairwise(acts)]


def _behind_condition(act: Candidate, found: list[Found]) -> Candidate:
    """The act; no holder reaches back into a condition that leads: "in return for the lease | Velta will"."""
    holder = act.holder
    if holder is None:
        end = next((c.end for c in found if c.at <= act.start < c.end < act.at), None)
        return act if end is None else replace(act, start=end)  # "in emergencies | the mayor can be reached"
    end = next((c.end for c in found if c.at <= holder.start < c.end <= holder.head < act.at), None)
    return act if end is None else replace(act, holder=replace(holder, start=end))


def _before_joined(loose: list[Found], last: Found) -> list[Found]:
    """The loose conditions that "and" joins to the last: "if they are armed and they do not yield, it is our right"."""
    out: list[Found] = []
    while loose and last.joined and loose[-1].at == last.at:
        last = loose.pop()
        out.insert(0, last)
    return out


def _share(words: list[Token], acts: list[Candidate], hung: dict[int, list[Found]]) -> None:
    """ "If attacked, Arna will close the port and will expel the envoy": both acts hang on what leads the sentence."""
    for k in range(1, len(acts)):
        last, act = acts[k - 1], acts[k]
        leading = [c for c in hung[k - 1] if c.end <= last.at]
        same = act.holder is not None and act.holder == last.holder and words[act.at - 1].tag == "CC"
        if (
            act.holder is not None and act.holder.start > last.verb
        ):  # "if struck, Arna will fire and its ally will join"
            same = words[act.holder.start - 1].tag == "CC" and act.holder.start - last.end <= _GAP
        if leading and same and not hung[k] and act.family == "modal":
            hung[k] = leading


def _reading(words: list[Token], act: Candidate, hung: list[Found], every: list[Found]) -> Reading:
    end = act.end
    negative = act.negative
    kept: list[Found] = []
    left_out: list[int] = []
    gone = forgone(words, act.verb, end)
    for condition in hung:
        if condition.operator == "only_if" and words[condition.start - 1].low == "without":
            # "no president could waive it without approval": only with it; who can act without it is free
            if not (negative or gone):
                continue
            negative, gone = negative and gone, False  # "signs nothing without the other's hand": with it he signs
        kept.append(condition)
    ignored = [c for c in hung if c not in kept]
    for condition in every:
        if act.verb < condition.at < end and condition not in ignored and not condition.joined:
            end = condition.at
    act, end = _without_event(act, kept), _before_resort(words, act, kept, end)
    if end < act.end and any(k.at > end for k in kept) and words[end].low == "only":
        kept = [replace(c, operator="only_if") if c.operator in ("if", "when") else c for c in kept]
    only = [k for k in range(act.at + 1, act.verb) if words[k].low == "only"]
    if only and any(c.operator in ("if", "when") for c in kept):
        kept = [replace(c, operator="only_if") if c.operator in ("if", "when") else c for c in kept]
        left_out = only
    if end < len(words) and words[end - 1].text in QUOTE and words[end - 1].end == words[end].start:
        end = max(act.verb + 1, end - 1)
    while end > act.verb + 1 and (words[end - 1].text in (",", "-", "--", "—", "–") or words[end - 1].low in _DANGLING):
        end -= 1
    if act.family == "requirement":
        start = act.at + 1 + (words[act.at + 1].low in ("on", "for")) if act.at + 1 < len(words) else act.at
        stop = next_clause(words, start) if start < len(words) else start
        if stop > start:
            kept.append(Found(act.at, start, stop, "only_if"))
    if act.unless is None and act.family in ("modal", "passive", "semi"):
        spared = averts(words, min(act.start, act.holder.start if act.holder else act.start))
        if spared is not None:
            act = replace(act, unless=spared, kind="ultimatum", family="ultimatum")
    if act.unless is not None:
        kept.append(Found(act.unless[0], act.unless[0], act.unless[1], "unless"))
    inside = any(c.start <= act.at < c.end for c in every)
    gone = gone and forgone(words, act.verb, end)
    if denied(words, min(act.start, act.holder.start if act.holder else act.start)) != gone:
        negative = not negative
    return Reading(words, replace(act, end=end), tuple(kept), tuple(left_out), negative, inside)


def _without_event(act: Candidate, hung: list[Found]) -> Candidate:
    """The act without the event that it answers: of "any attack will be met with force" what follows "attack". What
    the event's words name is not who acts."""
    for event in hung:
        if event.start <= act.start < event.end == act.at:
            act = replace(act, start=act.at)
        named = event.at == event.start and act.holder is not None and event.start <= act.holder.start < event.end
        if named and event.end in (act.at, act.at - 1):
            act = replace(act, holder=None)
    return act


def _before_resort(words: list[Token], act: Candidate, hung: list[Found], end: int) -> int:
    """Where the act ends before "only as a last resort", which stands before its condition."""
    for condition in hung:
        for k in range(max(act.verb + 1, condition.at - _RESORT), min(condition.at, end)):
            if words[k].low == "only" and words[k + 1].low in ("as", "in"):
                return k
    return end


def _purposes(words: list[Token], loose: list[Found], taken: list[Reading]) -> list[Reading]:
    """ "created a force to intervene, if needed": an infinitive of purpose that a loose bare condition hangs on."""
    out = []
    for condition in loose:
        if condition.end - condition.start > 2 or words[condition.start].tag not in ("VBN", "JJ", "VBD"):
            continue
        for k in range(condition.at - 1, max(0, condition.at - 20), -1):
            if words[k].tag in ("VBD", "VBZ", "VBP", "MD") or any(r.candidate.start == k + 1 for r in taken):
                break
            if words[k].low == "to" and words[k + 1].tag == "VB" and words[k - 1].tag in ("NN", "NNS", "NNP"):
                end = condition.at
                while end > k + 2 and words[end - 1].text == ",":
                    end -= 1
                holder = next((r.candidate.holder for r in taken if r.candidate.at > k), None)
                verb = next((m for m in range(k - 1, -1, -1) if words[m].tag in ("VBD", "VBZ", "VBP", "MD")), None)
                holder = subject(words, verb) if verb is not None else holder
                act = Candidate("purpose", "to", "readiness", k, k + 1, k + 1, end, holder)
                out.append(Reading(words, act, (condition,)))
                break
    return out


def _presents(words: list[Token], loose: list[Found], acts: list[Candidate], every: list[Found]) -> list[Reading]:
    """Acts told in the present, each with the loose conditions that hang on it."""
    hung: dict[int, tuple[Candidate, list[Found]]] = {}
    for condition in loose:
        act = present_act(words, condition, acts)
        if act is not None:
            hung.setdefault(act.verb, (act, []))[1].append(condition)
    return [_reading(words, act, conditions, every) for act, conditions in hung.values()]


def _wanted(words: list[Token]) -> list[Reading]:
    """ "If they want Arna to return to the pact, they must lift the ban": the return waits for the lifting."""
    out = []
    for i, word in enumerate(words):
        if word.low not in ("want", "wants") or not any(w.low == "if" for w in words[max(0, i - _REACH) : i]):
            continue
        to = next((k for k in range(i + 1, min(len(words) - 1, i + _REACH)) if words[k].low == "to"), None)
        if to is None or words[to + 1].tag not in ("VB", "VBP"):
            continue
        comma = next((k for k in range(to + 2, len(words)) if words[k].text == ","), None)
        must = (
            next((k for k in range(comma, min(len(words), comma + 15)) if words[k].low == "must"), None)
            if comma
            else None
        )
        who = subject(words, must) if must is not None else None
        if comma is None or who is None or who.start <= comma:
            continue
        holder = noun_phrase(words, to - 1) if to > i + 1 else subject(words, i)
        act = Candidate("purpose", word.low, "readiness", i, to + 1, to + 1, comma, holder)
        out.append(Reading(words, act, (Found(who.start, who.start, next_clause(words, who.start), "only_if"),)))
    return out


def fragment(words: list[Token]) -> tuple[Found, ...]:
    """The conditions of a sentence that is nothing else ("Unless they disarm first.", "“The day they ask,” he said."),
    for the act before it; of one that asks ("And if they do not?", "What happens if it fails?"), for the act behind."""
    found = conditions.find(words) if len(words) <= _FRAGMENT else []
    lead = _ASKED if asks_what(words) else _BEFORE_FRAGMENT
    if not found or found[0].at > lead:
        return ()
    inside = {k for one in found for k in range(one.at, one.end)}
    begin = found[0].at if lead == _ASKED else 0
    end = max(one.end for one in found)
    closing = next((k for k in range(end, len(words)) if words[k].text in QUOTE), len(words))
    told = closing + 1 < len(words) and says_follows(words, closing + 1)
    alone = all(k in inside or words[k].tag not in FINITE for k in range(begin, closing if told else len(words)))
    return tuple(found) if alone else ()


def asks_what(words: list[Token]) -> bool:
    """Whether the sentence is a question with "what": "What happens if they refuse?"."""
    return bool(words) and any(word.low == "what" for word in words[:_BEFORE_FRAGMENT]) and asks(words)


def asks(words: list[Token]) -> bool:
    """Whether the sentence ends in a question mark."""
    last = next((word for word in reversed(words) if word.text not in QUOTE), None)
    return last is not None and last.text == "?"


def with_fragment(reading: Reading, words: list[Token], found: tuple[Found, ...]) -> Reading:
    """The reading with the conditions of the fragment beside its sentence."""
    shift = len(reading.words)
    moved = tuple(
        replace(
            one, at=one.at + shift, start=one.start + shift, end=one.end + shift,
            behind=None if one.behind is None else one.behind + shift,
        )
        for one in found
    )  # fmt: skip
    return replace(reading, words=reading.words + words, conditions=reading.conditions + moved)


def told_around(reading: Reading) -> bool:
    """Whether a verb of telling governs the clause: "said (that) he would", "he would, she said"."""
    words, act = reading.words, reading.candidate
    first = act.holder.start if act.holder and act.holder.start < act.start else act.start
    k = first - 1
    while k >= 0 and (words[k].text in QUOTE or words[k].tag == "RB" or words[k].text in (",", ":")):
        k -= 1
    if k >= 0 and words[k].low == "that":
        return True
    k = before_time(words, k) if k >= 0 else k
    if k > 0 and words[k].tag in _TOLD and words[k].low in cue_words("says"):
        return True
    end = max([act.end, *(c.end for c in reading.conditions)])
    while end < len(words) and (words[end].text in QUOTE or words[end].text in (",", ".")):
        end += 1
    return end < len(words) and says_follows(words, end)
