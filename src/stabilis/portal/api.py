"""The data interface, version 1: the same answers as the pages, typed and described.

Problems are answered as problem+json (RFC 9457) and name the field and the remedy.
"""

from dataclasses import replace
from typing import Any

from django.http import HttpRequest, HttpResponse
from ninja import NinjaAPI

from stabilis import __version__
from stabilis.analysis.measures import measures
from stabilis.connectors import sources
from stabilis.evidence import assessing, held, queries
from stabilis.evidence.cases import CASES
from stabilis.portal import briefs, listing, supporting
from stabilis.portal.asking import BadAddress, horizon, today
from stabilis.portal.panels import Asked, panels
from stabilis.portal.schemas import (
    ClaimOut,
    CountryOut,
    FactOut,
    MeasureOut,
    Problem,
    SnapshotOut,
    SourceOut,
    TableOut,
    WeighedOut,
)
from stabilis.reference.queries import NoSuchCountry, country_name
from stabilis.reference.queries import country as reference_country
from stabilis.warehouse.snapshots import NoSuchSnapshot

api = NinjaAPI(
    title="Stabilis",
    version="1",
    description="Evidence on support to fragile states; every number with its source.",
    urls_namespace="api",
)


@api.get("/countries", response=list[CountryOut], tags=["countries"])
def list_countries(request: HttpRequest) -> list[CountryOut]:
    """Return the countries of the case pack and their sections."""
    return [
        CountryOut(alpha3=code, name=country_name(code, language="en"), sections=list(panels()))
        for code in CASES
    ]


@api.get(
    "/countries/{alpha3}/{section}",
    response={200: TableOut, 404: Problem, 400: Problem},
    tags=["countries"],
)
def read_section(
    request: HttpRequest, alpha3: str, section: str, mode: str = "counted", until: str = "",
    donor: str = "",
) -> Any:  # fmt: skip
    """Return the rows behind one section of a country's brief.

    Any column's key may be given as a filter. `mode` is counted or known, `until` a day.
    """
    about = reference_country(alpha3.upper())
    if section not in panels():
        raise NoSuchSnapshot(f"no section {section}; there are {', '.join(panels())}")
    asked = Asked(alpha3.upper(), horizon(request.GET), donor.upper(), today=today())
    found = briefs.section(section, asked)
    if found.table is None:
        raise NoSuchSnapshot(found.finding)
    table = replace(found.table, status_note=about.status_note)
    return table.where(request.GET.dict()).as_records()


@api.get("/flows", response={200: TableOut, 400: Problem}, tags=["countries"])
def read_flows(request: HttpRequest, donor: str = "") -> Any:
    """Return who supports whom across the cases, by kind; units differ and are not added."""
    return (
        supporting.support(horizon=horizon(request.GET), donor=donor.upper())
        .table.where(request.GET.dict())
        .as_records()
    )


@api.get("/unknowns", response=TableOut, tags=["countries"])
def read_unknowns(request: HttpRequest) -> Any:
    """Return what is not known, and which decision each gap blocks."""
    return listing.unknowns().where(request.GET.dict()).as_records()


@api.get("/sources", response=list[SourceOut], tags=["evidence"])
def list_sources(request: HttpRequest) -> list[SourceOut]:
    """Return every source and which releases of it are held."""
    return [
        SourceOut(
            id=id,
            title=source.title,
            producer=source.producer,
            url=source.url,
            licence=source.licence.name,
            may_ship=source.licence.may_ship,
            releases_held=[item.release for item in held.snapshots(id)],
        )
        for id, source in sources().items()
    ]


@api.get("/snapshots", response=list[SnapshotOut], tags=["evidence"])
def list_snapshots(request: HttpRequest) -> Any:
    """Return every snapshot held."""
    return held.snapshots()


@api.get("/snapshots/{id}", response={200: SnapshotOut, 404: Problem}, tags=["evidence"])
def read_snapshot(request: HttpRequest, id: str) -> Any:
    """Return what one snapshot says of itself."""
    return held.snapshot(id)


@api.get("/facts/{alpha3}", response={200: list[FactOut], 404: Problem}, tags=["countries"])
def list_facts(request: HttpRequest, alpha3: str) -> Any:
    """Return the cited figures of a country."""
    return list(queries.facts_of(reference_country(alpha3).alpha3))


@api.get("/claims", response={200: list[ClaimOut], 400: Problem}, tags=["countries"])
def list_claims(request: HttpRequest, mode: str = "counted", until: str = "") -> Any:
    """Return every claim with the assessment that follows from what is held."""
    asked = horizon(request.GET)
    return [
        _claim(assessing.assessed(claim, horizon=asked))
        for code in CASES
        for claim in queries.claims_of(code)
    ]


def _claim(found: assessing.Assessed) -> ClaimOut:
    return ClaimOut(
        id=found.claim.id,
        country=found.claim.country,
        quote=found.claim.quote,
        outcome=found.assessment.outcome.verdict,
        actor=found.assessment.actor.verdict,
        rule=found.assessment.rule,
        rule_version=found.assessment.version,
        counter_view=found.claim.counter_view,
        evidence=[_weighed(item) for item in found.evidence],
    )


def _weighed(weighed: assessing.Weighed) -> WeighedOut:
    item = weighed.row.item
    return WeighedOut(
        id=item.id,
        bears_on=item.bears_on,
        direction=weighed.direction,
        is_deciding=weighed.row.is_deciding,
        independent=item.independent,
        said_by=item.said_by,
        fact=item.fact,
        ratio=weighed.ratio.value if weighed.ratio else None,
    )


@api.get("/measures", response=list[MeasureOut], tags=["methods"])
def list_measures(request: HttpRequest) -> list[MeasureOut]:
    """Return every measure with its formula and citation."""
    return [
        MeasureOut(
            id=id,
            title=measure.title,
            unit=measure.unit,
            formula=measure.formula,
            version=measure.version,
            citations=[f"{item.text} ({item.seen_in})" for item in measure.source],
            caveats=list(measure.caveats),
        )
        for id, measure in measures().items()
    ]


@api.get("/version", tags=["methods"])
def read_version(request: HttpRequest) -> dict[str, str]:
    """Return the version of the product and of this interface."""
    return {"product": __version__, "interface": "1"}


def problem(request: HttpRequest, *, status: int, title: str, detail: str) -> HttpResponse:
    """Return a problem+json answer."""
    body = {"type": "about:blank", "title": title, "status": status, "detail": detail}
    answer = api.create_response(request, body, status=status)
    answer["Content-Type"] = "application/problem+json"
    return answer


@api.exception_handler(BadAddress)
def bad_address(request: HttpRequest, error: BadAddress) -> HttpResponse:
    """Answer 400 when a parameter means nothing."""
    return problem(request, status=400, title="Bad parameter", detail=str(error))


@api.exception_handler(NoSuchSnapshot)
def not_found(request: HttpRequest, error: NoSuchSnapshot) -> HttpResponse:
    """Answer 404 when what is asked for is not held."""
    return problem(request, status=404, title="Not held", detail=str(error))


@api.exception_handler(NoSuchCountry)
def no_country(request: HttpRequest, error: NoSuchCountry) -> HttpResponse:
    """Answer 404 when there is no such country."""
    return problem(request, status=404, title="No such country", detail=str(error))
