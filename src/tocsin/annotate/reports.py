"""Reports: each content on the page with its relay chain, from the speaker to the outlet.

One report an attribution, and one in the page's own voice for each body sentence that no attribution touches. The
first hop is the speaker and the last the outlet; nothing between them is stated that the page does not say.
"""

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import replace

from tocsin.annotate.credits import Credits
from tocsin.annotate.hops import Finder, Place, Relay, is_agency, outside, spokesperson
from tocsin.annotate.occasions import ON_AN_OCCASION, Said, carried
from tocsin.annotate.speakers import Speakers
from tocsin.core.annotations import Attribution, Hop, HopRole, Report, Sentence
from tocsin.core.document import Document, Label
from tocsin.core.layers import Stage
from tocsin.core.spans import extent
from tocsin.names.register import bare, outlet_of

OWN_VOICE: frozenset[Label] = frozenset(("body", "standfirst"))
"""Lines in which the page itself asserts what it says."""
DEEPEST = 5
"""No page has one saying inside more others than this; a longer chain is a garbled page."""
NEAR = 300
"""Relays are looked for so many code points around a cue, and inside its sentence."""
TOLD: frozenset[Label] = frozenset(("headline", "standfirst", "subhead", "body"))
"""Lines that are paragraphs of the article."""


def _enclosing(attribution: Attribution, by_id: dict[str, Attribution]) -> list[Attribution]:
    """The attributions around this one, innermost first."""
    out: list[Attribution] = []
    seen = {attribution.id}
    up = attribution.within
    while up is not None and up in by_id and up not in seen and len(out) < DEEPEST:
        seen.add(up)
        out.append(by_id[up])
        up = by_id[up].within
    return out


def _key(name: str | None) -> str:
    """What one actor of a chain is told by: AP is the Associated Press."""
    entry = outlet_of(name) if name else None
    return (entry.name if entry else bare(name or "")).casefold()


def annotate(doc: Document) -> tuple[Report, ...]:
    """The reports of a page, in reading order."""
    attributions: tuple[Attribution, ...] = doc.layer("attributions").annotations
    page = _Page(doc, attributions)
    out = [Report(attribution.content, attribution, page.hops(attribution)) for attribution in page.in_order]
    out.extend(_own(doc, page.sentences, attributions))
    return tuple(sorted(out, key=lambda report: (report.content[0], report.id)))


