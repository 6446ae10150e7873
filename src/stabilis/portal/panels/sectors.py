"""Splits amounts over sectors by the shares that an activity states."""

from typing import Any

from django.utils.translation import gettext as _

from stabilis.portal.panels.reported import sector_words

WHOLE_PERCENT = 100.0
ROUNDING_PERCENT = 0.5


def by_sector(rows: list[dict[str, Any]]) -> dict[str, float]:
    """Return the amount under each sector; what states no shares, or no sector, stands apart.

    Shares must add up to 100 percent within half a percent, or the activity is not split.
    """
    found: dict[str, float] = {}
    names: dict[str, str] = {}
    for row in rows:
        for code, share in split(row["sectors"]):
            name = names.get(code) or names.setdefault(code, _words(code))
            found[name] = found.get(name, 0) + row["amount"] * share / WHOLE_PERCENT
    return found


def split(sectors: list[tuple[str, float | None]]) -> list[tuple[str, float]]:
    """Return codes with shares of the whole; `?` for no sector, `*` for shares not stated."""
    known = [(code, share) for code, share in sectors if share is not None]
    if not sectors:
        return [("?", WHOLE_PERCENT)]
    total = sum(share for _code, share in known)
    if len(known) < len(sectors) or abs(total - WHOLE_PERCENT) > ROUNDING_PERCENT:
        return [("*", WHOLE_PERCENT)]
    return [(code, share * WHOLE_PERCENT / total) for code, share in known]


def _words(code: str) -> str:
    told = {"?": _("no sector printed"), "*": _("several sectors, shares not stated")}
    return told.get(code) or sector_words(code)
