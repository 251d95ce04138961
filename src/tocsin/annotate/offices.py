"""What a page says its persons and bodies are: titles before a name, appositions behind it, "X is the mayor of Y".

Invariant: an office stands on the words that say it. What a given name or a title tells of gender is a tendency, which
a pronoun of the page may overrule.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from tocsin.annotate.answers import NAMED
from tocsin.annotate.names import facts
from tocsin.annotate.reference_page import Page, Place
from tocsin.annotate.reference_words import gender_of_given, lexicon, state_of
from tocsin.annotate.syntax import Tree
from tocsin.core.annotations import Mention
from tocsin.core.references import Office, Reference
from tocsin.core.spans import Span
from tocsin.names.shortened import is_people, people_stem

_OF_STATE = re.compile(r"\b(?:head of (?:state|government)|commander in chief|chief of staff)\b", re.IGNORECASE)
"""Nouns of an office that hold an "of" of their own."""
LONGEST = 14
"""Words of an office at most: what is longer is a clause."""
BESIDE = 90
"""An office stands within so many code points of the name it is given to."""
STEM, ENDING = 5, 3
"""A place and the word for its people begin with so many letters alike and differ in length by so many at most."""
_PARTY = re.compile(r"\s?\((R|D|I|Republican|Democrat)[-–—,. ]")
_PARTIES = {"R": "republican", "D": "democrat", "I": "independent", "Republican": "republican", "Democrat": "democrat"}
_RANKS = frozenset(("general", "colonel", "admiral", "marshal", "major", "captain", "professor", "doctor"))
_BEFORE_RANK = frozenset(("minister", "president", "premier", "governor", "mayor", "chancellor", "commander"))
"""Behind such an office a rank is no part of it: "Interior Minister General Lind", not "Secretary General Lind"."""
_LAND = r"(?:the )?(?P<of>[A-Z][\w-]{2,20})(?:['’]s?)? capital(?: city)?"
_PART = r"(?! (?:[a-z]+ )?(?:region|province|district|state|county))"
_CAPITAL_OF = rf"(?:the )?capital(?: city)? of (?:the )?(?P<land>[A-Z][\w-]{{2,20}}){_PART}"
_CAPITAL_BEFORE = re.compile(rf"(?:\b{_LAND}(?: of|,)? |\b{_CAPITAL_OF}, )$")
_CAPITAL_BEHIND = re.compile(rf", (?:{_LAND}|{_CAPITAL_OF})\b")
CAPITAL = 60
"""Words that call a name a capital stand within so many code points of it."""
_OF = frozenset(("of", "for", "at", "in", "with", "to", "from"))
_WHICH = frozenset(("of", "for", "from", "at", "in", "to", "with", "behind", "near", "inside", "against", "on"))
_PARTS = frozenset(("det", "amod", "compound", "nmod:poss", "nummod", "nmod", "neg", "nmod:tmod"))
_APART = frozenset(("acl:relcl", "punct", "appos", "acl"))
_POSSESSIVE = ("'s", "’s", "'", "’")


@dataclass(frozen=True, slots=True)
class Title:
    """A role as a phrase words it: its noun in small letters, the words beside it, and what it is said to be of."""

    noun: str
    beside: tuple[str, ...] = ()
    of: str | None = None


@dataclass(slots=True)
class Person:
    """What the page tells of one name."""

    name: str
    kind: str
    gender: str | None = None
    sure: bool = False
    titles: list[tuple[Title, Office]] = field(default_factory=list)


def title_of(words: list[str]) -> Title | None:
    """The role that a phrase such as "the Russian foreign minister" or "head of the council" words, if it is one."""
    words = [word for word in words if word not in ("“", "”", '"', "``", "''")]
    words = words[:LONGEST]
    words = _OF_STATE.sub(lambda found: found.group().replace(" ", "_"), " ".join(words)).split()
    cut = next((k for k, word in enumerate(words) if k and word.lower() in _OF), len(words))
    left, right = words[:cut], words[cut + 1 :]
    found = _noun(left)
    if found is None:
        return None
    first, noun = found
    beside, of = list[str](), None
    rest = left[:first]
    while rest and rest[0].lower() in ("the", "a", "an", "its", "his", "her", "their", "our", "this", "that"):
        rest = rest[1:]
    for k, word in enumerate(rest):
        low = word.lower()
        owner = k + 1 < len(rest) and rest[k + 1] in _POSSESSIVE
        if low in _POSSESSIVE or low in (",", "and"):
            continue
        low = lexicon().expand.get(word, low)
        if owner or word in facts().peoples or word in facts().states or (word[0].isupper() and low not in _ranked()):
            of = f"{of} {word}" if of and not owner else word
        else:
            beside.append(low)
    if right:
        of = _object(right) or of
    return Title(noun, tuple(beside), of)


def _ranked() -> frozenset[str]:
    return lexicon().ranks | lexicon().loose | lexicon().persons


def _object(words: list[str]) -> str | None:
    """What an office is of: the words behind "of" up to a mark."""
    out = []
    for word in words:
        if word in (",", ";", "(", "--", "–", "—", ".") or word.lower() in ("who", "which", "that"):
            break
        out.append(word)
    while out and out[0].lower() in ("the", "a", "an"):
        out = out[1:]
    while out and out[-1] in _POSSESSIVE:
        out = out[:-1]
    return " ".join(out) or None


def _noun(words: list[str]) -> tuple[int, str] | None:
    """Where the noun of a role begins among words, and the noun: "head of state" and "prime minister" are one noun."""
    known = lexicon()
    full = [known.expand.get(word, word) for word in words]
    for last in range(len(full) - 1, -1, -1):
        low = full[last].lower().replace("_", " ")
        if last and f"{full[last - 1].lower()} {low}" in known.persons:
            return last - 1, f"{full[last - 1].lower()} {low}"
        if low in known.persons and not (last and low in _RANKS and full[last - 1].lower() in _BEFORE_RANK):
            return last, low
        if last < len(full) - 1 and len(full) - last > 2:
            break
    return None


def same_role(asked: Title, borne: Title) -> float:
    """How well a title on the page fits a role: 0 where they are two, up to 1 where all that is said agrees."""
    score = _same_noun(asked.noun, borne.noun)
    known = lexicon()
    if not score:
        party = borne.noun in known.parties and known.parties[borne.noun] in asked.beside
        return 0.5 if party and asked.noun in known.epithets else 0.0
    if asked.of and borne.of:
        if state_of(asked.of) == state_of(borne.of) or _shares(asked.of, borne.of):
            score += 0.2
        else:
            return 0.0
    words, said = set(asked.beside), set(borne.beside) | set(borne.noun.split()) | set((borne.of or "").lower().split())
    said |= {known.parties[word] for word in said if word in known.parties}
    words |= set(asked.noun.split()[:-1])
    words, said = ({known.parties.get(word, word) for word in each} for each in (words, said))
    parties = set(known.parties.values())
    if words & parties and said & parties and not words & said & parties:
        return 0.0
    if not asked.of and borne.of and not _of_state(borne.of):
        score -= 0.15  # "the president" is rather a state's than a society's
    ranks = words & (known.ranks | known.strong) - said
    if ranks and asked.noun != borne.noun:
        return 0.0
    score -= (0.35 if set(borne.beside) & known.ranks else 0.2) * len(ranks)
    score -= 0.3 * len(said & known.strong - words - set(asked.noun.split()))
    score -= 0.1 * len(words - known.loose - known.ranks - known.strong - said)
    return max(0.0, min(1.0, score))


def _of_state(of: str) -> bool:
    known = facts()
    return state_of(of) in known.states or state_of(of.rsplit(maxsplit=1)[-1]) in known.states


def _initials(short: str, full: str) -> bool:
    """Whether one is the other's capitals: DNC, Democratic National Committee."""
    return (
        short.isupper() and len(short) > 1 and short == "".join(word[0] for word in full.split() if word[0].isupper())
    )


