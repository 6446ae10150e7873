"""Registers the portal app."""

from django.apps import AppConfig


class PortalConfig(AppConfig):
    """The portal app."""

    name = "stabilis.portal"
    label = "portal"
    default_auto_field = "django.db.models.BigAutoField"
