"""Complaints over decisions: the owning administration looks at its decision again first, whoever made it.

The complaint is a case of its own there, with its own deadline. What it is over cannot be deleted meanwhile.
"""

from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext

from indgang.core.cases.complaint_letters import receipt_letter, sent_on_letter
from indgang.core.cases.deadlines import end_deadlines, put_deadline, working_days_after
from indgang.core.cases.decision_errors import (
    ComplaintSettled,
    DayWrong,
    LateWithoutGround,
    NotInForce,
    NotOnCase,
    WordsMissing,
)
from indgang.core.cases.decisions import check_right, reopen_decision
from indgang.core.cases.drafting import decision_of
from indgang.core.cases.forwarding import Sending, forward
from indgang.core.cases.handling import bring_forward
from indgang.core.cases.hearings import words as needed
from indgang.core.cases.letter_making import check_way, receiver_of
from indgang.core.cases.letter_posting import put_letter
from indgang.core.cases.models import Case, CaseRelation, Complaint, Decision
from indgang.core.cases.opening import open_case, setting_of
from indgang.core.cases.owning import owner_of, owning_unit
from indgang.core.cases.rights import may_inform
from indgang.core.cases.sharing_values import ForwardWay
from indgang.core.cases.steps import end_step, open_steps, put_step, take_back
from indgang.core.cases.values import (
    ComplaintOutcome,
    DeadlineKind,
    DecisionState,
    EntryKind,
    LetterWay,
    Progress,
    RaisedBy,
    RelationKind,
    StepKind,
)
from indgang.core.cases.working_days import end_of
from indgang.core.cases.writing import changed, chosen, clean, enter, line, locked, locked_by_process
from indgang.core.catalogue import selectors as catalogue
from indgang.foundation.access import policy
from indgang.foundation.access.values import Viewer, system
from indgang.foundation.runtime import clock
from indgang.foundation.runtime.services import uuid7

RECEIVER = system("complaints")  # takes in what somebody may see but not open cases about
KIND = "receipt"
MOST_FOLLOW_DAYS = 200  # a year of days, and nothing is followed longer
FOLLOW_DAYS = 60  # working days at the appeal body before somebody asks how far it is


@transaction.atomic
def complain(
    *,
    case_id: UUID,
    decision_id: UUID,
    words: str,
    received_on: date,
    contact: UUID | None = None,
    late_ground: str = "",
    answer_by: date | None = None,
    rule: str = "",
    way: str = LetterWay.PRINT,
    viewer: Viewer,
    at: datetime,
) -> Case:
    """Take in a complaint: a case of the owning administration, a receipt to the citizen, a sign on the old case.

    Its deadline is the task's own, or the day typed with the rule it stands in; without both the owner has to set one.
    A further complaint over the same decision joins the open one. Raises WordsMissing, DayWrong, LateWithoutGround,
    NotInForce, NotOnCase.
    """
    case = locked(case_id, viewer=viewer, at=at, working=False, ended=True)
    row = decision_of(case, decision_id)
    if row.state == DecisionState.DRAFT or row.decided_at is None:
        raise NotInForce(state=gettext(DecisionState(row.state).label).lower())
    text = needed(words, gettext("hvad der klages over"), field="words")
    _check_arrival(row, received_on, at)
    running = Complaint.objects.select_related("case").filter(decision=row, settled_at=None).first()
    if running is not None:
        return _joined(running, text, contact, viewer, at)
    late = _is_late(row, received_on, late_ground)
    due, why = _deadline(case, received_on, answer_by, rule, at)
    made = _opened(case, contact, due, viewer, at)
    complaint = Complaint.objects.create(
        id=uuid7(at), case=made, over=case, decision=row, contact=contact, words=text, received_on=received_on,
        late=late, late_ground=line(late_ground, 300), deadline_rule=why,
        taken_in_by=viewer.actor.employee if viewer.actor else None,
    )  # fmt: skip
    CaseRelation.objects.create(case=made, other=case, kind=RelationKind.COMPLAINT)
    _enter_both(case, made, complaint, viewer, at)
    _hand_out(made, complaint, due, viewer, at)
    _send_receipt(made, complaint, due, way, viewer, at)
    changed(
        case, "case.complained", viewer=viewer, at=at, decision=str(row.id), complaint=str(made.id),
        administration=made.administration_id, unit=made.unit_id, late=late,
    )  # fmt: skip
    return made


