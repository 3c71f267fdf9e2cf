from datetime import timedelta

import pytest

from indgang.core.cases import selectors, services
from indgang.core.cases.errors import NothingToUndo, TooMany, UnknownPlace
from indgang.core.cases.models import Case
from indgang.core.cases.testing import case_row, make_case, make_setting, steps_of
from indgang.core.catalogue.errors import TaskNotFound
from indgang.core.catalogue.testing import make_life_event, make_task
from indgang.core.citizens.testing import make_person
from indgang.core.organisation.testing import make_employee, make_unit
from indgang.foundation.access.errors import NotFound
from indgang.foundation.access.values import Purpose, system
from indgang.foundation.runtime.services import uuid7

pytestmark = pytest.mark.django_db
TESTER = system("test")


@pytest.fixture
def divorce(db):
    """Three tasks of three administrations that a divorce is about."""
    for code, owner, group in (
        ("T-022", "FAF", "housing_benefit"),
        ("T-076", "KSR", "moving"),
        ("T-130", "UUF", "school"),
    ):
        task = make_task(code, title=f"Opgave {code}", group=group, administration=owner)
        task.follow_up = make_unit(f"enhed-{owner.lower()}", kind="office", administration=owner)
        task.save()
    make_life_event("divorce", tasks=["T-022", "T-076", "T-130"])


@pytest.mark.req("esdh.oneflow")
@pytest.mark.req("esdh.crossview")
def test_one_contact_opens_the_cases_of_three_administrations(at, divorce):
    person, contact = make_person().id, uuid7(at)
    tasks = ["T-022", "T-076", "T-130"]
    opened = services.open_cases_of_contact(
        contact=contact, person=person, tasks=tasks, life_event="divorce", viewer=TESTER, at=at
    )
    assert [case.administration_id for case in opened.cases] == ["FAF", "KSR", "UUF"]
    assert {case.course_id for case in opened.cases} == {opened.course}
    again = services.open_cases_of_contact(
        contact=contact, person=person, tasks=tasks, life_event="divorce", viewer=TESTER, at=at
    )
    assert [case.id for case in again.cases] == [case.id for case in opened.cases]
    services.close_case(case_id=opened.cases[0].id, ground="Bortfaldet", viewer=TESTER, at=at)
    (course,) = selectors.courses_of_person(TESTER, person, purpose=Purpose("case", opened.cases[1].number), at=at)
    assert (course.life_event, course.open, course.closed, len(course.cases)) == ("divorce", 2, 1, 3)


def test_all_cases_are_opened_or_none(at, divorce):
    with pytest.raises(TaskNotFound):
        services.open_cases_of_contact(
            contact=uuid7(at), person=make_person().id, tasks=["T-022", "T-999"], viewer=TESTER, at=at
        )
    assert not Case.objects.exists()


def test_a_single_task_needs_no_course(at, divorce):
    opened = services.open_cases_of_contact(
        contact=uuid7(at), person=make_person().id, tasks=["T-022"], viewer=TESTER, at=at
    )
    assert opened.course is None


@pytest.mark.req("esdh.askwhat")
@pytest.mark.req("esdh.inform")
def test_what_else_may_change_is_read_from_the_citizens_own_cases(at, filippa, office, seen_by):
    person = make_person().id
    case = make_case(unit=office, handler=filippa.pk, person=person, at=at)
    other = make_case("T-041", person=person, unit=office, title="Helbredstillæg", at=at)
    plain = make_case("T-076", person=person, group="moving", administration="KSR", at=at)
    elsewhere = make_unit("ydelse", kind="office", administration="SUF", name="Ydelse")
    hidden = make_case("T-050", person=person, unit=elsewhere, group="social", administration="SUF", at=at)
    secret = make_case(
        "T-053", person=person, unit=elsewhere, group="abuse", administration="SUF", sensitivity="sensitive", at=at
    )
    for task in ("T-022", "T-041", "T-050", "T-053"):
        make_setting(task, income_dependent=True)
    rows = selectors.may_also_be_affected(seen_by(filippa), case.id, at)
    assert {row.number for row in rows} == {other.number, ""}
    assert {row.reason for row in rows if row.case} == {"Begge afhænger af indkomsten."}
    assert plain.number not in str(rows)
    assert hidden.number not in str(rows)
    assert secret.number not in str(rows)
    make_setting("T-041", income_dependent=False)
    assert other.number not in {row.number for row in selectors.may_also_be_affected(seen_by(filippa), case.id, at)}


def test_a_closed_refusal_changes_with_nothing_but_a_granted_benefit_does(at, filippa, office, seen_by):
    person = make_person().id
    case = make_case(unit=office, handler=filippa.pk, person=person, at=at)
    other = make_case(unit=office, person=person, progress="closed", at=at)
    make_setting("T-022", income_dependent=True)
    assert selectors.may_also_be_affected(seen_by(filippa), case.id, at) == ()
    Case.objects.filter(id=other.id).update(result="granted")
    assert [row.number for row in selectors.may_also_be_affected(seen_by(filippa), case.id, at)] == [other.number]


