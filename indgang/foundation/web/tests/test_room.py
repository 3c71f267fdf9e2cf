"""More ask than the house can serve: some wait, the rest are told at once."""

from concurrent.futures import ThreadPoolExecutor
from threading import Event

import pytest
from django.http import HttpResponse
from django.test import RequestFactory
from django.utils.translation import override

from indgang.foundation.web import middleware
from indgang.foundation.web import room as rooms
from indgang.foundation.web.room import leave_desk, rooms_of


class House:
    """A page that takes until it may go on."""

    def __init__(self, settings, room: str) -> None:
        settings.INDGANG_WEB_ROOM = room
        self.begun, self.go_on, self.at_once, self.most = Event(), Event(), 0, 0
        self.ask = middleware.in_order(self._page)

    def _page(self, request) -> HttpResponse:
        self.at_once += 1
        self.most = max(self.most, self.at_once)
        self.begun.set()
        self.go_on.wait(10)
        self.at_once -= 1
        return HttpResponse("page")

    def get(self, path: str = "/opgaver", **headers: str) -> HttpResponse:
        return self.ask(RequestFactory().get(path, headers=headers))

    def filled(self, callers: ThreadPoolExecutor, count: int):
        answers = [callers.submit(self.get) for _ in range(count)]
        assert self.begun.wait(10)
        while sum(one.running() for one in answers) < count:
            Event().wait(0.01)
        Event().wait(0.1)  # the last one has taken its place
        return answers


@pytest.fixture
def callers():
    with ThreadPoolExecutor(8) as pool:
        yield pool


def test_who_comes_when_all_places_are_taken_is_told_at_once_and_the_others_are_served(settings, callers):
    house = House(settings, "1+2+1")
    waiting = house.filled(callers, 3)
    refused = house.get()
    assert (refused.status_code, refused["Retry-After"]) == (503, "5")
    assert "Der er travlt lige nu" in refused.content.decode()
    assert 'href="">Prøv igen</a>' in refused.content.decode()
    house.go_on.set()
    assert [one.result().status_code for one in waiting] == [200, 200, 200]
    assert house.most == 1
    assert house.get().status_code == 200


def test_a_part_of_a_page_and_a_program_are_told_in_their_own_form(settings, callers):
    house = House(settings, "1+0+1")
    house.filled(callers, 1)
    part = house.get(**{"HX-Request": "true"})
    assert (part.status_code, part["HX-Retarget"]) == (503, "#meddelelse")
    assert house.get("/api/v1/contacts")["Content-Type"] == "application/problem+json"
    house.go_on.set()


def test_typed_text_is_given_back(settings, callers):
    house = House(settings, "1+0+1")
    house.filled(callers, 1)
    refused = house.ask(RequestFactory().post("/skriv", {"text": "Jeg er flyttet"}))
    assert "Jeg er flyttet" in refused.content.decode()
    house.go_on.set()


def test_health_is_answered_all_the_same(settings, callers):
    house = House(settings, "1+0+1")
    house.filled(callers, 1)
    health = callers.submit(house.get, "/healthz")
    house.go_on.set()
    assert health.result().status_code == 200


def test_a_file_that_arrives_slowly_takes_nobodys_place(settings, callers):
    house = House(settings, "1+0+1")
    house.filled(callers, 1)
    upload = RequestFactory().post("/skriv", {"text": "x" * 100_000})
    sent = callers.submit(house.ask, upload)
    house.go_on.set()
    assert sent.result().status_code == 200


def test_a_page_that_fails_leaves_its_place(settings):
    settings.INDGANG_WEB_ROOM = "1+0+1"
    failing = iter([True, False])

    def page(request) -> HttpResponse:
        if next(failing):
            raise RuntimeError
        return HttpResponse()

    ask = middleware.in_order(page)
    with pytest.raises(RuntimeError):
        ask(RequestFactory().get("/"))
    assert ask(RequestFactory().get("/")).status_code == 200


@pytest.mark.parametrize("text", ["4", "4+60", "0+1+1", "4+-1+1", "four+1+1", "4+1+0", "4+1+1+1"])
def test_a_room_that_makes_no_sense_is_refused(text):
    with pytest.raises(ValueError):
        rooms_of(text)


def test_nobody_waits_for_ever(settings, callers, monkeypatch):
    monkeypatch.setattr(rooms, "PATIENCE", 0.05)
    house = House(settings, "1+1+1")
    house.filled(callers, 1)
    assert house.get().status_code == 503
    house.go_on.set()


def test_files_have_a_limit_of_their_own_and_only_bodies_are_files(settings, callers):
    house = House(settings, "1+0+1")
    sent = callers.submit(house.ask, RequestFactory().post("/skriv", {"text": "x" * 100_000}))
    assert house.begun.wait(10)
    assert house.ask(RequestFactory().post("/skriv", {"text": "x" * 100_000})).status_code == 503
    page = callers.submit(house.get)
    while not page.running():
        Event().wait(0.01)
    Event().wait(0.1)
    assert house.ask(RequestFactory().get("/", CONTENT_LENGTH="70000")).status_code == 503
    house.go_on.set()
    assert [sent.result().status_code, page.result().status_code] == [200, 200]


def test_a_form_is_read_before_anybody_is_shown_to_a_desk(settings):
    settings.INDGANG_WEB_ROOM = "1+0+1"
    seen = []
    ask = middleware.in_order(lambda request: seen.append(request._read_started) or HttpResponse())
    assert ask(RequestFactory().post("/skriv", {"text": "Jeg er flyttet"})).status_code == 200
    assert seen == [True]


def test_a_sender_who_hangs_up_gets_an_answer_that_takes_no_place(settings):
    class Gone:
        def read(self, *_size):
            raise OSError

        def close(self) -> None:
            pass

    settings.INDGANG_WEB_ROOM = "1+0+1"
    ask = middleware.in_order(lambda request: HttpResponse())
    request = RequestFactory().post("/skriv", {"text": "Jeg er flyttet"})
    request._stream = Gone()
    assert ask(request).status_code == 400
    assert ask(RequestFactory().get("/")).status_code == 200


def test_who_waits_for_somebody_outside_leaves_the_desk_to_others(settings, callers):
    settings.INDGANG_WEB_ROOM = "1+1+1"
    away, back = Event(), Event()

    def page(request) -> HttpResponse:
        if request.path == "/register":
            leave_desk()
            leave_desk()  # of two registers the second is asked from no desk
            away.set()
            back.wait(10)
        return HttpResponse(request.path)

    ask = middleware.in_order(page)
    waiting = callers.submit(ask, RequestFactory().get("/register"))
    assert away.wait(10)
    assert ask(RequestFactory().get("/")).status_code == 200
    back.set()
    assert waiting.result().status_code == 200
    assert [ask(RequestFactory().get("/")).status_code for _ in range(3)] == [200, 200, 200]


def test_busy_is_said_in_the_readers_language(settings, callers):
    house = House(settings, "1+0+1")
    house.filled(callers, 1)
    with override("en"):
        assert "Der er travlt lige nu" in house.get(**{"Accept-Language": "da"}).content.decode()
    assert "We are busy right now" in house.get(**{"Accept-Language": "en"}).content.decode()
    house.go_on.set()
