"""Languages: English unless something speaks against it, and the same answer each time."""

import subprocess
import sys

import pytest

from tocsin.read import language
from tocsin.read.language import language_of

ENGLISH = (
    "The minister said that the bridge would not be closed to traffic from the north, and that the council had been "
    "told of it. But they have said this before, and the people of the valley are not convinced that their roads "
    "are to be kept open with the money which has been promised to them."
)
GERMAN = (
    "Der Minister sagte am Montag, die Brücke werde für den Verkehr aus dem Norden nicht gesperrt, und der Rat sei "
    "darüber unterrichtet worden. Die Bewohner des Tals zweifeln jedoch daran, dass ihre Straßen mit dem versprochenen "
    "Geld tatsächlich offen gehalten werden können."
)
FRENCH = (
    "Le ministre a déclaré lundi que le pont ne serait pas fermé à la circulation venant du nord du pays, et que les "
    "habitants de la vallée en seraient informés dans la semaine."
)
RUSSIAN = "Министр заявил в понедельник, что мост не будет закрыт для движения."


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (ENGLISH, "en"),
        (GERMAN, "de"),
        (RUSSIAN, "ru"),
        (RUSSIAN * 50, "ru"),
        (FRENCH, "fr"),
        ("大臣は月曜日、橋は閉鎖されないと述べた。", "ja"),
        ("", "en"),
        ("12 345 – 67", "en"),
        ("Guten Tag, Herr Minister", "en"),  # too short to say
        ("Putin, Lukashenko, Tikhanovskaya, Makei, Lavrov", "en"),
        (f"{ENGLISH} {RUSSIAN}", "en"),
        (ENGLISH.upper(), "en"),
    ],
)
def test_finds_the_language(text: str, expected: str) -> None:
    assert language_of(text) == expected


def test_an_english_text_needs_no_model(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(language, "_model", lambda: pytest.fail("the model was loaded"))
    assert language_of(ENGLISH) == "en"


def test_a_long_line_costs_no_more_than_the_sample() -> None:
    assert language_of("word " * 200_000) == "en"
    assert language_of("x" * 1_000_000) == "en"


def test_only_codes_of_two_letters_come_back() -> None:
    assert all(len(code) == 2 for code in language._model().labels)


def test_importing_it_loads_no_model_and_no_numpy() -> None:
    code = "import sys, tocsin.read.language; sys.exit(bool({'numpy', 'py3langid'} & set(sys.modules)))"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
