"""Django's entry for people."""

from django.apps import AppConfig


class PeopleConfig(AppConfig):
    """Persons."""

    name = "haven.people"
    label = "people"
    default_auto_field = "django.db.models.BigAutoField"
