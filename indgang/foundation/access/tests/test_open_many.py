"""Opening several citizens at once: one purpose, one statement, a look each."""

from datetime import UTC, datetime
from uuid import UUID, uuid4

import pytest
from django.db import connections
from django.test.utils import CaptureQueriesContext

from indgang.foundation.access import services
from indgang.foundation.access.errors import NotFound
from indgang.foundation.access.selectors import LOG
from indgang.foundation.access.values import PUBLIC, Actor, Purpose, Right, Viewer

AT = datetime(2026, 3, 3, 9, 0, tzinfo=UTC)
REASON = Purpose("reason", "citizen_present")
ACTOR = Actor(1, 1, 1, "KSR", frozenset({"agent"}), (Right(1, group="moving"),), {"moving": 1})
AGENT = Viewer("staff", "employee:1", ACTOR)
pytestmark = pytest.mark.django_db


def outcomes(citizen: UUID) -> list[tuple[str, str, str]]:
    return [(look.kind, look.purpose, look.outcome) for look in services.looks_at(citizen)]


def test_every_citizen_gets_a_look_in_one_statement() -> None:
    several, hidden = [uuid4() for _ in range(20)], uuid4()
    with CaptureQueriesContext(connections[LOG]) as said:
        shown = services.open_many(AGENT, citizens=several, withheld=[hidden], kind="search", purpose=REASON, at=AT)
    assert shown == frozenset(several) and len(said) == 1
    assert {tuple(outcomes(one)) for one in several} == {(("search", "reason:citizen_present", "shown"),)}
    assert outcomes(hidden) == [("search", "reason:citizen_present", "refused")]


def test_whoever_may_open_nobody_is_refused_also_when_nobody_was_found() -> None:
    one = uuid4()
    for citizens in ([one], []):
        with pytest.raises(NotFound):
            services.open_many(PUBLIC, citizens=citizens, kind="search", purpose=REASON, at=AT)
    assert outcomes(one) == [("search", "reason:citizen_present", "refused")]


def test_nobody_found_is_no_refusal_for_those_who_may_look() -> None:
    assert services.open_many(AGENT, citizens=[], kind="search", purpose=REASON, at=AT) == frozenset()


def test_an_open_contact_opens_its_citizen_only_and_their_household_on_their_account(monkeypatch) -> None:
    mine, other = uuid4(), uuid4()
    from indgang.foundation.access import looking

    monkeypatch.setitem(looking._verifiers, "contact", lambda value, citizen, viewer: citizen == mine)
    purpose = Purpose("contact", str(uuid4()))
    shown = services.open_many(AGENT, citizens=[mine, other], kind="person", purpose=purpose, at=AT)
    assert shown == {mine} and outcomes(other)[0][2] == "refused"
    family = services.open_many(AGENT, citizens=[other], on_account_of=mine, kind="household", purpose=purpose, at=AT)
    assert family == {other} and outcomes(other)[0][::2] == ("household", "shown")
    with pytest.raises(NotFound):
        services.open_many(AGENT, citizens=[mine], on_account_of=other, kind="household", purpose=purpose, at=AT)
