"""Sayings inside what somebody says: "the Institute notes that Orlova claimed …", "I told him that Arna would come".

The model tells one level apart, as its training data do. The second comes from syntax: a verb of saying with a subject
and a clause of its own. Linear in the sentence but for nested clauses, which are looked at once a level.
"""

from collections.abc import Iterator

from tocsin.annotate.sayings import FEWEST, NOMINAL, Saying, verbs
from tocsin.annotate.syntax import CLAUSES, Tree
from tocsin.annotate.told import at_the_tail, cited, in_view, quoted, with_colon, with_noun
from tocsin.model import Range

__all__ = ["Saying", "passed_on", "quoted_as_saying", "sayings"]

LONGEST = 400
"""In a sentence of more words, a list or garbage, no saying is looked for."""
WHOM = 15
"""Who is quoted "as saying" is told in fewer words."""
_NOBODY = frozenset(("it", "there", "which", "what", "that", "who", "you", "one"))
"""Subjects that tell nobody apart from whoever speaks around them."""
_SELF = frozenset(("i", "we"))
"""The speaker over again: told only in the past ("I told him …", not "I say …")."""
_CLOSING = frozenset(("”", "»", '"', "''"))
_EDGE = ",;:–—-"


def sayings(text: str, tree: Tree) -> Iterator[Saying]:
    """What a sentence attributes by verbs with a subject and a clause of their own, by a colon or by a noun; no two
    by one cue."""
    if len(tree.words) > LONGEST:
        return
    seen = set[int]()
    for found in (with_colon, with_noun, _with_clause, in_view, at_the_tail):
        for saying in found(text, tree):
            if saying.cue[1] not in seen:
                seen.add(saying.cue[1])
                yield saying


def _with_clause(text: str, tree: Tree) -> Iterator[Saying]:
    """What the verbs of saying of a sentence attribute, each with a subject and a clause of its own."""
    for place, word in enumerate(tree.words):
        if word.pos not in ("VBD", "VBZ", "VBP", "VBN", "VBG"):
            continue
        low = text[word.start : word.end].lower()
        content = tree.child(place, "ccomp") if low in verbs()["clause"] else None
        if content is None and low in verbs()["to"]:
            content = tree.child(place, "xcomp")
        subject = tree.child(place, "nsubj")
        if subject is None and low in verbs()["clause"]:
            subject = _behind_quotation(text, tree, place)
        if subject is None or not _happened(tree, place):
            continue
        who = text[tree.words[subject].start : tree.words[subject].end].lower()
        if who in _NOBODY or (who in _SELF and word.pos != "VBD"):
            continue
        clause = _quotation(text, tree, subject, place) if low in verbs()["clause"] else None
        if clause is None and content is not None:
            clause = tree.extent(content)
        if clause is None and word.pos == "VBD" and low in verbs()["clause"]:
            clause = _rest(tree, place)
        made = _made(text, tree, (subject, place), clause) if clause else None
        if made:
            yield made


def _rest(tree: Tree, verb: int) -> Range | None:
    """The places behind a verb to the sentence's end, where a clause stands there that was hung on something else: a
    noun phrase and a finite verb, and nothing that the verb itself takes."""
    if any(tree.words[one].relation in ("dobj", "xcomp", "ccomp") for one in tree.below[verb]):
        return None
    behind = tree.words[verb + 1 :]
    if not behind or behind[0].pos[:1] not in NOMINAL or behind[0].pos[:3] == "JJ":
        return None
    finite = next((one for one, word in enumerate(behind) if word.pos in ("VBD", "VBZ", "VBP", "MD")), None)
    if finite is None or any(word.pos[:1] not in NOMINAL and word.pos != "POS" for word in behind[:finite]):
        return None
    return verb + 1, len(tree.words)


def _happened(tree: Tree, verb: int) -> bool:
    """Whether the saying is told as one that took place: neither denied nor only possible."""
    below = [tree.words[one] for one in tree.below[verb]]
    return not any(word.relation == "neg" or word.pos in ("MD", "TO") for word in below)


