"""Whether a sentence asserts a thing, denies it, or only speaks of it: from structure, never from likeness.

Invariant: a wish, a threat, a forecast, a question or a condition asserts nothing, and where the structure leaves open
what is said, nothing is said. Words and tables alone decide (`data/wording.json`); no syntax is known here. Linear.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from typing import Literal

from tocsin.link.wording import Term, is_past, sense_of, stem, table, words

Status = Literal["yes", "no", "unreal", "open"]
REACH = 6
"""Words over which "not" or "failed to" reaches the word that it turns: "has not so far been officially asked". Longer
stretches hold another verb."""
AFTER = 5
"""Words behind a noun within which a "not" may turn it ("the request of the mayor was not sent") or turn something else
("the attack on the dam was not an accident"): so it is left open."""
_ENDS = re.compile(r"[;:.!?()—–\n]|--")
_QUESTION = re.compile(r"\?[\"”’'»)\s]*$")
YEAR = re.compile(r"\b(1[5-9]\d\d|20\d\d)\b")
_AGO = re.compile(r"\b(?:years?|decades?) ago\b|\blast (?:year|century)\b", re.IGNORECASE)


def statuses(text: str, found: Sequence[Term]) -> tuple[Status, ...]:
    """For each of the words `found` in `text`, whether what it names is asserted there."""
    asked = bool(_QUESTION.search(text[-8:])) or any(term.low in words("setting") for term in found)
    out: list[Status] = []
    unreal = conditional = bool(found) and found[0].low == "while"
    denied = False
    negated_at: int | None = None
    last = 0
    for place, term in enumerate(found):
        between = text[last : term.start]
        last = term.end
        if _ENDS.search(between):
            unreal = conditional = denied = False
            negated_at = None
        elif "," in between and (term.low in words("openers") or term.low in words("breakers")):
            unreal = conditional = False
            negated_at = None
        elif term.low in words("breakers") and not _sets_condition(found, place):
            negated_at, unreal = None, conditional
        if term.low == "that":
            negated_at = None
        turned = denied != (negated_at is not None and place - negated_at <= REACH)
        aimed = _aimed_at(found, place)
        out.append("unreal" if asked or unreal or aimed else "no" if turned else "yes")
        if term.low in words("conditional") or _sets_condition(found, place):
            unreal = conditional = True
        elif term.low in words("unreal"):
            unreal = True
        elif term.low in words("denying"):
            denied = True
        elif term.low in words("negators") or term.low in words("negating"):
            negated_at = None if negated_at is not None and place - negated_at <= REACH else place
    if not _finite(found):
        return tuple("open" if status == "yes" else status for status in out)
    return tuple(_open(text, found, place, status) for place, status in enumerate(out))


def _finite(found: Sequence[Term]) -> bool:
    """Whether a stretch holds a verb that asserts: an auxiliary or a past form."""
    return any(stem(term.low) in _finite_stems() or is_past(term.low) for term in found)


@cache
def _finite_stems() -> frozenset[str]:
    return frozenset(stem(word) for word in words("finite")) | {"'ll", "'d"}


def _sets_condition(found: Sequence[Term], place: int) -> bool:
    """Whether two words together set a condition, the second at `place`: "as long as"."""
    return place > 0 and f"{found[place - 1].low} {found[place].low}" in words("conditional_pairs")


def _aimed_at(found: Sequence[Term], place: int) -> bool:
    """Whether a word stands as an infinitive that tells of no more than an aim: "agreed to burn it"."""
    if not place or found[place - 1].low != "to" or found[place].low.endswith(("ed", "ing", "s")):
        return False
    before = found[place - 2].low if place > 1 else ""
    return before not in words("really") and before not in words("negating")


def _open(text: str, found: Sequence[Term], place: int, status: Status) -> Status:
    """A status, or `open` where the word is only a noun that is spoken of, or a "not" behind it may be about it."""
    if status != "yes":
        return status
    before = [term.low for term in found[max(0, place - 3) : place]]
    if before and before[-1] in words("nominal") and "there" not in before:
        return "open"
    last = found[place].end
    for term in found[place + 1 : place + 1 + AFTER]:
        between = text[last : term.start]
        if "," in between or _ENDS.search(between) or term.low in words("breakers"):
            return status
        if term.low in words("negators") and term.low not in ("no", "without", "neither", "nor"):
            return "open"
        last = term.end
    return status


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
def opposed() -> Mapping[str, frozenset[str]]:
    """What of two situations one excludes, by sense."""
    found: dict[str, set[str]] = {}
    for left, right in table()["opposed"]:
        one, other = sense_of(left), sense_of(right)
        one, other = (left if left in table()["classes"] else one), (right if right in table()["classes"] else other)
        found.setdefault(one, set()).add(other)
        found.setdefault(other, set()).add(one)
    return {sense: frozenset(others) for sense, others in found.items()}


def negated(found: Sequence[Term]) -> bool:
    """Whether the words of a condition name a situation by its absence: "there is no recount", "nobody burns"."""
    return sum(term.low in words("negators") for term in found) % 2 == 1


def of_old(text: str, published: str | None) -> bool:
    """Whether a sentence dates itself to an earlier year than its page, so that it is no news of what it tells."""
    if _AGO.search(text):
        return True
    years = [int(year) for year in YEAR.findall(text)]
    return bool(years and published) and max(years) < int(str(published)[:4])
