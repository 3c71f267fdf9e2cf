"""Requests for access to documents: taken in as a case of its own, held back with a letter, watched until answered."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext

from indgang.core.cases.access_errors import HeldTooLong, RequestAnswered, RequestIncomplete, RequestStale
from indgang.core.cases.access_grounds import due_day, longest
from indgang.core.cases.access_letters import held_letter
from indgang.core.cases.access_values import AccessDraft
from indgang.core.cases.case_values import NewParty
from indgang.core.cases.contact_links import check_contact
from indgang.core.cases.deadlines import closed_days, end_deadlines, put_deadline, working_days_after
from indgang.core.cases.decision_errors import DayWrong
from indgang.core.cases.errors import UnknownPerson
from indgang.core.cases.handling import bring_forward
from indgang.core.cases.letter_making import check_way, receiver_of
from indgang.core.cases.letter_posting import put_letter
from indgang.core.cases.models import AccessRequest, Case, Deadline, Party
from indgang.core.cases.opening import open_case
from indgang.core.cases.rights import may_inform, may_work_on, visible
from indgang.core.cases.steps import end_step, open_steps, put_step, take_back
from indgang.core.cases.values import (
    AccessLaw,
    AccessState,
    DeadlineKind,
    EntryKind,
    LetterWay,
    PartyRole,
    Progress,
    Sensitivity,
    StepKind,
)
from indgang.core.cases.working_days import end_of
from indgang.core.cases.writing import changed, chosen, clean, enter, holds_cpr, line, locked, locked_by_process, noted
from indgang.core.catalogue import selectors as catalogue
from indgang.core.citizens import selectors as citizens
from indgang.foundation.access import services as access
from indgang.foundation.access.errors import NotFound
from indgang.foundation.access.values import Purpose, Viewer, system
from indgang.foundation.runtime import clock
from indgang.foundation.runtime.services import uuid7

TASK = "T-098"  # unless the municipality's setting "cases.access_task" names another
WARNED_DAYS = 2  # working days before the answer is due
SETTLED = frozenset({AccessState.ANSWERED.value, AccessState.WITHDRAWN.value})
KIND = "holding"
_RECEIVER = system("access")  # takes in what somebody may see but has no task to open cases about
_WATCH = system("deadlines")
_BATCH = 500
_OLDEST = timedelta(days=5 * 365)  # an earlier day was mistyped
_FARTHEST = timedelta(days=366)
_SOON = "Aktindsigten skal besvares nu: svar, eller skriv hvorfor og hvornår svaret kommer"
_PASSED = "Fristen for aktindsigten er passeret: svar, eller skriv hvorfor og hvornår svaret kommer"


@transaction.atomic
def receive_access(*, draft: AccessDraft, viewer: Viewer, at: datetime) -> AccessRequest:
    """Take in a request about one case or about everything of a citizen; it is a case of its own, due by law.

    The same request from the same contact is taken in once. Raises RequestIncomplete, UnknownValue, DayWrong,
    UnknownPerson, NotFound for a case, contact or citizen this viewer may not see.
    """
    law = AccessLaw(chosen(draft.law, AccessLaw, "law"))
    if draft.contact is not None:
        check_contact(viewer, draft.contact, at)
    asked = _asked_about(draft, viewer, at)
    requester = line(draft.requester, 160)
    if draft.requester_person is None and not requester:
        raise RequestIncomplete(what=gettext("hvem der beder om aktindsigt"), field="requester")
    received = _received(draft.received_on, at)
    known = _taken_in_before(draft, law)
    if known is not None:
        return known
    own = _opened(draft, asked, requester, viewer, at)
    request = AccessRequest.objects.create(
        id=uuid7(at), number=own.number, own_case=own, case=asked, person_id=draft.person, law=law,
        requester=requester, address=clean(draft.address).strip()[:600], is_party=_is_party(draft, asked),
        contact=draft.contact, asked_for=clean(draft.asked_for).strip()[:4000], received_at=received,
        due_at=end_of(due_day(law, clock.local(received).date(), closed_days())), unit_id=own.unit_id,
        handler_id=own.handler_id,
    )  # fmt: skip
    _hand_out(own, request, viewer, at)
    theme = gettext("Aktindsigt: anmodning modtaget, sag {number}").format(number=own.number)
    enter(own, EntryKind.ACCESS, theme, body=request.asked_for, subject_id=request.id, contact=draft.contact,
          viewer=viewer, at=at)  # fmt: skip
    if asked is not None:
        enter(asked, EntryKind.ACCESS, theme, subject_id=request.id, viewer=viewer, at=at)
        noted(asked, "case.access_asked", viewer=viewer, at=at, request=str(request.id), law=law.value)
    noted(own, "case.access_received", viewer=viewer, at=at, request=str(request.id), law=law.value,
          about=str(asked.id) if asked else "", due=clock.local(request.due_at).date().isoformat())  # fmt: skip
    return request


@transaction.atomic
def hold_access(
    *,
    request_id: UUID,
    until: date,
    ground: str,
    way: str = LetterWay.PRINT,
    address: str = "",
    viewer: Viewer,
    at: datetime,
    version: int | None = None,
) -> AccessRequest:
    """Write to the requester why the answer takes longer and by when it comes (offentlighedsloven § 36, 2).

    Raises DayWrong, RequestIncomplete, HeldTooLong, RequestStale, RequestAnswered, and what letters say.
    """
    own, request = locked_request(request_id, viewer=viewer, at=at, version=version)
    _check_until(request, until, at)
    if not (why := line(ground, 300)):
        raise RequestIncomplete(what=gettext("hvorfor svaret tager længere tid"), field="ground")
    receiver = receiver_of(own, None, address or request.address, at)
    check_way(way, receiver)
    title, pdf = held_letter(own, request, until, why, receiver, viewer=viewer, at=at)
    put_letter(own, kind=KIND, title=title, pdf=pdf, receivers=[receiver], way=way, subject_id=request.id,
               language="da", viewer=viewer, at=at)  # fmt: skip
    request.held_until, request.held_ground, request.version = end_of(until), why, request.version + 1
    request.save(update_fields=["held_until", "held_ground", "version"])
    put_deadline(own, kind=DeadlineKind.ACCESS, due_at=request.held_until, subject_id=request.id, viewer=viewer, at=at)
    _end_warnings(own, viewer, at)
    theme = gettext("Aktindsigt: fristbrev sendt, ny dato {day:%d.%m.%Y}").format(day=until)
    enter(own, EntryKind.ACCESS, theme, body=why, subject_id=request.id, viewer=viewer, at=at)
    noted(own, "case.access_held", viewer=viewer, at=at, request=str(request.id), until=until.isoformat())
    return request


@transaction.atomic
def withdraw_access(
    *, request_id: UUID, ground: str, viewer: Viewer, at: datetime, version: int | None = None
) -> AccessRequest:
    """The requester took it back. Raises RequestIncomplete without a ground, RequestStale, RequestAnswered."""
    own, request = locked_request(request_id, viewer=viewer, at=at, version=version)
    if not (why := line(ground, 300)):
        raise RequestIncomplete(what=gettext("hvorfor anmodningen trækkes tilbage"), field="ground")
    request.state, request.version = AccessState.WITHDRAWN, request.version + 1
    request.save(update_fields=["state", "version"])
    enter(own, EntryKind.ACCESS, gettext("Aktindsigt: anmodningen er trukket tilbage"), body=why,
          subject_id=request.id, viewer=viewer, at=at)  # fmt: skip
    end_request(own, request, cancel=True, viewer=viewer, at=at)
    bring_forward(own, Progress.CLOSED, ground=why, viewer=viewer, at=at)
    noted(own, "case.access_withdrawn", viewer=viewer, at=at, request=str(request.id))
    return request


def watch_access(at: datetime) -> int:
    """Tell the handlers of requests that are due soon or late, once each; how many were told."""
    days = int(catalogue.setting("cases.access_warned_days", WARNED_DAYS))
    running = Deadline.objects.filter(met_at=None, cancelled_at=None, kind=DeadlineKind.ACCESS).order_by("due_at")
    soon = running.filter(due_at__gt=at, due_at__lte=working_days_after(at, days), warned_at=None)
    passed = running.filter(due_at__lte=at, overdue_at=None)
    near, late = list(soon.values_list("pk", flat=True)[:_BATCH]), list(passed.values_list("pk", flat=True)[:_BATCH])
    return sum(_tell(key, at, passed=False) for key in near) + sum(_tell(key, at, passed=True) for key in late)


def locked_request(
    request_id: UUID, *, viewer: Viewer, at: datetime, version: int | None = None, settled: bool = False
) -> tuple[Case, AccessRequest]:
    """The case a request is and the request, locked in this order, for who works on it.

    Missing and forbidden alike: NotFound. Raises NotYourCase, RequestStale, RequestAnswered.
    """
    key = AccessRequest.objects.filter(id=request_id).values_list("own_case_id", flat=True).first()
    if key is None:
        raise NotFound
    own = locked(key, viewer=viewer, at=at, ended=True)
    request = AccessRequest.objects.select_for_update(of=("self",)).get(id=request_id)
    check_request(request, version, settled=settled)
    return own, request


def check_request(request: AccessRequest, version: int | None, *, settled: bool = False) -> None:
    """Raises RequestAnswered, RequestStale."""
    if request.state in SETTLED and not settled:
        raise RequestAnswered(state=gettext(AccessState(request.state).label).lower())
    if version is not None and version != request.version:
        raise RequestStale


def end_request(own: Case, request: AccessRequest, *, cancel: bool = False, viewer: Viewer, at: datetime) -> None:
    """Its deadline is met (or falls away), and nobody has it on the desk any more."""
    end_deadlines(own, DeadlineKind.ACCESS, subject_id=request.id, cancel=cancel, viewer=viewer, at=at)
    for step in open_steps(own):
        (take_back if cancel else end_step)(own, step, viewer=viewer, at=at)


def _asked_about(draft: AccessDraft, viewer: Viewer, at: datetime) -> Case | None:
    """The case it is about, as far as this viewer may see it."""
    if draft.case is None and draft.person is None:
        raise RequestIncomplete(what=gettext("den sag eller borger, det gælder"), field="case")
    if draft.person is not None and not citizens.is_known(draft.person):
        raise UnknownPerson
    if draft.law == AccessLaw.GDPR and draft.person is None:
        raise RequestIncomplete(what=gettext("den borger, oplysningerne handler om"), field="person")
    if draft.case is None:
        _check_known(draft, viewer, at)
        return None
    row = Case.objects.filter(visible(viewer, at), id=draft.case).first()
    if row is None:
        raise NotFound
    return row


def _check_known(draft: AccessDraft, viewer: Viewer, at: datetime) -> None:
    """A request about a citizen opens all there is of them: who sees none of their cases needs the contact they have.

    NotFound, and a refused look in the log.
    """
    seen = Case.objects.filter(visible(viewer, at), person=draft.person)
    if viewer.is_system or draft.person is None or seen.exists():
        return
    purpose = Purpose("contact", str(draft.contact)) if draft.contact else None
    access.open_for(viewer, citizen=draft.person, kind="access_request", purpose=purpose, at=at)


def _check_until(request: AccessRequest, until: date, at: datetime) -> None:
    """Raises DayWrong, HeldTooLong."""
    running = request.held_until or request.due_at
    if until <= max(clock.local(running).date(), clock.local(at).date()):
        remedy = gettext("Vælg en dag efter den, der gælder nu ({day:%d.%m.%Y}).").format(day=clock.local(running))
        raise DayWrong(what=gettext("Den nye dag"), day=f"{until:%d.%m.%Y}", remedy=remedy, field="until")
    most = longest(request.law, clock.local(request.received_at).date(), closed_days())
    if most is not None and until > most:
        raise HeldTooLong(day=most, rule=gettext("databeskyttelsesforordningen artikel 12, stk. 3"))
    if until > clock.local(at + _FARTHEST).date():
        remedy = gettext("Vælg en dag inden for et år.")
        raise DayWrong(what=gettext("Den nye dag"), day=f"{until:%d.%m.%Y}", remedy=remedy, field="until")


def _received(day: date | None, at: datetime) -> datetime:
    if day is None or day == clock.local(at).date():
        return at
    if day > clock.local(at).date():
        raise DayWrong(what=gettext("Dagen, anmodningen kom,"), day=f"{day:%d.%m.%Y}",
                       remedy=gettext("Vælg i dag eller en tidligere dag."), field="received_on")  # fmt: skip
    if day < clock.local(at - _OLDEST).date():
        raise DayWrong(what=gettext("Dagen, anmodningen kom,"), day=f"{day:%d.%m.%Y}",
                       remedy=gettext("Vælg en dag inden for de sidste fem år."), field="received_on")  # fmt: skip
    return end_of(day)


def _taken_in_before(draft: AccessDraft, law: str) -> AccessRequest | None:
    if draft.contact is None:
        return None
    rows = AccessRequest.objects.filter(contact=draft.contact, law=law, case=draft.case, person=draft.person)
    return rows.exclude(state=AccessState.WITHDRAWN).first()


def _opened(draft: AccessDraft, asked: Case | None, requester: str, viewer: Viewer, at: datetime) -> Case:
    """The case the request is: at the unit of the case it is about, since each answers for its own cases.

    Only that unit and its administration see it: what is given lies on it.
    """
    task = str(catalogue.setting("cases.access_task", TASK))
    opener = viewer if may_inform(viewer, task, at) else _RECEIVER
    mine = viewer.actor if asked is None or may_work_on(viewer, asked, at) else None
    unit = asked.unit_id if asked is not None else viewer.actor.unit if viewer.actor else None
    about = (asked.person_id if asked else None) or draft.person
    parties: list[NewParty] = []
    if draft.requester_person is None:
        parties.append(NewParty(role=PartyRole.SECONDARY, name=_no_number(requester)))
    if about is not None and about != draft.requester_person:
        parties.append(NewParty(role=PartyRole.SECONDARY, person=about))
    title = (
        gettext("Aktindsigt i sag {number}").format(number=asked.number) if asked else gettext("Indsigt i egne sager")
    )
    if asked is None and about != draft.requester_person:
        title = gettext("Aktindsigt i en borgers sager")
    own = open_case(
        task=task, person=draft.requester_person, title=title, unit=unit, handler=mine.employee if mine else None,
        parties=parties, viewer=opener, at=at,
    )  # fmt: skip
    end_deadlines(own, DeadlineKind.ANSWER, cancel=True, viewer=viewer, at=at)
    for step in open_steps(own):
        take_back(own, step, viewer=viewer, at=at)
    own.deadline, own.sensitivity, own.contact = None, Sensitivity.SENSITIVE, draft.contact
    own.administration_id = asked.administration_id if asked else _administration(viewer, own)
    own.save(update_fields=["deadline", "sensitivity", "contact", "administration"])
    if draft.requester_person is None:
        Party.objects.filter(case=own, person=None).update(role=PartyRole.PRIMARY)
    return own


def _administration(viewer: Viewer, own: Case) -> str:
    return viewer.actor.employer if viewer.actor else own.administration_id


def _no_number(requester: str) -> str:
    """A name in the list of parties never holds a CPR number."""
    return requester if not holds_cpr(requester) else gettext("Den, der har bedt om aktindsigt")


def _is_party(draft: AccessDraft, asked: Case | None) -> bool:
    """Whether who asks is a party of what is asked for: that somebody says so is not enough."""
    if draft.requester_person is None:
        return asked is not None and _stands_by_name(draft.requester, asked)
    if asked is None:
        return draft.requester_person == draft.person
    if draft.requester_person == asked.person_id:
        return True
    return Party.objects.filter(case=asked, person=draft.requester_person, valid_to=None).exists()


def _stands_by_name(requester: str, asked: Case) -> bool:
    """Whether a party who stands in no register is called so: an adviser, a business."""
    names = Party.objects.filter(case=asked, person=None, valid_to=None).values_list("name", flat=True)
    return line(requester, 160).casefold() in {line(name, 160).casefold() for name in names if name}


def _hand_out(own: Case, request: AccessRequest, viewer: Viewer, at: datetime) -> None:
    """The deadline of the law, and the work to answer; a request that came late may be overdue at once."""
    put_deadline(own, kind=DeadlineKind.ACCESS, due_at=request.due_at, subject_id=request.id, viewer=viewer, at=at)
    put_step(own, kind=StepKind.ACCESS, title=own.title[:160], due_at=request.due_at, subject_id=request.id,
             viewer=viewer, at=at)  # fmt: skip
    changed(own, "case.access_due", viewer=viewer, at=at, due=clock.local(request.due_at).date().isoformat())


def _end_warnings(own: Case, viewer: Viewer, at: datetime) -> None:
    for step in open_steps(own, StepKind.DEADLINE):
        end_step(own, step, viewer=viewer, at=at)


@transaction.atomic
def _tell(deadline: int, at: datetime, *, passed: bool) -> bool:
    case_id = Deadline.objects.filter(pk=deadline).values_list("case_id", flat=True).first()
    if case_id is None:
        return False
    own = locked_by_process(case_id)
    row = Deadline.objects.select_for_update(of=("self",)).get(pk=deadline)
    if row.met_at is not None or row.cancelled_at is not None or (row.overdue_at if passed else row.warned_at):
        return False
    setattr(row, "overdue_at" if passed else "warned_at", at)
    row.save(update_fields=["overdue_at", "warned_at"])
    _end_warnings(own, _WATCH, at)
    put_step(own, kind=StepKind.DEADLINE, title=_PASSED if passed else _SOON, due_at=row.due_at,
             subject_id=row.subject_id, viewer=_WATCH, at=at)  # fmt: skip
    verb = "case.access_late" if passed else "case.access_near"
    changed(own, verb, viewer=_WATCH, at=at, request=str(row.subject_id))
    return True


def requests_open_on(case_ids: Sequence[UUID], people: Sequence[UUID]) -> tuple[set[UUID], set[UUID]]:
    """The cases, and the citizens, somebody has asked to see and has not been answered about."""
    rows = AccessRequest.objects.exclude(state__in=SETTLED)
    cases = set(rows.filter(case__in=case_ids).values_list("case_id", flat=True))
    owners = set(rows.filter(person__in=people).values_list("person_id", flat=True))
    return {key for key in cases if key}, {key for key in owners if key}
