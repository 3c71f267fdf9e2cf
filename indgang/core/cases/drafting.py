"""The draft of a decision: what a caseworker writes, checked field by field, kept until it is decided or dropped."""

from collections.abc import Iterable
from dataclasses import fields as fields_of
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext

from indgang.core.cases.decision_errors import (
    AlreadyDecided,
    DayWrong,
    DecisionStale,
    NotOnCase,
    TextTooLong,
    WrongAmount,
    WrongResult,
)
from indgang.core.cases.decision_values import LARGEST_AMOUNT, LONGEST_WORDS, MOST_AMOUNTS, AmountLine, DecisionText
from indgang.core.cases.letter_making import LANGUAGES
from indgang.core.cases.models import Case, Decision
from indgang.core.cases.opening import setting_of
from indgang.core.cases.values import AmountPeriod, DecisionState, Progress, RaisedBy, Result
from indgang.core.cases.writing import changed, clean, line, locked
from indgang.core.organisation import selectors as organisation
from indgang.foundation.access import policy
from indgang.foundation.access.values import Viewer
from indgang.foundation.runtime import clock
from indgang.foundation.runtime.services import uuid7

_LONG = ("facts", "reasons", "to_do")
_SHORT = {"summary": 300, "legal_basis": 300, "appeal_body": 160, "appeal_rule": 300, "appeal_limits": 300,
          "opinion_ground": 300}  # fmt: skip
_MOST_WEEKS = 52
_FARTHEST = 20 * 366  # days


@transaction.atomic
def draft_decision(
    *, case_id: UUID, text: DecisionText, viewer: Viewer, at: datetime, version: int | None = None
) -> Decision:
    """Keep what is written of the decision; there is one draft on a case. The legal basis of the task is put in first.

    Raises DecisionStale, AlreadyDecided, WrongResult, WrongAmount, DayWrong, TextTooLong, NotYourCase.
    """
    case = locked(case_id, viewer=viewer, at=at)
    row = Decision.objects.select_for_update(of=("self",)).filter(case=case, state=DecisionState.DRAFT).first()
    begun = row is None
    if row is None:
        row = _begun(case, viewer, at)
        if version is not None and row.replaces is not None and case.progress == Progress.DECIDED:
            raise who_decided(row.replaces)  # what one wrote on has been decided meanwhile
    given = checked(text, case, at)
    differing = [name for name, value in given.items() if value != getattr(row, name)]
    if not differing and row.version > 1:
        return row  # the same words again, as a second click sends them: nobody's are overwritten
    if not begun and version != row.version and not (version is None and _is_editor(row, viewer)):
        raise DecisionStale(name=_editor(row))
    for name in differing:
        setattr(row, name, given[name])
    if not row.legal_basis and row.version == 1:
        row.legal_basis = case.legal_basis or setting_of(case.task_id).legal_basis
    row.version += 1
    row.edited_by = viewer.actor.employee if viewer.actor else None
    row.save()
    changed(case, "case.decision_drafted", viewer=viewer, at=at, decision=str(row.id), changed=differing)
    return row


@transaction.atomic
def drop_draft(*, case_id: UUID, viewer: Viewer, at: datetime, version: int | None = None) -> None:
    """The draft is thrown away; dropped again changes nothing. Raises DecisionStale for words one has not seen."""
    case = locked(case_id, viewer=viewer, at=at, ended=True)
    gone = Decision.objects.select_for_update(of=("self",)).filter(case=case, state=DecisionState.DRAFT).first()
    if gone is not None:
        if version is not None and version != gone.version:
            raise DecisionStale(name=_editor(gone))
        key = str(gone.id)
        gone.delete()
        changed(case, "case.decision_dropped", viewer=viewer, at=at, decision=key)


def checked(text: DecisionText, case: Case, at: datetime) -> dict[str, Any]:
    """The fields as rows keep them. Raises what `draft_decision` says."""
    if text.result and text.result not in Result.values:
        raise WrongResult(result=line(text.result, 20), known=", ".join(Result.values))
    given: dict[str, Any] = {field.name: getattr(text, field.name) for field in fields_of(text)}
    for name in _LONG:
        given[name] = _whole(given[name], name, LONGEST_WORDS)
    for name, longest in _SHORT.items():
        given[name] = _whole(" ".join(clean(given[name]).split()), name, longest)
    given["level"] = max(text.level if text.level in policy.LEVELS else 0, level_asked(case))
    given["language"] = text.language if text.language in LANGUAGES else LANGUAGES[0]
    given["amounts"] = amounts_kept(text.amounts)
    _check_days(text, at)
    return given


def level_asked(case: Case) -> int:
    """The lowest level the case may be decided at: nobody slips under it by writing a lower one."""
    return policy.DISCRETION if case.raised_by == RaisedBy.COMPLAINT else max(case.level, policy.DECIDE)


