"""Figures, targets and lists: read from dated rows, changed with a version, kept when the profile is read again."""

from datetime import timedelta

import pytest

from indgang.core.organisation.testing import make_employee, viewer_of
from indgang.core.routing import keeping, selectors, services
from indgang.core.routing.errors import NotAFigure, StaleRules, StaleTarget, UnknownMedium
from indgang.core.routing.testing import make_available, make_item, offers_of
from indgang.foundation.access.errors import NotFound
from indgang.foundation.access.values import system

pytestmark = pytest.mark.django_db
SETUP = system("test")
SECOND = timedelta(seconds=1)


def value(code, at):
    keeping.forget()
    return next(row.value for row in selectors.rules(at).rows if row.code == code)


def test_a_changed_figure_holds_from_its_day_and_the_next_offer_follows_it(now):
    tomorrow = now + timedelta(days=1)
    services.save_rules(figures={"offer_seconds.mail": 90}, viewer=SETUP, at=now, valid_from=tomorrow)
    assert (value("offer_seconds.mail", now), value("offer_seconds.mail", tomorrow)) == (20, 90)
    make_available(make_employee().pk, tomorrow)
    item = make_item(at=tomorrow)
    services.dispatch_once(tomorrow)
    assert offers_of(item.id)[0].expires_at == tomorrow + 90 * SECOND


def test_two_people_do_not_overwrite_each_others_figures(now):
    services.save_rules(figures={"misses": 3}, viewer=SETUP, at=now, version=0)
    with pytest.raises(StaleRules):
        services.save_rules(figures={"misses": 4}, viewer=SETUP, at=now, version=0)
    seen = selectors.rules(now).version
    services.save_rules(figures={"misses": None}, viewer=SETUP, at=now, version=seen)
    assert value("misses", now) == 2


@pytest.mark.parametrize("figures", [{"misses": 0}, {"misses": 1.5}, {"overflow.share": 2}, {"nonsense": 1}])
def test_a_figure_outside_its_bounds_is_refused(now, figures):
    with pytest.raises(NotAFigure):
        services.save_rules(figures=figures, viewer=SETUP, at=now)


def test_only_leaders_set_figures(now):
    with pytest.raises(NotFound):
        services.save_rules(figures={"misses": 3}, viewer=viewer_of(make_employee()), at=now)


def test_a_profile_read_again_leaves_what_was_set_by_hand(now):
    said = {"settings": [{"code": "routing.misses", "value": 3}, {"code": "routing.unseen", "value": 60}]}
    assert services.load_profile(said, at=now)["routing_figures"] == 2
    services.save_rules(figures={"misses": 5}, viewer=SETUP, at=now + SECOND)
    assert services.load_profile(said, at=now + 2 * SECOND)["routing_figures"] == 0
    assert (value("misses", now + 3 * SECOND), value("unseen", now + 3 * SECOND)) == (5, 60)
    said["settings"][0]["value"] = 4
    assert services.load_profile(said, at=now + 3 * SECOND)["routing_figures"] == 1
    assert value("misses", now + 4 * SECOND) == 4


def test_targets_are_dated_and_a_groups_own_goes_before_everybodys(now):
    services.save_target(medium="phone", seconds=30, share=0.8, viewer=SETUP, at=now)
    make_employee(groups={"moving": (3, 1)})
    services.save_target(medium="phone", group="moving", seconds=20, share=0.9, viewer=SETUP, at=now)
    later = now + timedelta(days=2)
    services.save_target(medium="phone", seconds=40, share=0.8, viewer=SETUP, at=later, version=1)
    with pytest.raises(StaleTarget):
        services.save_target(medium="phone", seconds=50, share=0.8, viewer=SETUP, at=later, version=1)
    assert [(t.group, t.seconds) for t in selectors.targets(now)] == [("", 30), ("moving", 20)]
    assert [(t.group, t.seconds) for t in selectors.targets(later)] == [("", 40), ("moving", 20)]
    with pytest.raises(UnknownMedium):
        services.save_target(medium="due", seconds=1, share=0.8, viewer=SETUP, at=now)
