"""Verb groups, their subjects and the noun phrases around them, found in a list of tagged words.

Nothing here is a parser: each function looks a bounded way to the left or right of a verb and says which words it
takes, as a half-open range of places in the list. A quotation stands in the list as one word tagged "Q".
"""

from dataclasses import dataclass

from tocsin.annotate.words import Word

REACH = 40
"""No noun phrase or apposition is followed over more words than this; longer ones are rare and mostly lists."""
VERBS = frozenset(("VB", "VBD", "VBG", "VBN", "VBP", "VBZ"))
FINITE = frozenset(("VBD", "VBP", "VBZ", "MD"))
NOUNS = frozenset(("NN", "NNS", "NNP"))
_INSIDE = NOUNS | frozenset(("JJ", "DT", "CD", "PRP$", "POS", "$", "VBN"))
_BE = frozenset(["be", "is", "are", "was", "were", "been", "being", "am", "'s", "'re", "'m"])
_HAVE = frozenset(["have", "has", "had", "having", "'ve", "'d", "'s"])
_DO = frozenset(("do", "does", "did"))
_ATTACH = frozenset(
    ["of", "for", "from", "at", "in", "on", "with", "to", "by", "against", "near", "under", "behind", "between"]
)
_ADVERBIAL_HEADS = frozenset(
    [
        "in",
        "on",
        "at",
        "after",
        "during",
        "before",
        "by",
        "with",
        "for",
        "from",
        "amid",
        "despite",
        "since",
        "until",
        "as",
    ]
)
_ATTACH_OR_JOIN = _ATTACH | {"and", "&", "or"}
_WEEK = frozenset(("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday", "today", "yesterday"))
WH = frozenset(("WP", "WDT"))


@dataclass(frozen=True, slots=True)
class Group:
    """A verb with its auxiliaries: places `first` to `head` (both in it)."""

    first: int
    head: int
    finite: bool
    passive: bool
    to: bool
    auxiliaries: tuple[str, ...]


def _aux(word: Word) -> bool:
    return word.tag == "MD" or word.low in _BE or word.low in _HAVE or word.low in _DO


def groups(words: list[Word]) -> list[Group]:
    """The verb groups of a sentence, in order."""
    out: list[Group] = []
    index, size = 0, len(words)
    while index < size:
        word = words[index]
        if word.tag not in VERBS | {"MD", "TO"}:
            index += 1
            continue
        first = index
        head = index
        helpers: list[str] = []
        to = word.tag == "TO"
        while head < size - 1 and (_aux(words[head]) or words[head].tag == "TO"):
            ahead = head + 1
            while (
                ahead < size
                and ahead - head < 4
                and (words[ahead].tag == "RB" or words[ahead].low in ("since", "once"))
            ):
                ahead += 1
            # "did he say", "has Orlova said": a subject between the auxiliary and the verb is left alone
            if ahead < size and (words[ahead].tag in VERBS or (_aux(words[ahead]) and words[ahead].tag != "POS")):
                helpers.append(words[head].low)
                head = ahead
            else:
                break
        if words[head].tag == "TO":
            index = head + 1
            continue
        passive = words[head].tag == "VBN" and any(low in _BE for low in helpers)
        by = head + 1 < size and words[head + 1].low == "by" and words[head].tag in ("VBD", "VBN")
        passive = passive or (by and not helpers)
        bare = words[head].tag in ("VB", "VBG", "VBN") and not helpers
        bare = bare or (by and not helpers)
        finite = (
            (not (by and not helpers) and words[first].tag in FINITE)
            or (bool(helpers) and not to)
            or (not to and not bare)
        )
        out.append(Group(first, head, finite, passive, to, tuple(helpers)))
        index = head + 1
    return out


def adverbs_before(words: list[Word], place: int) -> int:
    """The place before which the adverbs that precede `place` begin."""
    while place > 0 and (words[place - 1].tag == "RB" or words[place - 1].low in ("also", "then", "both", "all")):
        place -= 1
    return place


def phrase_before(words: list[Word], end: int) -> tuple[int, int] | None:
    """The noun phrase that ends right before the place `end`."""
    if end == 0:
        return None
    last = words[end - 1]
    if last.tag in ("PRP", "WP", "WDT", "EX") or (last.tag == "DT" and last.low not in ("the", "a", "an")):
        return end - 1, end
    start, place = end, end - 1
    while place >= 0 and end - place < REACH:
        word = words[place]
        if word.tag in _INSIDE:
            closed = start < end and words[start].tag in ("DT", "PRP$") and word.tag not in ("POS", "DT")
            if closed or (word.tag == "VBN" and not _participle(words, place)):
                break
            start = place
        elif (
            (start < end and word.low in _ATTACH and place > 0 and words[place - 1].tag in NOUNS | {"POS", "CD"})
            or (start < end and word.low in ("and", "or", "&") and place > 0 and words[place - 1].tag in NOUNS)
            or (start < end and word.tag == "RB" and word.low in ("most", "more", "nearly", "about", "almost", "many"))
        ):
            start = place
        else:
            break
        place -= 1
    while start < end and words[start].tag in ("IN", "TO", "CC", "POS"):
        start += 1
    if start == end or not any(
        word.tag in NOUNS or word.tag in ("CD", "JJ", "DT", "PRP$") for word in words[start:end]
    ):
        return None
    return start, end


