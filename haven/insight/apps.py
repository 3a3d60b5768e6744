"""Django's entry for insight."""

from importlib import import_module
from importlib.util import find_spec
from pkgutil import iter_modules

from django.apps import AppConfig, apps


class InsightConfig(AppConfig):
    """Reads every part's rules, so that the clause register is whole before anybody asks it."""

    name = "haven.insight"
    label = "insight"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        for part in apps.get_app_configs():
            if part.name.startswith("haven.") and find_spec(f"{part.name}.rules"):
                _read_whole(f"{part.name}.rules")
        import_module("haven.insight.records")
        import_module("haven.insight.figures")


def _read_whole(name: str) -> None:
    """Import a module and, where it is a package, everything in it."""
    module = import_module(name)
    for inside in iter_modules(getattr(module, "__path__", ())):
        import_module(f"{name}.{inside.name}")
