"""Two caseworkers at the same case in the same moment, each with a browser and a connection of their own."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connections

from indgang.core.cases import selectors
from indgang.core.cases.testing import case_row, events_of_case
from indgang.core.organisation.testing import viewer_of
from indgang.desks.workplace.tests.case_people import HX, REFUSAL, at_desk, bring_letters, caseworker, own_case
from indgang.foundation.runtime import clock

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.kernel]


def at_once(*posts):
    """The answers to these posts, all sent together."""
    start = Barrier(len(posts))

    def send(post):
        try:
            start.wait(timeout=30)
            return post()
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(posts)) as pool:
        return list(pool.map(send, posts))


@pytest.fixture
def ready():
    """A case with a draft that can be decided, its address, the browsers of two who may, and what is decided on it."""
    bring_letters()
    ylva = caseworker()
    case, address = own_case(ylva)
    first, second = at_desk(ylva), at_desk(caseworker("Bodil Bolig"))
    first.post(f"{address}/hoering", {"how": "left_out", "ground": "Borgeren gav selv oplysningerne."})
    first.post(f"{address}/afgoerelse", REFUSAL, headers=HX)
    return case, address, first, second, lambda: selectors.decisions_of(viewer_of(ylva), case.id, clock.now())


@pytest.mark.req("esdh.addresses")
def test_two_decide_at_the_same_moment_one_wins_and_the_other_hears_who(ready):
    case, address, first, second, decided_on = ready
    row = decided_on().draft
    facts = {"decision": str(row.id), "version": row.version, "way": "print"}
    post = f"{address}/afgoerelse/traef"
    answers = at_once(lambda: first.post(post, facts, headers=HX), lambda: second.post(post, facts, headers=HX))
    won, lost = sorted(answers, key=lambda answer: answer.status_code)
    assert (won.status_code, won["HX-Redirect"], lost.status_code) == (200, f"{address}?afgjort=1", 409)
    winner = "Ylva Ydelse" if answers[0] is won else "Bodil Bolig"
    assert winner in lost.content.decode()
    assert case_row(case.id).progress == "decided" and len(decided_on().letters) == 1
    assert [line.verb for line in events_of_case(case.id)].count("case.decided") == 1


def test_who_still_writes_while_the_other_decides_gets_the_words_back(ready):
    """However the two meet: either the words are in the draft and the decision is refused, or the other way round."""
    _case, address, first, second, decided_on = ready
    row = decided_on().draft
    facts = {"decision": str(row.id), "version": row.version, "way": "print"}
    words = {**REFUSAL, "reasons": "Bodils ord, som ingen andre har læst.", "version": row.version}
    decided, written = at_once(
        lambda: first.post(f"{address}/afgoerelse/traef", facts),
        lambda: second.post(f"{address}/afgoerelse", words),
    )
    page = decided_on()
    (after,) = [*([page.draft] if page.draft else []), *page.decisions]
    if decided.status_code == 302:
        assert (written.status_code, after.state, after.reasons) == (409, "decided", REFUSAL["reasons"])
        shown = written.content.decode()
        assert "Bodils ord, som ingen andre har læst." in shown and "Ylva Ydelse" in shown
    else:
        assert (decided.status_code, written.status_code) == (409, 302)
        assert (after.state, after.reasons) == ("draft", "Bodils ord, som ingen andre har læst.")
        assert "Bodil Bolig" in decided.content.decode() and page.letters == ()
