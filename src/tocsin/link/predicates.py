"""What the verb of a clause makes of the nouns before it: "the strike was called off", "the rumours were false", "a
stoppage would cost".

Invariant: as in `direction.py`, words and tables alone decide; every word is looked back from or forward to over a set
number of words, so that the time is linear.
"""

import re
from collections.abc import Sequence
from typing import Literal

from tocsin.link.meanings import classes, things
from tocsin.link.wording import Term, is_past, words

Status = Literal["yes", "no", "unreal", "open"]
BACK = 8
"""Words before a verb among which its subject is looked for."""
FORWARD = 6
"""Words behind a noun within which "would" makes it a supposition: "a stoppage of the ferries would cost"."""
MODALS = frozenset(("would", "could", "might", "may", "will", "shall", "should", "must", "'ll", "'d"))
_BE = frozenset(("is", "are", "was", "were", "been", "be", "being", "am", "'s", "got", "gets"))
_ENDS = re.compile(r"[;:.!?()—–\n]|--")
_SEEM = frozenset(("proved", "proves", "prove", "as", "turned", "remained", "called", "branded", "labelled", "be"))
_TURNED: dict[Status, Status] = {"yes": "no", "no": "yes", "unreal": "unreal", "open": "open"}


def passive(found: Sequence[Term], place: int) -> bool:
    """Whether a form of "be" stands one or two words before `place`, so that what it governs stands before it."""
    return any(term.low in _BE for term in found[max(0, place - 2) : max(0, place)])


def happens(term: Term) -> bool:
    """Whether a word is known to be something that happens."""
    return term.sense in classes() and term.sense not in things()


def turned_by_verbs(
    text: str, found: Sequence[Term], opened: Sequence[Status], plain: Sequence[Status]
) -> list[Status]:
    """The statuses with what verbs and modals say of the nouns that they are said of."""
    out = list(opened)
    _supposed(text, found, out)
    for place, term in enumerate(found):
        going = term.sense in words("goes_on")
        if going or term.sense in words("undone"):
            said = plain[place] if going else _TURNED[plain[place]]
            if passive(found, place) or _ends_clause(text, found, place):
                _say_of_subject(text, found, out, (place, said))
        if term.low in words("untrue"):
            _deny_before(text, found, out, place)
    return out


def _supposed(text: str, found: Sequence[Term], out: list[Status]) -> None:
    """What is no past form and is followed by a modal in its clause is only supposed."""
    modal: int | None = None
    for place in range(len(found) - 1, -1, -1):
        term = found[place]
        if place + 1 < len(found):
            between = text[term.end : found[place + 1].start]
            if "," in between or _ENDS.search(between) or found[place + 1].low in words("breakers"):
                modal = None
        near = modal is not None and modal - place <= FORWARD
        if near and out[place] in ("yes", "open") and happens(term) and not is_past(term.low.split()[0]):
            out[place] = "unreal"
        if term.low in MODALS:
            modal = place


def _ends_clause(text: str, found: Sequence[Term], place: int) -> bool:
    """Whether a verb has no object: the clause ends behind it, or a word of time or place follows."""
    if not is_past(found[place].low.split()[0]):
        return False
    if place + 1 == len(found):
        return True
    after = found[place + 1]
    between = text[found[place].end : after.start]
    return bool(_ENDS.search(between)) or "," in between or after.low in words("prepositions")


def _say_of_subject(text: str, found: Sequence[Term], out: list[Status], verb: tuple[int, Status]) -> None:
    place, said = verb
    for before in range(place - 1, max(-1, place - 1 - BACK), -1):
        between = text[found[before].end : found[before + 1].start]
        if _ENDS.search(between) or "," in between or found[before].low in words("breakers"):
            return
        if happens(found[before]) and out[before] in ("yes", "open") and not is_past(found[before].low.split()[0]):
            out[before] = said


def _deny_before(text: str, found: Sequence[Term], out: list[Status], place: int) -> None:
    """ "The rumours that he fled were false": what stands before is not so, where a report is called false."""
    near = found[max(0, place - 3) : place]
    if not any(term.low in _BE or term.low in _SEEM for term in near):
        return
    start = place
    while start > 0 and not _ENDS.search(text[found[start - 1].end : found[start].start]):
        start -= 1
    if any(term.low in words("report_nouns") for term in found[start:place]):
        out[start:place] = [_TURNED[one] if one == "no" else "no" for one in out[start:place]]
