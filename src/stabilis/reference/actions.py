"""Loads the code lists: one verb, one transaction; loading twice changes nothing."""

from pathlib import Path

from django.db import transaction

from stabilis.reference.files import CODES
from stabilis.reference.lists import CodeList, read_lists


def load_reference(*, folder: Path = CODES) -> dict[str, int]:
    """Load every code list and return the number of rows of each table.

    A row that its file no longer has is removed, unless a record refers to it: then nothing is
    loaded. Raises ReferenceRefused, naming every bad row, before anything is written.
    """
    held = read_lists(folder)
    with transaction.atomic():
        for each in held:
            _store(each)
        for each in reversed(held):
            _remove_stale(each)
    return {each.model._meta.db_table: len(each.rows) for each in held}


def _store(rows: CodeList) -> None:
    keys = [item for item in rows.model._meta.fields if item.attname in rows.key]
    rest = [item for item in rows.model._meta.fields if item not in keys and not item.primary_key]
    rows.model._default_manager.bulk_create(
        [placed.record for placed in rows.rows],
        update_conflicts=True,
        unique_fields=[item.name for item in keys],
        update_fields=[item.name for item in rest],
    )


def _remove_stale(rows: CodeList) -> None:
    kept = {tuple(getattr(placed.record, name) for name in rows.key) for placed in rows.rows}
    held = rows.model._default_manager.values_list("pk", *rows.key)
    stale = [pk for pk, *key in held if tuple(key) not in kept]
    rows.model._default_manager.filter(pk__in=stale).delete()
