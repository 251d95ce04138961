"""`Case`: everything that can be done with one case file."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from html import escape
from pathlib import Path
from typing import Any

from tocsin import link, pipeline
from tocsin.api import boarding, deciding, judging, supposing, views
from tocsin.api.asking import Asked, day_of, first_said, said_by_claim
from tocsin.api.clock import Clock
from tocsin.api.exact import Words, when_of
from tocsin.api.showing import likenesses, show
from tocsin.api.situations import Situation
from tocsin.api.verifying import verify_case
from tocsin.api.writing import brief, export
from tocsin.core.decisions import Act, Anchor, Decision, in_force
from tocsin.core.document import GONE, Document, Reject
from tocsin.core.rows import READINGS, Row
from tocsin.core.tripwires import Tripwire
from tocsin.core.when import FAR_FUTURE, When, ends, stamp
from tocsin.names.entries import parse_entries
from tocsin.pipeline import Added, Progress, Reread, silent
from tocsin.store.rows import Rows
from tocsin.store.store import Store


class _Dates(Mapping[str, When]):
    """The dates of a case's documents, as all pages together leave them: each made where it is asked for."""

    NAMES = ("earliest", "latest", "weekdays", "reasons")

    def __init__(self, rows: Rows) -> None:
        found = rows.parts("dated", "$.doc", *(f"$.{name}" for name in self.NAMES))
        self._told: dict[str, list[Any]] = {doc: told for _, (doc, *told) in found}
        self._made: dict[str, When] = {}

    def __getitem__(self, doc: str) -> When:
        if doc not in self._made:
            self._made[doc] = when_of(dict(zip(self.NAMES, self._told[doc], strict=True)))
        return self._made[doc]

    def __iter__(self) -> Iterator[str]:
        return iter(self._told)

    def __len__(self) -> int:
        return len(self._told)


