"""Makes the counts of src/tocsin/annotate/data/cues.json again ("counts", "shapes", "rare", "once"); the rest is kept.

usage: .venv/bin/python training/attributions/cues.py [--polnear ../shared/polnear] [--scorer FILE] [--out FILE]

Every candidate that src/tocsin/annotate/patterns.py finds in PolNeAR train, with every verb allowed, is a form: a key
(the verb's base form, "n:" and a noun, "a:" and an adjective) in a shape. A form's counts are [marked, found]: marked
when an attribution with the same cue has its content (word-Dice of half or more, or any overlap where the content is a
quotation, whose extent the reader settles later) and its source, both as the shared scorer compares them. Candidates
inside quotations are left out, PolNeAR does not mark those.

Only counts leave this script, never a piece of text. The same input and code give the same bytes. Run it after a
change of words.py, outer.py, clauses.py, patterns.py or complements.py or of data/tags.json, then see whether FLOOR
in attributions.py still stands where it should. Takes about ten seconds.
"""

import argparse
import json
from collections import defaultdict
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass, replace
from pathlib import Path
from types import ModuleType
from typing import Any
from unittest import mock

from articles import DATA, SHARED, document, records, scorer, write_whole

from tocsin.annotate import clauses, complements, cues, patterns
from tocsin.annotate.clauses import Sentence
from tocsin.annotate.cues import STRONG
from tocsin.annotate.outer import Outer, outer_sentences
from tocsin.annotate.patterns import ANY_VERB, Candidate, candidates

SAME = 0.5
"""Content with a lower word-Dice is other content."""
HEADED = 2
"""A marked cue of more words than these can be told by any of them; a shorter one only by the candidate's last word."""
LIKELY = 0.2
"""Forms never marked are listed only in shapes marked more often than this: the others' own rates rule them out."""
KEY_MARKED, KEY_BEST = 2, 0.1
"""A key is listed when it was marked so often in all, and in one shape in a larger share of cases than this."""
SHAPE_FOUND = 10
"""A shape found less often has no rate."""
ONCE_FOUND = 8
"""The same for the shapes of forms seen once: they are fewer."""

Tally = list[int]
"""[marked, found]."""


@dataclass(frozen=True, slots=True)
class Marked:
    """One attribution of PolNeAR, each role as the places of its words."""

    source: frozenset[int]
    cue: frozenset[int]
    content: frozenset[int]


def _opened() -> cues.Table:
    """The table without counts, which knows every verb as a cue."""
    return replace(cues.table(), counts={}, shapes={}, open=True)


def _is_marked(outer: Outer, candidate: Candidate, article: Any, marked: list[Marked], score: ModuleType) -> bool:
    """Whether an attribution of the article is what the candidate says."""
    words = outer.words

    def places(first: int, last: int) -> frozenset[int]:
        found: frozenset[int] = article.span([(words[first].start, words[last - 1].end)])
        return found

    cue, head = places(*candidate.cue), places(candidate.cue[1] - 1, candidate.cue[1])
    content = frozenset[int]().union(*(places(*piece) for piece in candidate.content))
    source = places(*candidate.source) if candidate.source else frozenset[int]()
    if cue:
        near = [one for one in marked if one.cue & cue and (not head or one.cue & head or len(one.cue) > HEADED)]
    else:  # a colon
        near = [one for one in marked if not one.cue and one.content & content]
    if not near:
        return False
    best = max(near, key=lambda one: score.dice(one.content, content))
    quoted = any(words[place].tag == "Q" for first, last in candidate.content for place in range(first, last))
    same = quoted or score.dice(best.content, content) >= SAME
    return bool(same and score.source_ok(best.source, source))


def forms(path: Path, score: ModuleType) -> Iterator[tuple[str, str, bool]]:
    """(key, shape, marked) of every candidate outside quotations in the articles of a file."""
    for record in records(path):
        article = score.Article(record["text"])
        marked = [
            Marked(*(article.span(one.get(role) or []) for role in ("source", "cue", "content")))
            for one in record["attributions"]
        ]
        for line in outer_sentences(document(record["id"], record["text"])):
            for outer in line:
                if outer.inner is None:
                    for candidate in candidates(Sentence(outer.words)):
                        right = _is_marked(outer, candidate, article, marked, score)
                        yield candidate.key, candidate.shape, right


