"""Sayings inside what somebody says that no verb with a clause tells: "he says: stay", "his promise that …", "expressed
hope that …", "he was quoted as saying by …", "reported, citing …".

As `nested`, which asks for them: linear in the sentence, by words, tags and the tree.
"""

from collections.abc import Iterator

from tocsin.annotate.sayings import FEWEST, NOMINAL, Saying, verbs
from tocsin.annotate.syntax import CLAUSES, Tree
from tocsin.model import Range

BEFORE_COLON = 5
"""Words at most between a verb and its colon: "whisper to people:"."""
CITED = 4
"""Words at most between "reported" and "citing"."""
VIEW = 8
"""Words at most before the noun of "In the minister's view,", and between it and the comma."""
HEAD = 12
"""Words at most before the colon of a line that begins with its speaker."""
NAME = 10
"""Words of whom a relay cites, at most."""
WHEN = 8
"""Words at most between the verb of "…, Lind said late on Monday," and its comma."""
PASSED = 12
"""Words at most from that comma to the verb of whoever passes it on."""
_FINITE = ("VBD", "VBZ", "VBP", "MD")


def _word(text: str, tree: Tree, place: int) -> str:
    return text[slice(*tree.span(place, place + 1))]


def with_colon(text: str, tree: Tree) -> Iterator[Saying]:
    """ "To the street he says: do not give me an excuse": all behind the colon, to the sentence's end."""
    for place, word in enumerate(tree.words):
        if word.pos[:2] != "VB" or _word(text, tree, place).lower() not in verbs()["colon"]:
            continue
        subject = tree.child(place, "nsubj")
        if subject is None or subject > place:
            continue
        for behind in range(place + 1, min(place + 1 + BEFORE_COLON, len(tree.words) - FEWEST)):
            if tree.words[behind].pos[:2] == "VB":
                break
            if _word(text, tree, behind) == ":":
                last = len(tree.words)
                while last > behind + 1 and not _word(text, tree, last - 1)[:1].isalnum():
                    last -= 1
                if last - behind > FEWEST:
                    source = tree.span(*tree.extent(subject, CLAUSES))
                    yield Saying(source, tree.span(place, place + 1), tree.span(behind + 1, last), True)
                break


def with_noun(text: str, tree: Tree) -> Iterator[Saying]:
    """ "Tolmach's promise that nobody would cross", "Lind expressed hope that the strike ends"."""
    for place in range(1, len(tree.words) - FEWEST - 1):
        if tree.words[place].pos[:2] != "NN" or _word(text, tree, place).lower() not in verbs()["nouns"]:
            continue
        if _word(text, tree, place + 1).lower() != "that":
            continue
        mark = place + 1
        head = tree.above[mark]
        if head is None or head <= mark or tree.words[mark].relation != "mark":
            continue  # "the promise that he made" tells nothing
        end = tree.extent(head)[1]
        while end > mark and not _word(text, tree, end - 1)[:1].isalnum():
            end -= 1
        told = _owner(tree, place) or _giver(text, tree, place)
        if told and end - mark > FEWEST:
            source, first = told
            yield Saying(tree.span(*source), tree.span(first, place + 1), tree.span(mark + 1, end), True)


def in_view(text: str, tree: Tree) -> Iterator[Saying]:
    """ "In his judgment, the treaty binds": whoever's judgment it is, and all behind the comma."""
    if len(tree.words) < VIEW or _word(text, tree, 0).lower() not in ("in", "by"):
        return
    noun = next((one for one in range(1, VIEW) if _word(text, tree, one).lower() in verbs()["views"]), None)
    if noun is None or _word(text, tree, 1).lower() == "my":
        return
    comma = next(
        (one for one in range(noun + 1, min(noun + VIEW, len(tree.words))) if _word(text, tree, one) == ","), None
    )
    last = len(tree.words)
    while comma is not None and last > comma + 1 and not _word(text, tree, last - 1)[:1].isalnum():
        last -= 1
    if comma is None or last - comma <= FEWEST + 1:
        return
    owner = _owner(tree, noun)
    if comma > noun + 2 and _word(text, tree, noun + 1).lower() == "of":
        yield Saying(tree.span(noun + 2, comma), tree.span(0, noun + 2), tree.span(comma + 1, last), True)
    elif owner and comma == noun + 1:
        source = owner[0]
        yield Saying(tree.span(*source), tree.span(0, noun + 1), tree.span(comma + 1, last), True)


def at_the_head(text: str, tree: Tree) -> Iterator[Saying]:
    """ "Lind: “We stay”", "Minister Lind, on Lake TV: that was terror": a line that begins with whoever says the
    rest. A bare name before a plain clause may be a topic ("Velta: port shut"), and tells nothing."""
    colon = next((one for one in range(1, min(HEAD, len(tree.words))) if _word(text, tree, one) == ":"), None)
    if colon is None or len(tree.words) - colon <= FEWEST:
        return
    comma = next((one for one in range(1, colon) if _word(text, tree, one) == ","), None)
    spoken = comma is not None and _word(text, tree, min(comma + 1, colon)).lower() in ("on", "to", "in")
    end = comma if spoken and comma is not None else colon
    head = tree.words[:end]
    if any(word.pos[:1] not in NOMINAL and word.pos != "POS" for word in head) or head[-1].pos[:3] != "NNP":
        return
    before = [_word(text, tree, one) for one in range(end)]
    behind = _word(text, tree, colon + 1)
    titled = len(before) > 1 and bool(verbs()["offices"].intersection(one.lower() for one in before[:-1]))
    if not (spoken or titled or behind in ("“", "«", "‘", '"', "``") or behind.lower() in ("we", "i")):
        return
    if not any(word.pos[:2] in ("VB", "MD") for word in tree.words[colon + 1 :]):
        return
    last = len(tree.words)
    while last > colon + 1 and not _word(text, tree, last - 1)[:1].isalnum():
        last -= 1
    if last - colon > FEWEST:
        yield Saying(tree.span(0, end), tree.span(colon, colon + 1), tree.span(colon + 1, last), True)


