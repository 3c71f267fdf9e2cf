"""The outbox transport "income": changed amounts handed to the income register, and what happens when it refuses."""

from uuid import UUID

from indgang.core.citizens.models import Person
from indgang.foundation.journal import services as journal
from indgang.foundation.journal.errors import DeliveryRefused
from indgang.foundation.journal.values import Parcel
from indgang.foundation.registers import services as registers
from indgang.foundation.registers.values import Subject
from indgang.foundation.runtime import clock


def deliver(parcel: Parcel) -> None:
    """Report once: the key is the parcel's, so the register knows a repeat."""
    told, person = parcel.payload, _person(parcel)
    row = Person.objects.select_related("merged_into").filter(id=person).first()
    cpr = (row.merged_into or row).cpr if row is not None else None
    amounts = told.get("amounts")
    if not cpr or not isinstance(amounts, dict):
        raise DeliveryRefused("Personen har intet CPR-nummer her.")
    wanted = {str(name): int(amount) for name, amount in amounts.items()}
    registers.deliver_report(Subject(person, cpr), key=parcel.key, year=int(str(told["year"])), amounts=wanted)


def gave_up(parcel: Parcel, why: str) -> None:
    """The register will not take it: whoever works with the citizen hears it."""
    journal.record(
        "register.report_failed", at=clock.now(), viewer_name="system:outbox", subject=f"registers.report:{parcel.key}",
        citizen=_person(parcel), data={"register": "income", "parcel": parcel.id},
    )  # fmt: skip


def _person(parcel: Parcel) -> UUID:
    return UUID(str(parcel.payload["person"]))
