"""Django's entry for correspondence."""

from django.apps import AppConfig


class CorrespondenceConfig(AppConfig):
    """Correspondence."""

    name = "haven.correspondence"
    label = "correspondence"
    default_auto_field = "django.db.models.BigAutoField"
