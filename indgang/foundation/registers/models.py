"""The last answers of registers, how the registers do, and how far their feeds were read."""

from django.db import models


class Remembered(models.Model):
    """The last answer of a register about a person, for the time the register does not answer; deleted by a job."""

    source = models.CharField(max_length=20)
    person = models.UUIDField()  # of citizens; nothing here says who that is
    facts = models.JSONField()
    as_of = models.DateTimeField()
    expires_at = models.DateTimeField(db_index=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "source"], name="one_remembered_answer")]


class Condition(models.Model):
    """How a register does, shared by all processes. In the database's own time: outside systems know no demo clock."""

    source = models.CharField(primary_key=True, max_length=40)  # "cpr", "cpr.changes"
    failures = models.IntegerField(default=0)  # in a row
    fault = models.CharField(max_length=40, blank=True, default="")
    failing_since = models.DateTimeField(null=True)
    failed_at = models.DateTimeField(null=True)
    answered_at = models.DateTimeField(null=True)
    paused_until = models.DateTimeField(null=True)


class Position(models.Model):
    """The last change of a register's feed that was dealt with."""

    source = models.CharField(primary_key=True, max_length=20)
    change = models.BigIntegerField(default=0)
