"""Finds the language of a text: the same text always gives the same answer.

Invariant: a page is called anything but English only on evidence: a script that English is not written in, or enough
letters and a confident model. To miss a foreign caption costs little; to leave an English page unread costs the page.
"""

import re
import tomllib
from functools import cache
from importlib.resources import files
from typing import Any

SAMPLE = 4_000
"""Characters looked at: beyond that no answer changed on 251 news pages, and a long page stays cheap."""
FAST_WORDS = 40
FAST_SHARE = 0.1
"""A text of so many words, of which such a share is in `data/language.toml`, is English and needs no model (which takes
half a second to load). The share lies between the 0.11 of English and the 0.031 of other news pages; see there."""
FEW_LETTERS = 100
"""Fewer letters of the Latin script than this count as English. On pieces of 40 characters of English news the model
errs in 3 of 100, on 100 in 5 of 1,000."""
CONFIDENT = 0.5
"""The model's probability from which its "not English" is believed. On pieces of 200 to 500 characters of English its
wrong answers stayed below 0.25, while foreign articles get 0.99. Move it only with a new measurement of both."""

_WORD = re.compile(r"[^\W\d_]+")
_LATIN = re.compile("[A-Za-zªµºÀ-ÖØ-öø-\u024f\u1e00-\u1eff]+")
"""Letters of the blocks that hold the Latin script (up to Extended-B, and Extended Additional)."""


def language_of(text: str) -> str:
    """The language of `text` as an ISO 639-1 code; "en" where nothing speaks against it."""
    sample = text[:SAMPLE]
    words = _WORD.findall(sample)
    letters = sum(map(len, words))
    if not letters:
        return "en"
    latin = sum(map(len, _LATIN.findall(sample)))
    if latin * 2 < letters:
        return _guess(sample)[0]
    known = _english_words()
    if len(words) >= FAST_WORDS and sum(word.lower() in known for word in words) >= FAST_SHARE * len(words):
        return "en"
    if letters < FEW_LETTERS:
        return "en"
    code, probability = _guess(sample)
    return code if probability >= CONFIDENT else "en"


@cache
def _english_words() -> frozenset[str]:
    data = files("tocsin.read").joinpath("data/language.toml").read_text(encoding="utf-8")
    return frozenset(tomllib.loads(data)["english"])


def _guess(sample: str) -> tuple[str, float]:
    code, probability = _model().classify(sample)
    return str(code), float(probability)


@cache
def _model() -> Any:
    """py3langid's own model with probabilities, cut down to the languages that have a code in ISO 639-1.

    Not its module-level functions: they share one identifier with everybody else in the process.
    """
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    model = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    model.set_languages([label for label in model.labels if len(label) == 2])
    return model
