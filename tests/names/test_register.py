"""The register is asked by name and by address."""

from tocsin.names.register import bare, entries, outlet_at, outlet_from, outlet_of


def test_an_alias_in_any_spelling_that_the_register_lists_is_known() -> None:
    assert outlet_of("Reuters") is not None
    assert outlet_of("the RIA Novosti") == outlet_of("RIA Novosti") is not None
    assert outlet_of("reuters") is None  # case tells names from words


def test_what_is_a_common_word_is_known_only_beside_a_sign() -> None:
    assert outlet_of("1+1") is None
    found = outlet_of("1+1", beside=True)
    assert found is not None and found.kind == "broadcaster" and found.country == "UKR"


def test_a_domain_stands_for_the_hosts_below_it() -> None:
    assert outlet_at("https://www.adnkronos.com/a?b=c.com") == outlet_of("Adnkronos")
    assert outlet_at("notadnkronos.com") is None
    assert outlet_at("") is None
    assert outlet_at("https://" + "a." * 100_000) is None


def test_bare_names() -> None:
    assert bare(" The  Harbour Post, ") == "Harbour Post"
    assert bare("Sahel’s Wire") == "Sahel's Wire"


def test_an_entry_of_a_case_may_leave_facts_out() -> None:
    assert outlet_from({"name": "Veltpress", "state": True, "odd": 1}).as_json() == {
        "name": "Veltpress", "kind": "site", "country": None, "owner": None, "state": True, "checked": None,
        "note": None,
    }  # fmt: skip


def test_every_entry_is_found_by_its_own_name() -> None:
    assert all(outlet_of(one.name, beside=True) is not None for one in entries())
