"""Who opens a citizen leaves a look in the log first; without the log nothing is shown."""

import os
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

import psycopg
import pytest
from django.db import connection, connections, transaction
from django.db.utils import Error as DatabaseFault

from indgang.foundation.access import looking, selectors, services
from indgang.foundation.access.errors import LogUnavailable, NotFound
from indgang.foundation.access.models import Look
from indgang.foundation.access.values import PUBLIC, Actor, Purpose, Right, Viewer, system
from indgang.foundation.runtime.services import remembering

AT = datetime(2026, 3, 3, 10, tzinfo=UTC)
OPEN = Purpose("contact", "0199-open")
AGNES = Viewer(
    kind="staff",
    name="employee:12",
    actor=Actor(1, 12, 1, "ØKF", frozenset({"agent"}), (Right(2, group="moving"),), {"moving": 2}),
)
LEADER = Viewer(
    kind="staff", name="employee:1", actor=Actor(2, 1, 1, "ØKF", frozenset({"security_leader"}), (), {}), account=2
)


@pytest.fixture(autouse=True)
def open_contacts(monkeypatch):
    monkeypatch.setattr(looking, "_verifiers", {})
    services.register_purpose_verifier("contact", lambda value, citizen, viewer: value == OPEN.value)


def open_citizen(citizen: UUID, purpose: Purpose | None = OPEN, viewer: Viewer = AGNES) -> None:
    services.open_for(viewer, citizen=citizen, kind="person", purpose=purpose, at=AT)


@contextmanager
def owner():
    with psycopg.connect(os.environ["DATABASE_OWNER_URL"], autocommit=True) as other:
        yield other


def logged(citizen: UUID) -> list[tuple[str, str, str]]:
    """What another connection finds."""
    with owner() as other:
        return other.execute(
            "SELECT actor, purpose, outcome FROM access_lookup WHERE citizen = %s ORDER BY id", [citizen]
        ).fetchall()


@pytest.mark.req("sec.flexible")
@pytest.mark.django_db(transaction=True)
def test_a_look_is_found_from_another_connection_even_when_the_change_is_rolled_back() -> None:
    citizen = uuid4()
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        open_citizen(citizen)
        assert logged(citizen) == [("employee:12", "contact:0199-open", "shown")]
        raise ZeroDivisionError
    assert logged(citizen) == [("employee:12", "contact:0199-open", "shown")]


@pytest.mark.django_db(transaction=True)
def test_a_refusal_is_logged_too_and_answers_like_something_missing() -> None:
    citizen = uuid4()
    with pytest.raises(NotFound), transaction.atomic():
        open_citizen(citizen, Purpose("contact", "another"))
    assert logged(citizen) == [("employee:12", "contact:another", "refused")]
    assert NotFound.status == 404


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("purpose", "viewer"),
    [(None, AGNES), (Purpose("case", "1"), AGNES), (OPEN, PUBLIC), (OPEN, LEADER), (Purpose("reason", "x y"), AGNES)],
)
def test_whom_nobody_opens_for(purpose, viewer) -> None:
    citizen = uuid4()
    with pytest.raises(NotFound):
        open_citizen(citizen, purpose, viewer)
    assert [look.outcome for look in services.looks_at(citizen)] == ["refused"]


@pytest.mark.django_db
def test_a_process_needs_a_real_purpose() -> None:
    citizen = uuid4()
    open_citizen(citizen, OPEN, system("mailroom"))
    with pytest.raises(NotFound):
        open_citizen(citizen, Purpose("reason", "citizen_present"), system("mailroom"))


@pytest.mark.django_db
def test_a_stated_reason_opens_is_flagged_and_counted() -> None:
    citizen = uuid4()
    for _ in range(2):
        open_citizen(citizen, Purpose("reason", "citizen_present"))
    open_citizen(citizen)
    assert sorted(look.flagged for look in services.looks_at(citizen)) == [False, True, True]
    (count,) = selectors.stated_reasons(LEADER, AT, AT + timedelta(hours=1))
    assert (count.actor, count.reason, count.looks) == ("employee:12", "citizen_present", 2)
    with pytest.raises(NotFound):
        selectors.stated_reasons(AGNES, AT, AT + timedelta(hours=1))


