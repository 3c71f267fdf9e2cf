"""Who calls, when a proxy of ours stands in between."""

import pytest
from django.http import HttpResponse
from django.test import RequestFactory

from indgang.foundation.web.middleware import behind_proxy

PROXY, TOWN = "10.0.0.1", "192.0.2.7"


@pytest.fixture(autouse=True)
def _one_proxy(settings):
    settings.INDGANG_PROXIES = frozenset({PROXY, "10.0.0.2"})


def seen(remote: str, forwarded: str | None = None, scheme: str = "") -> tuple[str, str]:
    """Address and scheme as a view sees them."""
    headers = {"X-Forwarded-For": forwarded} if forwarded is not None else {}
    headers |= {"X-Forwarded-Proto": scheme} if scheme else {}
    request = RequestFactory(headers=headers).get("/", REMOTE_ADDR=remote)
    behind_proxy(lambda _: HttpResponse())(request)
    return request.META["REMOTE_ADDR"], request.scheme


def test_a_proxy_of_ours_names_the_caller_and_the_scheme():
    assert seen(PROXY, TOWN, "https") == (TOWN, "https")
    assert seen(PROXY, f"{TOWN}, 10.0.0.2") == (TOWN, "http")


def test_what_the_caller_wrote_before_is_not_believed():
    assert seen(PROXY, f"198.51.100.9, {TOWN}")[0] == TOWN
    assert seen(TOWN, "198.51.100.9", "https") == (TOWN, "http")


@pytest.mark.parametrize("nonsense", ["", "x", ", ,", "1.2.3.4.5"])
def test_nonsense_leaves_the_proxy_as_the_caller(nonsense: str):
    assert seen(PROXY, nonsense)[0] == PROXY
