"""Advis: what happens in a register or one case is work on the open cases it concerns, by a day, once for each event.

Most citizens have no open case: then an event costs one question of an index.
"""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.translation import get_language, gettext

from indgang.core.cases.deadlines import working_days_after
from indgang.core.cases.models import (
    Case,
    CaseRelation,
    CaseSetting,
    JournalEntry,
    Notice,
    NoticeRule,
    PendingNotice,
    Step,
)
from indgang.core.cases.parts import rows_of
from indgang.core.cases.rights import visible
from indgang.core.cases.sharing_checks import both
from indgang.core.cases.sharing_errors import ReactionMissing
from indgang.core.cases.sharing_values import NoticeKind, NoticeRow
from indgang.core.cases.steps import end_step, put_step
from indgang.core.cases.values import EntryKind, Progress, StepKind
from indgang.core.cases.writing import changed, enter, line, locked_by_process
from indgang.core.organisation import selectors as organisation
from indgang.foundation.access.values import Viewer, system
from indgang.foundation.journal.values import JournalLine
from indgang.foundation.runtime import services as runtime
from indgang.foundation.runtime.services import uuid7

VERBS = {
    "citizen.moved": NoticeKind.MOVED,
    "citizen.died": NoticeKind.DIED,
    "citizen.child_born": NoticeKind.CHILD_BORN,
    "citizen.married": NoticeKind.MARRIED,
    "citizen.divorced": NoticeKind.DIVORCED,
    "citizen.protection_set": NoticeKind.PROTECTION_SET,
    "register.changed": NoticeKind.INCOME_CHANGED,  # of the income register alone; CPR's are the ones above
    "register.report_failed": NoticeKind.REPORT_FAILED,
}
RAISER = system("notices")
JOB, QUEUE = "cases.notices", "default"
_FOR_ALL = frozenset(  # whatever the task
    {
        NoticeKind.DIED, NoticeKind.PROTECTION_SET, NoticeKind.REPORT_FAILED, NoticeKind.DECIDED,
        NoticeKind.NEW_CONTACT,
    }
)  # fmt: skip
_HOUSEHOLD = frozenset(
    {NoticeKind.CHILD_BORN, NoticeKind.MARRIED, NoticeKind.DIVORCED}
)  # as moving: who lives together
_OPEN = Q(progress__in=[Progress.OPENED, Progress.INFORMED, Progress.DECIDED])


def on_event(line: JournalLine) -> None:
    """Something happened to a citizen, in a register."""
    kind = VERBS[line.verb]
    if kind == NoticeKind.INCOME_CHANGED and line.data.get("kind") != kind:
        return
    if line.citizen:
        source = str(line.data.get("register") or "cpr")
        raise_notices(UUID(line.citizen), kind, source=source, event=UUID(line.id), at=line.at)


def raise_notices(person: UUID, kind: NoticeKind, *, source: str, event: UUID, at: datetime) -> int:
    """A notice with its step on each open case of the citizen the event concerns; how many. Again: none."""
    return _raise_on(Case.objects.filter(_OPEN, person=person), kind, source=source, event=event, at=at)


def on_tasks_set(line: JournalLine) -> None:
    """A citizen writes or calls about a matter they have an open case of; once for each contact and case."""
    if not line.citizen or not line.contact:
        return
    told = line.data.get("tasks")
    about = {str(task) for task in told} if isinstance(told, list) else set()
    contact = UUID(line.contact)
    if not about:
        return
    found = Case.objects.filter(_OPEN, person=UUID(line.citizen), task__in=about).exclude(contact=contact)
    linked = JournalEntry.objects.filter(contact=contact).values("case")
    _raise_on(found.exclude(id__in=linked), NoticeKind.NEW_CONTACT, source="contact", event=contact, at=line.at)


def on_decided(line: JournalLine) -> None:
    """Kept for `tell_decided`, which locks one case at a time: two cases of a citizen may be decided in one moment."""
    if line.case and line.citizen:
        PendingNotice.objects.create(
            event=UUID(line.id), case_id=UUID(line.case), person=UUID(line.citizen), at=line.at
        )
        runtime.wake(JOB, QUEUE)


def tell_decided(at: datetime, limit: int = 200) -> int:
    """Notices on the cases that stand to one that was decided; how many."""
    waiting = PendingNotice.objects.order_by("at", "event").values_list("event", flat=True)[:limit]
    return sum(_tell_decided(event, at) for event in list(waiting))


@transaction.atomic
def _tell_decided(event: UUID, at: datetime) -> int:
    row = PendingNotice.objects.select_for_update(of=("self",), skip_locked=True).filter(event=event).first()
    if row is None:
        return 0
    course = Case.objects.filter(id=row.case_id).values_list("course", flat=True).first()
    near = CaseRelation.objects.filter(Q(case=row.case_id) | Q(other=row.case_id)).values_list("case", "other")
    ids = {key for pair in near for key in pair} - {row.case_id}
    about = Q(id__in=ids) | (Q(course=course) if course else Q(pk__in=[]))
    found = Case.objects.filter(_OPEN, about, person=row.person).exclude(id=row.case_id)
    source = f"cases.case:{row.case_id}"
    made = _raise_on(found, NoticeKind.DECIDED, source=source, event=event, at=at)
    row.delete()
    return made


