import pytest
from django.db import connection


@pytest.mark.django_db
def test_case_numbers_come_from_one_sequence():
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval('cases_number'), nextval('cases_number')")
        first, second = cursor.fetchone()
    assert second == first + 1
