from dataclasses import replace

import numpy as np
import pytest

from indgang.desks.planning.dimensioning import Option, Work, compare, dimension
from indgang.desks.planning.staffing import Target


def week(per_day: float) -> tuple[float, ...]:
    shape = np.zeros(336)
    for day in range(5):
        hours = np.arange(16, 36)
        bell = np.exp(-(((hours - 22) / 5) ** 2)) + 0.2
        shape[day * 48 + 16 : day * 48 + 36] = per_day * bell / bell.sum()
    return tuple(shape.tolist())


PHONE = Work("contact centre", "phone", week(4000), 240, 180, Target(0.8, 20))
VISITS = Work("centres", "counter", week(2500), 420, None, Target(0.8, 600))
MAIL = Work("mail", "mail", week(1150), 400, None, Target(0.9, 86_400))
WORK = [PHONE, VISITS, MAIL]
TODAY = Option("8 centres with overflow")


@pytest.mark.req("dim.calc", "dim.7or9")
def test_eight_with_overflow_and_ten_without_are_compared():
    eight, ten = compare(WORK, [TODAY, Option("10 without", centres=10, overflow=False)])
    assert eight.hours_at_work < ten.hours_at_work
    assert eight.total_yearly < ten.total_yearly
    assert min(eight.service_level, ten.service_level) > 0.75


@pytest.mark.req("dim.scale")
def test_one_centre_needs_fewer_people_than_eight():
    one, eight = compare(WORK, [replace(TODAY, centres=1), TODAY])
    assert one.full_time < eight.full_time


@pytest.mark.req("dim.channelgain")
def test_moving_calls_to_the_net_frees_hours():
    before, after = compare(WORK, [TODAY, replace(TODAY, phone_to_net=0.1)])
    assert after.hours_at_work < before.hours_at_work


def test_more_solved_at_first_contact_needs_fewer_people():
    before, after = compare(WORK, [TODAY, replace(TODAY, first_contact=0.8)])
    assert after.hours_at_work < before.hours_at_work


def test_longer_hours_need_more_people_for_the_same_inquiries():
    before, after = compare(WORK, [TODAY, replace(TODAY, evenings=True, saturday=True)])
    assert after.hours_at_work > before.hours_at_work
    saturday_noon = 5 * 48 + 24
    assert (before.needs[saturday_noon].each_centre, after.needs[saturday_noon].each_centre) == (0, 3)


def test_nobody_is_planned_when_it_is_closed():
    night = dimension(WORK, TODAY).needs[4]
    assert (night.contact_centre, night.each_centre, night.written) == (0, 0, 0)


def test_an_open_centre_has_its_least_staff():
    quiet = dimension([replace(VISITS, counts=week(10))], TODAY)
    assert {need.each_centre for need in quiet.needs} == {0, 3}
