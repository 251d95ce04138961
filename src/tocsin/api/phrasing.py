"""How standings, histories and counts are read aloud: one wording for the terminal, the brief and every other face."""

from collections.abc import Iterable
from dataclasses import replace

from tocsin.api import views
from tocsin.api.situations import Because

ENDED = {"withdrawn": "withdrawn since", "acted_on": "acted on since", "lapsed": "its time is over"}
MOST_BECAUSE = 3
"""Situations that a standing's line names; the rest stand beneath the conditions."""
_INNER = str.maketrans({"“": "‘", "”": "’", '"': "'"})
STEP_WORDS = {"acted_on": "reported done"}


def whose(terms: views.Terms) -> str:
    """On whose terms: `by Vladimir Putin's terms`."""
    name = terms.by or "the page"
    return f"by {name}{'’' if name.endswith('s') else '’s'} {'view' if terms.assessed else 'terms'}"


def standing(terms: views.Terms) -> str:
    """What the holder is, without the reasons: `bound to act`, or `contested: free to act or bound not to act`."""
    if terms.standing != "contested":
        return terms.standing
    return f"contested: {' or '.join(dict.fromkeys(word for word, _ in terms.sides))}"


def grounds(terms: views.Terms) -> str:
    """On what it rests, as the rest of that line; empty where the terms alone say so."""
    if terms.ended:
        return ENDED[terms.ended]
    if terms.standing == "contested":
        return "; ".join(f"{word} if {_right(why)}" for word, why in terms.sides)
    said = because(terms.because)
    return f"not due before the deadline{', ' if said else ''}{said}" if terms.waits else said


def because(why: Iterable[Because]) -> str:
    """Situations with the word on which each is taken."""
    every = list(why)
    said = [_one(one) for one in every[:MOST_BECAUSE]]
    more = [f"and {len(every) - MOST_BECAUSE} more"] if len(every) > MOST_BECAUSE else []
    return ", ".join(said + more)


def _right(why: Iterable[Because]) -> str:
    """Whose word must be believed for a side."""
    told = [one for one in why if one.source == "reported"]
    said = [f"{joined(one.origins)} {'are' if len(one.origins) > 1 else 'is'} right" for one in told]
    words = because(replace(one, source="believed") for one in told)
    return f"{' and '.join(dict.fromkeys(said))} ({words})" if told else because(why)


def joined(names: Iterable[str]) -> str:
    """`A, B and C`."""
    every = list(names) or ["a page"]
    return f"{', '.join(every[:-1])} and {every[-1]}" if len(every) > 1 else every[0]


def quoted(words: str) -> str:
    """Page words in double quotation marks on one line; theirs become single ones."""
    text = " ".join(words.split())
    bare = text.strip('“”" ')
    if bare.count("“") == bare.count("”") and bare.count('"') % 2 == 0:
        text = bare
    elif text.count("“") > text.count("”"):
        text += "”"
    return f"“{text.translate(_INNER)}”"


def _one(one: Because) -> str:
    words = quoted(one.words)
    if one.source == "reported":
        said = "say" if len(one.origins) > 1 else "says"
        denied = "" if one.come_about else " is not so"
        return f"{joined(one.origins)} {said} {words}{denied}"
    if one.source == "decided":
        return f"{words} is {'confirmed' if one.come_about else 'ruled out'}"
    if one.source == "supposed":
        return f"supposing that {words} is {'' if one.come_about else 'not '}so"
    if one.source == "presumed":
        return f"taking it that {words} goes on" if one.come_about else f"{words} is not reported"
    return words if one.come_about else f"not {words}"


def counts(one: views.Commitment) -> str:
    """`2 pages, 2 wordings, 1 origin`."""
    told = ((len(one.pages), "page"), (one.wordings, "wording"), (one.origins, "origin"))
    return ", ".join(f"{number} {noun}{'' if number == 1 else 's'}" for number, noun in told)


def history(steps: Iterable[views.Step]) -> str:
    """`stated 2018-09-17 by X, softened 2018-09-23 (a condition added)`; empty where it was only stated."""
    every = list(steps)
    if len(every) < 2:
        return ""
    return ", ".join(step(one) for one in every)


def step(one: views.Step) -> str:
    """One step of a history."""
    why = f" ({one.why})" if one.why else ""
    return f"{STEP_WORDS.get(one.step, one.step)} {one.day}{why}"
