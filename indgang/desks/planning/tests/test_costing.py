"""The budget tables of the sources, to the printed digit, and what does not add up in them."""

import csv
from decimal import Decimal
from pathlib import Path

import pytest

from indgang.desks.planning.capacity import CentreFacts, Month, full_capacity, moves, utilisation_table, warnings
from indgang.desks.planning.costing import (
    BusinessCase,
    ChannelCost,
    CostLine,
    contradictions,
    hourly_wage,
    in_prices_of,
    moved_share,
    net_present_value,
    payback_years,
    sums,
    table,
)
from indgang.desks.planning.errors import PriceLevelsMixed

PROFILE = Path("profiles/copenhagen")


def lines() -> list[CostLine]:
    with (PROFILE / "cost_lines.csv").open(encoding="utf-8") as file:
        return [
            CostLine(
                row["case"],
                row["section"],
                row["line"],
                row["bearer"],
                int(row["year"]),
                Decimal(row["thousand_dkk"]),
                int(row["price_level"]),
                row["account"],
                row["printed"] == "1",
                row["source"],
                row["note"],
            )
            for row in csv.DictReader(file)
        ]


def months() -> list[Month]:
    with (PROFILE / "capacity_months.csv").open(encoding="utf-8") as file:
        return [
            Month(
                row["month"],
                int(row["tasks"]),
                int(row["printed_year"]),
                Decimal(row["printed_utilisation"]),
                int(row["printed_index"]),
                row["source"],
            )
            for row in csv.DictReader(file)
        ]


@pytest.mark.req("dim.mb.invest")
def test_table_4_is_reproduced_to_the_printed_digit():
    found = sums(lines(), "min_borgerservice")
    years = (2010, 2011, 2012, 2013)
    assert [found["total_investment"][y] for y in years] == [2844, 1065, 1385, 0]
    assert [found["total_with_competence"][y] for y in years] == [2844, 1465, 1385, 0]
    rows = {row.line: row.amounts for row in table(lines(), "min_borgerservice")}
    assert [rows["IT-implementering"][y] for y in years] == [1575, 640, 960, 0]


@pytest.mark.req("dim.mb.financing")
def test_what_the_investment_costs_is_what_finances_it():
    found = sums(lines(), "min_borgerservice")
    assert found["total_financing"] == found["total_with_competence"]


@pytest.mark.req("dim.mb.ops")
def test_table_5_is_reproduced_and_its_unfinanced_hundred_flagged():
    found = sums(lines(), "min_borgerservice")
    assert [found["total_it_operation"][y] for y in (2010, 2011, 2012, 2013)] == [0, 1525, 1800, 1550]
    flagged = contradictions(lines(), "min_borgerservice")
    assert [(one.what, one.year, one.difference) for one in flagged] == [
        ("operation_financing", 2012, 100),
        ("operation_financing", 2013, 100),
    ]


@pytest.mark.req("dim.est", "dim.deposit")
def test_establishment_is_kept_apart_from_its_deposits():
    found = sums(lines(), "one_entrance")
    assert (sum(found["total_establishment"].values()), sum(found["deposit"].values())) == (194_000, 168_550)
    assert contradictions(lines(), "one_entrance") == []


@pytest.mark.req("dim.ops", "dim.po08")
def test_operation_is_borne_by_two_committees():
    by_bearer: dict[str, Decimal] = {}
    for line in lines():
        if (line.case, line.section) == ("one_entrance", "operation"):
            by_bearer[line.bearer] = by_bearer.get(line.bearer, Decimal(0)) + line.amount
    assert by_bearer == {"Økonomiudvalget": 31_850, "Sundheds- og Omsorgsudvalget": 800}


@pytest.mark.req("dim.293", "dim.priceLevel")
def test_every_amount_has_a_price_level_and_the_transfer_is_293():
    assert all(line.price_level in (2006, 2009, 2010) for line in lines())
    assert sum(sums(lines(), "one_entrance")["transfer"].values()) == 29_300


