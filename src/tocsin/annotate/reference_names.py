"""The mentions of a page as references take them: without common words in capitals, and each under whom it names.

Invariant: spans are those of the layer `mentions`; a name is one that the page gives.
"""

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import replace

from tocsin.annotate.names import facts
from tocsin.annotate.reference_words import gender_of_given, lexicon
from tocsin.core.annotations import Mention, MentionKind
from tocsin.core.document import Document
from tocsin.names.register import outlet_of
from tocsin.names.shortened import is_people, people_stem

_PATRONYMIC = re.compile(
    r"(?:al[ey]+[kx]|a?leks|anat|andr|arkad|boris|barys|danil|dmitr|dzmitr|yev?g|evg|e?ugen|yavhen|fy?od|georg|gen+ad|gr[iy]gor|ryhor"
    r"|igor|ihar|ihor|ivan|kiri|konst|kanst|leoni|leani|ma[kx]sim|mi[ck]ha|mi[ck]a|mi[ck]ol|mykol|nikol|nikit|oleg|aleh|oleh|pavl|paul|petr"
    r"|p[iy]otr|roman|serg|siarh|serhi|sem[yi]on|siam|stanisl|stepan|sciap|taras|timo|val|vas|vi[ck]t|vital|vlad|volod|ulad"
    r"|vyach|viach|yako|yaros|yur|zakh|il[iy]|iosif|osip|lukic|kuz|arsen|ars|eduard|robert|rudol|german|heorh|hryhor|bohdan|ihnat)"
    r"\w*?(?:[oaeyi]vi[ct]h|[oaey]vych|yich|[oaiey]vna|auna)$",
    re.IGNORECASE,
)
"""Russian, Belarusian and Ukrainian patronymics of common given names: with a given name alone they address its bearer.
Surnames of the same ending (Abramovich, Milinkevich) begin otherwise."""
_TITLE = re.compile(r"\b(Mr|Mrs|Ms|Miss|Sir|Lady|Dame|Lord|President|Senator|Sen|Gov|Rep)\.?\s+$")
_PEOPLE = re.compile(r"\b[A-Z][a-z]{2,20}(?:ian|ean|an|ese)s?\b")
_NUMBERED = re.compile(r"(?![GPBEQ]\d)[A-Z]{1,3}\d{1,2}")
"""A channel's short name; with other letters before the number it is a group's of states (G7) or a building's."""
_BESIDE = re.compile(r", (?:an?|the) (?:[\w-]{1,20} ){0,3}?([\w-]{3,20})(?= (?:that|which|based|in|of|for)\b|,)")
BESIDE = 80
"""What is put beside a name tells by a noun within so many code points."""
_LOCATIVE = re.compile(r"\b(?:in|at|near|outside|across|throughout)\s+\Z", re.IGNORECASE)
_MISTER = {"Mr": "m", "Sir": "m", "Lord": "m", "Mrs": "f", "Ms": "f", "Miss": "f", "Lady": "f", "Dame": "f"}
TITLE = 12
"""A title before a surname begins within so many code points."""
MOST_OF_A_SURNAME = 10
"""Of more bearers of one surname none is told apart."""
SAME = 3
"""Consonants by which a given name is known in another spelling (Evgueni, Yevgeny)."""


def names_of(doc: Document) -> tuple[Mention, ...]:
    """The mentions that name somebody: no common word with a capital ("Head of State"), no month. A body's bare kind
    ("the Union") is a name only where no longer name on the page holds it."""
    known = lexicon()
    mentions: tuple[Mention, ...] = doc.layer("mentions").annotations
    longer = {word for one in mentions if " " in one.name for word in one.name.lower().split()}
    out = []
    for one in mentions:
        words = one.name.lower().split()
        common = words[0].endswith("s") and words[0].removesuffix("s") in known.persons
        common = common or words[0] in known.persons | known.places | known.ranks or words[0] in known.bodies & longer
        month = words[0].rstrip(".") in known.months and all(word[0].isdigit() for word in words[1:])
        if not (month or (len(words) == 1 and common and one.name == " ".join(doc[one.span].split()))):
            out.append(one)
    return tuple(_lengthened(doc, _renamed(doc, _no_persons(doc, _placed(doc, out)))))


def _placed(doc: Document, mentions: list[Mention]) -> list[Mention]:
    """The mentions with a person of one word in or at whom something happens taken for the place that it is."""
    single = [one for one in mentions if one.kind == "person" and " " not in one.name]
    places = {one.name for one in single if _LOCATIVE.search(doc.text, max(0, one.span.start - TITLE), one.span.start)}
    return [replace(one, kind="place") if one.kind == "person" and one.name in places else one for one in mentions]


