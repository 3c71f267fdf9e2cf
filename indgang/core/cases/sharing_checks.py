"""What opinions, forwarding and notices have in common: words, days, rows locked with their case."""

from datetime import date, datetime
from typing import TypeVar
from uuid import UUID

from django.db.models import Model
from django.utils.translation import gettext

from indgang.core.cases.deadlines import end_deadlines
from indgang.core.cases.decision_errors import DayWrong
from indgang.core.cases.models import Case, Forwarding, Opinion
from indgang.core.cases.sharing_errors import CprInWords, SharedGone, SharedStale, WhatMissing
from indgang.core.cases.sharing_values import ForwardState
from indgang.core.cases.values import DeadlineKind, Waiting
from indgang.core.cases.waits import begin_wait, end_wait, is_waiting, waits_until
from indgang.core.cases.working_days import end_of
from indgang.core.cases.writing import holds_cpr, line, locked
from indgang.foundation.access.values import Viewer
from indgang.foundation.runtime import clock

FOLLOWED = (ForwardState.RECEIVED, ForwardState.SENT, ForwardState.ACCEPTED)
_LONGEST_WAIT = 366  # days
Row = TypeVar("Row", bound=Model)


def end_of_day(day: date, what: str, field: str, at: datetime) -> datetime:
    """The end of a day that lies ahead, at most a year. Raises DayWrong."""
    today = clock.local(at).date()
    if day <= today or (day - today).days > _LONGEST_WAIT:
        remedy = gettext("Vælg en dag efter i dag, højst et år ude i fremtiden.")
        raise DayWrong(what=what, day=f"{day:%d.%m.%Y}", remedy=remedy, field=field)
    return end_of(day)


def plain_line(text: str, longest: int, *, done: str, where: str, field: str = "what") -> str:
    """A line that may be read by anybody: there, and without anything like a CPR number. WhatMissing, CprInWords."""
    found = line(text, longest)
    if not found:
        raise WhatMissing(done=done, field=field)
    if holds_cpr(found):
        raise CprInWords(where=where, field=field)
    return found


def both(
    kind: type[Row],
    row_id: UUID,
    what: str,
    *,
    viewer: Viewer,
    at: datetime,
    version: int | None = None,
    working: bool = True,
) -> tuple[Case, Row]:
    """The case of a row, locked, then the row, locked: always in this order. Raises SharedGone, SharedStale."""
    found = kind._default_manager.filter(pk=row_id).values_list("case_id", flat=True).first()
    if found is None:
        raise SharedGone(what=what)
    case = locked(found, viewer=viewer, at=at, working=working, ended=True)
    row = kind._default_manager.select_for_update(of=("self",)).get(pk=row_id)
    if version is not None and version != getattr(row, "version", version):
        raise SharedStale(what=what)
    return case, row


def wait_for(case: Case, waiting: Waiting, until: datetime) -> None:
    """The locked case waits for this one, too; of several of a kind until the last."""
    begin_wait(case, waiting, max(until, waits_until(case, waiting) or until))


def answered(
    case: Case, kind: DeadlineKind, subject: UUID, *, cancel: bool = False, viewer: Viewer, at: datetime
) -> None:
    """What was waited for has come or will not: its deadline ends, and the wait with the last one."""
    end_deadlines(case, kind, subject_id=subject, cancel=cancel, viewer=viewer, at=at)
    wanted = Waiting.OPINION if kind == DeadlineKind.OPINION else Waiting.AUTHORITY
    left = _longest(case, wanted, at)
    if left is None:
        end_wait(case, wanted, viewer=viewer, at=at)
    elif is_waiting(case, wanted):
        begin_wait(case, wanted, left)


def _longest(case: Case, waiting: Waiting, at: datetime) -> datetime | None:
    if waiting == Waiting.OPINION:
        opinions = Opinion.objects.filter(case=case, answered_at=None, withdrawn_at=None, answer_by__gt=at)
        return opinions.order_by("-answer_by").values_list("answer_by", flat=True).first()
    sent = Forwarding.objects.filter(case=case, state__in=FOLLOWED[1:], expected_by__gt=at)
    return sent.order_by("-expected_by").values_list("expected_by", flat=True).first()
