"""Login in two steps, the instruction before the first session, and sessions that end with roles."""

from datetime import UTC, datetime, timedelta

import pyotp
import pytest
from django.test import Client

from indgang.foundation.access import errors, selectors, services
from indgang.foundation.access.models import Account, SecondFactor
from indgang.foundation.access.testing import PASSWORD, make_account, recorded
from indgang.foundation.access.values import Actor, Viewer, system
from indgang.foundation.runtime import clock

AT = datetime(2026, 3, 3, 10, tzinfo=UTC)
LEADER = Viewer(kind="staff", name="employee:1", actor=Actor(0, 1, 1, "ØKF", frozenset({"security_leader"}), ()))
TEXT = "Du må kun slå en borger op, når du har en opgave, der kræver det. " * 5
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def quick_hash(settings) -> None:
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


def code(secret: str, *, steps: int = 0, at: datetime | None = None) -> str:
    return pyotp.TOTP(secret).generate_otp(int((at or clock.now()).timestamp()) // 30 + steps)


def with_factor(username: str = "agnes", **more) -> tuple[Account, str, list[str]]:
    account = make_account(username, **more)
    then = clock.now() - timedelta(minutes=5)
    secret, picture = services.begin_factor(account=account, at=then)
    assert picture.startswith("<svg") and "style=" not in picture
    return account, secret, services.confirm_factor(account=account, code=code(secret, at=then), at=then)


def log_in(client: Client, username: str = "agnes"):
    return client.post("/log-ind", {"username": username, "password": PASSWORD, "next": "/arbejdsplads/post"})


def inside(client: Client) -> bool:
    return "_auth_user_id" in client.session


def publish(viewer=LEADER, after: int = 0) -> None:
    services.publish_instruction(text=TEXT, text_en=TEXT, after=after, viewer=viewer, at=clock.now())


def test_the_password_alone_opens_nothing_and_the_code_leads_on(client) -> None:
    agnes, secret, _ = with_factor()
    assert log_in(client).headers["Location"] == "/log-ind/kode" and not inside(client)
    assert client.get("/arbejdsplads").status_code == 302
    answer = client.post("/log-ind/kode", {"code": code(secret)})
    assert answer.headers["Location"] == "/arbejdsplads/post" and inside(client)
    assert [actor for actor, _ in recorded("access.logged_in")] == [f"account:{agnes.pk}"]


def test_no_code_is_taken_twice(client) -> None:
    _, secret, _ = with_factor()
    log_in(client)
    shown = code(secret)
    client.post("/log-ind/kode", {"code": shown})
    other = Client()
    log_in(other)
    assert other.post("/log-ind/kode", {"code": shown}).status_code == 401 and not inside(other)


def test_wrong_codes_lock_like_wrong_passwords(client) -> None:
    _, secret, _ = with_factor()
    log_in(client)
    assert [client.post("/log-ind/kode", {"code": "000000"}).status_code for _ in range(6)] == [401] * 5 + [429]
    assert client.post("/log-ind/kode", {"code": code(secret)}).status_code == 429 and not inside(client)


def test_a_recovery_code_opens_once(client) -> None:
    agnes, _, codes = with_factor()
    assert len(codes) == 10
    log_in(client)
    client.post("/log-ind/kode", {"code": codes[0].lower()})
    assert inside(client) and selectors.factor(LEADER, agnes.pk).codes_left == 9
    other = Client()
    log_in(other)
    assert other.post("/log-ind/kode", {"code": codes[0]}).status_code == 401


def test_a_role_can_require_two_steps_and_then_the_app_comes_first(client) -> None:
    make_account(roles=["security_leader"])
    services.set_factor_roles(roles=["security_leader"], demo_too=False, viewer=LEADER, at=AT)
    assert log_in(client).headers["Location"] == "/log-ind/app"
    assert "<svg" in client.get("/log-ind/app").content.decode()
    secret, _ = services.begin_factor(account=Account.objects.get(), at=AT)
    assert client.post("/log-ind/app", {"code": "123"}).status_code == 401
    shown = client.post("/log-ind/app", {"code": code(secret)}).content.decode()
    assert shown.count("<li><code>") == 10 and inside(client)
    assert client.get("/log-ind/videre").headers["Location"] == "/arbejdsplads/post"
    assert client.post("/log-ind/to-trin/fra", {"code": code(secret, steps=1)}).status_code == 409


def test_invented_accounts_go_without_until_the_rule_says_they_too(client, settings) -> None:
    settings.INDGANG_DEMO = True
    account = make_account(roles=["security_leader"])
    Account.objects.update(demo=True)
    services.set_factor_roles(roles=["security_leader"], demo_too=False, viewer=LEADER, at=AT)
    assert not selectors.factor(LEADER, account.pk).required
    services.set_factor_roles(roles=["security_leader"], demo_too=True, viewer=LEADER, at=AT)
    assert selectors.factor(LEADER, account.pk).required


def test_the_secret_is_not_readable_in_the_database() -> None:
    _, secret, _ = with_factor()
    assert secret not in SecondFactor.objects.get().secret


def test_the_person_turns_it_on_and_off_and_makes_new_codes(client) -> None:
    agnes = make_account()
    client.force_login(agnes)
    assert "<svg" in client.get("/log-ind/to-trin").content.decode()
    secret, _ = services.begin_factor(account=agnes, at=clock.now())
    assert client.post("/log-ind/to-trin/til", {"code": code(secret, steps=-1)}).status_code == 200
    assert client.post("/log-ind/to-trin/koder", {"code": code(secret)}).status_code == 200
    assert client.post("/log-ind/to-trin/fra", {"code": ""}).status_code == 422
    assert client.post("/log-ind/to-trin/fra", {"code": code(secret, steps=1)}).status_code == 302
    assert not SecondFactor.objects.exists()


def test_a_lost_phone_is_the_security_leaders_matter_and_ends_the_sessions(client) -> None:
    agnes, _, _ = with_factor()
    client.force_login(agnes)
    services.drop_factor(account=agnes, viewer=LEADER, at=AT)
    assert not SecondFactor.objects.exists()
    assert client.get("/log-ind/to-trin").status_code == 302


@pytest.mark.req("sec.instruction")
def test_the_instruction_is_accepted_at_the_first_login_and_again_when_it_is_new(client) -> None:
    make_account()
    publish()
    assert log_in(client).headers["Location"] == "/log-ind/instruks" and not inside(client)
    assert "Du må kun slå en borger op" in client.get("/log-ind/instruks").content.decode()
    assert client.post("/log-ind/instruks", {"number": "1"}).status_code == 422 and not inside(client)
    answer = client.post("/log-ind/instruks", {"number": "1", "read": "on"})
    assert answer.headers["Location"] == "/arbejdsplads/post" and inside(client)
    client.post("/log-ud")
    assert log_in(client).headers["Location"] == "/arbejdsplads/post"
    client.post("/log-ud")
    publish(after=1)
    assert log_in(client).headers["Location"] == "/log-ind/instruks"
    assert [data for _, data in recorded("access.instruction_accepted")] == [{"number": 1}]


@pytest.mark.req("sec.instruction")
def test_a_version_that_is_not_the_newest_any_more_is_not_accepted(client) -> None:
    make_account()
    publish()
    log_in(client)
    publish(after=1)
    assert client.post("/log-ind/instruks", {"number": "1", "read": "on"}).status_code == 409 and not inside(client)


def test_two_writers_of_the_instruction_do_not_overwrite_each_other() -> None:
    publish()
    with pytest.raises(errors.Stale):
        publish()


def test_invented_people_have_read_what_came_with_the_set_up(client, settings) -> None:
    settings.INDGANG_DEMO = True
    make_account()
    Account.objects.update(demo=True)
    publish(system("setup"))
    log_in(client)
    assert inside(client)
    client.post("/log-ud")
    publish(after=1)
    assert log_in(client).headers["Location"] == "/log-ind/instruks"


@pytest.mark.req("sec.instruction")
def test_the_first_instruction_comes_with_the_profile_and_is_never_written_over(client) -> None:
    text = {"text": "Læs. " * 50, "text_en": "Read. " * 50, "at": clock.now()}
    assert services.bring_instruction(**text)
    assert not services.bring_instruction(**text)
    make_account()
    assert log_in(client).headers["Location"] == "/log-ind/instruks"


def test_the_invented_people_are_asked_when_the_municipality_says_so(client) -> None:
    make_account()
    Account.objects.update(demo=True)
    publish(system("setup"))
    services.set_switch("demo_has_read", False, system("test"), clock.now())
    assert log_in(client).headers["Location"] == "/log-ind/instruks"


@pytest.mark.parametrize("what", ["roles", "sessions", "password", "closed"])
def test_a_session_is_over_at_the_next_request(client, what) -> None:
    agnes = make_account()
    client.force_login(agnes)
    assert client.get("/log-ind/to-trin").status_code == 200
    if what == "roles":
        services.set_roles(account=agnes, roles=["clerk"], viewer=LEADER, at=AT)
    elif what == "sessions":
        services.end_sessions(account=agnes, viewer=LEADER, at=AT)
    elif what == "password":
        services.set_password(account=agnes, password="et-helt-andet-kodeord", viewer=LEADER, at=AT)
    else:
        services.deactivate(account=agnes, viewer=LEADER, at=AT)
    assert client.get("/log-ind/to-trin").headers["Location"].startswith("/log-ind?")


def test_being_bound_to_roles_costs_a_page_no_statement(client, django_assert_num_queries) -> None:
    client.force_login(make_account())
    request = client.get("/log-ind/to-trin").wsgi_request
    from django.contrib.auth import get_user

    with django_assert_num_queries(2):  # the session and the account, as before
        request.session._session_cache = None
        del request.session._session_cache
        assert get_user(request).is_authenticated


def test_a_login_that_took_too_long_begins_anew(client, monkeypatch) -> None:
    with_factor()
    log_in(client)
    monkeypatch.setattr("indgang.foundation.access.steps.PATIENCE", timedelta(seconds=-1))
    assert client.get("/log-ind/kode").headers["Location"] == "/log-ind"
