"""How people read views on a terminal. Words in quotation marks are the page's own, made harmless."""

from collections import Counter
from collections.abc import Mapping
from itertools import groupby
from pathlib import Path
from typing import Any

from tocsin.api import Added, Reread
from tocsin.api.views import Actor, Alert, Commitment, Statement, holder_of
from tocsin.cli import quoting
from tocsin.cli.boards import board
from tocsin.cli.quoting import dated, quoted
from tocsin.cli.terminal import harmless, paint, wrapped
from tocsin.core.document import WITHDRAWN, Document, Reject
from tocsin.core.ids import SHOWN_DIGITS
from tocsin.core.when import When
from tocsin.core.wording import ALERT_PHRASES, KIND_PHRASES, OPERATOR_WORDS

MOST_NAMES = 4
"""Other names, offices and likenesses of one actor on a list; `show` has the rest."""
short = quoting.short
MOST_A_DAY = 3
"""Alerts of one day that the demo shows in full; `replay` has the rest."""
MOST_HOLDERS, MOST_HELD = 3, 4
"""Holders whose conditional commitments the demo shows, and how many of each; `board` has the rest."""


def added(path: Path, result: Added) -> None:
    """What an `add` did."""
    parts = [f"{len(result.documents)} new"]
    parts += [f"{len(result.known)} known already"] if result.known else []
    gone = sum(one.reason.startswith(WITHDRAWN) for one in result.rejects)
    unread = len(result.rejects) - gone
    parts += [f"{gone} withdrawn since"] if gone else []
    parts += [paint(f"{unread} could not be read", "red")] if unread else []
    print(f"{path}: {', '.join(parts)}")


def foremost(found: list[Commitment]) -> None:
    """Some conditional commitments of the named holders who have most of them."""
    held: dict[str, list[Commitment]] = {}
    for one in found:
        if one.conditions and len(holder_of(one).split()) > 1:
            held.setdefault(holder_of(one), []).append(one)
    most = sorted(held, key=lambda holder: (-len(held[holder]), holder))[:MOST_HOLDERS]
    board([one for holder in most for one in held[holder][:MOST_HELD]], 1)


def statements(found: list[Statement]) -> None:
    """Statements under their speakers."""
    if not found:
        print("no statements here (or none that match what was asked)")
    for speaker, group in groupby(found, key=lambda one: one.speaker):
        print()
        print(paint(harmless(speaker) if speaker else "nobody named", "bold"))
        for one in group:
            print(wrapped(f"{quoted(one.text)}  {paint(short(one.id), 'dim')}", "  ", "  "))
            places = "; ".join(sorted({f"{harmless(claim.chain)} · {harmless(claim.page)}" for claim in one.claims}))
            known = f"said not after {one.said.latest[:10]}" if one.said.latest else "when is not shown"
            said = f"said {dated(one.said)}" if one.said.earliest or one.said.weekdays else known
            print(wrapped(paint(f"{said}; {places}", "dim"), "      ", "  "))


def actors(found: list[Actor]) -> None:
    """Actors with what they are and do, their other names, and who they may be too."""
    if not found:
        print("no actors")
    for one in found:
        roles = ", ".join(f"{role} {count}" for role, count in one.roles.items())
        pages = f"{len(one.pages)} page{'s' if len(one.pages) > 1 else ''}"
        codes = "".join(f", {code}" for code in (one.iso3, one.cow) if code is not None)
        head = f"{paint(harmless(one.name), 'bold')}  {one.kind or 'kind not known'}{codes}; {roles}; {pages}"
        print(wrapped(f"{head}  {paint(short(one.id), 'dim')}", "", "    "))
        for office in one.offices[:MOST_NAMES]:
            print(wrapped(harmless(office), "    ", "  "))
        others = [harmless(name) for name in one.names if name != one.name]
        if others:
            more = f" and {len(others) - MOST_NAMES} more" if len(others) > MOST_NAMES else ""
            print(wrapped(paint(f"also {', '.join(others[:MOST_NAMES])}{more}", "dim"), "    ", "  "))
        for other in one.maybe[:MOST_NAMES]:
            why = "; ".join(harmless(reason) for reason in other.reasons)
            words = f"may be {harmless(other.name)} {short(other.id)} ({other.score:.2f}: {why})"
            print(wrapped(paint(words, "yellow"), "    ", "  "))


def documents(found: list[Document | Reject], cased: Mapping[str, When]) -> None:
    """Documents, then pages that could not be read; `cased` is what all pages together show of a document's date where
    it does not show its day itself."""
    if not found:
        print("no documents")
    for one in found:
        if isinstance(one, Reject):
            print(f"{paint('not read', 'red')}  {harmless(one.page)}")
            print(wrapped(harmless(one.reason), "    "))
            continue
        title = harmless(one.title) if one.title else paint("no title", "dim")
        print(f"{paint(title, 'bold')}  {paint(one.id[:SHOWN_DIGITS], 'dim')}")
        outlet = harmless(one.outlet) if one.outlet else "outlet not shown"
        print(wrapped(f"{outlet} · {dated(one.published)} · {harmless(one.page)}", "    "))
        if one.id in cased:
            print(wrapped(f"in this case {dated(cased[one.id])}", "    ", "  "))
            for reason in cased[one.id].reasons:
                print(wrapped(paint(harmless(reason), "dim"), "      ", "  "))
        notes = [*one.notes, *([] if one.language == "en" else [f"kept, not read: its language is {one.language!r}"])]
        for note in notes:
            print(wrapped(paint(harmless(note), "dim"), "    "))