def _shares(one: str, other: str) -> bool:
    """Whether two owners share a word that says something."""
    first, second = ({state_of(word).lower() for word in text.split() if len(word) > 2} for text in (one, other))
    if (first & second) - {"the", "of", "and", "for"} or _initials(one, other) or _initials(other, one):
        return True
    return any(a[:STEM] == b[:STEM] and abs(len(a) - len(b)) <= ENDING for a in first for b in second if len(a) > STEM)


def _same_noun(asked: str, borne: str) -> float:
    known = lexicon()
    if asked == borne:
        return 0.8
    if borne in known.wider.get(asked, ()):
        return 0.7
    last = borne.rsplit(maxsplit=1)[-1]
    if asked == last:
        return 0.7
    if last in known.wider.get(asked, ()) and " " not in asked:
        return 0.6
    if asked.rsplit(maxsplit=1)[-1] == last and " " in asked and " " in borne:
        return 0.0
    if " " in asked and asked.rsplit(maxsplit=1)[-1] == borne:
        return 0.5
    return 0.0


def people(page: Page) -> dict[str, Person]:
    """What the page tells of each of its persons and bodies, by name."""
    out: dict[str, Person] = {}
    lands = lands_of(page.mentions)
    for one in page.mentions:
        if one.kind in ("person", "organisation", "place", "other"):
            known = out.setdefault(one.name, Person(one.name, one.kind))
            if one.kind == "person":
                _learn(page, one, known, lands)
    return out


