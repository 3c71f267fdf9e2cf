"""The cards of a small municipality are loaded with its other files."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from indgang.assembly import profiles
from indgang.assembly.tests.test_profile_small import AT, FILES, write
from indgang.core.catalogue import selectors, services
from indgang.core.catalogue.testing import make_card_text
from indgang.core.organisation.testing import make_employee, viewer_of

MORE = {
    "authorities.csv": "code,name,what,opening,phone,link,tasks,source\n"
    "skat,Skatteforvaltningen,Skat,{{udfyld: tider}},,https://skat.example/,T-076,opfundet\n",
    "rates.csv": "code,label,amount,unit,valid_from,valid_to,source,estimated\n"
    "hjaelp.beloeb,Beløb,100,kr.,2026-01-01,2026-12-31,opfundet,1\n",
    "laws.csv": "code,title,eli,version,checked_on,replaced_by,source\ncpr,CPR-loven,,,2026-01-01,,opfundet\n",
}
FIELDS = 'authority = "skat"\nrates = ["hjaelp"]'


@pytest.fixture
def town(tmp_path, settings):
    settings.INDGANG_PROFILES = tmp_path
    for name, content in (FILES | MORE).items():
        write(tmp_path / "lille", name, content)
    write(tmp_path / "lille", "cards/T-076.md", make_card_text(fields=FIELDS))
    return tmp_path / "lille"


@pytest.mark.django_db
def test_cards_come_with_the_authorities_rates_and_laws_they_name(town):
    assert profiles.load("lille", at=AT).changes["cards"] == 1
    card = selectors.guidance("T-076", at=AT)
    assert (card.authority.name, [(one.amount, one.estimated) for one in card.rates]) == (
        "Skatteforvaltningen",
        [(100, True)],
    )
    assert selectors.rates("hjaelp", date(2026, 5, 1))[0].code == "hjaelp.beloeb"
    assert profiles.load("lille", at=AT).changed == 0


@pytest.mark.django_db
def test_a_profile_with_a_wrong_card_is_not_loaded_and_names_file_line_and_field(town):
    text = make_card_text(fields=FIELDS).replace('"skat"', '"told"')
    write(town, "cards/T-076.md", text)
    with pytest.raises(profiles.ProfileFaulty) as refused:
        profiles.load("lille", at=AT)
    line = text.split("\n").index('authority = "told"') + 1
    assert refused.value.lines() == [
        f"cards/T-076.md, linje {line}, kolonne authority: »told«. "
        "Findes ikke i authorities.csv. Ret koden, eller tilføj den der."
    ]
    assert selectors.guidance("T-076", at=AT) is None


@pytest.mark.req("po.maintain")
@pytest.mark.django_db
def test_the_report_names_cards_left_alone_until_somebody_has_looked(town):
    profiles.load("lille", at=AT)
    editor = viewer_of(make_employee("Ebbe Editor", roles=["editor"]), AT)
    own = make_card_text(fields=FIELDS, klage="Skriv til os.")
    services.save_card_draft(task="T-076", text=own, based_on=1, why="", viewer=editor, at=AT)
    write(town, "cards/T-076.md", make_card_text(fields=FIELDS, klage="Ring til os."))
    assert profiles.load("lille", at=AT).conflicts == ["T-076"]
    assert profiles.load("lille", at=AT).conflicts == ["T-076"]
    assert selectors.card_draft("T-076").text == own
    services.dismiss_attention(task="T-076", viewer=editor, at=AT)
    assert profiles.load("lille", at=AT).conflicts == []


@pytest.mark.django_db
def test_a_task_added_in_the_portal_outlives_the_profile(town):
    profiles.load("lille", at=AT)
    editor = viewer_of(make_employee("Ebbe Editor", roles=["editor"]), AT)
    facts = {"title_en": "", "administration": "KSR", "group": "moving", "answer_hours": Decimal(8)}
    code = services.add_task(title="Lån en ladcykel", words=("ladcykel",), viewer=editor, at=AT, **facts)
    profiles.load("lille", at=AT)
    assert code in {one.code for one in selectors.tasks(at=AT)}
    assert selectors.search("ladcykel", at=AT)[0].task_id == code


@pytest.mark.django_db
def test_a_second_load_of_the_same_cards_asks_little(town):
    profiles.load("lille", at=AT)
    with CaptureQueriesContext(connection) as asked:
        profiles.load("lille", at=AT)
    assert not [one for one in asked if "catalogue_cardversion" in one["sql"] and "INSERT" in one["sql"]]


@pytest.mark.django_db
def test_words_that_move_from_the_table_into_a_card_are_found_as_before(town):
    text = make_card_text(fields=f'{FIELDS}\nwords = ["jeg flytter", "ny bolig"]')
    write(town, "cards/T-076.md", text)
    profiles.load("lille", at=AT)
    write(town, "phrases.csv", "task,language,weight,text\nT-029,da,1,vuggestue\n!emergency,da,1,ambulance\n")
    profiles.load("lille", at=AT)
    assert selectors.search("jeg flytter", at=AT)[0].task_id == "T-076"
