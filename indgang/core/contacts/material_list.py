"""The list of forms and leaflets, kept by hand beside what the profile brings."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from indgang.core.catalogue import selectors as catalogue
from indgang.core.contacts.desk_rows import MaterialCard
from indgang.core.contacts.errors import MaterialChanged, MaterialIncomplete, UnknownMaterial, UnknownTask
from indgang.core.contacts.models import Material
from indgang.core.contacts.standard_replies import EDITORS
from indgang.core.contacts.writing import line
from indgang.foundation.access.errors import NotFound
from indgang.foundation.access.values import Viewer
from indgang.foundation.journal import services as journal

KINDS = ("form", "leaflet")


@transaction.atomic
def save_material(
    *,
    code: str,
    kind: str,
    title: str,
    title_en: str,
    link: str,
    tasks: Sequence[str] = (),
    viewer: Viewer,
    at: datetime,
    version: int | None = None,
) -> Material:
    """A form or leaflet that can be sent, new, changed or brought back; no tasks: about everything.

    `version` as it was seen, 0 for a new one. Raises MaterialIncomplete, MaterialChanged, UnknownTask, NotFound.
    """
    _check_editor(viewer)
    key, danish, english, where = line(code, 40), line(title, 160), line(title_en, 160), line(link, 200)
    if not (key and danish and english and kind in KINDS and where.startswith(("https://", "/"))):
        raise MaterialIncomplete
    about = sorted(set(tasks))
    if unknown := set(about) - set(catalogue.heads(about)):
        raise UnknownTask(task=line(min(unknown), 40))
    row = Material.objects.select_for_update().filter(code=key).first()
    if version is not None and version != (row.version if row and row.in_use else 0):
        raise MaterialChanged
    facts = {"kind": kind, "title": danish, "title_en": english, "link": where, "tasks": about, "in_use": True}
    facts |= {"by_hand": True, "version": row.version + 1 if row else 1}
    made, _ = Material.objects.update_or_create(code=key, defaults=facts)
    _noted(made, "contacts.material_saved", viewer, at)
    return made


@transaction.atomic
def retire_material(*, code: str, viewer: Viewer, at: datetime, version: int | None = None) -> None:
    """Not sent any more; what was sent stays in its conversations. Raises UnknownMaterial, MaterialChanged."""
    _check_editor(viewer)
    row = Material.objects.select_for_update().filter(code=code, in_use=True).first()
    if row is None:
        raise UnknownMaterial(material=line(code, 40))
    if version is not None and version != row.version:
        raise MaterialChanged
    row.in_use, row.by_hand, row.version = False, True, row.version + 1
    row.save(update_fields=["in_use", "by_hand", "version"])
    _noted(row, "contacts.material_retired", viewer, at)


def material_cards(viewer: Viewer) -> list[MaterialCard]:
    """Everything on the list that is in use, as it is edited."""
    _check_editor(viewer)
    return [
        MaterialCard(r.code, r.kind, r.title, r.title_en, r.link, tuple(r.tasks), r.by_hand, r.version)
        for r in Material.objects.filter(in_use=True).order_by("kind", "title")
    ]


def _check_editor(viewer: Viewer) -> None:
    if not (viewer.is_process or viewer.has_role(*EDITORS)):
        raise NotFound


def _noted(row: Material, verb: str, viewer: Viewer, at: datetime) -> None:
    data: dict[str, object] = {"material": row.code, "version": row.version}
    journal.record(verb, at=at, viewer_name=viewer.name, subject=f"contacts.material:{row.code}", data=data)
