"""Who a source is: the fullest name on the page for a name, a pronoun or a role, as far as the page makes it clear.

Where it does not, the words of the source stand as they are, without article and possessive: nothing is guessed.
"""

import json
import re
from bisect import bisect_left
from dataclasses import dataclass, field
from functools import cache
from importlib import resources
from typing import Any

from tocsin.annotate.names import facts
from tocsin.core.annotations import Attribution, Mention
from tocsin.core.document import Document
from tocsin.core.spans import extent

_ARTICLE = re.compile(r"^(?:the|a|an|some|many|several|other|most)\s+(?=\w)", re.IGNORECASE)
_THE = re.compile(r"^the\s+", re.IGNORECASE)
_POSSESSIVE = re.compile(r"(?:['’]s?)$")
_TAIL = re.compile(r"\s*(?:[;:–—(\[]|,(?!\d))|\s--|\s(?:who|which|that)\s")
_SUBORDINATE = re.compile(r"\b(?:which|that|who|whom|where|because|if)\s+$")
"""Before a source: it speaks in a side clause, and no pronoun of the next sentence goes back to it."""
_HE = {"he": "m", "him": "m", "himself": "m", "his": "m", "she": "f", "her": "f", "herself": "f", "hers": "f"}
_I = frozenset(("i", "we", "me", "us", "my", "our"))
NEAR = 600
"""A pronoun looks back so many code points in its own sentence."""
OFFICE_NAME = 60
"""A name behind an office ends within so many code points."""
SUBJECT = 60
"""A sentence's subject is named within so many code points of its beginning."""
_OPENERS = frozenset(("The", "the", "A", "But", "And", "Meanwhile", "Earlier", "However", "Former", "former"))
MEMORY = 12
"""How many speakers back a pronoun or a role may look; news seldom reaches farther without naming again."""

_UNDER = re.compile(r"\b(?:of|for|from|at|in|with|to|on|by|against|near)\b[^,]*$", re.IGNORECASE)
"""A name after one of these only says whose, or where."""


@cache
def relays() -> dict[str, Any]:
    """The words of `data/relays.json`, read once."""
    data: dict[str, Any] = json.loads(
        resources.files("tocsin.annotate").joinpath("data/relays.json").read_text("utf-8")
    )
    return data


@cache
def words(name: str) -> frozenset[str]:
    """One list of `data/relays.json`."""
    return frozenset(relays()[name]["words"])


def tidy(text: str) -> str:
    """The words of a source as a name: no article, no possessive, one space between words."""
    plain = " ".join(text.split()).strip(" ,;:'\"”“’‘()")
    return _POSSESSIVE.sub("", _ARTICLE.sub("", plain)) or plain


