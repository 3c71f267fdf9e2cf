"""Limits hold over all processes."""

import os
import subprocess
import sys
from datetime import UTC, datetime, timedelta

import pytest

from indgang.foundation.web.errors import TooMany
from indgang.foundation.web.models import Count
from indgang.foundation.web.services import forget_old, rate_limit

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
ASKING = """
import django; django.setup()
from datetime import UTC, datetime
from indgang.foundation.web.errors import TooMany
from indgang.foundation.web.services import rate_limit
let_in = 0
for _ in range(20):
    try:
        rate_limit("fælles", 25, 3600, datetime(2026, 3, 2, 12, tzinfo=UTC)); let_in += 1
    except TooMany:
        pass
print(let_in)
"""


@pytest.mark.django_db
def test_the_limit_lets_in_so_many_and_says_when_to_come_back():
    for _ in range(3):
        rate_limit("en", 3, 60, NOON + timedelta(seconds=15))
    with pytest.raises(TooMany) as refused:
        rate_limit("en", 3, 60, NOON + timedelta(seconds=15))
    assert refused.value.facts["retry_after"] == 45
    rate_limit("en", 3, 60, NOON + timedelta(seconds=61))
    rate_limit("anden", 3, 60, NOON)


@pytest.mark.kernel
@pytest.mark.django_db(transaction=True)
def test_three_processes_together_are_let_in_as_often_as_one():
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "indgang.assembly.settings"}
    asking = [
        subprocess.Popen([sys.executable, "-W", "ignore", "-c", ASKING], env=environment, stdout=subprocess.PIPE)
        for _ in range(3)
    ]
    assert sum(int(process.communicate(timeout=120)[0].split()[-1]) for process in asking) == 25


@pytest.mark.django_db
def test_old_counts_are_forgotten_and_name_nobody():
    rate_limit("adresse 198.51.100.7", 3, 60, NOON)
    assert "198" not in Count.objects.get().key
    assert forget_old(NOON + timedelta(seconds=120)) == 1
