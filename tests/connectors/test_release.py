"""A release names snapshots and stands in addresses, though the file itself may say anything."""

import pytest

from stabilis.connectors import Release


@pytest.mark.parametrize(
    ("said", "version"),
    [
        ("25.1", "25.1"),
        ("reports 1999-2000 to 2020-2021", "reports 1999-2000 to 2020-2021"),
        ("2020\0Update\n", "2020 Update"),
        ("\ud800", "unknown"),
        (" ", "unknown"),
        ("x" * 5000, "x" * 48),
    ],
)
def test_a_version_stays_printable_and_short_whatever_the_file_says(
    said: str, version: str
) -> None:
    assert Release(said).version == version
