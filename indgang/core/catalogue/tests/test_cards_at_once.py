"""Several editors publish in the same moment: each succeeds, the search holds all of their words."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from decimal import Decimal

import pytest
from django.db import connections

from indgang.core.catalogue import selectors, services
from indgang.core.catalogue.errors import StaleCard
from indgang.core.catalogue.testing import make_card_text, make_task
from indgang.core.organisation.testing import make_employee, viewer_of
from indgang.foundation.access.values import system

AT = datetime(2026, 3, 2, 9, tzinfo=UTC)
HOUSE = system("cards")
CODES = [f"T-{number:03}" for number in range(1, 7)]


def at_once(jobs) -> list[object]:
    def run(job):
        try:
            return job()
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(jobs)) as pool:
        return [one.result() for one in [pool.submit(run, job) for job in jobs]]


@pytest.mark.kernel
@pytest.mark.django_db(transaction=True)
def test_cards_published_and_tasks_changed_in_the_same_moment_are_all_found():
    for code in CODES:
        make_task(code, title=f"Opgave {code[2:]}")

    def publish(code):
        text = make_card_text(code, fields=f'words = ["fabeldyr{code[2:]}x"]', klage="Skriv til os.")
        return lambda: (
            services.import_cards(texts={f"{code}.md": text}, why="", publish_now=True, viewer=HOUSE, at=AT).published
        )

    def retitle(code):
        return lambda: services.change_task(
            task=code, changes={"title": f"Drage {code[2:]}"}, version=1, viewer=HOUSE, at=AT
        )

    def add(title):
        return lambda: services.add_task(
            title=title, title_en="", administration="KSR", group="moving", answer_hours=Decimal(8), viewer=HOUSE, at=AT
        )

    at_once([publish(code) for code in CODES[:4]] + [retitle(CODES[4]), retitle(CODES[0]), add("En"), add("To")])
    for code in CODES[:4]:
        assert selectors.search(f"fabeldyr{code[2:]}x", at=AT)[0].task_id == code
    assert {"T-501", "T-502"} <= selectors.codes()


@pytest.mark.kernel
@pytest.mark.django_db(transaction=True)
def test_of_two_editors_who_save_in_the_same_moment_one_is_told_of_the_other():
    make_task("T-076")
    editors = [viewer_of(make_employee(f"Editor {n}", roles=["editor"]), AT) for n in range(4)]

    def save(viewer, number):
        def job():
            text = make_card_text(klage=f"Tekst {number}.")
            try:
                return services.save_card_draft(task="T-076", text=text, based_on=0, why="", viewer=viewer, at=AT)
            except StaleCard as told:
                return str(told)

        return job

    results = at_once([save(viewer, number) for number, viewer in enumerate(editors)])
    assert sorted(str(one) for one in results)[0] == "1"
    assert sum(one == 1 for one in results) == 1
    assert all("har gemt kortet" in one for one in results if one != 1)
