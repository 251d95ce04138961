"""What a page's other words show of its names: a person who is a place, a body or a land, a body's name cut short.

The reading model knows no invented or small state and no new body: it takes what it has not seen for a person. What
stands beside such a name, and the word for its people, tell.

Invariant: spans stay as they are; a longer name is one that the page gives.
"""

import re
from collections.abc import Sequence
from dataclasses import replace

from tocsin.annotate.names import facts
from tocsin.annotate.reference_words import lexicon
from tocsin.core.annotations import Mention, MentionKind
from tocsin.core.document import Document
from tocsin.names.register import outlet_of
from tocsin.names.shortened import is_people, people_stem

TITLE = 12
"""A title before a surname begins within so many code points."""
_TITLE = re.compile(r"\b(Mr|Mrs|Ms|Miss|Sir|Lady|Dame|Lord|President|Senator|Sen|Gov|Rep)\.?\s+$")
_PEOPLE = re.compile(r"\b[A-Z][a-z]{2,20}(?:ian|ean|an|ese)s?\b")
_NUMBERED = re.compile(r"(?![GPBEQ]\d)[A-Z]{1,3}\d{1,2}")
"""A channel's short name; with other letters before the number it is a group's of states (G7) or a building's."""
_BESIDE = re.compile(r", (?:an?|the) (?:[\w-]{1,20} ){0,3}?([\w-]{3,20})(?= (?:that|which|based|in|of|for)\b|,)")
BESIDE = 80
"""What is put beside a name tells by a noun within so many code points."""
_LOCATIVE = re.compile(r"\b(?:in|at|near|outside|across|throughout)\s+\Z", re.IGNORECASE)


def mended(doc: Document, mentions: Sequence[Mention]) -> list[Mention]:
    """The mentions, each of the kind that the page shows, bodies' short names under the long ones."""
    return _lengthened(doc, _no_persons(doc, mentions))


def title_before(doc: Document, mention: Mention) -> str:
    """The title of a person that stands before a mention, or nothing."""
    found = _TITLE.search(doc.text, max(0, mention.span.start - TITLE), mention.span.start)
    return found.group(1) if found and found.end() == mention.span.start else ""


def placed(doc: Document, mentions: Sequence[Mention]) -> list[Mention]:
    """The mentions with a person of one word in or at whom something happens taken for the place that it is."""
    single = [one for one in mentions if one.kind == "person" and " " not in one.name]
    places = {one.name for one in single if _LOCATIVE.search(doc.text, max(0, one.span.start - TITLE), one.span.start)}
    return [replace(one, kind="place") if one.kind == "person" and one.name in places else one for one in mentions]


def _no_persons(doc: Document, mentions: Sequence[Mention]) -> list[Mention]:
    """The mentions with a name of one word that the page shows to be no person's as what it is: an outlet of the
    register or with a number (K1), a body by what is put beside it, a land by the word for its people."""
    wanted = {one.name for one in mentions if one.kind in ("person", "organisation") and " " not in one.name}
    titled = {one.name for one in mentions if one.name in wanted and title_before(doc, one)}
    peoples = {people_stem(word.casefold()) for word in _PEOPLE.findall(doc.text)} if wanted else set[str]()
    kinds: dict[str, MentionKind] = {}
    for one in mentions:
        low = one.name.casefold()
        if one.name not in wanted or one.name in titled or one.name in kinds:
            continue
        if outlet_of(one.name) or _NUMBERED.fullmatch(one.name) or _is_body(doc, one):
            kinds[one.name] = "organisation"
        elif people_stem(low) in peoples and one.name == doc[one.span]:
            kinds[one.name] = "other" if is_people(low) else "place"
    return [
        replace(one, kind=kinds[one.name]) if one.name in kinds and one.kind in ("person", "organisation") else one
        for one in mentions
    ]


def _is_body(doc: Document, mention: Mention) -> bool:
    """Whether a body's noun is put beside a name: "Farsight, a group that studies footage, said"."""
    found = _BESIDE.match(doc.text, mention.span.end, mention.span.end + BESIDE)
    return found is not None and found[1].lower() in lexicon().bodies


def _lengthened(doc: Document, mentions: Sequence[Mention]) -> list[Mention]:
    """The mentions with a body's last word ("the Times") under the longer name that the page had last given it."""
    heads = facts().body_heads
    last: dict[str, str] = {}
    out = []
    for one in mentions:
        if one.kind == "organisation":
            words = one.name.split()
            head = words[0] if words[1:2] == ["of"] else words[-1]
            if len(words) > 1 and head in heads:
                last[head] = one.name
            elif len(words) == 1 and words[0] in last and doc.text[one.span.start : one.span.end] == one.name:
                one = replace(one, name=last[words[0]])  # noqa: PLW2901 - the same mention under its longer name
        out.append(one)
    return out
