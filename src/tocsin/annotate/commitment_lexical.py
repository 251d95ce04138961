"""Candidates from commissive words: "pledged to help", "is ready to intervene", "the obligation to defend".

Invariant: a candidate's action, holder and hedges are words of the sentence; nothing is accepted here.
"""

from collections.abc import Iterator
from typing import Any

from tocsin.annotate.commitment_acts import (
    BE,
    HAVE,
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
from tocsin.annotate.commitment_clauses import FINITE, NOUN, VERB, Subject, noun_phrase, skip_left, subject
from tocsin.annotate.commitment_penalties import given, penalty_candidates, ultimatum_candidates
from tocsin.annotate.commitment_plain import plain_candidates
from tocsin.annotate.commitment_senses import keeps_open
from tocsin.annotate.commitment_words import Token, cue_words, is_people, titled

_SUBJECT = 12
"""Words of a subject behind what opens its sentence."""
_OBJECT = 7
"""Words of an object between a verb and the clause that it promises, and of that clause's subject."""
_NOMINAL = NOUN | {"DT", "PPS", "JJ", "PRP", "POS", "CD"}
_CLIMBS = 4
"""Heads gone up from a participle to the verb whose subject does both."""
_HEADLINE = 7
"""Words of a subject before the "to" of a headline."""
_TIMES = frozenset(("night", "morning", "afternoon", "evening"))
_GIVES = frozenset(("give", "gives", "gave", "given", "giving"))


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
    found = _governed_by(words, i, after, lemma, entry["takes"])
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
    if holder is None and i == 0 and words[i].tag != "VBG":
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
    end = _noun_end(words, first, verb) if noun else act_end(words, verb)
    yield Candidate(
        family, lemma, kind, i, first, verb, end, holder, negative, passive,
        says=bool(entry.get("says")), hedges=hedges,
    )  # fmt: skip


def _governed_by(words: list[Token], i: int, after: int, lemma: str, takes: str) -> tuple[int, int, bool] | None:
    """What the verb at `i` governs from `after` on, whom it is told to or when left out: "promised on Monday to leave",
    "promised their mothers to stay", "promised him talks"."""
    found = governed(words, after, takes)
    if found is None:
        later = None if lemma == "vote" else _object_then_to(words, after)
        later = later or hung_infinitive(words, i)
        return later or _given_whom(words, i, after, takes) or _pact(words, after, lemma)
    if "inf" not in takes or words[found[1]].tag in VERB or words[found[1] - 1].low == "to":
        return found
    later = _object_then_to(words, after)
    if later is not None and (found[0] == found[1] or _whom_or_when(words[later[0] - 2])):
        return later
    return _given_whom(words, i, after, takes) or found


def _whom_or_when(word: Token) -> bool:
    """Whether a word ends the name of somebody who is told, or a time: no thing that is promised."""
    if word.tag in ("NNP", "PRP") or word.low in cue_words("days") or word.low in _TIMES | cue_words("time_nouns"):
        return True
    return word.tag in NOUN and (word.low in cue_words("groups") or is_people(word.low))


def _given_whom(words: list[Token], i: int, after: int, takes: str) -> tuple[int, int, bool] | None:
    """The thing behind the one whom it is promised to: "promised him talks", "offered the rebels seats"."""
    if "np" not in takes.split():
        return None
    whom = next((k for k in range(after, min(len(words), after + _OBJECT)) if words[k].relation == "iobj"), None)
    if whom is None and after < len(words) and words[after].tag == "PRP":
        whom = after
    if whom is None or (words[whom].head != i and words[whom].tag != "PRP"):
        return None
    return governed(words, whom + 1, "np")


def _pact(words: list[Token], after: int, lemma: str) -> tuple[int, int, bool] | None:
    """What two sides agree (to): "agreed to a truce", "agree six-month ceasefire"."""
    if lemma != "agree" or after >= len(words):
        return None
    found = governed(words, after + (words[after].low in ("to", "on")), "np")
    return found if found is not None and words[found[1]].low in cue_words("parleys") else None


def _noun_end(words: list[Token], first: int, noun: int) -> int:
    """The end of an act that is a noun: before an "and to" that adds a verb, or its clause's verb."""
    end = act_end(words, first)
    for k in range(noun + 1, end):
        if words[k].tag == "CC" and words[k + 1 : k + 2] and words[k + 1].low == "to":
            return k
    return end


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
    if "inf" in entry["takes"] and (found is None or words[found[1]].tag in NOUN):
        found = hung_infinitive(words, i) or found
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
        if hit is not None and word.tag in ("VB", "VBD", "VBZ", "VBP", "VBG", "VBN"):
            yield from _letting(words, i) if hit[0] == "let" else _control(words, i, *hit)


def _control(words: list[Token], i: int, lemma: str, entry: dict[str, Any]) -> Iterator[Candidate]:
    group = group_start(words, i)
    suffered = words[i].tag == "VBN" and any(words[k].low in BE for k in range(group, i))
    link = "from" if entry["takes"] == "from" else "to"
    for k in range(
        i + (1 if suffered and words[i].low not in lexicon("adjectives") else 2), min(len(words) - 1, i + 12)
    ):
        if words[k].tag in FINITE or words[k].text in (";", "."):
            return
        if words[k].low != link:
            continue
        verb = k + 1
        while verb < len(words) and (words[verb].text in OPEN_QUOTE or words[verb].tag == "RB"):
            verb += 1
        if verb < len(words) and words[verb].tag in (("VBG",) if link == "from" else ("VB", "VBP", "NN")):
            denied = words[k - 1].low in ("not", "never")
            if lemma == "tell" and words[i].tag != "VBZ" and not (suffered and denied):
                return  # "told them to wait": what was said to them in passing
            bound = subject(words, group) if suffered else noun_phrase(words, skip_left(words, k - 1))
            start = k - 1 if denied else verb
            if bound is not None and (suffered or bound.start > i):
                yield Candidate("control", lemma, entry["kind"], i, start, verb, act_end(words, verb), bound,
                                bool(entry.get("negative")) != denied)  # fmt: skip
        return


def _letting(words: list[Token], i: int) -> Iterator[Candidate]:
    """ "the rules let it watch the vote": who is let do it may do it. "Let us march" lets nobody."""
    for k in range(i + 2, min(len(words), i + _OBJECT)):
        if words[k].tag in ("VB", "VBP"):
            bound = noun_phrase(words, k - 1)
            if bound is not None and bound.start > i and _is_law(words, subject(words, group_start(words, i))):
                yield Candidate("control", "let", "power", i, k, k, act_end(words, k), bound)
            return
        if words[k - 1].tag not in _NOMINAL:
            return


def _is_law(words: list[Token], who: Subject | None) -> bool:
    """Whether who lets is a law, a rule or a paper of that sort: "the treaty lets it", "paragraph 7 lets him"."""
    if who is None:
        return False
    inside = {word.low for word in words[who.start : who.end]}
    return bool(inside & (cue_words("policies") | cue_words("treaties") | cue_words("instrument_nouns")))


def _term_candidates(words: list[Token]) -> Iterator[Candidate]:
    """ "have ten days to leave", "has until Friday to pay", "gave Velta a week to answer": what time is left for."""
    for i, word in enumerate(words):
        if word.low != "to" or i < 3 or words[i - 1].low not in cue_words("time_nouns"):
            continue
        if i + 1 >= len(words) or words[i + 1].tag not in ("VB", "VBP"):
            continue
        for k in range(i - 2, max(-1, i - _SUBJECT), -1):
            if words[k].low in HAVE or words[k].low in _GIVES:
                gives = words[k].low in _GIVES and words[k - 1].low not in BE
                end = act_end(words, i + 1)
                demanded = any(word.low == "or" for word in words[i + 1 : end + 2])  # "48 hours to leave, or we fire"
                if words[k].low not in ("had", "having") and not demanded:
                    holder = given(words, i - 1) if gives else subject(words, group_start(words, k))
                    start = i + 1 if words[k].low in _GIVES else k
                    yield Candidate("control", "time", "obligation", k, start, i + 1, end, holder)
                break
            if words[k].tag in FINITE | {"TO", "VB", "VBG"} or words[k].text in (",", ";"):
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
        if found is None and "of" in entry["takes"].split():
            yield from _offered(words, i, entry)
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


def _offered(words: list[Token], i: int, entry: dict[str, Any]) -> Iterator[Candidate]:
    """ "an offer of talks", "the threat of sanctions"."""
    if i + 2 >= len(words) or words[i + 1].low != "of" or (found := governed(words, i + 2, "np")) is None:
        return
    first, noun, _ = found
    if words[noun].low in cue_words("time_nouns") or words[noun].low in cue_words("days"):
        return  # "offers of the week"
    end = act_end(words, first)
    end = next((k for k in range(noun + 1, end) if words[k].tag in FINITE or words[k].text == ","), end)
    denied = any(words[k].low == "no" for k in range(max(0, i - 3), i))
    yield Candidate("noun_object", words[i].low, entry["kind"], i, first, noun, end, _owner(words, i), denied)


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
    """ "Hezbollah to cease fire if …", "Vault: banks to stay shut": in a headline a bare infinitive behind its subject
    tells of what is to come."""
    first = next((k + 1 for k in range(min(len(words), _HEADLINE)) if words[k].text == ":"), 0)
    for i in range(first, min(len(words) - 1, first + _HEADLINE + 1)):
        if words[i].tag in FINITE or words[i].text in (",", ";"):
            return
        denied = words[i].low == "not" and words[i + 1].low == "to"
        if (denied or words[i].low == "to") and i > first and words[i - 1].tag in NOUN:
            verb = i + 1 + denied
            if verb >= len(words) or (words[verb].tag not in ("VB", "VBP") and not _in_title(words, verb)):
                return
            holder, end = noun_phrase(words, i - 1), act_end(words, verb)
            if any(word.tag in FINITE for word in words[verb + 1 : end]):
                return  # "refusal to disarm would trigger sanctions"
            if holder is not None and holder.start == first:
                yield Candidate("semi", "to", "promise", i, i, verb, end, holder, denied)
            return


def _in_title(words: list[Token], verb: int) -> bool:
    return words[verb].tag == "NNP" and titled(words)


def lexical_candidates(words: list[Token]) -> Iterator[Candidate]:
    """Every candidate that a commissive verb, adjective or noun gives."""
    yield from _cue_candidates(words)
    yield from _control_candidates(words)
    yield from _term_candidates(words)
    yield from _noun_candidates(words)
    yield from _requirement_candidates(words)
    yield from _headline_candidates(words)
    yield from ultimatum_candidates(words)
    yield from penalty_candidates(words)
    yield from plain_candidates(words)
