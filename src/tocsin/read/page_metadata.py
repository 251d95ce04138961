"""What a page's own lines show about it: title, outlet, byline, credits and when it was published.

Invariant: only what the page shows, with the reason in `notes` or in the reasons of `published`; no clock.
"""

from dataclasses import dataclass

from tocsin.core.document import Line
from tocsin.core.when import UNKNOWN, When


@dataclass(frozen=True, slots=True)
class PageMetadata:
    """Metadata as the page's lines show it; None where they do not. `notes` says where each was found."""

    title: str | None = None
    outlet: str | None = None
    byline: str | None = None
    credits: tuple[str, ...] = ()
    published: When = UNKNOWN
    notes: tuple[str, ...] = ()


def from_lines(text: str, lines: tuple[Line, ...]) -> PageMetadata:
    """The metadata that the labelled `lines` of `text` show."""
    headline = next((text[line.start : line.end].strip() for line in lines if line.label == "headline"), None)
    return PageMetadata(title=headline)
