"""Names and words are compared without case, accents, articles and punctuation, and no further."""

from tocsin.link.names import name_key, words_key


def test_spelling_does_not_part_a_name_and_another_name_does() -> None:
    assert name_key("The  Kremlin") == name_key("kremlin")
    assert name_key("Łukasz Nowák") == name_key("łukasz nowak")
    assert name_key("Lukashenko") != name_key("Lukashenka")


def test_punctuation_does_not_part_wordings() -> None:
    assert words_key("We don’t need it, now") == words_key("we don't need it now.")
    assert words_key("we need it now") != words_key("we don't need it now")
    assert words_key("ab c") != words_key("a bc")
