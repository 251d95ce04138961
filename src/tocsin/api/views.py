"""What a case shows: frozen views of its rows, for people at a prompt, in a notebook or behind a command.

Every view leads to exact words: `text` beside `doc` and `span`, or the tellings and claims that hold them.
"""

from dataclasses import dataclass
from html import escape

from tocsin import link
from tocsin.api.exact import Hop, Sound, Words, chain, hops_of, pairs, when_of
from tocsin.api.situations import Because, Situation
from tocsin.core.commitments import KINDS, OPERATORS, POLARITIES
from tocsin.core.rows import Row
from tocsin.core.when import UNKNOWN, When
from tocsin.core.wording import KIND_PHRASES, OPERATOR_WORDS
from tocsin.errors import CodecError
from tocsin.link.names import name_key
from tocsin.link.wording import is_pronoun


@dataclass(frozen=True, slots=True)
class Condition(Sound):
    """What an act hangs on, and the situations that it names. `state` is theirs together: unreported, alleged, denied,
    contested, confirmed or ruled_out; `unwatched` where states were not asked for."""

    operator: str
    marker: str | None
    words: Words
    state: str = "unwatched"
    situations: tuple[Situation, ...] = ()
    absent: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        """The condition's words, without the marker."""
        return self.words.text

    def __str__(self) -> str:
        return f"{OPERATOR_WORDS[self.operator]} {self.text}"


@dataclass(frozen=True, slots=True)
class Telling(Sound):
    """One page's telling of a commitment: by whom, through whom, in which words. `joint` (and, or) is how its
    conditions hang together. `published` is what the page shows of its date, `dated` what the case does."""

    id: str
    doc: str
    page: str
    outlet: str | None
    published: When
    said_by: str | None
    hops: tuple[Hop, ...]
    holder: str | None
    action: Words
    polarity: str
    kind: str
    conditions: tuple[Condition, ...]
    target: str | None
    instrument: str | None
    deadline: str | None
    hedges: tuple[str, ...]
    quote: Words
    joint: str = "and"
    dated: When = UNKNOWN

    @property
    def chain(self) -> str:
        """Teller and relays, read from the speaker to the page: `Putin ← Russia 1 ← Reuters ← The Post`."""
        return chain(self.hops) or (self.said_by or "the page")

    @property
    def sentence(self) -> str:
        """The telling as a line that can be read aloud; words in quotation marks are the page's own."""
        parts = [f"{KIND_PHRASES[self.kind]} {self.holder or 'somebody'}: “{self.action.text}”"]
        conditions = (f"{OPERATOR_WORDS[one.operator]} “{one.text}”" for one in self.conditions)
        parts += [f" {self.joint} ".join(conditions)] if self.conditions else []
        parts += [f"under {self.instrument}"] if self.instrument else []
        parts += [f"by the deadline “{self.deadline}”"] if self.deadline else []
        return ", ".join(parts)


@dataclass(frozen=True, slots=True)
class Party(Sound):
    """Whom a name leads to: the actor's id, its name over all pages, and the codes of the state that it is."""

    id: str | None = None
    name: str | None = None
    kind: str | None = None
    iso3: str | None = None
    cow: int | None = None


@dataclass(frozen=True, slots=True)
class Step(Sound):
    """One step of a commitment's history: on a page of this day, in the words of this telling (or report)."""

    day: str
    step: str
    page: str
    by: str | None
    why: str
    telling: str | None
    words: Words | None = None


@dataclass(frozen=True, slots=True)
class Terms(Sound):
    """One teller's terms, told once or more in the same sense. `standing` (bound to act, free to act, bound not to act,
    nothing said; contested) is what the holder is by them, `because` on what that rests: of several `sides` each with
    what it believes. `basis` is the weakest of it, `ended` how the commitment is over. `adds` are the words of the
    conditions that this telling has beyond those of the terms `to`, beneath which it stands (`requires`: without which
    the act is barred)."""

    id: str
    by: str | None
    kind: str
    polarity: str
    tellings: tuple[str, ...]
    standing: str
    because: tuple[Because, ...] = ()
    sides: tuple[tuple[str, tuple[Because, ...]], ...] = ()
    basis: str = "stated"
    ended: str | None = None
    waits: bool = False
    assessed: bool = False
    to: str | None = None
    adds: tuple[str, ...] = ()
    requires: bool = False


