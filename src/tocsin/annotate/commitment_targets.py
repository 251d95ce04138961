"""Whom an act is directed at, or whom it benefits: a person or body that its verb acts on, by the sentence's tree.

Invariant: a target is words of the page that name an actor other than the holder; a pronoun gives the nearest name
before it that it means.
"""

import re
from collections.abc import Iterator

from tocsin.annotate.commitment_match import Reading
from tocsin.annotate.commitment_people import PRONOUNS, Page
from tocsin.annotate.commitment_words import Token, cue_words, is_people, stem
from tocsin.core.spans import Span, Spans

_KINDS = ("person", "organisation", "place")
_TOWARDS = ("against", "to", "for", "with", "on", "from", "upon", "toward", "towards", "at", "of", "over")
"""Prepositions behind an act whose noun may be its target, the more telling first; "in", "into" and "as" tell where and
in what role it is done."""
_LOOSE = frozenset(("on", "at", "of", "over", "from"))
"""With these a place is where the act is done or what belongs to it, no target."""
_AT_PEOPLE = frozenset(("", "against", "to", "for", "with"))
"""With these a common noun is whom the act is for; with others, or in a condition, only a name is."""
_NAMED = "of"
_DEEP = 3
"""Nouns gone down from a verb: "lift | the ban | on imports | from Velta"."""
_PARTS = frozenset(("compound", "amod", "nummod"))
_OF_A_LAW = re.compile(r"(?:Article|Section|Chapter|Paragraph|Clause|Annex|Amendment|Part)\b")
"""What a part of a law is called: no actor, though it reads like a name."""


def target(page: Page, reading: Reading, name: str | None, law: Spans) -> Spans:
    """The actor that the act is directed at, else the one whose doing it answers."""
    act, words = reading.candidate, reading.words
    for at, by in _objects(words, act.verb, act.passive, act.end):
        if not by and _is_sent(words, act.verb, at):
            continue
        found = _actor(page, words, at, name, by)
        if found is not None and not any(span.meets(found) for span in law):
            return (found,)
    for condition in reading.conditions:
        for at in range(condition.start, condition.end):
            if words[at].relation in ("nsubj", "nmod:poss"):
                found = _actor(page, words, at, name, _NAMED)
                if found is not None:
                    return (found,)
    return ()


def _is_sent(words: list[Token], verb: int, noun: int) -> bool:
    """Whether the noun is what the verb sends, no recipient: "send more troops to Arna"."""
    return words[noun].low in cue_words("forces") or stem(words[verb]) in cue_words("sending")


def _objects(words: list[Token], verb: int, passive: bool, end: int) -> Iterator[tuple[int, str]]:
    """The nouns that hang on the verb as what it acts on, nearest kin first, each with its preposition."""
    below = [verb]
    for _ in range(_DEEP):
        kin = [k for k in range(max(0, min(below) - 25), end) if words[k].head in below and k not in below]
        if passive and below == [verb]:
            yield from ((k, "") for k in kin if words[k].relation == "nsubjpass")
        yield from ((k, "") for k in kin if words[k].relation == "iobj")
        yield from ((k, "") for k in kin if words[k].relation == "dobj")
        hung = [(_TOWARDS.index(by), k, by) for k in kin if words[k].relation == "nmod" and (by := _by(words, k, verb))]
        yield from ((k, by) for _, k, by in sorted(hung))
        yield from ((k, "") for k in kin if words[k].relation == "nmod:poss" and k > verb)
        below = [k for k in kin if words[k].relation in ("dobj", "iobj", "nmod", "xcomp", "conj") and k > verb]
        if not below:
            return


def _by(words: list[Token], noun: int, verb: int) -> str:
    """The preposition of a noun behind the verb, where it may make a target of it."""
    for k in range(noun - 1, max(verb, noun - 8), -1):
        if words[k].head == noun and words[k].relation == "case":
            return words[k].low if words[k].low in _TOWARDS else ""
    return ""


def _actor(page: Page, words: list[Token], at: int, name: str | None, by: str) -> Span | None:
    """The words of an actor whose head is at `at`, unless they are the holder's."""
    head = words[at]
    if head.low in PRONOUNS:
        meant = page.meant(head.start, head.end)
        if meant is None or meant == name or _OF_A_LAW.match(meant):
            return None
        return page.named_before(head.start, meant)
    for mention in page.between(max(0, head.start - 80), head.end + 80):
        if mention.span.start <= head.start < mention.span.end:
            place = mention.kind == "place" and by in _LOOSE
            law = _OF_A_LAW.match(mention.name) is not None
            return mention.span if mention.kind in _KINDS and mention.name != name and not place and not law else None
    if by not in _AT_PEOPLE:
        return None
    group = head.low in cue_words("groups") or (head.tag in ("NN", "NNS") and is_people(head.low))
    if group or (head.tag == "NNP" and head.low.endswith("s") and head.text[0].isupper()):
        first = at
        while first > 0 and words[first - 1].head == at and words[first - 1].relation in _PARTS:
            first -= 1
        return page.doc.spans((words[first].start, head.end))[0]
    return None
