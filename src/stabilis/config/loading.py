"""Loads what ships with the product into the database, and draws the pages once."""

from django.test import RequestFactory

from stabilis.evidence.actions import load_case_pack
from stabilis.evidence.cases import CASES
from stabilis.evidence.held import CASE_PACK
from stabilis.portal.views.country import page
from stabilis.portal.views.front import front
from stabilis.reference.actions import load_reference


def load() -> None:
    """Load code lists, facts and claims; the same again changes nothing."""
    load_reference()
    load_case_pack(folder=CASE_PACK)


def warm() -> None:
    """Draw the front page and the four briefs once, so that a fault shows before a reader comes."""
    requests = RequestFactory()
    front(requests.get("/"))
    for code in CASES:
        page(requests.get(f"/country/{code.lower()}/"), code)