class _Page:
    """What is known of a page while its reports are made; `hops` is asked for in reading order."""

    def __init__(self, doc: Document, attributions: tuple[Attribution, ...]) -> None:
        self.doc = doc
        self.sentences: tuple[Sentence, ...] = doc.layer("sentences").annotations
        self.starts = [sentence.span.start for sentence in self.sentences]
        self.by_id = {attribution.id: attribution for attribution in attributions}
        self.in_order = sorted(attributions, key=lambda a: (extent(a.source or a.cue or a.content), a.id))
        self.speakers = Speakers(doc)
        self.finder = Finder(doc, self.speakers)
        self.credits = Credits(doc)
        self.paragraphs = [line.start for line in doc.lines if line.end > line.start and line.label in TOLD]
        self.names = {one.id: self.speakers.resolve(one) for one in attributions}
        self.sources = sorted((span.start, span.end) for one in attributions for span in one.source)
        self.cues = sorted((span.start, span.end) for one in attributions for span in one.cue)
        self._relays: dict[str, list[Relay]] = {}
        self.carried = carried([self._said(one) for one in self.in_order if self._of_an_occasion(one)])

    def _sentences_around(self, attribution: Attribution) -> tuple[int, int]:
        """From the start of the sentence that holds the cue (or the first content) to the end of the last it needs."""
        span = extent(attribution.cue or attribution.content)
        first = max(0, bisect_right(self.starts, span.start) - 1)
        last = max(0, bisect_right(self.starts, span.end - 1) - 1)
        return self.sentences[first].span.start, max(self.sentences[last].span.end, span.end)

    def _of_an_occasion(self, one: Attribution) -> bool:
        """Whether a saying is the page's own to tell, or an agency's: "…, Lind said, the Wire reported"."""
        if one.within is None or one.within not in self.by_id:
            return True
        level = self.by_id[one.within]
        name = self.names[level.id]
        return level.within is None and name is not None and self._is_agency(name, level)

    def _said(self, one: Attribution) -> Said:
        """A saying as the next are held against it."""
        speaker, start = self.names[one.id], (one.cue or one.content)[0].start
        named = [relay.hop for relay in self.relays(one) if not relay.cited and relay.hop.role in ON_AN_OCCASION]
        if one.within in self.by_id:
            named.insert(0, self._relayer(self.by_id[one.within]))
        own = tuple(hop for hop in named if _key(hop.actor) != _key(speaker))
        around = self._place(one).text
        return Said(one.id, speaker, own, bisect_right(self.paragraphs, start), around, self.doc.words(one.cue))

    def _place(self, part: Attribution) -> Place:
        """Where the relays of one attribution are looked for."""
        start, end = self._sentences_around(part)
        centre = (part.cue or part.content)[0].start
        held = [(span.start, span.end) for span in part.content]
        return outside(self.doc, max(start, centre - NEAR), min(end, centre + NEAR), held)

    def relays(self, part: Attribution) -> list[Relay]:
        """The relays that the sentence of one attribution names outside its content, found once."""
        if part.id not in self._relays:
            place = self._place(part)
            start, end = place.start, place.start + len(place.text)
            first = bisect_right(self.sources, (start - NEAR, 0))
            last = bisect_right(self.sources, (end, end))
            cues = self.cues[bisect_right(self.cues, (start - NEAR, 0)) : bisect_right(self.cues, (end, end))]
            own = {(span.start, span.end) for span in part.cue}
            others = [cue for cue in cues if cue not in own]
            self._relays[part.id] = self.finder.relays(place, self.sources[first:last], others)
        return self._relays[part.id]

    def hops(self, attribution: Attribution) -> tuple[Hop, ...]:
        """The chain of one attribution: speaker, relayers, channels, agencies, credits, outlet."""
        levels = [attribution, *_enclosing(attribution, self.by_id)]
        chain = _Chain(self.names[attribution.id], attribution)
        voice = spokesperson(self.doc, attribution.source, chain.speaker, self.speakers)
        if voice is not None:
            chain.add(voice)
        for number, (level, found) in enumerate(zip(levels, self._placed(levels), strict=True)):
            cited = [relay.hop for relay in found if relay.cited]
            if number:
                chain.extend(cited)
                chain.add(self._relayer(level))
            elif cited and self._passes_on(chain.speaker):
                chain.moved(cited[0])
            else:
                chain.extend(cited)
            chain.extend(relay.hop for relay in found if not relay.cited)
            chain.extend(
                hop for hop in self.carried.get(level.id, ()) if not self.finder.outlets.is_own(hop.actor or "")
            )
        republished = self._credit(attribution, chain)
        return (*chain.hops, Hop(self.doc.outlet, "aggregator" if republished else "outlet", (), "inferred"))

    def _placed(self, levels: list[Attribution]) -> list[list[Relay]]:
        """The relays of each level: a phrase that stands outside the content of several is the outermost's."""
        seen: set[str] = set()
        out: list[list[Relay]] = []
        for level in reversed(levels):
            found = [relay for relay in self.relays(level) if _key(relay.hop.actor) not in seen]
            seen |= {_key(relay.hop.actor) for relay in found}
            out.insert(0, found)
        return out

    def _relayer(self, level: Attribution) -> Hop:
        name = self.names[level.id]
        if name is None:
            return Hop(None, "relayer", level.source)
        role: HopRole = "agency" if self._is_agency(name, level) else "relayer"
        return Hop(name, role, level.source)

    def _is_agency(self, name: str, level: Attribution) -> bool:
        end = level.source[-1].end
        if is_agency(name, self.doc.text[end : end + 30]) or self.finder.outlets.sort.get(name) == "agency":
            return True
        here = self.speakers.within(level.source[0].start, end)
        return any(one.name == name and is_agency(name, self.doc.text[one.span.end : end]) for one in here)

    def _passes_on(self, name: str | None) -> bool:
        return name is not None and (name in self.finder.outlets.sort or is_agency(name, ""))

    def _credit(self, attribution: Attribution, chain: "_Chain") -> bool:
        """Add what the page's credits say of the place; whether the page shows another's text as it was."""
        here = self.credits.at(extent(attribution.content).start)
        stated = [cover for cover in here if cover.hops[0].basis == "stated"]
        for cover in (stated or here)[:1]:
            chain.extend(cover.hops)
        for cover in stated[1:]:
            chain.extend(cover.hops if cover.republished else ())
        return any(cover.republished for cover in here)


class _Chain:
    """A chain in the making, each actor in it once."""

    def __init__(self, speaker: str | None, attribution: Attribution) -> None:
        self.hops = [Hop(speaker, "speaker", attribution.source)]
        self._named = {_key(speaker)} if speaker else set()

    @property
    def speaker(self) -> str | None:
        """Whose words they are."""
        return self.hops[0].actor

    def add(self, hop: Hop) -> None:
        """Add a hop, unless nobody names it or its actor is in the chain."""
        if hop.actor and _key(hop.actor) not in self._named:
            self._named.add(_key(hop.actor))
            self.hops.append(hop)

    def extend(self, hops: Iterable[Hop]) -> None:
        """Add several."""
        for hop in hops:
            self.add(hop)

    def moved(self, cited: Hop) -> None:
        """An outlet that cites another only passes on what that one says."""
        if _key(cited.actor) in self._named:
            return
        outlet = self.hops[0]
        self._named.add(_key(cited.actor))
        self.hops = [replace(cited, role="speaker"), replace(outlet, role="agency"), *self.hops[1:]]


def _own(doc: Document, sentences: tuple[Sentence, ...], attributions: tuple[Attribution, ...]) -> list[Report]:
    """Reports in the page's own voice: one hop, the outlet."""
    held = sorted(
        (span.start, span.end)
        for attribution in attributions
        for span in (*attribution.source, *attribution.cue, *attribution.content)
    )
    out = []
    place = 0
    reach = 0
    for sentence in sentences:
        while place < len(held) and held[place][0] < sentence.span.end:
            reach = max(reach, held[place][1])
            place += 1
        if sentence.label in OWN_VOICE and reach <= sentence.span.start:
            out.append(Report((sentence.span,), None, (Hop(doc.outlet, "outlet", (), "inferred"),)))
    return out


REPORTS = Stage("reports", ("sentences", "mentions", "attributions"), "reports/6", annotate)
