"""Call-backs: requested with a number and a window, tried, and reached or given up after a number of tries."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext, override

from indgang.core.catalogue import selectors as catalogue
from indgang.core.citizens.values import normal_phone
from indgang.core.contacts import states
from indgang.core.contacts.answering import send_automatic
from indgang.core.contacts.errors import CallBackOpen, NoCallBack, UnknownResult, UnknownUnit, WrongPhone, WrongWindow
from indgang.core.contacts.models import CallBack, Contact
from indgang.core.contacts.values import CallBackRow, Channel, Direction, NewMessage
from indgang.core.contacts.writing import changed, clean, line, locked, store_message
from indgang.core.organisation import selectors as organisation
from indgang.foundation.access.values import Viewer
from indgang.foundation.runtime import services as runtime

REACHED, NO_ANSWER, GAVE_UP = "reached", "no_answer", "gave_up"
_RESULTS = (REACHED, NO_ANSWER, GAVE_UP)
_REQUESTED = "requested"
_SHORTEST_NUMBER = 8


@transaction.atomic
def request_call_back(
    *,
    contact_id: UUID,
    phone: str = "",
    not_before: datetime | None = None,
    not_after: datetime | None = None,
    unit: int | None = None,
    note: str = "",
    viewer: Viewer,
    at: datetime,
    version: int | None = None,
) -> CallBack:
    """Somebody calls the inquirer within the window; it waits as work from its start and is due at its end.

    Without a number the inquirer's own is called. Raises WrongPhone, WrongWindow, CallBackOpen, UnknownUnit.
    """
    contact = locked(contact_id, viewer=viewer, version=version)
    states.after(contact.state, "change")
    number = checked_phone(phone or contact.inquirer_phone)
    begins = max(not_before or at, at)
    if not_after is not None and not_after <= begins:
        raise WrongWindow
    if unit is not None and organisation.unit(unit) is None:
        raise UnknownUnit(unit=unit)
    if (open_one := CallBack.objects.filter(contact=contact, state=_REQUESTED).first()) is not None:
        raise CallBackOpen(phone=open_one.phone)
    made = put(contact, number, begins, not_after, at=at, unit=unit)
    _say(contact, note, viewer, at)
    contact.call_back = True
    if not contact.inquirer_phone:
        contact.inquirer_phone = number
    changed(
        contact, "contact.call_back_requested", viewer=viewer, at=at, fields=["call_back", "inquirer_phone"],
        call_back=str(made.id), not_before=begins.isoformat(),
        not_after=not_after.isoformat() if not_after else None, unit=unit,
    )  # fmt: skip
    return made


@transaction.atomic
def record_call_back(
    *,
    contact_id: UUID,
    result: str,
    note: str = "",
    next_try: datetime | None = None,
    viewer: Viewer,
    at: datetime,
) -> CallBackRow:
    """What came of a call: "reached", "no_answer" or "gave_up". After the last try allowed it is given up by itself.

    Whoever was not reached, and has a mail address, is told so and how to go on. Raises NoCallBack, UnknownResult,
    WrongWindow for a next try that is not ahead.
    """
    if result not in _RESULTS:
        raise UnknownResult(result=line(result, 20), known=", ".join(_RESULTS))
    contact = locked(contact_id, viewer=viewer)
    row = CallBack.objects.select_for_update().filter(contact=contact, state=_REQUESTED).first()
    if row is None:
        raise NoCallBack
    if next_try is not None and next_try <= at:
        raise WrongWindow(field="next_try")
    row.tries += result != GAVE_UP
    row.last_tried_at = at
    _say(contact, note, viewer, at)
    if result == NO_ANSWER and row.tries < most_tries():
        row.not_before, row.not_after = next_try or at, None if next_try else row.not_after
        row.save()
        changed(
            contact, "contact.call_back_tried", viewer=viewer, at=at, call_back=str(row.id), tries=row.tries,
            next_try=row.not_before.isoformat(),
        )  # fmt: skip
        return row_of(row)
    row.state, row.ended_at = (REACHED if result == REACHED else GAVE_UP), at
    row.save()
    changed(
        contact, "contact.call_back_done", viewer=viewer, at=at, call_back=str(row.id), tries=row.tries,
        result=row.state,
    )  # fmt: skip
    if row.state == GAVE_UP:
        _tell_not_reached(contact, row, viewer, at)
    return row_of(row)


def put(
    contact: Contact, phone: str, begins: datetime, ends: datetime | None, *, at: datetime, unit: int | None = None
) -> CallBack:
    """The row of a new promise to call."""
    return CallBack.objects.create(
        id=runtime.uuid7(at), contact=contact, phone=line(phone, 30), not_before=begins, not_after=ends,
        unit_id=unit, requested_at=at,
    )  # fmt: skip


def newest_of(contact: Contact) -> CallBackRow | None:
    """The last promise to call about this contact."""
    row = CallBack.objects.filter(contact=contact).order_by("-id").first()
    return row_of(row) if row else None


def checked_phone(text: str) -> str:
    """The number as it is kept; raises WrongPhone."""
    number = normal_phone(clean(text))
    if sum(c.isdigit() for c in number) < _SHORTEST_NUMBER or len(number) > 30:
        raise WrongPhone
    return number


def most_tries() -> int:
    """After so many calls without an answer it is given up."""
    return int(catalogue.setting("call_back_tries", 3))


def row_of(row: CallBack) -> CallBackRow:
    """As it is handed out."""
    names = {
        _REQUESTED: gettext("Skal ringes op"),
        REACHED: gettext("Fik fat i borgeren"),
        GAVE_UP: gettext("Opgivet"),
    }
    left = max(0, most_tries() - row.tries) if row.state == _REQUESTED else 0
    return CallBackRow(
        row.id, row.phone, row.not_before, row.not_after, row.unit_id, row.state, names[row.state], row.tries, left,
        row.last_tried_at,
    )  # fmt: skip


def _say(contact: Contact, note: str, viewer: Viewer, at: datetime) -> None:
    if clean(note).strip():
        text = NewMessage(note, Channel.PHONE, direction=Direction.NOTE)
        store_message(contact, text, author=viewer.name, at=at)


def _tell_not_reached(contact: Contact, row: CallBack, viewer: Viewer, at: datetime) -> None:
    if not contact.inquirer_mail:
        return
    with override(contact.language):
        subject = gettext("Vi har forsøgt at ringe til dig")
        body = gettext(
            "Vi har ringet til dig på {phone}, men fik ikke fat i dig. "
            "Svar på denne mail, hvis vi stadig skal hjælpe dig, og skriv gerne, hvornår vi bedst kan ringe."
        ).format(phone=row.phone)
    send_automatic(
        contact_id=contact.id, subject=subject, body=body, viewer=viewer, at=at, kind=f"not-reached:{row.id}"
    )
