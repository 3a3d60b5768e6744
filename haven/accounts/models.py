"""Teams and staff."""

from __future__ import annotations

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.contrib.postgres.fields import ArrayField
from django.db import models

from haven.accounts.choices import Role


class Team(models.Model):
    """A team of caseworkers and the patches (areas) it looks after."""

    name = models.CharField(max_length=80, unique=True)
    patches = ArrayField(models.CharField(max_length=20), default=list)

    class PersonalData:
        none = ("id", "name", "patches")
        erasure = "keep"

    def __str__(self) -> str:
        return self.name


class StaffManager(BaseUserManager["Staff"]):
    """Makes staff accounts."""

    def create_user(self, email: str, password: str | None = None, **fields: object) -> Staff:
        """Create a member of staff who signs in with e-mail and password."""
        staff = self.model(email=self.normalize_email(email).lower(), **fields)
        staff.set_password(password)
        staff.save(using=self._db)
        return staff


class Staff(AbstractBaseUser):
    """Somebody who works here, or for a contractor or partner, and signs in."""

    email = models.EmailField(unique=True)
    name = models.CharField(max_length=120)
    roles = ArrayField(models.CharField(max_length=30, choices=Role.choices), default=list)
    team = models.ForeignKey(Team, null=True, blank=True, on_delete=models.PROTECT, related_name="staff")
    on_call = models.BooleanField(default=False, help_text="Is told when somebody is in danger out of hours.")
    is_active = models.BooleanField(default=True)
    joined_at = models.DateTimeField(auto_now_add=True)

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS = ["name"]
    objects = StaffManager()

    class PersonalData:
        identity = ("name",)
        contact = ("email",)
        none = ("id", "password", "last_login", "roles", "team", "on_call", "is_active", "joined_at")
        erasure = "keep while the records that they made are kept"

    class Meta:
        verbose_name_plural = "staff"

    def __str__(self) -> str:
        return f"staff {self.pk}"

    @property
    def actor_kind(self) -> str:
        """Say that this actor is staff."""
        return "staff"

    @property
    def actor_id(self) -> int | None:
        """Return the row's id."""
        return self.pk

    @property
    def trail_chain(self) -> str:
        """Return the chain that holds what happened to and by this account."""
        return f"staff:{self.pk}"

    def has(self, *roles: Role) -> bool:
        """Say whether any of these roles is held by this active account."""
        return self.is_active and any(role in self.roles for role in roles)

    @property
    def is_staff(self) -> bool:
        """Say no: Django's own administration site is not used."""
        return False
