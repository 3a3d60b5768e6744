"""Django's entry for confidentiality."""

from django.apps import AppConfig


class ConfidentialityConfig(AppConfig):
    """Confidentiality."""

    name = "haven.confidentiality"
    label = "confidentiality"
    default_auto_field = "django.db.models.BigAutoField"
