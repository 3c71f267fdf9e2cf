"""Capacity, goals and the leader's queue: seen before, saved together, undone together."""

from datetime import timedelta

import pytest

from indgang.core.organisation.testing import make_employee, make_group
from indgang.core.routing import selectors as routing
from indgang.core.routing import services
from indgang.core.routing.testing import item_row, make_available, make_item
from indgang.desks.administration.models import Change
from indgang.desks.administration.testing import at_desk
from indgang.foundation.access.values import system
from indgang.foundation.runtime import clock

pytestmark = pytest.mark.django_db


@pytest.fixture
def lea():
    make_group("tax")
    return at_desk("manager")


def undo(browser) -> None:
    newest = Change.objects.latest("id")
    assert browser.post(f"/administration/aendringer/{newest.pk}/fortryd").status_code == 302


def test_capacity_is_proposed_for_a_group_saved_together_and_undone_together(lea):
    one, other = make_employee(), make_employee("Bo Byt", groups={"tax": (3, 1)})
    page = lea.get("/administration/kapacitet", {"gruppe": "moving", "medie": "mail", "antal": "3"})
    assert page.context["proposed"] == 1 and routing.capacities([one.pk]) == {}
    form = {f"version-{line.card.id}": line.version for line in page.context["lines"]}
    lea.post("/administration/kapacitet/gem", {**form, f"{one.pk}-mail": "3", f"{other.pk}-chat": "2"})
    assert routing.capacities([one.pk, other.pk]) == {one.pk: {"mail": 3}, other.pk: {"chat": 2}}
    assert "E-mail: 3" in lea.get("/administration/aendringer").content.decode()
    undo(lea)
    assert routing.capacities([one.pk, other.pk]) == {}


def test_a_capacity_changed_meanwhile_is_not_overwritten_and_nonsense_is_refused(lea):
    one = make_employee()
    version = lea.get("/administration/kapacitet").context["lines"][0].version
    form = {f"version-{one.pk}": version, f"{one.pk}-mail": "3"}
    lea.post("/administration/kapacitet/gem", form)
    assert lea.post("/administration/kapacitet/gem", form | {f"{one.pk}-mail": "4"}).status_code == 409
    assert lea.post("/administration/kapacitet/gem", form | {f"{one.pk}-mail": "99"}).status_code == 422
    assert at_desk("executive").get("/administration/kapacitet").status_code == 404


def chosen(lea, *items):
    rows = {one["row"].item.id: one["version"] for one in lea.get("/ledelse/koe").context["rows"]}
    return {"valgt": [str(i.id) for i in items], **{f"version-{i.id}": rows[i.id] for i in items}}


def test_a_leader_sees_first_and_then_moves_several_and_takes_it_back(lea):
    make_employee()
    items = [make_item(at=clock.now(), reference=f"K{number}") for number in range(3)]
    form = {**chosen(lea, *items[:2]), "goer": "gruppe", "gruppe": "tax"}
    look = lea.post("/ledelse/koe/se", form).content.decode()
    assert "Det gælder 2 henvendelser" in look and item_row(items[0].id).group == "moving"
    assert lea.post("/ledelse/koe/udfoer", form).status_code == 302
    assert [item_row(i.id).group for i in items] == ["tax", "tax", "moving"]
    undo(lea)
    assert [item_row(i.id).group for i in items] == ["moving"] * 3


def test_priority_deadline_and_person_are_set_for_several(lea):
    bo = make_employee("Bo Byt")
    items, day = [make_item(at=clock.now()) for _ in range(2)], clock.today() + timedelta(days=30)
    lea.post("/ledelse/koe/udfoer", {**chosen(lea, *items), "goer": "hast", "hast": "2"})
    lea.post("/ledelse/koe/udfoer", {**chosen(lea, *items), "goer": "frist", "dag": day.isoformat(), "kl": "12.00"})
    lea.post("/ledelse/koe/udfoer", {**chosen(lea, *items), "goer": "person", "person": str(bo.pk)})
    for item in items:
        there = item_row(item.id)
        assert (there.priority, there.employee_id) == (2, bo.pk)
        assert clock.local(there.due_at).strftime("%Y-%m-%d %H.%M") == f"{day} 12.00"


