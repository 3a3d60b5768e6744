"""Django's entry for the kernel."""

from django.apps import AppConfig


class KernelConfig(AppConfig):
    """The kernel holds the keys that seal records."""

    name = "haven.kernel"
    label = "kernel"
    default_auto_field = "django.db.models.BigAutoField"
