"""Everything with a method page: measures, sources, rules of judging, and policies of this site."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from stabilis.analysis.measures import measures
from stabilis.connectors import sources
from stabilis.evidence import rules


@dataclass(frozen=True)
class Method:
    """One method page: its id, title, the template that shows it, and the thing itself."""

    id: str
    title: str
    template: str
    thing: Any


@dataclass(frozen=True)
class Group:
    """Method pages of one kind."""

    title: str
    methods: Sequence[Method]


def groups() -> list[Group]:
    """Return every method page, by kind."""
    return [
        Group(_("Measures"), _measures()),
        Group(_("Rules and policies"), _policies()),
        Group(_("Sources"), _sources()),
    ]


def found(id: str) -> Method | None:
    """Return one method page, None where there is none."""
    return next((item for group in groups() for item in group.methods if item.id == id), None)


def _measures() -> list[Method]:
    return [
        Method(id, measure.title, "method_measure.html", measure)
        for id, measure in measures().items()
    ]


def _sources() -> list[Method]:
    return [
        Method(id, source.title, "method_source.html", {"id": id, "source": source})
        for id, source in sources().items()
    ]


def _policies() -> list[Method]:
    return [
        Method(
            rules.RULE_ID,
            _("How a claim is judged"),
            "method_rule.html",
            {"version": rules.RULE_VERSION, "paragraphs": (rules.__doc__ or "").split("\n\n")},
        ),
        Method("boundaries", _("Boundary policy"), "method_boundaries.html", None),
        Method("dates", _("The two date modes"), "method_dates.html", None),
        Method("trust", _("What was seen: the one scale of trust"), "method_trust.html", None),
    ]
