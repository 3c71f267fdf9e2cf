"""The one way a setting is changed by hand: what it was and what it became are kept, and it can be put back.

A setting says how its value is read and how it is applied (through the service of its owner, which checks the duty and
leaves the event). The value is plain JSON, complete enough to be applied again. A change is refused when the value is
no longer the one the person saw; an undo is refused when the value is no longer the one the change left, whoever
changed it since, also past this module.
"""

import hashlib
import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any, TypeVar
from uuid import UUID

from django.db import connection, transaction
from django.utils.translation import gettext

from indgang.core.organisation import selectors as organisation
from indgang.desks.administration.errors import AlreadyUndone, NewerStands, Stale, UnknownSetting
from indgang.desks.administration.models import Change
from indgang.foundation.access.errors import NotFound
from indgang.foundation.access.values import Viewer
from indgang.foundation.journal import services as journal
from indgang.foundation.runtime.services import remembering, uuid7

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

T = TypeVar("T")
Value = Any  # plain JSON; None: it is not there


@dataclass(frozen=True)
class Setting:
    """A kind of thing somebody may change by hand."""

    code: str
    title: "_StrPromise"
    roles: frozenset[str]  # who may change it, see its history and undo
    read: Callable[[str, datetime], Value]  # of one subject
    apply: Callable[[str, Value, Viewer, datetime], None]  # bring the subject to the value, None: take it away
    name: Callable[[str], str]  # the subject in words
    lines: Callable[[Value], list[str]]  # the value in words
    path: Callable[[str], str] = lambda subject: ""  # where it is edited


@dataclass(frozen=True)
class Edit:
    """One setting of several that are changed together; `version` as `read_setting` gave it, "" when nobody looked."""

    setting: str
    subject: str
    value: Value
    version: str = ""


@dataclass(frozen=True)
class Reading:
    """A setting's value and the mark a form carries to prove what its person saw."""

    value: Value
    version: str


@dataclass(frozen=True)
class ChangeRow:
    """A change as the history shows it."""

    id: UUID
    at: datetime
    by: str  # a name
    setting: str
    title: str
    subject: str
    name: str
    path: str
    before: list[str]
    after: list[str]
    batch: UUID | None
    undoes: UUID | None
    undone: bool
    may_undo: bool


_settings: dict[str, Setting] = {}


def register(setting: Setting) -> Setting:
    """Make a kind of setting known; at import of the module that owns its pages."""
    if setting.code in _settings:
        raise ValueError(f"The setting {setting.code} is registered twice.")
    _settings[setting.code] = setting
    return setting


def kinds(viewer: Viewer) -> list[Setting]:
    """The kinds of settings this employee may change."""
    return [setting for setting in _settings.values() if viewer.has_role(*setting.roles)]


def read_setting(code: str, subject: str, at: datetime) -> Reading:
    """What holds now, with its version."""
    value = _setting(code).read(subject, at)
    return Reading(value, _mark(value))


def change_setting(
    *, setting: str, subject: str, value: Value, viewer: Viewer, at: datetime, version: str = ""
) -> Change | None:
    """Bring one setting to this value; None when it is that already. Stale, NotFound, what its service raises."""
    made = change_settings(edits=[Edit(setting, subject, value, version)], viewer=viewer, at=at)
    return made[0] if made else None


@transaction.atomic
def change_settings(*, edits: Iterable[Edit], viewer: Viewer, at: datetime) -> list[Change]:
    """Several settings at once, all or none; they are undone together too."""
    wanted = sorted(edits, key=lambda edit: (edit.setting, edit.subject))
    batch = uuid7(at) if len(wanted) > 1 else None
    made = [_changed(edit, viewer, at, batch=batch) for edit in wanted]
    return [change for change in made if change is not None]


def preview(*, edits: Iterable[Edit], viewer: Viewer, at: datetime, look: Callable[[], T]) -> T:
    """What would be seen if these were changed; nothing is kept."""
    with transaction.atomic():
        change_settings(edits=edits, viewer=viewer, at=at)
        seen = look()
        transaction.set_rollback(True)
    return seen


@transaction.atomic
def undo(*, change_id: UUID, viewer: Viewer, at: datetime) -> list[Change]:
    """Put back what the change, and all that was decided with it, replaced. Raises NewerStands, AlreadyUndone."""
    first = Change.objects.filter(pk=change_id).first()
    if first is None:
        raise NotFound
    together = [first] if first.batch is None else list(Change.objects.filter(batch=first.batch))
    batch = uuid7(at) if len(together) > 1 else None
    return [_undone(change, viewer, at, batch) for change in sorted(together, key=lambda c: (c.setting, c.subject))]


def history(
    viewer: Viewer,
    *,
    setting: str = "",
    subject: str = "",
    by: str = "",
    before: datetime | None = None,
    limit: int = 50,
) -> list[ChangeRow]:
    """Changes of the settings this employee may change, newest first."""
    mine = {kind.code for kind in kinds(viewer)}
    rows = Change.objects.filter(setting__in=mine & {setting} if setting else mine).order_by("-at", "-id")
    if subject:
        rows = rows.filter(subject=subject)
    if by:
        rows = rows.filter(by=by)
    if before is not None:
        rows = rows.filter(at__lt=before)
    found = list(rows.select_related("undone_by")[:limit])
    names = actor_names(row.by for row in found)
    with remembering():
        return [_row(row, names) for row in found]


