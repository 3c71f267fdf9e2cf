"""More ask than the house can serve: some wait, the rest are told at once."""

from concurrent.futures import ThreadPoolExecutor
from threading import Event

import pytest
from django.http import HttpResponse
from django.test import RequestFactory

from indgang.foundation.web import middleware
from indgang.foundation.web.room import room_of


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
    house = House(settings, "1+2")
    waiting = house.filled(callers, 3)
    refused = house.get()
    assert (refused.status_code, refused["Retry-After"]) == (503, "5")
    assert "Der er travlt lige nu" in refused.content.decode()
    house.go_on.set()
    assert [one.result().status_code for one in waiting] == [200, 200, 200]
    assert house.most == 1
    assert house.get().status_code == 200


def test_a_part_of_a_page_and_a_program_are_told_in_their_own_form(settings, callers):
    house = House(settings, "1+0")
    house.filled(callers, 1)
    part = house.get(**{"HX-Request": "true"})
    assert (part.status_code, part["HX-Retarget"]) == (503, "#meddelelse")
    assert house.get("/api/v1/contacts")["Content-Type"] == "application/problem+json"
    house.go_on.set()


def test_typed_text_is_given_back(settings, callers):
    house = House(settings, "1+0")
    house.filled(callers, 1)
    refused = house.ask(RequestFactory().post("/skriv", {"text": "Jeg er flyttet"}))
    assert "Jeg er flyttet" in refused.content.decode()
    house.go_on.set()


def test_health_is_answered_all_the_same(settings, callers):
    house = House(settings, "1+0")
    house.filled(callers, 1)
    health = callers.submit(house.get, "/healthz")
    house.go_on.set()
    assert health.result().status_code == 200


def test_a_file_that_arrives_slowly_takes_nobodys_place(settings, callers):
    house = House(settings, "1+0")
    house.filled(callers, 1)
    upload = RequestFactory().post("/skriv", {"text": "x" * 100_000})
    sent = callers.submit(house.ask, upload)
    house.go_on.set()
    assert sent.result().status_code == 200


def test_a_page_that_fails_leaves_its_place(settings):
    settings.INDGANG_WEB_ROOM = "1+0"
    failing = iter([True, False])

    def page(request) -> HttpResponse:
        if next(failing):
            raise RuntimeError
        return HttpResponse()

    ask = middleware.in_order(page)
    with pytest.raises(RuntimeError):
        ask(RequestFactory().get("/"))
    assert ask(RequestFactory().get("/")).status_code == 200


@pytest.mark.parametrize("text", ["4", "0+1", "4+-1", "four+1"])
def test_a_room_that_makes_no_sense_is_refused(text):
    with pytest.raises(ValueError):
        room_of(text)
