"""What a case has of decisions, hearings, letters and complaints, for somebody who has opened it."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils.translation import gettext

from indgang.core.cases.complaints import last_day
from indgang.core.cases.decision_values import (
    ComplaintRow,
    DecidedRows,
    DecisionCard,
    DecisionsPage,
    Gate,
    HearingRow,
    LetterRow,
)
from indgang.core.cases.drafting import amounts_of
from indgang.core.cases.gate_facts import gates_now
from indgang.core.cases.hearings import KIND
from indgang.core.cases.letter_posting import DECISION, NOT_GONE
from indgang.core.cases.models import Case, CaseLetter, Complaint, Decision, Hearing
from indgang.core.cases.parts import rows_of
from indgang.core.cases.rights import case_of, may_see
from indgang.core.cases.values import ComplaintOutcome, DecisionState, LetterState, LetterWay, Result
from indgang.core.organisation import selectors as organisation
from indgang.foundation.access.errors import NotFound
from indgang.foundation.access.values import Viewer
from indgang.foundation.runtime import clock

_STATES = {
    "running": "Venter på svar",
    "answered": "Besvaret",
    "run_out": "Fristen er gået uden svar",
    "left_out": "Undladt",
    "withdrawn": "Trukket tilbage",
}
_WITH_ITS_ACT = frozenset({DECISION, KIND})  # a decision stands with its letter; a hearing is withdrawn as a whole
Letters = dict[UUID | None, list[LetterRow]]


def decisions_of(viewer: Viewer, case_id: UUID, at: datetime) -> DecisionsPage:
    """The draft and the decisions, hearings, letters and complaints of a case, newest first, and what a decision
    would need now. NotFound as usual.

    Part of a case that was opened with `case`, which logs the look.
    """
    case = _seen(viewer, case_id, at)
    rows = _decisions(case)
    return DecisionsPage(**vars(_decided(case, rows, at)), gates=_gates(viewer, case, rows, at))


def decided_of(viewer: Viewer, case_id: UUID, at: datetime) -> DecidedRows:
    """The same for who only reads what there is."""
    case = _seen(viewer, case_id, at)
    return _decided(case, _decisions(case), at)


def gates(viewer: Viewer, case_id: UUID, at: datetime) -> tuple[Gate, ...]:
    """What must be in order before the case is decided, as it stands now for this viewer. NotFound as usual."""
    case = _seen(viewer, case_id, at)
    return _gates(viewer, case, _decisions(case), at)


def complaints_of(viewer: Viewer, case_id: UUID, at: datetime) -> tuple[ComplaintRow, ...]:
    """Complaints over the decisions of a case, and the one the case itself is, newest first. NotFound as usual."""
    return _complaints(_seen(viewer, case_id, at), at)


def letter_rows(rows: Iterable[CaseLetter]) -> tuple[LetterRow, ...]:
    """Letters and where they are, newest first."""
    found = sorted(rows, key=lambda row: (row.made_at, row.id), reverse=True)
    on_way = {(row.document, row.party_id) for row in found if row.state not in NOT_GONE}
    return tuple(
        LetterRow(
            id=row.id,
            kind=row.kind,
            title=row.title,
            document=row.document,
            way=row.way,
            way_name=gettext(LetterWay(row.way).label),
            state=row.state,
            state_name=gettext(LetterState(row.state).label),
            notice=row.notice,
            notice_name=gettext(LetterState(row.notice).label) if row.notice else "",
            failure=row.failure,
            made_at=row.made_at,
            settled_at=row.settled_at,
            subject_id=row.subject_id,
            party_id=row.party_id,
            may_go_again=row.state in NOT_GONE and (row.document, row.party_id) not in on_way,
            may_recall=row.state == LetterState.WAITING and row.kind not in _WITH_ITS_ACT,
        )
        for row in found
    )


def deletion_blocks(case_ids: Iterable[UUID], at: datetime) -> dict[UUID, str]:
    """The cases nothing may be deleted of yet, and why: a complaint stands, or may still come."""
    wanted = list(case_ids)
    blocked: dict[UUID, str] = {}
    today = clock.local(at).date()
    for row in Decision.objects.filter(case__in=wanted).exclude(state=DecisionState.DRAFT):
        limit = last_day(row)
        if limit is not None and limit + timedelta(weeks=1) >= today:  # a letter is a few days on its way
            blocked[row.case_id] = gettext("Klagefristen er ikke gået.")
    for complaint in Complaint.objects.filter(Q(over__in=wanted) | Q(case__in=wanted, settled_at=None)):
        open_ = complaint.settled_at is None
        why = gettext("Der er en klage, som ikke er behandlet.") if open_ else gettext("Klagesagen skal slettes først.")
        for key in (complaint.over_id, complaint.case_id if open_ else None):
            if key in wanted and key is not None:
                blocked[key] = why
    return blocked


def _seen(viewer: Viewer, case_id: UUID, at: datetime) -> Case:
    case = case_of(case_id)
    if case is None or not may_see(viewer, case_id, at):
        raise NotFound
    return case


def _decided(case: Case, rows: list[Decision], at: datetime) -> DecidedRows:
    letters = letter_rows(rows_of(case.id, CaseLetter, lambda: CaseLetter.objects.filter(case=case)))
    by_subject: Letters = defaultdict(list)
    for letter in letters:
        by_subject[letter.subject_id].append(letter)
    cards = _decision_cards(rows, by_subject)
    draft = next((card for card in cards if card.state == DecisionState.DRAFT), None)
    return DecidedRows(
        draft=draft,
        decisions=tuple(card for card in cards if card is not draft),
        hearings=_hearing_rows(case, by_subject, at),
        letters=letters,
        complaints=_complaints(case, at),
    )


def _decisions(case: Case) -> list[Decision]:
    return rows_of(case.id, Decision, lambda: Decision.objects.filter(case=case).order_by("-created_at", "-id"))


def _gates(viewer: Viewer, case: Case, decisions: list[Decision], at: datetime) -> tuple[Gate, ...]:
    draft = next((row for row in decisions if row.state == DecisionState.DRAFT), None)
    return gates_now(case, draft, viewer=viewer, at=at)


def _complaints(case: Case, at: datetime) -> tuple[ComplaintRow, ...]:
    return tuple(_complaint_row(row, at) for row in rows_of(case.id, Complaint, lambda: _complained(case)))


def _complained(case: Case) -> QuerySet[Complaint]:
    rows = Complaint.objects.filter(Q(over=case) | Q(case=case)).select_related("case__unit", "over")
    return rows.order_by("-id")


def _decision_cards(rows: list[Decision], letters: Letters) -> list[DecisionCard]:
    names = organisation.names({row.decided_by for row in rows if row.decided_by})
    return [
        DecisionCard(
            id=row.id,
            state=row.state,
            state_name=gettext(DecisionState(row.state).label),
            level=row.level,
            result=row.result,
            result_name=gettext(Result(row.result).label) if row.result else "",
            summary=row.summary,
            facts=row.facts,
            reasons=row.reasons,
            legal_basis=row.legal_basis,
            to_do=row.to_do,
            amounts=amounts_of(row.amounts),
            valid_from=row.valid_from,
            appeal_body=row.appeal_body,
            appeal_by=row.appeal_by,
            appeal_weeks=row.appeal_weeks,
            appeal_rule=row.appeal_rule,
            appeal_limits=row.appeal_limits,
            no_appeal=row.no_appeal,
            opinion_ground=row.opinion_ground,
            ground=row.ground,
            language=row.language,
            document=row.document,
            letters=tuple(letters.get(row.id, ())),
            decided_at=row.decided_at,
            decided_by_name=names.get(row.decided_by or 0, ""),
            replaces=row.replaces_id,
            version=row.version,
        )
        for row in rows
    ]


def _hearing_rows(case: Case, letters: Letters, at: datetime) -> tuple[HearingRow, ...]:
    rows = rows_of(case.id, Hearing, lambda: Hearing.objects.filter(case=case).order_by("-id"))
    return tuple(_hearing_row(row, letters, at) for row in rows)


def _hearing_row(row: Hearing, letters: Letters, at: datetime) -> HearingRow:
    state = hearing_state(row, at)
    return HearingRow(
        id=row.id,
        party_id=row.party_id,
        facts=row.facts,
        source=row.source,
        meaning=row.meaning,
        state=state,
        state_name=gettext(_STATES[state]),
        sent_at=row.sent_at,
        answer_by=row.answer_by,
        answered_at=row.answered_at,
        answer=row.answer,
        oral=row.oral,
        ground=row.left_out_ground or row.note,
        letter=next(iter(letters.get(row.id, ())), None),
        version=row.version,
    )


def hearing_state(row: Hearing, at: datetime) -> str:
    """Where a hearing is: a code of _STATES."""
    if row.left_out_ground:
        return "left_out"
    if row.cancelled_at is not None:
        return "withdrawn"
    if row.answered_at is not None:
        return "answered"
    return "run_out" if row.answer_by is not None and row.answer_by <= at else "running"


def _complaint_row(row: Complaint, at: datetime) -> ComplaintRow:
    due = row.case.deadline
    return ComplaintRow(
        id=row.id,
        number=row.case.number,
        case=row.case_id,
        over=row.over_id,
        over_number=row.over.number,
        decision=row.decision_id,
        words=row.words,
        received_on=row.received_on,
        late=row.late,
        late_ground=row.late_ground,
        unit_name=row.case.unit.name,
        deadline=due,
        deadline_rule=row.deadline_rule,
        overdue=row.settled_at is None and due is not None and due <= at,
        outcome=row.outcome,
        outcome_name=gettext(ComplaintOutcome(row.outcome).label) if row.outcome else "",
        outcome_ground=row.outcome_ground,
        sent_on_to=row.sent_on_to,
        settled_at=row.settled_at,
        version=row.version,
    )
