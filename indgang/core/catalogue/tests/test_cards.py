"""A guidance card as staff and citizens read it."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from indgang.core.catalogue import errors, selectors, services
from indgang.core.catalogue.models import CardSection, Phrase, UnitCut
from indgang.core.catalogue.testing import (
    make_authority,
    make_card,
    make_card_text,
    make_law,
    make_rate,
    make_task,
)
from indgang.core.organisation.testing import make_employee, make_unit, viewer_of

AT = datetime(2026, 3, 2, 9, tzinfo=UTC)
pytestmark = pytest.mark.django_db
GUIDE = """
[[guide]]
id = "start"
ask = "Er du over 18 år?"
help = "Spørg efter {{udfyld: legitimation}}."
[[guide.answers]]
text = "Ja"
result = "entitled"
why = "Så kan du selv melde den."
[[guide.answers]]
text = "Nej"
result = "specialist"
why = "En voksen melder den for dig."
"""


@pytest.fixture
def moving():
    make_task("T-077", title="Attest")
    return make_task("T-076", title="Meld flytning", title_en="Report a move")


def card(**more):
    found = selectors.guidance("T-076", at=AT, **more)
    assert found is not None
    return found


@pytest.mark.req("po.tips")
def test_the_card_tells_the_steps_what_happens_afterwards_and_where_to_do_it_oneself(moving):
    make_card("T-076", text=make_card_text(fields='related = ["T-077"]\nmaterials = ["flytteanmeldelse"]'))
    shown = card()
    assert shown.section("saadan-goer-du").html.count("<li>") == 4
    assert "Folkeregistret skriver adressen ind." in shown.section("bagefter").text
    assert (shown.self_service, shown.materials) == (
        "https://selvbetjening.indgang.example/flytning",
        ("flytteanmeldelse",),
    )
    assert [(one.code, one.title) for one in shown.related] == [("T-077", "Attest")]
    assert [one.anchor for one in shown.sections][:2] == ["kort-sagt", "saadan-goer-du"]


def test_a_task_without_a_card_has_none(moving):
    assert selectors.guidance("T-076", at=AT) is None
    assert selectors.guidance("T-999", at=AT) is None


def test_staff_see_what_the_municipality_must_fill_in_and_citizens_are_asked_to_ask(moving):
    make_card("T-076")
    fee = card().section("gebyr")
    assert fee.blanks == 1
    assert '<mark class="udfyldes">Udfyldes af kommunen: gebyr i kroner</mark>' in fee.html
    public = card(public=True)
    assert public.section("gebyr").text == "Det er gratis. Spørg os."
    assert "Udfyldes" not in "".join(one.html for one in public.sections)
    assert [one.anchor for one in public.sections] == ["kort-sagt", "tag-med", "gebyr", "bagefter", "klage"]


def test_points_with_blanks_become_one_ask_us(moving):
    points = "- Pas\n- Gebyret på {{udfyld: kroner}}\n- Et foto på {{udfyld: mål}}\n- Sundhedskort"
    make_card("T-076", text=make_card_text(**{"Det skal du have med": points}))
    assert card(public=True).section("tag-med").html.split() == (
        ["<ul>", "<li>Pas</li>", "<li>Spørg", "os.</li>", "<li>Sundhedskort</li>", "</ul>"]
    )


def test_links_between_cards_lead_to_the_page_of_the_same_kind(moving):
    make_card("T-076")
    assert 'href="/portal/opgaver/T-076#klage"' in card().section("klage").html
    assert 'href="/opgaver/T-076#klage"' in card(public=True).section("klage").html


def test_a_card_nobody_of_the_field_has_read_says_so(moving):
    make_card("T-076")
    assert "Ikke fagligt gennemgået" in card().incomplete
    assert any("gebyr i kroner" in one for one in card().incomplete)
    assert card(public=True).incomplete == ()
    make_card("T-076", text=make_card_text(fields='reviewed = "Regitze Register, 2. marts 2026"'))
    assert card().reviewed == "Regitze Register, 2. marts 2026"
    assert "Ikke fagligt gennemgået" not in card().incomplete


@pytest.mark.req("po.rates")
def test_the_card_shows_the_rates_of_the_day_with_their_source(moving):
    make_rate(amount=49716, valid_from=date(2025, 1, 1), valid_to=date(2025, 12, 31))
    make_rate(amount=50760)
    make_rate("housing_benefit.income_limit", None)
    make_card("T-076", text=make_card_text(fields='rates = ["housing_benefit"]'))
    amounts = {one.code: (one.amount, one.source) for one in card().rates}
    assert amounts == {
        "housing_benefit.max_benefit": (Decimal("50760.00"), "opfundet"),
        "housing_benefit.income_limit": (None, "opfundet"),
    }
    [last_year] = selectors.rates("housing_benefit.max_benefit", date(2025, 6, 1))
    assert last_year.amount == 49716
    [next_year] = selectors.rates("housing_benefit.max_benefit", date(2027, 1, 1))
    assert (next_year.amount, next_year.label) == (None, "Sats housing_benefit.max_benefit")


def test_the_card_says_whether_a_benefit_is_taxable_and_depends_on_income_and_wealth(moving):
    fields = 'taxable = "no"\nincome_dependent = "yes"\nwealth_dependent = "partly"'
    make_card("T-076", text=make_card_text(fields=fields))
    shown = card().attributes
    assert (shown.taxable, shown.income_dependent, shown.wealth_dependent) == ("no", "yes", "partly")


@pytest.mark.req("po.otherauth")
def test_the_directory_tells_what_another_authority_does_and_what_is_not_filled_in(moving):
    make_authority("skat", phone="00 00 00 17")
    make_card("T-076", text=make_card_text(fields='authority = "skat"'))
    other = card().authority
    assert (other.name, other.phone, other.opening) == ("Skatteforvaltningen", "00 00 00 17", "")
    assert other.missing == ("åbningstider",)
    assert [one.code for one in selectors.authorities("skattekort")] == ["skat"]
    assert selectors.authorities("told") == []


@pytest.mark.req("po.division", "po.level")
def test_the_card_says_who_does_what_at_which_level_and_since_when(moving):
    unit = make_unit("PO-VALBY", kind="office", name="P/O Valby")
    UnitCut.objects.create(task=moving, unit=unit, level=1)
    editor = viewer_of(make_employee("Ebbe Editor", roles=["editor"]), AT)
    services.keep_subtask(
        task="T-076", title="Skøn over bopæl", title_en="Home", level=3, decision=True, viewer=editor, at=AT
    )
    make_card("T-076")
    rows = [(one.place, one.level, one.what) for one in card().division]
    assert rows == [
        ("centre", 2, "Ekspederer"),
        ("contact_centre", 1, "Informerer, vejleder og hjælper med at søge"),
        ("po_office", 1, "Informerer og viser vej til borgerservice"),
        ("administration", 3, "KSR afgør, hvad der kræver fagligt skøn"),
        ("administration", 3, "Skøn over bopæl: Afgør efter fagligt skøn"),
        ("po_office", 1, "P/O Valby: Informerer, vejleder og hjælper med at søge"),
    ]
    assert card().division[0].valid_from == date(2005, 1, 1)


def test_a_law_that_was_replaced_or_never_checked_carries_its_warning(moving):
    make_law("CPR-loven", replaced_by="Lov om folkeregistrering", checked_on=date(2026, 1, 5))
    make_law("Gamle lov", checked_on=date(2020, 1, 5))
    make_law("God lov", checked_on=date(2026, 1, 5))
    names = ("CPR-loven", "Gamle lov", "God lov", "Ukendt lov")
    tables = "".join(f'\n[[laws]]\ntitle = "{name}"\n' for name in names)
    make_card("T-076", text=make_card_text(tables=tables))
    warnings = {one.title: one.warning for one in card().laws}
    assert warnings == {
        "CPR-loven": "Loven er afløst af Lov om folkeregistrering. Ret kortet.",
        "Gamle lov": "Loven er sidst kontrolleret 05.01.2020. Se efter, om den stadig gælder.",
        "God lov": "",
        "Ukendt lov": "Loven står ikke i registret over love.",
    }
    assert {one.title for one in selectors.laws(AT)} == set(names)


@pytest.mark.req("po.beslutningsstøtte")
def test_the_guided_questions_are_the_same_for_citizens_and_staff_and_end_with_a_reason(moving):
    make_card("T-076", text=make_card_text(tables=GUIDE))
    assert selectors.guide_state("T-076", []).question.ask == "Er du over 18 år?"
    assert selectors.guide_state("T-076", [], public=True).question.help == "Spørg os."
    state = selectors.guide_state("T-076", [1])
    assert (state.result, state.why) == ("specialist", "En voksen melder den for dig.")
    with pytest.raises(errors.NothingToGuide):
        selectors.guide_state("T-076", [7])


def test_a_card_without_questions_guides_nobody(moving):
    make_card("T-076")
    with pytest.raises(errors.NothingToGuide):
        selectors.guide_state("T-076", [])


def test_published_text_and_words_are_found_at_once(moving):
    make_card("T-076", text=make_card_text(fields='words = ["skifte rede"]\nweak_words = ["fugl"]'))
    assert selectors.search("vi skal skifte rede", at=AT)[0].task_id == "T-076"
    assert dict(Phrase.objects.filter(of_card=True).values_list("text", "weight")) == {"skifte rede": 1.0, "fugl": 0.5}
    found = CardSection.objects.extra(where=["vector @@ plainto_tsquery('danish', 'kvitteringen')"])
    assert list(found.values_list("task", "anchor", "public")) == [("T-076", "saadan-goer-du", False)]


def test_a_card_page_costs_few_statements(moving):
    make_rate()
    make_authority()
    fields = 'rates = ["housing_benefit"]\nauthority = "skat"\nrelated = ["T-077"]'
    make_card("T-076", text=make_card_text(fields=fields, tables=GUIDE))
    with CaptureQueriesContext(
        connection,
    ) as asked:
        card()
    assert len(asked) <= 8
