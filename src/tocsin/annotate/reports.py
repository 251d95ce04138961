"""Reports: each content on the page with its relay chain, from the speaker to the outlet.

One report an attribution, and one in the page's own voice for each body sentence that no attribution touches. The
first hop is the speaker and the last the outlet; nothing between them is stated that the page does not say.
"""

from bisect import bisect_right

from tocsin.annotate.datelines import agencies
from tocsin.annotate.hops import is_agency, outside, relays_of
from tocsin.annotate.speakers import Speakers
from tocsin.core.annotations import Attribution, Hop, HopRole, Report, Sentence
from tocsin.core.document import Document, Label
from tocsin.core.layers import Stage
from tocsin.core.spans import extent

OWN_VOICE: frozenset[Label] = frozenset(("body", "standfirst"))
"""Lines in which the page itself asserts what it says."""
DEEPEST = 5
"""No page has one saying inside more others than this; a longer chain is a garbled page."""
NEAR = 600
"""Relays are looked for so many code points around a cue, and inside its sentence."""


def _outlet(doc: Document) -> Hop:
    return Hop(doc.outlet, "outlet", (), "inferred")


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


def _sentences_around(attribution: Attribution, sentences: tuple[Sentence, ...], starts: list[int]) -> tuple[int, int]:
    """From the start of the sentence that holds the cue (or the first content) to the end of the last one it needs."""
    span = extent(attribution.cue or attribution.content)
    first = max(0, bisect_right(starts, span.start) - 1)
    last = max(0, bisect_right(starts, span.end - 1) - 1)
    return sentences[first].span.start, max(sentences[last].span.end, span.end)


def _role(name: str, after: str) -> HopRole:
    return "agency" if is_agency(name, after) else "relayer"


def annotate(doc: Document) -> tuple[Report, ...]:
    """The reports of a page, in reading order."""
    sentences: tuple[Sentence, ...] = doc.layer("sentences").annotations
    attributions: tuple[Attribution, ...] = doc.layer("attributions").annotations
    starts = [sentence.span.start for sentence in sentences]
    by_id = {attribution.id: attribution for attribution in attributions}
    speakers = Speakers(doc)
    names: dict[str, str | None] = {}
    begun: set[int] = set()
    for attribution in sorted(attributions, key=lambda a: extent(a.source or a.cue or a.content)):
        around = _enclosing(attribution, by_id)
        outer = names.get(around[0].id) if around else None
        begin, _ = _sentences_around(attribution, sentences, starts)
        main = not around and begin not in begun
        begun |= {begin} if main else set()
        names[attribution.id] = speakers.resolve(attribution, outer, begin, main=main)
    page = _Page(sentences, starts, by_id, speakers, names)
    page.agencies = [
        Hop(doc[span], "agency", (span,))
        for span in doc.spans(*agencies(doc))
        if is_agency(doc[span], "") and doc[span] != doc.outlet
    ]
    out = [Report(attribution.content, attribution, _hops(doc, attribution, page)) for attribution in attributions]
    out.extend(_own(doc, sentences, attributions))
    return tuple(sorted(out, key=lambda report: (report.content[0], report.id)))


class _Page:
    """What is known of a page while its reports are made."""

    def __init__(
        self,
        sentences: tuple[Sentence, ...],
        starts: list[int],
        by_id: dict[str, Attribution],
        speakers: Speakers,
        names: dict[str, str | None],
    ) -> None:
        self.sentences = sentences
        self.starts = starts
        self.by_id = by_id
        self.speakers = speakers
        self.names = names
        self._relays: dict[str, list[Hop]] = {}
        self.agencies: list[Hop] = []

    def agency(self, attribution: Attribution) -> Hop | None:
        """The agency of the last dateline before an attribution: what follows it came from there."""
        place = bisect_right(self.agencies, extent(attribution.content), key=lambda hop: hop.spans[0])
        return self.agencies[place - 1] if place else None

    def relays(self, doc: Document, part: Attribution) -> list[Hop]:
        """The relays that the sentence of one attribution names outside its content, found once."""
        if part.id not in self._relays:
            start, end = _sentences_around(part, self.sentences, self.starts)
            centre = (part.cue or part.content)[0].start
            held = [(span.start, span.end) for span in part.content]
            place = outside(doc, max(start, centre - NEAR), min(end, centre + NEAR), held)
            self._relays[part.id] = relays_of(doc, place, self.speakers)
        return self._relays[part.id]


def _hops(doc: Document, attribution: Attribution, page: _Page) -> tuple[Hop, ...]:
    """The chain of one attribution: speaker, relayers, channels, agencies, credits, outlet."""
    speaker = page.names[attribution.id]
    hops = [Hop(speaker, "speaker", attribution.source)]
    named = {speaker}
    around = _enclosing(attribution, page.by_id)
    for outer in around:
        name = page.names[outer.id]
        if name and name not in named:
            named.add(name)
            end = outer.source[-1].end
            hops.append(Hop(name, _role(name, doc.text[end : end + 30]), outer.source))
    for part in (attribution, *around):
        for hop in page.relays(doc, part):
            if hop.actor not in named:
                named.add(hop.actor)
                hops.append(hop)
    dated = page.agency(attribution)
    if dated is not None:
        if dated.actor not in named:
            hops.append(dated)
    elif len(doc.credits) == 1 and doc.credits[0] not in named:
        hops.append(Hop(doc.credits[0], "agency", (), "inferred"))
    return (*hops, _outlet(doc))


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


REPORTS = Stage("reports", ("sentences", "mentions", "attributions"), "reports/2", annotate)
