"""The roles of those who work here, the words of signing in, and why a session ends."""

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

COMPANY = {
    Role.ADMINISTRATOR: frozenset({Role.POLICY_OWNER, Role.INSIGHT_ANALYST}),
    Role.AUDITOR: frozenset({Role.INSIGHT_ANALYST}),
    Role.CONTRACTOR: frozenset({Role.CALL_HANDLER}),
    Role.PARTNER: frozenset[Role](),
}
"""Roles that keep apart: each may be held only together with those named. Whoever runs the accounts, checks the trail
or works for somebody else does not read cases."""

MAY_SAY = {
    Role.CALL_HANDLER: "Logs reports, and sees only those that they logged on that shift.",
    Role.CASEWORKER: "Works on their own cases and on their team's that are not restricted.",
    Role.TEAM_MANAGER: "Shares out the team's work, approves, and sees overdue duties.",
    Role.HEAD_OF_SERVICE: "Approves at the top level and delegates.",
    Role.SAFEGUARDING_LEAD: "Sees concerns and referrals across teams.",
    Role.DATA_PROTECTION_OFFICER: "Looks after disclosures, access requests, retention and the trail.",
    Role.INSIGHT_ANALYST: "Sees figures without people.",
    Role.POLICY_OWNER: "Keeps the clause register and the policy pack.",
    Role.REPAIRS_PLANNER: "Plans work orders in neutral words.",
    Role.CONTRACTOR: "Carries out work orders in neutral words, and nothing else.",
    Role.PARTNER: "Sees what was disclosed to their agency.",
    Role.ADMINISTRATOR: "Looks after accounts and settings, and sees no case.",
    Role.AUDITOR: "Reads the trail and the figures.",
}
"""What each role does, in a sentence for the person who grants it."""


class Factor(models.TextChoices):
    """What somebody can prove who they are with, after the password or in its place."""

    CODE_APP = "totp", "Code app"
    PASSKEY = "webauthn", "Passkey"
    RECOVERY_CODE = "recovery_codes", "Recovery codes"


SECOND_FACTORS = (Factor.CODE_APP, Factor.PASSKEY)
"""Those that count as a second factor; recovery codes are for when these are lost."""


class Step(models.TextChoices):
    """Where in signing in, or in confirming who one is, something went wrong."""

    PASSWORD = "password", "Password"
    SECOND_FACTOR = "second_factor", "Second factor"
    PASSKEY = "passkey", "Passkey"
    CONFIRMING = "confirming", "Confirming who you are"
    LINK = "link", "Set-up link"


class SessionEnd(models.TextChoices):
    """Why a session ended."""

    SIGNED_OUT = "signed_out", "Signed out"
    ELSEWHERE = "elsewhere", "Ended from another device"
    IDLE = "idle", "Nothing was done for half an hour"
    OLD = "old", "Twelve hours had passed"
    PASSWORD = "password", "The password was changed"
    FACTORS = "factors", "The second factors were taken away"
    LEFT = "left", "The person left"
