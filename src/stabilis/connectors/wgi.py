"""Worldwide Governance Indicators: six dimensions with their errors, by country and year.

One sheet is one dimension; one row of a sheet is one country, six columns are one of its years.
There are no estimates for 1997, 1999 and 2001.
"""

from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path

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
from stabilis.connectors.reading import workbook
from stabilis.connectors.reading.cells import Cell, typed
from stabilis.connectors.reading.countries import alpha3_of_code
from stabilis.connectors.reading.workbook import Line

# The title in A1 says which dimension a sheet holds; its name must agree.
TITLES = {
    "VoiceandAccountability": "Voice and Accountability",
    "Political StabilityNoViolence": "Political Stability and Absence of Violence/Terrorism",
    "GovernmentEffectiveness": "Government Effectiveness",
    "RegulatoryQuality": "Regulatory Quality",
    "RuleofLaw": "Rule of Law",
    "ControlofCorruption": "Control of Corruption",
}
DIMENSIONS = {
    "VoiceandAccountability": "voice_and_accountability",
    "Political StabilityNoViolence": "political_stability",
    "GovernmentEffectiveness": "government_effectiveness",
    "RegulatoryQuality": "regulatory_quality",
    "RuleofLaw": "rule_of_law",
    "ControlofCorruption": "control_of_corruption",
}
LABELS = ("Country/Territory", "Code")
FIGURES = ("Estimate", "StdErr", "NumSrc", "Rank", "Lower", "Upper")
UNKNOWN = ("#N/A", "..", "...")
CELLS = {
    "country_code": Cell("Code", required=True),
    "country_name": Cell("Country/Territory", required=True),
    "year": Cell("Year", "integer", required=True, low=1996, high=2100),
    "dimension": Cell("Dimension", required=True, labels=frozenset(DIMENSIONS.values())),
    "estimate": Cell("Estimate", "number", low=-5, high=5),
    "standard_error": Cell("StdErr", "number", low=0, high=5),
    "sources": Cell("NumSrc", "integer", low=1, high=100),
    "rank": Cell("Rank", "number", low=0, high=100),
    "rank_low": Cell("Lower", "number", low=0, high=100),
    "rank_high": Cell("Upper", "number", low=0, high=100),
    "sheet": Cell("Sheet", required=True),
    "source_column": Cell("Column", required=True),
}
RANK = "percentile rank among all countries, 0 lowest"
GOVERNANCE_ESTIMATES = traced(
    "governance_estimates",
    "One dimension of governance in one country in one year; unknown where no source covers it.",
    ("country_code", "year", "dimension"),
    {
        "country": Column(pl.String, "alpha-3 code"),
        "country_code": Column(pl.String, "code as the World Bank prints it", nullable=False),
        "country_name": Column(pl.String, "name as printed", nullable=False),
        "year": Column(pl.Int64, "calendar year", nullable=False),
        "dimension": Column(pl.String, "which of the six dimensions", nullable=False),
        "estimate": Column(
            pl.Float64,
            "perceived governance, from about -2.5 (weak) to 2.5 (strong); world mean 0 each year",
            "standard normal units",
        ),
        "standard_error": Column(
            pl.Float64, "standard error of the estimate", "standard normal units"
        ),
        "sources": Column(pl.Int64, "surveys and expert ratings behind the estimate", "sources"),
        "rank": Column(pl.Float64, RANK, "percentile"),
        "rank_low": Column(pl.Float64, f"lower bound (90%) of the {RANK}", "percentile"),
        "rank_high": Column(pl.Float64, f"upper bound (90%) of the {RANK}", "percentile"),
        "sheet": Column(pl.String, "sheet of the workbook", nullable=False),
        "source_column": Column(
            pl.String, "letter of the year's first column in that sheet", nullable=False
        ),
    },
)
# The day is not known to us: the last of the month, so that "as known on" never claims too much.
PUBLISHED = {"2020 Update": date(2020, 9, 30)}


def read(path: Path, quarantine: Quarantine) -> Iterator[Batch]:
    """Yield one dimension at a time, in the order of the workbook."""
    sheets: dict[str, list[Line]] = {}
    for line in workbook.lines(path, sheets=tuple(DIMENSIONS)):
        sheets.setdefault(line.sheet, []).append(line)
    for name, lines in sheets.items():
        raw = _long(path, name, lines)
        rows = typed(raw, cells=CELLS, quarantine=quarantine)
        yield Batch("governance_estimates", _finished(path, rows, quarantine))


