"""Teams, staff, their set-up links, and how often somebody guessed."""

from __future__ import annotations

from dataclasses import dataclass

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

    @property
    def role_labels(self) -> list[str]:
        """Return the words for the roles held, in the order of the list of roles."""
        return [str(role.label) for role in Role if role in self.roles]


@dataclass(frozen=True, slots=True)
class WorkChanged:
    """That it has changed what somebody may work on: touched by the acts that do so, for what higher parts derive."""

    staff: Staff


class SetUpLink(models.Model):
    """A link with which somebody chooses their password: works once, for a while, the newest only."""

    staff = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="set_up_links")
    secret_hash = models.BinaryField(max_length=32, unique=True, help_text="Keyed; the secret itself is not kept.")
    issued_at = models.DateTimeField()
    issued_by = models.ForeignKey(Staff, null=True, on_delete=models.PROTECT, related_name="+")
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)

    secret: str = ""
    """Set on the instance that was just issued, to be shown once; never kept."""

    class PersonalData:
        none = ("id", "staff", "secret_hash", "issued_at", "issued_by", "expires_at", "used_at", "withdrawn_at")
        erasure = "keep"

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["staff"],
                condition=models.Q(used_at__isnull=True, withdrawn_at__isnull=True),
                name="one_open_set_up_link",
            ),
            models.CheckConstraint(
                condition=models.Q(used_at__isnull=True) | models.Q(withdrawn_at__isnull=True),
                name="set_up_link_used_or_withdrawn",
            ),
        ]

    def __str__(self) -> str:
        return f"set-up link {self.pk}"

    @property
    def trail_chain(self) -> str:
        """Return the chain of the person whom the link is for."""
        return f"staff:{self.staff_id}"


class Guesses(models.Model):
    """How often in a row something was guessed wrong: one account, one place, or one device, known by a keyed hash."""

    key = models.CharField(max_length=64, primary_key=True)
    failures = models.PositiveIntegerField(default=0)
    last_at = models.DateTimeField()

    class PersonalData:
        none = ("key", "failures", "last_at")
        erasure = "delete after a day"

    class Meta:
        indexes = [models.Index(fields=["last_at"], name="guesses_last_at")]

    def __str__(self) -> str:
        return f"guesses {self.key[:8]}"
