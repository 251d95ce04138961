"""The one table that a run prints, and its JSON twin."""

from collections.abc import Sequence
from typing import Any

from bench.gate import Row

HEAD = ("figure", "reached", "floor", "anchor", "")


def table(rows: Sequence[Row]) -> str:
    """Rows under the names of their measures, in aligned columns."""
    cells = [HEAD]
    last = ""
    for row in rows:
        if row.measure != last:
            cells.append((row.measure.upper(), "", "", "", ""))
            last = row.measure
        cells.append((f"  {row.figure}", number(row.value), number(row.floor), row.anchor, shown(row)))
    widths = [max(len(line[column]) for line in cells) for column in range(len(HEAD))]
    return "\n".join(_line(line, widths) for line in cells)


def _line(cells: Sequence[str], widths: Sequence[int]) -> str:
    left, right = cells[0].ljust(widths[0]), [cells[n].rjust(widths[n]) for n in (1, 2)]
    return "  ".join([left, *right, cells[3].ljust(widths[3]), cells[4]]).rstrip()


def shown(row: Row) -> str:
    """A verdict as the table words it."""
    return {"told": "", "below": "BELOW", "gone": "GONE", "failed": "FAILED", "unheld": "NO FLOOR"}.get(
        row.verdict, row.verdict
    )


def number(value: float | None) -> str:
    """Four digits after the point for shares, none for counts, what fits for the rest."""
    if value is None:
        return ""
    if value == int(value) and abs(value) > 1:
        return f"{int(value):,}"
    return f"{value:.4f}" if abs(value) < 2 else f"{value:,.1f}"


def as_json(rows: Sequence[Row], seconds: dict[str, float]) -> dict[str, Any]:
    """The table and what each measure took, as plain values."""
    names = ("measure", "figure", "value", "floor", "anchor", "verdict", "message")
    return {"rows": [{name: getattr(row, name) for name in names} for row in rows], "seconds": seconds}
