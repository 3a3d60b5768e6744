"""What the web role may not do, tried as the web role."""

import pytest
from django.db import ProgrammingError, connection


@pytest.mark.django_db
def test_tests_run_as_the_web_role_which_is_nothing_special():
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT current_user, rolsuper, rolbypassrls, rolcreatedb, rolcreaterole, rolreplication "
            "FROM pg_roles WHERE rolname = current_user"
        )
        assert cursor.fetchone() == ("haven_web", False, False, False, False, False)


@pytest.mark.django_db
@pytest.mark.parametrize(
    "order",
    [
        "TRUNCATE django_session",
        "CREATE TABLE public.mine (a int)",
        "CREATE SCHEMA mine",
        "ALTER TABLE django_session ADD COLUMN mine int",
        "DROP TABLE django_session",
        "SET ROLE haven_owner",
        "CREATE ROLE mine",
        "COPY django_session TO PROGRAM 'cat'",
    ],
)
def test_the_web_role_is_refused(order):
    with connection.cursor() as cursor, pytest.raises(ProgrammingError):
        cursor.execute(order)
