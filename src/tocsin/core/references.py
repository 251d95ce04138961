"""References: whom a phrase of the page stands for, as far as the page tells.

Invariant: a `name` is a name that the page gives, or made of such names and the phrase's own words; it is None where
the page leaves it open, and never a pronoun.
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from tocsin.core.spans import Span

if TYPE_CHECKING:
    from tocsin.core.document import Document

Form = Literal["name", "pronoun", "role", "possessive", "collective"]
"""How the phrase refers: by a name, by a pronoun, by a title or an epithet, by what somebody owns or has ("his
spokesman"), or as several or some whom nobody names."""


@dataclass(frozen=True, slots=True)
class Office:
    """What the page calls somebody: the title in small letters, what it is an office of as far as the page says, and
    the words that say so."""

    title: str
    of: str | None
    span: Span


@dataclass(frozen=True, slots=True)
class Reference:
    """Whom the words at `span` stand for. `candidates` are names with the confidence that each is meant, best first;
    `confidence` is that of `name`, or that nobody can be named. `office` is what the page calls the named one there."""

    span: Span
    form: Form
    name: str | None
    candidates: tuple[tuple[str, float], ...] = ()
    confidence: float = 1.0
    office: Office | None = None


def offices(doc: "Document") -> dict[str, tuple[Office, ...]]:
    """The offices that a page gives to each name, in reading order; empty without the layer `references`."""
    layer = doc.layers.get("references")
    out: dict[str, dict[Office, None]] = {}
    for one in layer.annotations if layer else ():
        if one.name and one.office:
            out.setdefault(one.name, {})[one.office] = None
    return {name: tuple(out[name]) for name in sorted(out)}