def test_a_wrong_printed_sum_is_found():
    wrong = [line for line in lines() if line.case == "budget_2006"]
    wrong[0] = CostLine(**{**vars(wrong[0]), "amount": Decimal(5400)})
    (found,) = contradictions(wrong, "budget_2006")
    assert (found.printed, found.computed, found.difference) == (13_500, 13_400, -100)


def test_amounts_are_brought_to_one_price_level():
    moved = in_prices_of(lines(), 2010, {2006: Decimal(100), 2009: Decimal(108), 2010: Decimal(110)})
    assert sum(sums(moved, "one_entrance")["transfer"].values()) == Decimal("32230.0")
    with pytest.raises(PriceLevelsMixed):
        in_prices_of(lines(), 2010, {2010: Decimal(100)})


@pytest.mark.req("dim.bc")
def test_a_business_case_has_value_and_payback():
    case = BusinessCase(
        (Decimal(1000),), (Decimal(0), Decimal(50), Decimal(50), Decimal(50)), (Decimal(0),) + (Decimal(450),) * 3
    )
    assert case.flows() == (-1000, 400, 400, 400)
    assert net_present_value(case.flows(), Decimal("0.04")).quantize(Decimal("0.01")) == Decimal("110.04")
    assert payback_years(case.flows()) == Decimal("2.5")
    assert payback_years((Decimal(-10), Decimal(1))) is None


def test_an_inquiry_costs_its_minutes_and_its_part_of_what_is_fixed():
    phone = ChannelCost("phone", Decimal(6), Decimal(350), Decimal(100_000), Decimal(1))
    assert phone.each(Decimal(50_000)) == Decimal(38)
    assert phone.yearly(Decimal(50_000)) == Decimal(38) * 50_000
    assert hourly_wage(Decimal(400_000), shrinkage=Decimal("0.3"), overhead=Decimal("0.2")).quantize(Decimal(1)) == 356


def test_ten_per_cent_of_the_calls_move_to_the_net():
    moved = moved_share({"phone": Decimal(1000), "net": Decimal(200)}, "phone", "net", Decimal("0.1"))
    assert moved == {"phone": 900, "net": 300}


@pytest.mark.req("st.capacity", "st.capcalc")
def test_table_2_is_reproduced_to_the_printed_digit():
    capacity = full_capacity(months())
    assert capacity == 18_645
    rows = utilisation_table(months(), capacity)
    assert all(not row.contradicts for row in rows)
    assert (rows[3].utilisation, rows[7].index, rows[0].yearly) == (Decimal("62.30"), 151, 111_912)


def test_a_printed_figure_that_does_not_fit_is_named():
    changed = [*months()[:3], Month("2005-04", 11_615, 139_380, Decimal("63.00"), 125)]
    assert utilisation_table(changed, 18_645)[3].contradicts == ("utilisation",)
    assert full_capacity(changed) is None


def centre(code: str, load: float, staff: float, **given) -> CentreFacts:
    return CentreFacts(code, code.title(), load, staff, given.pop("competences", {}), **given)


def test_a_planner_is_warned_of_what_is_wrong_with_a_centre():
    kinds = {
        (one.centre, one.kind)
        for one in warnings(
            [
                centre("empty", 1, 10),
                centre("full", 9.5, 10, needs=frozenset({"pas"}), competences={"skat": 2}),
                centre("small", 1.5, 2, needs_tax_seat=True),
            ]
        )
    }
    assert kinds == {
        ("empty", "overcapacity"),
        ("full", "undercapacity"),
        ("full", "lacks_competence"),
        ("small", "too_small"),
        ("small", "no_tax_seat"),
    }


def test_staff_move_from_where_too_many_are():
    proposed = moves([centre("valby", 3, 12), centre("amager", 9, 8)])
    assert [(one.source, one.target, one.staff) for one in proposed] == [("valby", "amager", 4)]
