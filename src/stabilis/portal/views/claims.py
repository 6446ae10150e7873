"""One claim: its words, the evidence on both sides, the rule, the assessment, the replies."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from stabilis.evidence import assessing, queries
from stabilis.portal.asking import horizon


def show(request: HttpRequest, id: str) -> HttpResponse:
    """Show one claim and how its assessment is derived."""
    try:
        claim = queries.claim(id)
    except queries.NoSuchClaim as error:
        raise Http404(str(error)) from error
    found = assessing.assessed(claim, horizon=horizon(request.GET))
    return render(request, "portal/claim.html", {"found": found, "code": claim.country})
