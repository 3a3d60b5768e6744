"""Model fields whose columns hold ciphertext, and the tokens by which words in it are found.

A model with sealed fields has a `sealing_key` (a foreign key, or a property that leads to its parent's). A value is
opened when it is read, not when the row is loaded, so a list that does not show a field never pays for it.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.fields.array import ArrayOverlap  # type: ignore[attr-defined]
from django.db import models

from haven.kernel.sealing import seal, unseal

if TYPE_CHECKING:
    _Column = models.BinaryField[Any, Any]
    _Array = ArrayField[Any, Any]
else:
    _Column, _Array = models.BinaryField, ArrayField


class Sealed(bytes):
    """Ciphertext on its way to the database: the only bytes that a sealed column takes."""


class _Closed:
    """Ciphertext as it came from the database, waiting to be read."""

    __slots__ = ("sealed",)

    def __init__(self, sealed: bytes) -> None:
        self.sealed = sealed


class _Opening:
    """Opens the ciphertext on first reading and remembers the plain value on the instance."""

    def __init__(self, field: SealedTextField) -> None:
        self.field = field

    def __get__(self, instance: models.Model | None, owner: type | None = None) -> Any:
        if instance is None:
            return self
        name = self.field.attname
        if name not in instance.__dict__:
            instance.__dict__[name] = self._deferred(instance, name)
        value = instance.__dict__[name]
        if isinstance(value, _Closed):
            key = instance.sealing_key.record_key()  # type: ignore[attr-defined]
            plain = unseal(key, value.sealed, self.field.context)
            value = instance.__dict__[name] = self.field.read(plain)
        return value

    def __set__(self, instance: models.Model, value: Any) -> None:
        instance.__dict__[self.field.attname] = value

    @staticmethod
    def _deferred(instance: models.Model, name: str) -> Any:
        """Load the one column, still closed (refresh_from_db would open it on another instance, key and all)."""
        rows = type(instance)._base_manager.using(instance._state.db)
        return rows.values_list(name, flat=True).get(pk=instance.pk)


class SealedTextField(_Column):
    """Text sealed with the key of the row's record; NULL stays NULL, the empty text is sealed like any other."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("editable", False)
        super().__init__(*args, **kwargs)

    @property
    def context(self) -> str:
        """Where the ciphertext lives, bound to it so that it cannot be moved to another column."""
        return f"{self.model._meta.label_lower}.{self.name}"

    def contribute_to_class(self, cls: type[models.Model], name: str, private_only: bool = False) -> None:
        super().contribute_to_class(cls, name, private_only)
        setattr(cls, name, _Opening(self))

    def from_db_value(self, value: Any, expression: Any, connection: Any) -> _Closed | None:
        return None if value is None else _Closed(bytes(value))

    def get_default(self) -> Any:
        if self.has_default():
            return super().get_default()
        return None if self.null else self.empty()

    def empty(self) -> Any:
        """Return the value of a column that may not be NULL and was given none."""
        return ""

    def to_python(self, value: Any) -> Any:
        return value

    def value_to_string(self, obj: models.Model) -> str:
        raise TypeError("Sealed columns are not written out in plain (dumpdata and the like).")

    def pre_save(self, model_instance: models.Model, add: bool) -> Sealed | None:
        value = model_instance.__dict__.get(self.attname)
        if value is None:
            return None
        if isinstance(value, _Closed):
            return Sealed(value.sealed)
        key = model_instance.sealing_key.record_key()  # type: ignore[attr-defined]
        return Sealed(seal(key, self.write(value), self.context))

    def get_db_prep_value(self, value: Any, connection: Any, prepared: bool = False) -> Any:
        if value is not None and not isinstance(value, Sealed):
            raise TypeError("A sealed column cannot be compared or updated in bulk: its values are sealed on saving.")
        return super().get_db_prep_value(value, connection, prepared)

    def write(self, value: Any) -> bytes:
        """Turn the value into bytes for sealing; anything but text is a mistake, never its repr."""
        if not isinstance(value, str):
            raise TypeError(f"{self.context} holds text, not {type(value).__name__}.")
        return value.encode("utf-8")

    def read(self, plain: bytes) -> Any:
        """Turn opened bytes back into the value."""
        return plain.decode("utf-8")


class SealedJSONField(SealedTextField):
    """Any JSON value, sealed."""

    def empty(self) -> Any:
        return {}

    def write(self, value: Any) -> bytes:
        return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode("utf-8")

    def read(self, plain: bytes) -> Any:
        return json.loads(plain)


class TokensField(_Array):
    """The tokens of `haven.kernel.words`: numbers of 64 bits, never null."""

    def __init__(self, **more: Any) -> None:
        super().__init__(**{"base_field": models.BigIntegerField(), "default": list, **more})

    def deconstruct(self) -> tuple[str, str, Any, Any]:
        name, _, arguments, more = super().deconstruct()
        return name, "django.contrib.postgres.fields.ArrayField", arguments, more


@TokensField.register_lookup
class _HoldsOneOf(ArrayOverlap):
    """`tokens__overlap=…`, with numbers of 64 bits: Django takes them for 32 and would cut them without a word."""

    def __init__(self, lhs: Any, rhs: Any) -> None:
        super().__init__(lhs, [models.Value(each, models.BigIntegerField()) for each in rhs])
