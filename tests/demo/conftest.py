"""One transaction for a whole module: the fictional landlord is made once and rolled back at the end."""

import pytest
from django.db import transaction


@pytest.fixture(scope="module")
def rolled_back(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock():
        block = transaction.atomic()
        block.__enter__()
        try:
            yield
        finally:
            transaction.set_rollback(True)
            block.__exit__(None, None, None)
