"""What every process keeps of the house is read from tables whose changes it is told of, and from no others."""

import re
from datetime import date

import pytest
from django.db import connection

from indgang.core.cases import rights
from indgang.core.cases import selectors as cases
from indgang.core.catalogue import model_in_use, vocabulary
from indgang.core.catalogue import selectors as catalogue
from indgang.core.catalogue.testing import make_task
from indgang.core.organisation import opening, people_reading
from indgang.core.organisation import selectors as organisation
from indgang.core.organisation.testing import make_employee
from indgang.foundation.access import selectors as access
from indgang.foundation.access.backend import LockOutBackend
from indgang.foundation.access.models import Account
from indgang.foundation.runtime import clock
from indgang.foundation.runtime.lasting import read_from
from indgang.foundation.runtime.services import remembering

DAY = date(2026, 3, 2)
WATCHED = "SELECT c.relname FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid WHERE t.tgname LIKE '%changes_house'"
COLUMNS = """
SELECT a.attname FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid
JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum = ANY(t.tgattr)
WHERE t.tgname = 'access_account_changes_house'
"""


def asked(question, *facts: object) -> set[str]:
    """The tables a question reads."""
    said: list[str] = []

    def listen(execute, sql, params, many, context):
        said.append(sql)
        return execute(sql, params, many, context)

    with connection.execute_wrapper(listen):
        question(*facts)
    return {table for sql in said for table in re.findall(r'(?:FROM|JOIN)\s+"?([a-z]+_\w+)', sql)}


@pytest.mark.django_db
def test_every_table_of_a_lasting_question_is_watched():
    with connection.cursor() as cursor:
        cursor.execute(WATCHED)
        watched = {table for (table,) in cursor.fetchall()}
    told = set().union(*(tables for name, tables in read_from().items() if ".tests." not in name))
    assert told == watched


@pytest.mark.django_db
def test_an_account_is_watched_in_all_that_tells_who_may_act():
    """The moment of the last login alone is written too often, and asked by nobody."""
    with connection.cursor() as cursor:
        cursor.execute(COLUMNS)
        watched = {column for (column,) in cursor.fetchall()}
    assert watched == {field.column for field in Account._meta.concrete_fields} - {"id", "last_login"}


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    "question",
    [
        lambda agent, task, at: catalogue.all_needs([1]),
        lambda agent, task, at: catalogue.needs([task], [1, 2]),
        lambda agent, task, at: catalogue.heads([task]),
        lambda agent, task, at: catalogue.cards([task]),
        lambda agent, task, at: catalogue.codes(),
        lambda agent, task, at: catalogue.setting("nothing"),
        lambda agent, task, at: vocabulary.search_version(),
        lambda agent, task, at: model_in_use.newest_id(),
        lambda agent, task, at: organisation.viewer_of_account(agent.account_id, at),
        lambda agent, task, at: LockOutBackend().get_user(agent.account_id),
        lambda agent, task, at: organisation.names([agent.pk]),
        lambda agent, task, at: organisation.administrations(),
        lambda agent, task, at: organisation.groups(),
        lambda agent, task, at: organisation.units(at=at),
        lambda agent, task, at: organisation.plan(DAY),
        lambda agent, task, at: organisation.agent_facts([agent.pk], at),
        lambda agent, task, at: people_reading.standing_in(at),
        lambda agent, task, at: people_reading.substitutes_of(agent.pk, at),
        lambda agent, task, at: people_reading.colleague(agent.pk),
        lambda agent, task, at: opening.opening_many([agent.unit.code], "phone", at),
        lambda agent, task, at: access.switches(at),
        lambda agent, task, at: rights.tasks_of(organisation.viewer_of_account(agent.account_id, at), at),
        lambda agent, task, at: cases.registers_for(organisation.viewer_of_account(agent.account_id, at), at),
    ],
)
def test_a_question_asked_again_reads_nothing_but_the_marks(question):
    agent, task, at = make_employee(groups={"moving": (2, 2)}), make_task("T-901").code, clock.now()
    told = set().union(*read_from().values())
    assert asked(question, agent, task, at) <= told
    with remembering():
        question(agent, task, at)
    with remembering():
        assert asked(question, agent, task, at) == {"runtime_housechange"}
