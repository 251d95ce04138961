"""How people read the board on a terminal: who would do what, on which conditions, and how these stand."""

from collections.abc import Callable, Iterable
from itertools import groupby

from tocsin.api import phrasing
from tocsin.api.situations import Evidence, Situation
from tocsin.api.views import Commitment, Condition, Telling, Terms, holder_of, target_of
from tocsin.cli.quoting import dated, page_name, quoted, short
from tocsin.cli.terminal import harmless, paint, wrapped
from tocsin.core.wording import KIND_NOUNS, OPERATOR_WORDS

MOST_TELLINGS = 4
"""Tellings under one commitment on the board; `show` has the rest."""
MOST_EVIDENCE = 3
"""Lines of evidence under one situation on the board; `show` has the rest."""
COLOURS = {
    "bound to act": ("green", "bold"), "free to act": ("green",), "bound not to act": ("red", "bold"),
    "nothing said": ("dim",), "contested": ("yellow", "bold"),
}  # fmt: skip
STATE_COLOURS = {"unreported": "dim", "alleged": "yellow", "contested": "yellow", "confirmed": "green"}


def board(found: list[Commitment], most: int = MOST_EVIDENCE) -> None:
    """Commitments under their holders and targets, each situation with at most `most` lines of evidence; apart those
    that only pages tell which could be from after the day asked for."""
    if not found:
        print("no commitments here (or none that match what was asked)")
    _heads([one for one in found if not one.straddles], most)
    apart = [one for one in found if one.straddles]
    if apart:
        print(f"\n{paint('could be from before that day, or after it (--possible counts them in)', 'yellow')}")
        _heads(apart, most)


def _heads(found: list[Commitment], most: int) -> None:
    for (holder, target), group in groupby(found, key=lambda one: (holder_of(one), target_of(one))):
        print()
        print(paint(heading(holder, target), "bold"))
        for one in group:
            commitment(one, most=most)


def heading(holder: str, target: str) -> str:
    """Who would act, and toward whom."""
    head = harmless(holder).upper() if holder else "NOBODY NAMED"
    return f"{head} → {harmless(target).upper()}" if target else head


def commitment(one: Commitment, indent: str = "  ", most: int | None = MOST_EVIDENCE) -> None:
    """One commitment with its conditions, standings and tellings; under a situation `most` lines of evidence."""
    first, deep = one.first, indent + "    "
    mark = paint("✗", "red") if first.polarity == "will_not" else paint("•", "green")
    stated = _as_stated(one)
    head = f"{mark} {KIND_NOUNS[first.kind]}: {quoted(first.action.text)}{stated}"
    print(wrapped(f"{head}  {paint(short(one.id), 'dim')}", indent, "    "))
    for number, condition in enumerate(first.conditions):
        _condition(condition, f"{first.joint} " if number else "", deep, most)
    extras = [f"under {harmless(one.instrument)}"] if one.instrument else []
    extras += [f"deadline {quoted(first.deadline)}"] if first.deadline else []
    extras += [f"hedged {', '.join(quoted(hedge) for hedge in first.hedges)}"] if first.hedges else []
    if extras:
        print(wrapped("; ".join(extras), deep, "  "))
    _terms(one, deep)
    steps = phrasing.history(one.history)
    if len(one.tellings) > 1:
        tail = f"{phrasing.counts(one)}{'; ' + harmless(steps) if steps else ''}"
        print(wrapped(paint(tail, "dim"), deep, "  "))


def _as_stated(one: Commitment) -> str:
    """The page's own word for the holder, where the board's head says another."""
    stated = one.first.holder
    if not stated or stated.casefold() == holder_of(one).casefold():
        return ""
    return f" (as {quoted(stated)})"


def _condition(one: Condition, joint: str, indent: str, most: int | None) -> None:
    alone = len(one.situations) == 1
    state = f"  {_state(one.situations[0], absent=bool(one.absent))}" if alone else ""
    print(wrapped(f"{joint}{paint(OPERATOR_WORDS[one.operator], 'yellow')} {quoted(one.text)}{state}", indent, "  "))
    if alone:
        evidence(one.situations[0], indent + "    ", most)
        return
    for each in one.situations:
        print(wrapped(f"⇐ {quoted(each.words)}  {_state(each, absent=each.absent)}", indent + "  ", "  "))
        evidence(each, indent + "      ", most)


def _state(one: Situation, *, absent: bool) -> str:
    """The state behind words; `absent`: the words are of its not coming about, and the state is of the opposite."""
    since = f" since {one.since[:10]}" if one.since and one.state != "unreported" else ""
    opposite = "opposite " if absent else ""
    return paint(f"[{opposite}{one.seen}{since}] {short(one.id)}", STATE_COLOURS.get(one.state, "cyan"))


def evidence(one: Situation, indent: str, most: int | None = MOST_EVIDENCE) -> None:
    """The reports that bear on a situation: what counts, then what counts no more, then what waits."""
    order = ("counts", "overruled", "overtaken", "superseded", "waits")
    every = sorted(one.evidence, key=lambda each: order.index(each.counts))
    for each in every[:most]:
        print(wrapped(reported(each), indent, "  "))
    if one.reports > len(every[:most]):
        print(f"{indent}and {one.reports - len(every[:most])} more: tocsin show CASE {short(one.id)}")


