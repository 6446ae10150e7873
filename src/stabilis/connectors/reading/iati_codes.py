"""IATI codes of version 1 as their version 2 numbers; a version 2 code stays as it is.

Source: IATI Standard, 2.01 changelog, "Embedded codelist updates", and codelists of 2.03. Seen:
secondary copy (repository IATI-Upgrades) for transactions, roles and dates; its table prints `Q3`
for the sale of equity where version 1 has `QS`, and numbers sector vocabularies otherwise than the
codelist itself does, so vocabularies are matched by name. `RO2` and `ADT` are from memory.
"""

import re
from datetime import date, datetime
from functools import lru_cache

from stabilis.connectors.reading.countries import alpha3_of_alpha2
from stabilis.connectors.reading.minor_units import DECIMAL

TRANSACTION_TYPES = {
    "IF": "1",
    "C": "2",
    "D": "3",
    "E": "4",
    "IR": "5",
    "LR": "6",
    "R": "7",
    "QP": "8",
    "QS": "9",
    "CG": "10",
    **{str(number): str(number) for number in range(1, 14)},
}
ROLES = {
    "funding": "1",
    "accountable": "2",
    "extending": "3",
    "implementing": "4",
    **{str(number): str(number) for number in range(1, 5)},
}
DATE_TYPES = {
    "start-planned": "start_planned",
    "start-actual": "start_actual",
    "end-planned": "end_planned",
    "end-actual": "end_actual",
    "1": "start_planned",
    "2": "start_actual",
    "3": "end_planned",
    "4": "end_actual",
}
SECTOR_VOCABULARIES = {
    "DAC": "1",
    "DAC-3": "2",
    "COFOG": "3",
    "NACE": "4",
    "NTEE": "5",
    "ADT": "6",
    "RO2": "98",
    "RO": "99",
    **{str(number): str(number) for number in (*range(1, 13), 98, 99)},
}
BUDGET_TYPES = {"original": "1", "revised": "2", "1": "1", "2": "2"}
MOMENT = re.compile(r"(?P<clock>[0-9]{4}-[0-9]{2}-[0-9]{2}(?:[T ][0-9:.]+)?)(?:Z|[+-][0-9:]{4,6})?")
# A declared mapping, and the only one: DFID's file of 2011 on Kosovo prints these words as a region
# without a code, in every activity that names a recipient. A code, where printed, always decides.
COUNTRIES_PRINTED_AS_REGIONS = {"Kosovo (KO)": "XKX"}
FLAGS = {"1": True, "true": True, "0": False, "false": False}


def transaction_type(printed: str | None) -> str | None:
    """Return the version 2 number of a transaction type; None where the code is no IATI code."""
    return TRANSACTION_TYPES.get(printed or "")


def role(printed: str | None) -> str | None:
    """Return the version 2 number of an organisation's role; version 1 spells it as a word."""
    return ROLES.get((printed or "").lower())


def budget_type(printed: str | None) -> str | None:
    """Return 1 for an original and 2 for a revised budget; None where the code is neither."""
    return BUDGET_TYPES.get((printed or "").lower())


def sector_vocabulary(printed: str | None) -> str | None:
    """Return the version 2 number of a sector vocabulary; unstated means the DAC's, as IATI says.

    None where the vocabulary is not one of version 2, such as `ISO` and `WB` of version 1.
    """
    return "1" if printed is None else SECTOR_VOCABULARIES.get(printed.upper())


@lru_cache(maxsize=1 << 10)
def country(code: str | None) -> str | None:
    """Return the alpha-3 code of a recipient country; None where the code is unknown."""
    return alpha3_of_alpha2(code).alpha3 if code else None


def country_of_region(code: str | None, printed: str | None) -> str | None:
    """Return the country that a publisher prints as a region without a code; None for a region."""
    return None if code else COUNTRIES_PRINTED_AS_REGIONS.get(printed or "")


@lru_cache(maxsize=1 << 12)
def share(printed: str) -> float | None:
    """Return a printed percentage; None when it is no plain decimal number."""
    return float(printed) if DECIMAL.fullmatch(printed) else None


@lru_cache(maxsize=1 << 16)
def day(printed: str) -> date | None:
    """Return the day of a printed date, its zone left aside; None when it is no date."""
    instant = moment(printed)
    return instant.date() if instant else None


@lru_cache(maxsize=1 << 12)
def moment(printed: str) -> datetime | None:
    """Return a printed date or time as its publisher's clock shows it; None when it is neither."""
    found = MOMENT.fullmatch(printed)
    if not found:
        return None
    try:
        return datetime.fromisoformat(found["clock"])
    except ValueError:
        return None
