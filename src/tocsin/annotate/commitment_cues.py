"""Candidates for commitments in one sentence: every verb group or cue that could tell of an act to wait for.

Invariant: a candidate's action, holder and hedges are words of the sentence; nothing is accepted here. Generous on
purpose: `commitment_score.py` decides which candidates are commitments.
"""

from collections.abc import Iterator
from dataclasses import replace
from itertools import islice

from tocsin.annotate.commitment_acts import (
    Candidate,
    act_end,
    agent,
    cues,
    denies,
    governed,
    lexicon,
    skip_in_group,
)
from tocsin.annotate.commitment_clauses import NOUN, QUOTE, Subject, subject
from tocsin.annotate.commitment_lexical import lexical_candidates
from tocsin.annotate.commitment_modals import behind_aside, elliptic, helped_verb, inverted, semi_modal
from tocsin.annotate.commitment_seconds import parted
from tocsin.annotate.commitment_senses import turned
from tocsin.annotate.commitment_words import Token

MOST = 16
"""Candidates of one sort in one sentence; prose has three or four, and what has more is a list or an attack."""
_RANK = (
    "requirement", "ultimatum", "penalty", "commissive", "control", "adjective", "plan", "decision", "noun",
    "noun_object",
    "passive", "modal", "semi", "attitude", "expected", "inability", "ellipsis",
    "past", "plain",
)  # fmt: skip
"""Of two candidates for one act the one whose family comes first says more about it."""
_SINGLE = frozenset(("one", "a", "an"))


def _modal_candidates(words: list[Token]) -> Iterator[Candidate]:
    modals = cues()["modals"]
    for i, word in enumerate(words):
        if word.tag == "MD" and word.low in modals:
            yield from turned(words, _modal(words, i, skip_in_group(words, i + 1), modals[word.low]))
        elif (semi := semi_modal(words, i)) is not None:
            yield from turned(words, _modal(words, i, semi[1], semi[0]))


def _modal(words: list[Token], i: int, verb: int, kind: str) -> Iterator[Candidate]:
    """The candidate of a modal at `i` whose group goes on at `verb`; of an inverted one ("Nor will X accept")."""
    holder = subject(words, i)
    group = words[i + 1 : verb]
    gap = None
    if verb < len(words) and inverted(words, i) and words[verb].tag in NOUN | {"PRP", "DT", "PPS"}:
        inner = next((k for k in range(verb + 1, min(len(words), verb + 12)) if words[k].tag in ("VB", "VBP")), None)
        if inner is not None:
            holder, gap = Subject(verb, inner, inner - 1), (verb, inner)
            verb = inner
    elif (later := behind_aside(words, verb)) is not None:
        gap, verb = (verb, later), later
    elif (helped := helped_verb(words, i, verb)) is not None:
        verb = helped
    if (alone := elliptic(words, i, verb, kind, holder)) is not None:
        yield alone
    if alone is not None or verb >= len(words) or words[verb].tag in ("PU", "CC", "IN"):
        return
    passive, act = False, verb
    if words[verb].low in ("be", "get", "have") or words[verb].low == "been":
        j = skip_in_group(words, verb + 1)
        if (
            j < len(words)
            and words[verb].low == "have"
            and words[j].tag in ("VBN", "VBD")
            and words[j].low not in ("to",)
        ):
            yield Candidate("past", words[i].low, kind, i, i, j, act_end(words, j), holder, denies(group))
            return
        if j < len(words) and words[verb].low == "be" and words[j].tag in ("VBN", "VBD"):
            passive, act = True, j
        elif j < len(words) and words[verb].low == "be" and words[j].tag == "VBG":
            act = j
        soft = lexicon("adjectives").get(words[j].low) if j < len(words) else None
        if soft is not None and words[verb].low == "be":
            found = governed(words, j + 1, "inf ger")
            if found is not None:
                passive = False
                kind = soft[1]["kind"]
                act = found[1]
    start = i - 1 if gap and words[i - 1].low in ("nor", "neither") else i
    there = holder is not None and words[holder.head].tag == "EX"
    if there and verb + 1 < len(words) and words[verb].low == "be" and words[verb + 1].low in ("no", "not"):
        group = [*group, words[verb + 1]]
    negative = denies(group) or (gap is not None and start < i) or denies(words[verb:act])
    denied_ahead = gap is not None and gap[0] == i + 1 and words[0].low in ("not", "never", "under")
    negative = negative or denied_ahead
    holder_negative = holder is not None and _negative_subject(words, holder)
    hedges: tuple[tuple[int, int], ...] = (
        ((i, i + 1),) if words[i].low in ("may", "might", "could") and kind == "power" else ()
    )
    hedges += tuple(
        (k, k + 1) for k in range(i + 1, verb) if words[k].low in ("probably", "possibly", "likely", "perhaps")
    )
    nobody = holder is not None and words[holder.head].low in ("nobody", "one") and holder_negative
    if (passive or there) and holder is not None and gap is None and not nobody:
        # what is done to something is the act, its subject a part of it: "said forces will not be deployed"
        aside = words[holder.end].text == "," and words[i - 1].text == ","
        start = holder.start if holder.end >= i - 1 or aside else start
        holder = agent(words, act + 1)
    family = (
        "passive" if passive else "semi" if words[i].tag != "MD" or words[i].low not in cues()["modals"] else "modal"
    )
    yield Candidate(
        family, words[i].low, kind, i, start, act, act_end(words, act), holder, negative != holder_negative, passive,
        hedges=hedges, gap=gap,
    )  # fmt: skip


def _negative_subject(words: list[Token], holder: Subject) -> bool:
    first = next((k for k in range(holder.start, holder.end) if words[k].text not in QUOTE), None)
    if first is None:
        return False
    if words[first].low in ("no", "nobody", "none", "neither", "nothing"):
        return True
    if words[first].low == "not":
        return first + 1 < holder.end and words[first + 1].low in _SINGLE
    return words[first].low in _SINGLE and first > 0 and words[first - 1].low == "not"  # "not one ship will leave"


def candidates(words: list[Token]) -> list[Candidate]:
    """Every candidate of the sentence, by place; of two for one act the one with the more telling cue."""
    whole = [*islice(_modal_candidates(words), MOST), *islice(lexical_candidates(words), MOST)]
    found = [part for act in whole for part in parted(words, act)]
    found.sort(key=lambda c: (c.start, c.at, c.end))
    out: list[Candidate] = []
    for candidate in found:
        if any(other.family == "requirement" and other.at == candidate.verb for other in found):
            continue
        if candidate.family == "noun_object" and any(other.verb == candidate.at for other in found):
            continue  # "is ready to offer help": the offering is the act
        if candidate.family == "attitude" and any(other.verb == candidate.at for other in found):
            continue  # "will consider lifting it"
        if candidate.family in ("modal", "semi") and any(
            other.at == candidate.verb and other.family in ("commissive", "plan") for other in found
        ):
            continue  # "will refuse to meet": the meeting is
        same = [k for k, other in enumerate(out) if other.verb == candidate.verb]
        if same:
            out[same[0]] = _better(out[same[0]], candidate)
        else:
            out.append(candidate)
    return out


def _better(left: Candidate, right: Candidate) -> Candidate:
    best, other = sorted((left, right), key=lambda c: (_RANK.index(c.family), c.at))
    return best if best.holder is not None or best.family == "penalty" else replace(best, holder=other.holder)
