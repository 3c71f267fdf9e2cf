"""The menu of the desk: what there is, and for which roles."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.urls import Resolver404, resolve
from django.utils.translation import gettext_lazy as _

from indgang.foundation.access.values import Role, Viewer

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

LEADERS = frozenset({Role.MANAGER.value, Role.EXECUTIVE.value})
SECURITY = frozenset({Role.SECURITY_LEADER.value})
EDITORS = frozenset({Role.EDITOR.value})
OWNERS = frozenset({Role.TASK_OWNER.value})
OPERATORS = frozenset({Role.OPERATOR.value})
EVERYBODY = LEADERS | SECURITY | EDITORS | OWNERS | OPERATORS


@dataclass(frozen=True)
class Entry:
    """One page of the menu."""

    title: "_StrPromise"
    path: str
    roles: frozenset[str]


@dataclass(frozen=True)
class Section:
    """Pages that belong together."""

    title: "_StrPromise"
    entries: tuple[Entry, ...]


MENU = (
    Section(
        _("Lige nu"),
        (
            Entry(_("Overblik"), "/administration", EVERYBODY),
            Entry(_("Ledelse nu"), "/ledelse", LEADERS),
        ),
    ),
    Section(
        _("Rettigheder"),
        (Entry(_("Rettigheder"), "/administration/rettigheder", SECURITY | LEADERS),),
    ),
    Section(
        _("Opgaver"),
        (
            Entry(_("Opgaver"), "/administration/opgaver", EDITORS | OWNERS | LEADERS | SECURITY),
            Entry(_("Snitflader"), "/administration/snitflader", EDITORS | OWNERS | LEADERS | SECURITY),
        ),
    ),
    Section(
        _("Drift"),
        (Entry(_("Postkasser"), "/administration/postkasser", OPERATORS | EDITORS | LEADERS),),
    ),
)


def menu_for(viewer: Viewer) -> list[Section]:
    """The sections with the pages this employee may open."""
    shown = []
    for section in MENU:
        entries = tuple(entry for entry in section.entries if viewer.has_role(*entry.roles) and _stands(entry.path))
        if entries:
            shown.append(Section(section.title, entries))
    return shown


def _stands(path: str) -> bool:
    try:
        resolve(path)
    except Resolver404:
        return False
    return True
