"""Whom a role or an epithet means: "the president", "the bloc", "his Russian counterpart", "the statement".

A title goes to whom the page gives it, a body's noun to the body whose name holds it or that was spoken of last, a
paper to whoever issued it. Where nothing tells, an epithet ("the longtime leader") goes as a pronoun would.
"""

import re
from bisect import bisect_left
from collections import Counter
from dataclasses import dataclass, field, replace

from tocsin.annotate.discourse import Discourse, Ranked, Wanted, content_of, stem, sureness
from tocsin.annotate.names import facts
from tocsin.annotate.offices import Person, Title, mention_of, phrase, same_role, title_of
from tocsin.annotate.reference_page import Page, Place
from tocsin.annotate.reference_words import lexicon, state_of
from tocsin.core.annotations import Mention
from tocsin.names.register import outlet_of

_THE = frozenset(("the", "this", "that", "these", "those"))
_ONE = frozenset(("a", "an", "one", "another", "any", "every", "each", "no"))
_ISSUING = frozenset(
    ("release", "released", "publish", "published", "issue", "issued", "post", "posted", "conduct", "conducted")
)
_BY = frozenset(("by", "from", "of"))
_ONE_HOLDER = frozenset(
    (
        *("president", "prime minister", "premier", "chancellor", "king", "queen", "pope", "head of state"),
        *("vice president", "emir", "sultan", "monarch"),
    )
)
"""Offices of which a page mostly means one holder: the bearer it names, however long ago."""
CLOSE, NEAR_BEARER = 1, 3
"""Sentences back in which one was just spoken of, and in which a bearer was lately."""
_ANY_BODY = frozenset(
    ("group", "organisation", "organization", "body", "institution", "agency", "bloc", "outlet", "watchdog")
)
"""Nouns for bodies of any kind; another ("the company") is none whose name tells another kind ("Velton University")."""
_NO_PRESS = frozenset(("group", "body", "institution", "bloc"))
"""Of the former, those that no outlet is called by: who reports on "the group" is none."""
_LOCAL = frozenset(("governor", "mayor", "lawmaker", "congressman", "congresswoman"))
"""Offices that tell whose they are where the page names no bearer: "the New Jersey governor"."""
_RESEARCH = frozenset(
    ("report", "study", "survey", "poll", "analysis", "data", "finding", "figure", "review", "result")
)
_AIRED = frozenset(
    ("ad", "advert", "advertisement", "commercial", "spot", "clip", "video", "footage", "recording", "film")
)
_WORDED = frozenset(
    ("statement", "declaration", "communique", "communiqué", "text", "document", "memorandum", "resolution")
)
_WRITTEN = frozenset(("article", "story", "column", "op-ed", "editorial", "piece", "essay"))
_SORTS = (_RESEARCH, _AIRED, _WORDED, _WRITTEN)
"""One paper under several nouns."""
LEAST_FIT = 0.3
"""Below it a title is another's."""
TITLED, TITLES = 200, 20
"""Of more persons with titles on a page, or titles of a person, the rest are not weighed: it is a list."""
BEARS = 3.0
"""A bearer of the title asked for stands so far before any who is only salient, at a full fit."""
FALLBACK = 0.55
"""Confidence of an epithet's answer, as a share of a pronoun's: nothing on the page says that it is the one."""
OTHERWISE = 0.6
"""The share of that for one whom the page gives another office."""
_GIVEN_BY = re.compile(
    r"(?:\s(?:available|compiled|collected|gathered|provided|supplied|issued))?\s(?:from|by)\s(?:the\s)?"
    r"| (?:posted|published|released|issued)(?: on [A-Z]\w{2,9})? on (?:the )?(?:official )?"
    r"(?:web ?site|web page|page|account|channel) of (?:the )?"
)
LONGEST_NAME = 80
"""A body's name ends within so many code points."""
FIRST_LINES = 4
"""In its first sentences a page tells of "a court" whom it names below."""
PAPERS = 40
"""So many papers with an issuer are looked back over, or ahead."""
NEAR_PAPER = 2
"""A paper that nobody is said to have issued goes to who spoke in one of so many sentences before."""


@dataclass(frozen=True, slots=True)
class Role:
    """A noun phrase that is no name: its words, its noun, and how it is made."""

    start: int
    end: int
    place: Place
    noun: str
    words: tuple[str, ...]
    title: Title | None
    definite: bool
    bare: bool
    plural: bool
    owner: Place | None


@dataclass(slots=True)
class Papers:
    """Who issued what on the page: (where, noun, issuer), in reading order."""

    rows: list[tuple[int, str, Mention]] = field(default_factory=list)


