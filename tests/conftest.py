"""A folder of small pages, and a case that holds them."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

from dam import PAGES, clock
from tocsin.api.case import Case

settings.register_profile("tocsin", deadline=None, derandomize=True, max_examples=60)
settings.load_profile("tocsin")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Files with slow tests first: of two processes none is left with one of them when all else is done."""
    slow = {item.path for item in items if item.get_closest_marker("slow")}
    items.sort(key=lambda item: item.path not in slow)


@pytest.fixture
def pages(tmp_path: Path) -> Path:
    """A folder with the three pages."""
    folder = tmp_path / "pages"
    folder.mkdir()
    for name, text in PAGES.items():
        (folder / name).write_text(text, encoding="utf-8")
    return folder


@pytest.fixture
def case(tmp_path: Path, pages: Path) -> Iterator[Case]:
    """A case with the three pages in it."""
    with Case(tmp_path / "dam.tocsin", create=True, clock=clock) as one:
        one.add(pages)
        yield one