@pytest.mark.django_db
@pytest.mark.parametrize("value", ["010190-1234", "0101901234", "fordi Peter bad om det", "a" * 500])
def test_what_is_typed_instead_of_a_reason_never_reaches_the_log(value) -> None:
    citizen = uuid4()
    with pytest.raises(NotFound):
        open_citizen(citizen, Purpose("reason", value))
    assert [look.purpose for look in services.looks_at(citizen)] == ["reason:unreadable"]


@pytest.mark.kernel
@pytest.mark.django_db(transaction=True)
def test_nothing_is_opened_when_the_log_takes_no_rows() -> None:
    citizen, role = uuid4(), connection.settings_dict["USER"]
    with owner() as other:
        other.execute(f"REVOKE INSERT ON access_lookup FROM {role}")
    try:
        for purpose in (OPEN, None):
            with pytest.raises(LogUnavailable):
                open_citizen(citizen, purpose)
    finally:
        with owner() as other:
            other.execute(f"GRANT INSERT ON access_lookup TO {role}")
    assert LogUnavailable.status == 503 and logged(citizen) == []
    open_citizen(citizen)
    assert len(logged(citizen)) == 1


@pytest.mark.kernel
@pytest.mark.django_db(transaction=True)
def test_a_log_connection_that_died_opens_nothing_and_comes_back() -> None:
    citizen = uuid4()
    open_citizen(citizen)
    with connection.cursor() as other, connections["accesslog"].cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        other.execute("SELECT pg_terminate_backend(%s)", cursor.fetchone())
    with pytest.raises(LogUnavailable):
        open_citizen(citizen)
    open_citizen(citizen)
    assert len(logged(citizen)) == 2


@pytest.mark.kernel
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    "change", ["UPDATE access_lookup SET actor = 'x'", "DELETE FROM access_lookup", "TRUNCATE access_lookup"]
)
def test_the_service_cannot_change_its_own_log(change) -> None:
    open_citizen(uuid4())
    with pytest.raises(DatabaseFault, match="permission denied"), connections["accesslog"].cursor() as cursor:
        cursor.execute(change)
    assert Look.objects.count() == 1


def open_page(citizen: UUID, purpose: Purpose | None = OPEN) -> None:
    services.open_together(AGNES, citizen=citizen, kinds=("person", "cases"), purpose=purpose, at=AT)


@pytest.mark.django_db(transaction=True)
def test_a_page_of_several_kinds_is_logged_before_it_is_read_and_each_kind_once() -> None:
    citizen = uuid4()
    with remembering():
        open_page(citizen)
        assert len(logged(citizen)) == 2
        open_citizen(citizen)
        assert len(logged(citizen)) == 2
        open_citizen(citizen)  # another look of the same kind is another look
        assert len(logged(citizen)) == 3


@pytest.mark.django_db(transaction=True)
def test_what_is_opened_together_is_open_to_nobody_else_and_for_nothing_else() -> None:
    citizen = uuid4()
    with remembering():
        open_page(citizen)
        with pytest.raises(NotFound):
            open_citizen(citizen, Purpose("contact", "another"))
        with pytest.raises(NotFound):
            open_citizen(citizen, viewer=PUBLIC)
        open_citizen(uuid4())
    open_citizen(citizen)
    assert len(logged(citizen)) == 5


@pytest.mark.django_db(transaction=True)
def test_a_page_that_is_refused_is_one_refused_look() -> None:
    citizen = uuid4()
    with pytest.raises(NotFound), remembering():
        open_page(citizen, Purpose("contact", "another"))
    assert logged(citizen) == [("employee:12", "contact:another", "refused")]


@pytest.mark.django_db(transaction=True)
def test_where_nobody_remembers_nothing_is_opened_ahead() -> None:
    citizen = uuid4()
    open_page(citizen)
    assert logged(citizen) == []
    open_citizen(citizen)
    assert len(logged(citizen)) == 1
