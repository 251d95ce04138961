"""What the readers find on one page: sentences, names, times, who said what, through whom.

Every annotation carries the spans it stands on, all of one document; its id is a hash of its kind and those spans.
"""

from dataclasses import dataclass
from typing import Literal

from tocsin.core.document import Label
from tocsin.core.ids import short_id
from tocsin.core.spans import Span, Spans
from tocsin.core.when import When

MentionKind = Literal["person", "organisation", "place", "instrument", "other"]
HopRole = Literal["speaker", "spokesperson", "relayer", "channel", "agency", "outlet", "aggregator"]
Basis = Literal["stated", "inferred"]


def ranges(spans: Spans) -> list[list[int]]:
    """Spans of one document as the `[[start, end], …]` of every JSON that Tocsin writes."""
    return [[span.start, span.end] for span in spans]


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence inside one line."""

    span: Span
    label: Label


@dataclass(frozen=True, slots=True)
class Mention:
    """A span that names something; `name` is its fullest name on the page ("Putin" → "Vladimir Putin")."""

    span: Span
    kind: MentionKind
    name: str


@dataclass(frozen=True, slots=True)
class TimeExpression:
    """A time as the page words it, with its TIMEX3 type and value where a library resolves it."""

    span: Span
    type: Literal["DATE", "TIME", "DURATION", "SET"]
    value: str | None
    when: When


@dataclass(frozen=True, slots=True)
class Attribution:
    """Somebody said, wrote, thinks, demands, … something. `source` may be empty, `content` never is.

    `within` is the id of the attribution whose content this one stands in. `confidence` is 0 to 1.
    """

    source: Spans
    cue: Spans
    content: Spans
    within: str | None = None
    confidence: float = 1.0

    @property
    def id(self) -> str:
        """Hash of document, content and cue."""
        return short_id("a", [self.content[0].doc, ranges(self.content), ranges(self.cue)])


@dataclass(frozen=True, slots=True)
class Hop:
    """One link of a relay chain, from the speaker to the page. `actor` is the fullest name on the page."""

    actor: str | None
    role: HopRole
    spans: Spans = ()
    basis: Basis = "stated"


@dataclass(frozen=True, slots=True)
class Report:
    """One content on one page, with its attribution (None: the page's own voice) and its hops.

    `hops[0]` is the speaker and the last hop is the outlet (`inferred`; its actor is None where the page does not
    show it). In the page's own voice the outlet is the speaker: one hop.
    """

    content: Spans
    attribution: Attribution | None
    hops: tuple[Hop, ...]

    @property
    def id(self) -> str:
        """Hash of document, content and the attribution."""
        attribution = self.attribution.id if self.attribution else None
        return short_id("r", [self.content[0].doc, ranges(self.content), attribution])

    @property
    def speaker(self) -> str | None:
        """The speaker's name, as far as the page gives it."""
        return self.hops[0].actor

    @property
    def via(self) -> tuple[str, ...]:
        """The stated hops between speaker and outlet, speaker's side first."""
        return tuple(hop.actor for hop in self.hops[1:-1] if hop.actor and hop.basis == "stated")


@dataclass(frozen=True, slots=True)
class Claim:
    """One sentence or coordinated clause of a report's content, with its own span."""

    report: Report
    span: Span

    @property
    def id(self) -> str:
        """Hash of document, span and report."""
        return short_id("s", [self.span.doc, [self.span.start, self.span.end], self.report.id])


@dataclass(frozen=True, slots=True)
class Statement:
    """One claim by one speaker on one occasion, in every wording: its members are claims, smallest id first."""

    speaker: str | None
    claims: tuple[Claim, ...]
    said: When

    @property
    def id(self) -> str:
        """The smallest member's id."""
        return min(claim.id for claim in self.claims)
