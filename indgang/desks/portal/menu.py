"""The menu of the portal: what there is, and for whom."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from indgang.desks.portal.gates import DESK, LEADERS
from indgang.foundation.access.values import Viewer

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise


@dataclass(frozen=True)
class Entry:
    """One page of the menu; no roles: everybody's."""

    title: "_StrPromise"
    path: str
    roles: frozenset[str] = frozenset()


MENU = (
    Entry(_("Søg og nyt"), "/portal"),
    Entry(_("Alle opgaver"), "/portal/opgaver"),
    Entry(_("Livssituationer"), "/portal/livssituationer"),
    Entry(_("Nyheder og instrukser"), "/portal/nyheder"),
    Entry(_("Andre myndigheder"), "/portal/myndigheder"),
    Entry(_("Satser"), "/portal/satser"),
    Entry(_("Redaktion"), "/portal/redaktion", DESK),
    Entry(_("Finder vi svar?"), "/portal/fund", LEADERS),
)


def menu_for(viewer: Viewer) -> list[Entry]:
    """The pages this employee may open."""
    return [entry for entry in MENU if not entry.roles or viewer.has_role(*entry.roles)]
