"""Facts given to others and obtained from others: what, whom, on which ground. The right is the task owner's."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext

from indgang.core.cases.models import Case, Disclosure
from indgang.core.cases.parts import rows_of
from indgang.core.cases.sharing_checks import plain_line
from indgang.core.cases.sharing_errors import AuthorityMissing, LegalGroundMissing, NotApplied
from indgang.core.cases.sharing_values import DisclosureRow, Way
from indgang.core.cases.values import EntryKind, RaisedBy
from indgang.core.cases.writing import changed, clean, enter, line, locked
from indgang.core.organisation import selectors as organisation
from indgang.foundation.access import services as access
from indgang.foundation.access.values import Viewer
from indgang.foundation.runtime.services import uuid7

_LONGEST = 20_000


@transaction.atomic
def give_facts(
    *,
    case_id: UUID,
    other: str,
    facts: Sequence[str],
    ground: str,
    consent: bool = False,
    viewer: Viewer,
    at: datetime,
    version: int | None = None,
) -> Disclosure:
    """Note which facts of the case somebody was given, and on which ground; the citizen may see it.

    Who works on the case gives what the owner of its task could. Raises AuthorityMissing, WhatMissing, CprInWords,
    LegalGroundMissing, NotYourCase, StaleCase.
    """
    case = locked(case_id, viewer=viewer, at=at, version=version, ended=True)
    named = [line(fact, 80) for fact in facts if line(fact, 80)]
    said = ", ".join(named)
    return put_given(case, other, said, named, ground, consent=consent, viewer=viewer, at=at)


def put_given(
    case: Case,
    other: str,
    what: str,
    facts: Sequence[str],
    ground: str,
    *,
    consent: bool,
    viewer: Viewer,
    at: datetime,
) -> Disclosure:
    """The same on a case that is locked already."""
    row = _row(case, Way.GIVEN, other, what, ground, consent, viewer, at)
    enter(case, EntryKind.DISCLOSED, f"Videregivet til {row.other}", body=_told(row), subject_id=row.id, viewer=viewer,
          at=at)  # fmt: skip
    if case.person_id is not None and (viewer.is_staff or viewer.is_process):
        access.disclose(
            citizen=case.person_id, task=case.task_id, receiver=row.other, ground=row.ground, fields=facts,
            viewer=viewer, at=at,
        )  # fmt: skip
    changed(case, "case.facts_given", viewer=viewer, at=at, disclosure=str(row.id), facts=len(facts), consent=consent)
    return row


@transaction.atomic
def obtain_facts(
    *,
    case_id: UUID,
    other: str,
    what: str,
    ground: str,
    found: str = "",
    consent: bool = False,
    viewer: Viewer,
    at: datetime,
    version: int | None = None,
) -> Disclosure:
    """Note what was obtained from somebody, and what they said; only where the citizen has applied.

    A connected register is asked by `obtain_from_register`. Raises NotApplied, AuthorityMissing, WhatMissing,
    CprInWords, LegalGroundMissing, NotYourCase, StaleCase.
    """
    case = locked(case_id, viewer=viewer, at=at, version=version)
    check_applied(case.raised_by)
    return put_obtained(case, other, what, ground, found=found, consent=consent, viewer=viewer, at=at)


def put_obtained(
    case: Case,
    other: str,
    what: str,
    ground: str,
    *,
    found: str,
    register: str = "",
    consent: bool,
    viewer: Viewer,
    at: datetime,
) -> Disclosure:
    """The same on a case that is locked already; the facts themselves stand in the journal."""
    row = _row(case, Way.OBTAINED, other, what, ground, consent, viewer, at, register)
    body = "\n\n".join(part for part in (_told(row), clean(found).strip()[:_LONGEST]) if part)
    enter(case, EntryKind.OBTAINED, f"Indhentet fra {row.other}", body=body, subject_id=row.id, viewer=viewer, at=at)
    changed(case, "case.facts_obtained", viewer=viewer, at=at, disclosure=str(row.id), register=register,
            consent=consent)  # fmt: skip
    return row


def check_applied(raised_by: str) -> None:
    """Facts may be obtained elsewhere only in a case the citizen has applied for. Raises NotApplied."""
    if raised_by != RaisedBy.APPLICATION:
        raise NotApplied(raised_by=gettext(RaisedBy(raised_by).label).lower())


def disclosure_rows(case: Case) -> tuple[DisclosureRow, ...]:
    """What went out and came in on a case the viewer has opened, newest first."""
    rows = rows_of(case.id, Disclosure, lambda: Disclosure.objects.filter(case=case).order_by("-at", "-id"))
    names = organisation.names({row.employee for row in rows if row.employee is not None})
    return tuple(
        DisclosureRow(
            id=row.id,
            direction=row.direction,
            direction_name=gettext(Way(row.direction).label),
            other=row.other,
            register=row.register,
            what=row.what,
            ground=row.ground,
            consent=row.consent,
            at=row.at,
            employee_name=names.get(row.employee or 0, ""),
        )
        for row in rows
    )


def _row(
    case: Case,
    way: Way,
    other: str,
    what: str,
    ground: str,
    consent: bool,
    viewer: Viewer,
    at: datetime,
    register: str = "",
) -> Disclosure:
    if not line(other, 160):
        raise AuthorityMissing(field="other")
    done = gettext("videregivet") if way == Way.GIVEN else gettext("indhentet")
    shown = gettext("en oversigt, borgeren får")
    why = line(ground, 300)
    if not why and not consent:
        raise LegalGroundMissing
    return Disclosure.objects.create(
        id=uuid7(at),
        case=case,
        direction=way,
        other=plain_line(other, 160, done="", where=shown, field="other"),
        register=register,
        what=plain_line(what, 300, done=done, where=shown),
        ground=why or "Samtykke fra borgeren",
        consent=consent,
        at=at,
        employee=viewer.actor.employee if viewer.actor else None,
    )


def _told(row: Disclosure) -> str:
    consent = " Borgeren har givet samtykke." if row.consent else ""
    return f"{row.what}. Grundlag: {row.ground}.{consent}"
