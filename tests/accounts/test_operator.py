"""`haven staff` at the command line: the first administrator, a way back, and words for what is wrong."""

import re

import pytest
from click.testing import CliRunner
from django.test import Client

from haven.accounts.choices import Role
from haven.accounts.models import Staff
from haven.jobs.cli import staff as cli
from haven.trail.models import Entry
from tests.machinery.staff import member

pytestmark = pytest.mark.django_db


def run(*words):
    command = cli.command.commands[words[0]]
    command.callback, kept = command.callback.__wrapped__, command.callback
    try:
        return CliRunner().invoke(command, words[1:])
    finally:
        command.callback = kept


def test_the_first_administrator_is_let_in_by_a_link_that_works():
    done = run("add", "--email", "tess@landlord.example", "--name", "Tess", "--role", "administrator")
    assert done.exit_code == 0, done.output
    link = re.search(r"(/staff/set-up/[\w-]+)$", done.output.strip()).group(1)
    client = Client()
    assert client.get(link)["Location"] == "/staff/set-up"
    assert "tess@landlord.example" in client.get("/staff/set-up").content.decode()
    tess = Staff.objects.get()
    entries = Entry.objects.filter(chain=f"staff:{tess.pk}").order_by("seq")
    assert [(entry.act, entry.actor_kind) for entry in entries] == [
        ("staff.added", "system"),
        ("staff.link_issued", "system"),
    ]


@pytest.mark.parametrize(
    ("email", "roles", "words"),
    [
        ("not an address", ["administrator"], "not an e-mail address"),
        ("known@landlord.example", ["administrator"], "already"),
        ("n@landlord.example", ["boss"], "boss is not a role"),
        ("n@landlord.example", ["administrator", "caseworker"], "keep apart"),
    ],
)
def test_what_cannot_be_is_said_and_adds_nobody(email, roles, words):
    member(Role.CASEWORKER, email="known@landlord.example")
    done = run("add", "--email", email, "--name", "N", *[word for role in roles for word in ("--role", role)])
    assert done.exit_code != 0
    assert words in done.output
    assert Staff.objects.count() == 1


def test_a_way_back_for_somebody_who_is_here():
    staff = member(Role.ADMINISTRATOR, email="tess@landlord.example")
    assert "/staff/set-up/" in run("link", "TESS@landlord.example").output
    assert run("link", "nobody@landlord.example").exit_code != 0
    assert f"{staff.pk} " in run("list").output


def test_nobody_who_left_gets_a_link():
    member(email="gone@landlord.example", is_active=False)
    done = run("link", "gone@landlord.example")
    assert done.exit_code != 0
    assert "has left" in done.output
