"""How a claim of the case pack is read from its file into unsaved records, all faults noted."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from stabilis.evidence.casefiles import Place, Placed, check_fields
from stabilis.evidence.models import Claim, Evidence
from stabilis.evidence.rules import TABLES

Written = Mapping[str, Any]  # what TOML holds; every value is checked before it is stored

CLAIM_FIELDS = frozenset(
    {"country", "source", "source_line", "quote", "reading", "caveats", "actor", "parts", "period",
     "decided_by", "missing", "counter_view", "reply", "reviewer", "reviewed_on", "change",
     "evidence"}
)  # fmt: skip
ITEM_FIELDS = frozenset(
    {"id", "bears_on", "part", "scope", "direction", "independent", "said_by", "period", "fact",
     "series", "note"}
)  # fmt: skip
SERIES_FIELDS = frozenset(
    {"table", "country", "column", "reference", "later", "expect", "later_country"}
)


@dataclass(frozen=True)
class ReadClaim:
    """A claim and the items of evidence beside it, unsaved."""

    place: Place
    claim: Claim
    evidence: list[Placed[Evidence]]


def claim_from(written: Written, *, id: str, place: Place) -> ReadClaim:
    """Return the records that a claim file describes, and note what is wrong with it."""
    check_names(written, allowed=CLAIM_FIELDS, place=place, within="claim")
    decided_by, reply, period = (part(written, name) for name in ("decided_by", "reply", "period"))
    plain = ("source", "source_line", "quote", "reading", "caveats", "actor", "parts",
             "counter_view", "reviewer", "reviewed_on")  # fmt: skip
    claim = Claim(
        id=id,
        country_id=written.get("country", ""),
        period_start=period.get("start", ""),
        period_end=period.get("end", ""),
        period_reason=period.get("reason", ""),
        deciding_outcome=decided_by.get("outcome", []),
        deciding_actor=decided_by.get("actor", []),
        missing=written.get("missing", []),
        reply_how=reply.get("how", ""),
        replies=reply.get("replies", []),
        changes=[_dated(change) for change in listed(written, "change")],
        **{name: written.get(name) for name in plain},
    )
    check_fields(claim, place=place)
    _check_lists(claim, place)
    _check_period(claim, place)
    items = listed(written, "evidence")
    return ReadClaim(place, claim, [_item(each, claim, at, place) for at, each in enumerate(items)])


def check_names(written: Written, *, allowed: frozenset[str], place: Place, within: str) -> None:
    """Note every name that this kind of entry does not have: a slip of the pen hides evidence."""
    for name in sorted(set(written) - allowed):
        place.fault(f"{within}.{name}", "is not a field here", f"Use {', '.join(sorted(allowed))}.")


def part(written: Written, name: str) -> Written:
    """Return a table within an entry; empty if it is not there."""
    found = written.get(name, {})
    return found if isinstance(found, Mapping) else {}


def listed(written: Written, name: str) -> list[Written]:
    """Return a list of tables within an entry; empty if it is not there."""
    found = written.get(name, [])
    return [each for each in found if isinstance(each, Mapping)] if isinstance(found, list) else []


def _item(written: Written, claim: Claim, position: int, within: Place) -> Placed[Evidence]:
    place = Place(within.file, position + 1)
    check_names(written, allowed=ITEM_FIELDS, place=place, within="evidence")
    period = part(written, "period")
    fact, series = written.get("fact"), written.get("series")
    item = Evidence(
        claim=claim,
        position=position,
        slug=written.get("id", ""),
        stated=written.get("direction", ""),
        period_start=period.get("start", ""),
        period_end=period.get("end", ""),
        fact_id=fact,
        series=series,
        **{name: written.get(name) for name in ("bears_on", "part", "independent", "said_by")},
        **{name: written.get(name, "") for name in ("scope", "note")},
    )
    check_fields(item, place=place)
    _check_period(item, place)
    _check_basis(item, place)
    if item.part not in (claim.parts or ()):
        place.fault("part", f"{item.part!r} is no part of the claim", "Name one of its parts.")
    return Placed(place, item)


def _check_basis(item: Evidence, place: Place) -> None:
    if (item.fact_id is None) == (item.series is None):
        place.fault("fact", "one basis is needed", "Give either fact or series.")
    elif item.series is not None:
        _check_series(item, place)
    elif not item.stated:
        place.fault("direction", "a fact does not say which way it points", "Write for or against.")


def _check_series(item: Evidence, place: Place) -> None:
    series = item.series
    if not isinstance(series, dict):
        place.fault("series", f"{series!r} is not a table", "Write series = { table = ... }.")
        return
    if item.stated:
        place.fault("direction", "a series has its direction computed", "Leave direction out.")
    if item.bears_on == "actor":
        remedy = "Let it bear on the outcome."
        place.fault("bears_on", "a change before and after tells nothing of the actor", remedy)
    check_names(series, allowed=SERIES_FIELDS, place=place, within="series")
    if missing := sorted(SERIES_FIELDS - {"later_country"} - set(series)):
        place.fault("series", f"lacks {', '.join(missing)}", "Add it.")
        return
    if series["table"] not in TABLES:
        place.fault("series.table", f"{series['table']!r} is not a table", f"Use {TABLES[0]}.")
    if series["expect"] not in ("rose", "fell"):
        place.fault("series.expect", f"{series['expect']!r} is unknown", "Write rose or fell.")
    spans = (series["reference"], series["later"])
    if not all(_is_span(span) for span in spans) or spans[0][1] >= spans[1][0]:
        remedy = "Write [first year, last year], the later span after the reference."
        place.fault("series.later", f"{spans[0]} and {spans[1]} are not two spans", remedy)


def _check_lists(claim: Claim, place: Place) -> None:
    for name in ("caveats", "parts", "missing", "deciding_outcome", "deciding_actor", "replies"):
        found = getattr(claim, name)
        if not isinstance(found, list) or not all(isinstance(each, str) for each in found):
            place.fault(name, f"{found!r} is not a list of texts", "Write [ ] around the texts.")


def _check_period(record: Claim | Evidence, place: Place) -> None:
    start, end = record.period_start, record.period_end
    if isinstance(start, date) and isinstance(end, date) and start > end:
        place.fault("period", f"{start} is after {end}", "Exchange start and end.")


def _is_span(span: object) -> bool:
    match span:
        case [int(first), int(last)]:
            return first <= last
    return False


def _dated(change: Written) -> dict[str, str]:
    on = change.get("on")
    return {"on": on.isoformat() if isinstance(on, date) else "", "what": str(change.get("what"))}
