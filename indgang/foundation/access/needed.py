"""What somebody has still to do between the right password and a session."""

from indgang.foundation.access.instruction import instruction_due
from indgang.foundation.access.models import Account
from indgang.foundation.access.second_factor import factor_required, has_factor

CODE, ENROL, INSTRUCTION, DONE = "code", "enrol", "instruction", ""


def next_step(account: Account, *, factor_shown: bool) -> str:
    """What this account has still to do before it is in."""
    if not factor_shown and has_factor(account):
        return CODE
    if not factor_shown and factor_required(account):
        return ENROL
    return INSTRUCTION if instruction_due(account) is not None else DONE
