"""The register of agencies, broadcasters and state media has the form its readers rely on."""

import json
import re
import unicodedata
from collections import Counter
from importlib.resources import files
from typing import Any

import pytest

KINDS = {"agency", "broadcaster", "newspaper", "magazine", "site", "aggregator"}
KEYS = {"name", "aliases", "ambiguous", "domains", "kind", "country", "owner", "state", "checked"}
FACTS = ("country", "owner", "state")
HOST = re.compile(r"(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+[a-z]{2,}")
# Agreed for the second edition: this many entries in all and with a page, and so many at most without one.
ENTRIES, CHECKED, UNCHECKED = 500, 500, 25


def _entries() -> list[dict[str, Any]]:
    text = (files("tocsin.names") / "data" / "register.json").read_text(encoding="utf-8")
    data = json.loads(text)
    assert set(data) == {"about", "entries"}
    assert all(isinstance(line, str) and line for line in data["about"])
    entries: list[dict[str, Any]] = data["entries"]
    return entries


ALL = _entries()


def _twice(values: list[str]) -> list[str]:
    return sorted(value for value, count in Counter(values).items() if count > 1)


def test_size() -> None:
    checked = sum(entry["checked"] is not None for entry in ALL)
    assert len(ALL) >= ENTRIES
    assert checked >= CHECKED
    assert len(ALL) - checked <= UNCHECKED


def test_names_are_unique_and_in_order() -> None:
    names = [entry["name"] for entry in ALL]
    assert _twice([name.casefold() for name in names]) == []
    assert names == sorted(names, key=str.casefold)


def test_no_alias_stands_twice_nor_is_ambiguous_elsewhere() -> None:
    aliases = [alias for entry in ALL for alias in entry["aliases"]]
    assert _twice(aliases) == []
    assert set(aliases) & {word for entry in ALL for word in entry["ambiguous"]} == set()
    owners: dict[str, str] = {}
    for entry in ALL:
        for alias in entry["aliases"]:
            assert owners.setdefault(alias.casefold(), entry["name"]) == entry["name"], alias


def test_no_domain_stands_twice() -> None:
    assert _twice([domain for entry in ALL for domain in entry["domains"]]) == []


@pytest.mark.parametrize("entry", ALL, ids=[entry["name"] for entry in ALL])
def test_form(entry: dict[str, Any]) -> None:
    assert KEYS <= set(entry) <= KEYS | {"note"}
    assert entry["kind"] in KINDS
    assert entry["country"] is None or re.fullmatch("[A-Z]{3}", entry["country"])
    assert entry["state"] in (True, False, None)
    assert entry["owner"] is None or (entry["owner"] and len(entry["owner"]) <= 80)
    assert entry["aliases"] and _twice(entry["ambiguous"]) == []
    for word in [entry["name"], *entry["aliases"], *entry["ambiguous"]]:
        assert word == unicodedata.normalize("NFC", " ".join(word.split())) and len(word) > 1
        assert "’" not in word  # straight apostrophes only: the reader of the file folds the curly ones
    assert entry["domains"] and all(HOST.fullmatch(domain) for domain in entry["domains"])
    assert entry.get("note", "…")


@pytest.mark.parametrize("entry", ALL, ids=[entry["name"] for entry in ALL])
def test_facts_have_a_page(entry: dict[str, Any]) -> None:
    if entry["checked"] is None:
        assert [entry[fact] for fact in FACTS] == [None, None, None]
        assert "note" not in entry
    else:
        assert re.fullmatch(r"https?://[\w.-]+/[\x21-\x7e]*", entry["checked"])
        assert any(entry[fact] is not None for fact in FACTS) or "note" in entry
