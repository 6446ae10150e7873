"""Registers the reference app."""

from django.apps import AppConfig


class ReferenceConfig(AppConfig):
    """The reference app."""

    name = "stabilis.reference"
    label = "reference"
    default_auto_field = "django.db.models.BigAutoField"
