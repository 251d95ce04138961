"""The decoder's settings that do best on dev: first one at a time, then how readily a word is taken for none together
with the confidence below which an attribution is dropped.

    python -m training.reader.tune --out FOLDER [--shared ../shared]

The graph is run once; settings are tried on its scores. A setting must gain more than `GAIN` to leave its default: the
grids are coarse and their few values are seen by 2,192 attributions, so that dev is hardly fitted by them. Confidence
is fitted anew for each lean, on the pages of train that were held aside.
"""

import argparse
import json
from collections.abc import Sequence
from dataclasses import asdict, replace
from pathlib import Path
from types import ModuleType
from typing import Any

from tocsin.model.session import Model
from tocsin.model.settings import Decoding, Logistic, Settings
from training.reader import calibrate, measure
from training.reader.__main__ import DECODING
from training.reader.data import Page, load
from training.reader.train import Recipe, held_aside

GRID: dict[str, tuple[Any, ...]] = {
    "null_cost": (-2.0, -1.0, 0.0, 1.0),
    "no_source_cost": (-1.0, -0.5, 0.0, 0.5, 1.0),
    "source_own": (0.0, 0.5, 1.0),
    "source_apart": (0.0, 2.0, 4.0),
    "drop_apart": (True, False),
    "keep_bare": (True, False),
    "go_on": (True, False),
}
GAIN = 0.0005
OUTSIDE = (-0.5, 0.0, 0.5)
"""What may be added to the score of "O"; it goes into the graph's bias on export."""
LEAST = (0.0, 0.2, 0.3, 0.35, 0.4)
"""Confidence below which an attribution is dropped. F1 is highest near half of itself."""

Pages = Sequence[Page]


class Tried:
    """The graph's scores of one set of pages, and what settings make of them."""

    def __init__(self, pages: Pages, model: Model, scorer: ModuleType) -> None:
        self.pages, self.scorer = pages, scorer
        self.scored = measure.outputs(model, pages)
        self.gold = measure.gold(pages)

    def value(self, settings: Settings, outside: float) -> float:
        """The mean of full and loose F1."""
        told = measure.predictions(self.pages, measure.leaning(self.scored, outside), settings)
        figures = self.scorer.evaluate(self.gold, told)
        return float(figures["attribution full"]["f1"] + figures["attribution loose"]["f1"]) / 2

    def confidence(self, settings: Settings, outside: float) -> Logistic:
        """The map of confidence that fits these pages."""
        moved = measure.leaning(self.scored, outside)
        rows, right = calibrate.cases(self.pages, moved, settings, self.scorer)
        fitted = calibrate.fit(rows, right, calibrate.SIGNS)
        return Logistic(fitted["weights"], fitted["bias"])


def one_at_a_time(dev: Tried, settings: Settings) -> Settings:
    """The settings of the grid, each at its best while the others stand."""
    top = dev.value(settings, 0.0)
    for name, choices in GRID.items():
        ways = {one: replace(settings, decoding=replace(settings.decoding, **{name: one})) for one in choices}
        tried = {one: dev.value(way, 0.0) for one, way in ways.items()}
        print(name, {one: round(100 * value, 2) for one, value in tried.items()}, flush=True)
        choice = max(tried, key=lambda one: tried[one])
        if tried[choice] > top + GAIN:
            settings, top = ways[choice], tried[choice]
    return settings


def lean_and_least(dev: Tried, aside: Tried, settings: Settings) -> tuple[Settings, float]:
    """How readily words are taken for none, and the least confidence, together."""
    found: dict[tuple[float, float], float] = {}
    for outside in OUTSIDE:
        sure = replace(settings, attribution=aside.confidence(settings, outside))
        for least in LEAST:
            way = replace(sure, decoding=replace(sure.decoding, least=least))
            found[outside, least] = dev.value(way, outside)
        print(outside, {least: round(100 * found[outside, least], 2) for least in LEAST}, flush=True)
    outside, least = max(found, key=lambda one: found[one])
    return replace(settings, decoding=replace(settings.decoding, least=least)), outside


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m training.reader.tune", description=__doc__)
    parser.add_argument("--shared", type=Path, default=Path("../shared"))
    parser.add_argument("--out", type=Path, required=True, help="folder with the model's files")
    given = parser.parse_args()
    model = Model(given.out)
    manifest = json.loads((given.out / "manifest.json").read_text("utf-8"))
    recipe = Recipe(**manifest["made"]["recipe"])
    scorer = measure.scorer(given.shared / "tools")
    train = load(given.shared / "polnear", "train")
    aside = Tried([page for number, page in enumerate(train) if held_aside(number, recipe)], model, scorer)
    dev = Tried(load(given.shared / "polnear", "dev"), model, scorer)
    plain = replace(model.settings, decoding=Decoding(), attribution=None)
    settings, outside = lean_and_least(dev, aside, one_at_a_time(dev, plain))
    defaults = asdict(Decoding())
    changed = {name: one for name, one in asdict(settings.decoding).items() if one != defaults[name]}
    known = json.loads(DECODING.read_text("utf-8"))
    fresh = {**known, "settings": changed, "outside": manifest["outside"] + outside}
    DECODING.write_text(json.dumps(fresh, indent=1) + "\n", "utf-8")
    print(f"settings {changed}, outside {outside:+}")


if __name__ == "__main__":
    main()
