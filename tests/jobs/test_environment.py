"""The environment is read in one place, strictly, and every problem is named at once."""

import re
from pathlib import Path

import pytest

from haven.environment import Misconfigured, read


def test_an_empty_environment_gives_what_trying_out_needs():
    found = read({"HOME": "/home/ada"})
    assert (found.host, found.port, found.public_url) == ("127.0.0.1", 8000, "http://localhost:8000")
    assert found.data == Path("/home/ada/.local/share/haven")
    assert found.key_file == Path("/home/ada/.local/share/haven/keys/deployment.key")
    assert found.database_url is None
    assert found.unknown == ()
    assert not found.is_https


def test_the_data_directory_of_the_desktop_standard_is_honoured():
    assert read({"HOME": "/home/ada", "XDG_DATA_HOME": "/big/disk"}).data == Path("/big/disk/haven")


def test_an_empty_value_counts_as_not_set():
    assert read({"HOME": "/h", "HAVEN_PORT": " ", "DATABASE_URL": ""}).port == 8000


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("HAVEN_PORT", "0"),
        ("HAVEN_PORT", "65536"),
        ("HAVEN_PORT", "80x"),
        ("HAVEN_PORT", "٨٠٠٠"),
        ("HAVEN_DATA", "here"),
        ("HAVEN_KEY_FILE", "deployment.key"),
        ("HAVEN_PUBLIC_URL", "haven.example"),
        ("HAVEN_PUBLIC_URL", "https://haven.example/under/a/path"),
        ("HAVEN_LOG_LEVEL", "LOUD"),
        ("HAVEN_SMTP", "mail.landlord.example"),
        ("HAVEN_SMTP", "smtp://mail.landlord.example/inbox"),
        ("HAVEN_SMTP", "smtp://mail.landlord.example?tls=no"),
        ("HAVEN_SMTP", "smtp://localhost?tls=maybe"),
        ("HAVEN_MAIL_FROM", "haven"),
        ("HAVEN_MAIL_FROM", "Haven <haven@landlord.example>"),
        ("HAVEN_TEST_BROWSER", "no"),
        ("HAVEN_WEB_THREADS", "-1"),
        ("DATABASE_URL", "mysql://haven@machine/haven"),
        ("DATABASE_URL", "postgresql://haven@machine"),
        ("DATABASE_OWNER_URL", "postgresql://haven@machine/haven?nonsense=1"),
    ],
)
def test_a_value_that_cannot_be_used_is_refused_by_name(name, value):
    with pytest.raises(Misconfigured, match=f"{name}: .+"):
        read({"HOME": "/h", name: value})


def test_every_problem_is_named_at_once_with_where_to_set_it():
    with pytest.raises(Misconfigured) as refused:
        read({"HOME": "/h", "HAVEN_PORT": "x", "HAVEN_DATA": "x", "DATABASE_URL": "x"})
    assert [line.split(":")[0] for line in str(refused.value).splitlines()[:3]] == [
        "HAVEN_PORT",
        "HAVEN_DATA",
        "DATABASE_URL",
    ]
    assert "docs/reference/environment.md" in str(refused.value)


def test_a_refused_database_address_does_not_print_its_password():
    with pytest.raises(Misconfigured) as refused:
        read({"HOME": "/h", "DATABASE_URL": "postgres://haven:hunter2@machine"})
    assert "hunter2" not in str(refused.value)


def test_a_misspelt_variable_is_pointed_out():
    assert read({"HOME": "/h", "HAVEN_PROT": "9000"}).unknown == (
        "HAVEN_PROT is not read by Haven. Did you mean HAVEN_PORT?",
    )


def test_tls_and_the_host_follow_the_public_address():
    found = read({"HOME": "/h", "HAVEN_PUBLIC_URL": "https://haven.example/"})
    assert found.is_https
    assert (found.public_url, found.public_host) == ("https://haven.example", "haven.example")


def test_the_reference_page_describes_every_variable():
    page = (Path(__file__).resolve().parents[2] / "docs" / "reference" / "environment.md").read_text()
    source = (Path(__file__).resolve().parents[2] / "haven" / "environment.py").read_text()
    names = set(re.findall(r'"((?:HAVEN|DATABASE)_[A-Z_]+)"', source)) - {"HAVEN_"}
    assert len(names) > 10
    assert {name for name in names if f"`{name}`" not in page} == set()


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("smtps://mail.landlord.example", ("mail.landlord.example", 465, "", "", True, False)),
        ("smtp://haven:a%40b@mail.landlord.example", ("mail.landlord.example", 587, "haven", "a@b", False, False)),
        ("smtp://localhost:25?tls=no", ("localhost", 25, "", "", False, True)),
    ],
)
def test_a_mail_server_is_used_with_tls_unless_it_is_on_this_machine(address, expected):
    found = read({"HOME": "/h", "HAVEN_SMTP": address}).smtp
    assert (found.host, found.port, found.user, found.password, found.is_tls, found.is_plain) == expected


def test_mail_comes_from_the_host_by_which_people_reach_haven():
    assert read({"HOME": "/h", "HAVEN_PUBLIC_URL": "https://haven.example"}).mail_from == "haven@haven.example"
