"""The case of the scenarios."""

from tests.interventions.conftest import case as case
