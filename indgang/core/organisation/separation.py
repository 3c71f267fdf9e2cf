"""Job centre and benefit office exclude each other by law (the employment effort's act on responsibility, 2005).

They have separate people, separate leadership and separate rooms. The rule is the dated switch "separation": while it
is on, changes that break it are refused, and a competence with which one person would decide on both sides does not
count.
"""

from collections.abc import Iterable
from datetime import date, datetime

from django.db.models import Q
from django.utils.translation import gettext

from indgang.core.organisation import errors
from indgang.core.organisation.models import Competence, Counter, Employee
from indgang.core.organisation.values import Conflict, Side
from indgang.foundation.access import selectors as access
from indgang.foundation.access.values import SwitchCode

SIDES = frozenset(Side.values)
DECIDES = 2  # from this level one decides; informing about both sides is everybody's work


def holds(at: datetime) -> bool:
    """Whether the two are kept apart at that moment."""
    return access.switch_is_on(SwitchCode.SEPARATION, at)


def sides(roles: Iterable[str], unit_kind: str) -> frozenset[str]:
    """The sides a person stands on by role and place of work."""
    return SIDES.intersection([*roles, unit_kind])


def side_of(row: Employee) -> frozenset[str]:
    """The sides this employee stands on; account and unit are read already."""
    return sides(row.account.roles, row.unit.kind)


def check_person(row: Employee, at: datetime) -> None:
    """Refuse a person on both sides, and a leader of one side leading the other."""
    if not holds(at):
        return
    own = side_of(row)
    if own >= SIDES:
        raise errors.Separated
    if own and row.manager is not None and (own | _led(row.manager, row.pk or 0)) >= SIDES:
        raise errors.SeparateLeadership
    if row.pk and own and (own | _led(row, row.pk)) >= SIDES:
        raise errors.SeparateLeadership


def check_substitute(row: Employee, other: Employee, at: datetime) -> None:
    """Refuse a substitute from the other side: who stands in reads and takes over all that is with the absent."""
    if side_of(row) | side_of(other) >= SIDES and holds(at):
        raise errors.SeparateSubstitute


def check_competence(
    row: Employee, side: str, level: int, valid_from: date, valid_to: date | None, at: datetime
) -> None:
    """Refuse a competence to decide on one side to whom works or decides on the other."""
    if not side or level < DECIDES or not holds(at):
        return
    known = Competence.objects.filter(Q(valid_to=None) | Q(valid_to__gte=valid_from), employee=row, level__gte=DECIDES)
    if valid_to is not None:
        known = known.filter(valid_from__lte=valid_to)
    if side_of(row) | {side, *known.exclude(group__side="").values_list("group__side", flat=True)} >= SIDES:
        raise errors.Separated


def check_counter(row: Counter, at: datetime) -> None:
    """Refuse a room in which both would serve; the same building is allowed."""
    if row.unit.kind not in SIDES or not holds(at):
        return
    for other in _neighbours(row):
        if {row.unit.kind, other.unit.kind} >= SIDES:
            raise errors.SharedCounter(unit=other.unit.name, premises=other.premises)


def conflicts(at: datetime, day: date) -> list[Conflict]:
    """Everything that breaks the separation on that day, also while the rule is off."""
    rows = Employee.objects.select_related("unit", "account", "manager__unit", "manager__account")
    people = list(rows.filter(Q(valid_to=None) | Q(valid_to__gte=day)).order_by("sort_key", "pk"))
    deciding: dict[int, set[str]] = {}
    known = Competence.objects.filter(Q(valid_to=None) | Q(valid_to__gte=day), valid_from__lte=day, level__gte=DECIDES)
    for employee, side in known.exclude(group__side="").values_list("employee_id", "group__side"):
        deciding.setdefault(employee, set()).add(side)
    found = [one for row in people for one in _of_person(row, deciding.get(row.pk, set()))]
    return found + _of_counters(day)


def _of_person(row: Employee, deciding: set[str]) -> Iterable[Conflict]:
    own = side_of(row)
    if frozenset(row.account.roles) >= SIDES:
        yield Conflict("roles", row.pk, row.name, gettext("Har rollen i både jobcentret og ydelseskontoret."))
    elif own >= SIDES:
        yield Conflict("unit", row.pk, row.name, gettext("Har rollen på den ene side og arbejder på den anden."))
    elif own | deciding >= SIDES:
        yield Conflict("competence", row.pk, row.name, gettext("Kan afgøre på begge sider."))
    if row.manager is not None and own and own | side_of(row.manager) >= SIDES and not own >= SIDES:
        yield Conflict("manager", row.pk, row.name, gettext("Har en leder fra den anden side."))


def _of_counters(day: date) -> list[Conflict]:
    rows = Counter.objects.select_related("unit").filter(Q(valid_to=None) | Q(valid_to__gte=day), valid_from__lte=day)
    rooms: dict[str, list[Counter]] = {}
    for row in rows.filter(unit__kind__in=SIDES).order_by("premises", "pk"):
        rooms.setdefault(row.premises.casefold(), []).append(row)
    return [
        Conflict("counter", None, held[0].premises, gettext("Både jobcenter og ydelseskontor har skranke i lokalet."))
        for held in rooms.values()
        if {row.unit.kind for row in held} >= SIDES
    ]


def _led(leader: Employee, but: int) -> frozenset[str]:
    """The sides a leader stands on, by themselves and by the people they lead."""
    found = set(side_of(leader))
    people = Employee.objects.filter(manager=leader.pk, left_at=None).exclude(pk=but)
    for roles, kind in people.values_list("account__roles", "unit__kind"):
        found |= sides(roles, kind)
    return frozenset(found)


def _neighbours(row: Counter) -> Iterable[Counter]:
    others = Counter.objects.select_related("unit").filter(Q(valid_to=None) | Q(valid_to__gte=row.valid_from))
    others = others.filter(Q(premises__iexact=row.premises) | Q(code=row.code)).exclude(pk=row.pk)
    return others.filter(valid_from__lte=row.valid_to) if row.valid_to is not None else others
