"""What the tests of the case pack share: the countries it speaks of, and a pack to damage."""

import shutil
from pathlib import Path

import pytest

from stabilis.evidence.actions import CASE_PACK, load_case_pack
from stabilis.reference.models import Country

COUNTRIES = {"AFG": "Afghanistan", "MLI": "Mali", "SOM": "Somalia", "XKX": "Kosovo"}


@pytest.fixture
def countries(db: None) -> None:
    Country.objects.bulk_create(Country(alpha3=code, name=name) for code, name in COUNTRIES.items())


@pytest.fixture
def loaded(countries: None) -> None:
    load_case_pack()


@pytest.fixture
def pack(tmp_path: Path) -> Path:
    copy = tmp_path / "pack"
    shutil.copytree(CASE_PACK, copy, ignore=shutil.ignore_patterns("snapshots"))
    return copy
