"""Invented staff, one sign-in for each role among them, and the agencies that the landlord works with."""

from __future__ import annotations

from django.contrib.auth.hashers import make_password

from haven.accounts.choices import Role
from haven.accounts.models import Staff, Team
from haven.demo.sign_in import PASSWORD, email_of
from haven.partners.models import Agency

TEAMS = {
    "Merrowdale team": ["MERROWDALE_1", "MERROWDALE_2"],
    "Tarnholme team": ["TARNHOLME_1", "TARNHOLME_2"],
    "Eastmarch team": ["EASTMARCH_1", "EASTMARCH_2"],
}

SIGN_INS = (
    ("call.handler", "Bev Armitage", [Role.CALL_HANDLER], None),
    ("caseworker", "Aaliyah Norton", [Role.CASEWORKER], "Merrowdale team"),
    ("manager", "Marcus Penhallow", [Role.TEAM_MANAGER], "Merrowdale team"),
    ("head", "Ruth Calloway", [Role.HEAD_OF_SERVICE], None),
    ("safeguarding", "Imogen Tasker", [Role.SAFEGUARDING_LEAD], None),
    ("data.protection", "Vikram Sethi", [Role.DATA_PROTECTION_OFFICER], None),
    ("insight", "Owen Blyth", [Role.INSIGHT_ANALYST], None),
    ("policy", "Helen Draycott", [Role.POLICY_OWNER], None),
    ("repairs", "Gary Stott", [Role.REPAIRS_PLANNER], None),
    ("contractor", "Joel Maddox", [Role.CONTRACTOR], None),
    ("partner", "Sgt Priya Nand", [Role.PARTNER], None),
    ("admin", "Tess Wilder", [Role.ADMINISTRATOR], None),
    ("auditor", "Colm Brennan", [Role.AUDITOR], None),
)

COLLEAGUES = (
    ("dana.frost", "Dana Frost", [Role.CASEWORKER], "Merrowdale team"),
    ("femi.adair", "Femi Adair", [Role.CASEWORKER], "Merrowdale team"),
    ("josie.platt", "Josie Platt", [Role.CASEWORKER], "Tarnholme team"),
    ("hamid.zaki", "Hamid Zaki", [Role.CASEWORKER], "Tarnholme team"),
    ("lorna.keane", "Lorna Keane", [Role.TEAM_MANAGER], "Tarnholme team"),
    ("tom.aske", "Tom Aske", [Role.CASEWORKER], "Eastmarch team"),
    ("wiktoria.lis", "Wiktoria Lis", [Role.CASEWORKER], "Eastmarch team"),
    ("saul.greaves", "Saul Greaves", [Role.TEAM_MANAGER], "Eastmarch team"),
    ("nights.one", "Petra Holm", [Role.CALL_HANDLER], None),
    ("nights.two", "Idris Vaughan", [Role.CALL_HANDLER], None),
)

AGENCIES: tuple[tuple[str, str, list[str], list[str], list[str], str, str], ...] = (
    ("Northmarch Police", "police", ["E99000001", "E99000002", "E99000003"], [], [], "101", "Always"),
    ("Merrowdale Borough Council: community safety", "council", ["E99000001"], [], [], "01632 960 101", "Weekdays 9 to 5"),
    ("Tarnholme City Council: housing options", "council", ["E99000002"], [], [], "01632 960 102", "Weekdays 9 to 5, then 999"),
    ("Eastmarch District Council", "council", ["E99000003"], [], [], "01632 960 103", "Weekdays 9 to 5"),
    ("Northmarch Fire and Rescue Service", "fire", ["E99000001", "E99000002", "E99000003"], [], [], "01632 960 104", "Always"),
    ("Lantern Victim Support", "support", ["E99000001", "E99000002", "E99000003"], [], ["en", "ar", "pl"], "01632 960 105", "Every day 8 to 8"),
    ("Open Door Refugee Project", "support", ["E99000001"], ["RACE", "RELIGION"], ["ar", "fa", "ckb", "ti"], "01632 960 106", "Mon to Sat"),
    ("Northern Rainbow Advice", "support", ["E99000001", "E99000002"], ["SEXUAL_ORIENTATION", "TRANSGENDER"], ["en"], "01632 960 107", "Mon to Fri evenings"),
    ("Disability Voices Together", "support", ["E99000002", "E99000003"], ["DISABILITY"], ["en", "bfi"], "01632 960 108", "Weekdays"),
    ("Merrowdale Law Centre", "legal", ["E99000001"], [], ["en", "pl", "ur"], "01632 960 109", "By appointment"),
)  # fmt: skip


def hire() -> dict[str, Staff]:
    """Save teams and staff; return staff by the first half of their address."""
    teams = {name: Team.objects.create(name=name, patches=patches) for name, patches in TEAMS.items()}
    password = make_password(PASSWORD)
    on_call = {"nights.one", "nights.two", "manager"}
    rows = [
        Staff(
            email=email_of(sign_in),
            name=name,
            roles=[str(role) for role in roles],
            team=teams.get(team) if team else None,
            on_call=sign_in in on_call,
            password=password,
        )
        for sign_in, name, roles, team in SIGN_INS + COLLEAGUES
    ]
    Staff.objects.bulk_create(rows)
    return {row.email.partition("@")[0]: row for row in rows}


def agencies() -> list[Agency]:
    """Save the agencies."""
    return Agency.objects.bulk_create(
        [
            Agency(
                name=name, kind=kind, council_codes=councils, strands=strands, languages=languages, telephone=telephone,
                email="", open_when=when,
            )
            for name, kind, councils, strands, languages, telephone, when in AGENCIES
        ]
    )  # fmt: skip
