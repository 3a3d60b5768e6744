"""Django's entry for insight."""

from django.apps import AppConfig


class InsightConfig(AppConfig):
    """Figures."""

    name = "haven.insight"
    label = "insight"
    default_auto_field = "django.db.models.BigAutoField"
