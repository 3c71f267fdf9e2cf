import pytest

from indgang.core.cases import services
from indgang.core.cases.models import Case, Course, Document
from indgang.core.catalogue.testing import make_life_event, make_task
from indgang.core.citizens import services as citizens
from indgang.core.organisation.testing import make_employee, make_unit

pytestmark = pytest.mark.django_db


def test_a_demo_town_has_open_cases_of_its_own_administrations(at, office):
    """Among them the housing benefit of a citizen of 70, and three cases of one course."""
    groups = {"housing_benefit": (5, 3), "family": (4, 3), "moving": (3, 2), "school": (3, 2)}
    filippa = make_employee("Filippa", unit=office, roles=["caseworker"], groups=groups, username="filippa.falk")
    suf = make_unit("pension", kind="office", administration="SUF")
    poula = make_employee("Poula", unit=suf, roles=["pension_care"], groups=groups, username="poula.pension")
    for code, group, owner in (
        ("T-022", "housing_benefit", "FAF"), ("T-116", "housing_benefit", "SUF"), ("T-025", "family", "FAF"),
        ("T-076", "moving", "KSR"), ("T-132", "school", "UUF"),
    ):  # fmt: skip
        task = make_task(code, title=f"Opgave {code}", group=group, administration=owner)
        task.follow_up = office
        task.save()
    make_life_event("divorce", tasks=["T-025"])
    citizens.generate(400, 2005, at)
    assert services.invent_town(at) == Case.objects.count() > 8
    assert not Case.objects.filter(progress="closed").exists()
    pensioner = Case.objects.select_related("person").get(task="T-116")
    assert (pensioner.administration_id, pensioner.handler_id) == ("SUF", poula.pk)
    assert 67 <= at.year - pensioner.person.born.year <= 73
    assert Document.objects.filter(case=pensioner).count() == 1
    assert Case.objects.filter(course=Course.objects.get()).count() == 3
    assert Case.objects.filter(handler=filippa.pk, deadline__lt=at).exists()


def test_without_people_there_is_no_town(at, db):
    assert services.invent_town(at) == 0
