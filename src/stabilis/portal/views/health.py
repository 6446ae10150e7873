"""Says whether this process can answer: its version, and what it holds."""

from django.db import connection
from django.http import HttpRequest, JsonResponse

from stabilis import __version__
from stabilis.evidence import held


def health(request: HttpRequest) -> JsonResponse:
    """Return 200 and a few facts when database and snapshots can be read."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return JsonResponse(
        {"status": "ok", "version": __version__, "snapshots": len(held.snapshots())}
    )
