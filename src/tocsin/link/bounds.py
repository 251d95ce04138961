"""Intervals as rows hold them."""

from collections.abc import Mapping
from typing import Any

from tocsin.core.when import When


def when_of(data: Mapping[str, Any]) -> When:
    """The interval that a row holds."""
    days = frozenset(data.get("weekdays") or ())
    return When(data.get("earliest"), data.get("latest"), days, tuple(data.get("reasons") or ()))


def as_data(when: When) -> dict[str, Any]:
    """An interval as a row holds it."""
    return {
        "earliest": when.earliest,
        "latest": when.latest,
        "weekdays": sorted(when.weekdays),
        "reasons": list(when.reasons),
    }
