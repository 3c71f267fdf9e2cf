"""What one can do with the municipality: its units, employees, competences and opening hours."""

from indgang.core.organisation.competences import (
    end_competence,
    put_course,
    record_training,
    require_course,
    set_competence,
    withdraw_training,
)
from indgang.core.organisation.forwarding import set_forwarding
from indgang.core.organisation.hours_changes import change_day, put_closing_day, restore_day, set_week
from indgang.core.organisation.inviting import accept_invitation, invite
from indgang.core.organisation.people import (
    change_employee,
    create_employee,
    end_substitute,
    let_go,
    record_leave,
    set_substitute,
    settle_notice,
)
from indgang.core.organisation.places import (
    assign_counter,
    choose_plan,
    end_counter,
    put_administration,
    put_group,
    put_succession,
    put_unit,
)
from indgang.core.organisation.profile_rows import load_profile, sync_rows

__all__ = [
    "accept_invitation",
    "assign_counter",
    "change_day",
    "change_employee",
    "choose_plan",
    "create_employee",
    "end_competence",
    "end_counter",
    "end_substitute",
    "invite",
    "let_go",
    "load_profile",
    "put_administration",
    "put_closing_day",
    "put_course",
    "put_group",
    "put_succession",
    "put_unit",
    "record_leave",
    "record_training",
    "require_course",
    "restore_day",
    "set_competence",
    "set_forwarding",
    "set_substitute",
    "set_week",
    "settle_notice",
    "sync_rows",
    "withdraw_training",
]
