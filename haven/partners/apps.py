"""Django's entry for partners."""

from django.apps import AppConfig


class PartnersConfig(AppConfig):
    """Agencies."""

    name = "haven.partners"
    label = "partners"
    default_auto_field = "django.db.models.BigAutoField"
