"""What the security leader must know of citizens to read the access log: whose it is and who is protected, no more."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from indgang.core.citizens.models import Person
from indgang.foundation.access.errors import NotFound
from indgang.foundation.access.values import Role, Viewer
from indgang.foundation.runtime import clock


def protected_among(viewer: Viewer, citizens: Iterable[UUID], at: datetime) -> frozenset[UUID]:
    """Which of these citizens have name and address protection now."""
    require_leader(viewer)
    rows = Person.objects.filter(id__in=set(citizens), protected_until__gte=clock.local(at).date())
    return frozenset(rows.values_list("id", flat=True))


def id_of_cpr(viewer: Viewer, cpr: str) -> UUID | None:
    """The id under which looks at this citizen are logged; nothing about the person is read."""
    require_leader(viewer)
    digits = "".join(sign for sign in cpr if sign.isdigit())
    return Person.objects.filter(cpr=digits).values_list("id", flat=True).first() if len(digits) == 10 else None


def require_leader(viewer: Viewer) -> None:
    """What only the security leader asks."""
    if not viewer.has_role(Role.SECURITY_LEADER):
        raise NotFound
