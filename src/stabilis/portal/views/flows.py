"""Who supports whom across the cases, from what is held."""

from django.http import HttpRequest, HttpResponse

from stabilis.portal import answers, supporting
from stabilis.portal.asking import horizon


def flows(request: HttpRequest, form: str) -> HttpResponse:
    """Show support by giver, country and kind."""
    donor = request.GET.get("donor", "").upper()
    found = supporting.support(horizon=horizon(request.GET), donor=donor)
    context = {"room": "flows", "found": found, "donor": donor}
    return answers.answer(
        request, found.table, form=form, template="portal/flows.html", context=context
    )
