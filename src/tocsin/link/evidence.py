"""Evidence: sentences on any page that bear on a situation, for or against it.

Invariants: whether a sentence bears on a situation comes from likeness (predicate, things and names in common), which
way it points from structure alone (`direction.py`); where the structure leaves it open, the direction is null and waits
for a person. What is wished, threatened, forecast, asked or set as a condition is no evidence, nor is the telling that
names the situation itself. A row is a function of its pair.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from tocsin.core.ids import short_id
from tocsin.core.rows import Edge, Facts, Item, Row
from tocsin.link.closing import Pairs
from tocsin.link.direction import Status, elsewhere, excluding, joined, of_old, statuses
from tocsin.link.likeness import Core, happening, mass, senses_of_name
from tocsin.link.meanings import classes, implied, things
from tocsin.link.wording import Term, content, terms, weight, words

COVERED = 0.45
"""Share of a situation's weight, what happens among it, that a sentence must hold to bear on it by itself. Set, as the
next three, by a sweep over the blind pairs and the bundled crisis (`python -m bench --only evidence`, `crisis_case`):
precision moves by few points between 0.35 and 0.6. Likeness of meaning (`tocsin.model.vectors`) was tried there too and
added nothing: beside sentences that say the same of others, it knows neither who nor whether."""
WITH_CONTEXT = 0.25
"""The same where the sentence also names something of the situation's surroundings (who would act, the act)."""
WITHOUT = 0.75
"""The same where nothing is known to happen in the situation's words; such evidence has no direction."""
LEAST = 4.5
"""Weight of what the sentence holds of the situation: two ordinary words, or one that is not."""
DONE = 0.7
"""Share of an act's weight that a report of the act itself must hold, beside its holder's name. Kept high: that a
promise was kept is believed too easily."""
MAIN = 0.7
"""Share of what happens in a situation, by weight, that a sentence must tell or exclude to say which way it points:
"the ban" alone does not say whether it is struck down. Set on the invented items (`python -m bench --only likeness`):
between 0.3 and 0.9 direction rises from 0.82 to 0.88 of ever fewer that are decided."""
ALONE = 2
"""Words that a sentence must hold of a situation where it names nothing of it nor of its surroundings: "the strike"
alone is anybody's."""
CONTEXT_WEIGHT = 3.0
"""Weight of the surroundings that makes them count: a rare word, or a name and another."""
DIRECTIONS: Mapping[Status, Literal["for", "against"]] = {"yes": "for", "no": "against"}
WITH, HEADS = 8, 4
"""The heaviest words of a sentence that are keys with what happens in it, and with one another: some 20 keys."""
SENTENCE = 60
"""Words of a sentence that are looked at; what is longer is a list."""


@dataclass(frozen=True, slots=True)
class Bearing:
    """How a sentence bears on a situation: likeness from 0 to 1, which way (None: left open), and why."""

    score: float
    direction: Literal["for", "against"] | None
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Sentence:
    """What each word of a sentence is said as, and the names in it of places and owners ("at Sill", "Sill's"). Where
    `elsewhere`, it speaks of a like thing that is another's."""

    said: Mapping[str, Status]
    wider: frozenset[str] = frozenset()
    """Those of `said` that are only implied ("shelled": attacked): they exclude nothing: that would be two steps."""
    places: frozenset[str] = frozenset()
    elsewhere: bool = False


def senses(text: str, published: str | None = None) -> Sentence:
    """A sentence as it is compared. All of one that dates itself to an earlier year than that of `published`, the first
    day on which its page can have been, is unreal: it brings no news."""
    text = text[: SENTENCE * 12]
    found = terms(text)[:SENTENCE]
    told = statuses(text, found)
    at = {term.start: place for place, term in enumerate(found)}
    every: dict[str, list[Status]] = {}
    places, own, wider = set(), set(), set()
    for one in content(found):
        status = told[at[one.start]]
        own.add(one.sense)
        every.setdefault(one.sense, []).append(status)
        if status != "no" or one.sense in things():
            for sense in implied().get(one.sense, ()):
                wider.add(sense)
                every.setdefault(sense, []).append(status)
        if one.name and one.sense not in classes() and _of_a_place(text, found, at[one.start]):
            places.add(one.sense)
    old = of_old(text, published)
    said: dict[str, Status] = {sense: "unreal" if old else joined(ways) for sense, ways in every.items()}
    return Sentence(said, frozenset(wider - own), frozenset(places), elsewhere(text))


