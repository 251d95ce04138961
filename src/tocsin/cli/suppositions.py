"""How people read a what-if on a terminal: what was supposed, what would follow under each telling, what is missing."""

from itertools import groupby

from tocsin.api import phrasing
from tocsin.api.supposing import Consequence, Lacking, Supposed, Under, WhatIf
from tocsin.api.views import holder_of, target_of
from tocsin.cli.boards import COLOURS, added, heading
from tocsin.cli.quoting import page_name, quoted, short
from tocsin.cli.terminal import harmless, paint, wrapped
from tocsin.core.wording import KIND_NOUNS, OPERATOR_WORDS


def whatif(found: WhatIf, *, everything: bool) -> None:
    """Suppositions and what follows; commitments for which nothing changes only with `everything`."""
    for supposed in found.supposed:
        _supposed(supposed)
    changed = [one for one in found.consequences if one.changed]
    shown = found.consequences if everything else tuple(changed)
    for head, group in groupby(shown, key=lambda one: (holder_of(one.commitment), target_of(one.commitment))):
        print(f"\n{paint(heading(*head), 'bold')}")
        for one in group:
            _consequence(one)
    rest = len(found.consequences) - len(changed)
    print()
    if not changed:
        print("nothing would follow by any telling")
    if rest and not everything:
        print(f"for {rest} more that hang on it nothing would change (--all shows them, with what is still missing)")
    print(paint("a supposition is no evidence: nothing of the case has changed", "dim"))


def _supposed(one: Supposed) -> None:
    way = "is so" if one.so else "is not so"
    matched = "" if one.score == 1.0 and one.given == one.words else f", which {quoted(one.given)} is matched to"
    head = f"supposing that {quoted(one.words)} {way}{matched}"
    print(wrapped(f"{head}  {paint(short(one.situation), 'dim')}", "", "  "))
    if one.near:
        others = "; ".join(f"{quoted(words)} {short(thing)}" for thing, words in one.near)
        print(wrapped(paint(f"could also be meant, and is not supposed: {others}", "dim"), "  ", "  "))


def _consequence(one: Consequence) -> None:
    commitment = one.commitment
    mark = paint("✗", "red") if commitment.polarity == "will_not" else paint("•", "green")
    act = f"{mark} {KIND_NOUNS[commitment.kind]}: {quoted(commitment.action.text)}"
    print(wrapped(f"{act}  {paint(short(commitment.id), 'dim')}", "  ", "    "))
    for under in one.terms:
        _under(one, under)


def _under(one: Consequence, under: Under) -> None:
    terms = under.after
    own = "        " if terms.to else "      "
    telling = next(each for each in one.commitment.tellings if each.id == terms.tellings[0])
    if terms.adds:
        print(wrapped(f"{harmless(terms.by or 'another page')} adds: {added(terms)}", own, "  "))
    else:
        told = f" {telling.joint} ".join(f"{OPERATOR_WORDS[c.operator]} {quoted(c.text)}" for c in telling.conditions)
        print(wrapped(told or "without a condition", own, "  "))
    before = f"{paint(under.before.standing, 'dim')} → " if under.changed else ""
    word = paint(phrasing.standing(terms), *COLOURS[terms.standing])
    rest = harmless(phrasing.grounds(terms))
    print(wrapped(f"{before}{word} {harmless(phrasing.whose(terms))}{': ' + rest if rest else ''}", own, "  "))
    print(wrapped(paint(f"told by {harmless(telling.chain)} · {page_name(telling.page)}", "dim"), own + "  ", "  "))
    for lacking in under.missing:
        _lacking(lacking, own + "  ")


def _lacking(one: Lacking, indent: str) -> None:
    sets = [
        " and ".join(f"{'' if each.come_about else 'not '}{quoted(each.words)}" for each in some)
        for some in one.sets
        if some
    ]
    if not sets:
        return  # given already, or nothing would do
    late = " (only once the deadline has passed)" if one.after_deadline else ""
    more = ", or more" if one.more else ""
    print(wrapped(f"to be {one.word} still missing: {'; or '.join(sets)}{more}{late}", indent, "  "))
