"""The words of a sentence: a slice of the text each, the same wherever the sentence stands and however often asked."""

from tocsin.annotate.words import KEPT, KEPT_LENGTH, _kept, tag, tokenise, words_of

SENTENCE = "Anna Orlova’s pilots “won’t sail” for the U.S. harbour, she told Reuters."


def test_each_word_is_its_slice_of_the_text() -> None:
    text = f"Before it. {SENTENCE} After it."
    start = text.index(SENTENCE)
    words = words_of(text, start, start + len(SENTENCE))
    assert [word.text for word in words][:5] == ["Anna", "Orlova", "’s", "pilots", "“"]
    assert all(text[word.start : word.end] == word.text for word in words)
    assert words[-1].end == start + len(SENTENCE)


def test_what_stands_around_a_sentence_does_not_bear_on_it() -> None:
    forms = set()
    for before, after in (("", ""), ("x", "y"), ("’", "’s"), ("1", "1"), ("...", "..."), ("“", "”")):
        text = before + SENTENCE + after
        words = words_of(text, len(before), len(before) + len(SENTENCE))
        forms.add(tuple((w.start - len(before), w.end - len(before), w.text, w.low, w.tag) for w in words))
    assert len(forms) == 1


def test_a_kept_sentence_is_read_as_one_that_is_not() -> None:
    text = "The harbour is closed, Orlova said. " + SENTENCE
    start = len(text) - len(SENTENCE)
    assert words_of(text, start, len(text)) == tag(text, tokenise(text, start, len(text)))


def test_a_list_of_words_belongs_to_whoever_asked() -> None:
    first = words_of(SENTENCE, 0, len(SENTENCE))
    whole = list(first)
    first.clear()
    assert words_of(SENTENCE, 0, len(SENTENCE)) == whole


def test_what_is_kept_is_bounded() -> None:
    assert _kept.cache_info().maxsize == KEPT
    long = "word " * KEPT_LENGTH
    before = _kept.cache_info()
    assert len(words_of(long, 0, len(long))) == KEPT_LENGTH
    after = _kept.cache_info()
    assert (after.hits, after.misses) == (before.hits, before.misses)
