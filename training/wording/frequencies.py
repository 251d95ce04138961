"""How rare the words of news are: frequencies of stems over the paragraphs of PolNeAR's train part, as a frozen table.

    python training/wording/frequencies.py ../shared/polnear/train.jsonl.gz src/tocsin/link/data/frequencies.json

A pair's score may not depend on a statistic of the case (DESIGN.md, second law), so that the table is made once, here.
Only counts are kept, of stems in `LEAST` paragraphs or more.
"""

import gzip
import json
import sys
from collections import Counter
from pathlib import Path

from tocsin.link.wording import stems

LEAST = 3
"""Paragraphs in which a stem stands at least; rarer ones weigh alike, and would be names for the greater part."""


def main(source: str, target: str) -> None:
    """Count, and write the table."""
    counts, paragraphs = Counter[str](), 0
    with gzip.open(source, "rt", encoding="utf-8") as stream:
        for line in stream:
            for paragraph in filter(None, json.loads(line)["text"].split("\n")):
                counts.update(set(stems(paragraph)))
                paragraphs += 1
    kept = {stem: count for stem, count in sorted(counts.items()) if count >= LEAST}
    with Path(target).open("w", encoding="utf-8") as out:
        reason = (
            f"Paragraphs of PolNeAR's train part, of {paragraphs}, that hold a stem, where {LEAST} or more do; "
            "made by training/wording/frequencies.py."
        )
        json.dump({"reason": reason, "paragraphs": paragraphs, "least": LEAST, "counts": kept}, out, indent=0)
        out.write("\n")


if __name__ == "__main__":
    main(*sys.argv[1:3])