def _raise_on(found: QuerySet[Case], kind: NoticeKind, *, source: str, event: UUID, at: datetime) -> int:
    cases = list(found.order_by("id").values_list("id", "task_id"))
    rules = _rules(kind, {task for _, task in cases}) if cases else {}
    concerned = [(key, rules[task]) for key, task in cases if task in rules]
    return sum(_raise(key, rule, kind, source=source, event=event, at=at) for key, rule in concerned)


def _rules(kind: NoticeKind, tasks: set[str]) -> dict[str, NoticeRule]:
    """The rule for each task that has one: its own, else the general one where its cases depend on such events."""
    rows = list(NoticeRule.objects.filter(Q(task__in=tasks) | Q(task=None), kind=kind))
    general = next((row for row in rows if row.task_id is None), None)
    found = dict.fromkeys(_dependent(kind, tasks), general) if general else {}
    found |= {row.task_id: row for row in rows if row.task_id is not None}
    return {task: rule for task, rule in found.items() if rule is not None}


def _dependent(kind: NoticeKind, tasks: set[str]) -> set[str]:
    if kind in _FOR_ALL:
        return tasks
    rows = CaseSetting.objects.filter(task__in=tasks)
    if kind == NoticeKind.INCOME_CHANGED:
        return set(rows.filter(income_dependent=True).values_list("task_id", flat=True))
    wanted = [kind.value, NoticeKind.MOVED.value] if kind in _HOUSEHOLD else [kind.value]
    return set(rows.filter(affects__overlap=wanted).values_list("task_id", flat=True))


def _raise(case_id: UUID, rule: NoticeRule, kind: NoticeKind, *, source: str, event: UUID, at: datetime) -> int:
    case = locked_by_process(case_id)
    by = working_days_after(at, rule.working_days)
    row, is_new = Notice.objects.get_or_create(
        case=case,
        event=event,
        defaults={
            "id": uuid7(at), "kind": kind, "words": rule.words, "words_en": rule.words_en, "source": source,
            "at": at, "react_by": by,
        },
    )  # fmt: skip
    if not is_new or case.progress == Progress.CLOSED:
        return 0
    put_step(case, kind=StepKind.NOTICE, title=rule.words, due_at=by, subject_id=row.id, viewer=RAISER, at=at)
    enter(case, EntryKind.NOTICE, rule.words, subject_id=row.id, viewer=RAISER, at=at)
    changed(case, "case.notice_raised", viewer=RAISER, at=at, notice=str(row.id), kind=kind.value)
    return 1


@transaction.atomic
def handle_notice(
    *, notice_id: UUID, reaction: str, viewer: Viewer, at: datetime, version: int | None = None
) -> Notice:
    """What the event means for the case, in a few words; its step is done. The same again changes nothing.

    Raises ReactionMissing, SharedGone, SharedStale, NotYourCase.
    """
    case, row = both(Notice, notice_id, gettext("Hændelsen"), viewer=viewer, at=at, version=version)
    said = line(reaction, 300)
    if not said:
        raise ReactionMissing
    if row.handled_at is not None:
        return row
    row.handled_at, row.reaction, row.version = at, said, row.version + 1
    row.handled_by = viewer.actor.employee if viewer.actor else None
    row.save(update_fields=["handled_at", "handled_by", "reaction", "version"])
    for step in Step.objects.filter(case=case, subject_id=row.id, done_at=None, withdrawn=False):
        end_step(case, step, viewer=viewer, at=at)
    enter(case, EntryKind.NOTICE, f"Set: {row.words}", body=said, subject_id=row.id, viewer=viewer, at=at)
    changed(case, "case.notice_handled", viewer=viewer, at=at, notice=str(row.id), kind=row.kind)
    return row


def notice_rows(viewer: Viewer, case: Case, at: datetime) -> tuple[NoticeRow, ...]:
    """What has happened that the case's people must look at; what is not handled first."""
    rows = rows_of(case.id, Notice, lambda: Notice.objects.filter(case=case).order_by("-at", "-id"))
    names = organisation.names({row.handled_by for row in rows if row.handled_by is not None})
    others = _other_numbers(viewer, rows, at)
    english = (get_language() or "da").startswith("en")
    made = [
        NoticeRow(
            id=row.id,
            kind=row.kind,
            words=row.words_en if english and row.words_en else row.words,
            source=row.source.partition(":")[0],
            other_case=others.get(row.source, ""),
            at=row.at,
            react_by=row.react_by,
            handled_at=row.handled_at,
            handled_by=names.get(row.handled_by or 0, ""),
            reaction=row.reaction,
            overdue=row.handled_at is None and row.react_by < at,
            version=row.version,
        )
        for row in rows
    ]
    return tuple(sorted(made, key=lambda row: row.handled_at is not None))


def _other_numbers(viewer: Viewer, rows: list[Notice], at: datetime) -> dict[str, str]:
    """The numbers of the decided cases notices tell of, where the viewer may see those."""
    ids = {row.source: UUID(row.source.partition(":")[2]) for row in rows if row.kind == NoticeKind.DECIDED}
    if not ids:
        return {}
    seen = dict(Case.objects.filter(visible(viewer, at), id__in=ids.values()).values_list("id", "number"))
    return {source: seen[key] for source, key in ids.items() if key in seen}
