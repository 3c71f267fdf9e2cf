"""Who works on cases in the tests of the desk, and the letters a decision needs."""

import csv
from pathlib import Path

from django.conf import settings
from django.test import Client

from indgang.core.cases.testing import make_case
from indgang.core.organisation.testing import make_employee, make_group, make_unit
from indgang.foundation.letters import services as letters
from indgang.foundation.runtime import clock

HX = {"HX-Request": "true"}
PROFILE = Path(settings.INDGANG_PROFILES) / "copenhagen"
REFUSAL = {
    "result": "refused",
    "level": "2",
    "language": "da",
    "summary": "Du får ikke mere i boligsikring.",
    "facts": "Din indkomst er 412.000 kr. om året.",
    "reasons": "Indkomsten er over grænsen.",
    "legal_basis": "Boligstøtteloven § 21",
    "appeal_body": "Ankestyrelsen",
    "appeal_weeks": "4",
    "appeal_rule": "Boligstøtteloven § 81",
}


def the_office():
    """The unit that has cases of housing benefit."""
    make_group("housing_benefit")
    return make_unit(
        "familieydelser", kind="office", administration="FAF", phone="00 00 00 21", address="Ydelsesvej 1, 2500 Valby"
    )


def caseworker(name="Ylva Ydelse", **facts):
    """Somebody of that unit who settles housing benefit with discretion."""
    given = {"unit": the_office(), "roles": ["caseworker"], "groups": {"housing_benefit": (5, 3)}}
    return make_employee(name, **{**given, **facts})


def at_desk(employee) -> Client:
    """Their browser."""
    client = Client()
    client.force_login(employee.account)
    return client


def own_case(employee, **facts):
    """A case in their hands, and its address."""
    case = make_case(unit=the_office(), handler=employee.pk, **facts)
    return case, f"/arbejdsplads/sag/{case.number}"


def bring_letters() -> None:
    """The letter templates of the profile."""
    with (PROFILE / "letter_templates.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    for row in rows:
        row["body"] = (PROFILE / "letters" / f"{row['code']}.{row['language']}.md").read_text()
    letters.load_profile({"letter_templates": rows}, at=clock.now())
