"""Loads what ships with the product into the database."""

from stabilis.evidence.actions import load_case_pack
from stabilis.evidence.held import CASE_PACK
from stabilis.reference.actions import load_reference


def load() -> None:
    """Load code lists, facts and claims; the same again changes nothing."""
    load_reference()
    load_case_pack(folder=CASE_PACK)
