"""Small cells: no small count can be worked out, and nothing is hidden without need."""

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stabilis.analysis.disclosure import Cell, protect


def test_protect_prints_everything_when_no_count_is_small() -> None:
    found = protect([10, 25, 0])

    assert found.values == (10, 25, 0)
    assert found.total == 35


def test_protect_withholds_the_smallest_printed_count_when_one_is_small() -> None:
    found = protect([3, 40, 12])

    assert found.cells == (Cell.SMALL, Cell.SHOWN, Cell.WITHHELD)
    assert found.values == (None, 40, None)
    assert found.total == 55


def test_protect_withholds_a_third_count_when_two_small_ones_give_one_another_away() -> None:
    found = protect([1, 1, 30])

    assert found.cells == (Cell.SMALL, Cell.SMALL, Cell.WITHHELD)
    assert found.total == 32


def test_protect_leaves_the_total_out_when_no_other_count_can_be_withheld() -> None:
    found = protect([9, 9])

    assert found.values == (None, None)
    assert found.total is None


def test_protect_prints_the_total_when_small_counts_protect_one_another() -> None:
    found = protect([5, 5])

    assert found.values == (None, None)
    assert found.total == 10


def test_protect_refuses_a_negative_count() -> None:
    with pytest.raises(ValueError, match="a count of people is negative: -1"):
        protect([4, -1])


def solutions(values: tuple[int | None, ...], cells: tuple[Cell, ...], total: int) -> set[int]:
    """What an intruder can find by trying every number: the values of the first small count."""
    rest = total - sum(value for value in values if value is not None)
    hidden = [cell for cell in cells if cell is not Cell.SHOWN]
    first = hidden.index(Cell.SMALL)
    choices = [range(1, 5) if cell is Cell.SMALL else range(5, rest + 1) for cell in hidden]
    return {tried[first] for tried in product(*choices) if sum(tried) == rest}


@given(st.lists(st.integers(0, 7), min_size=1, max_size=4))
def test_protect_leaves_an_intruder_every_value_when_he_tries_all_sums(counts: list[int]) -> None:
    found = protect(counts, fewest=5)

    if found.total is not None and Cell.SMALL in found.cells:
        assert len(solutions(found.values, found.cells, found.total)) == 4


@given(st.lists(st.integers(0, 400), max_size=12))
def test_protect_prints_true_counts_or_none_when_given_any_counts(counts: list[int]) -> None:
    found = protect(counts)

    assert all(
        value == count
        for value, count in zip(found.values, counts, strict=True)
        if value is not None
    )
    assert [cell is Cell.SMALL for cell in found.cells] == [0 < count < 10 for count in counts]
    assert found.total in {None, sum(counts)}