def at_the_tail(text: str, tree: Tree) -> Iterator[Saying]:
    """ "The ban stays, Lind said on Monday, the Wire reported": whose words stand before, where another behind it
    passes all of it on."""
    for verb in range(FEWEST + 3, len(tree.words) - 2):
        if tree.words[verb].pos not in ("VBD", "VBZ") or _word(text, tree, verb).lower() not in verbs()["clause"]:
            continue
        first = verb
        while first and (tree.words[first - 1].pos[:1] in NOMINAL or tree.words[first - 1].pos == "POS"):
            first -= 1
        named = any(word.pos[:2] in ("NN", "PR") for word in tree.words[first:verb])
        if not named or first <= FEWEST or _word(text, tree, first - 1) != ",":
            continue
        told = any(word.pos in _FINITE for word in tree.words[: first - 1])
        if told and _passed_on(text, tree, verb):
            past = tree.words[verb].pos == "VBD"
            yield Saying(tree.span(first, verb), tree.span(verb, verb + 1), tree.span(0, first - 1), past)


def _passed_on(text: str, tree: Tree, verb: int) -> bool:
    """Whether a comma ends what is said of a saying, and another's verb of saying stands behind it."""
    last = len(tree.words)
    comma = next((one for one in range(verb + 1, min(verb + 1 + WHEN, last)) if _word(text, tree, one) == ","), None)
    if comma is None or any(word.pos in _FINITE for word in tree.words[verb + 1 : comma]):
        return False
    behind = range(comma + 1, min(comma + 1 + PASSED, last))
    return any(
        tree.words[one].pos in ("VBD", "VBZ") and _word(text, tree, one).lower() in verbs()["clause"] for one in behind
    )


def _owner(tree: Tree, noun: int) -> tuple[Range, int] | None:
    """Whose the noun is, and the first place of the cue."""
    first = noun
    while first and tree.words[first - 1].pos in ("JJ", "VBN"):
        first -= 1
    if first and tree.words[first - 1].pos == "PRP$":
        return (first - 1, first), first
    if first and tree.words[first - 1].pos == "POS":
        start = first - 1
        while start and (tree.words[start - 1].pos[:1] in NOMINAL and tree.words[start - 1].pos != "PRP$"):
            start -= 1
        return ((start, first - 1), first) if start < first - 1 else None
    return None


def _giver(text: str, tree: Tree, noun: int) -> tuple[Range, int] | None:
    """Who gives or expresses what the noun names, and the place of the verb."""
    verb = tree.above[noun]
    if verb is None or verb >= noun or _word(text, tree, verb).lower() not in verbs()["giving"]:
        return None
    subject = tree.subject(verb)
    if subject is None or subject > verb:
        return None
    return tree.extent(subject, CLAUSES), verb


def quoted(text: str, tree: Tree, cue: Range) -> tuple[Range, Range] | None:
    """ "[he] was quoted [as saying] by the agency", "[he] was quoted by the agency [as saying]", where all of it is the
    agency's cue."""
    for place in tree.places(*cue):
        if _word(text, tree, place).lower() not in ("quoted", "cited"):
            continue
        subject = tree.child(place, "nsubjpass")
        if subject is None or subject > place:
            continue
        first = place + 1
        if first < len(tree.words) and _word(text, tree, first).lower() == "by":
            while first < min(len(tree.words), place + NAME) and tree.words[first].pos != "VBG":
                first += 1
            first -= 1
        if first + 1 < len(tree.words) and text[slice(*tree.span(first, first + 2))].split() == ["as", "saying"]:
            return tree.span(*tree.extent(subject, CLAUSES)), tree.span(first, first + 2)
    return None


def cited(text: str, tree: Tree, cue: Range) -> tuple[Range, Range] | None:
    """ "Reuters reported, [citing] [Interfax]": whose words they are by the relay's own word."""
    inside = tree.places(*cue)
    if not inside:
        return None
    for place in range(inside[0], min(inside[-1] + 1 + CITED, len(tree.words) - 1)):
        if _word(text, tree, place).lower() not in ("citing", "quoting"):
            continue
        last = place + 1
        while last < min(len(tree.words), place + 1 + NAME) and tree.words[last].pos[:1] in NOMINAL:
            last += 1
        named = any(word.pos[:3] == "NNP" for word in tree.words[place + 1 : last])
        named = named or any(_word(text, tree, one).lower() in verbs()["cited"] for one in range(place + 1, last))
        return (tree.span(place + 1, last), tree.span(place, place + 1)) if named else None
    return None
