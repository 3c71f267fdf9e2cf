"""The draft of a decision: what can be written, by whom, and what the database keeps apart."""

from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction

from indgang.core.cases import errors, services
from indgang.core.cases.models import Decision
from indgang.core.cases.testing import make_setting
from indgang.core.cases.tests.decisions_around import AT, GRANT, REFUSAL, draft, ready_case
from indgang.core.cases.values import AmountLine, amount_of
from indgang.core.organisation.testing import make_employee

pytestmark = pytest.mark.django_db


@pytest.fixture
def me(filippa, seen_by):
    return seen_by(filippa, AT)


@pytest.fixture
def case(office, filippa):
    return ready_case(office, filippa)


@pytest.mark.parametrize(
    ("typed", "amount"),
    [
        ("1.234,50", "1234.50"),
        ("1234,5", "1234.5"),
        ("1234.50", "1234.50"),
        ("1.234", "1234"),
        ("1.234.567", "1234567"),
        (" 300 kr. ", "300"),
        ("-12,00", "-12.00"),
        ("\u22125", "-5"),
    ],
)
def test_amounts_are_read_as_people_write_them(typed, amount):
    assert amount_of(typed) == Decimal(amount)


@pytest.mark.parametrize("typed", ["", "en krone", "1,2,3", "1.23.456", "12,345", "NaN", "1e5", "9999999999999"])
def test_what_is_no_amount_is_none(typed):
    assert amount_of(typed) is None


@pytest.mark.parametrize(
    ("text", "error", "said"),
    [
        (replace(GRANT, result="måske"), errors.WrongResult, "måske"),
        (replace(GRANT, amounts=(AmountLine("", Decimal(1), "once"),)), errors.WrongAmount, "linje 1"),
        (replace(GRANT, amounts=(AmountLine("Ydelse", Decimal("1.234"), "once"),)), errors.WrongAmount, "decimaler"),
        (replace(GRANT, amounts=(AmountLine("Ydelse", Decimal("NaN"), "once"),)), errors.WrongAmount, "1.234,50"),
        (replace(GRANT, amounts=(AmountLine("Ydelse", Decimal("1e12"), "once"),)), errors.WrongAmount, "1.234,50"),
        (replace(GRANT, amounts=(AmountLine("Ydelse", Decimal(1), "tit"),)), errors.WrongAmount, "month"),
        (replace(GRANT, amounts=(AmountLine("Ydelse", Decimal(1), "once"),) * 31), errors.WrongAmount, "højst 30"),
        (replace(REFUSAL, appeal_by=date(2026, 3, 2)), errors.DayWrong, "02.03.2026"),
        (replace(REFUSAL, appeal_weeks=0), errors.DayWrong, "uger"),
        (replace(REFUSAL, reasons="x" * 20_001), errors.TextTooLong, "20000"),
        (replace(REFUSAL, legal_basis="x" * 301), errors.TextTooLong, "300"),
    ],
)
def test_what_cannot_be_kept_is_refused_by_name(case, me, text, error, said):
    with pytest.raises(error) as refused:
        draft(case, me, text)
    assert said in str(refused.value) and refused.value.status == 422 and refused.value.field
    assert not Decision.objects.exists()


def test_who_writes_over_anothers_draft_is_told_whose_it_is(case, me, office, seen_by):
    first = draft(case, me, GRANT)
    other = seen_by(
        make_employee("Ove Anden", unit=office, roles=["caseworker"], groups={"housing_benefit": (5, 3)}), AT
    )
    for version in (None, first.version - 1):
        with pytest.raises(errors.DecisionStale) as refused:
            services.draft_decision(case_id=case.id, text=REFUSAL, version=version, viewer=other, at=AT)
        assert "Filippa Falk" in str(refused.value)
    kept = services.draft_decision(case_id=case.id, text=REFUSAL, version=first.version, viewer=other, at=AT)
    assert kept.id == first.id and kept.reasons == REFUSAL.reasons


def test_an_emptied_legal_basis_is_put_in_once_only(case, me):
    make_setting(legal_basis="Boligstøtteloven § 21")
    row = draft(case, me, replace(GRANT, legal_basis=""))
    assert row.legal_basis == "Boligstøtteloven § 21"
    assert draft(case, me, replace(GRANT, legal_basis="")).legal_basis == ""


def test_a_dropped_draft_is_gone_and_dropping_again_changes_nothing(case, me):
    draft(case, me)
    services.drop_draft(case_id=case.id, viewer=me, at=AT)
    services.drop_draft(case_id=case.id, viewer=me, at=AT)
    assert not Decision.objects.exists()


def test_the_database_itself_keeps_a_decision_from_being_without_its_letter(case, me):
    row = draft(case, me)
    with pytest.raises(IntegrityError), transaction.atomic():
        Decision.objects.filter(id=row.id).update(state="decided", decided_at=datetime.now(AT.tzinfo))
