"""Every refusal of every rule is taken out once; a test of the rules must miss it."""

import json
import subprocess
import sys

import pytest

from tests.machinery import refusals
from tests.machinery.cluster import ROOT


@pytest.mark.parametrize("part", refusals.parts())
def test_no_refusal_can_be_taken_out_of_the_rules_unnoticed(part):
    order = [sys.executable, "-m", "tests.machinery.refusals", part]
    done = subprocess.run(order, cwd=ROOT, capture_output=True, text=True, check=True, timeout=280)
    told = [json.loads(line) for line in done.stdout.splitlines()]
    assert [one["place"] for one in told] == refusals.places(part)
    assert [one["place"] for one in told if not one["missed"]] == []
