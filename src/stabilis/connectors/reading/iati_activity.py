"""Reads one IATI activity of version 1.01 to 2.03 into rows of every table."""

from datetime import date, datetime

from stabilis.connectors.reading import iati_codes, iati_flows
from stabilis.connectors.reading.elements import attribute, text
from stabilis.connectors.reading.iati_copy import Copy, Element, Rows, code, said

KEPT = "; the activity is kept without it"
NUMBER = ("this is not a whole number", "Write a whole number such as 1.")
FLAG = ("this is neither yes nor no", "Write 1 or 0.")
RECIPIENTS = ("recipient-country", "recipient-region")


def read(copy: Copy, rows: Rows, *, version: str | None) -> None:
    """Add everything that is read of one activity to the rows of each table."""
    identifier = copy.first("iati-identifier")
    copy.identifier = text(identifier) if identifier is not None else None
    copy.country = _only_country(copy)
    _activity(copy, rows, version)
    _recipients(copy, rows)
    for row, element in copy.parts["sector"]:
        cells = iati_flows.sector(copy, element, transaction=None)
        copy.keep(rows, "aid_sectors", cells, row=row, place="sector")
    for row, element in copy.parts["participating-org"]:
        rows["aid_participants"].append((*_participant(copy, element), row))
    for number, (row, element) in enumerate(copy.parts["transaction"], start=1):
        iati_flows.transaction(copy, element, rows=rows, row=row, number=number)
    for number, (row, element) in enumerate(copy.parts["budget"], start=1):
        cells = iati_flows.budget(copy, element)
        copy.keep(rows, "aid_budgets", cells, row=row, place=f"budget {number}")


def _only_country(copy: Copy) -> str | None:
    """Return the one recipient country; none where a region or a second country shares the aid."""
    recipients = [element for name in RECIPIENTS for _, element in copy.parts[name]]
    return iati_flows.country(recipients[0]) if len(recipients) == 1 else None


def _activity(copy: Copy, rows: Rows, version: str | None) -> None:
    dates = _dates(copy)
    reporting = copy.first("reporting-org")
    cells = (
        copy.identifier,
        copy.position,
        copy.country,
        copy.element.get("version") or version,
        reporting.get("ref") if reporting is not None else None,
        said(reporting),
        reporting.get("type") if reporting is not None else None,
        said(copy.first("title")),
        code(copy.first("activity-status")),
        dates.get("start_planned"),
        dates.get("start_actual"),
        dates.get("end_planned"),
        dates.get("end_actual"),
        copy.currency,
        code(copy.first("default-flow-type")),
        code(copy.first("default-aid-type")),
        code(copy.first("default-finance-type")),
        code(copy.first("default-tied-status")),
        _flag(copy),
        _level(copy),
        _last_updated(copy),
        copy.element.sourceline,
    )
    copy.set_aside(row=copy.row, place="its attributes", kept=KEPT)
    rows["aid_activities"].append((*cells, copy.row))


def _dates(copy: Copy) -> dict[str, date | None]:
    """Return the first date of each type; an unreadable one is set aside, the activity stays."""
    dates: dict[str, date | None] = {}
    for row, element in copy.parts["activity-date"]:
        kind = iati_codes.DATE_TYPES.get((attribute(element, "type") or "").lower())
        if kind and kind not in dates:
            printed = attribute(element, "iso-date") or text(element)
            dates[kind] = copy.day(printed, field="activity-date")
            copy.set_aside(row=row, place=kind.replace("_", " "), kept=KEPT)
    return dates


def _flag(copy: Copy) -> bool | None:
    printed = attribute(copy.element, "humanitarian")
    if printed is not None and printed not in iati_codes.FLAGS:
        copy.faults.append(("@humanitarian", printed, FLAG))
    return iati_codes.FLAGS.get(printed or "")


def _level(copy: Copy) -> int | None:
    printed = attribute(copy.element, "hierarchy")
    if printed is None:
        return None
    if not (printed.isascii() and printed.isdigit() and len(printed) < 10):
        copy.faults.append(("@hierarchy", printed, NUMBER))
        return None
    return int(printed)


def _last_updated(copy: Copy) -> datetime | None:
    printed = attribute(copy.element, "last-updated-datetime")
    if printed is None:
        return None
    found = iati_codes.moment(printed)
    if found is None:
        what = ("this is not a date with a time", "Write it such as 2021-04-14T10:00:00Z.")
        copy.faults.append(("@last-updated-datetime", printed, what))
    return found


def _recipients(copy: Copy, rows: Rows) -> None:
    for name in RECIPIENTS:
        for row, element in copy.parts[name]:
            cells = iati_flows.recipient(copy, element, transaction=None)
            copy.keep(rows, "aid_countries", cells, row=row, place=name)


def _participant(copy: Copy, element: Element) -> tuple[object, ...]:
    role = attribute(element, "role")
    return (
        copy.identifier,
        copy.position,
        copy.country,
        element.get("ref"),
        said(element),
        iati_codes.role(role),
        role,
        element.get("type"),
        element.get("activity-id"),
    )
