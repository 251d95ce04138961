import pytest

from tocsin.core.tables import tables_of
from tocsin.errors import UsageError


def test_each_table_comes_in_order() -> None:
    assert tables_of('[[thing]]\nname = "b"\n[[thing]]\nname = "a"\n', "thing", 2) == [{"name": "b"}, {"name": "a"}]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("name = ", "not a TOML file"),
        ("", "0 things; a file holds 1 to 2"),
        ("[[thing]]\n" * 3, "3 things"),
        ("[thing]\n", "two brackets"),
        ("thing = [1]\n", "two brackets"),
        ("[[thing]]\n[other]\n", "'other': a file of things holds"),
    ],
)
def test_what_is_no_such_list_is_refused(text: str, said: str) -> None:
    with pytest.raises(UsageError, match=said.replace("[", r"\[")):
        tables_of(text, "thing", 2)