def test_all_or_none_when_one_was_taken_or_changed_meanwhile(lea):
    agent = make_employee()
    items = [make_item(at=clock.now()) for _ in range(2)]
    form = {**chosen(lea, *items), "goer": "hast", "hast": "1"}
    lea.post("/ledelse/koe/udfoer", {**chosen(lea, items[0]), "goer": "hast", "hast": "2"})
    assert lea.post("/ledelse/koe/udfoer", form).status_code == 409
    assert [item_row(i.id).priority for i in items] == [2, 0]
    assert lea.post("/ledelse/koe/se", {"valgt": "x", "goer": "hast"}).status_code == 422
    assert lea.post("/ledelse/koe/se", {**form, "goer": "andet"}).status_code == 422
    make_available(agent.pk, clock.now())
    assert at_desk("agent").get("/ledelse/koe").status_code == 404


def test_the_queue_and_its_history_cost_the_same_however_many_wait(lea, django_assert_max_num_queries):
    make_employee()
    items = [make_item(at=clock.now()) for _ in range(20)]
    form = {**chosen(lea, *items), "goer": "hast", "hast": "1"}
    with django_assert_max_num_queries(14):
        lea.get("/ledelse/koe")
    with django_assert_max_num_queries(14):
        lea.post("/ledelse/koe/se", form)
    lea.post("/ledelse/koe/udfoer", form)
    with django_assert_max_num_queries(14):
        lea.get("/administration/aendringer")


@pytest.mark.req("goals.common")
def test_goals_stand_beside_what_was_reached_and_go_out_as_a_table(lea):
    now = clock.now()
    services.save_target(medium="mail", seconds=None, share=0.8, viewer=system("test"), at=now)
    make_employee()
    for days in (0, 3, 20):
        done = now - timedelta(days=days)
        make_item(at=done, state="done", done_at=done, due_at=done - timedelta(hours=1))
    page = lea.get("/administration/maal").content.decode()
    assert "under målet" in page and "inden opgavens svarfrist" in page
    table = lea.get("/administration/maal.csv").content.decode()
    assert "moving,Moving,mail,80,inden opgavens svarfrist,1,0,2,0,3,0" in table


def test_a_channel_is_short_of_its_goal_by_what_was_counted_not_by_rounded_percentages(lea):
    now = clock.now()
    services.save_target(medium="mail", seconds=None, share=0.85, viewer=system("test"), at=now)
    for number in range(13):
        due = now + timedelta(hours=1 if number < 11 else -1)
        make_item(at=now, state="done", done_at=now, due_at=due)
    for number in range(13):
        due = now + timedelta(hours=1 if number < 11 else -1)
        make_item("tax", at=now, state="done", done_at=now, due_at=due)
    (total,) = lea.get("/administration/maal").context["totals"]
    assert (total.actual[0].counted, total.actual[0].met, total.actual[0].short) == (26, 22, True)


@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31", "1.1.2001", "9" * 5000])
def test_a_deadline_nobody_can_mean_is_refused_and_the_queue_goes_on(lea, day):
    agent, item = make_employee(), make_item(at=clock.now(), priority=1)
    form = {**chosen(lea, item), "goer": "frist", "dag": day, "kl": "0.00"}
    assert lea.post("/ledelse/koe/se", form).status_code == 422
    assert lea.post("/ledelse/koe/udfoer", form).status_code == 422
    make_available(agent.pk, clock.now())
    assert services.dispatch_once(clock.now()) == 1


NUL, LONG = "a\0b", "9" * 10_000


@pytest.mark.parametrize(
    ("path", "form"),
    [
        ("/ledelse/koe/se", {"goer": "hast", "hast": LONG}),
        ("/ledelse/koe/se", {"goer": "person", "person": LONG}),
        ("/administration/kapacitet/gem", {"version-{agent}": "", "{agent}-mail": LONG}),
        ("/administration/aabningstider/kontaktcenter/phone/lukket", {"navn": NUL, "engelsk": "A", "nummer": "1"}),
        ("/administration/medarbejdere/ny/ansaet", {"navn": NUL, "enhed": "kontaktcenter", "brugernavn": "n"}),
        ("/administration/medarbejdere/{agent}/kort", {"navn": "Agnes", "leder": LONG, "sidste": LONG}),
    ],
)
def test_what_no_database_holds_is_refused_with_a_sentence(lea, path, form):
    agent = make_employee().pk
    form = {key.format(agent=agent): value for key, value in form.items()}
    assert lea.post(path.format(agent=agent), form).status_code == 422


def test_without_targets_the_page_says_how_to_begin(lea):
    assert "Ingen servicemål" in lea.get("/administration/maal").content.decode()