def _finished(path: Path, rows: pl.DataFrame, quarantine: Quarantine) -> pl.DataFrame:
    bare = rows["estimate"].is_not_null() & rows["standard_error"].is_null()
    for number, estimate in rows.filter(bare).select("source_row", "estimate").rows():
        quarantine.add(
            row=number,
            field="StdErr",
            value=None,
            reason=f"the estimate {estimate} has no standard error",
            remedy="Fill it: an estimate of governance is never read without its error.",
        )
    kept = rows.filter(~bare)
    countries = [alpha3_of_code(code).alpha3 for code in kept["country_code"]]
    return GOVERNANCE_ESTIMATES.check(
        kept.with_columns(
            pl.Series("country", countries, dtype=pl.String),
            pl.lit(path.name).alias("source_file"),
        )
    )


def _long(path: Path, sheet: str, lines: Sequence[Line]) -> pl.DataFrame:
    """Return printed cells, one row per country and year, from the sheet's wide rows."""
    head = next((place for place, line in enumerate(lines) if line.cells[:2] == LABELS), 0)
    years = _years(path, sheet, lines, head)
    cells = [
        (
            *line.cells[:2],
            year,
            DIMENSIONS[sheet],
            *(None if cell in UNKNOWN else cell for cell in line.cells[first : first + 6]),
            sheet,
            workbook.letter(first),
            line.number,
        )
        for line in lines[head + 1 :]
        if any(line.cells)
        for first, year in years
    ]
    text = (*LABELS, "Year", "Dimension", *FIGURES, "Sheet", "Column")
    schema = dict.fromkeys(text, pl.String) | {"source_row": pl.Int64}
    return pl.DataFrame(cells, schema=schema, orient="row")


def _years(path: Path, sheet: str, lines: Sequence[Line], head: int) -> list[tuple[int, str]]:
    """Return the first column and the year of each group of six figures.

    Raises SourceRefused, naming the sheet, when title, headings or years are others.
    """
    title = lines[0].cells[0] if lines else None
    differences = [] if title == TITLES[sheet] else [f"{sheet} is titled {title!r}"]
    if not head:
        differences.append(f"{sheet} has no row of headings that begins {', '.join(LABELS)}")
    found: list[tuple[int, str]] = []
    for first in range(2, len(lines[head].cells) if head else 0, 6):
        figures = lines[head].cells[first : first + 6]
        years = set(lines[head - 1].cells[first : first + 6])
        column = f"{sheet}, column {workbook.letter(first)}"
        if figures != FIGURES:
            differences.append(f"{column}: the headings are {', '.join(map(str, figures))}")
        elif len(years) != 1 or None in years:
            differences.append(f"{column}: six columns name the years {years}")
        else:
            found.append((first, str(years.pop())))
    if differences:
        remedy = f"Each year has the columns {', '.join(FIGURES)}; compare the producer's workbook."
        raise SourceRefused(path, *differences[:5], remedy=remedy)
    return found


def release(path: Path) -> Release:
    """Return the update that the first sheet names; its day of publication where it is known."""
    words = [cell for row in workbook.rows(path) for cell in row if cell and "Update" in cell]
    version = words[0].rpartition(", ")[2] if words else "unknown"
    day = PUBLISHED.get(version)
    return Release(version, day, "memory: September 2020, day unknown" if day else "")


def recognises(path: Path) -> bool:
    """Tell whether a file is a workbook with the six dimensions as sheets."""
    return workbook.has_sheets(path, *DIMENSIONS)


SOURCE = Source(
    title="Worldwide Governance Indicators",
    producer="World Bank",
    url="https://www.govindicators.org",
    citation=(
        "Kaufmann, D., Kraay, A. and Mastruzzi, M., The Worldwide Governance Indicators: "
        "Methodology and Analytical Issues, World Bank Policy Research Working Paper 5430 (2010); "
        "data: 2020 Update. Citation from memory, update as the workbook prints it."
    ),
    licence=Licence(
        "CC BY 4.0",
        may_ship=True,
        seen_in="memory",
        url="https://creativecommons.org/licenses/by/4.0/",
    ),
    tables=(GOVERNANCE_ESTIMATES,),
    recognises=recognises,
    read=read,
    release=release,
    print_rows=workbook.print_rows,
    expects=(
        Expectation(
            "governance_estimates",
            rows=(20_000, 60_000),
            why="six dimensions, some 214 countries, 21 years or more",
        ),
    ),
    events={"governance_estimates": "year"},
    notes=(
        "Perceptions, not counts: read an estimate only with its standard error and its sources.",
        "Small steps from year to year are mostly within the error, and the sources change.",
        "The world mean is set to 0 each year, so a trend is relative to all other countries.",
        "No estimates exist for 1997, 1999 and 2001.",
        "Kosovo (KSV) has one dimension from 1996, the others only from between 2000 and 2008.",
        "The sheet 'Sheet1', 2019 alone without a title, is a leftover of the workbook; not read.",
    ),
    cut=Cut(
        what="the four cases, and Serbia, with which Kosovo is compared",
        tables={
            "governance_estimates": lambda rows: rows.filter(
                pl.col("country").is_in(["AFG", "MLI", "SOM", "XKX", "SRB"])
            )
        },
    ),
)
