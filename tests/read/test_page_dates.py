"""Dates in addresses and at the heads of pages."""

import time

import pytest

from tocsin.read.page_dates import dated_address, heads_with_date


@pytest.mark.parametrize(("address", "day"), [
    ("https://a.example/2018/09/17/storm", "2018-09-17"),
    ("https://a.example/news/2018-09-17-storm.html", "2018-09-17"),
    ("https://a.example/2018/sep/17/storm", "2018-09-17"),
    ("https://a.example/n/storm-20180917.html", "2018-09-17"),
    ("https://a.example/n/17092018-storm", "2018-09-17"),
    ("https://a.example/2018/09/storm", None),
    ("https://a.example/2018/13/45/storm", None),
    ("https://a.example/2018/09/17/2019/01/02/", None),
    ("https://a.example/a/12345678901234", None),
    ("https://2018-09-17.example/storm", None),
    ("storm/2018/09/17.txt", None),
])  # fmt: skip
def test_days_in_addresses(address: str, day: str | None) -> None:
    found = dated_address(address)
    assert (found.earliest if found else None) == day
    assert found is None or found.reasons


@pytest.mark.parametrize(("line", "heads"), [
    ("3 October 2018, 19:40 | Views: 5 233 | Author: Ada Lind", True),
    ("October 3, 2018 · 4 min read", True),
    ("3 October 2018 was a quiet day | so it is said.", False),
    ("Views: 5 233 | 3 October 2018", False),
    ("3 October 2018", False),
])  # fmt: skip
def test_lines_that_begin_with_the_date(line: str, heads: bool) -> None:
    assert heads_with_date(line) is heads


def test_a_long_address_takes_no_time() -> None:
    began = time.perf_counter()
    dated_address("https://a.example/" + "2018/" * 200_000)
    assert time.perf_counter() - began < 1
