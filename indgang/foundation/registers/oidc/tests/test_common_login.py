"""Employees come in through the common login, over real HTTP; one that is slow, down or wrong lets nobody in."""

import json
from collections.abc import Iterator
from urllib.error import HTTPError
from urllib.parse import parse_qsl, urlencode, urlsplit
from urllib.request import HTTPRedirectHandler, Request, build_opener, urlopen

import pytest
from django.test import Client

from indgang.foundation.access.testing import make_account
from indgang.foundation.journal import selectors as journal
from indgang.foundation.registers.oidc.simulator import OidcSimulator

pytestmark = [pytest.mark.django_db, pytest.mark.req("sec.structure")]


class NoRedirect(HTTPRedirectHandler):
    def redirect_request(self, *args, **kwargs) -> None:
        return None


@pytest.fixture
def provider(settings) -> Iterator[OidcSimulator]:
    simulator = OidcSimulator(0, client="indgang", secret="hemmelig")
    settings.INDGANG_OIDC_URL = simulator.provider.issuer
    settings.INDGANG_OIDC_CLIENT, settings.INDGANG_OIDC_SECRET = "indgang", "hemmelig"
    simulator.start()
    yield simulator
    simulator.stop()


def behave(provider: OidcSimulator, **told) -> None:
    request = Request(f"{provider.provider.issuer}/behaviour", json.dumps(told).encode(), method="PUT")
    with urlopen(request, timeout=5) as answer:
        assert answer.status == 200


def at_the_provider(address: str, username: str) -> str:
    """What somebody does there: logs in and is sent back; our own address with the code."""
    try:
        build_opener(NoRedirect).open(f"{address}&{urlencode({'login_hint': username})}", timeout=5)
    except HTTPError as sent_back:
        return str(sent_back.headers["Location"])
    raise AssertionError("not sent back")


def come_in(client: Client, username: str = "agnes", *, start: str = "/log-ind/faelles"):
    left = client.get(start)
    assert left.status_code == 302, left.content.decode()
    back = urlsplit(at_the_provider(left.headers["Location"], username))
    return client.get(f"{back.path}?{back.query}")


def inside(client: Client) -> bool:
    return "_auth_user_id" in client.session


def test_an_employee_of_the_municipality_comes_in_and_is_known_again(provider, client) -> None:
    agnes = make_account()
    answer = come_in(client, start="/log-ind/faelles?next=/arbejdsplads/post")
    assert (answer.status_code, answer.headers["Location"]) == (302, "/arbejdsplads/post")
    assert client.session["_auth_user_id"] == str(agnes.pk)
    verbs = [line.verb for line in journal.events_of_subject(f"access.account:{agnes.pk}")]
    assert verbs == ["access.identity_linked", "access.logged_in"]
    again = Client()
    come_in(again)
    assert inside(again)


def test_the_request_carries_pkce_state_and_nonce(provider, client) -> None:
    asked = dict(parse_qsl(urlsplit(client.get("/log-ind/faelles").headers["Location"]).query))
    assert asked["code_challenge_method"] == "S256" and {"state", "nonce", "code_challenge"} <= set(asked)


def test_somebody_without_an_account_here_is_told_so(provider, client) -> None:
    answer = come_in(client, "en.anden")
    assert answer.status_code == 401 and "A26" in answer.content.decode() and not inside(client)


def test_a_closed_account_stays_closed(provider, client) -> None:
    make_account(is_active=False)
    assert come_in(client).status_code == 401 and not inside(client)


@pytest.mark.parametrize("mode", ["wrong_signature", "wrong_audience", "wrong_nonce", "wrong_issuer", "expired"])
def test_an_answer_that_does_not_hold_lets_nobody_in(provider, client, mode) -> None:
    make_account()
    behave(provider, mode=mode)
    answer = come_in(client)
    assert answer.status_code == 401 and "A25" in answer.content.decode() and not inside(client)


def test_a_provider_that_is_down_is_said_and_the_password_still_works(provider, client) -> None:
    behave(provider, mode="down")
    answer = client.get("/log-ind/faelles")
    assert answer.status_code == 503 and "A24" in answer.content.decode() and "Adgangskode" in answer.content.decode()


def test_a_provider_that_is_too_slow_is_not_waited_for(provider, client, monkeypatch) -> None:
    monkeypatch.setattr("indgang.foundation.access.single_sign_on.PATIENCE", 0.2)
    behave(provider, mode="slow", seconds=1)
    assert client.get("/log-ind/faelles").status_code == 503


def test_an_answer_nobody_asked_for_is_refused(provider, client) -> None:
    make_account()
    theirs = Client().get("/log-ind/faelles")
    back = urlsplit(at_the_provider(theirs.headers["Location"], "agnes"))
    assert client.get(f"{back.path}?{back.query}").status_code == 401 and not inside(client)


def test_a_code_opens_once(provider, client) -> None:
    make_account()
    back = urlsplit(at_the_provider(client.get("/log-ind/faelles").headers["Location"], "agnes"))
    client.get(f"{back.path}?{back.query}")
    client.post("/log-ud")
    assert client.get(f"{back.path}?{back.query}").status_code == 401 and not inside(client)


def test_without_a_provider_the_way_leads_to_the_password(settings, client) -> None:
    settings.INDGANG_OIDC_URL = ""
    assert client.get("/log-ind/faelles").headers["Location"] == "/log-ind"
    assert client.get("/log-ind/faelles/svar").headers["Location"] == "/log-ind"
    assert "fælles login" not in client.get("/log-ind").content.decode()
