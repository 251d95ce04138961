"""Groups of a modal that are not a modal and its verb: "has got to", "shall without delay accept", "we never will".

Invariant: every function looks at one sentence's tokens, a bounded number of them at each place; nothing is accepted.
"""

from tocsin.annotate.commitment_acts import BE, HAVE, Candidate, denies, skip_in_group
from tocsin.annotate.commitment_clauses import FINITE, NOUN, QUOTE, VERB, Subject, subject
from tocsin.annotate.commitment_words import Token, cue_words, is_people

_PHRASE = 12
"""Words between a modal and its verb: "may | by a vote of two to one | cut off"."""
_ASIDE = 15
"""Words between commas behind a modal: "he would, if elected, close the port"."""
_CLAUSES = frozenset(("if", "unless", "until", "once", "than", "that", "after", "before"))
_UNCHANGED = frozenset(("set", "put", "cut", "let", "shut", "hit", "quit"))
"""Base forms that are participles, too."""
_NOMINAL = NOUN | {"PRP", "DT", "PPS"}
_STRONG = frozenset(("will", "would", "wo", "'ll", "shall", "must", "may"))
_ALONE = frozenset(("will", "would", "wo", "can", "could", "shall"))
"""Modals whose verb is left out where it was told before."""


def semi_modal(words: list[Token], i: int) -> tuple[str, int] | None:
    """ "has to", "is going to", "is to", "got to" at `i`: the kind and where the verb group goes on."""
    if words[i].tag not in FINITE | {"POS"}:
        return None
    j = i + 1
    while j < len(words) and (words[j].tag == "RB" or words[j].text in QUOTE):
        j += 1
    got = j + 1 < len(words) and words[j].low == "got" and words[i].low in HAVE | {"'s"}
    j += got  # "has got to pay", "it's got to pay"
    if (
        (got or words[i].low in HAVE)
        and j + 1 < len(words)
        and words[j].low == "to"
        and words[j + 1].tag in ("VB", "RB")
        and words[j - 1].low != "yet"
    ):
        return ("obligation", skip_in_group(words, j + 1)) if words[i].low != "had" else None
    if words[i].low in BE:
        if j + 2 < len(words) and words[j].low in ("going", "gon", "about", "set", "due") and words[j].low != "due":
            to = j + 1
            if words[to].low == "na" or (words[to].low == "to" and words[to + 1].tag in ("VB", "RB", "NN", "VBP")):
                return "promise", skip_in_group(words, to + 1)
        if (words[i].low in ("is", "are") or _was_due(words, i)) and j + 1 < len(words) and words[j].low == "to":
            base = skip_in_group(words, j + 1)
            if base < len(words) and (words[base].tag == "VB" or words[base].low in _UNCHANGED | cue_words("levers")):
                return "obligation", base
    return None


def _was_due(words: list[Token], i: int) -> bool:
    """Whether the "was" at `i` may tell of a duty: "it was to pay"; "the aim was to win" does not."""
    holder = subject(words, i) if words[i].low == "was" else None
    if holder is None:
        return False
    head = words[holder.head]
    return head.tag not in ("NN", "NNS", "EX") or head.low in cue_words("groups") or is_people(head.low)


def inverted(words: list[Token], i: int) -> bool:
    """Whether the subject stands behind the modal at `i`: "Nor will Arna pay", "Only if talks fail will Arna act"."""
    if i and words[i - 1].low in ("nor", "neither", "only"):
        return True
    first = [word.low for word in words[:3] if word.text not in QUOTE]
    return bool(first) and (
        first[0] in ("only", "never") or first[:2] == ["not", "until"] or first[:2] == ["under", "no"]
    )


def helped_verb(words: list[Token], i: int, behind: int) -> int | None:
    """The verb that the tree has the modal at `i` help, behind a phrase: "shall without delay accept", "would in any
    case have to leave"."""
    if behind >= len(words) or words[behind].tag != "IN" or words[i].relation != "aux":
        return None
    if (
        words[i].low not in _STRONG
        or words[behind].low in cue_words("clause_starters")
        or words[behind].low in _CLAUSES
    ):
        return None  # "they would if asked"
    verb = words[i].head
    if verb is None or not behind < verb < behind + _PHRASE or words[verb].tag not in ("VB", "VBN"):
        return None
    if any(word.tag in FINITE | {"WH"} or word.text in (",", ";") for word in words[behind:verb]):
        return None
    return next((k for k in range(behind + 1, verb) if words[k].low in ("be", "have")), verb)


def _helps_later(words: list[Token], i: int, behind: int) -> bool:
    """Whether the tree has the verb of the modal at `i` behind the phrase at `behind`: "can at least count"."""
    if behind >= len(words) or words[behind].tag != "IN" or words[i].relation != "aux":
        return False
    head = words[i].head
    return head is not None and head > behind and words[behind].relation not in ("mark", "advmod")


def _so_will(words: list[Token], i: int, behind: int) -> Candidate | None:
    """ "so shall Arna", "nor would they": what was told before holds of another."""
    if not i or words[i - 1].low not in ("so", "nor", "neither") or words[behind].tag not in _NOMINAL:
        return None
    end = next((k for k in range(behind, len(words)) if words[k].tag in ("PU", "IN", "CC")), len(words))
    if end - behind > _PHRASE or any(word.tag in VERB for word in words[behind:end]):
        return None
    holder, denied = Subject(behind, end, end - 1), words[i - 1].low != "so"
    return Candidate("ellipsis", words[i].low, "promise", i, i - 1, i, i + 1, holder, denied)


def behind_aside(words: list[Token], behind: int) -> int | None:
    """The verb behind the aside that opens at `behind`: "he would, if elected, close the port"."""
    if behind >= len(words) or words[behind].text != ",":
        return None
    close = next((k for k in range(behind + 1, min(len(words), behind + _ASIDE)) if words[k].text == ","), None)
    inner = close + 1 if close is not None else len(words)
    if inner < len(words) and words[inner].low not in cue_words("levers"):
        inner = skip_in_group(words, inner)
    if inner < len(words) and (words[inner].tag in ("VB", "VBP") or words[inner].low in cue_words("levers")):
        return inner
    return None


def elliptic(words: list[Token], i: int, behind: int, kind: str, holder: Subject | None) -> Candidate | None:
    """A modal whose verb was told before: "we never will", "Arna would", "so shall Velta"."""
    if words[i].tag == "MD" and behind < len(words) and (turned := _so_will(words, i, behind)) is not None:
        return turned
    if behind < len(words) and words[behind].tag not in ("PU", "CC", "IN"):
        return None
    if _helps_later(words, i, behind):
        return None
    if holder is None or behind <= i or words[i].low not in _ALONE:
        return None
    first = i - (words[i - 1].low in ("never", "not"))
    last = next((k for k in range(behind - 1, i, -1) if words[k].low in ("not", "n't", "never")), i)
    denied = denies(words[first:i]) or denies(words[i + 1 : behind])
    return Candidate("ellipsis", words[i].low, kind, i, first, last, behind, holder, denied)
