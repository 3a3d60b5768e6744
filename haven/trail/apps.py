"""Django's entry for the trail."""

from django.apps import AppConfig


class TrailConfig(AppConfig):
    """Hands the kernel the function that writes entries."""

    name = "haven.trail"
    label = "trail"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from haven.kernel.action import record_with
        from haven.trail.recording import record_act

        record_with(record_act)
