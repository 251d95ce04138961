"""The figures of dev as one text: attributions by kind and by publisher, names, syntax, confidence, speed."""

from collections.abc import Sequence
from pathlib import Path

from tocsin.model.session import Model
from training.reader import calibrate, measure
from training.reader.data import Page


def report(model: Model, pages: Sequence[Page], tools: Path, gold_names: Path | None) -> str:
    """All figures of a model's files on these pages."""
    scorer = measure.scorer(tools)
    scored = measure.outputs(model, pages)
    told = measure.predictions(pages, scored, model.settings)
    parts = [scorer.table(scorer.evaluate(measure.gold(pages), told, bootstrap=200))]
    for publisher in sorted({page.publisher for page in pages}):
        own = [page for page in pages if page.publisher == publisher]
        ids = {page.id for page in own}
        figures = scorer.evaluate(measure.gold(own), [one for one in told if one["id"] in ids])
        parts.append(f"{publisher} ({len(own)}): {scorer.brief(figures)}")
    syntax = measure.syntax(pages, scored, model.settings)
    parts.append("syntax, silver: " + ", ".join(f"{name} {100 * value:.1f}" for name, value in syntax.items()))
    names = measure.told_names(pages, scored, model.settings)
    silver = measure.score_names({page.id: measure.silver_names(page) for page in pages}, names)
    parts.append("names, mended silver: " + _names(silver))
    if gold_names:
        wanted, within = measure.gold_names(gold_names)
        parts.append("names, gold: " + _names(measure.score_names(wanted, names, within)))
    rows, right = calibrate.cases(pages, scored, model.settings, scorer)
    if model.settings.attribution:
        parts.append("confidence of attributions\n" + _reliability([*map(model.settings.attribution, rows)], right))
    rows, right = calibrate.name_cases(pages, scored, model.settings)
    if model.settings.name:
        parts.append("confidence of names (silver)\n" + _reliability([*map(model.settings.name, rows)], right))
    for threads in (1, 2):
        parts.append(f"forward pass, {threads} thread(s): {measure.speed(model, scored, threads):,.0f} pieces/s")
    return "\n\n".join(parts)


def _names(found: dict[str, measure.Tally]) -> str:
    return ", ".join(f"{kind} {100 * one.f1():.1f} (of {one.wanted})" for kind, one in sorted(found.items()))


def _reliability(chance: list[float], right: list[bool]) -> str:
    table, error = calibrate.reliability(chance, right)
    rows = [f"  said {mean:.2f}  right {share:.2f}  n {count}" for mean, share, count in table if count]
    return "\n".join([*rows, f"  expected calibration error {error:.3f}"])
