"""Django's entry for interventions."""

from django.apps import AppConfig


class InterventionsConfig(AppConfig):
    """Interventions."""

    name = "haven.interventions"
    label = "interventions"
    default_auto_field = "django.db.models.BigAutoField"
