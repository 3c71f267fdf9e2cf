import os

import psycopg
import pytest
from django.db import connection

from indgang.core.cases import numbering, selectors, services
from indgang.core.cases.case_values import CaseQuery
from indgang.core.cases.models import Case, Deadline, Document, DocumentVersion, JournalEntry, Party
from indgang.core.catalogue.testing import make_task
from indgang.core.citizens.testing import make_person
from indgang.core.organisation.testing import make_employee, make_unit
from indgang.foundation.access.values import system

pytestmark = pytest.mark.django_db


@pytest.fixture
def town(db):
    office = make_unit("familieydelser", kind="office", administration="FAF")
    make_employee("Filippa Falk", unit=office, groups={"housing_benefit": (5, 3)})
    task = make_task("T-022", title="Boligsikring", group="housing_benefit", administration="FAF")
    task.follow_up = office
    task.save()
    for _ in range(5):
        make_person()


def test_invented_cases_are_whole_and_their_numbers_hold(at, town):
    assert services.generate(count=300, seed=1, at=at) == 300
    numbers = list(Case.objects.values_list("number", flat=True))
    assert len(set(numbers)) == 300
    assert all(numbering.normal_number(number) == number for number in numbers)
    assert (Party.objects.count(), Document.objects.count(), DocumentVersion.objects.count()) == (300, 900, 900)
    assert JournalEntry.objects.count() == 600
    assert Deadline.objects.count() == Case.objects.filter(progress__in=["opened", "informed"]).count()
    assert DocumentVersion.objects.values("digest").distinct().count() <= 8
    assert 0 < Case.objects.exclude(progress="closed").count() < 60


@pytest.fixture
def nearly_a_million():
    """The sequence stands just before 1,000,000, and afterwards where it stood."""
    with psycopg.connect(os.environ["DATABASE_OWNER_URL"], autocommit=True) as owner:
        (stood,) = owner.execute("SELECT last_value FROM cases_number").fetchone()
        owner.execute("SELECT setval('cases_number', 999995)")
        yield
        owner.execute("SELECT setval('cases_number', %s)", [stood])


def test_the_numbers_of_a_large_town_go_on_after_a_million(at, town, nearly_a_million):
    assert services.generate(count=10, seed=4, at=at) == 10
    numbers = list(Case.objects.values_list("number", flat=True))
    assert sorted({len(number) for number in numbers}) == [13, 14]
    assert all(numbering.normal_number(number) == number for number in numbers)


def test_invented_cases_are_listed_like_all_others(at, town):
    services.generate(count=100, seed=2, at=at)
    page = selectors.case_rows(system("test"), CaseQuery(closed=True, sort="newest"), limit=200, at=at)
    opened = [row.opened_at for row in page.rows]
    assert opened == sorted(opened, reverse=True)


def test_an_id_says_when_its_case_was_opened(at, town):
    services.generate(count=50, seed=3, at=at)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM cases_case WHERE substr(replace(id::text, '-', ''), 1, 12)"
            " <> lpad(to_hex((extract(epoch FROM opened_at) * 1000)::bigint), 12, '0')"
        )
        assert cursor.fetchone() == (0,)


def test_without_people_there_are_no_cases(at, db):
    assert services.generate(count=10, seed=1, at=at) == 0
