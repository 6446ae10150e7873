"""What the code lists say: countries and their names, sectors and successors, rates, conversion."""

from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

from babel import Locale
from django.db.models import Q

from stabilis.reference.models import (
    CodelistItem,
    Country,
    Currency,
    Rate,
    Sector,
    SectorSuccession,
    SuccessionKind,
)
from stabilis.reference.rules import (
    Converted,
    DatedRate,
    Money,
    NoRate,
    exchanged,
    nearest,
    undisputed,
)


class NoSuchCountry(LookupError, Country.DoesNotExist):
    """No country has this code; the message names the code and what a code looks like."""


@dataclass(frozen=True)
class Succession:
    """What became of a purpose code. `original` is kept whatever happens to it.

    `kind` is None for a code still in use; a split code has several successors, of which only a
    reader of the activity can choose.
    """

    original: str
    kind: SuccessionKind | None
    successors: tuple[str, ...]
    notes: tuple[str, ...]
    seen_in: tuple[str, ...]


def country(alpha3: str) -> Country:
    """Return one country, former states included. Raises NoSuchCountry for other codes."""
    found = Country.objects.filter(alpha3=alpha3.upper()).first()
    if found is None:
        raise NoSuchCountry(
            f"No country has the code {alpha3!r}; write an alpha-3 code such as MLI."
        )
    return found


def countries() -> list[Country]:
    """Return the countries of today, Kosovo included, by alpha-3 code."""
    return list(Country.objects.filter(former=False).order_by("alpha3"))


@cache  # a page asks for the same few names again and again, and a code never changes its country
def country_name(alpha3: str, *, language: str) -> str:
    """Return the name of a country in a language, as CLDR has it; former states in English.

    Raises NoSuchCountry for a code that no list has.
    """
    return _localised(country(alpha3), Locale.parse(language, sep="-"))


def country_names(*, language: str) -> dict[str, str]:
    """Return the names of all countries in a language, former states included, by alpha-3 code."""
    locale = Locale.parse(language, sep="-")
    return {held.alpha3: _localised(held, locale) for held in Country.objects.order_by("alpha3")}


def sector_name(code: str, *, language: str) -> str | None:
    """Return the name of a DAC code; None where neither list knows it.

    The DAC prints English and French only: other languages, and the few codes without a French
    name, are given in English.
    """
    return _named(Sector.objects.filter(code=code).first(), language)


def codelist_name(code: str, *, codelist: str, language: str) -> str | None:
    """Return the name of a code in an IATI codelist; None where the list does not have it."""
    return _named(CodelistItem.objects.filter(codelist=codelist, code=code).first(), language)


def successors_of(code: str) -> Succession:
    """Return what took the place of a purpose code, beside the code itself."""
    steps = list(SectorSuccession.objects.filter(withdrawn_id=code).order_by("key"))
    return Succession(
        original=code,
        kind=SuccessionKind(steps[0].kind) if steps else None,
        successors=tuple(step.successor_id for step in steps if step.successor_id),
        notes=tuple(step.note for step in steps if step.note),
        seen_in=tuple(sorted({step.seen_in for step in steps})),
    )


def rate_on(*, base: str, quote: str, on: date, within_days: int) -> DatedRate | NoRate:
    """Return the rate printed nearest to a day, in either direction, or why none may be used."""
    pair = Q(base_id=base, quote_id=quote) | Q(base_id=quote, quote_id=base)
    reach = timedelta(days=within_days)
    held = Rate.objects.filter(pair, on__range=(on - reach, on + reach)).order_by("source", "rate")
    why_none = f"No rate between {base} and {quote} is held within {within_days} days of {on}."
    return undisputed(nearest([_dated(rate) for rate in held], on=on), why_none=why_none)


def convert(money: Money, *, into: str, on: date, within_days: int) -> Converted | NoRate:
    """Return an amount in another currency, beside its original and the rate used.

    Raises Currency.DoesNotExist for a code that is not in ISO 4217.
    """
    source = Currency.objects.get(code=money.currency)
    target = Currency.objects.get(code=into)
    if source.minor_units is None or target.minor_units is None:
        return NoRate(f"ISO 4217 gives no minor unit for {money.currency} or {into}.")
    if money.currency == into:
        return Converted(money, money, None)
    rate = rate_on(base=money.currency, quote=into, on=on, within_days=within_days)
    if isinstance(rate, NoRate):
        return rate
    minor = exchanged(
        minor=money.minor,
        rate=rate,
        into=into,
        from_units=source.minor_units,
        into_units=target.minor_units,
    )
    return Converted(money, Money(minor, into), rate)


def _localised(held: Country, locale: Locale) -> str:
    return str(locale.territories.get(held.alpha2 or "", held.name))


def _named(held: Sector | CodelistItem | None, language: str) -> str | None:
    if held is None:
        return None
    return (held.name_fr if language.startswith("fr") else "") or held.name_en


def _dated(rate: Rate) -> DatedRate:
    return DatedRate(
        rate.base_id, rate.quote_id, rate.on, rate.rate, rate.source, rate.seen_in, rate.printed_in
    )