def lands_of(mentions: Iterable[Mention]) -> dict[str, str]:
    """The page's names of one word that no people bears, by what they have in common with their people's."""
    single = sorted({one.name for one in mentions if one.kind != "instrument" and " " not in one.name})
    return {people_stem(low): name for name in single if not is_people(low := name.casefold())}


def _owned(title: Title, lands: dict[str, str]) -> tuple[str, str | None]:
    """A title's words and what it is of: a land rather than its people ("president", "Karvia"), and a people whose land
    the page names nowhere as a part of the words ("Karvian president", None)."""
    shown, of = _shown(title), title.of
    if of is None or of in facts().states or " " in of:
        return shown, of
    land = facts().peoples.get(of)
    if land is None and is_people(of.casefold()):
        land = lands.get(people_stem(of.casefold()))
        return (shown, land) if land else (f"{of} {shown}", None)
    return shown, land or of


def _learn(page: Page, mention: Mention, known: Person, lands: dict[str, str]) -> None:
    if known.gender is None:
        known.gender = gender_of_given(known.name)
    for start, end in _phrases(page, mention):
        words = page.words_in(start, end)
        for word in words[: LONGEST if len(words) <= LONGEST else 0]:
            _gender(known, word.lower())
        title = title_of(words)
        if title:
            office = Office(*_owned(title, lands), Span(page.doc.id, start, end))
            if all(other != office for _, other in known.titles):
                known.titles.append((title, office))
    party = _PARTY.match(page.text, mention.span.end)
    if party:
        span = Span(page.doc.id, party.start(1), party.end(1))
        known.titles.append((Title(_PARTIES[party.group(1)]), Office(_PARTIES[party.group(1)], None, span)))


def _shown(title: Title) -> str:
    """A title's words: those beside the noun that say something of the office, then the noun."""
    known = lexicon()
    apart = [word for word in title.beside if word not in known.loose and not word.endswith("-year-old")]
    return " ".join((*apart, title.noun))


def _gender(known: Person, word: str) -> None:
    words = lexicon()
    if word in words.feminine or word in words.masculine:
        if not known.sure:
            known.gender = "f" if word in words.feminine else "m"
        known.sure = True


def _phrases(page: Page, mention: Mention) -> Iterator[tuple[int, int]]:
    """The phrases that say what a person is: before the name, beside it, and behind "is"."""
    head = page.head(mention.span.start, mention.span.end)
    before = title_before(page, mention)
    if before:
        yield before
    if head is None:
        return
    tree = page.trees[head.sentence]
    word = tree.words[head.at]
    for one in tree.below[head.at]:
        if tree.words[one].relation == "appos" and tree.words[one].pos[:2] == "NN":
            yield phrase(tree, one, page.text)
    above = tree.above[head.at]
    if above is None:
        return
    if word.relation == "appos" and tree.words[above].pos[:2] == "NN":
        first, last = phrase(tree, above, page.text)
        yield first, min(last, mention.span.start)
    if word.relation == "nsubj" and tree.words[above].pos == "NN" and tree.child(above, "cop") is not None:
        first, last = phrase(tree, above, page.text)
        begin = max(first, tree.words[tree.child(above, "cop") or 0].end)
        if begin < last:
            yield begin + (page.text[begin : begin + 1] == " "), last


