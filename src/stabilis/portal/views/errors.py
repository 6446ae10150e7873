"""Says what went wrong, to which part of the address, and what to do; nothing typed is lost."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from stabilis.portal.asking import BadAddress


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer 400: a part of the address means nothing."""
    said = str(exception) if isinstance(exception, BadAddress) else ""
    context = {"title": _("This address cannot be read"), "said": said}
    return render(request, "portal/error.html", context, status=400)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer 404: nothing is held at this address."""
    said = str(exception) if isinstance(exception, Http404) and "{" not in str(exception) else ""
    context = {"title": _("There is nothing at this address"), "said": said}
    return render(request, "portal/error.html", context, status=404)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer 403: what is held at this address is not for the public."""
    context = {"title": _("This is not for the public"), "said": str(exception)}
    return render(request, "portal/error.html", context, status=403)


def fault(request: HttpRequest) -> HttpResponse:
    """Answer 500 without touching data or templates that may be at fault."""
    text = _("Something failed here, and it has been written to the log. Nothing was changed.")
    return HttpResponse(text, status=500, content_type="text/plain; charset=utf-8")
