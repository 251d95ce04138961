"""Views as plain JSON values: what `--json` prints, one object a line."""

import json
import sys
from dataclasses import fields, is_dataclass
from typing import Any

from tocsin.api import metadata
from tocsin.core.document import Document
from tocsin.core.when import When

EXTRAS = {
    "Commitment": ("sentence", "pages", "wordings"),
    "Consequence": ("changed",),
    "Situation": ("wordings", "seen"),
    "Telling": ("chain", "sentence"),
    "Claim": ("chain",),
    "Statement": ("pages",),
    "Condition": ("text",),
}
"""Derived words that are as useful to a machine as to a person."""


def plain(value: Any) -> Any:
    """`value` as JSON can write it."""
    if isinstance(value, When):
        days = {"weekdays": sorted(value.weekdays)} if value.weekdays else {}
        return {"earliest": value.earliest, "latest": value.latest, "reasons": list(value.reasons), **days}
    if isinstance(value, Document):
        return {"id": value.id, "text_id": value.text_id, "page": value.page, **metadata(value)}
    if is_dataclass(value) and not isinstance(value, type):
        data = {field.name: plain(getattr(value, field.name)) for field in fields(value)}
        extras = EXTRAS.get(type(value).__name__, ())
        return data | {name: plain(getattr(value, name)) for name in extras}
    if isinstance(value, (list, tuple, set, frozenset)):
        return [plain(one) for one in (sorted(value) if isinstance(value, (set, frozenset)) else value)]
    if isinstance(value, dict) or hasattr(value, "items"):
        return {str(name): plain(one) for name, one in value.items()}
    return value


def line(value: Any) -> str:
    """`value` as one line of JSON; on a terminal in ASCII, so that page words cannot move its cursor."""
    return json.dumps(plain(value), ensure_ascii=sys.stdout.isatty())
