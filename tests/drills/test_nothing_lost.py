"""Short versions of `make drill`."""

import pytest

from indgang.assembly.drill_closed import fails_closed
from indgang.assembly.drill_lost import Size, nothing_lost
from indgang.assembly.drill_report import Report
from indgang.assembly.drill_system import System

pytestmark = [pytest.mark.journey, pytest.mark.xdist_group("drills")]
KILLED = ("worker", "mailroom", "dispatcher", "database")


def test_no_personal_data_is_shown_while_the_access_log_cannot_be_written(system: System):
    report = Report()
    fails_closed(system, report)
    assert report.failures == []


def test_forty_mails_survive_the_death_of_each_process(system: System):
    report = Report()
    size = Size(mails=40, forms=0, seconds=6, mail_servers=3, browsers=0, kills_each=1, killed=KILLED, just_before=0)
    nothing_lost(system, report, size)
    assert report.failures == []
