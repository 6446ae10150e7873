"""Small cells: which counts of people may be printed, so that no small one can be worked out."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

FEWEST = 10
LEAST_CHOICES = 4


class Cell(StrEnum):
    """What may be said of one count."""

    SHOWN = "shown"
    SMALL = "small"
    WITHHELD = "withheld"


@dataclass(frozen=True)
class Protected:
    """What may be printed of counts that add up to a total; `total` None means not even that."""

    cells: tuple[Cell, ...]
    values: tuple[int | None, ...]
    total: int | None


def protect(counts: Sequence[int], *, fewest: int = FEWEST) -> Protected:
    """Return counts and their total so that every small count keeps several possible values.

    A count from 1 to `fewest` - 1 is small and not printed; 0 is nobody and is printed. A reader
    who subtracts the printed counts from the total, and knows that small counts lie between 1 and
    `fewest` - 1 and withheld ones do not, must be left with at least four values (or all there
    are) for each small count. While that fails, the smallest printed count is withheld as well;
    when none is left, the total is. A total that is itself small is never printed.

    *Raises* ValueError when a count is negative.
    *Source* complementary suppression against differencing, as in Hundepool et al., Statistical
    Disclosure Control (2012), chapter 4 (memory); the four values are this project's own choice.
    """
    if any(count < 0 for count in counts):
        raise ValueError(f"a count of people is negative: {min(counts)}")
    cells = [Cell.SMALL if 0 < count < fewest else Cell.SHOWN for count in counts]
    spare = sorted(
        (index for index, count in enumerate(counts) if count >= fewest),
        key=lambda index: (counts[index], index),
    )
    while is_open(counts, cells, fewest=fewest):
        if not spare:
            return _printed(counts, cells, total=None)
        cells[spare.pop(0)] = Cell.WITHHELD
    total = sum(counts)
    return _printed(counts, cells, total=None if 0 < total < fewest else total)


def is_open(counts: Sequence[int], cells: Sequence[Cell], *, fewest: int) -> bool:
    """Tell whether subtraction from the total leaves a small count with too few values."""
    return any(
        len(possible(counts, cells, index=index, fewest=fewest)) < min(LEAST_CHOICES, fewest - 1)
        for index, cell in enumerate(cells)
        if cell is Cell.SMALL
    )


def possible(counts: Sequence[int], cells: Sequence[Cell], *, index: int, fewest: int) -> range:
    """Return the values that one small count can have for a reader who knows the total."""
    hidden = [place for place, cell in enumerate(cells) if cell is not Cell.SHOWN]
    rest = sum(counts[place] for place in hidden)
    others = [cells[place] for place in hidden if place != index]
    least = sum(1 if cell is Cell.SMALL else fewest for cell in others)
    bounded = Cell.WITHHELD not in others
    most = sum(fewest - 1 for _ in others) if bounded else rest
    return range(max(1, rest - most), min(fewest - 1, rest - least) + 1)


def _printed(counts: Sequence[int], cells: Sequence[Cell], *, total: int | None) -> Protected:
    values = (
        count if cell is Cell.SHOWN else None for count, cell in zip(counts, cells, strict=True)
    )
    return Protected(tuple(cells), tuple(values), total)