def _of_a_place(text: str, found: Sequence[Term], place: int) -> bool:
    """Whether a name says where or whose: behind a preposition, or with an 's."""
    if text[found[place].end - 2 : found[place].end] in ("'s", "’s"):
        return True
    return any(term.low in words("where") for term in found[max(0, place - 2) : place])


@dataclass(slots=True)
class _Held:
    """What a sentence holds of a situation: words with their weights, how what happens is told, and how what excludes
    it is; whether anything is known to happen."""

    words: list[tuple[str, float]]
    told: list[Status]
    excluding: list[Status]
    happens: bool = False
    done: float = 0.0
    """Weight of what happens that is held, or excluded."""


def bearing(core: Core, context: Mapping[str, float], sentence: Sentence) -> Bearing | None:
    """How a sentence bears on a situation; None: not at all."""
    said = sentence.said
    held = _held(core, sentence)
    around = sum(value for sense, value in context.items() if sense in said)
    if not _bears(core, held, around, said) or _of_another(core, context, sentence, around):
        return None
    told = [*held.told, *(_turned(one) for one in held.excluding)]
    way = joined(told)
    spoken_of = any(role == "do" and sense not in said for sense, _, role in core) and not held.excluding
    if "unreal" in told or (way == "open" and spoken_of):
        return None
    if not held.happens or held.done < MAIN * sum(value for _, value, role in core if role == "do"):
        way = "open"
    if way == "yes" and any(said.get(sense) == "no" for sense, _, role in core if role == "thing"):
        way = "open"
    reasons = [f"says {', '.join(sense for sense, _ in held.words)}"]
    reasons += ["which excludes it"] if held.excluding else []
    share = sum(value for _, value in held.words) / mass(core)
    score = round(min(1.0, share * 0.8 + min(around, 10.0) * 0.02), 4)
    return Bearing(score, DIRECTIONS.get(way), tuple(reasons))


def _of_another(core: Core, context: Mapping[str, float], sentence: Sentence, around: float) -> bool:
    """Whether a sentence tells the same of others: it names another place or owner, or says so, and nothing that the
    situation or its surroundings name."""
    names = [sense for sense, _, role in core if role == "name"]
    known = {sense for sense, _, _ in core} | context.keys()
    if sentence.elsewhere and not (names and all(sense in sentence.said for sense in names)):
        return True
    near = any(sense in sentence.said for sense in names) or around >= CONTEXT_WEIGHT
    return bool(names) and bool(sentence.places - known) and not near


def _held(core: Core, sentence: Sentence) -> _Held:
    said = sentence.said
    held = _Held([], [], [])
    for sense, value, role in core:
        others = excluding().get(sense, frozenset()) if role == "do" else frozenset()
        against = sorted((others & said.keys()) - sentence.wider)
        if sense in said:
            held.words.append((sense, value))
            if role in ("do", "head"):
                held.told.append(said[sense])
                held.happens = held.happens or role == "do"
            held.done += value if role == "do" else 0.0
        elif against:
            held.words.append((against[0], value))
            held.excluding.append(said[against[0]])
            held.happens = True
            held.done += value
    return held


def _bears(core: Core, held: _Held, around: float, said: Mapping[str, Status]) -> bool:
    """Whether what is held is enough: what happens, a thing, and most of the rest or some of it and surroundings."""
    covered = sum(value for _, value in held.words)
    share = covered / mass(core) if core else 0.0
    near = around >= CONTEXT_WEIGHT
    if not (held.told or held.excluding) or covered < LEAST:
        return False
    if share < COVERED and not (share >= WITH_CONTEXT and near):
        return False
    named = any(role == "name" and sense in said for sense, _, role in core)
    if not (near or named) and len(held.words) < ALONE:
        return False
    if not held.happens and (len(held.words) < 2 or share < WITHOUT or not (near or named)):
        return False
    return around >= 2 * CONTEXT_WEIGHT or _names_a_thing(core, said)


def _names_a_thing(core: Core, said: Mapping[str, Status]) -> bool:
    """Whether a sentence names something that the situation is about, where its words name anything."""
    things_ = [sense for sense, _, role in core if role != "do"]
    return not things_ or any(sense in said for sense in things_)


def _turned(status: Status) -> Status:
    """A thing that is opposed to another: said, it denies that other; denied, it leaves it open."""
    return "no" if status == "yes" else "open" if status == "no" else status


def _keys_of_situation(core: Core, context: Mapping[str, float]) -> tuple[str, ...]:
    """Something that happens (or what it excludes) with each other word of the situation or of its surroundings: two of
    them is what a sentence must hold, unless what happens is rare and all that is said."""
    heads = {sense for sense, _, role in core if role in ("do", "head")}
    heads |= {other for sense in heads for other in excluding().get(sense, ())}
    others = {sense for sense, _, _ in core} | context.keys()
    pairs = {" ".join(sorted((head, other))) for head in heads for other in others if other != head}
    alone = {core[0][0]} if len(core) == 1 else set()
    return tuple(sorted(pairs | alone))


