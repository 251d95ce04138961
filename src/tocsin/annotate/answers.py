"""An answer: whom a phrase means, and how sure that is."""

from dataclasses import dataclass

from tocsin.core.references import Form

LEAST = {"pronoun": 0.5, "role": 0.4, "possessive": 0.4}
"""Confidence below which an answer is held back, by form. Set on half of the marked dev pages so that nine in ten of
the answers given are right (`python -m bench --only speakers`)."""
NAMED = 0.97
"""Confidence of a name: the model's names are wrong in so many."""
WORDED = 0.6
"""Confidence that a description whom nobody names is nobody's the page names: told by default, not calibrated."""


@dataclass(frozen=True, slots=True)
class Answer:
    """Whom a phrase means: keys with confidences, and the words to go by where no key is sure enough."""

    form: Form
    ranked: tuple[tuple[str, float], ...] = ()
    words: str | None = None
    sure: float = WORDED
    kind: str = "person"

    @property
    def key(self) -> str | None:
        """The first key where it is sure enough."""
        return self.ranked[0][0] if self.ranked and self.ranked[0][1] >= LEAST.get(self.form, 0.0) else None
