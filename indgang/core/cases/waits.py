"""What a case waits for. It may be several at once: what matters most is shown first, and none is lost by another."""

from datetime import datetime

from django.utils.translation import gettext

from indgang.core.cases.case_values import WaitCard
from indgang.core.cases.models import Case, CaseWait
from indgang.core.cases.values import Waiting
from indgang.core.cases.writing import changed
from indgang.foundation.access.values import Viewer

# a party's right to answer first, then what the citizen must do, then those outside, then colleagues
ORDER = (Waiting.HEARING, Waiting.CITIZEN, Waiting.AUTHORITY, Waiting.OPINION)
FIELDS = ("waiting", "waiting_until")


def begin_wait(case: Case, kind: str, until: datetime | None) -> None:
    """The locked case waits for this one, too, until that day; the same kind again waits until the new day."""
    _adopt(case)
    CaseWait.objects.update_or_create(case=case, kind=kind, defaults={"until": until})
    _show(case)
    case.save(update_fields=FIELDS)


def waits_until(case: Case, kind: str) -> datetime | None:
    """Until when the case waits for this kind; None: it does not, or until they answer."""
    return next((row.until for row in _rows(case) if row.kind == kind), None)


def is_waiting(case: Case, kind: str) -> bool:
    """Whether this is among what the case waits for."""
    return any(row.kind == kind for row in _rows(case))


def end_wait(case: Case, *kinds: str, viewer: Viewer, at: datetime) -> None:
    """The locked case waits for these no more; it is work again when it waits for nobody else. Again: nothing."""
    _adopt(case)
    ended = CaseWait.objects.filter(case=case, kind__in=kinds)
    over = [row.kind for row in sorted(ended, key=_weight)]
    if not over:
        return
    ended.delete()
    _show(case)
    verb = "case.wait_over" if case.waiting else "case.waiting_ended"
    changed(case, verb, viewer=viewer, at=at, fields=FIELDS, waiting=over[0])


def end_waits(case: Case, *, viewer: Viewer, at: datetime) -> None:
    """The locked case waits for nobody any more. Again changes nothing."""
    end_wait(case, *Waiting.values, viewer=viewer, at=at)


def forget_waits(case: Case) -> tuple[str, ...]:
    """The same where something greater happens to the case; the fields the caller saves."""
    CaseWait.objects.filter(case=case).delete()
    case.waiting, case.waiting_until = "", None
    return FIELDS


def run_out(case: Case, at: datetime) -> list[str]:
    """The kinds whose time is over."""
    return [row.kind for row in _rows(case) if row.until is not None and row.until <= at]


def wait_cards(case: Case) -> tuple[WaitCard, ...]:
    """All the case waits for, what matters most first; one that waits for nobody is not asked."""
    if not case.waiting:
        return ()
    return tuple(WaitCard(row.kind, gettext(Waiting(row.kind).label), row.until) for row in _rows(case))


def _rows(case: Case) -> list[CaseWait]:
    found = _kept(case)
    if found or not case.waiting:
        return found
    return [CaseWait(case=case, kind=case.waiting, until=case.waiting_until)]  # written before there were several


def _adopt(case: Case) -> None:
    """What stands on the case alone gets its row, before anything is put beside it."""
    for row in _rows(case):
        if row._state.adding:
            row.save(force_insert=True)


def _show(case: Case) -> None:
    """The case shows what matters most, and wakes with the first of them that runs out."""
    rows = _kept(case)
    days = [row.until for row in rows if row.until is not None]
    case.waiting = rows[0].kind if rows else ""
    case.waiting_until = min(days, default=None)


def _kept(case: Case) -> list[CaseWait]:
    return sorted(CaseWait.objects.filter(case=case), key=_weight)


def _weight(row: CaseWait) -> int:
    return ORDER.index(Waiting(row.kind))
