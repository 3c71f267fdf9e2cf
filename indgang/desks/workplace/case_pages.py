"""A case as its page shows it, gathered from the doors of the core, and why this viewer may look."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cached_property
from uuid import UUID

from django import forms
from django.http import HttpRequest
from django.urls import reverse

from indgang.core.cases import selectors as cases
from indgang.core.cases.values import (
    AffectedRow,
    CasePage,
    ComplaintRow,
    DeadlineCard,
    DeadlineKind,
    DecidedRows,
    DecisionCard,
    DecisionState,
    PartyCard,
    PartyRole,
    Progress,
    RaisedBy,
    ReachedCase,
    SharedRows,
    StepCard,
    StepKind,
)
from indgang.core.catalogue import selectors as catalogue
from indgang.core.contacts.values import TaskRow
from indgang.desks.workplace import case_ways, pages
from indgang.foundation.access.errors import NotFound
from indgang.foundation.access.values import Purpose, Reason, Viewer
from indgang.foundation.runtime import clock

AnyForm = forms.Form
KEPT = timedelta(hours=1)  # how long a stated reason, or the contact one came from, opens a case again
WHY = "sag-hvorfor"  # in the session: number of the case -> kind, value, when
MOST_KEPT = 20
SOON = timedelta(days=7)
LOOSE = frozenset({StepKind.TASK, StepKind.ANSWER, StepKind.DEADLINE, StepKind.RETURN})
ASKED_HERE = frozenset({Reason.SEARCH.value, Reason.UNFILED_MAIL.value})  # reasons no person states


@dataclass(frozen=True)
class Stage:
    """One of the stages a case goes through."""

    code: str
    name: str
    state: str  # done, now or ahead
    at: datetime | None


@dataclass(frozen=True)
class PlanStep:
    """A step, and whether it is this employee's."""

    card: StepCard
    own: bool

    @property
    def loose(self) -> bool:
        """Whether it may be taken off or given away by itself: the others end with what they are about."""
        return self.card.kind in LOOSE


@dataclass(frozen=True)
class PlanDay:
    """A deadline, and how far away it is."""

    card: DeadlineCard
    days_left: int
    running: bool

    @property
    def days_late(self) -> int:
        """Days since it should have been met; 0 while there is time."""
        return max(0, -self.days_left)


@dataclass(frozen=True)
class OpenCase:
    """A case that is open on the page; what only some of its pages show is read when it is asked for."""

    page: CasePage
    viewer: Viewer
    at: datetime
    stages: tuple[Stage, ...]
    days_left: int
    runs: bool  # the answer is still to be given
    steps: tuple[PlanStep, ...]
    done_steps: tuple[StepCard, ...]
    days: tuple[PlanDay, ...]

    @cached_property
    def ways(self) -> dict[str, str]:
        """Where the page leads to."""
        return case_ways.ways(self.page.number)

    @cached_property
    def panel(self) -> pages.TaskPanel | None:
        """The task, and how far this viewer may go with it."""
        row = self.page.row
        found = pages.panels(self.viewer, [TaskRow(row.task, row.task_title, None, "case", {})], self.at)
        return found[0] if found else None

    @property
    def may_complain(self) -> bool:
        """Whether this viewer may take a complaint over it."""
        return self.panel is not None and self.panel.own_level >= 1

    @property
    def owner_name(self) -> str:
        """The administration the task belongs to."""
        return self.panel.card.administration_name if self.panel else self.page.administration_name

    @cached_property
    def decided(self) -> DecidedRows:
        """Decisions, hearings, letters and complaints."""
        return cases.decided_of(self.viewer, self.page.id, self.at)

    @cached_property
    def shared(self) -> SharedRows:
        """What was asked, forwarded, noticed and disclosed."""
        return cases.shared_of(self.viewer, self.page.id, self.at)

    @cached_property
    def affected(self) -> tuple[AffectedRow, ...]:
        """Other matters of the citizen that may change with it."""
        return cases.may_also_be_affected(self.viewer, self.page.id, self.at)

    @cached_property
    def decision(self) -> DecisionCard | None:
        """The one that holds."""
        return next((one for one in self.decided.decisions if one.state == DecisionState.DECIDED), None)

    @cached_property
    def complaint(self) -> ComplaintRow | None:
        """The open complaint this case is, if it is one."""
        rows = self.decided.complaints
        return next((row for row in rows if row.case == self.page.id and row.settled_at is None), None)

    @property
    def days_late(self) -> int:
        """Days since the answer should have been given; 0 while there is time."""
        return max(0, -self.days_left)

    @cached_property
    def answer_runs(self) -> bool:
        """Whether somebody has said by when the case is answered."""
        return any(one.running and one.card.kind == DeadlineKind.ANSWER for one in self.days)

    @property
    def may_set_day(self) -> bool:
        """Whether a first day to answer by can be set: a complaint has a deadline of its own."""
        return self.in_hand and self.runs and not self.answer_runs and self.page.raised_by != RaisedBy.COMPLAINT

    @property
    def in_hand(self) -> bool:
        """Whether this employee may change it."""
        return self.page.may_work

    @cached_property
    def own_steps(self) -> list[StepCard]:
        """What this employee has to do on it."""
        return [step.card for step in self.steps if step.own]

    @cached_property
    def parties(self) -> list[PartyCard]:
        """Whom it concerns now."""
        return [party for party in self.page.parties if party.valid_to is None]

    @cached_property
    def main_parties(self) -> list[PartyCard]:
        """Those whose case it is."""
        return [party for party in self.parties if party.role == PartyRole.PRIMARY]