def role_at(page: Page, start: int, end: int) -> Role | None:
    """The noun phrase of a range, cut to its head and what belongs to it."""
    place = page.head(start, end)
    if place is None:
        return None
    tree = page.trees[place.sentence]
    word = tree.words[place.at]
    if word.pos[:1] not in "NJCD":
        return None
    first, last = phrase(tree, place.at, page.text)
    first, last = max(first, start), max(min(last, end), word.end)
    words = tuple(page.words_in(first, last))
    noun = page.low(place)
    det = tree.child(place.at, "det")
    owner = tree.child(place.at, "nmod:poss")
    said = page.text[slice(*tree.span(det, det + 1))].lower() if det is not None else ""
    said = said or (words[0].lower() if words else "")
    definite = said in _THE or owner is not None or (det is None and said not in _ONE)
    plural = word.pos in ("NNS", "NNPS", "CD") or noun in ("percent", "majority", "number", "people")
    return Role(
        first, last, place, noun, words, title_of(list(words)), definite,
        owner is None and said not in _THE | _ONE, plural,
        Place(place.sentence, owner) if owner is not None else None,
    )  # fmt: skip


def papers(page: Page) -> Papers:
    """Every paper of the page whose issuer its own phrase or clause names."""
    out = Papers()
    known = lexicon().papers
    for number in sorted(page.trees):
        tree = page.trees[number]
        for at, word in enumerate(tree.words):
            if word.pos[:2] != "NN":
                continue
            low = page.text[word.start : word.end].lower()
            if low not in known and not (low.endswith("s") and low[:-1] in known):
                continue
            issuer = issuer_of(page, Place(number, at))
            if issuer is not None:
                out.rows.append((word.start, low.removesuffix("s"), issuer))
    return out


def issuer_of(page: Page, place: Place) -> Mention | None:
    """Whom a paper's own phrase or clause names as who issued it."""
    tree = page.trees[place.sentence]
    for one in tree.below[place.at]:
        relation = tree.words[one].relation
        found = mention_of(page, Place(place.sentence, one))
        if found is None and relation == "compound":  # "a CNN/WMUR poll": the first of two
            found = next(iter(page.within(tree.words[one].start, tree.words[one].end)), None)
        if found is None and relation in ("nmod", "nmod:poss"):
            beside = tree.child(one, "appos")
            found = mention_of(page, Place(place.sentence, beside)) if beside is not None else None
        cases = {
            page.text[slice(*tree.span(k, k + 1))].lower() for k in tree.below[one] if tree.words[k].relation == "case"
        }
        issuing = relation in ("nmod:poss", "compound") or (relation == "nmod" and cases & _BY)
        if found is not None and found.kind in ("person", "organisation", "other") and issuing:
            return found
        if relation in ("acl", "acl:relcl") and page.low(Place(place.sentence, one)) in _ISSUING | {
            "written",
            "made",
            "put",
            "sent",
            "wrote",
            "gave",
            "signed",
        }:
            agent = tree.agent(one, page.text)
            agent = agent if agent is not None else tree.child(one, "nsubj")
            found = mention_of(page, Place(place.sentence, agent)) if agent is not None else None
            if found is not None:
                return found
    above = tree.above[place.at]
    if above is not None and tree.words[place.at].relation == "dobj":
        subject = tree.child(above, "nsubj")
        if subject is not None and page.low(Place(place.sentence, above)) in _ISSUING:
            return mention_of(page, Place(place.sentence, subject))
    return None


def _given_by(page: Page, end: int) -> Mention | None:
    """The body named right behind a paper: "the latest figures available from [the Harbour Union]"."""
    found = _GIVEN_BY.match(page.text, end)
    named = page.within(found.end(), found.end() + LONGEST_NAME)[:1] if found else []
    return named[0] if found and named and named[0].span.start == found.end() else None


def paper(discourse: Discourse, listed: Papers, role: Role, owner: str | None) -> list[tuple[str, float]]:
    """Who issued the paper that a role is; `owner` is whom its own words say to have it."""
    own = issuer_of(discourse.page, role.place) or _given_by(discourse.page, role.end)
    if own is not None:
        return _one(discourse, own, 0.95)
    if owner is not None:
        return [(owner, 0.9)]
    if role.owner is not None:
        return []
    noun = role.noun.removesuffix("s")
    place = bisect_left(listed.rows, role.start, key=lambda row: row[0])
    before = listed.rows[max(0, place - PAPERS) : place]
    same = [row for row in before if row[1] == noun]
    if same and role.definite:
        return _one(discourse, same[-1][2], 0.9)
    if role.definite and before:
        number = discourse.page.sentence_at(role.start)
        near = [row for row in before if number - discourse.page.sentence_at(row[0]) <= 4 * NEAR_PAPER]
        near = [row for row in near if any({row[1], noun} <= sort for sort in _SORTS)]
        if near:
            return _one(discourse, near[-1][2], 0.7)
    told = [event for event in discourse.before(role.start) if event.told and not event.key.startswith("@")]
    number = discourse.page.sentence_at(role.start)
    if role.definite and told and number - told[0].sentence <= NEAR_PAPER:
        return [(told[0].key, 0.6)]
    after = [row for row in listed.rows[place : place + PAPERS] if row[0] > role.start and row[1] == noun]
    heading = discourse.page.sentences[number].label in ("headline", "standfirst") or number < 2
    if after and heading:
        return _one(discourse, after[0][2], 0.75)
    return []


