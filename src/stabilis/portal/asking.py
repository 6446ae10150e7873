"""Reads what a reader asks for out of an address, and refuses what no page can mean."""

from datetime import date

from django.core.exceptions import BadRequest
from django.http import HttpRequest, QueryDict
from django.utils import timezone
from django.utils.translation import gettext as _

from stabilis.evidence.horizon import Horizon, Mode
from stabilis.portal.panels import Asked

FIRST_YEAR, LAST_YEAR = 1800, 2200


class BadAddress(BadRequest):
    """An address holds a value that means nothing; the message names it and what would."""


def asked(request: HttpRequest, *, country: str) -> Asked:
    """Return what is asked of a country. Raises BadAddress, naming the field and the remedy."""
    given = request.GET
    return Asked(
        country=country.upper(),
        horizon=horizon(given),
        donor=given.get("donor", "").upper(),
        year=year(given),
        today=today(),
    )


def today() -> date:
    """Return the day at this moment, in UTC: the clock is read here and passed in."""
    return timezone.now().date()


def horizon(given: QueryDict) -> Horizon:
    """Return the mode, the edge in time and the pinned snapshots of an address."""
    mode = given.get("mode") or Mode.COUNTED.value
    if mode not in {item.value for item in Mode}:
        raise BadAddress(_("mode is “%(mode)s”; it must be counted or known") % {"mode": mode})
    pinned = {source_of(id): id for id in given.getlist("snapshot")}
    return Horizon(mode=Mode(mode), until=_day(given.get("until", "")), pinned=pinned)


def source_of(snapshot: str) -> str:
    """Return the source that a snapshot's id begins with."""
    return snapshot.split("-", 1)[0]


def year(given: QueryDict) -> int | None:
    """Return the year of an address, None where it has none."""
    text = given.get("year", "")
    if not text:
        return None
    if not text.isdigit() or not FIRST_YEAR <= int(text) <= LAST_YEAR:
        raise BadAddress(_("year is “%(year)s”; write four digits") % {"year": text})
    return int(text)


def _day(text: str) -> date | None:
    if not text:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise BadAddress(
            _("until is “%(day)s”; write a day such as 2021-08-15") % {"day": text}
        ) from error
