"""A leader changes what people know, one by one or many at once; gaps are seen; every step can be undone."""

import pytest

from indgang.core.organisation import selectors as organisation
from indgang.core.organisation.testing import make_employee, make_group, make_unit
from indgang.desks.administration.models import Change
from indgang.desks.administration.testing import at_desk
from indgang.foundation.runtime import clock

pytestmark = pytest.mark.django_db
PAGE = "/administration/kompetencer"


@pytest.fixture
def leader():
    make_group("pension", "Pension")
    return at_desk("manager")


@pytest.fixture
def agnes():
    return make_employee("Agnes Agent", groups={"moving": (3, 1)})


def known(employee, group: str) -> list[tuple[int, int]]:
    today = clock.today()
    rows = organisation.competences([employee.pk], clock.now(), group)
    return [(row.proficiency, row.level) for row in rows if row.valid_from <= today]


def test_a_leader_gives_a_competence_and_takes_it_back(leader, agnes):
    shown = leader.get(f"{PAGE}?celle={agnes.pk}:pension").content.decode()
    assert "Har ingen kompetence i gruppen" in shown
    leader.post(f"{PAGE}/celle", {"celle": f"{agnes.pk}:pension", "faerdighed": "4", "niveau": "2", "goer": "gem"})
    assert known(agnes, "pension") == [(4, 2)]
    leader.post(f"/administration/aendringer/{Change.objects.get().pk}/fortryd")
    assert known(agnes, "pension") == []


def test_a_changed_competence_comes_back_as_it_was(leader, agnes):
    leader.post(f"{PAGE}/celle", {"celle": f"{agnes.pk}:moving", "faerdighed": "5", "niveau": "1", "goer": "gem"})
    assert known(agnes, "moving") == [(5, 1)]
    leader.post(f"/administration/aendringer/{Change.objects.get().pk}/fortryd")
    assert known(agnes, "moving") == [(3, 1)]


def test_a_competence_is_ended_and_revived(leader, agnes):
    leader.post(f"{PAGE}/celle", {"celle": f"{agnes.pk}:moving", "goer": "slut"})
    assert known(agnes, "moving") == []
    leader.post(f"/administration/aendringer/{Change.objects.get().pk}/fortryd")
    assert known(agnes, "moving") == [(3, 1)]


def test_several_are_seen_first_and_changed_and_undone_together(leader, agnes):
    bo = make_employee("Bo Byggesag", groups={})
    form = {"valgt": [agnes.pk, bo.pk], "gruppe": "pension", "faerdighed": "2", "niveau": "1", "fra": "", "til": ""}
    seen = leader.post(f"{PAGE}/flere", form).content.decode()
    assert "Sådan bliver det for 2 medarbejdere" in seen and known(bo, "pension") == []
    leader.post(f"{PAGE}/flere", form | {"bekraeft": "1"})
    assert known(agnes, "pension") == known(bo, "pension") == [(2, 1)]
    leader.post(f"/administration/aendringer/{Change.objects.first().pk}/fortryd")
    assert known(agnes, "pension") == known(bo, "pension") == []


def test_a_group_too_few_can_answer_is_a_gap(leader, agnes):
    page = leader.get(f"{PAGE}?mindst=2").content.decode()
    assert "Ingen kan svare" in page and "Mangler 1" in page


def test_nobody_changes_people_of_another_unit(leader):
    other = make_employee("Olga Oester", unit=make_unit("oesterbro"), groups={})
    form = {"celle": f"{other.pk}:pension", "faerdighed": "1", "niveau": "1", "goer": "gem"}
    assert leader.post(f"{PAGE}/celle", form).status_code == 404


@pytest.mark.parametrize("subject", ["", "x:pension", "999999:pension", "1:ukendt", ":"])
def test_a_cell_that_is_none_is_not_there(leader, subject):
    assert leader.get(f"{PAGE}?celle={subject}").status_code == 200
    answer = leader.post(f"{PAGE}/celle", {"celle": subject, "faerdighed": "1", "niveau": "1", "goer": "gem"})
    assert answer.status_code in {404, 422}
