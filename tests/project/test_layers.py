"""The parts of the house depend downwards only: imports by import-linter, foreign keys here."""

import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from django.apps import apps
from django.db import models

ROOT = Path(__file__).resolve().parents[2]
CONTRACTS = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"]
LAYERS = next(each["layers"] for each in CONTRACTS if each["type"] == "layers")
HEIGHT = {
    part.strip(" ()"): len(LAYERS) - number for number, layer in enumerate(LAYERS) for part in re.split("[|:]", layer)
}


def part_of(model: type[models.Model]) -> str:
    """The part of Haven that a model belongs to; empty for what belongs to a package."""
    names = model.__module__.split(".")
    return names[1] if names[0] == "haven" else ""


def pointers() -> list[tuple[str, str, str]]:
    """Every foreign key from one part of Haven to another: field, its part, the part that it points to."""
    found = []
    for model in apps.get_models(include_auto_created=True):
        for field in model._meta.get_fields():
            if field.is_relation and field.concrete and field.related_model is not None:
                here, there = part_of(model), part_of(field.related_model)
                if here and there and here != there:
                    found.append((f"{model._meta.label}.{field.name}", here, there))
    return found


def test_every_part_has_its_layer():
    parts = {each.name.split(".")[1] for each in apps.get_app_configs() if each.name.startswith("haven.")}
    assert parts <= set(HEIGHT)


def test_every_folder_with_models_is_installed():
    installed = {each.name for each in apps.get_app_configs()}
    assert {f"haven.{path.parent.name}" for path in ROOT.glob("haven/*/models.py")} <= installed


def test_foreign_keys_point_down_the_layers():
    upward = [each for each in pointers() if HEIGHT[each[1]] <= HEIGHT[each[2]]]
    assert pointers(), "no foreign key was found at all"
    assert upward == []


@pytest.mark.slow
def test_imports_keep_their_contracts():
    program = Path(sys.executable).with_name("lint-imports")
    done = subprocess.run([program, "--no-cache"], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout


def test_layers_are_those_of_the_architecture_page():
    page = (ROOT / "docs" / "explanation" / "architecture.md").read_text()
    rows = [line.split("|", 2)[2] for line in page.splitlines() if line.startswith("| ") and "`" in line]
    order = [[part for part in HEIGHT if f"`{part}`" in row] for row in rows]
    heights = [{HEIGHT[part] for part in row} for row in order if row]
    assert all(len(each) == 1 for each in heights)
    assert heights == sorted(heights, key=max, reverse=True)
