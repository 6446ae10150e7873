"""How the case pack is read: facts and lessons from CSV, claims from TOML, all faults at once.

What comes back are unsaved records that may be stored as they are. Nothing is written here.
"""

import csv
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Generic, TypeVar

from django.core.exceptions import ValidationError
from django.db import models

from stabilis.evidence.models import Confidence, Fact, Lesson, Seen
from stabilis.evidence.rules import CEILINGS

M = TypeVar("M", bound=models.Model)

FACT_COLUMNS = tuple(
    item.attname.removesuffix("_id") for item in Fact._meta.fields if item.name != "seen_copy"
)
LESSON_COLUMNS = ("id", "country", "lesson", "basis")
REMEDIES = {
    "blank": "Fill it in; leave the row out if it is not known.",
    "null": "Fill it in; leave the row out if it is not known.",
    "invalid_choice": "Use one of the words listed in the README of the pack.",
}


@dataclass(frozen=True)
class Fault:
    """One thing that is wrong, where, and what to do.

    `row` counts as a spreadsheet does (the header is row 1), in a claim file the items of
    evidence; it is None for what concerns the whole file.
    """

    file: str
    row: int | None
    field: str
    reason: str
    remedy: str

    def __str__(self) -> str:
        counted = "row" if self.file.endswith(".csv") else "evidence"
        place = self.file if self.row is None else f"{self.file}, {counted} {self.row}"
        return f"{place}, {self.field}: {self.reason}. {self.remedy}"


class CasePackRefused(ValueError):
    """The case pack cannot be loaded; the message names every bad row, field and remedy."""

    def __init__(self, faults: list[Fault]) -> None:
        self.faults = faults
        super().__init__("\n".join(str(fault) for fault in faults))


@dataclass
class Place:
    """Where in the pack a record stands, and what has been found wrong there.

    A row of the wrong width is not legible: its cells may stand under the wrong names.
    """

    file: str
    row: int | None
    faults: list[Fault] = field(default_factory=list)
    is_legible: bool = True

    def fault(self, name: str, reason: str, remedy: str) -> None:
        """Note that a field is wrong."""
        self.faults.append(Fault(self.file, self.row, name, reason, remedy))


@dataclass(frozen=True)
class Placed(Generic[M]):
    """An unsaved record and its place."""

    place: Place
    record: M


def read_facts(folder: Path) -> Iterator[Placed[Fact]]:
    """Yield every fact of the pack, checked cell by cell."""
    for path in sorted((folder / "facts").glob("*.csv")):
        for place, cells in rows(path, name=f"facts/{path.name}", columns=FACT_COLUMNS):
            yield Placed(place, fact_from(cells, place=place))


def read_lessons(folder: Path) -> Iterator[tuple[Placed[Lesson], tuple[str, ...]]]:
    """Yield every lesson of the pack with the ids of the facts it rests on."""
    path = folder / "lessons.csv"
    for place, cells in rows(path, name=path.name, columns=LESSON_COLUMNS):
        basis = tuple(part.strip() for part in cells.pop("basis").split(";") if part.strip())
        record = Lesson(country_id=cells.pop("country"), **cells)
        check_fields(record, place=place)
        yield Placed(place, record), basis


def read_claims(folder: Path) -> Iterator[tuple[Place, dict[str, Any] | None]]:
    """Yield every claim file of the pack as it is written, with its place; None if not TOML."""
    for path in sorted((folder / "claims").glob("*.toml")):
        place = Place(f"claims/{path.name}", None)
        try:
            yield place, tomllib.loads(path.read_text(encoding="utf-8"))
        except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
            place.fault("file", f"is not TOML in UTF-8: {error}", "Correct the file.")
            yield place, None


def rows(
    path: Path, *, name: str, columns: tuple[str, ...]
) -> Iterator[tuple[Place, dict[str, str]]]:
    """Yield the rows of a CSV file by column; a row of another width is a fault, never shifted."""
    with path.open(encoding="utf-8", newline="") as lines:
        reader = csv.reader(lines, strict=True)
        header = tuple(next(reader, ()))
        for number, cells in enumerate(reader, start=2):
            place = Place(name, number)
            if header != columns:
                place.fault("header", f"is {', '.join(header)}", f"Write {', '.join(columns)}.")
            elif len(cells) != len(columns):
                reason = f"has {len(cells)} cells, the header has {len(columns)}"
                place.fault("row", reason, "Put text with a comma into quotes.")
            place.is_legible = not place.faults
            padded = [*cells, *[""] * len(columns)]
            yield place, {key: cell.strip() for key, cell in zip(columns, padded, strict=False)}


def fact_from(cells: dict[str, str], *, place: Place) -> Fact:
    """Return a fact from its cells and note what is wrong with them."""
    seen_in, _, seen_copy = cells.pop("seen_in").partition(": ")
    record = Fact(
        country_id=cells.pop("country"), seen_in=seen_in, seen_copy=seen_copy.strip(), **cells
    )
    check_fields(record, place=place)
    if not place.faults:
        _check_between(record, place)
    return record


def check_fields(record: models.Model, *, place: Place) -> None:
    """Note every field that the model does not accept; keys to other rows are checked later."""
    if not place.is_legible:
        return
    later = [
        item.name
        for item in record._meta.fields
        if item.is_relation or isinstance(item, models.AutoField)
    ]
    try:
        record.clean_fields(exclude=later)
    except ValidationError as refused:
        for name, errors in refused.error_dict.items():
            for error in errors:
                said, value = " ".join(error.messages).rstrip("."), str(getattr(record, name))
                reason = said if value in said else f"{value!r} {said}"
                place.fault(name, reason, REMEDIES.get(str(error.code), "Correct the value."))


def _check_between(fact: Fact, place: Place) -> None:
    """Note what is wrong between the cells of one fact."""
    numbers = [number for number in (fact.value, fact.low, fact.high) if number]
    if not numbers and not fact.text:
        place.fault("value", "the row says nothing", "Give a value, a range or a text.")
    if numbers and not fact.unit:
        place.fault("unit", "a number without a unit", "Name what is counted.")
    if fact.low and fact.high and float(fact.low) > float(fact.high):
        place.fault("low", f"{fact.low} is above high ({fact.high})", "Exchange the two.")
    if fact.as_of_end and fact.as_of_end < fact.as_of:
        place.fault("as_of_end", f"{fact.as_of_end} is before {fact.as_of}", "Exchange the two.")
    if (fact.seen_in == Seen.COPY) != bool(fact.seen_copy):
        place.fault(
            "seen_in",
            f"{fact.seen_in!r} with {fact.seen_copy!r} as the copy",
            "Write original, memory, or secondary copy: and which.",
        )
    ceiling = Confidence(CEILINGS[fact.seen_in])
    if [*Confidence].index(Confidence(fact.confidence)) < [*Confidence].index(ceiling):
        reason = f"{fact.confidence} is above what {fact.seen_in} allows"
        place.fault("confidence", reason, f"Write {ceiling} or lower.")
