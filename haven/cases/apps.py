"""Django's entry for cases."""

from django.apps import AppConfig


class CasesConfig(AppConfig):
    """Cases."""

    name = "haven.cases"
    label = "cases"
    default_auto_field = "django.db.models.BigAutoField"
