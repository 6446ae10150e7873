"""Reads the money of an IATI activity: transactions with their places and sectors, and budgets."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from stabilis.connectors.reading import iati_codes
from stabilis.connectors.reading.elements import attribute, text
from stabilis.connectors.reading.iati_copy import Copy, Element, Rows, code, said

NO_ORGANISATION = (None, None, None)


def transaction(copy: Copy, element: Element, *, rows: Rows, row: int, number: int) -> None:
    """Add one transaction, its recipients and its sectors, or set it aside whole."""
    parts: dict[str, Element] = {}
    places: list[tuple[str, tuple[Any, ...], int]] = []
    for child_row, child in enumerate(element, start=row + 1):
        name = child.tag
        parts.setdefault(name, child)
        if name == "sector":
            places.append(("aid_sectors", sector(copy, child, transaction=number), child_row))
        elif name in ("recipient-country", "recipient-region"):
            places.append(("aid_countries", recipient(copy, child, transaction=number), child_row))
    cells = _transaction(copy, parts, number)
    whole = not copy.faults
    copy.keep(rows, "aid_transactions", cells, row=row, place=f"transaction {number}")
    if whole:
        for table, place, child_row in places:
            rows[table].append((*place, child_row))


def _transaction(copy: Copy, parts: Mapping[str, Element], number: int) -> tuple[Any, ...]:
    kind = code(parts.get("transaction-type"))
    value = parts.get("value")
    valued_on = attribute(value, "value-date") if value is not None else None
    return (
        copy.identifier,
        copy.position,
        number,
        iati_codes.transaction_type(kind),
        kind,
        _dated(copy, parts.get("transaction-date"), field="transaction-date"),
        copy.day(valued_on, field="value/@value-date"),
        *copy.amount(value, field="value"),
        *_organisation(parts.get("provider-org"), "provider-activity-id"),
        *_organisation(parts.get("receiver-org"), "receiver-activity-id"),
        *_recipient_of(copy, parts),
        *_sector_of(parts.get("sector")),
        said(parts.get("description")),
    )


def _dated(copy: Copy, element: Element | None, *, field: str) -> date | None:
    """Return the day of an element: its iso-date, or its text where version 1 has only that."""
    if element is None:
        return None
    return copy.day(attribute(element, "iso-date") or text(element), field=field)


def _organisation(element: Element | None, activity: str) -> tuple[str | None, ...]:
    if element is None:
        return NO_ORGANISATION
    return element.get("ref"), said(element), element.get(activity)


def _recipient_of(copy: Copy, parts: Mapping[str, Element]) -> tuple[str | None, str | None]:
    """Return country and printed code of a transaction; a stated region leaves no country."""
    own = parts.get("recipient-country", parts.get("recipient-region"))
    return (copy.country, None) if own is None else (country(own), code(own))


def _sector_of(element: Element | None) -> tuple[str | None, str | None]:
    if element is None:
        return None, None
    return code(element), iati_codes.sector_vocabulary(attribute(element, "vocabulary"))


def sector(copy: Copy, element: Element, *, transaction: int | None) -> tuple[Any, ...]:
    """Return one sector, its code as printed even where the list has withdrawn it."""
    vocabulary = attribute(element, "vocabulary")
    return (
        copy.identifier,
        copy.position,
        transaction,
        copy.country,
        iati_codes.sector_vocabulary(vocabulary),
        vocabulary,
        code(element),
        said(element),
        copy.share(element),
    )


def country(element: Element) -> str | None:
    """Return the alpha-3 code of a recipient; none for a region and for an unknown code."""
    if element.tag == "recipient-region":
        return iati_codes.country_of_region(code(element), said(element))
    return iati_codes.country(code(element))


def recipient(copy: Copy, element: Element, *, transaction: int | None) -> tuple[Any, ...]:
    """Return one recipient; a region, and a country without a known code, has no alpha-3."""
    return (
        copy.identifier,
        copy.position,
        transaction,
        country(element),
        "country" if element.tag == "recipient-country" else "region",
        code(element),
        said(element),
        element.get("vocabulary"),
        copy.share(element),
    )


def budget(copy: Copy, element: Element) -> tuple[Any, ...]:
    """Return one budget: its period, type and amount."""
    parts = {child.tag: child for child in element}
    value = parts.get("value")
    valued_on = attribute(value, "value-date") if value is not None else None
    return (
        copy.identifier,
        copy.position,
        copy.country,
        iati_codes.budget_type(attribute(element, "type")),
        element.get("status"),
        _dated(copy, parts.get("period-start"), field="period-start"),
        _dated(copy, parts.get("period-end"), field="period-end"),
        copy.day(valued_on, field="value/@value-date"),
        *copy.amount(value, field="value"),
    )
