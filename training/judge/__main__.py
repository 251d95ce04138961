"""Train the judge of commitments and write OUT/judge.onnx.

    python -m training.judge --encoder FOLDER --out FOLDER [--held N] [--package FOLDER] [pages, as for weights.py]

With `--package src/tocsin/model/data` it goes into the package too, and its hash into the manifest. With `--held 0` (to
4) one fifth of the pages is left out; they stand in OUT/held.json, for training/commitments/weights.py to weigh the
judge against the plain score on. Without it all pages are learnt: that is what ships. Some 20 minutes on two quiet
cores. It needs what training/reader needs (training/reader/requirements.txt).
"""

import argparse
import json
import random
from dataclasses import asdict
from pathlib import Path

from training.commitments.pages import add_sources, read, sources
from training.judge.examples import examples
from training.judge.net import exported, published
from training.judge.train import Recipe, train
from training.reader.export import add

PARTS = 5


def held_out(pages: list[str], part: int) -> set[str]:
    """One fifth of the pages, the same whatever their order."""
    order = sorted(set(pages))
    random.Random(PARTS).shuffle(order)  # noqa: S311 - a draw, no secret
    return set(order[part::PARTS])


def main() -> None:
    """Train on what the command line names."""
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("--encoder", type=Path, required=True)
    ap.add_argument("--out", type=Path, required=True)
    ap.add_argument("--held", type=int)
    ap.add_argument("--seed", type=int, default=Recipe().seed)
    ap.add_argument("--rounds", type=int, default=Recipe().rounds)
    ap.add_argument("--package", type=Path)
    add_sources(ap)
    a = ap.parse_args()
    pages = list(sources(a))
    held = held_out([one.page for one in pages], a.held) if a.held is not None else set()
    taken = read(one for one in pages if one.page not in held)
    given = [each for one, doc in taken for each in examples(one, doc)]
    print(f"{len(given)} examples", flush=True)
    recipe = Recipe(seed=a.seed, rounds=a.rounds)
    data = exported(train(published(a.encoder), given, recipe))
    a.out.mkdir(parents=True, exist_ok=True)
    (a.out / "judge.onnx").write_bytes(data)
    if a.package:
        add(a.package, "judge.onnx", data)
    (a.out / "held.json").write_text(json.dumps(sorted(held)), encoding="utf-8")
    (a.out / "recipe.json").write_text(json.dumps({**asdict(recipe), "examples": len(given)}), encoding="utf-8")


if __name__ == "__main__":
    main()
