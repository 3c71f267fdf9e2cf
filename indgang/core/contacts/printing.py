"""The outbox transport "print": a letter ordered at the printer, and what became of it noted on its message."""

from uuid import UUID

from indgang.core.contacts.answering import record_delivery
from indgang.foundation.journal.values import Parcel
from indgang.foundation.registers import services as registers
from indgang.foundation.runtime import clock


def deliver(parcel: Parcel) -> None:
    """Order one letter; the key keeps a repeated order from being printed twice."""
    wanted = parcel.payload
    registers.order_print(
        registers.PrintOrder(
            key=parcel.key,
            reference=str(wanted.get("reference", "")),
            address=str(wanted.get("address", "")),
            document=str(wanted.get("document", "")),
            title=str(wanted.get("title", "")),
            text=str(wanted.get("text", "")),
            language=str(wanted.get("language", "da")),
        )
    )
    record_delivery(message_id=_message(parcel), delivery="sent", at=clock.now())


def gave_up(parcel: Parcel, why: str) -> None:
    """The letter will not be printed: the contact hears it, and a person goes on."""
    record_delivery(message_id=_message(parcel), delivery="failed", at=clock.now())


def _message(parcel: Parcel) -> UUID:
    return UUID(str(parcel.payload["message"]))
