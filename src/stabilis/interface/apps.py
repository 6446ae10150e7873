"""Registers the interface app."""

from django.apps import AppConfig


class InterfaceConfig(AppConfig):
    """The interface app."""

    name = "stabilis.interface"
    label = "interface"
    default_auto_field = "django.db.models.BigAutoField"
