"""What goes to another authority: sent on, followed by its day until that answers; papers that came here for others."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext

from indgang.core.cases.case_values import NewParty
from indgang.core.cases.deadlines import put_deadline, working_days_after
from indgang.core.cases.decision_errors import DayWrong
from indgang.core.cases.disclosures import put_given
from indgang.core.cases.forward_post import check_address, post
from indgang.core.cases.models import Case, Forwarding
from indgang.core.cases.opening import open_case
from indgang.core.cases.sharing_checks import FOLLOWED, answered, both, end_of_day, plain_line, wait_for
from indgang.core.cases.sharing_errors import AuthorityMissing, ForwardOver, LegalGroundMissing, WrongForwardState
from indgang.core.cases.sharing_values import ForwardKind, ForwardState, ForwardWay
from indgang.core.cases.steps import end_step, open_steps, put_step
from indgang.core.cases.values import DeadlineKind, EntryKind, RaisedBy, StepKind, Waiting
from indgang.core.cases.working_days import end_of
from indgang.core.cases.writing import changed, chosen, clean, enter, line, locked
from indgang.foundation.access.values import Viewer, system
from indgang.foundation.runtime import clock
from indgang.foundation.runtime.services import uuid7

FOLLOWER = system("forwarding")
SEND_ON_DAYS = 2  # working days a paper for somebody else may lie here
_NEXT: dict[str, set[str]] = {
    ForwardState.RECEIVED: {ForwardState.WITHDRAWN},  # sending it on is a service of its own
    ForwardState.SENT: {ForwardState.ACCEPTED, ForwardState.ANSWERED, ForwardState.REFUSED, ForwardState.WITHDRAWN},
    ForwardState.ACCEPTED: {ForwardState.ANSWERED, ForwardState.REFUSED, ForwardState.WITHDRAWN},
}
_CAME = {
    ForwardState.ANSWERED: "{authority} har svaret",
    ForwardState.REFUSED: "{authority} tager sig ikke af det",
}


@dataclass(frozen=True)
class Sending:
    """How something goes to an authority, and what goes along."""

    way: str
    to_mail: str = ""
    address: str = ""  # lines of the envelope
    words: str = ""  # of the letter
    expected_by: date | None = None
    disclose: Sequence[str] = ()  # facts that are given along
    ground: str = ""  # in law, for giving them
    consent: bool = False
    sent_on: date | None = None  # when it went, where it has gone already
    means: str = ""  # how it went, when neither by mail nor by letter


@transaction.atomic
def forward(
    *,
    case_id: UUID,
    authority: str,
    what: str,
    sending: Sending,
    kind: str = ForwardKind.CASE,
    contact: UUID | None = None,
    viewer: Viewer,
    at: datetime,
    version: int | None = None,
) -> Forwarding:
    """Send something of the case on and follow it; what is given along is noted as given, on its ground of law.

    A mail says nothing but the case number and what it is about. Raises AuthorityMissing, WhatMissing, CprInWords,
    WrongMail, AddressMissing, LegalGroundMissing, DayWrong, UnknownValue, StaleCase, CaseClosed.
    """
    case = locked(case_id, viewer=viewer, at=at, version=version)
    row = _new(case, authority, what, kind, contact, viewer, at)
    return _send(case, row, sending, viewer, at)


@transaction.atomic
def receive_for_other(
    *,
    authority: str,
    what: str,
    kind: str = ForwardKind.PAPER,
    case_id: UUID | None = None,
    task: str = "",
    person: UUID | None = None,
    contact: UUID | None = None,
    parties: Sequence[NewParty] = (),
    received_on: date | None = None,
    key: UUID | None = None,
    viewer: Viewer,
    at: datetime,
) -> Forwarding:
    """A form or paper for another authority was handed in here; the case number is its receipt.

    On a case that is there, or one of its own about the task, in the hands of who took it. `key`: its id, where the
    caller has one. Raises as `open_case` and `forward`.
    """
    if case_id is None:
        mine = viewer.actor.employee if viewer.actor else None
        unit = viewer.actor.unit if viewer.actor else None
        case_id = open_case(
            task=task, person=person, contact=contact, unit=unit, handler=mine, raised_by=RaisedBy.NOTICE,
            parties=parties, viewer=viewer, at=at,
        ).id  # fmt: skip
    case = locked(case_id, viewer=viewer, at=at)
    row = _new(case, authority, what, kind, contact, viewer, at)
    row.id = key or row.id
    row.state, row.received_at = ForwardState.RECEIVED, _received(received_on, at)
    row.expected_by = working_days_after(at, SEND_ON_DAYS)
    row.save(force_insert=True)
    put_deadline(case, kind=DeadlineKind.FORWARDED, due_at=row.expected_by, subject_id=row.id, viewer=viewer, at=at)
    enter(case, EntryKind.FORWARDED, f"Modtaget til {row.authority}", body=row.what, channel="letter", contact=contact,
          subject_id=row.id, viewer=viewer, at=at)  # fmt: skip
    changed(case, "case.received_for_other", viewer=viewer, at=at, forwarding=str(row.id), kind=row.kind)
    return row


@transaction.atomic
def send_on(
    *, forwarding_id: UUID, sending: Sending, viewer: Viewer, at: datetime, version: int | None = None
) -> Forwarding:
    """What was received for another authority goes there. Raises ForwardOver, SharedStale, and as `forward`."""
    case, row = both(Forwarding, forwarding_id, gettext("Videresendelsen"), viewer=viewer, at=at, version=version)
    if row.state != ForwardState.RECEIVED:
        raise ForwardOver(state=gettext(ForwardState(row.state).label).lower())
    answered(case, DeadlineKind.FORWARDED, row.id, viewer=viewer, at=at)
    row.expected_by, row.version = None, row.version + 1
    return _send(case, row, sending, viewer, at)


@transaction.atomic
def record_forward_status(
    *,
    forwarding_id: UUID,
    state: str,
    answer: str = "",
    reference: str = "",
    viewer: Viewer,
    at: datetime,
    version: int | None = None,
) -> Forwarding:
    """What the authority says: it has it, it has answered, it will not; or it is taken back. The same again: nothing.

    Raises WrongForwardState, ForwardOver, WhatMissing, UnknownValue, SharedStale.
    """
    case, row = both(Forwarding, forwarding_id, gettext("Videresendelsen"), viewer=viewer, at=at, version=version)
    wanted = ForwardState(chosen(state, ForwardState, "state"))
    said = line(answer, 300)
    if row.state == wanted and said in {row.answer, ""}:
        return row
    _check(row, wanted, said)
    row.state, row.version = wanted, row.version + 1
    row.answer, row.reference = said or row.answer, line(reference, 60) or row.reference
    fields = ["state", "version", "answer", "reference"]
    if wanted not in FOLLOWED:
        row.answered_at, fields = at, [*fields, "answered_at"]
    row.save(update_fields=fields)
    theme = f"{row.authority}: {ForwardState(wanted).label.lower()}"
    enter(case, EntryKind.FORWARDED, theme, body=said, subject_id=row.id, viewer=viewer, at=at)
    if wanted not in FOLLOWED:
        _over(case, row, wanted, viewer, at)
    changed(case, "case.forward_status", viewer=viewer, at=at, forwarding=str(row.id), state=wanted.value)
    return row


def remind_forwarded(at: datetime, limit: int = 500) -> int:
    """What lies here or with others past its day is work for whoever has the case, once each; how many."""
    late = Forwarding.objects.filter(expected_by__lte=at, answered_at=None, reminded_at=None, case__isnull=False)
    rows = list(late.order_by("expected_by").values_list("id", "case_id")[:limit])
    return sum(_remind(key, case, at) for key, case in rows if case is not None)


@transaction.atomic
def _remind(forwarding_id: UUID, case_id: UUID, at: datetime) -> int:
    case = Case.objects.select_for_update(of=("self",)).get(id=case_id)
    row = Forwarding.objects.select_for_update(of=("self",)).get(id=forwarding_id)
    late = row.state in FOLLOWED and row.expected_by is not None and row.expected_by <= at
    if not late or row.reminded_at is not None:
        return 0
    row.reminded_at = at
    row.save(update_fields=["reminded_at"])
    here = row.state == ForwardState.RECEIVED
    title = f"Send videre til {row.authority}" if here else f"Spørg til svaret fra {row.authority}"
    put_step(case, kind=StepKind.RETURN, title=title[:160], subject_id=row.id, viewer=FOLLOWER, at=at)
    changed(case, "case.forward_late", viewer=FOLLOWER, at=at, forwarding=str(row.id), state=row.state)
    return 1


def _new(
    case: Case, authority: str, what: str, kind: str, contact: UUID | None, viewer: Viewer, at: datetime
) -> Forwarding:
    if not line(authority, 160):
        raise AuthorityMissing
    mail = gettext("en mail til myndigheden")
    return Forwarding(
        id=uuid7(at),
        case=case,
        contact=contact,
        authority=plain_line(authority, 160, done="", where=mail, field="authority"),
        kind=chosen(kind, ForwardKind, "kind"),
        what=plain_line(what, 200, done=gettext("sendt"), where=mail),
        employee=viewer.actor.employee if viewer.actor else None,
    )


def _send(case: Case, row: Forwarding, sending: Sending, viewer: Viewer, at: datetime) -> Forwarding:
    given = [line(fact, 80) for fact in sending.disclose if line(fact, 80)]
    if given and not line(sending.ground, 300):
        raise LegalGroundMissing
    row.way = chosen(sending.way, ForwardWay, "way")
    check_address(row.way, sending.to_mail, sending.address)
    row.state, row.sent_at, row.disclosed, row.reminded_at = (
        ForwardState.SENT,
        _sent(case, row, sending, at),
        given,
        None,
    )
    row.means = line(sending.means, 160) if row.way == ForwardWay.OTHER else ""
    if sending.expected_by is not None:
        row.expected_by = end_of_day(sending.expected_by, gettext("Svarfristen"), "expected_by", at)
    post(case, row, to_mail=sending.to_mail, address=sending.address, words=clean(sending.words), viewer=viewer, at=at)
    row.save()
    if given:
        put_given(case, row.authority, ", ".join(given), given, sending.ground, consent=sending.consent, viewer=viewer,
                  at=at)  # fmt: skip
    if row.expected_by is not None:
        put_deadline(case, kind=DeadlineKind.FORWARDED, due_at=row.expected_by, subject_id=row.id, viewer=viewer,
                     at=at)  # fmt: skip
        wait_for(case, Waiting.AUTHORITY, row.expected_by)
    body = "\n".join(part for part in (row.what, row.means) if part)
    enter(case, EntryKind.FORWARDED, f"Sendt til {row.authority}", body=body, document=row.letter,
          subject_id=row.id, viewer=viewer, at=at)  # fmt: skip
    changed(case, "case.forwarded", viewer=viewer, at=at, forwarding=str(row.id), kind=row.kind, way=row.way,
            facts=len(given))  # fmt: skip
    return row


def _check(row: Forwarding, wanted: ForwardState, said: str) -> None:
    now = ForwardState(row.state)
    if now not in _NEXT:
        raise ForwardOver(state=gettext(now.label).lower())
    if wanted not in _NEXT[now]:
        raise WrongForwardState(now=gettext(now.label), wanted=gettext(wanted.label))
    if wanted in _CAME:
        plain_line(said, 300, done=gettext("svaret"), where=gettext("svaret"), field="answer")


def _over(case: Case, row: Forwarding, state: ForwardState, viewer: Viewer, at: datetime) -> None:
    cancelled = state == ForwardState.WITHDRAWN
    answered(case, DeadlineKind.FORWARDED, row.id, cancel=cancelled, viewer=viewer, at=at)
    for step in open_steps(case, StepKind.RETURN):
        if step.subject_id == row.id:
            end_step(case, step, viewer=viewer, at=at)
    mine = viewer.actor is not None and viewer.actor.employee == case.handler_id
    if state in _CAME and not mine:
        title = _CAME[state].format(authority=row.authority)[:160]
        put_step(case, kind=StepKind.RETURN, title=title, subject_id=row.id, viewer=viewer, at=at)


def _received(day: date | None, at: datetime) -> datetime:
    return min(end_of(day), at) if day is not None and day < clock.local(at).date() else at


def _sent(case: Case, row: Forwarding, sending: Sending, at: datetime) -> datetime:
    """When it went; mails and letters go now, another way may have been taken earlier. Raises DayWrong."""
    day, today = sending.sent_on, clock.local(at).date()
    if day is None or day == today or row.way != ForwardWay.OTHER:
        return at
    first = clock.local(row.received_at or case.opened_at).date()
    if not first <= day <= today:
        remedy = gettext("Vælg en dag fra {first} til i dag.").format(first=f"{first:%d.%m.%Y}")
        raise DayWrong(what=gettext("Dagen, det blev sendt,"), day=f"{day:%d.%m.%Y}", remedy=remedy, field="sent_on")
    return end_of(day)
