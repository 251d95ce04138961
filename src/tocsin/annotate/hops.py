"""Relays that a sentence names: the channel a speaker spoke into, the agency that passed it on, whom that one cites.

Invariant: a hop stands on words of the sentence that tell an outlet, by the register, by its own name or by a noun
beside it; who was only told something is none. Work is bounded by the length of the place that is looked at.
"""

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise

from tocsin.annotate.names import facts
from tocsin.annotate.phrases import tidy
from tocsin.annotate.relay_words import phrases, platforms, sorts, worded, words
from tocsin.annotate.speakers import Speakers
from tocsin.core.annotations import Hop, HopRole, Mention
from tocsin.core.document import Document
from tocsin.core.spans import Span
from tocsin.names.register import Outlet, bare, outlet_of
from tocsin.names.shortened import is_people

NEAR = 70
"""A relay's name begins within so many code points after the phrase that announces it, before the next comma."""
BESIDE = 30
"""A noun that says what a name is stands within so many code points of it."""
LONGEST = 6
"""Words of an outlet's name at most."""
_STOP = re.compile(r"[,;:.!?]\s|[”(\[]|\x00|\b(?:that|who|which|said|says|after|before|during|when|where|while)\b|$")
_TOKEN = re.compile(r"[^\s,;:()\"“”\x00]+")
_OWNER = re.compile(r"['’]s?\b|['’](?=\s)")
_CUED = re.compile(
    r"[”\"'’»]?\s+(?:(?:state|official|national|public|private|news|TV)\s+){0,2}(news service|agency|newswire|wire"
    r"|television|TV|channel|radio|broadcaster|newspaper|daily|weekly|tabloid|magazine|website|portal)\b"
)
_NOUNS = re.compile(
    r"(?<=\w)(?: (?:state|news|TV))* (?:agency|newswire|television|channel|radio|newspaper|website|portal)$"
)
_NAMED_AGENCY = re.compile(r"\b(?:News Agency|Press Agency|Telegraph Agency|Newswire)$")
_RUNS_ON = re.compile(r" ([A-Z0-9][\w&’'-]*)")
_NUMBERED = re.compile(r"(?![GPBEQ]-?\d)[A-Z][^\W\d_]{0,9}[ -]?\d{1,3}")
"""A body's short name with a number is a channel's ("K1", "Rossiya 24"), unless it is a group of states' ("G7")."""


def _agency(called: re.Match[str] | None) -> bool:
    return called is not None and called[1].lower() in ("agency", "wire", "newswire", "news service")


@dataclass(frozen=True, slots=True)
class Place:
    """Where the relays of one attribution are looked for: its sentence, without its content."""

    start: int
    text: str


@dataclass(frozen=True, slots=True)
class Relay:
    """A relay that a phrase names. `cited`: the one whose saying this is has it from there."""

    hop: Hop
    cited: bool = False


def outside(doc: Document, start: int, end: int, held: list[tuple[int, int]]) -> Place:
    """`[start, end)` with the ranges `held` blanked."""
    text = list(doc.text[start:end])
    for a, b in held:
        for place in range(max(a, start), min(b, end)):
            text[place - start] = "\x00"
    return Place(start, "".join(text))


def _sort_of(entry: Outlet | None) -> str | None:
    if entry is None:
        return None
    return {"newspaper": "paper", "magazine": "paper", "aggregator": "site"}.get(entry.kind, entry.kind)


def is_agency(name: str, after: str) -> bool:
    """Whether a body passes on what others said: by the register, by its name or by what it is called."""
    entry = outlet_of(name)
    if entry is not None:
        return entry.kind == "agency"
    called = _CUED.match(after)
    return name in words("agency_names") or bool(_NAMED_AGENCY.search(name)) or _agency(called)


