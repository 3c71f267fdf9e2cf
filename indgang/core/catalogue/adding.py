"""A task of the municipality's own, added in the portal: found and routable at once, level 1 until somebody decides."""

from datetime import datetime
from decimal import Decimal

from django.db import transaction

from indgang.core.catalogue import errors, indexing
from indgang.core.catalogue.editing import may_edit, one_line
from indgang.core.catalogue.models import Phrase, Task
from indgang.core.catalogue.values import Placed
from indgang.core.organisation import selectors as organisation
from indgang.foundation.access.errors import NotFound
from indgang.foundation.access.values import Viewer
from indgang.foundation.journal import services as journal
from indgang.foundation.runtime import clock

FIRST_OWN = 501  # the numbers below belong to profiles
ADDED = "code"  # this column by hand: no profile knows the task, so none ends it
_LONGEST_HOURS = Decimal(999)


@transaction.atomic
def add_task(
    *,
    title: str,
    title_en: str,
    administration: str,
    group: str,
    answer_hours: Decimal,
    viewer: Viewer,
    at: datetime,
    summary: str = "",
    follow_up: str = "",
    words: tuple[str, ...] = (),
) -> str:
    """Add a task for information and guidance and return its number; the words lead to it at once.

    Raises WrongValue, TaskExists; NotFound for whom the administration's tasks are none of their business.
    """
    if not may_edit(viewer, administration):
        raise NotFound
    _known(administration, group, answer_hours)
    shown = one_line("title", title, 160, needed=True)
    same = Task.objects.filter(title__iexact=shown).values_list("code", flat=True).first()
    if same:
        raise errors.TaskExists(title=shown, task=same)
    row = Task.objects.create(
        code=_next(), name=shown, title=shown, title_en=one_line("title_en", title_en, 160) or shown,
        administration_id=administration, group_id=group, level=1, placed=Placed.INFO, in_info_list=True, is_new=True,
        follow_up_id=_unit(follow_up), summary=one_line("summary", summary, 4000, lines=True),
        answer_hours=answer_hours, valid_from=clock.local(at).date(), by_hand=[ADDED],
    )  # fmt: skip
    Phrase.objects.bulk_create(
        Phrase(task=row, language="da", text=text, of_card=True)
        for text in dict.fromkeys(one_line("words", word, 200, needed=True) for word in words)
    )
    journal.record("task.added", at=at, viewer_name=viewer.name, subject=row, data={"task": row.code, "group": group})
    indexing.rebuild(at)
    return row.code


def _known(administration: str, group: str, answer_hours: Decimal) -> None:
    if administration not in dict(organisation.administrations()):
        raise errors.WrongValue(value=administration, name="administration", remedy="")
    if group not in dict(organisation.groups()):
        raise errors.WrongValue(value=group, name="group", remedy="")
    if not answer_hours.is_finite() or not Decimal("0.25") <= answer_hours <= _LONGEST_HOURS:
        raise errors.WrongValue(value=answer_hours, name="answer_hours", remedy=f"0.25-{_LONGEST_HOURS}")


def _next() -> str:
    """The next of the municipality's own numbers; two editors at once get one after the other."""
    indexing.one_at_a_time()
    codes = Task.objects.values_list("code", flat=True)
    last = max((int(code.removeprefix("T-")) for code in codes), default=0)
    return f"T-{max(last + 1, FIRST_OWN)}"


def _unit(code: str) -> int | None:
    if not code:
        return None
    found = organisation.unit(code)
    if found is None:
        raise errors.WrongValue(value=code, name="follow_up", remedy="")
    return found.id
