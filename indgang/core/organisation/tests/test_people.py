"""People come, learn, stand in for each other and leave."""

from datetime import UTC, date, datetime, timedelta

import pytest

from indgang.core.organisation import errors, selectors, services
from indgang.core.organisation.models import Employee
from indgang.core.organisation.testing import (
    make_agent,
    make_course,
    make_employee,
    make_group,
    make_hours,
    make_manager,
    make_stranger,
    make_substitute,
    make_training,
    make_unit,
    viewer_of,
)
from indgang.foundation.access import services as access
from indgang.foundation.access.testing import recorded
from indgang.foundation.access.values import system
from indgang.foundation.runtime import clock

AT = datetime(2026, 3, 3, 10, tzinfo=UTC)
DAY = date(2026, 3, 3)
TOWN = system("profile")
pytestmark = pytest.mark.django_db


def known(employee: Employee, at: datetime = AT) -> dict[str, tuple[int, int]]:
    return dict(selectors.agent_facts([employee.pk], at)[0].competences)


@pytest.mark.req("org.chief")
def test_a_centre_manager_takes_on_teaches_and_lets_go_their_own_people(settings) -> None:
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    vest = make_unit("vest", kind="centre")
    marie = make_manager(vest)
    make_group("moving")
    viewer = viewer_of(marie)
    bo = services.create_employee(
        name="Bo Ny", title="Servicemedarbejder", unit_code="vest", username="bo.ny", password="et-langt-kodeord-7",
        roles=["clerk"], manager_id=marie.pk, viewer=viewer, at=AT,
    )  # fmt: skip
    services.set_competence(
        employee_id=bo.pk, group="moving", proficiency=3, level=1, valid_from=DAY, viewer=viewer, at=AT
    )
    assert [card.name for card in selectors.employees_of_manager(marie.pk, AT)] == ["Bo Ny"]
    services.record_leave(employee_id=bo.pk, last_day=DAY - timedelta(days=1), viewer=viewer, at=AT)
    assert selectors.employees_of_manager(marie.pk, AT) == []


@pytest.mark.req("org.splitlead")
def test_an_employee_has_one_manager_and_nobody_leads_their_own_leader() -> None:
    marie = make_manager()
    agnes = make_employee(manager=marie)
    card = selectors.employee(agnes.pk)
    assert card is not None and (card.manager_id, card.manager_name) == (marie.pk, "Marie Leder")
    with pytest.raises(errors.ManagerLoop):
        services.change_employee(employee_id=marie.pk, manager_id=agnes.pk, viewer=TOWN, at=AT)


def test_a_card_changed_meanwhile_is_stale() -> None:
    agnes, viewer = make_agent(), viewer_of(make_manager())
    services.change_employee(employee_id=agnes.pk, title="Vejleder", version=1, viewer=viewer, at=AT)
    with pytest.raises(errors.Stale):
        services.change_employee(employee_id=agnes.pk, title="Konsulent", version=1, viewer=viewer, at=AT)


def test_a_seconded_employee_keeps_their_employer() -> None:
    torben = make_employee("Torben Told", employer="Stat")
    card = selectors.employee(torben.pk)
    assert card is not None and card.seconded and card.employer == "Stat" and card.unit_name == "Kontaktcenter"
    assert not selectors.employee(make_agent().pk).seconded


def test_who_leaves_loses_the_login_and_everybody_concerned_is_told() -> None:
    marie = make_manager()
    bo = make_employee("Bo Leder", roles=["manager"], groups={}, manager=marie)
    agnes = make_employee(manager=bo)
    services.record_leave(employee_id=bo.pk, last_day=DAY - timedelta(days=1), viewer=viewer_of(marie), at=AT)
    assert access.account_of(bo.account_id) is None
    assert recorded("employee.left") == [(viewer_of(marie).name, {"employee": bo.pk})]
    agnes.refresh_from_db()
    assert agnes.manager_id == marie.pk  # until she gets one of her own
    told = selectors.notices(viewer_of(marie), AT)
    assert [(row.kind, row.employee_id) for row in told] == [("left", bo.pk), ("without_manager", bo.pk)]
    services.settle_notice(notice_id=told[0].id, viewer=viewer_of(marie), at=AT)
    assert len(selectors.notices(viewer_of(marie), AT)) == 1
    assert selectors.notices(viewer_of(make_stranger()), AT) == []


def test_a_last_day_to_come_takes_effect_when_it_is_past() -> None:
    agnes = make_agent()
    services.record_leave(employee_id=agnes.pk, last_day=DAY, viewer=TOWN, at=AT)
    assert services.let_go(at=AT) == 0 and selectors.viewer_of_account(agnes.account_id, AT) is not None
    tomorrow = AT + timedelta(days=1)
    assert services.let_go(at=tomorrow) == 1 and services.let_go(at=tomorrow) == 0
    assert len(recorded("employee.left")) == 1
    with pytest.raises(errors.HasLeft):
        services.record_leave(employee_id=agnes.pk, last_day=None, viewer=TOWN, at=tomorrow)


def test_who_stays_after_all_stays() -> None:
    agnes = make_agent()
    services.record_leave(employee_id=agnes.pk, last_day=DAY, viewer=TOWN, at=AT)
    services.record_leave(employee_id=agnes.pk, last_day=None, viewer=TOWN, at=AT)
    assert services.let_go(at=AT + timedelta(days=30)) == 0


