"""The web surface as a Django application."""

from django.apps import AppConfig


class WebConfig(AppConfig):
    """Pages, components and styles; no models of its own."""

    name = "haven.web"
    label = "web"
