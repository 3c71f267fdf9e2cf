"""A page that is new stands in the table of screens, or says why it shows none."""

from tests.architecture.address_table import addresses
from tests.states import NO_SCREEN, TABLE

SCREENS = {state.route for state in TABLE}


def test_every_address_is_in_the_table_of_screens():
    routes = {address.route for address in addresses()}
    assert routes - SCREENS - set(NO_SCREEN) == set()


def test_the_table_of_screens_holds_nothing_that_is_gone():
    routes = {address.route for address in addresses()} | {"api/v1/docs"}
    assert (SCREENS | set(NO_SCREEN)) - routes == set()
    assert SCREENS & set(NO_SCREEN) == set()


def test_no_two_states_are_called_alike():
    titles = [state.title for state in TABLE]
    assert len(titles) == len(set(titles))
