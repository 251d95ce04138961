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
Gap = Literal["", ",", "."]
_SEEM = frozenset(("proved", "proves", "prove", "as", "turned", "remained", "called", "branded", "labelled", "be"))
_TURNED: dict[Status, Status] = {"yes": "no", "no": "yes", "unreal": "unreal", "open": "open"}


def gaps(text: str, found: Sequence[Term]) -> list[Gap]:
    """What stands before each word: nothing, a comma, or a mark that ends a clause."""
    out: list[Gap] = []
    last = 0
    for term in found:
        between = text[last : term.start]
        last = term.end
        if between in (" ", ""):
            out.append("")
        else:
            out.append("." if _ENDS.search(between) else "," if "," in between else "")
    return out


def passive(found: Sequence[Term], place: int) -> bool:
    """Whether a form of "be" stands one or two words before `place`, so that what it governs stands before it."""
    return any(term.low in _BE for term in found[max(0, place - 2) : max(0, place)])


def happens(term: Term) -> bool:
    """Whether a word is known to be something that happens."""
    return term.sense in classes() and term.sense not in things()


def turned_by_verbs(
    marks: Sequence[Gap], found: Sequence[Term], opened: Sequence[Status], plain: Sequence[Status]
) -> list[Status]:
    """The statuses with what verbs and modals say of the nouns that they are said of."""
    out = list(opened)
    _supposed(marks, found, out)
    goes_on, undone, untrue = words("goes_on"), words("undone"), words("untrue")
    for place, term in enumerate(found):
        going = term.sense in goes_on
        if going or term.sense in undone:
            said = plain[place] if going else _TURNED[plain[place]]
            if passive(found, place) or _ends_clause(marks, found, place):
                _say_of_subject(marks, found, out, (place, said))
        if term.low in untrue:
            _deny_before(marks, found, out, place)
    return out


def _supposed(marks: Sequence[Gap], found: Sequence[Term], out: list[Status]) -> None:
    """What is no past form and is followed by a modal in its clause is only supposed."""
    modal: int | None = None
    breakers = words("breakers")
    for place in range(len(found) - 1, -1, -1):
        term = found[place]
        if modal is not None:
            if marks[place + 1] or found[place + 1].low in breakers:
                modal = None
            elif modal - place <= FORWARD and out[place] in ("yes", "open") and happens(term):
                out[place] = out[place] if is_past(term.low.split()[0]) else "unreal"
        if term.low in MODALS:
            modal = place


def _ends_clause(marks: Sequence[Gap], found: Sequence[Term], place: int) -> bool:
    """Whether a verb has no object: the clause ends behind it, or a word of time or place follows."""
    if not is_past(found[place].low.split()[0]):
        return False
    return place + 1 == len(found) or bool(marks[place + 1]) or found[place + 1].low in words("prepositions")


def _say_of_subject(marks: Sequence[Gap], found: Sequence[Term], out: list[Status], verb: tuple[int, Status]) -> None:
    place, said = verb
    for before in range(place - 1, max(-1, place - 1 - BACK), -1):
        if marks[before + 1] or found[before].low in words("breakers"):
            return
        if happens(found[before]) and out[before] in ("yes", "open") and not is_past(found[before].low.split()[0]):
            out[before] = said


def _deny_before(marks: Sequence[Gap], found: Sequence[Term], out: list[Status], place: int) -> None:
    """ "The rumours that he fled were false": what stands before is not so, where a report is called false."""
    near = found[max(0, place - 3) : place]
    if not any(term.low in _BE or term.low in _SEEM for term in near):
        return
    start = place
    while start > 0 and marks[start] != ".":
        start -= 1
    if any(term.low in words("report_nouns") for term in found[start:place]):
        out[start:place] = [_TURNED[one] if one == "no" else "no" for one in out[start:place]]