def _quotation(text: str, tree: Tree, subject: int, verb: int) -> Range | None:
    """The places of what a quotation that ends right before a saying tells in this sentence."""
    first = tree.extent(subject, CLAUSES) if tree.words[subject].relation == "nsubj" else _before(tree, verb)
    before = min(first[0], verb) if first else verb
    return (0, before) if before and text[slice(*tree.span(before - 1, before))] in _CLOSING else None


def _behind_quotation(text: str, tree: Tree, verb: int) -> int | None:
    """The last word of a name between a quotation and a verb, whatever it was hung on: "…,” Lind told …"."""
    found = _before(tree, verb)
    if found is None or not found[0] or tree.words[verb - 1].pos[:3] not in ("NNP", "PRP"):
        return None
    return verb - 1 if text[slice(*tree.span(found[0] - 1, found[0]))] in _CLOSING else None


def _made(text: str, tree: Tree, places: tuple[int, int], clause: Range) -> Saying | None:
    """The saying of a subject, a verb and what it tells, unless its parts lie in one another."""
    words, (subject, verb), (begin, end) = tree.words, places, clause
    source = tree.extent(subject, CLAUSES)
    if tree.words[subject].relation != "nsubj":
        source = _before(tree, verb) or source
    if words[source[0]].pos in ("IN", "VBG") and source[1] <= verb:
        source = _before(tree, verb) or source  # "According to Reuters, the ministry said …" hung on one subject
    if begin <= verb < end:
        begin, end = (begin, min(verb, source[0])) if begin < min(verb, source[0]) else (max(verb + 1, source[1]), end)
    if source[0] < end and begin < source[1]:
        return None
    while begin < end and text[words[begin].start] in _EDGE:
        begin += 1
    while begin < end and text[words[end - 1].start] in _EDGE + ".":
        end -= 1
    if end - begin < FEWEST:
        return None
    first = verb
    while first > source[1] and first - 1 in tree.below[verb] and words[first - 1].relation in ("aux", "advmod"):
        first -= 1
    past = words[verb].pos in ("VBD", "VBN")
    return Saying(tree.span(*source), tree.span(first, verb + 1), tree.span(begin, end), past)


def _before(tree: Tree, verb: int) -> Range | None:
    """The places of the noun phrase that ends right before a verb."""
    first = verb
    while first and (tree.words[first - 1].pos[:1] in NOMINAL or tree.words[first - 1].pos == "POS"):
        first -= 1
    return (first, verb) if first < verb else None


def quoted_as_saying(text: str, tree: Tree, cue: Range) -> tuple[Range, Range] | None:
    """Whom a cue quotes or cites, and by which words: "Belta quoted [him] [as saying] …"."""
    return quoted(text, tree, cue) or _quoting(text, tree, cue) or cited(text, tree, cue)


def _quoting(text: str, tree: Tree, cue: Range) -> tuple[Range, Range] | None:
    behind = tree.places(*cue).stop
    if not behind or text[slice(*tree.span(behind - 1, behind))].lower() not in verbs()["quoting"]:
        return None
    for place in range(behind + 1, min(behind + WHOM, len(tree.words) - 1)):
        if text[slice(*tree.span(place, place + 2))].split() == ["as", "saying"]:
            return tree.span(behind, place), tree.span(place, place + 2)
    return None


def passed_on(text: str, tree: Tree) -> Iterator[tuple[Range, Range]]:
    """Who passes a sentence on, as (source, cue): ", [according to] [Reuters]", ", [reported by] [the Post]". Where
    several are named, or a number stands before, each only has its own part of the sentence."""
    low = [text[word.start : word.end].lower() for word in tree.words]
    places = [
        place
        for place in range(len(low) - 2)
        if low[place + 1] in ("to", "by") and f"{low[place]} {low[place + 1]}" in verbs()["passing"]
    ]
    for place in places if len(places) == 1 else ():
        before = next((word for word in reversed(tree.words[:place]) if word.pos[:1].isalpha()), None)
        if before is not None and before.pos == "CD":
            continue
        last = place + 2
        while last < min(len(low), place + 2 + WHOM) and tree.words[last].pos[:1] in NOMINAL:
            last += 1
        if last > place + 2 and any(word.pos[:3] == "NNP" for word in tree.words[place + 2 : last]):
            yield tree.span(place + 2, last), tree.span(place, place + 2)
