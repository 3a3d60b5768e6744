"""Django's entry for insight."""

from importlib import import_module
from importlib.util import find_spec

from django.apps import AppConfig, apps


class InsightConfig(AppConfig):
    """Reads every part's rules, so that the clause register is whole before anybody asks it."""

    name = "haven.insight"
    label = "insight"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        for part in apps.get_app_configs():
            if part.name.startswith("haven.") and find_spec(f"{part.name}.rules"):
                import_module(f"{part.name}.rules")
        import_module("haven.insight.records")
        import_module("haven.insight.figures")
