"""The country page, its sections as tables, and their charts as specifications."""

from dataclasses import replace
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from stabilis.portal import answers, briefs, tracing
from stabilis.portal.asking import BadAddress, asked
from stabilis.portal.panels import Asked, Panel, Section, panels
from stabilis.reference.queries import NoSuchCountry, country, country_name


def page(request: HttpRequest, code: str) -> HttpResponse:
    """Show the brief of one country."""
    question = asked(request, country=code)
    parts = briefs.brief(question)
    context = about(request, question) | {
        "sections": parts,
        "coverage": briefs.coverage(question),
        "bar_words": briefs.words_of_bar(parts),
        "standfirst": briefs.standfirst(parts),
        "donors": briefs.donors(parts),
    }
    return render(request, "portal/country.html", context)


def coverage(request: HttpRequest, code: str, form: str) -> HttpResponse:
    """Show what is held and what is missing, panel by country."""
    question = asked(request, country=code)
    context = about(request, question) | {"title": _("Held and unknown")}
    table = briefs.coverage(question)
    return answers.answer(request, table, form=form, template="portal/table.html", context=context)


def panel(request: HttpRequest, code: str, panel: str, form: str = "html") -> HttpResponse:
    """Show one section's rows, and the number that the address asks for with its citation."""
    question = asked(request, country=code)
    chosen = _panel(panel)
    # The year of an address filters rows here; on the brief it moves the map.
    section = briefs.section(panel, replace(question, year=None))
    if section.table is None:
        raise Http404(section.finding)
    context = about(request, question) | {
        "panel": chosen,
        "panel_id": panel,
        "section": section,
        "cited": _cited(request, section),
    }
    table = replace(section.table, status_note=context["country"].status_note)
    return answers.answer(request, table, form=form, template="portal/panel.html", context=context)


def chart(request: HttpRequest, code: str, panel: str) -> JsonResponse:
    """Return the specification of a section's chart, for exploring it in the browser."""
    _panel(panel)
    section = briefs.section(panel, asked(request, country=code))
    position = request.GET.get("figure", "0")
    if not position.isdigit() or int(position) >= len(section.charts):
        raise Http404(_("this section has no such figure"))
    return JsonResponse(section.charts[int(position)].spec)


def points(request: HttpRequest, code: str) -> JsonResponse:
    """Return the places of violence and the outline as GeoJSON, for the explorable map."""
    section = briefs.section("map", asked(request, country=code))
    found = section.extra.get("geojson")
    if found is None:
        raise Http404(section.finding)
    return JsonResponse(found, content_type="application/geo+json")


def about(request: HttpRequest, question: Asked) -> dict[str, Any]:
    """Return what every page of a country shows. Raises 404 where there is no such country."""
    try:
        found = country(question.country)
    except NoSuchCountry as error:
        raise Http404(str(error)) from error
    kept = request.GET.copy()
    for name in ("figure", "sort", "year"):
        kept.pop(name, None)
    return {
        "asked": question,
        "code": question.country,
        "country": found,
        "country_name": country_name(question.country, language=get_language() or "en"),
        "query": f"?{kept.urlencode()}" if kept else "",
        "horizon_words": briefs.words_of_horizon(question),
    }


def _panel(name: str) -> Panel:
    if name not in panels():
        raise Http404(_("no section is called %(name)s") % {"name": name})
    return panels()[name]


def _cited(request: HttpRequest, section: Section) -> dict[str, object] | None:
    """Return the number that the address names, with its footnote and permalink."""
    table, figure = section.table, request.GET.get("figure", "")
    if table is None or not section.snapshots or not figure:
        return None
    if figure not in {column.key for column in table.columns if column.is_number}:
        raise BadAddress(_("figure is “%(figure)s”, which is no number") % {"figure": figure})
    where = dict(table.where(request.GET.dict()).filters)
    snapshot = section.snapshots[0]
    found = tracing.number(
        table, figure=figure, where=where, snapshot=snapshot, address=request.path
    )
    shown = next((each for each in section.numbers if each.href == found.href), None)
    if shown is not None:
        found = replace(found, label=shown.label, unit=shown.unit, as_of=shown.as_of)
    permalink = request.build_absolute_uri(found.href)
    return {
        "number": found,
        "permalink": permalink,
        "footnote": tracing.footnote(found, snapshot=snapshot, permalink=permalink),
        "rows": len(table.where(where).rows),
    }
