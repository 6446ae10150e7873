"""INFORM Risk: scores of hazard, vulnerability and coping capacity, and what they are made of.

Three shapes: a table of indicators with their own years, a table of the index back through the
years, and the interface's answers. The interface: drmkc.jrc.ec.europa.eu/inform-index, "INFORM GRI
New Web API Documentation" (seen: secondary copy of it, and answers described in public programs;
no answer fetched by us). `fetch` keeps each workflow (a model of one year) beside its scores,
because the scores alone do not say their year.
"""

import json
import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import httpx
import polars as pl

from stabilis.analysis.frames import Column, traced
from stabilis.connectors import (
    Batch,
    Cut,
    Expectation,
    Licence,
    Quarantine,
    Release,
    Source,
    SourceRefused,
)
from stabilis.connectors.reading import delimited, jsonrows, pages
from stabilis.connectors.reading.cells import Cell, typed
from stabilis.connectors.reading.countries import alpha3_of_code

INDICES = {
    "INFORM": "INFORM Risk Index",
    "HA": "Hazard & Exposure Index",
    "VU": "Vulnerability Index",
    "CC": "Lack of Coping Capacity Index",
}
INDEX_UNIT = "0-10"
SCORE = Cell("IndicatorScore", "number", required=True, low=-1e15, high=1e15)
INDEX = Cell("IndicatorScore", "number", required=True, low=0, high=10)
NAMED = {
    "country_code": Cell("Iso3", required=True),
    "country_name": Cell("CountryName", required=True),
}
INDICATORS = NAMED | {
    "indicator": Cell("IndicatorName"),
    "year": Cell("ValidityYear", "integer", required=True, low=1990, high=2100),
    "score": SCORE,
    "unit": Cell("Unit"),
}
TRENDS = NAMED | {
    "indicator_id": Cell("IndicatorId", required=True, labels=frozenset(INDICES)),
    "indicator": Cell("FullName", required=True, labels=frozenset(INDICES.values())),
    "year": Cell("GNAYear", "integer", required=True, low=2010, high=2100),
    "score": INDEX,
}
ANSWERS = {
    "country_code": Cell("Iso3", required=True),
    "indicator_id": Cell("IndicatorId", required=True),
    "score": INDEX,
}
RISK_SCORES = traced(
    "risk_scores",
    "One value of one indicator or index in one country; a name can come twice, see the notes.",
    ("source_file", "source_row"),
    {
        "country": Column(pl.String, "alpha-3 code"),
        "country_code": Column(pl.String, "code as printed", nullable=False),
        "country_name": Column(pl.String, "name as printed; the interface gives none"),
        "indicator_id": Column(pl.String, "code of the indicator, where given"),
        "indicator": Column(pl.String, "name of the indicator; empty where none is printed"),
        "year": Column(pl.Int64, "year of the indicator or of the index", nullable=False),
        "release_year": Column(pl.Int64, "year of the release; empty: the file does not say"),
        "score": Column(pl.Float64, "value or score", "see unit", nullable=False),
        "unit": Column(pl.String, "unit as printed; 0-10 for the index (higher is more risk)"),
    },
)
RELEASE_YEAR = re.compile(r"^INFORM(\d{4})$")
SPAN = re.compile(r"(\d{4})_(\d{4})")
FIRST_GROUP = 2019


def read(path: Path, quarantine: Quarantine) -> Iterator[Batch]:
    """Yield the scores of whichever shape the file has, in its order."""
    for raw, cells, given in _shapes(path, quarantine):
        rows = typed(raw, cells=cells, quarantine=quarantine)
        countries = [alpha3_of_code(code).alpha3 for code in rows["country_code"]]
        frame = rows.with_columns(
            pl.Series("country", countries, dtype=pl.String),
            pl.lit(path.name).alias("source_file"),
            *given,
        )
        yield Batch("risk_scores", RISK_SCORES.check(frame))


Shape = tuple[pl.DataFrame, dict[str, Cell], list[pl.Expr]]


def _shapes(path: Path, quarantine: Quarantine) -> Iterator[Shape]:
    """Yield printed cells, how they are read, and what the shape itself says of every row."""
    no_year = pl.lit(None, dtype=pl.Int64).alias("release_year")
    if jsonrows.is_json(path):
        yield _answers(path)
    elif delimited.has_columns(path, "GNAYear") or delimited.has_columns(path, "FullName"):
        unit = pl.lit(INDEX_UNIT).alias("unit")
        for raw in _table(path, TRENDS, quarantine):
            yield raw, TRENDS, [unit, no_year]
    else:
        no_id = pl.lit(None, dtype=pl.String).alias("indicator_id")
        for raw in _table(path, INDICATORS, quarantine):
            yield raw, INDICATORS, [no_id, no_year]


def _table(path: Path, cells: dict[str, Cell], quarantine: Quarantine) -> Iterator[pl.DataFrame]:
    columns = [cell.column for cell in cells.values()]
    yield from delimited.read(path, expected=columns, quarantine=quarantine)


def _answers(path: Path) -> Shape:
    workflow, scores = _workflow(path), jsonrows.records(path, "scores")
    raw = jsonrows.frame(path, rows=scores, expected=[cell.column for cell in ANSWERS.values()])
    release = RELEASE_YEAR.match(str(workflow.get("WorkflowGroupName")))
    names = pl.col("indicator_id").replace_strict(INDICES, default=None, return_dtype=pl.String)
    return (
        raw,
        ANSWERS,
        [
            names.alias("indicator"),
            pl.lit(None, dtype=pl.String).alias("country_name"),
            pl.lit(workflow["GNAYear"], dtype=pl.Int64).alias("year"),
            pl.lit(int(release[1]) if release else None, dtype=pl.Int64).alias("release_year"),
            pl.lit(INDEX_UNIT).alias("unit"),
        ],
    )


