"""Decisions: made behind their gates, with their letter, once; opened again and revoked."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext

from indgang.core.cases.decision_errors import DecisionStale, GatesOpen, MayNotDecide, NotInForce, NotOnCase
from indgang.core.cases.decision_letters import decision_letter, revocation_letter
from indgang.core.cases.drafting import decision_of, who_decided
from indgang.core.cases.gate_facts import appeal_of, gates_now, refusal
from indgang.core.cases.gates import open_gates, rights_sentence
from indgang.core.cases.handling import bring_forward, reopen
from indgang.core.cases.hearings import words
from indgang.core.cases.letter_making import administration_name, check_way, receiver_of, representatives
from indgang.core.cases.letter_posting import DECISION, put_letter
from indgang.core.cases.models import Case, Decision
from indgang.core.cases.owning import owner_of
from indgang.core.cases.values import DecisionState, EntryKind, LetterWay, Progress, Result
from indgang.core.cases.waits import end_waits
from indgang.core.cases.writing import changed, check_version, enter, locked
from indgang.core.catalogue import selectors as catalogue
from indgang.core.organisation import selectors as organisation
from indgang.foundation.access.values import Viewer
from indgang.foundation.journal import services as journal
from indgang.foundation.runtime.services import uuid7

_COPIED = ("level", "result", "summary", "facts", "reasons", "legal_basis", "to_do", "amounts", "appeal_body",
           "appeal_weeks", "appeal_rule", "appeal_limits", "no_appeal", "language")  # fmt: skip


def decide(
    *,
    decision_id: UUID,
    way: str = LetterWay.PRINT,
    address: str = "",
    confirmed: Iterable[str] = (),
    viewer: Viewer,
    at: datetime,
    version: int | None = None,
) -> Decision:
    """Make the decision: all gates, the letter, the case and its journal in one transaction, or none of it.

    `confirmed` are the warnings somebody has read ("cpr", "others"). Decided again by the same person changes nothing.
    Raises MayNotDecide (which is logged), AlreadyDecided, DecisionStale, GatesOpen, AddressUnknown, MailUnknown,
    WayUnknown, NotOnCase, and what letters say: then the draft is as it was.
    """
    try:
        return _decide(decision_id, way, address, frozenset(confirmed), viewer, at, version)
    except MayNotDecide as refused:
        _note_refusal(decision_id, refused, viewer, at)
        raise


@transaction.atomic
def _decide(
    decision_id: UUID,
    way: str,
    address: str,
    confirmed: frozenset[str],
    viewer: Viewer,
    at: datetime,
    version: int | None,
) -> Decision:
    case = locked(_case_of(decision_id), viewer=viewer, at=at, working=False, ended=True)
    row = decision_of(case, decision_id)
    if row.state != DecisionState.DRAFT:
        return _decided_before(row, viewer)
    check_right(case, row.level, viewer=viewer, at=at)
    if version is not None and version != row.version:
        raise DecisionStale(name=_name_of(row.edited_by or row.created_by))
    stopping = open_gates(gates_now(case, row, viewer=viewer, way=way, address=address, at=at), confirmed)
    if stopping:
        raise GatesOpen(sentences=" ".join(gate.sentence for gate in stopping), gates=[one.code for one in stopping])
    receiver = receiver_of(case, None, address, at)
    check_way(way, receiver)
    for name in ("appeal_body", "appeal_weeks"):
        setattr(row, name, getattr(appeal_of(case, row), name))
    title, pdf = decision_letter(case, row, receiver, viewer=viewer, at=at)
    _replace_former(case, row)
    letter = put_letter(
        case, kind=DECISION, title=title, pdf=pdf, receivers=[receiver, *representatives(case, at)], way=way,
        subject_id=row.id, language=row.language, viewer=viewer, at=at,
    )  # fmt: skip
    row.state, row.document, row.sent_by = DecisionState.DECIDED, letter.document, way
    row.decided_at, row.decided_by = at, viewer.actor.employee if viewer.actor else None
    row.version += 1
    row.save()
    _settle_case(case, row, letter.id, viewer, at)
    return row


def check_right(case: Case, level: int, *, viewer: Viewer, at: datetime) -> None:
    """Raise MayNotDecide with the reason and with whom the case can go to."""
    code, value = refusal(case, level, viewer=viewer, at=at)
    if not code:
        return
    owner = administration_name(owner_of(case))
    card = catalogue.cards([case.task_id]).get(case.task_id)
    why = rights_sentence(code, value, level, owner)
    raise MayNotDecide(
        task=card.title if card else case.task_id, level=level, why=why, owner=owner, code=code, value=value
    )


@transaction.atomic
def reopen_decision(
    *,
    decision_id: UUID,
    ground: str,
    answer_by: date | None = None,
    viewer: Viewer,
    at: datetime,
    version: int | None = None,
) -> Decision:
    """Look at it again: the decision holds until a new one replaces it, and its words are the new draft.

    `answer_by` and `version` (of the case) as `reopen`. Raises NotInForce, WordsMissing, NotOnCase, PastDay, StaleCase.
    """
    case, row = _in_force(decision_id, viewer, at)
    check_version(case, version)
    why = words(ground, gettext("hvorfor afgørelsen tages op igen"), longest=300, field="ground")
    if case.progress in {Progress.DECIDED, Progress.CLOSED}:
        reopen(case_id=case.id, ground=why, answer_by=answer_by, viewer=viewer, at=at)
        case.refresh_from_db()
    draft = Decision.objects.filter(case=case, state=DecisionState.DRAFT).first()
    if draft is None:
        draft = _copy(row, viewer, at)
        draft.save(force_insert=True)
    row.ground = why
    row.save(update_fields=["ground"])
    enter(case, EntryKind.DECISION, "Afgørelsen tages op igen", body=why, subject_id=row.id, viewer=viewer, at=at)
    changed(case, "case.decision_reopened", viewer=viewer, at=at, decision=str(row.id), draft=str(draft.id))
    return draft


@transaction.atomic
def revoke_decision(
    *,
    decision_id: UUID,
    ground: str,
    way: str = LetterWay.PRINT,
    address: str = "",
    viewer: Viewer,
    at: datetime,
    version: int | None = None,
) -> Decision:
    """The decision holds no more; the party is told why in a letter, and the case is open again.

    Raises MayNotDecide, NotInForce, DecisionStale, WordsMissing, and what letters say.
    """
    case, row = _in_force(decision_id, viewer, at)
    if version is not None and version != row.version:
        raise DecisionStale(name=_name_of(row.decided_by))
    check_right(case, row.level, viewer=viewer, at=at)
    why = words(ground, gettext("hvorfor afgørelsen tilbagekaldes"), longest=300, field="ground")
    receiver = receiver_of(case, None, address, at)
    check_way(way, receiver)
    row.ground = why
    title, pdf = revocation_letter(case, row, receiver, viewer=viewer, at=at)
    letter = put_letter(
        case, kind=DECISION, title=title, pdf=pdf, receivers=[receiver, *representatives(case, at)], way=way,
        subject_id=row.id, language=row.language, viewer=viewer, at=at,
    )  # fmt: skip
    row.state, row.version = DecisionState.REVOKED, row.version + 1
    row.save(update_fields=["state", "ground", "version"])
    if case.progress in {Progress.DECIDED, Progress.CLOSED}:
        reopen(case_id=case.id, ground=why, viewer=viewer, at=at)
        case.refresh_from_db()
    case.result, case.decided_at = "", None
    enter(
        case, EntryKind.DECISION, "Afgørelsen er tilbagekaldt", body=why, document=letter.document,
        subject_id=row.id, viewer=viewer, at=at,
    )  # fmt: skip
    changed(
        case, "case.decision_revoked", viewer=viewer, at=at, fields=["result", "decided_at"], decision=str(row.id),
        letter=str(letter.id),
    )  # fmt: skip
    return row


def _settle_case(case: Case, row: Decision, letter: UUID, viewer: Viewer, at: datetime) -> None:
    """The case is decided: its progress with its history, its journal, and the news."""
    end_waits(case, viewer=viewer, at=at)
    if case.progress == Progress.OPENED:
        bring_forward(case, Progress.INFORMED, viewer=viewer, at=at)
    bring_forward(case, Progress.DECIDED, viewer=viewer, at=at)
    case.result, case.level = row.result, row.level
    theme = f"Afgørelse: {Result(row.result).label}"
    enter(
        case, EntryKind.DECISION, theme, body=row.summary or row.reasons, document=row.document, subject_id=row.id,
        viewer=viewer, at=at,
    )  # fmt: skip
    changed(
        case, "case.decided", viewer=viewer, at=at, fields=["result", "level"], decision=str(row.id),
        result=row.result, level=row.level, task=case.task_id, administration=owner_of(case), letter=str(letter),
        amounts=[f"{one['amount']} {one['period']}" for one in row.amounts],
    )  # fmt: skip


def _decided_before(row: Decision, viewer: Viewer) -> Decision:
    """A second click of the same person gives the decision; anybody else hears who was first."""
    same = viewer.actor is not None and row.decided_by == viewer.actor.employee
    if same and row.state == DecisionState.DECIDED:
        return row
    raise who_decided(row)


def _replace_former(case: Case, row: Decision) -> None:
    former = Decision.objects.select_for_update().filter(case=case, state=DecisionState.DECIDED).first()
    if former is not None:
        former.state, former.version = DecisionState.REPLACED, former.version + 1
        former.save(update_fields=["state", "version"])
        row.replaces = former


def _copy(row: Decision, viewer: Viewer, at: datetime) -> Decision:
    facts: dict[str, Any] = {name: getattr(row, name) for name in _COPIED}
    employee = viewer.actor.employee if viewer.actor else None
    return Decision(id=uuid7(at), case=row.case, replaces=row, created_at=at, created_by=employee, **facts)


def _in_force(decision_id: UUID, viewer: Viewer, at: datetime) -> tuple[Case, Decision]:
    case = locked(_case_of(decision_id), viewer=viewer, at=at, ended=True)
    row = decision_of(case, decision_id)
    if row.state != DecisionState.DECIDED:
        raise NotInForce(state=gettext(DecisionState(row.state).label).lower())
    return case, row


def _case_of(decision_id: UUID) -> UUID:
    found = Decision.objects.filter(id=decision_id).values_list("case_id", flat=True).first()
    if found is None:
        raise NotOnCase(what=gettext("Afgørelsen"))
    return found


def _name_of(employee: int | None) -> str:
    return organisation.names([employee or 0]).get(employee or 0) or gettext("En anden")


@transaction.atomic
def _note_refusal(decision_id: UUID, refused: MayNotDecide, viewer: Viewer, at: datetime) -> None:
    """A refused decision is remembered, though all else of it was rolled back."""
    row = Decision.objects.select_related("case").filter(id=decision_id).first()
    if row is None:
        return
    data: dict[str, object] = {
        "decision": str(row.id), "level": row.level, "task": row.case.task_id, "check": refused.facts.get("code"),
        "value": refused.facts.get("value"),
    }  # fmt: skip
    journal.record(
        "case.decision_refused", at=at, viewer_name=viewer.name, subject=row.case, citizen=row.case.person_id,
        case=row.case_id, data=data,
    )  # fmt: skip
