"""The mentions of a page as references take them: without common words in capitals, and each under whom it names.

Invariant: spans are those of the layer `mentions`; a name is one that the page gives.
"""

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import replace

from tocsin.annotate.mention_kinds import placed, title_before
from tocsin.annotate.reference_words import gender_of_given, lexicon
from tocsin.core.annotations import Mention
from tocsin.core.document import Document

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
_MISTER = {"Mr": "m", "Sir": "m", "Lord": "m", "Mrs": "f", "Ms": "f", "Miss": "f", "Lady": "f", "Dame": "f"}
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
    return tuple(_renamed(doc, placed(doc, out)))


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
        gender = _MISTER.get(title_before(doc, one)) if one.kind == "person" and " " not in surname else None
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
    gender = _MISTER.get(title_before(doc, mention))
    if gender == gender_of_given(mention.name):
        return mention
    fits = full.last.get(surname, [])[:MOST_OF_A_SURNAME]
    fits = [name for name in fits if gender_of_given(name) != gender_of_given(mention.name)]
    return replace(mention, name=fits[0] if len(fits) == 1 else surname)


def _bones(given: str) -> str:
    """The first consonants of a given name."""
    return "".join(char for char in given.lower() if char not in "aeiouyj'’-")[:SAME]
