"""What kind of commitment an act is, and whether its own side tells of it.

A learnt head over the same features, the rules' answer among them, was no better (cross-validated .702 against .701 on
815 marked commitments, and worse on pages unlike the most), so the rules stand alone.

Invariant: the kind looks at the sentence of the act, at who tells of it and at nothing else of the page.
"""

from tocsin.annotate.commitment_match import Reading, told_around
from tocsin.annotate.commitment_people import FIRST, PRONOUNS, Page
from tocsin.annotate.commitment_words import Token, cue_words, is_people
from tocsin.core.commitments import KINDS, Kind

_MODAL = frozenset(("modal", "passive", "semi", "ellipsis", "present", "infinitive"))
_MET = 7
"""Words from "meet" to whom."""
_PROPOSING = frozenset(("propose", "proposal", "proposals", "call", "calls"))
_KINDS: dict[str, Kind] = {kind: kind for kind in KINDS}


def harms(reading: Reading) -> bool:
    """Whether the act hurts somebody: a verb of force or withdrawal, or a noun of punishment or arms in it."""
    act, words = reading.candidate, reading.words
    if act.family != "penalty" and _relieves(words, act.holder.head if act.holder else None, act.verb, act.end):
        return False
    if act.family == "penalty" or words[act.verb].low.removesuffix("ing") in cue_words("threat_acts"):
        return True
    if words[act.verb].low in cue_words("favours"):
        return False
    hurtful = cue_words("penalties") | cue_words("arms")
    return any(words[k].low in hurtful and _done_with(words, k, act.verb) for k in range(act.verb, act.end))


def _relieves(words: list[Token], holder: int | None, verb: int, end: int) -> bool:
    """Whether the act puts an end to what hurts: "call off the strike", "suspend the tariffs"."""
    if words[verb].low.removesuffix("ing") not in cue_words("relieving"):
        return False
    if words[verb].low in ("call", "put") and (verb + 1 >= end or words[verb + 1].low != "off"):
        return False
    deeds = cue_words("hostile_deeds")
    if holder is not None and words[holder].low in cue_words("forces"):
        deeds = deeds - cue_words("crowd_deeds")
    return any(words[k].low in deeds and words[k].head == verb for k in range(verb + 1, end))


def _done_with(words: list[Token], noun: int, verb: int) -> bool:
    """Whether the noun is what the verb brings or does it with: of "fight to end the war" that is not the war."""
    head = words[noun].head
    return noun == verb or head is None or head == verb or words[head].head == verb


def by_rule(page: Page, reading: Reading, name: str | None, by: str | None) -> Kind:
    """The kind of a commitment, from its cue, polarity, conditions and whether the holder tells of it."""
    act = reading.candidate
    own = own_telling(page, reading, name, by)
    if act.family not in _MODAL:
        softer = reading.negative and act.kind in ("promise", "readiness", "offer")
        if act.cue in _PROPOSING and not softer and not _to_another(reading):
            return "promise"
        return "refusal" if softer else _KINDS[act.kind]
    if act.kind == "power":
        return _power(reading, own)
    if act.kind != "promise":
        return _KINDS[act.kind]
    if not own and _guessed(page, reading, name, by):
        return "assessed"
    operators = {condition.operator for condition in reading.conditions}
    harm = harms(reading)
    if own and not reading.negative and reading.words[act.verb].low in cue_words("considering"):
        return "readiness"
    if reading.negative:
        gives = reading.words[act.verb].low in cue_words("favours")
        spares = harm or ("as_long_as" in operators and not gives) or act.passive
        return "promise" if spares else "refusal"
    if harm:
        return "ultimatum" if "unless" in operators or _if_not(reading) else "threat"
    return _plain(reading, own, by)


def _to_another(reading: Reading) -> bool:
    """Whether what is proposed is for another side to take up: on a condition, or talks, a truce, a return."""
    act, parleys = reading.candidate, cue_words("parleys")
    return bool(reading.conditions) or any(word.low in parleys for word in reading.words[act.verb : act.end])


def _power(reading: Reading, own: bool) -> Kind:
    """The kind of what somebody can, could, may or might do."""
    if reading.negative:
        return "refusal" if own else "obligation"
    if reading.words[reading.candidate.at].low in ("may", "might"):
        return "readiness" if own else "assessed"
    return "power"


def _plain(reading: Reading, own: bool, by: str | None) -> Kind:
    """The kind of an act that is neither denied nor harmful."""
    operators = {condition.operator for condition in reading.conditions}
    words = reading.words
    undone = _if_not(reading) and words[reading.candidate.verb].low not in cue_words("favours")
    if undone or (own and "unless" in operators):
        return "ultimatum"
    if by is None and not own and any(word.low in cue_words("pacts") for word in words):
        return "obligation"
    if own and operators & {"if", "only_if"} and words[reading.candidate.verb].low in cue_words("concessions"):
        return "offer"
    if own and operators & {"if", "only_if", "when"} and _talks(words, reading.candidate.verb):
        return "offer"
    return "promise"


def _somebody(word: Token) -> bool:
    return word.tag in ("NNP", "PRP") or is_people(word.low) or word.low.removesuffix("s") in cue_words("groups")


def _talks(words: list[Token], verb: int) -> bool:
    """Whether talks are what is held out: "would sit down with them", "will meet the envoys"."""
    low, after = words[verb].low, words[verb + 1].low if verb + 1 < len(words) else ""
    if low == "meet":
        return after == "with" or any(
            word.head == verb and word.relation == "dobj" and _somebody(word) for word in words[verb + 1 : verb + _MET]
        )
    return low == "negotiate" or (low, after) in (("sit", "down"), ("talk", "to"), ("talk", "with"))


def _if_not(reading: Reading) -> bool:
    """Whether a condition is that somebody does not do what is asked: "if they do not leave", "if he refuses"."""
    words = reading.words
    asked = [one for one in reading.conditions if one.operator != "as_long_as"]  # "will stay as long as they do not"
    return any(word.low in cue_words("failing") for one in asked for word in words[one.start : one.end])


def _guessed(page: Page, reading: Reading, name: str | None, by: str | None) -> bool:
    """Whether an act that others tell of is only what they think would come: no word of the actor stands behind it."""
    act, words = reading.candidate, reading.words
    if any(word.low in cue_words("guessing") for word in words):
        return True
    soft = words[act.at].low in ("would", "'d", "might", "could", "may")
    if not (reading.conditions and soft and act.holder is not None):
        return False
    if by is None:
        return not told_around(reading)
    named = words[act.holder.head].tag == "NNP"
    return named and name in page.persons | page.bodies


def own_telling(page: Page, reading: Reading, name: str | None, by: str | None) -> bool:
    """Whether the holder, or the holder's side, tells of the act."""
    act, words = reading.candidate, reading.words
    if by is not None and (name == by or (name is not None and page.state_of(by) == name)):
        return True
    if by is not None and name is not None and page.sides.same(name, by):
        return True
    if act.holder is None:
        return by is not None or told_around(reading)
    head = words[act.holder.head].low
    if by is not None and head in cue_words("groups"):
        if words[act.holder.start].low in ("his", "her", "its", "our", "my"):
            return True  # "Orlova said her government would pay"
        if head in ("alliance", "bloc", "union") and page.sides.member(by):
            return True
    return head in FIRST or (head in PRONOUNS and (by is None or name is None) and told_around(reading))
