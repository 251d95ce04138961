"""What the judge is shown of a candidate, and what becomes of what it says."""

import pytest

from annotate.test_model_commitments import page
from tocsin.annotate.commitment_judge import Verdict, judged
from tocsin.annotate.commitment_passages import (
    ACT,
    AROUND,
    CONDITION,
    CUE,
    HOLDER,
    SENTENCE,
    VERB,
    PageWords,
    parts_of,
    passage,
)
from tocsin.annotate.commitments import COMMITMENTS, read_page
from tocsin.core.commitments import KINDS
from tocsin.core.document import Document
from tocsin.model import Passage

pytestmark = pytest.mark.model
TEXT = "The valley is quiet.", "Velta will close the pass to lorries if the raids go on, Orlova said.", "It snowed."


def shown(doc: Document, number: int = 0) -> Passage:
    """The passage of a page's candidate."""
    reading = [one for one, _, _ in read_page(doc)][number]
    return passage(PageWords(doc), parts_of(reading))


def test_every_word_has_its_part() -> None:
    doc = page(*TEXT)
    found = shown(doc)
    parts = {doc.text[start:end]: role for (start, end), role in zip(found.words, found.roles, strict=True)}
    assert [parts[word] for word in ("Velta", "will", "close", "lorries", "raids", "Orlova")] == [
        *(HOLDER, CUE, VERB, ACT, CONDITION, SENTENCE)
    ]
    assert parts["valley"] == parts["snowed"] == AROUND
    assert doc.text[slice(*found.words[found.focus])] == "close"


def test_what_stands_far_away_changes_nothing() -> None:
    """What is judged depends on the sentence and the few words around it."""
    filler = "Snow lay on the fields and nobody was about. " * 20
    near, far = page(filler, *TEXT), page(filler + filler, *TEXT)
    cut = [[doc.text[start:end] for start, end in shown(doc).words] for doc in (near, far)]
    assert cut[0] == cut[1]
    assert shown(near).roles == shown(far).roles


def test_a_condition_in_the_sentence_beside_it_is_shown_whole() -> None:
    last = "But only if the council of the northern valleys agrees to it before the end of the long winter."
    doc = page(f"Velta will close the pass to lorries. {last} It snowed.")
    found = shown(doc)
    parts = {doc.text[start:end]: role for (start, end), role in zip(found.words, found.roles, strict=True)}
    assert [parts[word] for word in ("lorries", "But", "council", "winter")] == [ACT, AROUND, CONDITION, CONDITION]


@pytest.mark.parametrize("filler", [3, 100, 900])
def test_what_is_shown_hangs_together(filler: int) -> None:
    """Of a sentence too long to be shown whole nothing beyond it is shown as near."""
    doc = page("It rained.", "so " * filler + "Velta will close the pass " + "and so " * filler, "It snowed.")
    words = PageWords(doc)
    found = shown(doc)
    first = words.starts.index(found.words[0][0])
    assert [start for start, _ in found.words] == words.starts[first : first + len(found.words)]


@pytest.mark.parametrize("words", [200, 5000])
def test_a_long_sentence_is_shown_around_its_act(words: int) -> None:
    doc = page("so " * words + "Velta will close the pass " + "and so " * words)
    found = shown(doc)
    assert doc.text[slice(*found.words[found.focus])] == "close"
    assert len(found.words) <= 80 + 20 + 8


def test_the_hopeless_are_not_shown() -> None:
    """They keep their chance, and have no kinds of the judge's."""
    doc = page(*TEXT)
    reading = next(one for one, _, _ in read_page(doc))
    low, high = judged(doc, [(reading, 0.001), (reading, 0.5)])
    assert low == Verdict(0.001)
    assert len(high.kinds) == len(KINDS)
    assert judged(doc, []) == []


def test_the_rules_kind_has_something_in_advance() -> None:
    assert Verdict(0.5).kind("threat", "will") == "threat"
    near = tuple(0.01 if kind == "offer" else 0.0 for kind in KINDS)
    far = tuple(50.0 if kind == "offer" else 0.0 for kind in KINDS)
    assert Verdict(0.5, near).kind("threat", "will") == "threat"
    assert Verdict(0.5, far).kind("threat", "will") == "offer"


def test_who_will_do_something_refuses_nothing() -> None:
    """Unless the rules say so: "refuses to leave, and will fight on"."""
    said = tuple(50.0 if kind == "refusal" else float(kind == "offer") for kind in KINDS)
    assert Verdict(0.5, said).kind("promise", "will") != "refusal"
    assert Verdict(0.5, said).kind("promise", "will_not") == "refusal"
    assert Verdict(0.5, said).kind("refusal", "will") == "refusal"


def test_a_commitment_tells_the_chance_of_both() -> None:
    doc = page(*TEXT)
    (only,) = COMMITMENTS(doc).annotations
    assert 0.5 < only.confidence <= 1
