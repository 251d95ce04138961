"""How far two readers agree who marked a third of the bundled pages apart: what no reading can be expected to beat.

The second reader's marks lie in `bench/gold/second/` as they were made, before anything was settled;
`bench/gold/first/` keeps what the first reader had written of a layer where the gold has been changed since.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from bench.crisis import ACTION_MET, CONTENT_MET, f_of
from bench.crisis_gold import GOLD, Mark, aliases, layer
from bench.figures import Figure, Statistic, interval, share, told, total
from bench.matching import SameName, f1, pairs
from bench.room import Room, read_jsonl

SECOND = GOLD / "second"


def agreement(_room: Room) -> list[Figure]:
    """Lines (share and Cohen's kappa), attributions, speakers, commitments, conditions: the second reader's against
    the first's."""
    same = SameName(aliases())
    names = sorted({one["page"] for one in _second("lines")})
    units = [_page(name, same) for name in names]
    got = total(units)

    def figure(name: str, statistic: Statistic) -> Figure:
        low, high = interval(units, statistic)
        return told(name, statistic(got), anchor=f"95 %: {low:.2f} to {high:.2f}")

    return [
        told("pages", float(len(names))),
        figure("lines", share("lines_met", "lines")),
        told("lines_kappa", _kappa(names)),
        figure("attributions_f1", f_of("attributions_met", "attributions_one", "attributions_other")),
        figure("speakers", share("speakers_met", "attributions_met")),
        figure("commitments_f1", f_of("commitments_met", "commitments_one", "commitments_other")),
        figure("conditional_f1", f_of("conditional_met", "conditional_one", "conditional_other")),
        figure("conditions_f1", f_of("conditions_met", "conditions_one", "conditions_other")),
        figure("polarity", share("polarity_met", "commitments_met")),
        figure("kind", share("kind_met", "commitments_met")),
    ]


def _second(name: str) -> Sequence[Mark]:
    return tuple(read_jsonl(SECOND / f"{name}.jsonl"))


def _first(name: str) -> Sequence[Mark]:
    kept: Path = GOLD / "first" / f"{name}.jsonl"
    return tuple(read_jsonl(kept)) if kept.exists() else layer(name)


def _page(name: str, same: SameName) -> dict[str, float]:
    out: Counter[str] = Counter()
    first = {one["line"]: one["label"] for one in _first("lines") if one["page"] == name}
    second = {one["line"]: one["label"] for one in _second("lines") if one["page"] == name}
    out["lines"], out["lines_met"] = len(first), sum(second.get(line) == label for line, label in first.items())
    _attributions(name, same, out)
    _commitments(name, same, out)
    return dict(out)


def _marks(marks: Sequence[Mark], name: str) -> list[Mark]:
    return [one for one in marks if one["page"] == name]


def characters(spans: Sequence[Mark] | None) -> frozenset[int]:
    """The code points of a mark's spans: both readers saw the same text."""
    return frozenset(at for span in spans or () for at in range(span["start"], span["end"]))


def _attributions(name: str, same: SameName, out: Counter[str]) -> None:
    one, other = _marks(_first("attributions"), name), _marks(_second("attributions"), name)
    met = pairs(one, other, lambda a, b: f1(characters(a["content"]), characters(b["content"])), CONTENT_MET)
    out["attributions_one"], out["attributions_other"], out["attributions_met"] = len(one), len(other), len(met)
    out["speakers_met"] = sum(_alike(same, one[i]["speaker"], other[j]["speaker"]) for i, j in met)


def _alike(same: SameName, one: str | None, other: str | None) -> bool:
    return same(one, other) or not (one or other)


def _commitments(name: str, same: SameName, out: Counter[str]) -> None:
    one, other = _marks(_first("commitments"), name), _marks(_second("commitments"), name)

    def score(a: Mapping[str, Any], b: Mapping[str, Any]) -> float:
        held = characters(a["holder"]) & characters(b["holder"]) or same(a["holder_name"], b["holder_name"])
        return f1(characters(a["action"]), characters(b["action"])) if held else 0.0

    met = pairs(one, other, score, ACTION_MET)
    out["commitments_one"], out["commitments_other"], out["commitments_met"] = len(one), len(other), len(met)
    out["conditional_one"] = sum(bool(each["conditions"]) for each in one)
    out["conditional_other"] = sum(bool(each["conditions"]) for each in other)
    out["conditions_one"] = sum(len(each["conditions"]) for each in one)
    out["conditions_other"] = sum(len(each["conditions"]) for each in other)
    for i, j in met:
        a, b = one[i], other[j]
        out["conditional_met"] += bool(a["conditions"]) and bool(b["conditions"])
        out["polarity_met"] += a["polarity"] == b["polarity"]
        out["kind_met"] += a["kind"] == b["kind"]
        out["conditions_met"] += len(
            pairs(
                a["conditions"],
                b["conditions"],
                lambda x, y: f1(characters(x["span"]), characters(y["span"])),
                ACTION_MET,
            )
        )


def _kappa(names: Sequence[str]) -> float:
    """Cohen's kappa of the labels (Cohen, Educational and Psychological Measurement 20, 1960)."""
    first = {(one["page"], one["line"]): one["label"] for one in _first("lines") if one["page"] in names}
    second = {(one["page"], one["line"]): one["label"] for one in _second("lines")}
    both = sorted(first.keys() & second.keys())
    if not both:
        return 0.0
    agreed = sum(first[each] == second[each] for each in both) / len(both)
    ones, others = Counter(first[each] for each in both), Counter(second[each] for each in both)
    chance = sum(ones[label] * others[label] for label in ones) / len(both) ** 2
    return (agreed - chance) / (1 - chance) if chance < 1 else 1.0
