"""Figures set the floors they should."""

import pytest

from bench.figures import BenchError, Figure, exact, interval, ratio, share, told, total

PAGES = [{"right": float(n % 4 != 0), "of": 1.0} for n in range(40)]


def test_an_interval_holds_the_figure_and_is_the_same_each_time() -> None:
    low, high = interval(PAGES, share("right", "of"))
    assert 0.55 < low < 0.75 < high < 0.95
    assert interval(PAGES, share("right", "of")) == (low, high)


def test_an_interval_narrows_with_more_pages() -> None:
    few, many = interval(PAGES, share("right", "of")), interval(PAGES * 10, share("right", "of"))
    assert many[1] - many[0] < (few[1] - few[0]) / 2


def test_an_interval_over_no_page_is_refused() -> None:
    with pytest.raises(BenchError, match="nothing to resample"):
        interval([], share("right", "of"))


def test_counts_that_a_page_lacks_are_zero() -> None:
    assert total([{"a": 1.0}, {"b": 2.0}]) == {"a": 1.0, "b": 2.0}
    assert share("a", "nothing")({"a": 1.0}) == 0.0


def test_a_sampled_floor_is_the_lower_end() -> None:
    figure = ratio("x", PAGES, share("right", "of"))
    assert figure.value == 0.75
    assert figure.floor() == interval(PAGES, share("right", "of"))[0]


@pytest.mark.parametrize(("bar", "floor"), [(0.7, 0.7), (0.6, 0.65), (0.8, 0.65)])
def test_a_floor_lies_no_lower_than_a_bar_that_was_reached(bar: float, floor: float) -> None:
    assert Figure("x", 0.75, "sampled", bar=bar, spread=lambda: (0.65, 0.85)).floor() == floor


def test_where_lower_is_better_the_upper_end_is_the_ceiling() -> None:
    assert Figure("x", 0.1, "sampled", "lower", spread=lambda: (0.05, 0.15)).floor() == 0.15


def test_other_kinds() -> None:
    assert exact("x", 3, 0, "lower").floor() == 0
    assert Figure("x", 71, "count").floor() == 63
    assert Figure("x", 100, "timing").floor() == 20
    assert Figure("x", 100, "timing", "lower").floor() == 500
    assert told("x", None).floor() is None
