"""What of one situation or act is found again in other words: against invented items that two writers made blind.

`bench/blind/likeness.jsonl` holds, for each of 143 invented crises, five wordings of one situation and four of its
neighbours; sentences that say that it came about, that it did not, or neither; five tellings of one act and four of
others. P was read while `link/data/meaning` was made, Q was not: only its figures were. The sentences are chosen to be
hard, so that the figures are no forecast for a case; they say what a change of words or structure is worth.
"""

import re
from collections import defaultdict
from itertools import combinations
from typing import Any

from bench.figures import Counts, Figure, interval, sampled, share, told, total
from bench.room import ROOT, Room, read_jsonl
from tocsin.core.rows import Row
from tocsin.link.atoms import ATOMS, CONDITIONS, SITUATIONS
from tocsin.link.commitments import COMMITMENTS
from tocsin.link.direction import negated
from tocsin.link.evidence import bearing, senses
from tocsin.link.likeness import core
from tocsin.link.wording import content, terms, weight

ITEMS = ROOT / "bench" / "blind" / "likeness.jsonl"
TURNED = {"for": "against", "against": "for", None: None}
_BRACKETED = re.compile(r"\[([^\[\]]*)\]")
_MADE = "2031-01-01T00:00:00Z"


def likeness(_room: Room) -> list[Figure]:
    """Relevance and direction of sentences, and unions of situations and of acts; one unit an item."""
    out = []
    for name in ("P", "Q"):
        items = [one for one in read_jsonl(ITEMS) if one["id"].startswith(name)]
        units: list[Counts] = [{**_evidence(one), **_situations(one), **_acts(one)} for one in items]
        low = name.lower()
        for figure, part, whole, bar in (
            ("relevance_p", "met", "found", 0.85),
            ("relevance_r", "met", "gold", 0.5),
            ("direction", "right", "decided", 0.9),
            ("situations_p", "one", "united", None),
            ("situations_r", "one", "pairs", None),
            ("acts_p", "act", "acts_united", None),
            ("acts_r", "act", "acts_pairs", None),
        ):
            out.append(_figure(f"{low}_{figure}", units, (part, whole), bar))
        out.append(told(f"{low}_decided", share("decided", "met")(total(units)), anchor="of those found to bear"))
        out.append(told(f"{low}_items", len(items)))
    return out


def _figure(name: str, units: list[Counts], parts: tuple[str, str], bar: float | None) -> Figure:
    statistic = share(*parts)
    return sampled(name, statistic(total(units)), lambda: interval(units, statistic), bar=bar)


def _about(item: dict[str, Any]) -> str:
    """What a case knows around a situation: who would act, and the act."""
    return f"{item['holder'][0]} {item['act']['tellings'][0]}".replace("[", "").replace("]", "")


def _evidence(item: dict[str, Any]) -> Counts:
    counts: dict[str, float] = defaultdict(float)
    around = {one.sense: weight(one.sense) for one in content(terms(_about(item)))}
    said = {label: [senses(text) for text in item["condition"][label]] for label in ("for", "against", "neither")}
    for words in item["condition"]["wordings"]:
        own = core(words)
        held = {sense for sense, _, _ in own}
        context = {sense: value for sense, value in around.items() if sense not in held}
        turned = negated(terms(words))
        for label, sentences in said.items():
            found = [bearing(own, context, sentence) for sentence in sentences]
            ways = [TURNED[one.direction] if turned else one.direction for one in found if one]
            counts["found"] += len(ways)
            if label != "neither":
                counts["gold"] += len(found)
                counts["met"] += len(ways)
                counts["decided"] += sum(way is not None for way in ways)
                counts["right"] += sum(way == label for way in ways)
    return counts


def _situation(number: int, words: str, about: str) -> Row:
    """The situation that words name, made by the stages of `link/` from a watch for them."""
    value = {"name": None, "place": about, "who": (), "shows": (), "words": words}
    row = Row(
        "decision",
        f"w{number}",
        {"act": "watch", "value": value, "about": [{"exact": words}], "by": "bench", "made": _MADE},
    )
    made = SITUATIONS.rows("", CONDITIONS.rows("", (row,)))[0]
    item = ATOMS.item(made, defaultdict(tuple))
    assert item is not None
    return Row("situation", made.id, dict(item.data))


def _situations(item: dict[str, Any]) -> Counts:
    about, told_as = _about(item), item["condition"]
    own = [_situation(n, words, about) for n, words in enumerate(told_as["wordings"])]
    others = [_situation(len(own) + n, words, about) for n, words in enumerate(told_as["other"])]
    one = sum(_same(ATOMS.pair(a, b)) for a, b in combinations(own, 2))
    wrong = sum(_same(ATOMS.pair(a, b)) for a in own for b in others)
    return {"one": one, "united": one + wrong, "pairs": len(own) * (len(own) - 1) / 2}


def _act(number: int, telling: str) -> Row:
    words = " ".join(_BRACKETED.findall(telling))
    data: dict[str, Any] = {"actor": "somebody", "vague": False, "polarity": "will", "core": core(words)}
    return Row("wording", f"a{number}", data | {name: [] for name in ("targets", "atoms", "tellers", "tellings")})


def _acts(item: dict[str, Any]) -> Counts:
    own = [_act(n, telling) for n, telling in enumerate(item["act"]["tellings"])]
    others = [_act(len(own) + n, telling) for n, telling in enumerate(item["act"]["other"])]
    one = sum(_same(COMMITMENTS.pair(a, b)) for a, b in combinations(own, 2))
    wrong = sum(_same(COMMITMENTS.pair(a, b)) for a in own for b in others)
    return {"act": one, "acts_united": one + wrong, "acts_pairs": len(own) * (len(own) - 1) / 2}


def _same(edge: Any) -> bool:
    return edge is not None and edge.kind == "same"
