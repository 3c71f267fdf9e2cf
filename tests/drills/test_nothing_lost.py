"""Short versions of `make drill`."""

import pytest

from indgang.assembly.drill_closed import fails_closed
from indgang.assembly.drill_counting import tally
from indgang.assembly.drill_killer import acknowledged_just_before
from indgang.assembly.drill_lost import Size, nothing_lost
from indgang.assembly.drill_report import Report
from indgang.assembly.drill_senders import Ledger, mail_server, timetable
from indgang.assembly.drill_system import System, wait_for

pytestmark = [pytest.mark.journey, pytest.mark.xdist_group("drills"), pytest.mark.timeout(1200)]
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


def test_a_lost_and_a_doubled_message_are_noticed(system: System):
    ledger = Ledger()
    mail_server(system, timetable("n", 2, 0), ledger, 120)
    assert wait_for(lambda: tally(system, ledger).found == 2, 120)
    with system.owner() as owner:
        owner.execute("UPDATE contacts_message SET body = replace(body, 'mærke n0000', 'mærke n0001')")
    there = tally(system, ledger)
    assert (there.missing, there.doubles) == (["n0000"], ["n0001"])


def test_only_the_second_before_a_kill_counts():
    kills = [(10.0, "web"), (20.0, "worker")]
    assert acknowledged_just_before(kills, [8.9, 9.1, 9.9, 10.1, 19.5, 20.5]) == 3
