"""A file of tripwires is taken whole, or refused with an error that names the tripwire and the field."""

import pytest

from tocsin.core.tripwires import Tripwire, parse_tripwires
from tocsin.errors import UsageError

GOOD = """
[[tripwire]]
name = "convoys"
words = "unmarked convoys near the border"
place = "Velm"
who = ["Traceline", "the border guard"]
shows = ["trucks without plates"]

[[tripwire]]
words = "the bridge is closed"
"""


def test_tripwires_of_a_file() -> None:
    first, second = parse_tripwires(GOOD)
    assert first == Tripwire(
        "unmarked convoys near the border",
        "convoys",
        "Velm",
        ("Traceline", "the border guard"),
        ("trucks without plates",),
    )
    assert second.value == {"name": None, "words": "the bridge is closed", "place": None, "who": [], "shows": []}


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("tripwire = 3", "two brackets"),
        ("[[tripwire]]\nname = 'x'", "tripwire 1: `words` are missing"),
        ("[[tripwire]]\nwords = 'x'\nwhere = 'y'", "no field 'where'"),
        ("[[tripwire]]\nwords = 'x'\nwho = 'y'", "tripwire 1: `who` is a list"),
        ("[[tripwire]]\nwords = ''", "`words` is words in quotation marks"),
        ("[[tripwire]]\nwords = 'x'\nname='n'\n[[tripwire]]\nwords='y'\nname='n'", "two tripwires are called 'n'"),
        ("[[trip]]\nwords = 'x'", "'trip'"),
        ("", "0 tripwires"),
        ("[[", "not a TOML file"),
    ],
)
def test_what_is_wrong_is_said(text: str, says: str) -> None:
    with pytest.raises(UsageError) as error:
        parse_tripwires(text)
    assert says in str(error.value)
