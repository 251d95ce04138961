"""Candidates from commissive words: "pledged to help", "is ready to intervene", "the obligation to defend".

Invariant: a candidate's action, holder and hedges are words of the sentence; nothing is accepted here.
"""

from collections.abc import Iterator
from typing import Any

from tocsin.annotate.commitment_acts import (
    BE,
    OPEN_QUOTE,
    Candidate,
    act_end,
    agent,
    denies,
    governed,
    group_start,
    hung_infinitive,
    infinitive,
    lexicon,
    whose,
)
from tocsin.annotate.commitment_clauses import FINITE, NOUN, Subject, noun_phrase, skip_left, subject
from tocsin.annotate.commitment_penalties import penalty_candidates, ultimatum_candidates
from tocsin.annotate.commitment_plain import plain_candidates
from tocsin.annotate.commitment_senses import keeps_open
from tocsin.annotate.commitment_words import Token, cue_words, titled

_SUBJECT = 12
"""Words of a subject behind what opens its sentence."""
_OBJECT = 7
"""Words of an object between a verb and the clause that it promises, and of that clause's subject."""
_NOMINAL = NOUN | {"DT", "PPS", "JJ", "PRP", "POS", "CD"}
_CLIMBS = 4
"""Heads gone up from a participle to the verb whose subject does both."""
_HEADLINE = 7
"""Words of a subject before the "to" of a headline."""


def _cue_candidates(words: list[Token]) -> Iterator[Candidate]:
    """Commissive verbs and adjectives: "pledged to help", "is ready to intervene", "Russia ready to help"."""
    for i, word in enumerate(words):
        hit = lexicon("verbs").get(word.low)
        if hit is not None and (word.tag in ("VB", "VBD", "VBZ", "VBP", "VBN", "VBG") or word.tag in ("NN", "NNS")):
            yield from _verb_cue(words, i, *hit)
        hit = lexicon("adjectives").get(word.low)
        if hit is not None:
            yield from _adjective_cue(words, i, hit[1])


def _verb_cue(words: list[Token], i: int, lemma: str, entry: dict[str, Any]) -> Iterator[Candidate]:
    after = i + 1
    if words[i].tag in ("NN", "NNS") and i and words[i - 1].tag in ("DT", "PPS", "POS", "JJ"):
        return  # "no plans to", "its offer to": a noun, which has its own candidate
    if lemma == "rule_out":
        if after >= len(words) or words[after].low != "out":
            return
        after += 1
    if entry["takes"].endswith("with") and after < len(words) and words[after].low == "with":
        yield from _threatened_with(words, i, after + 1)
        return
    # "promised Minsk to help", "threatened him with": a short object may stand between the verb and what it governs
    found = governed(words, after, entry["takes"])
    if found is not None and found[1] == found[0] and "inf" in entry["takes"]:
        if words[found[0]].tag not in ("VB", "VBP", "VBG", "VBD", "VBN") and (later := _object_then_to(words, after)):
            found = later
    elif found is None:
        found = _object_then_to(words, after) or hung_infinitive(words, i)
    told = _object_then_that(words, after)
    if told is not None:
        first, verb = told
        if words[first].tag == "MD" and not (words[verb].tag == "VBN" and words[verb - 1].low in BE):
            return  # the clause's modal has its own candidate; in the passive it is the promiser who does it
        found = first, verb, denies(words[first:verb])
    if found is None:
        return
    first, verb, denied = found
    group = group_start(words, i)
    holder = (doer(words, i) if words[i].tag == "VBG" else None) or subject(words, group)
    if holder is None and i == 0:
        return
    noun = words[verb].tag in NOUN and words[verb].tag != "VB" and (verb == 0 or words[verb - 1].low != "to")
    outer_denied = denies(words[group:i])
    negative = bool(entry.get("negative")) != (denied or outer_denied)
    kind = entry["kind"]
    if lemma == "rule_out" and (outer_denied or keeps_open(words, i)):
        kind, negative = "power", False  # "does not rule out a strike" keeps it open
        holder = subject(words, group_start(words, i - 2)) if keeps_open(words, i) else holder
    elif words[verb].low == "rule" and words[verb + 1 : verb + 2] and words[verb + 1].low == "out":
        return  # "declined to rule out a strike": the strike is
    hedges = ((i, i + 2 if words[i + 1].low == "to" else i + 1),) if entry.get("softens") else ()
    family = "noun_object" if noun else "commissive"
    family = entry.get("family", family)
    passive = i > 0 and words[i].tag == "VBN" and words[i - 1].low in BE and lemma not in ("commit",)
    yield Candidate(
        family, lemma, kind, i, first, verb, act_end(words, first if noun else verb), holder, negative, passive,
        says=bool(entry.get("says")), hedges=hedges,
    )  # fmt: skip


