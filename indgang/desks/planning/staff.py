"""Who can be given shifts, with whose hours; what a leader keeps of their people, and people wish for themselves."""

import csv
import io
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import transaction

from indgang.core.organisation import selectors as organisation
from indgang.core.organisation.values import EmployeeCard
from indgang.desks.planning.models import StaffTerms
from indgang.desks.planning.staff_errors import HoursMissing, NobodyLed, TermsMoved
from indgang.foundation.access.errors import NotFound
from indgang.foundation.access.values import Role, Viewer
from indgang.foundation.journal import services as journal
from indgang.foundation.runtime import clock

KEPT_DAYS = timedelta(days=90)  # days gone by are forgotten when a row is kept again
_NAMED = 5
COLUMNS = ("id", "name", "hours", "least_hours", "competences", "absent", "wishes_free", "earliest", "latest")


@dataclass(frozen=True)
class Terms:
    """Hours of a week and days, of one employee."""

    hours: float | None = None
    least_hours: float = 0.0
    earliest: int = 0  # minutes after midnight
    latest: int = 24 * 60
    absent: tuple[date, ...] = ()
    wishes: tuple[date, ...] = ()
    version: int = 0  # 0: nothing is kept yet


@dataclass(frozen=True)
class StaffRow:
    """An employee who takes inquiries, with what a roster must know."""

    card: EmployeeCard
    name: str  # as the roster names them: no two alike
    competences: tuple[str, ...]
    terms: Terms


def staff(viewer: Viewer, at: datetime) -> list[StaffRow]:
    """Those who take inquiries in the units the viewer leads; nobody for who leads none."""
    led = viewer.actor.units if viewer.actor and viewer.has_role(Role.MANAGER) else frozenset()
    cards = [card for card in organisation.employees(at=at) if card.unit_id in led]
    known = {one.employee: sorted(one.competences) for one in organisation.agent_facts([c.id for c in cards], at)}
    cards = [card for card in cards if known.get(card.id)]
    kept = {row.pk: row for row in StaffTerms.objects.filter(pk__in=[card.id for card in cards])}
    names = unlike([card.name for card in cards])
    return [
        StaffRow(card, name, tuple(known[card.id]), _terms(kept.get(card.id)))
        for card, name in zip(cards, names, strict=True)
    ]


def staff_member(viewer: Viewer, employee_id: int, at: datetime) -> StaffRow:
    """One of them. Raises NotFound."""
    found = next((row for row in staff(viewer, at) if row.card.id == employee_id), None)
    if found is None:
        raise NotFound
    return found


def terms_of(employee_id: int) -> Terms:
    """What is kept of one employee."""
    return _terms(StaffTerms.objects.filter(pk=employee_id).first())


def as_csv(rows: Sequence[StaffRow]) -> str:
    """Those with hours as a roster takes them. Raises NobodyLed, and HoursMissing with the first names."""
    if not rows:
        raise NobodyLed
    missing = [row.name for row in rows if row.terms.hours is None]
    if missing:
        names = ", ".join(missing[:_NAMED]) + (" …" if len(missing) > _NAMED else "")
        raise HoursMissing(count=len(missing), names=names)
    file = io.StringIO()
    writer = csv.writer(file)
    writer.writerow(COLUMNS)
    writer.writerows(_line(row) for row in rows if row.terms.hours)
    return file.getvalue()


@transaction.atomic
def keep_terms(*, employee_id: int, terms: Terms, viewer: Viewer, at: datetime) -> None:
    """Keep what a leader says of somebody they lead. Raises NotFound, and TermsMoved when another changed it."""
    card = staff_member(viewer, employee_id, at).card
    row = StaffTerms.objects.select_for_update().filter(pk=employee_id).first()
    if (row.version if row else 0) != terms.version:
        raise TermsMoved(name=card.name)
    _keep(employee_id, terms, viewer, at)
    _record("plan.staff_kept", employee_id, viewer, at, version=terms.version + 1)


@transaction.atomic
def keep_hours_of_all(*, hours: float, viewer: Viewer, at: datetime) -> int:
    """The same hours for everybody one leads of whom nothing was said; how many that were."""
    without = [row for row in staff(viewer, at) if row.terms.hours is None]
    for row in without:
        _keep(row.card.id, Terms(hours, wishes=row.terms.wishes, version=row.terms.version), viewer, at)
        _record("plan.staff_kept", row.card.id, viewer, at, version=row.terms.version + 1)
    return len(without)


@transaction.atomic
def wish_days(*, days: Iterable[date], viewer: Viewer, at: datetime) -> None:
    """The days an employee wishes to be free, in the place of those wished before; their leader sees them."""
    if viewer.actor is None:
        raise NotFound
    mine = viewer.actor.employee
    row = StaffTerms.objects.select_for_update().filter(pk=mine).first()
    had = _terms(row)
    terms = Terms(
        had.hours, had.least_hours, had.earliest, had.latest, had.absent, tuple(sorted(set(days))), had.version
    )
    _keep(mine, terms, viewer, at)
    _record("plan.wishes_kept", mine, viewer, at, days=len(terms.wishes))


def unlike(names: Sequence[str]) -> list[str]:
    """Two of one name are told apart by a number."""
    seen: Counter[str] = Counter()
    found = []
    for name in names:
        seen[name] += 1
        found.append(name if seen[name] == 1 else f"{name} ({seen[name]})")
    return found


def days_in_words(days: Sequence[date]) -> str:
    """As they are typed: single days, and periods from three days on."""
    parts: list[list[date]] = []
    for day in sorted(days):
        if parts and day - parts[-1][-1] == timedelta(days=1):
            parts[-1].append(day)
        else:
            parts.append([day])
    return " ".join(
        f"{part[0]}..{part[-1]}" if len(part) > 2 else " ".join(day.isoformat() for day in part) for part in parts
    )


def _keep(employee_id: int, terms: Terms, viewer: Viewer, at: datetime) -> None:
    from_day = clock.local(at).date() - KEPT_DAYS
    facts = {
        "hours": terms.hours,
        "least_hours": terms.least_hours,
        "earliest": terms.earliest,
        "latest": terms.latest,
        "absent": sorted(day for day in terms.absent if day >= from_day),
        "wishes": sorted(day for day in terms.wishes if day >= from_day),
        "version": terms.version + 1,
        "kept_at": at,
        "kept_by": viewer.name,
    }
    StaffTerms.objects.update_or_create(pk=employee_id, defaults=facts)


def _terms(row: StaffTerms | None) -> Terms:
    if row is None:
        return Terms()
    days = (tuple(row.absent), tuple(row.wishes))
    return Terms(row.hours, row.least_hours, row.earliest, row.latest, *days, row.version)


def _line(row: StaffRow) -> list[object]:
    terms = row.terms
    days = (days_in_words(terms.absent), days_in_words(terms.wishes))
    hours = (terms.hours, terms.least_hours)
    return [
        row.card.id,
        row.name,
        *hours,
        " ".join(row.competences),
        *days,
        _clock(terms.earliest),
        _clock(terms.latest),
    ]


def _clock(minutes: int) -> str:
    return f"{minutes // 60:02d}:{minutes % 60:02d}"


def _record(verb: str, employee_id: int, viewer: Viewer, at: datetime, **facts: object) -> None:
    subject = f"organisation.employee:{employee_id}"
    journal.record(verb, at=at, viewer_name=viewer.name, subject=subject, data={"employee": employee_id, **facts})
