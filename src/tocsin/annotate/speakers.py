"""Who a source is, asked for while reports are made: what the layer `references` says of its words.

Where the page names nobody there, a description stands as it is, without article and possessive; a pronoun is nobody.
"""

import re
from bisect import bisect_left

from tocsin.annotate.references import annotate
from tocsin.core.annotations import Attribution, Mention
from tocsin.core.document import Document
from tocsin.core.references import Reference
from tocsin.core.spans import Span, extent

_ASKED = re.compile(r"\b(?:asked|pressed|questioned|quizzed)\b", re.IGNORECASE)
_BEFORE = 200
"""Characters before a verb in which it shows to be passive."""
_PUT_TO = re.compile(r"(?:^|[.!?:;(”]\s|\b(?:when|if|while|once|was|were|is|are|been|being)\s)\s*$", re.IGNORECASE)
_ONE_COMMA = re.compile(r"(?:^|[.!?”]\s)[^,.!?”]{1,120},\s$")
"""A sentence's only comma stands between no subject and its verb: "Lind, asked whether"; "Lind, the mayor, asked"."""


class Speakers:
    """The page's names by place, and what its sources mean."""

    def __init__(self, doc: Document) -> None:
        self.doc = doc
        self.mentions: tuple[Mention, ...] = doc.layer("mentions").annotations
        self._starts = [mention.span.start for mention in self.mentions]
        layer = doc.layers.get("references")
        found: tuple[Reference, ...] = layer.annotations if layer else annotate(doc)
        self._references: dict[Span, Reference] = {one.span: one for one in found}

    def within(self, start: int, end: int) -> list[Mention]:
        """The mentions that lie wholly in `[start, end)`."""
        out = []
        for place in range(bisect_left(self._starts, start), len(self.mentions)):
            mention = self.mentions[place]
            if mention.span.start >= end:
                break
            if mention.span.end <= end:
                out.append(mention)
        return out

    def reference(self, attribution: Attribution) -> Reference | None:
        """What the source of an attribution means; None without a source."""
        return self._references.get(extent(attribution.source)) if attribution.source else None

    def resolve(self, attribution: Attribution) -> str | None:
        """The name of an attribution's source, None where nobody can be named: who is asked does not say what he is
        asked."""
        if self._asked(attribution):
            return None
        found = self.reference(attribution)
        return found.name if found else None

    def _asked(self, attribution: Attribution) -> bool:
        """Whether a question follows that was put to somebody: "Asked whether …", "Lind, asked how …"."""
        for cue in attribution.cue:
            verb = _ASKED.search(self.doc.text, cue.start, cue.end)
            if verb and attribution.content[0].start >= cue.end:
                line = self.doc.line_at(verb.start())
                before = self.doc.text[max(line.start if line else 0, verb.start() - _BEFORE) : verb.start()]
                return bool(_PUT_TO.search(before) or _ONE_COMMA.search(before))
        return False
