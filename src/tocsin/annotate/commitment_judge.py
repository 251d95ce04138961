"""What the learnt judge says of candidates: is this act, as it stands in its sentence, a commitment?

The judge (`model.judge`, docs/model.md) reads the sentence and a few words around it, with each word's part marked:
act, cue, verb, holder, condition. Its log odds and those of the plain score (`commitment_score.py`) are weighed
together, and so are its scores for kinds with the rules' kind (`commitment_kinds.py`); the weights are data
(data/commitment_weights.json), set on pages that neither had seen.

Invariant: what the plain score holds for hopeless is not shown to the judge, and stays hopeless.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from tocsin import model
from tocsin.annotate.commitment_match import Reading
from tocsin.annotate.commitment_passages import PageWords, parts_of, passage
from tocsin.annotate.commitment_score import sigmoid
from tocsin.annotate.commitment_words import data
from tocsin.annotate.reading import threads
from tocsin.core.commitments import KINDS, Kind, Polarity
from tocsin.core.document import Document

SAID = frozenset(("offer", "readiness", "power", "ultimatum"))
"""Kinds that rules give only where the words say so ("is ready to", "has not ruled out", "leave or we will"): on unseen
pages the judge tells the four together no better."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """How likely a candidate is a commitment, and the judge's score for each kind; none where it was not asked."""

    chance: float
    kinds: tuple[float, ...] = ()

    def kind(self, by_rule: Kind, polarity: Polarity) -> Kind:
        """The likeliest kind. That of the rules has something in advance, or all where words say it; and who will do
        something refuses nothing unless the rules say so."""
        if not self.kinds or by_rule in SAID:
            return by_rule
        advance = data("commitment_weights.json")["judge"]["rule"]
        scores = {
            kind: score + (advance if kind == by_rule else 0) for kind, score in zip(KINDS, self.kinds, strict=True)
        }
        if polarity == "will" and by_rule != "refusal":
            del scores["refusal"]
        return max(scores, key=lambda kind: scores[kind])


def judged(doc: Document, candidates: Sequence[tuple[Reading, float]]) -> list[Verdict]:
    """What is found of each candidate of a page; each comes with the chance that the plain score gives it."""
    known = data("commitment_weights.json")["judge"]
    shown = [k for k, (_, plain) in enumerate(candidates) if plain >= known["least"]]
    out = [Verdict(plain) for _, plain in candidates]
    if not shown:
        return out
    words = PageWords(doc)
    passages = [passage(words, parts_of(candidates[k][0])) for k in shown]
    for k, (score, *kinds) in zip(shown, model.judge(doc.text, passages, threads=threads()), strict=True):
        out[k] = Verdict(_weighed(out[k].chance, score, known), tuple(kinds))
    return out


def _weighed(plain: float, judge: float, known: dict[str, float]) -> float:
    plain = min(max(plain, 1e-6), 1 - 1e-6)
    return sigmoid(known["bias"] + known["plain"] * math.log(plain / (1 - plain)) + known["judge"] * judge)
