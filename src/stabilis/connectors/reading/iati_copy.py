"""One copy of an IATI activity while it is read: its parts, its rows, and what could not be read.

A row is made whole or set aside whole; the rest of its activity still loads.
"""

from collections import defaultdict
from datetime import date
from typing import Any

from lxml import etree

from stabilis.connectors import Quarantine
from stabilis.connectors.reading import iati_codes, minor_units
from stabilis.connectors.reading.elements import attribute, text

Element = etree._Element
Rows = defaultdict[str, list[tuple[Any, ...]]]

READ = frozenset(
    (
        "iati-identifier",
        "reporting-org",
        "title",
        "activity-status",
        "activity-date",
        "default-flow-type",
        "default-aid-type",
        "default-finance-type",
        "default-tied-status",
        "recipient-country",
        "recipient-region",
        "sector",
        "participating-org",
        "transaction",
        "budget",
    )
)
DATE = ("this is not a date", "Write a date such as 2021-04-14.")
DECIMAL = (
    "this is not a plain decimal number",
    "Write digits with a point, such as 1250.50, without separators or spaces.",
)
EMPTY_VALUE = ("the amount is missing", "Write it; a transaction or budget is nothing without one.")
NO_CURRENCY = (
    "no currency is stated here, and the activity has no default",
    "Name the currency of the value, or a default-currency of the activity.",
)
UNKNOWN_CURRENCY = (
    "ISO 4217 has no such currency, or no minor unit of it",
    "Use a currency code of ISO 4217.",
)


class Copy:
    """One activity of one file: what its rows share, and the faults of the row being made."""

    def __init__(
        self, element: Element, *, position: int, row: int, quarantine: Quarantine
    ) -> None:
        self.element = element
        self.position = position
        self.row = row
        self.quarantine = quarantine
        self.currency = attribute(element, "default-currency")
        self.identifier: str | None = None
        self.country: str | None = None
        self.faults: list[tuple[str, str | None, tuple[str, str]]] = []
        self.parts: defaultdict[str, list[tuple[int, Element]]] = defaultdict(list)
        self.last_row = self._place()

    def _place(self) -> int:
        """Sort the children that are read by name, each with its row; return the last row.

        Rows count activities, their children and grandchildren in the order of the file.
        """
        row = self.row
        parts = self.parts
        for child in self.element:
            row += 1
            name = child.tag
            if name in READ:
                parts[name].append((row, child))
            row += len(child)
        return row

    def first(self, name: str) -> Element | None:
        """Return the first child of a name."""
        found = self.parts.get(name)
        return found[0][1] if found else None

    def day(self, printed: str | None, *, field: str) -> date | None:
        """Return a printed day; an unreadable one is a fault of the row being made."""
        if printed is None:
            return None
        found = iati_codes.day(printed)
        if found is None:
            self.faults.append((field, printed, DATE))
        return found

    def share(self, element: Element) -> float | None:
        """Return a percentage; None where none is stated. An unreadable one is a fault."""
        printed = attribute(element, "percentage")
        if printed is None:
            return None
        found = iati_codes.share(printed)
        if found is None:
            self.faults.append((f"{element.tag}/@percentage", printed, DECIMAL))
        return found

    def amount(self, value: Element | None, *, field: str) -> tuple[Any, ...]:
        """Return minor units, currency, print and rounding of a value; a gap is a fault."""
        printed = text(value) if value is not None else None
        own = attribute(value, "currency") if value is not None else None
        currency = (own or self.currency or "").upper()
        places = minor_units.places(currency)
        if printed is None:
            self.faults.append((field, None, EMPTY_VALUE))
        elif places is None:
            known = UNKNOWN_CURRENCY if currency else NO_CURRENCY
            self.faults.append((f"{field}/@currency", currency or None, known))
        elif found := minor_units.amount(printed, places=places):
            return found.minor, currency, printed, found.is_rounded
        else:
            self.faults.append((field, printed, DECIMAL))
        return None, currency, printed, False

    def keep(self, rows: Rows, table: str, cells: tuple[Any, ...], *, row: int, place: str) -> None:
        """Add a row to its table, or set it aside when something in it could not be read."""
        if self.faults:
            self.set_aside(row=row, place=place)
        else:
            rows[table].append((*cells, row))

    def set_aside(self, *, row: int, place: str, kept: str = "") -> None:
        """Send the faults found since the last row to the quarantine."""
        for field, value, (reason, remedy) in self.faults:
            told = f"{reason} (activity {self.identifier or self.position}, {place}){kept}"
            self.quarantine.add(row=row, field=field, value=value, reason=told, remedy=remedy)
        self.faults.clear()


def said(element: Element | None) -> str | None:
    """Return the first narrative that is not empty, or the element's own text as in version 1."""
    if element is None:
        return None
    for child in element:
        if child.tag == "narrative" and (found := text(child)):
            return found
    return text(element)


def code(element: Element | None) -> str | None:
    """Return the code of an element; None where there is no element or no code."""
    return attribute(element, "code") if element is not None else None
