"""Transactions that publishers report for a country, each counted once however often printed."""

from typing import Any

import polars as pl
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from stabilis.connectors.reading.iati_codes import country as country_of
from stabilis.connectors.reading.minor_units import places
from stabilis.evidence import held
from stabilis.evidence.held import Held, NotHeld
from stabilis.portal import tracing
from stabilis.portal.panels import Asked
from stabilis.reference.queries import sector_name, successors_of

SOURCE = "iati"
COUNTED, OTHER_COPY = "yes", "no: another copy"
KINDS = {"2": "commitment", "3": "disbursement", "4": "expenditure"}
DAC = ("1", None)
Rows = list[dict[str, Any]]


def transactions(asked: Asked) -> Held | NotHeld:
    """Return the commitments, disbursements and expenditures for a country."""
    found = _rows("aid_transactions", {"country": asked.country}, asked)
    if isinstance(found, NotHeld):
        return found
    kept = found.frame.filter(pl.col("type").is_in(list(KINDS)) & pl.col("date").is_not_null())
    return Held(kept, found.snapshot, found.table)


def rows_of(asked: Asked, found: Held) -> Rows:
    """Return one row per transaction: year, kind, giver, amount, sectors, and whether it counts."""
    ids = found.frame["identifier"].drop_nulls().unique().sort().to_list()
    about = _by_copy(_rows("aid_activities", {"identifier": ids}, asked))
    best = canonical(list(about.values()))
    sectors = _sectors(asked, ids)
    rows = [
        _described(row, about[_place(row)], best=best, sectors=sectors)
        for row in tracing.traced(found)
    ]
    words = {code: sector_words(code) for row in rows for code, _share in row["sectors"]}
    return [
        row | {"sector_names": "; ".join(words[code] for code, _share in row["sectors"])}
        for row in rows
    ]


def _rows(table: str, where: dict[str, object], asked: Asked) -> Held | NotHeld:
    return held.rows(SOURCE, table=table, where=where, horizon=asked.horizon)


def _by_copy(found: Held | NotHeld) -> dict[tuple[str, int], dict[str, Any]]:
    rows = found.frame.to_dicts() if isinstance(found, Held) else []
    return {(row["source_file"], row["position"]): row for row in rows}


def canonical(copies: Rows) -> dict[str, tuple[tuple[str, int], int]]:
    """Return the copy that counts of each identifier, and how many others there are.

    It is the copy that its publisher changed last; among equals, the first in order of file and
    place. A copy without a date of change gives way to one that has it.
    """
    grouped: dict[str, Rows] = {}
    for copy in copies:
        grouped.setdefault(copy["identifier"], []).append(copy)
    return {name: (_place(_best(group)), len(group) - 1) for name, group in grouped.items()}


def _best(group: Rows) -> dict[str, Any]:
    dated = [copy for copy in group if copy["last_updated"] is not None]
    newest = max((copy["last_updated"] for copy in dated), default=None)
    return min((copy for copy in group if copy["last_updated"] == newest), key=_place)


def _place(copy: dict[str, Any]) -> tuple[str, int]:
    return copy["source_file"], copy["position"]


def _described(
    row: dict[str, Any],
    activity: dict[str, Any],
    *,
    best: dict[str, tuple[tuple[str, int], int]],
    sectors: dict[tuple[str, int], list[tuple[str, float | None]]],
) -> dict[str, Any]:
    counts, others = best[row["identifier"]]
    own = [(row["sector"], 100.0)] if row["sector"] else sectors.get(_place(row), [])
    return row | {
        "year": row["date"].year,
        "kind": KINDS[row["type"]],
        "giver": activity["reporting_org"] or _("unknown giver"),
        "code": giver_code(activity["reporting_org_ref"]),
        "amount": row["amount_minor"] / 10 ** (places(row["currency"]) or 0),
        "counted": COUNTED if counts == _place(row) else OTHER_COPY,
        "other_copies": others,
        "title": activity["title"] or "",
        "sectors": own,
    }


def giver_code(ref: str | None) -> str:
    """Return the country at the head of an organisation's identifier, as in GB-1 or GB-GOV-1."""
    head = (ref or "").split("-")[0]
    return (country_of(head) or "") if len(head) == len("GB") else ""


def _sectors(asked: Asked, ids: list[str]) -> dict[tuple[str, int], list[tuple[str, float | None]]]:
    found = _rows("aid_sectors", {"identifier": ids}, asked)
    if isinstance(found, NotHeld):
        return {}
    grouped: dict[tuple[str, int], list[tuple[str, float | None]]] = {}
    for row in found.frame.filter(pl.col("transaction").is_null()).to_dicts():
        if row["vocabulary"] in DAC and row["code"]:
            grouped.setdefault(_place(row), []).append((row["code"], row["percentage"]))
    return {
        place: [(codes[0][0], 100.0)] if len(codes) == 1 else codes
        for place, codes in grouped.items()
    }


def sector_words(code: str) -> str:
    """Return a sector's printed code with its DAC name, and its successors where withdrawn."""
    name = sector_name(code, language=get_language() or "en") or _("not in the lists held")
    found = successors_of(code)
    if found.kind is None:
        return f"{code} {name}"
    now = ", ".join(found.successors) or _("none")
    return _("%(code)s %(name)s (withdrawn; successors: %(now)s)") % {
        "code": code,
        "name": name,
        "now": now,
    }


def kinds() -> dict[str, str]:
    """Return the kinds of transaction as a reader meets them."""
    return {
        "commitment": _("committed"),
        "disbursement": _("disbursed"),
        "expenditure": _("spent directly"),
    }


def sums(whole: Rows) -> dict[tuple[str, str], float]:
    """Return the sum of each kind and currency, kinds in order; currencies are never added up."""
    found: dict[tuple[str, str], float] = {}
    for kind in KINDS.values():
        for row in whole:
            if row["kind"] == kind:
                key = (kind, row["currency"])
                found[key] = found.get(key, 0) + row["amount"]
    return found


def of_kind(whole: Rows, kind: str, currency: str) -> Rows:
    """Return the transactions of one kind in one currency."""
    return [row for row in whole if (row["kind"], row["currency"]) == (kind, currency)]


def span_of(rows: Rows) -> str:
    """Return the first and the last year of some transactions."""
    first, last = min(row["year"] for row in rows), max(row["year"] for row in rows)
    return str(first) if first == last else f"{first}–{last}"
