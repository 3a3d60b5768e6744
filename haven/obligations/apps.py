"""Django's entry for obligations."""

from django.apps import AppConfig


class ObligationsConfig(AppConfig):
    """Has the duties of whatever an act touched derived again in its transaction."""

    name = "haven.obligations"
    label = "obligations"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from haven.kernel.action import project_with
        from haven.obligations.projection import refresh

        project_with(refresh)
