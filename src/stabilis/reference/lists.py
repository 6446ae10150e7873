"""Which code lists Stabilis holds, and what must hold between them."""

from dataclasses import dataclass
from pathlib import Path

import pycountry
from django.db import models

from stabilis.connectors.reading.countries import alpha3_of_code
from stabilis.reference.files import (
    Faults,
    Placed,
    check,
    check_known,
    check_unique,
    rows_of,
)
from stabilis.reference.models import (
    CodelistItem,
    Country,
    Currency,
    Rate,
    Sector,
    SectorSuccession,
)

FILES: tuple[tuple[type[models.Model], tuple[str, ...], str], ...] = (
    (Currency, ("code",), "currencies.csv"),
    (Sector, ("code",), "dac_sectors.csv"),
    (SectorSuccession, ("key",), "sector_succession.csv"),
    (CodelistItem, ("codelist", "code"), "iati_codelists.csv"),
    (Rate, ("base_id", "quote_id", "on", "rate", "source"), "rates.csv"),
)
REFERENCES: tuple[tuple[type[models.Model], type[models.Model], tuple[str, ...]], ...] = (
    (Sector, Sector, ("category", "parent")),
    (SectorSuccession, Sector, ("withdrawn_id", "successor_id")),
    (Rate, Currency, ("base_id", "quote_id")),
)


@dataclass(frozen=True)
class CodeList:
    """The rows of one list and the fields that tell one row from another."""

    model: type[models.Model]
    key: tuple[str, ...]
    rows: list[Placed]

    def codes(self) -> set[str]:
        """Return the codes that other lists may refer to."""
        return {str(placed.record.pk) for placed in self.rows}


def read_lists(folder: Path) -> list[CodeList]:
    """Return the unsaved rows of every list, in the order in which one may refer to another.

    Raises ReferenceRefused, naming each bad row of every file, its field and the remedy.
    """
    faults = Faults()
    lists = [
        CodeList(Country, ("alpha3",), _countries(faults)),
        *(
            CodeList(model, key, rows_of(folder / file, model=model, faults=faults))
            for model, key, file in FILES
        ),
    ]
    for each in lists:
        check_unique(each.rows, names=each.key, faults=faults)
    _check_between({each.model: each for each in lists}, faults)
    faults.refuse()
    return lists


def _countries(faults: Faults) -> list[Placed]:
    """Return ISO 3166, Kosovo, and former states that no present code continues."""
    present = [
        Country(alpha3=item.alpha_3, alpha2=item.alpha_2, numeric=item.numeric, name=item.name)
        for item in pycountry.countries
    ]
    kosovo = Country(
        alpha3="XKX", alpha2="XK", name="Kosovo", status_note=alpha3_of_code("XKX").note
    )
    rows = [Placed(f"ISO 3166, {item}", item) for item in (*present, kosovo, *_former())]
    for placed in rows:
        check(placed, faults=faults)
    return rows


def _former() -> list[Country]:
    answers = [(item, alpha3_of_code(item.alpha_3)) for item in pycountry.historic_countries]
    return [
        Country(alpha3=item.alpha_3, name=item.name, former=True, status_note=answer.note)
        for item, answer in answers
        if answer.alpha3 == item.alpha_3 and answer.note
    ]


def _check_between(lists: dict[type[models.Model], CodeList], faults: Faults) -> None:
    for model, target, names in REFERENCES:
        for name in names:
            check_known(lists[model].rows, name=name, among=lists[target].codes(), faults=faults)
