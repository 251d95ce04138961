"""Whom a pronoun means: the third person by what is salient, the first by who speaks, a relative by what it hangs on.

Invariant: an answer is a key of the discourse, never the pronoun itself.
"""

import re
from dataclasses import replace

from tocsin.annotate.discourse import FAR, Discourse, Ranked, Wanted, content_of, subjects_behind, sureness
from tocsin.annotate.reference_page import Page, Place
from tocsin.annotate.reference_words import lexicon

PERSONS = {
    **dict.fromkeys(("he", "him", "his", "himself"), "m"),
    **dict.fromkeys(("she", "her", "hers", "herself"), "f"),
}
THINGS = frozenset(("it", "its", "itself"))
MANY = frozenset(("they", "them", "their", "theirs", "themselves"))
FIRST = frozenset(("i", "me", "my", "mine", "myself", "we", "us", "our", "ours", "ourselves"))
RELATIVE = frozenset(("who", "which", "that", "whom", "whose"))
PRONOUNS = frozenset((*PERSONS, *THINGS, *MANY, *FIRST, *RELATIVE))
_KINDS = {
    "it": frozenset(("organisation", "place", "thing", "other")),
    "they": frozenset(("group", "organisation", "pair")),
}
_WEATHER = frozenset(
    (
        *("rains", "rained", "rain", "raining", "snows", "snowed", "snow", "snowing"),
        *("seems", "seemed", "appears", "appeared", "turns", "turned", "happens", "happened", "depends", "matters"),
        *("takes", "took"),
    )
)
"""Verbs whose "it" is nobody."""
_OWNING = frozenset(("his", "her", "its", "their"))
FAR_MANY = 2
"""So many sentences back "they" looks."""
SEVERAL = (0.5, 0.65)
"""The share of confidence left to "they" for a body, and for several who were described: more often than not it is
those of whom the page says least."""
OWN_VOICE = 0.8
"""Confidence that "we" outside of quotations is the page's outlet; told by hand."""
_ONE_WRITER = re.compile(r"[^\W\d_][\w.'’-]{0,30}(?: (?!and )[^\W\d_][\w.'’-]{0,30}){0,3}")
LATER = 1.4
"""The score of the subject behind an opening phrase with a pronoun: as of a subject in the same sentence, less what
makes a name before it likelier."""


def third(
    discourse: Discourse, place: Place, start: int, never: frozenset[str] = frozenset()
) -> list[tuple[str, float]]:
    """Whom "he", "it" or "they" at a place means, with confidences, best first; none of `never`."""
    page = discourse.page
    low = page.low(place)
    if low in THINGS and _expletive(page, place):
        return []
    wanted = wanted_by(discourse, place, start)
    wanted = replace(wanted, never=wanted.never | never)
    ranked = discourse.ranked(start, wanted)
    ranked = _later(discourse, place, start, wanted, ranked)
    if low in MANY:
        return [(key, round(sure * SEVERAL[key.startswith("@")], 3)) for key, sure in sureness(ranked)]
    return sureness(ranked)


def wanted_by(discourse: Discourse, place: Place, start: int) -> Wanted:
    """Whom a pronoun can mean: its gender and kind; not who else acts in its clause, nor who is named in what it
    tells."""
    page = discourse.page
    low = page.low(place)
    kinds = frozenset(("person",)) if low in PERSONS else _KINDS["it" if low in THINGS else "they"]
    never = set[str]()
    if low not in _OWNING and not low.endswith("self"):
        never |= _beside(discourse, place)
    far = FAR if low not in MANY else FAR_MANY
    return Wanted(PERSONS.get(low), kinds, frozenset(never), content_of(page, start), far=far)


def _beside(discourse: Discourse, place: Place) -> set[str]:
    """Who else acts in the clause of a pronoun: "Orlova saw her" is of two, and so is "she told Orlova"."""
    tree = discourse.page.trees[place.sentence]
    verb = tree.above[place.at]
    relation = tree.words[place.at].relation
    if verb is None or relation not in ("dobj", "iobj", "nsubj"):
        return set()
    others = ("dobj", "iobj") if relation == "nsubj" else ("nsubj",)
    out = set[str]()
    for other in (found for one in others if (found := tree.child(verb, one)) is not None):
        start = tree.words[other].start
        named = discourse.page.mention_over(start, tree.words[other].end)
        if named is not None:
            out.add(named.name)
        elif relation != "nsubj":
            out |= {event.key for event in discourse.before(start + 1)[:3] if event.start == start}
    return out


def _expletive(page: Page, place: Place) -> bool:
    """Whether "it" is nobody: "it is clear that …", "it seems", "it takes"."""
    tree = page.trees[place.sentence]
    above = tree.above[place.at]
    if above is None or tree.words[place.at].relation not in ("nsubj", "nsubjpass", "expl"):
        return tree.words[place.at].relation == "expl"
    word = tree.words[above]
    if page.low(Place(place.sentence, above)) in _WEATHER:
        return True
    clause = tree.child(above, "ccomp") is not None or tree.child(above, "xcomp") is not None
    return word.pos[:2] in ("JJ", "RB") and clause


def _later(discourse: Discourse, place: Place, start: int, wanted: Wanted, ranked: Ranked) -> Ranked:
    """The ranked with the subject behind an opening phrase among them."""
    page = discourse.page
    best = dict(ranked)
    for mention in subjects_behind(page, place, start):
        known = discourse.people.get(mention.name)
        gender = discourse.gender_of(mention.name)
        fits = wanted.gender is None or gender in (None, wanted.gender)
        if known and str(mention.kind) in wanted.kinds and fits and mention.name not in wanted.never:
            discourse.shown[mention.name] = mention.name
            score = LATER + (0.6 if gender and gender == wanted.gender else 0)
            best[mention.name] = max(best.get(mention.name, score), score)
    return sorted(best.items(), key=lambda pair: (-pair[1], pair[0]))


def own_voice(discourse: Discourse, start: int) -> list[tuple[str, float]]:
    """Whom "we" and "I" mean who say something where nobody is quoted: whoever publishes the page, and who wrote it."""
    page = discourse.page
    told = page.told.get(start)
    does = page.doc.words(told.cue).lower().split() if told else []
    place = page.word_at(start)
    verb = page.trees[place.sentence].above[place.at] if place else None
    does += [page.low(Place(place.sentence, verb))] if place and verb is not None else []
    if page.quoted(start) or page.around(start) or not lexicon().publishing.intersection(does):
        return []
    we = page.text[start : start + 1].lower() in "wou"
    name = page.doc.outlet if we and page.doc.outlet else page.doc.byline
    if name is None or not (we or _ONE_WRITER.fullmatch(name)):
        return []
    discourse.shown.setdefault(name, name)
    return [(name, OWN_VOICE)]


def antecedent(page: Page, place: Place) -> Place | None:
    """The noun that a relative pronoun stands for."""
    tree = page.trees[place.sentence]
    at: int | None = place.at
    for _ in range(8):
        if at is None:
            return None
        above = tree.above[at]
        if tree.words[at].relation in ("acl:relcl", "acl") and above is not None and above < place.at:
            return Place(place.sentence, above)
        at = above
    if place.at and tree.words[place.at - 1].pos[:2] in ("NN", "CD"):
        return Place(place.sentence, place.at - 1)
    if place.at > 1 and page.text[slice(*tree.span(place.at - 1, place.at))] == ",":
        return Place(place.sentence, place.at - 2) if tree.words[place.at - 2].pos[:2] == "NN" else None
    return None