def opened(request: HttpRequest, viewer: Viewer, number: str, at: datetime) -> OpenCase | None:
    """The case, once the look is logged; NotFound for what may not be seen. None: only on a stated reason."""
    case, purpose = _reached(request, viewer, number, at)
    try:
        page = cases.case(viewer, case.id, purpose=purpose, at=at)
    except NotFound:  # that was a refused look, and it is in the log
        return None
    return _whole(viewer, page, at)


def looked_at(request: HttpRequest, viewer: Viewer, number: str, at: datetime) -> ReachedCase | None:
    """The same for a part of the page, which needs not all of the case."""
    case, purpose = _reached(request, viewer, number, at)
    try:
        return cases.looked_at(viewer, case.id, purpose=purpose, at=at)
    except NotFound:
        return None


def kept_purpose(request: HttpRequest, number: str, at: datetime) -> Purpose | None:
    """Why this employee looks at it, when it is not their own work: as stated or shown within the hour."""
    kind, value, since = request.session.get(WHY, {}).get(number, ("", "", 0))
    return Purpose(kind, value) if kind and at.timestamp() - since < KEPT.total_seconds() else None


def keep_purpose(request: HttpRequest, number: str, purpose: Purpose, at: datetime) -> None:
    """Remember it for the next pages of that case; the oldest are forgotten."""
    kept = request.session.get(WHY, {})
    kept.pop(number, None)
    kept[number] = (purpose.kind, purpose.value, at.timestamp())
    request.session[WHY] = dict(list(kept.items())[-MOST_KEPT:])


def days_until(until: datetime, at: datetime) -> int:
    """Whole days from today; negative when it has passed."""
    return (clock.local(until).date() - clock.local(at).date()).days


def soon(at: datetime) -> date:
    """A week from today."""
    return clock.local(at + SOON).date()


def hearing_day(task: str, at: datetime) -> date:
    """By when a party usually answers in such cases."""
    return clock.local(at + timedelta(days=cases.setting_of(task).hearing_days)).date()


def follow_up(task: str) -> int | None:
    """The unit that goes on with such cases."""
    card = catalogue.cards([task]).get(task)
    return card.follow_up if card else None


def file_address(document_id: UUID, version: int) -> str:
    """Where a version of a document is fetched."""
    return reverse("cases:document-file", args=[document_id, version])


def image_address(document_id: UUID, version: int, number: int, query: str) -> str:
    """Where the picture of a page is."""
    return f"{reverse('cases:document-page', args=[document_id, number])}?v={version}{'&' if query else ''}{query}"


def deadline_of(page: OpenCase, deadline_id: int) -> DeadlineCard:
    """One of its running deadlines; raises NotFound."""
    for day in page.days:
        if day.card.id == deadline_id and day.running:
            return day.card
    raise NotFound


def _reached(request: HttpRequest, viewer: Viewer, number: str, at: datetime) -> tuple[ReachedCase, Purpose | None]:
    """The case, and why this employee looks at it."""
    case = cases.reached(viewer, number, at)
    contact = request.GET.get("henvendelse", "")
    if contact:
        keep_purpose(request, case.number, Purpose("contact", str(pages.as_id(contact))), at)
    return case, kept_purpose(request, case.number, at)


def _whole(viewer: Viewer, page: CasePage, at: datetime) -> OpenCase:
    row = page.row
    me = viewer.actor.employee if viewer.actor else None
    undone = [step for step in page.steps if step.open]
    return OpenCase(
        page=page,
        viewer=viewer,
        at=at,
        stages=tuple(_stages(page)),
        days_left=days_until(row.deadline, at) if row.deadline else 0,
        runs=row.progress in {Progress.OPENED, Progress.INFORMED},
        steps=tuple(PlanStep(step, step.employee is not None and step.employee == me) for step in undone),
        done_steps=tuple(step for step in page.steps if step.done_at is not None),
        days=tuple(
            PlanDay(day, days_until(day.due_at, at), day.met_at is None)
            for day in page.deadlines
            if day.cancelled_at is None
        ),
    )


def _stages(page: CasePage) -> Iterable[Stage]:
    reached = {line.progress: line.at for line in page.history}
    order = [progress.value for progress in Progress]
    now = order.index(page.row.progress)
    for number, (code, name) in enumerate(Progress.choices):
        state = "now" if number == now else "done" if number < now else "ahead"
        skipped = number < now and code not in reached
        yield Stage(code, name, "ahead" if skipped else state, reached.get(code) if number <= now else None)
