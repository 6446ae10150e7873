"""A chart on a page: its words, its specification, and the still picture drawn on the server.

A chart carries at most 400 marks; the explorable form in the browser is the same specification.
"""

import json
from dataclasses import dataclass
from typing import Any

import vl_convert
from django.core.cache import cache

from stabilis.interface.digest import digest

MOST_MARKS = 400

Spec = dict[str, Any]


@dataclass(frozen=True)
class Event:
    """A dated event that a chart marks with its number; the page names it below."""

    number: int
    year: int
    on: str
    label: str


@dataclass(frozen=True)
class Chart:
    """A figure: its title is the finding, its subtitle the measure, `alt` what one would see."""

    title: str
    subtitle: str
    spec: Spec
    alt: str
    source: str
    spec_href: str = ""
    table_href: str = ""
    key: tuple[tuple[str, int], ...] = ()
    events: tuple[Event, ...] = ()

    @property
    def svg(self) -> str:
        """Return the still picture."""
        return svg(self.spec)

    @property
    def id(self) -> str:
        """Return an id that is unique on a page."""
        return f"chart-{digest(self.spec)[:8]}"


def svg(spec: Spec) -> str:
    """Return a specification drawn as SVG; the same specification is drawn once.

    Raises ValueError when it holds more than 400 marks: aggregate first.
    """
    marks = marks_of(spec)
    if marks > MOST_MARKS:
        raise ValueError(f"a chart of {marks} marks; aggregate to {MOST_MARKS} or fewer")
    key = f"svg-{digest(spec)}"
    drawn: str | None = cache.get(key)
    if drawn is None:
        drawn = _accessible(vl_convert.vegalite_to_svg(json.dumps(spec)))
        cache.set(key, drawn)
    return drawn


def marks_of(spec: Spec) -> int:
    """Return how many marks a specification draws: the rows of its data, layer by layer."""
    layers = spec.get("layer") or [spec.get("spec", {})]
    own = len(spec.get("data", {}).get("values", ()))
    return own + sum(len(layer.get("data", {}).get("values", ())) for layer in layers)


def _accessible(drawn: str) -> str:
    """Hide the parts from assistive technology: the figure carries one text alternative."""
    start = drawn.index("<svg")
    return drawn[start:].replace("<svg ", '<svg aria-hidden="true" focusable="false" ', 1)
