"""Addresses that keep what the reader asked for."""

from typing import Any

from django import template
from django.http import HttpRequest

from stabilis.interface.tables import Column, Table

register = template.Library()


@register.simple_tag(takes_context=True)
def sorted_by(context: dict[str, Any], key: str) -> str:
    """Return this address ordered by a column; a second time, the other way round."""
    request: HttpRequest = context["request"]
    given = request.GET.copy()
    given["sort"] = f"-{key}" if given.get("sort") == key else key
    return f"?{given.urlencode()}"


@register.simple_tag(takes_context=True)
def as_form(context: dict[str, Any], form: str) -> str:
    """Return this table's address as json or csv, with the same filter."""
    request: HttpRequest = context["request"]
    query = f"?{request.GET.urlencode()}" if request.GET else ""
    return f"{request.path.rstrip('/')}.{form}{query}"


@register.filter
def first_rows(table: Table, most: int | str) -> list[tuple[str, list[tuple[Column, str]]]]:
    """Return the cells of a table's first rows, or of all where no limit is given."""
    return table.cells(int(most) if most else None)
