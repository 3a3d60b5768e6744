"""Django's entry for obligations."""

from django.apps import AppConfig


class ObligationsConfig(AppConfig):
    """Duties."""

    name = "haven.obligations"
    label = "obligations"
    default_auto_field = "django.db.models.BigAutoField"
