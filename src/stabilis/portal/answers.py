"""Answers a request for a table as a page, as JSON or as CSV, filtered as its address says."""

from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render

from stabilis.interface.tables import Table

SHOWN_AT_ONCE = 500


def narrowed(request: HttpRequest, table: Table) -> Table:
    """Return the table with the filter and the order of the address."""
    given = {key: str(value) for key, value in request.GET.items() if key != "sort"}
    found = table.where(given)
    return found.ordered(request.GET["sort"]) if request.GET.get("sort") else found


def answer(
    request: HttpRequest, table: Table, *, form: str, template: str, context: dict[str, Any]
) -> HttpResponse:
    """Return the narrowed table in the asked form: html, json or csv."""
    found = narrowed(request, table)
    if form == "json":
        return JsonResponse(found.as_records(), json_dumps_params={"ensure_ascii": False})
    if form == "csv":
        named = {"Content-Disposition": f'attachment; filename="{table.id}.csv"'}
        return HttpResponse(found.as_csv(), content_type="text/csv; charset=utf-8", headers=named)
    return render(request, template, context | {"table": found, "most": SHOWN_AT_ONCE})
