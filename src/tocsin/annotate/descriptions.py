"""What a noun phrase that is no name means: the name beside it, its bearer on the page, or nobody whom the page names.

Invariant: an answer's words are the phrase's own, with a name in place of "his".
"""

import re
from collections import Counter

from tocsin.annotate.answers import LEAST, Answer
from tocsin.annotate.discourse import FAR, Discourse, sureness
from tocsin.annotate.names import facts
from tocsin.annotate.offices import Title, mention_of, title_of
from tocsin.annotate.phrases import cut, of_people, tidy
from tocsin.annotate.pronouns import PRONOUNS
from tocsin.annotate.reference_page import Page, Place
from tocsin.annotate.reference_words import lexicon, state_of
from tocsin.annotate.roles import TITLES, Role, bearers, body, paper, papers, person
from tocsin.core.annotations import Mention
from tocsin.core.references import Form

_EACH = frozenset(("neither", "either", "each", "every", "both", "no", "any"))
_LAND = frozenset(("country", "nation", "homeland"))
_OF_LAND = frozenset(("government", "army", "military", "parliament", "troops", "forces", "soldiers"))
"""What a state has: "his government", of a minister, is his state's."""
LAND = 0.7
"""Confidence that "his country" is the one whose office he has; told by hand."""
CROWD = 2
"""Words of a description of a crowd that tells it from no other."""
AGAIN = 0.75
"""Confidence that a noun used again, with "the", is of the same one; told by hand."""
NAME_BEHIND = 60
"""A name put behind an office ends within so many code points."""
CLOSING = frozenset((",", ".", ";", ":", "", "\n", "”", '"', ")"))
"""What may follow it: a verb there would begin another clause."""
_KIN = ("organisation", "place", "other")


_POINTING = re.compile(
    r"^(?:this|that|these|those) (?!(?:year|month|week|season|morning|evening)\b)(?=\w)", re.IGNORECASE
)
_OWNING = re.compile(r"^(?:['’]s?)(?=\s)")
_SIDE = re.compile(r"[,.;)]|\s(?:who|with|from|in|at|and)\b")
"""What follows a description that is put beside a name; a verb there would make it a subject."""


