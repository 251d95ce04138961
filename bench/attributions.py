"""Who said what on the marked political news of PolNeAR (`score_attributions.py`), and names and syntax there."""

import gzip
import json
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from bench.figures import Counts, Figure, Interval, Statistic, interval, sampled, told
from bench.room import Reading, Room, read_jsonl, write_jsonl

HEADLINE = ("full", "loose", "content", "cue")
"""What the scorer gives intervals for."""
ANCHORS = {"full": "rules .56, issue .70, people .72", "loose": "rules .63, issue .77, people .76"}
TOLD = {
    "reporting full": "issue .85, people .90",
    "reporting loose": "issue .91, people .94",
    "source exact": "issue .82, people .79",
    "content token": "issue .91",
    "content exact": "issue .66",
    "cue exact": "",
}
KINDS = ("direct", "mixed", "indirect")
NAMES = Path(__file__).resolve().parent / "names_gold.jsonl"
"""Names that a blind reader marked in PolNeAR dev: page, offsets and kind, no words."""
PASSAGES = NAMES.with_name("names_passages.jsonl")
"""The stretches of dev that were marked."""
NAME_KINDS = {"person": "issue .90", "place": "issue .88", "organisation": "issue .75"}
SYNTAX_PAGES = 4
"""Every so many pages are parsed for the figures of syntax."""


def gold_articles(room: Room) -> Path:
    """`polnear/dev` unpacked, as the scorer takes it."""
    out = room.work / "polnear_dev.jsonl"
    if not out.exists():
        with gzip.open(room.at("polnear/dev.jsonl.gz"), "rb") as packed:
            out.write_bytes(packed.read())
    return out


def _readings(room: Room) -> list[Reading]:
    gold = read_jsonl(gold_articles(room))
    return room.read_records("polnear_dev", [{"id": one["id"], "text": one["text"]} for one in gold])


def attributions(room: Room) -> list[Figure]:
    """`polnear/dev`: attribution F1 in four strictnesses, what they hang on, and by kind; names; syntax."""
    gold, read = gold_articles(room), _readings(room)
    predicted = [{"id": one["page"], "attributions": one["attributions"]} for one in read]
    pred = write_jsonl(room.work / "polnear_dev.pred.jsonl", predicted)
    figures = room.work / "polnear_dev.figures.json"
    room.score("score_attributions.py", gold, pred, "--json", figures, "--bootstrap", "1000")
    got = json.loads(figures.read_text(encoding="utf-8"))
    out = [_headline(name, got[f"attribution {name}"]) for name in HEADLINE]
    out += [told(f"full_{side}", got["attribution full"][side]) for side in ("p", "r")]
    out += [told(name.replace(" ", "_"), got[name]["f1"], anchor=anchor) for name, anchor in TOLD.items()]
    for kind in KINDS:
        anchor = "issue .91 / .90, people .95 / .94" if kind == "direct" else ""
        out += [told(f"full_{kind}_{side}", got[f"full {kind}"][side], anchor=anchor) for side in ("p", "r")]
    return [*out, *_names(read), *_syntax(room)]


def _headline(name: str, got: dict[str, float]) -> Figure:
    ends: Interval = (got["lo"], got["hi"])
    return sampled(name, got["f1"], lambda: ends, anchor=ANCHORS.get(name, ""))


def _names(read: Sequence[Reading]) -> list[Figure]:
    """F1 of names, span and kind, in the passages that were marked; a page at a time for the intervals."""
    pages = {one["page"]: one for one in read}
    gold: dict[str, set[tuple[int, int, str]]] = {}
    for one in read_jsonl(NAMES):
        gold.setdefault(one["id"], set()).add((one["start"], one["end"], one["kind"]))
    units: list[Counts] = []
    for passage in read_jsonl(PASSAGES):
        first, last, counts = passage["start"], passage["end"], Counter[str]()
        found = _mentions(pages.get(passage["id"], {}))
        for kind in NAME_KINDS:
            pair = ({one for one in side if one[2] == kind} for side in (gold.get(passage["id"], set()), found))
            wanted, had = ({one for one in side if first <= one[0] and one[1] <= last} for side in pair)
            counts.update({f"{kind}_both": len(wanted & had), kind: len(wanted) + len(had)})
        units.append(counts)
    whole = sum((Counter(one) for one in units), Counter[str]())
    out = []
    for kind, anchor in NAME_KINDS.items():
        statistic = _f1_of(kind)
        out.append(sampled(f"names_{kind}", statistic(whole), _spread(units, statistic), anchor=anchor))
    return out


def _mentions(page: Reading) -> set[tuple[int, int, str]]:
    return {(*map(int, one["span"][0]), str(one["kind"])) for one in page.get("mentions", ())}  # type: ignore[misc]


def _f1_of(kind: str) -> Statistic:
    return lambda counts: 2 * counts[f"{kind}_both"] / counts[kind] if counts[kind] else 0.0


def _spread(units: Sequence[Counts], statistic: Statistic) -> Any:
    return lambda: interval(units, statistic)


def _syntax(room: Room) -> list[Figure]:
    """Heads, and heads with their relation, against the silver parses of dev, over the words that both cut alike,
    without marks of punctuation."""
    from tocsin import model

    texts = {one["id"]: one["text"] for one in read_jsonl(gold_articles(room))}
    right: Counter[str] = Counter()
    with gzip.open(room.at("polnear/dev_syntax.jsonl.gz"), "rt", encoding="utf-8") as packed:
        for line in list(packed)[::SYNTAX_PAGES]:
            one = json.loads(line)
            sentences = [sentence for sentence in one["sents"] if sentence]
            spans = [(sentence[0][0], sentence[-1][1]) for sentence in sentences]
            words = model.read(texts[one["id"]], spans).words
            heads = {(w.start, w.end): (None if w.head is None else words[w.head][:2], w.relation) for w in words}
            right.update(_agreement(sentences, heads))
    return [told(name, right[name] / right["words"], anchor=anchor) for name, anchor in _SYNTAX_ANCHORS]


_SYNTAX_ANCHORS = (("uas", "issue .88"), ("las", "issue .85"))


def _agreement(sentences: Iterable[Any], heads: dict[tuple[int, int], tuple[Any, str]]) -> Counter[str]:
    out: Counter[str] = Counter()
    for sentence in sentences:
        spans = [(row[0], row[1]) for row in sentence]
        for span, row in zip(spans, sentence, strict=True):
            head = spans[row[4] - 1] if row[4] else None
            if span not in heads or row[5] == "punct" or (head is not None and head not in heads):
                continue
            own, relation = heads[span]
            out["words"] += 1
            out["uas"] += own == head
            out["las"] += own == head and relation == row[5]
    return out
