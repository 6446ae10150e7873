"""Trainings by year, programme and kind of unit: outputs of one donor, small cells not printed."""

from collections.abc import Sequence
from typing import Any

import polars as pl
from django.urls import reverse
from django.utils.translation import gettext as _

from stabilis.analysis.answers import CannotJudge
from stabilis.analysis.measures import hhi
from stabilis.evidence import held
from stabilis.evidence.held import Held, NotHeld
from stabilis.interface import charts
from stabilis.interface.drawing import Chart
from stabilis.interface.numbers import plain
from stabilis.interface.tables import Column, Table
from stabilis.portal import tracing
from stabilis.portal.panels import Asked, Panel, Section, Unknown, no_rows, not_held, trainees
from stabilis.portal.panels.trainees import ALL, Rows

SOURCE, GIVER = "us_training", "USA"
MOST_NAMED = 3


def build(asked: Asked) -> Section:
    """Return the section for one country; the reports are of one donor, the United States."""
    missing = {
        "what": _("People trained, by programme and kind of unit"),
        "blocks": _("whom to train next, and whom not"),
    }
    if asked.donor not in {"", GIVER}:
        reason = _("training by %(donor)s; the reports held are of the United States alone") % {
            "donor": asked.donor
        }
        return not_held(NotHeld(SOURCE, "training_cells", reason), **missing)
    found = held.rows(
        SOURCE, table="training_cells", where={"country": asked.country}, horizon=asked.horizon
    )
    if isinstance(found, NotHeld):
        return not_held(found, **missing)
    if found.frame.is_empty():
        return no_rows(found.snapshot, **missing)
    return _section(asked, found, _years_reported(asked))


def _years_reported(asked: Asked) -> list[int]:
    """Return the fiscal years of which anything is held, of whichever country."""
    found = held.rows(SOURCE, table="training_cells", horizon=asked.horizon)
    if isinstance(found, NotHeld):
        return []
    years: list[int] = found.frame["fiscal_year"].unique().to_list()
    return years


def _section(asked: Asked, found: Held, reported: Sequence[int]) -> Section:
    address = reverse("panel", args=[asked.country, "training"])
    source = tracing.source_line(found.snapshot)
    rows = trainees.protected(found)
    table = _table(rows, source)
    years = trainees.year_totals(rows)
    known = {year: total for year, total in years.items() if total is not None}
    best = max(known, key=lambda year: (known[year], year), default=max(years))
    return Section(
        finding=finding(rows),
        table=table,
        charts=(
            _by_year(rows, reported, address=address, source=source),
            *_by_unit(rows, address, source),
        ),
        numbers=[
            tracing.number(
                table,
                figure="trainees",
                where={"year": str(year), "programme": ALL},
                snapshot=found.snapshot,
                address=address,
            )
            for year in dict.fromkeys((max(years), best))
        ],
        unknowns=gaps(),
        snapshots=(found.snapshot,),
        notes=(*notes(), concentration(sum(known.values()))),
        span=tracing.span(found.frame, column="fiscal_year"),
        extra={"given": given(rows, source)},
    )


def _table(rows: Rows, source: str) -> Table:
    columns = (
        Column("year", _("US fiscal year")),
        Column("programme", _("Programme")),
        Column("unit_type", _("Kind of unit")),
        Column("told", _("Trained (output)")),
        Column("trainees", _("Trainees, where printed"), _("trainees"), "integer"),
        Column("trainings", _("Printed rows"), _("rows"), "integer"),
    )
    return Table(
        "training",
        _("People trained by the United States, by year, programme and kind of unit"),
        columns,
        rows,
        source=source,
        notes=notes(),
        link_label=_("Source row"),
    ).ordered("-year")


def finding(rows: Rows) -> str:
    """Return the finding: how many were trained in which years. It is an output, and says so."""
    years = trainees.year_totals(rows)
    least = sum(trainees.at_least(rows, year) for year in years)
    exact = all(total is not None for total in years.values())
    told = {"first": min(years), "last": max(years), "people": plain(least), "years": len(years)}
    if exact:
        return _(
            "The United States reports having trained %(people)s people (output) in %(years)s "
            "fiscal years from %(first)s to %(last)s. Output evidence only."
        ) % {**told}
    return _(
        "The United States reports having trained at least %(people)s people (output) in "
        "%(years)s fiscal years from %(first)s to %(last)s. Output evidence only."
    ) % {**told}


