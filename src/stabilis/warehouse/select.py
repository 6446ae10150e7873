"""Portable expressions over stored tables: filter, order, page, group. The same on every engine."""

from collections.abc import Mapping, Sequence

import ibis

Wanted = object


def matching(table: ibis.Table, wanted: Mapping[str, Wanted]) -> ibis.Table:
    """Return the rows whose columns equal the wanted value, or one of the wanted values."""
    conditions = [
        table[name].isin(value) if _is_several(value) else table[name] == value
        for name, value in wanted.items()
    ]
    return table.filter(conditions) if conditions else table


def between(
    table: ibis.Table, *, column: str, first: object | None, last: object | None
) -> ibis.Table:
    """Return the rows whose column lies between two edges, both included, each optional."""
    if first is not None:
        table = table.filter(table[column] >= first)
    if last is not None:
        table = table.filter(table[column] <= last)
    return table


def totals(table: ibis.Table, *, by: Sequence[str], sums: Sequence[str]) -> ibis.Table:
    """Return one row per group: each column's sum (null where all are unknown), rows, unknowns.

    `<column>_unknown` counts the rows whose value is unknown, so that a sum never hides them.
    """
    measures = {name: table[name].sum() for name in sums}
    unknown = {f"{name}_unknown": table[name].isnull().sum() for name in sums}
    return (
        table.group_by(list(by))
        .aggregate(**measures, **unknown, rows=table.count())
        .order_by(list(by))
    )


def _is_several(value: object) -> bool:
    return isinstance(value, Sequence) and not isinstance(value, str)
