"""Reads what the gates of a decision ask: the case, its draft, its hearings and opinions, and who decides."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime

from django.utils.translation import gettext

from indgang.core.cases.decision_values import Gate
from indgang.core.cases.gates import RIGHTS, GateFacts, gates_of
from indgang.core.cases.journal import duty_met
from indgang.core.cases.letter_making import administration_name
from indgang.core.cases.models import Case, Decision, Hearing, Opinion
from indgang.core.cases.opening import setting_of
from indgang.core.cases.owning import owner_of
from indgang.core.cases.parts import has, parties_of, rows_of
from indgang.core.cases.values import DecisionState, LetterWay, PartyRole
from indgang.core.cases.writing import holds_cpr
from indgang.core.catalogue import selectors as catalogue
from indgang.core.citizens import selectors as citizens
from indgang.foundation.access import policy
from indgang.foundation.access.values import Viewer
from indgang.foundation.runtime import clock

_NOT_OTHERS = frozenset({PartyRole.PRIMARY, PartyRole.REPRESENTATIVE, PartyRole.AUTHORITY})
_WRITTEN = ("summary", "facts", "reasons", "to_do")


def gates_now(
    case: Case, draft: Decision | None, *, viewer: Viewer, way: str = LetterWay.PRINT, address: str = "", at: datetime
) -> tuple[Gate, ...]:
    """Every gate of the case as it stands, for this viewer."""
    return gates_of(gate_facts(case, draft, viewer=viewer, way=way, address=address, at=at))


def gate_facts(
    case: Case, draft: Decision | None, *, viewer: Viewer, way: str, address: str, at: datetime
) -> GateFacts:
    """All a gate asks, read from the tables."""
    since = _decided_before(case)
    heard, until = _heard(case, since, at)
    level = draft.level if draft else max(case.level, policy.DECIDE)
    refused, value = refusal(case, level, viewer=viewer, at=at)
    written = [getattr(draft, name) for name in _WRITTEN] if draft else []
    facts = GateFacts(
        progress=case.progress,
        today=clock.local(at).date(),
        note_met=duty_met(case.id),
        heard=heard,
        hearing_until=until,
        open_opinion=_open_opinion(case),
        refused=refused,
        refused_value=value,
        level=level,
        owner=administration_name(owner_of(case)),
        receiver=_receiver(case, way, address),
        cpr=any(holds_cpr(text) for text in written),
        others=_others(case, written),
    )
    return _with_draft(facts, case, draft) if draft else facts


def refusal(case: Case, level: int, *, viewer: Viewer, at: datetime) -> tuple[str, str]:
    """The first check of the rights that keeps this viewer from deciding at the level, and why; empty: none does."""
    if viewer.actor is None:
        return "role", "no_employee"
    need = catalogue.need(case.task_id, level)
    scope = policy.scope(viewer.actor, at, viewer.dispensation, separation=viewer.separation)
    if policy.may(scope, need, level):
        return "", ""
    checks = policy.explain(viewer.actor, need, viewer.dispensation, separation=viewer.separation)
    failing = next((check for check in checks if not check.ok), None)
    return (failing.code, failing.value) if failing else (RIGHTS[-1], "ceiling")


def appeal_of(case: Case, draft: Decision) -> Decision:
    """The draft with the task's own rules of appeal where nothing was typed; not saved."""
    rules = setting_of(case.task_id)
    filled = Decision(**{field.attname: getattr(draft, field.attname) for field in Decision._meta.concrete_fields})
    if filled.no_appeal:
        return filled
    filled.appeal_body = draft.appeal_body or rules.appeal_body
    if draft.appeal_by is None and draft.appeal_weeks is None:
        filled.appeal_weeks = rules.appeal_weeks
    return filled


def _with_draft(facts: GateFacts, case: Case, draft: Decision) -> GateFacts:
    filled = appeal_of(case, draft)
    return replace(
        facts,
        result=draft.result,
        reasons=draft.reasons,
        legal_basis=draft.legal_basis,
        appeal_body=filled.appeal_body,
        appeal_by=filled.appeal_by,
        appeal_weeks=filled.appeal_weeks,
        appeal_rule=draft.appeal_rule,
        appeal_set=draft.appeal_by is None and draft.appeal_weeks is None and filled.appeal_weeks is not None,
        no_appeal=draft.no_appeal,
        opinion_ground=draft.opinion_ground,
    )


def _decided_before(case: Case) -> datetime | None:
    """When the case was decided last: what happened before counts for that decision, not for a new one."""
    if not has(case.id, Decision):
        return None
    rows = Decision.objects.filter(case=case).exclude(state=DecisionState.DRAFT)
    return rows.order_by("-decided_at").values_list("decided_at", flat=True).first()


def _heard(case: Case, since: datetime | None, at: datetime) -> tuple[bool, date | None]:
    """Whether the party was heard (or why not is written) since then, and until when a hearing runs."""
    heard, until = False, None
    for row in rows_of(case.id, Hearing, lambda: Hearing.objects.filter(case=case, cancelled_at=None)):
        begun = row.sent_at or row.answered_at
        if since is not None and (begun is None or begun <= since):
            continue
        if row.answered_at is not None or (row.answer_by is not None and row.answer_by <= at):
            heard = True
        elif row.answer_by is not None:
            until = max(filter(None, (until, clock.local(row.answer_by).date())))
    return heard, until


def _open_opinion(case: Case) -> str:
    if not has(case.id, Opinion):
        return ""
    row = (
        Opinion.objects.filter(case=case, answered_at=None, withdrawn_at=None)
        .select_related("unit", "employee")
        .order_by("asked_at")
        .first()
    )
    if row is None:
        return ""
    if row.employee is not None:
        return row.employee.name
    return row.unit.name if row.unit else gettext("en specialist")


def _receiver(case: Case, way: str, address: str) -> str:
    """Whether the letter has somebody to go to and a way there; asked without a look at anybody."""
    party = next((one for one in parties_of(case.id) if one.valid_to is None and one.role == PartyRole.PRIMARY), None)
    if party is None:
        return "no_party"
    if way == LetterWay.COUNTER or len([one for one in address.splitlines() if one.strip()]) > 1:
        return ""
    return "" if party.person_id and citizens.has_address(party.person_id) else "no_address"


def _others(case: Case, written: Iterable[str]) -> tuple[str, ...]:
    """The parties beside the receiver who are named in the text, by their role."""
    text = " ".join(written).casefold()
    if not text.strip():
        return ()
    found = []
    for row in parties_of(case.id):
        if row.valid_to is not None or row.role in _NOT_OTHERS:
            continue
        name = row.person.name if row.person else row.name
        if name and " ".join(name.split()).casefold() in text:
            found.append(gettext(PartyRole(row.role).label))
    return tuple(dict.fromkeys(found))
