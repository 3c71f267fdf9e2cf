"""Who keeps keys sees them all and when each was used; nobody sees the key itself."""

from datetime import UTC, datetime, timedelta

import pytest

from indgang.foundation.access import selectors, services
from indgang.foundation.access.errors import NotFound
from indgang.foundation.access.values import PUBLIC, system

pytestmark = pytest.mark.django_db
AT = datetime(2026, 11, 20, 10, 0, tzinfo=UTC)
HOUSE = system("setup")


def test_a_use_is_seen_to_the_minute_and_a_closed_key_stands_last():
    used = services.make_key("system", "esdh", None, AT)
    services.make_key("system", "kort", None, AT - timedelta(days=1))
    newest, _older = selectors.keys(HOUSE)
    assert (newest.name, newest.last_used_at) == ("esdh", None)
    selectors.viewer_of_key(used, AT)
    selectors.viewer_of_key(used, AT + timedelta(seconds=30))
    assert selectors.keys(HOUSE)[0].last_used_at == AT
    selectors.viewer_of_key(used, AT + timedelta(minutes=2))
    assert selectors.keys(HOUSE)[0].last_used_at == AT + timedelta(minutes=2)
    services.revoke_key(key_id=newest.id, viewer=HOUSE, at=AT)
    assert [row.name for row in selectors.keys(HOUSE)] == ["kort", "esdh"]


def test_a_stranger_sees_no_key():
    with pytest.raises(NotFound):
        selectors.keys(PUBLIC)
