"""Django's entry for support."""

from django.apps import AppConfig


class SupportConfig(AppConfig):
    """Support."""

    name = "haven.support"
    label = "support"
    default_auto_field = "django.db.models.BigAutoField"
