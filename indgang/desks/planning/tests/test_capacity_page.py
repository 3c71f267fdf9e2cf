"""The centres are the organisation's, with the municipality's own figures, which a planner may write over."""

import csv
import io
import re
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from django.conf import settings
from django.db import transaction
from django.utils import timezone
from openpyxl import load_workbook

from indgang.core.catalogue.testing import make_task
from indgang.core.contacts.testing import make_contact
from indgang.core.organisation import selectors as organisation
from indgang.core.organisation.testing import make_employee, make_unit
from indgang.desks.administration.testing import at_desk
from indgang.desks.insight.testing import counted
from indgang.desks.planning import services
from indgang.desks.planning.models import CentreFigure
from indgang.foundation.access.values import system
from indgang.foundation.journal import services as journal

pytestmark = pytest.mark.django_db(transaction=True)
AT = datetime(2026, 3, 2, 9, tzinfo=UTC)
PAGE = "/planlaegning/kapacitet"


@pytest.fixture
def planner():
    return at_desk("manager")


@pytest.fixture
def towns():
    """Nørrebro with three employees, Valby with one; both without visits."""
    noerrebro, valby = (
        make_unit(code, kind="centre", name=name) for code, name in (("NO", "Nørrebro"), ("VA", "Valby"))
    )
    for number in range(3):
        make_employee(f"Nora {number}", unit=noerrebro, groups={})
    make_employee("Vera Valby", unit=valby, groups={}, roles=("seconded_tax",))
    return noerrebro, valby


def kept(planner, noerrebro, valby, **more: str):
    form = {f"last-{noerrebro.id}": "2", f"folk-{noerrebro.id}": "12", f"last-{valby.id}": "9", f"folk-{valby.id}": "8"}
    form |= {f"mangler-{valby.id}": "Pas og kørekort", f"skat-{valby.id}": "no"}
    form |= {f"version-{unit.id}": "0" for unit in (noerrebro, valby)}
    return planner.post(f"{PAGE}/centre", form | more)


def test_the_centres_are_those_of_the_organisation_with_its_employees(planner, towns):
    noerrebro, valby = towns
    shown = planner.get(PAGE).content.decode()
    assert f'name="folk-{noerrebro.id}" value="3' in shown and f'name="folk-{valby.id}" value="1' in shown
    assert re.search(rf'name="skat-{valby.id}".*?value="yes" selected', shown, re.S)
    assert "Belastning eller bemanding kendes ikke endnu for: Nørrebro, Valby." in shown


def test_a_centre_with_too_many_gives_to_one_with_too_few_and_the_numbers_are_kept(planner, towns):
    answer = kept(planner, *towns)
    assert answer.status_code == 302
    shown = planner.get(PAGE).content.decode()
    assert "Ingen kan Pas og kørekort." in shown and "Den udstationerede skattemedarbejder mangler." in shown
    assert "fra Nørrebro, der bruger 16,7 % af sin kapacitet, til Valby." in shown
    assert f'name="folk-{towns[1].id}" value="8' in shown


def test_an_emptied_field_follows_the_municipalitys_own_number_again(planner, towns):
    kept(planner, *towns)
    empty = {f"{name}-{towns[0].id}": "" for name in ("last", "folk")}
    versions = {f"version-{unit.id}": "1" for unit in towns}
    assert kept(planner, *towns, **empty, **versions).status_code == 302
    assert f'name="folk-{towns[0].id}" value="3' in planner.get(PAGE).content.decode()


def test_what_somebody_else_kept_meanwhile_is_not_overwritten(planner, towns):
    kept(planner, *towns)
    answer = kept(planner, *towns, **{f"folk-{towns[0].id}": "77"})
    assert answer.status_code == 409 and 'value="77"' in answer.content.decode()
    assert CentreFigure.objects.get(unit="NO").staff == 12


@pytest.mark.parametrize("typed", ["mange", "-1", "1e9"])
def test_a_number_that_is_none_is_refused_at_its_field(planner, towns, typed):
    answer = kept(planner, *towns, **{f"folk-{towns[0].id}": typed})
    assert answer.status_code == 422 and "form-error-message" in answer.content.decode()
    assert not CentreFigure.objects.exists()


