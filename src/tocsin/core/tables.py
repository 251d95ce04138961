"""A TOML file that a person writes as a list of tables of one name, and nothing else: tripwires, sources."""

import tomllib
from typing import Any

from tocsin.errors import UsageError


def tables_of(text: str, name: str, most: int) -> list[dict[str, Any]]:
    """The `[[name]]` tables of a TOML text, one to `most` of them; raises UsageError, which says what is wrong."""
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise UsageError(f"not a TOML file: {error}") from error
    unknown = sorted(data.keys() - {name})
    if unknown:
        raise UsageError(f"{unknown[0]!r}: a file of {name}s holds [[{name}]] tables and nothing else")
    tables = data.get(name, [])
    if not isinstance(tables, list) or not all(isinstance(one, dict) for one in tables):
        raise UsageError(f"write [[{name}]] with two brackets on either side, once for each")
    if not tables or len(tables) > most:
        raise UsageError(f"{len(tables)} {name}s; a file holds 1 to {most}")
    return tables