def doer(words: list[Token], i: int) -> Subject | None:
    """Who does what the participle at `i` tells, gone up the tree to a verb with a subject: "Arna raised the price,
    calling them thieves and vowing to stop them"."""
    at: int | None = i
    for _ in range(_CLIMBS):
        if at is None or words[at].relation not in ("advcl", "conj"):
            return None
        at = words[at].head
        first = next((k for k, word in enumerate(words) if word.head == at and word.relation == "nsubj"), None)
        if first is not None and at is not None and first < at:
            return None if words[first].tag == "WH" else noun_phrase(words, first)
    return None


def _object_then_to(words: list[Token], i: int) -> tuple[int, int, bool] | None:
    """ "promised the allies to help": a noun phrase of up to six words, then an infinitive."""
    for k in range(i, min(len(words), i + 7)):
        if words[k].low == "to" and k > i:
            found = infinitive(words, k)
            return (found[0], found[0], found[1]) if found else None
        if words[k].tag not in _NOMINAL:
            return None
    return None


def _object_then_that(words: list[Token], i: int) -> tuple[int, int] | None:
    """The first and the last verb of the clause: "promised the crews that they [be spared]", "… [would be spared]"."""
    that = next((k for k in range(i + 1, min(len(words), i + _OBJECT)) if words[k].low == "that"), None)
    if that is None or any(word.tag not in _NOMINAL for word in words[i:that]):
        return None
    for k in range(that + 2, min(len(words), that + _OBJECT)):
        if words[k].tag in ("MD", "VB", "VBP"):
            last = k
            while last + 1 < len(words) and words[last + 1].tag in ("VB", "VBN", "RB"):
                last += 1
            return k, last
        if words[k].tag not in _NOMINAL:
            return None
    return None


def _threatened_with(words: list[Token], i: int, start: int) -> Iterator[Candidate]:
    """ "threatened Minsk with sanctions", "was threatened with sanctions"."""
    if start >= len(words):
        return
    passive = i > 0 and words[i - 1].low in BE
    holder = agent(words, start) if passive else subject(words, group_start(words, i))
    yield Candidate(
        "commissive", "threaten", "threat", i, start, start, act_end(words, start), holder, passive=passive, says=True
    )


def _adjective_cue(words: list[Token], i: int, entry: dict[str, Any]) -> Iterator[Candidate]:
    found = governed(words, i + 1, entry["takes"])
    if words[i].low in ("open", "committed") and i + 1 < len(words) and words[i + 1].low == "to" and found is None:
        found = governed(words, i + 2, "ger np")
    elif found is not None and words[found[1]].tag in NOUN and words[i + 1].low not in ("to", "for"):
        return  # "committed the offence": no act that is governed
    if found is None:
        return
    first, verb, denied = found
    group = group_start(words, i)
    if any(words[k].tag == "MD" for k in range(group, i)):
        return  # the modal's own candidate holds it
    if group == i:  # headline ("Russia ready to help") or an adjective behind its noun
        holder = subject(words, i) if i else _behind_comma(words, verb)
        if holder is None or words[i].tag == "VBD":
            return
    else:
        holder = subject(words, group)
    negative = bool(entry.get("negative")) != (denied or denies(words[group:i]))
    family = entry.get("family", "adjective")
    if negative and entry["kind"] == "power":
        family = "inability"  # "is not able to control it": no refusal
    hedges = ((group, first if words[first - 1].low == "to" else i + 1),) if entry.get("softens") else ()
    yield Candidate(
        family,
        words[i].low,
        entry["kind"],
        i,
        first,
        verb,
        act_end(words, verb),
        holder,
        negative,
        hedges=hedges,
    )


def _behind_comma(words: list[Token], verb: int) -> Subject | None:
    """Whom an adjective that opens the sentence is about: "Ready to pay, Arna sent an envoy"."""
    comma = next((k for k in range(verb + 1, len(words)) if words[k].text == ","), len(words))
    finite = next((k for k in range(comma + 1, min(len(words), comma + _SUBJECT)) if words[k].tag in FINITE), None)
    found = subject(words, finite) if finite is not None else None
    return found if found is not None and found.start > comma else None


def _control_candidates(words: list[Token]) -> Iterator[Candidate]:
    """ "the treaty obliges its members to help", "the law prohibits banks from paying": the object is bound."""
    for i, word in enumerate(words):
        hit = lexicon("controls").get(word.low)
        if hit is None or word.tag not in ("VB", "VBD", "VBZ", "VBP", "VBG", "VBN"):
            continue
        entry = hit[1]
        group = group_start(words, i)
        suffered = word.tag == "VBN" and any(words[k].low in BE for k in range(group, i))
        link = "from" if entry["takes"] == "from" else "to"
        for k in range(i + 2, min(len(words) - 1, i + 12)):
            if words[k].tag in FINITE or words[k].text in (";", "."):
                break
            if words[k].low != link:
                continue
            verb = k + 1
            while verb < len(words) and (words[verb].text in OPEN_QUOTE or words[verb].tag == "RB"):
                verb += 1
            if verb < len(words) and words[verb].tag in (("VBG",) if link == "from" else ("VB", "VBP", "NN")):
                bound = subject(words, group) if suffered else noun_phrase(words, skip_left(words, k - 1))
                if bound is not None and (suffered or bound.start > i):
                    yield Candidate("control", hit[0], entry["kind"], i, verb, verb, act_end(words, verb), bound,
                                    bool(entry.get("negative")))  # fmt: skip
                break