@dataclass(frozen=True, slots=True)
class Commitment(Sound):
    """Who would (not) do what, on which conditions, in all its tellings. `straddles`: every page that tells it could
    be from after the day that the board was asked for. `terms` are its tellings side by side, `history` what became of
    it; `actor` is the holder over all pages, `toward` the target; `origins` counts who says so, relays once."""

    id: str
    tellings: tuple[Telling, ...]
    told: When
    straddles: bool = False
    terms: tuple[Terms, ...] = ()
    history: tuple[Step, ...] = ()
    actor: Party = Party()
    toward: Party = Party()
    origins: int = 1

    @property
    def first(self) -> Telling:
        """The telling that the commitment is shown by: of the earliest dated page, then by id."""
        return self.tellings[0]

    @property
    def holder(self) -> str | None:
        """Who would act, as far as the page gives it."""
        return self.first.holder

    @property
    def action(self) -> Words:
        """The act, in the page's words."""
        return self.first.action

    @property
    def polarity(self) -> str:
        """`will` or `will_not`."""
        return self.first.polarity

    @property
    def kind(self) -> str:
        """promise, threat, offer, ultimatum, refusal, obligation, readiness, power or assessed."""
        return self.first.kind

    @property
    def target(self) -> str | None:
        """Whom the act is directed at or benefits."""
        return next((one.target for one in self.tellings if one.target), None)

    @property
    def instrument(self) -> str | None:
        """The treaty, law, agreement or force that it rests on."""
        return next((one.instrument for one in self.tellings if one.instrument), None)

    @property
    def conditions(self) -> tuple[Condition, ...]:
        """What the act hangs on; empty where nothing is stated."""
        return self.first.conditions

    @property
    def sentence(self) -> str:
        """The commitment as a line that can be read aloud."""
        return self.first.sentence

    @property
    def pages(self) -> tuple[str, ...]:
        """Keys of the pages that tell it."""
        return tuple(sorted({one.page for one in self.tellings}))

    @property
    def wordings(self) -> int:
        """In how many wordings it is told."""
        return len(
            {(one.action.text.casefold(), *(each.text.casefold() for each in one.conditions)) for one in self.tellings}
        )

    def _repr_html_(self) -> str:
        told = "; ".join(f"{escape(one.chain)} ({escape(one.page)})" for one in self.tellings)
        return f"<p>{escape(self.sentence)}<br><small>told by {told} · {escape(self.id)}</small></p>"


def holder_of(one: Commitment) -> str:
    """The holder's name over all pages, as far as one is known; a pronoun that nobody resolved is no name."""
    return name_of(one.actor, one.holder)


def name_of(actor: Party, stated: str | None) -> str:
    """Who is meant by a name that a page states."""
    return actor.name or ("" if not stated or is_pronoun(name_key(stated)) else stated)


def target_of(one: Commitment) -> str:
    """The target's name over all pages, as far as one is known."""
    return one.toward.name or one.target or ""


@dataclass(frozen=True, slots=True)
class Claim(Sound):
    """One wording of a statement on one page."""

    id: str
    doc: str
    page: str
    outlet: str | None
    published: When
    label: str
    words: Words
    hops: tuple[Hop, ...]

    @property
    def chain(self) -> str:
        """Speaker and relays."""
        return chain(self.hops) or "the page"


@dataclass(frozen=True, slots=True)
class Statement(Sound):
    """What one speaker said, in every wording."""

    id: str
    speaker: str | None
    text: str
    said: When
    own_voice: bool
    claims: tuple[Claim, ...]
    straddles: bool = False

    @property
    def pages(self) -> tuple[str, ...]:
        """Keys of the pages that carry it."""
        return tuple(sorted({one.page for one in self.claims}))

    def _repr_html_(self) -> str:
        return (
            f"<p><b>{escape(self.speaker or 'unnamed')}</b>: “{escape(self.text)}” <small>{escape(self.id)}</small></p>"
        )


