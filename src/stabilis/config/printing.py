"""Prints answers on a terminal: a table for people, JSON for programs."""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table as Sheet

from stabilis.analysis.measures import measures
from stabilis.config.starting import Started
from stabilis.evidence import held
from stabilis.evidence.checking import Check
from stabilis.evidence.ingestion import Ingested
from stabilis.interface.tables import Table
from stabilis.portal import briefs, listing
from stabilis.portal.asking import today
from stabilis.portal.panels import Asked, panels
from stabilis.reference.queries import country as reference_country

MOST_ROWS = 60


class NoRows(LookupError):
    """There is no such section, or no row of it is held; the message says which and why."""


class BadEnding(ValueError):
    """A file's name does not end as a known form does."""


def as_json(out: Console, value: Any) -> None:
    """Print a value as JSON, nothing else."""
    out.print_json(json.dumps(value, default=str, ensure_ascii=False))


def section_table(country: str, section: str) -> Table:
    """Return the rows behind a section. Raises NoRows where there are none."""
    about = reference_country(country.upper())
    if section not in panels():
        raise NoRows(f"no section is called {section}; there are {', '.join(panels())}")
    found = briefs.section(section, Asked(country.upper(), today=today()))
    if found.table is None:
        raise NoRows(found.finding)
    return replace(found.table, status_note=about.status_note)


def findings(out: Console, country: str, *, as_json: bool) -> None:
    """Print the finding of every section of a country."""
    reference_country(country)
    parts = briefs.brief(Asked(country))
    if as_json:
        out.print_json(json.dumps({part.id: part.section.finding for part in parts}))
        return
    for part in parts:
        out.print(f"[bold]{part.panel.title()}[/bold]\n{part.section.finding}\n")


def table(out: Console, found: Table, *, as_json: bool) -> None:
    """Print a table, the first rows only on a terminal."""
    if as_json:
        out.print_json(json.dumps(found.as_records(), default=str, ensure_ascii=False))
        return
    sheet = Sheet(title=found.title, caption=found.source)
    for column in found.columns:
        sheet.add_column(column.label, justify="right" if column.is_number else "left")
    for _link, cells in found.cells(MOST_ROWS):
        sheet.add_row(*(text for _column, text in cells))
    out.print(sheet)


def write(found: Table, to: Path) -> None:
    """Write a table as the file's ending says. Raises BadEnding for another."""
    if to.suffix == ".csv":
        to.write_text(found.as_csv(), encoding="utf-8", newline="")
    elif to.suffix == ".json":
        to.write_text(json.dumps(found.as_records(), default=str, ensure_ascii=False))
    else:
        raise BadEnding(f"{to.name}: write to a file that ends in .csv or .json")


def ingested(out: Console, result: Ingested, *, as_json: bool) -> None:
    """Print what an ingestion did."""
    snapshot = result.snapshot
    if as_json:
        out.print_json(json.dumps(asdict(snapshot) | {"is_new": result.is_new}, default=str))
        return
    out.print(snapshot.id if result.is_new else f"{snapshot.id} was held already; nothing changed")
    for name, stored in snapshot.tables.items():
        out.print(f"  {name}: {stored.rows:,} rows")
    if snapshot.quarantined:
        out.print(f"  {snapshot.quarantined:,} rows set aside: /snapshot/{snapshot.id}/quarantine/")


def started(out: Console, result: Started, *, as_json: bool) -> None:
    """Print what starting a country did."""
    if as_json:
        out.print_json(json.dumps(asdict(result), default=str))
        return
    for id, files in result.loaded.items():
        out.print(f"loaded   {id}  ({files})")
    for file, reason in result.refused.items():
        out.print(f"refused  {file}: {reason}")
    if result.unrecognised:
        out.print(f"of no known source: {', '.join(result.unrecognised)}", soft_wrap=True)
    for id, finding in result.sections.items():
        out.print(f"{id:14} {finding}")
    out.print(f"The page is at /country/{result.country.lower()}/")


def checks(out: Console, results: Sequence[Check], *, as_json: bool) -> None:
    """Print each check with its answer."""
    if as_json:
        out.print_json(json.dumps([asdict(item) for item in results]))
        return
    for item in results:
        out.print(f"{'ok    ' if item.ok else 'FAILED'} {item.what}: {item.said}")


def listed(out: Console, rows: Sequence[Mapping[str, Any]], *, as_json: bool) -> None:
    """Print rows of one shape."""
    if as_json:
        out.print_json(json.dumps(list(rows), default=str))
        return
    sheet = Sheet(*(rows[0] if rows else ("nothing",)))
    for row in rows:
        sheet.add_row(*(str(value) for value in row.values()))
    out.print(sheet)


def _sources() -> list[dict[str, Any]]:
    names = ("source", "title", "licence", "ships", "releases", "newest", "rows")
    return [{name: row[name] for name in names} for row in listing.sources().rows]


def _measures() -> list[dict[str, Any]]:
    return [
        {"measure": id, "title": item.title, "unit": item.unit, "version": item.version}
        for id, item in measures().items()
    ]


def _snapshots() -> list[dict[str, Any]]:
    return [
        {"snapshot": item.id, "release": item.release, "published": item.published_on}
        for item in held.snapshots()
    ]


def _sections() -> list[dict[str, Any]]:
    return [
        {"section": id, "title": str(item.title()), "question": str(item.question())}
        for id, item in panels().items()
    ]


LISTS: dict[str, Callable[[], list[dict[str, Any]]]] = {
    "sources": _sources,
    "measures": _measures,
    "snapshots": _snapshots,
    "sections": _sections,
}
