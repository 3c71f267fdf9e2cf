"""Accounts, roles, authorisations, API keys, switches and the access log."""

from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.contrib.postgres.fields import ArrayField
from django.db import models

from indgang.foundation.access.values import KeyKind, LookOutcome


class Accounts(BaseUserManager["Account"]):
    """Questions about accounts."""

    def usable(self) -> "models.QuerySet[Account]":
        """Those that may act now; the accounts of a demo town have a printed password and end with the demo."""
        open_ones = self.filter(is_active=True)
        return open_ones if settings.INDGANG_DEMO else open_ones.filter(demo=False)


class Account(AbstractBaseUser):
    """A staff login; who the person is stands in organisation. Citizens are never rows here."""

    username = models.CharField(max_length=60, unique=True)
    roles = ArrayField(models.CharField(max_length=40), default=list)
    is_active = models.BooleanField(default=True)
    demo = models.BooleanField(default=False)  # invented account of a demo town

    USERNAME_FIELD = "username"
    objects = Accounts()


class FailedLogins(models.Model):
    """Failed logins of one name or one address; one row, counted atomically over all processes."""

    key = models.CharField(primary_key=True, max_length=120)  # "name:…" or "from:…", hashed
    count = models.IntegerField(default=0)
    first_at = models.DateTimeField()
    locked_until = models.DateTimeField(null=True)


class Authorisation(models.Model):
    """A right given by the security leader: a task or a task group, up to a level, for a period."""

    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="+")
    task = models.CharField(max_length=12, blank=True, default="")  # "T-076"; empty: the whole group
    group = models.CharField(max_length=40, blank=True, default="")  # competence group code
    level = models.SmallIntegerField()
    valid_from = models.DateField()
    valid_to = models.DateField(null=True)  # last day
    granted_by = models.CharField(max_length=80)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(level__in=[1, 2, 3]), name="authorisation_level_1_to_3"),
            models.CheckConstraint(
                condition=models.Q(task="", group__gt="") | models.Q(task__gt="", group=""),
                name="authorisation_task_or_group",
            ),
        ]


class Switch(models.Model):
    """A dated rule of the municipality, e.g. "dispensation": staff may decide for another administration."""

    code = models.CharField(max_length=40)
    on = models.BooleanField()
    valid_from = models.DateTimeField()
    set_by = models.CharField(max_length=80)

    class Meta:
        indexes = [models.Index(fields=["code", "-valid_from"], name="switch_latest")]


class ApiKey(models.Model):
    """A key for programs: a system's own or a person's; only its hash is kept."""

    kind = models.CharField(max_length=10, choices=KeyKind.choices)
    name = models.CharField(max_length=80)
    digest = models.CharField(max_length=64, unique=True)
    account = models.ForeignKey(Account, null=True, on_delete=models.CASCADE, related_name="+")
    created_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)


class Look(models.Model):
    """One row of the access log, committed on its own connection before the data is read."""

    id = models.UUIDField(primary_key=True)
    at = models.DateTimeField()
    actor = models.CharField(max_length=80)
    citizen = models.UUIDField(null=True)
    kind = models.CharField(max_length=60)  # which data
    purpose = models.CharField(max_length=120)  # "contact:<id>", "case:<id>" or "reason:<code>"
    source = models.CharField(max_length=40, default="indgang")
    outcome = models.CharField(max_length=10, choices=LookOutcome.choices)

    class Meta:
        db_table = "access_lookup"
        indexes = [
            models.Index(fields=["citizen", "at"], name="look_citizen"),
            models.Index(fields=["actor", "at"], name="look_actor"),
        ]