@dataclass(frozen=True, slots=True)
class Likeness(Sound):
    """An actor that another may be too, how likely, and why; `decide … merge` or `split` settles it."""

    id: str
    name: str
    score: float
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Actor(Sound):
    """Who stands behind names, and what it does in the case: how often it speaks, relays, holds a commitment, is
    mentioned. `kind` is what it is, as far as pages or tables tell, `reasons` why its names are one actor's."""

    id: str
    name: str
    names: tuple[str, ...]
    kind: str | None
    roles: dict[str, int]
    pages: tuple[str, ...]
    iso3: str | None = None
    cow: int | None = None
    offices: tuple[str, ...] = ()
    reasons: tuple[str, ...] = ()
    maybe: tuple[Likeness, ...] = ()


@dataclass(frozen=True, slots=True)
class Alert(Sound):
    """What changed on one day of captures: `kind` says how, `about` is the id of the commitment (or the page key) that
    it is about, `telling` the words that show it. `words` are those of the act or of the condition. A page that was
    edited or withdrawn has the ids of the documents `before` and `after` (None: withdrawn)."""

    id: str
    day: str
    kind: str
    about: str
    page: str
    words: str
    telling: Telling | None = None
    before: str | None = None
    after: str | None = None


def alert_of(alert: link.Alert) -> Alert:
    """The view of an alert; raises CodecError where its row holds what no reading gives."""
    told = telling_of(alert.telling) if alert.telling else None
    return Alert(alert.id, alert.day, alert.kind, alert.about, alert.page, alert.words, told, alert.before, alert.after)


def telling_of(row: Row) -> Telling:
    """The view of a `telling` row; raises CodecError where it holds what no reading gives."""
    data = row.data
    operators = {one["operator"] for one in data["conditions"]}
    if data["kind"] not in KINDS or data["polarity"] not in POLARITIES or not operators <= set(OPERATORS):
        raise CodecError(f"{row.id!r} is no commitment of a kind, polarity and operators that there are")
    doc = data["doc"]
    return Telling(
        id=row.id,
        doc=doc,
        page=data["page"],
        outlet=data["outlet"],
        published=when_of(data["published"]),
        said_by=data["said_by"],
        hops=hops_of(data),
        holder=data["holder"],
        action=Words(data["action"], doc, pairs(data["commitment"]["action"])),
        polarity=data["polarity"],
        kind=data["kind"],
        conditions=tuple(
            Condition(one["operator"], one["marker"], Words(one["text"], doc, pairs(one["spans"])))
            for one in data["conditions"]
        ),
        target=data["target"],
        instrument=data["instrument"],
        deadline=data["deadline"],
        hedges=tuple(data["hedges"]),
        quote=Words(data["text"], doc, ((data["span"][0], data["span"][1]),)),
        joint="or" if (data["commitment"].get("trigger") or {}).get("type") == "Or" else "and",
    )


def claim_of(row: Row) -> Claim:
    """The view of a `claim` row."""
    data = row.data
    words = Words(data["text"], data["doc"], ((data["span"][0], data["span"][1]),))
    return Claim(
        row.id,
        data["doc"],
        data["page"],
        data["outlet"],
        when_of(data["published"]),
        data["label"],
        words,
        hops_of(data),
    )


def actor_of(row: Row, maybe: tuple[Likeness, ...] = ()) -> Actor:
    """The view of an `actor` row; raises CodecError where it holds what no reading gives."""
    data = row.data
    if not all(type(count) is int for count in data["roles"].values()):
        raise CodecError(f"{row.id!r} has roles that are not counted: {str(data['roles'])[:80]!r}")
    codes, why = data["codes"], tuple(data["reasons"])
    offices = (f"{one['title']} of {one['of']}" if one["of"] else str(one["title"]) for one in data["offices"])
    return Actor(
        row.id, data["name"], tuple(data["names"]), data["kind"], data["roles"], tuple(data["pages"]),
        codes.get("iso3"), codes.get("cow"), tuple(dict.fromkeys(offices)), why, maybe,
    )  # fmt: skip
