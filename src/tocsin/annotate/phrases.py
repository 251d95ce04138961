"""The words of a source: what belongs to it, two who speak together, and how it reads as a name."""

import re
from itertools import pairwise

from tocsin.annotate.names import facts
from tocsin.annotate.offices import title_before, title_of
from tocsin.annotate.reference_page import Page
from tocsin.annotate.reference_words import lexicon
from tocsin.core.annotations import Mention

_ARTICLE = re.compile(r"^(?:the|a|an|some|many|several|other|most)\s+(?=\w)", re.IGNORECASE)
_POSSESSIVE = re.compile(r"(?:['’]s?)$")
_LEAD = re.compile(r"^(?:according to|per|by|as|but|and|from|says|said|even|only|both)\s+(?=\w)", re.IGNORECASE)
_TAIL = re.compile(r"\s*(?:[;:–—(\[]|,(?!\d))|\s--|\s(?:who|which|that)\s")
_WHENCE = re.compile(r"\b(?:of|from) (?:the )?$|\([RDI]-$")
"""Before where somebody is from: "Ann Lind of Velton and Bo Dahl of Karsk"."""
_JOINT = re.compile(
    r"(?:\s(?:of|from) (?:the )?[A-Z][\w.]{1,20}(?: [A-Z][\w.]{1,20}){0,3}|\s\([RDI]-[\w. ]{2,15}\))?"
    r"\s*(?:,\s*)?(?:and|&|as well as)\s+(?:[\w.’'-]+\s+){0,4}$|\s*,\s*(?:[\w.’'-]+\s+){0,4}$",
    re.IGNORECASE,
)
MOST_TOGETHER = 10
"""Words of several who speak together; more describe the last of them."""
_ENDS = re.compile(r"\s*(?:\Z|,|\()")
_PREPOSITIONS = frozenset(
    ("of", "for", "to", "with", "by", "from", "at", "against", "in", "on", "about", "like", "than", "near", "including")
)
_SMALL = frozenset(("and", "former", "the", "his", "her", "longtime", "a", "an", "then", "late"))
"""Small words before a name that is put right behind a description."""
_AND = re.compile(r"\b(?:and|&|as well as)\b")


def tidy(text: str) -> str:
    """The words of a source as a name: no article, no possessive, one space between words."""
    plain = " ".join(text.split()).strip(" ,;:'\"”“’‘()")
    return _POSSESSIVE.sub("", _ARTICLE.sub("", plain)) or plain


_STATE = re.compile(r"^(?P<state>[A-Z]\w+(?: [A-Z]\w+)?)(?:['’]s?)? (?=[A-Za-z])")


def of_people(text: str) -> str:
    """A description that begins with a state's name with the name of its people: "Karduvia's opposition" and
    "Karduvian opposition" are one."""
    found = _STATE.match(text)
    state = found["state"] if found else ""
    if found is None or state not in facts().states:
        return text
    people = next((name for name, one in facts().peoples.items() if one == state), None)
    return f"{people} {text[found.end() :]}" if people else text


def core(page: Page, start: int, end: int) -> tuple[int, int]:
    """A source without what announces it ("according to") and without marks around it."""
    text = page.text[start:end]
    lead = _LEAD.match(text)
    if lead and lead.end() < len(text):
        start += lead.end()
        text = text[lead.end() :]
    left = len(text) - len(text.lstrip(" ,;:\"“”'’("))
    right = len(text.rstrip(' ,;:"“”('))
    return (start + left, start + right) if left < right else (start, end)


def cut(text: str) -> str:
    """A source without what is put behind a comma, a dash or a relative pronoun."""
    tail = _TAIL.search(text, 2)
    return text[: tail.start()] if tail else text


def conjoined(page: Page, start: int, end: int) -> tuple[Mention, ...]:
    """The names of two or more who speak together, empty where it is one."""
    text = page.text[start:end]
    if not _AND.search(text):
        return ()
    found = [one for one in page.within(start, end) if one.kind in ("person", "organisation", "place", "other")]
    if len(found) < 2 or found[0].span.start - start > 40:
        return ()
    place = page.head(start, end)
    head = page.trees[place.sentence].words[place.at] if place else None
    if head is None or not found[0].span.start <= head.start < found[0].span.end:
        return ()
    kept = found[:1]
    for one in found[1:]:
        whence = kept[-1].kind == "person" and _WHENCE.search(page.text, one.span.start - 10, one.span.start)
        kept += [] if whence else [one]
    found = kept
    run = found[:1]
    for one, other in pairwise(found):
        between = page.text[one.span.end : other.span.start]
        if not _JOINT.fullmatch(between) or other.name == one.name:
            break
        run.append(other)
    joined = len(run) > 1 and _AND.search(page.text[run[-2].span.end : run[-1].span.start])
    return tuple(run) if joined and len({one.name for one in run}) == len(run) else ()


def with_others(words: str, text: str) -> str:
    """Several whom nobody names, by the words of one part of a source, with those who speak beside them: "experts and
    officials"."""
    both = cut(text)
    first, joined, rest = both.partition(" and ")
    fits = joined and rest.strip() and first.endswith(words) and len(both.split()) <= MOST_TOGETHER
    return tidy(both) if fits else words


def _ends_with_body(before: str) -> bool:
    """Whether words are an office with whose it is, a name: "commander of the Harbour Guard [Bo Dahl]". An office right
    before the person ("spokesman for Mayor [Bo Dahl]") is the person's own."""
    words = before.split()
    if len(words) < 3 or not before.endswith(" ") or not words[-1][0].isupper() or words[-1][-1] in ",;:.":
        return False
    titled = words[-1] in facts().titles or words[-1].lower() in lexicon().persons | lexicon().ranks
    return not titled and _PREPOSITIONS.intersection(words[1:-1]) != set() and title_of(words) is not None


def put_beside(page: Page, start: int, end: int) -> Mention | None:
    """The person whom a description ends in: "one of the pilots, [Anna Orlova]", "former mayor [Anna Orlova]"."""
    found = [
        one for one in page.within(start, end) if one.kind == "person" and _ENDS.match(page.text, one.span.end, end)
    ]
    if not found:
        return None
    titled = title_before(page, found[0])
    if titled and titled[0] <= start + len("the ") and found[0].span.end == end:
        return found[0]
    before = page.text[start : found[0].span.start]
    if found[0].span.end == end and _ends_with_body(before):
        return found[0]
    piece = before[before.rfind(",") + 1 :]
    words = piece.split()
    if not before.strip() or any(word.lower() in _PREPOSITIONS or word.endswith(("'s", "’s")) for word in words):
        return None
    plain = all(word[:1].isupper() or word.lower() in lexicon().persons | _SMALL for word in words)
    return found[0] if plain or "," in before else None
