"""Evidence: sentences on any page that bear on a situation, for or against it.

Invariants: whether a sentence bears on a situation comes from likeness (predicate, things and names in common), which
way it points from structure alone (`direction.py`); where the structure leaves it open, the direction is null and waits
for a person. What is wished, threatened, forecast, asked or set as a condition is no evidence, nor is the telling that
names the situation itself. A row is a function of its pair.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from tocsin.core.ids import short_id
from tocsin.core.rows import Edge, Facts, Item, Row
from tocsin.link.closing import Pairs
from tocsin.link.direction import Status, joined, of_old, opposed, statuses
from tocsin.link.likeness import Core, happening, mass
from tocsin.link.wording import content, terms, weight

COVERED = 0.6
"""Share of a situation's weight, its predicate among it, that a sentence must hold to bear on it by itself."""
WITH_CONTEXT = 0.45
"""The same where the sentence also names something of the situation's surroundings (who would act, the act)."""
LEAST = 6.0
"""Weight of what the sentence holds of the situation: two ordinary words, or one that is rare."""
CONTEXT_WEIGHT = 3.0
"""Weight of the surroundings that makes them count: a rare word, or a name and another."""
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


def senses(text: str, published: str | None = None) -> dict[str, Status]:
    """What each word of a sentence is said as. All of a sentence that dates itself to an earlier year is unreal: it
    brings no news."""
    found = terms(text[: SENTENCE * 12])[:SENTENCE]
    said = statuses(text, found)
    place = {term.start: status for term, status in zip(found, said, strict=True)}
    every: dict[str, list[Status]] = {}
    for one in content(found):
        every.setdefault(one.sense, []).append(place[one.start])
    old = of_old(text, published)
    return {sense: "unreal" if old else joined(told) for sense, told in every.items()}


def bearing(core: Core, context: Mapping[str, float], said: Mapping[str, Status]) -> Bearing | None:
    """How a sentence, of which `said` holds the words, bears on the situation with this core; None: not at all."""
    if not core:
        return None
    held: list[tuple[str, float]] = []
    ways: list[Status] = []
    opposite: list[Status] = []
    happens = False
    for sense, value, role in core:
        against = sorted(opposed().get(sense, frozenset()) & said.keys()) if role == "do" else []
        if sense in said:
            held.append((sense, value))
            if role in ("do", "head"):
                ways.append(said[sense])
                happens = happens or role == "do"
        elif against:
            held.append((against[0], value))
            opposite.append(said[against[0]])
            happens = True
    covered = sum(value for _, value in held)
    around = sum(value for sense, value in context.items() if sense in said)
    share = covered / mass(core)
    enough = share >= COVERED or (share >= WITH_CONTEXT and around >= CONTEXT_WEIGHT)
    named = around >= CONTEXT_WEIGHT or len(held) > 1
    if not (ways or opposite) or not enough or covered < LEAST or not (named or (happens and len(core) == 1)):
        return None
    if not happens and len(held) < 2:
        return None
    told = [*ways, *(_turned(one) for one in opposite)]
    way = joined(told)
    if "unreal" in told or way == "unreal":
        return None
    reasons = [f"says {', '.join(sense for sense, _ in held)}"]
    reasons += ["which excludes it"] if opposite else []
    score = round(min(1.0, share * 0.8 + min(around, 10.0) * 0.02), 4)
    return Bearing(score, {"yes": "for", "no": "against"}.get(way), tuple(reasons))  # type: ignore[arg-type]


def _turned(status: Status) -> Status:
    """A thing that is opposed to another: said, it denies that other; denied, it leaves it open."""
    return "no" if status == "yes" else "open" if status == "no" else status


def _keys_of_situation(core: Core, context: Mapping[str, float]) -> tuple[str, ...]:
    """Something that happens (or what it excludes) with each other word of the situation or of its surroundings: two of
    them is what a sentence must hold, unless what happens is rare and all that is said."""
    heads = {sense for sense, _, role in core if role in ("do", "head")}
    heads |= {other for sense in heads for other in opposed().get(sense, ())}
    others = {sense for sense, _, _ in core} | context.keys()
    pairs = {" ".join(sorted((head, other))) for head in heads for other in others if other != head}
    return tuple(sorted(pairs | {sense for sense, value, role in core if role == "do" and value >= LEAST}))


def _keys_of_claim(said: Mapping[str, Status]) -> tuple[str, ...]:
    """What is told to happen with the heaviest other words, and the heaviest of those in pairs."""
    heavy = sorted(said, key=lambda sense: (-weight(sense), sense))[:WITH]
    told = sorted(sense for sense in said if happening(sense) and said[sense] != "unreal")
    pairs = {" ".join(sorted((head, other))) for head in told for other in heavy if other != head}
    pairs |= {" ".join(sorted((one, other))) for n, one in enumerate(heavy[:HEADS]) for other in heavy[n + 1 : HEADS]}
    return tuple(sorted(pairs | {sense for sense in told if weight(sense) >= LEAST}))


def _item(row: Row, _facts: Facts) -> Item | None:
    data = row.data
    if row.kind == "situation":
        if not data["core"]:
            return None
        told = [[one["doc"], one["spans"], one["telling"]] for one in data["told"]]
        kept = {"core": data["core"], "context": {one: round(weight(one), 3) for one in data["context"]}, "told": told}
        return Item(_keys_of_situation(data["core"], kept["context"]), kept, "a")
    said = senses(data["text"], data["published"]["latest"])
    if not said or all(one == "unreal" for one in said.values()):
        return None
    kept = {name: data[name] for name in ("doc", "page", "outlet", "speaker", "speaker_key", "own_voice", "published")}
    kept |= {"span": data["span"], "said": said, "label": data["label"]}
    keys = _keys_of_claim(said)
    return Item(keys, kept, "b") if keys else None


def _pair(a: Row, b: Row) -> Edge | None:
    start, end = b.data["span"]
    for doc, spans, _ in a.data["told"]:
        if doc == b.data["doc"] and any(start < last and first < end for first, last in spans):
            return None
    found = bearing(a.data["core"], a.data["context"], b.data["said"])
    if found is None:
        return None
    return Edge("maybe", found.score, (found.direction or "", *found.reasons))


def _rows(edge: Edge, a: Row, b: Row) -> Row:
    data = {name: b.data[name] for name in b.data if name != "said"}
    data |= {"situation": a.id, "claim": b.id, "direction": edge.reasons[0] or None, "score": edge.score}
    data |= {"reasons": list(edge.reasons[1:]), "by": None}
    return Row("evidence", short_id("e", [a.id, b.id]), data)


EVIDENCE = Pairs("evidence", "evidence/1", ("situation", "claim"), _item, _pair, _rows)
