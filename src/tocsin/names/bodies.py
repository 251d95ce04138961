"""Whether two names can be one body's: words in any order, acronyms, states and their adjectives, legal forms.

Invariant: `bodies(a, b) == bodies(b, a)`; the score depends on the two names and the tables alone.
"""

import re
from dataclasses import dataclass
from functools import cache, lru_cache

from tocsin.names.letters import Word, latin_words
from tocsin.names.likeness import likeness
from tocsin.names.people import Verdict
from tocsin.names.shortened import one_land
from tocsin.names.states import naming, plain_name
from tocsin.names.tables import table, words

MOST = 24
"""Words of a body's name that are compared."""
GENERIC = 0.5
"""What a word that many bodies share (ministry, group) tells beside a word of its own."""
CONFLICT = 2.2
"""As for people: one word of its own on each side makes two of two that share one word."""
EXTRA = 1.6
"""A word that only one side has tells bodies apart (Communist Party, Communist Party of Nepal) more than people."""
DOUBT = 1.2
ALIKE = 0.85
"""Likeness from which two words of bodies are one word: misspelt or in another language, never merely near."""
LAND = 0.95
"""Likeness of a land's name and the word for its people: one body is named by either. Beside one word that many bodies
share it leaves a doubt (Orvanian Council, Council of Orvania), beside more it leaves none."""
KNOWN = 0.95
"""Score of two names that the table lists as one body's."""
ACRONYM = 0.6
"""Score of an acronym and a name with its initials; likely, and shown only where a page writes both together."""
UNSURE = 0.3
"""Score of a name that more than one state or thing bears, beside any other name."""
_ACRONYM = re.compile(r"^[^\W\d_]{2,8}\d{0,2}$")


@cache
def _shared() -> dict[str, str]:
    listed: dict[str, str] = table("shared")["shared"]
    return {plain_name(name): reason for reason, names in listed.items() for name in names.split(";")}


@lru_cache(maxsize=16384)
def shared_by(name: str) -> str | None:
    """Why the same name on two pages may be two bodies' or places'; None where nothing is known to share it."""
    reason = _shared().get(plain_name(name))
    if reason:
        return f"{name}: {reason} of this name"
    told = [word.text for word in latin_words(name) if word.text not in words("bodies", "small")]
    if told and all(word in words("shared", "every_state") for word in told):
        return f"{name}: every state has one"
    return None


def reordered(a: str, b: str) -> bool:
    """Whether two names are one another's words in another order, of a sort that several countries have."""
    one, other = ([word.text for word in latin_words(name)] for name in (a, b))
    return one != other and any(word in words("shared", "reordered") for word in (*one, *other))


def bodies(a: str, b: str) -> Verdict:
    """How likely two names of bodies are one body's."""
    return _bodies(*sorted((a, b)))


@cache
def _known() -> dict[str, tuple[int, str]]:
    out: dict[str, tuple[int, str]] = {}
    for number, line in enumerate(table("bodies")["bodies"]):
        kind, _, names = line.partition("|")
        for name in names.split(";"):
            out.setdefault(plain_name(name), (number, kind.strip()))
    return out


def known_body(name: str) -> tuple[int, str] | None:
    """The line of the table that lists this name, and the body's kind; None where it lists it not."""
    return _known().get(plain_name(name))


def _bodies(a: str, b: str) -> Verdict:
    if plain_name(a) == plain_name(b):
        return Verdict(1.0, ())
    lines = [known_body(name) for name in (a, b)]
    if lines[0] and lines[1]:
        same = lines[0][0] == lines[1][0]
        return Verdict(KNOWN, ("one body by the table",)) if same else Verdict(0.0, ("two bodies by the table",))
    meant = [naming(name) for name in (a, b)]
    if meant[0] and meant[1]:
        if meant[0].state != meant[1].state:
            return Verdict(0.0, ("two states",))
        return Verdict(KNOWN, tuple(one.reason for one in meant if one))
    if {plain_name(a), plain_name(b)} & set(table("states")["ambiguous"]):
        return Verdict(UNSURE, ("which state is meant is not said",))
    for short, long in ((a, b), (b, a)):
        found = acronym_of(short, long)
        if found:
            return Verdict(ACRONYM, (f"{short.strip()}: {found} of {long.strip()}",))
    return _words(body_parts(a), body_parts(b))


