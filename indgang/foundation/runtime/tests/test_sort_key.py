"""Names stand in the order a Danish reader expects."""

import random

import pytest

from indgang.foundation.runtime.services import sort_key

IN_ORDER = [
    "Abel",
    "Andersen",
    "Anne Holm",
    "Anne-Marie",
    "Annebeth",
    "Bo Hansen",
    "Boe",
    "Côme",
    "Cæsar",
    "D'Angelo",
    "Dansgaard",
    "Kontor 2",
    "Kontor 3",
    "Kontoret",
    "Muller",
    "Müllers",
    "Naur",
    "Zeuthen",
    "Zøllner",
    "Æblegård",
    "Ærø",
    "Öberg",
    "Ølgaard",
    "Østergaard",
    "Ågesen",
    "Aagesens",
    "Åkirkeby",
    "Aarhus",
]


def test_a_shuffled_list_of_names_comes_back_in_danish_order():
    names = IN_ORDER[:]
    random.Random(7).shuffle(names)
    assert sorted(names, key=sort_key) == IN_ORDER


@pytest.mark.parametrize(
    ("one", "other"), [("Aagaard", "Ågaard"), ("ÅSE", "åse"), ("A\u030ase", "Åse"), ("André", "Andre"), ("Ø", "Ö")]
)
def test_spellings_of_one_sound_and_case_sort_alike(one, other):
    assert sort_key(one) == sort_key(other)


def test_the_key_has_only_what_every_collation_orders_alike():
    assert set(sort_key("Øjvind Åse-Marie O'Neill (2) Żółć 北京")) <= set("abcdefghijklmnopqrstuvwxyz0123456789北京")
