"""Settings as a deployment gets them: worked out from the environment alone."""

import json
import subprocess
import sys

import pytest
from django.core.management import call_command
from django.test import Client

from tests.machinery import cluster

ASK = "import json, sys; from django.conf import settings; print(json.dumps([getattr(settings, n) for n in sys.argv[1:]]))"
COOKIES_ONLY_OVER_TLS = ("SESSION_COOKIE_SECURE", "CSRF_COOKIE_SECURE", "LANGUAGE_COOKIE_SECURE")


def settings_with(*names: str, **environment: str) -> list:
    """Some settings of a Haven with this environment."""
    surroundings = {"DJANGO_SETTINGS_MODULE": "haven.settings", "HOME": "/h", **environment}
    order = [sys.executable, "-c", ASK, *names]
    done = subprocess.run(order, env=surroundings, cwd=cluster.ROOT, capture_output=True, text=True, check=True)
    return json.loads(done.stdout)


def test_over_tls_cookies_and_browsers_insist_on_it():
    names = (*COOKIES_ONLY_OVER_TLS, "SECURE_HSTS_SECONDS", "ALLOWED_HOSTS", "CSRF_TRUSTED_ORIGINS")
    *cookies, seconds, hosts, origins = settings_with(*names, HAVEN_PUBLIC_URL="https://haven.example")
    assert cookies == [True, True, True]
    assert seconds >= 31_536_000
    assert "haven.example" in hosts
    assert origins == ["https://haven.example"]


def test_without_tls_nothing_insists_on_it_so_that_trying_out_works():
    *cookies, seconds = settings_with(*COOKIES_ONLY_OVER_TLS, "SECURE_HSTS_SECONDS")
    assert cookies == [False, False, False]
    assert seconds == 0


@pytest.mark.parametrize("environment", [{"DEBUG": "1"}, {"DJANGO_DEBUG": "true"}, {"HAVEN_LOG_LEVEL": "DEBUG"}])
def test_nothing_switches_debugging_on(environment):
    assert settings_with("DEBUG", **environment) == [False]


def test_without_a_key_there_is_no_signing_key_either():
    order = [sys.executable, "-c", "from django.conf import settings; settings.SECRET_KEY"]
    surroundings = {"DJANGO_SETTINGS_MODULE": "haven.settings", "HOME": "/h"}
    done = subprocess.run(order, env=surroundings, cwd=cluster.ROOT, capture_output=True, text=True, check=False)
    assert "SECRET_KEY setting must not be empty" in done.stderr


def test_cookie_names_say_nothing_and_scripts_cannot_read_them(settings):
    names = {settings.SESSION_COOKIE_NAME, settings.CSRF_COOKIE_NAME, settings.LANGUAGE_COOKIE_NAME}
    assert names <= {"visit", "token", "desk", "words"}
    assert settings.SESSION_COOKIE_HTTPONLY
    assert settings.CSRF_COOKIE_HTTPONLY
    assert settings.LANGUAGE_COOKIE_HTTPONLY
    assert {settings.SESSION_COOKIE_SAMESITE, settings.CSRF_COOKIE_SAMESITE} <= {"Lax", "Strict"}


def test_every_answer_carries_its_headers():
    headers = Client().get("/healthz").headers
    policy = headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert "frame-ancestors 'none'" in policy
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] in ("no-referrer", "same-origin")
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"


def test_another_host_name_is_refused():
    assert Client().get("/healthz", headers={"host": "elsewhere.example"}).status_code == 400


@pytest.mark.django_db
def test_nothing_is_left_to_migrate_and_models_fit_their_migrations():
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)