def acronym_letters(name: str) -> str:
    """The letters of an acronym without case; empty where `name` is none."""
    letters = name.strip().replace(".", "")
    if not _ACRONYM.match(letters) or sum(c.isupper() for c in letters) < 2:
        return ""
    return "".join(word.text for word in latin_words(letters))


@lru_cache(maxsize=16384)
def body_initials(name: str) -> tuple[str, ...]:
    """The initials of a name of several words, with its small words and without."""
    told = [word.text for word in latin_words(name)][:MOST]
    small = words("bodies", "small")
    if len(told) < 2:
        return ()
    return tuple(
        dict.fromkeys(("".join(word[0] for word in told if word not in small), "".join(one[0] for one in told)))
    )


def acronym_of(short: str, long: str) -> str | None:
    """How `short` stands for `long`: "initials", in whichever order, or None."""
    wanted, initials = acronym_letters(short), body_initials(long)
    if not wanted or not initials or acronym_letters(long):
        return None
    if wanted in initials:
        return "initials"
    if len(wanted) >= 4 and any(sorted(wanted) == sorted(one) for one in initials):
        return "initials in another order"
    return None


@dataclass(frozen=True, slots=True)
class Part:
    """One word of a body's name in its one spelling, and how much it tells."""

    text: str
    weight: float


@cache
def _same_words() -> dict[str, str]:
    return {word: line.split()[0] for line in table("bodies")["same_words"] for word in line.split()}


@lru_cache(maxsize=16384)
def body_parts(name: str) -> tuple[Part, ...]:
    """The words that tell, in one spelling each: legal forms and small words left out, states by their codes."""
    told = [word.text for word in latin_words(name)][:MOST]
    out: list[Part] = []
    i = 0
    while i < len(told):
        width = next((n for n in (3, 2, 1) if _state(told[i : i + n])), 0)
        if width:
            out.append(Part(_state(told[i : i + width]), 1.0))
        elif told[i] in words("bodies", "long_forms") and told[i + 1 : i + 2] == ["of"] and 0 < i < len(told) - 2:
            pass  # of the Republic of Orvania: of Orvania
        elif told[i] not in words("bodies", "small") and told[i] != table("bodies")["drop"]:
            text = _same_words().get(told[i], told[i])
            out.append(Part(text, GENERIC if text in words("bodies", "generic") else 1.0))
        i += width or 1
    legal = words("bodies", "legal")
    kept = [part for part in out if part.text not in legal]
    return tuple(kept or out)


def _state(told: list[str]) -> str:
    found = naming(" ".join(told))
    if found is None or found.sense in ("capital", "seat") or (len(told) == 1 and len(told[0]) < 3):
        return ""
    return found.state.iso


def _words(a: tuple[Part, ...], b: tuple[Part, ...]) -> Verdict:
    if not a or not b:
        return Verdict(0.0, ("no letters to compare",))
    left, right = list(a), list(b)
    reasons = list[str]()
    explained = doubt = 0.0
    for part in a:
        score, other = max(((_like(part, one), one) for one in right), key=lambda each: each[0], default=(0.0, part))
        if score >= ALIKE:
            left.remove(part)
            right.remove(other)
            weight = min(part.weight, other.weight)
            explained += weight * score
            doubt += weight * (1 - score)
            if part.text != other.text:
                reasons.append(f"{part.text} and {other.text}")
    weights = [sum(part.weight for part in loose) for loose in (left, right)]
    both, extra = min(weights), abs(weights[0] - weights[1])
    score = explained / (explained + CONFLICT * both + EXTRA * extra + DOUBT * doubt) if explained else 0.0
    for loose in (left, right):
        if loose:
            reasons.append(f"{'unlike' if both else 'only on one side'}: {' '.join(part.text for part in loose)}")
    return Verdict(round(score, 3), tuple(reasons))


def _like(a: Part, b: Part) -> float:
    if a.text == b.text:
        return 1.0
    if one_land(a.text, b.text):
        return LAND
    if (len(a.text) == 3 and a.text.isupper()) or (len(b.text) == 3 and b.text.isupper()):
        return 0.0
    return likeness(Word(a.text), Word(b.text)).score
