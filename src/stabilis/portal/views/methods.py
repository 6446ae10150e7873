"""How things are measured, read and judged: printed from the files that do it."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from stabilis.portal import methods as known


def methods(request: HttpRequest) -> HttpResponse:
    """List every measure, source and rule."""
    return render(request, "portal/methods.html", {"room": "methods", "groups": known.groups()})


def method(request: HttpRequest, id: str) -> HttpResponse:
    """Show one measure, source or rule, with its citation and worked examples."""
    found = known.found(id)
    if found is None:
        raise Http404(_("no method is called %(name)s") % {"name": id})
    return render(request, f"portal/{found.template}", {"room": "methods", "method": found})
