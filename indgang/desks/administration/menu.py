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
WRITERS = frozenset({Role.MANAGER.value, Role.EDITOR.value, Role.OPERATOR.value})  # of standard replies
DEVELOPERS = frozenset({Role.PROGRAMME.value})  # read the targets
EVERYBODY = LEADERS | SECURITY | EDITORS | OWNERS | OPERATORS | DEVELOPERS


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
            Entry(_("Køen"), "/ledelse/koe", LEADERS),
            Entry(_("Sager"), "/ledelse/sager", LEADERS),
            Entry(_("Mål og resultater"), "/administration/maal", EVERYBODY),
            Entry(_("Skal ses på"), "/administration/opmaerksomhed", LEADERS | OPERATORS | EDITORS | SECURITY),
        ),
    ),
    Section(
        _("Mennesker"),
        (
            Entry(_("Medarbejdere"), "/administration/medarbejdere", LEADERS | SECURITY),
            Entry(_("Kompetencer"), "/administration/kompetencer", LEADERS | SECURITY),
            Entry(_("Kapacitet"), "/administration/kapacitet", frozenset({Role.MANAGER.value})),
            Entry(_("Planlægning"), "/planlaegning", LEADERS | DEVELOPERS),
        ),
    ),
    Section(
        _("Service"),
        (
            Entry(_("Åbningstider"), "/administration/aabningstider", LEADERS | OPERATORS),
            Entry(_("Skranker"), "/administration/skranker", LEADERS),
            Entry(_("Servicemål"), "/administration/servicemaal", EVERYBODY),
            Entry(_("Fordeling"), "/administration/fordeling", LEADERS | OPERATORS),
            Entry(_("Sagsregler"), "/administration/sagsregler", LEADERS | EDITORS | OPERATORS),
        ),
    ),
    Section(
        _("Svar"),
        (
            Entry(_("Standardsvar"), "/administration/standardsvar", WRITERS),
            Entry(_("Blanketter og pjecer"), "/administration/materialer", WRITERS),
            Entry(_("Svarregler"), "/administration/svarregler", LEADERS | EDITORS | OPERATORS),
            Entry(_("Postkasser"), "/administration/postkasser", OPERATORS | EDITORS | LEADERS),
        ),
    ),
    Section(
        _("Rettigheder"),
        (
            Entry(_("Rettigheder"), "/administration/rettigheder", SECURITY),
            Entry(_("Omskiftere"), "/administration/omskiftere", SECURITY | LEADERS | OPERATORS),
            Entry(_("Nøgler"), "/administration/noegler", SECURITY | OPERATORS),
        ),
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
        (
            Entry(_("Tilstand"), "/administration/drift", OPERATORS | LEADERS | SECURITY),
            Entry(_("Ændringer"), "/administration/aendringer", EVERYBODY),
        ),
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
