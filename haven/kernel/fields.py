"""Model fields whose columns hold ciphertext.

A model with sealed fields has a `sealing_key` (a foreign key, or a property that leads to its parent's). A value is
opened when it is read, not when the row is loaded, so a list that does not show a field never pays for it.
"""

from __future__ import annotations

import json
from typing import Any

from django.db import models

from haven.kernel.sealing import seal, unseal


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
            instance.refresh_from_db(fields=[name])
        value = instance.__dict__[name]
        if isinstance(value, _Closed):
            key = instance.sealing_key.record_key()  # type: ignore[attr-defined]
            plain = unseal(key, value.sealed, self.field.context)
            value = instance.__dict__[name] = self.field.read(plain)
        return value

    def __set__(self, instance: models.Model, value: Any) -> None:
        instance.__dict__[self.field.attname] = value


class SealedTextField(models.BinaryField):
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
        return None if self.null else ("" if not self.has_default() else super().get_default())

    def pre_save(self, model_instance: models.Model, add: bool) -> bytes | None:
        value = model_instance.__dict__.get(self.attname)
        if value is None:
            return None
        if isinstance(value, _Closed):
            return value.sealed
        key = model_instance.sealing_key.record_key()  # type: ignore[attr-defined]
        return seal(key, self.write(value), self.context)

    def get_db_prep_value(self, value: Any, connection: Any, prepared: bool = False) -> Any:
        if value is not None and not isinstance(value, bytes | bytearray | memoryview):
            raise TypeError("A sealed column cannot be compared or updated in bulk: its values are sealed on saving.")
        return super().get_db_prep_value(value, connection, prepared)

    def write(self, value: Any) -> bytes:
        """Turn the value into bytes for sealing."""
        return str(value).encode("utf-8")

    def read(self, plain: bytes) -> Any:
        """Turn opened bytes back into the value."""
        return plain.decode("utf-8")


class SealedJSONField(SealedTextField):
    """Any JSON value, sealed."""

    def get_default(self) -> Any:
        if self.has_default():
            return models.BinaryField.get_default(self)
        return None if self.null else {}

    def write(self, value: Any) -> bytes:
        return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode("utf-8")

    def read(self, plain: bytes) -> Any:
        return json.loads(plain)
