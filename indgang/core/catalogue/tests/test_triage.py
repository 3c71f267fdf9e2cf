from datetime import UTC, datetime

import pytest

from indgang.core.catalogue import selectors
from indgang.core.catalogue.testing import make_notice, make_task

AT = datetime(2026, 3, 2, 9, tzinfo=UTC)
pytestmark = pytest.mark.django_db


@pytest.fixture
def town():
    make_task("T-076", title="Meld flytning", words=["jeg flytter", "ny adresse", "flytning", "folkeregister"])
    make_task(
        "T-029",
        title="Plads i dagtilbud",
        group="daycare",
        words=["vuggestue plads", "anvist forkert plads", "børnehave", "dagpleje"],
    )
    make_task(
        "T-112",
        title="Skat og forskudsopgørelse",
        group="tax",
        words=["skat", "forskudsopgørelse", "spørgsmål til min skat", "årsopgørelse"],
    )
    make_task(
        "T-080", title="Indrejse og udrejse", group="moving", words=["flytter til udlandet", "udrejse", "indrejse"]
    )
    make_task(
        "T-094",
        title="Anmeld rotter",
        group="environment",
        words=["rotter", "rotte i kælderen"],
        words_en=["rats", "rat in the basement"],
    )
    make_task(
        "T-119",
        title="Licensnedsættelse",
        group="pension",
        words=["fjernsynslicens", "licens"],
        historic=True,
        replaced_by="Licensen er afskaffet",
    )
    make_notice("emergency", words=["ambulance", "det brænder", "hjertestop"])
    make_notice("private", words=["anbefale en frisør", "god frisør"])


def first(text, language="da"):
    found = selectors.triage(text, language=language, at=AT)
    return found.suggestions[0].task_id if found.decision == "suggest" else found.decision


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("jeg flytter til Valby på lørdag", "T-076"),
        ("vi har fået anvist en forkert plads i vuggestuen", "T-029"),
        ("og så har jeg et spørgsmål til min forskudsopgørelse", "T-112"),
        ("jeg fltter til Valby", "T-076"),
        ("har i set rotttter i kælderen", "T-094"),
        ("boernehave til min datter", "T-029"),
        ("vuggestuepladsen", "T-029"),
        ("there are rats under my house", "T-094"),
        ("nedsættelse af licensen", "T-119"),
        ("det er vedrørende min sag", "ask"),
        ("", "ask"),
        ("Kan I anbefale en god frisør", "none"),
        ("send en ambulance", "none"),
        ("blomkålsgratin med ost til fire personer", "none"),
    ],
)
def test_own_words_lead_to_the_task_or_to_none(town, text, expected):
    assert first(text) == expected