def amounts_kept(amounts: Iterable[AmountLine]) -> list[dict[str, str]]:
    """Amounts as the table keeps them, exact to the øre. Raises WrongAmount, which names the line."""
    lines = list(amounts)
    if len(lines) > MOST_AMOUNTS:
        remedy = gettext("Skriv højst {most} beløb; læg resten ved som dokument.").format(most=MOST_AMOUNTS)
        raise WrongAmount(line=MOST_AMOUNTS + 1, shown="", remedy=remedy)
    return [_amount(number, one) for number, one in enumerate(lines, 1)]


def amounts_of(kept: Iterable[dict[str, str]]) -> tuple[AmountLine, ...]:
    """The other way round."""
    return tuple(AmountLine(one["label"], Decimal(one["amount"]), one["period"]) for one in kept)


def who_decided(row: Decision) -> AlreadyDecided:
    """The refusal that names who was first, and when."""
    name = organisation.names([row.decided_by or 0]).get(row.decided_by or 0) or gettext("En anden")
    when = f"{clock.local(row.decided_at):%d.%m.%Y kl. %H.%M}" if row.decided_at else ""
    return AlreadyDecided(name=name, when=when)


def decision_of(case: Case, decision_id: UUID) -> Decision:
    """The decision of a locked case, locked. Raises NotOnCase."""
    row = Decision.objects.select_for_update(of=("self",)).filter(id=decision_id, case=case).first()
    if row is None:
        raise NotOnCase(what=gettext("Afgørelsen"))
    return row


def _begun(case: Case, viewer: Viewer, at: datetime) -> Decision:
    in_force = Decision.objects.filter(case=case, state=DecisionState.DECIDED).first()
    return Decision(
        id=uuid7(at),
        case=case,
        level=level_asked(case),
        replaces=in_force,
        created_at=at,
        created_by=viewer.actor.employee if viewer.actor else None,
    )


def _is_editor(row: Decision, viewer: Viewer) -> bool:
    """Whether nobody else has written on the draft: then no version is asked for."""
    return viewer.actor is not None and (row.edited_by or row.created_by) == viewer.actor.employee


def _editor(row: Decision) -> str:
    key = row.edited_by or row.created_by or 0
    return organisation.names([key]).get(key) or gettext("En anden")


def _whole(text: str, name: str, longest: int) -> str:
    """The text without what the database cannot hold; never cut, because that would change a decision."""
    found = clean(text).strip()
    if len(found) > longest:
        raise TextTooLong(what=gettext("Teksten"), longest=longest, field=name)
    return found


def _amount(number: int, one: AmountLine) -> dict[str, str]:
    label = line(one.label, 121)
    if not label or len(label) > 120:
        raise WrongAmount(line=number, shown=label[:40], remedy=gettext("Skriv, hvad beløbet er for, højst 120 tegn."))
    if not one.amount.is_finite() or abs(one.amount) >= LARGEST_AMOUNT:
        raise WrongAmount(line=number, shown=str(one.amount)[:20], remedy=gettext("Skriv beløbet som 1.234,50."))
    exact = one.amount.quantize(Decimal("0.01"))
    if exact != one.amount:
        raise WrongAmount(line=number, shown=str(one.amount)[:20], remedy=gettext("Skriv højst to decimaler."))
    if one.period not in AmountPeriod.values:
        known = gettext("Vælg en af: {known}.").format(known=", ".join(AmountPeriod.values))
        raise WrongAmount(line=number, shown=line(one.period, 20), remedy=known)
    return {"label": label, "amount": f"{exact:.2f}", "period": one.period}


def _check_days(text: DecisionText, at: datetime) -> None:
    today = clock.local(at).date()
    if text.appeal_by is not None and text.appeal_by <= today:
        _wrong_day(gettext("Klagefristen"), text.appeal_by, gettext("Vælg en dag efter i dag."), "appeal_by")
    if text.appeal_by is not None and (text.appeal_by - today).days > _FARTHEST:
        _wrong_day(gettext("Klagefristen"), text.appeal_by, gettext("Vælg en dag inden for 20 år."), "appeal_by")
    if text.appeal_weeks is not None and not 1 <= text.appeal_weeks <= _MOST_WEEKS:
        remedy = gettext("Skriv mellem 1 og {most} uger.").format(most=_MOST_WEEKS)
        raise DayWrong(what=gettext("Klagefristen"), day=text.appeal_weeks, remedy=remedy, field="appeal_weeks")
    if text.valid_from is not None and abs((text.valid_from - today).days) > _FARTHEST:
        remedy = gettext("Vælg en dag inden for 20 år.")
        _wrong_day(gettext("Dagen, afgørelsen gælder fra,"), text.valid_from, remedy, "valid_from")


def _wrong_day(what: str, day: date, remedy: str, field: str) -> None:
    raise DayWrong(what=what, day=f"{day:%d.%m.%Y}", remedy=remedy, field=field)
