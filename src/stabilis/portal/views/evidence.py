"""Sources, snapshots, what changed between them, and rows as the producer printed them."""

from dataclasses import replace
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from stabilis.connectors import sources as known_sources
from stabilis.evidence import comparing, held
from stabilis.portal import answers, listing
from stabilis.portal.asking import BadAddress
from stabilis.warehouse.manifest import Manifest
from stabilis.warehouse.snapshots import NoSuchSnapshot

ROWS_AT_ONCE = 200


def sources(request: HttpRequest, form: str) -> HttpResponse:
    """Show every source: what it is, its terms, what is held of it."""
    context = {
        "room": "sources",
        "snapshots": held.snapshots(),
        "compared": [id for id in known_sources() if len(held.snapshots(id)) > 1],
    }
    table = listing.sources()
    return answers.answer(
        request, table, form=form, template="portal/sources.html", context=context
    )


def snapshot(request: HttpRequest, id: str) -> HttpResponse:
    """Show what a snapshot says of itself."""
    manifest = _manifest(id)
    source = known_sources()[manifest.source]
    context = {
        "room": "sources",
        "snapshot": manifest,
        "source": source,
        "official": [name for name in manifest.tables if source.is_official(name)],
    }
    return render(request, "portal/snapshot.html", context)


def table(request: HttpRequest, id: str, table: str, form: str) -> HttpResponse:
    """Show the first rows of a stored table that match the filter in the address."""
    manifest = _manifest(id)
    _refuse_official(manifest, table)
    if table not in manifest.tables:
        raise Http404(_("this snapshot has no table %(name)s") % {"name": table})
    limit = ROWS_AT_ONCE if form == "html" else None
    found = listing.stored(manifest, table=table, wanted=request.GET.dict(), limit=limit)
    context = {"room": "sources", "snapshot": manifest, "title": table, "limit": ROWS_AT_ONCE}
    return answers.answer(request, found, form=form, template="portal/stored.html", context=context)


def row(request: HttpRequest, id: str, table: str, file: str, row: int) -> HttpResponse:
    """Show one source row: as stored, and as printed where that is kept."""
    manifest = _manifest(id)
    _refuse_official(manifest, table)
    wanted = {"source_file": file, "source_row": row}
    stored = (
        held.stored(id, table=table, where=wanted, limit=20) if table in manifest.tables else None
    )
    if stored is None or stored.is_empty():
        raise Http404(_("this snapshot has no such row"))
    context: dict[str, Any] = {
        "room": "sources",
        "snapshot": manifest,
        "table_name": table,
        "file": file,
        "row": row,
        "stored": listing.described(manifest, table=table, rows=stored.to_dicts()),
        "printed": _printed(manifest, file=file, row=row),
        "original": next((item for item in manifest.originals if item.name == file), None),
    }
    return render(request, "portal/row.html", context)


def changes(request: HttpRequest, source: str, form: str) -> HttpResponse:
    """Show what changed between two releases of a source."""
    if source not in known_sources():
        raise Http404(_("no source is called %(name)s") % {"name": source})
    releases = [item for item in held.snapshots(source) if item.tables]
    if len(releases) < 2:
        raise Http404(_("fewer than two releases of this source are held"))
    later = _asked_release(request.GET.get("to", ""), releases, releases[0])
    earlier = _asked_release(request.GET.get("from", ""), releases, releases[1])
    found = comparing.changes(earlier=_public(earlier), later=_public(later))
    context = {"room": "sources", "earlier": earlier, "later": later, "releases": releases}
    context |= {"counts": found.counts, "source": known_sources()[source]}
    return answers.answer(
        request,
        listing.changes(found, source=source),
        form=form,
        template="portal/changes.html",
        context=context,
    )


def _asked_release(id: str, releases: list[Manifest], otherwise: Manifest) -> Manifest:
    if not id:
        return otherwise
    found = next((item for item in releases if item.id == id), None)
    if found is None:
        raise BadAddress(_("no release of this source is called %(id)s") % {"id": id})
    return found


def _refuse_official(manifest: Manifest, table: str) -> None:
    if known_sources()[manifest.source].is_official(table):
        raise PermissionDenied(
            _(
                "This table is official: it names units. The public sees its totals with small "
                "counts protected, in the section on trainings."
            )
        )


def _public(manifest: Manifest) -> Manifest:
    """Return a snapshot without its official tables."""
    source = known_sources()[manifest.source]
    shown = {name: kept for name, kept in manifest.tables.items() if not source.is_official(name)}
    return replace(manifest, tables=shown)


def _printed(manifest: Manifest, *, file: str, row: int) -> dict[str, str] | None:
    """Return a row as printed. A source with official tables prints units and small counts."""
    if known_sources()[manifest.source].official:
        return None
    return held.printed_row(manifest.id, file=file, row=row)


def _manifest(id: str) -> Manifest:
    try:
        return held.snapshot(id)
    except NoSuchSnapshot as error:
        raise Http404(str(error)) from error
