"""What followed a citizen when two persons became one."""

from django.db import models


class MovedCase(models.Model):
    """A case or a party that followed its citizen in a merge; exactly those go back when it is undone."""

    merge = models.CharField(max_length=40)
    case = models.ForeignKey("cases.Case", on_delete=models.CASCADE, related_name="+")
    party = models.ForeignKey("cases.Party", null=True, on_delete=models.CASCADE, related_name="+")  # null: the case
    before = models.UUIDField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["merge", "case", "party"], name="one_move_each", nulls_distinct=False)
        ]
