"""Checks that what is held is what was stored: database, migrations, checksums, facts."""

from dataclasses import dataclass

from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from stabilis.evidence import held
from stabilis.warehouse.snapshots import Damaged


@dataclass(frozen=True)
class Check:
    """One check: what was looked at, whether it holds, and what was seen."""

    what: str
    ok: bool
    said: str


def checks() -> list[Check]:
    """Return every check, each with its answer."""
    return [_migrations(), *(_snapshot(item.id) for item in held.snapshots())]


def _migrations() -> Check:
    executor = MigrationExecutor(connection)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    waiting = [f"{step.app_label} {step.name}" for step, _backwards in plan]
    said = f"waiting: {', '.join(waiting)}; run stabilis demo" if waiting else "applied"
    return Check("migrations", not waiting, said)


def _snapshot(id: str) -> Check:
    try:
        held.shelf().verify(id)
    except Damaged as error:
        return Check(id, ok=False, said=str(error))
    return Check(id, ok=True, said="every checksum holds")
