"""Entries that a person adds to the register of sources for one case, as a file states them.

Invariant: what is read is checked whole before any of it is used; an error names the entry and the field.
"""

import re
from collections.abc import Mapping
from typing import Any

from tocsin.core.tables import tables_of
from tocsin.errors import UsageError

KINDS = ("agency", "broadcaster", "newspaper", "magazine", "site", "aggregator")
FIELDS = ("name", "aliases", "kind", "country", "owner", "state", "checked")
LONGEST = 300
"""Characters of a field."""
MOST = 2_000
"""Entries in one file."""

Entry = dict[str, Any]


def parse_entries(text: str) -> tuple[Entry, ...]:
    """The entries of a TOML file of `[[source]]` tables: `name`, and as far as known `aliases`, `kind`, `country` (ISO
    3166-1 alpha-3), `owner`, `state` (whether a state owns or controls it) and `checked` (the page where it was
    checked). What is left out stays unknown. Raises UsageError."""
    tables = tables_of(text, "source", MOST)
    return tuple(_entry(one, f"source {number}") for number, one in enumerate(tables, 1))


def _entry(given: Mapping[str, Any], where: str) -> Entry:
    unknown = sorted(set(given) - set(FIELDS))
    if unknown:
        raise UsageError(f"{where}: no field {unknown[0]!r}; it is one of {', '.join(FIELDS)}")
    if "name" not in given:
        raise UsageError(f"{where}: `name` is missing")
    aliases = given.get("aliases", [])
    if not isinstance(aliases, list):
        raise UsageError(f"{where}: `aliases` is a list of names")
    texts = {name: given[name] for name in ("name", "kind", "country", "owner", "checked") if name in given}
    for name, value in (*texts.items(), *(("aliases", one) for one in aliases)):
        if not isinstance(value, str) or not value.strip() or not value.isprintable() or len(value) > LONGEST:
            raise UsageError(f"{where}: `{name}` is one line of at most {LONGEST} characters, not {str(value)[:60]!r}")
    if "kind" in texts and texts["kind"] not in KINDS:
        raise UsageError(f"{where}: `kind` is one of {', '.join(KINDS)}; not {texts['kind']!r}")
    if "country" in texts and not re.fullmatch("[A-Z]{3}", texts["country"]):
        raise UsageError(f"{where}: `country` is an ISO 3166-1 code of three capitals; not {texts['country']!r}")
    if "checked" in texts and not texts["checked"].startswith(("https://", "http://")):
        raise UsageError(f"{where}: `checked` is the address of a public page; not {texts['checked']!r}")
    if not isinstance(given.get("state", True), bool):
        raise UsageError(f"{where}: `state` is true or false; leave it out where it is not known")
    return {**texts, "aliases": list(aliases), **({"state": given["state"]} if "state" in given else {})}
