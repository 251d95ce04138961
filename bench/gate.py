"""Holds what was reached against the floors and says, for each figure that fails, by how much and what to do.

Invariant: a figure passes only where it was measured on the data its floor was set on; hard limits hold on any data.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from bench.figures import Figure, worse
from bench.floors import Floor, Floors, Taken, holds

Verdict = Literal["ok", "told", "below", "gone", "no floor", "unheld", "other data", "failed", "skipped"]
"""`unheld`: without a floor over data of the project's own, where there is no excuse for it."""
FAILING: tuple[Verdict, ...] = ("below", "gone", "unheld", "failed")


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the table."""

    measure: str
    figure: str
    value: float | None
    floor: float | None
    anchor: str
    verdict: Verdict
    message: str = ""

    @property
    def fails(self) -> bool:
        """Whether the gate fails by it."""
        return self.verdict in FAILING


def judge(taken: Sequence[Taken], floors: Floors, own_data: Iterable[str] = ()) -> list[Row]:
    """Every figure against its floor. `own_data` names measures over the project's own pages: where those changed, the
    floors must be set anew, and until then their figures fail as missing."""
    rows = []
    own = set(own_data)
    for one in taken:
        held = floors.measures.get(one.measure, {})
        known = floors.data.get(one.measure)
        comparable = one.data is None or known is None or known == one.data
        for figure in one.figures:
            row = _judge_figure(one.measure, figure, held.get(figure.name), comparable)
            if row.verdict == "no floor" and one.measure in own:
                row = replace(row, verdict="unheld")
            rows.append(row)
        measured = {figure.name for figure in one.figures if figure.kind != "told"}
        rows += [_gone(one.measure, name, floor) for name, floor in held.items() if name not in measured]
        if not comparable and one.measure in own:
            rows.append(_own_changed(one.measure))
    return rows


def _judge_figure(measure: str, figure: Figure, held: Floor | None, comparable: bool) -> Row:
    if figure.kind == "exact" and figure.bar is not None:
        return _against(measure, figure, figure.bar, held)
    if figure.kind == "told":
        return Row(measure, figure.name, figure.value, None, figure.anchor, "told")
    if held is None and not holds(figure, held):
        return Row(measure, figure.name, figure.value, None, figure.anchor, "told")
    if held is None:
        message = f"{measure}: figures without a floor yet; set them with `{_write(measure)}`"
        return Row(measure, figure.name, figure.value, None, figure.anchor, "no floor", message)
    if not comparable:
        message = f"{measure}: the data is not what its floors were set on (SHA-256 differs): figures not comparable"
        return Row(measure, figure.name, figure.value, held.floor, figure.anchor, "other data", message)
    return _against(measure, figure, held.floor, held)


def _against(measure: str, figure: Figure, floor: float, held: Floor | None) -> Row:
    if not worse(figure.value, floor, figure.direction):
        return Row(measure, figure.name, figure.value, floor, figure.anchor, "ok")
    side, what = ("below its floor", "lower") if figure.direction == "higher" else ("above its ceiling", "raise")
    before = f" (reached {held.reached:g} on {held.date})" if held else ""
    do = (
        "this is a hard limit: mend it"
        if figure.kind == "exact"
        else f'mend it, or {what} the limit with a reason: `{_write(measure)} --allow-regression "REASON"`'
    )
    message = (
        f"{measure} {figure.name}: {figure.value:.4g} is {abs(figure.value - floor):.4g} {side} {floor:.4g}{before}. "
        f"Look with `python -m bench --only {measure}`; {do}"
    )
    return Row(measure, figure.name, figure.value, floor, figure.anchor, "below", message)


def _gone(measure: str, name: str, floor: Floor) -> Row:
    message = (
        f"{measure} {name}: has a floor ({floor.floor:g}) and is no longer measured; "
        f'bring it back, or drop it with `{_write(measure)} --allow-regression "REASON"`'
    )
    return Row(measure, name, None, floor.floor, floor.anchor, "gone", message)


def _own_changed(measure: str) -> Row:
    message = f"{measure}: the bundled pages changed since its floors were set; set them anew with `{_write(measure)}`"
    return Row(measure, "data", None, None, "", "gone", message)


def _write(measure: str) -> str:
    return f"python -m bench --only {measure} --write-floors"


def failed(measure: str, why: str) -> Row:
    """The row of a measure that could not be taken."""
    return Row(measure, "", None, None, "", "failed", f"{measure}: could not be measured: {why}")


def skipped(measure: str, why: str) -> Row:
    """The row of a measure whose data is absent."""
    return Row(measure, "", None, None, "", "skipped", f"some measures were skipped: {why}")


def messages(rows: Iterable[Row]) -> list[str]:
    """What is to be said beneath the table: failures last, each thing once."""
    said: Mapping[str, bool] = {row.message: row.fails for row in rows if row.message}
    return sorted(said, key=lambda message: said[message])