def _keys_of_claim(said: Mapping[str, Status]) -> tuple[str, ...]:
    """What is told to happen with the heaviest other words, and the heaviest of those in pairs."""
    heavy = sorted(said, key=lambda sense: (-weight(sense), sense))[:WITH]
    told = sorted(sense for sense in said if happening(sense) and said[sense] != "unreal")
    pairs = {" ".join(sorted((head, other))) for head in told for other in heavy if other != head}
    pairs |= {" ".join(sorted((one, other))) for n, one in enumerate(heavy[:HEADS]) for other in heavy[n + 1 : HEADS]}
    pairs |= {f"{name} did {sense}" for sense in told if said[sense] == "yes" for name in heavy if not happening(name)}
    return tuple(sorted(pairs | {sense for sense in told if weight(sense) >= LEAST}))


def _item(row: Row, _facts: Facts) -> Item | None:
    data = row.data
    if row.kind == "situation":
        if not data["core"]:
            return None
        told = [[one["doc"], one["spans"], one["telling"]] for one in data["told"]]
        kept = {"core": data["core"], "context": {one: round(weight(one), 3) for one in data["context"]}, "told": told}
        return Item(_keys_of_situation(data["core"], kept["context"]), kept, "a")
    if row.kind == "wording":
        return _act(data)
    sentence = senses(data["text"], data["published"]["earliest"])
    said = sentence.said
    if not said or all(one == "unreal" for one in said.values()):
        return None
    kept = {name: data[name] for name in ("doc", "page", "outlet", "speaker", "speaker_key", "own_voice", "published")}
    kept |= {"span": data["span"], "said": dict(said), "label": data["label"]}
    kept |= {"wider": sorted(sentence.wider), "places": sorted(sentence.places), "elsewhere": sentence.elsewhere}
    keys = _keys_of_claim(said)
    return Item(keys, kept, "b") if keys else None


def _act(data: dict[str, Any]) -> Item | None:
    """An act that somebody by name will do: met with sentences that say that he did."""
    holder = sorted(senses_of_name(data["holder"]))
    done = sorted(sense for sense, _, role in data["core"] if role == "do")
    if data["polarity"] != "will" or data["vague"] or not holder or not done or len(data["core"]) < 2:
        return None
    told = [[one["doc"], [one["span"]], one["id"]] for one in data["tellings"]]
    keys = tuple(f"{name} did {sense}" for name in holder for sense in done)
    return Item(keys, {"core": data["core"], "context": {}, "told": told, "holder": holder}, "a")


def _pair(a: Row, b: Row) -> Edge | None:
    start, end = b.data["span"]
    for doc, spans, _ in a.data["told"]:
        if doc == b.data["doc"] and any(start < last and first < end for first, last in spans):
            return None
    wider, places = frozenset(b.data["wider"]), frozenset(b.data["places"])
    sentence = Sentence(b.data["said"], wider, places, b.data["elsewhere"])
    found = bearing(a.data["core"], a.data["context"], sentence)
    if found is None or (a.kind == "wording" and not _did(a.data, b.data["said"], found)):
        return None
    return Edge("maybe", found.score, (found.direction or "", *found.reasons))


def _did(act: dict[str, Any], said: Mapping[str, Status], found: Bearing) -> bool:
    """Whether a sentence tells that a holder did what he said: he is named, and most of the act is told as done."""
    core: Core = act["core"]
    held = mass([entry for entry in core if entry[0] in said])
    done = all(said.get(sense) == "yes" for sense, _, role in core if role == "do")
    return (
        found.direction == "for" and done and held >= DONE * mass(core) and all(name in said for name in act["holder"])
    )


def _rows(edge: Edge, a: Row, b: Row) -> Row:
    data = {name: b.data[name] for name in b.data if name not in ("said", "wider", "places", "elsewhere")}
    data |= {"claim": b.id, "score": edge.score, "reasons": list(edge.reasons[1:])}
    if a.kind == "wording":
        return Row("deed", short_id("v", [a.id, b.id]), {**data, "wording": a.id})
    data |= {"situation": a.id, "direction": edge.reasons[0] or None, "by": None}
    return Row("evidence", short_id("e", [a.id, b.id]), data)


EVIDENCE = Pairs("evidence", "evidence/5", ("situation", "wording", "claim"), _item, _pair, _rows)
