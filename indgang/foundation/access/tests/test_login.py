"""Staff log in, are locked out, and log out."""

import subprocess
import sys
from datetime import UTC, datetime, timedelta

import pytest
from django.contrib.auth.hashers import PBKDF2PasswordHasher
from django.utils import translation

from indgang.foundation.access import services
from indgang.foundation.access.errors import LockedOut, WrongLogin
from indgang.foundation.access.login import ADDRESS_LIMIT, NAME_LIMIT, checked_account
from indgang.foundation.access.models import Account, FailedLogins
from indgang.foundation.access.testing import PASSWORD, make_account
from indgang.foundation.journal import selectors as journal
from indgang.foundation.runtime import clock

AT = datetime(2026, 3, 3, 10, tzinfo=UTC)
pytestmark = pytest.mark.django_db


def attempt(password: str = "forkert", *, name: str = "agnes", address: str = "192.0.2.1", at: datetime = AT):
    return checked_account(username=name, password=password, address=address, at=at)


def fail(times: int, **how) -> None:
    for _ in range(times):
        with pytest.raises(WrongLogin):
            attempt(**how)


@pytest.fixture(autouse=True)
def quick_hash(settings) -> None:
    """What is tested here is the counting; one test below looks at the real work of hashing."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


def test_the_right_password_gets_in_and_leaves_an_event() -> None:
    agnes = make_account()
    assert attempt(PASSWORD).pk == agnes.pk
    assert attempt(PASSWORD, name=" Agnes ").pk == agnes.pk
    (line, *_) = journal.events_of_subject(f"access.account:{agnes.pk}")
    assert (line.verb, line.actor) == ("access.logged_in", f"account:{agnes.pk}")


def test_a_closed_account_and_an_unknown_name_answer_like_a_wrong_password() -> None:
    make_account(is_active=False)
    fail(1, password=PASSWORD)
    fail(1, name="findes-ikke", password=PASSWORD)


def test_an_unknown_name_costs_the_same_work(monkeypatch, settings) -> None:
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.PBKDF2PasswordHasher"]
    made = []
    encode = PBKDF2PasswordHasher.encode

    def counted(self, password, salt, iterations=None):
        made.append(iterations or self.iterations)
        return encode(self, password, salt, iterations)

    agnes = make_account()
    monkeypatch.setattr(PBKDF2PasswordHasher, "encode", counted)
    fail(1)
    known = list(made)
    made.clear()
    fail(1, name="findes-ikke")
    assert made == known and agnes.pk


def test_after_five_failures_the_right_password_is_refused_for_fifteen_minutes() -> None:
    make_account()
    fail(NAME_LIMIT)
    with pytest.raises(LockedOut, match="Prøv igen om 15 minutter") as refusal:
        attempt(PASSWORD)
    assert refusal.value.facts == {"minutes": 15}
    with pytest.raises(LockedOut):
        attempt(PASSWORD, at=AT + timedelta(minutes=14, seconds=59))
    assert attempt(PASSWORD, at=AT + timedelta(minutes=15)).username == "agnes"


def test_trying_while_locked_does_not_prolong_the_lock() -> None:
    make_account()
    fail(NAME_LIMIT)
    for minute in range(15):
        with pytest.raises(LockedOut):
            attempt(at=AT + timedelta(minutes=minute))
    fail(1, at=AT + timedelta(minutes=15))
    assert FailedLogins.objects.get(key__startswith="name:").count == 1


def test_a_name_is_locked_from_every_address_and_names_that_do_not_exist_too() -> None:
    for number in range(NAME_LIMIT):
        fail(1, name="findes-ikke", address=f"192.0.2.{number}")
    with pytest.raises(LockedOut):
        attempt(name="findes-ikke", address="192.0.2.99")


def test_success_forgets_the_failures_of_the_name() -> None:
    make_account()
    fail(NAME_LIMIT - 1)
    attempt(PASSWORD)
    fail(NAME_LIMIT - 1)
    attempt(PASSWORD)


def test_failures_a_quarter_of_an_hour_apart_do_not_add_up() -> None:
    make_account()
    for number in range(12):
        fail(1, at=AT + timedelta(minutes=4 * number))


def test_an_address_that_guesses_at_many_names_is_locked() -> None:
    make_account()
    for number in range(ADDRESS_LIMIT):
        with pytest.raises(WrongLogin):
            attempt(name=f"navn{number}")
    row = FailedLogins.objects.get(key__startswith="from:")
    assert row.locked_until is not None
    with pytest.raises(LockedOut):
        attempt(PASSWORD)
    assert attempt(PASSWORD, address="192.0.2.2").username == "agnes"


def test_a_whole_town_hall_behind_one_address_logs_in() -> None:
    make_account()
    for _ in range(ADDRESS_LIMIT + 5):
        attempt(PASSWORD)


def test_old_counters_are_deleted() -> None:
    make_account()
    fail(1)
    assert services.forget_failures(before=AT) == 0
    assert services.forget_failures(before=AT + timedelta(days=1)) == 2


@pytest.mark.kernel
@pytest.mark.django_db(transaction=True)
def test_sixteen_processes_get_no_more_than_five_guesses() -> None:
    make_account()
    command = [sys.executable, "-m", "indgang.foundation.access.tests.hammer", "agnes", "4"]
    processes = [
        subprocess.Popen([*command, f"192.0.2.{n}"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        for n in range(16)
    ]
    for process in processes:
        assert process.stdout is not None and process.stdout.readline() == "ready\n"
    answers = []
    for process in processes:
        assert process.stdin is not None
        process.stdin.write("go\n")
        process.stdin.flush()
    for process in processes:
        out, _ = process.communicate(timeout=120)
        answers.append([int(number) for number in out.split()])
    assert sum(wrong for wrong, _ in answers) == NAME_LIMIT
    assert sum(locked for _, locked in answers) == 16 * 4 - NAME_LIMIT


# The pages


def test_the_page_is_in_danish_and_english(client) -> None:
    assert "Brugernavn" in client.get("/log-ind").content.decode()
    page = client.get("/log-ind", headers={"accept-language": "en"}).content.decode()
    assert "User name" in page and "Brugernavn" not in page


def test_logging_in_gives_a_new_session_and_goes_where_one_was_going(client) -> None:
    agnes = make_account()
    client.session.save()
    before = client.session.session_key
    answer = client.post("/log-ind", {"username": "agnes", "password": PASSWORD, "next": "/arbejdsplads?kø=1"})
    assert answer.status_code == 302 and answer["Location"].startswith("/arbejdsplads?k")
    assert client.session.session_key != before and client.session["_auth_user_id"] == str(agnes.pk)
    assert client.get("/log-ind").status_code == 302


@pytest.mark.parametrize(
    "target", ["https://ond.example/", "//ond.example", "javascript:alert(1)", "/\\ond.example", ""]
)
def test_nobody_is_sent_away_from_the_house(client, target) -> None:
    make_account()
    answer = client.post("/log-ind", {"username": "agnes", "password": PASSWORD, "next": target})
    assert answer["Location"] == "/arbejdsplads"


def test_a_wrong_password_keeps_the_name_and_says_no_more(client) -> None:
    make_account()
    answer = client.post("/log-ind", {"username": "agnes", "password": "forkert-forkert"})
    page = answer.content.decode()
    assert answer.status_code == 401 and "Brugernavn eller adgangskode er forkert." in page
    assert 'value="agnes"' in page and "forkert-forkert" not in page


def test_an_empty_form_says_what_is_missing(client) -> None:
    answer = client.post("/log-ind", {})
    assert answer.status_code == 422 and "Skriv dit brugernavn." in answer.content.decode()


def test_a_locked_name_is_told_when_to_come_back(client) -> None:
    make_account()
    for _ in range(NAME_LIMIT):
        client.post("/log-ind", {"username": "agnes", "password": "forkert"})
    answer = client.post("/log-ind", {"username": "agnes", "password": PASSWORD})
    assert answer.status_code == 429 and answer["Retry-After"] == "900"
    assert "Prøv igen om 15 minutter" in answer.content.decode()


def test_logging_out_ends_the_session(client) -> None:
    agnes = make_account()
    client.force_login(agnes)
    key = client.session.session_key
    assert client.get("/log-ud").status_code == 405
    assert client.post("/log-ud").status_code == 302
    client.cookies["indgang_staff"] = key
    assert client.get("/log-ind").status_code == 200
    (line, *_) = journal.events_of_subject(f"access.account:{agnes.pk}")
    assert line.verb == "access.logged_out"


@pytest.mark.parametrize(
    "end", [services.deactivate, lambda **who: services.set_password(password="et-nyt-langt-ord", **who)]
)
def test_closing_an_account_or_a_new_password_ends_its_sessions(client, end) -> None:
    agnes = make_account()
    client.force_login(agnes)
    assert client.get("/log-ind").status_code == 302
    end(account=agnes, viewer=services.SETUP, at=clock.now())
    assert client.get("/log-ind").status_code == 200


def test_the_refusals_speak_english() -> None:
    with translation.override("en"):
        assert str(LockedOut(minutes=3)) == "Too many attempts. Try again in 3 minutes, or call operations."
        assert str(WrongLogin()) == "The user name or the password is wrong."


def test_the_printed_password_of_a_demo_town_opens_nothing_without_the_demo(client, settings) -> None:
    account = make_account()
    Account.objects.filter(pk=account.pk).update(demo=True)
    key = services.make_key("personal", "agnes", account, AT)
    client.force_login(account)
    assert attempt(PASSWORD).pk == account.pk and services.viewer_of_key(key)
    settings.INDGANG_DEMO = False
    fail(1, password=PASSWORD)
    assert services.viewer_of_key(key) is None
    assert client.get("/log-ind").status_code == 200  # the session is nobody's: the form, no way on
