"""Whether a sentence bears on a condition, and which way: against pairs that a reader marked blind to the code.

`bench/blind/evidence_pairs.jsonl` holds them as page, offsets and label: half from PolNeAR dev, half from the bundled
crisis, chosen to be hard (sentences without a word in common that bear on a condition, and such with many that do not).
Direction is measured on pairs that were found to bear, and of those on the ones that were decided. The marks name a
situation of the crisis by what comes about, one of PolNeAR by its words as they stand.
"""

import json
from collections.abc import Iterator
from typing import Any

from bench.crisis_gold import marked_pages
from bench.figures import Counts, Figure, interval, sampled, share, told, total
from bench.pages import packed
from bench.room import ROOT, Room, read_jsonl
from tocsin.link.direction import negated
from tocsin.link.evidence import Bearing, bearing, senses
from tocsin.link.likeness import core
from tocsin.link.wording import content, terms, weight

PAIRS = ROOT / "bench" / "blind" / "evidence_pairs.jsonl"
POLNEAR = "polnear/dev.jsonl.gz"
TURNED = {"for": "against", "against": "for", None: None}


def evidence(room: Room) -> list[Figure]:
    """Relevance and direction, one unit a condition."""
    units = [_counts(pairs) for pairs in _by_condition(room)]
    got = total(units)
    out = []
    for name, met, whole, bar in (
        ("relevance_p", "met", "found", 0.85),
        ("relevance_r", "met", "gold", 0.5),
        ("direction", "right", "decided", 0.9),
    ):
        out.append(_figure(name, units, (met, whole), bar))
    return [
        *out,
        told("decided", share("decided", "met")(got), anchor="of those found to bear"),
        told("pairs", got["pairs"]),
    ]


def _figure(name: str, units: list[Counts], parts: tuple[str, str], bar: float) -> Figure:
    statistic = share(*parts)
    return sampled(name, statistic(total(units)), lambda: interval(units, statistic), bar=bar)


def _texts(room: Room) -> dict[str, dict[str, str]]:
    polnear = {one["id"]: one["text"] for one in packed(room.at(POLNEAR))}
    crisis = {page.name: page.reading["text"] for page in marked_pages(room) if page.reading["text_id"] == page.text_id}
    return {"polnear": polnear, "crisis": crisis}


def _by_condition(room: Room) -> Iterator[list[tuple[str, Bearing | None]]]:
    """For each condition its pairs: the label, and what was found."""
    texts = _texts(room)
    groups: dict[str, list[dict[str, Any]]] = {}
    for pair in read_jsonl(PAIRS):
        on = texts[pair["set"]]
        if pair["atom"]["page"] in on and pair["sentence"]["page"] in on:
            groups.setdefault(json.dumps([pair["set"], pair["atom"]["page"], pair["atom"]["span"]]), []).append(pair)
    for pairs in groups.values():
        on = texts[pairs[0]["set"]]
        page, spans = on[pairs[0]["atom"]["page"]], pairs[0]["atom"]["span"]
        words = " ".join(page[start:end] for start, end in spans)
        own = core(words)
        said = {sense for sense, _, _ in own}
        around = {
            one.sense: weight(one.sense) for one in content(terms(_sentence(page, spans))) if one.sense not in said
        }
        as_it_stands = pairs[0]["set"] == "polnear" and negated(terms(words))
        out = []
        for pair in pairs:
            start, end = pair["sentence"]["span"]
            found = bearing(own, around, senses(on[pair["sentence"]["page"]][start:end]))
            if found and as_it_stands:
                found = Bearing(found.score, TURNED[found.direction], found.reasons)  # type: ignore[arg-type]
            out.append((pair["label"], found))
        yield out


def _sentence(text: str, spans: list[list[int]]) -> str:
    """The sentence that holds a condition, roughly: to the next full stop or line end on either side."""
    start = max(text.rfind(mark, 0, spans[0][0]) + len(mark) for mark in (". ", "\n"))
    ends = [place for mark in (". ", "\n") if (place := text.find(mark, spans[-1][1])) >= 0]
    return text[max(0, start) : min(ends, default=len(text))]


def _counts(pairs: list[tuple[str, Bearing | None]]) -> Counts:
    bears = [(label, found) for label, found in pairs if label != "neither" and found]
    return {
        "pairs": len(pairs),
        "gold": sum(label != "neither" for label, _ in pairs),
        "found": sum(found is not None for _, found in pairs),
        "met": len(bears),
        "decided": sum(found.direction is not None for _, found in bears),
        "right": sum(found.direction == label for label, found in bears),
    }