def _no_persons(doc: Document, mentions: list[Mention]) -> list[Mention]:
    """The mentions with a name of one word that the page shows to be no person's as what it is: an outlet of the
    register or with a number (K1), a body by what is put beside it, a land by the word for its people."""
    wanted = {one.name for one in mentions if one.kind in ("person", "organisation") and " " not in one.name}
    titled = {one.name for one in mentions if one.name in wanted and _before(doc, one)}
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


def _lengthened(doc: Document, mentions: list[Mention]) -> list[Mention]:
    """The mentions with a body's last word ("the Times") under the longer name that the page had last given it."""
    heads = facts().body_heads
    last: dict[str, str] = {}
    out = []
    for one in mentions:
        if one.kind == "organisation":
            words = one.name.split()
            if len(words) > 1 and words[-1] in heads:
                last[words[-1]] = one.name
            elif len(words) == 1 and words[0] in last and doc.text[one.span.start : one.span.end] == one.name:
                one = replace(one, name=last[words[0]])  # noqa: PLW2901 - the same mention under its longer name
        out.append(one)
    return out


class _Bearers:
    """The persons of a page with full names, by the words of their names."""

    def __init__(self, names: Iterable[str]) -> None:
        self._first: dict[str, list[str]] = {}
        self.last: dict[str, list[str]] = {}
        self._bones: dict[str, list[str]] = {}
        for name in names:
            words = name.split()
            if len(words) > 1:
                self._first.setdefault(words[0], []).append(name)
                self.last.setdefault(words[-1], []).append(name)
                if not _PATRONYMIC.match(words[-1]):
                    self._bones.setdefault(_bones(words[0]), []).append(name)

    def of(self, name: str) -> str:
        """Who a given name alone, one with a patronymic, or a patronymic with a surname, names on the page."""
        words = name.split()
        fits: list[str] = []
        if len(words) == 1 and name not in self.last:
            fits = self._first.get(name, [])
        elif len(words) == 2 and _PATRONYMIC.match(words[1]):
            fits = self._bones.get(_bones(words[0]), [])
        elif len(words) == 2 and _PATRONYMIC.match(words[0]):
            fits = [other for other in self.last[words[1]][:MOST_OF_A_SURNAME] if other != name]
        return fits[0] if len(fits) == 1 else name


def _renamed(doc: Document, mentions: list[Mention]) -> list[Mention]:
    """The mentions with patronymics and titled surnames under their bearers' names."""
    persons = Counter(one.name for one in mentions if one.kind == "person")
    full = _Bearers(sorted(persons))
    bearers = {name: full.of(name) for name in sorted(persons)}
    mentions = [
        replace(one, name=bearers[one.name]) if one.kind == "person" and bearers[one.name] != one.name else one
        for one in mentions
    ]
    split: set[str] = set()
    for one in mentions:
        surname = doc.text[one.span.start : one.span.end]
        gender = _MISTER.get(_before(doc, one)) if one.kind == "person" and " " not in surname else None
        if gender and gender_of_given(one.name) not in (None, gender) and surname in one.name.split():
            split.add(surname)
    if not split:
        return mentions
    return [_unsplit(doc, one, split, full) for one in mentions]


def _unsplit(doc: Document, mention: Mention, split: set[str], full: _Bearers) -> Mention:
    """A surname that two bear on the page: under the one whose gender its title tells, else by itself."""
    surname = doc.text[mention.span.start : mention.span.end]
    if mention.kind != "person" or surname not in split:
        return mention
    gender = _MISTER.get(_before(doc, mention))
    if gender == gender_of_given(mention.name):
        return mention
    fits = full.last.get(surname, [])[:MOST_OF_A_SURNAME]
    fits = [name for name in fits if gender_of_given(name) != gender_of_given(mention.name)]
    return replace(mention, name=fits[0] if len(fits) == 1 else surname)


def _before(doc: Document, mention: Mention) -> str:
    found = _TITLE.search(doc.text, max(0, mention.span.start - TITLE), mention.span.start)
    return found.group(1) if found and found.end() == mention.span.start else ""


def _bones(given: str) -> str:
    """The first consonants of a given name."""
    return "".join(char for char in given.lower() if char not in "aeiouyj'’-")[:SAME]
