"""What every service of a case does: lock it, check the viewer and the version, write, record, tell the browsers."""

import re
from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext

from indgang.core.cases.errors import CaseClosed, CprInTitle, NotYourCase, StaleCase, TitleMissing, UnknownValue
from indgang.core.cases.models import Case, JournalEntry
from indgang.core.cases.reading import rows_read
from indgang.core.cases.rights import may_work_on, sees
from indgang.core.cases.values import EntryKind, Progress
from indgang.core.organisation import selectors as organisation
from indgang.foundation.access.errors import NotFound
from indgang.foundation.access.values import Viewer
from indgang.foundation.journal import selectors as events
from indgang.foundation.journal import services as journal
from indgang.foundation.runtime.services import uuid7
from indgang.foundation.web import services as web

_CPR = re.compile(r"(?<!\d)\d{6}[\s-]?\d{4}(?!\d)")
_VERBS = {
    "case.changed": "{who} har rettet sagen",
    "case.party_added": "{who} har tilføjet en part",
    "case.party_ended": "{who} har afsluttet en part",
    "case.party_replaced": "{who} har skiftet den primære part",
    "case.handler_set": "{who} har skiftet sagsbehandler",
    "case.progressed": "{who} har ændret sagens fremdrift",
    "case.reopened": "{who} har genåbnet sagen",
    "case.handed_over": "{who} har overdraget sagen",
    "case.waiting": "{who} har sat sagen til at vente",
    "case.waiting_ended": "{who} har taget sagen op igen",
    "case.wait_over": "{who} har noteret, at der ikke ventes på alle mere",
    "case.deadline_moved": "{who} har flyttet en frist",
    "case.deadline_set": "{who} har sat en frist",
    "case.decided": "{who} har truffet afgørelse",
    "case.course_joined": "{who} har knyttet sagen til et forløb",
}


def locked(
    case_id: UUID,
    *,
    viewer: Viewer,
    at: datetime,
    version: int | None = None,
    working: bool = True,
    ended: bool = False,
) -> Case:
    """The case, locked for this transaction, for a viewer who may see it and (`working`) change it.

    Missing and forbidden alike: NotFound. Raises StaleCase when somebody changed it since that version was shown,
    NotYourCase, and CaseClosed unless `ended` cases are meant too.
    """
    case = _row_locked(case_id)
    if case is None or not sees(viewer, case, at):
        raise NotFound
    if working and not may_work_on(viewer, case, at):
        raise NotYourCase
    check_version(case, version)
    if case.progress == Progress.CLOSED and not ended:
        raise CaseClosed
    return case


def locked_by_process(case_id: UUID) -> Case:
    """The same for receivers of events and jobs, whose right was asked where the event was made."""
    case = _row_locked(case_id)
    if case is None:
        raise NotFound
    return case


def _row_locked(case_id: UUID) -> Case | None:
    found = rows_read(Case, "SELECT * FROM cases_case WHERE id = %s FOR UPDATE", [case_id])
    return found[0] if found else None


def check_version(case: Case, version: int | None) -> None:
    """Raise StaleCase when somebody has changed the case since that version was shown."""
    if version is not None and version != case.version:
        raise StaleCase(what=what_changed(case.id, version))


def what_changed(case_id: UUID, version: int) -> str:
    """What happened after a version, in words: "Ylva Ydelse har overdraget sagen"."""
    later = [line for line in events.events_of_subject(f"cases.case:{case_id}") if _is_later(line.data, version)]
    numbers = {line.actor: employee_of(line.actor) for line in later}
    names = organisation.names(number for number in numbers.values() if number is not None)
    said = dict.fromkeys(
        gettext(_VERBS[line.verb]).format(who=names.get(numbers[line.actor] or 0) or gettext("systemet"))
        for line in later
        if line.verb in _VERBS
    )
    return ", ".join(said) or gettext("en anden har arbejdet på den")


def changed(case: Case, verb: str, *, viewer: Viewer, at: datetime, fields: Iterable[str] = (), **data: object) -> None:
    """Save these fields with the next version, record the event and tell whoever looks at the case."""
    case.version += 1
    case.save(update_fields=[*fields, "version"])
    noted(case, verb, viewer=viewer, at=at, **data)


def noted(case: Case, verb: str, *, viewer: Viewer, at: datetime, **data: object) -> None:
    """Record an event of a case; its data names the version it led to."""
    journal.record(
        verb,
        at=at,
        viewer_name=viewer.name,
        subject=case,
        citizen=case.person_id,
        contact=case.contact,
        case=case.id,
        data={"version": case.version, **data},
    )
    web.publish(f"case:{case.id}", "changed", str(case.id))


def enter(
    case: Case,
    kind: EntryKind,
    theme: str,
    *,
    viewer: Viewer,
    at: datetime,
    body: str = "",
    channel: str = "",
    contact: UUID | None = None,
    document: UUID | None = None,
    subject_id: UUID | None = None,
    oral_facts: bool = False,
    internal: bool = False,
    internal_ground: str = "",
) -> JournalEntry:
    """A line in the journal of the case: its date and a short theme always (offentlighedsloven § 15)."""
    return JournalEntry.objects.create(
        id=uuid7(at),
        case=case,
        at=at,
        kind=kind,
        theme=line(theme, 160),
        body=clean(body).strip(),
        oral_facts=oral_facts,
        channel=channel,
        contact=contact,
        document=document,
        subject_id=subject_id,
        employee=viewer.actor.employee if viewer.actor else None,
        author=viewer.name,
        internal=internal,
        internal_ground=line(internal_ground, 200),
    )


def clean(text: str) -> str:
    """Text the database can hold: no NUL, no half characters, one kind of line end."""
    whole = text.encode("utf-8", "replace").decode("utf-8")
    return whole.replace("\x00", "").replace("\r\n", "\n").replace("\r", "\n")


def line(text: str, longest: int) -> str:
    """One line of at most so many characters."""
    return " ".join(clean(text).split())[:longest]


def checked_title(text: str, longest: int = 255) -> str:
    """A title without a CPR number in it. Raises CprInTitle, TitleMissing."""
    title = line(text, longest)
    if not title:
        raise TitleMissing
    if holds_cpr(title):
        raise CprInTitle
    return title


def holds_cpr(text: str) -> bool:
    """Whether something in the text is written like a CPR number."""
    return _CPR.search(text) is not None


def cpr_numbers(text: str) -> list[str]:
    """Everything in the text that is written like a CPR number."""
    return _CPR.findall(text)


def chosen(value: str, known: type, field: str) -> str:
    """A value of an enumeration. Raises UnknownValue."""
    values: list[str] = known.values  # type: ignore[attr-defined]
    if value not in values:
        raise UnknownValue(field=field, value=line(value, 40) or "-", known=", ".join(values))
    return value


def employee_of(actor: str) -> int | None:
    """The employee behind a journal's actor."""
    kind, _, key = actor.partition(":")
    return int(key) if kind == "employee" and key.isdigit() else None


def _is_later(data: dict[str, object], version: int) -> bool:
    since = data.get("version")
    return isinstance(since, int) and since > version