def test_substitutes_stand_in_within_their_period() -> None:
    agnes, vikar, gone = make_agent(), make_employee("Vikar Vest"), make_employee("Borte Dal")
    services.set_substitute(
        employee_id=agnes.pk, substitute_id=vikar.pk, valid_from=DAY, valid_to=DAY, viewer=viewer_of(agnes), at=AT
    )
    make_substitute(agnes, gone)
    services.record_leave(employee_id=gone.pk, last_day=date(2026, 3, 1), viewer=TOWN, at=AT)
    assert selectors.substitutes_of(agnes.pk, AT) == [vikar.pk]
    assert selectors.substitutes_of(agnes.pk, AT + timedelta(days=1)) == []
    with pytest.raises(errors.HasLeft):
        services.set_substitute(employee_id=agnes.pk, substitute_id=gone.pk, valid_from=DAY, viewer=TOWN, at=AT)


@pytest.mark.req("kc.competencecourse")
def test_a_competence_counts_once_its_course_is_passed() -> None:
    make_group("passport", course="pas")
    agnes = make_employee(groups={})
    held = services.set_competence(
        employee_id=agnes.pk, group="passport", proficiency=3, level=2, valid_from=DAY, viewer=TOWN, at=AT
    )
    assert held.held_back == "course" and known(agnes) == {}
    passed = services.record_training(employee_id=agnes.pk, course="pas", passed_on=DAY, viewer=TOWN, at=AT)
    assert "passport" in known(agnes)
    actor = viewer_of(agnes, AT).actor
    assert actor is not None and actor.competences == {"passport": 2}
    services.withdraw_training(training_id=passed.pk, viewer=TOWN, at=AT)
    assert known(agnes) == {}


def test_a_pass_that_has_run_out_holds_the_competence_back_and_tells_the_manager() -> None:
    from indgang.core.organisation.competences import review

    make_course("pas", months=12)
    make_group("passport", course="pas")
    marie = make_manager()
    agnes = make_employee(groups={"passport": (3, 1)}, manager=marie)
    passed = services.record_training(employee_id=agnes.pk, course="pas", passed_on=DAY, viewer=TOWN, at=AT)
    assert passed.valid_to == date(2027, 3, 2)
    later = datetime(2027, 3, 3, 10, tzinfo=UTC)
    assert review(None, "system:organisation", later) == 1
    assert known(agnes, later) == {}
    assert [row.kind for row in selectors.notices(viewer_of(marie, later), later)] == ["course_expired"]


def test_asking_for_a_course_holds_back_who_has_not_passed_it() -> None:
    agnes, bodil = make_employee(groups={"moving": (3, 1)}), make_employee("Bodil", groups={"moving": (3, 1)})
    make_training(bodil, "flyt")
    services.require_course(group="moving", course="flyt", viewer=TOWN, at=AT)
    assert known(agnes) == {} and "moving" in known(bodil)
    services.require_course(group="moving", course="", viewer=TOWN, at=AT)
    assert "moving" in known(agnes)


def test_competences_change_by_period_and_what_was_stays_as_history() -> None:
    agnes = make_employee(groups={"moving": (3, 1)})
    services.set_competence(
        employee_id=agnes.pk, group="moving", proficiency=4, level=2, valid_from=DAY, viewer=TOWN, at=AT
    )
    assert known(agnes, AT - timedelta(days=1)) == {"moving": (3, 1)}
    assert known(agnes)["moving"][0] == 4
    with pytest.raises(errors.CompetenceOverlaps):
        services.set_competence(
            employee_id=agnes.pk, group="moving", proficiency=1, level=1, valid_from=date(2026, 1, 1),
            valid_to=date(2026, 3, 31), viewer=TOWN, at=AT,
        )  # fmt: skip


@pytest.mark.req("sys.workplaces")
def test_a_profile_shows_what_one_knows_has_learned_and_can_learn_next() -> None:
    make_group("passport", "Pas", course="pas")
    agnes = make_employee(groups={"moving": (3, 1)})
    make_employee("Bodil", groups={"passport": (3, 1)})
    make_training(agnes, "intro")
    seen = selectors.profile(viewer_of(agnes), agnes.pk, clock.now())
    assert seen is not None
    assert [row.group for row in seen.competences] == ["moving"]
    assert [row.course for row in seen.card.trainings] == ["intro"]
    assert seen.next_steps == (("pas", "Kursus i pas", "Pas"),)
    assert selectors.profile(viewer_of(make_manager()), agnes.pk, clock.now()) is not None
    assert selectors.profile(viewer_of(make_stranger()), agnes.pk, clock.now()) is None


def test_the_directory_finds_people_and_units_by_the_beginning_of_words(django_assert_num_queries) -> None:
    kc = make_unit("kontaktcenter")
    make_hours(kc)
    for name, title in (("Åse Holm", "Pasmedarbejder"), ("Asger Holm", "Vejleder"), ("Zenia Å", "Leder")):
        make_employee(name, title=title)
    gone = make_employee("Holger Holm")
    services.record_leave(employee_id=gone.pk, last_day=date(2026, 3, 1), viewer=TOWN, at=AT)

    def names(q: str) -> list[str]:
        return [row.name for row in selectors.directory(q, AT)]

    assert names("hol") == ["Asger Holm", "Åse Holm"]
    assert names("åse hol") == ["Åse Holm"] and names("pasm") == ["Åse Holm"] and names("olm") == []
    assert names("kontakt") == ["Asger Holm", "Kontaktcenter", "Zenia Å", "Åse Holm"]
    assert names("kontakt zen") == ["Zenia Å"] and names("Z.") == ["Zenia Å"]
    with django_assert_num_queries(7):
        rows = selectors.directory("holm", AT)
    assert all(row.open.open for row in rows)


def test_who_has_left_is_not_among_employees() -> None:
    agnes = make_agent()
    services.record_leave(employee_id=agnes.pk, last_day=date(2026, 3, 1), viewer=TOWN, at=AT)
    assert selectors.employees(at=AT) == [] and selectors.employee(agnes.pk) is not None
