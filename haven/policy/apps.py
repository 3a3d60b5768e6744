"""Tells Django that the part exists; nothing else here knows Django."""

from django.apps import AppConfig


class PolicyConfig(AppConfig):
    """The policy part, under the label `policy`."""

    name = "haven.policy"
    label = "policy"
    verbose_name = "Policy"