def reported(one: Evidence) -> str:
    """One report on a situation."""
    way = {"for": paint("for", "green"), "against": paint("against", "red")}.get(one.direction or "", "open")
    gone = "" if one.counts in ("counts", "waits") else f" ({one.counts})"
    said = f"{harmless(one.chain)} · {dated(one.published)}"
    return f"{way}: {quoted(one.words.text)}{gone}  {paint(said, 'dim')} {paint(short(one.id), 'dim')}"


def _terms(one: Commitment, indent: str) -> None:
    """The terms side by side, each with its tellings; those that only add to others stand beneath these."""
    tellings = {telling.id: telling for telling in one.tellings}
    several = len(one.terms) > 1
    for terms in one.terms:
        own = indent + "  " if terms.to else indent
        if terms.adds:
            print(wrapped(f"{harmless(terms.by or 'another page')} adds: {added(terms)}", own, "  "))
        elif several and one.first.id not in terms.tellings:
            _differs(tellings[terms.tellings[0]], own)
        print(wrapped(_standing(terms), own, "  "))
        for each in terms.tellings[:MOST_TELLINGS]:
            print(wrapped(paint(f"told by {_teller(tellings[each])}", "dim"), own + "  ", "  "))
        if len(terms.tellings) > MOST_TELLINGS:
            print(f"{own}  and {len(terms.tellings) - MOST_TELLINGS} more: tocsin show CASE {short(one.id)}")


def added(terms: Terms) -> str:
    """What terms add to those above them."""
    words = ", ".join(quoted(words) for words in terms.adds)
    return f"also {'requires' if terms.requires else 'hangs on'} {words}"


def _differs(telling: Telling, indent: str) -> None:
    """The words of a telling that is not the one by which the commitment is shown."""
    conditions = f" {telling.joint} ".join(
        f"{OPERATOR_WORDS[each.operator]} {quoted(each.text)}" for each in telling.conditions
    )
    words = f"{quoted(telling.action.text)}{', ' + conditions if conditions else ', without a condition'}"
    print(wrapped(f"or: {words}", indent, "  "))


def _standing(terms: Terms) -> str:
    word = paint(phrasing.standing(terms), *COLOURS[terms.standing])
    rest = harmless(phrasing.grounds(terms))
    return f"{word} {harmless(phrasing.whose(terms))}{': ' + rest if rest else ''}"


def _teller(telling: Telling) -> str:
    return f"{harmless(telling.chain)} · {dated(telling.dated)} · {page_name(telling.page)}"


def conditions(found: Iterable[Situation]) -> None:
    """Situations with their states and evidence."""
    _situations(found, "no conditions here (or none that match what was asked)")


def tripwires(found: Iterable[Situation]) -> None:
    """Situations that somebody watches for."""
    _situations(found, 'nobody watches for anything here; `tocsin tripwire add CASE "WORDS" --by NAME` begins')


def _situations(found: Iterable[Situation], none: str) -> None:
    every = list(found)
    if not every:
        print(none)
    for one in every:
        situation(one)


def situation(one: Situation, most: int | None = MOST_EVIDENCE) -> None:
    """One situation: its words, state, evidence, who watches for it."""
    print()
    print(wrapped(f"{paint(quoted(one.words), 'bold')}  {_state(one, absent=one.absent)}", "", "  "))
    others = [words for words in one.wordings if words != one.words]
    if others:
        print(wrapped(f"also {', '.join(quoted(words) for words in others)}", "    ", "  "))
    for watch in one.watches:
        where = f" at {harmless(watch.place)}" if watch.place else ""
        who = f"; who could see it: {', '.join(map(harmless, watch.who))}" if watch.who else ""
        silent = f"; no word of {', '.join(map(harmless, watch.silent))}" if watch.silent else ""
        name = f"{harmless(watch.name)}: " if watch.name else ""
        said = f"{name}watched{where} since {watch.made[:10]} by {harmless(watch.by)}{who}{silent}"
        print(wrapped(f"{said}  {paint(short(watch.decision), 'dim')}", "    ", "  "))
        if watch.shows:
            print(wrapped(f"would show it: {', '.join(quoted(words) for words in watch.shows)}", "    ", "  "))
    evidence(one, "    ", most)
    steps = [f"{name.replace('_', ' ')} since {since[:10]}" for since, name in one.history if since]
    if len(steps) > 1:
        print(wrapped(paint("; ".join(steps), "dim"), "    ", "  "))


def listed(found: Iterable[Commitment], line: Callable[[str], None] = print) -> None:
    """Commitments one a line, each with its history."""
    every = list(found)
    if not every:
        line("no commitments here (or none that match what was asked)")
    for one in every:
        toward = f" → {harmless(target_of(one))}" if target_of(one) else ""
        act = f"{'✗' if one.polarity == 'will_not' else '•'} {quoted(one.action.text)}"
        line(
            wrapped(
                f"{paint(harmless(holder_of(one) or 'nobody named'), 'bold')}{toward} {act}  {short(one.id)}", "", "  "
            )
        )
        words = dict.fromkeys(phrasing.standing(terms) for terms in one.terms)
        line(wrapped(f"{KIND_NOUNS[one.kind]}; {'; '.join(words)}; {phrasing.counts(one)}", "    ", "  "))
        for step in one.history:
            by = f" by {harmless(step.by)}" if step.by else ""
            line(wrapped(paint(f"{harmless(phrasing.step(step))}{by} · {harmless(step.page)}", "dim"), "      ", "  "))
