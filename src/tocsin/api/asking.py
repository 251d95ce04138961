"""What of a case is asked for: as of which day, and whether what could be from before it takes part.

Invariant: a page's place follows from its date in this case (its own, a person's, or what all pages together leave)
and from the day alone.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Literal

from tocsin.api.exact import when_of
from tocsin.core.rows import Row
from tocsin.core.when import FAR_FUTURE, Lie, When, WhenError, check_bound, ends
from tocsin.core.when import lies as core_lies
from tocsin.errors import UsageError

Place = Literal["before", "across", "after"]
_PLACES: Mapping[Lie, Place] = {"in": "before", "maybe": "across", "out": "after"}


@dataclass(frozen=True, slots=True)
class Asked:
    """`day` None: everything. `possible`: a page that could be from before the day takes part like one that is;
    otherwise it is shown apart. `dated` are the case's dates by document."""

    day: str | None = None
    possible: bool = False
    dated: Mapping[str, When] = field(default_factory=lambda: MappingProxyType({}))

    def when(self, doc: str, published: When) -> When:
        """The date of a document in this case; `published` is what it shows itself."""
        return self.dated.get(doc, published)

    def place(self, doc: str, published: When) -> Place:
        """Where a document lies to the end of the day: before it, after it, or across it."""
        found = lies(self.when(doc, published), self.day)
        return "before" if found == "across" and self.possible else found

    def of(self, row: Row) -> Place:
        """The same of the page of a claim or a telling."""
        published = row.data["published"]
        return self.place(row.data["doc"], When(published["earliest"], published["latest"]))


def said_by_claim(rows: Iterable[Row]) -> dict[str, When]:
    """When each claim was said, as far as all pages that carry its words together leave it; `rows` are of kind
    `said`."""
    return {claim: when_of(row.data) for row in rows for claim in row.data["claims"]}


def first_said(occasions: Iterable[When], pages: When) -> When:
    """When words were first said: on the occasion that is over first, for a few words may be said on several days, and
    not after the first page that carries them. `pages` is what those pages leave by themselves."""
    first = min(occasions, key=lambda one: ends(one.latest or FAR_FUTURE), default=None)
    if first is None or pages.latest is None:
        return first or pages
    return first.not_after(pages.latest, *pages.reasons[:1])


def day_of(as_of: str | None) -> str | None:
    """The day that is asked for; raises UsageError where it is none."""
    if as_of is not None:
        try:
            check_bound(as_of)
        except WhenError as error:
            raise UsageError(f"--as-of: {error}") from error
        if "T" in as_of:
            raise UsageError(f"--as-of takes a day such as 2020-08-20, not {as_of!r}")
    return as_of


def lies(when: When, day: str | None) -> Place:
    """Where an interval lies to the end of `day`."""
    return "before" if day is None else _PLACES[core_lies(when, day)]