class Outlets:
    """Which names of a page are outlets', and of what sort."""

    def __init__(self, doc: Document, speakers: Speakers) -> None:
        self.doc = doc
        self.speakers = speakers
        self.sort: dict[str, str] = {}
        self.full: dict[str, str] = {}
        self._only: dict[str, str | None] = {}
        for mention in speakers.mentions:
            sort = self._sort(mention)
            if sort:
                self.sort.setdefault(mention.name, sort)
                if mention.name == doc[mention.span]:
                    whole = doc.text[mention.span.start : self.end_of(mention.span.start, mention.span.end)]
                    self.full[mention.name] = max(whole, self.full.get(mention.name, ""), key=len)
        self._own = own_names(doc)
        self.of = dict(self._people())

    def _people(self) -> Iterator[tuple[str, str]]:
        """People of an outlet, as a page calls them: "CNN's Jo Lund", "Lake TV anchor Jo Lund"."""
        for outlet, person in pairwise(self.speakers.mentions):
            end, start = outlet.span.end, person.span.start
            near = outlet.name in self.sort and person.kind == "person" and start - end < BESIDE
            former = self.doc.text[max(0, outlet.span.start - len("former ")) : outlet.span.start].lower() == "former "
            if near and not former and worded("hosts").fullmatch(self.doc.text, end, start):
                yield person.name, outlet.name

    def _sort(self, mention: Mention) -> str | None:
        shown = self.doc[mention.span]
        for name in (mention.name, shown):
            entry = outlet_of(name)
            if entry is not None:
                return _sort_of(entry)
        if mention.kind == "instrument":
            return None
        beside = self._beside(mention)
        if beside:
            return _sort_of(outlet_of(mention.name, beside=True)) or beside
        if mention.kind in ("person", "place"):
            return None
        parts = mention.name.replace("-", " ").split()
        press = words("press_words").intersection(parts) or (len(parts) > 1 and parts[-1] in words("press_ends"))
        if not press and mention.name in words("shared_names"):
            return "broadcaster"
        return "paper" if press else "broadcaster" if _NUMBERED.fullmatch(mention.name) else None

    def _beside(self, mention: Mention) -> str | None:
        """What sort the noun right before or behind a name tells, where it is no place ("the channel of Minsk …")."""
        line = self.doc.line_at(mention.span.start)
        before = self.doc.text[max(line.start if line else 0, mention.span.start - BESIDE) : mention.span.start]
        nouns = [noun for noun in re.findall(r"[\w-]+", before) if noun]
        close = bool(nouns) and bool(re.search(r"[\w-]\s?[“\"'‘«]?$", before))
        if close and mention.kind != "place" and nouns[-1] in sorts():
            return sorts()[nouns[-1]]
        called = _CUED.match(self.doc.text, mention.span.end, mention.span.end + BESIDE)
        if called and _of_people(mention.name) and _RUNS_ON.match(self.doc.text, called.end()):
            return None  # "the Lodvan newspaper Neue Zeit"
        fits = called is not None and (mention.kind != "person" or _agency(called))
        return sorts().get(called[1]) if called and fits else None

    def end_of(self, start: int, end: int) -> int:
        """Where a name ends that runs on in capitals or a number behind a mention: "Karsk" → "Karsk Today"."""
        for _ in range(LONGEST):
            following = _RUNS_ON.match(self.doc.text, end)
            if not following or following[1] in words("days") or following[1] in sorts():
                break
            taken = any(one.span.start == following.start(1) for one in self.speakers.within(end, following.end()))
            if taken and self.doc.text[start:end] not in words("press_begins"):
                break
            end = following.end()
        return end

    def is_own(self, name: str) -> bool:
        """Whether a name is the page's own outlet's."""
        return bare(name).casefold() in self._own

    def only(self, sort: str) -> str | None:
        """The one outlet of a sort that the page names, beside its own."""
        if sort not in self._only:
            found = {name for name, one in self.sort.items() if one == sort and not self.is_own(name)}
            self._only[sort] = short(self.full.get(name := found.pop(), name)) if len(found) == 1 else None
        return self._only[sort]


def _of_people(word: str) -> bool:
    """Whether a word says whose an outlet is: a people's name, of the table or by its ending."""
    return word in facts().peoples or (word[:1].isupper() and is_people(word.lower()))


def short(name: str) -> str:
    """A name without the nouns behind it that only say what it is: "Interfax news agency" → "Interfax"."""
    return _NOUNS.sub("", name) or name


def _within(ranges: list[tuple[int, int]], start: int, end: int) -> bool:
    """Whether one of the ranges overlaps [start, end)."""
    return any(a < end and start < b for a, b in ranges)


def own_names(doc: Document) -> frozenset[str]:
    """The names by which a page's outlet may call itself: its name, and the initials of it."""
    if not doc.outlet:
        return frozenset()
    name = bare(doc.outlet)
    parts = re.findall(r"[^\W\d_]+", name)
    initials = "".join(part[0] for part in parts if part[0].isupper())
    out = {name.casefold(), *([initials.casefold()] if len(initials) > 1 else [])}
    for less in ("News", "International", "Online", "English"):
        if name.endswith(" " + less):
            out.add(name[: -len(less) - 1].casefold())
    return frozenset(out)


