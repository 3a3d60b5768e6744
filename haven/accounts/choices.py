"""The roles of those who work here."""

from django.db import models


class Role(models.TextChoices):
    """What somebody is trusted with; a person may hold several."""

    CALL_HANDLER = "call_handler", "Call handler"
    CASEWORKER = "caseworker", "Caseworker"
    TEAM_MANAGER = "team_manager", "Team manager"
    HEAD_OF_SERVICE = "head_of_service", "Head of service"
    SAFEGUARDING_LEAD = "safeguarding_lead", "Safeguarding lead"
    DATA_PROTECTION_OFFICER = "data_protection_officer", "Data protection officer"
    INSIGHT_ANALYST = "insight_analyst", "Insight analyst"
    POLICY_OWNER = "policy_owner", "Policy owner"
    REPAIRS_PLANNER = "repairs_planner", "Repairs planner"
    CONTRACTOR = "contractor", "Contractor"
    PARTNER = "partner", "Partner"
    ADMINISTRATOR = "administrator", "Administrator"
    AUDITOR = "auditor", "Auditor"


CASE_ROLES = frozenset({Role.CASEWORKER, Role.TEAM_MANAGER, Role.HEAD_OF_SERVICE})
"""Roles that may be on a case at all; each case decides further."""