class Case:
    """One case file, open. Close it, or use it as a context manager: at rest it is one clean file."""

    def __init__(self, path: Path, *, create: bool, clock: Clock, write: bool = True) -> None:
        self._clock = clock
        self.path = path
        self.store = Store(path, create=create, write=write)
        try:
            if not self.store.writable and not pipeline.fresh(self.store):
                self.store.close()
                self.store = Store(path)
            pipeline.refresh(self.store)
        except BaseException:
            self.store.close()
            raise

    def close(self) -> None:
        """Leave one clean file."""
        self.store.close()

    def __enter__(self) -> "Case":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    # What goes in

    def add(self, *sources: str | Path, progress: Progress = silent, **given: str | None) -> Added:
        """Read files, folders, JSONL or `-` into the case. `given` (published, outlet, title, byline) overrides
        what the pages show. What is there already is left alone; what cannot be read is listed with its reason."""
        options = pipeline.take_options(stamp(self._clock()), given, str(self.path))
        return pipeline.add(self.store, [str(source) for source in sources], options, progress)

    def decide(
        self, thing: str, act: Act, *, by: str, changes: Mapping[str, str] | None = None, **options: Any
    ) -> list[Decision]:
        """Record a person's act on the thing with id `thing`, in one go; returns the decisions made, one for each
        reading that it covers. `changes` are the fields of a `correct`: words on the page, or a name. Options: `note`
        (why), `only` (not the other wordings of the same thing); for acts about what follows from several pages
        (`judging.JUDGEMENTS`) `other`, `to`, `holds_from`, `direction`. See `docs/decisions.md`."""
        made_at, note = stamp(self._clock()), options.pop("note", None)
        with self.store.reading():
            if act in judging.JUDGEMENTS:
                made = judging.judgements(self, thing, act, judging.Judging(by=by, made=made_at, note=note, **options))
            else:
                only = bool(options.get("only"))
                how = deciding.Deciding(by, made_at, note, changes or {}, only)
                made = deciding.decisions(self, thing, act, how)
        return pipeline.decide(self.store, made)

    def watch(self, *tripwires: Tripwire, by: str, note: str | None = None) -> list[Decision]:
        """Watch for situations in a person's own words (`tripwire add`, `tripwire load`)."""
        return pipeline.decide(
            self.store, judging.watching(tripwires, judging.Judging(by=by, made=stamp(self._clock()), note=note))
        )

    def extend(self, entries: str, *, by: str, note: str | None = None) -> list[Decision]:
        """Enter sources in the register of the case: the text of a TOML file (`tocsin sources --extend`)."""
        made = judging.registering(parse_entries(entries), judging.Judging(by=by, made=stamp(self._clock()), note=note))
        return pipeline.decide(self.store, made)

    def reread(self, progress: Progress = silent) -> Reread:
        """Read every capture again with the present readers; decisions stay as they are."""
        return pipeline.reread(self.store, progress)

    def rebuild(self, progress: Progress = silent) -> None:
        """Derive everything again; the result is the same bytes, or something is wrong."""
        pipeline.rebuild(self.store, progress)

    # What comes out

    def commitments(
        self,
        *,
        as_of: str | None = None,
        possible: bool = False,
        holder: str = "",
        conditional: bool = False,
        most: int | None = None,
    ) -> list[views.Commitment]:
        """Commitments by holder, whoever has most that hang on conditions first. `as_of` (a day) leaves out pages
        from after it; one that only pages tell which could be from before or after it is marked `straddles`, and with
        `possible` takes part like all others. `holder` keeps those whose holder's name holds these words,
        `conditional` those that hang on a condition, `most` so many."""
        with self.store.reading():
            board = self._board(as_of, possible=possible)
            return board.commitments(holder=holder, conditional=conditional, most=most)

    board = commitments

    def conditions(self, *, as_of: str | None = None) -> list[Situation]:
        """Situations that conditions name and analysts watch for, with their states and evidence."""
        with self.store.reading():
            return self._board(as_of).situations.all()

    def tripwires(self, *, as_of: str | None = None) -> list[Situation]:
        """Situations that a person watches for."""
        return [one for one in self.conditions(as_of=as_of) if one.watches]

    def whatif(
        self,
        *,
        suppose: Iterable[str] = (),
        suppose_not: Iterable[str] = (),
        as_of: str | None = None,
        possible: bool = False,
    ) -> supposing.WhatIf:
        """What would follow, were these situations (in words, or by id) to come about, or not. Nothing is kept. `as_of`
        and `possible` as for `commitments`."""
        with self.store.reading():
            rows = list(self.store.rows.of_kind("commitment"))
            return supposing.suppose(self._board(as_of, possible=possible), rows, suppose, suppose_not)

    def _board(self, as_of: str | None, *, possible: bool = False) -> boarding.Board:
        asked = self._asked(as_of, possible=possible)
        return boarding.Board(self, self._moment(asked.day), asked)

    def _asked(self, as_of: str | None, *, possible: bool = False) -> Asked:
        return Asked(day_of(as_of), possible, _Dates(self.store.rows))

    def _moment(self, day: str | None) -> str:
        """The moment whose end states are asked for: `day`, else the last at which anything came into the case."""
        taken = self.store.last_taken()
        made = (decision.made for decision in self.store.decisions())
        return day or max((*([taken] if taken else []), *made), default=FAR_FUTURE)

    def statements(
        self,
        *,
        speaker: str | None = None,
        as_of: str | None = None,
        possible: bool = False,
        own_voice: bool = False,
    ) -> list[views.Statement]:
        """Statements by speaker, then as the pages carry them. `speaker` keeps those whose speaker's name holds these
        words; `own_voice` adds what the pages say themselves; `as_of` and `possible` as for `commitments`."""
        found = []
        with self.store.reading():
            asked = self._asked(as_of, possible=possible)
            voice = None if own_voice else False
            claims = {row.id: row for row in self.store.rows.of_kind("claim", own_voice=voice)}
            said = said_by_claim(self.store.rows.of_kind("said"))
            for row in self.store.rows.of_kind("statement", own_voice=voice):
                view = self._statement(row, claims, asked, said)
                if view and (not speaker or speaker.casefold() in (view.speaker or "").casefold()):
                    found.append(view)
        return sorted(found, key=_as_said)

    def _statement(
        self, row: Row, claims: dict[str, Row], asked: Asked, occasions: Mapping[str, When]
    ) -> views.Statement | None:
        members = [claims[one] for one in row.data["members"]]
        placed = [(asked.of(one), one) for one in members]
        kept = tuple(views.claim_of(one) for place, one in placed if place != "after")
        if not kept:
            return None
        straddles = all(place != "before" for place, _ in placed)
        shown = placed[[place != "after" for place, _ in placed].index(True)][1].data
        told = [occasions[one.id] for _, one in placed if one.id in occasions]
        said = first_said(told, when_of(row.data["said"]))
        return views.Statement(row.id, shown["speaker"], shown["text"], said, shown["own_voice"], kept, straddles)

    def actors(self) -> list[views.Actor]:
        """Everyone who speaks, relays or holds a commitment, those who do most first; then those only mentioned."""
        with self.store.reading():
            maybe = likenesses(self)
            found = [views.actor_of(row, maybe.get(row.id, ())) for row in self.store.rows.of_kind("actor")]
        return sorted(found, key=lambda one: (-_weight(one), -one.roles.get("mention", 0), one.name))

    def replay(self, *, first_day: bool = False) -> list[views.Alert]:
        """What a watch would have rung for, had it read the case's pages on the days of their captures. The first day
        rings for nothing unless asked: all is new then."""
        with self.store.reading():
            versions = [
                link.Version(capture.page, doc, capture.taken)
                for capture, doc in self.store.captures()
                if doc or (capture.http or {}).get("status") in GONE
            ]
            tellings = tuple(self.store.rows.of_kind("telling"))
            clusters = {one: row.id for row in self.store.rows.of_kind("commitment") for one in row.data["members"]}
            states = Counter(one.page for one in versions)
            again = sorted({one.doc for one in versions if one.doc and states[one.page] > 1})
            # Whether anything was read from a page matters only where it can change.
            claims = (row for doc in again for row in self.store.rows.block_rows(READINGS, doc) if row.kind == "claim")
            rung = link.alerts(versions, (*tellings, *claims), clusters, first_day=first_day)
            return [views.alert_of(one) for one in rung]

    def documents(self, *, as_of: str | None = None) -> list[Document]:
        """Every document by page key, without its text and layers (`document` has them); with `as_of` (a day) those
        that are not known to be published after it."""
        with self.store.reading():
            asked = self._asked(as_of)
            return [one for one in self.store.outlines() if asked.place(one.id, one.published) != "after"]

    def dates(self) -> dict[str, When]:
        """The date of each document that does not show its own day, as all pages and decisions together leave it."""
        with self.store.reading():
            found = [row for row in self.store.rows.of_kind("dated") if row.data["basis"] != "stated"]
        return {row.data["doc"]: when_of(row.data) for row in found}

    def rejects(self) -> list[Reject]:
        """Every page that could not be read, with the reason."""
        with self.store.reading():
            return list(self.store.rejects())

    def document(self, doc_id: str) -> Document:
        """One document with its text and layers."""
        with self.store.reading():
            return self.store.document(doc_id)

    def decisions(self) -> list[tuple[Decision, str]]:
        """Every decision with what became of it: `in force`, `withdrawn` or `does not fit`."""
        with self.store.reading():
            made = self.store.decisions()
            standing = {one.id for one in in_force(made)}
            return [(one, self._standing(one, standing)) for one in made]

    def _standing(self, decision: Decision, standing: set[str]) -> str:
        if decision.act == "withdraw":
            return "in force"
        if decision.id not in standing:
            return "withdrawn"
        anchors = (decision.anchor, *([decision.other] if decision.other else []))
        return "in force" if all(self._fits(one) for one in anchors if one.doc) else "does not fit"

    def _fits(self, anchor: Anchor) -> bool:
        return anchor.doc in self.store.live_documents(anchor.doc) and anchor.fits(self.store.document(anchor.doc))

    def offers(self) -> list[tuple[Decision, Document]]:
        """Decisions that could be taken again on another version of their page, where words and surroundings are
        unchanged and no decision stands on them yet."""
        with self.store.reading():
            return list(deciding.offers(self))

    def search(self, query: str, *, limit: int = 20) -> list[Words]:
        """Lines that hold every word of `query` (phrases in double quotation marks), best first."""
        phrases = deciding.phrases(query)
        with self.store.reading():
            hits = self.store.search(phrases, limit)
            docs = {doc_id: self.store.document(doc_id) for doc_id in sorted({doc_id for doc_id, _, _ in hits})}
        return [Words(docs[doc].text[start:end], doc, ((start, end),)) for doc, start, end in hits]

    def show(self, thing: str) -> dict[str, Any]:
        """One thing with its words, chain and history, as plain JSON values."""
        with self.store.reading():
            return show(self, thing, self._board(None))

    def export(self, form: str) -> Iterator[str]:
        """The case as lines of text: `jsonl` (everything) or `commitments` (CSV, one row a telling of a commitment)."""
        with self.store.reading():
            yield from export(self, form, self._board(None))

    def brief(self, *, full_text: bool = False, as_of: str | None = None) -> str:
        """One self-contained HTML page: board, statements, documents, and every citation with its exact words."""
        with self.store.reading():
            return brief(self, self._board(as_of), full_text=full_text, as_of=day_of(as_of))

    def verify(self, progress: Progress = silent) -> list[str]:
        """What does not lead back to the words on its pages; empty where everything does."""
        with self.store.reading():
            return verify_case(self, progress)

    def _repr_html_(self) -> str:
        rows = "".join(one._repr_html_() for one in self.commitments())
        return f"<h3>{escape(self.path.name)}</h3>{rows or '<p>No commitments yet.</p>'}"


def _as_said(one: views.Statement) -> tuple[Any, ...]:
    """By speaker, then by the page that carries it first, then as it stands there."""
    place = min((claim.page, claim.words.spans[0]) for claim in one.claims)
    return (one.speaker is None, (one.speaker or "").casefold(), ends(one.said.latest or FAR_FUTURE), place, one.id)


def _weight(actor: views.Actor) -> int:
    return sum(count for role, count in actor.roles.items() if role != "mention")