@transaction.atomic
def set_complaint_deadline(
    *, complaint_id: UUID, answer_by: date, rule: str, viewer: Viewer, at: datetime
) -> Complaint:
    """The owner says by when, and where that stands. Raises DayWrong, WordsMissing, ComplaintSettled."""
    case, row = _both(complaint_id, viewer, at)
    due, why = _deadline(case, row.received_on, answer_by, rule, at)
    assert due is not None
    row.deadline_rule, row.version = why, row.version + 1
    row.save(update_fields=["deadline_rule", "version"])
    case.deadline = due
    put_deadline(case, kind=DeadlineKind.COMPLAINT, due_at=due, subject_id=row.id, viewer=viewer, at=at)
    changed(case, "case.complaint_deadline_set", viewer=viewer, at=at, fields=["deadline"], complaint=str(row.id))
    return row


@transaction.atomic
def reassess(
    *,
    complaint_id: UUID,
    outcome: str,
    ground: str,
    body: str = "",
    body_contact: str = "",
    way: str = LetterWay.PRINT,
    address: str = "",
    viewer: Viewer,
    at: datetime,
    version: int | None = None,
) -> Complaint:
    """What came of looking again, by an employee of the owner with the right to discretion.

    "changed": the decision is taken up again in its case; "sent_on": the complaint goes to the appeal body with our
    view, the citizen hears so, and the case waits for what the body says; "dropped": the citizen took it back.
    Raises MayNotDecide, ComplaintSettled, WordsMissing, UnknownValue, StaleCase, and what letters say.
    """
    case, row = _both(complaint_id, viewer, at, version=version, original=True)
    check_right(case, policy.DISCRETION, viewer=viewer, at=at)
    wanted = ComplaintOutcome(chosen(outcome, ComplaintOutcome, "outcome"))
    row.outcome_ground = needed(ground, gettext("hvad vurderingen er"), field="ground")
    if wanted == ComplaintOutcome.SENT_ON:
        _send_on(case, row, body, body_contact, way, address, viewer, at)
    row.outcome, row.settled_at, row.version = wanted, at, row.version + 1
    row.settled_by = viewer.actor.employee if viewer.actor else None
    row.save()
    end_deadlines(case, DeadlineKind.COMPLAINT, subject_id=row.id, viewer=viewer, at=at)
    for step in open_steps(case, StepKind.COMPLAINT):
        end_step(case, step, viewer=viewer, at=at)
    theme = f"Klagen er behandlet: {wanted.label}"
    enter(case, EntryKind.DECISION, theme, body=row.outcome_ground, subject_id=row.id, viewer=viewer, at=at)
    if wanted == ComplaintOutcome.SENT_ON:
        _follow(case, row, viewer, at)
    else:
        bring_forward(case, Progress.CLOSED, ground=theme, viewer=viewer, at=at)
    changed(
        case, "case.complaint_settled", viewer=viewer, at=at, complaint=str(row.id), outcome=wanted.value,
        over=str(row.over_id), decision=str(row.decision_id),
    )  # fmt: skip
    _tell_original(row, theme, viewer, at)
    return row


def last_day(row: Decision) -> date | None:
    """The last day to complain, counted from when the letter left where the limit is in weeks; None: no limit known."""
    if row.appeal_by is not None or row.decided_at is None or row.appeal_weeks is None:
        return row.appeal_by
    return clock.local(row.decided_at).date() + timedelta(weeks=row.appeal_weeks)


def _check_arrival(row: Decision, received_on: date, at: datetime) -> None:
    assert row.decided_at is not None
    today, decided = clock.local(at).date(), clock.local(row.decided_at).date()
    if not decided <= received_on <= today:
        remedy = gettext("Vælg en dag fra afgørelsen ({first:%d.%m.%Y}) til i dag.").format(first=decided)
        raise DayWrong(what=gettext("Dagen, klagen kom,"), day=f"{received_on:%d.%m.%Y}", remedy=remedy,
                       field="received_on")  # fmt: skip


