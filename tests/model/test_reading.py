"""The door: what a reading holds, whatever else is read, however many threads, on whatever text."""

import random
import re
import subprocess
import sys
import time
from collections.abc import Iterator

import pytest

from tocsin.model import Reading, read
from tocsin.model.session import AHEAD, Model
from tocsin.model.windows import Window, windows

PAGE = "Orlova said “we will go. We must.” Holm denied it.\n“No,” he said.\n“They won't,\n“nor we,” she wrote to Lind. "


def sentences(text: str) -> list[tuple[int, int]]:
    """Sentences after full stops and at the ends of lines."""
    return [found.span() for found in re.finditer(r"[^.\n\s][^.\n]*(?:\.”?|$)", text, re.MULTILINE)]


def check(text: str, found: Reading) -> None:
    """All offsets are right: words in order, names and attributions on words, heads within their sentence."""
    behind = 0
    starts, ends = set(), set()
    for word in found.words:
        assert behind <= word.start < word.end <= len(text)
        assert not text[word.start].isspace()
        assert not text[word.end - 1].isspace()
        behind = word.end
        starts.add(word.start)
        ends.add(word.end)
        assert word.head is None or found.words[word.head].sentence == word.sentence
        assert (word.head is None) == (word.relation == "root")
    for name in found.names:
        assert name.start in starts
        assert name.end in ends
        assert 0 <= name.confidence <= 1
    for one in found.attributions:
        assert one.content
        for start, end in one.source + one.cue + one.content:
            assert start in starts
            assert end in ends


def test_a_page(model: Model) -> None:
    """Something of each kind is found, on right offsets, and every word is there."""
    text = PAGE * 9
    found = read(text, sentences(text), model=model)
    check(text, found)
    assert found.attributions
    assert found.names
    assert "".join(text[word.start : word.end] for word in found.words) == re.sub(r"\s", "", text)
    assert {word.sentence for word in found.words} == set(range(len(sentences(text))))


@pytest.mark.parametrize("threads", [2, 3, 16])
def test_threads_change_nothing(model: Model, threads: int) -> None:
    """The same reading, in the same order, however many threads."""
    text = PAGE * 30
    assert read(text, sentences(text), model=model, threads=threads) == read(text, sentences(text), model=model)


def test_what_was_read_before_changes_nothing(model: Model) -> None:
    """A page between hostile neighbours reads as it does alone, and as in another process's model."""
    text = PAGE * 5
    alone = read(text, sentences(text), model=model)
    random.seed(1)
    for _ in range(5):
        noise = "".join(random.choices("ab “”.😀\n9$", k=3000))
        read(noise, sentences(noise), model=model, threads=2)
        assert read(text, sentences(text), model=model, threads=2) == alone


def test_the_same_paragraphs_further_down(model: Model) -> None:
    """What stands before a window does not change what is found in it, only where."""
    before = "a " * 60 + ".\n"  # fills a window, so that the page begins with a new one
    alone = read(PAGE, sentences(PAGE), model=model)
    later = read(before + PAGE, sentences(before + PAGE), model=model)
    shift = len(before)
    assert [(one.start + shift, one.kind, one.confidence) for one in alone.names] == [
        (one.start, one.kind, one.confidence) for one in later.names if one.start >= shift
    ]


def test_only_sentences_are_read(model: Model) -> None:
    """What lies outside of them has no words."""
    found = read("Menu Holm said no. Footer", [(5, 18)], model=model)
    check("Menu Holm said no. Footer", found)
    assert found.words[0].start == 5
    assert found.words[-1].end == 18


HOSTILE = {
    "empty": "",
    "white": " \n\t ",
    "no letters": "... !!! ???",
    "no sentences": "word " * 1_000,
    "one word": "no" * 50_000,
    "one word repeated": "treaty " * 2_000,
    "marks only": "“" * 1_000,
    "open marks": "“a b.\n" * 500,
    "emoji": "👩‍👩‍👧‍👦 said “😀” e\u0301\u0301\u0301 to Holm. " * 30,
    "right to left": "אמר שלום, قال الرئيس \u200f(Holm)\u200e “نعم”. " * 30,
    "other languages": "Президент сказал: «Нет». 总统说:“不”。 Le président a dit « non ». " * 20,
    "controls": "a\x00b \x83 \ufeff\u200b c\ufffd. " * 50,
}


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE.keys())
def test_hostile_texts(model: Model, text: str) -> None:
    """No crash, offsets right, seconds at most; the whole text as one sentence or cut."""
    for given in (sentences(text), [(0, len(text))] if text.strip() else []):
        begun = time.perf_counter()
        check(text, read(text, given, model=model, threads=2))
        assert time.perf_counter() - begun < 60


def test_without_sentences(model: Model) -> None:
    """Text without sentences gives an empty reading."""
    assert read("Holm said no.", [], model=model) == Reading((), (), ())


@pytest.mark.parametrize(
    "text", [PAGE * (80_000 // len(PAGE)), "treaty " * 8_000], ids=["many sentences", "one word repeated"]
)
def test_long_pages(model: Model, text: str) -> None:
    """Time grows with the page, offsets stay right. (Two megabytes are read by hand: they take 25 times as long.)"""
    check(text, read(text, sentences(text), model=model))


@pytest.mark.parametrize("threads", [1, 3])
def test_few_windows_are_held(model: Model, threads: int) -> None:
    """Windows are made as they are run: a page of any size takes the memory of a few of them."""
    made = 0

    def counted() -> Iterator[Window]:
        nonlocal made
        for window in windows(PAGE * 50, sentences(PAGE * 50), limit=24, cut=model.pieces):
            made += 1
            yield window

    for number, _ in enumerate(model.outputs(counted(), threads)):
        assert made <= number + 2 + AHEAD * threads
    assert made > 10 * AHEAD


def test_the_door_is_light() -> None:
    """Neither the package nor the door loads what only a reading needs."""
    code = (
        "import sys, tocsin, tocsin.model, tocsin.model.windows, tocsin.model.settings;"
        "sys.exit(bool({'numpy', 'onnxruntime'} & set(sys.modules)))"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
