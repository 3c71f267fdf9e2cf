"""What one can do with persons and businesses."""

from indgang.core.citizens.following_registers import follow_cpr, follow_income
from indgang.core.citizens.generating import fill_registers, generate
from indgang.core.citizens.merging import merge, undo_merge
from indgang.core.citizens.profile_rows import load_profile
from indgang.core.citizens.registering import (
    correct_provisional,
    register_provisional,
    set_adviser,
    set_contact_points,
    set_needs,
)
from indgang.core.citizens.representing import end_representation, register_representation
from indgang.core.citizens.trading import (
    add_business_contact,
    change_business,
    register_business,
    remove_business_contact,
)

__all__ = [
    "add_business_contact",
    "change_business",
    "correct_provisional",
    "end_representation",
    "fill_registers",
    "follow_cpr",
    "follow_income",
    "generate",
    "load_profile",
    "merge",
    "register_business",
    "register_provisional",
    "register_representation",
    "remove_business_contact",
    "set_adviser",
    "set_contact_points",
    "set_needs",
    "undo_merge",
]
