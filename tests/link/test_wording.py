"""Stems, classes and cores: what two wordings have in common, and that hostile text costs linear time."""

from time import perf_counter

from tocsin.link.direction import statuses
from tocsin.link.likeness import core, keys_of, of_role, shared
from tocsin.link.stems import stem
from tocsin.link.wording import sense_of, terms, weight


def test_forms_of_one_word_share_a_stem() -> None:
    for forms in (
        "release released releases releasing",
        "agree agreed agrees",
        "stop stopped stopping",
        "study studies",
        "hope hoped hoping hopes",
        "fine fined fining",
        "seize seized seizing",
        "control controlled controlling",
        "mobilise mobilised mobilizing mobilizes",
        "killing killings",
        "Varnia Varnian Varnians",
    ):
        assert len({stem(word.lower()) for word in forms.split()}) == 1, forms


def test_short_words_with_and_without_an_e_stay_apart() -> None:
    for one, other in (("plan", "plane"), ("bar", "bare"), ("car", "care"), ("planned", "planed"), ("need", "knee")):
        assert stem(one) != stem(other)


def test_words_that_a_press_agency_swaps_share_a_class() -> None:
    assert sense_of("dispatched") == sense_of("deployed") == sense_of("sent")
    assert sense_of("assistance") == sense_of("help") != sense_of("support")


def test_phrases_are_taken_together() -> None:
    assert [one.sense for one in terms("they pulled out of it")][1] == sense_of("withdraw")
    assert sense_of("burn") in {one.sense for one in terms("set fire to the town hall")}


def test_a_phrase_may_stand_around_its_object() -> None:
    found = terms("they called the long strike off yesterday")
    assert [one.sense for one in found][1] == sense_of("cancel") or "strike_end" in {one.sense for one in found}
    assert sense_of("handover") in {one.sense for one in terms("he handed the two pilots over")}
    assert sense_of("handover") not in {one.sense for one in terms("he handed, he said, nothing over")}


def test_a_state_and_its_people_are_one_word() -> None:
    assert terms("the French army")[1].sense == terms("of France")[1].sense
    assert terms("to polish it")[1].sense != terms("the Polish army")[1].sense


def test_a_contracted_not_is_a_word_of_its_own() -> None:
    assert [one.low for one in terms("It won’t hold")] == ["it", "will", "n't", "hold"]


def test_a_core_holds_what_is_done_and_to_what() -> None:
    own = core("would send its paratroopers to the harbour")
    assert of_role(own, "do") == {sense_of("send")}
    assert {sense_of("paratrooper"), sense_of("harbour")} <= {entry[0] for entry in own}


def test_two_wordings_of_one_act_have_most_in_common() -> None:
    alike, _ = shared(core("send paratroopers to the harbour"), core("dispatch its paratroopers to the harbour"))
    other, _ = shared(core("send paratroopers to the harbour"), core("send engineers to the dam"))
    assert alike > 0.9
    assert other < 0.5


def test_a_name_that_only_one_side_has_does_not_count_against_it() -> None:
    own, other = core("the Veldish army is attacked from abroad"), core("they are attacked from abroad")
    assert shared(own, other)[0] > shared(own, core("the Morlish navy is attacked from abroad"))[0]


def test_rare_words_are_keys_and_common_ones_come_in_pairs() -> None:
    assert weight("paratrooper") > weight("president")
    keys = keys_of({"paratrooper": 8.0, "president": 2.6, "deal": 3.3})
    assert keys == ("deal president", "paratrooper")


def test_a_line_of_a_million_characters_is_linear() -> None:
    began = perf_counter()
    for text in ("a" * 1_000_000, "not if " * 140_000, "x, " * 330_000, "’" * 1_000_000):
        found = terms(text)
        statuses(text, found)
    assert perf_counter() - began < 20