def _one(discourse: Discourse, mention: Mention, confidence: float) -> list[tuple[str, float]]:
    discourse.shown[mention.name] = mention.name
    return [(mention.name, confidence)]


def bearers(discourse: Discourse, asked: Title, never: frozenset[str] = frozenset()) -> dict[str, float]:
    """Who bears a title on the page, anywhere on it, and how well it fits."""
    if asked not in discourse.bearers:
        fits = {
            known.name: max(same_role(asked, title) for title, _ in known.titles[:TITLES])
            for known in discourse.titled[:TITLED]
        }
        discourse.bearers[asked] = {name: fit for name, fit in fits.items() if fit > LEAST_FIT}
    return {name: fit for name, fit in discourse.bearers[asked].items() if name not in never}


def person(
    discourse: Discourse, role: Role, title: Title, *, never: frozenset[str] = frozenset()
) -> list[tuple[str, float]]:
    """Who the bearer of a role is: of those whom the page gives the title the most salient, else whoever was spoken
    of, where the noun is an epithet."""
    known = lexicon()
    gender = "f" if title.noun in known.feminine else "m" if title.noun in known.masculine else None
    fits = bearers(discourse, title, never)
    fits = {name: fit for name, fit in fits.items() if gender in (None, discourse.gender_of(name) or gender)}
    wanted = Wanted(gender, frozenset(("person",)), never, content_of(discourse.page, role.start))
    if fits:
        salient = dict(
            discourse.ranked(role.start, Wanted(gender, wanted.kinds, never, wanted.outside, frozenset(fits)))
        )
        best = max(fits.values())
        ranked: Ranked = [
            (name, salient.get(name, -6.0) + BEARS * 2 * (fit - best))
            for name, fit in fits.items()
            if fit > best - 0.35
        ]
        ranked.sort(key=lambda pair: (-pair[1], pair[0]))
        if role.definite and role.owner is None and (title.noun not in _ONE_HOLDER or "former" in title.beside):
            closer = _closer(discourse, role, title, ranked, wanted)
            if closer:
                return closer
        lead = discourse.page.sentence_at(role.start) < FIRST_LINES
        if role.definite or (lead and len(ranked) == 1 and best >= 0.7):
            for name, _ in ranked:
                discourse.shown[name] = name
            share = 1.0 if best >= 0.6 else 0.8
            share *= 1.0 if role.definite else 0.8
            return [(name, round(sure * share, 3)) for name, sure in sureness(ranked)]
    return _spoken_of(discourse, role, title, wanted) if role.definite and role.owner is None else []


def _closer(discourse: Discourse, role: Role, title: Title, ranked: Ranked, wanted: Wanted) -> list[tuple[str, float]]:
    """Whoever was just spoken of and has no title on the page, where no bearer of the title was lately: "Orlova said …
    The governor claimed …" on a page that calls another one governor."""
    fallback = _spoken_of(discourse, role, title, replace(wanted, far=CLOSE))
    if not fallback or fallback[0][0].startswith("@") or fallback[0][0] in dict(ranked):
        return []
    known = discourse.people.get(fallback[0][0])
    near = discourse.ranked(role.start, replace(wanted, far=NEAR_BEARER, only=frozenset(dict(ranked))))
    return fallback if known is not None and not known.titles and not near else []


def _spoken_of(discourse: Discourse, role: Role, title: Title, wanted: Wanted) -> list[tuple[str, float]]:
    """Whoever was spoken of, for an epithet ("the longtime leader", "the 34-year-old") and for an office of which the
    page names no bearer; less sure of one who is said to be something else."""
    known = lexicon()
    aged = any(word.lower().endswith("-year-old") for word in role.words)
    party = {known.parties.get(word, word) for word in (*title.beside, title.noun)} & set(known.parties.values())
    loose = known.loose | known.parties.keys() | party | {"presidential", "former"}
    apart = [word for word in title.beside if word not in loose and not word.endswith("-year-old")]
    nouns = known.epithets | known.heads | (_LOCAL if title.of else frozenset())
    if title.noun in known.epithets:
        apart = [word for word in apart if word in known.ranks | known.strong]
    if not aged and (apart or title.noun not in nouns):
        return []
    others = frozenset(one.name for one in discourse.titled[:TITLED] if party and _other_party(one, party))
    others |= {
        event.key
        for event in discourse.before(role.start)
        if event.key.startswith("@") and role.noun not in (discourse.shown.get(event.key) or role.noun).lower()
    }  # whom nobody names comes again by the same noun, or as a pronoun
    found = sureness(discourse.ranked(role.start, replace(wanted, never=wanted.never | others)))
    out = []
    for name, sure in found:
        share = 1.0 if name.startswith("@") else FALLBACK
        borne = [one.of for one, _ in discourse.people[name].titles] if name in discourse.people else []
        if title.noun in known.heads and borne:
            share *= OTHERWISE
        out.append((name, round(sure * share, 3)))
    return out


