"""What hand-written statements read of a case is what its models say."""

from datetime import timedelta

from django.db.models import Model

from indgang.core.cases import rights, services
from indgang.core.cases.models import Case, Deadline, Party, ProgressChange, Step
from indgang.core.cases.parts import parts_of
from indgang.core.cases.testing import TESTER, make_case
from indgang.core.cases.values import NewParty


def facts(row: Model) -> dict[str, object]:
    return {field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields}


def test_a_case_is_read_whole_with_what_its_page_shows_of_others(at, office, filippa, django_assert_num_queries):
    course = services.open_course(person=None, title="Flytning", viewer=TESTER, at=at)
    made = make_case(unit=office, handler=filippa.pk, deadline=at + timedelta(days=9), course=course.id, at=at)
    with django_assert_num_queries(1):
        read = rights.case_of(made.number)
        assert facts(read) == facts(Case(**facts(read)))  # nothing is left to be asked for
        said = (read.task.title, read.unit.name, read.administration.name, read.person.name, read.course.title)
    row = Case.objects.get(id=made.id)
    assert facts(read) == facts(row)
    assert said == (row.task.title, row.unit.name, row.administration.name, "Bente Birkelund", "Flytning")


def test_a_case_of_nobody_in_no_course_points_at_nothing(at, office):
    made = make_case(unit=office, at=at)
    Case.objects.filter(id=made.id).update(person=None)
    read = rights.case_of(made.id)
    assert (read.person, read.course, read.handler_id) == (None, None, None)


def test_the_parts_of_a_case_come_in_one_statement(at, office, filippa, django_assert_num_queries):
    case = make_case(unit=office, handler=filippa.pk, deadline=at + timedelta(days=9), at=at)
    services.add_party(case_id=case.id, party=NewParty(role="secondary", name="Bodil"), viewer=TESTER, at=at)
    services.add_step(case_id=case.id, kind="task", title="Ring", unit=office.pk, viewer=TESTER, at=at)
    services.add_object(case_id=case.id, kind="address", label="Lanternens Allé 4", viewer=TESTER, at=at)
    with django_assert_num_queries(1):
        parts = parts_of(case.id)
    for kind, read in (
        (Party, parts.parties),
        (ProgressChange, parts.history),
        (Step, parts.steps),
        (Deadline, parts.deadlines),
    ):
        rows = {row.pk: facts(row) for row in kind.objects.filter(case=case.id)}
        assert rows
        assert {row.pk: facts(row) for row in read} == rows
    assert [party.person and party.person.name for party in parts.parties] == ["Bente Birkelund", None]
    assert parts.kinds == {"caseobject"}