def _is_late(row: Decision, received_on: date, late_ground: str) -> bool:
    limit = last_day(row)
    late = limit is not None and received_on > limit
    if late and not line(late_ground, 300):
        raise LateWithoutGround(day=f"{limit:%d.%m.%Y}")
    return late


def _deadline(
    case: Case, received_on: date, answer_by: date | None, rule: str, at: datetime
) -> tuple[datetime | None, str]:
    """By when the owner must have looked again, and where that stands."""
    if answer_by is not None:
        if answer_by <= clock.local(at).date():
            remedy = gettext("Vælg en dag efter i dag.")
            raise DayWrong(what=gettext("Fristen"), day=f"{answer_by:%d.%m.%Y}", remedy=remedy, field="answer_by")
        if not (why := line(rule, 300)):
            raise WordsMissing(what=gettext("den regel, fristen står i"), field="rule")
        return end_of(answer_by), why
    rules = setting_of(case.task_id)
    if rules.complaint_working_days is None:
        return None, ""
    return working_days_after(received_on, rules.complaint_working_days), rules.complaint_rule


def _opened(case: Case, contact: UUID | None, due: datetime | None, viewer: Viewer, at: datetime) -> Case:
    """The complaint's case, without the deadline and task list an application of that task begins with."""
    opener = viewer if may_inform(viewer, case.task_id, at) else RECEIVER
    made = open_case(
        task=case.task_id, person=case.person_id, title=f"Klage over afgørelse i sag {case.number}",
        unit=owning_unit(case), raised_by=RaisedBy.COMPLAINT, level=policy.DISCRETION, course=case.course_id,
        viewer=opener, at=at,
    )  # fmt: skip
    end_deadlines(made, DeadlineKind.ANSWER, cancel=True, viewer=viewer, at=at)
    for step in open_steps(made):
        take_back(made, step, viewer=viewer, at=at)
    made.contact, made.deadline, made.administration_id = contact, due, owner_of(case)
    made.sensitivity = case.sensitivity
    made.save(update_fields=["contact", "deadline", "administration", "sensitivity"])
    return made


def _enter_both(case: Case, made: Case, complaint: Complaint, viewer: Viewer, at: datetime) -> None:
    body = complaint.words
    if complaint.late:
        body = f"{body}\n\n{gettext('Klagen kom efter fristen')}: {complaint.late_ground}"
    enter(
        made, EntryKind.CONTACT if complaint.contact else EntryKind.NOTE, f"Klage modtaget {_day(complaint)}",
        body=body, contact=complaint.contact, subject_id=complaint.id, viewer=viewer, at=at,
    )  # fmt: skip
    enter(
        case, EntryKind.DECISION, f"Klage over afgørelsen, sag {made.number}", subject_id=complaint.id,
        contact=complaint.contact, viewer=viewer, at=at,
    )  # fmt: skip


def _hand_out(made: Case, complaint: Complaint, due: datetime | None, viewer: Viewer, at: datetime) -> None:
    """The owner's unit gets it as work; without a deadline the first thing is to set one."""
    if due is not None:
        put_deadline(made, kind=DeadlineKind.COMPLAINT, due_at=due, subject_id=complaint.id, viewer=viewer, at=at)
    title = "Vurdér afgørelsen igen" if due else "Sæt en frist for klagen, og vurdér afgørelsen igen"
    put_step(
        made, kind=StepKind.COMPLAINT, title=title, unit=made.unit_id, level=policy.DISCRETION, due_at=due,
        subject_id=complaint.id, viewer=viewer, at=at,
    )  # fmt: skip


def _send_receipt(
    made: Case, complaint: Complaint, due: datetime | None, way: str, viewer: Viewer, at: datetime
) -> None:
    """That it has come, who looks at it and by when. A complaint is taken in also where no receipt can be sent."""
    if made.person_id is None:
        return
    receiver = receiver_of(made, None, "", at)
    if way != LetterWay.COUNTER and len(receiver.lines) < 2:
        put_step(made, kind=StepKind.TASK, title="Klagen har ingen kvittering: borgeren har ingen adresse",
                 viewer=viewer, at=at)  # fmt: skip
        return
    check_way(way, receiver)
    title, pdf = receipt_letter(made, complaint, receiver, due, viewer=viewer, at=at)
    put_letter(
        made, kind=KIND, title=title, pdf=pdf, receivers=[receiver], way=way, subject_id=complaint.id,
        language=complaint.decision.language, viewer=viewer, at=at,
    )  # fmt: skip


