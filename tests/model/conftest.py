"""A tiny model of random weights (made by training/tiny_model.py): what it finds means nothing."""

from pathlib import Path

import pytest

from tocsin.model.session import Model

TINY = Path(__file__).parent / "tiny"


@pytest.fixture
def tiny() -> Path:
    """The folder of the tiny model."""
    return TINY


@pytest.fixture(scope="session")
def model() -> Model:
    """The tiny model, loaded."""
    return Model(TINY)
