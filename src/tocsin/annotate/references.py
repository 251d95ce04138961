"""The layer `references`: whom the sources of a page, its pronouns and its roles mean, and what its names are called.

Invariant: one reference for each span; a name in it is one that the page gives, and never a pronoun.
"""

from dataclasses import replace

from tocsin.annotate.offices import offices_of
from tocsin.annotate.resolver import Resolver
from tocsin.core.document import Document
from tocsin.core.layers import Stage
from tocsin.core.references import Reference
from tocsin.core.spans import Span, extent


def annotate(doc: Document) -> tuple[Reference, ...]:
    """The references of a page, in reading order."""
    resolver = Resolver(doc)
    found: dict[Span, Reference] = {}
    for start, end in resolver.noted:
        one = resolver.refer(start, end)
        found.setdefault(one.span, one)
    for attribution in doc.layer("attributions").annotations:
        if attribution.source:
            span = extent(attribution.source)
            found.setdefault(span, replace(resolver.refer(span.start, span.end), span=span))
    for one in offices_of(resolver.page, resolver.people):
        if one.span not in found:
            found[one.span] = one
        elif found[one.span].office is None and found[one.span].name == one.name:
            found[one.span] = replace(found[one.span], office=one.office)
    return tuple(found[span] for span in sorted(found))


REFERENCES = Stage("references", ("sentences", "mentions", "attributions"), "references/2", annotate)
