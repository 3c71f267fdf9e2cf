"""Which citizen an employee is, where the security leader has said so; only the rules for unusual looks use it."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from indgang.foundation.access import errors
from indgang.foundation.access.leaders import locked, refuse_self, require_leader
from indgang.foundation.access.models import Account, CitizenLink
from indgang.foundation.access.values import Viewer
from indgang.foundation.journal import services as journal


@transaction.atomic
def link_citizen(*, account: Account | int, citizen: UUID | None, viewer: Viewer, at: datetime) -> None:
    """Say which citizen this employee is; None: it is not said any more. Nobody says it of themselves."""
    require_leader(viewer)
    row = locked(account)
    refuse_self(viewer, row.pk)
    before = CitizenLink.objects.filter(account=row).first()
    if (before.citizen if before else None) == citizen:
        return
    if citizen is None:
        CitizenLink.objects.filter(account=row).delete()
    elif CitizenLink.objects.filter(citizen=citizen).exclude(account=row).exists():
        raise errors.LinkedToAnother
    else:
        facts = {"citizen": citizen, "linked_by": viewer.name, "linked_at": at}
        CitizenLink.objects.update_or_create(account=row, defaults=facts)
    linked: dict[str, object] = {"linked": citizen is not None}
    journal.record("access.citizen_linked", at=at, viewer_name=viewer.name, subject=row, data=linked)


def is_linked(account_id: int) -> bool:
    """Whether it is said which citizen this employee is; the employee may know."""
    return CitizenLink.objects.filter(account=account_id).exists()


def citizen_links(viewer: Viewer) -> dict[int, UUID]:
    """The citizen of each linked account; for the security leader."""
    require_leader(viewer)
    return dict(CitizenLink.objects.values_list("account_id", "citizen"))
