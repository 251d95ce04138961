"""The decoder's settings that do best on dev: one at a time, in turns, until nothing gains any more.

    python -m training.reader.tune --out FOLDER [--shared ../shared]

The graph is run once; settings are tried on its scores. A setting must gain more than `GAIN` to leave its default: the
grid is coarse and its few values are seen by 2,192 attributions, so that dev is not fitted by it.
"""

import argparse
import json
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

from tocsin.model.session import Model
from tocsin.model.settings import Decoding
from training.reader import measure
from training.reader.__main__ import DECODING
from training.reader.data import load

GRID: dict[str, tuple[Any, ...]] = {
    "null_cost": (-1.0, -0.5, 0.0, 0.5, 1.0, 2.0),
    "no_source_cost": (-1.0, -0.5, 0.0, 0.5, 1.0, 2.0),
    "source_own": (0.0, 0.5, 1.0),
    "drop_apart": (True, False),
    "keep_bare": (True, False),
    "go_on": (True, False),
}
GAIN = 0.0005


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m training.reader.tune", description=__doc__)
    parser.add_argument("--shared", type=Path, default=Path("../shared"))
    parser.add_argument("--out", type=Path, required=True, help="folder with the model's files")
    given = parser.parse_args()
    pages = load(given.shared / "polnear", "dev")
    model = Model(given.out)
    scored = measure.outputs(model, pages)
    scorer = measure.scorer(given.shared / "tools")
    gold = measure.gold(pages)

    def value(decoding: Decoding) -> float:
        told = measure.predictions(pages, scored, replace(model.settings, decoding=decoding))
        figures = scorer.evaluate(gold, told)
        return float(figures["attribution full"]["f1"] + figures["attribution loose"]["f1"]) / 2

    best = Decoding()
    top = value(best)
    moved = True
    while moved:
        moved = False
        for name, choices in GRID.items():
            tried = {choice: value(replace(best, **{name: choice})) for choice in choices}
            print(name, {choice: round(100 * one, 2) for choice, one in tried.items()}, flush=True)
            choice = max(tried, key=lambda one: tried[one])
            if tried[choice] > top + GAIN:
                best, top, moved = replace(best, **{name: choice}), tried[choice], True
    plain = asdict(Decoding())
    settings = {name: one for name, one in asdict(best).items() if one != plain[name]}
    known = json.loads(DECODING.read_text("utf-8"))
    DECODING.write_text(json.dumps({**known, "settings": settings}, indent=1) + "\n", "utf-8")
    print(f"{100 * top:.2f} with {settings or 'the defaults'}")


if __name__ == "__main__":
    main()
