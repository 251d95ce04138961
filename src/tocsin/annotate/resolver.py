"""Reads a page from its beginning to its end and says of each phrase that may speak or hold whom it means.

Invariant: a phrase has one answer however often and in whatever order it is asked for; what comes later on the page
changes an answer only through titles, full names and the subject behind an opening phrase.
"""

from collections.abc import Iterator
from dataclasses import replace

from tocsin.annotate.answers import NAMED, WORDED, Answer
from tocsin.annotate.descriptions import Descriptions
from tocsin.annotate.discourse import Discourse, Event
from tocsin.annotate.names import facts
from tocsin.annotate.offices import LONGEST, Title, mention_of, people, same_role
from tocsin.annotate.phrases import conjoined, core, cut, put_beside, tidy, with_others
from tocsin.annotate.pronouns import FIRST, MANY, PERSONS, RELATIVE, THINGS, antecedent, own_voice, third
from tocsin.annotate.reference_page import Page, Place
from tocsin.annotate.reference_words import lexicon
from tocsin.annotate.roles import FIRST_LINES, TITLES, Role, role_at
from tocsin.annotate.turns import Turns
from tocsin.core.annotations import Attribution, Mention
from tocsin.core.document import Document
from tocsin.core.references import Reference
from tocsin.core.spans import Span, extent

NAMED_AFTER = 2
"""Within so many sentences."""
NAMED_LATER = 0.7
"""Confidence of that: a habit of agencies, told by hand."""
_SAYING = frozenset(("nsubj", "nsubjpass", "nmod:poss"))
"""What a role does in its clause that may be a speaker's or a holder's, or say whose something is."""


