"""What one can do with work. Items are made by the events of contacts, never directly."""

from indgang.core.routing.arranging import arrange
from indgang.core.routing.dispatcher import run_dispatcher
from indgang.core.routing.handling import accept, decline, finish, park, seen, set_state, take_next, transfer
from indgang.core.routing.lists import end_pause_reason, end_service_point, save_pause_reason, save_service_point
from indgang.core.routing.offering import dispatch_once, expire_offers, find_away, wake_parked
from indgang.core.routing.planned import publish_shifts, withdraw_shifts
from indgang.core.routing.profile_rows import load_profile
from indgang.core.routing.returning import return_work, sign_off, take_back
from indgang.core.routing.ruling import end_relief_group, end_target, save_relief_group, save_rules, save_target
from indgang.core.routing.service_points import set_capacity, set_service_point
from indgang.core.routing.simulation_scenario import facts as scenario_facts
from indgang.core.routing.simulation_scenario import parse as parse_scenario
from indgang.core.routing.simulation_scenario import run as run_scenario
from indgang.core.routing.staffing import end_wrap_ups
from indgang.core.routing.standing_in import take_over
from indgang.core.routing.values import TransferTarget
from indgang.core.routing.waits import measure_waits

__all__ = [
    "TransferTarget",
    "accept",
    "arrange",
    "decline",
    "dispatch_once",
    "end_pause_reason",
    "end_relief_group",
    "end_service_point",
    "end_target",
    "end_wrap_ups",
    "expire_offers",
    "find_away",
    "finish",
    "load_profile",
    "measure_waits",
    "park",
    "parse_scenario",
    "publish_shifts",
    "return_work",
    "run_dispatcher",
    "run_scenario",
    "save_pause_reason",
    "save_relief_group",
    "save_rules",
    "save_service_point",
    "save_target",
    "scenario_facts",
    "seen",
    "set_capacity",
    "set_service_point",
    "set_state",
    "sign_off",
    "take_back",
    "take_next",
    "take_over",
    "transfer",
    "wake_parked",
    "withdraw_shifts",
]
