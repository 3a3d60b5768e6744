"""Django's entry for risk."""

from django.apps import AppConfig


class RiskConfig(AppConfig):
    """Risk."""

    name = "haven.risk"
    label = "risk"
    default_auto_field = "django.db.models.BigAutoField"
