"""Every refusal of every rule is taken out once; a test of the rules must miss it."""

import json
import subprocess
import sys

import pytest

from tests.machinery import refusals
from tests.machinery.cluster import ROOT


@pytest.fixture(scope="module")
def missed():
    """Each place at which a rule refuses something, and whether a test failed when that was taken out."""
    order = [sys.executable, "-m", "tests.machinery.refusals", *refusals.parts()]
    done = subprocess.run(order, cwd=ROOT, capture_output=True, text=True, check=False, timeout=280)
    assert done.returncode == 0, done.stderr[-2000:]
    told = [json.loads(line) for line in done.stdout.splitlines()]
    return {one["place"]: one["missed"] for one in told}


@pytest.mark.parametrize("part", refusals.parts())
def test_no_refusal_can_be_taken_out_of_the_rules_unnoticed(missed, part):
    places = refusals.places(part)
    assert places
    assert [place for place in places if not missed[place]] == []
