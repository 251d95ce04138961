"""Entries that a person adds to the register: checked whole, errors name the entry and the field."""

import pytest

from tocsin.errors import UsageError
from tocsin.names.entries import parse_entries

GOOD = """
[[source]]
name = "Wirepoint"
aliases = ["WP", "Wirepoint Agency"]
kind = "agency"
country = "TBR"
owner = "Tebrian Press Trust"
state = false
checked = "https://wirepoint.example/about"

[[source]]
name = "ONT"
"""


def test_what_is_left_out_stays_unknown() -> None:
    first, second = parse_entries(GOOD)
    assert (first["aliases"], first["state"], first["country"]) == (["WP", "Wirepoint Agency"], False, "TBR")
    assert second == {"name": "ONT", "aliases": []}


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "0 sources"),
        ("x = 1", r"\[\[source\]\]"),
        ("[[source]", "not a TOML file"),
        ("[[source]]\nkind = 'agency'", "source 1: `name` is missing"),
        ("[[source]]\nname = 'A'\nkinds = 'x'", "source 1: no field 'kinds'"),
        ("[[source]]\nname = 'A'\nkind = 'blog'", "source 1: `kind` is one of"),
        ("[[source]]\nname = 'A'\ncountry = 'Tebria'", "three capitals"),
        ("[[source]]\nname = 'A'\nstate = 'yes'", "true or false"),
        ("[[source]]\nname = 'A'\nchecked = 'somewhere'", "address of a public page"),
        ("[[source]]\nname = 'A'\naliases = 'B'", "list of names"),
        ("[[source]]\nname = 'A'\n[[source]]\nname = ''", "source 2: `name`"),
    ],
)
def test_errors_say_what_where_and_what_to_do(text: str, said: str) -> None:
    with pytest.raises(UsageError, match=said):
        parse_entries(text)
