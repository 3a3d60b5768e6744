"""Django's entry for the fictional landlord."""

from django.apps import AppConfig


class DemoConfig(AppConfig):
    """Invented data for trying Haven out."""

    name = "haven.demo"
    label = "demo"
