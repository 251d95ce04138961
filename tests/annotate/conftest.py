"""What tests of commitments share."""

import pytest

from tocsin.annotate.commitment_judge import Verdict
from tocsin.core.commitments import Kind, Polarity


@pytest.fixture
def kinds_by_rule(monkeypatch: pytest.MonkeyPatch) -> None:
    """Forms give kinds; what the judge makes of a sentence without a page has its own tests."""

    def by_rule(_verdict: Verdict, kind: Kind, _polarity: Polarity) -> Kind:
        return kind

    monkeypatch.setattr(Verdict, "kind", by_rule)
