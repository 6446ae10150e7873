"""How the code lists that travel with Stabilis are read: every row checked, all faults at once."""

import csv
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from django.core.exceptions import ValidationError
from django.db import models

CODES = Path(__file__).parent / "codes"
FLAGS = {"yes": True, "": False}
REMEDIES = {
    "blank": "Fill it; this field may not be unknown.",
    "null": "Fill it; this field may not be unknown.",
    "invalid_choice": "Use one of the labels declared for this field.",
}


class ReferenceRefused(ValueError):
    """The code lists cannot be loaded; the message names each bad row, its field and the remedy."""

    def __init__(self, faults: list[str]) -> None:
        self.faults = faults
        super().__init__("\n".join(faults))


@dataclass
class Faults:
    """What is wrong with the rows of all files, collected before anything is written."""

    found: list[str] = field(default_factory=list)

    def add(self, *, where: str, field: str, value: object, remedy: str) -> None:
        """Note one bad cell."""
        self.found.append(f"{where}, {field}: {value!r} cannot be used. {remedy}")

    def refuse(self) -> None:
        """Raise ReferenceRefused with every fault, if there is one."""
        if self.found:
            raise ReferenceRefused(self.found)


@dataclass(frozen=True)
class Placed:
    """An unsaved record and where it stands: the file, and the row as a spreadsheet counts it."""

    where: str
    record: models.Model


def rows_of(path: Path, *, model: type[models.Model], faults: Faults) -> list[Placed]:
    """Return each row of a file as an unsaved, checked record; columns are called as the fields.

    Empty text is unknown where the field may be unknown. Nothing is returned for a file that
    lacks a column, because each of its rows would be wrong.
    """
    with path.open(encoding="utf-8", newline="") as lines:
        reader = csv.DictReader(lines)
        printed = list(enumerate(reader, start=2))
    wanted = {item.name for item in model._meta.fields if not isinstance(item, models.AutoField)}
    if missing := sorted(wanted - set(reader.fieldnames or [])):
        remedy = "Restore the column, even if it is empty."
        faults.add(where=path.name, field=", ".join(missing), value="no column", remedy=remedy)
        return []
    return [_placed(f"{path.name}, row {number}", row, model, faults) for number, row in printed]


def check(placed: Placed, *, faults: Faults) -> None:
    """Note every field that the model does not accept; references to other lists come later."""
    record = placed.record
    fields = record._meta.fields
    later = [i.name for i in fields if i.is_relation or isinstance(i, models.AutoField)]
    try:
        record.clean_fields(exclude=later)
    except ValidationError as refused:
        for name, errors in refused.error_dict.items():
            remedy = " ".join(REMEDIES.get(str(error.code), *error.messages) for error in errors)
            faults.add(where=placed.where, field=name, value=getattr(record, name), remedy=remedy)


def check_unique(rows: Iterable[Placed], *, names: tuple[str, ...], faults: Faults) -> None:
    """Note every row that repeats the key of an earlier one."""
    seen: dict[tuple[object, ...], str] = {}
    for placed in rows:
        key = tuple(getattr(placed.record, name) for name in names)
        first = seen.setdefault(key, placed.where)
        if first != placed.where:
            remedy = f"Remove it: {first} holds the same key."
            faults.add(where=placed.where, field=" + ".join(names), value=key, remedy=remedy)


def check_known(rows: Iterable[Placed], *, name: str, among: set[str], faults: Faults) -> None:
    """Note every row that names a code which its list does not have; empty text names none."""
    for placed in rows:
        value = getattr(placed.record, name)
        if value and value not in among:
            remedy = "Add the code to its own list, or correct it here."
            faults.add(where=placed.where, field=name, value=value, remedy=remedy)


def _placed(where: str, row: dict[str, str], model: type[models.Model], faults: Faults) -> Placed:
    fields = {item.name: item for item in model._meta.fields if item.name in row}
    values = {item.attname: _value(item, row[item.name]) for item in fields.values()}
    placed = Placed(where, model(**values))
    check(placed, faults=faults)
    return placed


def _value(item: "models.Field[object, object]", text: str | None) -> object:
    stripped = (text or "").strip()
    if isinstance(item, models.BooleanField):
        return FLAGS.get(stripped, stripped)
    return stripped or (None if item.null else "")