class Descriptions:
    """The noun phrases of one page; `answers` is what was answered so far, by where each head begins."""

    def __init__(self, discourse: Discourse, answers: dict[int, Answer]) -> None:
        self.page: Page = discourse.page
        self.people = discourse.people
        self.discourse = discourse
        self.papers = papers(self.page)
        self._answers = answers
        self._protesters: str | None = None
        self._spokes: str | None = None

    def answer(self, role: Role) -> Answer:
        """Whom a noun phrase means that is no name."""
        known = lexicon()
        beside = self._beside(role)
        if beside is not None:
            return Answer("role", ((beside.name, 0.95),), kind=str(beside.kind))
        words = self._worded(role)
        form: Form = "possessive" if role.owner is not None else "role"
        noun = role.noun.removesuffix("s") if role.plural else role.noun
        again = self._again(role)
        plain = self._plain(role, form, words)
        if plain is not None:
            return plain
        if role.noun in known.crowd and role.owner is None and len(role.words) <= CROWD:
            return Answer("collective", (), self._crowd(), kind="group")
        if role.plural and (not {noun, role.noun} & known.papers or role.bare):
            form = "collective" if role.owner is None else form
            return Answer(form, again, words, kind="group")
        if role.title is not None and role.noun in role.title.noun.split() and not role.plural:
            answer = self._person(role, role.title, form, words)
            known_one = self.people.get(answer.key or "")
            exact = known_one is not None and any(one.noun == role.noun for one, _ in known_one.titles)
            exact = exact and not (again and self._since(again[0][0], answer.key or "", role.start))
            told = bool(again) and self._told_since(again[0][0], answer.key, role.start)
            return answer if exact or told or not again else Answer(form, again, words)
        if {noun, role.noun} & known.papers and not (noun in known.bodies and role.noun not in ("report",)):
            ranked = paper(self.discourse, self.papers, role, self._owner(role))
            return Answer(form, tuple(ranked), None if role.definite else words, kind="thing")
        if noun in known.bodies or noun in known.places:
            ranked = body(self.discourse, role)
            return Answer(form, tuple(ranked) or again, words, kind="place" if noun in known.places else "organisation")
        aged = any(word.lower().endswith(("-year-old", "year-olds")) for word in role.words)
        title = title_of([*role.words[:-1], "man"]) if aged and not role.plural else None
        if title is not None:
            return Answer(form, tuple(person(self.discourse, role, title)), None if role.definite else words)
        return Answer(form, again, words, kind="thing")

    def _since(self, key: str, bearer: str, start: int) -> bool:
        """Whether one whom nobody names was described after a bearer of the title was last spoken of."""
        last = next((event.start for event in self.discourse.before(start) if event.key == bearer), -1)
        return int(key[1:]) > last

    def _plain(self, role: Role, form: Form, words: str | None) -> Answer | None:
        """What the words of a phrase alone tell of it."""
        noun = role.noun.removesuffix("s") if role.plural else role.noun
        if role.words[0].lower() in _EACH:
            return Answer("collective", (), words, kind="group")
        if noun in lexicon().epithets and self._is_name(role):
            return Answer("role", (), words)  # "the Philippine Star" says, and is no star
        land = self._land_of(role) if noun in _LAND and role.owner is not None else None
        if land is None:
            return None
        self.discourse.shown[land] = land
        return Answer(form, ((land, LAND),), kind="place")

    def _land_of(self, role: Role) -> str | None:
        """The state whose office the owner of a role has on the page: "her country", where she is Karvia's premier."""
        borne = self.people.get(self._owner(role) or "")
        titles = borne.titles[:TITLES] if borne is not None and borne.kind == "person" else []
        found = {office.of for _, office in titles if office.of}
        lands = sorted(one for one in found if state_of(one) in facts().states or self._is_land(one))
        return lands[0] if len(lands) == 1 else None

    def _is_land(self, name: str) -> bool:
        known = self.people.get(name)
        return known is not None and known.kind == "place"

    def _is_name(self, role: Role) -> bool:
        """Whether a noun with a capital ends a name that nobody has marked."""
        tree = self.page.trees[role.place.sentence]
        before = tree.words[role.place.at - 1] if role.place.at else None
        here = tree.words[role.place.at]
        both = before is not None and before.pos != "DT" and self.page.text[before.start].isupper()
        both = both and self.page.text[here.start].isupper()
        return both and self.page.sentences[role.place.sentence].label in ("body", "standfirst")

    def _told_since(self, described: str, bearer: str | None, start: int) -> bool:
        """Whether a named one spoke after another was described who never did: "It is rare that a minister differs …
        Lind said … The minister added"."""
        before = self.discourse.before(start)
        if bearer is None or bearer.startswith("@") or any(one.told and one.key == described for one in before):
            return False
        return any(one.told and one.key == bearer and one.start > int(described[1:]) for one in before)

    def _crowd(self) -> str:
        """The word that the page uses most for those who protest; of equal ones the first."""
        if self._protesters is None:
            words = (word.strip(".,;:!?\"”'’)") for word in self.page.text.lower().split())
            counts = Counter(word for word in words if word in lexicon().crowd)
            self._protesters = counts.most_common(1)[0][0] if counts else "protesters"
        return self._protesters

    def _again(self, role: Role) -> tuple[tuple[str, float], ...]:
        """The one whom nobody names and who was described by the same noun before: "the source", "the same sources"."""
        if not role.definite or role.bare or role.owner is not None:
            return ()
        own = {word.lower() for word in role.words[:-1]} - {"the", "this", "that", "these", "those", "same"}
        number = self.page.sentence_at(role.start)
        for start, key, words in reversed(self.discourse.unnamed.get(role.noun, ())):
            if number - self.page.sentence_at(start) > FAR:
                break
            if start < role.start and own <= set(words.lower().split()) and self.discourse.shown[key]:
                return ((key, AGAIN),)
        return ()

    def _beside(self, role: Role) -> Mention | None:
        """The name put beside a role: "the foreign minister, Anna Orlova", "the Belta news agency"."""
        tree = self.page.trees[role.place.sentence]
        for one in tree.below[role.place.at]:
            found = mention_of(self.page, Place(role.place.sentence, one))
            if found is None:
                continue
            relation = tree.words[one].relation
            if relation == "appos" and found.kind in ("person", "organisation", "other"):
                return found
            agency = role.noun in lexicon().bodies and found.kind in ("organisation", "other")
            if (
                relation == "compound"
                and agency
                and one < role.place.at
                and role.noun not in ("campaign", "team", "side")
            ):
                return found
        right = next(iter(self.page.within(role.end, role.end + NAME_BEHIND)), None)
        if right is not None and right.kind in ("person", "organisation", "other") and right.span.start == role.end + 1:
            return right
        behind = next(iter(self.page.within(role.end, role.end + NAME_BEHIND)), None)
        if behind is not None and behind.kind == "person" and self.page.text[role.end : behind.span.start] == ", ":
            after = self.page.text[behind.span.end : behind.span.end + 1]
            if role.title is not None and after in CLOSING:
                return behind
        if tree.words[role.place.at].relation == "appos" and _SIDE.match(self.page.text, role.end):
            above = tree.above[role.place.at]
            found = mention_of(self.page, Place(role.place.sentence, above)) if above is not None else None
            if found is not None and found.kind == "person":
                return found
        return None

    def _person(self, role: Role, asked: Title, form: Form, words: str | None) -> Answer:
        """Whom a role of persons means."""
        owner = self._owner(role)
        if role.noun == "counterpart" and owner is not None:
            return Answer(form, tuple(self._counterpart(role, owner)), words)
        never = frozenset((owner,)) if owner else frozenset[str]()
        ranked = person(self.discourse, role, asked, never=never)
        spokes = asked.noun.startswith("spokes") or asked.noun == "press secretary"
        if not (ranked and ranked[0][1] >= LEAST[form]) and spokes and asked.of:
            found = [one for one in self.page.within(role.start, role.end) if one.kind in _KIN]
            if found:
                self._spokes = found[-1].name
                return Answer(form, ((found[-1].name, 0.8),), kind=_speaks_as(asked.noun))
        if (
            spokes
            and not asked.of
            and role.definite
            and owner is None
            and self._spokes
            and not bearers(self.discourse, asked)
        ):
            return Answer(
                form, ((self._spokes, 0.8),), kind=_speaks_as(asked.noun)
            )  # "The spokesman added": of whom one spoke before
        bare = role.definite and role.owner is None and asked.of is None
        return Answer(form, tuple(ranked), None if bare else words)

    def _owner(self, role: Role) -> str | None:
        """Whom a role is said to belong to: "his spokesman", "Orlova's lawyer"."""
        if role.owner is None:
            return None
        found = mention_of(self.page, role.owner)
        if found is not None:
            return found.name
        start = self.page.trees[role.owner.sentence].words[role.owner.at].start
        answer = self._answers.get(start)
        return answer.key if answer else None

    def _counterpart(self, role: Role, owner: str) -> list[tuple[str, float]]:
        """ "his Russian counterpart": who bears the owner's title for another state."""
        assert role.title is not None  # noqa: S101
        own = self.people.get(owner)
        out: dict[str, float] = {}
        for title, _ in own.titles if own else ():
            asked = Title(title.noun, title.beside, role.title.of)
            out |= bearers(self.discourse, asked, frozenset((owner,)))
        ranked = sureness(sorted(((name, 3 * fit) for name, fit in out.items()), key=lambda pair: (-pair[1], pair[0])))
        for name, _ in ranked:
            self.discourse.shown[name] = name
        return ranked

    def _worded(self, role: Role) -> str | None:
        """A description by its own words, with an owner's name in place of "his"."""
        text = self.page.text[role.start : role.end]
        if role.owner is not None:
            word = self.page.trees[role.owner.sentence].words[role.owner.at]
            owner = self._owner(role)
            shown = self.discourse.shown.get(owner or "")
            pronoun = self.page.low(role.owner) in PRONOUNS
            shown = (self._land_of(role) if pronoun and role.noun in _OF_LAND else None) or shown
            if shown and (pronoun or mention_of(self.page, role.owner) is None):
                rest = cut(_OWNING.sub("", text[word.end - role.start :])).strip()
                return f"{rest} of {shown}" if rest else None
            if pronoun:
                return tidy(text[word.end - role.start :]) if word.start == role.start else None
        return of_people(tidy(_POINTING.sub("", text)))


def _speaks_as(noun: str) -> str:
    """What a pronoun may take who speaks for a body for: a spokesman is "he", an office is "it"."""
    return "person" if noun.endswith(("man", "woman")) else "organisation"
