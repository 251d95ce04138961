"""Acts of speaking: whose refusal is one of talks, and what speakers only say about how they go on speaking.

Invariant: both look at the words of the act and at its conditions, and at nothing else of the page.
"""

from tocsin.annotate.commitment_match import Reading
from tocsin.annotate.commitment_words import cue_words
from tocsin.names.register import outlet_of

_ASKED = frozenset(("why", "what", "how", "who", "whether", "when", "where"))
_TURNS = {
    "tell": ("you",), "remind": ("you",), "see": (), "say": ("it", "this", "that"), "explain": ("it", "that", "this"),
    "repeat": ("it", "that"), "be": ("frank", "honest", "brief", "blunt", "clear", "candid"),
}  # fmt: skip
"""Verbs of a turn of talk, with the word that may stand behind each; then nothing, or a question, may follow."""


def refuses_talks(reading: Reading, deed: int) -> bool:
    """Whether talks or acceptance are refused, and not a word to the press: "refused to talk until they left", "refused
    to talk to the rebels"."""
    words, end = reading.words, reading.candidate.end
    if words[deed].low not in cue_words("talks"):
        return False
    if any(one.operator in ("until", "unless", "as_long_as", "only_if") for one in reading.conditions):
        return True
    to = deed + 1
    if words[deed].low not in ("talk", "speak") or to >= end or words[to].low not in ("to", "with"):
        return False
    listeners = " ".join(word.text for word in words[to + 1 : end])
    return outlet_of(listeners) is None and not any(
        word.low in cue_words("listeners") or outlet_of(word.text) is not None for word in words[to:end]
    )


def turn_of_talk(reading: Reading, verb: str, deed: int) -> bool:
    """Whether speakers only say how they go on speaking: "I’ll tell you why", "we will see", "I would bet on it". What
    is told to somebody, at some time or beyond it ("I will tell you the name") is an act."""
    words, act = reading.words, reading.candidate
    if reading.conditions or act.holder is None or words[act.holder.head].low not in ("i", "we"):
        return False
    rest = [word.low for word in words[deed + 1 : act.end] if word.tag != "PU"]
    if verb in cue_words("turns_of_talk"):
        return True
    openers = _TURNS.get(verb)
    if openers is None or (verb == "be" and not rest):
        return False
    left = rest[1:] if rest and rest[0] in openers else rest
    return not left or left[0] in _ASKED or left in (["with", "you"], ["again"])
