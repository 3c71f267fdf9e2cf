"""A leader sets the hours of the own unit: seen first, saved, undone; everybody else only looks."""

from datetime import date, datetime, time
from zoneinfo import ZoneInfo

import pytest

from indgang.core.organisation import selectors as organisation
from indgang.core.organisation.testing import make_hours, make_unit
from indgang.desks.administration import changes, hours_settings
from indgang.desks.administration.models import Change
from indgang.desks.administration.testing import at_desk
from indgang.foundation.runtime import clock

pytestmark = pytest.mark.django_db
PAGE = "/administration/aabningstider/kontaktcenter/phone"


@pytest.fixture
def leader():
    return at_desk("manager")


@pytest.fixture(autouse=True)
def hours():
    make_hours(make_unit(), "phone")


def week(**more: str) -> dict[str, object]:
    """Monday to Friday 8 to 20 and Saturday 10 to 14, from today."""
    typed: dict[str, object] = {"fra": clock.today().isoformat(), "beslutning": "Mødet 3. marts", **more}
    for day in range(5):
        typed |= {f"fra{day}-tid": "8.00", f"til{day}-tid": "20.00"}
    return typed | {"fra5-tid": "10", "til5-tid": "14"}


def version() -> str:
    return changes.read_setting(hours_settings.WEEK, "kontaktcenter:phone", clock.now()).version


@pytest.mark.req("org.hours.decide")
@pytest.mark.req("wish.hours")
def test_a_longer_week_is_seen_first_and_then_saved_with_the_decision(leader):
    seen = leader.post(f"{PAGE}/uge", week(goer="vis", version=version())).content.decode()
    assert "Fra 50 timer til 64 timer" in seen and "Intet er gemt endnu" in seen
    assert hours_settings.weekly_total(hours_settings.plan_of("kontaktcenter:phone")[-1]) == 50
    answer = leader.post(f"{PAGE}/uge", week(goer="gem", version=version()))
    page = leader.get(answer.url).content.decode()
    assert "Mødet 3. marts" in page and "64 timer" in page and "Fortryd" in page
    saturday = next(
        day for day in organisation.hours_of_week("kontaktcenter", "phone", clock.today()) if day.day.weekday() == 5
    )
    assert saturday.intervals == (((time(10), time(14))),) or saturday.day < clock.today()


def test_what_was_saved_is_undone_by_one_press(leader):
    before = hours_settings.plan_of("kontaktcenter:phone")
    leader.post(f"{PAGE}/uge", week(goer="gem"))
    change = Change.objects.get()
    assert hours_settings.plan_of("kontaktcenter:phone") != before
    leader.post(f"/administration/aendringer/{change.pk}/fortryd")
    assert hours_settings.plan_of("kontaktcenter:phone") == before
    again = leader.post(f"/administration/aendringer/{change.pk}/fortryd")
    assert again.status_code == 409 and "allerede fortrudt" in again.content.decode()


def test_an_older_change_is_not_undone_over_a_newer_one(leader):
    leader.post(f"{PAGE}/uge", week(goer="gem"))
    first = Change.objects.get()
    leader.post(f"{PAGE}/uge", week(goer="gem", **{"til5-tid": "15"}) | {"til5-tid": "15"})
    refused = leader.post(f"/administration/aendringer/{first.pk}/fortryd")
    assert refused.status_code == 409 and "Fortryd først den nyere" in refused.content.decode()


def test_who_saw_an_older_week_does_not_overwrite_the_newer(leader):
    seen = version()
    leader.post(f"{PAGE}/uge", week(goer="gem", version=seen))
    refused = leader.post(f"{PAGE}/uge", week(goer="gem", version=seen) | {"til5-tid": "16"})
    assert refused.status_code == 409 and "Lea Leder" in refused.content.decode()


def test_a_leader_of_another_unit_only_looks():
    other = at_desk("manager", name="Ida Indreby", unit="indreby")
    assert "Gem åbningstiderne" not in other.get(PAGE).content.decode()
    assert other.post(f"{PAGE}/uge", week(goer="gem")).status_code == 404


@pytest.mark.parametrize("bad", [{"fra0-tid": "otte"}, {"til0-tid": ""}, {"fra": "2001-01-01"}, {"fra0-tid": "21.00"}])
def test_what_cannot_be_hours_is_refused_with_a_sentence(leader, bad):
    answer = leader.post(f"{PAGE}/uge", week(goer="gem") | bad)
    assert answer.status_code == 422
    assert not Change.objects.exists()


def test_a_week_for_a_while_gives_way_to_the_old_one():
    plan = [hours_settings.new_period(date(2026, 1, 1), None, [], "") | {"hours": [[0, "08:00", "16:00"]]}]
    summer = hours_settings.new_period(date(2026, 7, 1), date(2026, 7, 31), [], "") | {"hours": [[0, "08:00", "12:00"]]}
    found = hours_settings.replanned(plan, summer)
    assert [(one["from"], one["to"]) for one in found] == [
        ("2026-01-01", "2026-06-30"),
        ("2026-07-01", "2026-07-31"),
        ("2026-08-01", None),
    ]


def test_the_list_shows_who_is_open_in_the_evening_or_at_the_weekend(leader):
    assert "Kontaktcenter" in leader.get("/administration/aabningstider?kun=aften").content.decode()
    assert (
        "Ingen åbningstider passer" in leader.get("/administration/aabningstider?kanal=mail&kun=aften").content.decode()
    )


def test_a_single_day_is_closed_and_opened_again(leader):
    day = date(clock.today().year + 1, 6, 1)
    typed = {"dag": day.isoformat(), "enhed": "kontaktcenter", "lukket": "ja", "hvorfor": "Personaledag"}
    leader.post("/administration/aabningstider/dage/gem", typed)
    assert "Personaledag" in leader.get("/administration/aabningstider/dage").content.decode()
    noon = datetime.combine(day, time(12), tzinfo=ZoneInfo("Europe/Copenhagen"))
    assert not organisation.opening("kontaktcenter", "phone", noon).open
    leader.post("/administration/aabningstider/dage/fjern", {"dag": f"kontaktcenter:{day.isoformat()}"})
    leader.post(f"/administration/aendringer/{Change.objects.latest('at').pk}/fortryd")
    assert "Personaledag" in leader.get("/administration/aabningstider/dage").content.decode()