def change_row(viewer: Viewer, change_id: UUID) -> ChangeRow | None:
    """One change, as far as this employee may see it."""
    row = Change.objects.select_related("undone_by").filter(pk=change_id).first()
    if row is None or row.setting not in {kind.code for kind in kinds(viewer)}:
        return None
    return _row(row, actor_names([row.by]))


def size_of(batch: UUID) -> int:
    """How many settings were changed together."""
    return Change.objects.filter(batch=batch).count()


def authors(viewer: Viewer) -> list[tuple[str, str]]:
    """Everybody who has changed one of the settings this employee may change: the journal's actor and the name."""
    mine = [kind.code for kind in kinds(viewer)]
    known = Change.objects.filter(setting__in=mine).order_by("by").values_list("by", flat=True).distinct()
    return sorted(actor_names(known).items(), key=lambda pair: pair[1])


def actor_names(actors: Iterable[str]) -> dict[str, str]:
    """Who the journal's actors are, in words."""
    given = set(actors)
    ids = {actor: int(actor.partition(":")[2]) for actor in given if actor.startswith("employee:")}
    known = organisation.names(ids.values())
    people = {actor: known.get(key, actor) for actor, key in ids.items()}
    return {actor: people.get(actor) or gettext("Systemet") for actor in given}


def _changed(
    edit: Edit, viewer: Viewer, at: datetime, *, batch: UUID | None, undoes: Change | None = None
) -> Change | None:
    setting = _setting(edit.setting)
    if not (viewer.has_role(*setting.roles) or viewer.is_process):
        raise NotFound
    _lock(edit.setting, edit.subject)
    before = setting.read(edit.subject, at)
    if edit.version and edit.version != _mark(before):
        raise Stale(by=_by_whom(edit.setting, edit.subject))
    if _mark(before) == _mark(edit.value):
        return None
    setting.apply(edit.subject, edit.value, viewer, at)
    after = setting.read(edit.subject, at)
    if _mark(before) == _mark(after):
        return None
    change = Change.objects.create(
        id=uuid7(at),
        at=at,
        by=viewer.name,
        setting=edit.setting,
        subject=edit.subject,
        before=before,
        after=after,
        batch=batch,
        undoes=undoes,
    )
    data: dict[str, object] = {"setting": edit.setting, "undoes": str(undoes.pk) if undoes else None}
    journal.record("administration.setting_changed", at=at, viewer_name=viewer.name, subject=change, data=data)
    return change


def _undone(change: Change, viewer: Viewer, at: datetime, batch: UUID | None) -> Change:
    _lock(change.setting, change.subject)
    if Change.objects.filter(undoes=change).exists():
        raise AlreadyUndone
    if _mark(_setting(change.setting).read(change.subject, at)) != _mark(change.after):
        raise NewerStands(by=_by_whom(change.setting, change.subject, since=change))
    edit = Edit(change.setting, change.subject, change.before)
    made = _changed(edit, viewer, at, batch=batch, undoes=change)
    if made is None:
        raise AlreadyUndone
    return made


def _row(change: Change, names: dict[str, str]) -> ChangeRow:
    setting = _setting(change.setting)
    undone = hasattr(change, "undone_by")
    return ChangeRow(
        id=change.pk,
        at=change.at,
        by=names[change.by],
        setting=change.setting,
        title=str(setting.title),
        subject=change.subject,
        name=setting.name(change.subject),
        path=setting.path(change.subject),
        before=list(_said(setting, change.before)),
        after=list(_said(setting, change.after)),
        batch=change.batch,
        undoes=change.undoes_id,
        undone=undone,
        may_undo=not undone,
    )


def _said(setting: Setting, value: Value) -> Iterator[str]:
    if value is None:
        yield gettext("Fandtes ikke")
    else:
        yield from setting.lines(value)


def _by_whom(setting: str, subject: str, since: Change | None = None) -> str:
    """ " af Karen Kontakt", or nothing when it was changed past this module."""
    newest = Change.objects.filter(setting=setting, subject=subject).order_by("-at", "-id").first()
    if newest is None or newest == since:
        return ""
    return gettext(" af {name}").format(name=actor_names([newest.by])[newest.by])


def _setting(code: str) -> Setting:
    if code not in _settings:
        raise UnknownSetting
    return _settings[code]


def mark_of(value: Value) -> str:
    """The version of a value that was read already, where many are shown at once."""
    return _mark(value)


def _mark(value: Value) -> str:
    return hashlib.sha256(json.dumps(value, sort_keys=True).encode()).hexdigest()[:16]


def _lock(setting: str, subject: str) -> None:
    """Nobody else changes this setting here until the transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"administration:{setting}:{subject}"])
