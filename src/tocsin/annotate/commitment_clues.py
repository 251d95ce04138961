"""What the score learns from examples alone: words and tree around an act, who tells of it, its conditions.

Where `commitment_score.features` holds what a reader of the guideline would name, these are thousands of small facts,
each of which only examples can weigh; one that was rare among them weighs nothing.

Invariant: no name of the page enters a clue, so that what is learnt on one crisis holds for the next.
"""

from collections.abc import Iterator

from tocsin.annotate.commitment_kinds import own_telling
from tocsin.annotate.commitment_match import Reading
from tocsin.annotate.commitment_people import Page, Teller
from tocsin.annotate.commitment_words import Token, cue_words, stem
from tocsin.annotate.condition_spans import Found

_TENSE = {"VBZ": "pres", "VBP": "pres", "VBD": "past", "MD": "mod", "VBG": "ing", "VBN": "part", "VB": "base"}
_CUED_BY_MODAL = frozenset(("modal", "semi", "passive"))
_UP = 4
"""Heads gone up from an auxiliary or a joined verb to the one that says how the clause hangs."""
_AROUND = 25
"""Words on either side of a verb in which what hangs on it is looked for."""
_HANGS = frozenset(("dobj", "iobj", "xcomp", "ccomp", "advcl", "neg", "nsubj", "nsubjpass"))


def clues(page: Page, reading: Reading, told: Teller, name: str | None, by: str | None) -> list[str]:
    """The names of what holds for a reading whose holder is called `name` and which `by` tells."""
    out = [*_cue(reading), *_clause(reading), *_arguments(reading), *_holder(page, reading), *_beside(reading)]
    out += [*_teller(page, reading, told, name, by), *_conditions(reading)]
    return list(dict.fromkeys(out))


def _sort(reading: Reading) -> str:
    """The modal of an act that has one, else the family of its cue."""
    act = reading.candidate
    return act.cue if act.family in _CUED_BY_MODAL else act.family


def _cue(reading: Reading) -> Iterator[str]:
    act, words = reading.candidate, reading.words
    yield f"cue={act.cue}/{act.family}"
    if act.family not in _CUED_BY_MODAL:
        yield f"cued={_TENSE.get(words[act.at].tag, words[act.at].tag)}"
        yield f"cued_by={words[act.at - 1].low if act.at else '^'}"


def _clause(reading: Reading) -> Iterator[str]:
    """How the act's clause hangs on the rest of its sentence."""
    words, at = reading.words, reading.candidate.verb
    for _ in range(_UP):
        head = words[at].head
        if words[at].relation not in ("conj", "aux", "auxpass", "cop") or head is None:
            break
        at = head
    if at != reading.candidate.verb:
        yield "joined"
    yield f"hangs={words[at].relation or 'root'}"
    head = words[at].head
    if head is None:
        yield "governor=^"
        return
    yield f"governor={stem(words[head])}"
    yield f"governed={_TENSE.get(words[head].tag, words[head].tag)}"
    if words[head].low in cue_words("says"):
        yield f"says={words[at].relation}"
    if words[head].low in cue_words("believing"):
        yield f"believes={words[at].relation}"


def _arguments(reading: Reading) -> Iterator[str]:
    """What hangs on the act's verb."""
    words, verb = reading.words, reading.candidate.verb
    for k in range(max(0, verb - _AROUND), min(len(words), verb + _AROUND)):
        word = words[k]
        if word.head != verb:
            continue
        if word.relation in ("mark", "advmod"):
            yield f"{word.relation}={word.low}"
        elif word.relation in _HANGS:
            yield f"has={word.relation}"
        if word.relation == "dobj":
            yield f"object={stem(word) if word.tag != 'NNP' else '*'}"
        if word.relation == "nmod" and k > verb:
            case = next((j for j in range(max(0, k - 6), k) if words[j].head == k and words[j].relation == "case"), k)
            if case < k:
                yield f"to={words[case].low}"


def _holder(page: Page, reading: Reading) -> Iterator[str]:
    act, words = reading.candidate, reading.words
    if act.holder is None:
        return
    head = words[act.holder.head]
    yield f"holder={head.low if head.tag != 'NNP' else '*'}"
    yield f"far={sum(act.at - act.holder.end >= least for least in (1, 2, 4, 8))}"
    found = page.between(words[act.holder.start].start, words[act.holder.end - 1].end)
    yield from sorted({f"is={one.kind}" for one in found if one.span.end >= head.end >= one.span.start})


def _beside(reading: Reading) -> Iterator[str]:
    """The words before the clause, behind the act and behind its verb."""
    act, words = reading.candidate, reading.words
    first = min(act.start, act.holder.start) if act.holder else act.start
    yield f"before={words[first - 1].low if first else '^'}"
    yield f"behind={words[act.end].low if act.end < len(words) else '$'}"
    yield f"next={words[act.verb + 1].low if act.verb + 1 < act.end else '$'}"


def _teller(page: Page, reading: Reading, told: Teller, name: str | None, by: str | None) -> Iterator[str]:
    own = int(own_telling(page, reading, name, by))
    how = "page" if told.attribution is None else "quoted" if told.direct else "told"
    yield from (f"own={own}", f"own={own}/{_sort(reading)}", f"way={how}")
    yield f"way={how}/{reading.candidate.cue if reading.candidate.family in _CUED_BY_MODAL else ''}"
    yield f"by={int(by is not None)}"
    sort = "person" if name in page.persons else "body" if name in page.bodies else "other"
    yield f"called={sort if name is not None else ''}"


def _conditions(reading: Reading) -> Iterator[str]:
    yield f"conditions={min(2, len(reading.conditions))}"
    for one in reading.conditions:
        yield f"operator={one.operator}"
        yield f"operator={one.operator}/{_sort(reading)}"
        yield f"first={int(one.at < reading.candidate.at)}"
        yield from _condition(reading.words, one)


def _condition(words: list[Token], one: Found) -> Iterator[str]:
    marker = words[one.at].low
    finite = next((k for k in range(one.start, one.end) if words[k].tag in ("VBD", "VBZ", "VBP", "MD")), None)
    yield f"marker={marker}"
    yield f"marked={marker}/{_TENSE[words[finite].tag] if finite is not None else ''}"
    if one.start < one.end:
        yield f"opens={words[one.start].low}"
