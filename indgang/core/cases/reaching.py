"""A case as one acts on it: what its number leads to, without anything personal."""

from datetime import datetime
from uuid import UUID

from indgang.core.cases.case_values import ReachedCase
from indgang.core.cases.numbering import normal_number
from indgang.core.cases.rights import case_of, may_work_on, sees
from indgang.foundation.access.errors import NotFound
from indgang.foundation.access.values import Viewer


def reached(viewer: Viewer, key: UUID | str, at: datetime) -> ReachedCase:
    """The case of an id or a number as somebody typed it; missing and forbidden alike: NotFound."""
    row = case_of(key if isinstance(key, UUID) else normal_number(key) or "-")
    if row is None or not sees(viewer, row, at):
        raise NotFound
    return ReachedCase(
        id=row.id,
        number=row.number,
        title=row.title,
        task=row.task_id,
        administration=row.administration_id,
        unit=row.unit_id,
        handler=row.handler_id,
        person=row.person_id,
        progress=row.progress,
        raised_by=row.raised_by,
        level=row.level,
        may_work=may_work_on(viewer, row, at),
        version=row.version,
    )