def _noun_candidates(words: list[Token]) -> Iterator[Candidate]:
    """ "his plan to help", "the obligation to defend", "a readiness to render assistance"."""
    for i, word in enumerate(words):
        hit = lexicon("nouns").get(word.low)
        if hit is None or word.tag not in ("NN", "NNS", "JJ"):
            continue
        entry = hit[1]
        j = i + 1
        if j < len(words) and words[j].low in ("is", "was") and word.low in ("plan", "job", "intention"):
            j += 1
        found = governed(words, j, entry["takes"]) or hung_infinitive(words, i)
        if found is None or (words[found[1]].tag == "VBG" and found[0] == j):
            continue
        first, verb, denied = found
        denied = denied or any(words[k].low == "no" for k in range(max(0, i - 3), i))
        hedges = ((i, i + 1),) if entry.get("softens") else ()
        end = act_end(words, verb)
        main = _main_verb(words, verb, end)
        if main < end and words[main].low in ("would", "could", "might"):
            continue  # "its refusal to disarm would trigger sanctions": nothing refused yet
        yield Candidate("noun", word.low, entry["kind"], i, first, verb, main, _owner(words, i),
                        bool(entry.get("negative")) != denied, hedges=hedges)  # fmt: skip


def _main_verb(words: list[Token], verb: int, end: int) -> int:
    """Where the act of a noun ends before the verb whose subject that noun is: "its pledge to help | will be kept"."""
    for k in range(verb + 1, end):
        if words[k].tag in ("WH", "WRB", "PRP") or words[k].low == "that" or words[k].text in (",", ";"):
            return end
        if words[k].tag == "MD":
            return k
    return end


def _owner(words: list[Token], i: int) -> Subject | None:
    """Who has the plan at `i`: whom "of" or a name or possessive before it names, else the subject of the verb before
    it."""
    to = next((k for k in range(i + 3, min(len(words), i + _SUBJECT)) if words[k].low == "to"), None)
    if to is not None and (named := whose(words, i, to)) is not None:
        return named
    if i and words[i - 1].tag == "NNP":  # "a Pentagon proposal to stay"
        return Subject(i - 1, i, i - 1)
    for k in range(i - 1, max(-1, i - 5), -1):
        if words[k].tag == "PPS":
            return Subject(k, k + 1, k)
        if words[k].tag == "POS":
            return noun_phrase(words, k - 1)
        if words[k].tag in FINITE or words[k].text == ",":
            break
    for k in range(i - 1, max(-1, i - 20), -1):
        if words[k].tag in FINITE:
            return subject(words, k)
    return None


def _requirement_candidates(words: list[Token]) -> Iterator[Candidate]:
    """ "an intervention would require the allies' support": the act is a noun, what it requires its condition."""
    for i, word in enumerate(words):
        if i + 1 < len(words) and words[i + 1].low in ("not", "n't", "to", "be"):
            continue
        if word.low not in ("require", "requires", "need", "needs", "depends", "depend") or i < 2:
            continue
        group = group_start(words, i)
        found = subject(words, group)
        if found is None or words[found.head].low not in cue_words("act_nouns"):
            continue
        owner = None
        if found.head > found.start and words[found.head - 1].tag in ("JJ", "NNP", "POS"):
            owner = Subject(found.start, found.head, found.head - 1)
        yield Candidate("requirement", word.low, "assessed", i, found.start, found.head, found.end, owner)


def _headline_candidates(words: list[Token]) -> Iterator[Candidate]:
    """ "Hezbollah to cease fire if …": in a headline a bare infinitive behind its subject tells of what is to come."""
    for i, word in enumerate(words[: _HEADLINE + 1]):
        if word.tag in FINITE or word.text in (",", ";"):
            return
        if word.low == "to" and i and words[i - 1].tag in ("NNP", "NNS", "NN") and i + 1 < len(words):
            if words[i + 1].tag not in ("VB", "VBP") and not (words[i + 1].tag == "NNP" and titled(words)):
                return
            holder = noun_phrase(words, i - 1)
            if holder is not None and holder.start == 0:
                yield Candidate("semi", "to", "promise", i, i, i + 1, act_end(words, i + 1), holder)
            return


def lexical_candidates(words: list[Token]) -> Iterator[Candidate]:
    """Every candidate that a commissive verb, adjective or noun gives."""
    yield from _cue_candidates(words)
    yield from _control_candidates(words)
    yield from _noun_candidates(words)
    yield from _requirement_candidates(words)
    yield from _headline_candidates(words)
    yield from ultimatum_candidates(words)
    yield from penalty_candidates(words)
    yield from plain_candidates(words)
