"""Who is spoken of as a page goes on, and whom a pronoun means there.

Each name, resolved pronoun and resolved role is an event. A pronoun goes to whom the events before it make most
salient, of those it can be: what they did in their sentences, how far back, whether they spoke last. Linear: a pronoun
looks back over a fixed number of events.
"""

from bisect import bisect_left, insort
from collections.abc import Iterable
from dataclasses import dataclass, field
from math import exp, log2

from tocsin.annotate.offices import Person, Title
from tocsin.annotate.reference_page import Page, Place
from tocsin.core.annotations import Attribution, Mention
from tocsin.core.document import Label
from tocsin.core.spans import covers
from tocsin.model import Range

LOOK = 60
"""So many events back a pronoun looks."""
FAR = 12
"""So many sentences back a pronoun looks; news names again before."""
WEIGHTS = {
    "subject": 2.0, "inner": 1.1, "object": 0.8, "other": 0.5, "owner": 0.6, "told": 0.5, "pronoun": 0.35, "near": -0.6,
    "far": -0.85, "paragraph": -0.3, "quoted": -2.5, "heading": -1.2, "often": 0.15, "fits": 0.3, "woman": -0.4,
    "beside": 0.6,
}  # fmt: skip
"""What each circumstance of an event says for the one it names. The order of the first four is that of centering
theory (Grosz, Joshi, Weinstein 1995); sizes were set by hand on PolNeAR's training pages and half of the marked dev
pages (`python -m bench --only speakers`), and hardly move the figures when changed by a third."""
SURE_AT, SLOPE = 0.6, 1.2
"""Confidence as a logistic function of the distance between the first and the second of the ranked."""
ALONE = 2.5
"""The distance where there is no second."""
FAR_UNNAMED = 4
"""So many sentences back for one whom nobody names: who matters is named."""
HEADINGS: frozenset[Label] = frozenset(("headline", "standfirst", "subhead", "caption"))


@dataclass(frozen=True, slots=True)
class Event:
    """Somebody is spoken of at a place of the text. `key` tells apart those whom nobody names."""

    start: int
    key: str
    kind: str
    sentence: int
    does: str
    quoted: Range | None
    told: bool
    pronoun: bool


@dataclass(frozen=True, slots=True)
class Wanted:
    """Whom a phrase can mean: gender, kinds, who not, and where not."""

    gender: str | None = None
    kinds: frozenset[str] = frozenset(("person",))
    never: frozenset[str] = frozenset()
    outside: tuple[Attribution, ...] = ()
    only: frozenset[str] | None = None
    far: int = FAR


Ranked = list[tuple[str, float]]
"""Keys with their scores, best first."""


