"""How tables of who does what where (3W) are printed: two known headers, and tags of HXL."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from stabilis.connectors.reading import delimited
from stabilis.connectors.reading.hxl import Wanted


@dataclass(frozen=True)
class Shape:
    """One way in which 3Ws are printed: which of its columns is what, and what else it has."""

    columns: Mapping[str, str]
    others: tuple[str, ...] = ()


HARMONISED = Shape(
    columns={
        "country_printed": "location_code",
        "adm_1": "admin1_name",
        "adm_2": "admin2_name",
        "adm_1_code": "admin1_code",
        "adm_2_code": "admin2_code",
        "organisation": "org_name",
        "acronym": "org_acronym",
        "organisation_type": "org_type_description",
        "sector": "sector_name",
        "sector_code": "sector_code",
        "starts_on": "reference_period_start",
        "ends_on": "reference_period_end",
    },
    others=(
        *("has_hrp", "in_gho", "provider_admin1_name", "provider_admin2_name", "admin_level"),
        *("dataset_hdx_id", "resource_hdx_id", "warning", "error"),
    ),
)
ETHIOPIA = Shape(
    columns={
        "adm_1": "Region",
        "adm_2": "Zone",
        "adm_3": "Woreda",
        "adm_3_code": "WoredaPcod",
        "organisation": "Implementing Partner Name",
        "acronym": "Implementing Partner Acronym",
        "organisation_type": "Implementing Partner Type",
        "donor": "Donor Name",
        "sector": "Cluster",
        "activity": "Activity",
        "status": "Activity status",
        "period_printed": "Month",
        "latitude": "Lat",
        "longitude": "Long",
    },
    others=("Donor Acronym", "Program partner Acronym", "Program Partner Name"),
)
CODE, NAME = frozenset({"code"}), frozenset({"name"})
NOT_NAME = frozenset({"code", "type", "acronym", "funder", "donor", "prog", "num", "id"})
TAGGED: dict[str, tuple[Wanted, ...]] = {
    "country_printed": (Wanted("#country", CODE), Wanted("#country")),
    **{f"adm_{level}_code": (Wanted(f"#adm{level}", CODE),) for level in (1, 2, 3)},
    **{
        f"adm_{level}": (Wanted(f"#adm{level}", NAME), Wanted(f"#adm{level}", lacks=CODE))
        for level in (1, 2, 3)
    },
    "organisation": (
        Wanted("#org", frozenset({"impl"}), NOT_NAME),
        Wanted("#org", NAME, NOT_NAME),
        Wanted("#org", lacks=NOT_NAME),
        Wanted("#org", frozenset({"prog"}), NOT_NAME - {"prog"}),
    ),
    "acronym": (Wanted("#org", frozenset({"acronym"}), frozenset({"funder", "donor"})),),
    "organisation_type": (Wanted("#org", frozenset({"type"})),),
    "donor": (Wanted("#org", frozenset({"funder"})), Wanted("#org", frozenset({"donor"}))),
    "sector": (Wanted("#sector", NAME), Wanted("#sector", lacks=CODE)),
    "sector_code": (Wanted("#sector", CODE),),
    "activity": (Wanted("#activity", NAME), Wanted("#activity", lacks=CODE)),
    "status": (Wanted("#status"),),
    "starts_on": (Wanted("#date", frozenset({"start"})),),
    "ends_on": (Wanted("#date", frozenset({"end"})),),
    "latitude": (Wanted("#geo", frozenset({"lat"})),),
    "longitude": (Wanted("#geo", frozenset({"lon"})),),
}


def is_presence(printed: Sequence[str]) -> bool:
    """Tell whether tags are those of a 3W: who, what and where, and no sum of money."""
    hashtags = {tag.lower().partition("+")[0].strip() for tag in printed}
    places = {"#adm1", "#adm2", "#adm3", "#country", "#loc"}
    return {"#org", "#sector"} <= hashtags and bool(places & hashtags) and "#value" not in hashtags


def of_header(path: Path) -> Shape | None:
    """Return the known shape of which a CSV's header shows more than half, None where of neither.

    A header that changed a little is still this shape, and the reader names what changed.
    """
    if path.suffix.lower() != ".csv":
        return None
    held = set(delimited.header(path))
    for shape in (HARMONISED, ETHIOPIA):
        wanted = set(shape.columns.values())
        if 2 * len(wanted & held) > len(wanted):
            return shape
    return None
