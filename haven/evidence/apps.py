"""Django's entry for evidence."""

from django.apps import AppConfig


class EvidenceConfig(AppConfig):
    """Evidence."""

    name = "haven.evidence"
    label = "evidence"
    default_auto_field = "django.db.models.BigAutoField"
