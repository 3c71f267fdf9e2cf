"""Where a letter to a person goes, for the process that posts it: the one door a protected address leaves by."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from indgang.core.citizens.masking import is_protected
from indgang.core.citizens.models import ContactPoint, Person
from indgang.foundation.access import services as access
from indgang.foundation.access.errors import NotFound
from indgang.foundation.access.values import Purpose, Viewer
from indgang.foundation.runtime import clock


@dataclass(frozen=True)
class Reach:
    """How the person is reached by post and by mail, as it stands in the register now; never shown to anybody."""

    name: str
    lines: tuple[str, ...]  # of the envelope; empty: no address is known
    mail: str
    protected: bool  # then name and address stand on the envelope only


def reach(viewer: Viewer, person_id: UUID, *, purpose: Purpose, at: datetime) -> Reach:
    """The envelope's lines and the newest mail address, unmasked, for a process of the house only; the look is logged.

    Raises NotFound for everybody else and where the purpose does not hold.
    """
    if not viewer.is_process:
        raise NotFound
    access.open_for(viewer, citizen=person_id, kind="postal", purpose=purpose, at=at)
    row = Person.objects.filter(id=person_id).select_related("merged_into").first()
    if row is None:
        raise NotFound
    real = row.merged_into or row
    known = bool(real.street and real.postcode)
    lines = (real.name, f"{real.street} {real.house}".strip(), f"{real.postcode} {real.city}".strip()) if known else ()
    mails = ContactPoint.objects.filter(person=real, kind="mail").order_by("-id").values_list("value", flat=True)
    protected = is_protected(real.protected_until, clock.local(at).date())
    return Reach(real.name, lines, mails.first() or "", protected)


def has_address(person_id: UUID) -> bool:
    """Whether a letter can reach the person by post; names nobody, so there is no look."""
    row = Person.objects.filter(id=person_id).select_related("merged_into").first()
    real = (row.merged_into or row) if row else None
    return bool(real and real.street and real.postcode)
