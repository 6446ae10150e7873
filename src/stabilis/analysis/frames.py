"""Typed frames: each has a name, a sentence saying what one row is, a key, and typed columns.

A frame is checked when it enters and when it leaves a function, never in between. The data
dictionary in the docs is printed from these declarations.
"""

from dataclasses import dataclass, field

import polars as pl

TRACE = ("source_file", "source_row")


class FrameError(ValueError):
    """A frame does not have the shape it declares; the message lists every fault at once."""


@dataclass(frozen=True)
class Column:
    """One column: polars type, meaning, unit (empty where none), and whether it may be null."""

    dtype: pl.DataType | type[pl.DataType]
    meaning: str
    unit: str = ""
    nullable: bool = True


@dataclass(frozen=True)
class Frame:
    """The declared shape of a table: what one row is, its key, its columns."""

    name: str
    row: str
    key: tuple[str, ...]
    columns: dict[str, Column] = field(default_factory=dict)

    @property
    def schema(self) -> dict[str, pl.DataType | type[pl.DataType]]:
        """Return polars types by column name."""
        return {name: column.dtype for name, column in self.columns.items()}

    def empty(self) -> pl.DataFrame:
        """Return a frame of this shape without rows."""
        return pl.DataFrame(schema=self.schema)

    def faults(self, frame: pl.DataFrame) -> list[str]:
        """Return every way in which a frame differs from this declaration."""
        held = frame.columns
        missing = [f"column {name} is missing" for name in self.columns if name not in held]
        extra = [f"column {name} is not declared" for name in held if name not in self.columns]
        present = [name for name in self.columns if name in held]
        wrong = [
            f"column {name} is {frame.schema[name]}, declared {self.columns[name].dtype}"
            for name in present
            if frame.schema[name] != self.columns[name].dtype
        ]
        null = [
            f"column {name} has {count} empty cells and may have none"
            for name in present
            if not self.columns[name].nullable and (count := frame[name].null_count())
        ]
        return missing + extra + wrong + null

    def check(self, frame: pl.DataFrame) -> pl.DataFrame:
        """Return the frame itself, in the declared column order.

        Raises FrameError, listing all faults at once, when it does not fit.
        """
        if faults := self.faults(frame):
            raise FrameError(f"{self.name}: " + "; ".join(faults))
        return frame.select(list(self.columns))


def traced(name: str, row: str, key: tuple[str, ...], columns: dict[str, Column]) -> Frame:
    """Return a frame whose every row names the file and the row of the source it came from."""
    trace = {
        "source_file": Column(pl.String, "file of the source, by name", nullable=False),
        "source_row": Column(
            pl.Int64,
            "row as a spreadsheet counts it (the header is row 1), or position of the element",
            nullable=False,
        ),
    }
    return Frame(name=name, row=row, key=key, columns=columns | trace)
