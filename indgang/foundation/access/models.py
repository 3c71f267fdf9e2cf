"""Accounts, roles, authorisations, API keys, switches and the access log."""

from collections.abc import Iterator
from datetime import date

from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.crypto import salted_hmac

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
    roles_by_hand = models.BooleanField(default=False, db_default=False)  # then a profile leaves the roles alone
    is_active = models.BooleanField(default=True)
    demo = models.BooleanField(default=False)  # invented account of a demo town
    epoch = models.IntegerField(default=0, db_default=0)  # raised: every session from before is over

    USERNAME_FIELD = "username"
    objects = Accounts()

    def get_session_auth_hash(self) -> str:
        """What a session is bound to: password, roles and epoch; the row is read anyway, so this costs nothing."""
        return self._bound(None)

    def get_session_auth_fallback_hash(self) -> Iterator[str]:
        """The same with the keys from before a change of key."""
        for secret in settings.SECRET_KEY_FALLBACKS:
            yield self._bound(secret)

    def _bound(self, secret: str | bytes | None) -> str:
        held = "|".join([self.password, *sorted(self.roles), str(self.epoch)])
        return str(salted_hmac("indgang.access.session", held, secret=secret, algorithm="sha256").hexdigest())


class FailedLogins(models.Model):
    """Failed logins of one name or one address; one row, counted atomically over all processes."""

    key = models.CharField(primary_key=True, max_length=120)  # "name:…" or "from:…", hashed
    count = models.IntegerField(default=0)
    first_at = models.DateTimeField()
    locked_until = models.DateTimeField(null=True)


class Authorisations(models.Manager["Authorisation"]):
    """Questions about rights."""

    def in_force(self, day: date) -> "models.QuerySet[Authorisation]":
        """Those that hold on that day and are not taken back."""
        return self.filter(Q(valid_to=None) | Q(valid_to__gte=day), valid_from__lte=day, revoked_at=None)

    def live(self, day: date) -> "models.QuerySet[Authorisation]":
        """Those that hold on that day or will later."""
        return self.filter(Q(valid_to=None) | Q(valid_to__gte=day), revoked_at=None)


class Authorisation(models.Model):
    """A right given by the security leader: a task or a task group, up to a level, for a period."""

    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="+")
    task = models.CharField(max_length=12, blank=True, default="")  # "T-076"; empty: the whole group
    group = models.CharField(max_length=40, blank=True, default="")  # competence group code
    level = models.SmallIntegerField()
    valid_from = models.DateField()
    valid_to = models.DateField(null=True)  # last day
    granted_by = models.CharField(max_length=80)
    revoked_at = models.DateTimeField(null=True)  # taken back at that moment, whatever the period says
    version = models.IntegerField(default=1, db_default=1)

    objects = Authorisations()

    class Meta:
        indexes = [models.Index(fields=["valid_to"], name="authorisation_ends", condition=Q(revoked_at=None))]
        constraints = [
            models.CheckConstraint(condition=Q(level__in=[1, 2, 3]), name="authorisation_level_1_to_3"),
            models.CheckConstraint(
                condition=Q(task="", group__gt="") | Q(task__gt="", group=""),
                name="authorisation_task_or_group",
            ),
        ]


class Switch(models.Model):
    """A dated rule of the municipality, e.g. "dispensation": staff may decide for another administration."""

    code = models.CharField(max_length=40)
    on = models.BooleanField()
    valid_from = models.DateTimeField()
    set_by = models.CharField(max_length=80)
    tasks = ArrayField(models.CharField(max_length=12), default=list)  # only for these; empty: for every task

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
    last_used_at = models.DateTimeField(null=True)  # to the minute


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


class RightsReport(models.Model):
    """What a task's new level did to the rights, until the security leader has seen it."""

    at = models.DateTimeField()
    task = models.CharField(max_length=12)
    old = models.SmallIntegerField()
    new = models.SmallIntegerField()
    rows = models.JSONField(default=list)  # [{"account", "before", "after"}]
    seen_by = models.CharField(max_length=80, blank=True, default="")
    seen_at = models.DateTimeField(null=True)


class Instruction(models.Model):
    """One version of the security instruction; never changed after it is published."""

    number = models.IntegerField(unique=True)
    text = models.TextField()
    text_en = models.TextField()
    published_at = models.DateTimeField()
    published_by = models.CharField(max_length=80)


class Acceptance(models.Model):
    """Somebody has read a version of the instruction and follows it."""

    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="+")
    instruction = models.ForeignKey(Instruction, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["account", "instruction"], name="accepted_once")]


class LookReview(models.Model):
    """The security leader has gone through somebody's looks on a stated reason in a period."""

    actor = models.CharField(max_length=80)
    reason = models.CharField(max_length=40)
    since = models.DateTimeField()
    until = models.DateTimeField()
    looks = models.IntegerField()
    note = models.CharField(max_length=500)
    reviewed_by = models.CharField(max_length=80)
    reviewed_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["actor", "reason", "until"], name="review_of")]


class LookRule(models.Model):
    """The figures of a rule for unusual looks, where they differ from those the rule comes with."""

    code = models.CharField(primary_key=True, max_length=40)
    on = models.BooleanField(default=True)
    limit = models.IntegerField()
    minutes = models.IntegerField(default=0)
    starts = models.TimeField(null=True)
    ends = models.TimeField(null=True)
    version = models.IntegerField(default=1)


class Disclosure(models.Model):
    """Data about a citizen given to another authority; only what its task needs, and the citizen may see it."""

    id = models.UUIDField(primary_key=True)
    at = models.DateTimeField()
    citizen = models.UUIDField(db_index=True)
    task = models.CharField(max_length=12)
    receiver = models.CharField(max_length=120)
    ground = models.CharField(max_length=200)  # the paragraph of law
    fields = ArrayField(models.CharField(max_length=40))
    actor = models.CharField(max_length=80)


class SecondFactor(models.Model):
    """The shared secret of an authenticator app, encrypted; in use once a code of it was shown."""

    account = models.OneToOneField(Account, primary_key=True, on_delete=models.CASCADE, related_name="+")
    secret = models.CharField(max_length=200)
    created_at = models.DateTimeField()
    confirmed_at = models.DateTimeField(null=True)
    last_step = models.BigIntegerField(default=0)  # no code is taken twice


class RecoveryCode(models.Model):
    """A code for the day the phone is gone; each opens once, only its hash is kept."""

    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="+")
    digest = models.CharField(max_length=64)
    used_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["account", "digest"], name="one_recovery_code")]


class FactorRule(models.Model):
    """A role that must log in with a second factor; invented accounts of a demo town only where it says so."""

    role = models.CharField(primary_key=True, max_length=40)
    demo_too = models.BooleanField(default=False)


class OutsideLogin(models.Model):
    """An identity at the employees' common login that belongs to one account."""

    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="+")
    issuer = models.CharField(max_length=200)
    subject = models.CharField(max_length=200)
    linked_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["issuer", "subject"], name="one_account_per_identity")]


class CitizenLink(models.Model):
    """Which citizen an employee is, for the rules about one's own household, neighbours and colleagues only."""

    account = models.OneToOneField(Account, primary_key=True, on_delete=models.CASCADE, related_name="+")
    citizen = models.UUIDField(unique=True)
    linked_by = models.CharField(max_length=80)
    linked_at = models.DateTimeField()
