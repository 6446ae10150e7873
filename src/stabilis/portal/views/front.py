"""The front page for a stranger: one finding, one figure, the four cases."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from stabilis.portal import opening


def front(request: HttpRequest) -> HttpResponse:
    """Show the front page."""
    return render(request, "portal/front.html", opening.opening())