def _workflow(path: Path) -> dict[str, Any]:
    """Return what the answer says of its workflow.

    Raises SourceRefused when it does not say for which year.
    """
    answer = jsonrows.document(path)
    workflow = answer.get("workflow") if isinstance(answer, dict) else None
    year = workflow.get("GNAYear") if isinstance(workflow, dict) else None
    if not isinstance(workflow, dict) or not isinstance(year, int) or not 2010 <= year <= 2100:
        raise SourceRefused(
            path,
            "the answer does not say for which year (workflow > GNAYear) its scores are",
            remedy="Keep the workflow beside its scores, as `stabilis` does when it fetches.",
        )
    return workflow


def fetch(client: httpx.Client, folder: Path) -> list[Path]:
    """Write the index and its three parts of every workflow of the newest release.

    Raises SourceRefused when no release is found under the names that INFORM uses.
    """
    group = _newest_group(client, folder)
    answer = client.get(f"Workflows/GetByWorkflowGroup/{group}").raise_for_status()
    listed = folder / f"inform_{group}_workflows.json"
    listed.write_bytes(answer.content)
    return [
        _scores(client, folder, group=group, workflow=workflow)
        for workflow in jsonrows.records(listed)
    ]


def _newest_group(client: httpx.Client, folder: Path) -> str:
    answer = client.get("Workflows/WorkflowGroups").raise_for_status()
    listed = folder / "inform_workflow_groups.json"
    listed.write_bytes(answer.content)
    names = jsonrows.document(listed)
    years = [
        int(found[1])
        for name in (names if isinstance(names, list) else [])
        if (found := RELEASE_YEAR.match(str(name))) and int(found[1]) >= FIRST_GROUP
    ]
    if not years:
        raise SourceRefused(
            listed,
            "no group of workflows is called INFORM and a year",
            remedy="Compare the interface's documentation.",
        )
    return f"INFORM{max(years)}"


def _scores(client: httpx.Client, folder: Path, *, group: str, workflow: dict[str, Any]) -> Path:
    number = workflow.get("WorkflowId")
    asked = {"WorkflowId": str(number), "IndicatorId": ",".join(INDICES)}
    answer = client.get("countries/Scores/", params=asked).raise_for_status()
    path = folder / f"inform_{group}_workflow_{number}.json"
    # The answer goes in as it came, so that no number is printed anew.
    told = json.dumps(workflow, ensure_ascii=False)
    path.write_text(f'{{"workflow": {told}, "scores": {answer.text}}}', encoding="utf-8")
    return path


def release(path: Path) -> Release:
    """Return the release that the answer names, or the years in the file's name."""
    if jsonrows.is_json(path):
        return Release(str(_workflow(path).get("WorkflowGroupName") or "unknown"))
    years = SPAN.search(path.name)
    return Release(f"{years[1]}-{years[2]}" if years else "unknown")


def print_rows(path: Path, rows: Sequence[int]) -> dict[int, dict[str, str]]:
    """Return the asked rows as printed, whichever shape the file has."""
    if jsonrows.is_json(path):
        return pages.print_rows(path, rows, "scores")
    return delimited.print_rows(path, rows)


def recognises(path: Path) -> bool:
    """Tell whether a file has the columns of one of the three shapes."""
    return (
        delimited.has_columns(path, "Iso3", "IndicatorScore", "GNAYear", "FullName")
        or delimited.has_columns(path, "Iso3", "IndicatorScore", "ValidityYear", "Unit")
        or pages.holds(path, "workflow", "WorkflowId", "GNAYear", "scores")
    )


SOURCE = Source(
    title="INFORM Risk",
    producer="INFORM, Joint Research Centre of the European Commission",
    url="https://drmkc.jrc.ec.europa.eu/inform-index",
    citation=(
        "European Commission, Joint Research Centre, INFORM Risk Index, index years 2015 to 2025, "
        "Disaster Risk Management Knowledge Centre. Citation from memory."
    ),
    licence=Licence(
        "CC BY 4.0",
        may_ship=True,
        seen_in="secondary copy: public programs that use the interface state it",
        url="https://creativecommons.org/licenses/by/4.0/",
    ),
    tables=(RISK_SCORES,),
    recognises=recognises,
    read=read,
    release=release,
    print_rows=print_rows,
    expects=(
        Expectation(
            "risk_scores", rows=(1, 1_000_000), why="191 countries; 76 indicators or 4 indices"
        ),
    ),
    events={"risk_scores": "year"},
    incremental_key="year",
    fetch=fetch,
    interface="https://drmkc.jrc.ec.europa.eu/inform-index/API/InformAPI/",
    notes=(
        "In the table of indicators one name stands for the raw value and for its score of 0-10.",
        "It does not say which is which, and 4,344 scores have no name: never add or rank them.",
        "The index is a composite of choices: read its parts and their sources before it.",
        "Earlier years are computed back with the newest method; older releases printed others.",
        "Kosovo is not covered; what stands under Serbia (SRB) is not said to include it.",
    ),
    cut=Cut(
        what="the four cases (Kosovo is not covered), and Serbia",
        tables={
            "risk_scores": lambda rows: rows.filter(
                pl.col("country").is_in(["AFG", "MLI", "SOM", "XKX", "SRB"])
            )
        },
    ),
)
