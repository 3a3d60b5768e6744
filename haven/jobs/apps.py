"""Django's entry for the machine room."""

from django.apps import AppConfig


class JobsConfig(AppConfig):
    """Has no models of its own; the queue's tables belong to procrastinate."""

    name = "haven.jobs"
    label = "jobs"