def _joined(running: Complaint, text: str, contact: UUID | None, viewer: Viewer, at: datetime) -> Case:
    """The same again changes nothing; further words stand in the open complaint, and its handler hears of them."""
    if text == running.words:
        return running.case
    case = locked_by_process(running.case_id)
    enter(case, EntryKind.CONTACT if contact else EntryKind.NOTE, "Mere til klagen", body=text, contact=contact,
          subject_id=running.id, viewer=viewer, at=at)  # fmt: skip
    put_step(case, kind=StepKind.ANSWER, title="Borgeren har skrevet mere til klagen", subject_id=running.id,
             viewer=viewer, at=at)  # fmt: skip
    changed(case, "case.complaint_added_to", viewer=viewer, at=at, complaint=str(running.id))
    return case


def _send_on(
    case: Case, row: Complaint, body: str, body_contact: str, way: str, address: str, viewer: Viewer, at: datetime
) -> None:
    row.sent_on_to = line(body, 160) or row.decision.appeal_body
    if not row.sent_on_to:
        raise WordsMissing(what=gettext("hvem klagen sendes til"), field="body")
    receiver = receiver_of(case, None, address, at)
    check_way(way, receiver)
    title, pdf = sent_on_letter(case, row, receiver, clean(body_contact).strip(), viewer=viewer, at=at)
    put_letter(
        case, kind="forwarding", title=title, pdf=pdf, receivers=[receiver], way=way, subject_id=row.id,
        language=row.decision.language, viewer=viewer, at=at,
    )  # fmt: skip


def _follow(case: Case, row: Complaint, viewer: Viewer, at: datetime) -> None:
    """The appeal body has the complaint: it is followed like all that is sent on, with a day.

    Its answer is work again, and so is the day when none has come.
    """
    days = min(max(1, int(catalogue.setting("cases.appeal_follow_days", FOLLOW_DAYS))), MOST_FOLLOW_DAYS)
    until = clock.local(working_days_after(at, days)).date()
    sending = Sending(way=ForwardWay.OTHER, expected_by=until)
    forward(
        case_id=case.id, authority=row.sent_on_to, what="Klagen med sagens akter", sending=sending, viewer=viewer, at=at
    )
    case.refresh_from_db()
    if case.progress == Progress.OPENED:
        bring_forward(case, Progress.INFORMED, viewer=viewer, at=at)


def _tell_original(row: Complaint, theme: str, viewer: Viewer, at: datetime) -> None:
    """The case it was over shows what came of it; where the decision is taken up again, that begins at once."""
    original = locked_by_process(row.over_id)
    enter(original, EntryKind.DECISION, theme, subject_id=row.id, viewer=viewer, at=at)
    changed(original, "case.complaint_told", viewer=viewer, at=at, complaint=str(row.id), outcome=row.outcome)
    if row.outcome == ComplaintOutcome.CHANGED and row.decision.state == DecisionState.DECIDED:
        ground = f"Klage, sag {row.case.number}"
        reopen_decision(decision_id=row.decision_id, ground=ground, viewer=viewer, at=at)


def _both(
    complaint_id: UUID, viewer: Viewer, at: datetime, version: int | None = None, *, original: bool = False
) -> tuple[Case, Complaint]:
    """The case it is over (where that changes too), the complaint's case, the complaint: locked in this order.

    Raises ComplaintSettled, NotOnCase.
    """
    found = Complaint.objects.filter(id=complaint_id).values_list("case_id", "over_id").first()
    if found is None:
        raise NotOnCase(what=gettext("Klagen"))
    if original:
        locked_by_process(found[1])
    case = locked(found[0], viewer=viewer, at=at, version=version, ended=True)
    rows = Complaint.objects.select_related("decision", "case").select_for_update(of=("self",))
    row = rows.get(id=complaint_id)
    if row.settled_at is not None:
        raise ComplaintSettled(outcome=gettext(ComplaintOutcome(row.outcome).label).lower())
    return case, row


def _day(complaint: Complaint) -> str:
    return f"{complaint.received_on:%d.%m.%Y}"
