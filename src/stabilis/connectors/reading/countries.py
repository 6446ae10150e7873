"""Which country a source means: by name, by ISO code, or by Gleditsch–Ward number.

The answer is an ISO 3166 alpha-3 code, or why there is none: a region is not a country, and an
unknown spelling is said to be unknown, never guessed. Kosovo is XKX, a user-assigned code that ISO
3166 does not hold. Former states keep their ISO 3166-3 code (Yugoslavia is YUG, not Serbia) unless
the source itself continues one series, as UCDP does for 345.

Our own spellings are facts in `codes/`, each with the file in which it was seen.
"""

import csv
import re
import unicodedata
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path

import pycountry

CODES = Path(__file__).parent / "codes"


class Kind(StrEnum):
    """Whether a source's own text or code for a place is a country."""

    COUNTRY = "country"
    NOT_A_COUNTRY = "not_a_country"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class Resolved:
    """The answer: `alpha3` is set for a country only; `note` says what a reader must know."""

    kind: Kind
    alpha3: str | None = None
    note: str = ""


@dataclass(frozen=True)
class GleditschWard:
    """One state of the Gleditsch–Ward list, as UCDP prints it; years are None where open."""

    alpha3: str
    name: str
    first_year: int | None
    last_year: int | None
    note_until: int | None
    note: str


def alpha3_of_name(name: str) -> Resolved:
    """Return the country that a source calls by this name; case and accents do not matter."""
    folded = fold(name)
    if alpha3 := _iso_names().get(folded):
        return Resolved(Kind.COUNTRY, alpha3)
    if known := _spellings().get(folded):
        return known
    return Resolved(Kind.UNKNOWN, note=f"No country is spelt {name!r} in ISO 3166 or in our list.")


def alpha3_of_code(code: str) -> Resolved:
    """Return the country of an alpha-3 code, older and World Bank variants included."""
    known = pycountry.countries.get(alpha_3=code.strip().upper())
    former = pycountry.historic_countries.get(alpha_3=code.strip().upper())
    return _of_code(code, known, former)


def alpha3_of_alpha2(code: str) -> Resolved:
    """Return the country of an alpha-2 code, as IATI prints it; XK is Kosovo."""
    known = pycountry.countries.get(alpha_2=code.strip().upper())
    former = pycountry.historic_countries.get(alpha_2=code.strip().upper())
    return _of_code(code, known, former)


def alpha3_of_gw(number: int, *, year: int) -> Resolved:
    """Return the country of a Gleditsch–Ward number in a year; a spliced series says so in `note`.

    A number outside the years in which UCDP lists it is unknown, not the successor by guess.
    """
    state = gleditsch_ward().get(number)
    if state is None:
        return Resolved(Kind.UNKNOWN, note=f"{number} is not in UCDP's list of states.")
    if not _within(state, year):
        first, last = state.first_year or "before 1990", state.last_year or "now"
        note = f"UCDP lists {number} ({state.name}) from {first} to {last}, not in {year}."
        return Resolved(Kind.UNKNOWN, note=note)
    spliced = state.note_until is None or year <= state.note_until
    return Resolved(Kind.COUNTRY, state.alpha3, state.note if spliced else "")


def fold(name: str) -> str:
    """Return a name without case, accents, apostrophes, punctuation and doubled spaces."""
    letters = unicodedata.normalize("NFKD", re.sub("['’`]", "", name))
    plain = "".join(letter for letter in letters if not unicodedata.combining(letter))
    return " ".join(re.sub(r"\W+", " ", plain.casefold().replace("&", " and ")).split())


@cache
def gleditsch_ward() -> dict[int, GleditschWard]:
    """Return every state by its Gleditsch–Ward number.

    Source: UCDP Organized Violence country-year dataset 25.1, columns country_id_cy and country_cy.
    """
    return {int(row["gw"]): _state(row) for row in _rows("gleditsch_ward.csv")}


def _of_code(code: str, known: object, former: object) -> Resolved:
    if variant := _variants().get(code.strip().upper()):
        return variant
    if known is not None:
        return Resolved(Kind.COUNTRY, str(getattr(known, "alpha_3", "")))
    if former is not None:
        note = f"A former state, kept under its ISO 3166-3 code: {getattr(former, 'name', '')}."
        return Resolved(Kind.COUNTRY, str(getattr(former, "alpha_3", "")), note)
    return Resolved(Kind.UNKNOWN, note=f"{code!r} is not a code of ISO 3166 or of our list.")


def _within(state: GleditschWard, year: int) -> bool:
    began = state.first_year is None or state.first_year <= year
    lasts = state.last_year is None or year <= state.last_year
    return began and lasts


def _state(row: dict[str, str]) -> GleditschWard:
    first, last, until = (
        int(row[key]) if row[key] else None for key in ("first_year", "last_year", "note_until")
    )
    return GleditschWard(row["alpha3"], row["name"], first, last, until, row["note"])


@cache
def _iso_names() -> dict[str, str]:
    names = ("name", "official_name", "common_name")
    return {
        fold(getattr(country, field)): country.alpha_3
        for country in pycountry.countries
        for field in names
        if hasattr(country, field)
    }


@cache
def _spellings() -> dict[str, Resolved]:
    return {fold(row["spelling"]): _resolved(row) for row in _rows("country_spellings.csv")}


@cache
def _variants() -> dict[str, Resolved]:
    return {row["code"]: _resolved(row) for row in _rows("country_code_variants.csv")}


def _resolved(row: dict[str, str]) -> Resolved:
    return Resolved(Kind(row["kind"]), row["alpha3"] or None, row["note"])


def _rows(name: str) -> list[dict[str, str]]:
    with (CODES / name).open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))