class Resolver:
    """The answers of one page. `refer` may be asked about any range of it."""

    def __init__(self, doc: Document) -> None:
        self.page = Page(doc)
        self.people = people(self.page)
        self.discourse = Discourse(self.page, self.people)
        self.turns = Turns(self.page)
        self._answers: dict[int, Answer] = {}
        self.descriptions = Descriptions(self.discourse, self._answers)
        self._waiting: set[int] = set()
        self.noted: list[tuple[int, int]] = []
        self._later: list[Place] = []
        self._described: list[tuple[int, int, Role]] = []
        self._unsaid: list[tuple[int, Title]] = []
        self._borne: dict[Title, set[str]] = {}
        self._told = {place: one for one in self.page.attributions if (place := self._source_word(one)) is not None}
        self._read()

    def _source_word(self, attribution: Attribution) -> int | None:
        """Where the head of an attribution's source begins."""
        if not attribution.source:
            return None
        source = extent(attribution.source)
        place = self.page.head(source.start, source.end)
        return self.page.trees[place.sentence].words[place.at].start if place else None

    def _read(self) -> None:
        """Go over the page's names, pronouns and roles in reading order."""
        mentions = {one.span.start: one for one in self.page.mentions if one.kind != "instrument"}
        labels = {one.span.start for start, end in self.turns.labels for one in self.page.within(start, end)}
        for number in sorted(self.page.trees):
            tree = self.page.trees[number]
            inside = -1
            for at, word in enumerate(tree.words):
                one = mentions.get(word.start)
                if one is not None and one.span.start in labels:
                    inside = one.span.end  # who has the word is not spoken of
                elif one is not None:
                    told = any(
                        one.span.start <= w.start < one.span.end and w.start in self._told
                        for w in tree.words[at : at + LONGEST]
                    )
                    self._naming(one, number)
                    self.discourse.named(one, told)
                    inside = one.span.end
                elif word.start >= inside:
                    self._word(Place(number, at))

        for place in self._later:
            self._third(place)
        for start, title in self._unsaid:
            borne = sorted(self._borne.get(title, ()))
            if len(borne) == 1:
                self._answers[start] = replace(self._answers[start], ranked=((borne[0], NAMED_LATER),))

    def _naming(self, mention: Mention, number: int) -> None:
        """Give a name to the person described in the sentence before, where a full name with no other title comes
        for the first time: "The harbour's pilot says … Anna Orlova told him"."""
        if not self._described or mention.kind != "person" or number == self._described[-1][1]:
            return
        if number - self._described[-1][1] > NAMED_AFTER:
            self._described = []
            return
        first = mention.name not in self.discourse.counts and " " in self.page.doc[mention.span]
        place = self.page.head(mention.span.start, mention.span.end)
        acts = place is not None and self.page.does(place) == "subject"
        titles = [title for title, _ in self.people[mention.name].titles[:TITLES]]
        asked = self._described[-1][2].title
        fits = not titles or (asked is not None and any(same_role(asked, one) for one in titles))
        if first and acts and fits:
            for start, _, _ in self._described:
                self._answers[start] = replace(self._answers[start], ranked=((mention.name, NAMED_LATER),))
                self.discourse.shown[f"@{start}"] = mention.name
            self._described = []

    def _describes(self, start: int, number: int, role: Role) -> None:
        """Keep whom the page describes and may name next, with an earlier description by the same noun."""
        same = [one for one in self._described if one[2].noun == role.noun and number - one[1] <= NAMED_AFTER]
        self._described = [*same, (start, number, role)]

    def _word(self, place: Place) -> None:
        """Answer for a word that is a pronoun or heads a role, and add its event."""
        tree = self.page.trees[place.sentence]
        word = tree.words[place.at]
        if word.pos[:2] not in ("PR", "NN"):
            return
        low = self.page.low(place)
        told = word.start in self._told
        if word.pos[:3] == "PRP" and (low in PERSONS or low in THINGS or low in MANY):
            self.noted.append((word.start, word.end))
            if self.page.quoted(word.start) and self.page.around(word.start):
                self._later.append(place)
            else:
                self._third(place)
        elif low in ("we", "i") and not told and own_voice(self.discourse, word.start):
            self.noted.append((word.start, word.end))
        elif word.pos in ("NN", "NNS", "NNP") and (told or word.relation in _SAYING):
            self._phrase(place, told)
        elif word.pos == "NN" and word.relation in ("nmod", "dobj") and low in lexicon().persons:
            det = tree.child(place.at, "det")
            if det is not None and self.page.low(Place(place.sentence, det)) in ("a", "an"):
                self._phrase(place, told)

    def _third(self, place: Place) -> Answer:
        """Answer for a pronoun of the third person: not whoever speaks there."""
        word = self.page.trees[place.sentence].words[place.at]
        kind = "person" if self.page.low(place) in PERSONS else "thing"
        ranked = third(self.discourse, place, word.start, frozenset(self._speakers(word.start)))
        answer = self._answers[word.start] = Answer("pronoun", tuple(ranked), kind=kind)
        self._event(answer, place, word.start in self._told, pronoun=True)
        return answer

    def _speakers(self, position: int) -> Iterator[str]:
        """Who speaks at a position in so many words: in quotation marks, or in a turn of an interview."""
        turn = self.turns.speaker(position)
        if turn is not None:
            yield turn
            yield from sorted(self.turns.pair)
        here = self.page.quoted(position)
        for one in self.page.around(position) if here else ():
            source = extent(one.source) if one.source else None
            if here is None or source is None or here[0] <= source.start < here[1]:
                continue
            yield from (name for name, _ in self.refer(source.start, source.end).candidates[:1])

    def _phrase(self, place: Place, told: bool) -> None:
        tree = self.page.trees[place.sentence]
        first, last = tree.extent(place.at, frozenset(("acl:relcl", "punct", "acl")))
        start, end = tree.span(first, last)
        role = role_at(self.page, start, end)
        if role is None or role.place != place:
            return
        answer = self.descriptions.answer(role)
        word = tree.words[place.at]
        self._answers[word.start] = answer
        if told or role.title or role.plural or _stands_for_somebody(role):
            self.noted.append((role.start, role.end))
        elif answer.key is None:
            answer = Answer(answer.form, (), answer.words, kind="thing")
        self._event(answer, place, told, pronoun=False)
        if role.title is not None and role.definite and not role.plural and role.owner is None:
            if answer.key is None:
                self._unsaid.append((word.start, role.title))  # the text below may say whom it means by these words
            elif not answer.key.startswith("@"):
                self._borne.setdefault(role.title, set()).add(answer.key)
        lead = role.definite or (place.sentence < FIRST_LINES and role.title is not None and not role.plural)
        if told and lead and answer.key is None and answer.kind == "person":
            self._describes(word.start, place.sentence, role)

    def _event(self, answer: Answer, place: Place, told: bool, *, pronoun: bool) -> None:
        """Add what a phrase means to the discourse, also one whom nobody can name: a pronoun may go back to it."""
        page = self.page
        word = page.trees[place.sentence].words[place.at]
        key, kind = answer.key, answer.kind
        if key is not None:
            known = self.people.get(key)
            kind = known.kind if known and (pronoun or kind not in ("thing", "person")) else kind
            if pronoun and page.low(place) in PERSONS and not key.startswith("@"):
                self.discourse.gender.setdefault(key, PERSONS[page.low(place)])
        elif pronoun:
            return
        else:
            key = f"@{word.start}"
            self.discourse.shown[key] = answer.words if kind != "thing" else None
            self.discourse.unnamed.setdefault(page.low(place), []).append((word.start, key, answer.words or ""))
            noun = page.low(place)
            known_words = lexicon()
            if noun in known_words.feminine or noun in known_words.masculine:
                self.discourse.gender[key] = "f" if noun in known_words.feminine else "m"
        number = place.sentence
        self.discourse.note(
            Event(word.start, key, kind, number, page.does(place), page.quoted(word.start), told, pronoun)
        )

    def refer(self, start: int, end: int) -> Reference:
        """Whom the words `[start, end)` mean."""
        start, end = core(self.page, start, end)
        span = Span(self.page.doc.id, start, end)
        pair = conjoined(self.page, start, end)
        if pair:
            names = tuple(one.name for one in pair)
            shown = " and ".join((", ".join(names[:-1]), names[-1]))
            return Reference(span, "name", shown, tuple((name, NAMED) for name in names), NAMED)
        place = self.page.word_at(start)
        if place is None or self.page.low(place) not in ("who", "which") or self.page.text[start].isupper():
            place = self.page.head(start, end)
        if place is None:
            return self._lost(span)
        found = mention_of(self.page, place)
        if found is None:
            found = put_beside(self.page, start, end)
        if found is not None and found.kind != "instrument":
            return Reference(span, "name", self._full(found, start, end), ((found.name, NAMED),), NAMED)
        both = self._both(place, start, end)
        if both:
            return Reference(span, "name", " and ".join(both), tuple((name, 0.8) for name in both), 0.8)
        answer = self.answer(place, start, end)
        if answer.form == "collective" and not answer.ranked and answer.words is not None:
            answer = replace(answer, words=with_others(answer.words, self.page.text[start:end]))
        return self._told_by(span, answer)

    def _both(self, place: Place, start: int, end: int) -> tuple[str, ...]:
        """ "He and Orlova", "he and I": the two names, where both are known."""
        words = self.page.words_in(start, end)
        if len(words) < 3 or words[1] != "and" or self.page.low(place) not in PERSONS:
            return ()
        first = self._told_by(Span(self.page.doc.id, start, end), self.answer(place, start, start + len(words[0]))).name
        other = self.page.word_at(start + len(words[0]) + len(" and "))
        if first is None or other is None:
            return ()
        found = self.page.within(start, end)
        if len(words) == 3 and words[2].lower() in FIRST:
            begin = self.page.trees[other.sentence].words[other.at].start
            second = self._told_by(Span(self.page.doc.id, start, end), self._first(begin)).name
        else:
            second = found[-1].name if found and found[-1].span.end == end and found[-1].kind == "person" else None
        return (first, second) if second and second != first else ()

    def _lost(self, span: Span) -> Reference:
        """A phrase outside of what the model read."""
        words = tidy(self.page.doc[span])
        if words.lower() in lexicon().nobody:
            return Reference(span, "pronoun", None, (), 0.0)
        found = self.page.within(span.start, span.end)
        if len(found) == 1:
            return Reference(span, "name", found[0].name, ((found[0].name, NAMED),), NAMED)
        return Reference(span, "collective", words, (), WORDED)

    def answer(self, place: Place, start: int, end: int) -> Answer:
        """The answer of a phrase with a head that is no name."""
        word = self.page.trees[place.sentence].words[place.at]
        if word.start in self._answers:
            return self._answers[word.start]
        if word.start in self._waiting:
            return Answer("pronoun")
        self._waiting.add(word.start)
        answer = self._asked(place, start, end)
        self._waiting.discard(word.start)
        self._answers[word.start] = answer
        return answer

    def _asked(self, place: Place, start: int, end: int) -> Answer:
        low = self.page.low(place)
        word = self.page.trees[place.sentence].words[place.at]
        if low in FIRST:
            return self._first(word.start)
        if low in RELATIVE and word.pos in ("WP", "WDT", "WP$", "IN"):
            return self._relative(place)
        if low in PERSONS or low in THINGS or low in MANY:
            return self._third(place)
        words = self.page.words_in(start, end)
        if low in lexicon().nobody and not (words[1:2] == ["of"] and words[-1].lower() not in lexicon().nobody):
            return Answer("pronoun")  # "one of her aides" is somebody
        if low in lexicon().nobody:
            return Answer("collective", (), " ".join(cut(self.page.text[start:end]).split()))
        role = role_at(self.page, start, end)
        if role is None:
            return Answer("collective", (), tidy(cut(self.page.text[start:end])))
        return self.descriptions.answer(role)

    def _first(self, start: int) -> Answer:
        """ "I" and "we" in what somebody says: whoever says it."""
        for one in self.page.around(start):
            if not one.source:
                continue
            source = extent(one.source)
            if source.start <= start < source.end:
                continue
            outer = self.refer(source.start, source.end)
            if outer.name and outer.candidates:
                self.discourse.shown.setdefault(outer.candidates[0][0], outer.name)
                return Answer("pronoun", ((outer.candidates[0][0], round(0.95 * outer.confidence, 3)),))
        speaker = self.turns.speaker(start)
        if speaker is not None:
            self.discourse.shown.setdefault(speaker, speaker)
            return Answer("pronoun", ((speaker, 0.9),))
        if self.page.quoted(start):
            told = [event for event in self.discourse.before(start) if event.told]
            number = self.page.sentence_at(start)
            if told and number - told[0].sentence <= 3:
                return Answer("pronoun", ((told[0].key, 0.6),))
        return Answer("pronoun", tuple(own_voice(self.discourse, start)))

    def _relative(self, place: Place) -> Answer:
        """ "who" and "which": the noun that they hang on."""
        noun = antecedent(self.page, place)
        if noun is None or noun == place:
            return Answer("pronoun")
        below = self.page.trees[noun.sentence]
        subject = below.child(noun.at, "nsubj") if below.child(noun.at, "cop") is not None else None
        if subject is not None and subject < noun.at:
            noun = Place(noun.sentence, subject)  # "Orlova is a pilot who …"
        found = mention_of(self.page, noun)
        if self.page.low(place) != "which" and (found is None or found.kind in ("place", "organisation")):
            found = self._person_before(noun, place) or found
            if found is not None and found.kind in ("place", "organisation") and self.page.low(place) == "who":
                return Answer("pronoun")
        if found is not None:
            self.discourse.shown[found.name] = found.name
            return Answer("pronoun", ((found.name, 0.93),))
        tree = self.page.trees[noun.sentence]
        start, end = tree.span(*tree.extent(noun.at, frozenset(("acl:relcl", "punct", "acl", "appos"))))
        known = self.answer(noun, start, end)
        return Answer("pronoun", known.ranked, known.words)

    def _person_before(self, noun: Place, place: Place) -> Mention | None:
        """The person beside whom a description with "who" is put: "[Anna Orlova], a pilot from Velton, who …"."""
        tree = self.page.trees[place.sentence]
        if mention_of(self.page, noun) is None and tree.words[noun.at].relation != "appos":
            return None
        at: int | None = noun.at
        for _ in range(6):
            above = tree.above[at] if at is not None else None
            if at is None or above is None or tree.words[at].relation not in ("nmod", "appos", "nmod:poss", "compound"):
                return None
            at = above
            found = mention_of(self.page, Place(place.sentence, at))
            if found is not None and found.kind == "person":
                return found
        return None

    def _full(self, mention: Mention, start: int, end: int) -> str:
        """A name with its state where it is a body's bare kind ("Belarus' Foreign Ministry")."""
        rest = self.page.words_in(mention.span.end, mention.span.end + 20)
        behind = self.page.text[mention.span.end : mention.span.end + 1] == " "
        cut_off = rest[0] if rest and rest[0] in facts().body_lasts and rest[0][0].isalpha() and behind else ""
        if cut_off and mention.span.end + 1 + len(cut_off) <= end:
            return f"{mention.name} {cut_off}"  # an outlet whose name was cut: "Karsk | Today"
        if mention.kind != "organisation" or mention.name != " ".join(self.page.doc[mention.span].split()):
            return mention.name
        before = (
            self.page.words_in(max(start, mention.span.start - 30), mention.span.start)
            if start < mention.span.start
            else []
        )
        owners = [word for word in before if word in facts().states]
        if not owners or before[-1] not in ("'s", "’s", "'", "’"):
            return mention.name
        known = facts().peoples
        people_of = next((name for name, state in known.items() if state == owners[-1]), owners[-1])
        return f"{people_of} {mention.name}"

    def _told_by(self, span: Span, answer: Answer) -> Reference:
        """An answer as a reference."""
        shown = [(self.discourse.shown.get(key) or "", sure) for key, sure in answer.ranked]
        candidates = tuple((name, sure) for name, sure in shown if name)
        key = answer.key
        name = self.discourse.shown.get(key) if key is not None else None
        if key is not None and (name or key.startswith("@")):
            if answer.form == "pronoun" and name and name.lower() in lexicon().nobody:
                name = None
            return Reference(span, answer.form, name, candidates, answer.ranked[0][1])
        words = answer.words
        if words is not None and words.lower() in lexicon().nobody:
            words = None
        held = answer.ranked[0][1] if answer.ranked else 0.0
        return Reference(span, answer.form, words, candidates, round(1 - held, 3) if words is None else answer.sure)


def _stands_for_somebody(role: Role) -> bool:
    """Whether a noun is one that a body, a paper or a person may be called by."""
    known = lexicon()
    return bool({role.noun, role.noun.removesuffix("s")} & (known.bodies | known.papers | known.epithets))
