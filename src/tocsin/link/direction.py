"""Whether a sentence asserts a thing, denies it, or only speaks of it: from structure, never from likeness.

Invariant: a wish, a threat, a forecast, a question or a condition asserts nothing, and where the structure leaves open
what is said, nothing is said. Words and tables alone decide (`data/wording.json`); no syntax is known here. Linear.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from typing import Literal

from tocsin.link.meanings import excluded
from tocsin.link.predicates import Gap, gaps, passive, turned_by_verbs
from tocsin.link.stems import stem
from tocsin.link.wording import Term, is_past, words

Status = Literal["yes", "no", "unreal", "open"]
REACH = 6
"""Words over which "not" or "failed to" reaches the word that it turns: "has not so far been officially asked". Longer
stretches hold another verb."""
AFTER = 5
"""Words behind a noun within which a "not" may turn it ("the request of the mayor was not sent") or turn something else
("the attack on the dam was not an accident"): so it is left open."""
HEARSAY = 4
"""Words that "said to have" opens: "said to have quit the yard"."""
_QUESTION = re.compile(r"\?[\"”’'»)\s]*$")
YEAR = re.compile(r"\b(1[5-9]\d\d|20\d\d)\b")
_AGO = re.compile(
    r"\b(?:years?|decades?|seasons?|winters?|summers?|generations?|centuries) ago\b|\blast century\b", re.IGNORECASE
)
_TURNING = ("contrary", "hearsay", "as_if")


@cache
def _cues(*names: str) -> "re.Pattern[str]":
    """Cues of several words, by the list that they stand in."""
    parts = (
        f"(?P<{name}>{'|'.join(map(re.escape, sorted(words(name), key=lambda w: (-len(w), w))))})" for name in names
    )
    return re.compile(rf"\b(?:{'|'.join(parts)})\b")


class _Scan:
    """Reads a sentence from left to right and keeps what is in force: a negation, a denial, a wish, a condition."""

    def __init__(self, text: str, found: Sequence[Term], marks: Sequence[Gap]) -> None:
        self.found = found
        self.marks = marks
        self.cues = [(one.end(), str(one.lastgroup)) for one in _cues(*_TURNING).finditer(text.lower())][::-1]
        self.asked = bool(_QUESTION.search(text[-8:])) or any(term.low in words("setting") for term in found)
        self.unreal = self.conditional = bool(found) and found[0].low in ("while", "were")
        self.denied = self.contrary = False
        self.negated_at: int | None = None
        self.hearsay_to = -1

    def statuses(self) -> list[Status]:
        """The status of each word."""
        out: list[Status] = []
        brings, breakers = _brings(), words("breakers")
        for place, term in enumerate(self.found):
            low = term.low
            if self.marks[place] or self.cues or low in breakers or low == "that":
                self._enter(place)
            out.append(self._status(place))
            kind = brings.get(low)
            if kind is not None:
                self._take(place, kind)
        return out

    def _enter(self, place: int) -> None:
        """What a mark or a word that opens a clause lays down, and what a cue of several words brings."""
        term = self.found[place]
        if self.marks[place] == ".":
            self.unreal = self.conditional = self.denied = self.contrary = False
            self.negated_at = None
        elif self.marks[place]:
            self.contrary = False
            if term.low in words("openers") or term.low in words("breakers"):
                self.unreal = self.conditional = False
                self.negated_at = None
        elif term.low in words("breakers") and not sets_condition(self.found, place):
            self.negated_at, self.unreal = None, self.conditional
        if term.low == "that":
            self.negated_at = None
        while self.cues and self.cues[-1][0] <= term.start:
            kind = self.cues.pop()[1]
            self.contrary = self.contrary or kind == "contrary"
            self.unreal = self.unreal or kind == "as_if"
            if kind == "hearsay" and not passive(self.found, place - 2):
                self.hearsay_to = place + HEARSAY

    def _status(self, place: int) -> Status:
        negated = self.negated_at is not None and place - self.negated_at <= REACH
        if self.asked or self.unreal or (not self.contrary and _aimed_at(self.found, place)):
            return "unreal"
        if place <= self.hearsay_to:
            return "open"
        return "no" if (self.denied != negated) != self.contrary else "yes"

    def _take(self, place: int, kind: str) -> None:
        """What a word brings into force for those behind it."""
        if kind == "paired" and not sets_condition(self.found, place):
            return
        if kind in ("conditional", "paired"):
            self.unreal = self.conditional = True
        elif kind == "unreal":
            self.unreal = True
        elif kind == "denying":
            self.denied = not passive(self.found, place)
        elif kind == "untrue":
            follows = place + 1 < len(self.found) and self.found[place + 1].low in words("report_nouns")
            self.denied = self.denied or follows
        elif kind == "negators" or not passive(self.found, place):
            reaches = self.negated_at is not None and place - self.negated_at <= REACH
            self.negated_at = None if reaches else place


@cache
def _brings() -> Mapping[str, str]:
    """What each word brings into force: the first of the lists that it stands in."""
    found = {pair.split()[1]: "paired" for pair in words("conditional_pairs")}
    for name in ("negating", "negators", "untrue", "denying", "unreal", "conditional"):
        found |= dict.fromkeys(words(name), name)
    return found


def statuses(text: str, found: Sequence[Term]) -> tuple[Status, ...]:
    """For each of the words `found` in `text`, whether what it names is asserted there."""
    marks = gaps(text, found)
    out = _Scan(text, found, marks).statuses()
    if not _finite(found):
        return tuple("open" if status == "yes" else status for status in out)
    opened = [_open(marks, found, place) if status == "yes" else status for place, status in enumerate(out)]
    return tuple(turned_by_verbs(marks, found, opened, out))


def _finite(found: Sequence[Term]) -> bool:
    """Whether a stretch holds a verb that asserts: an auxiliary or a past form."""
    return any(stem(word) in _finite_stems() or is_past(word) for term in found for word in term.low.split())


@cache
def _finite_stems() -> frozenset[str]:
    return frozenset(stem(word) for word in words("finite")) | {"'ll", "'d"}


def sets_condition(found: Sequence[Term], place: int) -> bool:
    """Whether two words together set a condition, the second at `place`: "as long as"."""
    return place > 0 and f"{found[place - 1].low} {found[place].low}" in words("conditional_pairs")


def _aimed_at(found: Sequence[Term], place: int) -> bool:
    """Whether a word stands as an infinitive that tells of no more than an aim: "agreed to burn it"."""
    if not place or found[place - 1].low != "to" or found[place].low.endswith(("ed", "ing", "s")):
        return False
    before = found[place - 2].low if place > 1 else ""
    return before not in words("really") and before not in words("negating")


def _open(marks: Sequence[Gap], found: Sequence[Term], place: int) -> Status:
    """What is told, or `open` where the word is only a noun that is spoken of, or a "not" behind it may be about it."""
    nominal = bool(place) and found[place - 1].low in words("nominal")
    if nominal and all(term.low != "there" for term in found[max(0, place - 3) : place]):
        return "open"
    breakers, negators = words("breakers"), words("negators")
    for later in range(place + 1, min(place + 1 + AFTER, len(found))):
        low = found[later].low
        if marks[later] or low in breakers:
            return "yes"
        if low in negators and low not in ("no", "without", "neither", "nor"):
            return "open"
    return "yes"


def joined(every: Iterable[Status]) -> Status:
    """What a sentence says of a thing that it names several times: said and denied is open, and what is said once
    counts however often it is only spoken of."""
    told = set(every)
    if {"yes", "no"} <= told:
        return "open"
    for one in ("yes", "no", "open"):
        if one in told:
            return one
    return "unreal"


@cache
def excluding() -> Mapping[str, frozenset[str]]:
    """For a sense the senses that exclude it where they are told."""
    found: dict[str, set[str]] = {}
    for told, others in excluded().items():
        for sense in others:
            found.setdefault(sense, set()).add(told)
    return {sense: frozenset(others) for sense, others in found.items()}


def negated(found: Sequence[Term]) -> bool:
    """Whether the words of a condition name a situation by its absence: "there is no recount", "nobody burns"."""
    return sum(term.low in words("negators") for term in found) % 2 == 1


def of_old(text: str, published: str | None) -> bool:
    """Whether a sentence dates itself to an earlier year than its page, so that it is no news of what it tells."""
    if _AGO.search(text) or _cues("of_old").search(text.lower()):
        return True
    years = [int(year) for year in YEAR.findall(text)]
    return bool(years and published) and max(years) < int(str(published)[:4])


def elsewhere(text: str) -> bool:
    """Whether a sentence says that it tells of another place or of somebody else: "another yard", "miles away"."""
    return bool(_cues("elsewhere").search(text.lower()))
