"""How cases went is counted from the cases themselves: days, deadlines, handovers, reopened ones, complaints."""

from datetime import date, timedelta

import pytest

from indgang.core.cases import selectors, services
from indgang.core.cases.models import Case
from indgang.core.cases.tests.access_around import ANSWER, ask, case_of_two, gathered, paper, pdf
from indgang.core.cases.tests.decisions_around import AT, draft, heard, ready_case
from indgang.core.organisation.testing import make_employee, make_unit
from indgang.foundation.access.errors import NotFound
from indgang.foundation.access.values import system

pytestmark = pytest.mark.django_db
DAY = AT.date()
LEADER = system("test")


@pytest.fixture
def decide(office, clerk, seen_by):
    """A case decided so many days after it was opened, once it has been given from one to another so many times."""

    def decided(*, days, handed=0, helped=0, deadline=None, task="T-022"):
        case = ready_case(office, clerk, at=AT - timedelta(days=days), task=task)
        if deadline is not None:
            services.set_deadline(
                case_id=case.id, kind="answer", due_at=deadline, viewer=LEADER, at=AT - timedelta(days)
            )
        for _ in range(handed):
            facts = {"employee": clerk.pk, "note": "Se på den."}
            services.hand_over(case_id=case.id, **facts, viewer=seen_by(clerk, AT), at=AT)
        for _ in range(helped):
            step = services.add_step(case_id=case.id, kind="task", title="Regn efter", viewer=LEADER, at=AT)
            services.move_step(step_id=step.id, unit=office.pk, note="Hjælp os.", viewer=LEADER, at=AT)
            services.withdraw_step(step_id=step.id, viewer=LEADER, at=AT)
        type(office).objects.update(phone="00 00 00 21")
        heard(case, seen_by(clerk, AT))
        return services.decide(decision_id=draft(case, seen_by(clerk, AT)).id, viewer=seen_by(clerk, AT), at=AT)

    return decided


@pytest.mark.req("esdh.nocall")
@pytest.mark.req("esdh.safe")
def test_how_fast_in_time_handed_over_and_reopened(decide, clerk, seen_by):
    early, late = AT + timedelta(days=5), AT - timedelta(hours=1)
    decide(days=2, deadline=early)
    decide(days=4)
    decide(days=10, handed=2, deadline=late)
    again = decide(days=4, deadline=early)
    services.reopen_decision(
        decision_id=again.id, ground="Nye oplysninger.", viewer=seen_by(clerk, AT), at=AT + timedelta(hours=1)
    )
    total, (line,) = selectors.case_figures(LEADER, first=DAY, last=DAY)
    assert (line.task, line.title, line.decided) == ("T-022", "Boligsikring", 4)
    assert (line.median_days, line.handovers, line.never_handed_over, line.handovers_each) == (4.0, 2, 3, 0.5)
    assert (line.with_deadline, line.in_time, line.in_time_percent) == (3, 2, 67)
    assert (line.reopened, line.reopened_percent) == (1, 25)
    assert (total.task, total.decided, total.handovers) == ("", 4, 2)


def test_only_the_days_and_the_unit_that_are_asked_for_count(decide, office):
    decide(days=1)
    before, after = DAY - timedelta(days=1), DAY + timedelta(days=1)
    assert selectors.case_figures(LEADER, first=DAY, last=DAY, unit=office.pk)[0].decided == 1
    assert selectors.case_figures(LEADER, first=DAY, last=DAY, unit=make_unit("andre").pk)[0].decided == 0
    for day in (before, after):
        total, lines = selectors.case_figures(LEADER, first=day, last=day)
        assert (total.decided, total.median_days, total.in_time_percent, lines) == (0, 0.0, None, ())


def test_the_seven_days_of_a_request_for_access_are_a_deadline_like_any_other(office, filippa, seen_by):
    viewer = seen_by(filippa, AT)
    case = case_of_two(office, filippa)
    paper(case, viewer, pdf("Jeg er flyttet."), title="Min egen")
    for at in (AT, AT + timedelta(days=30)):
        request = ask(case, viewer)
        gathered(request, viewer)
        services.make_package(request_id=request.id, viewer=viewer, at=at, version=None)
        services.answer_access(request_id=request.id, answer=ANSWER, viewer=viewer, at=at, version=None)
    _, (line,) = selectors.case_figures(LEADER, first=DAY, last=DAY + timedelta(days=30))
    assert (line.task, line.decided, line.with_deadline, line.in_time) == ("T-098", 2, 2, 1)


def test_a_step_others_help_with_hands_no_case_over(decide):
    decide(days=1, handed=1, helped=2)
    assert selectors.case_figures(LEADER, first=DAY, last=DAY)[0].handovers == 1


def test_a_complaint_counts_the_day_it_came_on_the_task_it_is_about(decide, clerk, seen_by):
    row = decide(days=3)
    services.complain(
        case_id=row.case_id,
        decision_id=row.id,
        words="Jeg er ikke enig.",
        received_on=date(2026, 3, 12),
        answer_by=date(2026, 3, 25),
        rule="Retssikkerhedsloven § 66",
        viewer=seen_by(clerk, AT),
        at=AT + timedelta(days=10),
    )
    total, (line,) = selectors.case_figures(LEADER, first=date(2026, 3, 12), last=date(2026, 3, 12))
    assert (line.task, line.decided, line.complaints, line.changed, total.complaints) == ("T-022", 0, 1, 0, 1)
    assert selectors.case_figures(LEADER, first=DAY, last=DAY)[0].complaints == 0


def test_figures_of_another_unit_are_for_leaders(decide, office, stranger, seen_by):
    decide(days=1)
    with pytest.raises(NotFound):
        selectors.case_figures(seen_by(stranger), first=DAY, last=DAY)
    with pytest.raises(NotFound):
        selectors.case_figures(seen_by(stranger), first=DAY, last=DAY, unit=office.pk)
    lisa = make_employee("Lisa Leder", unit=make_unit("andre"), roles=["manager"])
    assert selectors.case_figures(seen_by(lisa), first=DAY, last=DAY)[0].decided == 1
    assert Case.objects.count() == 1