def title_before(page: Page, mention: Mention) -> tuple[int, int] | None:
    """The title right before a name: "Russian Foreign Minister", "Karduvia's president,"."""
    place = page.word_at(mention.span.start)
    if place is None or place.at == 0:
        return None
    tree = page.trees[place.sentence]
    last = place.at
    if page.text[slice(*tree.span(last - 1, last))] == ",":
        last -= 1
    first = last
    known = lexicon()
    titled = False
    while first > 0 and last - first < LONGEST:
        word = tree.words[first - 1]
        text = page.text[word.start : word.end]
        low = known.expand.get(text, text).lower()
        is_title = low in known.persons or text in facts().titles or low in known.feminine or low in known.masculine
        if not titled and not is_title:
            if first < last and text.lower() in ("of", "for"):
                first -= 1
                continue
            if word.pos[:3] == "NNP" and text in facts().title_tails and last == place.at:
                first -= 1
                continue
            return None
        if titled and not (is_title or word.pos[:1] in "JN" or text in _POSSESSIVE or word.pos == "POS"):
            break
        titled = titled or is_title
        first -= 1
    if not titled or first == last:
        return None
    return tree.span(first, last)


def phrase(tree: Tree, at: int, text: str) -> tuple[int, int]:
    """A noun with what belongs to it on its left and its "of …" on the right, in code points."""
    low = high = at
    for one in tree.below[at]:
        word = tree.words[one]
        if word.relation not in _PARTS or (one > at and word.relation == "nmod" and not _belongs(tree, one, text)):
            continue
        first, last = tree.extent(one, _APART)
        low, high = min(low, first), max(high, last - 1)
    return tree.span(low, high + 1)


def _belongs(tree: Tree, at: int, text: str) -> bool:
    """Whether a noun behind another says which one it is: "the mayor [of Velton]", not "the mayor [on Tuesday]"."""
    first, _ = tree.extent(at, _APART)
    if first and text[slice(*tree.span(first - 1, first))] in (",", "--", "–", "—"):
        return False
    case = tree.child(at, "case")
    if case is not None and text[slice(*tree.span(case, case + 1))].lower() not in _WHICH:
        return False
    return text[slice(*tree.span(at, at + 1))].lower().rstrip(".") not in lexicon().months


def mention_of(page: Page, place: Place) -> Mention | None:
    """The name that a word is part of."""
    word = page.trees[place.sentence].words[place.at]
    return page.mention_over(word.start, word.end)


def offices_of(page: Page, known: dict[str, Person]) -> list[Reference]:
    """A reference for each place where the page gives a name an office, or calls a place a land's capital; `known` is
    what it tells of each name."""
    out = []
    lands = lands_of(page.mentions)
    for one in page.mentions:
        capital = _capital(page, one, lands) if one.kind != "instrument" else None
        if capital is not None:
            out.append(Reference(one.span, "name", one.name, ((one.name, NAMED),), NAMED, capital))
            continue
        bearer = known.get(one.name)
        for _, office in bearer.titles if bearer and one.kind == "person" else ():
            if one.span.start - BESIDE <= office.span.start <= one.span.end + BESIDE:
                out.append(Reference(one.span, "name", one.name, ((one.name, NAMED),), NAMED, office))
                break
    return out


def _capital(page: Page, mention: Mention, lands: dict[str, str]) -> Office | None:
    """ "Telsk, the Karvian capital", "Karvia's capital, Telsk": the land whose capital a name is."""
    start, end = mention.span.start, mention.span.end
    begin = max(0, start - CAPITAL)
    before = _CAPITAL_BEFORE.search(page.text[begin:start])
    behind = _CAPITAL_BEHIND.match(page.text, end, end + CAPITAL)
    found = before or behind
    if found is None or mention.name != page.doc[mention.span]:
        return None
    of = found["of"] or found["land"]
    land = facts().peoples.get(of) or (of if of in facts().states else lands.get(people_stem(of.casefold())))
    shift = begin if before else 0
    return Office("capital", land, Span(page.doc.id, shift + found.start(), shift + found.end())) if land else None
