"""Stabilis: the open operating system for supporting fragile states."""

__version__ = "0.1.0"