@dataclass(slots=True)
class Discourse:
    """What the page has spoken of so far; `people` is what it tells of each name anywhere."""

    page: Page
    people: dict[str, Person]
    events: list[Event] = field(default_factory=list)
    shown: dict[str, str | None] = field(default_factory=dict)
    gender: dict[str, str] = field(default_factory=dict)
    counts: dict[str, int] = field(default_factory=dict)
    bearers: dict[Title, dict[str, float]] = field(default_factory=dict)
    titled: list[Person] = field(default_factory=list)
    stems: dict[str, list[str]] = field(default_factory=dict)
    unnamed: dict[str, list[tuple[int, str, str]]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """List those with titles, and bodies by the words of their names, so that no role looks at every name."""
        self.titled = [one for one in self.people.values() if one.kind == "person" and one.titles]
        for name, one in self.people.items():
            if one.kind in ("organisation", "other", "place") and " " in name:
                for word in dict.fromkeys(stem(part) for part in name.split()):
                    self.stems.setdefault(word, []).append(name)

    def note(self, event: Event) -> None:
        """Add an event; nearly all come in reading order."""
        if self.events and event.start < self.events[-1].start:
            insort(self.events, event, key=lambda one: one.start)
        else:
            self.events.append(event)
        self.counts[event.key] = self.counts.get(event.key, 0) + 1

    def named(self, mention: Mention, told: bool) -> None:
        """Add the event of a name."""
        place = self.page.head(mention.span.start, mention.span.end)
        self.shown[mention.name] = mention.name
        self.note(
            Event(
                mention.span.start,
                mention.name,
                str(mention.kind),
                self.page.sentence_at(mention.span.start),
                self.page.does(place) if place else "other",
                self.page.quoted(mention.span.start),
                told,
                False,
            )
        )

    def gender_of(self, key: str) -> str | None:
        """What is known of somebody's gender: by titles and pronouns of the page, else by the given name."""
        known = self.people.get(key)
        if known is not None and known.sure:
            return known.gender
        return self.gender.get(key) or (known.gender if known else None)

    def before(self, position: int) -> list[Event]:
        """The last events before a position, the nearest first."""
        end = bisect_left(self.events, position, key=lambda event: event.start)
        return self.events[max(0, end - LOOK) : end][::-1]

    def ranked(self, position: int, wanted: Wanted) -> Ranked:
        """Whom a phrase at a position may mean, the likeliest first."""
        number = self._since(position, wanted)
        here = self.page.quoted(position)
        best: dict[str, float] = {}
        for event in self.before(position):
            if number - event.sentence > wanted.far:
                break
            if event.key.startswith("@") and number - event.sentence > FAR_UNNAMED:
                continue
            if not self._can_be(event, wanted):
                continue
            score = self._score(event, number, here)
            if event.key not in best or score > best[event.key]:
                best[event.key] = score
        for key in best:
            best[key] += WEIGHTS["often"] * log2(1 + self.counts.get(key, 0)) + self._fits(key, wanted.gender)
        return sorted(best.items(), key=lambda pair: (-pair[1], pair[0]))

    def _since(self, position: int, wanted: Wanted) -> int:
        """The sentence that distance is counted from: behind a quotation, the one in which it began."""
        number = self.page.sentence_at(position)
        for one in wanted.outside:
            first = self.page.sentence_at(one.content[0].start)
            if one.content[0].start < position and self.page.lines[first] == self.page.lines[number]:
                number = min(number, first)
        return number

    def _can_be(self, event: Event, wanted: Wanted) -> bool:
        if event.kind not in wanted.kinds or event.key in wanted.never:
            return False
        if event.kind == "place" and wanted.outside and event.does not in ("subject", "inner"):
            return False  # where something happens speaks only as whoever acts
        if wanted.only is not None and event.key not in wanted.only:
            return False
        if any(covers(one.content, event.start) and not event.pronoun for one in wanted.outside):
            return False
        known = self.gender_of(event.key)
        return wanted.gender is None or known is None or known == wanted.gender

    def _score(self, event: Event, number: int, here: Range | None) -> float:
        does = "subject" if event.told and event.does == "object" else event.does
        score = WEIGHTS[does] + (WEIGHTS["pronoun"] if event.pronoun else 0)
        score += WEIGHTS["told"] if event.told and does == "subject" else 0
        back = number - event.sentence
        if not back and does == "inner":
            score += WEIGHTS["beside"]
        if back:
            score += WEIGHTS["near"] + WEIGHTS["far"] * (back - 1)
            lines = self.page.lines
            if lines[event.sentence] != lines[number]:
                score += WEIGHTS["paragraph"]
        if event.quoted and event.quoted != here:
            score += WEIGHTS["quoted"]
        label = self.page.sentences[event.sentence].label
        if label in HEADINGS and label != self.page.sentences[number].label:
            score += WEIGHTS["heading"]
        return score

    def _fits(self, key: str, gender: str | None) -> float:
        if gender is None:
            return 0.0
        if self.gender_of(key) == gender:
            return WEIGHTS["fits"]
        return WEIGHTS["woman"] if gender == "f" else 0.0


def stem(word: str) -> str:
    """A word of a body's name without what number does to it: appeals, appeal."""
    low = word.lower().removesuffix("'s").removesuffix("’s")
    return low.removesuffix("s") if len(low) > 4 else low


def sureness(ranked: Ranked) -> list[tuple[str, float]]:
    """The ranked with a confidence each: of the first by its distance from the second, of the others by theirs."""
    if not ranked:
        return []
    gap = ranked[0][1] - ranked[1][1] if len(ranked) > 1 else ALONE
    first = 1 / (1 + exp(-(SURE_AT + SLOPE * gap)))
    rest = [exp(score - ranked[0][1]) for _, score in ranked[1:4]]
    left = sum(rest) or 1.0
    others = [(key, round((1 - first) * weight / left, 3)) for (key, _), weight in zip(ranked[1:4], rest, strict=True)]
    return [(ranked[0][0], round(first, 3)), *others]


def subjects_behind(page: Page, place: Place, position: int) -> Iterable[Mention]:
    """The name that is the subject of a sentence whose opening phrase holds a pronoun: "In his speech, Orlova said"."""
    tree = page.trees[place.sentence]
    at: int | None = place.at
    for _ in range(10):
        above = tree.above[at] if at is not None else None
        if at is None or above is None:
            return
        if tree.words[at].relation in ("advcl", "nmod", "xcomp", "dep") and at < above:
            subject = tree.child(above, "nsubj") or tree.child(above, "nsubjpass")
            if subject is not None and tree.words[subject].start > position:
                word = tree.words[subject]
                found = page.mention_over(word.start, word.end)
                if found is not None:
                    yield found
                return
        at = above


def content_of(page: Page, start: int) -> tuple[Attribution, ...]:
    """The attribution whose source begins at a position: no name in what it tells is the one who tells it."""
    found = page.told.get(start)
    return (found,) if found else ()
