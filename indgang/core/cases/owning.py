"""Whose a case is: the administration its task belongs to, and the unit there that answers for it."""

from indgang.core.cases.errors import UnitMissing
from indgang.core.cases.models import AccessRequest, Case
from indgang.core.cases.parts import has
from indgang.core.catalogue import selectors as catalogue
from indgang.core.organisation import selectors as organisation
from indgang.foundation.access import policy


def owner_of(case: Case) -> str:
    """The administration the task belongs to: it has the responsibility, whoever decides.

    Each administration answers for access to its own cases.
    """
    if has(case.id, AccessRequest):
        return case.administration_id
    return catalogue.need(case.task_id, policy.INFORM).owner or case.administration_id


def owning_unit(case: Case) -> int:
    """The unit of the owning administration that looks at a decision again: never the centre that made it.

    First the one that follows the task up, then the one that answers with discretion, then the case's own, then any
    office of the owner. Raises UnitMissing.
    """
    owner = owner_of(case)
    card = catalogue.cards([case.task_id]).get(case.task_id)
    wanted = [card.follow_up if card else None, catalogue.interface(case.task_id, policy.DISCRETION).unit, case.unit_id]
    for key in wanted:
        unit = organisation.unit(key) if key is not None else None
        if unit is not None and unit.administration == owner:
            return unit.id
    found = next((unit.id for unit in organisation.units() if unit.administration == owner), None)
    if found is None:
        raise UnitMissing(task=card.title if card else case.task_id)
    return found
