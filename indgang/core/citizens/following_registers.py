"""Persons follow the registers: what CPR says has happened is true here too, and whoever must react hears it.

Each change is dealt with in a transaction of its own that also moves the position: killed anywhere, it is done once.
The register is asked before the transaction, after the look is in the access log.
"""

from datetime import date, datetime
from uuid import UUID

from django.db import DataError, IntegrityError, transaction

from indgang.core.citizens import from_cpr
from indgang.core.citizens.models import Person
from indgang.foundation.access.errors import NotFound
from indgang.foundation.access.values import Viewer, system
from indgang.foundation.journal import services as journal
from indgang.foundation.registers import services as registers
from indgang.foundation.registers.errors import RegisterAway
from indgang.foundation.registers.values import Change, ChangeKind, CprPerson, Subject
from indgang.foundation.runtime import clock
from indgang.foundation.runtime.services import uuid7

CPR, INCOME = "cpr", "income"
FOLLOWER = system("registers")


def follow_cpr(at: datetime) -> int:
    """Deal with what CPR has told since the last time; how many changes. Stops where CPR does not answer."""
    return _follow(CPR, at)


def follow_income(at: datetime) -> int:
    """Tell whoever must react that somebody's income has changed; how many changes. The amounts stay where they are."""
    return _follow(INCOME, at)


def _follow(source: str, at: datetime) -> int:
    done = 0
    try:
        for change in registers.changes(source):
            done += _deal(source, change, at)
    except RegisterAway:
        pass  # seen by operations; the next run begins where this one stopped
    except (DataError, IntegrityError):
        registers.note_stuck(source)
        raise
    return done


def _deal(source: str, change: Change, at: datetime) -> bool:
    """Whether the change was dealt with here, and not by somebody else before."""
    known = Person.objects.filter(cpr=change.cpr, provisional=False).first()
    found = child = None
    if known is not None and source == CPR:
        try:
            found = _asked(known.id, change.cpr, change, at)
            child = _child(change, at)
        except NotFound:
            return False
    with transaction.atomic():
        if not registers.mark_followed(source, change.number):
            return False
        if known is not None:
            _apply(source, change, known.id, found, child, at)
    return True


def _asked(person: UUID, cpr: str, change: Change, at: datetime) -> CprPerson | None:
    return registers.look_up(Subject(person, cpr), change, FOLLOWER, at)


def _child(change: Change, at: datetime) -> tuple[UUID, CprPerson] | None:
    """The child that was born, with the id it has here or will have."""
    if change.kind != ChangeKind.CHILD_BORN or not change.other:
        return None
    known = Person.objects.filter(cpr=change.other).values_list("id", flat=True).first() or uuid7(at)
    found = _asked(known, change.other, change, at)
    return (known, found) if found is not None else None


def _apply(
    source: str,
    change: Change,
    person: UUID,
    found: CprPerson | None,
    child: tuple[UUID, CprPerson] | None,
    at: datetime,
) -> None:
    row = Person.objects.select_for_update(of=("self",)).get(id=person)
    facts: dict[str, object] = {"register": source, "kind": change.kind, "change": change.number}
    journal.record(
        "register.changed", at=at, viewer_name=FOLLOWER.name, subject=row, citizen=row.id, data=facts
    )  # fmt: skip
    for verb in from_cpr.update(row, found, _today(at)) if found is not None else ():
        _told(verb, row, FOLLOWER, change, at)
    if child is not None and from_cpr.register_child(row, *child):
        _told("citizen.child_born", row, FOLLOWER, change, at, child=str(child[0]))


def _told(verb: str, row: Person, viewer: Viewer, change: Change, at: datetime, **facts: object) -> None:
    data: dict[str, object] = {"change": change.number, **facts}
    journal.record(verb, at=at, viewer_name=viewer.name, subject=row, citizen=row.id, data=data)


def _today(at: datetime) -> date:
    return clock.local(at).date()
