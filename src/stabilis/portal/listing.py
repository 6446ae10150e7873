"""Tables about what is held: sources, stored rows, changes between releases, unknowns."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from stabilis.analysis.frames import Frame
from stabilis.connectors import QUARANTINE
from stabilis.connectors import sources as known_sources
from stabilis.evidence import held
from stabilis.evidence.cases import CASES
from stabilis.evidence.comparing import Changes
from stabilis.interface.tables import Column, Table
from stabilis.portal import briefs
from stabilis.portal.asking import BadAddress
from stabilis.portal.panels import Asked
from stabilis.portal.tracing import row_address
from stabilis.reference.queries import country_name
from stabilis.warehouse.manifest import Manifest


def sources() -> Table:
    """Return every source, with its terms and what is held of it."""
    rows = []
    for id, source in known_sources().items():
        snapshots = held.snapshots(id)
        newest = snapshots[0] if snapshots else None
        rows.append(
            {
                "source": id,
                "title": source.title,
                "producer": source.producer,
                "licence": source.licence.name,
                "ships": _("yes") if source.licence.may_ship else _("no"),
                "releases": len(snapshots),
                "newest": newest.release if newest else _("none held"),
                "rows": sum(table.rows for table in newest.tables.values()) if newest else None,
                "quarantined": newest.quarantined if newest else None,
                "href": reverse("snapshot", args=[newest.id]) if newest else "",
            }
        )
    columns = (
        Column("title", _("Source")),
        Column("producer", _("Producer")),
        Column("licence", _("Licence")),
        Column("ships", _("May travel with Stabilis")),
        Column("releases", _("Releases held"), kind="integer"),
        Column("newest", _("Newest release held")),
        Column("rows", _("Rows"), kind="integer"),
        Column("quarantined", _("Set aside"), _("rows"), "integer"),
        Column("source", _("Id")),
    )
    return Table("sources", _("Sources"), columns, rows, link_label=_("Snapshot"))


def stored(
    manifest: Manifest, *, table: str, wanted: Mapping[str, str], limit: int | None
) -> Table:
    """Return rows of a stored table. Raises BadAddress when a filter does not fit its column."""
    shape = _shape(manifest, table)
    known = list(shape.columns) if shape else ["source_file", "source_row", "field", "text"]
    where = {name: _value(shape, name, text) for name, text in wanted.items() if name in known}
    frame = held.stored(manifest.id, table=table, where=where, limit=limit)
    rows = [
        row
        | {
            "href": row_address(
                manifest.id, table=table, file=row["source_file"], row=row["source_row"]
            )
        }
        for row in frame.to_dicts()
    ]
    columns = tuple(_column(shape, name) for name in frame.columns)
    return Table(table, table, columns, rows, filters=wanted, link_label=_("Source row"))


def described(
    manifest: Manifest, *, table: str, rows: Sequence[Mapping[str, Any]]
) -> list[list[dict[str, Any]]]:
    """Return each stored row as its columns: name, value, unit, meaning."""
    shape = _shape(manifest, table)
    return [
        [
            {
                "name": name,
                "value": value,
                "unit": shape.columns[name].unit if shape and name in shape.columns else "",
                "meaning": shape.columns[name].meaning if shape and name in shape.columns else "",
            }
            for name, value in row.items()
        ]
        for row in rows
    ]


def changes(found: Changes, *, source: str) -> Table:
    """Return the differences of two releases as a table."""
    columns = (
        Column("table", _("Table")),
        Column("key", _("Row")),
        Column("kind", _("Change")),
        Column("column", _("Column")),
        Column("before", _("Before")),
        Column("after", _("After")),
    )
    return Table(
        f"{source}-changes", _("What changed between releases"), columns, found.rows.to_dicts()
    )


def unknowns() -> Table:
    """Return every gap of the four cases, with the decision that it blocks."""
    language = get_language() or "en"
    rows = [
        {
            "country": country_name(code, language=language),
            "section": part.panel.title(),
            "what": gap.what,
            "blocks": gap.blocks,
            "href": f"{reverse('country', args=[code])}#{part.id}",
        }
        for code in CASES
        for part in briefs.brief(Asked(code))
        for gap in part.section.unknowns
    ]
    columns = (
        Column("country", _("Country")),
        Column("section", _("Section")),
        Column("what", _("What we do not know")),
        Column("blocks", _("Which decision that blocks")),
    )
    return Table(
        "unknowns",
        _("What we do not know"),
        columns,
        rows,
        link_label=_("Section"),
        status_note=briefs.status_note(),
    )


def _shape(manifest: Manifest, table: str) -> Frame | None:
    if table == QUARANTINE.name:
        return QUARANTINE
    frames = known_sources()[manifest.source].tables
    return next((frame for frame in frames if frame.name == table), None)


def _column(shape: Frame | None, name: str) -> Column:
    if shape is None or name not in shape.columns:
        return Column(name, name)
    declared = shape.columns[name]
    is_count = declared.dtype.is_numeric() and bool(declared.unit)
    return Column(name, name, declared.unit, "number" if is_count else "text")


def _value(shape: Frame | None, name: str, text: str) -> object:
    if shape is None or name not in shape.columns or not shape.columns[name].dtype.is_numeric():
        return text
    try:
        return int(text) if shape.columns[name].dtype.is_integer() else float(text)
    except ValueError as error:
        raise BadAddress(
            _("%(name)s is “%(text)s”; write a number") % {"name": name, "text": text}
        ) from error