@dataclass(slots=True)
class Speakers:
    """The page's names, and who spoke so far. `resolve` is called in reading order."""

    doc: Document
    mentions: tuple[Mention, ...] = ()
    starts: list[int] = field(default_factory=list)
    titles: dict[str, set[str]] = field(default_factory=dict)
    gender: dict[str, str] = field(default_factory=dict)
    past: list[tuple[str, str]] = field(default_factory=list)
    sentences: list[int] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.mentions = self.doc.layer("mentions").annotations
        self.sentences = [sentence.span.start for sentence in self.doc.layer("sentences").annotations]
        self.starts = [mention.span.start for mention in self.mentions]
        for mention in self.mentions:
            if mention.kind == "person":
                self._title(mention)

    def _title(self, mention: Mention) -> None:
        """Note the title that stands before a person's name, and the gender it tells."""
        line = self.doc.line_at(mention.span.start)
        begin = max(line.start if line else 0, mention.span.start - 60)
        before = self.doc.text[begin : mention.span.start].split()
        known = facts().titles
        title: list[str] = []
        if before:
            before[-1] = before[-1].rstrip(",")  # "the foreign minister, Anna Orlova,"
        for word in reversed(before):
            if word in known or word.capitalize() in known:
                title.insert(0, word.lower())
            else:
                break
        bag = self.titles.setdefault(mention.name, set())
        bag.update(title)
        if title:
            bag.add(" ".join(title))
            place = len(before) - len(title) - 1
            if place >= 0 and before[place] in facts().peoples:
                bag.add(" ".join((before[place].lower(), *title)))
        for word in (*title, *self._told_by_name(mention.name)):
            if word in words("female"):
                self.gender.setdefault(mention.name, "f")
            elif word in words("male"):
                self.gender.setdefault(mention.name, "m")

    @staticmethod
    def _told_by_name(name: str) -> tuple[str, ...]:
        """What a given name tells of its bearer's gender, as a title would."""
        given = name.split(maxsplit=1)[0]
        if given in words("given_female") or (given.endswith("a") and given not in words("given_male") and " " in name):
            return ("ms",)
        return ()

    def within(self, start: int, end: int) -> list[Mention]:
        """The mentions that lie wholly in `[start, end)`."""
        out = []
        for place in range(bisect_left(self.starts, start), len(self.mentions)):
            mention = self.mentions[place]
            if mention.span.start >= end:
                break
            if mention.span.end <= end:
                out.append(mention)
        return out

    def resolve(self, attribution: Attribution, outer: str | None, sentence: int, *, main: bool) -> str | None:
        """The name of an attribution's source; `outer` speaks around it, its sentence starts at `sentence`. None
        without a source. Only the `main` saying of a sentence is remembered for the pronouns that follow."""
        if not attribution.source:
            return None
        name, kind = self._name(attribution, outer, sentence)
        start = attribution.source[0].start
        if main and not _SUBORDINATE.search(self.doc.text[max(0, start - 12) : start]):
            self.past.append((name, kind))
            del self.past[:-MEMORY]
        return name

    def _name(self, attribution: Attribution, outer: str | None, sentence: int) -> tuple[str, str]:
        span = extent(attribution.source)
        text = self.doc[span]
        low = text.lower().strip(" ,.'\"“”")
        if low in _HE:
            held = [(piece.start, piece.end) for piece in attribution.content]
            return self._pronoun(low, span.start, sentence, held)
        if low in _I and outer:
            return outer, "person"
        if low in ("they", "it", "them", "its", "their"):
            return self._thing(low, text, sentence)
        if low in ("who", "which", "that"):
            before = [
                m
                for m in self.within(max(sentence, span.start - 80), span.start)
                if m.kind in ("person", "organisation")
            ]
            return (before[-1].name, before[-1].kind) if before else (tidy(text), "words")
        return (
            self._named(text, span.start)
            or self._after(text, span.end)
            or self._role(text, span.start, sentence)
            or (tidy(self._core(text)), "words")
        )

    @staticmethod
    def _core(text: str) -> str:
        """The source without what is put behind a comma, a dash or a relative pronoun."""
        cut = _TAIL.search(text, 2)
        return text[: cut.start()] if cut else text

    def _named(self, text: str, start: int) -> tuple[str, str] | None:
        """The name that heads the source, or that its apposition gives."""
        core = self._core(text)
        found = self.within(start, start + len(core))
        if len(found) > 1 and re.search(r"\band\b", text[found[-2].span.end - start : found[-1].span.start - start]):
            return None  # two who speak together keep their words
        for mention in reversed(found):
            after = text[mention.span.end - start :].lstrip(" ”\"’'")
            owner = re.match(r"['’]s?\b|['’]\s", text[mention.span.end - start :])
            before = text[: mention.span.start - start]
            office = before.split()[-1:] and before.split()[-1] in facts().title_tails  # "Secretary of State Jane Roe"
            if owner or (not office and _UNDER.search(before)):
                continue
            if (
                mention.kind != "person"
                and re.match(r"[a-z]", after)
                and not re.match(r"(?:and|or|news|tv|television|agency|newspaper|daily|broadcaster)\b", after)
            ):
                continue  # "the Orlova camp", "Minsk officials": the name only describes
            return self._owned(mention, text, start), mention.kind
        rest = self.within(start + len(core), start + len(text)) if len(core) < len(text) else []
        for mention in rest[:1]:  # "Karduvia's president, Anna Orlova": the name says more than the office
            if mention.kind == "person" and len(text[len(core) : mention.span.start - start]) < 4:
                return mention.name, "person"
        return None

    def _after(self, text: str, end: int) -> tuple[str, str] | None:
        """The person named right behind a source that is an office (", said Karduvia's president, Anna Orlova")."""
        last = text.rsplit(maxsplit=1)[-1].lower() if text.split() else ""
        if last not in words("role_nouns") and last.capitalize() not in facts().titles:
            return None
        for mention in self.within(end, end + OFFICE_NAME)[:1]:
            if mention.kind == "person" and self.doc.text[end : mention.span.start] == ", ":
                return mention.name, "person"
        return None

    def _owned(self, mention: Mention, text: str, start: int) -> str:
        """ "Belarus’ Foreign Ministry" → "Belarusian Foreign Ministry": a body's bare kind needs its owner."""
        if mention.kind != "organisation" or mention.name != " ".join(self.doc[mention.span].split()):
            return mention.name
        owner = re.search(r"(\w+)(?:['’]s?)?\s+$", text[: mention.span.start - start])
        known = facts()
        if owner and owner.group(1) in known.states:
            people = next((name for name, state in known.peoples.items() if state == owner.group(1)), owner.group(1))
            return f"{people} {mention.name}"
        return mention.name

    def _pronoun(self, low: str, start: int, sentence: int, held: list[tuple[int, int]]) -> tuple[str, str]:
        """A pronoun goes to the person named before it in the sentence (not in what is said), else to the last speaker
        that it can be."""
        gender = _HE[low]
        here = [
            m
            for m in self.within(max(sentence, start - NEAR), start)
            if m.kind == "person"
            and self._can_be(m.name, gender)
            and not any(a <= m.span.start < b for a, b in held)
            and self.doc.text[m.span.end : m.span.end + 1] not in ("'", "’")
        ]
        options = [here[0].name] if here else []
        subject = self._subject(sentence)
        if subject is not None and subject.kind == "person" and self._can_be(subject.name, gender):
            options.append(subject.name)
        if gender == "f":  # most who are not told apart by title or given name are men
            options += [name for name, _ in reversed(self.past) if self.gender.get(name) == "f"]
        options += [name for name, kind in reversed(self.past) if kind == "person" and self._can_be(name, gender)]
        place = bisect_left(self.starts, start)
        back = self.mentions[max(0, place - 8) : place]
        options += [m.name for m in reversed(back) if m.kind == "person" and self._can_be(m.name, gender)]
        if not options:
            return low, "words"
        self.gender.setdefault(options[0], gender)
        return options[0], "person"

    def _can_be(self, name: str, gender: str) -> bool:
        return self.gender.get(name, gender) == gender

    def _subject(self, before: int) -> Mention | None:
        """What the sentence before the one that begins at `before`, in its paragraph, has as its subject: the name in
        it that has nothing but its title before it."""
        place = bisect_left(self.sentences, before) - 1
        line = self.doc.line_at(before)
        if place < 0 or line is None or self.sentences[place] < line.start:
            return None
        begin = self.sentences[place]
        for mention in self.within(begin, min(before, begin + SUBJECT))[:1]:
            head = self.doc.text[begin : mention.span.start]
            owner = self.doc.text[mention.span.end : mention.span.end + 1] in ("'", "’")
            known = facts()
            titled = all(word.strip(",") in known.titles | known.peoples.keys() | _OPENERS for word in head.split())
            if titled and not owner:
                return mention
        return None

    def _thing(self, low: str, text: str, sentence: int) -> tuple[str, str]:
        kinds = ("organisation", "place") if low in ("it", "its") else ("words", "organisation")
        subject = self._subject(sentence)
        if subject is not None and subject.kind in kinds:
            return subject.name, subject.kind
        for name, kind in reversed(self.past[-3:]):
            if kind in kinds and name.lower() not in _HE:
                return name, kind
        return tidy(text), "words"

    def _body(self, core: str, paper: bool, start: int, sentence: int) -> tuple[str, str] | None:
        """ "the bloc", "the Velton statement": the body that the sentence before is about, else the last speaker that
        it can be. What a capital in it says must fit, and a state is no bloc where the page has named a body."""
        subject = self._subject(sentence)
        options = [(subject.name, str(subject.kind))] if subject is not None else []
        options += reversed(self.past[-4:])
        kinds = ("organisation", "place", "person") if paper else ("organisation", "place")
        fits = [(name, kind) for name, kind in options if kind in kinds and self._agrees(core, name)]
        if paper:
            return fits[0] if fits else None
        bodies = [one for one in fits if one[1] == "organisation"]
        if bodies:
            return bodies[0]
        place = bisect_left(self.starts, start)
        for mention in reversed(self.mentions[max(0, place - MEMORY) : place]):
            if mention.kind == "organisation" and fits and self._agrees(core, mention.name):
                return mention.name, "organisation"
        return fits[0] if fits else None

    @staticmethod
    def _agrees(core: str, name: str) -> bool:
        """Whether the capitalised words of a role ("the Velton statement") fit a name: in it, or of its state."""
        known = facts()
        capitals = [word for word in core.split()[1:] if word[:1].isupper()]
        return all(word in name or known.peoples.get(word, word) in name for word in capitals)

    def _role(self, text: str, start: int, sentence: int) -> tuple[str, str] | None:
        """ "the president", "the group", "the statement": whom the page last meant by it, where that is one."""
        core = self._core(text).strip()
        if not _THE.match(core):
            return None
        role = _THE.sub("", core).lower()
        head = re.split(r"\s(?:of|for|in|at|from)\s", role)[0]
        last = head.split()[-1] if head else ""
        if last in words("paper_nouns") or (role in words("body_nouns") or last in words("body_nouns")):
            return self._body(core, last in words("paper_nouns"), start, sentence)
        if last not in words("role_nouns"):
            return None
        bearers = {name for name, titles in self.titles.items() if role in titles}
        bearers = bearers or {name for name, titles in self.titles.items() if last in titles}
        for name, _ in reversed(self.past):
            if name in bearers:
                return name, "person"
        place = bisect_left(self.starts, start)
        for mention in reversed(self.mentions[:place]):
            if mention.name in bearers and len(bearers) == 1:
                return mention.name, "person"
        if not bearers and self.past and self.past[-1][1] == "person":
            return self.past[-1]  # "the longtime leader", after whom the page last quoted
        return None
