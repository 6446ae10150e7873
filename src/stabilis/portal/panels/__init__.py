"""The country page's sections, one file each: a question, its finding, its figure, its gaps.

Every module here with a `PANEL` is a section, the others are parts of one; `ORDER` says in which
order a reader meets them.
"""

import importlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from typing import Any

from django.utils.translation import gettext as _

from stabilis.evidence.held import NotHeld
from stabilis.evidence.horizon import Horizon
from stabilis.interface.drawing import Chart
from stabilis.interface.numbers import Number
from stabilis.interface.tables import Table
from stabilis.warehouse.manifest import Manifest

ORDER = (
    "violence",
    "months",
    "actors",
    "map",
    "missions",
    "losses",
    "training",
    "aid",
    "humanitarian",
    "displacement",
    "governance",
    "risk",
    "facts",
    "claim",
)


@dataclass(frozen=True)
class Asked:
    """What a reader asked for: which country, up to when, from which donor, and on which day."""

    country: str
    horizon: Horizon = field(default_factory=Horizon)
    donor: str = ""
    year: int | None = None
    today: date | None = None


@dataclass(frozen=True)
class Unknown:
    """Something we do not know, and the decision that it blocks."""

    what: str
    blocks: str


@dataclass(frozen=True)
class Section:
    """What one panel answers: a finding in words, figures, the table behind them, and the gaps."""

    finding: str
    table: Table | None = None
    charts: Sequence[Chart] = ()
    numbers: Sequence[Number] = ()
    unknowns: Sequence[Unknown] = ()
    snapshots: Sequence[Manifest] = ()
    notes: Sequence[str] = ()
    is_held: bool = True
    span: str = ""
    template: str = ""
    extra: Mapping[str, Any] = field(default_factory=dict)


def not_held(found: NotHeld, *, what: str, blocks: str) -> Section:
    """Return the section of a panel whose source cannot answer: why, and what that blocks."""
    return Section(
        finding=_("Not held: %(reason)s.") % {"reason": found.reason},
        is_held=False,
        unknowns=(Unknown(what, blocks),),
    )


def no_rows(snapshot: Manifest, *, what: str, blocks: str) -> Section:
    """Return the section of a panel whose source is held but says nothing of this country."""
    return Section(
        finding=_("%(source)s is held and has no row for this country up to this date.")
        % {"source": snapshot.title},
        is_held=False,
        snapshots=(snapshot,),
        unknowns=(Unknown(what, blocks),),
    )


@dataclass(frozen=True)
class Panel:
    """A section of the country page: its heading, its question, and how it is answered."""

    title: Callable[[], str]
    question: Callable[[], str]
    build: Callable[[Asked], Section]
    rests_on_records: bool = False  # records change while the product runs: never cached


@cache
def panels() -> dict[str, Panel]:
    """Return every panel by id, in the order of the page."""
    return {name: importlib.import_module(f"{__name__}.{name}").PANEL for name in ORDER}