def test_the_load_of_a_centre_is_reckoned_from_its_visits_and_what_nobody_there_can_is_named(planner, towns):
    """Two visits of ten minutes in one half-hour: 20 of 30 minutes, 0.67 erlang."""
    group = make_task("T-076").group_id
    at = (timezone.now() - timedelta(days=3)).replace(minute=0, second=0)
    for number in range(2):
        contact = make_contact(channel="counter", unit="VA", tasks=["T-076"], at=at)
        for verb, minutes in (("work.accepted", 0), ("work.finished", 10)):
            with transaction.atomic():
                journal.record(
                    verb, at=at + timedelta(minutes=minutes), viewer_name=system("test").name,
                    subject=f"routing.workitem:00000000-0000-0000-0000-00000000000{number}", contact=contact.id,
                    data={},
                )  # fmt: skip
    counted("finished", 2)
    shown = planner.get(PAGE).content.decode()
    assert f'name="last-{towns[1].id}" value="0,67"' in shown
    name = dict(organisation.groups())[group]
    assert f'name="mangler-{towns[1].id}" value="{name}"' in shown and f"Ingen kan {name}." in shown


def typed(row: dict[str, str]) -> dict[str, object]:
    """The cells that are no text, as the loader of profiles gives them."""
    until = date.fromisoformat(row["valid_to"]) if row["valid_to"] else None
    return {
        "per_year": int(row["per_year"]), "share": Decimal(row["share"]), "is_sum": row["is_sum"] == "1",
        "valid_from": date.fromisoformat(row["valid_from"]), "valid_to": until,
    }  # fmt: skip


@pytest.fixture
def volumes():
    with Path("profiles/copenhagen/volumes.csv").open(encoding="utf-8") as lines:
        rows = [row | typed(row) for row in csv.DictReader(lines)]
    assert services.load_profile({"volumes": rows}, at=AT)["volumes"] == len(rows)
    assert services.load_profile({"volumes": rows}, at=AT)["volumes"] == 0


@pytest.mark.req("dim.tax")
def test_of_the_personal_tax_inquiries_65_per_cent_come_to_the_municipality(planner, volumes):
    shown = planner.get(PAGE).content.decode()
    assert "110.000" in shown and "71.500" in shown


@pytest.mark.req("dim.200k")
def test_the_new_state_tasks_are_shown_with_the_sum_of_their_parts(planner, volumes):
    shown = planner.get(PAGE).content.decode()
    assert "Nye statslige opgaver i alt: trykt 200.000; delene gav 200.000 og giver nu 220.000." in shown


@pytest.mark.req("dim.pass")
def test_the_polices_estimate_of_passports_is_replaced_by_the_later_one(planner, volumes):
    shown = planner.get(PAGE).content.decode()
    assert re.search(r"80\.000</td><td>nej, afløst", shown) and re.search(r"100\.000</td><td>ja", shown)


@pytest.mark.parametrize(("centres", "each"), [("8", "48.616"), ("10", "38.892"), ("1", "388.924")])
def test_a_year_of_visits_is_shared_by_so_many_centres(planner, volumes, centres, each):
    shown = planner.get(PAGE, {"antal": centres}).content.decode()
    assert "388.924" in shown and f">{each}<" in shown and "i kontaktcentret" in shown


@pytest.mark.parametrize("typed", ["0", "201", "mange", "-8", "٨"])
def test_a_number_of_centres_that_cannot_be_is_named(planner, volumes, typed):
    shown = planner.get(PAGE, {"antal": typed}).content.decode()
    assert "Skriv et helt antal centre fra 1 til 200." in shown


def test_the_file_holds_the_volumes_too(planner, volumes):
    book = load_workbook(io.BytesIO(planner.get("/planlaegning/kapacitet.xlsx").content))
    assert book["Henvendelser om året"]["D4"].value == 71_500


def test_the_page_is_in_english_for_who_reads_english(planner, towns, volumes):
    kept(planner, *towns)
    planner.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
    shown = planner.get(PAGE).content.decode()
    assert "Only 16.7 % of the capacity is used" in shown and "Nobody can Pas og kørekort." in shown
    assert "Tax, personal inquiries" in shown