def test_a_move_concerns_what_depends_on_the_address(at, filippa, office, seen_by):
    person = make_person().id
    make_task("T-076", title="Meld flytning")
    make_life_event("moving", tasks=["T-076"])
    case = make_case(unit=office, handler=filippa.pk, person=person, life_event="moving", at=at)
    other = make_case("T-035", unit=office, person=person, at=at)
    make_setting("T-035", affects=["moved"])
    (row,) = selectors.may_also_be_affected(seen_by(filippa), case.id, at)
    assert (row.number, row.reason) == (other.number, "Den afhænger af, hvor borgeren bor.")


@pytest.fixture
def leader(office):
    return make_employee("Lone Leder", unit=office, roles=["manager", "caseworker"], groups={"housing_benefit": (3, 3)})


def test_many_cases_are_given_at_once_and_taken_back(at, leader, filippa, office, seen_by):
    viewer = seen_by(leader)
    nobodys, hers = make_case(unit=office, at=at), make_case(unit=office, handler=leader.pk, at=at)
    lines = selectors.preview_assign(viewer, [nobodys.id, hers.id], filippa.pk, at)
    assert [(line.before, line.allowed) for line in lines] == [("", True), ("Lone Leder", True)]
    key, went = services.assign_many(case_ids=[nobodys.id, hers.id], employee_id=filippa.pk, viewer=viewer, at=at)
    assert len(went) == 2
    assert {case_row(case.id).handler_id for case in (nobodys, hers)} == {filippa.pk}
    with pytest.raises(NotFound):
        services.undo_assign(key=key, viewer=seen_by(filippa), at=at)
    assert services.undo_assign(key=key, viewer=viewer, at=at) == 2
    assert [case_row(case.id).handler_id for case in (nobodys, hers)] == [None, leader.pk]
    assert [step.unit_id for step in steps_of(nobodys.id) if step.done_at is None] == [office.pk]
    with pytest.raises(NothingToUndo):
        services.undo_assign(key=key, viewer=viewer, at=at)


def test_what_somebody_touched_since_is_not_taken_back(at, leader, filippa, office, seen_by):
    viewer = seen_by(leader)
    case = make_case(unit=office, at=at)
    key, _ = services.assign_many(case_ids=[case.id], employee_id=filippa.pk, viewer=viewer, at=at)
    services.change_case(case_id=case.id, title="Ny titel", viewer=seen_by(filippa), at=at)
    assert services.undo_assign(key=key, viewer=viewer, at=at) == 0
    assert case_row(case.id).handler_id == filippa.pk


def test_an_hour_later_it_stands(at, leader, filippa, office, seen_by):
    case = make_case(unit=office, at=at)
    key, _ = services.assign_many(case_ids=[case.id], employee_id=filippa.pk, viewer=seen_by(leader), at=at)
    with pytest.raises(NothingToUndo):
        services.undo_assign(key=key, viewer=seen_by(leader), at=at + timedelta(hours=2))


def test_what_cannot_be_given_says_why_and_stays(at, leader, filippa, office, stranger, seen_by):
    viewer = seen_by(leader)
    closed = make_case(unit=office, progress="closed", at=at)
    changed = make_case(unit=office, at=at)
    services.change_case(case_id=changed.id, title="Ny titel", viewer=TESTER, at=at)
    _, went = services.assign_many(
        case_ids=[closed.id, changed.id], employee_id=filippa.pk, versions={changed.id: changed.version},
        viewer=viewer, at=at,
    )  # fmt: skip
    assert {line.why_not for line in went} == {"Sagen er afsluttet.", "Sagen er ændret af en anden imens."}
    (line,) = selectors.preview_assign(viewer, [changed.id], stranger.pk, at)
    assert (line.allowed, line.why_not) == (False, "Medarbejderen har ikke kompetencen til opgaven.")
    with pytest.raises(UnknownPlace):
        selectors.preview_assign(viewer, [changed.id], 999999, at)
    with pytest.raises(TooMany):
        selectors.preview_assign(viewer, [uuid7(at) for _ in range(201)], filippa.pk, at)
    assert selectors.preview_assign(seen_by(stranger), [changed.id], filippa.pk, at) == []


def test_a_leader_sees_who_has_how_much(at, leader, filippa, office, stranger, seen_by):
    late = make_case(unit=office, handler=filippa.pk, deadline=at + timedelta(hours=1), at=at)
    waits = make_case(unit=office, handler=filippa.pk, at=at)
    services.set_waiting(case_id=waits.id, waiting="citizen", viewer=TESTER, at=at)
    make_case(unit=office, at=at)
    make_case(unit=office, handler=filippa.pk, progress="closed", at=at)
    then = at + timedelta(days=1)
    rows = {
        row.name: (row.open, row.overdue, row.waiting)
        for row in selectors.load_of_unit(seen_by(leader), office.pk, then)
    }
    assert rows == {"Ingen endnu": (1, 0, 0), "Filippa Falk": (2, 1, 1), "Lone Leder": (0, 0, 0)}
    with pytest.raises(NotFound):
        selectors.load_of_unit(seen_by(stranger), office.pk, then)
    assert late.number
