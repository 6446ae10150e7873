"""A country's brief: every section once, what is held across the cases, two sentences on top."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

from django.core.cache import cache
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from stabilis.evidence import held
from stabilis.evidence.cases import CASES
from stabilis.evidence.horizon import Mode
from stabilis.interface.digest import digest
from stabilis.interface.tables import Column, Table
from stabilis.portal.panels import Asked, Panel, Section, panels
from stabilis.reference.queries import country, country_name


class Part(NamedTuple):
    """One section of a brief, with the panel that built it."""

    id: str
    panel: Panel
    section: Section


def section(name: str, asked: Asked) -> Section:
    """Return one section; the same question over the same holdings is answered once."""
    panel = panels()[name]
    if panel.rests_on_records:
        return panel.build(asked)
    told = [name, get_language(), held.fingerprint(), repr(replace(asked, today=None))]
    key = f"section-{digest(told)}"
    found: Section | None = cache.get(key)
    if found is None:
        found = panel.build(asked)
        cache.set(key, found)
    return found


def brief(asked: Asked) -> list[Part]:
    """Return every section of a country, in the order of the page."""
    return [Part(name, panel, section(name, asked)) for name, panel in panels().items()]


def coverage(asked: Asked) -> Table:
    """Return what is held and what is unknown, panel by country: the cases and this one."""
    countries = list(dict.fromkeys([asked.country, *CASES]))
    language = get_language() or "en"
    rows = []
    for name, panel in panels().items():
        row: dict[str, object] = {"panel": panel.title(), "id": name}
        for code in countries:
            row[code] = _cell(section(name, replace(asked, country=code, year=None)))
        row["href"] = f"{reverse('country', args=[asked.country])}#{name}"
        rows.append(row)
    columns = [Column("panel", _("Section"))]
    columns += [Column(code, country_name(code, language=language)) for code in countries]
    return Table("coverage", _("What is held, by section and country"), tuple(columns), rows)


def _cell(found: Section) -> str:
    if not found.is_held:
        return _("unknown")
    return found.span or _("held")


def status_note() -> str:
    """Return the notes on the status of a case, for tables and pages that join the cases."""
    return " ".join(note for code in CASES if (note := country(code).status_note))


def words_of_bar(parts: Sequence[Part]) -> str:
    """Return the coverage bar in words."""
    missing = [part.panel.title() for part in parts if not part.section.is_held]
    told = _("%(held)s of %(all)s sections held.") % {
        "held": len(parts) - len(missing),
        "all": len(parts),
    }
    return told + (
        " " + _("Unknown: %(names)s.") % {"names": ", ".join(missing)} if missing else ""
    )


def words_of_horizon(asked: Asked) -> str:
    """Return the mode and the edge in time in words, for the top of every page."""
    until = asked.horizon.until
    if until is None:
        return _("as counted in the newest releases held")
    day = f"{until:%-d} {_month(until.month)} {until:%Y}"
    if asked.horizon.mode is Mode.KNOWN:
        return _("as known on %(day)s") % {"day": day}
    return _("events up to %(day)s, as counted in the newest releases held") % {"day": day}


def _month(number: int) -> str:
    names = (
        _("Jan"), _("Feb"), _("Mar"), _("Apr"), _("May"), _("Jun"),
        _("Jul"), _("Aug"), _("Sep"), _("Oct"), _("Nov"), _("Dec"),
    )  # fmt: skip
    return names[number - 1]


def standfirst(parts: Sequence[Part]) -> str:
    """Return the two sentences that open a brief: the violence, and the claim."""
    found = {part.id: part.section.finding for part in parts}
    return " ".join(found[name] for name in ("violence", "claim") if found.get(name))


def donors(parts: Sequence[Part]) -> list[tuple[str, str]]:
    """Return the donors that any section of a brief names, by code, for the donor filter."""
    named = {
        (str(given["code"]), str(given["giver"]))
        for part in parts
        for given in _given(part.section)
        if given.get("code")
    }
    return sorted(named, key=lambda item: item[1])


def _given(section: Section) -> Sequence[Mapping[str, object]]:
    given: Sequence[Mapping[str, object]] = section.extra.get("given", ())
    return given
