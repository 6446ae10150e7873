"""What we do not know, and which decision each gap blocks."""

from django.http import HttpRequest, HttpResponse

from stabilis.portal import answers, listing


def unknowns(request: HttpRequest, form: str) -> HttpResponse:
    """Show every gap of every case."""
    context = {"room": "unknowns"}
    return answers.answer(
        request, listing.unknowns(), form=form, template="portal/unknowns.html", context=context
    )
