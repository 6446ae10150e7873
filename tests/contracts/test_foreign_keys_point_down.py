"""Keys between apps point down, protect what they point at, and leave nothing on the other side."""

import configparser
from pathlib import Path

from django.apps import apps
from django.db.models import PROTECT, ForeignKey, ManyToManyField
from django.db.models.fields.related import RelatedField

ROOT = Path(__file__).resolve().parents[2]


def floors() -> dict[str, int]:
    """Return the number of each app's floor, counted from the top of the linter's contract."""
    contract = configparser.ConfigParser()
    contract.read(ROOT / ".importlinter")
    lines = contract["importlinter:contract:floors"]["layers"].strip().splitlines()
    return {
        name.strip(" ()"): len(lines) - number
        for number, line in enumerate(lines)
        for name in line.split("|")
    }


def keys_between_apps() -> list[RelatedField]:
    ours = [model for model in apps.get_models() if model.__module__.startswith("stabilis.")]
    return [
        field
        for model in ours
        for field in model._meta.get_fields()
        if isinstance(field, ForeignKey | ManyToManyField)
        and field.related_model._meta.app_label != model._meta.app_label
    ]


def test_a_key_between_apps_points_down() -> None:
    known = floors()

    upward = [
        str(field)
        for field in keys_between_apps()
        if known[field.related_model._meta.app_label] >= known[field.model._meta.app_label]
    ]

    assert upward == []


def test_a_key_between_apps_protects_and_leaves_no_name_on_the_other_side() -> None:
    wrong = [
        str(field)
        for field in keys_between_apps()
        if field.remote_field.related_name != "+"
        or (isinstance(field, ForeignKey) and field.remote_field.on_delete is not PROTECT)
    ]

    assert wrong == []


def test_every_model_names_its_table_plainly() -> None:
    ours = [model for model in apps.get_models() if model.__module__.startswith("stabilis.")]

    prefixed = [
        model._meta.label
        for model in ours
        if model._meta.db_table.startswith(f"{model._meta.app_label}_")
        and not model._meta.auto_created
    ]

    assert prefixed == []
    assert ours, "there are models to look at"