def _participle(words: list[Word], place: int) -> bool:
    """Whether a past participle stands inside a noun phrase: before its noun, or after it with a preposition."""
    if place == 0:
        return False
    if words[place - 1].tag in ("DT", "PRP$", "JJ", "POS"):
        return True
    return words[place - 1].tag in NOUNS and place + 1 < len(words) and words[place + 1].low in _ATTACH


def _without_date(words: list[Word], end: int) -> int:
    """`end` moved before a day that stands between a subject and its verb ("Orlova on Aug. 16 said")."""
    if end > 3 and words[end - 1].tag == "CD" and words[end - 3].low == "on":
        return end - 3
    if end > 1 and words[end - 1].low in _WEEK:
        return end - 2 if words[end - 2].low == "on" else end - 1
    return end


def subject_before(words: list[Word], end: int) -> tuple[int, int] | None:
    """The subject that ends right before `end`, with the apposition between commas that follows its head."""
    end = _without_date(words, end)
    if end == 0:
        return None
    if words[end - 1].text not in (",", ")", "--", "—", "–"):
        found = phrase_before(words, end)
        return _without_adverbial(words, found) if found else None
    opening = {")": "("}.get(words[end - 1].text, words[end - 1].text)
    place = end - 2
    while place > 0 and end - place < REACH:
        if words[place].text == opening:
            inner = words[place + 1]
            core = phrase_before(words, place)
            fits = inner.tag in (
                "DT",
                "NN",
                "NNS",
                "NNP",
                "JJ",
                "CD",
                "WP",
                "WDT",
                "VBN",
                "IN",
                "PRP$",
                "VBG",
                "WP$",
                "RB",
            )
            if core and fits and words[core[1] - 1].tag in NOUNS | {"CD"}:
                core = _without_adverbial(words, core)
                if inner.tag in ("WP", "WDT", "IN", "VBG", "VBN", "RB"):
                    return core  # a clause or an adverbial between commas is no part of the name
                return core[0], end if opening == "(" else end - 1
            if core is None or opening == "(":
                return None
        if words[place].tag in FINITE and words[place].tag != "MD" and not _in_relative(words, place):
            return None
        place -= 1
    return None


def _in_relative(words: list[Word], place: int) -> bool:
    """Whether the verb stands in a relative clause ("Orlova, who leads the party, said")."""
    return any(word.tag in WH for word in words[max(0, place - 8) : place])


def _without_adverbial(words: list[Word], found: tuple[int, int]) -> tuple[int, int]:
    """Cuts "In an interview Orlova" to "Orlova": a pronoun or name after a closed phrase begins anew."""
    start, end = found
    if start == 0 or words[start - 1].low not in _ADVERBIAL_HEADS:
        return found
    for place in range(end - 1, start, -1):
        if words[place].tag == "NNP" and words[place - 1].tag in ("NN", "NNS", "CD"):
            return place, end
        if words[place].tag in ("DT", "PRP$") and words[place - 1].tag in NOUNS | {"CD"}:
            return place, end
    return found


def phrase_after(words: list[Word], start: int, *, apposition: bool = False) -> int:
    """Where the noun phrase that begins at `start` ends; `start` itself when none does."""
    size = len(words)
    if start >= size:
        return start
    if words[start].tag in ("PRP", "EX"):
        return start + 1
    place = start
    noun = False
    while place < size and place - start < REACH:
        word = words[place]
        if word.tag in _INSIDE or (word.tag in ("JJ", "RB") and not noun):
            if noun and word.tag in ("DT", "PRP$") and words[place - 1].low not in _ATTACH_OR_JOIN:
                break
            if word.tag == "VBN" and noun and not (place + 1 < size and words[place + 1].low in _ATTACH):
                break
            noun = noun or word.tag in NOUNS or word.tag == "CD"
        elif noun and (word.low in _ATTACH or word.low in ("and", "&")) and place + 1 < size:
            ahead = words[place + 1].tag
            if not (ahead in _INSIDE or ahead == "PRP") or _clause_at(words, place + 1):
                break
        elif word.tag == "PRP" and words[place - 1].low in _ATTACH:
            pass
        elif apposition and noun and word.text == "," and place + 1 < size and _apposes(words, place + 1):
            end = phrase_after(words, place + 1)
            return end if end >= size or words[end].tag in (",", ".", "-RRB-") or words[end].tag == "Q" else place
        else:
            break
        place += 1
    return place if noun or (place > start and words[start].tag in ("DT", "JJ")) else start


def _apposes(words: list[Word], place: int) -> bool:
    """Whether an apposition begins here ("Orlova, a harbour pilot")."""
    return words[place].low in ("a", "an", "the", "his", "her") or words[place].tag in ("CD", "NN")


def _clause_at(words: list[Word], place: int) -> bool:
    """Whether a finite verb follows the noun phrase at `place`: what joins them then joins clauses."""
    end = place
    while end < len(words) and end - place < 8 and words[end].tag in _INSIDE | {"PRP", "RB"}:
        end += 1
    return end < len(words) and end > place and words[end].tag in FINITE