class Finder:
    """The relays that places of one page name."""

    def __init__(self, doc: Document, speakers: Speakers) -> None:
        self.doc = doc
        self.speakers = speakers
        self.outlets = Outlets(doc, speakers)

    def relays(self, place: Place, taken: list[tuple[int, int]], others: list[tuple[int, int]]) -> list[Relay]:
        """The relays of a sentence, channels first, then agencies; `taken` are the words of who is known to speak,
        `others` the cues of other sayings: who was told by them heard nothing of this one."""
        found: dict[str, Relay] = {}
        for pattern, role, needs in phrases():
            for match in pattern.finditer(place.text):
                if _within(others, place.start + match.start(), place.start + match.end()):
                    continue
                named = self._named(place, match.end(), needs)
                if (
                    named is None
                    or (role != "channel" and self.outlets.is_own(named[0]))
                    or _within(taken, named[1].start, named[1].end)
                ):
                    continue
                name, span = named
                found.setdefault(bare(name).casefold(), self._relay(name, span, role))
        for hop in (*self._through(place), *self._posts(place)):
            found.setdefault((hop.actor or "").casefold(), Relay(hop))
        order = {"spokesperson": -1, "channel": 0, "relayer": 1, "agency": 1}
        return sorted(found.values(), key=lambda one: (order.get(one.hop.role, 1), one.hop.spans[0].start))

    def _relay(self, name: str, span: Span, role: str) -> Relay:
        after = self.doc.text[span.end : span.end + BESIDE]
        agency = is_agency(name, after)
        if role == "channel":
            made: HopRole = "channel"
        else:
            made = "agency" if agency or self.outlets.sort.get(name) == "agency" else "relayer"
        return Relay(Hop(name, made, (span,)), role == "cited")

    def _named(self, place: Place, at: int, needs: str) -> tuple[str, Span] | None:
        """The outlet named behind a phrase, before the phrase ends, with nothing between but what describes it."""
        stop = _STOP.search(place.text, at, at + NEAR)
        reach = stop.start() if stop else min(len(place.text), at + NEAR)
        begin, end = place.start + at, place.start + reach
        mentions = self.speakers.within(begin, place.start + min(len(place.text), reach + NEAR))
        starts = [mention.span.start for mention in mentions]
        for token in _TOKEN.finditer(place.text, at, reach):
            here = place.start + token.start()
            number = bisect_left(starts, here)
            mention = mentions[number] if number < len(mentions) and starts[number] == here else None
            if mention is not None and mention.span.start < end:
                if self._passed_over(mention):
                    continue
                return self._whole(mention, needs)
            listed = self._listed(here, place.start + len(place.text))
            if listed is not None:
                return listed
            generic = worded("generic").match(place.text, token.start(), reach)
            if generic and number < len(mentions) and starts[number] < place.start + generic.end() + 3:
                generic = None  # a name follows, and says more
            if generic:
                span = Span(self.doc.id, place.start + generic.start("words"), place.start + generic.end("words"))
                sort = sorts().get(generic["sort"].split()[-1])
                return (self.outlets.only(sort or "") or tidy(generic["words"])), span
            plain = token.group().strip("“\"'‘«»")
            if not self._describes(plain, mentions, here):
                return None
        return None

    @staticmethod
    def _describes(word: str, mentions: list[Mention], at: int) -> bool:
        """Whether a word between a phrase and a name only describes the outlet."""
        inside = any(mention.span.start < at < mention.span.end for mention in mentions)
        return inside or not word or _of_people(word) or word in words("skipped") or word.lower() in words("skipped")

    def _passed_over(self, mention: Mention) -> bool:
        """Whether a name only says whose outlet it is: "Russia's Interfax", "US broadcaster CNN"."""
        if mention.name in self.outlets.sort:
            return False
        after = self.doc.text[mention.span.end : mention.span.end + BESIDE]
        if _OWNER.match(after):
            return True
        following = _TOKEN.search(after)
        return (
            (mention.kind in ("place", "other") or _of_people(mention.name))
            and bool(following)
            and (
                following.group() in words("skipped") or following.group()[:1].isupper()  # type: ignore[union-attr]
            )
        )

    def _whole(self, mention: Mention, needs: str) -> tuple[str, Span] | None:
        """The name and span of an outlet, with what a reader of names has cut from it."""
        if mention.name in self.outlets.of:
            return self.outlets.of[mention.name], mention.span
        sort = self.outlets.sort.get(mention.name)
        if self._people_of(mention):
            return None
        after = self.doc.text[mention.span.end : mention.span.end + BESIDE]
        if sort is None and not self.outlets.is_own(mention.name):
            following = _TOKEN.search(after)
            role = following and after[: following.start()] == " " and following.group().lower() in words("role_nouns")
            end = self.outlets.end_of(mention.span.start, mention.span.end)
            numbered = _NUMBERED.fullmatch(self.doc.text[mention.span.start : end])
            body = numbered or mention.kind in ("organisation", "other")
            if not self._the_paper(mention) and (needs != "body" or role or _OWNER.match(after) or not body):
                return None
        span, name = mention.span, mention.name
        if name == self.doc[span]:
            longer = self._listed(span.start, span.end + NEAR)
            end = longer[1].end if longer else self.outlets.end_of(span.start, span.end)
            if end > span.end:
                span = Span(self.doc.id, span.start, end)
                name = longer[0] if longer else self.doc[span]
        return short(tidy(name)), span

    def _people_of(self, mention: Mention) -> bool:
        """Whether people of an outlet were told, or a thing of its name: "told CBS lawyers"."""
        following = _TOKEN.search(self.doc.text, mention.span.end, mention.span.end + BESIDE)
        return bool(following) and following.group() in words("not_it")  # type: ignore[union-attr]

    def _the_paper(self, mention: Mention) -> bool:
        """ "told the Post": a paper's last word alone, with its article."""
        start = mention.span.start
        return self.doc[mention.span] in words("press_ends") | words("press_words") and self.doc.text[
            max(0, start - 4) : start
        ] in ("the ", "The ")

    def _listed(self, start: int, limit: int) -> tuple[str, Span] | None:
        """The longest name of the register that begins at `start`, where nobody has marked one."""
        text = self.doc.text
        if not text[start : start + 1].isupper() and not text[start : start + 1].isdigit():
            return None
        ends: list[int] = []
        for token in _TOKEN.finditer(text, start, limit):
            if len(ends) >= LONGEST:
                break
            if ends and token.start() != ends[-1] + 1:
                break
            ends.append(token.end())
        for end in reversed(ends):
            name = text[start:end].rstrip(".’'")
            name = re.sub(r"['’]s$", "", name)
            if name and outlet_of(name):
                return name, Span(self.doc.id, start, start + len(name))
        return None

    def _through(self, place: Place) -> Iterator[Hop]:
        """Whoever carried the words: "retorted through her aide Pavel Dahl", "said through a lawyer"."""
        for match in worded("through").finditer(place.text):
            end = place.start + match.end()
            named = next(iter(self.speakers.within(end, end + BESIDE)), None)
            if named is not None and named.kind == "person" and self.doc.text[end : named.span.start].strip(", ") == "":
                yield Hop(named.name, "spokesperson", (named.span,))
            else:
                span = Span(self.doc.id, place.start + match.start("noun"), end)
                yield Hop(match["noun"], "spokesperson", (span,))

    def _posts(self, place: Place) -> Iterator[Hop]:
        """The platforms on which a saying was posted."""
        for pattern, name in platforms():
            match = pattern.search(place.text)
            if match:
                span = Span(self.doc.id, place.start + match.start(), place.start + match.end())
                if not name:
                    span = Span(self.doc.id, place.start + match.start("name"), place.start + match.end("name"))
                yield Hop(name or match["name"], "channel", (span,))


def spokesperson(doc: Document, source: Iterable[Span], speaker: str | None, speakers: Speakers) -> Hop | None:
    """Who speaks for the speaker: "a spokesman for the ministry", whom nobody names, where the ministry is the
    speaker."""
    for span in source:
        match = worded("spokes").search(doc[span])
        named = any(mention.kind == "person" for mention in speakers.within(span.start, span.end))
        if match and speaker and not named and match.group().lower() not in speaker.lower():
            place = Span(doc.id, span.start + match.start(), span.start + match.end())
            return Hop(match.group(), "spokesperson", (place,))
    return None
