"""The shapes in which the data interface answers."""

from datetime import date, datetime
from typing import Any

from ninja import Schema


class Problem(Schema):
    """What went wrong, where, and what would mend it."""

    type: str
    title: str
    status: int
    detail: str


class CountryOut(Schema):
    """A country of the case pack."""

    alpha3: str
    name: str
    sections: list[str]


class ColumnOut(Schema):
    """One column of a table."""

    key: str
    label: str
    unit: str


class TableOut(Schema):
    """A table with its rows; `trace` in a row is the address of its source row."""

    table: str
    title: str
    source: str
    notes: list[str]
    filter: dict[str, str]
    columns: list[ColumnOut]
    rows: list[dict[str, Any]]


class SnapshotOut(Schema):
    """One immutable snapshot: its three times, its terms, its checksums."""

    id: str
    source: str
    release: str
    title: str
    producer: str
    citation: str
    licence: str
    may_ship: bool
    published_on: date | None
    published_seen_in: str
    retrieved_at: datetime
    quarantined: int
    derived_from: str
    cut: str
    rebuilt_by: str


class SourceOut(Schema):
    """One source and whether anything of it is held."""

    id: str
    title: str
    producer: str
    url: str
    licence: str
    may_ship: bool
    releases_held: list[str]


class FactOut(Schema):
    """One cited figure, range or phrase; numbers are text, exactly as printed."""

    id: str
    country: str
    topic: str
    metric: str
    value: str | None
    low: str | None
    high: str | None
    text: str | None
    unit: str | None
    as_of: str
    source: str
    seen_in: str
    confidence: str
    expires_on: str | None
    conflict: str | None
    note: str


class WeighedOut(Schema):
    """One item of evidence and the way it points on what is held now."""

    id: str
    bears_on: str
    direction: str
    is_deciding: bool
    independent: bool
    said_by: str
    fact: str | None
    ratio: float | None


class ClaimOut(Schema):
    """A claim, verbatim, and its assessment: outcome and actor apart."""

    id: str
    country: str
    quote: str
    outcome: str
    actor: str
    rule: str
    rule_version: str
    counter_view: str
    evidence: list[WeighedOut]


class MeasureOut(Schema):
    """One measure: formula, unit, citation, caveats."""

    id: str
    title: str
    unit: str
    formula: str
    version: int
    citations: list[str]
    caveats: list[str]
