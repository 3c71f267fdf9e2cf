"""A list shows exactly what may be opened: `may()`, the filter in Python and the filter in SQL say the same."""

import itertools
import os
from datetime import UTC, datetime

import psycopg
import pytest
from django.contrib.postgres.fields import ArrayField
from django.db import connection, models
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from indgang.foundation.access import policy, selectors
from indgang.foundation.access.values import Actor, Right, TaskNeed

AT = datetime(2026, 3, 3, 10, tzinfo=UTC)
GROUPS, TASKS, OWNERS = ["moving", "tax", "benefit"], ["", "T-001", "T-002", "T-003"], ["ØKF", "KSR", "SKAT"]
ROLES = ["agent", "manager", "job_centre", "benefit_office", "national_centre", "caseworker", "authority"]

FORBIDDEN = [(), ("job_centre",), ("agent", "manager")]

needs = st.builds(
    TaskNeed,
    task=st.sampled_from(TASKS),
    group=st.sampled_from(GROUPS),
    owner=st.sampled_from(OWNERS),
    level=st.integers(1, 3),
    decision=st.booleans(),
    forbidden_to=st.frozensets(st.sampled_from(ROLES), max_size=2),
    ceiling=st.integers(1, 3),
)
rights = st.one_of(
    st.builds(Right, level=st.integers(1, 3), task=st.sampled_from(TASKS[1:])),
    st.builds(Right, level=st.integers(1, 3), group=st.sampled_from(GROUPS)),
)
actors = st.builds(
    Actor,
    account=st.just(1),
    employee=st.just(1),
    unit=st.integers(1, 3),
    employer=st.sampled_from(OWNERS),
    roles=st.frozensets(st.sampled_from(ROLES), max_size=3),
    rights=st.lists(rights, max_size=4).map(tuple),
    competences=st.dictionaries(st.sampled_from(GROUPS), st.integers(1, 3)),
)
dispensations = st.one_of(st.booleans(), st.frozensets(st.sampled_from(TASKS[1:]), max_size=2))
scopes = st.builds(policy.scope, actors, st.just(AT), dispensations, separation=st.booleans())


class NeedRow(models.Model):
    """A table of what rows need, made for this test only."""

    task = models.CharField(max_length=12)
    group = models.CharField(max_length=40)
    owner = models.CharField(max_length=12)
    level = models.SmallIntegerField()
    decision = models.BooleanField()
    forbidden_to = ArrayField(models.CharField(max_length=40))
    ceiling = models.SmallIntegerField()

    class Meta:
        app_label = "access_tests"
        managed = False
        db_table = "need_row"


@pytest.fixture
def need_table(db) -> None:
    """The app role makes no tables, so the owner does."""
    with psycopg.connect(os.environ["DATABASE_OWNER_URL"], autocommit=True) as owner:
        owner.execute(
            'CREATE TABLE IF NOT EXISTS need_row (id bigserial PRIMARY KEY, task text, "group" text, owner text, '
            "level smallint, decision boolean, forbidden_to varchar(40)[], ceiling smallint)"
        )
        owner.execute(f"GRANT ALL ON need_row, need_row_id_seq TO {connection.settings_dict['USER']}")


@pytest.fixture
def need_rows(need_table) -> dict[int, TaskNeed]:
    """One row of every kind."""
    kinds = itertools.product(TASKS, GROUPS, OWNERS, policy.LEVELS, (True, False), FORBIDDEN, (1, 2))
    every = [TaskNeed(*facts, frozenset(forbidden), ceiling) for *facts, forbidden, ceiling in kinds]
    names = ("task", "group", "owner", "level", "decision", "ceiling")
    rows = [
        NeedRow(**{name: getattr(need, name) for name in names}, forbidden_to=sorted(need.forbidden_to))
        for need in every
    ]
    return {row.pk: need for row, need in zip(NeedRow.objects.bulk_create(rows), every, strict=True)}


@given(scopes, needs)
def test_a_list_in_python_shows_what_may_be_acted_on(scope, need) -> None:
    assert policy.shows(scope.tasks_filter, need) == policy.may(scope, need, need.level)


@given(scopes, needs, st.integers(1, 3))
def test_may_reaches_no_further_than_the_filter_does(scope, need, level) -> None:
    if policy.may(scope, need, level):
        assert policy.shows(scope.tasks_filter, need, level)


@given(scopes, st.lists(needs, max_size=8))
def test_the_highest_level_is_the_last_that_may(scope, rows) -> None:
    reached = policy.highest_levels(scope, rows)
    for need in rows:
        for level in policy.LEVELS:
            if policy.may(scope, need, level):
                assert level <= reached[need.task]


@pytest.mark.django_db
@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(scope=scopes)
def test_a_list_in_sql_shows_what_may_be_acted_on(need_rows, scope) -> None:
    """Every generated employee meets every kind of row there is."""
    shown = set(
        NeedRow.objects.filter(selectors.rows_q(scope, forbidden="forbidden_to", ceiling="ceiling")).values_list(
            "pk", flat=True
        )
    )
    assert shown == {pk for pk, need in need_rows.items() if policy.may(scope, need, need.level)}


@pytest.mark.django_db
def test_a_list_that_keeps_only_the_task_asks_the_catalogue(django_assert_num_queries) -> None:
    agent = Actor(1, 1, 1, "ØKF", frozenset({"agent"}), (Right(2, task="T-001"),), {"moving": 2})
    known = [TaskNeed(task, "moving", "KSR", level, True) for task in ("T-001", "T-002") for level in (1, 2)]
    scope = policy.scope(agent, AT, True)
    assert policy.highest_levels(scope, known) == {"T-001": 2, "T-002": 1}
    asked = str(selectors.tasks_q(scope, known))
    assert "T-001" in asked and "T-002" in asked