def _other_party(person: Person, party: set[str]) -> bool:
    """Whether the page says somebody to be of another party than those of `party`."""
    parties = lexicon().parties
    own = {parties.get(word, word) for title, _ in person.titles for word in (*title.beside, title.noun)}
    own &= set(parties.values())
    return bool(own) and not own & party


def body(discourse: Discourse, role: Role) -> list[tuple[str, float]]:
    """Which body "the commission" or "the bloc" is: one whose name holds the words, else the one spoken of last."""
    page, known = discourse.page, lexicon()
    noun = role.noun.removesuffix("s") if role.plural else role.noun
    number = page.sentence_at(role.start)
    if noun in known.places:
        return _place(discourse, role)
    if not role.definite and number >= FIRST_LINES:
        return []
    beside = {stem(word) for word in role.words if word.lower() not in _THE | _ONE | known.loose and word[0].isalpha()}
    asked = (beside - {stem(word) for word in ("federal", "national", "state", "local", "country")}) | {stem(noun)}
    held = [set(discourse.stems.get(word, ())) for word in asked]
    named = set.intersection(*held) if held else set()
    if named:
        wanted = Wanted(None, frozenset(("organisation", "other", "place")), only=frozenset(named))
        ranked = discourse.ranked(role.start, wanted) or _most(page, named)
        for name, _ in ranked:
            discourse.shown[name] = name
        return [(name, max(0.6, sure)) for name, sure in sureness(ranked)]
    capitals = {stem(word) for word in role.words if word[:1].isupper()}
    more = (asked - {stem(noun)}) - capitals
    if not role.definite or role.owner is not None or noun in known.unique or (more and noun not in _ANY_BODY):
        return []
    wanted = Wanted(None, frozenset(("organisation",)), outside=content_of(page, role.start))
    ranked = [pair for pair in discourse.ranked(role.start, wanted) if _agrees(role, pair[0])]
    ranked = [pair for pair in ranked if noun in _ANY_BODY or not _kinds_of_body(pair[0]) - {noun}]
    ranked = [pair for pair in ranked if noun not in _NO_PRESS or outlet_of(pair[0]) is None]
    ranked = [] if ranked and ranked[0][0].startswith("@") else ranked
    return [(name, round(0.75 * sure, 3)) for name, sure in sureness(ranked)]


def _most(page: Page, named: set[str]) -> Ranked:
    """Names by how often the page has them."""
    counts = Counter(one.name for one in page.mentions if one.name in named)
    return sorted(((name, float(count)) for name, count in counts.items()), key=lambda pair: (-pair[1], pair[0]))


def _place(discourse: Discourse, role: Role) -> list[tuple[str, float]]:
    """Which place or state "the city" or "the Republic of Velton" is."""
    own = [one for one in discourse.page.within(role.start, role.end) if one.kind in ("place", "organisation")]
    if own and discourse.page.text[own[-1].span.start - 5 : own[-1].span.start].rstrip().endswith((" of", " Of")):
        return _one(discourse, own[-1], 0.9)
    apart = [word for word in role.words[:-1] if word.lower() not in _THE | lexicon().loose]
    if not role.definite or apart or role.owner is not None:
        return []
    wanted = Wanted(None, frozenset(("place",)), outside=content_of(discourse.page, role.start))
    return [(name, round(0.75 * sure, 3)) for name, sure in sureness(discourse.ranked(role.start, wanted))]


def _kinds_of_body(name: str) -> set[str]:
    """The nouns in a name that tell what kind of body it is."""
    return {word.lower() for word in name.split()} & lexicon().bodies


def _agrees(role: Role, name: str) -> bool:
    """Whether the capitalised words of a role ("the Velton ministry") fit a name: in it, or of its state. A people
    beside a noun for any body ("the Lodvan group") fits a name of no other people or state."""
    capitals = [word for word in role.words if word[:1].isupper() and word.lower() not in _THE | _ONE]
    if role.noun in _ANY_BODY and all(word in facts().peoples for word in capitals):
        lands = {state_of(word) for word in name.split() if word in facts().peoples or word in facts().states}
        return not lands or not capitals or bool(lands & {state_of(word) for word in capitals})
    return all(word in name or state_of(word) in name or facts().peoples.get(word, word) in name for word in capitals)
