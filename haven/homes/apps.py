"""Django's entry for homes."""

from django.apps import AppConfig


class HomesConfig(AppConfig):
    """Properties, tenancies and agreements."""

    name = "haven.homes"
    label = "homes"
    default_auto_field = "django.db.models.BigAutoField"
