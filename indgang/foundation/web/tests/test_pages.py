"""What every page promises: its policy, its language, its names."""

import re

import pytest
from django.conf import settings as real_settings
from django.test import Client

pytestmark = [pytest.mark.django_db]


def test_the_policy_allows_nothing_inline_and_one_other_origin(client):
    policy = client.get("/tilgaengelighed", HTTP_HOST="localhost")["Content-Security-Policy"]
    assert "unsafe" not in policy
    assert "frame-ancestors 'none'" in policy
    assert f"connect-src 'self' http://localhost:{real_settings.INDGANG_PORT + 1};" in policy


def test_behind_a_proxy_no_other_origin_is_named(client, settings):
    settings.INDGANG_LIVE_URL = "/live"
    assert "connect-src 'self';" in client.get("/tilgaengelighed", HTTP_HOST="localhost")["Content-Security-Policy"]


def test_a_foreign_host_is_refused_on_a_page_of_ours():
    response = Client(raise_request_exception=False).get("/tilgaengelighed", HTTP_HOST="fremmed.example")
    assert response.status_code == 400


@pytest.mark.parametrize("address", ["/", "/opgaver", "/tilgaengelighed", "/findes-ikke", "/api/v1/docs"])
def test_pages_hold_no_inline_script_or_style(client, address):
    page = client.get(address).content.decode()
    assert not re.search(r"<script(?![^>]*\bsrc=)|<style|\sstyle=|\son[a-z]+=", page)


def test_the_language_switch_stays_on_the_page_and_is_remembered(client):
    response = client.post("/sprog", {"language": "en", "next": "/opgaver?q=bolig"})
    assert response["Location"] == "/opgaver?q=bolig"
    assert '<html lang="en">' in client.get("/tilgaengelighed").content.decode()


def test_the_language_switch_never_leads_to_another_site(client):
    assert client.post("/sprog", {"language": "en", "next": "https://fremmed.example/"})["Location"] == "/"


def test_the_demo_town_says_that_it_is_one(client, settings):
    assert "personer og numre er opfundne" in client.get("/tilgaengelighed").content.decode()
    settings.INDGANG_DEMO = False
    assert "opfundne" not in client.get("/tilgaengelighed").content.decode()


def test_the_accessibility_statement_is_honest_and_found_by_its_lawful_address(client):
    assert client.get("/was")["Location"] == "/tilgaengelighed"
    assert "endnu ikke prøvet af mennesker" in client.get("/tilgaengelighed").content.decode()


def test_every_answer_has_a_name_for_the_log(client):
    first, second = client.get("/tilgaengelighed"), client.get("/tilgaengelighed")
    assert first["X-Request-Id"] != second["X-Request-Id"]