def _by_year(rows: Rows, reported: Sequence[int], *, address: str, source: str) -> Chart:
    named = [name for name, _count in trainees.shown_by(rows, "programme")[:MOST_NAMED]]
    others, hidden = _("other programmes"), _("cells not printed")
    totals = trainees.year_totals(rows)
    # A year whose report is held and names nobody of this country is none, not "not held".
    none = {year: 0 for year in reported if min(totals) < year < max(totals)}
    values = [
        {"year": year, "series": series, "value": value}
        for year, total in (none | totals).items()
        for series, value in _parts(rows, year, total, named, others, hidden).items()
    ]
    names = [*named, others, hidden]
    return Chart(
        title=finding(rows),
        subtitle=_("People trained a US fiscal year (output), by programme"),
        spec=charts.stacked_years(values, names=names),
        key=charts.key(names),
        alt=finding(rows),
        source=source,
        table_href=address,
        spec_href=f"{address}chart.json",
    )


def _parts(rows: Rows, year: int, total: int | None, *names: Any) -> dict[str, int]:
    named, others, hidden = names
    parts = dict.fromkeys([*named, others, hidden], 0)
    for row in trainees.cells(rows, year):
        series = row["programme"] if row["programme"] in named else others
        parts[series] += row["trainees"] or 0
    if total is not None:
        parts[hidden] = total - sum(parts.values())
    return parts


def _by_unit(rows: Rows, address: str, source: str) -> tuple[Chart, ...]:
    counts = trainees.shown_by(rows, "unit_type")
    if not counts:
        return ()
    bars = [
        {"name": name.replace("_", " "), "value": count, "shown": plain(count)}
        for name, count in counts
    ]
    words = _("In printed cells, most of those trained were of units of the kind “%(unit)s”") % {
        "unit": bars[0]["name"]
    }
    return (
        Chart(
            title=words,
            subtitle=_("People trained (output) by kind of unit: at least so many, all years"),
            spec=charts.ranked_bars(bars, unit=_("trainees, at least")),
            alt=words + ": " + ", ".join(f"{bar['name']} {bar['shown']}" for bar in bars),
            source=source,
            table_href=address,
            spec_href=f"{address}chart.json?figure=1",
        ),
    )


def concentration(trained: int) -> str:
    """Return what the concentration of donors is over one donor: it cannot be judged."""
    answer = hhi.MEASURE.compute(
        pl.DataFrame(
            {"donor": [GIVER], "amount_usd": [float(trained)]}, schema=hhi.MEASURE.reads.schema
        )
    )
    if isinstance(answer, CannotJudge):
        return _("Concentration of trainers: cannot judge: %(reason)s.") % {"reason": answer.reason}
    return _("Concentration of trainers: %(value)s.") % {"value": plain(answer.value, digits=2)}


def given(rows: Rows, source: str) -> list[dict[str, object]]:
    """Return what the United States gave: people trained, at least, over the years held."""
    years = trainees.year_totals(rows)
    return [
        {
            "giver": _("United States"),
            "code": GIVER,
            "kind": _("people trained (output)"),
            "value": sum(trainees.at_least(rows, year) for year in years),
            "unit": _("trainees, at least"),
            "span": f"{min(years)}–{max(years)}",
            "source": source,
        }
    ]


def notes() -> tuple[str, ...]:
    """Return how the counts are made, and which are not printed."""
    return (
        _(
            "Output evidence only: that people were trained does not say that units are better, "
            "stayed, or kept the law."
        ),
        _(
            "A count from 1 to 9 is written “fewer than 10”. Further counts, and if need be the "
            "year's total, are withheld so that no such count can be worked out by subtraction "
            "(at least four values stay possible)."
        ),
        _(
            "Sums by programme or kind of unit add printed counts alone: at least so many. Only "
            "totals of a year include the counts that are not printed."
        ),
        _(
            "A trainee can be counted in several courses. Repeated runs of a report are left out; "
            "before 2007 it cannot be told which identical rows are repeats. The kind of unit is "
            "our reading of its printed name."
        ),
    )


def gaps() -> tuple[Unknown, ...]:
    """Return which trainings are not known."""
    return (
        Unknown(
            _("Fiscal year 2006: the report of 2006/07 is missing"), _("any trend across 2006")
        ),
        Unknown(
            _("Training by others (EU missions, NATO, France, Türkiye, the UN): not held"),
            _("whether donors train the same units twice, or none"),
        ),
        Unknown(
            _("What became of the people and units trained"),
            _("whether training helped, and whom to stop training"),
        ),
    )


PANEL = Panel(
    title=lambda: _("Trainings"),
    question=lambda: _("How many people were trained, in which programme and kind of unit?"),
    build=build,
)
