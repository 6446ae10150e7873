"""Which countries sent troops to the UN missions at sites in a country, and how many."""

from collections.abc import Mapping, Sequence
from typing import Any

import polars as pl
from django.utils.translation import gettext as _

from stabilis.evidence import held
from stabilis.evidence.held import Held, NotHeld
from stabilis.interface.numbers import plain
from stabilis.portal import tracing
from stabilis.portal.panels import Asked

CONTRIBUTION = "sent by a country"
SITE = ["mission", "year", "site"]
MOST_BARS = 12
Rows = list[dict[str, Any]]


def contributions(asked: Asked, found: Held) -> Rows:
    """Return one row per contributing country, site and year, at the sites in this country."""
    sent = held.rows(
        found.snapshot.source,
        table="mission_contributors",
        where={"mission": found.frame["mission"].unique().sort().to_list()},
        horizon=asked.horizon,
    )
    if isinstance(sent, NotHeld):
        return []
    here = sent.frame.join(found.frame, on=SITE, how="semi")
    if asked.donor:
        here = here.filter(pl.col("contributor") == asked.donor)
    return [
        row | {"what": CONTRIBUTION, "code": row["contributor"] or ""}
        for row in tracing.traced(Held(here, sent.snapshot, sent.table))
    ]


def words(sent: Rows) -> str:
    """Return the finding about one contributor: in which years, and its largest contribution."""
    sums: dict[int, int] = {}
    for row in sent:
        sums[row["year"]] = sums.get(row["year"], 0) + (row["troops"] or 0)
    year = max(sums, key=lambda each: (sums[each], each))
    return _(
        "Only what %(country)s sent is shown: it had troops here in %(years)s of the years held, "
        "most in %(year)s (%(troops)s on the maps)."
    ) % {
        "country": sent[0]["contributor_name"],
        "years": len(sums),
        "year": year,
        "troops": plain(sums[year]),
    }


def ranked(sent: Rows, *, key: tuple[str, int]) -> Rows:
    """Return the countries that sent most to one mission in one year, with known sizes alone."""
    sums: dict[str, int] = {}
    for row in sent:
        if (row["mission"], row["year"]) == key and row["troops"] is not None:
            sums[row["contributor_name"]] = sums.get(row["contributor_name"], 0) + row["troops"]
    ranked = sorted(sums.items(), key=lambda item: (-item[1], item[0]))[:MOST_BARS]
    return [{"name": name, "value": value, "shown": plain(value)} for name, value in ranked]


def given(sent: Rows, source: str) -> list[Mapping[str, object]]:
    """Return what each country sent, as troops on the maps added up over the years held."""
    groups: dict[tuple[str, str], Rows] = {}
    for row in sent:
        groups.setdefault((row["code"], row["contributor_name"]), []).append(row)
    return [
        {
            "giver": name,
            "code": code,
            "kind": _("troops in UN missions"),
            "value": _known_sum(rows),
            "unit": _("troop-years on the maps"),
            "span": span_of(rows),
            "source": source,
        }
        for (code, name), rows in sorted(groups.items())
    ]


def _known_sum(rows: Rows) -> int | None:
    values = [row["troops"] for row in rows]
    return None if None in values else sum(values)


def span_of(rows: Sequence[Mapping[str, Any]]) -> str:
    """Return the first and the last year of some rows."""
    first, last = min(row["year"] for row in rows), max(row["year"] for row in rows)
    return str(first) if first == last else f"{first}–{last}"
