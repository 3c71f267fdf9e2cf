"""Addresses written in a template are those Django would write, for whatever parts they are given."""

from uuid import UUID

import pytest
from django.http import HttpResponse
from django.template import Context, Engine
from django.urls import NoReverseMatch, include, path, re_path, set_script_prefix
from django.utils.safestring import mark_safe

OURS = Engine(
    builtins=["indgang.foundation.web.template_addresses"],
    libraries={"static": "indgang.foundation.web.template_addresses"},
)
DJANGOS = Engine(libraries={"static": "django.templatetags.static"})
KEY = UUID("0192a1b2-c3d4-7e5f-8a9b-0c1d2e3f4a5b")
PARTS = [
    KEY, str(KEY), str(KEY).upper(), "2026-000004-5", "plain_text", "", "med mellemrum", "æøå", "a/b", "<&'\">", "100%",
    "..", "a\n", "-", 0, 7, -7, True, None, 1.5, 10**20, "7", mark_safe("plain"), mark_safe("<b>"),
]  # fmt: skip


def page(request, **_):
    return HttpResponse()


def pages():
    return [
        path("alt", page, name="all"),
        path("nøgle/<uuid:one>", page, name="key"),
        path("sag/<str:one>/vis", page, name="text"),
        path("nr/<int:one>", page, name="number"),
        path("ord/<slug:one>", page, name="slug"),
        path("to/<uuid:one>/og/<str:two>", page, name="two"),
        path("samme/<uuid:one>", page, name="same"),
        path("samme-tal/<int:one>", page, name="same"),
        path("sti/<path:one>", page, name="way"),
        re_path(r"^aar/(?P<one>[0-9]{4})$", page, name="year"),
        re_path(r"^vendt/(?P<two>\w+)/(?P<one>\w+)$", page, name="turned"),
        path("tegn&<str:one>", page, name="signs"),
    ]


urlpatterns = [*pages(), path("under/", include((pages(), "under")))]
pytestmark = pytest.mark.urls(__name__)


def drawn(engine, written, facts, *, autoescape=True):
    template = engine.from_string(written)
    try:
        return template.render(Context(facts, autoescape=autoescape))
    except NoReverseMatch as refused:
        return "refused", str(refused)


@pytest.mark.parametrize("name", ["key", "text", "number", "slug", "same", "way", "year", "signs", "under:text"])
def test_an_address_with_a_part_is_that_of_django_time_after_time(name):
    written = "{% url '" + name + "' one %}"
    for part in [*PARTS, *PARTS]:
        assert drawn(OURS, written, {"one": part}) == drawn(DJANGOS, written, {"one": part})


def test_two_parts_stand_where_django_puts_them():
    for name in ("two", "turned"):
        written = "{% url '" + name + "' one two %}"
        for one in PARTS:
            for two in PARTS:
                facts = {"one": one, "two": two}
                assert drawn(OURS, written, facts) == drawn(DJANGOS, written, facts)


@pytest.mark.parametrize(
    "written",
    [
        "{% url 'all' %}",
        "{% url 'under:all' %}",
        "{% url 'all' as here %}-{{ here }}",
        "{% url 'missing' as here %}-{{ here }}",
        "{% url 'missing' %}",
        "{% url 'text' one='a b' %}",
        "{% url 'text' missing %}",
        "{% url name %}",
        "{% url 'signs' 'a&b' %}",
        "{% autoescape off %}{% url 'signs' 'plain' %}{% endautoescape %}",
    ],
)
def test_other_ways_of_writing_an_address_are_those_of_django(written):
    for _ in range(2):
        assert drawn(OURS, written, {"name": "all"}) == drawn(DJANGOS, written, {"name": "all"})


def test_a_page_found_under_a_folder_is_named_under_it():
    written = "{% url 'key' one %}"
    try:
        for prefix in ("/by/", "/", "/anden/"):
            set_script_prefix(prefix)
            assert drawn(OURS, written, {"one": KEY}) == drawn(DJANGOS, written, {"one": KEY})
    finally:
        set_script_prefix("/")


@pytest.mark.parametrize(
    "written",
    ["{% static 'a b&c.js' %}", "{% static 'a.js' as here %}{{ here }}", "{% static name %}", "{% static 'a'|upper %}"],
)
def test_the_address_of_a_file_is_that_of_django(written):
    written = "{% load static %}" + written
    ours, djangos = OURS.from_string(written), DJANGOS.from_string(written)
    for autoescape in (True, False, True):
        facts = {"name": "a&b.js"}
        assert ours.render(Context(facts, autoescape=autoescape)) == djangos.render(
            Context(facts, autoescape=autoescape)
        )
