"""The few dated events that a chart marks: each a cited figure of the case with a short label."""

from collections.abc import Sequence
from typing import Any

from stabilis.evidence import queries
from stabilis.interface.drawing import Event


def events(country: str) -> tuple[Event, ...]:
    """Return the events that charts of a country mark, numbered in the order of time."""
    labelled = sorted(
        (fact for fact in queries.facts_of(country) if fact.label), key=lambda fact: fact.as_of
    )
    return tuple(
        Event(number, int(fact.as_of[:4]), fact.as_of, fact.label)
        for number, fact in enumerate(labelled, start=1)
    )


def within(marked: Sequence[Event], rows: Sequence[dict[str, Any]]) -> tuple[Event, ...]:
    """Return the events of the years that a chart draws."""
    years = {row["year"] for row in rows}
    return tuple(event for event in marked if event.year in years)
