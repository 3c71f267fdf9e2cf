"""A rule of the municipality is changed by hand and stays so when the profile is loaded again."""

from datetime import UTC, datetime

import pytest

from indgang.core.catalogue import selectors, services
from indgang.core.catalogue.errors import UnknownSetting, WrongKindOfValue
from indgang.core.catalogue.profile_rows import _settings
from indgang.core.catalogue.testing import make_setting
from indgang.foundation.access.errors import NotFound
from indgang.foundation.access.values import PUBLIC, system

pytestmark = pytest.mark.django_db
AT = datetime(2026, 11, 20, 10, 0, tzinfo=UTC)
HOUSE = system("setup")


@pytest.fixture(autouse=True)
def days():
    return make_setting("contacts.reopen_days", 14)


def test_a_value_set_by_hand_outlives_the_profile():
    services.set_setting(code="contacts.reopen_days", value=21, viewer=HOUSE, at=AT)
    _settings([{"code": "contacts.reopen_days", "value": 14}, {"code": "contacts.other", "value": 1}])
    assert selectors.setting("reopen_days") == 21
    assert [(row.code, row.by_hand) for row in selectors.settings_under("contacts.")] == [
        ("contacts.other", False),
        ("contacts.reopen_days", True),
    ]


@pytest.mark.parametrize(
    ("code", "value", "refusal"), [("x", 1, UnknownSetting), ("contacts.reopen_days", "to", WrongKindOfValue)]
)
def test_what_is_no_rule_or_another_kind_is_refused(code, value, refusal):
    with pytest.raises(refusal):
        services.set_setting(code=code, value=value, viewer=HOUSE, at=AT)


def test_a_stranger_changes_nothing():
    with pytest.raises(NotFound):
        services.set_setting(code="contacts.reopen_days", value=2, viewer=PUBLIC, at=AT)