def reading(doc: Document) -> None:
    """One page as it was read."""
    print(paint(harmless(doc.title or doc.page), "bold"))
    outlet = harmless(doc.outlet) if doc.outlet else "outlet not shown"
    print(f"  {outlet} · {dated(doc.published)} · language {doc.language}")
    labels = Counter(line.label for line in doc.lines if line.end > line.start)
    print(f"  lines: {', '.join(f'{name} {count}' for name, count in sorted(labels.items()))}")
    for name in ("attributions", "commitments", "mentions", "times"):
        if name in doc.layers:
            print(f"  {name}: {len(doc.layers[name].annotations)}")
    for one in doc.layers["commitments"].annotations if "commitments" in doc.layers else ():
        conditions = "".join(f", {OPERATOR_WORDS[k.operator]} {quoted(doc.words(k.spans))}" for k in one.conditions)
        holder = harmless(one.holder_name or "somebody")
        print(wrapped(f"{KIND_PHRASES[one.kind]} {holder}: {quoted(doc.words(one.action))}{conditions}", "  • ", "  "))


def hits(found: list[dict[str, Any]], query: str) -> None:
    """Lines that a search found."""
    if not found:
        print(f"no line holds every word of {query!r}")
    for one in found:
        print(f"{paint(harmless(one['page']), 'bold')}  {paint(one['doc'][:SHOWN_DIGITS], 'dim')} {one['span'][0]}")
        print(wrapped(harmless(one["text"]), "    "))


def decisions(found: list[dict[str, Any]]) -> None:
    """Decisions, and those offered to other versions of a page."""
    if not found:
        print("no decisions")
    for one in found:
        decision = one.get("decision") or one["offered"]
        state = (
            f"offered to {harmless(one['page'])} ({one['to'][:SHOWN_DIGITS]})" if "offered" in one else one["standing"]
        )
        note = f" ({harmless(decision.note)})" if decision.note else ""
        what = f"{decision.act} {decision.anchor.kind} by {harmless(decision.by)}{note}: {state}"
        print(f"{what}  {paint(short(one['id']), 'dim')}")
        now = f"  now {paint(short(one['now']), 'dim')}" if one.get("now") else ""
        print(wrapped(quoted(decision.anchor.exact) + now, "    ", "  "))


def reread(found: list[Reread]) -> None:
    """What a `reread` changed."""
    result = found[0]
    if not (result.changed or result.retexted or result.rescued):
        print("nothing differs")
    for name, (gone, new) in result.layers.items():
        print(f"{name}: {gone} gone, {new} new")
    for title, pages in (
        ("changed", result.changed),
        ("read as another text", result.retexted),
        ("now readable", result.rescued),
    ):
        for page in pages:
            print(f"{title}: {harmless(page)}")


def replay(found: list[Alert]) -> None:
    """What a watch would have rung for, day by day."""
    if not found:
        print("nothing rang (the first day raises no alert unless --first-day asks for it)")
    for day, group in groupby(found, key=lambda one: one.day):
        print(f"\n{paint(day, 'bold')}")
        for one in group:
            _alert(one)


def days(found: list[Alert]) -> None:
    """What a watch would have rung for, a few lines a day: commitments without a condition are only counted."""
    print(f"\n{paint('what the watch would have rung', 'bold')}")
    for day, group in groupby(found, key=lambda one: one.day):
        rung = list(group)
        shown = [one for one in rung if one.kind != "new_commitment" or (one.telling and one.telling.conditions)]
        shown.sort(key=lambda one: one.kind == "new_commitment")  # what changed is rarer than what is new
        rest = len(rung) - len(shown)
        more = f"  ({rest} more without a condition)" if rest else ""
        print(f"\n{paint(day, 'bold')}{more}")
        for one in shown[:MOST_A_DAY]:
            _alert(one)
        if len(shown) > MOST_A_DAY:
            print(f"  … and {len(shown) - MOST_A_DAY} more")


def _alert(one: Alert) -> None:
    kind = paint(ALERT_PHRASES[one.kind], "yellow")
    if one.telling is None:
        print(wrapped(f"{kind}: {harmless(one.page)}", "  ", "    "))
        return
    told, mark = one.telling, "✗ " if one.telling.polarity == "will_not" else ""
    who = f"{mark}{harmless(told.holder or 'somebody')}"
    conditions = f" {told.joint} ".join(f"{OPERATOR_WORDS[c.operator]} {quoted(c.text)}" for c in told.conditions)
    words = f" {quoted(one.words)} of" if one.kind.startswith("condition_") else ""
    head = f"{kind}:{words} {who}: {quoted(told.action.text)}{', ' + conditions if conditions else ''}"
    print(wrapped(f"{head}  {paint(short(one.about), 'dim')}", "  ", "    "))
    print(wrapped(paint(f"told by {harmless(told.chain)}", "dim"), "      ", "  "))


def next_steps(path: Path, page: Path, commitments: int, alerts: int) -> None:
    """What to try after the demo."""
    print(f"\nthe case is in {path}, its brief in {page} (open it in a browser); try next")
    print(f"  tocsin board {path}         all {commitments} commitments")
    print(f"  tocsin replay {path}        all {alerts} alerts, day by day")
    print(f"  tocsin statements {path} --speaker Silvanko")
    print(f"  tocsin search {path} 'post offices'")
