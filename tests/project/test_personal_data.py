"""Every field of every model of ours is sorted by what it may say about people, and erasure is decided for it."""

import pytest
from django.apps import apps

from haven.kernel.fields import SealedTextField

SORTS = ("identity", "contact", "special", "allegation", "none")
MODELS = [model for model in apps.get_models() if model.__module__.startswith("haven.")]


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model._meta.label)
def test_every_field_is_sorted_once(model):
    sorted_fields = [name for sort in SORTS for name in getattr(model.PersonalData, sort, ())]
    own = [field.name for field in (*model._meta.concrete_fields, *model._meta.local_many_to_many)]
    assert sorted(sorted_fields) == sorted(own), "a field is missing, unknown, or sorted twice"


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model._meta.label)
def test_erasure_is_decided(model):
    assert model.PersonalData.erasure


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model._meta.label)
def test_a_sealed_field_is_never_called_harmless(model):
    sealed = {field.name for field in model._meta.concrete_fields if isinstance(field, SealedTextField)}
    assert not sealed & set(getattr(model.PersonalData, "none", ()))


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model._meta.label)
def test_a_row_introduces_itself_without_naming_anybody(model):
    assert "name" not in model.__str__.__code__.co_names or model._meta.label in {"accounts.Team", "trail.Chain"}