def count(path: Path, score: ModuleType) -> tuple[dict[str, dict[str, Tally]], dict[str, Tally]]:
    """The tallies of each form and of each shape."""
    keys: defaultdict[str, defaultdict[str, Tally]] = defaultdict(lambda: defaultdict(lambda: [0, 0]))
    shapes: defaultdict[str, Tally] = defaultdict(lambda: [0, 0])
    opened = _opened()
    with ExitStack() as stack:
        for module in (cues, clauses, complements, patterns):
            stack.enter_context(mock.patch.object(module, "table", lambda: opened))
        for key, shape, right in forms(path, score):
            for tally in (keys[key][shape], shapes[shape]):
                tally[0] += right
                tally[1] += 1
    return {key: dict(sorted(of_key.items())) for key, of_key in sorted(keys.items())}, dict(sorted(shapes.items()))


def listed(keys: dict[str, dict[str, Tally]], shapes: dict[str, Tally]) -> dict[str, dict[str, Tally]]:
    """The keys that attribute, each with the shapes that tell something about it."""
    out = {}
    for key, of_key in keys.items():
        kept = {
            shape: (hits, seen)
            for shape, (hits, seen) in of_key.items()
            if seen >= 2 and (hits or shapes[shape][0] / shapes[shape][1] > LIKELY)
        }
        if sum(hits for hits, _ in kept.values()) >= KEY_MARKED and any(h / s > KEY_BEST for h, s in kept.values()):
            out[key] = {shape: [*tally] for shape, tally in kept.items()}
    return out


def rare_rates(keys: dict[str, dict[str, Tally]], known: dict[str, dict[str, Tally]]) -> dict[str, float]:
    """The rates of all keys that are not listed, together, in the shapes in which any verb may be one of saying."""
    total: defaultdict[str, Tally] = defaultdict(lambda: [0, 0])
    for of_key in (of_key for key, of_key in keys.items() if key not in known):
        for shape, (hits, seen) in of_key.items():
            total[shape][0] += hits
            total[shape][1] += seen
    return {shape: round(hits / seen, 3) for shape, (hits, seen) in sorted(total.items()) if shape in ANY_VERB}


def once_rates(keys: dict[str, dict[str, Tally]], known: dict[str, dict[str, Tally]]) -> dict[str, dict[str, float]]:
    """The rates of the forms seen once of keys that are listed, apart for keys of saying and others."""
    total: dict[str, defaultdict[str, Tally]] = {
        "strong": defaultdict(lambda: [0, 0]),
        "weak": defaultdict(lambda: [0, 0]),
    }
    for key in (key for key in known if ":" not in key):
        marked, found = (sum(column) for column in zip(*known[key].values(), strict=True))
        for shape, (hits, seen) in keys[key].items():
            if shape not in known[key] and seen == 1:
                tally = total["strong" if marked >= STRONG * found else "weak"][shape]
                tally[0] += hits
                tally[1] += seen
    return {
        name: {shape: round(hits / n, 3) for shape, (hits, n) in sorted(of_shape.items()) if n >= ONCE_FOUND}
        for name, of_shape in total.items()
    }


def written(raw: dict[str, Any]) -> str:
    """The file: one line an entry, and one a key of "counts", so that a change shows where it is."""
    head = (f" {json.dumps(key)}: {json.dumps(raw[key], ensure_ascii=False)}" for key in raw if key != "counts")
    body = (f"  {json.dumps(key)}: {json.dumps(value)}" for key, value in raw["counts"].items())
    return "{\n" + ",\n".join(head) + ',\n "counts": {\n' + ",\n".join(body) + "\n }}\n"


def main() -> None:
    ap = argparse.ArgumentParser(description=(__doc__ or "").split("\n", maxsplit=1)[0])
    ap.add_argument("--polnear", type=Path, default=SHARED / "polnear")
    ap.add_argument("--scorer", type=Path, default=SHARED / "tools/score_attributions.py")
    ap.add_argument("--out", type=Path, default=DATA / "cues.json")
    a = ap.parse_args()
    keys, shapes = count(a.polnear / "train.jsonl.gz", scorer(a.scorer))
    known = listed(keys, shapes)
    raw = json.loads((DATA / "cues.json").read_text(encoding="utf-8"))
    raw |= {
        "about": "Counts of forms (key, shape): [marked as an attribution with content and source right, found], on "
        "PolNeAR train; counts, shapes, rare and once are made by training/attributions/cues.py.",
        "shapes": {shape: round(hits / n, 3) for shape, (hits, n) in shapes.items() if n >= SHAPE_FOUND},
        "rare": rare_rates(keys, known),
        "once": once_rates(keys, known),
        "counts": known,
    }
    write_whole(a.out, written(raw))
    print(
        f"{sum(n for _, n in shapes.values())} candidates, {len(known)} of {len(keys)} keys listed; rare {raw['rare']}"
    )


if __name__ == "__main__":
    main()
